"""Phrases of texts: which words stand together, in which form, and what tells groups apart.

A phrase is one to three words that carry meaning. Mostly they are neighbours in one clause, with
the small words between them left out; words that tell a group best also make phrases over wider
gaps. A small word that says what is asked ("new", "stop") counts where it tells a group.
"""

from __future__ import annotations

from copy import copy
from typing import NamedTuple

import numpy as np

from goodwill.language._meanings import Meanings
from goodwill.language._spoken import Shares, Spoken
from goodwill.language._wording import Flags, Numbers, distinct

_LENGTH_WORTH = ((0.25, 0.55), (0.7, 1.05, 1.6), (0.8, 1.6, 1.7, 1.75))
"""What a phrase of one, two and three words is worth, by how many of them are not weak."""
_APART_WORTH = 0.42
"""The same, times this, where other words stand between them."""
_BARE_WORTH = 0.5
_OPEN_COST = ((0.25, 0.5, 0.85), (0.25, 0.95, 0.85))
"""What is taken off a word, and a phrase, that always has more before, or after, or a denial."""
_DENIED = 0.5
"""Share of its uses that are denied from which on a phrase is the opposite of what is said."""
_MATTER_WORTH = 1.25
"""The same for a phrase that holds what is asked or wrong."""
_HELD_POWER, _COVER_POWER = 0.5, 0.8
"""Powers of the share of texts that hold a phrase, and of the share that hold its words."""
_MOST_RATIO = 5.0
"""Logarithm beyond which a phrase tells its group no better."""
_SALIENT = 16
"""Words of a group from which phrases are made that are written with other words between."""
_WINDOW = 7
TERMS = 8
_FEWEST = 3
"""Texts of a group that must hold a phrase before it can be its name."""
_LEAST_RATIO = 0.7
"""Logarithm of how much more frequent a phrase must be in its group than elsewhere."""
_NO_OTHERS = 0.25
"""The share of other texts that a phrase is taken to be in where there are none."""
_WIDER, _WIDER_WORTH = 2.0, 0.6
_EXTENSION = 0.2
_LONGER_WORTH = 0.4
_LONGER = 0.55
_MOST_CODES = 2**62
"""Numbers of 64 bits hold as many."""


_MOST_RANKED = 64
"""Phrases of a group whose meaning is looked at."""
_LEAST_ALIKE, _ALIKE_POWER = 0.1, 2.0
"""How a phrase counts by how alike it is to what its group means."""
_KNOWN = 0.5
"""How alike one phrase must be at least, or the group's words are none that the table knows."""
_Row = tuple[float, float, frozenset[int], str, float]
"""A phrase: its worth below zero, the share of texts that hold it, its stems, its name, and how
alike it is to its group."""


class Candidate(NamedTuple):
    """A phrase of a group.

    Attributes:
        phrase: How it is written.
        share: Of the group's texts that hold it.
        worth: What it is worth as a name.
        alike: How alike it is to what the group means, -1 to 1.
    """

    phrase: str
    share: float
    worth: float
    alike: float = 0.0


class Phrases(Spoken):
    """The phrases of texts. ``lost bag`` and ``bags were lost`` are one, named as most write it."""

    def _apart(self, salient: Flags) -> Phrases:
        """Return the same with only some of the words, and phrases over wider gaps."""
        other = copy(self)
        other._ids, other._text = self._ids[salient], self._text[salient]
        # No phrase goes over a denial that is left out.
        passed = _WINDOW * np.cumsum((self._stems[self._ids] == self._not) & ~salient)
        other._position, other._after = (self._place + passed)[salient], self._after[salient]
        other._open = self._open[:, salient]
        other._joining = np.full(len(other._ids), -1)
        other._near = _WINDOW
        return other

    def _salient(self, cells: Numbers, inside: Shares, outside: Shares) -> Flags:
        """Return which words are among those that tell their text's group best from the others."""
        worth = np.round(inside * np.log(np.maximum(inside / outside, 1.0)), 9)
        of_group = cells // self._width
        order = np.lexsort((cells, -worth, of_group))
        first = np.searchsorted(of_group[order], np.arange(self._count))
        rank = np.arange(len(order)) - first[of_group[order]]
        best = np.sort(cells[order][(rank < _SALIENT) & (worth[order] > 0)])
        group = self._groups[self._text].astype(np.int64)
        out = (group >= 0) & np.isin(group * self._width + self._stems[self._ids], best)
        # A denial counts before a word that does.
        nots = np.flatnonzero(self._stems[self._ids[:-1]] == self._not)
        beside = (self._text[nots] == self._text[nots + 1]) & (
            self._position[nots + 1] - self._position[nots] <= 2
        )
        out[nots] = out[nots + 1] & beside
        return out

    def candidates(self, meanings: Meanings) -> list[list[Candidate]]:
        """Return the phrases of each group, best first.

        A phrase is worth the share of the group's texts that hold it and its words, times the
        logarithm of how many times greater that share is than among the other texts, times more
        for a longer one, and less for one that its neighbours complete, or that is far from what
        the group means.
        """
        groups, weights, count = self._groups, self._weights, self._count
        rows: list[list[_Row]] = [[] for _ in range(count)]
        members = np.bincount(groups[groups >= 0], minlength=count)
        size = np.bincount(groups[groups >= 0], weights[groups >= 0], count)
        whole = max(float(weights.sum()), 1.0)
        known, shares, elsewhere = self._shares(self._stems[self._ids], self._text)
        apart = self._apart(self._salient(known, shares, elsewhere))
        near: dict[tuple[int, ...], tuple[str, int]] = {}
        for source, length in ((self, 1), (self, 2), (self, 3), (apart, 2), (apart, 3)):
            texts, parts, joins, opens = source._of_length(length)
            if not len(texts):
                continue
            phrase, keys = _codes(np.sort(self._stems[parts], axis=1), self._width)
            of_parts, forms = phrase, np.hstack([parts, joins])
            group = groups[texts].astype(np.int64)
            grouped = group >= 0
            once = distinct(phrase * np.int64(self._texts) + texts)
            total = np.bincount(once // self._texts, weights[once % self._texts], len(keys))
            once = once[groups[once % self._texts] >= 0]
            cells, where = np.unique(
                once // self._texts * np.int64(count) + groups[once % self._texts],
                return_inverse=True,
            )
            mass = np.bincount(where, weights[once % self._texts], len(cells))
            number = np.bincount(where, minlength=len(cells))
            # Uses of the phrase in the group, and those to which a neighbour belongs.
            used = np.searchsorted(cells, phrase[grouped] * np.int64(count) + group[grouped])
            uses = np.maximum(np.bincount(used, minlength=len(cells)), 1)
            closed = np.where(self._asks(keys), _MATTER_WORTH, 1.0)[cells // count]
            sides = np.stack([np.bincount(used, side, len(cells)) for side in opens[:, grouped]])
            for side, cost in zip(sides / uses, _OPEN_COST[length > 1], strict=True):
                closed *= 1 - cost * side
            of_phrase, of_group = cells // count, cells % count
            inside = mass / np.maximum(size[of_group], 1e-9)
            others = whole - size[of_group]
            # Of a group without others everything is its own.
            outside = np.where(
                others > 0, (total[of_phrase] - mass + 0.5) / (others + 1.0), _NO_OTHERS
            )
            ratio = np.log(np.maximum(inside, 1e-12) / np.maximum(outside, 1e-12))
            least = np.minimum(_FEWEST, np.maximum(members[of_group] // 3, 1))
            said = sides[2] < _DENIED * uses
            told = np.flatnonzero((ratio > _LEAST_RATIO) & (number >= least) & said)
            words = np.searchsorted(
                known, of_group[told, None] * np.int64(self._width) + keys[of_phrase[told]]
            )
            cover = shares[words].mean(axis=1)
            asked = np.zeros(len(keys), bool)
            asked[of_phrase[told]] = True
            held = asked[of_parts]
            written = self._most_written(of_parts[held], forms[held], length, len(keys))
            worth = inside[told] ** _HELD_POWER * cover**_COVER_POWER * closed[told]
            worth *= np.minimum(ratio[told], _MOST_RATIO)
            bare = (keys == self._not).any(axis=1) & (length == 2)  # "not get" says little
            those = of_phrase[told]
            for key, stems_of_key, little, number_of_group, share, value in zip(
                those.tolist(), map(tuple, keys[those].tolist()), bare[those].tolist(),
                of_group[told].tolist(), inside[told].tolist(), worth.tolist(), strict=True,
            ):  # fmt: skip
                name, weaks, times = written[key]
                lengthy = _LENGTH_WORTH[length - 1][length - weaks]
                lengthy = min(lengthy, _BARE_WORTH) if little else lengthy
                if source is apart:
                    told_near, often = near.get(stems_of_key, ("", 0))
                    if 8 * often >= times:
                        name = told_near
                    if 3 * often < times:
                        lengthy *= _APART_WORTH
                elif length > 1:
                    near[stems_of_key] = (name, times)
                # Rounded, so that the last bits of a logarithm cannot change an order.
                score = round(value * lengthy, 9)
                rows[number_of_group].append((-score, share, frozenset(stems_of_key), name, 0.0))
        weak = frozenset(self._stems[self._weak].tolist()) - {self._not}
        best = [sorted(row, key=lambda one: (one[0], one[3]))[:_MOST_RANKED] for row in rows]
        return [_ranked(row, weak) for row in _by_meaning(best, meanings)]

    def told(self, candidates: list[list[Candidate]]) -> list[float]:
        """Return the share of each group's texts that holds its commonest telling word or phrase.

        Args:
            candidates: The phrases of each group.
        """
        cells, inside, outside = self._shares(self._stems[self._ids], self._text)
        words = inside >= np.exp(_LEAST_RATIO) * outside
        words &= cells % self._width != self._not
        most = np.zeros(self._count)
        np.maximum.at(most, cells[words] // self._width, inside[words])
        phrases = [max((each.share for each in found), default=0.0) for found in candidates]
        return [max(pair) for pair in zip(most.tolist(), phrases, strict=True)]

    def _most_written(
        self, phrase: Numbers, parts: Numbers, length: int, count: int
    ) -> dict[int, tuple[str, int, int]]:
        """Return each phrase as most texts have it, its weak words, and how often it is written."""
        form, forms = _codes(parts + 1, len(self._names) + 1)
        cells, number = np.unique(phrase * np.int64(len(forms)) + form, return_counts=True)
        of_phrase, of_form = cells // len(forms), cells % len(forms)
        most = np.zeros(count, np.int64)
        np.maximum.at(most, of_phrase, number)
        often = number == most[of_phrase]
        of_phrase, told = of_phrase[often], forms[of_form[often]] - 1
        weaks = self._weak[told[:, :length]].sum(axis=1)
        times = np.bincount(phrase, minlength=count)[of_phrase]
        inner = 2 * length - 1
        best: dict[int, tuple[str, int, int]] = {}
        for key, one, *counts in zip(
            of_phrase.tolist(), told.tolist(), weaks.tolist(), times.tolist(), strict=True
        ):
            name = self._name(one[:length], one[length:inner], one[inner:])
            best[key] = min(best.get(key, (name, *counts)), (name, *counts))
        return best

    def _name(self, parts: list[int], joins: list[int], afters: list[int]) -> str:
        said = [self._names[parts[0]]]
        said += [self._names[afters[0]]] * (afters[0] >= 0)
        for part, join, before, after in zip(
            parts[1:], joins, afters[:-1], afters[1:], strict=True
        ):
            said += [self._names[join]] * (join >= 0 and join != before) + [self._names[part]]
            said += [self._names[after]] * (after >= 0)
        return " ".join(said)

    def _of_length(self, length: int) -> tuple[Numbers, Numbers, Numbers, Shares]:
        """Return text, words, joining words and openness of phrases that may be a name."""
        last = len(self._ids) - length + 1
        if last <= 0:
            none = np.empty((0, length), np.int64)
            return np.empty(0, np.int64), none, none, np.empty((3, 0))
        steps = range(length)
        parts = np.stack([self._ids[step : step + last] for step in steps], axis=1)
        stems = self._stems[parts]
        places = np.stack([self._position[step : step + last] for step in steps], axis=1)
        joins = np.stack([self._joining[step : step + last] for step in steps], axis=1)[:, 1:]
        gaps = np.diff(places)
        joins = np.where((gaps == 2) | (gaps == 3), joins, -1)
        # A light word goes with what follows at once, behind an article, or joined.
        led = np.stack([self._open[3, step : step + last] for step in steps], axis=1)[:, 1:]
        loose = (self._light[parts[:, :-1]] & (gaps > 1) & (joins < 0) & (led == 0)).any(axis=1)
        # "not able to find" is no "not to find".
        unsaid = ((joins == self._to) & (stems[:, :-1] == self._not)).any(axis=1)
        afters = np.stack([self._after[step : step + last] for step in steps], axis=1)
        joins = np.hstack([joins, afters])
        opens = np.stack([self._open[0, :last], self._open[1, length - 1 :], self._open[2, :last]])
        # What a particle parts from the next word is no part of that.
        opens[1] *= afters[:, -1] < 0
        same = self._text[:last] == self._text[length - 1 :]
        # At most two words may be left out between the words of a phrase: small ones, for most.
        near = places[:, -1] - places[:, 0] <= length - 1 + self._near
        whole = ~self._leading[parts[:, -1]]
        if length == 1:
            whole &= ~self._weak[parts[:, 0]]
        for step in range(1, length):
            whole &= (stems[:, :step] != stems[:, step : step + 1]).all(axis=1)
        kept = same & near & whole & ~unsaid & ~loose
        return self._text[:last][kept], parts[kept], joins[kept], opens[:, kept]


def _by_meaning(rows: list[list[_Row]], meanings: Meanings) -> list[list[_Row]]:
    """Return the rows of each group, worth less the farther they are from what it means."""
    every = [(group, row) for group, some in enumerate(rows) for row in some]
    numbers = np.array([group for group, _ in every], np.int64)
    alike = meanings.alike([row[3] for _, row in every], numbers)
    most = np.zeros(len(rows))
    np.maximum.at(most, numbers, alike)
    near = np.round(np.maximum(alike, _LEAST_ALIKE) ** _ALIKE_POWER, 9)
    near[most[numbers] < _KNOWN] = 1.0
    out: list[list[_Row]] = [[] for _ in rows]
    for (group, (worth, share, stems, name, _)), factor, like in zip(
        every, near.tolist(), alike.tolist(), strict=True
    ):
        out[group].append((round(worth * factor, 9), share, stems, name, like))
    return out


def _ranked(rows: list[_Row], weak: frozenset[int]) -> list[Candidate]:
    """Return names by worth; the first gives way to a phrase that says more."""
    rows = sorted(rows, key=lambda row: (row[0], row[3]))
    if rows:
        best, share, word, *_ = rows[0]
        # "life insurance" of which a third says "life insurance claim" is no claim.
        wider = [
            row
            for row in rows
            if len(row[2] - weak) > 1 and row[2] < word and row[1] >= _WIDER * share
        ]
        if wider and wider[0][0] <= _WIDER_WORTH * best:
            rows.remove(wider[0])
            rows.insert(0, wider[0])
            word = wider[0][2]
        share = max(share for _, share, other, *_ in rows if other == word)
        longer = [row for row in rows if word < row[2] and (len(word) < 2 or row[2] - word - weak)]
        wanted = _EXTENSION if len(word) == 1 else _LONGER
        least = _LONGER_WORTH * rows[0][0]
        first = next((row for row in longer if row[1] >= wanted * share and row[0] <= least), None)
        if first:
            rows.remove(first)
            rows.insert(0, first)
    found: dict[str, Candidate] = {}
    for worth, share, _, name, alike in rows:
        found.setdefault(name, Candidate(name, share, -worth, alike))
    return list(found.values())


def _codes(parts: Numbers, base: int) -> tuple[Numbers, Numbers]:
    """Return the number of each row among the distinct rows, and those rows."""
    key, most = np.zeros(len(parts), np.int64), 1
    for column in parts.T:
        if most * base > _MOST_CODES:
            _, key = np.unique(key, return_inverse=True)
            most = len(parts)
        key, most = key * np.int64(base) + column, most * base
    _, first, key = np.unique(key, return_index=True, return_inverse=True)
    return key, parts[first]
