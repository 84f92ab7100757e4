"""The ratio of the two groups' earlier purchases: each problem's own, drawn towards the common one.

The effect scales the others' purchases by the ratio of what both groups bought before. Of a
hundred orders that ratio is poorly known, and its error goes into the effect. Themes of one
company are alike in it, since much the same customers meet with all of them. So their ratios are
taken as draws about a common one (random effects), and what a problem's customers bought before
beyond that ratio counts as far as it tells of later purchases: with slope B, where the problem's
own ratio alone would have B = Y0 / P0::

    effect = Y1 - r * Y0 - B * (P1 - r * P0)

B is the best linear one. A problem unlike the others is protected: its ratio is never drawn
further than one standard error of its own (limited translation; Efron and Morris 1972).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goodwill.value._effect import Drawn, Matched
from goodwill.value._inputs import Floats

_FEWEST = 5
_SPREADS = np.linspace(0.0, 1.0, 201)


@dataclass(frozen=True, slots=True)
class CommonRatio:
    """What a company's problems have in common.

    Attributes:
        value: Mean of the ratios; ``error`` its standard error.
        spread: Standard deviation of the ratios about it.
    """

    value: float
    error: float
    spread: float

    def drawn(self, matched: Matched) -> Drawn:
        """Return how the earlier purchases of a problem's groups are to be counted."""
        y0, p1, p0 = matched.means[4], matched.means[1], matched.means[5]
        later, before = np.zeros(8), np.zeros(8)
        later[[0, 4]] = before[[1, 5]] = 1.0, -self.value
        known = float(before @ matched.covariance @ before)
        shared = float(later @ matched.covariance @ before)
        slope = (shared + y0 * p0 * self.spread**2) / (known + p0**2 * self.spread**2)
        gap = p1 - p0 * self.value
        if gap:
            slope = max(slope, y0 / p0 * (1 - np.sqrt(known) / abs(gap)))
        doubt = abs(y0 - slope * p0) * np.hypot(self.spread, self.error)
        return Drawn(self.value, float(slope), float(doubt))


def common_ratio(problems: Sequence[Matched]) -> CommonRatio | None:
    """Return what these have in common, or None where they are too few to tell.

    The spread is the mean over its posterior, given a flat prior (Gelman 2006), so that few
    problems are not taken to be alike because they do not show that they differ. A problem's error
    is that of the mean order over the root of its orders: taken from its own orders alone, small
    ratios would count for more.
    """
    problems = [one for one in problems if one.means[5] > 0]
    if len(problems) < _FEWEST:
        return None
    orders = np.array([one.events for one in problems], dtype=np.float64)
    ratio = np.array([one.means[1] / one.means[5] for one in problems])
    own = np.array([_variance(one) for one in problems])
    variance = float((own * orders**2).sum() / orders.sum()) / orders
    if not (variance > 0).all():
        return None
    weight = 1 / (variance + _SPREADS[:, None] ** 2)
    mean = (weight * ratio).sum(axis=1) / weight.sum(axis=1)
    fit = np.log(weight).sum(axis=1) - np.log(weight.sum(axis=1))
    fit -= (weight * (ratio - mean[:, None]) ** 2).sum(axis=1)
    chance = np.exp((fit - fit.max()) / 2)
    spread2 = float((chance * _SPREADS**2).sum() / chance.sum())
    weights: Floats = 1 / (variance + spread2)
    return CommonRatio(
        float((weights * ratio).sum() / weights.sum()),
        float(weights.sum() ** -0.5),
        spread2**0.5,
    )


def _variance(one: Matched) -> float:
    gradient = np.zeros(8)
    gradient[1], gradient[5] = 1 / one.means[5], -one.means[1] / one.means[5] ** 2
    return float(gradient @ one.covariance @ gradient)
