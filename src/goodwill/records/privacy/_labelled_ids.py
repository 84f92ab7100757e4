"""Ids of persons that a word beside them names: passports, licences, tax and insurance numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from goodwill.records.privacy._spans import Found

# Of each alternative one word is among ``_TOKENS`` or matches ``_STEM``.
LABEL = re.compile(
    r"""(?<!\w)(?:ssn | ss(?=\s?\#) | soc(?:ial)?\.?\ssec(?:\.|urity)?\b
      | social\sinsurance | sin\snumber | (?-i:SIN)
      | social(?=\s?(?:[#:\d]|is\b|no\b|number\b)) | national\sinsurance
      | ni\s(?:number|no\b) | nino
      | nhs(?=\s(?:number|no\b|is\b)|\W{0,3}\d) | (?-i:NHI|IRD|CRN|UAN|EPIC|TIN|EIN|NIN|BVN|FIN|DL)
      | medicare | ohip | health\scard(?=\s(?:number|no\b|is\b)|\W{0,3}[\dA-Z])
      | health\sinsurance(?:\s(?:card|policy|id))?(?=\s(?:number|no\b)|\s?[:\#])
      | voter\sid | state\sid | emirates\sid | (?-i:SA|RSA)\sid | ghana\scard | mykad | hkid
      | ic\s(?:number|no\b) | kra\spin | share\scode
      | (?:unique\s)?tax\s?payer(?:['’]?s)?(?:\s\w+)?
      | utr | itin | tfn
      | tax\s(?:file|reference|id\w*|number)
      | passport | pasaporte | passaporte | passeport | (?:reise)?pass-?(?:nummer|nr) | reisepass
      | (?-i:Pass)(?=\s(?:ist|Nr|lautet)|\W{0,3}[A-Z]\d) | dokument(?:en)?-?(?:nummer|nr)
      | driv(?:er|ing)['’]?s?\s(?:licen[cs]e|permit) | dl\s(?:number|no\b|\#) | permis\sde\sconduire
      | (?:licencia|permiso|carn[ée]t?)\sde\s(?:conducir|conducci[óo]n|manejo) | cnh
      | carta\sde\scondu[çc][ãa]o | carteira\s(?:nacional\s)?de\s(?:motorista|habilita[çc][ãa]o)
      | f[üu]hrerschein[\w-]*
      | (?:national|government|tax|citizen|personal|photo)\sid(?:entity|entification)?(?:\scode)?
      | (?:my|his|her|their)\sid(?=\s(?:number|no\b|is\b)|\s?[#:])
      | (?:south\safrican|foreign|resident|(?-i:[A-Z])[a-z]+(?:ish|an|ese|ch|li))\sid
      | id\s(?:card|document) | identity\s(?:card|number|document)
      | national\s(?:register|registration|number) | residence\spermit | green\scard | brp
      | aufenthaltstitel[\w-]* | (?:personal)?ausweis-?(?:nummer|nr|id)? | perso(?:-?(?:nummer|nr))?
      | documento\s(?:nacional\s)?de\sident\w+
      | documento(?=,?\s?(?:n[º.o]\.?[º°]?\s?|n[úu]mero\s|es\s(?:el\s)?|é\s)?
        [:\#]?\s?\d)
      | c[ée]dula(?:\sde\s\w+(?:\sy\s\w+)?)? | c\.?c\.?
      | n[úu]mero\sde\safiliaci[óo]n | clave\sde\selector | credencial\spara\svotar
      | seguro\ssocial | carn[ée]t?\sde\sextranjer[íi]a
      | (?-i:CI|BI|DU|DPI|CUI|NUIP|NIC|INE|IMSS)
      | (?-i:C\.\s?[IE]|R\.\s?G|D\.\s?N\.\s?I|C\.\s?P\.\s?F)
      | (?-i:PIS|PASEP|NIS|CNS|CTPS|SNS) | t[íi]tulo\s(?:de\seleitor|eleitoral)
      | cart[ãa]o\s(?:do\s)?sus | carteira\sde\strabalho | nit(?=\W{0,3}\d)
      | utente(?=\W{0,3}(?:n\W{0,2}\s?)?\d|\sn) | carn[ée]t?\sde\sidentidad
      | (?:carteira|bilhete)\sde\sidentidade
      | identidade(?=\s?(?:n[º.o]|[:\#]|\d|é\s|-\s\d))
      | cart[ãa]o\sd[eo]\scidad[ãa]o | carte\sd['’]identit[ée]
      | n[úu]mero\sde\sidenti\w+
      | dni | (?-i:NIE|RUN|CIF|NIT|RIF|RUC|OIB|CNP|EGN|CPR|PAN) | nif | cif | cpf | cnpj | rg | rut
      | nie(?=\W{0,3}[xyz]) | curp | rfc | cuil | cuit | nir | codice\sfiscale | bsn
      | burgerservicenummer | pesel | (?:national|person)[a-z]{0,8}nummer
      | aadhaa?r | pan\s(?:card|number|no\b) | nric | ppsn?
      | hetu | amka | f[øo]dselsnummer | rodn[ée]\s[čc][íi]slo | asmens\skodas | teudat\szehut
      | (?:tc\s)?kimlik | niss | nuss | nss | segur(?:idad|an[çc]a)\ssocial
      | s[ée]curit[ée]\ssociale
      | contribuinte | (?:n[úu]mero|identifica[çc][ãa]o)\sfiscal
      | steuer(?:liche)?[-\s]?(?:identifikations|id)?-?(?:nummer|nr\b|id\b)(?:-?(?:nummer|nr))?
      | (?:steuerliche\s)?identifikationsnummer | st\.?-?(?:id|nr)(?:-?nr)? | id-?(?:nr|nummer)
      | \w*versicher(?:ungs|ten)-?(?:nummer|nr) | (?:sv|rv|kv|ahv)-?(?:nummer|nr) | svnr | ahv
      | abgabenkontonummer
      | sort\scode | routing\snumber | bank\saccount | kontonummer | blz
    )\b\.?""",
    re.VERBOSE | re.IGNORECASE,
)
_WORDS = (
    "ssn social sin national ni nino nhs medicare taxpayer taxpayers tax utr itin tfn passport"
    " pasaporte passaporte passeport reisepass drivers driver driving dl permis licencia permiso"
    " carnet carné cnh carta carteira government citizen personal photo id identity permit green"
    " brp documento cédula cedula cc c ci bi bilhete identidade cartão cartao carte número"
    " numero dni nie run cif nit rif ruc oib cnp egn cpr pan nif cpf cnpj rg rut curp rfc cuil"
    " cuit nir codice bsn burgerservicenummer pesel aadhaar aadhar nric pps ppsn hetu amka"
    " fødselsnummer fodselsnummer rodné rodne kodas zehut kimlik niss nuss nss seguridad"
    " segurança seguranca sécurité securite contribuinte identificação identificacao"
    " identifikationsnummer idnr idnummer nummer nr perso persos persr stnr stidnr svnr ahv sv"
    " rv kv abgabenkontonummer sort routing bank kontonummer blz"
    " ss soc nhi ird crn uan epic tin ein nin bvn fin ohip health voter state emirates sa rsa ghana"
    " mykad hkid ic kra share clave credencial seguro du dpi cui nuip nic ine imss d r pis pasep"
    " nis cns ctps sns título titulo utente pass"
)
_TOKENS = frozenset(_WORDS.split())
_STEM = re.compile(
    r"steuer|f[üu]hrerschein|aufenthalts|\w*ausweis|\w*versicher|(?:reise)?pass(?:nummer|nr)|dokument"
    r"|(?:sv|rv|kv|ahv|perso)n|\w*person\w*nummer|national\w*nummer"
)
_NUMBER = (
    r"numbers?|no|num|n\.?\s?[ºo°]|nr|n[úu]m|n[úu]mero|num[ée]ro|nummer|code|card"
    r"|licen[cs]e|karte|de\sidentidad"
)
# What may stand between the word and the value without saying anything.
_BETWEEN = rf"""(?:[\s:\#=.,;()"'“„*–-]|\b(?:{_NUMBER}|(?-i:is|was|my|es|[ée]|ist|est|und|y
    |e|and|de|del|do|la|el|to|should|must|be|reads?|also|hier|here|sob|titular|comprador|cliente|solicitante
    |o|lautet|vaut|for|which|it|noch|einmal|wie|folgt|nochmals?|se[rj]a?|será|again|outra|vez|otra
    |nuevo|die|der|das|the|a))(?!\w))*"""
_GROUPS = (
    r"\d[\dA-Za-z]*(?:(?:[./–-]|[^\S\n])(?=[A-Za-z]{0,3}\d|[A-Z]\s\d)[\dA-Za-z]+)*"
    r"(?:(?:[.-]?[A-Za-z]|[^\S\n](?-i:[A-Z]))(?!\w))?"
)
VALUE = (
    rf"(?:(?-i:[A-Z]{{1,4}})[-\s]?|[A-Za-z]{{1,5}}-?)?{_GROUPS}|(?-i:[A-Z][A-Z\d]{{6,19}})(?!\w)"
)
_RIGHT_BEHIND = re.compile(rf"{_BETWEEN}(?P<value>{VALUE})", re.VERBOSE | re.IGNORECASE)
# "PPS number for the application is 1234567T"
_SAID_BEHIND = re.compile(
    rf"""(?P<gap>(?:(?!(?<!\bn[or])[.!?;]\s)[^\d\n]){{0,50}}?)
    (?:[:=]|,\sdie|\b(?:is|should\sbe|es|[ée]|ist|lautet|war|was)\b(?:\s(?:the|el|la|o|a|die|der)\b)?)
    \s{{0,2}}["(*]?
    (?P<value>{VALUE})""",
    re.VERBOSE | re.IGNORECASE,
)
# "it's 1234567T, that is my PPS number", "1234567T (PPS number)"
_SAID_BEFORE = re.compile(
    rf"""(?<![\w./-])(?P<value>{VALUE})[\s,]{{1,3}}
    (?:(?:that|this|which|das|eso|ese|esto|isso|esse|este)['\s])?(?:is|['’]?s|es|[ée]|ist|was|era|war)\s
    (?:(?:my|his|her|our|the|mi|su|el|la|o|a|meu|minha|die|der|das|meine?r?|deren)\s){{1,2}}$""",
    re.VERBOSE | re.IGNORECASE,
)
_BRACKETED = re.compile(rf"(?<![\w./-])(?P<value>{VALUE})\s?\($", re.VERBOSE | re.IGNORECASE)
# "The passport on my account should be ...": of whose account, says nothing of the number.
_ON_FILE = re.compile(
    r"\b(?:on|in|for)\s(?:my|the|your|our)\s(?:account|file|profile|customer\s\w+|policy|contract)\b",
    re.I,
)
_OF_ANOTHER = re.compile(
    r"\b(?:orders?|pedidos?|encomendas?|bestell\w*|invoices?|factura|fatura|rechnung\w*|tel\w*|phone|mobile"
    r"|handy\w*|m[óo]vil|ref\w*|cliente|customer|kunden\w*|tracking|iban|conta|account|case|ticket|bookings?"
    r"|reserva\w*|buchung\w*|flight|claim|policy)\b",
    re.IGNORECASE,
)
# "RG-257801" is an invoice's number as "RE-257801" is, "RG-12.345.678-9" the paper of that name.
_CODED = re.compile(r"(?<![A-Z])[A-Z]{2,3}-\d+(?![\w.]*[.-]?\d)")
_DATE = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d\d|\d{4})|\d{4}[./-]\d\d?[./-]\d\d?)\Z")
_AMOUNT_BEHIND = re.compile(
    r"[.,]?\d*\s?(?:[€$£%]|eur|usd|gbp|brl|reais|d[óo]lares|pounds|dollars"
    r"|(?:km|kg|cm|mm|dpi|miles|kilomet\w+|meter|metros|st[üu]ck|pieces|pcs|(?:a|per)\s(?:month|year))\b)",
    re.I,
)
# Labels that other things bear too, and how the ids are written.
_WRITTEN = {
    "dpi": re.compile(r"(?:\W?\d){13}\Z"),
    "ein": re.compile(r"\d\d-?\d{7}\Z"),
    "share code": re.compile(r"[WRS](?:[ -]?[A-Z\d]){8}\Z", re.I),
}
# "Dokumentnummer" is of a paper of these, or of a delivery note.
_PAPERS = re.compile(
    r"ausweis|f[üu]hrerschein|aufenthaltstitel|\b(?:reise)?pass(?:es|nummer)?\b|\bperso\b", re.I
)
_DIGIT = re.compile(r"\d")
_LEAST_DIGITS, _LEAST_LOW, _LEAST_MIXED = 5, 4, 3  # of a value; with a letter; with a capital
_BEFORE = 70  # characters before the word in which a value may stand
_NEAR = 70  # characters around it in which its paper is named
FORMS = (LABEL,)


@lru_cache(maxsize=50_000)
def speaks_of_an_id(word: str) -> bool:
    """Whether a word in lower case may be one of a label."""
    return word in _TOKENS or _STEM.match(word) is not None


def find_labelled_ids(found: Found) -> None:
    """Values right behind a word such as "passport", or said to be one."""
    if not any(map(speaks_of_an_id, found.words())):
        return
    text = found.text
    for label in LABEL.finditer(text):
        start, end = label.span()
        value = _RIGHT_BEHIND.match(text, end)
        if not (value and _may_be_an_id(label, value)):
            value = _SAID_BEHIND.match(text, end)
            gap = _ON_FILE.sub("", value["gap"]) if value else ""
            other = "[id]" in gap or _OF_ANOTHER.search(gap)
            if value and (other or not _may_be_an_id(label, value)):
                value = None
        if value is None:
            low = max(0, start - _BEFORE)
            value = _SAID_BEFORE.search(text, low, start)
            if value is None and text[end : end + 1] == ")":
                value = _BRACKETED.search(text, low, start)
            if value and not _may_be_an_id(label, value):
                value = None
        if value:
            found.add(*value.span("value"), "id")


def _may_be_an_id(label: re.Match[str], match: re.Match[str]) -> bool:
    """Whether there are enough digits, and no date or amount."""
    value = match["value"]
    digits = len(_DIGIT.findall(value))
    least = _LEAST_DIGITS
    if value.isalnum() and value[0].isalpha():
        least = _LEAST_MIXED if value[0].isupper() else _LEAST_LOW
    written = _WRITTEN.get(" ".join(label[0].lower().split()))
    if written and not written.match(value):
        return False
    if label[0].lower().startswith("dokument"):
        low, high = max(0, label.start() - _NEAR), match.end("value") + _NEAR
        if not _PAPERS.search(label.string[low:high]):
            return False
    if _CODED.match(label.string, label.start()):
        return False
    # A sort code is written as a date is: 12-34-56.
    dated = _DATE.match(value) and not label[0].lower().startswith("sort")
    return (
        digits >= least and not dated and not _AMOUNT_BEHIND.match(match.string, match.end("value"))
    )
