"""What the words around a number say of it: of a telephone, or of another thing.

An order, an amount, a ticket and the like are others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

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
    r"|contracts?|vertrag|contratos?|polic[ey]|p[óo]liza|ap[óo]lice|localizador|refunds?|reembolsos?|reintegro"
    r"|erstattung|eintrittskarten?|ingressos?|delivery|deliveries|boxes|parcels|courses?|vales?(?!,)|cup[óo]n|cupom"
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
# "Order 4465764311. Call me on ...", "65,50 euros. ...": the words before it are of it alone.
_SETTLED = re.compile(r".*(?:\d{4}|\d[.,]\d\d\s?(?:[€£$]|\w+))[.!?]+\s+", re.DOTALL)
_MY_NUMBER = re.compile(
    r"\b(?:(?:my|mi|meu|meine?)\s(?:number|n[úu]mero|nummer)(?:\s(?:is|es|é|ist|lautet))?"
    r"|(?:her|his|their)\snumber\sis)[\s:]*$",
    re.I,
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
    r"|(?:env[ií]\w*|mand\w+|escr[ií]b\w+|escrev\w+|llega\w*|chega\w*)(?:[\s-](?:me|nos))?\s(?:al?|para|ao|no))"
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
_SPEAKER = re.compile(r"(?:customer|client|cliente|kund(?:e|in)):\s", re.IGNORECASE)
# A number alone on its line behind a question ("And a number in case we're cut off?").
_ASKED = re.compile(r"(?P<question>[^\n]{4,150}[?:])\s*\n\s*(?:[^\W\d_]+:\s*)?$")
_SENTENCE_ENDS = re.compile(r"[.?!]\s")
_NUMBER_BEHIND = re.compile(r"\s(?:number|no|num)\b", re.IGNORECASE)
_NUMBER_BEFORE = re.compile(
    r"\b(?:number|nummer|n[úu]mero)\s(?:(?:of|for|d[aeo]|del|der|des|von)\s)?"
    r"(?:(?:your|su|tu|seu|teu|sua|tua|ihre[rs]?|deine[rs]?|the|la)\s)?$",
    re.IGNORECASE,
)
_MONEY = re.compile(r"(?:[$€£¥₹]|r\$|us\$|\b(?:usd|eur|gbp|brl|rs)\.?)\s*$", re.IGNORECASE)
_MONEY_SIGNS = tuple("$€£¥₹")
_MONEY_WORDS = frozenset(("usd", "eur", "gbp", "brl", "rs"))
_MONEY_BEHIND = re.compile(
    r"^\s*(?:[$€£¥₹%]|(?:usd|eur|gbp|brl|euros?|dollars?|reais|pesos|k|km|kg|miles|points|points)\b)",
    re.IGNORECASE,
)


def cue_of(text: str, start: int, end: int) -> int:
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
    return 0


def _asked(text: str, start: int, end: int) -> int:
    """As ``cue_of``, by the question on the line before, where the number fills its own."""
    if not _FILLED.match(text, end):
        return 0
    asked = _ASKED.search(text, max(0, start - _LONGEST_QUESTION), start)
    told = _word_of_question(asked["question"]) if asked else None
    if told is None:
        return 1 if _CALLED_BACK.match(text, end) else 0
    return 1 if told.lastgroup == "phone" else -1


def _word_of_question(question: str) -> re.Match[str] | None:
    """The word that tells of which number a question is: "Which order? And your phone number?".

    It is in the last sentence that has one, and the last that is said of a number there: "May I
    call you about your order number?"; the first where none is.
    """
    for sentence in reversed(_SENTENCE_ENDS.split(question)):
        told = list(_WORD.finditer(sentence))
        for match in reversed(told):
            if (
                match[0].lower().endswith(("number", "nummer"))
                or _NUMBER_BEHIND.match(sentence, match.end())
                or _NUMBER_BEFORE.search(sentence, 0, match.start())
            ):
                return match
        if told:
            return told[0]
    return None


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
