"""Bits of a word: what its text may hold, for the first look at a batch."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from goodwill.records.privacy._characters import Tokens
from goodwill.records.privacy._cue_patterns import ES_PT, PASSED
from goodwill.records.privacy._evidence_words import DEEDS
from goodwill.records.privacy._gazetteer import bits, fold
from goodwill.records.privacy._labelled_ids import speaks_of_an_id
from goodwill.records.privacy._mails import ACCOUNT_TOKENS, SECRET_TOKENS
from goodwill.records.privacy._phone_words import speaks_of_another
from goodwill.records.privacy._places import AFTER_TOKENS, BEFORE_TOKENS, BIRTH_TOKENS
from goodwill.records.privacy._words import PARTICLES

_FREE = 32
LISTS = (1 << _FREE) - 1
"""The bits that are the gazetteer's."""
(
    BIRTHS, ACCOUNTS_ONLINE, PLACES, IDS, PHONE_WORDS, ORDER_WORDS, TICKET_WORDS, PARTICLE, THIS,
    IS, AT, SPELLED_AT, WEB, LINK, WILD, SOLE, DEED,
) = (1 << n for n in range(_FREE, _FREE + 17))  # fmt: skip
"""Bits of words, above those of the gazetteer. LINK: stands between a cue and a name; WILD: any
word behind it may; SOLE: introduces even what no list knows; DEED: what persons do."""

_PARTS = re.compile(r"[^\W\d_]+")
_BY_WORD: dict[str, int] = {}
for _flag, _words in (
    (BIRTHS, BIRTH_TOKENS),
    (ACCOUNTS_ONLINE, ACCOUNT_TOKENS | SECRET_TOKENS),
    (PLACES, AFTER_TOKENS | BEFORE_TOKENS),
):
    for _word in _words:
        _BY_WORD[_word] = _BY_WORD.get(_word, 0) | _flag
_WHOLE = {"is": IS, "at": AT, "ät": SPELLED_AT}

# The words of ``_phones``, from wherever the text before a number is cut off, and up to there.
_PHONE_ENDS = (
    "phone tel telefono teléfono telephone téléphone telefone nummer fon fone fono call called"
    " calling back cell mob mobil mobile movil móvil celular handy portable ring text texted"
    " texting txt sms whats app wpp zap dial contact contacto contato reach reached telefonar"
    " joindre joignable rufen ruf fax hotline landline line linha fixo fijo number numero número"
    " numéro nº num no"
    " cel telemovel telemóvel telem tlm telef teléf tlf tlfn tfn tfno natel festnetz"
    " mobiltelefon"
)
_PHONE_BEGINS = (
    "number phone cell mobile tel home work office whats movil móvil celular handy mobil portable"
    " numero número telefono teléfono where call text reach"
    " sent send gesend gesch versch ging geht schreib schick env mand escrib escríb escrev chama"
    " llega chega question queri frage rückfrage ruckfrage duda dúvida duvida consulta"
)
_ENDS, _BEGINS = tuple(_PHONE_ENDS.split()), tuple(_PHONE_BEGINS.split())
_PHONE = re.compile(
    r"ll[aá]m|marca|lig|appel|anruf|erreich|ruf|joign|t[eé]l[eé]|whats|cont[aá]|kontakt|comun|localiz"
    r"|phone|^[tmphfcw]$|^ph$"
)
_NUMBERED = re.compile(
    r"(?P<order>orders?|purchase|pedidos?|encomendas?|compra|commandes?|bestell\w*|auftrag\w*"
    r"|ordine)"
    r"|(?:tickets?|case|incident|request|chamado|protocolo|dossier|vorgang|ticketnummer"
    r"|reclama\w*|anfrage)"
)
_PLACE = re.compile(r"stra|post|zip|cep|plz")
_PLACE_ENDS = ("str", "weg", "platz", "gasse", "allee", "damm", "ufer")

_MOST_KNOWN = 200_000  # words remembered, some 25 MB


class _Known(dict[str, int]):
    def __missing__(self, word: str) -> int:
        found = self[word] = bits(word) | _flags(word)
        return found


_KNOWN = _Known()


def _flags(word: str) -> int:
    low, folded = word.lower(), fold(word)
    found = _WHOLE.get(low, 0)
    if "sort" in low:
        found |= IDS
    if low.endswith(_PLACE_ENDS) or _PLACE.search(low):
        found |= PLACES
    if "arroba" in low or low.startswith("chez"):
        found |= SPELLED_AT
    if low.endswith("www"):
        found |= WEB
    if folded in PARTICLES:
        found |= PARTICLE
    if folded in ("this", "it"):
        found |= THIS
    if folded in PASSED or folded in PARTICLES:
        found |= LINK
    if folded in ("your", "on", "the", "my"):
        found |= WILD
    if folded in ES_PT:
        found |= SOLE
    if folded in DEEDS:
        found |= DEED
    for part in (low,) if low.isalpha() else _PARTS.findall(low):
        found |= _BY_WORD.get(part, 0)
        if speaks_of_an_id(part):
            found |= IDS
        if part.endswith(_ENDS) or part.startswith(_BEGINS) or _PHONE.search(part):
            found |= PHONE_WORDS
        if numbered := _NUMBERED.fullmatch(part):
            found |= ORDER_WORDS if numbered["order"] else TICKET_WORDS
    return found


def bits_of(tokens: Tokens) -> npt.NDArray[np.int64]:
    """The bits of each word of a batch."""
    if len(_KNOWN) > _MOST_KNOWN:
        _KNOWN.clear()
    each = np.array([_KNOWN[word] for word in tokens.distinct], dtype=np.int64)
    return each[tokens.which]


class _KnownOthers(dict[str, bool]):
    def __missing__(self, word: str) -> bool:
        low = word.lower()
        found = self[word] = low.isascii() and speaks_of_another(low)
        return found


_KNOWN_OTHERS = _KnownOthers()


def of_another(tokens: Tokens, places: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Of each of these words, whether it says that a number behind it is no telephone's."""
    if len(_KNOWN_OTHERS) > _MOST_KNOWN:
        _KNOWN_OTHERS.clear()
    which = tokens.which[places].tolist()
    return np.array([_KNOWN_OTHERS[tokens.distinct[word]] for word in which], dtype=np.bool_)


def together(tokens: Tokens, each: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """By text, the bits of all of its words together."""
    out = np.zeros(len(tokens.first) - 1, dtype=np.int64)
    filled = np.flatnonzero(np.diff(tokens.first))
    if len(filled):
        out[filled] = np.bitwise_or.reduceat(each, tokens.first[filled])
    return out
