"""Names that are no person's: of firms, shops and products, told by what stands around them."""

from __future__ import annotations

import re

from goodwill.records.privacy._gazetteer import CAPITAL, DOUBT, NAME, fold
from goodwill.records.privacy._words import Words, strong

_COUNTED = re.compile(r"(?<![\d.,/-])\d{1,4} $")
_OF = frozenset(["de", "da", "do", "del", "von", "vom", "of", "at", "bei"])
# "team von Otto", "tienda de Juan", "Señores de Leroy Merlin"
_TEAMS_WORDS = (
    "team equipo equipa equipe sac kundenservice kundendienst filiale shop store tienda loja outlet"
    " sucursal senores senhores"
)
_TEAMS = frozenset(_TEAMS_WORDS.split())
_TEAMS_BEHIND = frozenset(
    ["team", "support", "service", "store", "shop", "outlet", "kundenservice"]
)
_TRADES_WORDS = (
    "backerei konditorei metzgerei apotheke autohaus buchhandlung gasthaus gasthof restaurant"
    " restaurante ristorante cafe hotel hostal pousada panaderia padaria farmacia pharmacie"
    " ferreteria libreria livraria papeleria papelaria"
)
_TRADES = frozenset(_TRADES_WORDS.split())
_TRADES_END = ("backerei", "technik", "handlung", "versand", "logistik", "apotheke", "spedition")
_LEGAL = re.compile(
    r"[.,]?\s(?:GmbH|mbH|AG|KG|OHG|UG|e\.\s?[VK]\.|Inc\b|Ltd\b|Limited\b|LLC|LLP|PLC|plc\b|Corp\b"
    r"|S\.?[AL]\.?(?:U\.?)?(?!\w)|Lda\b|Ltda\b|SARL|S\.?r\.?l\.?(?!\w)|SpA|B\.?V\.?(?!\w)|& Co\b)"
)
_LEGAL_LAST_WORDS = "gmbh ag kg ohg inc ltd limited llc llp plc corp lda ltda sarl"
_LEGAL_LAST = frozenset(_LEGAL_LAST_WORDS.split())
_MODELS = re.compile(r" (?:X{1,3}[LS]|Pro|Max|Plus|Mini|Lite|Ultra)(?!\w)")
_NUMBER = re.compile(r" \d")
_GLUED = re.compile(r"[!&][^\W\d_]")
_OPENS, _CLOSES = '"“„«', '"”“»'
_QUOTED = 40  # characters of a name in quotation marks
_MOST_QUOTED = 5  # words of one


def is_no_persons(words: Words, first: int, behind: int) -> bool:
    """Whether words that may be a name are a firm's ("team von Otto"), a thing's or counted."""
    text, start, end = words.text, words.starts[first], words.ends[behind - 1]
    alone = behind - first == 1
    last = fold(words.words[behind - 1])
    if alone and last.endswith(("team", "service")):
        return True
    counted = _COUNTED.search(text, max(0, start - 6), start)
    if counted and not (not alone and all(map(strong, words.flags[first:behind]))):
        return True
    if _of_a_firm(words, first) or _is_followed(words, behind, alone):
        return True
    if last in _LEGAL_LAST or _LEGAL.match(text, end) or _GLUED.match(text, end):
        return True
    if not alone:
        word = words.flags[behind - 1] & DOUBT and not words.flags[behind - 1] & NAME
        if _MODELS.match(text, end) or (word and _NUMBER.match(text, end)):
            return True
        before = fold(words.words[first - 1]) if first and words.joined(first) else ""
        return before == "the"
    return _in_quotes(words, first)


def _of_a_firm(words: Words, first: int) -> bool:
    """Whether a word for a team, a shop or a trade leads to the name."""
    word = fold(words.words[first])
    if word in _TRADES or word.endswith(_TRADES_END):
        return True
    if first and words.joined(first) and words.flags[first - 1] & CAPITAL:
        before = fold(words.words[first - 1])
        if before in _TRADES or before.endswith(_TRADES_END):
            return True
    at = first - 1
    if at > 0 and fold(words.words[at]) in _OF:
        at -= 1
    between = words.text[words.ends[at] : words.starts[first]] if at >= 0 else ""
    return at >= 0 and fold(words.words[at]) in _TEAMS and not set(between) & set("\n.!?,;:")


def _is_followed(words: Words, behind: int, alone: bool) -> bool:
    """Whether "Support" or the like stands right behind: "Wendy's Support", "Otto Team"."""
    if not alone or behind >= len(words.words) or not words.flags[behind] & CAPITAL:
        return False
    gap = words.text[words.ends[behind - 1] : words.starts[behind]]
    return gap in (" ", "'s ", "’s ") and fold(words.words[behind]) in _TEAMS_BEHIND


def _in_quotes(words: Words, at: int) -> bool:
    """Whether a single name is part of what stands in quotation marks, a title or a product."""
    text, start, end = words.text, words.starts[at], words.ends[at]
    before, after = text[max(0, start - _QUOTED) : start], text[end : end + _QUOTED]
    opening = max(before.rfind(sign) for sign in _OPENS)
    closing = min((place for sign in _CLOSES if (place := after.find(sign)) >= 0), default=-1)
    if opening < 0 or closing < 0 or "\n" in before[opening:] + after[:closing]:
        return False
    first = words.at(start - len(before) + opening)
    behind = words.at(end + closing)
    others = [i for i in range(first, behind) if i != at]
    return (
        bool(others)
        and len(others) < _MOST_QUOTED
        and all(words.flags[i] & CAPITAL and not words.flags[i] & NAME for i in others)
    )
