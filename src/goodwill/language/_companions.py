"""A second phrase for a theme of two matters: "withdraw money / fees", "lost/stolen card".

A theme often holds two matters that are near each other, and no phrase of one speaks for both. The
label then takes the phrase that stands in most of the texts without all words of the first; where
the two differ in one word, both words stand in one phrase. What is wrong is said beside a label
that says nothing of it, however many texts hold the label.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from goodwill.language._meanings import Meanings
from goodwill.language._phrases import Candidate, Phrases
from goodwill.language._stopwords import JOINING, LEADING, LIGHT, NOT, REQUESTS, SMALL
from goodwill.language._wording import BETWEEN, stem, stems_of

Flags = npt.NDArray[np.bool_]

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
"""How alike a companion of one word, or of what is wrong, must be to its texts."""
_DIFFERENT = 0.35
"""How alike two phrases may be, beside the word that they share, to say two matters."""
_ALIKE = 4
"""First letters that two words of one meaning share: "spend" and "spent"."""
_SAME, _UNLIKE = 0.5, 0.25
"""How alike two words may be to be alternatives, and how unlike in what stands beside them."""
_UNFIT = LEADING | LIGHT
"""Words that are no alternatives: "no card", "new card"."""
_ASKED = frozenset(map(stem, REQUESTS))
"""Stems of what is asked, such as "cancel": not what is wrong, though it may sound so."""


class _Bar(NamedTuple):
    """What a companion must reach.

    Attributes:
        told: How much more frequent it must be in its group than elsewhere.
        worth: What a text that it adds is worth.
        gain: The share of the texts that it must add.
        beside: The same, of those that hold the label.
        covered: A label whose words stand together in that share of its texts needs none.
    """

    told: float
    worth: float
    gain: float
    beside: float
    covered: float = 0.65


_PHRASE, _SINGLE = _Bar(5, 1.0, 0.1, 0.35), _Bar(20, 0.7, 0.13, 0.4)
"""Phrases of several words, and words alone."""
_SHARING = _Bar(5, 1.0, 0.15, 0.5)
"""Phrases of several words, one of them the label's: mostly they say one matter in other words."""
_ALTERNATIVE = _Bar(2, 0.7, 0.1, 0.25, 0.9)
"""Phrases that are the label but for one word: "stolen card" beside "lost card"."""
_WRONG = _Bar(5, 1.0, 0.2, 0.0, 1.1)
"""What is wrong, where the label says nothing of it: it adds to texts that hold the label, too."""


class _Texts(NamedTuple):
    """The texts of a group.

    Attributes:
        members: Which they are.
        left: Those that lack a word of the label; all for a label of one word.
        whole: What they weigh.
        covered: The share that is not left.
    """

    members: Flags
    left: Flags
    whole: float
    covered: float


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
        lacking = members & ~self._holding(
            [self._forms[part[:_ALIKE]] for part in self._parts(label)]
        )
        # A word says too little, however many hold it.
        alone = len(stems_of(label)) == 1
        left = members if alone else lacking
        texts = _Texts(members, left, whole, 1 - float(self._weights[left].sum()) / whole)
        said = [label, *(each.phrase for each in others)]
        likeness = self._meanings.alike_to(said, lacking).tolist()
        least_worth = _LEAST_WORTH * max((each.worth for each in others), default=0.0)
        fit: list[tuple[bool, str, float]] = []
        for (phrase, _, worth, _), alike in zip(others, likeness[1:], strict=True):
            lengthy = len(stems_of(phrase)) > 1
            if (lengthy and worth < least_worth) or (alone and alike < _FAR):
                continue
            meant = alike >= likeness[0] + _NEARER
            for bar in self._bars(label, phrase):
                adds = self._adds(phrase, bar, texts, meant)
                if adds and self._goes(label, phrase, bar, group, alike, meant):
                    fit.append((bar is _SHARING, phrase, bar.worth * adds * (0.5 + alike)))
                    break
        # One that shares a word with the label goes with it only where no other does.
        fit = [row for row in fit if row[0] == min(fit)[0]]
        most = max((worth for _, _, worth in fit), default=0.0)
        return next((phrase for _, phrase, worth in fit if worth >= _NEARLY * most), "")

    def _bars(self, label: str, phrase: str) -> list[_Bar]:
        """Return those of which a phrase must reach one to go with a label."""
        parts = stems_of(phrase)
        if not parts or _length(label, phrase) > _LONGEST:
            return []
        if _alike(label, phrase):
            return [_ALTERNATIVE, _SHARING] if _swap(label, phrase) else [_SHARING]
        other = _PHRASE if len(parts) > 1 else _SINGLE
        wrong = self._phrases.troubled(phrase) and not self._phrases.troubled(label)
        return [_WRONG, other] if wrong and not parts & _ASKED else [other]

    def _adds(self, phrase: str, bar: _Bar, texts: _Texts, meant: bool) -> float:
        """Return the share of the texts that a phrase adds; 0 where that is less than it must."""
        if texts.covered >= bar.covered:
            return 0.0
        theirs = self._holding([[part] for part in self._parts(phrase)])
        those = theirs & (texts.members if bar is _WRONG else texts.left)
        adds = round(float(self._weights[those].sum()) / texts.whole, 9)
        if adds < max(bar.gain, bar.beside * texts.covered):
            return 0.0
        outside = float(self._weights[theirs & ~texts.members].sum()) + 0.5
        elsewhere = outside / (self._whole - texts.whole + 1)
        told = min(bar.told, _PHRASE.told) if meant else bar.told
        return adds if adds >= told * elsewhere else 0.0

    def _goes(
        self, label: str, phrase: str, bar: _Bar, group: int, alike: float, meant: bool
    ) -> bool:
        """Whether a phrase that adds enough is what its bar is for."""
        if bar is _ALTERNATIVE:
            return self._alternative(label, phrase, group) is not None
        if bar is _SHARING:
            return self._differ(label, phrase)
        if bar is _WRONG:
            return alike >= _FAR
        if bar is _PHRASE:
            return True
        # A word is used as a noun is, or meant, and no part.
        apart = meant and not self._phrases.is_part(phrase, group)
        return apart or self._phrases.stands_alone(phrase, group, _COMPLETE)

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

    def together(self, label: str, phrase: str, group: int) -> str:
        """Return a label with its companion: "lost/stolen card" where one word differs."""
        pair = self._alternative(label, phrase, group)
        return _put(label, pair[0], "/".join(pair)) if pair else label + BETWEEN + phrase

    def _alternative(self, label: str, phrase: str, group: int) -> tuple[str, str] | None:
        """Return the words in which a phrase differs from a label, of other meaning and like use.

        The other word stands in the label's place in the texts too, and as often with small words
        beside it: one can cancel an order, or complete it; a large order is neither.
        """
        pair = _swap(label, phrase)
        if pair is None or frozenset(pair) & _UNFIT or self._meanings.between(*pair) >= _SAME:
            return None
        one, other = (
            self._phrases.parted(*_neighbours(said, word), group)
            for said, word in zip((label, _put(label, *pair)), pair, strict=True)
        )
        return pair if min(one, other) >= 0 and abs(one - other) < _UNLIKE else None

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


def _swap(label: str, phrase: str) -> tuple[str, str] | None:
    """Return the words in which two phrases of the same other words differ; else None.

    >>> _swap("lost card", "stolen card"), _swap("phone stolen", "lost phone")
    (('lost', 'stolen'), ('stolen', 'lost'))
    >>> _swap("cash from atm", "atm fees")
    """
    one, other = (
        [word for word in said.split() if word not in JOINING] for said in (label, phrase)
    )
    left = [word for word in one if word not in other]
    right = [word for word in other if word not in one]
    if len(one) != len(other) or len(one) < 2 or len(left) != 1 or len(right) != 1:
        return None
    # Small words that join theirs to it would join nothing in another place.
    joined = len(label.split()) + len(phrase.split()) > len(one) + len(other)
    if joined and _put(label, left[0], right[0]) != phrase:
        return None
    return left[0], right[0]


def alternatives(phrase: str) -> list[str]:
    """Return the phrases that one with alternatives stands for.

    >>> alternatives("lost/stolen card"), alternatives("late parcel")
    (['lost card', 'stolen card'], ['late parcel'])
    """
    for word in phrase.split():
        if "/" in word:
            return [
                said for one in word.split("/") for said in alternatives(_put(phrase, word, one))
            ]
    return [phrase]


def _put(label: str, word: str, instead: str) -> str:
    """Return a phrase with another word instead of one of its own."""
    return " ".join(instead if each == word else each for each in label.split())


def _neighbours(label: str, word: str) -> tuple[str, str]:
    """Return a word of a phrase and the one beside it, in their order."""
    said = [each for each in label.split() if each not in JOINING]
    at = min(said.index(word), len(said) - 2)
    return said[at], said[at + 1]


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
