"""Makes redaction_second.jsonl: a blind test set for a redactor of personal data.

Reads frames_<language>.txt, fillers.py and names.py beside it.
A frame is one hand-written contact; marks in it are filled with made-up values, and the
place of every value in the final text is kept. Standard library only; fixed seed.

    python3 make_redaction_second.py          # writes redaction_second.jsonl
"""
import hashlib
import json
import random
import re
import unicodedata
from collections import Counter
from pathlib import Path

from fillers import FILL, LITERALS, MAIL_DOMAINS, WORK_DOMAINS
from names import CULTURES, MIX

HERE = Path(__file__).resolve().parent
LANGUAGES = ("en", "es", "pt", "de")
ROWS, CLEAN = 510, 230            # a language
NAME_KINDS = {"sig": "name_signature", "greet": "name_greeting", "intro": "name_introduced",
              "field": "name_field", "ment": "name_mentioned"}
SELF_KINDS = {"sig", "intro", "field"}
PERSONAL = re.compile(r"\{(sig|greet|intro|field|ment|mail|phone|card|iban|nid|ip)\b")
KEEP = {"order", "tracking", "invoice", "amount", "product", "brand", "company", "city", "carrier", "ticket", "version", "serial", "thing"}
KEPT_AS = {"company": "brand", "carrier": "brand", "ticket": "order", "version": "product", "serial": "product", "thing": "product"}
ANGRY = re.compile("unhappy|disappointed|enttäusch|harto|insatisfeito")
COMPLAINT = re.compile("refund|weeks|WEEKS|nobody|erstatt|Erstatt|Wochen|WOCHEN|keiner|reembolso|semanas|cobrad|estorno|técnico|ABSURDO")
TRAVEL = re.compile("hotel|flight|Zug|Zimmer|vuelo|voo |reserva|luz|[sS]tatement|engineer|TAP|Iberia|{brand}|surgery")
FITS = [   # a sentence with this mark is added only to a contact in which these words stand
    (re.compile(r"\{(card|iban)"), re.compile(r"\{amount|\{order|refund|charged|[Ee]rstatt|cobrad|reembolso|estorno")),
    (re.compile(r"\{nid:(ssn|nino|steuer)"), re.compile("statement|debited|Direct Debit|charged twice|can't log in|final bill|abgebucht|Konto|kündige|Mahngeb|Wertbest|Login|umziehen|ziehen zum")),
    (re.compile("sign for it|annehmen|porteiro|recogerá"), re.compile("deliver|parcel|arrived|Liefer|Paket|Sofa|envío|entreg|pedido|pacote|encomenda")),
    (re.compile(r"\{ip"), re.compile("log in|logs me|login|Login|app |App |declined|payment|Konto|contraseña|aplicación|Bizum|portátil|senha|aplicação|pagamento|internet|notebook")),
]
OPTIONAL = {"addr", "birth", "handle", "ext", "custno", "initials"}


# ---------------------------------------------------------------- numbers with check digits
def digits(r, n):
    return "".join(r.choice("0123456789") for _ in range(n))


def luhn_ok(number):
    total = 0
    for i, c in enumerate(reversed(number)):
        d = int(c)
        if i % 2:
            d = d * 2 - 9 if d > 4 else d * 2
        total += d
    return total % 10 == 0


def card(r):
    prefix, length = r.choice([("4", 16), ("4", 16), ("51", 16), ("53", 16), ("55", 16), ("2221", 16),
                               ("34", 15), ("37", 15), ("6011", 16), ("6759", 16), ("36", 14)])
    body = prefix + digits(r, length - len(prefix) - 1)
    number = next(body + d for d in "0123456789" if luhn_ok(body + d))
    groups = {16: (4, 4, 4, 4), 15: (4, 6, 5), 14: (4, 6, 4)}[length]
    sep = r.choice([" ", " ", " ", "-", ""])
    parts, at = [], 0
    for g in groups:
        parts.append(number[at:at + g])
        at += g
    return sep.join(parts)


def iban_mod(iban):
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(c, 36)) for c in moved)) % 97


def iban(r, language):
    country = r.choice({"en": ["GB", "GB", "GB", "IE", "IE", "NL", "DE", "FR"], "es": ["ES"] * 6 + ["FR", "DE"],
                        "pt": ["PT"] * 6 + ["ES", "FR"], "de": ["DE"] * 6 + ["AT", "AT", "CH", "NL"]}[language])
    if country == "ES":
        bank, account = r.choice(["2100", "0049", "0182", "2085", "1465", "0081"]) + digits(r, 4), digits(r, 10)

        def check(s, w):
            v = 11 - sum(int(c) * x for c, x in zip(s, w)) % 11
            return str({10: 1, 11: 0}.get(v, v))
        bban = bank + check(bank, (4, 8, 5, 10, 9, 7, 3, 6)) + check(account, (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)) + account
    elif country == "PT":
        body = r.choice(["0035", "0033", "0018", "0010", "0007"]) + digits(r, 15)
        bban = body + "%02d" % (98 - int(body + "00") % 97)
    elif country == "GB":
        bban = r.choice(["NWBK", "BARC", "LOYD", "HBUK", "MONZ"]) + digits(r, 14)
    elif country == "IE":
        bban = r.choice(["AIBK", "BOFI"]) + digits(r, 14)
    elif country == "NL":
        bban = r.choice(["ABNA", "INGB", "RABO"]) + digits(r, 10)
    elif country == "FR":
        body = digits(r, 21)
        bban = body + "%02d" % (97 - (89 * int(body[:5]) + 15 * int(body[5:10]) + 3 * int(body[10:])) % 97)
    else:
        bban = r.choice("123456789") + digits(r, {"DE": 18, "AT": 16, "CH": 17}[country] - 1)
    number = country + "%02d" % (98 - iban_mod(country + "00" + bban)) + bban
    if r.random() < .6:
        number = " ".join(number[i:i + 4] for i in range(0, len(number), 4))
    return number


def dni(r):
    n = digits(r, 8)
    return n + r.choice(["", "", "-"]) + "TRWAGMYFPDXBNJZSQVHLCKE"[int(n) % 23]


def nie(r):
    first, n = r.choice("XYZ"), digits(r, 7)
    letter = "TRWAGMYFPDXBNJZSQVHLCKE"[int(str("XYZ".index(first)) + n) % 23]
    return r.choice([first + n + letter, "%s-%s-%s" % (first, n, letter)])


def nif(r):
    n = r.choice("12") + digits(r, 7)
    v = 11 - sum(int(c) * w for c, w in zip(n, range(9, 1, -1))) % 11
    n += str(0 if v > 9 else v)
    return r.choice([n, n, n[:3] + " " + n[3:6] + " " + n[6:]])


def cpf(r):
    n = digits(r, 9)
    for k in (10, 11):
        v = sum(int(c) * w for c, w in zip(n, range(k, 1, -1))) * 10 % 11 % 10
        n += str(v)
    return r.choice([n, "%s.%s.%s-%s" % (n[:3], n[3:6], n[6:9], n[9:])])


def cnpj(r):
    n = digits(r, 8) + "0001"
    for w in ((5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)):
        v = sum(int(c) * x for c, x in zip(n, w)) % 11
        n += str(0 if v < 2 else 11 - v)
    return r.choice([n, "%s.%s.%s/%s-%s" % (n[:2], n[2:5], n[5:8], n[8:12], n[12:])])


def steuer_check(n):
    p = 10
    for c in n:
        s = (int(c) + p) % 10 or 10
        p = s * 2 % 11
    return str((11 - p) % 10)


def steuer(r):
    order = r.sample("0123456789", 9)           # nine different digits, one of them twice: ten in all
    ten = order + [order[0]]
    while True:
        r.shuffle(ten)
        if ten[0] != "0":
            break
    n = "".join(ten)
    n += steuer_check(n)
    return r.choice([n, "%s %s %s %s" % (n[:2], n[2:5], n[5:8], n[8:])])


def ssn(r):
    area = r.choice([x for x in range(1, 900) if x != 666])
    return "%03d-%02d-%04d" % (area, r.randint(1, 99), r.randint(1, 9999))


def nino(r):
    two = r.choice(["AB", "JK", "SR", "PX", "NE", "WM", "CE", "LH", "TY"])
    n, last = digits(r, 6), r.choice("ABCD")
    return r.choice([two + n + last, "%s %s %s %s %s" % (two, n[:2], n[2:4], n[4:], last)])


NATIONAL = {"dni": dni, "nie": nie, "nif": nif, "cpf": cpf, "cnpj": cnpj, "steuer": steuer, "ssn": ssn, "nino": nino}


def ip(r):
    if r.random() < .2:
        return "2001:%x:%x:%x::%x" % (r.randint(0x100, 0xfff), r.randint(1, 0xffff), r.randint(1, 0xffff), r.randint(1, 0xffff))
    return "%d.%d.%d.%d" % (r.choice([31, 46, 78, 81, 84, 87, 91, 109, 178, 185, 188, 189, 192, 201, 213]),
                            r.randint(1, 254), r.randint(0, 254), r.randint(1, 254))


PHONES = {   # N = 1-9 (2-9 in the US), M = a British mobile's second digit, # = any digit
    "us": ["(415) N##-####", "212-N##-####", "(718) N##-####", "+1 312 N## ####", "+1-617-N##-####", "503.N##.####", "1-281-N##-####", "972 N## ####"],
    "uk": ["07M## ######", "07M########", "+44 7M## ######", "020 7N## ####", "0161 N## ####", "+44 (0)20 7N## ####", "01452 N#####", "+447M########"],
    "ie": ["087 N## ####", "+353 86 N## ####", "01 N## ####"],
    "au": ["04## N## ###", "+61 4## N## ###", "(02) 9N## ####"],
    "in": ["+91 98### #####", "+91-99########", "98########"],
    "es": ["6N# ### ###", "6N# ## ## ##", "6N#######", "91 N## ## ##", "+34 6N# ### ###", "0034 6N#######", "93 N## ## ##", "+346N#######", "7N# ### ###"],
    "mx": ["55 N### ####", "+52 55 N### ####", "(33) N### ####", "+52 1 81 N### ####"],
    "ar": ["11 N###-####", "+54 9 11 N###-####", "(0351) 15-N##-####"],
    "co": ["31# N## ####", "+57 30# N######"],
    "cl": ["+56 9 N### ####", "9 N### ####"],
    "pt": ["91# ### ###", "96#######", "+351 93# ### ###", "21# ### ###", "00351 91#######", "22# ### ###", "92 ### ## ##"],
    "br": ["(11) 9N###-####", "11 9N###-####", "(21) 9N### ####", "+55 31 9N###-####", "(41) 3N##-####", "(85)9N###-####", "+55 (51) 9N###-####", "119N#######"],
    "de": ["0151 N#######", "0176/N#######", "030 N######", "+49 170 N######", "089/N#######", "0049 221 N######", "+49 (0)40 N#######", "0711-N######", "0160N#######", "02N1 N######"],
    "at": ["0660 N######", "+43 664 N######", "01 N######"],
    "ch": ["079 N## ## ##", "+41 78 N## ## ##", "044 N## ## ##"],
    "fr": ["06 N# ## ## ##", "+33 6 N# ## ## ##"], "it": ["+39 33# N######", "34# N######"],
    "pl": ["+48 60# ### ###"], "nl": ["06-N#######", "+31 6 N#######"], "tr": ["+90 53# N## ## ##"], "ng": ["+234 80N ### ####"],
}
PHONE_MIX = {"en": ["us"] * 8 + ["uk"] * 8 + ["ie", "ie", "au", "au", "in", "ng", "de", "fr"],
             "es": ["es"] * 11 + ["mx"] * 3 + ["ar"] * 2 + ["co", "cl", "fr", "uk"],
             "pt": ["pt"] * 7 + ["br"] * 9 + ["fr", "ch", "uk"],
             "de": ["de"] * 13 + ["at"] * 3 + ["ch"] * 3 + ["tr", "pl", "nl", "it"]}


def phone(r, language):
    country = r.choice(PHONE_MIX[language])
    pattern, first = r.choice(PHONES[country]), "23456789" if country == "us" else "123456789"
    return "".join(r.choice(first) if c == "N" else r.choice("45789") if c == "M" else r.choice("0123456789") if c == "#" else c for c in pattern)


def code(r, pattern):
    """An order, tracking or serial number: # digit, N 1-9, @ letter, n the letter N; no long run that passes the Luhn check."""
    while True:
        s = "".join(r.choice("0123456789") if c == "#" else r.choice("123456789") if c == "N"
                    else r.choice("ABCDEFGHKLMNPRSTUVWX") if c == "@" else "N" if c == "n" else c for c in pattern)
        only = re.sub(r"\D", "", s)
        if not (13 <= len(only) <= 19 and luhn_ok(only)):
            return s


# ---------------------------------------------------------------- people
class Person:
    def __init__(self, r, language, gender=None):
        culture = r.choices(list(MIX[language]), list(MIX[language].values()))[0]
        table = CULTURES[culture]
        self.gender = gender or r.choice("mf")
        self.first = r.choice(table[self.gender])
        self.mid = r.choice([x for x in table[self.gender] if x != self.first])
        self.last, self.last2 = r.sample(table["last"], 2)
        self.two = culture in ("spanish", "portuguese")

    def write(self, style, r):
        last = self.last
        if style == "full" and self.two and r.random() < .4:
            style = "full2"
        two = {"full2": " ".join((self.first, last, self.last2)) if self.two
               else "%s %s-%s" % (self.first, last, self.last2) if not re.search("[ -]", last + self.last2) else self.first + " " + last}
        return {"first": self.first, "last": last, "full": self.first + " " + last, "full2": two["full2"],
                "mid": "%s %s %s" % (self.first, self.mid, last), "low": self.first.lower(),
                "lowfull": (self.first + " " + last).lower(), "upper": (self.first + " " + last).upper(),
                "lastfirst": last + ", " + self.first, "upperfirst": self.first.upper()}[style]

    def mail(self, r, language):
        def plain(s):
            s = s.replace("ß", "ss").replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ł", "l").replace("ı", "i").replace("ø", "o")
            s = unicodedata.normalize("NFKD", s).encode("ascii", "ignore").decode()
            return re.sub(r"[^a-z]", "", s.lower())
        f, n = plain(self.first), plain(self.last)
        y = r.choice([str(r.randint(1, 99)), str(r.randint(1958, 2004)), "%02d" % r.randint(60, 99)])
        local = r.choice([f + "." + n, f + n + y, f[0] + n, n + "." + f, f + "_" + n, f + "." + n + y, f[0] + "." + n,
                          n + y, f + "-" + n, f + "." + n + "+shop", f.capitalize() + "." + n.capitalize(), f + y])
        if r.random() < .22:
            local, domain = r.choice([f + "." + n, f[0] + n, r.choice(["info", "einkauf" if language == "de" else "office", f])]), r.choice(WORK_DOMAINS[language])
        else:
            domain = r.choice(MAIL_DOMAINS[language])
        return local + "@" + domain


# ---------------------------------------------------------------- frames
def load(language):
    parts = {}
    for line in (HERE / ("frames_%s.txt" % language)).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            kind, _, text = line.partition(":")
            parts.setdefault(kind.strip(), []).append(text.strip())
    return parts


def alternatives(r, text):
    while True:
        new = re.sub(r"\[([^\[\]]*)\]", lambda m: r.choice(m.group(1).split("|")), text)
        if new == text:
            return text
        text = new


def fill(r, language, text):
    """The final text, its items, optional spans and spans to keep."""
    text = alternatives(r, text)
    text = re.sub(r" *¶ *", "\n", text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    m = re.search(r"\{(?:sig|intro|field):\w+:([mf])\}", text)
    me = Person(r, language, m and m.group(1))
    used, others = {}, {}
    out, items, optional, keep, at = "", [], [], [], 0
    for m in re.finditer(r"\{([^{}]*)\}", text):
        out += text[at:m.start()]
        at = m.end()
        kind, *more = m.group(1).split(":")
        target, label = None, kind
        if kind in NAME_KINDS:
            style, gender = more[0], (more[1] if len(more) > 1 else None)
            if kind in SELF_KINDS:
                person = me
            else:
                key = (kind, gender)
                if kind == "ment" or key not in others:
                    taken = {me.first, me.last} | {n for p in others.values() for n in (p.first, p.last)}
                    while key not in others or {others[key].first, others[key].last} & taken:
                        others[key] = Person(r, language, gender)
                person = mentioned = others[key]
            value, target, label = person.write(style, r), items, NAME_KINDS[kind]
        elif kind == "o":
            value = "a" if me.gender == "f" else "o"
        elif kind == "mail":
            value, target = (mentioned if more else me).mail(r, language), items      # {mail:o}: of the one just mentioned
        elif kind in ("phone", "iban"):
            value, target = {"phone": phone, "iban": iban}[kind](r, language), items
        elif kind == "card":
            value, target = card(r), items
        elif kind == "ip":
            value, target = ip(r), items
        elif kind == "nid":
            value, target, label = NATIONAL[more[0]](r), items, "national_id"
        elif kind.startswith("="):
            _, label, value = kind.split("=")
            target = keep if label in KEEP else optional
        else:
            key = m.group(1)
            pool = FILL[language].get(kind) or FILL["any"][kind]
            if more and more[0].isdigit() and key in used:      # {order:1} twice is the same order
                value = used[key]
            elif callable(pool):
                value = pool(r, code, True) if more == ["big"] else pool(r, code)
            else:
                value = r.choice(pool)
                if "#" in value or "@" in value or "N#" in value:
                    value = code(r, value)
            used[key] = value
            if kind == "initials":
                value = me.first[0] + "." + me.last[0] + "."
            target = keep if kind in KEEP else optional if kind in OPTIONAL else None
            label = KEPT_AS.get(kind, kind)
        if target is not None:
            target.append({"kind": label, "start": len(out), "end": len(out) + len(value), "text": value})
        out += value
    out += text[at:]
    for label, words in LITERALS.items():
        for m in re.finditer("|".join(r"(?<!\w)%s(?!\w)" % re.escape(w) for w in words), out):
            if not any(s["start"] < m.end() and m.start() < s["end"] for s in items + optional + keep):
                keep.append({"kind": label, "start": m.start(), "end": m.end(), "text": m.group()})
    keep.sort(key=lambda s: s["start"])
    return out, items, optional, keep


def deck(r, frames):
    while True:
        cards = frames[:]
        r.shuffle(cards)
        yield from cards


def make(language):
    r = random.Random("second-" + language)
    parts = load(language)
    frames = [(c, t) for c in ("mail", "raw", "chat", "form", "tweet", "review", "call") for t in parts.get(c, [])]
    assert len(frames) >= 120, (language, len(frames))
    assert len(set(t for _, t in frames)) == len(frames)
    frame_id = {f: "%s-%03d" % (language, i) for i, f in enumerate(frames, 1)}
    neutral = [f for f in frames if not PERSONAL.search(f[1])]
    personal = [f for f in frames if PERSONAL.search(f[1])]
    addable = [f for f in neutral if f[0] == "mail" or "{+}" in f[1]]
    draw_clean, draw_pers, draw_add = deck(r, neutral), deck(r, personal), deck(r, addable)
    hello, named, close, sig, add = (deck(r, parts[k]) for k in ("hello", "hellon", "close", "sig", "add"))
    rows, seen = [], set()
    n_clean = n_dirty = 0
    while n_clean < CLEAN or n_dirty < ROWS - CLEAN:
        clean = n_clean < CLEAN and (n_dirty >= ROWS - CLEAN or r.random() < .45)
        channel, body = next(draw_clean if clean else draw_pers if r.random() < .6 else draw_add)
        frame = frame_id[channel, body]
        is_neutral = not PERSONAL.search(body)
        extra = next(add) if not clean and (is_neutral and r.random() < (.45 if channel == "mail" else 1)) else ""
        while extra and any(mark.search(extra) and not words.search(body) for mark, words in FITS):
            extra = next(add)
        if channel == "chat" and body[0].islower() and extra[1:2].islower() and r.random() < .7:
            extra = extra[0].lower() + extra[1:].rstrip(".")
        if channel == "chat" and extra and r.random() < .5:
            extra = "¶" + extra
        if "{+}" in body:
            body = re.sub(r" ?\{\+\}", lambda m: " " + extra if extra else "", body)
        elif extra:
            body += ("¶¶" if re.search("¶>[^¶]*$", body) else r.choice([" ", "¶", "¶¶"])) + extra
        if channel == "mail":
            greeting = next(named) if not clean and r.random() < .28 else next(hello)
            closing = next(sig) if not clean and r.random() < .85 else next(close)
            while "{brand}" in greeting and TRAVEL.search(body):
                greeting = next(hello)
            while ANGRY.search(closing) and not COMPLAINT.search(body):
                closing = next(close)
            gap = r.choice(["¶¶", "¶¶", "¶"])
            body = greeting + gap + body + gap + closing if greeting else body + gap + closing
        text, items, optional, keep = fill(r, language, body)
        if clean != (not items) or len(items) > 5 or text in seen:
            continue
        seen.add(text)
        n_clean, n_dirty = n_clean + clean, n_dirty + (not clean)
        rows.append({"id": "%s2-%04d" % (language, len(rows) + 1), "language": language,
                     "channel": {"raw": "mail", "form": "web_form", "call": "call_note"}.get(channel, channel),
                     "text": text, "items": items, "optional": optional, "keep": keep, "clean": clean, "frame": frame})
    return rows


def check(rows):
    assert len({x["text"] for x in rows}) == len(rows) and len({x["id"] for x in rows}) == len(rows)
    for x in rows:
        assert x["clean"] == (not x["items"]) and len(x["items"]) <= 5
        assert not re.search(r"[{}\[\]¶]", x["text"]), x["text"]
        spans = sorted((s["start"], s["end"]) for part in ("items", "optional", "keep") for s in x[part])
        assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:])), x
        for part in ("items", "optional", "keep"):
            for s in x[part]:
                assert x["text"][s["start"]:s["end"]] == s["text"] and s["text"].strip() == s["text"] != "", s
        for s in x["items"]:
            if s["kind"] == "card":
                assert luhn_ok(re.sub(r"\D", "", s["text"]))
            elif s["kind"] == "iban":
                assert iban_mod(s["text"].replace(" ", "")) == 1
            elif s["kind"] == "national_id":
                assert id_ok(s["text"]), s


def id_ok(text):
    n = re.sub(r"[^0-9A-Z]", "", text)
    if re.fullmatch(r"[XYZ]?\d{7,8}[A-Z]", n):
        return "TRWAGMYFPDXBNJZSQVHLCKE"[int(n[:-1].translate(str.maketrans("XYZ", "012"))) % 23] == n[-1]
    if re.fullmatch(r"[A-Z]{2}\d{6}[A-D]", n) or re.fullmatch(r"\d{3}-\d\d-\d{4}", text):
        return True
    if len(n) == 9:
        rest = sum(int(c) * w for c, w in zip(n, range(9, 0, -1))) % 11
        return rest == 0 or rest == 1 and n[-1] == "0"                # check digit 10 is written as 0
    if len(n) == 14:
        return sum(int(c) * w for c, w in zip(n[:13], (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))) * 10 % 11 % 10 == int(n[13])
    cpf_ok = sum(int(c) * w for c, w in zip(n[:10], range(11, 1, -1))) * 10 % 11 % 10 == int(n[10])
    return len(n) == 11 and (cpf_ok or steuer_check(n[:10]) == n[10])


def main():
    rows = [row for language in LANGUAGES for row in make(language)]
    check(rows)
    text = "".join(json.dumps(x, ensure_ascii=False) + "\n" for x in rows)
    (HERE / "redaction_second.jsonl").write_text(text, encoding="utf-8")
    for language in LANGUAGES:
        part = [x for x in rows if x["language"] == language]
        print(language, len(part), "rows,", sum(x["clean"] for x in part), "clean",
              dict(sorted(Counter(s["kind"] for x in part for s in x["items"]).items())))
    print("all", len(rows), dict(sorted(Counter(s["kind"] for x in rows for s in x["items"]).items())))
    print("keep", dict(Counter(s["kind"] for x in rows for s in x["keep"])), "optional", dict(Counter(s["kind"] for x in rows for s in x["optional"])))
    print("channels", dict(Counter(x["channel"] for x in rows)))
    print("names", {k: len({n for c in CULTURES.values() for n in (c["m"] + c["f"] if k == "first" else c["last"])}) for k in ("first", "last")})
    print("sha256", hashlib.sha256(text.encode()).hexdigest())


if __name__ == "__main__":
    main()
