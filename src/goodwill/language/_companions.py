"""A second phrase for a theme of two matters: "withdraw money / fees".

A theme often holds two matters that are near each other, and no phrase of one speaks for both. The
label then takes the phrase that stands in most of the texts without all words of the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from goodwill.language._meanings import Meanings
from goodwill.language._phrases import Candidate, Phrases
from goodwill.language._stopwords import JOINING, NOT, SMALL
from goodwill.language._wording import stem, stems_of

Flags = npt.NDArray[np.bool_]

_COVERED = 0.65
"""A label whose words stand together in that share of its texts needs no companion."""
_LONGEST = 6
"""Words of a label with its companion, those that join them left out."""
_LEAST_WORTH = 0.15
"""What a companion of several words must be worth of the best phrase."""
_COMPLETE = 0.5
"""Share of its uses that must be complete for a word to be a companion."""
_NEARLY = 0.7
"""The first phrase that is worth so much of the best companion is as good as that."""
_NEARER = 0.05
"""How much nearer a companion must be to the texts that it adds than the label is."""
_FAR = 0.15
"""How alike a companion of one word must be to its texts."""
_DIFFERENT = 0.35
"""How alike two phrases may be, beside the word that they share, to say two matters."""
_ALIKE = 4
"""First letters that two words of one meaning share: "spend" and "spent"."""


class _Bar(NamedTuple):
    """What a companion must reach.

    Attributes:
        told: How much more frequent it must be in its group than elsewhere.
        worth: What a text that it adds is worth.
    """

    told: float
    worth: float


_PHRASE, _SINGLE = _Bar(5, 1.0), _Bar(20, 0.7)
"""Phrases of several words, and words alone."""
_GAIN, _BESIDE = 0.15, 0.5
"""What any companion must add: a share of the texts, and one of those that hold the label."""


class Companions:
    """Finds companions of labels.

    Args:
        phrases: The phrases of the texts.
        groups: The group of each text.
        weights: What each text counts.
        meanings: What the groups mean.
    """

    def __init__(
        self,
        phrases: Phrases,
        groups: npt.NDArray[np.int32],
        weights: npt.NDArray[np.float64],
        meanings: Meanings,
    ) -> None:
        self._meanings = meanings
        self._held = phrases.held()
        self._phrases = phrases
        sizes = np.diff(self._held.indptr)
        self._number = {part: at for part, at in phrases.number_of.items() if sizes[at]}
        self._forms: dict[str, list[str]] = {}
        for part in self._number:
            self._forms.setdefault(part[:_ALIKE], []).append(part)
        self._groups, self._weights = groups, weights
        self._whole = float(weights.sum())

    def of(self, label: str, others: Sequence[Candidate], group: int) -> str:
        """Return the one of other phrases that goes with a label, or nothing.

        Args:
            label: The label that the group has.
            others: Phrases of the group, best first.
            group: Its number.
        """
        members = self._groups == group
        whole = max(float(self._weights[members].sum()), 1e-9)
        left = members & ~self._holding([self._forms[part[:_ALIKE]] for part in self._parts(label)])
        alone = len(stems_of(label)) == 1
        beside = left
        if alone:
            left = members  # a word says too little, however many hold it
        covered = 1 - float(self._weights[left].sum()) / whole
        if covered >= _COVERED:
            return ""
        said = [label, *(each.phrase for each in others)]
        likeness = self._meanings.alike_to(said, beside).tolist()
        least_worth = _LEAST_WORTH * max((each.worth for each in others), default=0.0)
        fit: list[tuple[bool, str, float]] = []
        for (phrase, _, worth, _), alike in zip(others, likeness[1:], strict=True):
            meant = alike >= likeness[0] + _NEARER
            bar = self._bar(label, phrase)
            if bar is None or (bar is not _SINGLE and worth < least_worth):
                continue
            if alone and alike < _FAR:
                continue
            theirs = self._holding([[part] for part in self._parts(phrase)])
            adds = round(float(self._weights[theirs & left].sum()) / whole, 9)
            outside = float(self._weights[theirs & ~members].sum()) + 0.5
            elsewhere = outside / (self._whole - whole + 1)
            told = _PHRASE.told if meant else bar.told
            if adds < max(_GAIN, _BESIDE * covered, told * elsewhere):
                continue
            if bar is _SINGLE and not self._stands(phrase, group, meant):
                continue
            shares = _alike(label, phrase)
            if not shares or self._differ(label, phrase):
                fit.append((shares, phrase, bar.worth * adds * (0.5 + alike)))
        # One that shares a word with the label goes with it only where no other does.
        fit = [row for row in fit if row[0] == min(fit)[0]]
        most = max((worth for _, _, worth in fit), default=0.0)
        return next((phrase for _, phrase, worth in fit if worth >= _NEARLY * most), "")

    def _bar(self, label: str, phrase: str) -> _Bar | None:
        """Return what a phrase must reach to go with a label; None where it cannot."""
        parts = stems_of(phrase)
        if not parts or _length(label, phrase) > _LONGEST:
            return None
        return _PHRASE if len(parts) > 1 else _SINGLE

    def _stands(self, word: str, group: int, meant: bool) -> bool:
        """Whether a word may be a companion: it is used as a noun is, or meant, and no part."""
        apart = meant and not self._phrases.is_part(word, group)
        return apart or self._phrases.stands_alone(word, group, _COMPLETE)

    def _differ(self, label: str, phrase: str) -> bool:
        """Whether a label and a phrase say two matters beside the word that they share.

        Mostly they say one in other words.
        """
        if NOT in stems_of(label) ^ stems_of(phrase):
            return False
        shared = {word[:_ALIKE] for word in label.split()} & {w[:_ALIKE] for w in phrase.split()}
        one, other = (
            [word for word in said.split() if word[:_ALIKE] not in shared and word not in SMALL]
            for said in (label, phrase)
        )
        if not one or not other or len(shared) != 1:
            return False
        return self._meanings.between(" ".join(one), " ".join(other)) < _DIFFERENT

    def _parts(self, phrase: str) -> list[str]:
        """Return the stems of a phrase that texts are known to hold: no particles."""
        return [part for part in stems_of(phrase) if part in self._number]

    def _holding(self, wanted: list[list[str]]) -> Flags:
        """Return which texts hold one of the stems of each list."""
        found = np.ones(self._held.shape[0], bool)
        for parts in wanted:
            some = np.zeros(len(found), bool)
            for part in parts:
                start, end = self._held.indptr[self._number[part] : self._number[part] + 2]
                some[self._held.indices[start:end]] = True
            found &= some
        return found


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


def _length(*phrases: str) -> int:
    return sum(word not in JOINING for phrase in phrases for word in phrase.split())
