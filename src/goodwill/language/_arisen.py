"""Matters that came up among new messages, though they lie near to what was known.

"Lost card" in a bank is near to a theme that the bank has, so that no message of it fits badly, and
a few of them do not make a group of their own. They are told by where they are: a region in which
most messages are new, where one in eleven is by chance. Regions are fixed before anybody looks at
which messages are new: the nearest messages of each message, those that share a word, those that
share two. The region with the least probability is taken when it is surprising beside how many
were looked at (a scan statistic: Kulldorff 1997, with the bound of Bonferroni for its maximum).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from goodwill.language._space import RADIUS, Points, neighbours, on_grid
from goodwill.language._stopwords import LEADING, NEGATIONS, SMALL, WEAK
from goodwill.language._wording import distinct, stem
from goodwill.language._words import Words

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]

WIDTHS = (12, 24, 48)
"""Texts of a region of the nearest: the text itself and those nearest to it."""
CHANCE = 0.01
"""Probability that anything is found where nothing is new."""
NEW_SHARE = 0.5
"""Share of the texts of a new theme that must be new."""
LOST_SHARE = 0.015
"""Share of the known texts that all new themes together may take."""
ROUNDS = 3
"""How often a new theme's middle is set to the middle of the new texts nearest to it."""


@dataclass(frozen=True, slots=True)
class _Family:
    """Regions of texts: of each, which texts it holds (a sparse matrix, regions by texts)."""

    holds: sparse.csr_matrix

    def counts(self, flags: Flags) -> Numbers:
        return np.asarray(self.holds @ flags.astype(np.int64)).astype(np.int64)


def arisen(
    points: Points,
    words: Words,
    alike: Points,
    new: Flags,
    left: Flags,
    least: int,
    brands: frozenset[str] = frozenset(),
) -> list[npt.NDArray[np.intp]]:
    """Return the new texts of each matter that came up, the most surprising first.

    Args:
        points: The texts' points.
        words: What the texts are about.
        alike: How alike each text is to the nearest known theme.
        new: Which texts are new.
        left: Which texts are of no other new theme.
        least: New texts that a theme must have.
        brands: Words that are no matter.
    """
    if (new & left).sum() < least or (~new).sum() < least:
        return []
    families = [_near(points), _saying(words, new, least, brands)]
    looks = sum(family.holds.shape[0] for family in families)
    budget = int(LOST_SHARE * (~new).sum())
    free = left.copy()
    barred = [np.zeros(family.holds.shape[0], bool) for family in families]
    out: list[npt.NDArray[np.intp]] = []
    while True:
        total, all_new = int(free.sum()), int((free & new).sum())
        best: tuple[float, int, int] | None = None
        for number, family in enumerate(families):
            sizes, news = family.counts(free), family.counts(free & new)
            worth = np.flatnonzero((news >= least) & (news >= NEW_SHARE * sizes) & ~barred[number])
            if len(worth):
                rare = rarity(sizes[worth], news[worth], all_new / total)
                place = int(rare.argmin())
                found = (float(rare[place]), number, int(worth[place]))
                best = found if best is None else min(best, found)
        if best is None or best[0] > np.log(CHANCE / looks):
            return out
        _, number, region = best
        held = np.zeros(len(points), bool)
        holds = families[number].holds
        held[holds.indices[holds.indptr[region] : holds.indptr[region + 1]]] = True
        grown = _grown(points, alike, new, free, held, least)
        if grown is None or int((grown & ~new).sum()) > budget:
            barred[number][region] = True
            continue
        budget -= int((grown & ~new).sum())
        out.append(np.flatnonzero(grown & new))
        free &= ~(grown | held & new)


def rarity(sizes: Numbers, news: Numbers, share: float) -> npt.NDArray[np.float64]:
    """Return the logarithm of a bound of the probability of so many new texts among so many.

    Texts are drawn from all of them, of which ``share`` are new (Hoeffding 1963).
    """
    found = news / sizes
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = found * np.log(found / share)
        apart += np.where(found < 1, (1 - found) * np.log((1 - found) / (1 - share)), 0.0)
    # Rounded, so that the last bits of a logarithm cannot change an order.
    return np.asarray(np.round(np.where(found > share, -sizes * apart, 0.0), 6), np.float64)


def _grown(
    points: Points, alike: Points, new: Flags, free: Flags, held: Flags, least: int
) -> Flags | None:
    """Return which texts a theme begun by a region's new texts takes; None when it is not one."""
    members = held & new & free
    total, all_new = int(free.sum()), int((free & new).sum())
    best: tuple[float, Flags] | None = None
    for _ in range(ROUNDS + 1):
        middle = on_grid(points[members].astype(np.float64).sum(axis=0, keepdims=True))
        taken = free & ((points @ middle[0]) / np.float32(RADIUS * RADIUS) > alike)
        size, news = int(taken.sum()), int((taken & new).sum())
        if news < least or news < NEW_SHARE * size:
            break
        rare = float(rarity(np.array([size]), np.array([news]), all_new / total)[0])
        if best is None or rare < best[0]:
            best = rare, taken
        members = taken & new
    return None if best is None else best[1]


def _near(points: Points) -> _Family:
    """Return the regions of the nearest texts of each text."""
    total = len(points)
    near, _ = neighbours(points, min(max(WIDTHS), total) - 1)
    own = np.hstack([np.arange(total, dtype=np.int32)[:, None], near])
    parts = []
    for width in sorted({min(width, own.shape[1]) for width in WIDTHS}):
        columns = own[:, :width].ravel()
        starts = np.arange(0, total * width + 1, width)
        parts.append(
            sparse.csr_matrix((np.ones(len(columns), np.int64), columns, starts), (total, total))
        )
    return _Family(sparse.csr_matrix(sparse.vstack(parts)))


def _saying(words: Words, new: Flags, least: int, brands: frozenset[str]) -> _Family:
    """Return the regions of texts that share a word, or two, whatever form those have."""
    small = SMALL | WEAK | LEADING | NEGATIONS | brands
    number_of: dict[str, int] = {}
    stems = np.array(
        [
            -1
            if word in small or len(word) < 2 or any(map(str.isdigit, word))
            else number_of.setdefault(stem(word), len(number_of))
            for word in words.vocabulary
        ],
        np.int64,
    )
    total = len(words)
    text = np.repeat(np.arange(total), np.diff(words.offsets))
    said = stems[words.ids] if len(words.ids) else np.empty(0, np.int64)
    keys = distinct(said[said >= 0] * total + text[said >= 0])
    of_word, of_text = keys // total, keys % total
    often = np.bincount(of_word, minlength=len(number_of)) >= least
    kept = often[of_word]
    renumbered = np.cumsum(often) - 1
    one = sparse.csr_matrix(
        (np.ones(int(kept.sum()), np.int64), (renumbered[of_word[kept]], of_text[kept])),
        (int(often.sum()), total),
    )
    return _Family(sparse.csr_matrix(sparse.vstack([one, _pairs(one, least)])))


def _pairs(one: sparse.csr_matrix, least: int) -> sparse.csr_matrix:
    """Return which texts hold two words, for every two that enough texts hold."""
    both = sparse.coo_matrix(sparse.triu(one @ one.T, 1))
    asked = both.data >= least
    first, second = both.row[asked], both.col[asked]
    order = np.lexsort((second, first))
    return sparse.csr_matrix(one[first[order]].multiply(one[second[order]]))
