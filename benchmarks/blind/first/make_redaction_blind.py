"""Makes redaction_blind.jsonl: a blind test set for redaction, labels by construction.

Frames are hand-written (frames/*.txt); every frame is cut into pieces, each piece that came from a personal slot carries
its label, and the spans are the running lengths of the pieces. Fixed seed, standard library only.
"""
import json
import random
import re
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEED = 20261122
R = random.Random(SEED)
LANGS = ["en", "es", "pt", "de"]
PLAN = {"in_sig": 175, "out": 40, "nosig": 62, "thread": 22, "short": 115, "line": 75, "clean_short": 165, "clean_mail": 105,
        "clean_line": 60}


# ---------------------------------------------------------------- frames
def load(lang):
    sections, cur = {}, None
    for line in (HERE / "frames" / f"{lang}.txt").read_text(encoding="utf-8").split("\n"):
        m = re.fullmatch(r"\[(\w+)\]", line)
        if m:
            cur = sections.setdefault(m[1], [])
        elif line.strip():
            cur.append("" if line == "<none>" else line.replace("\\n", "\n").rstrip("\r"))
    for k in ("city", "month", "wday", "prod", "gadget", "brand"):
        sections[k] = [x.strip() for x in ",".join(sections[k]).split(",")]
    return sections


F = {lang: load(lang) for lang in LANGS}
NAMES = {}
for line in (HERE / "frames" / "names.txt").read_text(encoding="utf-8").split("\n"):
    m = re.fullmatch(r"\[(\w+)\] M: (.*) F: (.*) S: (.*)", line.strip())
    if m:
        NAMES[m[1]] = {k: [x.strip() for x in v.split(",")] for k, v in zip("MFS", m.groups()[1:])}
BAGS = {}


def bag(key, items):
    """Draws without replacement until the bag is empty, then fills it again."""
    b = BAGS.get(key)
    if not b:
        b = BAGS[key] = R.sample(items, len(items))
    return b.pop()


# ---------------------------------------------------------------- names
NATIVE = {"en": ["english", "english", "irish_scots"], "es": ["spanish", "spanish", "spanish", "catalan_basque_galician", "andean_nahua"],
          "pt": ["portuguese", "portuguese", "brazilian", "brazilian"], "de": ["german", "german", "german", "austrian_swiss"]}
IBERIAN = {"spanish", "catalan_basque_galician", "andean_nahua"}
LUSO = {"portuguese", "brazilian"}
FAMILY_FIRST = {"chinese", "japanese", "korean", "vietnamese", "hungarian"}


class Person:
    def __init__(self, lang, gender=None):
        self.culture = c = R.choice(NATIVE[lang]) if R.random() < 0.5 else R.choice(sorted(NAMES))
        self.gender = g = gender or R.choice("MF")
        n = NAMES[c]
        self.first = bag((c, g), n[g])
        self.last = bag((c, "S"), n["S"])
        other = R.choice([x for x in n["S"] if x != self.last])
        r = R.random()
        mid = R.choice("ABCDEFGHJKLMNPRSTW")
        if c in IBERIAN and r < 0.55:
            self.last2 = f"{self.last} {other}"
            if r < 0.05:
                self.last2 = f"{self.last} y {other}"
        elif c in LUSO and r < 0.6:
            self.last2 = f"{other} {self.last}"
            if R.random() < 0.5 and " " not in other:
                self.last2 = f"{other} " + R.choice(["da Silva", "dos Santos", "da Costa", "de Souza", "de Sousa", "de Almeida", "da Cruz", "dos Reis", "de Melo", "e Silva", "d'Ávila"])
                self.last = self.last2.split(" ", 1)[1].removeprefix("e ")
        elif r > 0.92 and " " not in self.last + other and "-" not in self.last + other:
            self.last2 = f"{self.last}-{other}"
        else:
            self.last2 = self.last
        r = R.random()
        if c in FAMILY_FIRST and r < 0.2:
            self.full = f"{self.last} {self.first}"
        elif r < 0.10 and c not in FAMILY_FIRST:
            self.full = f"{self.first} {mid}. {self.last2}"
        elif r < 0.18 and c not in FAMILY_FIRST and " " not in self.first and "-" not in self.first:
            second = R.choice([x for x in n[g] if x != self.first and " " not in x and "-" not in x])
            self.full = f"{self.first} {second} {self.last2}"
        else:
            self.full = f"{self.first} {self.last2}"

    def form(self, f):
        if f == "full":
            return self.full
        if f == "first":
            return self.first
        if f == "last":
            return self.last2 if R.random() < 0.3 else self.last
        if f == "finit":
            i = ".-".join(x[0] for x in self.first.split("-")) + "."
            if R.random() < 0.2:
                i += " " + R.choice("ABCDEHJKLMPRST") + "."
            return f"{i} {self.last}"
        return f"{self.last}, {self.first}"


def ascii_(s):
    s = s.replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("Ł", "L").replace("Đ", "D").replace("đ", "d").replace("ı", "i")
    return "".join(c for c in unicodedata.normalize("NFKD", s) if ord(c) < 128)


def plain(s):
    return re.sub(r"[^a-z]", "", ascii_(s).lower())


# ---------------------------------------------------------------- structured identifiers
def digits(t):
    return "".join(str(R.randint(0, 9)) if c == "X" else str(R.randint(2, 9)) if c == "N" else c for c in t)


def luhn_ok(d):
    return sum(int(c) if i % 2 == 0 else sum(divmod(2 * int(c), 10)) for i, c in enumerate(reversed(d))) % 10 == 0


PROVIDERS = {"en": ["gmail.com", "outlook.com", "hotmail.co.uk", "yahoo.com", "icloud.com", "btinternet.com", "proton.me", "aol.com"],
             "es": ["gmail.com", "hotmail.com", "yahoo.es", "outlook.es", "telefonica.net", "live.com.mx", "correo.ugr.es"],
             "pt": ["gmail.com", "hotmail.com", "sapo.pt", "uol.com.br", "bol.com.br", "outlook.pt", "terra.com.br", "yahoo.com.br"],
             "de": ["gmail.com", "gmx.de", "web.de", "t-online.de", "posteo.de", "bluewin.ch", "freenet.de", "gmx.at", "mailbox.org"]}
COMPANYDOM = ["kestrel-eng.co.uk", "bluebell.garden", "northgate.dental", "harbour-vine.com", "encina.com.ar", "marysal.es", "olival.edu.pt",
              "padariacentral.com.br", "waldrand-gmbh.de", "turmfalke.ag", "sonnenhof.at", "summit.io", "greenfield-ha.org.uk", "orchard.sch.uk", "xn--bckerei-5wa.de"]
SUBDOM = ["mail.kestrel-eng.co.uk", "stud.uni-heidelberg.example", "alumni.up.example.pt", "it.eu.summit.io", "cs.example.ac.uk", "correo.aragon.example.es",
          "exch01.turmfalke.ag", "post.sonnenhof.at", "m.olival.edu.pt"]
NICKS = ["moonrider", "gatita", "trilheiro", "bergziege", "xx_dark_xx", "mama.de.tres", "rocknrolla", "familia.feliz", "the-smiths", "info", "einkauf",
         "compras", "financeiro", "office", "buchhaltung", "accounts.payable", "skywalker", "kater.karlo", "flordelis", "vovo", "biker"]


def local(p):
    f, l = plain(p.first.split()[0].split("-")[0]) or "kim", plain(p.last) or "lee"
    return R.choice([f"{f}.{l}", f"{f}{l}", f"{f[0]}{l}", f"{f}_{l}", f"{f}-{l}", f"{l}.{f}", f"{l}{f[0]}{R.randint(1, 99)}", f"{f}{R.randint(1950, 2009)}",
                     f"{f[0]}.{l}{R.randint(1, 999)}", f"{f}.{l}.{R.choice('abcdm')}", f"{f}{l}{R.randint(1, 99):02d}", f"{f[:3]}{l[:4]}", f"{R.choice('abcdefg')}"])


def gen_mail(lang, p=None):
    loc = local(p) if p and R.random() < 0.75 else R.choice(NICKS) + R.choice(["", "", str(R.randint(1, 2009)), "_" + str(R.randint(1, 99))])
    dom, sub, r = R.choice(PROVIDERS[lang]), "plain", R.random()
    if r < 0.18:
        dom, sub = R.choice(COMPANYDOM), "company"
    elif r < 0.27:
        dom, sub = R.choice(SUBDOM), "subdomain"
    elif r < 0.29:
        dom, sub = R.choice(["bäckerei-köln.de", "niño-juguetes.es", "são-bento.pt", "café-luna.com"]), "idn"
    r = R.random()
    if r < 0.08:
        loc, sub = loc + "+" + R.choice(["shop", "amazon", "2024", "compras", "news", "tickets.eu"]), "plus"
    elif r < 0.14:
        return R.choice([(f"{loc}@{dom}".upper(), "upper"), ((loc[:1].upper() + loc[1:]) + "@" + dom.capitalize(), "upper")])
    return f"{loc}@{dom}", sub


def gen_mailodd(lang, p=None):
    loc = local(p) if p and R.random() < 0.75 else R.choice(NICKS)
    host = R.choice([d for d in PROVIDERS[lang] if d.count(".") == 1])
    name, tld = host.rsplit(".", 1)
    word = {"en": ("at", "dot"), "es": ("arroba", "punto"), "pt": ("arroba", "ponto"), "de": ("at", "punkt")}[lang]
    return R.choice([f"{loc} (at) {name} dot {tld}", f"{loc}[at]{host}", f"{loc} {word[0]} {name} {word[1]} {tld}", f"{loc} @ {host}", f"{loc}(at){host}",
                     f"{loc} AT {name} DOT {tld}", f"{loc} [at] {name} [dot] {tld}", f"{loc} (a) {host}", f"{loc}@{name} . {tld}", f"{loc} ({word[0]}) {name} ({word[1]}) {tld}"]), "odd"


PHONES = {  # country: (local forms, international forms)
    "US": (["(212) 555-01XX", "415-555-01XX", "718.555.01XX", "303 555 01XX", "20255501XX"], ["+1 312 555 01XX", "+1 (646) 555-01XX", "1-617-555-01XX", "+15035550 1XX".replace(" ", "")]),
    "CA": (["(604) 555-01XX", "514.555.01XX", "416 555 01XX"], ["+1 416-555-01XX", "001 604 555 01XX"]),
    "GB": (["07412 XXXXXX", "07700 900XXX", "020 7946 0XXX", "0161 496 0XXX", "07482XXXXXX", "(0117) 496 0XXX", "01632 960XXX"], ["+44 7412 XXXXXX", "+44 (0)20 7946 0XXX", "0044 7482 XXX XXX", "+447412XXXXXX"]),
    "IE": (["087 NXX XXXX", "01 6XX XXXX", "(086) NXXXXXX"], ["+353 86 NXX XXXX", "00353 1 6XX XXXX"]),
    "AU": (["0491 570 XXX", "(02) 5550 XXXX", "0412 XXX XXX"], ["+61 491 570 XXX", "+61 2 5550 XXXX"]),
    "NZ": (["021 NXX XXXX", "09 3XX XXXX"], ["+64 27 NXX XXXX", "+64 (0)21 NXXXXX"]),
    "IN": (["98XXX XXXXX", "99XXXXXXXX", "098XXXXXXXX"], ["+91 98XXX XXXXX", "+91-99XXX-XXXXX", "0091 98XXXXXXXX"]),
    "ZA": (["082 NXX XXXX", "(011) NXX XXXX"], ["+27 83 NXX XXXX", "+27 (0)11 NXX XXXX"]),
    "NG": (["0803 NXX XXXX", "0806NXXXXXX"], ["+234 806 NXX XXXX", "+2348031XXXXXX"]),
    "SG": (["9NXX XXXX"], ["+65 9NXX XXXX", "+65-8NXX-XXXX"]),
    "PH": (["0917 NXX XXXX"], ["+63 917 NXX XXXX"]),
    "KE": (["0722 NXXXXX"], ["+254 722 NXX XXX"]),
    "ES": (["6N1 XXX XXX", "6N2 XX XX XX", "91 NXX XX XX", "93N XX XX XX", "6N5XXXXXX", "6N3-XXX-XXX", "95N.XX.XX.XX", "71N XXX XXX"], ["+34 6N2 XXX XXX", "0034 6N3XXXXXX", "(+34) 6N5 XX XX XX", "+3461NXXXXXX"]),
    "MX": (["55 NXXX XXXX", "(81) 8NXX-XXXX", "33 NX XX XX XX", "55NXXXXXXX"], ["+52 55 NXXX XXXX", "+52 1 33 NXXX XXXX"]),
    "AR": (["11 4NXX-XXXX", "(011) 4NXX-XXXX", "011 15-6NXX-XXXX"], ["+54 9 11 5NXX-XXXX", "+54 11 4NXX XXXX"]),
    "CO": (["310 NXX XXXX", "(601) NXX XXXX", "315NXXXXXX"], ["+57 315 NXX XX XX", "+57 310-NXX-XXXX"]),
    "CL": (["9 8NXX XXXX", "(2) 2NXX XXXX"], ["+56 9 8NXX XXXX", "+569 7NXXXXXX"]),
    "PE": (["98N XXX XXX", "(01) 4XX-XXXX"], ["+51 99N XXX XXX"]),
    "UY": (["099 NXX XXX"], ["+598 99 NXX XXX"]),
    "EC": (["099 NXX XXXX"], ["+593 99 NXX XXXX"]),
    "VE": (["0414-NXX.XX.XX", "0424-NXXXXXX"], ["+58 412 NXX XXXX"]),
    "PT": (["91N XXX XXX", "96N XXX XXX", "21N XXX XXX", "91 NXX XX XX", "93NXXXXXX", "96N-XXX-XXX"], ["+351 93N XXX XXX", "00351 91NXXXXXX", "+351-96N-XXX-XXX", "(+351) 22N XXX XXX"]),
    "BR": (["(11) 9NXXX-XXXX", "21 9NXXX XXXX", "119NXXXXXXX", "(31) 3NXX-XXXX", "(85) 9 NXXX-XXXX", "(051) 9NXXX-XXXX"], ["+55 11 9NXXX-XXXX", "+55 (21) 9NXXX-XXXX", "+55 85 3NXX XXXX", "+55119NXXXXXXX"]),
    "AO": (["923 NXX XXX"], ["+244 923 NXX XXX", "00244 912 NXX XXX"]),
    "MZ": (["84 NXX XXXX"], ["+258 84 NXX XXXX"]),
    "DE": (["0171 NXXXXXX", "030 / NXXXXXXX", "089-NXXXXXX", "0221 / NX XX XX", "(0711) NXX XXX", "0176-NX XX XX XX", "0157NXXXXXXX", "040 / NXX XX-XX", "06221 / NXX XX X", "05251-NXXXX"],
           ["+49 171 NXXXXXX", "0049 151 NXXXXXXX", "+49 (0)40 NXXXXX-XX", "+49 30 NXXXXX", "+49-89-NXXXXXX", "+49(0)176/NXXXXXXX"]),
    "AT": (["0664 NXX XX XX", "0676/NXXXXXX", "01 / NXX XX XX"], ["+43 664 NXXXXXX", "+43 1 NXX XX XX", "0043 (0)676 NXX XXXX"]),
    "CH": (["079 NXX XX XX", "044 NXX XX XX"], ["+41 79 NXX XX XX", "0041 44 NXX XX XX", "+41 (0)76 NXX XX XX"]),
    "LU": (["621 NXX XXX"], ["+352 621 NXX XXX"]),
    "FR": (["06 NX XX XX XX", "01.4N.XX.XX.XX"], ["+33 6 NX XX XX XX", "+33 (0)1 4N XX XX XX"]),
    "IT": (["347 NXX XXXX"], ["+39 339 NXX XXXX", "+39 347NXXXXXX"]),
    "NL": (["06-NXXXXXXX"], ["+31 6 NXXX XXXX", "+31 (0)20 NXX XXXX"]),
    "BE": (["0475 NX XX XX"], ["+32 475 NX XX XX"]),
    "PL": (["602-NXX-XXX"], ["+48 501 NXX XXX"]),
    "SE": (["070-NXX XX XX"], ["+46 70 NXX XX XX"]),
    "NO": ([], ["+47 41N XX XXX"]), "DK": ([], ["+45 2N XX XX XX"]),
    "TR": (["0532 NXX XX XX"], ["+90 532 NXX XX XX"]),
    "RO": (["0722 NXX XXX"], ["+40 722 NXX XXX"]), "UA": ([], ["+380 67 NXX XX XX"]), "JP": ([], ["+81 90-NXXX-XXXX"]),
    "CN": ([], ["+86 138 NXXX XXXX"]), "AE": ([], ["+971 50 NXX XXXX"]), "MA": ([], ["+212 661-NXXXXX"]), "GR": ([], ["+30 694 NXX XXXX"]),
}
HOME = {"en": ["US", "US", "US", "US", "US", "GB", "GB", "GB", "GB", "GB", "GB", "IE", "AU", "NZ", "CA", "IN", "ZA", "NG", "SG", "PH", "KE"],
        "es": ["ES", "ES", "ES", "ES", "MX", "MX", "AR", "AR", "CO", "CL", "PE", "UY", "EC", "VE"],
        "pt": ["PT", "PT", "PT", "PT", "PT", "BR", "BR", "BR", "BR", "BR", "BR", "AO", "MZ"], "de": ["DE"] * 9 + ["AT", "AT", "CH", "CH", "LU"]}


def gen_phone(lang):
    if R.random() < 0.72:
        c = R.choice(HOME[lang])
        loc, intl = PHONES[c]
        form = "local" if R.random() < 0.68 else "intl"
        t = bag((c, form), loc if form == "local" else intl)
    else:
        c = R.choice(sorted(PHONES))
        loc, intl = PHONES[c]
        form = "local" if loc and R.random() < 0.12 else "intl"
        t = bag((c, form), loc if form == "local" else intl)
    s = digits(t)
    if form == "intl" and R.random() < 0.06:
        s = s.replace(" ", "\u00a0")
    return s, f"{c}_{form}"


BINS = {"visa": (["424242", "400000", "411111", "401288", "455673"], 16), "mastercard": (["555555", "510510", "222300", "545454", "520082"], 16), "amex": (["378282", "371449", "378734"], 15),
        "discover": (["601111", "601100"], 16), "diners": (["305693", "385200", "362272"], 14), "jcb": (["353011", "356600"], 16), "unionpay": (["620000", "620094"], 16),
        "maestro": (["675964", "630490"], 16), "elo": (["506699", "636368"], 16)}
KNOWN = {"visa": ["4242424242424242", "4111111111111111", "4000056655665556"], "mastercard": ["5555555555554444", "5105105105105100", "2223003122003222"], "amex": ["378282246310005", "371449635398431"]}


def gen_card(lang):
    brand = R.choice(["visa"] * 6 + ["mastercard"] * 5 + ["amex"] * 3 + ["discover", "diners", "jcb", "unionpay", "maestro", "elo"])
    if brand in KNOWN and R.random() < 0.12:
        d = R.choice(KNOWN[brand])
    else:
        b, n = BINS[brand]
        while True:
            d = R.choice(b)
            d += "".join(str(R.randint(0, 9)) for _ in range(n - len(d)))
            if luhn_ok(d):
                break
    groups = [4, 6, 5] if len(d) == 15 else [4, 6, 4] if len(d) == 14 else [4, 4, 4, 4]
    sep = R.choice([" ", " ", " ", " ", "-", "-", "", "", "", ".", "\u00a0"])
    out, i = [], 0
    for g in groups:
        out.append(d[i:i + g])
        i += g
    return sep.join(out), brand


def n_(k):
    return "".join(str(R.randint(0, 9)) for _ in range(k))


def a_(k):
    return "".join(R.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(k))


def ibnum(s):
    return int("".join(str(int(c, 36)) for c in s))


def bban(c):
    if c == "ES":
        e, acc = R.choice(["2100", "0049", "0182", "1465", "2085", "0081"]) + n_(4), n_(10)
        w = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]

        def dc(x):
            v = 11 - sum(a * int(b) for a, b in zip(w, x)) % 11
            return {10: "1", 11: "0"}.get(v, str(v))
        return e + dc("00" + e) + dc(acc) + acc
    if c == "PT":
        x = R.choice(["0035", "0033", "0010", "0018", "0007"]) + n_(15)
        return x + f"{98 - int(x) * 100 % 97:02d}"
    if c == "BE":
        x = n_(10)
        return x + f"{int(x) % 97 or 97:02d}"
    if c == "FR":
        b, g, acc = n_(5), n_(5), n_(11)
        return b + g + acc + f"{97 - (89 * int(b) + 15 * int(g) + 3 * int(acc)) % 97:02d}"
    t = {"DE": lambda: R.choice(["37040044", "10011001", "50010517", "70150000", "20041133"]) + n_(10), "AT": lambda: R.choice(["12000", "20111", "32000"]) + n_(11),
         "CH": lambda: R.choice(["00762", "09000", "00230"]) + n_(12), "GB": lambda: R.choice(["NWBK", "BARC", "MIDL", "LOYD", "MONZ"]) + n_(14),
         "IE": lambda: R.choice(["AIBK", "BOFI", "IPBS"]) + n_(14), "NL": lambda: R.choice(["INGB", "RABO", "ABNA"]) + n_(10), "IT": lambda: a_(1) + n_(22), "PL": lambda: n_(24),
         "LU": lambda: n_(16), "SE": lambda: n_(20), "DK": lambda: n_(14), "FI": lambda: n_(14), "RO": lambda: R.choice(["BTRL", "RNCB"]) + n_(16), "GR": lambda: n_(23),
         "BR": lambda: "00360305" + n_(15) + R.choice("CP") + "1", "CZ": lambda: n_(20)}
    return t[c]()


def iban_ok(s):
    s = re.sub(r"[\s-]", "", s).upper()
    return ibnum(s[4:] + s[:4]) % 97 == 1


IBHOME = {"en": ["GB", "GB", "GB", "IE", "IE"], "es": ["ES"], "pt": ["PT", "PT", "PT", "BR"], "de": ["DE", "DE", "DE", "AT", "CH"]}


def gen_iban(lang):
    c = R.choice(IBHOME[lang]) if R.random() < 0.6 else R.choice(["DE", "ES", "PT", "FR", "GB", "IT", "NL", "BE", "PL", "LU", "SE", "DK", "FI", "RO", "GR", "AT", "CH", "IE", "CZ"])
    b = bban(c)
    s = c + f"{98 - ibnum(b + c + '00') % 97:02d}" + b
    r = R.random()
    if r < 0.62:
        s = R.choice([" "] * 8 + ["\u00a0", "-"]).join(s[i:i + 4] for i in range(0, len(s), 4))
    elif r < 0.65:
        s = s.lower()
    elif r < 0.69:
        s = s[:4] + " " + s[4:]
    return s, c


DNIL = "TRWAGMYFPDXBNJZSQVHLCKE"


def gen_nid(kind):
    r = R.random()
    if kind == "dni":
        d = f"{R.randint(1000000, 79999999):08d}"
        let = DNIL[int(d) % 23]
        return R.choice([d + let, d + let, d + let, d + "-" + let, f"{d[:2]}.{d[2:5]}.{d[5:]}-{let}", f"{d[:2]}.{d[2:5]}.{d[5:]} {let}", d + " " + let, d + let.lower()]), kind
    if kind == "nie":
        x, d = R.choice("XYZ"), n_(7)
        let = DNIL[int(str("XYZ".index(x)) + d) % 23]
        return R.choice([x + d + let, x + d + let, f"{x}-{d}-{let}", f"{x}{d}-{let}", f"{x} {d} {let}", (x + d + let).lower()]), kind
    if kind == "nif":
        d = R.choice("12") + n_(7)
        v = 11 - sum((9 - i) * int(c) for i, c in enumerate(d)) % 11
        d += str(v if v < 10 else 0)
        return R.choice([d, d, d, f"{d[:3]} {d[3:6]} {d[6:]}", f"PT{d}", f"{d[:3]}.{d[3:6]}.{d[6:]}"]), kind
    if kind == "cpf":
        d = n_(9)
        for _ in range(2):
            v = sum((len(d) + 1 - i) * int(c) for i, c in enumerate(d)) * 10 % 11
            d += str(v % 10)
        return (f"{d[:3]}.{d[3:6]}.{d[6:9]}-{d[9:]}" if r < 0.55 else d if r < 0.82 else f"{d[:9]}-{d[9:]}" if r < 0.9 else f"{d[:3]} {d[3:6]} {d[6:9]} {d[9:]}"), kind
    if kind == "cnpj":
        d = n_(8) + "000" + R.choice("123")
        for _ in range(2):
            w = [(len(d) - i - 1) % 8 + 2 for i in range(len(d))]
            v = sum(a * int(b) for a, b in zip(w, d)) % 11
            d += str(0 if v < 2 else 11 - v)
        return (f"{d[:2]}.{d[2:5]}.{d[5:8]}/{d[8:12]}-{d[12:]}" if r < 0.7 else d), kind
    if kind == "steuerid":
        while True:
            ds = R.sample("0123456789", 9)
            ds.append(R.choice(ds))
            R.shuffle(ds)
            if ds[0] != "0":
                break
        p = 10
        for c in ds:
            s = (int(c) + p) % 10 or 10
            p = 2 * s % 11
        d = "".join(ds) + str((11 - p) % 10)
        return R.choice([d, d, d, f"{d[:2]} {d[2:5]} {d[5:8]} {d[8:]}", f"{d[:2]} {d[2:5]} {d[5:8]} {d[8:]}", f"{d[:3]} {d[3:6]} {d[6:9]} {d[9:]}"]), kind
    if kind == "ssn":
        area = R.choice([x for x in range(1, 900) if x != 666])
        s = f"{area:03d}", f"{R.randint(1, 99):02d}", f"{R.randint(1, 9999):04d}"
        return ("-".join(s) if r < 0.7 else " ".join(s) if r < 0.85 else "".join(s)), kind
    while True:
        p = R.choice("ABCEGHJKLMNOPRSTWXYZ") + R.choice("ABCEGHJKLMNPRSTWXYZ")
        if p not in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ"):
            break
    d, s = n_(6), R.choice("ABCD")
    return R.choice([f"{p} {d[:2]} {d[2:4]} {d[4:]} {s}", f"{p}{d}{s}", f"{p} {d} {s}", f"{p}{d}{s}".lower(), f"{p}-{d[:2]}-{d[2:4]}-{d[4:]}-{s}"]), "nino"


def gen_ip(lang):
    if R.random() < 0.78:
        if R.random() < 0.3:
            s = R.choice(["203.0.113.", "198.51.100.", "192.0.2."]) + str(R.randint(1, 254))
        else:
            a = R.choice([x for x in range(2, 223) if x not in (10, 100, 127, 169, 172, 192, 198, 203)])
            s = f"{a}.{R.randint(0, 255)}.{R.randint(0, 255)}.{R.randint(1, 254)}"
        return s, "v4"
    h = lambda k: [f"{R.randint(1, 0xffff):x}" for _ in range(k)]  # noqa: E731
    r = R.random()
    s = "2001:db8:" + ":".join(h(2)) + "::" + h(1)[0] if r < 0.4 else "2a02:" + ":".join(h(3)) + "::" + ":".join(h(2)) if r < 0.7 else "2a01:" + ":".join(h(7))
    return (s.upper() if R.random() < 0.15 else s), "v6"


# ---------------------------------------------------------------- neutral things
def cpf_ok(d):
    x = d[:9]
    for _ in range(2):
        x += str(sum((len(x) + 1 - i) * int(c) for i, c in enumerate(x)) * 10 % 11 % 10)
    return x == d


def nif_ok(d):
    v = 11 - sum((9 - i) * int(c) for i, c in enumerate(d[:8])) % 11
    return int(d[8]) == (v if v < 10 else 0)


def harmless(s):
    """A neutral run of digits must not pass a check of a card, CPF or NIF by chance."""
    for run in re.findall(r"\d(?:[ -]?\d)*", s):
        d = re.sub(r"\D", "", run)
        if 13 <= len(d) <= 19 and luhn_ok(d) or len(d) == 11 and cpf_ok(d) or len(d) == 9 and nif_ok(d):
            return False
    return True


def draw(f):
    while True:
        s = f()
        if harmless(s):
            return s


def gen_order():
    return draw(lambda: R.choice(["#" + n_(4), "#" + n_(5) + "-" + n_(2), "ORD-2024-" + n_(6), "A-" + n_(6), "405-" + n_(7) + "-" + n_(7), "1000" + n_(6), "SO" + n_(6), "PED-" + n_(5), n_(7) + "-03",
                                  "W" + n_(9), a_(6), n_(8), n_(9), "45" + n_(8), "KD" + n_(4) + "/" + n_(3), "B2C-" + n_(4) + "-" + a_(2), "7" + n_(11), "100-" + n_(4) + "-" + n_(4)]))


def gen_track():
    return draw(lambda: R.choice(["1Z" + a_(3) + n_(13), "RR" + n_(9) + R.choice(["ES", "PT", "BR", "DE", "GB"]), "JD0146" + n_(14), "0034043416" + n_(10), f"9400 1{n_(3)} {n_(4)} {n_(4)} {n_(4)} {n_(2)}",
                                  "JJD0" + n_(16), "H" + n_(16), n_(12), "LX" + n_(9) + "NL", "CP " + n_(3) + " " + n_(3) + " " + n_(3) + " DE", n_(14)]))


def gen_ean():
    while True:
        d = R.choice(["40", "84", "56", "50", "78"]) + n_(10)
        d += str(-sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(d)) % 10)
        if not luhn_ok(d):
            return d


def gen_amt(lang, c):
    v = R.choice([R.randint(199, 9999), R.randint(1000, 250000)]) / 100
    en = f"{v:,.2f}"

    def pick(forms):
        """One currency and one way of writing it within a text."""
        return forms[c.setdefault("amount_form", R.randrange(5)) % len(forms)]
    eu = en.replace(",", "_").replace(".", ",").replace("_", ".")
    return {"en": pick([f"£{en}", f"${en}", f"€{en}", f"{en} USD", f"£{int(v)}"]), "es": pick([f"{eu} €", f"{eu}€", f"{eu} euros", f"$ {eu}", f"{int(v)} €"]),
            "pt": pick([f"{eu} €", f"R$ {eu}", f"R${eu}", f"€{eu}", f"{int(v)} reais"]), "de": pick([f"{eu} €", f"{eu} Euro", f"EUR {eu}", f"CHF {en}", f"{int(v)} Euro"])}[lang]


def gen_date(lang):
    d, m, y = R.randint(1, 28), R.randint(1, 12), R.choice([2023, 2024, 2025, 2026])
    mon = F[lang]["month"][m - 1]
    return {"en": R.choice([f"{d} {mon}", f"{mon} {d}", f"{d:02d}/{m:02d}/{y}", f"{y}-{m:02d}-{d:02d}", f"{d} {mon} {y}", f"{m}/{d}/{y % 100}"]),
            "es": R.choice([f"{d} de {mon}", f"{d}/{m}/{y}", f"{d:02d}-{m:02d}-{y}", f"{d} de {mon} de {y}"]),
            "pt": R.choice([f"{d} de {mon}", f"{d:02d}/{m:02d}/{y}", f"{d}-{m}-{y}", f"{d} de {mon} de {y}"]),
            "de": R.choice([f"{d}. {mon}", f"{d:02d}.{m:02d}.{y}", f"{d}.{m}.{y % 100}", f"{d}. {mon} {y}"])}[lang]


KEEP = {"order", "track", "inv", "amt", "amt2", "date", "time", "etime", "serial", "model", "wmodel", "ver", "ean", "coupon", "hash", "coord", "last4", "url", "prod", "gadget", "brand", "city", "month", "wday", "pct", "year"}
STRUCT = {"mail", "mailodd", "phone", "phonewa", "card", "iban", "ip", "dni", "nie", "nif", "cpf", "cnpj", "steuerid", "ssn", "nino"}
KIND = {"i": "name_introduced", "g": "name_greeting", "s": "name_signature", "m": "name_mentioned", "f": "name_field"}


def neutral(slot, lang, c):
    f = F[lang]
    if slot in ("city", "month", "wday", "prod", "gadget", "company", "brand", "job"):
        if slot == "brand":
            return c.setdefault("brand", R.choice(f["brand"]))
        return R.choice(f[slot])
    if slot in ("amt", "amt2"):
        return gen_amt(lang, c)
    simple = {
        "order": gen_order, "track": gen_track, "ean": gen_ean, "date": lambda: gen_date(lang),
        "time": lambda: f"{R.randint(7, 22)}:{R.choice(['00', '05', '15', '30', '45', '52'])}", "inv": lambda: draw(lambda: R.choice(["INV-" + n_(6), "2024/" + n_(5), "F" + n_(8), "RE-" + n_(7), "FT A/" + n_(4), "#" + n_(7)])),
        "serial": lambda: draw(lambda: R.choice([a_(2) + n_(2) + a_(2) + n_(5), "FX7-" + n_(2) + "-" + n_(6), "C02" + a_(5) + n_(2) + a_(2), n_(10), "SN" + n_(8), n_(5) + "." + n_(3)])),
        "model": lambda: R.choice(["WH-1000XM5", "RTX 4070", "XPS-13-9310", "KGN39VIEA", "WAN28K43", "iPhone 15 Pro", "EOS R6", "MX-" + n_(3), "GSB 18V-55", "PS5", "TL-WR" + n_(3) + "N", "HP 301XL"]),
        "wmodel": lambda: R.choice(["WAN28K43", "WM14N2" + n_(2), "EW6F-" + n_(4), "LG F4WV" + n_(3), "WW90T" + n_(4)]),
        "ver": lambda: R.choice(["17.4.1", "v2.10.3", "8.0", "2024.3.1", "10.0.22631.4317", "3.14", "5.2.0-rc1", "v" + str(R.randint(1, 9)) + "." + str(R.randint(0, 30)), "1.0.4.7"] + ["11.6." + str(R.randint(0, 9))] * 3),
        "coupon": lambda: R.choice(["SUMMER20", "WELCOME10", "VIP-" + a_(4), a_(4) + "-" + n_(4) + "-" + a_(4), "MARIA15", "BLACK" + n_(2), "XMAS24"]),
        "hash": lambda: "".join(R.choice("0123456789abcdef") for _ in range(R.choice([8, 12, 16]))), "coord": lambda: f"{R.randint(36, 59)}.{n_(4)}, {R.choice(['-', ''])}{R.randint(0, 12)}.{n_(4)}",
        "last4": lambda: n_(4), "pct": lambda: R.choice(["15 %", "20%", "37,5 %" if lang != "en" else "37.5%", "80 %", "8%"]), "year": lambda: str(R.randint(1998, 2025)), "n": lambda: str(R.randint(2, 29)), "r": lambda: str(R.randint(0, 10)), "etime": lambda: f"{R.randint(18, 23)}:{R.choice(['00', '15', '30'])}",
        "num": lambda: str(R.randint(1, 180)), "x": lambda: str(R.randint(10, 9899)), "zip": lambda: {"en": "M" + n_(1) + " " + n_(1) + a_(2), "es": n_(5), "pt": n_(4) + "-" + n_(3), "de": n_(5)}[lang],
        "url": lambda: R.choice(["https://www.shop-example.com/help?id=" + n_(5), "www.example.org/faq", "http://bit.ly/3" + a_(5).lower(), "https://example.com/orders/" + n_(6) + "/return#step-2", "example.net/p/" + n_(4)]),
        "brandh": lambda: re.sub(r"\W", "", ascii_(c.setdefault("brand", R.choice(f["brand"])))) + R.choice(["", "Help", "_" + lang.upper(), "Care"]),
        "site": lambda: R.choice(["northgate.example", "mar-y-sal.example", "waldrand.example", "olival.example", "kestrel.example"]),
        "dob": lambda: f"{R.randint(1, 28):02d}{R.choice('./')}{R.randint(1, 12):02d}.{R.randint(1940, 2005)}".replace("/", "/").replace(".", R.choice(["/", "."])) if lang != "en" else f"{R.randint(1, 28):02d}/{R.randint(1, 12):02d}/{R.randint(1940, 2005)}",
        "handle": lambda: R.choice(["moon_rider_", "gatita", "the_real_", "bergziege", "trilheiro"]) + n_(2),
    }
    return simple[slot]()


# ---------------------------------------------------------------- rendering
SLOT = re.compile(r"\{([a-z_0-9]+)\}")
NAMESLOT = re.compile(r"([igsmf])(full|first|last|init)([mf])?")


def need_gender(*frames):
    """Gender that the frames ask of the customer: M, F or None; 'X' if they disagree."""
    want = set()
    for fr in frames:
        for s in SLOT.findall(fr):
            m = NAMESLOT.fullmatch(s)
            if m and m[1] in "ifs" and m[3]:
                want.add(m[3].upper())
        if re.search(r"\b(Obrigada|Grata|Clienta)\b", fr):
            want.add("F")
        if re.search(r"\b(Obrigado|Grato)\b", fr):
            want.add("M")
    return None if not want else want.pop() if len(want) == 1 else "X"


def sig_form(frame):
    if re.search(r"Dr\.? \{s\}|Eng\. \{s\}|Ing\. \{s\}|gez\. |Fdo|p\.p\.|Signed|Firmado|Assinado|Ass\.|i\. A\.|i\.V\.|D\. \{s\}", frame):
        return R.choice(["full", "full", "full", "finit"])
    return R.choices(["full", "first", "finit", "comma"], [62, 25, 11, 2])[0]


def render(frame, lang, c, closing=None):
    """Cuts a frame into pieces (text, class, kind, sub); class is item, optional, keep or ''."""
    out, pos = [], 0
    for m in SLOT.finditer(frame):
        if m.start() > pos:
            out.append((frame[pos:m.start()], "", "", ""))
        pos = m.end()
        slot = m[1]
        nm = NAMESLOT.fullmatch(slot)
        if slot == "closing":
            out.append((closing, "", "", ""))
        elif slot == "s" or nm:
            role, form, g = ("s", sig_form(frame), None) if slot == "s" else nm.groups()
            p = c[{"g": "greeted", "s": "signer", "f": "field"}.get(role, "cust")] if role != "m" else Person(lang, g and g.upper())
            if form == "init":
                if R.random() < 0.15:
                    out.append((f"{p.first[0]}. {p.last.split()[-1][0].upper()}.", "optional", "name_initials", ""))
                    continue
                form = "finit"
            if role == "f" and form == "full" and R.random() < 0.12:
                form = "comma"
            t = p.form(form)
            if form == "full" and c.get("short") and R.random() < 0.15:
                t = f"{p.first} {p.last}"
            sub = form
            r = R.random()
            if role in "sf" and r < 0.10:
                t, sub = t.lower(), sub + "_lower"
            elif role in "sf" and r < 0.15 and "ß" not in t:
                t, sub = t.upper(), sub + "_upper"
            elif role == "i" and c.get("casual") and r < 0.4:
                t, sub = t.lower(), sub + "_lower"
            out.append((t, "item", KIND[role], sub))
        elif slot in STRUCT:
            if slot in ("mail", "mailodd"):
                t, sub = (gen_mailodd if slot == "mailodd" else gen_mail)(lang, c.get("mailer", c["cust"]))
                out.append((t, "item", "mail", sub))
            elif slot == "phone":
                t, sub = gen_phone(lang)
                out.append((t, "item", "phone", sub))
                if R.random() < 0.05 and sub.startswith(("US", "GB", "DE", "ES", "PT", "BR", "MX", "IE")):
                    a, b = R.choice(F[lang]["ext"]).split("{x}")
                    out += [(a, "", "", ""), (neutral("x", lang, c), "optional", "phone_extension", ""), (b, "", "", "")]
            elif slot == "phonewa":
                cc = R.choice([x for x in HOME[lang]])
                t = re.sub(r"\D", "", digits(R.choice([x for x in PHONES[cc][1] if x.startswith("+") and "(0)" not in x])))
                out.append((t, "item", "phone", f"{cc}_walink"))
            elif slot in ("card", "iban", "ip"):
                t, sub = {"card": gen_card, "iban": gen_iban, "ip": gen_ip}[slot](lang)
                out.append((t, "item", slot, sub))
                if slot == "ip" and sub == "v4" and R.random() < 0.06:
                    out.append((":" + R.choice(["443", "8080", "51820"]), "", "", ""))
            else:
                t, sub = gen_nid(slot)
                out.append((t, "item", "national_id", sub))
        elif slot == "addr":
            a = "".join(x[0] for x in render(R.choice(F[lang]["addrs"]), lang, c))
            out.append((a, "optional", "address", ""))
        elif slot in ("dob", "handle"):
            out.append((neutral(slot, lang, c), "optional", {"dob": "birth_date"}.get(slot, slot), ""))
        else:
            out.append((neutral(slot, lang, c), "keep" if slot in KEEP else "", {"amt2": "amt", "wmodel": "model", "etime": "time"}.get(slot, slot), ""))
    if pos < len(frame):
        out.append((frame[pos:], "", "", ""))
    return out


def ends_sentence(frame):
    return bool(re.search(r"[.!?…]\)?$", frame))


def join(parts):
    """parts: (frame, pieces). Frames that are no sentence stand on a line of their own."""
    out = []
    for i, (fr, ps) in enumerate(parts):
        if i:
            prev = parts[i - 1][0]
            if not ends_sentence(prev) or not ends_sentence(fr):
                sep = "\n"
            else:
                sep = R.choice([" ", " ", " ", "\n", "\n\n"])
            out.append((sep, "", "", ""))
        out += ps
    return out


def transform(pieces, how):
    def f(t, cls, kind):
        if cls == "item" and not kind.startswith("name") or cls == "keep" and kind not in ("prod", "gadget", "brand", "city", "month", "wday", "date", "amt") or cls == "optional":
            return t
        if how == "lower":
            return t.lower()
        if how == "upper":
            return t if "ß" in t and kind.startswith("name") else t.upper()
        if how == "noaccent":
            return "".join(ch for ch in unicodedata.normalize("NFD", t) if unicodedata.category(ch) != "Mn").replace("ı", "i") if "ñ" not in t else t
        if how == "crlf":
            return t.replace("\n", "\r\n")
        return t
    return [(f(t, c, k), c, k, s) for t, c, k, s in pieces]


def finish(pieces, lang, channel, group):
    r = R.random()
    if channel in ("chat", "social"):
        how = "lower" if r < 0.14 else "noaccent" if r < 0.22 and lang in ("es", "pt") else "upper" if r > 0.97 else None
    elif channel == "email":
        how = "crlf" if r < 0.04 else "upper" if r > 0.975 else "lower" if r > 0.95 else "noaccent" if r > 0.93 and lang in ("es", "pt") else None
    else:
        how = "lower" if r < 0.04 and channel in ("survey", "review") else None
    if how:
        pieces = transform(pieces, how)
    text, items, optional, keep = "", [], [], []
    for t, cls, kind, sub in pieces:
        if cls:
            e = {"kind": kind, "start": len(text), "end": len(text) + len(t), "text": t}
            if sub:
                e["sub"] = sub
            {"item": items, "optional": optional, "keep": keep}[cls].append(e)
        text += t
    return {"id": "", "language": lang, "channel": channel, "group": group, "text": text, "items": items, "optional": optional, "keep": keep,
            "clean": not items and not optional, "changed": how or ""}


# ---------------------------------------------------------------- whole texts
def fresh(key, lang):
    return bag((lang, key), F[lang][key])


NIDS = {"en": 24, "es": 20, "pt": 22, "de": 20}


def struct_kind(lang):
    return R.choices(["mail", "phone", "card", "iban", "nid", "ip"], [19, 24, 16, 16, NIDS[lang], 10])[0]


def ctx(lang, gender=None, **kw):
    cust = Person(lang, gender if gender in ("M", "F") else None)
    return {"cust": cust, "signer": cust, "greeted": Person(lang), "field": cust, **kw}


def greet(lang, c, named):
    if not named:
        fr = fresh("greet_generic", lang)
        return render(fr, lang, c)
    g, fr = fresh("greet_name", lang).split("|", 1)
    if g in "mf" and c["greeted"].gender != g.upper():
        p = Person(lang, g.upper())
        c["greeted"] = p
        if c.get("out"):
            c["cust"] = c["mailer"] = p
    return render(fr, lang, c)


def block(lang, k, intro, mention, trap, need_struct=False):
    """Frames of the middle of a mail."""
    frames = []
    kinds = [struct_kind(lang) for _ in range(k)]
    if intro:
        frames.append(fresh("intro", lang))
    if not (kinds and kinds[0] in ("card", "iban", "nid", "ip") and R.random() < 0.35):
        frames.append(fresh("body", lang))
    if mention:
        frames.append(fresh("mention", lang))
    if trap:
        frames.append(fresh("trap", lang))
    frames += [fresh(x, lang) for x in dict.fromkeys(kinds)]
    if R.random() < 0.6:
        frames.append(fresh("ask", lang))
    return frames


def signature(lang, c, agent=False):
    closing = fresh("closing", lang)
    fr = R.choice(["{closing}\n{s}", "{closing},\n{s}", "{closing}\n\n{s}"]) if agent else fresh("sigvar", lang)
    if lang == "de":
        fr = fr.replace("{closing},\n", R.choice(["{closing}\n", "{closing},\n"]))
    if closing.endswith((",", ".")):
        closing = closing[:-1] if fr.startswith("{closing}") and len(fr) > 9 and fr[9] in ",.!" else closing
    return closing, fr


def sig_pieces(lang, c, closing, fr, agent=False):
    ps = render(fr, lang, c, closing)
    nl = ("\n", "", "", "")
    block_like = "\n" in fr and fr.rstrip().endswith("{s}")
    if agent:
        return ps + ([nl] + render(R.choice(F[lang]["agent_sig"]), lang, c) if R.random() < 0.8 else [])
    if block_like and R.random() < 0.5:
        r = R.random()
        if r < 0.18:
            ps += render(" | {job} | {company}", lang, c)
        elif r < 0.75:
            ps += [nl] + render("{job}", lang, c)
            if R.random() < 0.7:
                ps += [nl] + render("{company}", lang, c)
        labs = [fresh("siglab", lang).split("|", 1)[1] for _ in range(R.choice([1, 1, 2, 3]))]
        for lab in dict.fromkeys(labs):
            ps += [nl] + render(lab, lang, c)
    r = R.random()
    if r < 0.10:
        ps += [("\n\n", "", "", "")] + render(fresh("sent", lang), lang, c)
    elif r < 0.17:
        ps += [("\n\n", "", "", "")] + render(fresh("ps", lang), lang, c)
    return ps


def mail(lang, group):
    gap = ("\n\n", "", "", "") if R.random() < 0.75 else ("\n", "", "", "")
    if group == "out":
        c = ctx(lang, out=True)
        c["greeted"] = c["mailer"] = c["cust"]
        c["signer"] = Person(lang)
        ps = greet(lang, c, True) + [gap]
        frames = [fresh("out_body", lang)] + ([fresh("out_confirm", lang)] if R.random() < 0.7 else [])
        ps += join([(f, render(f, lang, c)) for f in frames]) + [("\n\n", "", "", "")]
        closing, fr = signature(lang, c, True)
        return finish(ps + sig_pieces(lang, c, closing, fr, True), lang, "email", group)
    sig = group in ("in_sig", "thread")
    while True:
        k = R.choices([0, 1, 2], [25, 55, 20])[0] if sig else R.choice([1, 1, 2])
        frames = block(lang, k, R.random() < (0.14 if sig else 0.3), R.random() < 0.10, R.random() < 0.12)
        closing, fr = signature(lang, None) if sig else (fresh("closing", lang), "")
        g = need_gender(*frames, fr, closing)
        if g != "X":
            break
    c = ctx(lang, g)
    ps = []
    if R.random() < 0.88:
        ps += greet(lang, c, R.random() < 0.3) + [gap]
    ps += join([(f, render(f, lang, c)) for f in frames])
    if sig:
        ps += [("\n" if fr.startswith("\n") else R.choice(["\n\n", "\n\n", "\n"]), "", "", "")] + sig_pieces(lang, c, closing, fr)
    elif R.random() < 0.6:
        sign = fresh("clean_sign", lang)
        ps += [("\n\n" + closing, "", "", "")] + ([("\n", "", "", "")] + render(sign, lang, c) if sign else [])
    if group == "thread":
        q = Person(lang)
        c2 = dict(c, field=q, mailer=q)
        ps += [("\n\n", "", "", "")] + render(fresh("quote", lang), lang, c2)
    return finish(ps, lang, "email", group)


def short(lang, section, group):
    channel, fr = fresh(section, lang).split("|", 1)
    g = need_gender(fr)
    c = ctx(lang, g, casual=channel in ("chat", "social"), short=True)
    return finish(render(fr, lang, c), lang, channel, group)


def line(lang, clean):
    """A few sentences without greeting or signature, from a chat, a form, a call note or a review."""
    channel = R.choice(["chat", "web_form", "web_form", "review", "social", "survey"] if clean else ["chat", "chat", "web_form", "web_form", "email"])
    while True:
        if clean:
            frames = R.choice([["body"], ["body", "ask"], ["trap"], ["trap", "ask"], ["body", "trap"]])
        else:
            frames = R.choice([[], ["body"], ["body"], ["trap"]]) + [R.choices([struct_kind(lang), "intro", "mention"], [76, 12, 12])[0]]
        frames = [fresh(x, lang) for x in frames]
        if clean and R.random() < 0.2:
            frames.insert(0, fresh("greet_generic", lang))
        g = need_gender(*frames)
        if g != "X":
            break
    c = ctx(lang, g, casual=channel == "chat")
    return finish(join([(f, render(f, lang, c)) for f in frames]), lang, channel, "clean_line" if clean else "line")


def clean_mail(lang):
    c = ctx(lang)
    gap = ("\n\n", "", "", "") if R.random() < 0.75 else ("\n", "", "", "")
    ps = greet(lang, c, False) + [gap] if R.random() < 0.9 else []
    if R.random() < 0.22:
        frames = [fresh("out_body", lang)]
    else:
        frames = [fresh("body", lang)] + ([fresh("trap", lang)] if R.random() < 0.6 else []) + ([fresh("ask", lang)] if R.random() < 0.6 else [])
    ps += join([(f, render(f, lang, c)) for f in frames])
    closing, sign = fresh("closing", lang), fresh("clean_sign", lang)
    ps += [("\n\n" + closing + (R.choice([",", ""]) if closing[-1] not in ".,!" else ""), "", "", "")]
    if sign:
        ps += [("\n" if R.random() < 0.8 else "\n\n", "", "", "")] + render(sign, lang, c)
    return finish(ps, lang, "email", "clean_mail")


def main():
    rows, seen = [], set()
    make = {"in_sig": lambda l: mail(l, "in_sig"), "out": lambda l: mail(l, "out"), "nosig": lambda l: mail(l, "nosig"), "thread": lambda l: mail(l, "thread"),
            "short": lambda l: short(l, "short_pii", "short"), "line": lambda l: line(l, False), "clean_short": lambda l: short(l, "short_clean", "clean_short"),
            "clean_mail": clean_mail, "clean_line": lambda l: line(l, True)}
    for lang in LANGS:
        for group, n in PLAN.items():
            k = tries = 0
            while k < n:
                tries += 1
                assert tries < 50 * n, (lang, group)
                row = make[group](lang)
                if row["text"].lower() in seen or (group.startswith("clean") != row["clean"]) or not row["text"].strip():
                    continue
                if not row["clean"] and not row["items"]:
                    continue
                seen.add(row["text"].lower())
                rows.append(row)
                k += 1
    R.shuffle(rows)
    for i, row in enumerate(rows):
        row["id"] = f"rb-{i:05d}"
        for key in ("items", "optional", "keep"):
            for e in row[key]:
                assert row["text"][e["start"]:e["end"]] == e["text"] and e["text"].strip() == e["text"] != "", (row, e)
        for e in row["items"]:
            d = re.sub(r"\D", "", e["text"])
            if e["kind"] == "card":
                assert luhn_ok(d), e
            elif e["kind"] == "iban":
                assert iban_ok(e["text"]), e
            elif e["kind"] == "national_id" and e["sub"] == "cpf":
                assert cpf_ok(d), e
            elif e["kind"] == "national_id" and e["sub"] == "nif":
                assert nif_ok(d), e
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "redaction_blind.jsonl"
    with out.open("w", encoding="utf-8", newline="\n") as f:
        for row in rows:
            f.write(json.dumps(row, ensure_ascii=False) + "\n")
    return rows


if __name__ == "__main__":
    main()
