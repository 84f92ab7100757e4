"""The outlook of each cell: expected orders, P(alive), value over the horizon with its interval.

The interval of a customer is that of what he will really spend, not of a mean: the chances of
0, 1, 2, ... purchases are exact (Fader, Hardie and Lee 2005, eq. 8), the sum of so many purchases
is drawn from the model of spend, and the 2.5 % and 97.5 % points are taken over the mixture. The
parameters are held at their estimates; on one customer their error is small beside chance. For
sums over customers the parameters' part is given apart (`parameter_error`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from goodwill.value._inputs import Floats
from goodwill.value._spend import Spend

WEEKS_A_YEAR = 365.25 / 7
_DRAWS = 512
_MOST = 400
"""Purchases in the horizon beyond this are not told apart in an interval."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Columns aligned with the cells; money in units of ``base + net``.

    Attributes:
        expected_orders: Over the horizon.
        p_alive: Now.
        base, slope: Value is ``(base + net) * slope``.
        low, high: The same for the ends of the 95 % interval.
        spread: The same for the standard deviation.
    """

    expected_orders: Floats
    p_alive: Floats
    base: Floats
    slope: Floats
    low: Floats
    high: Floats
    spread: Floats


def look_ahead(
    model: Any, spend: Spend | None, frequency: Floats, recency: Floats, age: Floats, paid: Floats,
    *, horizon_weeks: float, discount_rate: float, margin: float,
) -> Outlook:  # fmt: skip
    """Return the outlook of every cell; times in weeks, ``discount_rate`` a year."""
    # Predictions depend on the three alone; cells differ by paid days too.
    histories, where = np.unique(np.column_stack([frequency, recency, age]), axis=0,
                                 return_inverse=True)  # fmt: skip
    x, t_x, T = histories.T
    where = where.reshape(-1)
    expected = np.asarray(model.expected_purchases(float(horizon_weeks), x, t_x, T))
    alive = np.asarray(model.p_alive(x, t_x, T))
    nothing = np.full(len(where), np.nan)
    if spend is None:
        return Outlook(expected[where], alive[where], *([nothing] * 5))
    discounted = discounted_purchases(model, x, t_x, T, horizon_weeks, discount_rate)
    factor = np.divide(discounted, expected, out=np.ones_like(expected), where=expected > 0)[where]
    base, slope = spend.base_and_slope(paid)
    low, high, spread = _interval(model, spend, x[where], t_x[where], T[where], paid,
                                  float(horizon_weeks))  # fmt: skip
    scale = factor * margin
    return Outlook(
        expected[where],
        alive[where],
        base,
        slope * discounted[where] * margin,
        low * scale,
        high * scale,
        spread * scale,
    )


def discounted_purchases(
    model: Any, x: Floats, t_x: Floats, T: Floats, horizon_weeks: float, discount_rate: float
) -> Floats:
    """Return expected purchases over the horizon, each worth (1 + rate)^-years at its time."""
    delta = np.log1p(discount_rate) / WEEKS_A_YEAR
    end = np.asarray(model.expected_purchases(float(horizon_weeks), x, t_x, T))
    if delta == 0:
        return end
    # By parts: the integral of exp(-delta u) dE(u) needs E itself, not its derivative.
    nodes, weights = np.polynomial.legendre.leggauss(6)
    inside = np.zeros_like(end)
    for node, weight in zip((nodes + 1) / 2 * horizon_weeks, weights / 2 * horizon_weeks,
                            strict=True):  # fmt: skip
        grown = np.asarray(model.expected_purchases(float(node), x, t_x, T))
        inside += weight * np.exp(-delta * node) * grown
    return np.asarray(np.exp(-delta * horizon_weeks) * end + delta * inside)


def _interval(
    model: Any, spend: Spend, x: Floats, t_x: Floats, T: Floats, paid: Floats, weeks: float
) -> tuple[Floats, Floats, Floats]:
    """Return 2.5 %, 97.5 % and standard deviation of spend, in units of ``base + net``."""
    rng = np.random.default_rng(20050224)
    even = (np.arange(_DRAWS) + 0.5) / _DRAWS
    alive = np.maximum(model.p_alive(x, t_x, T), 1e-3)
    mean = np.asarray(model.expected_purchases(weeks, x, t_x, T)) / alive
    most = np.clip(2 ** np.ceil(np.log2(4 * mean + 12)), 16, _MOST).astype(int)
    purchases = spend.purchase_draws(int(most.max()), rng.permutation(even))
    days, whose = np.unique(paid, return_inverse=True)
    levels = spend.level_draws(days, rng.permutation(even))
    low, high, spread = np.zeros(len(x)), np.zeros(len(x)), np.zeros(len(x))
    for size in np.unique(most):
        mine = np.flatnonzero(most == size)
        for part in np.array_split(mine, len(mine) * max(int(size), _DRAWS) // 2_000_000 + 1):
            chances = model.purchase_chances(weeks, x[part], t_x[part], T[part], int(size))
            counts = _counts(np.cumsum(chances, axis=1), even)
            sums = purchases[counts, np.arange(_DRAWS)] * levels[whose[part]]
            low[part], high[part] = np.quantile(sums, [0.025, 0.975], axis=1)
            spread[part] = sums.std(axis=1)
    return low, high, spread


def _counts(steps: Floats, even: Floats) -> Any:
    """Return the number of purchases at each of the even points of the distribution."""
    counts = np.empty((len(steps), len(even)), dtype=np.int32)
    for i, row in enumerate(steps):
        counts[i] = np.searchsorted(row, even)
    return np.minimum(counts, steps.shape[1] - 1)
