"""How far the error of a purchase model's parameters moves what is made of them: the delta method.

The covariance of the parameters is taken apart into independent directions. What one standard
error in each of them moves can be added up over customers; the square root of the squares of those
sums is the standard error of a sum, or of a difference of sums.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from goodwill.value._inputs import Floats

_SHIFT = 1e-4
"""Parameters are moved by this share for a slope."""
_STEP = 0.05
"""Slopes are worked out for ages that differ by this share."""
_MOST = 400
"""Frequencies beyond this have its slopes."""


def directions(covariance: Floats) -> Floats:
    """Return one standard error in each independent direction; (parameters, parameters).

    Times its own transpose it is the covariance.
    """
    roots, vectors = np.linalg.eigh(covariance)
    # Which way a direction points is nobody's matter, but must be the same everywhere.
    signs = np.where(vectors[np.abs(vectors).argmax(axis=0), np.arange(len(roots))] < 0, -1, 1)
    return np.asarray(vectors * signs * np.sqrt(np.maximum(roots, 0.0)))


def known_error(model: Any) -> bool:
    """Tell whether anything is known of the error of the model's parameters."""
    return bool(np.isfinite(model.covariance_).all())


def log_slopes(model: Any, value: Callable[[Any], Floats]) -> Floats:
    """Return how the logarithm of a positive value moves with each parameter; (parameters, n)."""
    out = []
    params = np.array(list(model.params_.values()))
    for i, size in enumerate(params):
        shift = np.zeros(len(params))
        shift[i] = _SHIFT * size
        ends = [np.log(value(model.at(params + way * shift))) for way in (1, -1)]
        out.append((ends[0] - ends[1]) / (2 * shift[i]))
    return np.asarray(out)


def moves(model: Any, x: Floats, t_x: Floats, T: Floats, alive: Floats, if_alive: Floats) -> Floats:
    """Return how far each direction moves P(alive) times a value, as a share of it; (4, rows).

    Args:
        model: BG/NBD or MBG/NBD, fitted.
        x, t_x, T: Frequency, recency and age.
        alive: P(alive) of each row.
        if_alive: `log_slopes` of the value of who is alive; (parameters, rows).
    """
    _, slopes = model.leaving_odds(x, t_x, T)
    slopes *= alive - 1
    slopes += if_alive
    return np.asarray(directions(model.covariance_).T @ slopes)


class AliveSlopes:
    """`log_slopes` of what is expected of who is alive, worked out once on a grid of histories."""

    def __init__(
        self, model: Any, expected: Callable[[Any, Floats, Floats], Floats], x: int, T: float
    ) -> None:
        """Work them out.

        Args:
            model: BG/NBD or MBG/NBD, fitted.
            expected: Of a model, frequencies and ages.
            x, T: The highest frequency and age.
        """
        self._most = min(x, _MOST)
        self._long = int(np.log1p(T) / _STEP) + 2
        many, long = np.divmod(np.arange((self._most + 1) * self._long), self._long)
        ages = np.expm1(long * _STEP)
        self._slopes = log_slopes(model, lambda at: expected(at, many.astype(np.float64), ages))

    def of(self, x: Floats, T: Floats) -> Floats:
        """Return those of each row, between two ages of the grid; (parameters, rows)."""
        place = np.log1p(T) / _STEP
        before = place.astype(np.int64)
        share = place - before
        here = np.minimum(x, self._most).astype(np.int64) * self._long + before
        return np.asarray(self._slopes[:, here] * (1 - share) + self._slopes[:, here + 1] * share)
