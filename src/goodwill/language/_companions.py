"""A second phrase for a theme of two matters: "withdraw money / fees".

A theme often holds two matters that are near each other, and no phrase of one speaks for both. The
label then takes the phrase that covers most of the texts that hold no word of the first.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from goodwill.language._phrases import Phrases
from goodwill.language._stopwords import JOINING, LEADING, TELLING, WEAK
from goodwill.language._wording import stem, stems_of

Flags = npt.NDArray[np.bool_]

_COVERED = 0.65
"""A label whose words that share of its texts hold needs no companion."""
_GAIN = 0.15
"""Share of the texts that a companion must add."""
_BESIDE = 0.5
"""The same, as a share of the texts that hold the label."""
_ALONE_WORTH = 0.7
"""What a companion of one word is worth beside one of two."""
_TOLD = 5
"""How much more frequent a companion must be in its group than elsewhere."""
_ALIKE = 4
"""First letters that two words of one meaning share: "spend" and "spent"."""
_LONGEST = 4
"""Words of a label with its companion."""


class Companions:
    """Finds companions of labels.

    Args:
        phrases: The phrases of the texts.
        groups: The group of each text.
        weights: What each text counts.
    """

    def __init__(
        self, phrases: Phrases, groups: npt.NDArray[np.int32], weights: npt.NDArray[np.float64]
    ) -> None:
        self._held = phrases.held()
        self._stands_alone = phrases.stands_alone
        self._number = phrases.number_of
        self._groups, self._weights = groups, weights
        self._whole = float(weights.sum())

    def of(self, label: str, others: Sequence[str], group: int) -> str:
        """Return the one of other phrases that goes with a label, or nothing.

        Args:
            label: The label that the group has.
            others: Phrases of the group, best first.
            group: Its number.
        """
        members = self._groups == group
        whole = max(float(self._weights[members].sum()), 1e-9)
        left = members.copy()
        for part in _telling(label):
            left &= ~self._having(part)
        covered = 1 - float(self._weights[left].sum()) / whole
        if covered >= _COVERED:
            return ""
        least = max(_GAIN, _BESIDE * covered)
        best, most = "", 0.0
        for phrase in others:
            parts = stems_of(phrase)
            lengthy = _length(label) + _length(phrase) > _LONGEST
            if lengthy or not parts or _alike(label, phrase):
                continue
            theirs = np.ones(len(left), bool)
            for part in parts:
                theirs &= self._having(part)
            adds = round(float(self._weights[theirs & left].sum()) / whole, 9)
            elsewhere = (float(self._weights[theirs & ~members].sum()) + 0.5) / (
                self._whole - whole + 1
            )
            # A word alone says less: it goes only where no phrase covers nearly as much.
            worth = adds if len(parts) > 1 else _ALONE_WORTH * adds
            if adds < least or worth <= most or adds < _TOLD * elsewhere:
                continue
            if len(parts) > 1 or self._stands_alone(phrase, group):
                best, most = phrase, worth
        return best

    def _having(self, part: str) -> Flags:
        """Return which texts hold a word of this stem."""
        found = np.zeros(self._held.shape[0], bool)
        column = self._number.get(part)
        if column is not None:
            start, end = self._held.indptr[column : column + 2]
            found[self._held.indices[start:end]] = True
        return found


def _telling(label: str) -> frozenset[str]:
    """Return the stems of the words by which a label is told, of all where none tells."""
    words = [word for word in label.split() if word not in WEAK | LEADING | TELLING]
    return stems_of(" ".join(words)) or stems_of(label)


def _alike(label: str, phrase: str) -> bool:
    """Whether a word of the phrase is one of the label's, or the same written otherwise.

    >>> _alike("guest house", "guesthouse"), _alike("spend", "spent"), _alike("fees", "cash")
    (True, True, False)
    """
    joined = label.replace(" ", "")
    known = {stem(word)[:_ALIKE] for word in label.split()}
    return any(
        stem(word) in joined or stem(word)[:_ALIKE] in known
        for word in phrase.split()
        if word not in JOINING
    )


def _length(phrase: str) -> int:
    return len(phrase.split())
