"""Values: names, mails, phones, cards, IBANs, national ids, IPs, and things to keep. Standard library only."""
import unicodedata, string

def W(s): return s.split()
def C(s): return [x.strip() for x in s.split(",")]

FIRST = {
 "gb": (W("James Oliver Jack Harry George Thomas William Daniel Matthew Ryan Luke Adam Simon Andrew Stephen Gary Keith Callum Ethan Nathan Martin Graham Neil Tyler Brandon Kevin Jason Derek Alan Peter Robert David Ben Sam Tom Dave Mike Steve Chris Will Mark Ross Lewis Craig Stuart"),
        W("Emily Sophie Olivia Jessica Charlotte Hannah Lucy Rebecca Laura Sarah Karen Susan Helen Claire Nicola Amanda Rachel Zoe Megan Chloe Grace Lauren Natalie Julie Linda Margaret Janet Deborah Kim Ashley Heather Holly Daisy Amy Ellie Kate Beth Jo Gemma Victoria Joanne Hazel Ruth Dawn Tracey")),
 "ie": (W("Sean Ciarán Eoin Declan Niall Pádraig Cormac Conor Darragh Fergal"), W("Aoife Niamh Siobhán Sinéad Gráinne Orla Ciara Róisín Maeve Caoimhe")),
 "in": (W("Rahul Arjun Vikram Sanjay Amit Rohan Karthik Suresh Harpreet Nikhil Gurdeep Anil"), W("Priya Ananya Deepika Neha Kavita Sunita Lakshmi Pooja Meera Jaspreet Divya Shreya")),
 "pk": (W("Imran Bilal Usman Hamza Faisal Tariq Mohammed Zeeshan Asif"), W("Ayesha Fatima Zainab Sana Nadia Rabia Hina Saima")),
 "ng": (W("Chinedu Emeka Tunde Olumide Kwame Kofi Segun Ifeanyi Babajide Yaw"), W("Ngozi Adaeze Funmilayo Chioma Abena Amara Folake Ama Blessing Temitope")),
 "cn": (W("Wei Jun Hao Lei Ming Jian Bo Xiang Yifan"), W("Ying Xin Mei Fang Li Jing Yan Xiaoli Meiling")),
 "vn": (W("Minh Tuan Duc Hung Long Quang"), W("Linh Thuy Huong Lan Trang Mai")),
 "ph": (W("Jerome Rodel Jomar Arvin Rommel"), W("Maricel Jocelyn Rowena Cherry Analyn")),
 "es": (W("Javier Antonio Manuel José Francisco David Carlos Miguel Alejandro Pablo Sergio Jorge Álvaro Rubén Iván Óscar Ramón Ignacio Jaime Gonzalo Iker Unai Jordi Oriol Xavier Rafael Fernando Andrés Adrián Raúl Enrique Vicente Nacho Pepe Paco")+["Juan Carlos","José Luis","Miguel Ángel","José Antonio","Francisco Javier","Juan José"],
        W("María Carmen Laura Lucía Marta Cristina Ana Isabel Pilar Elena Raquel Silvia Beatriz Rosa Nuria Inés Irene Sonia Patricia Mercedes Rocío Esther Montse Ainhoa Itziar Amparo Begoña Encarna Teresa Alba Noelia Sara Paula Eva Lola Conchi Dolores")+["María José","Ana Belén","María del Carmen","Ana María","María Jesús"]),
 "latam": (W("Luis Diego Juan Mateo Sebastián Santiago Camilo Andrés Nicolás Ricardo Héctor Mauricio Wilson Jhon Edgar Gustavo Hernán Facundo Matías Rodrigo Ernesto Fabián Alexis Brayan Óscar")+["Juan Pablo","Luis Fernando","Juan Camilo"],
        W("Valentina Camila Daniela Mariana Gabriela Paola Yolanda Xiomara Luz Gloria Claudia Lorena Ximena Fernanda Verónica Guadalupe Yesenia Marisol Martina Agustina Florencia Catalina Johanna Yuliana")+["Luz Marina","María Fernanda","Ana Lucía"]),
 "pt": (W("João Rui Nuno Tiago Gonçalo Miguel Pedro Ricardo Luís Hugo Vasco Duarte Fernando Joaquim Manuel Bruno Filipe André Paulo Sérgio Nelson Afonso"),
        W("Maria Ana Joana Inês Catarina Sofia Filipa Susana Carla Sandra Teresa Margarida Rita Beatriz Mafalda Sónia Cláudia Fátima Helena Matilde Leonor Graça")),
 "br": (W("José João Antônio Carlos Paulo Lucas Luiz Marcos Gabriel Rafael Felipe Bruno Eduardo Thiago Rodrigo Gustavo Leandro Anderson Wellington Wesley Diego Vinícius Matheus Fábio Márcio Renato Sebastião Cleiton Edson Murilo Caio Everton Ronaldo")+["João Pedro","Luiz Carlos","José Carlos","Carlos Eduardo"],
        W("Maria Ana Juliana Fernanda Patrícia Aline Camila Bruna Amanda Letícia Larissa Vanessa Jéssica Débora Simone Cristiane Rosângela Luciana Tatiane Gabriela Raquel Priscila Elaine Sueli Terezinha Beatriz Mariana Viviane Adriana Kelly Thaís Lívia Renata Cíntia Ivone")+["Ana Paula","Maria Eduarda","Ana Clara","Maria Aparecida","Ana Beatriz"]),
 "de": (W("Thomas Michael Andreas Stefan Peter Wolfgang Klaus Jürgen Markus Christian Sebastian Tobias Florian Jan Lukas Maximilian Felix Jonas Philipp Alexander Matthias Uwe Dieter Heinz Günter Holger Sven Torsten Björn Niklas Moritz Frank Ralf Bernd Rainer Helmut Jochen Kai Nils Christoph Simon Daniel")+["Hans-Peter","Karl-Heinz","Jan-Philipp","Hans Jürgen"],
        W("Anna Julia Katharina Sabine Petra Monika Claudia Susanne Andrea Nicole Stefanie Sandra Birgit Heike Martina Ursula Renate Gisela Lena Laura Sarah Lisa Johanna Marie Franziska Kerstin Anja Silke Ute Karin Christina Melanie Nadine Jana Antje Ingrid Brigitte Helga Ulrike Gabriele Doris Elke Sonja Carina Theresa")+["Anna-Lena","Eva-Maria","Ann-Kathrin","Marie-Luise"]),
 "tr": (W("Mehmet Mustafa Emre Murat Serkan Kemal Hakan Cem Yusuf Burak Okan"), W("Ayşe Fatma Elif Zeynep Emine Sevgi Gülay Esra Derya Meryem Tuğba")),
 "pl": (W("Piotr Krzysztof Tomasz Marcin Paweł Grzegorz Łukasz Jakub Wojciech Mateusz"), W("Agnieszka Katarzyna Małgorzata Joanna Ewa Magdalena Beata Kinga Aleksandra Zofia")),
 "ru": (W("Sergej Dmitri Alexej Viktor Igor Vladimir Oleg Eugen Waldemar"), W("Olga Natalia Irina Svetlana Tatjana Ekaterina Ludmila Larissa")),
 "ua": (W("Andriy Oleksandr Taras Bohdan Vasyl Yuriy"), W("Oksana Olena Iryna Halyna Nataliya Svitlana")),
 "ar": (W("Ahmed Mohamed Youssef Omar Hassan Karim Rachid Ali Khalid Samir Bilal Mahmoud"), W("Amina Layla Khadija Samira Nour Rania Hanan Yasmin Salma Noura Souad")),
 "it": (W("Marco Luca Giuseppe Alessandro Matteo Giovanni Davide Salvatore Fabio"), W("Giulia Francesca Chiara Valentina Federica Alessia Giovanna Paola")),
 "fr": (W("Pierre Julien Nicolas Antoine Mathieu Thierry Guillaume")+["Jean-Pierre"], W("Camille Élodie Aurélie Céline Manon Sylvie Mathilde")+["Anne-Sophie"]),
 "ro": (W("Andrei Ionuț Mihai Florin Gheorghe Cătălin Vasile"), W("Elena Mihaela Ioana Cristina Andreea Florentina Daniela")),
 "hr": (W("Ivan Marko Dragan Goran Zoran Nikola Damir Mirko"), W("Ivana Jelena Vesna Dragana Snežana Marija Jasmina")),
 "gr": (W("Dimitrios Georgios Kostas Nikos Ioannis"), W("Eleni Maria Katerina Despina Sofia")),
 "nl": (W("Jan Pieter Sander Bas Joost Jeroen"), W("Anneke Marieke Femke Sanne Lotte")),
 "jp": (W("Kenji Marcelo Ricardo Eduardo Roberto Sérgio"), W("Fernanda Harumi Akemi Cristina Mayumi Patrícia")),
 "se": (W("Erik Lars Anders Magnus Søren"), W("Ingrid Astrid Linnea Maja Freja")),
}
LAST = {
 "gb": W("Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke Harris Lewis Hughes Edwards Turner Hill Moore Clark Harrison Scott Young Morris Ward Carter Baker Mitchell Parker Bennett Cook Shaw Murphy Miller Cox Richardson Marsh Bailey Ellis Foster Gibson Hunt Palmer Mills Barnes Fletcher Grant Knight Stone Webb Rose Lane Chambers Whitaker Pemberton Ashworth Holloway McDonald MacLeod McKenzie Campbell Stewart Fraser Sinclair Lloyd Pritchard Rees Griffiths Day Sharp Frost Blake Summers Hartley-Jones Smith-Barry Fox Price Cross")+["St John"],
 "ie": W("O'Brien Murphy Kelly O'Sullivan Byrne Ryan O'Connor Doyle Gallagher McCarthy Kavanagh Nolan Fitzgerald Ó'Briain Breathnach O'Neill"),
 "in": W("Patel Sharma Singh Kumar Gupta Reddy Iyer Nair Mehta Desai Chatterjee Banerjee Krishnan Kaur Venkataraman Rao Joshi Agarwal"),
 "pk": W("Khan Hussain Ahmed Malik Chaudhry Qureshi Iqbal Sheikh Mahmood Rahman Begum Akhtar"),
 "ng": W("Okafor Adeyemi Okonkwo Balogun Mensah Boateng Eze Nwosu Ogunleye Asante Adebayo Owusu Chukwu Afolabi"),
 "cn": W("Wang Li Zhang Chen Liu Huang Zhao Zhou Wu Xu Lin Guo Ye He"),
 "vn": W("Nguyen Tran Pham Le Hoang Vu Dang Bui"),
 "ph": W("Santos Reyes Cruz Bautista Ocampo Villanueva Mendoza")+["dela Cruz","de los Santos"],
 "es": W("García Fernández González Rodríguez López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro Torres Domínguez Vázquez Ramos Gil Serrano Blanco Molina Suárez Castro Ortega Delgado Ortiz Rubio Marín Sanz Iglesias Nuñez Medina Garrido Cortés Castillo Santos Lozano Guerrero Cano Prieto Méndez Cruz Calvo Gallego Vidal León Herrera Peña Flores Cabrera Campos Vega Fuentes Carrasco Reyes Caballero Nieto Aguilar Pascual Herrero Montero Lorenzo Hidalgo Giménez Ibáñez Ferrer Santana Mora Vicente Arias Puig Ferrer Soler Vila Roca Etxeberria Agirre Iturriaga Zubizarreta Quiroga Lago Parra Bravo Soto Crespo Pastor Franco")+["de la Fuente","del Río","de la Torre","San Martín","de Miguel","del Valle"],
 "latam": W("Rojas Quispe Mamani Ramírez Vargas Castillo Cárdenas Restrepo Gómez Giraldo Salazar Zapata Ospina Morales Rivera Chávez Ríos Contreras Sepúlveda Muñoz Tapia Figueroa Bustamante Paredes Villalobos Hernández González Flores Benítez Sosa Acosta Peralta Arévalo Montoya Cáceres Huamán Zambrano Cedeño Uribe Villegas Escobar")+["de la Cruz","De León","del Castillo"],
 "pt": W("Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Sousa Fernandes Gonçalves Gomes Lopes Marques Alves Almeida Ribeiro Pinto Carvalho Teixeira Moreira Correia Mendes Nunes Soares Vieira Monteiro Cardoso Rocha Neves Coelho Cruz Cunha Pires Ramos Reis Simões Antunes Matos Fonseca Machado Leal Figueiredo Tavares Morais Guerreiro Cabral Leite")+["da Costa","dos Santos","e Silva","de Sousa","Castelo Branco"],
 "br": W("Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro Martins Carvalho Almeida Lopes Soares Fernandes Vieira Barbosa Rocha Dias Nascimento Andrade Moreira Nunes Marques Machado Mendes Freitas Cardoso Ramos Gonçalves Santana Teixeira Araújo Pinto Moraes Cavalcanti Correia Batista Campos Barros Borges Monteiro Moura Azevedo Pires Bezerra Farias Siqueira Medeiros Guimarães Brandão Queiroz Xavier Peixoto")+["da Silva","dos Santos","de Oliveira","de Souza","da Costa","do Nascimento","dos Reis","das Neves"],
 "de": W("Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Meier Lehmann Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer Hinterleitner Obermoser Zbinden Aeschlimann Nowak Kowalski Wieczorek Müller-Westernhagen Meier-Brandt Schulze-Hagen Kettler Thiele Janßen Petersen")+["von Bülow","von der Heide","zur Mühlen","von Stetten"],
 "tr": W("Yılmaz Kaya Demir Çelik Şahin Yıldız Öztürk Aydın Arslan Doğan Kılıç Aslan Koç Polat"),
 "pl": W("Nowak Kowalczyk Wiśniewski Wójcik Kamiński Lewandowski Zieliński Szymański Dąbrowska Mazur Krawczyk"),
 "ru": W("Ivanov Petrov Schmidt Weber Kuznetsov Popov Sokolov Volkov Morozov Miller"),
 "ua": W("Shevchenko Kovalenko Bondarenko Tkachenko Melnyk Kravchuk Boyko"),
 "ar": W("Haddad Nasser Mansour Benali Bouzid Hamdan Khalil Saleh Aziz Darwish El-Sayed Amrani Othman")+["El Idrissi","Al-Masri","Ben Salah","El Amrani"],
 "it": W("Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Conti Gallo")+["De Luca","Di Stefano"],
 "fr": W("Dubois Laurent Lefebvre Moreau Girard Rousseau Fontaine Chevalier")+["Le Goff","de Villiers"],
 "ro": W("Popescu Ionescu Popa Dumitru Stan Munteanu Constantin Radu Moldovan"),
 "hr": W("Kovačević Horvat Petrović Jovanović Babić Marić Nikolić Hadžić Begić"),
 "gr": W("Papadopoulos Georgiou Nikolaidis Vasilakis Karagiannis"),
 "nl": W("Jansen Bakker Visser Smit Mulder")+["van den Berg","van der Meer","de Vries","van Dijk"],
 "jp": W("Tanaka Yamamoto Nakamura Suzuki Watanabe Kobayashi Sato Takahashi"),
 "se": W("Lindqvist Andersson Nilsson Sørensen Bergström Nygård"),
}
MIX = {
 "en": dict(gb=50, ie=6, **{"in": 9}, pk=6, ng=6, pl=4, cn=5, latam=5, it=2, fr=2, de=2, vn=2, ph=2, gr=1, ro=2, se=2, ar=2, tr=1),
 "es": dict(es=48, latam=26, ar=5, ro=4, gb=3, it=3, de=2, br=3, cn=3, ua=2, fr=2, pk=1),
 "pt": dict(br=52, pt=28, it=4, jp=4, de=2, gb=1, ua=2, es=2, cn=2, ar=2, fr=1),
 "de": dict(de=60, tr=9, pl=5, ru=4, ar=5, it=4, hr=4, gr=2, vn=2, ro=2, fr=1, gb=1, nl=2, **{"in": 1}),
}
def pick(r, d):
    ks = list(d); return r.choices(ks, [d[k] for k in ks])[0]

class Person:
    def __init__(self, r, lang, g=None):
        o = self.o = pick(r, MIX[lang]); g = g or r.choice("mf")
        self.first = r.choice(FIRST[o][g == "f"])
        l1 = r.choice(LAST[o])
        if o == "pl" and g == "f" and l1.endswith("ski"): l1 = l1[:-1] + "a"
        if o == "pl" and g == "m" and l1.endswith("ska"): l1 = l1[:-1] + "i"
        if o == "ru" and g == "f" and l1.endswith("ov"): l1 += "a"
        self.short = l1; self.last = l1; x = r.random()
        if o in ("es", "latam") and x < (.5 if lang == "es" else .2):
            self.last = l1 + " " + r.choice([n for n in LAST[o] if n != l1])
        if o in ("pt", "br"):
            if x < .4:
                l0 = r.choice([n for n in LAST[o] if " " not in n and n != l1]); self.last = l0 + " " + l1
            if " " in l1: self.short = l1.split()[-1]
        if o == "de" and .0 < x < .05 and g == "f" and " " not in l1 and "-" not in l1:
            self.last = self.short = l1 + "-" + r.choice([n for n in LAST[o] if " " not in n and "-" not in n and n != l1])
        self.mid = ""
        if o == "gb" and x > .94: self.mid = r.choice(W("James Louise Anne Marie John Elizabeth Jane"))
        if self.mid == self.first: self.mid = ""
    def full(self): return self.first + " " + (self.mid + " " if self.mid else "") + self.last

def ascii_(s):
    s = s.translate(str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "Ł": "L", "ı": "i", "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}))
    return "".join(c for c in unicodedata.normalize("NFD", s) if not unicodedata.combining(c))
def noacc(s):
    return "".join(c for c in unicodedata.normalize("NFD", s) if not unicodedata.combining(c))
def D(r, n): return "".join(r.choice("0123456789") for _ in range(n))

DOM = {
 "en": W("gmail.com gmail.com gmail.com hotmail.com hotmail.co.uk yahoo.co.uk yahoo.com outlook.com icloud.com btinternet.com live.co.uk sky.com aol.com proton.me googlemail.com eircom.net talktalk.net comcast.net brightwater-joinery.co.uk hartfield.school.nz thorncliffe.org.uk nortonmoss.ie"),
 "es": W("gmail.com gmail.com gmail.com hotmail.com hotmail.es yahoo.es outlook.es outlook.com telefonica.net movistar.es icloud.com ono.com euskaltel.eus live.com.mx yahoo.com.ar talleresmonreal.es gestoriavallcarca.cat protonmail.com"),
 "pt": W("gmail.com gmail.com gmail.com hotmail.com outlook.com yahoo.com.br uol.com.br bol.com.br terra.com.br icloud.com sapo.pt ig.com.br live.com.pt netcabo.pt mail.telepac.pt clinicavidanova.com.br transportesmoura.pt globo.com"),
 "de": W("gmail.com gmail.com gmx.de gmx.de web.de web.de t-online.de t-online.de freenet.de outlook.de posteo.de mailbox.org gmx.at bluewin.ch aon.at icloud.com yahoo.de googlemail.com online.de tischlerei-haberkamp.de uni-marburg.de hotmail.de sunrise.ch"),
}
NICK = {"en": W("bluebell sunnyside rover gardenlady bigfish mufc_fan teapot stitch.and.bake lakeview kitchenking"),
 "es": W("lachiqui sol_y_mar elrincon madridista pequeña.luna casarural tallerbici gatonegro lunita peke"),
 "pt": W("flordelis estrelinha corinthiano oceano.azul loja.bemestar mengao docinho vovo artesdacasa pescador"),
 "de": W("sonnenblume motorradfan kleinermuck nordlicht bergziege familie.haus waldfee schrauber gartenzwerg katzenmama")}
def mail(r, lang, p):
    f = ascii_(p.first).lower().replace(" ", "").replace("'", ""); l = ascii_(p.short).lower().replace(" ", "").replace("'", "")
    d = r.choice(DOM[lang]); y = str(r.randint(51, 99)); k = r.randint(0, 15)
    loc = [f"{f}.{l}", f"{f}.{l}", f"{f[0]}.{l}", f"{f}{l}", f"{f}_{l}{y}", f"{l}.{f}", f"{f[0]}{l}{y}", f"{f}{y}", f"{l}{f[0]}", f"{f}.{l}{D(r,2)}",
           f"{f}-{l}", noacc(r.choice(NICK[lang])) + y, f"{f}.{l}+{r.choice(['shop','orders','web','promo'])}", f"{l}{y}", f"{f}{l[0]}{D(r,3)}", f"info.{l}"][k]
    m = loc + "@" + d; x = r.random()
    if x < .04: m = m.upper()
    elif x < .10: m = m[0].upper() + m[1:]
    return m, d.rsplit(".", 1)[-1]

def _fmt(r, pat):
    """x any digit, n 2-9, N 1-9; [abc] one of; others literal"""
    out = ""; i = 0
    while i < len(pat):
        c = pat[i]
        if c == "x": out += r.choice("0123456789")
        elif c == "n": out += r.choice("23456789")
        elif c == "N": out += r.choice("123456789")
        elif c == "[":
            j = pat.index("]", i); out += r.choice(pat[i+1:j].split("|")); i = j
        else: out += c
        i += 1
    return out
MOB_GB = "[74|75|77|78|79]"; US = "[212|305|312|415|617|702|303|206|512|404|213|503|602|267|919]"
PH = {
 "GB": ["07[400|511|540|710|711|788|791|855|914|949] xxxxxx", "07[400|511|710|788|791|855|949] xxx xxx", "07[400|511|710|788|791|855|949]xxxxxx", "+44 7[400|511|710|788|791|855|949] xxxxxx", "+447[400|511|710|788|791|855|949]xxxxxx", "+44 (0)7[711|788|791|855] xxx xxx", "0044 7[711|788|855] xxxxxx", "020 7[226|387|402|581|607] xxxx", "020 8[340|452|675|777|968]xxxx", "(0121) [440|472|565] xxxx", "0161 [224|445|881] xxxx", "0131-[225|333|556]-xxxx", "01225 [42|44|46]xxxx", "+44 20 7[226|387|402] xxxx"],
 "US": ["("+US+") [234|367|452|483|629|744]-xxxx", US+"-[234|367|452|483|629|744]-xxxx", US+".[234|367|452|629].xxxx", "+1 "+US+" [234|367|452|744] xxxx", "+1-"+US+"-[234|452|629]-xxxx", "1-"+US+"-[234|452|629]-xxxx", US+"[234|367|452|629]xxxx", US+" [234|452|629] xxxx"],
 "IE": ["08[5|6|7] xxx xxxx", "08[5|6|7]-xxxxxxx", "+353 8[5|6|7] xxx xxxx", "01 [660|478|836] xxxx"],
 "AU": ["04[12|23|31|50] xxx xxx", "+61 4[12|23|31|50] xxx xxx", "(02) 9[211|387|452] xxxx"],
 "CA": ["([416|604|514|613]) [234|367|452|629]-xxxx", "+1 [416|604|514|613] [234|452]-xxxx"],
 "IN": ["+91 98[100|200|450|860] xxxxx", "+91-99[100|302|580]-xxxxx", "98[110|201|450]xxxxx"],
 "NG": ["080[3|5|6] xxx xxxx", "+234 80[3|5|6] xxx xxxx"],
 "ZA": ["08[2|3] [4|5|6]xx xxxx", "+27 8[2|3] [4|5]xx xxxx"],
 "ES": ["6[09|15|27|34|46|59|60|78|87] xxx xxx", "6[09|15|27|34|46|59|60|78|87]xxxxxx", "6[0|1|2|3|5|7]x xx xx xx", "+34 6[09|15|27|34|46|59] xxx xxx", "+34 6[0|2|3|5|7]x xx xx xx", "+346[09|15|27|34]xxxxxx", "0034 6[15|27|34|59] xxx xxx", "91 [3|4|5]xx xx xx", "93 [2|3|4]xx xx xx", "9[63|65|54|44|52] [3|4]xx xxx" , "6[0|2|5|7]x-xxx-xxx", "7[11|22|33] xxx xxx", "6[09|27|46].xxx.xxx", "(+34) 6[15|59] xx xx xx", "91[3|4|5]xxxxxx", "976 [21|22|23|35] xx xx"],
 "MX": ["55 [1|2|3|4|5]xxx xxxx", "+52 55 [1|2|4|5]xxx xxxx", "33[1|3]xxxxxxx", "(81) [81|83]xx xxxx", "+52 33 [1|3]xxx xxxx"],
 "AR": ["+54 9 11 [4|5|6]xxx-xxxx", "+54 9 351 [4|5|6]xx-xxxx", "011 4[2|3|7|8]xx-xxxx", "11 [4|5|6]xxx xxxx"],
 "CO": ["3[00|10|15|20|12] xxx xxxx", "+57 3[00|10|15|20] xxx xxxx", "3[01|13|14]xxxxxxx", "(601) [2|3|6]xx xxxx"],
 "CL": ["+56 9 [5|6|7|8]xxx xxxx", "9 [5|6|7|8]xxx xxxx", "+569[5|7|8]xxxxxxx"],
 "PE": ["9[41|54|87|93] xxx xxx", "+51 9[41|54|87] xxx xxx", "9[41|54|87|93]xxxxxx"],
 "PT": ["91[2|3|4|5] xxx xxx", "96[2|3|5|6] xxx xxx", "93[3|4|6]xxxxxx", "92[4|5|6] xxx xxx", "+351 91[2|4|6] xxx xxx", "+35196[3|5|7]xxxxxx", "00351 93[3|6] xxx xxx", "21[3|7|8] xxx xxx", "22[0|5|6] xxx xxx", "253 [26|60|61]x xxx", "91[2|3] xx xx xx", "(+351) 96[2|6] xxx xxx"],
 "BR": ["([11|21|31|41|51|71|81|85|62|19]) 9[6|7|8|9]xxx-xxxx", "([11|21|31|41|51|71|81]) 9 [8|9]xxx-xxxx", "[11|21|31|41|61|71] 9[6|7|8|9]xxx-xxxx", "[11|21|31|41|51|27]9[7|8|9]xxxxxxx", "+55 [11|21|31|48|81] 9[8|9]xxx-xxxx", "+55 ([11|21|31|85]) 9[8|9]xxx-xxxx", "([11|21|31|47]) 3[0|2|3|4]xx-xxxx", "[11|21|31|51] 9[8|9]xxx xxxx", "0[11|21|31] 9[8|9]xxx-xxxx", "55[11|21|85]9[8|9]xxxxxxx", "([11|21|41])9[8|9]xxx-xxxx"],
 "AO": ["+244 92[3|4|5] xxx xxx", "92[3|4] xxx xxx"],
 "MZ": ["+258 84 xxx xxxx"],
 "DE": ["017[0|1|2|5] xxxxxxx", "017[0|3|4|6]/xxxxxxx", "0151 [1|2|5]xxxxxxx", "0151-[1|2|5]xxxxxxx", "017[0|2|3|4]xxxxxxx", "+49 17[0|1|5] xxxxxxx", "+49 (0)17[2|3|4] xxx xx xx", "+4917[1|5|6]xxxxxxx"if 0 else "+4917[1|2|5]xxxxxxx", "0049 17[0|1|3] xxxxxxx", "030 [2|3|4|6]xxxxxxx", "030/[2|4|6]xx xx xx"if 0 else "030/[2|4|6]xxx xxxx", "089 / [2|3|5] xx xx xx"if 0 else "089 / [2|3|5]x xx xx xx", "(040) [2|4|6]xx xx xx"if 0 else "(040) [2|4|6]x xx xx xx", "0221-[1|2|4|9]xxxxxx", "0711 [2|4|6]xxxxxx", "06221 [1|2|4]xxxxx", "+49 89 [2|3|5]xxxxxxx", "+49 30 [2|4]xxxxxx-[0|11|25]"if 0 else "+49 30 [2|4]xxxxxxx", "0157 [3|5|7|8]xxxxxxx", "0160 9xx xx xxx"],
 "AT": ["0664 [1|2|3|4]xxxxxx", "0676/[3|4|5|8]xxxxxx", "+43 664 [1|2|3|4]xx xx xx", "+43 (0)699 1xxxxxxx", "0660 [2|3|5]xx xxxx", "01 [4|5|7|8]xx xx xx", "+43 1 [5|7|8]xxxxxx"],
 "CH": ["07[6|8|9] [2|3|4|6|7]xx xx xx", "+41 7[6|8|9] [2|3|4|6]xx xx xx", "044 [2|3|4]xx xx xx", "+41 (0)79 [2|4|6]xx xx xx"],
 "FR": ["06 [1|2|6|8]x xx xx xx", "+33 6 [1|2|6|8]x xx xx xx", "07 [6|8]x xx xx xx"],
 "IT": ["3[33|38|40|47|20|28] xxx xxxx", "+39 3[33|38|40|47|28] xxxxxxx"],
 "PL": ["[50|51|60|66|69]x xxx xxx", "+48 [50|51|60|66|69]x xxx xxx"],
 "NL": ["06-[1|2|4|5]xxxxxxx", "+31 6 [1|2|4|5]xxxxxxx"],
 "TR": ["+90 53[2|3|5] xxx xx xx"], "RO": ["+40 7[22|23|44|45] xxx xxx", "07[22|44] xxx xxx"], "SE": ["07[0|3]-[2|3|5]xx xx xx", "+46 70 [2|3|5]xx xx xx"],
 "UA": ["+380 [50|67|63] xxx xx xx"], "AE": ["+971 50 [1|4|6]xx xxxx"],
}
PHMIX = {"en": dict(GB=46, US=22, IE=6, AU=4, CA=3, IN=4, NG=3, ZA=3, FR=2, ES=2, DE=2, PL=2, AE=2),
 "es": dict(ES=54, MX=12, AR=8, CO=8, CL=6, PE=4, PT=2, FR=2, GB=1, IT=1, RO=1, DE=1),
 "pt": dict(BR=56, PT=28, AO=4, MZ=2, ES=2, FR=2, CH=1, GB=1, US=1, UA=1),
 "de": dict(DE=62, AT=13, CH=12, TR=2, PL=3, IT=2, NL=2, FR=1, SE=1, GB=1)}
def phone(r, lang, c=None):
    c = c or pick(r, PHMIX[lang]); return _fmt(r, r.choice(PH[c])), c

def luhn(s):
    t = 0
    for i, ch in enumerate(reversed(s)):
        d = int(ch)
        if i % 2 == 0: d = d * 2; d = d - 9 if d > 9 else d
        t += d
    return str((10 - t % 10) % 10)
def luhn_ok(s): return luhn(s[:-1]) == s[-1]
def card(r):
    b = r.choices(["visa", "mc", "mc2", "amex", "maestro", "diners", "discover"], [46, 26, 6, 12, 3, 3, 4])[0]
    pre, n = {"visa": ("4" + D(r, 5), 16), "mc": ("5" + r.choice("12345") + D(r, 4), 16), "mc2": ("2" + str(r.randint(2221, 2720))[1:] + D(r, 2), 16),
              "amex": ("3" + r.choice("47") + D(r, 4), 15), "maestro": ("6759" + D(r, 2), 16), "diners": ("36" + D(r, 4), 14), "discover": ("6011" + D(r, 2), 16)}[b]
    s = pre + D(r, n - 7); s += luhn(s)
    if n == 16:
        g = [s[i:i+4] for i in range(0, 16, 4)]
        s = r.choices([" ".join(g), s, "-".join(g), ".".join(g)], [55, 30, 13, 2])[0]
    elif n == 15: s = r.choice([s, s[:4] + " " + s[4:10] + " " + s[10:], s[:4] + "-" + s[4:10] + "-" + s[10:]])
    else: s = r.choice([s, s[:4] + " " + s[4:10] + " " + s[10:]])
    return s, b

ODD = dict(zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", [1,0,5,7,9,13,15,17,19,21,1,0,5,7,9,13,15,17,19,21,2,4,18,20,11,3,6,8,12,14,16,10,22,25,24,23]))
EVEN = dict(zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", list(range(10)) + list(range(26))))
def odd_even(s): return chr(65 + sum(ODD[c] if i % 2 == 0 else EVEN[c] for i, c in enumerate(s)) % 26)
def num(s): return "".join(str(int(c, 36)) for c in s)
def iban_ok(s):
    s = "".join(c for c in s if c.isalnum()).upper(); return int(num(s[4:] + s[:4])) % 97 == 1
BIC4 = {"GB": W("NWBK BARC LOYD MIDL HBUK ABBY MONZ"), "NL": W("INGB RABO ABNA"), "IE": W("AIBK BOFI IPBS"), "RO": W("BTRL RNCB INGB")}
IBMIX = {"en": dict(GB=48, IE=20, DE=5, FR=5, NL=5, LT=5, ES=4, BE=3, IT=2, PL=3, RO=2, SE=2, NO=1), "es": dict(ES=78, PT=4, FR=5, DE=4, LT=4, IT=3, RO=2),
 "pt": dict(PT=68, BR=16, ES=5, FR=4, LU=3, CH=2, LT=2), "de": dict(DE=64, AT=13, CH=10, LT=3, NL=2, PL=2, IT=2, FR=1, LU=1, BE=2)}
def iban(r, lang, c=None):
    c = c or pick(r, IBMIX[lang])
    if c == "ES":
        bank, br, acc = r.choice(["2100", "0049", "0182", "2038", "1465", "0081"]), D(r, 4), D(r, 10)
        def cd(s, w):
            x = 11 - sum(int(a) * b for a, b in zip(s, w)) % 11; return {10: "1", 11: "0"}.get(x, str(x))
        w = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]; b = bank + br + cd("00" + bank + br, w) + cd(acc, w) + acc
    elif c == "PT":
        s = r.choice(["0035", "0033", "0018", "0010", "0007"]) + D(r, 15); b = s + "%02d" % (98 - int(s + "00") % 97)
    elif c == "BE":
        s = r.choice(["063", "001", "310", "979"]) + D(r, 7); b = s + "%02d" % (int(s) % 97 or 97)
    elif c == "FR":
        s = r.choice(["30004", "20041", "10278", "30002"]) + D(r, 5) + D(r, 11); b = s + "%02d" % (97 - (89*int(s[:5]) + 15*int(s[5:10]) + 3*int(s[10:])) % 97)
    elif c == "IT":
        s = r.choice(["02008", "03069", "05034", "36081"]) + D(r, 5) + D(r, 12); b = odd_even(s) + s
    elif c == "NO":
        while 1:
            s = D(r, 10); x = 11 - sum(int(a)*w for a, w in zip(s, [5,4,3,2,7,6,5,4,3,2])) % 11
            if x == 11: x = 0
            if x < 10: break
        b = s + str(x)
    elif c == "NL":
        while 1:
            s = "0" + D(r, 9)
            if sum(int(a)*w for a, w in zip(s, range(10, 0, -1))) % 11 == 0 and s[1] != "0": break
        b = r.choice(BIC4[c]) + s
    elif c in ("GB", "IE"): b = r.choice(BIC4[c]) + D(r, 14)
    elif c == "RO": b = r.choice(BIC4[c]) + D(r, 16)
    elif c == "DE": b = r.choice(["37040044", "10050000", "70150000", "50010517", "12030000", "20041155", "43060967", "60050101"]) + D(r, 10)
    elif c == "AT": b = r.choice(["20111", "32000", "12000", "60000", "14000"]) + D(r, 11)
    elif c == "CH": b = r.choice(["09000", "00762", "00700", "00235"]) + D(r, 12)
    elif c == "BR": b = r.choice(["00360305", "60746948", "00000000", "90400888"]) + D(r, 15) + "C1"
    else:
        n = {"LT": 16, "LU": 16, "SE": 20, "PL": 24}[c]
        if c == "PL":
            s = r.choice(["1140200", "1020102", "1050101"]); x = sum(int(a)*w for a, w in zip(s, [3,9,7,1,3,9,7])) % 10
            b = s + str((10 - x) % 10) + D(r, 16)
        else: b = ("32500" + D(r, 11)) if c == "LT" else D(r, n)
    k = "%02d" % (98 - int(num(b + c + "00")) % 97); s = c + k + b
    g = " ".join(s[i:i+4] for i in range(0, len(s), 4))
    return r.choices([g, s, g.lower(), s.lower(), g.replace(" ", "-")], [55, 34, 4, 4, 3])[0], c

def bd(r): return r.randint(1, 28), r.randint(1, 12), r.randint(1942, 2004)
VD = [[0,1,2,3,4,5,6,7,8,9],[1,2,3,4,0,6,7,8,9,5],[2,3,4,0,1,7,8,9,5,6],[3,4,0,1,2,8,9,5,6,7],[4,0,1,2,3,9,5,6,7,8],[5,9,8,7,6,0,4,3,2,1],[6,5,9,8,7,1,0,4,3,2],[7,6,5,9,8,2,1,0,4,3],[8,7,6,5,9,3,2,1,0,4],[9,8,7,6,5,4,3,2,1,0]]
VP = [[0,1,2,3,4,5,6,7,8,9],[1,5,7,6,2,8,3,0,9,4],[5,8,0,3,7,9,6,1,4,2],[8,9,1,6,0,4,3,5,2,7],[9,4,5,3,1,2,6,8,7,0],[4,2,8,6,5,7,3,9,0,1],[2,7,9,3,8,0,6,4,1,5],[7,0,4,6,9,1,3,2,5,8]]
def verhoeff(s):
    c = 0
    for i, ch in enumerate(reversed(s)): c = VD[c][VP[i % 8][int(ch)]]
    return c
def ws(s, w): return sum(int(a) * b for a, b in zip(s, w))
def nid(r, k):
    ch = r.choice
    if k == "dni":
        n = r.randint(1200000, 79999999); l = "TRWAGMYFPDXBNJZSQVHLCKE"[n % 23]; s = "%08d" % n
        return r.choices([s + l, s + "-" + l, f"{s[:2]}.{s[2:5]}.{s[5:]}-{l}", s + " " + l, s + l.lower(), f"{s[:2]}.{s[2:5]}.{s[5:]}{l}"], [50, 14, 10, 8, 10, 8])[0], "ES"
    if k == "nie":
        p = ch("XYZ"); s = D(r, 7); l = "TRWAGMYFPDXBNJZSQVHLCKE"[int(str("XYZ".index(p)) + s) % 23]
        return ch([p + s + l, f"{p}-{s}-{l}", p + s + l, (p + s + l).lower()]), "ES"
    if k == "nif_pt":
        s = ch("123") + ch("0123456789") + D(r, 6); x = 11 - ws(s, range(9, 1, -1)) % 11; s += str(0 if x >= 10 else x)
        return ch([s, s, f"{s[:3]} {s[3:6]} {s[6:]}", f"{s[:3]}.{s[3:6]}.{s[6:]}"]), "PT"
    if k == "cpf":
        s = D(r, 9)
        for n in (10, 11):
            x = 11 - ws(s, range(n, 1, -1)) % 11; s += str(0 if x >= 10 else x)
        return r.choices([f"{s[:3]}.{s[3:6]}.{s[6:9]}-{s[9:]}", s, f"{s[:9]}-{s[9:]}", f"{s[:3]} {s[3:6]} {s[6:9]} {s[9:]}"], [60, 28, 7, 5])[0], "BR"
    if k == "steuerid":
        ds = r.sample("0123456789", 9); ds.append(ch(ds)); r.shuffle(ds)
        while ds[0] == "0" or any(ds[i] == ds[i+1] == ds[(i+2) % 10] for i in range(9)): r.shuffle(ds)
        p = 10
        for d in ds:
            x = (int(d) + p) % 10 or 10; p = x * 2 % 11
        c = 11 - p; s = "".join(ds) + str(0 if c == 10 else c)
        return ch([s, f"{s[:2]} {s[2:5]} {s[5:8]} {s[8:]}", f"{s[:2]} {s[2:5]} {s[5:8]} {s[8:]}"]), "DE"
    if k == "rvnr":
        d, m, y = bd(r); a = ch(["12", "15", "65", "53", "13", "24"]); l = ch("ABDFGHKLMNRSTW"); se = "%02d" % r.randint(0, 99)
        s = a + "%02d%02d%02d" % (d, m, y % 100) ; t = s + "%02d" % (ord(l) - 64) + se
        tot = 0
        for dg, w in zip(t, [2,1,2,5,7,1,2,1,2,1,2,1]):
            v = int(dg) * w; tot += v // 10 + v % 10
        z = s + l + se + str(tot % 10)
        return ch([z, f"{z[:2]} {z[2:8]} {z[8]} {z[9:]}"]), "DE"
    if k == "svnr":
        while 1:
            d, m, y = bd(r); n = str(r.randint(100, 999)); b = "%02d%02d%02d" % (d, m, y % 100)
            x = (ws(n, [3, 7, 9]) + ws(b, [5, 8, 4, 2, 1, 6])) % 11
            if x < 10: break
        return ch([f"{n}{x} {b}", f"{n}{x}{b}"]), "AT"
    if k == "ahv":
        s = "756" + D(r, 9); x = (10 - sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(s)) % 10) % 10; s += str(x)
        return ch([f"{s[:3]}.{s[3:7]}.{s[7:11]}.{s[11:]}", f"{s[:3]}.{s[3:7]}.{s[7:11]}.{s[11:]}", s]), "CH"
    if k == "nino":
        p = ch(W("AB JW PE NR SC TL YH JM CE RA WK LB HX ZP")); n = D(r, 6); l = ch("ABCD")
        return ch([p + n + l, f"{p} {n[:2]} {n[2:4]} {n[4:]} {l}", f"{p} {n[:2]} {n[2:4]} {n[4:]} {l}", (p + n + l).lower()]), "GB"
    if k == "nhs":
        while 1:
            s = ch("4567") + D(r, 8); x = 11 - ws(s, range(10, 1, -1)) % 11
            if x != 10: break
        s += str(0 if x == 11 else x); return ch([f"{s[:3]} {s[3:6]} {s[6:]}", s]), "GB"
    if k == "ssn":
        a = ch([i for i in range(101, 770) if i != 666]); g = r.randint(1, 99); n = r.randint(1, 9999)
        return r.choices(["%03d-%02d-%04d" % (a, g, n), "%03d %02d %04d" % (a, g, n)], [80, 20])[0], "US"
    if k == "pps":
        s = D(r, 7); l2 = ch(["A", "", ""]) ; t = ws(s, range(8, 1, -1)) + (9 if l2 else 0)
        return s + "WABCDEFGHIJKLMNOPQRSTUV"[t % 23] + l2, "IE"
    if k == "sin":
        s = ch("124567") + D(r, 7); s += luhn(s); return ch([f"{s[:3]} {s[3:6]} {s[6:]}", f"{s[:3]}-{s[3:6]}-{s[6:]}"]), "CA"
    if k == "aadhaar":
        b = ch("23456789") + D(r, 10)
        s = next(b + x for x in "0123456789" if verhoeff(b + x) == 0); return f"{s[:4]} {s[4:8]} {s[8:]}", "IN"
    if k == "tfn":
        while 1:
            s = ch("123456789") + D(r, 8)
            if ws(s, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0: break
        return f"{s[:3]} {s[3:6]} {s[6:]}", "AU"
    if k == "za":
        d, m, y = bd(r); s = "%02d%02d%02d" % (y % 100, m, d) + D(r, 4) + "08"; return s + luhn(s), "ZA"
    if k == "nir":
        d, m, y = bd(r); s = ch("12") + "%02d%02d" % (y % 100, m) + ch(["75", "69", "13", "33", "59"]) + "%03d%03d" % (r.randint(1, 500), r.randint(1, 900)); k2 = "%02d" % (97 - int(s) % 97)
        return f"{s[0]} {s[1:3]} {s[3:5]} {s[5:7]} {s[7:10]} {s[10:]} {k2}", "FR"
    if k == "cf":
        d, m, y = bd(r); con = "BCDFGLMNPRSTVZ"; s = "".join(ch(con) for _ in range(6)) + "%02d" % (y % 100) + "ABCDEHLMPRST"[m-1] + "%02d" % (d + ch([0, 40])) + ch(["H501", "F205", "L219", "F839", "A944"])
        return s + odd_even(s), "IT"
    if k == "bsn":
        while 1:
            s = ch("12") + D(r, 8)
            if (ws(s[:8], range(9, 1, -1)) - int(s[8])) % 11 == 0: break
        return s, "NL"
    if k == "nrn":
        d, m, y = bd(r); y = min(y, 1999); s = "%02d%02d%02d" % (y % 100, m, d) + "%03d" % r.randint(1, 997); c = "%02d" % (97 - int(s) % 97)
        return f"{s[:2]}.{s[2:4]}.{s[4:6]}-{s[6:]}.{c}", "BE"
    if k == "pesel":
        d, m, y = bd(r); y = min(y, 1999); s = "%02d%02d%02d" % (y % 100, m, d) + D(r, 4); return s + str((10 - ws(s, [1,3,7,9,1,3,7,9,1,3]) % 10) % 10), "PL"
    if k == "pnr":
        d, m, y = bd(r); y = min(y, 1999); s = "%02d%02d%02d" % (y % 100, m, d) + D(r, 3); c = luhn(s); return f"{s[:6]}-{s[6:]}{c}", "SE"
    if k == "cnp":
        d, m, y = bd(r); y = min(y, 1999); s = ch("12") + "%02d%02d%02d" % (y % 100, m, d) + "%02d" % ch([1, 12, 40, 22]) + "%03d" % r.randint(1, 999); x = ws(s, map(int, "279146358279")) % 11
        return s + str(1 if x == 10 else x), "RO"
    if k == "tckn":
        s = ch("123456789") + D(r, 8); o = sum(int(c) for c in s[::2]); e = sum(int(c) for c in s[1::2]); s += str((o * 7 - e) % 10); return s + str(sum(map(int, s)) % 10), "TR"
    if k == "curp":
        d, m, y = bd(r); y = min(y, 1999); L = ch("BCDFGHLMPRSTV"); s = L + ch("AEIO") + ch("BCGHLMRSV") + ch("AEJLMR".replace("E", "C")) + "%02d%02d%02d" % (y % 100, m, d) + ch("HM") + ch(["DF", "JC", "NL", "PL", "VZ"]) + "".join(ch("BCDFGLMNPRSTZ") for _ in range(3)) + "0"
        A = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"; c = (10 - sum((18 - i) * A.index(x) for i, x in enumerate(s)) % 10) % 10; return s + str(c), "MX"
    if k == "rut":
        n = str(r.randint(5000000, 25999999)); x = 11 - sum(int(c) * (2 + i % 6) for i, c in enumerate(reversed(n))) % 11; c = {10: "K", 11: "0"}.get(x, str(x))
        return ch([f"{n[:-6]}.{n[-6:-3]}.{n[-3:]}-{c}", f"{n}-{c}", f"{n[:-6]}.{n[-6:-3]}.{n[-3:]}-{c.lower()}"]), "CL"
    if k == "cuil":
        while 1:
            s = ch(["20", "27", "23"]) + "%08d" % r.randint(8000000, 45999999); x = 11 - ws(s, [5,4,3,2,7,6,5,4,3,2]) % 11
            if x != 10: break
        return ch([f"{s[:2]}-{s[2:]}-{0 if x == 11 else x}", f"{s}{0 if x == 11 else x}"]), "AR"
    if k == "cc":
        n = str(r.randint(1010000000, 1152000000)) if r.random() < .6 else str(r.randint(19000000, 79999999)); return ch([n, f"{int(n):,}".replace(",", ".")]), "CO"
    if k == "ec":
        s = "%02d" % r.randint(1, 24) + ch("012345") + D(r, 6); t = 0
        for i, c in enumerate(s):
            v = int(c) * (2 if i % 2 == 0 else 1); t += v - 9 if v > 9 else v
        return s + str((10 - t % 10) % 10), "EC"
    if k == "uy":
        s = ch("1345") + D(r, 6); x = (10 - ws(s, [2, 9, 8, 7, 6, 3, 4]) % 10) % 10; return f"{s[0]}.{s[1:4]}.{s[4:]}-{x}", "UY"
    raise KeyError(k)

def ip4(r):
    if r.random() < .35: return r.choice(["192.0.2.", "198.51.100.", "203.0.113."]) + str(r.randint(1, 254))
    return r.choice(["84.121", "91.12", "79.153", "86.154", "189.62", "177.95", "85.241", "93.108", "188.22", "178.197", "81.2", "73.162", "217.91", "201.17", "109.78", "46.223"]) + f".{r.randint(1,254)}.{r.randint(1,254)}"
def ip6(r):
    h = lambda: "%x" % r.randint(0x10, 0xffff)
    p = r.choice(["2001:db8:", "2001:0db8:", "2a02:8109:", "2003:e1:", "2804:14c:", "2a01:cb05:", "2a02:c7f:", "2001:8a0:", "2600:1700:"])
    k = r.randint(0, 4)
    if k == 0: return p + ":" + h()
    if k == 1: return p + h() + "::" + h()
    if k == 2: return p + h() + ":" + h() + "::1"
    if k == 3: return p + ":".join(h() for _ in range(6))
    return p + ":".join("%04x" % r.randint(0, 0xffff) for _ in range(6))

MON = {"en": W("January February March April May June July August September October November December"), "es": W("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
 "pt": W("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"), "de": W("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")}
def date(r, l):
    d, m, y = r.randint(1, 28), r.randint(1, 12), r.choice([2023, 2024, 2025]); M = MON[l][m-1]
    return r.choice({"en": [f"{d} {M}", f"{M} {d}", f"{d:02d}/{m:02d}/{y}", f"{d} {M} {y}"], "es": [f"{d} de {M}", f"{d:02d}/{m:02d}/{y}", f"{d}/{m}", f"{d} de {M} de {y}"],
      "pt": [f"{d} de {M}", f"{d:02d}/{m:02d}/{y}", f"{d:02d}/{m:02d}"], "de": [f"{d}. {M}", f"{d:02d}.{m:02d}.{y}", f"{d}.{m}.", f"{d}. {M} {y}"]}[l])
def amount(r, l, pt=None):
    a = r.choice([r.randint(3, 99), r.randint(100, 999), r.randint(1000, 2900)]); c = r.randint(0, 99)
    e = f"{a:,}.{c:02d}"; g = f"{a:,}".replace(",", ".") + f",{c:02d}"
    return r.choice({"en": ["£" + e, "£" + str(a), "$" + e, "€" + e], "es": [g + " €", g + "€", f"{a} euros"], "pt": [g + " €", g + "€", f"{a} euros"] if pt else ["R$ " + g, "R$" + g, "R$ " + str(a)], "de": [g + " €", g + " Euro", f"{a} Euro", "EUR " + g]}[l])
CITY = {"en": C("Leeds,Bristol,Glasgow,Manchester,Dublin,Chicago,Boston,Cardiff,Nottingham,Toronto,Belfast,Brighton,Malaga,Amsterdam"), "es": C("Madrid,Valencia,Zaragoza,Bilbao,Málaga,Alicante,Bogotá,Lima,Guadalajara,Vigo,Murcia,Palma,Gijón,Londres"),
 "pt": C("São Paulo,Lisboa,Porto,Curitiba,Recife,Braga,Belo Horizonte,Salvador,Coimbra,Fortaleza,Goiânia,Faro,Campinas"), "de": C("Hamburg,München,Köln,Leipzig,Wien,Zürich,Graz,Stuttgart,Dresden,Bremen,Nürnberg,Mallorca,Freiburg")}
def keepval(r, l, k, pt=None):
    if k == "date": return date(r, l)
    if k == "amount": return amount(r, l, pt)
    if k == "city": return r.choice(CITY[l])
    if k == "order": return r.choice([D(r, 8), "4" + D(r, 9), f"{r.randint(100,999)}-{D(r,7)}-{D(r,7)}", "WB-" + D(r, 6), "#" + D(r, 6)])
    if k == "ticket": return r.choice([D(r, 7), "#" + D(r, 6), "INC00" + D(r, 6), "CAS-" + D(r, 5) + "-" + "".join(r.choice("BCDFGHKLMNPQRS") for _ in range(3)), "REQ" + D(r, 7)])
    if k == "booking":
        s = "".join(r.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(5)) + r.choice("XYZQK"); return s
    if k == "tracking": return r.choice(["1Z" + D(r, 3) + "AA" + D(r, 11), "RR" + D(r, 9) + {"en": "GB", "es": "ES", "pt": "BR", "de": "DE"}[l], "JJD00" + D(r, 14), "00340" + D(r, 15)])
    if k == "flight": return r.choice({"en": W("BA EI U2 FR VS AA"), "es": W("IB UX VY AV LA FR"), "pt": W("TP LA G3 AD FR"), "de": W("LH EW OS LX X3 DE")}[l]) + r.choice(["", " "]) + str(r.randint(101, 8999))
    if k == "invoice": return r.choice(["INV-", "F", "RE-", "FT "])[:4] + r.choice(["2024", "2025"]) + r.choice(["-", "/"]) + D(r, 5)
    raise KeyError(k)
