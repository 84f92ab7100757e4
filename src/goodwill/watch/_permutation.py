"""A roll-out as an experiment: the draws that were possible, and what each would have shown.

Units of like volume stand together in blocks, and chance gives each of a block another wave. What
was observed is held against every other draw (Fisher 1935; Wang & De Gruttola 2017 for stepped
wedges), so that neither overdispersion nor a level that wanders makes it say too much.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from goodwill.watch._inputs import Floats

ALL = 4_096
"""So many possible draws are all held against; of more, ``SAMPLE`` at random."""
SAMPLE = 1_999
ALPHA = 0.025
"""Error of each side of the interval, and of each of the verdicts worked and worse."""
WIDEST = 6.0
"""Logarithm of the largest ratio that an interval can end at."""
NONE = 0.25
"""Events by which a count is thought larger while an effect is taken out of it."""
Waves = NDArray[np.int64]


def blocks_of(units: int, waves: int) -> list[range]:
    """Return the blocks of units, ranked by volume: as many as there are waves stand together."""
    return [range(at, min(at + waves, units)) for at in range(0, units, waves)]


def possible(units: int, waves: int) -> int:
    """Return the number of draws that the blocks allow.

    >>> possible(8, 2), possible(6, 3), possible(5, 2)
    (16, 36, 8)
    """
    return math.prod(math.perm(waves, len(block)) for block in blocks_of(units, waves))


def draw(units: int, waves: int, seed: int) -> Waves:
    """Return the wave of each unit (units,), in the order of their volume."""
    chosen: Waves = many(units, waves, 1, np.random.default_rng(seed))[0]
    return chosen


@lru_cache(maxsize=4)
def draws(units: int, waves: int) -> Waves:
    """Return all possible draws, or many of them at random (draws, units)."""
    if possible(units, waves) <= ALL:
        return np.array(list(_every(units, waves)), np.int64)
    return many(units, waves, SAMPLE, np.random.default_rng(units * 64 + waves))


def _every(units: int, waves: int) -> Iterator[list[int]]:
    parts = [itertools.permutations(range(waves), len(b)) for b in blocks_of(units, waves)]
    for chosen in itertools.product(*parts):
        yield [wave for part in chosen for wave in part]


def many(units: int, waves: int, number: int, rng: np.random.Generator) -> Waves:
    """Return draws at random (number, units)."""
    parts = [
        rng.random((number, waves)).argsort(axis=1)[:, : len(block)]
        for block in blocks_of(units, waves)
    ]
    out: Waves = np.concatenate(parts, axis=1)
    return out


def _mantel_haenszel(with_: Floats, hoped: Floats, seen: Floats, whole: Floats) -> Floats:
    """Return the log ratio from sums of those that have the fix and of all (..., periods)."""
    scale = np.maximum(whole, 1e-12)
    share, rest = hoped / scale, (whole - hoped) / scale
    # Half an event keeps an arm without any from ending the sum.
    top = (with_ * rest).sum(-1) + 0.5 * rest.mean(-1)
    bottom = ((seen - with_) * share).sum(-1) + 0.5 * share.mean(-1)
    out: Floats = np.log(top / bottom)
    return out


def share_proven(own: Waves, others: Waves, counts: Floats, expected: Floats) -> float:
    """Return in which share of many experiments a fall is proven.

    Args:
        own: The draw of each experiment (experiments, units).
        others: Possible draws (draws, units).
        counts: Events (experiments, units, periods).
        expected: What their own past makes expect (experiments, units, periods).
    """
    periods = np.arange(counts.shape[2])
    has = (others[:, :, None] <= periods).astype(float)
    had = (own[:, :, None] <= periods).astype(float)
    seen, whole = counts.sum(1), expected.sum(1)
    mine = _mantel_haenszel((had * counts).sum(1), (had * expected).sum(1), seen, whole)
    # One product a period does all experiments and draws at once: (experiments, draws, periods).
    with_, hoped = (
        np.stack([part[:, :, p] @ has[:, :, p].T for p in periods], axis=2)
        for part in (counts, expected)
    )
    drawn = _mantel_haenszel(with_, hoped, seen[:, None], whole[:, None])
    as_low = (drawn <= mine[:, None] + 1e-9).mean(1)
    return float((np.maximum(as_low, 1 / len(others)) <= ALPHA).mean())


class Experiment:
    """What was seen under the draw that was made, beside what all others would have shown.

    In each period between two waves the units that have the fix are held against those that do not
    have it yet, each against what its own past makes expect (Mantel & Haenszel 1959).

    Args:
        own: The wave that each unit was given (units,).
        others: The possible draws (draws, units); all, or a sample.
        counts: Events of each unit in each period (units, periods).
        expected: What its own past makes expect, up to a common factor a period (same shape).
    """

    def __init__(self, own: Waves, others: Waves, counts: Floats, expected: Floats) -> None:
        periods = np.arange(counts.shape[1])
        had = (own[:, None] <= periods).astype(float)
        # A sample does not hold the draw that was made; all draws do. It comes first in both.
        others = others[~(others == own).all(1)]
        has = (np.concatenate([own[None], others])[:, :, None] <= periods).astype(float)
        # Counts without the fix, with it, and cells with it: an effect is undone by their sum.
        parts = (counts * (1 - had), counts * had, NONE * had)
        self._whole = [part.sum(0) for part in parts]
        self._with = [np.einsum("dup,up->dp", has, part) for part in parts]
        self._hoped = np.einsum("dup,up->dp", has, expected)
        self._expected = expected.sum(0)

    def ratios(self, log_effect: float = 0.0) -> Floats:
        """Return the log ratio of each draw, that which was made first, were that the effect."""
        undo = np.exp(-log_effect)
        # Where a fix takes away most, a count of none need not have been none without it.
        times = (1.0, undo, max(undo - 1.0, 0.0))
        with_ = sum(t * part for t, part in zip(times, self._with, strict=True))
        seen = sum(t * part for t, part in zip(times, self._whole, strict=True))
        return _mantel_haenszel(np.asarray(with_), self._hoped, np.asarray(seen), self._expected)

    def p_values(self, log_effect: float = 0.0) -> tuple[float, float]:
        """Return how likely so low and so high a ratio would be by the draw alone."""
        drawn = self.ratios(log_effect)
        return float((drawn <= drawn[0] + 1e-9).mean()), float((drawn >= drawn[0] - 1e-9).mean())

    def interval(self, alpha: float = ALPHA) -> tuple[float, float]:
        """Return the effects that the draw does not exclude: zero, infinity where it excludes none.

        An effect is excluded where at most ``alpha`` of the draws would look so low, or so high.
        """
        middle = float(self.ratios()[0])
        ends = []
        for side, way in ((1, -1.0), (0, 1.0)):
            inside, outside = middle, middle + way * WIDEST
            if self.p_values(outside)[side] > alpha:
                ends.append(way * np.inf)
                continue
            while abs(outside - inside) > 1e-3:
                half = (inside + outside) / 2
                excluded = self.p_values(half)[side] <= alpha
                inside, outside = (inside, half) if excluded else (half, outside)
            ends.append(outside)
        low, high = np.exp(ends)
        return float(low), float(high)
