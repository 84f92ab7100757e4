"""The interval of what each customer will really spend: a mixture over numbers of purchases.

The chances of 0, 1, 2, ... purchases are exact (Fader, Hardie and Lee 2005, eq. 8), the sum of so
many purchases is drawn from the model of spend, and the 2.5 % and 97.5 % points are taken over the
mixture. Who is alive has these chances by frequency and T alone; the chance to be alive comes in
as purchases that are nil. Rows go through in portions that stay in the processor's cache.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from goodwill.value._inputs import Floats
from goodwill.value._spend import Spend

_DRAWS = 512
MOST = 400
"""Purchases in the horizon beyond this are not told apart in an interval."""
_PART = 16_384
"""Rows whose chances are worked out at a time."""
_ROWS = 256
"""Rows whose draws are worked out at a time."""
_LOW, _HIGH = (share * (_DRAWS - 1) for share in (0.025, 0.975))
"""Where the ends lie among the draws in order, counted from 0; between two of them."""
_TOP = _DRAWS - int(_HIGH)
"""Draws from the upper end on."""
_END = 128
"""Draws that are looked at first for each end."""
_STEP = 0.01
"""Ages that differ by no more than this, as a share, have the same interval for each order."""


def pairs(frequency: Floats, T: Floats) -> tuple[Floats, Floats, Any]:
    """Return the distinct pairs, frequencies and T apart, and the place of each row among them."""
    many, of_many = np.unique(frequency, return_inverse=True)
    long, of_long = np.unique(T, return_inverse=True)
    keys, where = np.unique(of_many * len(long) + of_long, return_inverse=True)
    return many[keys // len(long)], long[keys % len(long)], where


def nearby(T: Floats) -> Floats:
    """Return ages that differ by no more than a hundredth as one."""
    return np.asarray(np.expm1(np.rint(np.log1p(T) / _STEP) * _STEP))


def alike(frequency: Floats, T: Floats, paid: Floats, alive: Floats) -> tuple[Any, Any]:
    """Return a row of each kind, and the kind of each row.

    Rows of a kind have the same purchases, ages within a hundredth and chances to be alive within
    a draw: what they spend for each order expected has the same distribution as near as draws tell.
    """
    code = np.zeros(len(frequency), dtype=np.int64)
    for column in (
        frequency, paid, np.rint(np.log1p(T) / _STEP), np.rint(alive * _DRAWS)
    ):  # fmt: skip
        least = int(column.min(initial=0))
        code = code * (int(column.max(initial=0)) - least + 1) + column.astype(np.int64) - least
    _, first, kind = np.unique(code, return_index=True, return_inverse=True)
    return first, kind


def spend_points(
    model: Any, spend: Spend, frequency: Floats, T: Floats, paid: Floats, alive: Floats,
    expected: Floats, weeks: float,
) -> Floats:  # fmt: skip
    """Return 2.5 %, 97.5 % and standard deviation of spend, in units of ``base + net``; (3, rows).

    Args:
        model: BG/NBD or MBG/NBD, fitted.
        spend: Of one purchase day.
        frequency, T, paid: Of each row.
        alive: Chance of each row to be alive now.
        expected: Purchases of each row over ``weeks``.
        weeks: The horizon.
    """
    rng = np.random.default_rng(20050224)
    even = (np.arange(_DRAWS) + 0.5) / _DRAWS
    mean = expected / np.maximum(alive, 1e-3)
    most = np.clip(2 ** np.ceil(np.log2(4 * mean + 12)), 16, MOST).astype(int)
    purchases = spend.purchase_draws(int(most.max(initial=0)), rng.permutation(even)).reshape(-1)
    days, whose = np.unique(paid, return_inverse=True)
    levels = spend.level_draws(days, rng.permutation(even))
    many, long, pair = pairs(frequency, T)
    found = np.zeros((3, len(frequency)))
    for size in np.unique(most):
        mine = np.flatnonzero(most == size)
        mine = mine[np.argsort(pair[mine], kind="stable")]
        for part in (mine[start : start + _PART] for start in range(0, len(mine), _PART)):
            some, where = np.unique(pair[part], return_inverse=True)
            chances = model.chances_if_alive(weeks, many[some], long[some], int(size))
            below = _DRAWS * np.cumsum(chances[:, :-1], axis=1)
            # A column where all draws of all rows are below already tells nothing.
            reach = (below < _DRAWS - 0.5).sum(axis=1)
            below = np.ascontiguousarray(below[:, : max(int(reach.max()), 1)])
            # Like rows together: those with as many draws of nothing.
            order = np.argsort(alive[part] * (_DRAWS - below[where, 0]), kind="stable")
            for start in range(0, len(part), _ROWS):
                rows = order[start : start + _ROWS]
                of = where[rows]
                near = below[of, : max(int(reach[of].max()), 1)]
                first, sums = _sums(near, alive[part[rows]], purchases)
                sums *= levels[whose[part[rows]], first:]
                found[:, part[rows]] = _points(sums, first)
    return found


def _sums(below: Floats, alive: Floats, purchases: Floats) -> tuple[int, Floats]:
    """Return what each draw of each row sums to, from the first draw on that is not nil for all.

    Args:
        below: By row, how many of the draws have at most 0, 1, ... purchases, if alive; destroyed.
        alive: The chance of each row.
        purchases: Draws of what so many purchases sum to, flat.
    """
    rows, reach = below.shape
    below -= _DRAWS
    below *= alive[:, None]
    below += _DRAWS + 0.5
    first = min(int(below[:, 0].min()), _DRAWS - _TOP)
    np.clip(below, first, _DRAWS, out=below)
    edges = np.empty((rows, reach + 2), dtype=np.intp)
    edges[:, 0], edges[:, -1] = first, _DRAWS
    edges[:, 1:-1] = below
    counts = np.tile(np.arange(reach + 1) * _DRAWS, rows)
    lengths = edges[:, 1:] - edges[:, :-1]
    places = np.repeat(counts, lengths.reshape(-1)).reshape(rows, _DRAWS - first)
    places += np.arange(first, _DRAWS)
    return first, purchases.take(places)


def _points(sums: Floats, first: int) -> tuple[Floats, Floats, Floats]:
    """Return both ends and the standard deviation of rows whose first draws are nil, left out."""
    total, squares = np.einsum("ij->i", sums), np.einsum("ij,ij->i", sums, sums)
    variance = np.maximum(squares / _DRAWS - (total / _DRAWS) ** 2, 0.0)
    low, high = np.zeros(len(sums)), np.empty(len(sums))
    rest = np.arange(len(sums))
    if sums.shape[1] > 2 * _END:
        # Purchases rise from draw to draw, so those at one end mostly hold the point there.
        last = np.sort(sums[:, -_END:], axis=1)
        high[:] = _between(last, _HIGH - _DRAWS + _END)
        missed = sums[:, :-_END].max(axis=1) > last[:, -_TOP]
        if first <= int(_LOW) + 1:
            begin = np.sort(sums[:, :_END], axis=1)
            low[:] = _between(begin, _LOW - first)
            missed |= sums[:, _END:].min(axis=1) < begin[:, int(_LOW) - first + 1]
        rest = np.flatnonzero(missed)
    whole = np.sort(sums[rest], axis=1)
    high[rest] = _between(whole, _HIGH - first)
    if first <= int(_LOW) + 1:
        low[rest] = _between(whole, _LOW - first)
    return low, high, np.sqrt(variance)


def _between(ordered: Floats, place: float) -> Floats:
    """Return what lies at a place, between two columns, of rows in order; nil before the first."""
    here = int(np.floor(place))
    one = ordered[:, here] if here >= 0 else np.zeros(len(ordered))
    return np.asarray(one + (ordered[:, here + 1] - one) * (place - here))
