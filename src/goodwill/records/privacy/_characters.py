"""A batch of texts as one row of characters, so that numpy can look at all of them at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

LETTER, DIGIT, SPACE, WORD, SIGN, ODD = 1, 2, 4, 8, 16, 32
"""Bits of a character: ``[^\\W\\d_]``, ``\\d``, ``\\s``, ``\\w``, a sign that finders look for;
accents apart from their letter, and letters that regular expressions take for an i, s or k."""

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_CLASSES = (
    (LETTER, r"[^\W\d_]+"),
    (DIGIT, r"\d+"),
    (SPACE, r"\s+"),
    (WORD, r"\w+"),
    (SIGN, r"[-@＠﹫:#+＋=~^*/–—\[\])}>%&]+"),
    (ODD, "[\u0300-\u036f\u0130\u0131\u017f\u212a]+"),
)
_BETWEEN = "\0"  # no letter, no space: no pattern reaches from one text into the next
_JOINS = "'’-"  # inside a word, between its letters


@cache
def _class_of() -> npt.NDArray[np.uint8]:
    """The bits of every character there is, as Python's regular expressions see them."""
    everything = "".join(map(chr, range(0x110000)))
    table = np.zeros(0x110000, dtype=np.uint8)
    for bit, pattern in _CLASSES:
        for run in re.finditer(pattern, everything):
            table[run.start() : run.end()] |= bit
    return table


class Characters:
    """The characters of a batch, what each is, and in which text it stands.

    Attributes:
        joined: The texts one behind the other, a NUL behind each.
        codes: The code point of each character.
        classes: The bits of each.
        starts: Where each text begins.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.joined = _BETWEEN.join(texts) + _BETWEEN
        self.codes = np.frombuffer(self.joined.encode("utf-32-le"), dtype=np.uint32)
        self.classes = _class_of()[self.codes]
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
        self._signs = np.flatnonzero(self.classes & SIGN)
        self._sign_codes = self.codes[self._signs]
        self.starts = np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64)

    def text_of(self, places: Numbers) -> Numbers:
        """The number of the text in which each place lies."""
        return np.searchsorted(self.starts, places, side="right") - 1

    def flagged(self, places: Any) -> Flags:
        """One flag a text: whether one of the places lies in it."""
        out = np.zeros(len(self.starts), dtype=np.bool_)
        out[self.text_of(np.asarray(places, dtype=np.int64))] = True
        return out

    def counted(self, places: Numbers) -> Numbers:
        """How many of the places, in rising order, lie in each text."""
        edges = np.searchsorted(places, np.append(self.starts, len(self.codes)))
        return np.diff(edges)

    def within(self, places: Numbers, step: int) -> Numbers:
        """The places moved by ``step``, but not out of their texts."""
        text = self.text_of(places)
        ends = np.append(self.starts[1:], len(self.codes)) - 1
        return np.clip(places + step, self.starts[text], ends[text])

    def of_class(self, bits: int) -> Numbers:
        """The places of characters with one of the bits."""
        return np.flatnonzero(self.classes & bits)

    def where(self, *signs: str) -> Numbers:
        """The places of characters that are one of these, which must be among ``SIGN``."""
        return self._signs[one_of(self._sign_codes, "".join(signs))]

    def code_at(self, places: Numbers, step: int) -> npt.NDArray[np.uint32]:
        """The code points ``step`` characters behind the places; beyond the ends a NUL."""
        return np.take(self.codes, np.clip(places + step, -1, len(self.codes) - 1))

    def class_at(self, places: Numbers, step: int) -> npt.NDArray[np.uint8]:
        """The bits of the characters ``step`` behind the places."""
        return np.take(self.classes, np.clip(places + step, -1, len(self.classes) - 1))

    def places_as_written(self, needle: str) -> list[int]:
        """Where the needle stands in the texts as they are."""
        places: list[int] = []
        at = self.joined.find(needle)
        while at >= 0:
            places.append(at)
            at = self.joined.find(needle, at + 1)
        return places


def one_of(codes: npt.NDArray[np.uint32], signs: str) -> Flags:
    """One flag a character: whether it is one of these."""
    out: Flags = codes == ord(signs[0])
    for sign in signs[1:]:
        out |= codes == ord(sign)
    return out


class Tokens:
    """The words of a batch, as ``_words.tokens`` finds them in texts without accents apart.

    Attributes:
        distinct: Each word once.
        which: Of each word in the texts, its place in ``distinct``.
        text: The number of its text.
        starts: Where it begins in the batch.
        ends: The place behind it.
        first: The number of the first word of each text; one more at the end.
    """

    def __init__(self, of: Characters) -> None:
        letters = (of.classes & LETTER).view(np.bool_)
        edges = np.flatnonzero(letters[1:] != letters[:-1]) + 1  # the last character is a NUL
        edges = np.append(0, edges) if letters[0] else edges
        starts, ends = edges[::2], edges[1::2]
        if not len(starts):
            self.distinct: list[str] = []
            self.which = self.text = self.starts = self.ends = np.zeros(0, dtype=np.int64)
            self.first = np.zeros(len(of.starts) + 1, dtype=np.int64)
            return
        gap = of.codes[np.minimum(ends[:-1], len(of.codes) - 1)]
        joined = (starts[1:] - ends[:-1] == 1) & one_of(gap, _JOINS)
        starts, ends = starts[np.append(True, ~joined)], ends[np.append(~joined, True)]
        coded = _cut(of, starts, ends).dictionary_encode()
        # Not to_numpy, which imports pandas where it is installed.
        which = np.frombuffer(coded.indices.buffers()[1], np.int32, 2 * len(starts))[1::2]
        words = np.zeros(len(coded.dictionary), dtype=np.bool_)  # and not what is between them
        words[which] = True
        self.distinct = list(compress(coded.dictionary.to_pylist(), words.tolist()))
        self.which = (np.cumsum(words) - 1)[which]
        self.starts, self.ends = starts, ends
        self.first = np.append(np.searchsorted(starts, of.starts), len(starts))
        self.text = np.repeat(np.arange(len(of.starts)), np.diff(self.first))


def _cut(of: Characters, starts: Numbers, ends: Numbers) -> pa.StringArray:
    """The batch as an Arrow array: what stands before a word, the word, and so on."""
    data = of.joined.encode()
    edges = np.empty(2 * len(starts) + 1, dtype=np.int64)
    edges[0], edges[1::2], edges[2::2] = 0, starts, ends
    if len(data) != len(of.codes):
        codes = of.codes
        wide = np.flatnonzero(codes >= 0x80)
        more = 1 + (codes[wide] >= 0x800) + (codes[wide] >= 0x10000).view(np.int8)
        edges += np.append(0, np.cumsum(more))[np.searchsorted(wide, edges)]
    offsets = pa.py_buffer(edges.astype(np.int32))
    return pa.StringArray.from_buffers(2 * len(starts), offsets, pa.py_buffer(data))
