"""Telephone numbers of many countries, told from order numbers, dates, amounts and ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

import phonenumbers

from goodwill.records.privacy._spans import Found

_SEP = r"[\s.\-\u2010-\u2015/]"
_EXTENSION = re.compile(
    r",?\s?(?:x|ext\.?|extension|ramal|durchwahl|poste|int\.?)\s?\.?:?\s?\d{1,5}\b", re.IGNORECASE
)
# Each begins with a character, so that the engine looks only where one stands, and then looks back.
_INTERNATIONAL = re.compile(
    rf"[+＋0(](?<![\w+].)(?:(?<=[+＋])|(?<=0)0|(?<=0)11{_SEP}|(?<=\()\+)\s?\(?\d"
    rf"(?:[\s.\-\u2010-\u2015/()]{{0,3}}\d){{6,14}}(?!\d)"
)
_NATIONAL_BEGINS = re.compile(r"[\d(](?<![\w#$€£.,:+/-].)(?<!\#\s.)")
_NATIONAL = re.compile(
    rf"""(?<![\w#$€£.,:+/-])(?<!\#\s)(?:
      (?:1{_SEP})?(?:\(\d{{3}}\)\s?|\d{{3}}{_SEP}{{1,2}})\d{{3}}{_SEP}?\d{{4}}
    | (?:0{_SEP}?)?\(?0?\d{{2}}\)?\s?-?9?{_SEP}?\d{{4}}{_SEP}\d{{4}}
    | \d{{5}}[-\s]\d{{4,6}}
    | \(?0\d{{1,5}}\)?(?:{_SEP}{{1,3}}\d{{2,8}}){{1,5}}(?:{_SEP}\d)?
    | \(0\d{{1,5}}\)\d{{4,8}} | \(\d{{1,4}}\)\s?\d{{3,4}}{_SEP}?\d{{3,4}}
    | [2-9]\d{{2}}(?:{_SEP}\d{{2}}){{3}} | [2-9]\d{{2}}{_SEP}\d{{3}}{_SEP}\d{{3}}
    | [89]\d{_SEP}\d{{3}}{_SEP}\d{{2}}{_SEP}\d{{2}}
    | \d{{2,3}}{_SEP}\d{{3,4}}{_SEP}\d{{4}} | 9{_SEP}\d{{4}}{_SEP}\d{{4}}
    | 3\d\d{_SEP}\d{{6,7}} | \d{{3}}{_SEP}\d{{7}}
    )(?![^\WxX]|[.,/-]\d)""",
    re.VERBOSE,
)
# The seven digits, near each other, that every number has.
_DENSE = re.compile(r"\d(?:[\s.\-\u2010-\u2015/()+＋]{0,6}\d){6}")
PHONE_WITH_CUE = re.compile(
    r"\d(?<![\w#$€£.,+].)(?:[\s.\-\u2010-\u2015/()]{0,2}\d){6,13}(?![\w]|[.,]\d)"
)
_COMPACT = re.compile(r"\d(?<![\w#$€£.,:+/=_-].)(?<!\#\s.)\d{9,10}(?![\w%€£]|[.,/-]\d)")
_DATE = re.compile(
    r"(?:(?:0?[1-9]|[12]\d|3[01])(?P<a>[./-])(?:0?[1-9]|1[0-2])(?P=a)(?:(?:19|20)\d\d|\d\d)"
    r"|(?:0?[1-9]|1[0-2])(?P<b>[./-])(?:0?[1-9]|[12]\d|3[01])(?P=b)(?:(?:19|20)\d\d|\d\d)"
    r"|\d\d?\s\d\d?\s(?:19|20)\d\d"
    r"|(?:19|20)\d\d[./\-\s](?:0[1-9]|1[0-2])[./\-\s]?(?:0[1-9]|[12]\d|3[01]))(?:\s\d{1,4})?\Z"
)
_YEARS = re.compile(r"(?:19|20)\d\d[\s\-\u2010-\u2015/](?:19|20)\d\d\Z")

# Words for telephones and calls by their stems; letters such as "T:" as on a card.
_PHONE_WORD = (
    r"(?:\b(?:(?:cell|smart)?phones?|ph|t[eé]l(?:[eé](?:f|ph|m[oó])\w*|[eé]?m|f\w?)?|tlfn?|tlm|tfn|tfno"
    r"|fone|fono?|cel|cell|celular|mobile|mob|mobil|m[óo]vil|handy|portable|natel|whats\w*|wpp|zap"
    r"|(?:mobil(?:funk|telefon)?|handy|telefon|ruf|r[üu]ckruf|festnetz|fax|kontakt|notfall)-?(?:nummer|nr)"
    r"|mobiltelefon|festnetz|fax|hotline|landline|line|linha|fixo|fijo|phone\s?number|telephonenumber"
    r"|n[úu]mero\sde\stel[eé]fono|what'?s\s?app"
    r"|call(?:ed|ing)?|call\s?back|ring|text(?:ed|ing)?|txt|sms|dial|reach(?:ed)?|cont[aá]ct(?!less)\w*"
    r"|contat\w*|kontaktier\w*|ll[aá]m\w*|marca\w*|ligu?\w*|liga\w*|comun[ií]qu\w*|comunicar\w*"
    r"|av[ií]s\w*|dire(?:c?to|kt)|durchwahl"
    r"|localiza(?:ble|r[ml]e|rnos)s?|chama|chame|chamar|appel\w*|rappel\w*|joindre|joign\w*"
    r"|anruf\w*|rufen|ruf|r[üu]ckruf\w*|erreich\w*)\b"
    r"|\b[tmphfcw](?=\s?[:.]\W{0,3}$))"
)
_OTHER_WORD = (
    r"(?:\bi\.d\b|\ba/c\b|\b(?:inquiry|enquiry|complaint|reclama\w*|docket|bill|consumer|meter|policy|registration|reg|vin|chassis"
    r"|room|gate|seat|flts?|flights|store|order|orders|ordernumber|tracking|track|invoice|ticket|case|ref|reference|confirmation"
    r"|bookings|article|articles|art[íi]culos?|artigos?|booking|reservation|record|locator|flight|transaction|payment|item|isbn|sku|serial|imei|ean"
    r"|upc|product|model|part|parcel|package|shipment|shipping|account|acct|member|membership"
    r"|customer|client|loyalty|rewards?|id|pnr|claim|incident|request|coupon|voucher|code|código"
    r"|codigo|pedido|pedidos|encomenda|compra|nota|fiscal|fatura|faturas|facturas?|rastreio|rastreamento"
    r"|seguimiento|protocolo|envío|envio|reserva|commande|facture|suivi|colis|dossier|référence"
    r"|bestellung|bestellnummer|bestellnr|auftrag|auftragsnummer|rechnung|rechnungsnummer"
    r"|sendung|vorgang|artikel|buchung|lieferschein|paket|teil|teile|kurs|modell?|gutschrift|gutschein"
    r"|(?!(?:telefon|handy|ruf|mobil|mobilfunk|fax|r[üu]ckruf|festnetz|haus|kontakt|notfall)nummer)\w+nummern?"
    r"|s[ée]ries?|seriennr|seri[ea]l\w*|pe[çc]as?|piezas?|pi[eè]ces?|parts|referenz|refer[êe]ncia"
    r"|albar[áa]n|gu[íi]a|remito|paquetes?|pacotes?|paletes?|pal[ée]|curso|modelo|entradas?|bilhetes?"
    r"|eintrittskarten?|ingressos?|delivery|deliveries|boxes|parcels|courses?|vales?(?!,)|cup[óo]n|cupom"
    r"|version|build|amount|price|total|usd|eur"
    r"|gbp|brl|euros?|dollars?|reais|tweet|status|chamado|boleto|barcode|zip|cep|chave|lote)\b)"
)
_WORD = re.compile(rf"(?P<phone>{_PHONE_WORD})|(?P<other>{_OTHER_WORD})", re.IGNORECASE)
_ANY_WORD = re.compile(r"\w+")
_SPLIT_WORDS = frozenset("iatmphfcw")  # i.d, a/c, t:
_BEHIND_OTHER = re.compile(
    rf"^[\s,;.()-]{{0,3}}(?:is|é|es|ist|est)?\s?(?:my|the|o|el|mi|meu|ma|la|a|mein\w*)?\s?(?:\w+\s)?"
    rf"{_OTHER_WORD}",
    re.IGNORECASE,
)
# "Order 4465764311. Call me on ...": the word before that number is of it alone.
_SETTLED = re.compile(r".*\d{4}[.!?]+\s+", re.DOTALL)
_MY_NUMBER = re.compile(
    r"\b(?:my|mi|meu|meine?)\s(?:number|n[úu]mero|nummer)(?:\s(?:is|es|é|ist|lautet))?[\s:]*$", re.I
)
# The next line of a chat: "I'll call you straight back".
_CALLED_BACK = re.compile(
    r"\s*\n[^\W\d_]+:[^\n]{0,30}\b(?:(?:call|ring|phone|text)\s(?:you|back)|(?:le|te|lhe)\s(?:llam|lig)\w+"
    r"|(?:ligo|ligamos|llamo|llamamos)\b|rufe?n?\s)",
    re.IGNORECASE,
)
_FILLED = re.compile(r"[ \t.!]*(?:[\r\n]|\Z)")
_LONGEST_QUESTION = 180
_SAID_ENDS = frozenset(("is", "es", "é", "ist", "lautet", "number", "numero", "número", "nummer"))
_NUMBER_WORD = re.compile(
    r"\b(?:number|número|numero|numéro|nummer|nº|num|no)\b"
    r"(?:\s(?:(?:of|d[aeo]|von)\s)?(?:my|minha|meu|mi|mein(?:e[rs]?)?)\s\w+|\sdel[ae])?"
    r"[\s:.,=-]*(?:(?:is|es|é|est|ist|lautet|:)(?:\s(?:the|el|o|die))?)?\s*$",
    re.IGNORECASE,
)
# "Any questions: ..." as the last line of a notice.
_QUESTIONS = re.compile(
    r"\b(?:questions?|queries|fragen|r[üu]ckfragen|dudas?|d[úu]vidas?|consultas?)[,:]\s*$", re.I
)
# A code or a message goes to a telephone.
_SENT_TO = re.compile(
    r"\b(?:(?:sent|texted|send|text)(?:\s(?:it|me|us|the\scode|a\scode|the\slink))?\sto"
    r"|(?:gesendet|geschickt|verschickt|ging|geht|schreib\w*|schick\w*|sende\w*)"
    r"(?:\s(?:mir|uns|bitte))*\san"
    r"|(?:env[ií]\w*|mand\w+|escrib\w+|escrev\w+|llega\w*|chega\w*)(?:[\s-](?:me|nos))?\s(?:al?|para|ao|no))"
    r"(?:\s(?:the|die|el|o|la))?\s?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"^[\s,;.()-]{0,3}(?:is\s(?:my|the|our)\s(?:\w+\s)?(?:number|phone|cell|mobile|tel)"
    r"|\(?(?:cell|mobile|home|work|office|whatsapp|móvil|movil|celular|handy|mobil|portable)\b"
    r"|es\smi\s(?:número|numero|teléfono|telefono|móvil)|é\s(?:o\s)?meu\s(?:número|numero|telefone"
    r"|celular|whats)|is\swhere\syou|call\sme|text\sme|to\sreach"
    r"|no\s(?:lo\s)?(?:contesta|atiende|responde)|n[ãa]o\s(?:atende|responde)"
    r"|no\s(?:contesta|atiende|responde)\snadie|(?:nobody|no\sone)\s(?:answers|picks)|(?:geht|hebt|nimmt)\s(?:keiner|niemand))",
    re.IGNORECASE,
)
# A bare number beside a mail address, or behind a name, is how people sign.
_BELOW_OWNER = re.compile(r"(?:\[email\][\s,;/|()-]{1,3}|\[name\][ \t]*[,;/|(\n-]\s*)$")
_ABOVE_OWNER = re.compile(r"^[\s,;/|()-]{1,3}\[email\]")
# "the number 866985569" is whatever was spoken of; "my number" is a telephone's.
_THE_NUMBER = re.compile(
    r"\b(?:the|this|that|die|der|el|ese|este|o|esse|este)\s(?:number|nummer|n[úu]mero)\s*$", re.I
)
_ABOUT = re.compile(
    r"\b(?:about|regarding|concerning|re|wegen|bez[üu]glich|betreffend|betreffs|sobre|acerca\sde"
    r"|respecto\sa|quanto\sa|relativo\sa|pregunta\spor|pergunta\spel[ao]|retraso\sde"
    r"|atraso)[\s:]*(?:the|die|el|la|o|a)?\s*$",
    re.IGNORECASE,
)
# The words with which such a phrase ends, in any case of letters.
_ABOUT_ENDS = frozenset(
    (
        "about", "regarding", "concerning", "re", "wegen", "bezüglich", "bezuglich", "betreffend",
        "betreffs", "sobre", "por", "pelo", "pela", "atraso", "de", "a", "o", "the", "die",
        "el", "la",
    )
)  # fmt: skip
_QUESTION_ENDS = (",", ":")
_SENT_ENDS = frozenset(("to", "an", "a", "al", "para", "ao", "no", "the", "die", "el", "o", "la"))
# "CP 933 945 732 DE": letters and digits of the post, as the Universal Postal Union lays down (S10)
_POSTED = re.compile(r"(?<![A-Za-z])(?:[A-Z]{2}\s?|[a-z]{2})$")
_POSTED_BEHIND = re.compile(r"(?:\s?[A-Z]{2}|[a-z]{2})(?![A-Za-z]|\s[A-Z]{2})")
_RUN_BEFORE = re.compile(r"(?:\d+[ \u00a0-])+$")
_RUN_BEHIND = re.compile(r"(?:[ \u00a0-]\d+)+")
_SPEAKER = re.compile(r"(?:customer|client|cliente|kund(?:e|in)):\s", re.IGNORECASE)
# A number alone on its line behind a question ("And a number in case we're cut off?").
_ASKED = re.compile(r"(?P<question>[^\n]{4,150}[?:])\s*\n\s*(?:[^\W\d_]+:\s*)?$")
_MOST_DIGITS = 15  # of a telephone number, with its country (E.164)
_MOST_BARE = 13  # without any sign between them, and without a plus
_BEHIND_LETTERS = re.compile(r"[A-Za-z]\d?-$")  # RE-8750430
_SEVERAL = re.compile(r"(?:\+?\d{9,13}[ \u00a0-]?){2,}\Z")  # one telephone beside another
# "100-7130-8515": no country lets a number begin like this.
_DIALLED_NOWHERE = re.compile(r"1[0-2]\d[\s.\-\u2010-\u2015/]\d{4}[\s.\-\u2010-\u2015/]\d{4}\Z")
_CHAT_LINK = re.compile(
    r"(?:\bwa\.me/|whatsapp\.com/send/?\?phone=)\+?(?P<value>\d{8,15})(?!\w)", re.IGNORECASE
)
PHONE_FORMS = (_CHAT_LINK, _INTERNATIONAL, _NATIONAL, _COMPACT)
_MONEY = re.compile(r"(?:[$€£¥₹]|r\$|us\$|\b(?:usd|eur|gbp|brl|rs)\.?)\s*$", re.IGNORECASE)
_MONEY_SIGNS = tuple("$€£¥₹")
_MONEY_WORDS = frozenset(("usd", "eur", "gbp", "brl", "rs"))
_MONEY_BEHIND = re.compile(
    r"^\s*(?:[$€£¥₹%]|(?:usd|eur|gbp|brl|euros?|dollars?|reais|pesos|k|km|kg|miles|points|points)\b)",
    re.IGNORECASE,
)
_GUESSES = ("US", "GB", "BR", "ES", "FR", "DE", "MX", "IN", "AU", "PT", "IT", "CO", "AR")
_NOT_DIGIT = re.compile(r"\D+")
_DIGIT = re.compile(r"\d")
_LIKE_VERSION = re.compile(r"(?:^|\D)\d\.\d{1,2}\.|\.\d\.|\.\d+/|^\+\s\d+\.\d")
_GROUP_END = re.compile(r"[\s.\-\u2010-\u2015/()]+\d+\Z")


def find_phones(found: Found, *, formed: bool = True) -> None:
    """Telephone numbers of any country; ``formed`` as in ``phones_of``."""
    for start, end in phones_of(found.text, formed):
        behind = _EXTENSION.match(found.text, end)
        found.add(start, behind.end() if behind else end, "phone")


@lru_cache(maxsize=20_000)
def phones_of(text: str, formed: bool = True) -> tuple[tuple[int, int], ...]:
    """Where telephone numbers stand in a text, in order.

    Remembered for a while, since a text is asked for its keys and then redacted.

    Args:
        text: The text.
        formed: Whether one of ``PHONE_FORMS`` may be in it.
    """
    dense = _DENSE.search(text)
    if not dense:
        return ()
    begin = max(0, dense.start() - 8)
    formed_ = _formed(text, begin) if formed else ()
    return tuple(_joined(sorted({*formed_, *_with_cue(text, begin)})))


def _joined(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The places in order, those that overlap as one."""
    start = end = -1
    for low, high in places:
        if low >= end:
            if end > 0:
                yield start, end
            start = low
        end = max(end, high)
    if end > 0:
        yield start, end


def forget_texts() -> None:
    """Forget the texts that were looked at."""
    phones_of.cache_clear()
    _valid.cache_clear()


def _formed(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Numbers that look like telephones."""
    for match in _CHAT_LINK.finditer(text) if "/" in text else ():
        yield match.span("value")
    for match in _INTERNATIONAL.finditer(text, begin):
        start, end = match.span()
        value = match.group()
        if value.startswith(("+", "＋", "(")):
            if not _LIKE_VERSION.search(value) or _valid(value, None):
                yield start, _end_of_valid(value, start)
        elif _cue(text, start, end) >= 0 and _valid(value, None):
            yield start, end
    for match in _nationals(text, begin):
        start, end = match.span()
        digits = len(_NOT_DIGIT.sub("", match.group()))
        if not 8 <= digits <= 16 or _never(match.group()):
            continue
        cue = _cue(text, start, end)
        if cue < 0 or (cue == 0 and (digits == 8 or _DIALLED_NOWHERE.match(match.group()))):
            continue
        if not _of_longer(text, start, end):
            yield start, end
    for match in _COMPACT.finditer(text, begin):
        start, end = match.span()
        cue = _cue(text, start, end)
        told = cue > 0 or (cue == 0 and _looks_valid(match.group()))
        if told and not _of_longer(text, start, end):
            yield start, end


def _with_cue(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Numbers that the words around them say are telephones."""
    for match in PHONE_WITH_CUE.finditer(text, begin):
        start, end = match.span()
        if _never(match.group()) or (end - start > _MOST_BARE and match.group().isdigit()):
            continue
        if _cue(text, start, end) > 0 and not _of_longer(text, start, end):
            yield start, end


def _nationals(text: str, begin: int) -> Iterator[re.Match[str]]:
    behind = begin
    for place in _NATIONAL_BEGINS.finditer(text, begin):
        at = place.start()
        if at >= behind and (match := _NATIONAL.match(text, at)):
            behind = match.end()
            yield match


def _of_longer(text: str, start: int, end: int) -> bool:
    """Whether the digits are part of a longer number: of a parcel, an article, a part."""
    if _BEHIND_LETTERS.search(text, max(0, start - 8), start):
        return True
    if _POSTED.search(text, max(0, start - 4), start) and _POSTED_BEHIND.match(text, end):
        return True
    before = _RUN_BEFORE.search(text, max(0, start - 24), start)
    behind = _RUN_BEHIND.match(text, end)
    if not before and not behind:
        return False
    run = text[before.start() if before else start : behind.end() if behind else end]
    return len(_NOT_DIGIT.sub("", run)) > _MOST_DIGITS and not _SEVERAL.match(run)


def _never(value: str) -> bool:
    """Whether digits with separators are a date, two years or a version of software."""
    return bool(_DATE.match(value) or _YEARS.match(value) or _LIKE_VERSION.search(value))


def _cue(text: str, start: int, end: int) -> int:
    """1 where the words around speak of a telephone, -1 of another number, 0 of neither."""
    before = text[max(0, start - 45) : start]
    if settled := _SETTLED.match(before):
        before = before[settled.end() :]
    # Patterns that end with the number are dear: most are ruled out by the word before it.
    spoken = _words_back(before)
    last = next(spoken, None)
    word = last[1].lower() if last else ""
    if (word in _MONEY_WORDS or before.rstrip()[-1:] in _MONEY_SIGNS) and _MONEY.search(before):
        return -1
    if _MONEY_BEHIND.match(text[end : end + 12]):
        return -1
    if word in _SENT_ENDS and _SENT_TO.search(before):
        return 1
    if before.rstrip()[-1:] in _QUESTION_ENDS and _QUESTIONS.search(before):
        return 1
    if word in _ABOUT_ENDS and _ABOUT.search(before):
        return -1
    if word in _SAID_ENDS and _MY_NUMBER.search(before):
        return 1
    if before[-1:].isspace() and "\n" in before[-30:] and (answered := _asked(text, start, end)):
        return answered
    if _BELOW_OWNER.search(before) and not _BEHIND_OTHER.match(text[end : end + 40]):
        return 1
    if (told := _last_word(before, chain((last,) if last else (), spoken))) is not None:
        return 1 if told.lastgroup == "phone" else -1
    if _BEHIND.match(text[end : end + 30]):
        return 1
    if _BEHIND_OTHER.match(text[end : end + 40]):
        return -1
    if _ABOVE_OWNER.match(text[end : end + 10]):
        return 1
    if _NUMBER_WORD.search(before) and not _THE_NUMBER.search(before):
        return 1
    return 1 if _signs(text, start, end) else 0


def _signs(text: str, start: int, end: int) -> bool:
    """Whether bare digits alone on the last line, below words, are a telephone's."""
    if text[end:].strip(" \t\r\n.") or text[:start].rstrip(" \t")[-1:] != "\n":
        return False
    line = text[:start].rstrip().rpartition("\n")[2]
    digits = text[start:end]
    if not digits.isdigit() or not line or line[-1] in ":?" or _DIGIT.search(line):
        return False
    return any(_valid(digits, region) for region in _GUESSES) or bool(_valid("+" + digits, None))


def _asked(text: str, start: int, end: int) -> int:
    """As ``_cue``, by the question on the line before, where the number fills its own."""
    if not _FILLED.match(text, end):
        return 0
    asked = _ASKED.search(text, max(0, start - _LONGEST_QUESTION), start)
    told = _WORD.search(asked["question"]) if asked else None
    if told is None:
        return 1 if _CALLED_BACK.match(text, end) else 0
    return 1 if told.lastgroup == "phone" else -1


@lru_cache(maxsize=50_000)
def _speaks(word: str) -> bool:
    """Whether a word begins one of those that speak of a number, perhaps with what follows it."""
    return word.lower() in _SPLIT_WORDS or _WORD.match(word) is not None


_SPEAKERS = frozenset(("customer", "client", "cliente", "kunde", "kundin"))


def speaks_of_another(word: str) -> bool:
    """Whether a word in lower case always says that the number behind it is no telephone's."""
    match = _WORD.fullmatch(word) if word not in _SPEAKERS else None
    return match is not None and match.lastgroup == "other"


def _words_back(before: str) -> Iterator[tuple[int, str]]:
    """The words from the end back, and where each begins."""
    for word in _ANY_WORD.finditer(before[::-1]):
        start = len(before) - word.end()
        yield start, before[start : len(before) - word.start()]


def _last_word(before: str, words: Iterable[tuple[int, str]]) -> re.Match[str] | None:
    """The last word that speaks of a number; ``words`` are those before it, from the end back."""
    for start, word in words:
        # most are told at a look; who says it in a chat is not whose number it is
        if not _speaks(word):
            continue
        if _SPEAKER.match(before, start) and before[start - 1 : start] in ("", "\n"):
            continue
        if match := _WORD.match(before, start):
            return match
    return None


def _end_of_valid(value: str, start: int) -> int:
    """The end of an international number, cut where trailing groups make it too long."""
    tried = value
    while len(_NOT_DIGIT.sub("", tried)) >= 8:
        if _valid(tried, None):
            return start + len(tried)
        shorter = _GROUP_END.sub("", tried)
        if shorter == tried:
            break
        tried = shorter
    return start + len(value)


def _parse(value: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    value = value.lstrip("(").replace("＋", "+")
    if value.startswith("00"):
        value = "+" + value[2:]
    elif value.startswith("011") and region is None:
        value = "+" + value[3:].lstrip(" .-/")
    try:
        return phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return None


@lru_cache(maxsize=5_000)
def _valid(value: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    """The number, None where it is not valid; remembered as ``phones_of`` is."""
    number = _parse(value, region)
    return number if number and phonenumbers.is_valid_number(number) else None


def _looks_valid(digits: str) -> bool:
    """Whether bare digits without any word around are a telephone number of a large country."""
    if digits[0] == "0":
        regions: tuple[str, ...] = _GUESSES
    elif len(digits) == 10 or digits[0] == "1":
        regions = ("US",)
    else:
        regions = ("BR",) if digits[2] == "9" else ()
    return any(_valid(digits, region) for region in regions)


def e164(value: str, region: str | None) -> str | None:
    """The number in E.164 (+34612345678), None where it is no valid number."""
    number = _valid(value, region)
    if number is None:
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
