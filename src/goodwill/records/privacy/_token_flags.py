"""Bits of a word: what its text may hold, for the first look at a batch."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from goodwill.records.privacy._characters import Tokens
from goodwill.records.privacy._gazetteer import bits, fold
from goodwill.records.privacy._mails import ACCOUNT_TOKENS, SECRET_TOKENS
from goodwill.records.privacy._numbers import ID_TOKENS
from goodwill.records.privacy._places import AFTER_TOKENS, BEFORE_TOKENS, BIRTH_TOKENS
from goodwill.records.privacy._words import PARTICLES

_FREE = 32
LISTS = (1 << _FREE) - 1
"""The bits that are the gazetteer's."""
BIRTHS, ACCOUNTS_ONLINE, PLACES, IDS, PHONE_WORDS, ORDER_WORDS, TICKET_WORDS, PARTICLE, THIS, IS = (
    1 << n for n in range(_FREE, _FREE + 10)
)
"""Bits of words, above those of the gazetteer."""

_PARTS = re.compile(r"[^\W\d_]+")
_WORDS = (
    (BIRTHS, BIRTH_TOKENS),
    (ACCOUNTS_ONLINE, ACCOUNT_TOKENS | SECRET_TOKENS),
    (PLACES, AFTER_TOKENS | BEFORE_TOKENS),
    (IDS, ID_TOKENS),
)
# The words of ``_phones``, from wherever the text before a number is cut off, and up to there.
_PHONE = re.compile(
    r"(?:phone|tel|tel[eé]fono|t[eé]l[eé]phone|telefone|nummer|fon[eo]?|call(?:ed|ing)?|back|cell|mob"
    r"|mobile?|m[óo]vil|celular|handy|portable|ring|text(?:ed|ing)?|txt|sms|whats|app|wpp|zap|dial"
    r"|contact[o]?|contato|reach|reached|telefonar|joindre|joignable|rufen|ruf|fax|hotline|landline"
    r"|line|linha|fixo|fijo|number|n[úu]mero|num[ée]ro|n[º°]|num|no|cel|telem[oó]vel|telem|tlm"
    r"|tel[eé]f|tlfn?|tfno?|natel|festnetz|mobiltelefon)$"
    r"|ll[aá]m|marca|lig|appel|anruf|erreich|ruf|joign"
    r"|^(?:number|phone|cell|mobile|tel|home|work|office|whats|m[óo]vil|celular|handy|mobil|portable"
    r"|n[úu]mero|tel[eé]fono|where|call|text|reach)"
)
_ORDER = re.compile(
    r"orders?|purchase|pedidos?|encomendas?|compra|commandes?|bestell\w*|auftrag\w*|ordine"
)
_TICKET = re.compile(
    r"tickets?|case|incident|request|chamado|protocolo|dossier|vorgang|ticketnummer|reclama\w*"
    r"|anfrage"
)
_PLACE = re.compile(r"stra|(?:str|weg|platz|gasse|allee|damm|ufer)$|post|zip|cep|plz")

_MOST_KNOWN = 200_000  # words remembered, some 25 MB


class _Known(dict[str, int]):
    def __missing__(self, word: str) -> int:
        found = self[word] = bits(word) | _flags(word)
        return found


_KNOWN = _Known()


def _flags(word: str) -> int:
    low = word.lower()
    parts = set(_PARTS.findall(low))
    found = 0
    for flag, words in _WORDS:
        if not words.isdisjoint(parts):
            found |= flag
    if "sort" in low:
        found |= IDS
    if _PLACE.search(low):
        found |= PLACES
    if fold(word) in PARTICLES:
        found |= PARTICLE
    if fold(word) in ("this", "it"):
        found |= THIS
    if low == "is":
        found |= IS
    if any(_PHONE.search(part) for part in parts):
        found |= PHONE_WORDS
    if any(_ORDER.fullmatch(part) for part in parts):
        found |= ORDER_WORDS
    if any(_TICKET.fullmatch(part) for part in parts):
        found |= TICKET_WORDS
    return found


def bits_of(tokens: Tokens) -> npt.NDArray[np.int64]:
    """The bits of each word of a batch."""
    if len(_KNOWN) > _MOST_KNOWN:
        _KNOWN.clear()
    each = np.array([_KNOWN[word] for word in tokens.distinct], dtype=np.int64)
    return each[tokens.which]


def together(tokens: Tokens, each: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """By text, the bits of all of its words together."""
    out = np.zeros(len(tokens.first) - 1, dtype=np.int64)
    filled = np.flatnonzero(np.diff(tokens.first))
    if len(filled):
        out[filled] = np.bitwise_or.reduceat(each, tokens.first[filled])
    return out
