"""Texts to words: the first step of everything in this room, in Arrow, without a Python loop.

A word is a run of letters and digits in lower case, without accents and apostrophes. Links, mail
addresses, handles, placeholders such as ``[name]`` and HTML entities are no words. The WordPiece
tokenisers took 25-50 times as long as this, and 26 of the 60 seconds of a million messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from goodwill.errors import InputError

NOISE = (
    r"(?i)https?://\S+|www\.\S+|\S+@\S+\.\w+|[@#]\w+|\[[a-z_ ]{2,20}\]|<[a-z_ /]{2,20}>"
    r"|\{\{?[a-z_ ]{2,20}\}\}?|&#?\w{2,8};"
)
"""What is taken out before words are cut; a hash tag goes too: it is a name more than a word."""

ENDS, ASKS, HIDDEN = "\x01", "\x02", "\x03"
"""Words that `marked_words` puts for the end of a clause, a question mark and a placeholder."""

_NOISE_MARK = r"[@#\[<{&]|http|www\."
LONGEST = 2000
"""Characters of a text that are read; the theme of a longer one is settled by then."""


def _byte_table() -> bytes:
    table = bytearray(b" " * 256)
    for code in (*range(97, 123), *range(48, 58), *range(128, 256)):
        table[code] = code
    for code in range(65, 91):
        table[code] = code + 32
    return bytes(table)


_TABLE = _byte_table()
_MARKED_TABLE = bytes(range(4)) + _TABLE[4:]
_PLACEHOLDER = (
    r"(?i)https?://\S+|www\.\S+|\S+@\S+\.\w+|\[[a-z_ ]{2,20}\]|<[a-z_ /]{2,20}>"
    r"|\{\{?[a-z_ ]{2,20}\}\}?|__[a-z_]+__"
)
"""What stands for something that was hidden, or points elsewhere."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some texts: ``ids`` point into ``vocabulary``, ``offsets`` cut them by text."""

    vocabulary: list[str]
    ids: npt.NDArray[np.int32]
    offsets: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1


def as_array(texts: Any) -> Any:
    """Return texts (Arrow, or any iterable of str and None) as one Arrow array without nulls.

    Raises:
        TypeError: When given one string, which would be read as a list of letters, a table or a
            mapping, whose columns' names would be read, or what is no list at all.
        InputError: An item is a list or a mapping; its row is named, from 0.
    """
    if isinstance(texts, str | bytes):
        raise TypeError("texts must be a list or an Arrow array of strings, not one string")
    if isinstance(texts, Mapping | pa.Table | pa.RecordBatch) or len(_shape(texts)) > 1:
        raise TypeError(
            f"texts must be one column of strings, not a whole {type(texts).__name__};"
            " take the column that holds the texts"
        )
    if not isinstance(texts, pa.Array | pa.ChunkedArray | Iterable):
        raise TypeError(
            f"texts must be a list or an Arrow array of strings, not {type(texts).__name__}"
        )
    if isinstance(texts, pa.ChunkedArray):
        texts = pa.concat_arrays(texts.chunks) if texts.num_chunks else pa.array([], pa.string())
    elif not isinstance(texts, pa.Array):
        texts = _array_of(texts)
    if pa.types.is_nested(texts.type):
        raise _nested(0, texts.type)
    return pc.fill_null(texts.cast(pa.string()), "")


def _nested(row: int, held: Any) -> InputError:
    return InputError(f"texts holds {held} in row {row}, not a text", hint="give each text alone")


def _array_of(texts: Iterable[Any]) -> Any:
    """Return the items as an Arrow array; a list of nothing but sound strings goes in as it is."""
    if isinstance(texts, list):
        with suppress(pa.ArrowInvalid, pa.ArrowTypeError, UnicodeError):
            return pa.array(texts, pa.string())
    return pa.array(_strings(texts), pa.string())


def _shape(texts: Any) -> tuple[int, ...]:
    """Return the shape of an array or a data frame, nothing of what has none."""
    shape = getattr(texts, "shape", ())
    return shape if isinstance(shape, tuple) else ()


def _strings(texts: Iterable[Any]) -> list[str | None]:
    """Return the items with everything that is no string (NaN of a data frame) as None."""
    said: list[str | None] = []
    for row, text in enumerate(texts):
        if isinstance(text, list | tuple | set | Mapping | np.ndarray | pa.Array):
            raise _nested(row, f"a {type(text).__name__}")
        if isinstance(text, bytes):
            text = text.decode("utf-8", "replace")
        said.append(text.encode("utf-8", "replace").decode() if isinstance(text, str) else None)
    return said


def plain(texts: Any, table: bytes = _TABLE) -> Any:
    """Return the texts in lower case with words parted by blanks, and nothing else in them."""
    texts = pc.utf8_slice_codeunits(as_array(texts), 0, LONGEST)
    texts = _where(
        texts,
        pc.match_substring_regex(texts, _NOISE_MARK),
        lambda some: pc.replace_substring_regex(some, NOISE, " "),
    )
    texts = _where(texts, pc.invert(pc.string_is_ascii(texts)), _to_plain_letters)
    texts = pc.replace_substring(texts, "'", "")
    _, offsets, data = texts.buffers()
    letters = b"" if data is None else data.to_pybytes().translate(table)
    return pa.Array.from_buffers(
        pa.string(), len(texts), [None, offsets, pa.py_buffer(letters)], 0, texts.offset
    )


def _where(texts: Any, mask: Any, change: Any) -> Any:
    """Return the texts with ``change`` applied where the mask is true: most texts need none."""
    if not pc.any(mask).as_py():
        return texts
    return pc.replace_with_mask(texts, mask, change(texts.filter(mask)))


def _to_plain_letters(texts: Any) -> Any:
    texts = pc.utf8_lower(pc.utf8_normalize(texts, "NFKD"))
    texts = pc.replace_substring_regex(texts, "[’‘´`]|\\p{Mn}+", "")
    return pc.replace_substring_regex(texts, r"[^\x00-\x7f\p{L}\p{N}]+", " ")


def words(texts: Any) -> Words:
    """Return the words of each text, in order."""
    return _cut(plain(texts))


def marked_words(texts: Any) -> Words:
    """Return the words of each text and, as words of their own, the marks between its clauses."""
    return _cut(plain(_marked(as_array(texts)), _MARKED_TABLE))


def _marked(texts: Any) -> Any:
    texts = pc.utf8_slice_codeunits(texts, 0, LONGEST)
    texts = _where(
        texts,
        pc.match_substring_regex(texts, r"[\[<{&_@]"),
        lambda some: pc.replace_substring_regex(some, _PLACEHOLDER, f" {HIDDEN} "),
    )
    texts = pc.replace_substring_regex(texts, r"[\n;!]+|[.,:)]+(?:\s|$)|\s[-–—]\s", f" {ENDS} ")
    return pc.replace_substring(texts, "?", f" {ASKS} ")


def _cut(letters: Any) -> Words:
    lists = pc.ascii_split_whitespace(letters)
    # Blanks at either end of a text give empty words; they are dropped with their positions.
    offsets = lists.offsets.to_numpy().astype(np.int64)
    coded = pc.dictionary_encode(lists.values)
    vocabulary: list[str] = coded.dictionary.to_pylist()
    ids = coded.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    if "" in vocabulary:
        kept = ids != vocabulary.index("")
        before = np.concatenate(([0], np.cumsum(kept)))
        return Words(vocabulary, ids[kept], before[offsets].astype(np.int64))
    return Words(vocabulary, ids, offsets - offsets[0])
