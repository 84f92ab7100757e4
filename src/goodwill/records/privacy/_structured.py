"""Personal data with a form of its own: mails, links, cards, accounts, ids, addresses.

Every function adds what it finds to a :class:`Found`; the order of calls in ``_redact`` decides
who takes a piece that two could claim.
"""

from __future__ import annotations

import re
from collections.abc import Set

from goodwill.records.privacy._checks import (
    cnpj_holds,
    cpf_holds,
    dni_holds,
    iban_holds,
    iban_length,
    luhn_holds,
    nir_holds,
    rut_holds,
    verhoeff_holds,
)
from goodwill.records.privacy._spans import Found

# -- mails, links, handles ------------------------------------------------------------------

_PROVIDERS = (
    "gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|proton"
    "|protonmail|pm|zoho|mail|yandex|qq|163|126|naver|uol|bol|terra|ig|globo|orange|free|wanadoo"
    "|laposte|sfr|t-online|freenet|libero|virgilio|comcast|verizon|att|btinternet|sky|rediffmail"
)
_TOPS = (
    "com|net|org|edu|gov|io|co|info|biz|me|app|dev|eu|uk|us|ca|au|nz|ie|de|at|ch|fr|be|nl|es|pt"
    "|br|mx|ar|cl|it|pl|se|no|dk|fi|in|jp|cn|kr|za|ng|ke|ru|ua|tr|gr|cz|ro|hu|sg|hk|ph|my|id"
)
# Behind "dot" only these: "at which point in", "dot me" are no mails
_SPELLED_TOPS = "com|net|org|edu|gov|info|biz|eu|co|uk|ca|au|nz|ie|de|ch|fr|nl|es|pt|br|mx|ar|cl|io"
_AT = r"(?:@|＠|﹫|&\#64;|%40)"
_MAIL = re.compile(
    rf"""(?:mailto:)?
    (?: "[^"@\s]{{1,40}}" | [^\W_](?:[\w.+%&'’*/=?^~#!$-]*[\w+$~-])? | [_+~-][\w.+-]+ )
    {_AT} (?:\[\d{{1,3}}(?:\.\d{{1,3}}){{3}}\]
      | \w(?:[\w-]*\w)?(?:\.\w(?:[\w-]*\w)?)+ | (?:{_PROVIDERS})\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_MAIL_SPACED = re.compile(
    rf"\b[\w.+-]*\w\s{{0,2}}@\s{{0,2}}[\w-]+(?:\s?\.\s?[\w-]+)*?\s?\.\s?(?:{_TOPS})\b",
    re.IGNORECASE,
)
_DOT = (
    r"(?:\s?[\[({]\s?(?:dot|punto|ponto|point|punkt|\.)\s?[\])}]\s?"
    r"|\s(?:dot|punto|ponto|point|punkt)\s)"
)
_MAIL_SPELLED = re.compile(
    rf"""\b[\w+-]+(?:(?:\.|{_DOT}|\s(?:underscore|dash|gui[óo]n|h[íi]fen)\s)[\w+-]+)*
    (?: \s?[\[({{<]\s?(?:at|@|arroba|chez)\s?[\])}}>]\s? | \s(?:at|arroba|chez|ät|@)\s )
    [\w-]+ (?:(?:{_DOT}|\.)[\w-]+){{0,2}}? (?:{_DOT}|\.) (?:{_SPELLED_TOPS})\b
    (?:(?:{_DOT}|\.)(?:uk|br|in|au|nz|za|mx|ar|jp)\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
_SPELLED_HINT = re.compile(
    rf"[\[({{<]\s?(?:at|arroba|chez|@)\s?[\])}}>]|\s(?:at|arroba|chez|ät)\s[^\s@]+(?:\.|{_DOT})",
    re.IGNORECASE,
)
_SPACED_HINT = re.compile(r"[@＠]\s{0,2}[\w-]+[\w.-]*\s?\.\s?[A-Za-z]{2}")
# "look at bbc.com": a web address after a plain "at" is a mail only behind such words
_MAIL_WORD = re.compile(r"mail|contact|reach|write|correo|escrib|escrev|contato|adresse", re.I)
_DOT_WORD = re.compile(r"\b(?:dot|punto|ponto|point|punkt)\b|[\[({<]", re.IGNORECASE)

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'\]\[）)]+", re.IGNORECASE)
_URL_PERSONAL = re.compile(
    r"""//[^/\s]+:[^/\s]*@ | @ | %40
    | [?&#;](?:e?mail|user(?:name|id)?|login|token|access_token|auth|key|api_?key|sig(?:nature)?
        |session(?:id)?|sid|jwt|code|otp|pass(?:word|wd)?|pwd|secret|phone|tel|mobile|name
        |first_?name|last_?name|full_?name|customer|dob|ssn|cpf)=[^&\s]
    | (?:^|//|\.)(?:twitter|x|instagram|facebook|fb|tiktok|snapchat|pinterest|threads|mastodon)
      \.[a-z]{2,6}/(?!(?:search|hashtag|explore|help|home|share|intent|login|about|policies|legal)
        \b)[\w.@-]+
    | linkedin\.com/in/ | (?:t|wa|telegram)\.me/ | github\.com/[\w-]+/?$
    | (?:reddit\.com)?/u(?:ser)?/[\w-]+ | eyJ[\w-]{10,}\. """,
    re.VERBOSE | re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w/＠@&])[@＠]([A-Za-z0-9_](?:[\w.]{0,28}[\w])?)(?![\w@])")


def find_mails(found: Found) -> None:
    """Mails, also spelled out ("john at gmail dot com")."""
    text, low = found.text, found.low
    whole, spaced = _mail_signs(text)
    if whole:
        for match in _MAIL.finditer(text):
            found.add(match.start(), match.end(), "email")
    if spaced:
        for match in _MAIL_SPACED.finditer(text):
            if " " in match.group():
                found.add(match.start(), match.end(), "email")
    if (
        " at " in low or "at]" in low or "at)" in low or "at}" in low or "arroba" in low
        or "@ " in low or "@)" in low or "@]" in low or " chez" in low or " ät " in low
    ) and _SPELLED_HINT.search(text):  # fmt: skip
        for match in _MAIL_SPELLED.finditer(text):
            plain = not _DOT_WORD.search(match.group())
            if plain and not _MAIL_WORD.search(text, max(0, match.start() - 40), match.end()):
                continue
            found.add(match.start(), match.end(), "email")


def _mail_signs(text: str) -> tuple[bool, bool]:
    """Whether an @ stands inside a word, and whether one stands apart before a domain."""
    whole = "%40" in text or "&#64;" in text or "＠" in text or "﹫" in text
    spaced = False
    at = text.find("@")
    while at >= 0:
        if at and text[at - 1] not in " \n\t([@":
            whole = True
        if not spaced and _SPACED_HINT.match(text, at):
            spaced = True
        at = text.find("@", at + 1)
    return whole, spaced


def find_urls(found: Found) -> None:
    """Links that carry personal data: a mail, a token, the profile of a person."""
    if "://" not in found.text and "www." not in found.low:
        return
    for match in URL.finditer(found.text):
        end = match.end()
        while found.text[end - 1] in ".,;:!?…":
            end -= 1
        if _URL_PERSONAL.search(found.text, match.start(), end):
            found.add(match.start(), end, "url")


def find_handles(found: Found, keep: Set[str]) -> None:
    """Handles of persons (@jane); ``keep`` holds those of the company, lower case, without @."""
    for match in _HANDLE.finditer(found.text):
        if match.group(1).lower() not in keep:
            found.add(match.start(), match.end(), "handle")


# -- cards, accounts, ids -------------------------------------------------------------------

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ \u00a0.-]?[A-Za-z0-9]){11,30}")
_NOT_ALNUM = re.compile(r"[\W_]+")
_CARD = re.compile(
    r"(?<![\d.,])(?:[3-6]\d{3}(?:[ \u00a0.-]{1,3}\d{4}){3}|2[2-7]\d\d(?:[ \u00a0.-]{1,3}\d{4}){3}"
    r"|3[47]\d\d[ \u00a0.-]{1,3}\d{6}[ \u00a0.-]{1,3}\d{5}"
    r"|3[068]\d\d[ \u00a0.-]{1,3}\d{6}[ \u00a0.-]{1,3}\d{4}|[2-6]\d{12,18})(?!\d)"
)

_ID_FORMS = re.compile(
    r"""(?<![\w.])(?:
      (?P<cpf>\d{3}\.\d{3}\.\d{3}\s?[-.–/]\s?\d{2} | \d{3}\s\d{3}\s\d{3}[-–]\d{2})
    | (?P<cnpj>\d{2}\.\d{3}\.\d{3}\s?/\s?\d{4}\s?[-–]\s?\d{2})
    | (?P<ssn>\d{3}[-–]\d{2}[-–]\d{4})
    | (?P<ssn_spaced>\d{3}\s\d{2}\s\d{4})
    | (?P<dni>(?:\d{8}|\d{2}\.?\d{3}\.\d{3}|[XYZxyz][-\s]?\d{7})[-\s]?[A-Za-z])
    | (?P<nino>(?![DFIQUV]|.[DFIQUVO]|BG|GB|NK|KN|TN|NT|ZZ)[A-Z]{2}\s?\d\d\s?\d\d\s?\d\d\s?[A-D])
    | (?P<rut>\d{1,2}\.\d{3}\.\d{3}-[\dkK])
    | (?P<rut_plain>\d{7,8}-[\dkK])
    | (?P<rg>\d{1,2}\.\d{3}\.\d{3}-[\dxX])
    | (?P<fiscal>[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z])
    | (?P<curp>[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d)
    | (?P<rfc>[A-ZÑ&]{4}\d{6}[A-Z\d]{3})
    | (?P<nir>[12]\s?\d\d\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?\d[\dAB]\s?\d{3}\s?\d{3}\s?\d\d)
    | (?P<pan>[A-Z]{3}[PCHFATBLJG][A-Z]\d{4}[A-Z])
    | (?P<aadhaar>[2-9]\d{3}\s\d{4}\s\d{4})
    | (?P<eleven>\d{11}) | (?P<fourteen>\d{14})
    )(?![\w]|[.,]\d)""",
    re.VERBOSE,
)
_ID_WORD = re.compile(
    r"""\b(?:ssn | social\ssecurity(?:\s(?:number|no\.?|num))? | sin\snumber | national\sinsurance
        (?:\s(?:number|no\.?))? | ni\s(?:number|no\.?) | nino | passport | pasaporte | passaporte
      | passeport | reisepass(?:nummer)? | driv(?:er|ing)['’]?s?\s(?:licen[cs]e|permit)
      | licencia\sde\sconducir | carteira\sde\smotorista | cnh | f[üu]hrerschein(?:nummer)?
      | permis\sde\sconduire
      | (?:national|government|tax|citizen|personal|tax\spayer)\sid(?:entity|entification)?
      | id\scard | identity\scard | personalausweis(?:nummer)? | ausweisnummer | steuer-?id
      | steueridentifikationsnummer | sozialversicherungsnummer
      | dni | nie | nif | cif | cpf | cnpj | rg | rut | run | curp | rfc | cuil | cuit | c[ée]dula
      | c\.?c\.? | n[úu]mero\sde\s(?:identidad|identidade|identificaci[óo]n | contribuinte)
      | carte\sd['’]identit[ée] | num[ée]ro\sde\ss[ée]curit[ée](?:\ssociale)? | nir
      | codice\sfiscale | bsn | burgerservicenummer | pesel | personnummer | aadhaar | aadhar
      | pan\s(?:card|number|no) | nric | tfn | medicare | nhs\s(?:number|no\.?)
      | sort\scode | routing\snumber | bank\saccount(?:\s(?:number|no\.?))? | kontonummer | blz
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_ID_FIRST_WORDS = (
    "ssn social sin national ni nino nhs passport pasaporte passaporte passeport reisepass driver"
    " drivers driving licencia carteira cnh führerschein fuhrerschein permis government tax citizen"
    " personal id identity personalausweis ausweisnummer steuer steueridentifikationsnummer"
    " sozialversicherungsnummer dni nie nif cif cpf cnpj rg rut run curp rfc cuil cuit cédula"
    " cedula c cc número numero carte numéro nir codice bsn burgerservicenummer"
    " pesel personnummer aadhaar"
    " aadhar pan nric tfn medicare sort routing bank kontonummer blz passnummer reisepassnummer"
    " führerscheinnummer personalausweisnummer identification tin"
)
_ID_TOKENS = frozenset(_ID_FIRST_WORDS.split())
_ID_VALUE = re.compile(
    r"""(?:[\s:#=.,;()"'-]|\b(?:is|was|number|no|num|n[ºo°]|nr|card|licen[cs]e|my|es|[ée]|ist|est
        |und|y|e|and|n[úu]mero|num[ée]ro|nummer|de|del|do|la|el|o|lautet|vaut|for)\b)*
    (?P<value>[A-Za-z]{0,4}[-\s]?\d[\dA-Za-z]*(?:[\s./–-]?(?=[A-Za-z]*\d)[\dA-Za-z]+)*
        (?:[\s.-]?[A-Za-z](?!\w))?)""",
    re.VERBOSE | re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


def find_accounts(found: Found) -> None:
    """Bank accounts (IBAN, mod 97) and payment cards (Luhn; 4-4-4-4 in any case)."""
    text = found.text
    for match in _IBAN.finditer(text):
        start, end = match.span()
        need = iban_length(text[start : start + 2].upper())
        if not need:
            continue
        # the pattern runs on into the words behind: cut at the length of the country
        seen = 0
        stop = start
        while stop < end and seen < need:
            seen += text[stop].isalnum()
            stop += 1
        plain = _NOT_ALNUM.sub("", text[start:stop]).upper()
        if iban_holds(plain) or (
            len(plain) == need and " " in match.group() and len(_DIGIT.findall(plain)) >= 14
        ):
            found.add(start, stop, "iban")
    for match in _CARD.finditer(text):
        plain = _NOT_ALNUM.sub("", match.group())
        grouped = len(plain) != len(match.group())
        if (grouped and len(plain) in (15, 16)) or (_card_length(plain) and luhn_holds(plain)):
            found.add(match.start(), match.end(), "card")


def _card_length(digits: str) -> bool:
    """Whether a card of this first digit has this many digits."""
    length = len(digits)
    if digits[0] == "3":
        return length == (15 if digits[1] in "47" else 14 if digits[1] in "068" else 16)
    if digits[0] == "4":
        return length in (13, 16, 19)
    if digits[0] == "6":
        return 16 <= length <= 19
    return length == 16


def find_ids(found: Found) -> None:
    """National ids, by their form and check digits, or behind a word that names them."""
    text = found.text
    for match in _ID_FORMS.finditer(text):
        form = match.lastgroup or ""
        if _id_holds(form, match.group()):
            found.add(match.start(), match.end(), "id")
    if _ID_TOKENS.isdisjoint(found.words()):
        return
    for word in _ID_WORD.finditer(text):
        value = _ID_VALUE.match(text, word.end())
        if value and len(_DIGIT.findall(value.group("value"))) >= 5:
            found.add(value.start("value"), value.end("value"), "id")


def _id_holds(form: str, text: str) -> bool:
    plain = _NOT_ALNUM.sub("", text)
    if form in ("cpf", "cnpj", "ssn", "nino", "rut", "rg", "fiscal", "curp"):
        return True
    if form == "dni":
        return dni_holds(plain)
    if form == "rut_plain":
        return rut_holds(plain[:-1], plain[-1])
    if form == "nir":
        return plain.isdigit() and nir_holds(plain)
    if form == "aadhaar":
        return verhoeff_holds(plain)
    if form == "eleven":
        return cpf_holds(plain)
    if form == "fourteen":
        return cnpj_holds(plain)
    return False


# -- addresses of machines, births, homes ---------------------------------------------------

_IP4 = re.compile(
    r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\w|\.\d)"
)
_IP_WORD = re.compile(
    r"\b(?:ip|ipv4|address|adresse|endere[çc]o|direcci[óo]n|server|ping|dns|host)\b"
)
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
      (?:[\s:=,-]|\b(?:is|was|on|es|[ée]|el|em|le|am|ist|est|the|my|in)\b){{0,6}})
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
_BIRTH_TOKENS = frozenset(_BIRTH_WORDS.split())

_NAME_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
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
_ADDRESS = re.compile(
    rf"""(?<![\w$€£.,])\d{{1,5}}[A-Za-z]?,?\s(?:(?:[NSEW]|North|South|East|West)\.?\s)?
        (?:(?:{_NAME_WORD}|\d{{1,3}}(?:st|nd|rd|th))\s){{1,3}}{_STREET_AFTER}\b\.?
        (?:,?\s(?:Apt|Apartment|Unit|Suite|Ste|Flat|\#)\.?\s?\#?\w{{1,5}}\b)?
        (?:,?\s{_NAME_WORD}){{0,2}}(?:,?\s[A-Z]{{2}})?(?:,?\s\d{{5}}(?:-\d{{4}})?\b)?
    | (?<![\w$€£.,])\d{{1,4}}(?:\s?(?:bis|ter))?,?\s(?:[Rr]ue|[Aa]venue|[Aa]v\.|[Bb]oulevard|[Bb]d
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
_AFTER_TOKENS = frozenset(_AFTER_WORDS.split())
_BEFORE_TOKENS = frozenset(_BEFORE_WORDS.split())
_POSTCODE = re.compile(
    r"(?<![\w£$€#-])(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[ABD-HJLNP-UW-Z]{2}|[A-Z]{1,2}\d[A-Z\d]?"
    r"\d[ABD-HJLNP-UW-Z]{2})(?![\w-])"
)
_POST_WORD = re.compile(
    r"\b(?:post\s?code|zip(?:\s?code)?|cep|c[óo]digo\spostal|code\spostal|plz|postleitzahl)"
    r"(?:[\s:=,.-]|\b(?:is|es|[ée]|ist|est|number)\b){1,6}"
    r"(?P<value>\d{5}-?\d{3}|\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})(?!\w)",
    re.IGNORECASE,
)


def find_ips(found: Found) -> None:
    """IP addresses; versions of software ("running 8.4.2.72") are none."""
    for match in _IP4.finditer(found.text):
        first, second = match.group().split(".")[:2]
        private = (first == "10" and second != "0") or first == "127"
        if private or int(first) >= _LEAST_IP or _IP_WORD.search(found.low):
            found.add(match.start(), match.end(), "ip")
    if found.text.count(":") < 2:
        return
    for match in _IP6.finditer(found.text):
        found.add(match.start(), match.end(), "ip")


def find_births(found: Found) -> None:
    """Dates behind words such as "born on"."""
    if _BIRTH_TOKENS.isdisjoint(found.words()):
        return
    for match in _BIRTH.finditer(found.text):
        found.add(match.start("date"), match.end("date"), "birthdate")


def find_addresses(found: Found) -> None:
    """Streets with a number, full British postcodes, postcodes behind their word."""
    words, low = found.words(), found.low
    if not _AFTER_TOKENS.isdisjoint(words):
        for match in _ADDRESS.finditer(found.text):
            found.add(match.start(), match.end(), "address")
    if (
        not _BEFORE_TOKENS.isdisjoint(words)
        or "stra" in low or "str." in low or "weg " in low or "platz " in low or "gasse " in low
        or "allee " in low or "damm " in low or "ufer " in low
    ):  # fmt: skip
        for match in _ADDRESS_BEFORE.finditer(found.text):
            found.add(match.start(), match.end(), "address")
    for match in _POSTCODE.finditer(found.text):
        if " " in match.group():
            found.add(match.start(), match.end(), "address")
    if not ("post" in low or "zip" in low or "cep" in low or "plz" in low):
        return
    for match in _POST_WORD.finditer(found.text):
        found.add(match.start("value"), match.end("value"), "address")
