"""Phrases of texts: which words stand together, in which form, and what tells groups apart.

A phrase is one to three words that carry meaning. Mostly they are neighbours, with the small words
between them left out; words that tell a group best also make phrases over wider gaps.
"""

from __future__ import annotations

from copy import copy
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy import sparse

from goodwill.language._stopwords import JOINING, LEADING, NEGATIONS, NOT, SMALL, TELLING, WEAK
from goodwill.language._words import Words

_LENGTH_WORTH = (0.35, 1.8, 2.3)
"""What a phrase of one, two and three words is worth: one word alone hardly says what is wrong."""
_APART_WORTH = 0.7
"""The same, times this, where other words stand between them."""
_BARE_WORTH = 0.2
_SALIENT = 16
"""Words of a group from which phrases are made that are written with other words between."""
_WINDOW = 7
PARTICLES = ("up", "down", "out", "off", "in", "back", "over", "through")
_PARTICLE_SHARE = 0.2
"""Share of a word's uses that a particle must follow to be written with it: top up, log in."""
TERMS = 8
_FEWEST = 3
"""Texts of a group that must hold a phrase before it can be its name."""
_LEAST_RATIO = 0.7
"""Logarithm of how much more frequent a phrase must be in its group than elsewhere."""
_NO_OTHERS = 0.25
"""The share of other texts that a phrase is taken to be in where there are none."""
_EXTENSION = 0.1
_LONGER = 0.55

Numbers = npt.NDArray[np.int64]


class Phrases:
    """The phrases of texts. ``lost bag`` and ``bags were lost`` are one, named as most write it."""

    def __init__(
        self, found: Words, brands: frozenset[str], names: frozenset[str] = frozenset()
    ) -> None:
        vocabulary = found.vocabulary
        small = (SMALL | brands) - TELLING
        self._names = [*vocabulary, NOT]
        spelled = np.array(
            [
                len(vocabulary)
                if word in NEGATIONS
                else -1
                if word in small or not _meaningful(word)
                else number
                for number, word in enumerate(vocabulary)
            ],
            np.int64,
        )
        number_of: dict[str, int] = {}
        stems = [number_of.setdefault(stem(word), len(number_of)) for word in self._names]
        self.number_of = number_of
        self._stems = np.array(stems, np.int64)
        weak = WEAK | LEADING | TELLING | names
        self._weak = np.array([word in weak for word in self._names])
        self._names_not = np.array([word == NOT for word in self._names])
        self._leading = np.array([word in LEADING for word in self._names])
        text = np.repeat(np.arange(len(found)), np.diff(found.offsets))
        position = np.arange(len(found.ids)) - found.offsets[text]
        ids = spelled[found.ids]
        held = ids >= 0
        self._ids, self._text, self._position = ids[held], text[held], position[held]
        joins = np.array([word in JOINING for word in self._names])
        joining = np.append(-1, found.ids[:-1])[held]
        self._joining = np.where(joins[joining], joining, -1)
        self._texts = len(found)
        self._near = 2
        self._after = _particles(found)[held]

    def held(self) -> sparse.csc_array:
        """Return which words, by the number of their stems, each text holds."""
        width = len(self.number_of)
        count = np.int64(max(self._texts, 1))
        once = np.unique(self._stems[self._ids] * count + self._text)
        offsets = np.searchsorted(once, np.arange(width + 1) * count)
        shape = (self._texts, width)
        return sparse.csc_array((np.ones(len(once), np.int8), once % count, offsets), shape)

    def _apart(self, salient: npt.NDArray[np.bool_]) -> Phrases:
        """Return the same with only some of the words, and phrases over wider gaps."""
        other = copy(self)
        other._ids, other._text = self._ids[salient], self._text[salient]
        other._position, other._after = self._position[salient], self._after[salient]
        other._joining = np.full(len(other._ids), -1)
        other._near = _WINDOW
        return other

    def _salient(
        self, groups: npt.NDArray[np.int32], weights: npt.NDArray[np.float64], count: int
    ) -> npt.NDArray[np.bool_]:
        """Return which words are among those that tell their text's group best from the others."""
        width = int(self._stems.max(initial=0)) + 1
        group = groups[self._text].astype(np.int64)
        grouped = group >= 0
        keys = group[grouped] * width + self._stems[self._ids[grouped]]
        once = np.unique(keys * np.int64(self._texts) + self._text[grouped])
        cell, text = once // self._texts, once % self._texts
        cells, where = np.unique(cell, return_inverse=True)
        mass = np.bincount(where, weights[text])
        of_group, stems = cells // width, cells % width
        size = np.maximum(np.bincount(groups[groups >= 0], weights[groups >= 0], count), 1e-9)
        total = np.bincount(stems, mass, width)
        inside = mass / size[of_group]
        outside = (total[stems] - mass + 0.5) / (size.sum() - size[of_group] + 1.0)
        worth = np.round(inside * np.log(np.maximum(inside / outside, 1.0)), 9)
        order = np.lexsort((cells, -worth, of_group))
        first = np.searchsorted(of_group[order], np.arange(count))
        rank = np.arange(len(order)) - first[of_group[order]]
        best = np.sort(cells[order][(rank < _SALIENT) & (worth[order] > 0)])
        out = np.zeros(len(self._ids), bool)
        out[grouped] = np.isin(keys, best)
        # A negation counts before a word that does.
        nots = np.flatnonzero(self._names_not[self._ids[:-1]])
        beside = (self._text[nots] == self._text[nots + 1]) & (
            self._position[nots + 1] - self._position[nots] <= 2
        )
        out[nots] = out[nots + 1] & beside
        return out

    def scores(
        self, groups: npt.NDArray[np.int32], weights: npt.NDArray[np.float64], count: int
    ) -> list[list[tuple[str, float]]]:
        """Return the phrases of each group, best first, and the share of it that holds them.

        A phrase is worth the share of the group's texts that hold it, times the logarithm of how
        many times greater that share is than among the other texts, times more for a longer one.
        """
        rows: list[list[tuple[float, float, frozenset[int], str]]] = [[] for _ in range(count)]
        members = np.bincount(groups[groups >= 0], minlength=count)
        size = np.bincount(groups[groups >= 0], weights[groups >= 0], count)
        whole = max(float(weights.sum()), 1.0)
        apart = self._apart(self._salient(groups, weights, count))
        for source, length in ((self, 1), (self, 2), (self, 3), (apart, 2), (apart, 3)):
            texts, parts, joins = source._of_length(length)
            if not len(texts):
                continue
            phrase, keys = _codes(np.sort(self._stems[parts], axis=1), len(self._names))
            of_parts, forms = phrase, np.hstack([parts, joins])
            pairs = np.unique(phrase * np.int64(self._texts) + texts)
            phrase, text = pairs // self._texts, pairs % self._texts
            total = np.bincount(phrase, weights[text], len(keys))
            grouped = groups[text] >= 0
            cells, where = np.unique(
                phrase[grouped] * np.int64(count) + groups[text[grouped]], return_inverse=True
            )
            mass = np.bincount(where, weights[text[grouped]])
            number = np.bincount(where)
            of_phrase, of_group = cells // count, cells % count
            inside = mass / np.maximum(size[of_group], 1e-9)
            others = whole - size[of_group]
            # Of a group without others everything is its own.
            outside = np.where(
                others > 0, (total[of_phrase] - mass + 0.5) / (others + 1.0), _NO_OTHERS
            )
            ratio = np.log(np.maximum(inside, 1e-12) / np.maximum(outside, 1e-12))
            # Rounded, so that the last bits of a logarithm cannot change an order.
            bare = (keys == self._stems[-1]).any(axis=1) & (length == 2)  # "not get" says little
            lengthy = _LENGTH_WORTH[length - 1] * np.where(bare, _BARE_WORTH, 1.0)[of_phrase]
            if source is apart:
                lengthy = lengthy * _APART_WORTH
            worth = np.round(inside * ratio * lengthy, 9)
            least = np.minimum(_FEWEST, np.maximum(members[of_group] // 3, 1))
            told = np.flatnonzero((ratio > _LEAST_RATIO) & (number >= least))
            asked = np.zeros(len(keys), bool)
            asked[of_phrase[told]] = True
            held = asked[of_parts]
            names = self._most_written(of_parts[held], forms[held], length, len(keys))
            for cell in told:
                key = int(of_phrase[cell])
                rows[of_group[cell]].append(
                    (-float(worth[cell]), float(inside[cell]), frozenset(keys[key]), names[key])
                )
        weak = frozenset(self._stems[self._weak & ~self._names_not].tolist())
        return [_ranked(row, weak) for row in rows]

    def _most_written(self, phrase: Numbers, parts: Numbers, length: int, count: int) -> list[str]:
        """Return the words of each phrase as most texts have them, with what joins them."""
        form, forms = _codes(parts + 1, len(self._names) + 1)
        cells, number = np.unique(phrase * np.int64(len(forms)) + form, return_counts=True)
        of_phrase, of_form = cells // len(forms), cells % len(forms)
        best: list[tuple[int, str]] = [(0, "")] * count
        for key, times, one in zip(
            of_phrase.tolist(), number.tolist(), forms[of_form] - 1, strict=True
        ):
            if -times <= best[key][0]:
                told = one.tolist()
                inner = 2 * length - 1
                name = self._name(told[:length], told[length:inner], told[inner:])
                best[key] = min(best[key], (-times, name))
        return [name for _, name in best]

    def _name(self, parts: list[int], joins: list[int], afters: list[int]) -> str:
        said = [self._names[parts[0]]]
        said += [self._names[afters[0]]] * (afters[0] >= 0)
        for part, join, before, after in zip(
            parts[1:], joins, afters[:-1], afters[1:], strict=True
        ):
            said += [self._names[join]] * (join >= 0 and join != before) + [self._names[part]]
            said += [self._names[after]] * (after >= 0)
        return " ".join(said)

    def _of_length(self, length: int) -> tuple[Numbers, Numbers, Numbers]:
        """Return text, words and joining words of every phrase of a length that may be a name."""
        last = len(self._ids) - length + 1
        if last <= 0:
            return (
                np.empty(0, np.int64),
                np.empty((0, length), np.int64),
                np.empty((0, 0), np.int64),
            )
        steps = range(length)
        parts = np.stack([self._ids[step : step + last] for step in steps], axis=1)
        places = np.stack([self._position[step : step + last] for step in steps], axis=1)
        joins = np.stack([self._joining[step : step + last] for step in steps], axis=1)[:, 1:]
        joins = np.where(np.diff(places) == 2, joins, -1)
        afters = np.stack([self._after[step : step + last] for step in steps], axis=1)
        joins = np.hstack([joins, afters])
        same = self._text[:last] == self._text[length - 1 :]
        # At most two words may be left out between the words of a phrase: small ones, for most.
        near = places[:, -1] - places[:, 0] <= length - 1 + self._near
        whole = ~self._weak[parts].all(axis=1) & ~self._leading[parts[:, -1]]
        stems = self._stems[parts]
        for step in range(1, length):
            whole &= (stems[:, :step] != stems[:, step : step + 1]).all(axis=1)
        kept = same & near & whole
        return self._text[:last][kept], parts[kept], joins[kept]


def _particles(found: Words) -> Numbers:
    """Return, for each word, the particle that follows it where one often does; else -1.

    "top up" and "log in" are what people call it; "top" and "log" say nothing.
    """
    number = {word: place for place, word in enumerate(found.vocabulary)}
    uses = np.bincount(found.ids, minlength=len(number))
    next_ = np.append(found.ids[1:], -1) if len(found.ids) else np.empty(0, np.int64)
    next_[found.offsets[1:][found.offsets[1:] > 0] - 1] = -1
    out = np.full(len(found.ids), -1, np.int64)
    for particle in PARTICLES:
        if particle in number:
            places = np.flatnonzero(next_ == number[particle])
            times = np.bincount(found.ids[places], minlength=len(number))
            often = (times >= 5) & (times >= _PARTICLE_SHARE * uses)
            places = places[often[found.ids[places]]]
            out[places] = number[particle]
    return out


def _ranked(
    rows: list[tuple[float, float, frozenset[int], str]], weak: frozenset[int]
) -> list[tuple[str, float]]:
    """Return names by worth, and shares; the first gives way to a phrase that says more."""
    rows = sorted(rows, key=lambda row: (row[0], row[3]))[: 8 * TERMS]
    if rows:
        word = rows[0][2]
        share = max(share for _, share, other, _ in rows if other == word)
        longer = [row for row in rows if word < row[2] and (len(word) < 2 or row[2] - word - weak)]
        wanted = _EXTENSION if len(word) == 1 else _LONGER
        first = next((row for row in longer if row[1] >= wanted * share), None)
        if first:
            rows.remove(first)
            rows.insert(0, first)
    shares: dict[str, float] = {}
    for _, share, _, name in rows:
        shares.setdefault(name, share)
    return list(shares.items())


def _codes(parts: Numbers, base: int) -> tuple[Numbers, Numbers]:
    """Return the number of each row among the distinct rows, and those rows."""
    key = np.zeros(len(parts), np.int64)
    for column in parts.T:
        _, key = np.unique(key * np.int64(base) + column, return_inverse=True)
    _, first = np.unique(key, return_index=True)
    return key, parts[first]


@cache
def stem(word: str) -> str:
    """Return the word without its commonest English, Spanish and Portuguese endings.

    >>> [stem(word) for word in ("cancelled", "bags", "changing", "policies", "produtos")]
    ['cancel', 'bag', 'chang', 'policy', 'produto']
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            word = word.removesuffix(ending)
            if word[-1] == word[-2] and word[-1] not in "sz":
                word = word[:-1]
            return word
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _meaningful(word: str) -> bool:
    return len(word) > 1 and len(word) < 25 and not any(letter.isdigit() for letter in word)
