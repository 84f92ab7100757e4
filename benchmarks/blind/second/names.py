"""Made-up people: first names (m, f) and surnames by culture, and how often a culture writes in a language."""


def _c(m, f, last):
    return {"m": m.split(), "f": f.split(), "last": [x.replace("_", " ") for x in last.split()]}


CULTURES = {
    "anglo": _c("James Oliver Will Mark Jack Harry Callum Brandon Tyler Gareth Stuart Dean Craig Nathan Elliot Rupert Duncan Wayne Scott Rhys Declan Grant Miles Joel Neil",
                "Emily Grace Charlotte Hannah Poppy Rose Joy Megan Tracy Heather Gemma Sian Ashley Brittany Courtney Holly Fiona Niamh Roisin Amber Lindsay Beverley Paige Faith Dawn",
                "Smith Baker Hughes Thornton Whitfield O'Brien Doyle McKenzie Brooks Young Long Price Bell Parsons Hargreaves Sutton Lowe Cartwright Pritchard Osborne Bishop Fletcher Rowe Wells Holt Park Mercer Ashworth Dunn Gallagher Kerr Bloom Winters Carver Pike Stone Stokes Buckley Greenwood Fields"),
    "spanish": _c("Javier Álvaro Sergio Rubén Iker Gonzalo Ignacio Andrés Óscar Joaquín Emilio Rafael Mateo Esteban Julián Ramiro Fermín Jordi Xavi Unai Marcelo Nicolás",
                  "Lucía Marta Rocío Pilar Consuelo Inés Noelia Begoña Nuria Carmen Esperanza Ximena Valentina Leire Montserrat Yolanda Alba Paloma Raquel Soledad Ainhoa Luz",
                  "García Fernández Ruiz Navarro Ortega Iglesias Moreno Castaño Delgado Rubio Vidal Blanco Herrera Peña Campos Cabrera Calvo León Etxeberria Puig Ferrer Serrano Gallego Montoya Quiroga Zapata Villalba Arriaga Benítez Cordero Espinosa Lozano Mora Prieto Salgado Tapia Urrutia Valle Cifuentes de_la_Fuente"),
    "portuguese": _c("João Tiago Rui Gonçalo Nuno Duarte Afonso Vasco Rodrigo Thiago Wellington Anderson Caio Murilo Otávio Fábio Leandro Renato Jorge Hélder Bernardo Davi",
                     "Inês Catarina Mariana Beatriz Joana Vitória Luana Thaís Priscila Jéssica Larissa Letícia Rosa Fátima Glória Graça Conceição Matilde Camila Isadora Débora Tânia",
                     "Silva Pereira Oliveira Carvalho Pinto Ramalho Nogueira Teixeira Moura Barbosa Rocha Cardoso Figueiredo Leite Machado Coelho Queiroz Batista Guimarães Prado Azevedo Lourenço Neves Falcão Antunes Brito Couto Marinho Bastos Pacheco Vasconcelos Siqueira Amaral Branco Cunha Tavares Salgueiro da_Costa dos_Santos da_Luz"),
    "german": _c("Jürgen Uwe Florian Matthias Torsten Lukas Jonas Heiko Rainer Sebastian Dieter Moritz Kai Holger Benedikt Till Gregor Ruprecht Urs Reto Alois Christoph",
                 "Anja Sabine Heike Ute Katharina Birgit Lena Annika Gisela Franziska Petra Ursula Carina Monika Svenja Leonie Wiebke Elke Hannelore Mia Regula Antje",
                 "Müller Schneider Fischer Weber Becker Hoffmann Krüger Vogel Sommer Winter Kaiser König Lang Kurz Roth Busch Jäger Zimmermann Brandt Lindner Pohl Dietrich Ziegler Hartmann Ostermann Kühn Böhm Schäfer Wolff Engel Baumgartner Gruber Zürcher Hauser Reinhardt Nagel Herbst Sauer Groß von_Bergen"),
    "indian": _c("Arjun Vikram Rahul Sanjay Karthik Imran Rohan Harpreet", "Priya Ananya Deepa Kavita Sunita Meera Lakshmi Simran",
                 "Patel Sharma Iyer Reddy Banerjee Kaur Singh Nair Chowdhury Desai Malhotra Krishnan"),
    "arabic": _c("Mohammed Youssef Omar Khalid Tariq Bilal Hamza Rachid", "Fatima Aisha Layla Nour Yasmin Samira Khadija Rania",
                 "Hassan El_Amrani Haddad Mansour Benali Khoury Rahman Saleh Al-Sayed Bouzid Nasser Farouk"),
    "turkish": _c("Mehmet Emre Can Burak Kemal Serkan", "Ayşe Elif Zeynep Gül Derya Sevim", "Yılmaz Kaya Demir Öztürk Çelik Aydın Şahin Koç Arslan Doğan"),
    "polish": _c("Piotr Tomasz Krzysztof Marek Wojciech Jakub", "Agnieszka Małgorzata Zofia Katarzyna Ewa Joanna", "Kowalski Nowak Wiśniewski Zieliński Wójcik Mazur Krawczyk Dudek Sikora Pawlak"),
    "slavic": _c("Dmitri Ivan Goran Zoran Bogdan Milan", "Olga Svetlana Ivana Jelena Oksana Tetiana", "Petrov Horvat Jovanović Kovačević Shevchenko Bondarenko Novák Dvořák Popescu Ionescu"),
    "chinese": _c("Wei Jun Hao Ming Kevin Tao", "Mei Xiu Ling Jing Yan Fang", "Wang Li Zhang Chen Liu Zhao Huang Wu Lin Xu"),
    "asian": _c("Minh Duc Hiroshi Kenji Sung-min Jae", "Linh Thuy Yuki Sakura Ji-woo Hana", "Nguyen Tran Pham Tanaka Suzuki Yamamoto Kim Park Choi Lee"),
    "african": _c("Chidi Emeka Kwame Tunde Sipho Kofi", "Ngozi Adaeze Amara Folake Thandiwe Abena", "Okafor Adeyemi Mensah Nwosu Balogun Dlamini Owusu Eze Abubakar Osei"),
    "nordic": _c("Lars Magnus Bjørn Erik Mikkel Aleksi", "Ingrid Astrid Freja Solveig Aino Sigrid", "Hansen Lindqvist Nielsen Berg Johansson Virtanen Dahl Holm Eriksen Sørensen"),
    "romance": _c("Luca Matteo Giuseppe Thierry Mathieu Olivier", "Giulia Chiara Francesca Amélie Chloé Margaux", "Rossi Esposito Conti Dupont Lefèvre Moreau Marchetti Girard Bianchi Rousseau"),
    "greek": _c("Nikos Giorgos Kostas Yiannis", "Eleni Despina Katerina Sofia", "Papadopoulos Georgiou Nikolaidis Economou Vlahos Pappas"),
    "dutch": _c("Jeroen Sander Pieter Bram", "Femke Sanne Marijke Lotte", "de_Vries van_Dijk Bakker Visser van_den_Berg Mulder"),
}
MIX = {
    "en": dict(anglo=50, indian=9, arabic=6, african=7, polish=5, chinese=5, asian=5, spanish=5, romance=3, nordic=2, slavic=3, greek=2, dutch=2, turkish=2, german=2, portuguese=2),
    "es": dict(spanish=76, romance=4, arabic=5, slavic=3, chinese=2, german=2, anglo=2, portuguese=3, african=1, polish=1, dutch=1),
    "pt": dict(portuguese=78, romance=3, spanish=3, slavic=3, asian=4, arabic=2, indian=2, african=2, german=2, anglo=1),
    "de": dict(german=60, turkish=10, slavic=6, polish=5, arabic=5, romance=4, greek=2, dutch=2, nordic=2, asian=2, indian=1, anglo=1),
}
