"""Where personal data stands in a text: spans, and their replacement by placeholders."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import NamedTuple

KINDS = frozenset(
    {
        "address",
        "birthdate",
        "card",
        "email",
        "handle",
        "iban",
        "id",
        "ip",
        "name",
        "phone",
        "secret",
        "url",
    }
)
"""The kinds of personal data; a placeholder is the kind in square brackets."""

PLACEHOLDER = re.compile(r"\[(?:" + "|".join(sorted(KINDS)) + r")\]")


_PLAIN_LETTERS = re.compile(r"[a-z]+")
_LETTERS = re.compile(r"[^\W\d_]+")


class Span(NamedTuple):
    """A piece of a text that holds personal data: ``text[start:end]``, in characters."""

    start: int
    end: int
    kind: str


class Found:
    """The spans found so far in one text; a later find never overlaps an earlier one."""

    __slots__ = ("_barriers", "_keep", "_words", "low", "spans", "text")

    def __init__(self, text: str, keep: Callable[[str, str], bool] | None = None) -> None:
        self.text = text
        self.low = text.lower()  # for quick looks only: offsets may differ from the text's
        self._keep = keep
        self.spans: list[Span] = []  # in order
        self._words: set[str] | None = None
        self._barriers: list[tuple[int, int]] = []
        if "[" in text:
            self._barriers = [match.span() for match in PLACEHOLDER.finditer(text)]

    def words(self) -> set[str]:
        """The words of the text in lower case, without regard to order."""
        if self._words is None:
            letters = _PLAIN_LETTERS if self.low.isascii() else _LETTERS
            self._words = set(letters.findall(self.low))
        return self._words

    def add(self, start: int, end: int, kind: str) -> bool:
        """Take the piece as personal data unless some of it is taken already."""
        if start >= end or not self.free(start, end):
            return False
        if self._keep is not None and self._keep(kind, self.text[start:end]):
            return False
        insort(self.spans, Span(start, end, kind))
        return True

    def free(self, start: int, end: int) -> bool:
        """Whether no span and no placeholder overlaps the piece."""
        return _free(self._barriers, start, end) and _free(self.spans, start, end)


def _free(taken: Sequence[Span] | Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether none of the pieces, which are in order and do not overlap, overlaps this one."""
    at = bisect_left(taken, end, key=itemgetter(0))
    return not at or taken[at - 1][1] <= start


def replace(text: str, spans: Sequence[Span]) -> str:
    """The text with each span (sorted, not overlapping) replaced by its placeholder."""
    pieces = []
    at = 0
    for start, end, kind in spans:
        pieces.append(text[at:start])
        pieces.append(f"[{kind}]")
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def carry_back(spans: Sequence[Span], later: Sequence[Span]) -> list[Span]:
    """Join ``later`` spans, found after ``spans`` were replaced, in offsets of the first text."""
    joined = list(spans)
    edges = []
    shift = 0
    for start, end, kind in spans:
        shift += len(kind) + 2 - (end - start)
        edges.append((end + shift, shift))
    for start, end, kind in later:
        at = bisect_right(edges, start, key=itemgetter(0))
        back = edges[at - 1][1] if at else 0
        joined.append(Span(start - back, end - back, kind))
    return sorted(joined)
