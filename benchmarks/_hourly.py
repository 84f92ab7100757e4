"""Hourly series of known truth: opening hours, weekdays, a day's own level, overdispersion."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from _daily import draw, level, weekdays


def profile(rng: np.random.Generator, series: int) -> NDArray[np.float64]:
    """Return how a day spreads over its hours, mean one: quiet nights, a lunch that differs."""
    hour = np.arange(24)
    day = 0.05 + np.exp(-0.5 * ((hour - rng.normal(13.5, 1.0, (series, 1))) / 3.5) ** 2)
    day *= rng.lognormal(0, 0.1, (series, 24))
    return day / day.mean(1, keepdims=True)


def company(
    rng: np.random.Generator,
    busy: NDArray[np.float64],
    days: int,
    shape: str,
    *,
    sway: float = 0.08,
    drift: float = 0.004,
) -> NDArray[np.float64]:
    """Return true means (series, hours) but for the day's own level; hour 0 is a Monday's.

    Args:
        rng: Draws.
        busy: Contacts in the busiest hour of a mean day (series,).
        days: How many.
        shape: Of the level over days, as in ``_daily``.
        sway: Standard deviation of the log of each day's own level.
        drift: Of a day's step where the level drifts.
    """
    series = len(busy)
    by_hour = profile(rng, series)
    a_day = busy / by_hour.max(1)
    moved = level(rng, shape, series, days, drift) + rng.normal(0, sway, (series, days))
    by_day = weekdays(rng, series)[:, np.arange(days) % 7] * np.exp(moved)
    mean = a_day[:, None, None] * by_day[:, :, None] * by_hour[:, None, :]
    return mean.reshape(series, days * 24)


__all__ = ["company", "draw", "profile"]
