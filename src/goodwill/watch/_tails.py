"""Tails of the negative binomial, and the range of a count."""

from __future__ import annotations

import numpy as np
from scipy import special

from goodwill.watch._inputs import Floats


def upper_tail(counts: Floats, mean: Floats, dispersion: Floats) -> Floats:
    """Return P(Y >= count) for Y of that mean and variance dispersion x mean.

    Negative binomial, or Poisson where the dispersion is at most one.

    >>> bool(np.isclose(upper_tail(np.array(1.0), np.array(2.0), np.array(1.0)), 1 - np.exp(-2)))
    True
    """
    counts, mean, dispersion = np.broadcast_arrays(counts, mean, dispersion)
    size = mean / np.maximum(dispersion - 1.0, 1e-9)
    safe = np.maximum(counts, 1.0)
    tail = np.where(
        dispersion > 1.0 + 1e-6,
        special.betainc(safe, np.maximum(size, 1e-12), 1.0 - 1.0 / np.maximum(dispersion, 1.0)),
        special.gammainc(safe, mean),
    )
    out: Floats = np.where(counts <= 0, 1.0, np.where(mean > 0, tail, 0.0))
    return out


def gamma_interval(mean: float, variance: float) -> tuple[float, float]:
    """Return the range that holds a count of that mean and variance in 95 of 100 cases.

    >>> low, high = gamma_interval(100.0, 100.0)
    >>> round(low, 1), round(high, 1)
    (81.4, 120.5)
    """
    if mean <= 0 or variance <= 0:
        return 0.0, 0.0
    shape = mean * mean / variance
    low, high = special.gammaincinv(shape, np.array([0.025, 0.975])) * mean / shape
    return float(low), float(high)
