"""Daily series of known truth: rates, weekday profile, overdispersion, and a level that moves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RATES = (0.05, 0.2, 1.0, 5.0, 20.0, 100.0)
SHAPES = ("flat", "season and trend", "drift")
CELLS = tuple((rate, shape) for rate in RATES for shape in SHAPES)
DISPERSIONS = (1.0, 2.0, 3.0)


def level(
    rng: np.random.Generator, shape: str, series: int, days: int, drift: float = 0.01
) -> NDArray[np.float64]:
    """Return the log level over days (series, days), zero on average for each shape."""
    day = np.arange(days)
    if shape == "flat":
        return np.zeros((series, days))
    if shape == "drift":
        path = np.cumsum(rng.normal(0.0, drift, (series, days)), axis=1)
        return path - path.mean(1, keepdims=True)
    phase = rng.uniform(0, 2 * np.pi, (series, 1))
    slope = rng.uniform(-0.2, 0.3, (series, 1))
    return 0.3 * np.cos(2 * np.pi * day / 365.25 + phase) + slope * (day / 365.25 - 1)


def weekdays(rng: np.random.Generator, series: int) -> NDArray[np.float64]:
    """Return profiles Monday to Sunday, mean one: quiet weekends, each series a little its own."""
    shape = np.array([1.25, 1.15, 1.1, 1.05, 1.05, 0.75, 0.65]) * rng.lognormal(
        0, 0.08, (series, 7)
    )
    return shape / shape.mean(1, keepdims=True)


def means(
    rng: np.random.Generator, rate: float, shape: str, series: int, days: int, drift: float = 0.01
) -> NDArray[np.float64]:
    """Return true means (series, days); day 0 is a Monday."""
    profile = weekdays(rng, series)[:, np.arange(days) % 7]
    return rate * profile * np.exp(level(rng, shape, series, days, drift))


def draw(
    rng: np.random.Generator, mean: NDArray[np.float64], phi: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return negative-binomial counts of variance phi x mean, phi (series,)."""
    phi = phi[:, None]
    size = mean / np.maximum(phi - 1, 1e-6)
    clumped = rng.gamma(size) * np.maximum(phi - 1, 1e-6)
    return rng.poisson(np.where(phi > 1, clumped, mean))
