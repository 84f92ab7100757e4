#!/usr/bin/env python3.11
"""Builds redaction_fifth.jsonl from frames/<lang>_items.txt and frames/<lang>_clean.txt.
One frame a line ("\\n" stands for a line break); each frame is rendered at most 3 times,
every render seeded by its frame id, so the file has the same bytes each run."""
import json, os, random, re, sys, unicodedata, datetime
HERE = os.path.dirname(os.path.abspath(__file__))

# ------------------------------------------------------------------ names
NAMES = {
 "en": ("James Oliver Harry Thomas Daniel Matthew Ryan Callum Peter Stephen Craig Nathan Gareth Owen Liam Patrick Brian Douglas Kevin Tyler Logan Dylan Graham Trevor Neil Ethan Marcus Darren Scott Will",
        "Sarah Emma Charlotte Rachel Hannah Megan Laura Claire Joanne Nicola Siobhan Aoife Bethany Heather Kimberly Ashley Brittany Lauren Gemma Fiona Alison Deborah Rebecca Zoe Holly Louise Grace Imogen Tracy Maureen",
        "Smith Jones Taylor Brown Williams Wilson Davies Evans Thompson Walker Roberts Wright Robinson Hughes Edwards Green Hall Wood Harris Clarke Turner Cooper Ward Morris O'Brien Murphy Kelly Byrne MacDonald Campbell Stewart Fraser Whitaker Holloway Pemberton Ashworth Kowalchuk Brennan Fitzgerald Hargreaves Cartwright Jennings Sutherland Barlow Hendricks Lindqvist Whitfield Mbeki Armitage Doyle"),
 "es": ("José Antonio Manuel Francisco Javier Carlos Miguel Alejandro Rafael Pedro Pablo Sergio Jorge Alberto Diego Álvaro Rubén Óscar Iván Raúl Andrés Ignacio Gonzalo Martín Matías Facundo Nicolás Hernán Wilson Esteban",
        "María Carmen Ana Isabel Laura Cristina Marta Lucía Elena Raquel Pilar Rosa Beatriz Silvia Patricia Mónica Andrea Rocío Sofía Valentina Camila Daniela Ximena Guadalupe Yolanda Inés Noelia Nuria Mercedes Teresa",
        "García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro Torres Domínguez Vázquez Ramos Gil Serrano Molina Castro Ortega Rubio Marín Iglesias Quiroga Echeverría Zubizarreta Puig Ferrer Castellanos Quispe Mamani Villalobos Arancibia Ocampo Restrepo Benavides Cárdenas Figueroa Salgado Montoya"),
 "pt": ("João Pedro Tiago Miguel Rui Nuno Luís Paulo Carlos Rafael Gustavo Felipe Thiago Bruno Leonardo Vinícius Gabriel Lucas Matheus Rodrigo Marcelo Fábio Henrique Diogo Gonçalo Duarte Vasco Sérgio Wagner Anderson",
        "Maria Ana Beatriz Inês Mariana Catarina Joana Sofia Rita Marta Carla Fernanda Juliana Camila Larissa Letícia Aline Priscila Patrícia Luciana Renata Vanessa Tatiane Sónia Cláudia Helena Teresa Raquel Débora Simone",
        "Silva Santos Oliveira Souza Pereira Ferreira Costa Rodrigues Almeida Nascimento Lima Araújo Ribeiro Carvalho Gomes Martins Rocha Barbosa Alves Cardoso Teixeira Moreira Mendes Nunes Marques Machado Lopes Freitas Fernandes Correia Pinto Coelho Vieira Monteiro Tavares Antunes Figueiredo Bragança Guimarães Azevedo Cavalcanti Magalhães Esteves Queiroz Brandão Sequeira Pacheco Faria Leal Neves"),
 "de": ("Thomas Michael Andreas Stefan Christian Markus Jürgen Klaus Wolfgang Dieter Matthias Jan Lukas Felix Jonas Tobias Florian Sebastian Uwe Bernd Holger Torsten Jens Reinhard Günther Moritz Niklas Lars Urs Beat",
        "Anna Julia Katharina Sabine Petra Monika Claudia Susanne Nicole Stefanie Sandra Lena Laura Lisa Birgit Ursula Heike Anja Martina Andrea Kerstin Franziska Johanna Greta Ingrid Renate Ulrike Silke Regula Vreni",
        "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Meier Lehmann Köhler Huber Gruber Steiner Pichler Egger Brunner Aebischer Zürcher Kaufmann Böttcher Friedrichs Petersen Hansen Jansen Vogel Lindner Seidel Winkler Oberhofer"),
 "tr": ("Mehmet Mustafa Emre Hakan Murat Cem Ali", "Ayşe Fatma Elif Zeynep Emine Derya Selin", "Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Arslan"),
 "ar": ("Mohamed Ahmed Youssef Omar Karim Khalid Bilal", "Fatima Amina Nadia Samira Leila Yasmin Hanan", "Haddad Benali Mansour Khalil El-Amrani Bouzid Nasser Al-Sayed Rahmani"),
 "pl": ("Piotr Krzysztof Tomasz Marek Paweł Jakub", "Agnieszka Katarzyna Magdalena Joanna Ewa Dorota", "Nowak Kowalczyk Wójcik Mazur Zieliński Szymczak Dudek Pawlak"),
 "ro": ("Andrei Ionuț Mihai Cristian Vlad", "Ioana Elena Mihaela Andreea Raluca", "Popescu Ionescu Dumitrescu Stan Munteanu Radu"),
 "in": ("Rahul Amit Vikram Sanjay Arjun Rohan Suresh", "Priya Anjali Deepa Kavita Meera Sunita Lakshmi", "Sharma Patel Singh Gupta Iyer Reddy Nair Krishnan Chatterjee Banerjee Kapoor"),
 "cn": ("Wei Jun Hao Ming Lei", "Xiaoling Mei Ying Lan Yan", "Wang Li Zhang Chen Liu Huang Zhou Zhao"),
 "vn": ("Minh Tuan Hung Duc", "Linh Thuy Huong Lan", "Nguyen Tran Pham Hoang Vo"),
 "ng": ("Chinedu Emeka Tunde Kwame Kofi Babajide", "Ngozi Chioma Adaeze Abena Folake Amara", "Okafor Adeyemi Mensah Okonkwo Balogun Asante Eze Diallo"),
 "uk": ("Oleksandr Dmytro Serhii Igor Volodymyr", "Oksana Olena Natalia Iryna Svitlana", "Shevchenko Kovalenko Bondarenko Melnyk Petrenko Tkachenko Ivanov"),
 "it": ("Giuseppe Marco Luca Alessandro Davide", "Giulia Francesca Chiara Valeria Paola", "Rossi Russo Esposito Bianchi Ricci Conti De Luca Marchetti"),
 "fr": ("Jean-Luc Philippe Mathieu Antoine Thierry", "Camille Sylvie Élodie Nathalie Anne-Laure", "Lefèvre Moreau Dubois Girard Lambert Rousseau Fontaine"),
 "gr": ("Giorgos Nikos Kostas Dimitris", "Eleni Katerina Despina Vasiliki", "Papadopoulos Georgiou Nikolaidis Vlachos"),
 "hr": ("Ivan Goran Dragan Milan", "Jelena Marija Snežana Ivana", "Horvat Kovačević Jovanović Petrović Marković Babić"),
 "ko": ("Min-jun Ji-hoon Sung-ho", "Soo-jin Hye-jin Ji-woo", "Kim Park Choi Jung Kang"),
}
def split_last(s):
    return s.replace("De Luca", "De_Luca").replace("Montoya", "Montoya de_la_Cruz del_Río").split()
NAMES = {k: (v[0].split(), v[1].split(), [x.replace("_", " ") for x in split_last(v[2])]) for k, v in NAMES.items()}
MIG = {"en": "in in in pl ng ng ar cn vn ro es pt it gr uk ko tr de fr".split(),
       "es": "ro ar ar pt it en uk cn fr de pl ng".split(),
       "pt": "it it uk ng ar es cn de fr ro in ko".split(),
       "de": "tr tr tr pl pl ar ar hr hr it uk ro gr vn es ng in fr".split()}
COMP = {"en": ["Mary Jane", "Anne-Marie", "Billy Joe"], "es": [], "pt": [], "de": []}
COMPM = {"es": ["José Luis", "Juan Carlos", "Miguel Ángel", "José María", "Luis Alberto"], "pt": ["João Paulo", "José Carlos", "Luís Filipe", "Pedro Henrique", "Marco Aurélio"],
         "de": ["Hans-Peter", "Karl-Heinz", "Jan-Philipp", "Hans Jürgen"], "en": ["John Paul", "Jean-Pierre", "Lee Anthony"]}
COMPW = {"es": ["María José", "Ana Belén", "María del Carmen", "Rosa María", "Luz Marina"], "pt": ["Ana Paula", "Maria Eduarda", "Maria João", "Ana Rita", "Maria de Fátima"],
         "de": ["Anna-Lena", "Eva-Maria", "Marie-Luise", "Ann-Kathrin"], "en": ["Mary Ann", "Sarah-Jane", "Anne-Marie", "Ella Mae"]}
MONO = ["Wayan", "Suryani", "Thandiwe", "Sukhpreet", "Tenzin", "Zodwa", "Aung", "Rajakumari"]

PART = {"Silva": "da ", "Santos": "dos ", "Costa": "da ", "Souza": "de ", "Lima": "de ", "Oliveira": "de ", "Nascimento": "do ", "Rocha": "da ", "Almeida": "de ", "Araújo": "de ", "Carvalho": "de ", "Freitas": "de ", "Azevedo": "de ", "Queiroz": "de ", "Magalhães": "de "}

class Person:
    def __init__(s, rng, lang, g):
        s.lang = lang
        s.g = g if g in "mw" else rng.choice("mw")
        s.org = lang if rng.random() < .66 else rng.choice(MIG[lang])
        F, W, L = NAMES[s.org]
        s.first = rng.choice(F if s.g == "m" else W)
        s.last = rng.choice(L)
        s.last2 = rng.choice([x for x in L if x != s.last])
        s.second = rng.choice([x for x in (F if s.g == "m" else W) if x != s.first])
        if s.org in COMPM and rng.random() < .13:
            s.first = rng.choice((COMPM if s.g == "m" else COMPW)[s.org])
        s.part = PART.get(s.last2, "") if s.org == "pt" and rng.random() < .6 else "von " if s.org == "de" and rng.random() < .03 else ""
        s.hy = s.org in ("de", "en") and rng.random() < (.10 if s.org == "de" else .05)
    def L(s):
        if s.hy: return s.last + "-" + s.last2
        return s.last
    def form(s, f, rng):
        a = s.first.split()[0]
        if f == "f": return s.first
        if f == "l": return s.L()
        if f == "fl": return s.first + " " + (s.part if s.org == "de" else "") + s.L()
        if f == "fll":
            if s.org == "es": return f"{s.first} {s.last} {s.last2}"
            if s.org == "pt": return f"{s.first} {s.last} {s.part}{s.last2}"
            return s.form("ffl", rng)
        if f == "ffl":
            if s.org in ("cn", "vn", "ko") or " " in s.first or "-" in s.first: return s.form("fl", rng)
            return f"{s.first} {s.second} {s.L()}"
        if f == "fml":
            if s.org in ("cn", "vn", "ko"): return s.form("fl", rng)
            return f"{s.first} {s.second[0]}. {s.L()}"
        if f == "il": return f"{a[0]}. {s.L()}"
        if f == "fi": return f"{a} {s.last[0]}."
        if f == "lf": return f"{s.L()}, {s.first}"
        if f == "mono": return rng.choice(MONO)
        raise SystemExit("form " + f)
FORMS = {"f", "l", "fl", "fll", "ffl", "fml", "il", "fi", "lf", "mono"}
def wpick(rng, s):
    o = []
    for t in s.split():
        k, n = t.split("*"); o += [k] * int(n)
    return rng.choice(o)
DEFAULT = {
 "sg": {"en": "fl*54 f*26 il*6 fml*5 fi*4 ffl*2 mono*2", "es": "fl*42 fll*24 f*24 il*4 fi*3 mono*1", "pt": "fl*44 fll*22 f*26 il*3 fi*3 mono*1", "de": "fl*62 f*18 il*9 ffl*3 fi*4 l*2 mono*1"},
 "gr": dict.fromkeys(["en", "es", "pt", "de"], "f*88 fl*12"),
 "in": dict.fromkeys(["en", "es", "pt", "de"], "fl*62 fll*16 f*18 mono*2"),
 "fi": {"en": "fl*70 lf*8 fml*10 ffl*6", "es": "fl*40 fll*48 lf*5", "pt": "fl*40 fll*50", "de": "fl*72 lf*14 ffl*8"},
 "me": dict.fromkeys(["en", "es", "pt", "de"], "fl*62 f*30 fi*3 fll*5")}
KN = {"sg": "name_signature", "gr": "name_greeting", "in": "name_introduced", "fi": "name_field", "me": "name_mentioned"}

def fold(s):
    s = s.replace("ß", "ss").replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ł", "l").replace("ı", "i")
    s = unicodedata.normalize("NFD", s)
    return re.sub(r"[^a-z]", "", "".join(c for c in s if not unicodedata.combining(c)).lower())

# ------------------------------------------------------------------ digits
def exp(rng, pat):
    out, i = [], 0
    while i < len(pat):
        c = pat[i]
        if c == "#": out.append(str(rng.randrange(10)))
        elif c == "N": out.append(str(rng.randrange(2, 10)))
        elif c == "X": out.append(str(rng.randrange(1, 10)))
        elif c == "[":
            j = pat.index("]", i); out.append(rng.choice(pat[i+1:j])); i = j
        elif c == "{":
            j = pat.index("}", i); out.append(rng.choice(pat[i+1:j].split("|"))); i = j
        else: out.append(c)
        i += 1
    return "".join(out)

PH = {  # country: (as written at home, with country code)
 "GB": (["07[4578]1# ######", "07[45]1# ### ###", "07[57]1#######", "020 7[1-9]## ####".replace("[1-9]", "X"), "(020) 8X## ####", "0161 {224|236|434|832} ####", "0121-{233|454|643} ####", "01223 3#####", "0131 {225|556|664} ####"],
        ["+44 7[4578]1# ######", "+447[57]1#######", "+44 (0)7[45]1# ######", "+44 20 7X## ####", "0044 7[4578]1# ######"]),
 "US": (["({212|312|415|617|702|305|503}) {234|345|456|567|678|789|862|934}-####", "{214|404|206|602|713|919}-{234|345|456|567|678|789}-####", "{718|773|510|614}.{345|456|678|789}.####", "{512|813|720}{345|456|678|789}####", "{303|412|216} {345|567|678} ####"],
        ["+1 ({917|646|408}) {345|456|678}-####", "+1 {512|813|720} {345|456|678} ####", "+1{303|412}{345|567}####", "1-{216|615|901}-{345|456|678}-####"]),
 "CA": (["({416|604|514}) {234|345|567|678}-####", "{403|613|902}-{234|345|567|678}-####", "{647|778} {345|567} ####"], ["+1 {416|604|514}-{345|567|678}-####", "+1 ({647|403}) {345|567}-####"]),
 "IE": (["08[567] {123|234|345|456|678|789} ####", "08[57]{234|345|678|789}####", "(01) {450|496|670|872} ####", "021 {427|455} ####"], ["+353 8[567] {234|345|678} ####", "00353 87 {234|345|678} ####"]),
 "AU": (["04[123]# ### ###", "04{10|12|22|31|39}######", "(02) 9{212|267|345|876} ####", "03 9{654|417|534} ####"], ["+61 4{10|12|22|31|39} ### ###", "+614{12|31}######", "+61 2 9{212|345} ####"]),
 "NZ": (["021 {234|345|456|678} ###", "027 {234|456|678} ####", "(09) {302|366|521} ####"], ["+64 21 {345|456|678} ###", "+64 27 {234|456} ####"]),
 "ZA": (["08[234] {234|345|456|678} ####", "07[236] {234|345|456} ####", "(011) {447|646|783} ####"], ["+27 8[234] {345|456|678} ####", "+2772{345|456}####"]),
 "IN": (["9{810|820|845|880}######", "98{10|20|45}# #####"], ["+91 98{10|20|45}# #####", "+91-9{811|833|986}######"]),
 "NG": (["080{3|5}#######", "0803 ### ####"], ["+234 803 ### ####", "+234806#######"]),
 "SG": (["9[12]## ####", "8[12]## ####"], ["+65 9[12]## ####", "+65 8[12]######"]),
 "ES": (["6[1235]# ## ## ##", "6[1235]# ### ###", "6[1235]#######", "91 {345|456|562|734} ## ##", "93 {215|318|456} ## ##", "6[1235]#-###-###", "95{4|5} {22|56} ## ##", "6[1235]#.###.###"], ["+34 6[1235]# ## ## ##", "+34 6[1235]# ### ###", "+346[1235]#######", "0034 6[1235]# ## ## ##", "(+34) 6[1235]# ### ###"]),
 "MX": (["55 {1234|2345|3456|5512|5678} ####", "55{1234|5512|5678}####", "(33) {3615|3812} ####", "81 {8345|8190} ####", "(55) {5512|5678}-####"], ["+52 55 {1234|5512|5678} ####", "+52 33 {1234|3615} ####", "+5281{8345|8190}####"]),
 "AR": (["11 {4321|4567|4788|5263}-####", "011 {4321|4567|4788} ####", "(011) {4321|4567}-####", "11{3456|5263|6789}####"], ["+54 9 11 {3456|5263|6789}-####", "+54 11 {4321|4567} ####", "+54 9 351 {456|678|234}-####"]),
 "CO": (["3{00|10|15|20} {234|345|567|789} ####", "3{01|12|16}{234|345|678}####", "3{10|14}-{234|345|678}-####"], ["+57 3{00|10|15} {234|345|567} ####", "+573{01|12}{345|678}####"]),
 "CL": (["9 {6234|7345|8456|9567} ####", "9{6234|8456|9567}####", "2 2{345|678|234} ####"], ["+56 9 {6234|7345|8456} ####", "+569{8456|9567}####"]),
 "PE": (["9{45|51|87|99} ### ###", "9{45|51|87|99}######", "01 {421|445|610} ####"], ["+51 9{45|51|87} ### ###", "+519{51|87}######"]),
 "EC": (["09{8|9}#######", "09{8|9} ### ####"], ["+593 9{8|9} ### ####"]),
 "UY": (["09[4589] ### ###"], ["+598 9[4589] ### ###"]),
 "BR": (["(11) 9{7123|8234|6345|9456}-####", "(21) 9{8123|9234|7345}-####", "11 9{7123|8234|6345}-####", "31 9{8456|9567}####", "(51) {3222|3333|3345}-####", "41 9 {8812|9934}-####", "(85) 9 {8812|9934}-####", "(71) 9{8123|9234}####"], ["+55 11 9{7123|8234}-####", "+55 (21) 9{8123|9234}-####", "+55319{8456|9567}####", "+55 48 9 {8812|9934} ####"]),
 "PT": (["9[136]# ### ###", "9[136]#######", "21 {345|456|782} ## ##", "22 {205|339} ####", "9[136]# ## ## ##", "9[136]#-###-###"], ["+351 9[136]# ### ###", "+3519[136]#######", "00351 9[136]# ### ###", "(+351) 21 {345|456} ## ##"]),
 "AO": (["92# ### ###", "93#######"], ["+244 92# ### ###", "+244 93# ### ###"]),
 "MZ": (["84 ### ####", "82#######"], ["+258 84 ### ####"]),
 "DE": (["0151 {12|23|54}######", "0170 #######", "0172/#######", "0176 {21|34|62}######", "0175-#######", "030 {234|456|678}#####", "089/{234|543}####", "(0221) {45|98}####", "0160#######", "0711 {61|22} ## ##", "0151 {12|23} ### ###"],
        ["+49 151 {12|23|54}######", "+49 170 #######", "+49 (0)176 {21|34|62}######", "0049 172 #######", "+49176{21|34|62}######", "+49 30 {234|456}#####", "+49 (0) 89 {234|543}####"]),
 "AT": (["0664 {234|345|567} ## ##", "0676/{345|567}####", "0660 {234|345|567}####", "01 {512|713|890} ## ##"], ["+43 664 {234|345|567}####", "+43 (0)676 {345|567} ## ##", "0043 660 {234|345}####"]),
 "CH": (["079 {234|345|567|678} ## ##", "078 {623|745|812} ## ##", "076 {345|412} ## ##", "044 {251|362|432} ## ##"], ["+41 79 {234|345|567} ## ##", "+4178{623|745}####", "0041 76 {345|412} ## ##", "+41 (0)44 {251|362} ## ##"]),
 "TR": ([], ["+90 53[2345] {234|345|567} ## ##", "+90 5{05|42} {234|345} ####"]),
 "PL": ([], ["+48 60[1235] ### ###", "+48 5{01|12} ### ###"]),
 "FR": ([], ["+33 6 {12|23|45|78} ## ## ##", "+336{12|23|45}######"]),
 "IT": ([], ["+39 3{28|33|47} ### ####", "+39 3{28|33|47}#######"]),
 "NL": ([], ["+31 6 {12|23|41|52}######", "+31 6 {12|23|41} ## ## ##"]),
 "RO": ([], ["+40 72[1-8] ### ###".replace("[1-8]", "[1234]"), "+407{45|22}######"]),
 "UA": ([], ["+380 67 ### ## ##", "+380 50 ### ## ##"]),
 "BE": ([], ["+32 47[5689] ## ## ##".replace("[5689]", "[589]")]),
}
LOC = {"en": "GB*34 US*26 IE*8 AU*9 CA*8 NZ*3 ZA*4 IN*5 SG*2 NG*2", "es": "ES*44 MX*16 AR*12 CO*9 CL*8 PE*6 EC*3 UY*2", "pt": "BR*55 PT*41 AO*2 MZ*2", "de": "DE*70 AT*15 CH*15"}
FOREIGN = {"en": "PL RO ES PT FR DE NL IT", "es": "FR RO US PT DE IT GB", "pt": "ES FR CH GB US IT UA", "de": "TR PL IT FR NL RO UA ES BE"}
def phone(rng, cc, lang, force=None):
    if not force and rng.random() < .07:
        cc = rng.choice(FOREIGN[lang].split())
        return exp(rng, rng.choice(PH[cc][1])), cc
    nat, intl = PH[cc]
    return exp(rng, rng.choice(intl if (not nat or rng.random() < .36) else nat)), cc

def luhn_digit(s):
    t = 0
    for i, c in enumerate(reversed(s)):
        d = int(c) * (2 if i % 2 == 0 else 1)
        t += d - 9 if d > 9 else d
    return str(-t % 10)
CARDS = [("visa", "4", 16, 34), ("mastercard", "5[12345]", 16, 22), ("mastercard", "2[3456]", 16, 6), ("amex", "3[47]", 15, 14), ("discover", "6011", 16, 5), ("diners", "36", 14, 5), ("jcb", "35[3456]", 16, 4), ("unionpay", "62[123]", 16, 3), ("maestro", "6759", 16, 5), ("elo", "6362", 16, 0)]
def card(rng, lang):
    pool = []
    for c in CARDS: pool += [c] * (c[3] + (8 if c[0] == "elo" and lang == "pt" else 0))
    b, p, n, _ = rng.choice(pool)
    s = exp(rng, p)
    while len(s) < n - 1: s += str(rng.randrange(10))
    s += luhn_digit(s)
    r = rng.random()
    sep = " " if r < .55 else "-" if r < .72 else ""
    if n == 15: g = [s[:4], s[4:10], s[10:]]
    elif n == 14: g = [s[:4], s[4:10], s[10:]]
    else: g = [s[i:i+4] for i in range(0, 16, 4)]
    return sep.join(g), b

def dg(rng, n): return "".join(str(rng.randrange(10)) for _ in range(n))
def iban(rng, cc):
    if cc == "DE": b = rng.choice(["37040044", "10050000", "50010517", "70150000", "12030000", "20041133"]) + dg(rng, 10)
    elif cc == "AT": b = rng.choice(["12000", "20111", "32000", "14000"]) + dg(rng, 11)
    elif cc == "CH": b = rng.choice(["00762", "00700", "09000", "80808"]) + dg(rng, 12)
    elif cc == "ES":
        bk = rng.choice(["2100", "0049", "0182", "1465", "2085"]) + dg(rng, 4); ac = dg(rng, 10)
        def k(s, w):
            r = 11 - sum(int(a) * b for a, b in zip(s, w)) % 11
            return {11: "0", 10: "1"}.get(r, str(r))
        b = bk + k(bk, [4, 8, 5, 10, 9, 7, 3, 6]) + k(ac, [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]) + ac
    elif cc == "PT":
        x = rng.choice(["0035", "0033", "0010", "0018"]) + dg(rng, 15); b = x + "%02d" % (98 - int(x + "00") % 97)
    elif cc == "GB": b = rng.choice(["BARC", "NWBK", "LOYD", "MIDL", "HBUK"]) + dg(rng, 14)
    elif cc == "IE": b = rng.choice(["AIBK", "BOFI"]) + dg(rng, 14)
    elif cc == "FR":
        bk = rng.choice(["30004", "20041", "30003"]) + dg(rng, 5); ac = dg(rng, 11)
        b = bk + ac + "%02d" % (97 - (89 * int(bk[:5]) + 15 * int(bk[5:]) + 3 * int(ac)) % 97)
    elif cc == "NL":
        while True:
            ac = "0" + exp(rng, "X########")
            if sum(int(c) * w for c, w in zip(ac, range(10, 0, -1))) % 11 == 0: break
        b = rng.choice(["INGB", "RABO", "ABNA"]) + ac
    elif cc == "BE":
        x = rng.choice(["001", "363", "734"]) + dg(rng, 7); b = x + "%02d" % (int(x) % 97 or 97)
    elif cc == "LU": b = rng.choice(["001", "002"]) + dg(rng, 13)
    elif cc == "BR": b = rng.choice(["00360305", "60701190", "00000000"]) + "0" + dg(rng, 4) + dg(rng, 10) + "C1"
    num = "".join(str(int(c, 36)) for c in b + cc + "00")
    s = cc + "%02d" % (98 - int(num) % 97) + b
    r = rng.random()
    if r < .60: s = " ".join(s[i:i+4] for i in range(0, len(s), 4))
    elif r < .64: s = s.lower()
    return s, cc
IBANS = {"en": "GB*6 IE*5 DE*1 FR*1 NL*1 ES*1", "es": "ES*12 DE*1 FR*1 PT*1 BE*1", "pt": "PT*11 BR*2 ES*1 FR*1 LU*1", "de": "DE*12 AT*4 CH*4 NL*1 LU*1"}

def ip(rng):
    r = rng.random()
    if r < .52: return ".".join([str(rng.choice([31, 46, 62, 79, 81, 84, 88, 91, 95, 109, 177, 187, 189, 200, 201, 213, 217]))] + [str(rng.randrange(1, 255)) for _ in range(3)]), "v4"
    if r < .68: return rng.choice(["192.168.%d.%d" % (rng.randrange(0, 3), rng.randrange(2, 254)), "10.%d.%d.%d" % (rng.randrange(256), rng.randrange(256), rng.randrange(1, 255)), "172.%d.%d.%d" % (rng.randrange(16, 32), rng.randrange(256), rng.randrange(1, 255))]), "v4"
    h = lambda: "%x" % rng.randrange(1, 65536)
    p = rng.choice(["2a02:908", "2003:e5", "2804:14c", "2a01:4f8", "2600:1700", "2001:8a0", "2a0c:5a84", "2806:2f0"])
    if r < .84: return p + ":" + ":".join(h() for _ in range(6)), "v6"
    if r < .96: return p + ":" + ":".join(h() for _ in range(rng.choice([1, 2]))) + "::" + rng.choice([h(), "1", h() + ":" + h()]), "v6"
    return "fe80::" + ":".join(h() for _ in range(4)), "v6"

# ------------------------------------------------------------------ national ids
def es_l(n): return "TRWAGMYFPDXBNJZSQVHLCKE"[n % 23]
def bdate(rng):
    return datetime.date(1950, 1, 1) + datetime.timedelta(days=rng.randrange(19500))
def m11(s, ws): return sum(int(a) * b for a, b in zip(s, ws))
CURP_A = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
V_D = [[0,1,2,3,4,5,6,7,8,9],[1,2,3,4,0,6,7,8,9,5],[2,3,4,0,1,7,8,9,5,6],[3,4,0,1,2,8,9,5,6,7],[4,0,1,2,3,9,5,6,7,8],[5,9,8,7,6,0,4,3,2,1],[6,5,9,8,7,1,0,4,3,2],[7,6,5,9,8,2,1,0,4,3],[8,7,6,5,9,3,2,1,0,4],[9,8,7,6,5,4,3,2,1,0]]
V_P = [[0,1,2,3,4,5,6,7,8,9],[1,5,7,6,2,8,3,0,9,4],[5,8,0,3,7,9,6,1,4,2],[8,9,1,6,0,4,3,5,2,7],[9,4,5,3,1,2,6,8,7,0],[4,2,8,6,5,7,3,9,0,1],[2,7,9,3,8,0,6,4,1,5],[7,0,4,6,9,1,3,2,5,8]]
def natid(rng, k):
    R = rng
    if k == "ES-DNI":
        n = R.randrange(10**7, 8 * 10**7); d = "%08d" % n; l = es_l(n)
        return R.choice([d + l, d + l, d + "-" + l, d[:2] + "." + d[2:5] + "." + d[5:] + "-" + l, d + l.lower()])
    if k == "ES-NIE":
        p = R.choice("XYYZ"); d = dg(R, 7); l = es_l(int(str("XYZ".index(p)) + d))
        return R.choice([p + d + l, p + "-" + d + "-" + l])
    if k == "MX-CURP":
        b = bdate(R); c = lambda s="BCDFGLMNPRSTVZ": R.choice(s)
        s = c() + R.choice("AEIOU") + c() + c() + b.strftime("%y%m%d") + R.choice("HM") + R.choice(["DF", "JC", "NL", "MC", "PL", "VZ"]) + c() + c() + c() + ("0" if b.year < 2000 else "A")
        t = sum((18 - i) * CURP_A.index(x) for i, x in enumerate(s))
        return s + str(-t % 10)
    if k == "MX-RFC":
        b = bdate(R); c = lambda s="BCDFGLMNPRSTVZ": R.choice(s)
        s = c() + R.choice("AEIOU") + c() + c() + b.strftime("%y%m%d") + R.choice("ABCDEFGH123456789") + R.choice("ABCDEFGH123456789")
        A = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"
        t = sum((13 - i) * A.index(x) for i, x in enumerate(s))
        return s + "0123456789A"[-t % 11] if -t % 11 != 10 else s + "A"
    if k == "AR-DNI":
        d = str(R.randrange(14000000, 47000000)); return R.choice([d, d[:2] + "." + d[2:5] + "." + d[5:]])
    if k == "AR-CUIL":
        while True:
            s = R.choice(["20", "27"]) + str(R.randrange(14000000, 47000000)); c = 11 - m11(s, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
            if c < 10: break
            if c == 11: c = 0; break
        return R.choice([s[:2] + "-" + s[2:] + "-" + str(c), s + str(c)])
    if k == "CL-RUT":
        n = R.randrange(6 * 10**6, 25 * 10**6); s, m = 1, 0; t = n
        while t: s = (s + t % 10 * (9 - m % 6)) % 11; t //= 10; m += 1
        c = "0123456789K"[s - 1] if s else "K"
        f = f"{n:,}".replace(",", ".")
        return R.choice([f + "-" + c, f"{n}-{c}", f + "-" + c.lower()])
    if k == "CO-CC":
        n = R.choice([R.randrange(1010000000, 1099999999), R.randrange(19000000, 79999999)]); return R.choice([str(n), f"{n:,}".replace(",", ".")])
    if k == "PE-DNI": return str(R.randrange(10000000, 76000000))
    if k == "EC-CI":
        s = "%02d" % R.randrange(1, 25) + str(R.randrange(6)) + dg(R, 6); t = 0
        for i, c in enumerate(s):
            d = int(c) * (2 if i % 2 == 0 else 1); t += d - 9 if d > 9 else d
        return s + str(-t % 10)
    if k == "UY-CI":
        s = str(R.randrange(1000000, 5999999)); c = -sum(int(a) * int(b) for a, b in zip(s, "2987634")) % 10
        return f"{s[0]}.{s[1:4]}.{s[4:]}-{c}"
    if k == "BR-CPF":
        s = dg(R, 9)
        for w in (10, 11):
            c = 11 - m11(s, range(w, 1, -1)) % 11; s += str(c if c < 10 else 0)
        return R.choice([f"{s[:3]}.{s[3:6]}.{s[6:9]}-{s[9:]}"] * 3 + [s, s, f"{s[:9]}-{s[9:]}"])
    if k == "BR-RG":
        s = str(R.randrange(10000000, 55000000)); c = m11(s, range(2, 10)); c = 11 - c % 11; c = {10: "X", 11: "0"}.get(c, str(c))
        return f"{s[:2]}.{s[2:5]}.{s[5:]}-{c}"
    if k == "PT-NIF":
        s = R.choice("1223") + dg(R, 7); c = 11 - m11(s, range(9, 1, -1)) % 11; s += str(c if c < 10 else 0)
        return R.choice([s, s, f"{s[:3]} {s[3:6]} {s[6:]}"])
    if k == "PT-CC":
        d = R.choice("1") + dg(R, 7); c = (11 - m11(d, range(9, 1, -1)) % 11); c = str(c if c < 10 else 0)
        b = d + c + R.choice(["ZZ", "ZY", "ZX", "ZW"]) ; t = 0
        A = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        for i, x in enumerate(reversed(b)):
            v = A.index(x)
            if i % 2 == 0: v *= 2; v = v - 9 if v > 9 else v
            t += v
        k2 = str(-t % 10)
        return R.choice([f"{d} {c} {b[9:]}{k2}", b + k2])
    if k == "DE-IDNR":
        while True:
            ds = R.sample("0123456789", 9); ds.append(R.choice(ds)); R.shuffle(ds)
            if ds[0] != "0" and not any(ds[i] == ds[i+1] == ds[i+2] for i in range(8)): break
        p = 10
        for c in ds:
            s = (int(c) + p) % 10 or 10; p = s * 2 % 11
        c = 11 - p; ds.append(str(0 if c == 10 else c)); s = "".join(ds)
        return R.choice([s, f"{s[:2]} {s[2:5]} {s[5:8]} {s[8:]}"])
    if k == "DE-PA":
        A = "CFGHJKLMNPRTVWXYZ0123456789"
        s = R.choice("LMNPRTVWXY") + "".join(R.choice(A) for _ in range(8))
        if sum(x.isdigit() for x in s) < 4: s = s[0] + dg(R, 2) + s[3:5] + dg(R, 2) + s[7:]
        c = sum((int(x) if x.isdigit() else ord(x) - 55) * w for x, w in zip(s, [7, 3, 1] * 3)) % 10
        return R.choice([s + str(c), s])
    if k == "DE-RV":
        b = bdate(R); L = R.choice("ABDEFGHKLMNPRSTW"); a = R.choice(["12", "15", "50", "53", "65", "13"]); n = "%02d" % R.randrange(0, 99)
        x = a + b.strftime("%d%m%y") + "%02d" % (ord(L) - 64) + n
        t = 0
        for ch, w in zip(x, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]): v = int(ch) * w; t += v // 10 + v % 10
        return R.choice([f"{a} {b.strftime('%d%m%y')} {L} {n}{t % 10}", f"{a}{b.strftime('%d%m%y')}{L}{n}{t % 10}"])
    if k == "AT-SV":
        while True:
            b = bdate(R).strftime("%d%m%y"); s = str(R.randrange(100, 999)); c = m11(s + b, [3, 7, 9, 5, 8, 4, 2, 1, 6]) % 11
            if c < 10: break
        return R.choice([f"{s}{c} {b}", f"{s}{c}{b}"])
    if k == "CH-AHV":
        s = "756" + dg(R, 9); c = -sum(int(x) * (1 if i % 2 == 0 else 3) for i, x in enumerate(s)) % 10; s += str(c)
        return R.choice([f"{s[:3]}.{s[3:7]}.{s[7:11]}.{s[11:]}"] * 3 + [s])
    if k == "US-SSN": return exp(R, "{212|318|402|517|623|451|139}-{12|34|45|67|58|81}-[123456789]###")
    if k == "GB-NINO":
        d = R.choice(["AB", "CE", "JK", "NR", "PW", "SL", "YT", "HG"]); n = dg(R, 6); x = R.choice("ABCD")
        return R.choice([f"{d} {n[:2]} {n[2:4]} {n[4:]} {x}", f"{d}{n}{x}"])
    if k == "GB-NHS":
        while True:
            s = R.choice("46") + dg(R, 8); c = 11 - m11(s, range(10, 1, -1)) % 11; c = 0 if c == 11 else c
            if c < 10: break
        s += str(c); return R.choice([f"{s[:3]} {s[3:6]} {s[6:]}", s])
    if k == "IE-PPS":
        s = dg(R, 7); e = R.choice(["", "A"]); t = m11(s, range(8, 1, -1)) + (9 if e else 0)
        return s + "WABCDEFGHIJKLMNOPQRSTUV"[t % 23] + e
    if k == "CA-SIN":
        s = R.choice("1245") + dg(R, 7); s += luhn_digit(s); return R.choice([f"{s[:3]} {s[3:6]} {s[6:]}", f"{s[:3]}-{s[3:6]}-{s[6:]}"])
    if k == "AU-TFN":
        while True:
            s = exp(R, "X########")
            if m11(s, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0: break
        return f"{s[:3]} {s[3:6]} {s[6:]}"
    if k == "NZ-IRD":
        while True:
            s = "1" + dg(R, 7); c = -m11("%08d" % int(s), [3, 2, 7, 6, 5, 4, 3, 2]) % 11
            if c < 10: break
        s += str(c); return f"{s[:3]}-{s[3:6]}-{s[6:]}" if int(s) < 150000000 else natid(R, k)
    if k == "IN-AADHAAR":
        while True:
            s = R.choice("23456789") + dg(R, 10); c = 0
            for i, x in enumerate(reversed(s)): c = V_D[c][V_P[(i + 1) % 8][int(x)]]
            s += str(V_D[c].index(0))
            if s != s[::-1]: break
        return f"{s[:4]} {s[4:8]} {s[8:]}"
    if k == "IN-PAN": return "".join(R.choice("ABCDEGHJKLMRS") for _ in range(3)) + "P" + R.choice("ABDGKMNPRS") + exp(R, "X###") + R.choice("ABCDEFGHJK")
    if k == "SG-NRIC":
        p = R.choice("ST"); s = dg(R, 7); t = m11(s, [2, 7, 6, 5, 4, 3, 2]) + (4 if p == "T" else 0); return p + s + "JZIHGFEDCBA"[t % 11]
    if k == "ZA-ID":
        s = bdate(R).strftime("%y%m%d") + dg(R, 4) + "08"; return s + luhn_digit(s)
    raise SystemExit("id " + k)
IDS = {  # locale: [(id, labels)]
 "GB": [("GB-NINO", "NI number|National Insurance number|NINO|nat ins no"), ("GB-NINO", "NI number|National Insurance number"), ("GB-NHS", "NHS number")],
 "US": [("US-SSN", "SSN|Social Security number|social|SSN")], "IE": [("IE-PPS", "PPS number|PPSN")], "CA": [("CA-SIN", "SIN|Social Insurance Number")],
 "AU": [("AU-TFN", "TFN|tax file number")], "NZ": [("NZ-IRD", "IRD number")], "IN": [("IN-AADHAAR", "Aadhaar|Aadhaar number"), ("IN-PAN", "PAN|PAN number")],
 "SG": [("SG-NRIC", "NRIC")], "ZA": [("ZA-ID", "ID number|SA ID number")], "NG": [("GB-NINO", "NI number")],
 "ES": [("ES-DNI", "DNI|dni|DNI|NIF"), ("ES-DNI", "DNI|NIF|documento de identidad"), ("ES-NIE", "NIE|NIE")], "MX": [("MX-CURP", "CURP"), ("MX-RFC", "RFC")],
 "AR": [("AR-DNI", "DNI|documento"), ("AR-CUIL", "CUIL|CUIT")], "CL": [("CL-RUT", "RUT|rut|RUN")], "CO": [("CO-CC", "cédula|cédula de ciudadanía|CC")], "PE": [("PE-DNI", "DNI")],
 "EC": [("EC-CI", "cédula|cédula de identidad")], "UY": [("UY-CI", "cédula|CI")],
 "BR": [("BR-CPF", "CPF|cpf|CPF"), ("BR-CPF", "CPF|CPF"), ("BR-CPF", "CPF"), ("BR-RG", "RG")], "PT": [("PT-NIF", "NIF|contribuinte|número de contribuinte|nif"), ("PT-NIF", "NIF"), ("PT-CC", "Cartão de Cidadão|CC|número de cartão de cidadão")],
 "AO": [("PT-NIF", "NIF")], "MZ": [("PT-NIF", "NIF")],
 "DE": [("DE-IDNR", "Steuer-ID|Steueridentifikationsnummer|Steuer-Identifikationsnummer|IdNr."), ("DE-PA", "Personalausweisnummer|Ausweisnummer|Perso-Nr."), ("DE-RV", "Rentenversicherungsnummer|Sozialversicherungsnummer|RV-Nummer")],
 "AT": [("AT-SV", "SV-Nummer|Sozialversicherungsnummer|SVNR")], "CH": [("CH-AHV", "AHV-Nummer|AHV-Nr.|AHV-Nummer")]}
IS = {"en": " is ", "es": " es ", "pt": " é ", "de": " lautet "}

# ------------------------------------------------------------------ things to keep
CITY = {"GB": "Leeds|Bristol|Manchester|Cardiff|Glasgow|Norwich|Reading", "US": "Chicago|Boston|Memphis|Detroit|Phoenix|Atlanta|Tucson", "IE": "Dublin|Galway|Cork|Limerick", "CA": "Toronto|Calgary|Winnipeg|Ottawa", "AU": "Perth|Canberra|Geelong|Gold Coast", "NZ": "Auckland|Dunedin", "ZA": "Cape Town|Bloemfontein", "IN": "Mumbai|Pune|Chennai", "SG": "Singapore", "NG": "Lagos|Abuja",
 "ES": "Madrid|Valencia|Sevilla|Bilbao|Zaragoza|Málaga|Barcelona|Oviedo", "MX": "Guadalajara|Monterrey|Puebla|Querétaro|Ciudad de México", "AR": "Buenos Aires|La Plata|Mar del Plata|Bariloche", "CO": "Bogotá|Medellín|Cali", "CL": "Valparaíso|Viña del Mar|Antofagasta", "PE": "Lima|Arequipa|Cusco", "EC": "Quito|Guayaquil", "UY": "Montevideo|Salto",
 "BR": "Curitiba|Recife|Porto Alegre|Belo Horizonte|Fortaleza|Campinas|Brasília|Manaus", "PT": "Lisboa|Évora|Braga|Coimbra|Faro|Aveiro|Setúbal", "AO": "Luanda", "MZ": "Maputo",
 "DE": "Berlin|Hamburg|München|Köln|Leipzig|Stuttgart|Dresden|Frankfurt|Bremen", "AT": "Wien|Graz|Linz|Salzburg|Innsbruck", "CH": "Zürich|Bern|Basel|Winterthur|Luzern"}
CO_ = {"en": "Northgate Energy|BrightHome|Vodafone|Jet2|Ikea|ParcelHub|Clearwater Broadband|Costway|Samsung|Lumen Mobile|easyJet|Trustline Insurance|Hotpoint|Zalando|Nordic Sleep",
 "es": "Iberia|Movistar|Endesa|Correos|El Corte Inglés|Vueling|Telcel|Linio|Mercado Libre|Claro|Ikea|SEUR|Samsung|Renfe|Naturgy|Rappi|PcComponentes",
 "BR": "Shopee|Claro|Vivo|Correios|Nubank|Mercado Livre|Americanas|Azul|Enel|Samsung|iFood|Casas Bahia", "PT": "MEO|NOS|CTT|EDP|Worten|TAP|Fnac|Galp|Continente|Vodafone|Samsung|Rede Expressos",
 "de": "Telekom|DHL|Zalando|Vodafone|Ikea|Lufthansa|Saturn|O2|Vattenfall|Otto|Samsung|DPD|Flixbus|GLS|MediaMarkt|Check24|Swisscom|ÖBB"}
CO_["de"] = CO_["de"].replace("|Otto", "|Home24")
PROD = {"en": "Turbo 300 vacuum|Galaxy S24|CozyNest duvet|QuickBrew kettle|ThinkPad X1|TrailMax backpack|standing desk|PureFlow filter|ProFit treadmill|SmartPlug mini|garden bench|desk lamp|folding bike",
 "es": "robot de cocina|Galaxy A54|colchón Viscoplus|lavavajillas LG|horno eléctrico|robot Roomba|sofá cama|portátil Lenovo|router Wi-Fi 6|altavoz inalámbrico|patinete eléctrico|microondas",
 "BR": "Galaxy S23|micro-ondas LG|notebook Lenovo|colchão Ortopedic|aspirador robô|fone Bluetooth|tênis Running Pro|roteador AX3000|ventilador de teto|fogão 4 bocas|relógio Fit 3|monitor 27", "PT": "Galaxy S23|micro-ondas LG|portátil Lenovo|colchão Ortopedic|aspirador robô|router AX3000|forno elétrico|telemóvel A54|relógio Fit 3|monitor 27|frigorífico LG|sofá-cama",
 "de": "Kaffeevollautomat|Galaxy S24|Staubsauger X7|Waschmaschine LG W5|E-Bike City 3|Boxspringbett Komfort|Router AX50|Kopfhörer Pro 2|Wanderschuhe Alpin|Gartenbank|Notebook ThinkPad|Luftreiniger Pure 200"}
ST = {"en": "High Street|Station Road|Mill Lane|Church Road|Elm Avenue|Park Lane|5th Avenue|Main Street|Maple Drive|Harbour Road", "es": "calle Mayor|avenida de la Constitución|calle del Sol|paseo Marítimo|avenida Libertad|calle Real|plaza de España|calle Olmos",
 "pt": "Rua das Flores|Avenida da Liberdade|Rua do Comércio|Avenida Central|Rua Nova|Rua das Acácias|Avenida Atlântica|Travessa do Sol", "de": "Bahnhofstraße|Lindenweg|Hauptstraße|Gartenstraße|Marktstraße|Ringstraße|Birkenallee|Schulstraße"}
MON = {"en": "January February March April May June July August September October November December", "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre", "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro", "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"}
DAY = {"en": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday", "es": "lunes|martes|miércoles|jueves|viernes|sábado", "pt": "segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira", "de": "Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag"}
EUR = {"ES", "PT", "DE", "AT", "IE"}
def sep(n, lang):
    s = f"{n:,.2f}"
    return s if lang == "en" else s.replace(",", "~").replace(".", ",").replace("~", ".")
def datestr(d, f, lang, loc):
    m = MON[lang].split()[d.month - 1]
    if lang == "en":
        if loc == "US": return [f"{m} {d.day}", d.strftime("%m/%d/%Y"), f"{m[:3]} {d.day}", f"{m} {d.day}, {d.year}"][f]
        return [f"{d.day} {m}", d.strftime("%d/%m/%Y"), f"{d.day} {m} {d.year}", d.strftime("%d/%m")][f]
    if lang in ("es", "pt"): return [f"{d.day} de {m}", d.strftime("%d/%m/%Y"), d.strftime("%d/%m"), f"{d.day} de {m} de {d.year}"][f]
    return [d.strftime("%d.%m.%Y"), d.strftime("%d.%m."), f"{d.day}. {m}", f"{d.day}. {m} {d.year}"][f]
def timestr(t, f, lang):
    h, m = divmod(t, 60)
    if lang == "en": return f"{h}:{m:02d}" if f < 2 else f"{(h - 1) % 12 + 1}{'' if m == 0 else ':%02d' % m}{'am' if h < 12 else 'pm'}"
    if lang == "de": return f"{h}:{m:02d} Uhr" if f < 2 else f"{h} Uhr" if m == 0 else f"{h}.{m:02d} Uhr"
    if lang == "pt": return f"{h}:{m:02d}" if f < 1 else f"{h}h{m:02d}" if m else f"{h}h"
    return f"{h}:{m:02d}" if f < 2 else f"{h}:{m:02d} h"
def keepval(rng, k, lang, loc, num=0.0):
    while True:
        v = keepval1(rng, k, lang, loc, num); d = re.sub(r"\D", "", v)
        if not (13 <= len(d) <= 19 and luhn_digit(d[:-1]) == d[-1]): return v
def keepval1(rng, k, lang, loc, num=0.0):
    if k == "order": return exp(rng, rng.choice(["X######", "#X######", "{A|B|K|W}{O|R|N}-X#####", "20{25|26}-0#####", "{302|304|028|171}-#######-#######", "{ES|DE|UK|PT|WEB|ORD}-X######", "X#####-{A|B|C}", "{Q7|T4|M9|H2}{KD|XB|LP|ZR}X###", "4500######", "#X##-####"]))
    if k == "booking": return exp(rng, rng.choice(["{X4|K7|P2|Q9|R6|Y3}{LM|TZ|BH|WD}{Q|K|R|V}X", "{RK|BT|LX|QZ|WN}{7|4|9}{HT|MP|DS}{K|L}", "X#########"]))
    if k == "flight": return exp(rng, rng.choice({"en": ["BA X##", "FR X###", "U2 X###", "UA X##"], "es": ["IB X###", "VY X###", "{UX} X###", "AV X##"], "pt": ["TP X##", "G3 X###", "LA X###", "AD X###"], "de": ["LH X##", "EW X###", "OS X##", "{LX} X##"]}[lang]))
    if k == "ticket": return exp(rng, rng.choice(["X######", "{INC}00X####", "CS-X#####", "TK-20{25|26}-X###", "REQ-X####"]))
    if k == "track":
        return exp(rng, rng.choice({"en": ["1Z{99A|8E4|7W2}X###########", "JD0002X#########", "H0{1|2}{XQA}00X#######", "X#########"], "es": ["PQ{4F|9B|7K}X########{A|B|K}", "ES20X########", "X#########"], "pt": ["{OJ|PQ|NL|QB}X########BR", "{RL|DA|EA}X########PT"], "de": ["00340434X###########", "JJD0100X########", "{CX}X########DE", "1Z{99A|8E4}X###########"]}[lang]))
    if k == "inv": return exp(rng, rng.choice({"en": ["{INV}-20{25|26}-0X##", "{INV} X####", "F-X#####"], "es": ["F-20{25|26}/0X##", "FAC-X####", "A-X#####", "FV26-0X###"], "pt": ["FT 20{25|26}/X###", "{NF} X#####", "FR-X####"], "de": ["RE-20{25|26}-0X##", "R X####", "RG-X#####"]}[lang]))
    if k == "contract": return exp(rng, rng.choice(["X#######", "C-X#####", "KV{-|}X######", "20X#####"]))
    if k == "amt":
        n = num
        s = sep(n, lang)
        if lang == "en": c = {"GB": "£", "US": "$", "CA": "$", "AU": "$", "NZ": "$", "IE": "€", "ZA": "R", "IN": "₹", "SG": "S$", "NG": "₦"}[loc]; return c + (s[:-3] if s.endswith(".00") and rng.random() < .7 else s)
        if lang == "es":
            if loc == "ES": return s + rng.choice([" €", "€", " euros"])
            return rng.choice(["$", "$ "]) + s if loc not in ("PE",) else "S/ " + s
        if lang == "pt": return "R$ " + s if loc in ("BR", "AO", "MZ") else s + rng.choice([" €", "€", " euros"])
        if loc == "CH": return "CHF " + f"{n:.2f}"
        return s + rng.choice([" €", " Euro", "€", " EUR"])
    if k == "day": return rng.choice(DAY[lang].split("|"))
    if k == "city": return rng.choice(CITY[loc].split("|"))
    if k == "co": return rng.choice(CO_[lang if lang != "pt" else ("PT" if loc == "PT" else "BR")].split("|"))
    if k == "prod": return rng.choice(PROD[lang if lang != "pt" else ("BR" if loc == "BR" else "PT")].split("|"))
    if k == "st": return rng.choice(ST[lang].split("|"))
    if k == "ver": return exp(rng, "{2|3|5|8|11}.{0|1|4|7}.{0|1|2|12}")
    if k == "model": return exp(rng, rng.choice(["{WX|TG|KM|DR|HZ}-X##{|0|B|E}", "{AX|RT|S|V}X###", "{EC|SK|QN}X##{|.B|-1}"]))
    if k == "err": return exp(rng, rng.choice(["E-X#", "0x80{07|24}00X{5|4|E}", "ERR_X0#", "F0X", "50{0|2|3}", "4{01|03|29}"]))
    if k == "n": return str(rng.randrange(2, 10))
    if k == "nn": return str(rng.randrange(11, 60))
    raise SystemExit("keep " + k)
NOKEEP = {"n", "nn"}
KEEPNAME = {"co": "company", "prod": "product", "st": "street", "inv": "invoice", "amt": "amount", "track": "tracking", "ver": "version", "err": "error"}

# ------------------------------------------------------------------ mails
DOM = {"GB": "gmail.com|gmail.com|hotmail.co.uk|outlook.com|btinternet.com|yahoo.co.uk|icloud.com", "US": "gmail.com|gmail.com|yahoo.com|aol.com|icloud.com|outlook.com|comcast.net", "ES": "gmail.com|gmail.com|hotmail.com|hotmail.es|yahoo.es|telefonica.net|outlook.es", "BR": "gmail.com|gmail.com|hotmail.com|uol.com.br|yahoo.com.br|bol.com.br|terra.com.br", "PT": "gmail.com|gmail.com|sapo.pt|hotmail.com|netcabo.pt|outlook.pt", "DE": "gmail.com|web.de|web.de|gmx.de|gmx.net|t-online.de|freenet.de|posteo.de", "AT": "gmx.at|gmail.com|a1.net|aon.at", "CH": "bluewin.ch|gmail.com|gmx.ch|hispeed.ch", "AR": "gmail.com|hotmail.com.ar|yahoo.com.ar", "MX": "gmail.com|hotmail.com|prodigy.net.mx"}
CORP = {"en": "halden-partners.com|brookfieldprint.co.uk|tealstudio.io|oaktreedental.org", "es": "talleresnorte.es|grupoalba.com.mx|despachovega.com|clinicasur.es", "pt": "construnova.com.br|atelierverde.pt|contabil-sul.com.br|oficinadomar.pt", "de": "elektro-nord.de|praxis-am-park.de|tischlerei-alpen.at|buero-kontor.ch"}
def mail(rng, p, lang, loc, form=None):
    f, l = fold(p.first.split()[0].split("-")[0]), fold(p.last)
    if rng.random() < .14:
        return rng.choice([f"{f}.{l}", f"{f[0]}.{l}", f"{f}", f"{l}"]) + "@" + rng.choice(CORP[lang].split("|"))
    d = rng.choice(DOM.get(loc, "gmail.com|gmail.com|hotmail.com|outlook.com|yahoo.com").split("|"))
    y = rng.choice([str(rng.randrange(60, 99)), str(rng.randrange(1965, 2006)), str(rng.randrange(2, 99))])
    u = rng.choice([f"{f}.{l}", f"{f}.{l}", f"{f}{l}", f"{f}_{l}", f"{f}{l}{y}", f"{f[0]}{l}{y}", f"{f}.{l}{y}", f"{l}.{f}", f"{f}{y}", f"{f}-{l}", rng.choice(["bluesky", "sol", "mtb", "casa", "nordwind", "gatita", "runner", "estrela"]) + rng.choice([".", "_", ""]) + f + y, f"{f}.{l}+{rng.choice(['shop', 'web', 'info'])}"])
    s = u + "@" + d
    r = rng.random()
    if r < .05: s = s[0].upper() + s[1:]
    elif r < .07: s = s.upper()
    return s

# ------------------------------------------------------------------ rendering
def render(fid, k, lang, text, tags):
    rng = random.Random(f"{fid}/{k}")
    loc = next((t for t in tags if t.isupper()), None) or wpick(rng, LOC[lang])
    while "[[" in text:
        text = re.sub(r"\[\[([^\[\]]*)\]\]", lambda m: rng.choice(m.group(1).split("|")), text, count=1)
    text = text.replace("\\n", "\n")
    people, vals, items, keep, out, pos = {}, {}, [], [], [], 0
    used = set()
    def person(t):
        if t not in people:
            while True:
                p = Person(rng, lang, t[0])
                if (p.first not in used) and (p.last not in used): break
            used.update([p.first, p.last]); people[t] = p
        return people[t]
    n = 0
    def put(s):
        nonlocal n
        out.append(s); n += len(s)
    def item(kind, s, sub):
        items.append({"kind": kind, "start": n, "end": n + len(s), "sub": sub}); put(s)
    parts = re.split(r"(\{[^{}]*\})", text)
    for pi, part in enumerate(parts):
        if not part.startswith("{"): put(part); continue
        tok = part[1:-1].split(); kd = tok[0]; case = None; spk = ""; form = None; who = None; args = []
        for t in tok[1:]:
            if t in ("low", "cap"): case = t
            elif t == "spk": spk = "-speaker"
            elif t in FORMS: form = t
            elif re.fullmatch(r"[amw]\d?", t): who = t
            else: args.append(t)
        if kd in KN:
            p = person(who or "a1")
            if not form: form = wpick(rng, DEFAULT[kd][lang])
            if form == "mono" and p.__dict__.get("asked"): form = "f"
            s = p.form(form, rng); p.asked = True
            if form == "mono": p.first, p.last = s, rng.choice(["Putra", "Dlamini", "Kaur"])
            if not case:
                r = rng.random()
                if kd in ("sg", "fi") and r < .03: case = "cap"
            if case == "low": s = s.lower()
            if case == "cap": s = s.upper()
            item(KN[kd], s, form + ("-" + case if case else "") + spk)
        elif kd == "mail":
            s = mail(rng, person(who or "a1"), lang, loc)
            if case == "low": s = s.lower()
            item("mail", s, s.rsplit("@", 1)[1].lower().rsplit(".", 1)[1])
        elif kd == "phone":
            s, cc = phone(rng, args[0] if args else loc, lang, args); item("phone", s, cc)
        elif kd == "card": s, b = card(rng, lang); item("card", s, b)
        elif kd == "iban":
            cc = args[0] if args else loc if loc in ("ES", "PT", "DE", "AT", "CH", "GB", "IE") and rng.random() < .85 else wpick(rng, IBANS[lang])
            s, cc = iban(rng, cc); item("iban", s, cc)
        elif kd == "ip": s, v = ip(rng); item("ip", s, v)
        elif kd in ("id", "idl", "idf", "idi"):
            if args: k2, labs = args[0], "ID"
            else: k2, labs = rng.choice(IDS[loc])
            if kd != "id":
                lab = rng.choice(labs.split("|"))
                put(lab + {"idl": rng.choice([" ", " ", " ", ": "]), "idf": ": ", "idi": IS[lang]}[kd])
            item("national_id", natid(rng, k2), k2)
        else:
            key = part
            m = re.fullmatch(r"([a-z]+)(\d?)", kd); base = m.group(1)
            if base in ("date", "time", "ct"):
                if "df" not in vals:
                    vals["df"], vals["tf"] = rng.randrange(4), rng.randrange(4)
                    vals["d0"] = datetime.date(2025, 9, 1) + datetime.timedelta(days=rng.randrange(425)); vals["t0"] = rng.randrange(8, 18) * 60 + rng.choice([0, 0, 15, 30, 45, 5, 20, 40])
                    vals["t1"], vals["c0"] = vals["t0"] + rng.choice([60, 120, 120, 180, 240]), rng.randrange(480, 1260)
                    vals["d1"] = vals["d0"] + datetime.timedelta(days=rng.randrange(2, 20)); vals["c1"] = vals["c0"] + rng.choice([1, 2, 2, 3])
                two = 1 if m.group(2) else 0
                s = datestr(vals["d%d" % two], 0 if lang == "de" and vals["df"] == 1 and parts[pi + 1][:1] == "." else vals["df"], lang, loc) if base == "date" else timestr(vals["t%d" % two], vals["tf"], lang) if base == "time" else "%02d:%02d" % divmod(vals["c%d" % two], 60)
                if base == "ct": base = "time"
            elif base in ("amt", "pamt"):
                if "a0" not in vals:
                    r = rng.random()
                    vals["a0"] = rng.randrange(6, 120) + rng.choice([.99, .5, .95, .0, .9]) if r < .68 else rng.randrange(120, 400) + rng.choice([0, .99, .5]) if r < .88 else rng.randrange(400, 1900) + rng.choice([0, .99, .45, .8])
                    vals["a1"] = round(vals["a0"] * rng.choice([1.1, 1.15, 1.25, 1.4, 2]), 1)
                    vals["p0"] = rng.randrange(2, 15) + rng.choice([.9, .5, .0, .95]); vals["p1"] = vals["p0"] + rng.choice([1, 2, 3])
                s = keepval(rng, "amt", lang, loc, vals[("p" if base == "pamt" else "a") + ("1" if m.group(2) else "0")]); base = "amt"
            elif m.group(2) and kd in vals: s = vals[kd]
            else:
                s = keepval(rng, base, lang, loc); vals[kd] = s
            if case == "low": s = s.lower()
            if base not in NOKEEP: keep.append({"kind": KEEPNAME.get(base, base), "start": n, "end": n + len(s)})
            put(s)
    return {"text": "".join(out), "language": lang, "items": items, "keep": keep, "clean": not items, "frame": fid, "eponym": "ep" in tags}

def main():
    rows, seen = [], set()
    for lang in ("en", "es", "pt", "de"):
        num = 0
        for part in ("items", "clean"):
            for line in open(os.path.join(HERE, "frames", f"{lang}_{part}.txt"), encoding="utf-8"):
                line = line.rstrip("\n")
                if not line.strip(): continue
                tags = []
                if line.startswith("@"):
                    h, line = line[1:].split(" ", 1)
                    if h.split(",")[0].isupper() or h.split(",")[0] == "ep": tags = h.split(",")
                    else: line = "@" + h + " " + line
                num += 1; fid = f"{lang}-{num:03d}"
                for k in range(3):
                    r = render(fid, k, lang, line, tags)
                    if part == "clean" and r["items"]: raise SystemExit(fid)
                    if part == "items" and not r["items"]: raise SystemExit("no items " + fid)
                    if r["text"] in seen: continue
                    seen.add(r["text"]); rows.append(r)
    with open(os.path.join(HERE, "redaction_fifth.jsonl"), "w", encoding="utf-8") as f:
        for r in rows: f.write(json.dumps(r, ensure_ascii=False) + "\n")
if __name__ == "__main__": main()
