"""What a day's count should be if nothing happened: a robust baseline for many daily series.

Each Monday all series are fitted anew on the complete weeks up to a guard before it, so that a
rise of the last days is not in its own baseline. Since weekday enters as a factor, a quasi-Poisson
fit of whole weeks holds all there is to know of level, trend and time of year, and the weekdays'
shares follow from sums: a fit of 10,000 series costs a fraction of a second. On top of the fit
lies a local level: the forgetting that would have forecast best in each series is found from its
own past, and how far such forecasts went astray beyond chance widens what counts as no rise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from goodwill.watch._fit import Design, anscombe, noufaily_weight
from goodwill.watch._inputs import Floats
from goodwill.watch._skill import (
    DRIFT,
    DRIFT_SPREAD,
    DRIFT_YOUNG,
    HALF_LIVES,
    Skill,
    levels,
    try_forecasts,
    unproven,
)
from goodwill.watch._skill import YEAR as SEASON_FROM

GUARD = 2
"""Weeks before the watched one that do not enter its baseline."""
LEAST, MOST = 6, 105
"""Weeks of history needed, and used at most."""
OUTLIER = 2.58
"""Anscombe residual above which a past week loses weight."""
WEEKDAY_PRIOR = 30.0
"""Events that the common weekday profile weighs in each series' own."""
YEAR = 52.1775


@dataclass(frozen=True)
class Baseline:
    """One week's forecast for all series.

    Attributes:
        daily: Expected count a day at exposure one, Monday to Sunday (series, 7).
        dispersion: Variance of a day over its mean (series,).
        error: Variance of the log of the fitted level, from the events it rests on (series,).
        drift: Variance that the level's wandering adds to it (series,).
        coef: Coefficients to start next week's fit from.
    """

    daily: Floats
    dispersion: Floats
    error: Floats
    drift: Floats
    coef: Floats


@dataclass(frozen=True)
class _Fit:
    """A fit on the weeks up to the guard; arrays are (series, weeks) where not said otherwise."""

    design: Design
    coef: Floats
    mean: Floats
    counts: Floats
    load: Floats
    weight: Floats
    weekday: Floats
    phi: Floats
    penalty: Floats


class Weeks:
    """Counts cut into whole weeks, Monday first, with what each refit needs laid out once.

    Args:
        counts: (series, weeks, 7), zero where not observed.
        exposure: (series or 1, weeks, 7), zero where not observed.
    """

    def __init__(self, counts: Floats, exposure: Floats) -> None:
        self.counts = counts
        self.exposure = exposure
        self.sums = counts.sum(2)
        with np.errstate(divide="ignore", invalid="ignore"):
            self.squares = np.where(exposure > 0, counts**2 / exposure, 0.0)
        self.one_exposure = exposure.shape[0] == 1

    def baseline(self, week: int, shape: Floats, before: Floats | None, skill: Skill) -> Baseline:
        """Return the forecast of a week from the weeks up to the guard before it.

        Args:
            week: Its number; at least LEAST + GUARD.
            shape: The common weekday profile, mean one (7,).
            before: Coefficients of the week before's fit, if there was one.
            skill: How the candidates for its level did in the past.
        """
        fit = self._fit(week, shape, before)
        now = _columns(np.zeros(1))[0]
        spread = fit.design.information(fit.weight * fit.mean, fit.penalty)
        column = np.broadcast_to(now[:, None], (len(fit.coef), len(now), 1))
        error = _week_dispersion(fit.counts, fit.mean, fit.weight) * (
            np.linalg.solve(spread, column)[:, :, 0] @ now
        )
        keep = np.maximum(fit.weight, 0.2)  # a new level that stays must come through in time
        rate = ((keep * fit.counts).sum(1) + 1e-3) / np.maximum((keep * fit.load).sum(1), 1e-9)
        on_fit, on_flat = levels(
            fit.counts, fit.mean, rate[:, None] * fit.load, keep, 4.0 * fit.phi
        )
        half = len(HALF_LIVES)
        fitted = np.exp(np.clip(fit.coef @ now, -25.0, 20.0))
        level = fitted * (skill.share[:, :half] * on_fit).sum(1)
        level += rate * (skill.share[:, half:] * on_flat).sum(1)
        # Nothing seen so far is not nothing ever.
        level = np.maximum(level, 0.5 / np.maximum(fit.load.sum(1), 1.0))
        guess = 1.0 / DRIFT_SPREAD**2
        usual = DRIFT if fit.counts.shape[1] >= SEASON_FROM else DRIFT_YOUNG
        missed = (skill.missed * skill.known + (usual + error) * guess) / (skill.known + guess)
        drift = np.maximum(missed - error, usual / 2.0)
        return Baseline(level[:, None] * fit.weekday, fit.phi, error, drift, fit.coef)

    def skill(self, week: int, shape: Floats) -> Skill:
        """Return how each candidate for the local level forecast the weeks before this one."""
        if week < LEAST + GUARD:
            return unproven(len(self.sums))
        fit = self._fit(week, shape, None)
        short = _prior_precision(0) * np.ones_like(fit.penalty)
        return try_forecasts(
            fit.design, fit.coef, fit.mean, fit.counts, fit.load, fit.weight, fit.phi,
            fit.penalty, short, GUARD,
        )  # fmt: skip

    def _fit(self, week: int, shape: Floats, before: Floats | None) -> _Fit:
        last = week - GUARD
        span = slice(max(0, last - MOST), last)
        sums, exposure = self.sums[:, span], self.exposure[:, span]
        weeks = sums.shape[1]
        design = Design(_columns(np.arange(last - weeks, last) - week))
        load = self._load(exposure, np.broadcast_to(shape, (len(sums), len(shape))))
        seen = np.broadcast_to(load > 0, sums.shape)
        ridge = _prior_precision(weeks)
        if before is None:
            start = np.zeros((len(sums), design.width))
            start[:, 0] = np.log((sums.sum(1) + 0.5) / (load.sum(1) + 0.5))
            coef, mean = design.fit(sums, start, exposure=load, ridge=ridge, steps=5)
        else:
            coef, mean = before, design.mean(before, load)
        rough = _week_dispersion(sums, mean, seen)
        weight = noufaily_weight(anscombe(sums, np.maximum(mean, 1e-9), rough), seen, OUTLIER)
        weekday = self._weekday(span, weight, mean / np.maximum(load, 1e-12), shape)
        load = np.broadcast_to(self._load(exposure, weekday), sums.shape)
        penalty = ridge * rough[:, None]
        coef, mean = design.fit(sums, coef, weight=weight, exposure=load, ridge=penalty, steps=2)
        phi = self._dispersion(span, weight, weekday, load)
        return _Fit(design, coef, mean, sums, load, weight, weekday, phi, penalty)

    def _load(self, exposure: Floats, weekday: Floats) -> Floats:
        """Return each week's exposure in days of mean weekday (series, weeks)."""
        if self.one_exposure:
            common: Floats = weekday @ exposure[0].T
            return common
        out: Floats = np.matmul(exposure, weekday[:, :, None])[:, :, 0]
        return out

    def _weekday(self, span: slice, weight: Floats, rate: Floats, shape: Floats) -> Floats:
        """Return each series' weekday profile, mean one (series, 7), drawn to the common one."""
        events, expected = self.by_weekday(span, weight, rate)
        scale = expected.sum(1, keepdims=True) / 7.0 + 1e-12
        out: Floats = (events + WEEKDAY_PRIOR / 7.0 * shape) / (
            expected + WEEKDAY_PRIOR / 7.0 * expected / scale
        )
        out /= out.mean(1, keepdims=True)
        return out

    def by_weekday(self, span: slice, weight: Floats, rate: Floats) -> tuple[Floats, Floats]:
        """Return weighted events, and those expected if all weekdays were alike (series, 7)."""
        events = np.matmul(weight[:, None, :], self.counts[:, span])[:, 0]
        if self.one_exposure:
            return events, (weight * rate) @ self.exposure[0, span]
        return events, np.matmul((weight * rate)[:, None, :], self.exposure[:, span])[:, 0]

    def _dispersion(self, span: slice, weight: Floats, weekday: Floats, load: Floats) -> Floats:
        """Return the dispersion of days around their week's own total: free of drift.

        With independent days of variance phi x mean, the sum over a week of
        (y - O s)^2 / s, O its total and s the days' shares, is 6 phi O on average.
        """
        sums = self.sums[:, span]
        days = np.matmul((weight * load)[:, None, :], self.squares[:, span])[:, 0] / weekday
        top = days.sum(1) - (weight * sums**2).sum(1)
        events = (weight * sums).sum(1)
        phi = (top / 6.0 + PRIOR_PHI * PRIOR_EVENTS) / (events + PRIOR_EVENTS)
        # Few events say little of how they clump, and too small a value cries wolf.
        out: Floats = np.maximum(phi, 1.0) * (1.0 + 1.0 * np.sqrt(phi / (events + PRIOR_EVENTS)))
        return out


PRIOR_PHI, PRIOR_EVENTS = 2.0, 20.0
"""Dispersion taken for granted, and the events that this weighs."""


def _columns(ages: Floats) -> Floats:
    """Return level, trend (years) and two harmonics of the year, (weeks, 6)."""
    t = np.asarray(ages, float) / YEAR
    angle = 2 * np.pi * t
    return np.stack(
        [np.ones_like(t), t, np.cos(angle), np.sin(angle), np.cos(2 * angle), np.sin(2 * angle)],
        axis=1,
    )


def _prior_precision(weeks: int) -> Floats:
    """Return the ridge of each coefficient: weak on the level, firm on what is not yet seen.

    Under a year of history the time of year cannot be told from a trend and stays out.
    """
    year = 1.0 if weeks >= SEASON_FROM else 1e4
    return np.array([1e-3, 16.0 * year, 11.0 * year, 11.0 * year, 25.0 * year, 25.0 * year])


def _week_dispersion(counts: Floats, mean: Floats, weight: Any) -> Floats:
    top = (weight * (counts - mean) ** 2).sum(1) + PRIOR_PHI * PRIOR_EVENTS
    out: Floats = np.maximum(1.0, top / ((weight * mean).sum(1) + PRIOR_EVENTS))
    return out
