"""A first look at many texts at once: which of them can hold nothing personal, and no key.

Most texts hold nothing with a form of its own, and the finders are dear. Each screen lets through
every text in which its finders could find something, and some more. It is Arrow's regular
expressions over a whole batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from goodwill.records.privacy._mails import ACCOUNT_TOKENS, SECRET_TOKENS
from goodwill.records.privacy._places import AFTER_TOKENS, BEFORE_TOKENS

_WORTH_FROM = 200  # texts from which a look at all of them pays
Flags = npt.NDArray[np.bool_]

# Python's \s and \d, which RE2 knows for ASCII only; scripts that a table of RE2 may not hold yet
# are taken for digits.
_S = r"[\s\x{0b}\x{1c}-\x{1f}\x{85}\pZ]"
_D = r"[0-9\p{Nd}\x{11000}-\x{1EFFF}\x{1FBF0}-\x{1FBF9}]"
_MAIL = (
    rf"[@＠﹫]|%40|&#64;|(?i: at [^\s@]+(?:\.|{_S}?[\[({{]|{_S}(?:dot|punto|ponto|point|punkt))"
    rf"|at[\])}}>]|arroba| chez| ät )"
)
_LINK = r"(?i)://|www\."
_POST = rf"(?i)post|zip|cep|plz|[A-Z]{_D}[A-Z]?{_S}{_D}[A-Z][A-Z]|[A-Z]{_D}{_D}{_S}{_D}[A-Z][A-Z]"
_GERMAN = r"(?i)stra|str\.|weg |platz |gasse |allee |damm |ufer "
_THREE = rf"{_D}{_D}{_D}"
_NUMBERED = (
    r"(?i)#|orders?|purchase|pedido|encomenda|compra|command|bestell|auftrag|ordine|ticket|case"
    r"|incident|request|chamado|protocolo|dossier|vorgang|reclama|anfrage"
)


class Screen:
    """What a batch of texts can hold: one flag a text and kind, true where it may.

    Attributes:
        structured: Anything with a form of its own: mails, numbers, links, addresses.
        keys: A key of a customer, in the built-in patterns.
    """

    def __init__(self, texts: Sequence[str | None]) -> None:
        count = len(texts)
        self._array: pa.Array | None = None
        if count >= _WORTH_FROM:
            try:
                self._array = pa.array(texts, pa.string())
            except (UnicodeEncodeError, pa.ArrowInvalid):
                self._array = None  # a lone surrogate: each text is looked at
        everything = np.ones(count, dtype=np.bool_)
        self.structured = self.keys = everything
        if self._array is None:
            return
        mail, link = self._has(_MAIL), self._has(_LINK)
        digits = self._counts(_D)
        some = digits > 0
        words = self._tokens(ACCOUNT_TOKENS | SECRET_TOKENS | AFTER_TOKENS | BEFORE_TOKENS)
        few = some & (words | self._has(_POST) | self._has(_GERMAN))
        # Python's regular expressions take these for an i, RE2 does not.
        odd = self._has("[İı]")
        self.structured = odd | mail | link | (digits >= 5) | few
        self.keys = odd | mail | (digits >= 7) | (self._has(_THREE) & self._has(_NUMBERED))

    def _has(self, pattern: str) -> Flags:
        found = pc.match_substring_regex(self._array, pattern)
        return _flags(pc.fill_null(found, False))

    def _counts(self, pattern: str) -> npt.NDArray[np.int32]:
        found = pc.fill_null(pc.count_substring_regex(self._array, pattern), 0)
        return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int32)

    def _tokens(self, tokens: Iterable[str]) -> Flags:
        return self._has(rf"(?i)(?:^|[^a-z])(?:{'|'.join(sorted(tokens))})(?:[^a-z]|$)")


def _flags(array: Any) -> Flags:
    return np.asarray(array.to_numpy(zero_copy_only=False), dtype=np.bool_)
