"""Themes with a fix of known effect, in the four worlds in which proofs go wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WORLDS = ("independent", "level wanders", "volume falls", "both")
BEFORE, CONTROLS = 364, 6


@dataclass(frozen=True)
class Case:
    """A theme (days,), its controls (themes, days), and the day of the fix."""

    theme: NDArray[np.int64]
    controls: NDArray[np.int64]
    fixed: int


def simulate(
    rng: np.random.Generator, world: str, rate: float, effect: float = 1.0, after: int = 28,
    fixed: int = BEFORE, phi: float = 1.3,
) -> Case:  # fmt: skip
    """Return one case.

    Where the level wanders, each theme's log level is an AR(1) of daily correlation .96 and
    standard deviation .2. Where volume falls, all themes lose 25 % on the day of the fix.
    """
    days = fixed + after
    day = np.arange(days)
    weekday = np.array([1.2, 1.15, 1.1, 1.05, 1.0, 0.8, 0.7])[day % 7]
    mean = np.outer(np.r_[rate, rng.uniform(0.5, 3.0, CONTROLS) * rate], weekday)
    if world in ("level wanders", "both"):
        keep, sd = 0.96, 0.2
        step = rng.normal(0, sd * np.sqrt(1 - keep**2), mean.shape)
        path = np.empty_like(mean)
        path[:, 0] = rng.normal(0, sd, len(mean))
        for t in range(1, days):
            path[:, t] = keep * path[:, t - 1] + step[:, t]
        mean = mean * np.exp(path)
    if world in ("volume falls", "both"):
        mean[:, fixed:] *= 0.75
    mean[0, fixed:] *= effect
    counts = rng.poisson(rng.gamma(mean / (phi - 1)) * (phi - 1))
    return Case(counts[0], counts[1:], fixed)
