"""Which texts hold a phrase, in any form of its words: what a split and a rule go by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from goodwill.language._wording import stem
from goodwill.language._words import Words, words

Flags = npt.NDArray[np.bool_]


def matches(texts: Any, phrases: Sequence[str]) -> Flags:
    """Return which texts hold all words of one of the phrases, in any form and order."""
    return each_matches(words(texts), [phrases])[0]


def each_matches(found: Words, groups: Sequence[Sequence[str]]) -> list[Flags]:
    """Return the same for several groups of phrases, of texts that are cut into words already."""
    stems = np.array([stem(word) for word in found.vocabulary], dtype=object)
    text = np.repeat(np.arange(len(found)), np.diff(found.offsets))
    out = []
    for phrases in groups:
        held = np.zeros(len(found), bool)
        for phrase in phrases:
            one = np.ones(len(found), bool)
            parts = words([phrase]).vocabulary
            for part in parts:
                has = np.zeros(len(found), bool)
                has[text[(stems == stem(part))[found.ids]]] = True
                one &= has
            held |= one & bool(parts)
        out.append(held)
    return out
