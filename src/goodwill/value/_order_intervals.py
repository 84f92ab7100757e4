"""The intervals of a single customer's expected orders and of his P(alive).

*Orders* to come are a whole number that chance decides: its distribution is exact (`_intervals`),
and the interval is the shortest that leaves out at most 2.5 % below and 5 % in all. What the
parameters may be off by, by the delta method, widens both ends as an error independent of chance::

    reach = sqrt(reach of chance ^ 2 + (1.96 standard errors of the expected orders) ^ 2)

*P(alive)* is a probability: what the customer will do cannot show it to be wrong, and it has no
interval of chance. Its interval is that of the parameters' error, by the delta method on its
log-odds, so that it stays between 0 and 1.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from goodwill.figures import Z95
from goodwill.value._inputs import Floats
from goodwill.value._intervals import MOST, pairs
from goodwill.value._moved import directions, known_error, log_slopes, moves

_BELOW, _OUTSIDE = 0.025, 0.05


def alive_ends(model: Any, x: Floats, t_x: Floats, T: Floats) -> tuple[Floats, Floats]:
    """Return the 95 % interval of P(alive) of each row; NaN where the parameters have no error.

    Args:
        model: BG/NBD or MBG/NBD, fitted.
        x, t_x, T: Frequency, recency and age.
    """
    if not known_error(model):
        nothing = np.full(len(x), np.nan)
        return nothing, nothing
    odds, slopes = model.leaving_odds(x, t_x, T)
    moved = directions(model.covariance_).T @ slopes
    reach = Z95 * np.sqrt(np.einsum("ij,ij->j", moved, moved))
    return _chance(odds + reach), _chance(odds - reach)


def order_ends(
    model: Any, weeks: float, x: Floats, t_x: Floats, T: Floats, alive: Floats, expected: Floats,
    ages: Floats | None = None,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Return the 95 % interval of how many orders each row will make.

    Args:
        model: BG/NBD or MBG/NBD, fitted.
        weeks: How far ahead, in the unit of the model.
        x, t_x, T: Frequency, recency and age.
        alive: P(alive) of each row.
        expected: Orders expected of each row.
        ages: Ages to take instead of T in what is expected of who is alive, where nearby ones
            count as one.
    """
    many, long, pair = pairs(x, T if ages is None else ages)
    low, high = _counts(model, weeks, many, long, pair, alive, expected)
    error = _error(model, weeks, (x, t_x, T), (many, long, pair), alive, expected)
    below = np.hypot(np.maximum(expected - low, 0.0), Z95 * error)
    above = np.hypot(np.maximum(high - expected, 0.0), Z95 * error)
    return np.maximum(expected - below, 0.0), expected + above


def _counts(
    model: Any, weeks: float, many: Floats, long: Floats, pair: Any, alive: Floats,
    expected: Floats,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Return the ends that chance alone gives; whole numbers."""
    mean = np.zeros(len(many))
    np.maximum.at(mean, pair, expected / np.maximum(alive, 1e-3))
    most = np.clip(2 ** np.ceil(np.log2(4 * mean + 12)), 16, MOST).astype(int)
    low, high = np.zeros(len(pair)), np.zeros(len(pair))
    order = np.argsort(pair, kind="stable")
    begins = np.searchsorted(pair[order], np.arange(len(many) + 1))
    for size in np.unique(most):
        mine = np.flatnonzero(most == size)
        chances = model.chances_if_alive(weeks, many[mine], long[mine], int(size))
        # Minus the chance of more than so many, if alive: it rises from column to column.
        more = -np.maximum(1.0 - np.cumsum(chances, axis=1), 0.0)
        for place, rising in zip(mine, more, strict=True):
            rows = order[begins[place] : begins[place + 1]]
            here = alive[rows]
            with np.errstate(divide="ignore"):
                first = np.searchsorted(rising, -(1 - _BELOW) / here, side="right")
                left_over = np.where(first > 0, 1 + here * rising[np.maximum(first - 1, 0)], 0.0)
                last = np.searchsorted(rising, -(_OUTSIDE - left_over) / here, side="left")
            low[rows], high[rows] = first, last
    return low, high


def _error(
    model: Any, weeks: float, history: tuple[Floats, Floats, Floats],
    alike: tuple[Floats, Floats, Any], alive: Floats, expected: Floats,
) -> Floats:  # fmt: skip
    """Return the standard error that the parameters give the expected orders of each row."""
    if weeks <= 0 or not known_error(model):
        return np.zeros(len(expected))
    many, long, pair = alike
    slopes = log_slopes(
        model, lambda at: np.asarray(at.expected_if_alive(np.float64(weeks), many, long))
    )
    moved = moves(model, *history, alive, slopes[:, pair])
    return np.asarray(expected * np.sqrt(np.einsum("ij,ij->j", moved, moved)))


def _chance(odds: Floats) -> Floats:
    """Return the chance to be alive of who has left with these log-odds."""
    with np.errstate(over="ignore"):
        return np.asarray(1 / (1 + np.exp(odds)))
