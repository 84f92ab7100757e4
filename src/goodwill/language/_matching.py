"""Which texts hold a phrase, in any form of its words: what a split goes by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from goodwill.language._labels import stem
from goodwill.language._words import words

Flags = npt.NDArray[np.bool_]


def matches(texts: Any, phrases: Sequence[str]) -> Flags:
    """Return which texts hold all words of one of the phrases, in any form and order."""
    found = words(texts)
    stems = np.array([stem(word) for word in found.vocabulary], dtype=object)
    text = np.repeat(np.arange(len(found)), np.diff(found.offsets))
    held = np.zeros(len(found), bool)
    for phrase in phrases:
        one = np.ones(len(found), bool)
        parts = words([phrase]).vocabulary
        for part in parts:
            has = np.zeros(len(found), bool)
            has[text[(stems == stem(part))[found.ids]]] = True
            one &= has
        held |= one & bool(parts)
    return held
