"""The outlook of each cell: expected orders, P(alive), value over the horizon with its interval.

The interval of a customer is that of what he will really spend or order, not of a mean
(`_intervals`, `_order_intervals`). In that of money the parameters are held at their estimates; on
one customer their error is small beside chance. For sums over customers the parameters' part is
given apart (`parameter_error`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from goodwill.value._inputs import Floats
from goodwill.value._intervals import alike, nearby, pairs, spend_points
from goodwill.value._order_intervals import alive_ends, order_ends
from goodwill.value._spend import Spend

WEEKS_A_YEAR = 365.25 / 7


@dataclass(frozen=True, slots=True)
class Outlook:
    """Columns aligned with the cells; money in units of ``base + net``.

    Attributes:
        expected_orders, orders_low, orders_high: Over the horizon, and the ends of the interval of
            those that one customer will make.
        p_alive, alive_low, alive_high: Now, and the ends that the parameters' error gives it.
        base, slope: Value is ``(base + net) * slope``.
        low, high: The same for the ends of the 95 % interval.
        spread: The same for the standard deviation.
    """

    expected_orders: Floats
    orders_low: Floats
    orders_high: Floats
    p_alive: Floats
    alive_low: Floats
    alive_high: Floats
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
    alive = np.asarray(model.p_alive(frequency, recency, age))
    ahead = _ahead(model, frequency, age, alive)
    expected = ahead(float(horizon_weeks))
    orders = order_ends(
        model, float(horizon_weeks), frequency, recency, age, alive, expected, nearby(age)
    )
    known = (expected, *orders, alive, *alive_ends(model, frequency, recency, age))
    nothing = np.full(len(frequency), np.nan)
    if spend is None:
        return Outlook(*known, *([nothing] * 5))
    discounted = _discounted(ahead, horizon_weeks, discount_rate)
    factor = np.divide(discounted, expected, out=np.ones_like(expected), where=expected > 0)
    base, slope = spend.base_and_slope(paid)
    one, kind = alike(frequency, age, paid, alive)
    low, high, spread = spend_points(
        model, spend, frequency[one], age[one], paid[one], alive[one], expected[one],
        float(horizon_weeks),
    )[:, kind]  # fmt: skip
    nearly = expected[one][kind]
    scale = np.divide(expected, nearly, out=np.ones_like(expected), where=nearly > 0)
    scale *= factor * margin
    return Outlook(
        *known,
        base,
        slope * discounted * margin,
        low * scale,
        high * scale,
        spread * scale,
    )


def discounted_purchases(
    model: Any, x: Floats, t_x: Floats, T: Floats, horizon_weeks: float, discount_rate: float
) -> Floats:
    """Return expected purchases over the horizon, each worth (1 + rate)^-years at its time."""
    alive = np.asarray(model.p_alive(x, t_x, T))
    return _discounted(_ahead(model, x, T, alive), horizon_weeks, discount_rate)


def _ahead(model: Any, x: Floats, T: Floats, alive: Floats) -> Callable[[float], Floats]:
    """Return the expected purchases of every row as a function of the weeks ahead.

    Of who is alive they depend on frequency and T alone, of which there are far fewer pairs.
    """
    many, long, where = pairs(x, T)

    def expected(weeks: float) -> Floats:
        given = model.expected_if_alive(np.float64(weeks), many, long)
        return np.asarray(alive * given[where])

    return expected


def discounted_if_alive(
    model: Any, x: Floats, T: Floats, horizon_weeks: float, discount_rate: float
) -> Floats:
    """Return `discounted_purchases` of customers who are alive."""
    return _discounted(
        lambda weeks: np.asarray(model.expected_if_alive(np.float64(weeks), x, T)),
        horizon_weeks, discount_rate,
    )  # fmt: skip


def _discounted(
    ahead: Callable[[float], Floats], horizon_weeks: float, discount_rate: float
) -> Floats:
    delta = np.log1p(discount_rate) / WEEKS_A_YEAR
    end = ahead(float(horizon_weeks))
    if delta == 0:
        return end
    # By parts: the integral of exp(-delta u) dE(u) needs E itself, not its derivative.
    nodes, weights = np.polynomial.legendre.leggauss(6)
    inside = np.zeros_like(end)
    for node, weight in zip((nodes + 1) / 2 * horizon_weeks, weights / 2 * horizon_weeks,
                            strict=True):  # fmt: skip
        inside += weight * np.exp(-delta * node) * ahead(float(node))
    return np.asarray(np.exp(-delta * horizon_weeks) * end + delta * inside)
