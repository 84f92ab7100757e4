"""Patterns for a first look: RE2 regular expressions that hold wherever those of Python do.

Arrow matches a whole batch with RE2 many times as fast as Python's engine, but RE2 knows no
looking ahead or behind. A relaxed pattern leaves such conditions out, so that it matches in every
text in which the pattern of a finder matches, and in some more. Signs beyond ASCII are taken for
letters, spaces and signs alike, but for no digits: a text with other digits than 0 to 9 must not
be left out by what is said here.
"""

from __future__ import annotations

import re
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_BEYOND = r"\x{80}-\x{10ffff}"
# The ASCII signs of each class, and those of its opposite.
_ASCII = {
    c.CATEGORY_DIGIT: "0-9",
    c.CATEGORY_SPACE: r"\t-\r\x1c-\x20",
    c.CATEGORY_WORD: "0-9A-Za-z_",
    c.CATEGORY_NOT_DIGIT: r"\x00-/:-\x7f",
    c.CATEGORY_NOT_SPACE: r"\x00-\x08\x0e-\x1b!-\x7f",
    c.CATEGORY_NOT_WORD: r"\x00-/:-@\[-\^`{-\x7f",
}
_OPPOSITE = {
    c.CATEGORY_NOT_DIGIT: c.CATEGORY_DIGIT,
    c.CATEGORY_NOT_SPACE: c.CATEGORY_SPACE,
    c.CATEGORY_NOT_WORD: c.CATEGORY_WORD,
}
_ANYTHING = r"[\x00-\x{10ffff}]"
_MOST = 1000  # repetitions that RE2 counts


def relaxed(*patterns: re.Pattern[str]) -> str:
    """Return one RE2 pattern that matches in every text in which one of these does."""
    return "|".join(map(_relaxed, patterns))


def _relaxed(pattern: re.Pattern[str]) -> str:
    tree = _parser.parse(pattern.pattern, pattern.flags)
    return f"(?{'i' if pattern.flags & re.IGNORECASE else '-i'}:{_joined(tree)})"


def _joined(tree: Any) -> str:
    return "".join(_one(op, value) for op, value in tree)


def _one(op: Any, value: Any) -> str:
    if op is c.LITERAL:
        return _sign(value)
    if op is c.IN:
        return _class(value)
    if op is c.BRANCH:
        return f"(?:{'|'.join(map(_joined, value[1]))})"
    if op is c.SUBPATTERN:
        return f"(?:{_joined(value[3])})"
    if op in (c.MAX_REPEAT, c.MIN_REPEAT):
        low, high, inner = value
        most = "" if high > _MOST else str(high)
        return f"(?:{_joined(inner)}){{{low},{most}}}"
    if op in (c.AT, c.ASSERT, c.ASSERT_NOT):
        return ""
    # What the finders seldom use: any signs, also none.
    return f"{_ANYTHING}*"


def _class(items: list[tuple[Any, Any]]) -> str:
    negated = items[0][0] is c.NEGATE
    listed = items[negated:]
    opposite = [_OPPOSITE[v] for op, v in listed if op is c.CATEGORY and v in _OPPOSITE]
    if negated and opposite:
        # "[^\W\d_]", no sign that is none of a word: one of a word
        return f"[{_ASCII[opposite[0]]}{_BEYOND * (opposite[0] != c.CATEGORY_DIGIT)}]"
    beyond = not negated and any(op is c.CATEGORY and v != c.CATEGORY_DIGIT for op, v in listed)
    signs = "".join(_ASCII[v] if op is c.CATEGORY else _range(op, v) for op, v in listed)
    return f"[{'^' * negated}{signs}{_BEYOND * beyond}]"


def _range(op: Any, value: Any) -> str:
    if op is c.LITERAL:
        return _sign(value)
    return f"{_sign(value[0])}-{_sign(value[1])}"


def _sign(code: int) -> str:
    return f"\\x{{{code:x}}}"
