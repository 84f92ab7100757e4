"""A roll-out as an experiment: the draws that were possible, and what each would have shown.

Units of like volume stand together in blocks, and chance gives each of a block another wave. What
was observed is held against every other draw (Fisher 1935; Wang & De Gruttola 2017 for stepped
wedges), so that neither overdispersion nor a level that wanders makes it say too much.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

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
    return _sampled(units, waves, 1, np.random.default_rng(seed))[0]


def draws(units: int, waves: int) -> Waves:
    """Return all possible draws, or many of them at random (draws, units)."""
    if possible(units, waves) <= ALL:
        return np.array(list(_every(units, waves)), np.int64)
    return _sampled(units, waves, SAMPLE, np.random.default_rng(units * 64 + waves))


def _every(units: int, waves: int) -> Iterator[list[int]]:
    parts = [itertools.permutations(range(waves), len(b)) for b in blocks_of(units, waves)]
    for chosen in itertools.product(*parts):
        yield [wave for part in chosen for wave in part]


def _sampled(units: int, waves: int, number: int, rng: np.random.Generator) -> Waves:
    parts = [
        rng.random((number, waves)).argsort(axis=1)[:, : len(block)]
        for block in blocks_of(units, waves)
    ]
    out: Waves = np.concatenate(parts, axis=1)
    return out


def log_ratio(waves: Waves, counts: Floats, expected: Floats) -> Floats:
    """Return the log of the Mantel-Haenszel ratio of each draw (draws,).

    In each period between two waves the units that have the fix are held against those that do not
    have it yet, each against what its own past makes expect.

    Args:
        waves: Wave of each unit (draws, units).
        counts: Events of each unit in each period (units, periods).
        expected: What its own past makes expect, up to a common factor a period (same shape).
    """
    periods = np.arange(counts.shape[1])
    has = (waves[:, :, None] <= periods).astype(float)
    with_, hoped = (np.einsum("dup,up->dp", has, part) for part in (counts, expected))
    without, rest = counts.sum(0) - with_, expected.sum(0) - hoped
    whole = np.maximum(expected.sum(0), 1e-12)
    # Half an event keeps an arm without any from ending the sum.
    top = (with_ * rest / whole).sum(1) + 0.5 * (rest / whole).mean(1)
    bottom = (without * hoped / whole).sum(1) + 0.5 * (hoped / whole).mean(1)
    out: Floats = np.log(top / bottom)
    return out


def p_values(
    own: Waves, others: Waves, counts: Floats, expected: Floats, log_effect: float = 0.0
) -> tuple[float, float]:
    """Return how likely so low and so high a ratio would be by the draw alone, were that the effect.

    Args:
        own: The wave that each unit was given (units,).
        others: The possible draws (draws, units); a sample of them, or all.
        counts: Events (units, periods).
        expected: As for `log_ratio`.
        log_effect: The effect that is tested: what the fix multiplies, as a logarithm.
    """
    had = own[:, None] <= np.arange(counts.shape[1])
    # Without the effect a count of none need not have been none.
    undone = (counts + NONE) * np.where(had, np.exp(-log_effect), 1.0) - NONE
    seen = log_ratio(own[None], undone, expected)[0]
    drawn = log_ratio(others, undone, expected)
    # A sample does not hold the draw that was made; all draws do.
    extra = 0 if (others == own).all(1).any() else 1
    number = len(drawn) + extra
    low = (np.count_nonzero(drawn <= seen + 1e-9) + extra) / number
    high = (np.count_nonzero(drawn >= seen - 1e-9) + extra) / number
    return float(low), float(high)


def interval(
    own: Waves, others: Waves, counts: Floats, expected: Floats, alpha: float = ALPHA
) -> tuple[float, float]:
    """Return the effects that the draw does not exclude: zero and infinity where it excludes none.

    An effect is excluded where at most ``alpha`` of the draws would look so low, or so high.
    """
    middle = float(log_ratio(own[None], counts, expected)[0])
    ends = []
    for side, way in ((1, -1.0), (0, 1.0)):

        def excluded(effect: float, side: int = side) -> bool:
            return p_values(own, others, counts, expected, effect)[side] <= alpha

        inside, outside = middle, middle + way * WIDEST
        if not excluded(outside):
            ends.append(way * np.inf)
            continue
        while abs(outside - inside) > 1e-3:
            half = (inside + outside) / 2
            inside, outside = (inside, half) if excluded(half) else (half, outside)
        ends.append(outside)
    low, high = np.exp(ends)
    return float(low), float(high)
