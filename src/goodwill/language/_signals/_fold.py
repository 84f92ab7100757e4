"""Texts as the patterns read them: lower case, no accents, no apostrophes, single spaces."""

from __future__ import annotations

import unicodedata
from typing import Any

import pyarrow.compute as pc

from goodwill.language._words import LONGEST

APOSTROPHES = "'’‘´`"


def folded(texts: Any) -> Any:
    """Return an Arrow array of texts as the patterns read them; handles and marks stay."""
    texts = pc.utf8_slice_codeunits(texts, 0, LONGEST)
    plain = pc.string_is_ascii(texts)
    if not pc.all(plain).as_py():
        other = pc.invert(plain)
        some = pc.utf8_lower(pc.utf8_normalize(texts.filter(other), "NFKD"))
        some = pc.replace_substring_regex(some, rf"[{APOSTROPHES}]|\p{{Mn}}+", "")
        texts = pc.replace_with_mask(texts, other, some)
    texts = pc.replace_substring(pc.ascii_lower(texts), "'", "")
    spread = pc.match_substring_regex(texts, r"[\t\r\n\v\f]|\s\s")
    if pc.any(spread).as_py():
        some = pc.replace_substring_regex(texts.filter(spread), r"\s+", " ")
        texts = pc.replace_with_mask(texts, spread, some)
    return texts


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return one text as the patterns read it, and where in the text each letter stood.

    >>> folded_with_places("Can’t  you?")
    ('cant you?', [0, 1, 2, 4, 5, 7, 8, 9, 10, 11])
    """
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text[:LONGEST]):
        for part in unicodedata.normalize("NFKD", letter).lower():
            if part in APOSTROPHES or unicodedata.category(part) == "Mn":
                continue
            blank = part.isspace()
            if blank and letters and letters[-1] == " ":
                continue
            letters.append(" " if blank else part)
            places.append(place)
    return "".join(letters), [*places, min(len(text), LONGEST)]
