"""Make the third blind set for the redactor: same input, same output (see README.md).

Run ``python3 make_redaction_third.py``; it writes ``redaction_third.jsonl`` beside itself, checks
each row and prints the counts.
"""

import hashlib
import json
import random
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True  # nothing but the .jsonl is left here

import fillers
import names

HERE = Path(__file__).resolve().parent
SEED = "third-2026"
RENDERINGS = 3
LANGUAGES = ("en", "es", "pt", "de")
STRUCTURED = ("mail", "phone", "card", "iban", "national_id", "ip")
NAMES = {"g": "name_greeting", "s": "name_signature", "i": "name_introduced", "f": "name_field", "m": "name_mentioned"}
TOKEN = re.compile(r"\{([a-z0-9]+)(?::([A-Za-z]+))?(?:@([a-z])(?:\.([wm]))?)?\}")


def digits(r, n):
    return "".join(r.choice("0123456789") for _ in range(n))


# --- checks and numbers ---------------------------------------------------------------------


def luhn_ok(number):
    total = 0
    for i, c in enumerate(reversed(number)):
        d = int(c) * (2 if i % 2 else 1)
        total += d - 9 if d > 9 else d
    return total % 10 == 0


def luhn_end(body):
    return next(body + c for c in "0123456789" if luhn_ok(body + c))


def card(r):
    kind = r.choices(("visa", "mc", "mc2", "amex", "discover", "maestro", "diners"), (40, 25, 8, 12, 5, 6, 4))[0]
    if kind == "amex":
        n = luhn_end(r.choice(("34", "37")) + digits(r, 12))
        groups = (4, 6, 5)
    elif kind == "diners":
        n = luhn_end("36" + digits(r, 11))
        groups = (4, 6, 4)
    else:
        head = {"visa": "4", "mc": str(r.randint(51, 55)), "mc2": str(r.randint(2221, 2720)), "discover": "6011",
                "maestro": r.choice(("5018", "5020", "6304", "6759"))}[kind]
        n = luhn_end(head + digits(r, 15 - len(head)))
        groups = (4, 4, 4, 4)
    style = r.choices((" ", "", "-"), (55, 27, 18))[0]
    out, at = [], 0
    for g in groups:
        out.append(n[at : at + g])
        at += g
    return style.join(out), kind.rstrip("2")


def mod97(text):
    return int("".join(str(int(c, 36)) for c in text)) % 97


def iban_of(country, bban):
    return f"{country}{98 - mod97(bban + country + '00'):02d}{bban}"


def es_digit(text):
    w = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)
    c = 11 - sum(int(d) * k for d, k in zip(text.zfill(10), w)) % 11
    return {10: "1", 11: "0"}.get(c, str(c))


IT_ODD = dict(zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                  (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)))


def cin(body):
    total = sum(IT_ODD[c] if i % 2 == 0 else int(c) for i, c in enumerate(body))
    return chr(65 + total % 26)


def iban(r, language):
    local = {"en": ("GB", "GB", "IE"), "es": ("ES",), "pt": ("PT",), "de": ("DE", "DE", "AT", "CH")}[language]
    c = r.choice(local) if r.random() < 0.65 else r.choice("GB IE ES PT DE AT CH FR NL IT BE PL".split())
    if c == "ES":
        bank, account = digits(r, 8), digits(r, 10)
        bban = bank + es_digit(bank) + es_digit(account) + account
    elif c == "PT":
        body = digits(r, 19)
        bban = body + f"{98 - int(body + '00') % 97:02d}"
    elif c == "FR":
        b, g, n = digits(r, 5), digits(r, 5), digits(r, 11)
        bban = b + g + n + f"{97 - (89 * int(b) + 15 * int(g) + 3 * int(n)) % 97:02d}"
    elif c == "BE":
        body = digits(r, 10)
        bban = body + f"{int(body) % 97 or 97:02d}"
    elif c == "IT":
        body = digits(r, 22)
        bban = cin(body) + body
    elif c in ("GB", "IE", "NL"):
        bank = {"GB": ("BARC", "LOYD", "NWBK", "MIDL", "MONZ"), "IE": ("AIBK", "BOFI"), "NL": ("INGB", "RABO", "ABNA")}[c]
        bban = r.choice(bank) + digits(r, 10 if c == "NL" else 14)
    else:
        bban = digits(r, {"DE": 18, "AT": 16, "CH": 17, "PL": 24}[c])
    solid = iban_of(c, bban)
    assert mod97(solid[4:] + solid[:4]) == 1
    style = r.choices(("4", "solid", "lower", "hyphen"), (62, 28, 6, 4))[0]
    four = [solid[i : i + 4] for i in range(0, len(solid), 4)]
    return {"4": " ".join(four), "solid": solid, "lower": solid.lower(), "hyphen": "-".join(four)}[style], c


def dni_letter(n):
    return "TRWAGMYFPDXBNJZSQVHLCKE"[n % 23]


def national(r, kind):
    if kind == "dni":
        n = digits(r, 8)
        c = dni_letter(int(n))
        return r.choice((n + c, n + c, f"{n}-{c}", f"{n[:2]}.{n[2:5]}.{n[5:]}-{c}", f"{n} {c}", n + c.lower()))
    if kind == "nie":
        p, n = r.choice("XYZ"), digits(r, 7)
        c = dni_letter(int(str("XYZ".index(p)) + n))
        return r.choice((p + n + c, p + n + c, f"{p}-{n}-{c}", f"{p}{n}-{c}", (p + n + c).lower()))
    if kind == "cpf":
        n = digits(r, 9)
        for _ in range(2):
            s = sum(int(d) * w for d, w in zip(n, range(len(n) + 1, 1, -1))) * 10 % 11 % 10
            n += str(s)
        return r.choice((f"{n[:3]}.{n[3:6]}.{n[6:9]}-{n[9:]}",) * 3 + (n, f"{n[:9]}-{n[9:]}"))
    if kind == "nif":
        n = r.choice("123") + digits(r, 7)
        s = 11 - sum(int(d) * w for d, w in zip(n, range(9, 1, -1))) % 11
        n += str(s if s < 10 else 0)
        return r.choice((n, n, f"{n[:3]} {n[3:6]} {n[6:]}"))
    if kind == "ssn":
        area = r.choice([a for a in range(1, 773) if a != 666])
        a, g, s = f"{area:03d}", f"{r.randint(1, 99):02d}", f"{r.randint(1, 9999):04d}"
        return r.choice((f"{a}-{g}-{s}",) * 4 + (f"{a} {g} {s}", a + g + s))
    if kind == "nino":
        while True:
            p = r.choice("ABCEGHJKLMNOPRSTWXYZ") + r.choice("ABCEGHJKLMNPRSTWXYZ")
            if p not in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ"):
                break
        a, b, c, e = p, digits(r, 2), digits(r, 2), digits(r, 2)
        z = r.choice("ABCD")
        solid = a + b + c + e + z
        return r.choice((f"{a} {b} {c} {e} {z}", f"{a} {b} {c} {e} {z}", solid, solid, solid.lower(), f"{a}{b}{c}{e} {z}"))
    if kind == "sin":
        n = luhn_end(r.choice("1234567") + digits(r, 7))
        return r.choice((f"{n[:3]} {n[3:6]} {n[6:]}", f"{n[:3]}-{n[3:6]}-{n[6:]}", n))
    if kind == "ppsn":
        n, second = digits(r, 7), r.choice(("", "A"))
        s = (sum(int(d) * w for d, w in zip(n, range(8, 1, -1))) + (9 if second else 0)) % 23
        return n + ("W" if s == 0 else chr(64 + s)) + second
    if kind == "curp":
        cons = "BCDFGHJKLMNPRSTVYZ"
        n = (r.choice(cons) + r.choice("AEIOU") + r.choice(cons) + r.choice("ABCDEFGHIJLMNRST")
             + f"{r.randint(50, 99)}{r.randint(1, 12):02d}{r.randint(1, 28):02d}" + r.choice("HM")
             + r.choice("DF JC NL MC PL VZ GT YN".split()) + "".join(r.choice(cons) for _ in range(3)) + "0")
        alphabet = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
        return n + str(-sum(alphabet.index(c) * (18 - i) for i, c in enumerate(n)) % 10)
    if kind == "rut":
        n = str(r.randint(5_000_000, 25_999_999))
        s = 11 - sum(int(d) * w for d, w in zip(reversed(n), (2, 3, 4, 5, 6, 7, 2, 3))) % 11
        c = {10: "K", 11: "0"}.get(s, str(s))
        return r.choice((f"{int(n):,}".replace(",", ".") + "-" + c, f"{n}-{c}"))
    if kind == "steuer":
        ten = r.sample("0123456789", 10)
        while True:  # one digit twice, one missing, no leading nought, no three alike in a row
            ten = r.sample("0123456789", 10)
            i, j = r.sample(range(10), 2)
            ten[i] = ten[j]
            if ten[0] != "0":
                break
        p = 10
        for d in ten:
            s = (int(d) + p) % 10 or 10
            p = s * 2 % 11
        n = "".join(ten) + str((11 - p) % 10)
        return r.choice((n, f"{n[:2]} {n[2:5]} {n[5:8]} {n[8:]}"))
    if kind == "ahv":
        n = "756" + digits(r, 9)
        n += str(-sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(n)) % 10)
        return f"{n[:3]}.{n[3:7]}.{n[7:11]}.{n[11:]}"
    if kind == "svnr":
        while True:
            a = str(r.randint(100, 999))
            b = f"{r.randint(1, 28):02d}{r.randint(1, 12):02d}{r.randint(40, 99):02d}"
            s = sum(int(d) * w for d, w in zip(a + b, (3, 7, 9, 5, 8, 4, 2, 1, 6))) % 11
            if s < 10:
                return r.choice((f"{a}{s} {b}", f"{a}{s}{b}"))
    if kind == "perso":
        n = r.choice("LMNPRTVWXY") + "".join(r.choice("0123456789CFGHJKLMNPRTVWXYZ") for _ in range(8))
        return n + str(sum(int(c, 36) * (7, 3, 1)[i % 3] for i, c in enumerate(n)) % 10)
    raise ValueError(kind)


PHONES = {  # x any digit, N from 2 to 9
    "GB": ("07Nxx xxxxxx|+44 7Nxx xxxxxx|020 7Nxx xxxx|0161 Nxx xxxx|+44 (0)20 7Nxx xxxx|00447Nxxxxxxxx|07Nxxxxxxxx|(0117) Nxx xxxx|07Nxx xxx xxx|+447Nxxxxxxxx"),
    "US": ("(212) Nxx-xxxx|415-Nxx-xxxx|617.Nxx.xxxx|+1 312 Nxx xxxx|1-206-Nxx-xxxx|303Nxxxxxx|(512)Nxx-xxxx|+1 (646) Nxx-xxxx|702 Nxx xxxx"),
    "CA": "(416) Nxx-xxxx|604-Nxx-xxxx|+1 514-Nxx-xxxx",
    "AU": "04Nx xxx xxx|+61 4Nx xxx xxx|(02) 9Nxx xxxx", "IE": "087 Nxx xxxx|+353 86 Nxx xxxx|01 Nxx xxxx|085Nxxxxxx",
    "IN": "+91 98Nxx xxxxx|+91-97Nxxxxxxx", "NZ": "021 Nxx xxxx|+64 27 Nxx xxxx",
    "ES": "6Nx xxx xxx|6Nx xx xx xx|+34 6Nx xxx xxx|91 Nxx xx xx|00346Nxxxxxxx|6Nxxxxxxx|93-Nxx-xx-xx|+34 95x xx xx xx|6Nx-xxx-xxx|+346Nxxxxxxx",
    "MX": "+52 55 Nxxx xxxx|55 Nxxx xxxx|(33) Nxxx-xxxx|81-Nxxx-xxxx", "AR": "+54 9 11 5xxx-xxxx|011 4Nxx-xxxx|11 6xxx-xxxx",
    "CL": "+56 9 Nxxx xxxx|9 Nxxx xxxx", "CO": "+57 310 Nxx xxxx|300 Nxx xxxx|315Nxxxxxx", "PE": "+51 9Nx xxx xxx|9Nx xxx xxx",
    "PT": "91x xxx xxx|+351 96x xxx xxx|21N xxx xxx|0035193xxxxxxx|92xxxxxxx|+351 22 Nxx xx xx|93 xxx xx xx|+35191xxxxxxx",
    "BR": "(11) 9Nxxx-xxxx|+55 21 9Nxxx-xxxx|11 9Nxxx xxxx|(31) 3Nxx-xxxx|119Nxxxxxxx|+55 (51) 9Nxxx.xxxx|(85) 9 Nxxx-xxxx|+55479Nxxxxxxx|21 9Nxxx-xxxx",
    "AO": "+244 92N xxx xxx|912 xxx xxx",
    "DE": "0151 Nxxxxxxx|+49 171 Nxxxxxx|0171/Nxxxxxx|030 Nxxxxxxx|(089) Nxxxxxx|+49 (0)40 Nxxxxxx|0049 176 Nxxxxxxx|0221-Nxxxxxx|0176 Nxxx xxxx|+49162Nxxxxxx|0511 / Nxx xxx|07071 Nxxxx",
    "AT": "+43 664 Nxxxxxx|0664 / Nxx xx xx|01 Nxx xx xx|0676 Nxxxxxx", "CH": "+41 79 Nxx xx xx|079 Nxx xx xx|044 Nxx xx xx|0041 78 Nxx xx xx",
    "other": ("+33 6 Nx xx xx xx|+39 33N xxxxxxx|+31 6 Nxxxxxxx|+48 60N xxx xxx|+90 53N xxx xx xx|+234 80N xxx xxxx|+46 70 Nxx xx xx|+40 72N xxx xxx|+380 67 Nxx xx xx"
              "|+86 13N xxxx xxxx|+81 90-Nxxx-xxxx|+27 82 Nxx xxxx|+971 50 Nxx xxxx|+32 47N xx xx xx|+45 Nx xx xx xx|+420 60N xxx xxx|+212 6Nx-xxxxxx|+30 69N xxx xxxx"),
}
HOME = {"en": "GB GB GB US US US CA AU IE IN NZ".split(), "es": "ES ES ES ES MX AR CL CO PE".split(),
        "pt": "BR BR BR PT PT PT AO".split(), "de": "DE DE DE DE AT CH".split()}


def phone(r, country):
    pattern = r.choice(PHONES[country].split("|"))
    text = "".join(r.choice("0123456789") if c == "x" else r.choice("23456789") if c == "N" else c for c in pattern)
    return text, country


def ip4(r):
    if r.random() < 0.25:
        return r.choice((f"10.{r.randint(0, 255)}.{r.randint(0, 255)}.{r.randint(1, 254)}", f"192.168.{r.randint(0, 255)}.{r.randint(1, 254)}",
                         f"172.{r.randint(16, 31)}.{r.randint(0, 255)}.{r.randint(1, 254)}"))
    first = r.choice([n for n in range(11, 224) if n not in (127, 169, 172, 192)])
    return f"{first}.{r.randint(0, 255)}.{r.randint(0, 255)}.{r.randint(1, 254)}"


def ip6(r):
    parts = [r.choice(("2001", "2a02", "2a01", "2003"))] + [f"{r.randint(0, 65535):x}" for _ in range(7)]
    return r.choice((":".join(parts), ":".join(parts[:4]) + "::" + parts[4], ":".join(parts[:2]) + "::" + ":".join(parts[2:4])))


def ascii_of(text):
    text = text.translate(str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "d", "ä": "ae", "ö": "oe", "ü": "ue"}))
    return "".join(c for c in unicodedata.normalize("NFKD", text) if ord(c) < 128)


def mail(r, language):
    first, last, _ = name_of(r, language, r.choice("wm"))
    f, s = (re.sub(r"[^a-z]", "", ascii_of(x).lower()) for x in (first, last))
    local = r.choice((f"{f}.{s}", f"{f[0]}{s}", f"{f}_{s}", f"{f}{s}{r.randint(60, 99)}", f"{s}.{f}", f"{f}{r.randint(1, 999)}", f"{f[0]}.{s}",
                      f"{f}-{s}", f"{s}{f[0]}", f"{s}_{f}", f"{f}{s}", f"{r.choice(('blue', 'katzen', 'gato', 'mrs', 'familie', 'casa'))}{f}{r.randint(1, 99)}"))
    text = f"{local}@{r.choice(fillers.PROVIDERS if r.random() < 0.8 else fillers.FIRMS)}"
    if r.random() < 0.05:
        text = text.replace("@", r.choice(("+shop@", "+orders@", "+2024@")))
    style = r.random()
    return text.upper() if style < 0.03 else text.title() if style < 0.06 else text


# --- names ------------------------------------------------------------------------------------


def name_of(r, language, gender):
    everyone = sorted(names.CULTURES)
    culture = r.choice(names.LOCAL[language]) if r.random() < 0.5 else r.choice(everyone)
    women, men, surnames = names.CULTURES[culture]
    first = r.choice((women if gender == "w" else men).split())
    if r.random() < 0.12:
        surnames = names.CULTURES[r.choice(everyone)][2]
    last = r.choice(surnames.split())
    if "/" in last:
        last = last.split("/")[gender == "w"]
    return first.replace("_", " "), last.replace("_", " "), culture


def person(r, language, gender, taken):
    gender = gender or r.choice("wm")
    while True:
        first, last, culture = name_of(r, language, gender)
        if first not in taken and last not in taken:
            break
    taken |= {first, last}
    full = last
    roll = r.random()
    second = r.choice(names.CULTURES[culture][2].split()).split("/")[0].replace("_", " ")
    if culture in ("spanish", "latin_american", "basque_catalan_galician") and roll < 0.4 and second != last:
        full = f"{last} {second}"
    elif culture in ("portuguese", "brazilian") and roll < 0.3 and second != last:
        full = f"{last} {second}"
    elif culture in ("english", "german") and roll < 0.07 and second != last and not set("- ") & set(last + second):
        full = last = f"{last}-{second}"
    middle = ""
    if r.random() < 0.05 and " " not in first:
        middle = r.choice(names.CULTURES[culture][0 if gender == "w" else 1].split()).replace("_", " ")
        middle = "" if middle == first else " " + middle
    return {"first": first, "last": last, "full": first + middle + " " + full, "surnames": full}


CASES = {"g": (0.05, 0.0), "s": (0.06, 0.05), "i": (0.03, 0.0), "f": (0.04, 0.08), "m": (0.03, 0.0)}


def shown(r, kind, form, who):
    """The text of a name, how much of its start is not part of the item, and how it is written."""
    lead, style = "", "as is"
    if form in ("F", "f", "FU"):
        text = who["first"]
    elif form == "L":
        text = who["last"]
    elif form in ("FL", "fl", "FLU"):
        text = who["full"] if kind in "sif" else f"{who['first']} {who['last']}"
    elif form == "LFc":
        text = f"{who['surnames']}, {who['first']}"
    elif form == "IL":
        lead, text = who["first"][0] + ". ", who["last"]
    else:
        raise ValueError(form)
    low, high = CASES[kind]
    roll = r.random()
    if form in ("f", "fl") or (form in ("F", "FL") and roll < low):
        text, style = text.lower(), "lower"
    elif form.endswith("U") or (form in ("F", "FL") and roll < low + high):
        text, style = text.upper(), "upper"
    if r.random() < 0.06:
        bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = unicodedata.normalize("NFC", bare)
    return lead, text, style


# --- what must stay -----------------------------------------------------------------------------


def amount(r, language):
    whole, cents = r.randint(4, 940), r.randint(0, 99)
    if language == "en":
        return f"{r.choice('£$€')}{whole}.{cents:02d}"
    if language == "pt" and r.random() < 0.5:
        return f"R$ {whole},{cents:02d}"
    return f"{whole},{cents:02d} €"


def date(r, language):
    d, m, y = r.randint(1, 28), r.randint(1, 12), r.choice((2023, 2024, 2025))
    month = fillers.MONTHS[language][m - 1]
    if r.random() < 0.35:
        return f"{d:02d}.{m:02d}.{y}" if language == "de" else f"{d:02d}/{m:02d}/{y}"
    return {"en": f"{d} {month}", "de": f"{d}. {month}"}.get(language, f"{d} de {month}")


def stay(r, token, language):
    if token == "order":
        return "order", r.choice((f"#{digits(r, 6)}", f"A-{digits(r, 5)}", f"{r.randint(10, 99)}-{digits(r, 5)}", f"R{digits(r, 7)}", f"{r.randint(10000, 999999)}"))
    if token == "ticket":
        return "order", r.choice((f"{r.randint(10000, 99999)}", f"CS-{digits(r, 6)}", f"INC{digits(r, 7)}"))
    if token == "pnr":
        return "order", "".join(r.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(4)) + r.choice("23456789") + r.choice("KLMXYZ")
    if token == "track":
        return "tracking", r.choice((f"PX{digits(r, 9)}GB", f"JD{digits(r, 12)}", f"RB{digits(r, 9)}DE", f"QN{digits(r, 10)}"))
    if token == "flight":
        return "flight", f"{r.choice(fillers.AIR)} {r.randint(200, 4999)}"
    if token == "amount":
        return "amount", amount(r, language)
    if token == "date":
        return "date", date(r, language)
    if token == "day":
        return "date", r.choice(fillers.DAYS[language])
    if token == "city":
        return "city", r.choice(fillers.CITIES[language])
    if token == "product":
        return "product", r.choice(fillers.PRODUCTS)
    if token == "brand":
        return "brand", r.choice(fillers.BRANDS)
    if token == "title":
        return None, r.choice(fillers.TITLES)
    if token == "brandtag":
        return None, r.choice(fillers.TAGS)
    raise ValueError(token)


# --- rows -------------------------------------------------------------------------------------


def render(frame, language, r):
    out, items, keep, people, taken = "", [], [], {}, set()
    country = r.choice(HOME[language]) if r.random() < 0.88 else "other"
    at = 0
    for found in TOKEN.finditer(frame):
        out += frame[at : found.start()]
        at = found.end()
        token, form, who, gender = found.groups()
        sub, lead, label = None, "", None
        if token in NAMES:
            if who is None or who not in people:
                made = person(r, language, gender, taken)
                people[who or f"_{found.start()}"] = made
            made = people[who or f"_{found.start()}"]
            lead, text, sub = shown(r, token, form, made)
            kind = NAMES[token]
        elif token == "mail":
            kind, text = "mail", mail(r, language)
        elif token == "phone":
            kind, (text, sub) = "phone", phone(r, country)
        elif token == "card":
            kind, (text, sub) = "card", card(r)
        elif token == "iban":
            kind, (text, sub) = "iban", iban(r, language)
        elif token == "nid":
            kind, text, sub = "national_id", national(r, form), form
        elif token == "ip":
            kind, text, sub = "ip", ip4(r), "v4"
        elif token == "ip6":
            kind, text, sub = "ip", ip6(r), "v6"
        else:
            kind, (label, text) = None, stay(r, token, language)
        out += lead
        place = {"start": len(out), "end": len(out) + len(text)}
        out += text
        if kind:
            items.append({"kind": kind} | place | ({"sub": sub} if sub else {}))
        elif label:
            keep.append({"kind": label} | place)
    out += frame[at:]
    assert "{" not in out and "}" not in out, out
    return out, items, keep


def lines(name):
    return [line.replace("\\n", "\n") for line in (HERE / name).read_text("utf-8").splitlines() if line.strip()]


def rows():
    seen = set()
    for language in LANGUAGES:
        for n, frame in enumerate(lines(f"frames_{language}.txt"), 1):
            for k in range(RENDERINGS):
                r = random.Random(f"{SEED}/{language}/{n}/{k}")
                text, items, keep = render(frame, language, r)
                while text in seen:
                    text, items, keep = render(frame, language, r)
                seen.add(text)
                yield {"text": text, "language": language, "items": items, "keep": keep, "clean": False, "frame": f"{language}-{n}"}
        for n, text in enumerate(lines(f"clean_{language}.txt"), 1):
            eponym = text.startswith("* ")
            text = text.removeprefix("* ")
            assert text not in seen, text
            seen.add(text)
            yield {"text": text, "language": language, "items": [], "keep": [], "clean": True, "frame": f"clean-{language}-{n}", "eponym": eponym}


PERSONAL = (r"[\w.+-]+@[\w-]+\.\w", r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,}", r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])",
            r"(?:\+|\b00)\d{2}[\d ()/-]{7,}", r"\b\d{8}-?[A-Z]\b", r"\b\d{3}\.\d{3}\.\d{3}-\d\d\b", r"\b\d{3}-\d{2}-\d{4}\b",
            r"\b[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]\b", r"\b0\d{2,4}[ /-]?\d{5,8}\b", r"\(\d{2,4}\) ?\d{3,}")


def check(made):
    for row in made:
        text, spans = row["text"], sorted((i["start"], i["end"]) for i in row["items"] + row["keep"])
        assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:])), text
        assert text == text.strip() and spans == sorted(set(spans))
        assert bool(row["items"]) != row["clean"], text
        for item in row["items"]:
            part = text[item["start"] : item["end"]]
            assert part and part == part.strip() and any(c.isalnum() for c in part)
            bare = re.sub(r"[ -]", "", part).upper()
            if item["kind"] == "card":
                assert luhn_ok(bare) and 14 <= len(bare) <= 16
            elif item["kind"] == "iban":
                assert mod97(bare[4:] + bare[:4]) == 1
            elif item["kind"] == "mail":
                assert re.fullmatch(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", part), part
            elif item["kind"] == "phone":
                assert 8 <= sum(c.isdigit() for c in part) <= 15, part
            elif item["kind"].startswith("name"):
                assert not any(c.isdigit() for c in part) and "_" not in part, part
        if row["clean"]:
            for pattern in PERSONAL:
                assert not re.search(pattern, text), (pattern, text)
            for run in re.findall(r"\d(?:[ -]?\d){12,18}", text):
                assert not luhn_ok(re.sub(r"\D", "", run)), text
    assert len({row["text"] for row in made}) == len(made)


def main():
    made = list(rows())
    random.Random(SEED).shuffle(made)
    check(made)
    data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made).encode()
    (HERE / "redaction_third.jsonl").write_bytes(data)
    count = Counter((i["kind"], row["language"]) for row in made for i in row["items"])
    clean = Counter(row["language"] for row in made if row["clean"])
    eponyms = Counter(row["language"] for row in made if row.get("eponym"))
    print(f"{'':18}" + "".join(f"{x:>7}" for x in (*LANGUAGES, "all")))
    for kind in (*STRUCTURED, *NAMES.values()):
        got = [count[kind, x] for x in LANGUAGES]
        print(f"{kind:18}" + "".join(f"{x:7}" for x in (*got, sum(got))))
    for label, kinds in (("structured", STRUCTURED), ("names", NAMES.values()), ("all items", (*STRUCTURED, *NAMES.values()))):
        got = [sum(count[k, x] for k in kinds) for x in LANGUAGES]
        print(f"{label:18}" + "".join(f"{x:7}" for x in (*got, sum(got))))
    for label, c in (("clean texts", clean), ("  with namesakes", eponyms), ("rows", Counter(row["language"] for row in made))):
        print(f"{label:18}" + "".join(f"{x:7}" for x in (*(c[x] for x in LANGUAGES), sum(c.values()))))
    assert all(eponyms[x] * 8 <= clean[x] for x in LANGUAGES)
    print(hashlib.sha256(data).hexdigest(), len(made), "rows")


if __name__ == "__main__":
    main()
