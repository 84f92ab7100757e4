"""Which forecast would have served each series best, and how far it would have gone astray.

At dates four weeks apart through the past the series are forecast from what lay before, over the
same guard as the watch keeps. A forecast made in hindsight flatters itself: a level that wanders
looks like a trend and a season until the next weeks come.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goodwill.watch._fit import Design
from goodwill.watch._inputs import Floats

HALF_LIVES = (None, 32.0, 16.0, 8.0, 4.0)
"""Weeks after which a candidate's level has forgotten half; None never forgets."""
CANDIDATES = 2 * len(HALF_LIVES)
"""Each half-life on top of trend and time of year, and on top of a flat rate."""
EVERY, FIRST, LOOK_BACK = 4, 8, 78
"""Weeks between forecasts, history of the first, and how far back they are tried."""
NEAR_SHARE = np.array([0.05, 0.1, 0.15, 0.3, 0.4])
DRIFT, DRIFT_YOUNG, DRIFT_SPREAD = 0.002, 0.016, 0.01
"""Variance of the log level over the guard taken for granted (4.5 %; 13 % while the time of year
is not known), and its spread."""
UNPROVEN = np.where(np.arange(CANDIDATES) % len(HALF_LIVES) == 0, 0.0, -1.0)
"""Log weight of each candidate before the data spoke: one that forgets must earn it."""


YEAR, OUTGROWN = 50, 0.2
"""Weeks from which the time of year is fitted, and what a miss made without it counts."""


@dataclass(frozen=True)
class Skill:
    """Weight of each candidate (series, CANDIDATES), and what its forecasts missed beyond chance.

    ``missed`` is the variance of log true over forecast level (series,), ``known`` the precision
    with which the past tells it.
    """

    share: Floats
    missed: Floats
    known: Floats


def unproven(series: int) -> Skill:
    """Return what is taken for granted where the past is too short to try forecasts on.

    Of a level that may follow an unseen season only the last weeks tell.
    """
    share = np.tile(NEAR_SHARE, CANDIDATES // len(HALF_LIVES)) / 2.0
    return Skill(np.tile(share, (series, 1)), np.zeros(series), np.zeros(series))


def levels(
    counts: Floats, mean: Floats, flat: Floats, keep: Floats, prior: Floats
) -> tuple[Floats, Floats]:
    """Return each candidate's factor on ``mean`` or on ``flat`` after the last week.

    Args:
        counts: Weekly counts (series, weeks), as all others here.
        mean: What trend and time of year expect.
        flat: What a constant rate expects.
        keep: Weight of each week.
        prior: Events with which a level is drawn to one (series,).

    Returns:
        Two arrays (series, half-lives), for ``mean`` and for ``flat``.
    """
    age = np.arange(counts.shape[1])[::-1]
    decay = np.stack([np.zeros(len(age)) if h is None else 0.5 ** (age / h) for h in HALF_LIVES], 1)
    top = (keep * counts) @ decay + prior[:, None]
    return (
        top / ((keep * mean) @ decay + prior[:, None]),
        top / ((keep * flat) @ decay + prior[:, None]),
    )


def try_forecasts(
    design: Design,
    coef: Floats,
    mean: Floats,
    counts: Floats,
    load: Floats,
    weight: Floats,
    phi: Floats,
    penalty: Floats,
    short_penalty: Floats,
    guard: int,
) -> Skill:
    """Return how the candidates did on the past weeks of one fit.

    The fit on the weeks before a date is one Newton step from the fit on all of them.

    Args:
        design: Of the fit on all weeks; ``coef`` and ``mean`` are its result.
        load: Exposure of each week.
        penalty: Ridge of the fit, and ``short_penalty`` the one for under a year of weeks.
        guard: Weeks between the last known and the first forecast.
    """
    weeks = counts.shape[1]
    dates = [d for d in range(weeks - guard - EVERY, FIRST - 1, -EVERY) if weeks - d <= LOOK_BACK]
    if not dates:
        return unproven(len(counts))
    keep, prior = np.maximum(weight, 0.2), 4.0 * phi
    score = np.tile(UNPROVEN, (len(counts), 1))
    tried: list[list[Floats]] = []
    for date in dates:
        before, after = slice(0, date), slice(date + guard, date + guard + EVERY)
        ridge = penalty if date >= YEAR else short_penalty
        gap = (weight * (counts - mean))[:, before] @ design.x[before] - ridge * coef
        part = Design(design.x[before])
        matrix = part.information((weight * mean)[:, before], ridge + 1e-9)
        then = coef + np.clip(np.linalg.solve(matrix, gap[:, :, None])[:, :, 0], -1.5, 1.5)
        upto = date + guard + EVERY
        fitted = np.exp(np.clip(then @ design.x[:upto].T, -25.0, 20.0)) * load[:, :upto]
        whole = (keep * load)[:, before].sum(1)
        rate = ((keep * counts)[:, before].sum(1) + 1e-3) / np.maximum(whole, 1e-9)
        flat = rate[:, None] * load
        on_fit, on_flat = levels(
            counts[:, before], fitted[:, before], flat[:, before], keep[:, before], prior
        )
        w, seen = weight[:, after], counts[:, after]
        for i in range(CANDIDATES):
            half = i % len(HALF_LIVES)
            ahead = (
                fitted[:, after] * on_fit[:, half, None]
                if i < len(HALF_LIVES)
                else flat[:, after] * on_flat[:, half, None]
            )
            worth = OUTGROWN if date < YEAR <= dates[0] else 1.0
            log_score, *miss = _tally(seen, ahead, w, phi)
            tried.append([worth * part for part in miss])
            score[:, i] += log_score
    missed = np.array(tried).reshape(len(dates), CANDIDATES, 3, len(counts))
    share = np.exp(score - score.max(1, keepdims=True))
    share /= share.sum(1, keepdims=True)
    top, bottom, chance = missed.sum(0).transpose(1, 2, 0)
    excess = (share * top / (bottom + 1e-12)).sum(1)
    known = 1.0 / ((share * chance / (bottom + 1e-12) ** 2).sum(1) + 1e-9)
    return Skill(share, excess, known)


def _tally(seen: Floats, ahead: Floats, weight: Floats, phi: Floats) -> tuple[Floats, ...]:
    """Return log score, squared miss beyond chance, its scale, and its own variance.

    The weeks of one forecast share its miss, so that their sum is what is scored.
    """
    got, hoped = (weight * seen).sum(1), (weight * ahead).sum(1) + 1e-9
    # A miss of the level by 4.5 % is expected of any forecast and must not decide.
    spread = phi + DRIFT * got
    score = (got * np.log(hoped / np.maximum(got, 0.5)) - hoped + got) / spread
    return score, (got - hoped) ** 2 - phi * hoped, hoped**2, 2.0 * (phi * hoped) ** 2
