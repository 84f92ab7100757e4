"""The words of texts that a label may hold: which stand where, and what their neighbours say.

A small word that says what is asked ("new", "stop") counts where it tells a group; a word is
followed by how often it is written with a particle, led by an article, or denied.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from goodwill.language._stopwords import (
    ARTICLES,
    AUXILIARY,
    LEADING,
    LIGHT,
    NEED,
    NEGATIONS,
    NOT,
    PARTING,
    REQUESTS,
    SMALL,
    TELLING,
    TROUBLE,
    WEAK,
    WEAK_ABROAD,
)
from goodwill.language._wording import (
    AMOUNTS,
    DENIALS,
    Flags,
    Numbers,
    among,
    amounts,
    denials,
    distinct,
    joined,
    particles,
    stem,
    stems_of,
)
from goodwill.language._words import Words

Shares = npt.NDArray[np.float64]

_COMPLETE, _LED = 0.75, 0.2
"""Shares of a noun's uses that are complete, and that an article or a genitive leads."""
_BELONGS = 0.8
"""Share of its uses beside one of its neighbours from which on a word is part of a phrase."""
_OWNED = frozenset({"of", "de", "del", "do", "da"})
_OWNED_SHARE = 0.2
"""How much a word before a genitive belongs to what follows."""
_ORDERED = 0.3
"""Share of the uses of two neighbours in which they stand in an order for that to be theirs."""
_LIGHT_SHARE = 0.1
_LIGHT_RATIO = 2.0
"""Share of a group that must hold a light word, and how much more often than others do."""
CLAUSES = 16
"""Places between the words of two clauses."""
NEAR = 3
"""Small words that neighbours may not have between them; of those that part them, one."""


class Spoken:
    """The words of texts, those that say nothing left out.

    Args:
        found: The words of the texts.
        groups: The group of each text; -1 for none.
        weights: What each text counts.
        count: How many groups there are.
        brands: Words that no label may hold.
        names: Words that a label may hold, and not be made of.
        places: Where each word stands, far from those of other clauses; all are one by default.
        masked: Which words a name follows that is none of the words.
    """

    def __init__(
        self,
        found: Words,
        groups: npt.NDArray[np.int32],
        weights: npt.NDArray[np.float64],
        count: int,
        brands: frozenset[str] = frozenset(),
        names: frozenset[str] = frozenset(),
        places: Numbers | None = None,
        masked: Flags | None = None,
    ) -> None:
        vocabulary = found.vocabulary
        self._texts, self._count = len(found), count
        self._groups, self._weights = groups, weights
        self._names = [*vocabulary, *DENIALS, *AMOUNTS]
        number_of: dict[str, int] = {}
        self.number_of = number_of
        stems = [number_of.setdefault(stem(word), len(number_of)) for word in vocabulary]
        not_ = number_of.setdefault(NOT, len(number_of))
        self._not = not_
        self._to = vocabulary.index("to") if "to" in vocabulary else len(self._names)
        asked = [number_of.setdefault(stem(amount), len(number_of)) for amount in AMOUNTS]
        self._stems = np.array([*stems, *[not_] * len(DENIALS), *asked], np.int64)
        weak = WEAK | WEAK_ABROAD | LEADING | TELLING | LIGHT | names
        self._weak = among(self._names, weak | frozenset(DENIALS))
        self._light = among(self._names, LIGHT)
        matter = (TROUBLE | NEED) - SMALL | REQUESTS | frozenset(AMOUNTS)
        self._matter = among(self._names, matter | frozenset(DENIALS))
        self._trouble = frozenset(map(stem, TROUBLE)) | {NOT}
        self._leading = among(self._names, LEADING | frozenset(DENIALS + AMOUNTS))
        text = np.repeat(np.arange(len(found)), np.diff(found.offsets))
        if places is None:
            places = np.arange(len(found.ids)) + CLAUSES * text
        small = (SMALL | AUXILIARY | brands | LIGHT | NEGATIONS) - (TELLING - LIGHT)
        says = ~among(vocabulary, small)
        says &= np.array([_meaningful(word) for word in vocabulary], bool)
        light = among(vocabulary, LIGHT - brands)
        ids = found.ids.astype(np.int64)
        lightly = light[ids]
        where, which = amounts(found, places)
        ids[where] = len(vocabulary) + len(DENIALS) + which
        lightly[where] = True
        says = np.append(says, np.zeros(len(DENIALS) + len(AMOUNTS), bool))
        held = says[ids] | self._telling_light(lightly, ids, text)
        where, form = denials(found, places, held)
        ids[where] = len(vocabulary) + form
        held[where] = True
        denied = among(self._names, LEADING | frozenset(DENIALS))[ids]
        self._open = self._opens(found, places, held & ~denied, denied)[:, held]
        if masked is not None:
            self._open[1, masked[held]] = 1.0
        parts = among(vocabulary, PARTING)[found.ids]
        if masked is not None:
            parts[1:] |= masked[:-1]
        self._ids, self._text = ids[held], text[held]
        self._place = places[held]
        self._position = (places + NEAR * np.cumsum(parts))[held]
        self._joining, self._after = joined(found, places)[held], particles(found, places)[held]
        self._near = NEAR - 1

    def _telling_light(self, light: Flags, ids: Numbers, text: Numbers) -> Flags:
        """Return which words are light ones that tell the group of their text from the others."""
        out = np.zeros(len(ids), bool)
        some = np.flatnonzero(light & (self._groups[text] >= 0))
        if not len(some):
            return out
        cells, inside, outside = self._shares(self._stems[ids[some]], text[some])
        told = cells[(inside >= _LIGHT_SHARE) & (inside >= _LIGHT_RATIO * outside)]
        out[some] = np.isin(self._groups[text[some]] * self._width + self._stems[ids[some]], told)
        return out

    @property
    def _width(self) -> int:
        return len(self.number_of)

    def _shares(self, stems: Numbers, text: Numbers) -> tuple[Numbers, Shares, Shares]:
        """Return cells (group and stem), and the share of texts inside and outside that hold it."""
        once = distinct(stems * np.int64(self._texts) + text)
        stem_, text = once // self._texts, once % self._texts
        total = np.bincount(stem_, self._weights[text], self._width)
        grouped = self._groups[text] >= 0
        cells, where = np.unique(
            self._groups[text[grouped]].astype(np.int64) * self._width + stem_[grouped],
            return_inverse=True,
        )
        mass = np.bincount(where, self._weights[text[grouped]], len(cells))
        of_group, of_stem = cells // self._width, cells % self._width
        size = self._sizes()
        inside = mass / size[of_group]
        outside = (total[of_stem] - mass + 0.5) / (size.sum() - size[of_group] + 1.0)
        return cells, inside, outside

    def _sizes(self) -> Shares:
        of = self._groups >= 0
        sizes = np.bincount(self._groups[of], self._weights[of], self._count).astype(np.float64)
        return np.maximum(sizes, 1e-9)

    @staticmethod
    def _opens(found: Words, places: Numbers, content: Flags, denied: Flags) -> Shares:
        """Return which words belong to one before, to what follows, to a denial; which are led."""
        out = np.zeros((4, len(found.ids)))
        if len(found.ids) > 1:
            article = among(found.vocabulary, ARTICLES)[found.ids]
            near = np.diff(places) == 1
            owned = among(found.vocabulary, _OWNED)[found.ids]
            out[1, :-1] = (np.where(owned, _OWNED_SHARE, 0.0) + (content | article))[1:] * near
            out[2, 1:] = denied[:-1] & near
            out[2, 2:] += denied[:-2] & article[1:-1] & near[1:] & near[:-1]
            coded = np.array([any(map(str.isdigit, word)) for word in found.vocabulary], bool)
            out[0, 1:] = (content | coded[found.ids])[:-1] & near
            out[3, 1:] = (article | owned)[:-1] & near
        return out

    def _asks(self, keys: Numbers) -> Flags:
        """Return which phrases hold a word that says what is asked or wrong."""
        telling = np.zeros(self._width, bool)
        telling[self._stems[self._matter]] = True
        asks: Flags = np.any(telling[keys], axis=1)
        return asks

    def asks(self, phrase: str) -> bool:
        """Whether a phrase says what is asked or what is wrong."""
        numbers = [self.number_of[part] for part in stems_of(phrase) if part in self.number_of]
        return bool(self._asks(np.array([numbers], np.int64))[0]) if numbers else False

    def troubled(self, phrase: str) -> bool:
        """Whether a phrase says what is wrong."""
        return bool(stems_of(phrase) & self._trouble)

    def stands_alone(self, word: str, group: int, complete: float = _COMPLETE) -> bool:
        """Whether a word is used in a group as a noun is: led by an article, and complete."""
        _, open_, led = self._used(word, group)
        return bool(1 - open_ >= complete and led >= _LED)

    def is_part(self, word: str, group: int) -> bool:
        """Whether a word is mostly used in a group beside one of its phrase: "overdraft fees"."""
        before, after, _ = self._used(word, group)
        return max(before, after) >= _BELONGS

    def parted(self, word: str, after: str, group: int) -> float:
        """Return how often other words stand between two neighbours in a group's texts.

        -1 where they seldom stand in that order.
        """
        one, other = (self.number_of.get(stem(said), -1) for said in (word, after))
        stems = self._stems[self._ids]
        here = (self._text[:-1] == self._text[1:]) & (self._groups[self._text[:-1]] == group)
        first = here & (stems[:-1] == one) & (stems[1:] == other)
        turned = here & (stems[:-1] == other) & (stems[1:] == one)
        if first.sum() < max(_ORDERED * (first.sum() + turned.sum()), 1):
            return -1.0
        return float((np.diff(self._place)[first] > 1).mean())

    def _used(self, word: str, group: int) -> tuple[float, float, float]:
        """Return how often a word belongs to one before, to what follows, and is led."""
        number = self.number_of.get(stem(word), -1)
        uses = (self._stems[self._ids] == number) & (self._groups[self._text] == group)
        if not uses.any():
            return 0.0, 1.0, 0.0
        before, after, _, led = self._open[:, uses].mean(axis=1).tolist()
        return before, after, led

    def held(self) -> sparse.csc_array:
        """Return which words, by the number of their stems, each text holds."""
        count = np.int64(max(self._texts, 1))
        once = distinct(self._stems[self._ids] * count + self._text)
        offsets = np.searchsorted(once, np.arange(self._width + 1) * count)
        shape = (self._texts, self._width)
        return sparse.csc_array((np.ones(len(once), np.int8), once % count, offsets), shape)


def _meaningful(word: str) -> bool:
    return len(word) > 1 and len(word) < 25 and not any(letter.isdigit() for letter in word)
