"""A second look at a batch: of the texts in which a finder may find something, those it cannot.

The first look goes by signs and words that stand anywhere in a text. This one asks Arrow for the
finders' own patterns, relaxed so that RE2 knows them, and takes a flag away where none matches.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from goodwill.records.privacy._flags import (
    ACCOUNT,
    ADDRESS,
    BIRTH,
    EVERYTHING,
    FORMED_PHONE,
    ID,
    IP,
    KEY_PHONE,
    LINK,
    ONLINE,
    PHONE,
)
from goodwill.records.privacy._mails import LINK_FORMS, ONLINE_FORMS
from goodwill.records.privacy._numbers import ACCOUNT_FORMS, ID_FORMS
from goodwill.records.privacy._phones import PHONE_FORMS, PHONE_WITH_CUE
from goodwill.records.privacy._places import ADDRESS_FORMS, BIRTH_FORMS, IP_FORMS
from goodwill.records.privacy._relaxed import relaxed

_WORTH_FROM = 60  # texts for which it pays to compile a pattern
_MOST_BYTES = 2**31  # of all texts that an Arrow array of strings holds


@cache
def _sieves() -> tuple[tuple[int, str], ...]:
    """Flags, and the pattern that matches wherever one of them stands rightly."""
    return (
        (LINK, relaxed(*LINK_FORMS)),
        (BIRTH, relaxed(*BIRTH_FORMS)),
        (ACCOUNT, relaxed(*ACCOUNT_FORMS)),
        (ID, relaxed(*ID_FORMS)),
        (PHONE | KEY_PHONE | FORMED_PHONE, relaxed(*PHONE_FORMS, PHONE_WITH_CUE)),
        (FORMED_PHONE, relaxed(*PHONE_FORMS)),
        (IP, relaxed(*IP_FORMS)),
        (ONLINE, relaxed(*ONLINE_FORMS)),
        (ADDRESS, relaxed(*ADDRESS_FORMS)),
    )


def sieve(
    texts: Sequence[str | None], bits: npt.NDArray[np.int64], left: npt.NDArray[np.bool_]
) -> None:
    """Take flags that are not worth a look out of ``bits``, but of no text in ``left``."""
    open_ = ~left & (bits != EVERYTHING)
    for flags, pattern in _sieves():
        rows = np.flatnonzero(open_ & (bits & flags != 0))
        encoded = [(texts[row] or "").encode() for row in rows.tolist()]
        if len(rows) >= _WORTH_FROM and sum(map(len, encoded)) < _MOST_BYTES:
            found: Any = pc.match_substring_regex(_array(encoded), pattern)
            bits[rows[~np.array(found.to_pylist(), dtype=np.bool_)]] &= ~flags


def _array(texts: list[bytes]) -> pa.StringArray:
    # Neither pa.array nor to_numpy: both import pandas where it is installed.
    offsets = np.zeros(len(texts) + 1, dtype=np.int32)
    np.cumsum([len(text) for text in texts], out=offsets[1:])
    return pa.StringArray.from_buffers(
        len(texts), pa.py_buffer(offsets), pa.py_buffer(b"".join(texts))
    )
