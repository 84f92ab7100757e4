"""One-sided p-values of weekly and monthly counts against the same season of years before.

A batched quasi-Poisson regression in the manner of Farrington flexible (Noufaily et al. 2013,
Statistics in Medicine 32): up to five years, the last 26 weeks left out, trend and time of year,
weights against past outbreaks, negative-binomial tail. All series share the design of a week, so
that a fit of all of them is a few matrix products.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from goodwill.errors import InputError
from goodwill.watch._fit import Design, anscombe, noufaily_weight
from goodwill.watch._inputs import Floats, as_days, count_matrix, day_axis
from goodwill.watch._tails import upper_tail


@dataclass(frozen=True)
class _Step:
    """How time is cut.

    Attributes:
        year: Steps a year.
        left_out: Steps before the judged one that do not enter its baseline: they may hold the same
            outbreak.
        least: Steps that must lie before one to judge it.
        most: Steps that are looked back at most.
    """

    year: float
    left_out: int
    least: int
    most: int


WEEK, MONTH = _Step(52.1775, 26, 156, 261), _Step(12.0, 6, 36, 60)
OUTLIER = 2.58
"""Anscombe residual above which a past week loses weight."""
BLOCK = 160
"""Series fitted at once: what fits into the processor's cache matters more than the number."""


def weekly(counts: Any, *, dates: Any) -> Floats:
    """Return the p-value of each week (series, weeks): how likely so many or more would be.

    NaN where under three years lie before, and where a week was not observed.

    Args:
        counts: Events (series, weeks); one series may be given flat. NaN: not observed.
        dates: The first day of each week, seven days apart.

    Raises:
        InputError: Counts or dates cannot be taken.
    """
    matrix = count_matrix(counts)
    day_axis(dates, matrix.shape[1], step=7)
    out = np.full(matrix.shape, np.nan)
    for first in range(0, len(matrix), BLOCK):
        out[first : first + BLOCK] = _judge(matrix[first : first + BLOCK], WEEK)
    return out


def monthly(counts: Any, *, dates: Any) -> Floats:
    """Return the p-value of each month (series, months), by the same method as `weekly`.

    NaN where under three years lie before, and where a month was not observed.

    Args:
        counts: Events (series, months); one series may be given flat. NaN: not observed.
        dates: Any day of each month, one month after the other.

    Raises:
        InputError: Counts or dates cannot be taken, or a month is missing.
    """
    matrix = count_matrix(counts)
    months = as_days(dates).astype("datetime64[M]")
    if len(months) != matrix.shape[1] or (np.diff(months).astype(int) != 1).any():
        raise InputError(
            f"dates holds {len(months)} months for {matrix.shape[1]} columns of counts, or a gap",
            hint="give one date for each column, in consecutive months",
        )
    return _judge(matrix, MONTH)


def _judge(counts: Floats, step: _Step) -> Floats:
    out = np.full(counts.shape, np.nan)
    seen = ~np.isnan(counts)
    filled = np.where(seen, counts, 0.0)
    coef: Floats | None = None
    for week in range(step.least, counts.shape[1]):
        last = week - step.left_out
        first = max(0, week - step.most)
        past, within = filled[:, first:last], seen[:, first:last]
        design = Design(_columns(np.arange(float(first - week), float(last - week)), step.year))
        whole = within.all()
        weight = None if whole else within.astype(float)
        cold = coef is None
        if coef is None:
            rate = (past.sum(1) + 0.5) / np.maximum(within.sum(1), 1)
            coef = np.zeros((len(counts), design.width))
            coef[:, 0] = np.log(rate)
        plain, mean = design.fit(past, coef, weight=weight, ridge=RIDGE, steps=8 if cold else 2)
        phi = _dispersion(past, mean, within.astype(float), design.width)
        weights = noufaily_weight(anscombe(past, mean, phi), within, OUTLIER)
        robust, mean = design.fit(past, plain, weight=weights, ridge=RIDGE, steps=3)
        phi = _dispersion(past, mean, weights, design.width)
        coef = plain
        now = np.exp(np.clip(robust @ _columns(np.zeros(1), step.year)[0], -25.0, 20.0))
        out[:, week] = upper_tail(filled[:, week], now, phi)
    out[~seen] = np.nan
    return out


RIDGE = 1e-3


def _columns(from_now: Floats, year: float) -> Floats:
    """Return level, trend (years) and two harmonics of the year, (steps, 6)."""
    t = np.asarray(from_now, float)
    angle = 2 * np.pi * t / year
    parts = [np.ones_like(t), t / year]
    for j in (1, 2):
        parts += [np.cos(j * angle), np.sin(j * angle)]
    return np.stack(parts, axis=1)


def _dispersion(counts: Floats, mean: Floats, weight: Floats, width: int) -> Floats:
    """Return the Pearson dispersion, at least one."""
    pearson = (weight * (counts - mean) ** 2 / np.maximum(mean, 1e-12)).sum(1)
    free = (weight > 0).sum(1) - width
    out: Floats = np.maximum(1.0, pearson / np.maximum(free, 1))
    return out
