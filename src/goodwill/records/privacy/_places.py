"""Addresses of homes and of machines, and dates of birth."""

from __future__ import annotations

import re

from goodwill.records.privacy._spans import Found

_IP4 = re.compile(
    r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\w|\.\d)"
)
_IP_WORD = re.compile(
    r"\b(?:ip|ipv4|address|adresse|endere[çc]o|direcci[óo]n|server|ping|dns|host)\b"
)
_LOGIN_WORD = re.compile(
    r"\b(?:log(?:ged|ging)?[\s-]?in|log(?:ged)?[\s-]?on|logins?|sign(?:ed)?[\s-]?in|acces\w*|acess\w*"
    r"|entr(?:ad[oa]|ou|aram)|sesi[óo]n|sess[ãa]o|session|zugriff\w*|anmeld\w*|angemeldet|einlogg\w*"
    r"|eingeloggt|hack\w*|block\w*|blacklist\w*|requests?|firewall)\b"
)
_VERSION_WORD = re.compile(
    r"(?:\bversi?[oóã]\w*|\bv(?!\w)|\bbuild|\brelease|\bfirmware|\bupdate|\bios|\bandroid|\bsoftware"
    r"|\bdriver|\bapp|\bwindows|\bchrome|\bfirefox)\W{0,3}(?:\w{1,9}\W{1,3})?$"
)
# Right before the number: so called, it is one even where machines have such addresses.
_CALLED_VERSION = re.compile(r"\b(?:v|version|versi[oó]n|versão|versao|firmware)[ :.=]{0,2}$")
_LEAST_IP = 20  # first number of an address without such a word: versions begin with small ones
_IP6 = re.compile(
    r"(?<![\w:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}"
    r"|(?=[0-9a-f:]*\d)(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6})(?![\w:])",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|fev|mai|set|out|dez|avr"
    r"|f[ée]v|jui|d[ée]c|m[äa]r|okt)[a-zçéûäó]*\.?"
)
_BIRTH = re.compile(
    rf"""\b(?:(?:date\sof\sbirth|birth\s?-?(?:date|day)|dob|d\.o\.b\.?|born(?:\son)?
        |fecha\sde\snacimiento|nac[ií](?:\sel|\sem|d[oa]\s(?:el|em))?|data\sde\snascimento
        |nascid[oa]\sem|nascimento|anivers[áa]rio|n[ée]e?\sle|date\sde\snaissance
        |geboren(?:\sam)?|geburts(?:datum|tag)|geb\.)
      (?:[\s:=,-]|\b(?:is|was|on|es|[ée]|el|em|le|am|ist|est|the|my|in|der|den)\b){{0,6}})
    (?P<date>\d{{1,4}}(?:st|nd|rd|th)?(?:[\s./,-]|\b(?:de|of)\b){{1,5}}(?:\d{{1,2}}|{_MONTH})
        (?:[\s./,-]|\b(?:de|of|del)\b){{1,5}}\d{{1,4}}
      | {_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{2,4}} | (?:19|20)\d{{6}} | \d{{6}}(?:\d\d)?)
    (?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)

_BIRTH_WORDS = (
    "birth birthdate birthday dob d born nacimiento nací naci nacido nacida nascimento nascido"
    " nascida aniversário aniversario né née naissance geboren geburtsdatum geburtstag geb"
)
BIRTH_TOKENS = frozenset(_BIRTH_WORDS.split())

_NAME_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_CITY_WORD = r"[A-ZÀ-ÖØ-Þ][^\W\d_A-Z]+(?:-[A-ZÀ-ÖØ-Þ][^\W\d_A-Z]+)*\b(?!\d)"
_STREET_BEFORE = (
    r"(?:Calle|C/|Avenida|Avda\.?|Av\.|Avenue|Paseo|Plaza|Pza\.?|Carretera|Camino|Ronda|Carrera"
    r"|Rua|R\.|Travessa|Alameda|Pra[çc]a|Estrada|Rodovia|Largo|Rue|Boulevard|Bd|Chemin|Impasse"
    r"|All[ée]e|Quai|Via|Viale|Corso|Piazza)"
)
_STREET_AFTER = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Square|Sq"
    r"|Terrace|Terr|Close|Crescent|Cres|Parkway|Pkwy|Highway|Hwy|Way|Circle|Cir|Trail|Gardens"
    r"|Grove|Mews|Row|Hill)"
)
# Before the word for a street a full stop ends a sentence, but behind these.
_DOTTED = r"(?:(?<!\.\s)|(?<=[JS]r\.\s)|(?<=St\.\s)|(?<=\b[A-Z]\.\s))"
_DIGITS = re.compile(r"\d(?<![\w$€£.,].)\d{0,4}(?!\d)")
_ADDRESS = re.compile(
    rf"""\d{{1,5}}[A-Za-z]?,?\s(?:(?:[NSEW]|North|South|East|West)\.?\s)?
        (?:(?:{_NAME_WORD}|\d{{1,3}}(?:st|nd|rd|th))\s){{1,3}}{_DOTTED}{_STREET_AFTER}\b\.?
        (?:,?\s(?:Apt|Apartment|Unit|Suite|Ste|Flat|\#)\.?\s?\#?\w{{1,5}}\b)?
        (?:,?\s{_CITY_WORD}){{0,2}}(?:,?\s[A-Z]{{2}}\b(?!\d))?
        (?:,?\s\d{{5}}(?:-\d{{4}})?\b|,?\s[A-Z]{{1,2}}\d[A-Z\d]?\s\d[A-Z]{{2}}\b)?
    | \d{{1,4}}(?:\s?(?:bis|ter))?,?\s(?:[Rr]ue|[Aa]venue|[Aa]v\.|[Bb]oulevard|[Bb]d
        |[Cc]hemin|[Ii]mpasse|[Aa]ll[ée]e|[Qq]uai|[Pp]lace)\s
        (?:(?:d[eu]s?|la|le|les|l['’]|d['’]|{_NAME_WORD})\s?){{1,5}}
        (?:,?\s\d{{5}}\b)?""",
    re.VERBOSE,
)
_ADDRESS_BEFORE = re.compile(
    rf"""\b{_STREET_BEFORE}\s(?:(?:{_NAME_WORD}|d[aeo]s?|del|la|las|los|du|des|de\sla|e|y)\s){{0,5}}
        {_NAME_WORD}(?<!,),?\s(?:n[º°o.]{{0,2}}\s?|num\.?\s|n[úu]mero\s)?\d{{1,5}}[A-Za-z]?\b
        (?:,?\s(?:\d{{1,2}}[ºª°]\s?\w{{0,3}}|apto\.?\s?\w+|piso\s\w+|bloco\s\w+))?
        (?:,?\s\d{{5}}(?:-\d{{3}})?\b)?
    | \b[A-ZÄÖÜ][\wäöüß-]*?\s?(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.|weg|platz|allee|gasse|damm|ufer)
        \s\d{{1,4}}(?:\s?[a-z])?\b(?:,?\s\d{{5}}\s{_NAME_WORD})?
    | \b(?:P\.?\s?O\.?\sBox|Apartado(?:\sde\sCorreos)?|Caixa\sPostal|Postfach)\s\d{{1,6}}\b""",
    re.VERBOSE,
)
_AFTER_WORDS = (
    "street st avenue ave road rd lane ln drive dr boulevard blvd court ct place pl square sq"
    " terrace terr close crescent cres parkway pkwy highway hwy way circle cir trail gardens grove"
    " mews row hill rue av bd chemin impasse allée allee quai"
)
_BEFORE_WORDS = (
    "calle c avenida avda av avenue paseo plaza pza carretera camino ronda carrera rua r travessa"
    " alameda praça praca estrada rodovia largo rue boulevard bd chemin impasse allée allee quai"
    " via viale corso piazza box apartado caixa postfach"
)
AFTER_TOKENS = frozenset(_AFTER_WORDS.split())
BEFORE_TOKENS = frozenset(_BEFORE_WORDS.split())
_POSTCODE = re.compile(r"[A-Z](?<![\w£$€#-].)[A-Z]?\d[A-Z\d]?\s\d[ABD-HJLNP-UW-Z]{2}(?![\w-])")
_POST_WORD = re.compile(
    r"\b(?:post\s?code|zip(?:\s?code)?|cep|c[óo]digo\spostal|code\spostal|plz|postleitzahl)"
    r"(?:[\s:=,.-]|\b(?:is|es|[ée]|ist|est|number)\b){1,6}"
    r"(?P<value>\d{5}-?\d{3}|\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})(?!\w)",
    re.IGNORECASE,
)
BIRTH_FORMS = (_BIRTH,)
ADDRESS_FORMS = (_ADDRESS, _ADDRESS_BEFORE, _POSTCODE, _POST_WORD)
IP_FORMS = (_IP4, _IP6)


def find_ips(found: Found) -> None:
    """IP addresses; versions of software ("running 8.4.2.72") are none."""
    for match in _IP4.finditer(found.text):
        parts = match.group().split(".")
        first, second = parts[:2]
        private = (first == "10" and second != "0") or first == "127"
        before = found.text[max(0, match.start() - 30) : match.start()].lower()
        told = _CALLED_VERSION if private else _VERSION_WORD
        if int(first) < _LEAST_IP and told.search(before):
            continue
        if (
            private
            or int(first) >= _LEAST_IP
            or sum(len(part) == 3 for part in parts) > 1  # no version climbs so high twice
            or _IP_WORD.search(found.low)
            or _LOGIN_WORD.search(found.low)
        ):
            found.add(match.start(), match.end(), "ip")
    if found.text.count(":") < 2:
        return
    for match in _IP6.finditer(found.text):
        found.add(match.start(), match.end(), "ip")


def find_births(found: Found) -> None:
    """Dates behind words such as "born on"."""
    if BIRTH_TOKENS.isdisjoint(found.words()):
        return
    for match in _BIRTH.finditer(found.text):
        found.add(match.start("date"), match.end("date"), "birthdate")


def find_addresses(found: Found) -> None:
    """Streets with a number, full British postcodes, postcodes behind their word."""
    words, low = found.words(), found.low
    if not AFTER_TOKENS.isdisjoint(words):
        for digits in _DIGITS.finditer(found.text):
            if match := _ADDRESS.match(found.text, digits.start()):
                found.add(match.start(), match.end(), "address")
    if (
        not BEFORE_TOKENS.isdisjoint(words)
        or "stra" in low or "str." in low or "weg " in low or "platz " in low or "gasse " in low
        or "allee " in low or "damm " in low or "ufer " in low
    ):  # fmt: skip
        for match in _ADDRESS_BEFORE.finditer(found.text):
            found.add(match.start(), match.end(), "address")
    for match in _POSTCODE.finditer(found.text):
        found.add(match.start(), match.end(), "address")
    if not ("post" in low or "zip" in low or "cep" in low or "plz" in low):
        return
    for match in _POST_WORD.finditer(found.text):
        found.add(match.start("value"), match.end("value"), "address")
