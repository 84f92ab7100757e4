"""What is known about a word: given name, surname, common word, place, brand, cue.

The lists ship as ``names.bin``, made by ``models/names/make.py`` (sources and licences there).
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import cache
from importlib import resources

GIVEN, SURNAME, WORD, PLACE, BRAND, CORE = 1, 2, 4, 8, 16, 32
"""Bits of a word; CORE marks given names common where English, Spanish, Portuguese, French,
German, Italian, Dutch or Polish is spoken, and common romanised names of other origins."""

CAPITAL, UPPER = 64, 128
"""Bits of a word as it stands: begins with a capital, is all capitals."""

HALF = 256
"""Given names that are words as well, but names where a capital stands inside a sentence."""

GRAMMAR = 512
"""Words of grammar and of service, which end a name even with a capital."""

NAME = GIVEN | SURNAME
DOUBT = WORD | PLACE | BRAND

GREETS, TITLES, CLOSES, NAMES, INTRODUCES, LABELS, TALKS, SENDS = (1 << n for n in range(10, 18))
"""Bits of words that speak of a name behind them, one bit a rule of ``_names``."""

INITIAL = 1 << 18
"""A single capital letter."""

RARE = 1 << 19
"""Surnames that only a census of many origins knows: they make no name of a plain word before."""

CUE = GREETS | TITLES | CLOSES | NAMES | INTRODUCES | LABELS | TALKS | SENDS

WORTH = CUE | CAPITAL | CORE | GIVEN
"""Bits of words that speak of a name or may begin one: of a text, one in four."""

_DEEDS = (
    "spoke spoken speaking speak talk talked talking chat chatted chatting dealt dealing asked"
    " ask said told hable hablado hablar falei falar atendido atendida parle parler gesprochen"
    " cc handed delivered left signed given call phone ring contact entregue entregado"
    " entregaron assinado firmado firmo recibio remis signe abgegeben ubergeben bei"
)
_PERSONS = (
    "agent rep representative manager supervisor driver employee colleague husband wife mother"
    " father brother sister daughter son neighbour neighbor aunt uncle cousin nephew niece"
    " grandmother grandfather grandma grandpa partner girlfriend boyfriend fiance fiancee"
    " flatmate housemate roommate technician engineer receptionist advisor adviser courier"
    " marido esposa esposo madre padre hijo hija hermano hermana vecino vecina suegra suegro"
    " cunada cunado abuela abuelo tia tio prima primo nieta nieto sobrina sobrino novia novio"
    " companero companera azafata tecnico tecnica asesor asesora recepcionista vendedor"
    " vendedora repartidor repartidora mensajero gerente encargado encargada supervisora"
    " empleado empleada mae irmao irma filho filha vizinho vizinha sogra sogro cunhada cunhado"
    " neta neto namorada namorado noiva noivo colega comissaria comissario consultor consultora"
    " entregador atendente funcionario funcionaria mutter vater bruder schwester tochter sohn"
    " nachbar nachbarin schwager schwagerin schwiegermutter schwiegervater oma opa tante onkel"
    " enkel enkelin freundin ehemann ehefrau mitbewohner mitbewohnerin kollege kollegin"
    " mitarbeiter mitarbeiterin techniker technikerin monteur fahrer fahrerin berater beraterin"
    " sachbearbeiter sachbearbeiterin verkaufer verkauferin gewisser gewisse tal caller anrufer"
    " anruferin llamante"
)
PERSONS = frozenset(_PERSONS.split())
"""Words for persons, who are called by a surname too."""
_CUE_WORDS = {
    GREETS: (
        "hi hiya hello hey dear greetings morning afternoon evening day ola oi dia tarde noite"
        " prezado prezada prezados prezadas exmo exma apreciado apreciada gruezi gruss servus"
        " caro cara hola dias tardes noches estimado estimada estimados querido querida bonjour"
        " bonsoir salut cher chere hallo tag morgen abend liebe lieber liebes geehrte geehrter"
        " servus moin ciao gentile hallochen yo oye oiga che opa ei tach willkommen welcome"
        " bienvenido bienvenida"
    ),
    TITLES: (
        "mr mrs ms miss mx dr dra prof sir sr sra srta senor senora senorita senhor senhora seu"
        " dna don dona herr herrn frau mme mlle madame monsieur signor signora doctor doctora"
        " doutor doutora fr ing eng lic dipl-ing"
    ),
    CLOSES: (
        "regards best sincerely thanks thank thankyou thx tks ty cheers love truly faithfully"
        " respectfully cordially yours wishes atenciosamente att abraco abracos abs obrigado"
        " obrigada grato grata cordialmente saludos saludo atentamente gracias abrazo"
        " cordialement merci vous salutations grussen grusse gruss mfg vg lg danke signed xoxo"
        " xx xxx x bg hg vlg gez pp hochachtungsvoll dank slds atte bs bjs bj bjos beijos"
        " beijinhos besos abrazos cumprimentos saudacoes respeitosamente subscrevo-me pronto fdo"
        " firmado ass assinado bises bisous hugs amicalement warmly besitos bussi bussis busserl"
        " baba valeu vlw"
    ),
    NAMES: (
        "name names nombre llamo llama nome chamo chama nom m'appelle heisse namen chiamo naam"
        " named"
    ),
    INTRODUCES: (
        "am i'm im this it it's soy sou aqui suis bin hier c'est called suscribe atiende atende"
    ),
    LABELS: (
        "name names nombre nombres apellido apellidos nome sobrenome nom prenom vorname"
        " nachname customer client passenger guest recipient attn attention signed sender"
        " cliente user usuario usuaria utilizador utilizadora benutzer driver motorista"
        " conductor fahrer fahrerin ansprechpartner ansprechpartnerin vertragspartner"
        " destinatario destinataria kunde kundin cardholder holder titular from to cc contact"
        " surname forename firstname lastname fullname huesped hospede pasajero pasajera"
        " passageiro passageira participantes participants attendees guests gast gaste"
        " teilnehmer teilnehmerin reisende reisender beneficiary beneficiario beneficiaria payee"
        " empfanger empfangerin auftraggeber auftraggeberin kontoinhaber kontoinhaberin"
        " karteninhaber karteninhaberin patient paciente patientin versicherter versicherte"
        " asegurado segurado tomador inquilino mieter tenant policyholder insured segurada"
        " versicherungsnehmer versicherungsnehmerin vn tercero terceiro claimant passengers"
        " passageiros passageiras pasajeros pasajeras huespedes hospedes viajeros travellers"
        " travelers applicant solicitante antragsteller antragstellerin requerente contacto"
        " contato kontakt payer ordenante teilnehmende asistentes assistentes spouse conyuge"
        " conjuge ehepartner apelido faturar facturar entregar enviar lieferung rechnung bill"
        " ship deliver"
    ),
    TALKS: f"{_DEEDS} {_PERSONS}",
    SENDS: "from",
}
_CUES: dict[str, int] = {}
for _rule, _words in _CUE_WORDS.items():
    for _word in _words.split():
        _CUES[_word] = _CUES.get(_word, 0) | _rule

_PREFIXES = re.compile(r"(?:Mc|Mac|O['’]|D['’]|De|Di|Da|La|Le|Van|Fitz)[A-Z]")


def fold(word: str) -> str:
    """Lower case, no accents, plain apostrophe: the form in which words are looked up."""
    if word.isascii():
        return word.lower()
    word = unicodedata.normalize("NFKD", word.lower().replace("’", "'").replace("ß", "ss"))
    return "".join(c for c in word if not unicodedata.combining(c))


@cache
def _lists() -> tuple[dict[str, int], list[str], dict[str, int]]:
    packed = resources.files(__package__).joinpath("names.bin").read_bytes()
    flags: dict[str, int] = {}
    phrases: list[str] = []
    things: dict[str, int] = {}
    for line in zlib.decompress(packed).decode().split("\n"):
        head, _, tail = line.partition(" ")
        if head == "phrases":
            phrases = tail.split("|")
        elif head == "things":
            kind, *names = tail.split("|")
            things.update(dict.fromkeys(names, int(kind)))
        else:
            flags.update(dict.fromkeys(tail.split(" "), int(head)))
    return flags, phrases, things


def known_things() -> dict[str, int]:
    """Brands and towns of which a word is a name, folded, with their kind (see ``_things``)."""
    return _lists()[2]


_ACCENTED = {
    "a": "aáàâãä",
    "e": "eéèêë",
    "i": "iíï",
    "o": "oóôõö",
    "u": "uúü",
    "n": "nñ",
    "c": "cç",
}


def _any_accent(word: str) -> str:
    return "".join(f"[{_ACCENTED[c]}]" if c in _ACCENTED else re.escape(c) for c in word)


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    """The patterns of the phrases, by the letters with which they begin in a text."""
    by_run: dict[str, list[str]] = {}
    for phrase in sorted(_lists()[1], key=len, reverse=True):
        # "Ben & Jerry", "Ben and Jerry" and "Papa John's" in any spacing, "Fritz!Box"
        form = r"(?:['’]s)?(?:[.'’]?\s+|!)".join(map(_any_accent, phrase.split())) + r"(?:['’]?s)?"
        run = re.match("[a-z]*", phrase.lower())
        assert run and run.group(), f"a phrase begins with a letter: {phrase}"
        for begin in (run.group(), run.group() + "s"):
            by_run.setdefault(begin, []).append(form)
    return {
        run: re.compile(rf"(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)
        for run, forms in by_run.items()
    }


_RUN = re.compile(r"(?<!\w)[A-Za-z\u0130\u0131\u017f\u212a]+")
_LIKE_ASCII = str.maketrans("\u0130\u0131\u017f\u212a", "iisk")  # whatever their case


def find_phrases(text: str) -> list[tuple[int, int]]:
    """Firms, products and places of several words that look like names of persons."""
    patterns = _phrases()
    found: list[tuple[int, int]] = []
    behind = 0
    for run in _RUN.finditer(text):
        letters = run.group()
        letters = (letters if letters.isascii() else letters.translate(_LIKE_ASCII)).lower()
        pattern = patterns.get(letters)
        if pattern is None or run.start() < behind:
            continue
        if match := pattern.match(text, run.start()):
            behind = match.end()
            found.append(match.span())
    return found


def may_hold_phrase(words: set[str]) -> bool:
    """Whether a text of plain letters, with these words in lower case, may hold a phrase."""
    return not _phrases().keys().isdisjoint(words)


_KNOWN: dict[str, int] = {}
_MOST_KNOWN = 200_000  # words remembered, some 20 MB


def bits_of(words: list[str]) -> list[int]:
    """The bits of each word, of which most were met before."""
    try:
        return [_KNOWN[word] for word in words]
    except KeyError:
        if len(_KNOWN) > _MOST_KNOWN:
            _KNOWN.clear()
        for word in words:
            if word not in _KNOWN:
                _KNOWN[word] = bits(word)
        return [_KNOWN[word] for word in words]


def bits(word: str) -> int:
    """The bits of a word as it stands in a text."""
    found = CAPITAL if word[0].isupper() else 0
    if found and len(word) > 1 and word.isupper():
        found |= UPPER
    if found and len(word) == 1:
        found |= INITIAL
    folded = fold(word)
    if folded.endswith("'s"):
        folded = folded[:-2]
    found |= _CUES.get(folded) or _drawn_out(folded)
    flags = _lists()[0]
    known = flags.get(folded)
    if known is None:
        known = _bits_of_parts(word, folded, flags)
    if not known and found & CAPITAL and _mixed(word):
        known = BRAND
    return found | known


def _drawn_out(folded: str) -> int:
    """Of "holaa" and "thankss" what is true of "hola" and "thanks"."""
    if folded[-1:] != folded[-2:-1]:
        return 0
    return _CUES.get(folded.rstrip(folded[-1]) + folded[-1], 0) & (GREETS | CLOSES)


_SHORT_NAME = 4  # letters of a name that is a word too, before a hyphen
_ARTICLES = frozenset(("al", "el", "ben", "abu", "ibn", "bin", "ait", "ou"))


def _bits_of_parts(word: str, folded: str, flags: dict[str, int]) -> int:
    """Of a compound: "jean-pierre" and "al-otaibi" are names, "e-mail" and "wi-fi" are not."""
    if "-" in folded:
        first, *others = folded.split("-")
        if first in _ARTICLES and len(others[0]) > 2 and not flags.get(others[0], 0) & GRAMMAR:
            return SURNAME
        parts = [flags.get(p, 0) if len(p) > 2 else _short(p, flags) for p in (first, *others)]
        if any(p & DOUBT and not p & NAME for p in parts):
            return GIVEN if _is_double(word, parts) else WORD
        together = 0
        for part in parts:
            if not part & DOUBT:
                together |= part & NAME
        if together & GIVEN and all(p & CORE and not p & DOUBT for p in parts):
            together |= CORE
        return together
    if "'" in folded:
        head, _, tail = folded.partition("'")
        if head in ("o", "d", "l", "n", "m") and len(tail) > 2:
            return flags.get(head + tail, 0) or (flags.get(tail, 0) & SURNAME) or SURNAME
        return WORD
    return 0


def _is_double(word: str, parts: list[int]) -> bool:
    """Whether a short word and a common given name stand together, as in "Jan-Philipp"."""
    written = word.split("-")
    return (
        len(written) == 2
        and all(part[:1].isupper() for part in written)
        and len(written[0]) <= _SHORT_NAME
        and bool(parts[1] & GIVEN and parts[1] & CORE)
        and not parts[1] & DOUBT
    )


def _short(part: str, flags: dict[str, int]) -> int:
    """Of the short part of a compound: that of "Eun-ji" is of a name, that of "wi-fi" is not."""
    return flags.get(part, 0) & NAME or WORD


def _mixed(word: str) -> bool:
    """Whether capitals stand inside the word, as in JetBlue, and not as in McDonald."""
    if word.isupper() or _PREFIXES.match(word):
        return False
    inner = re.split(r"['’-]", word)
    return any(part[1:] != part[1:].lower() for part in inner)
