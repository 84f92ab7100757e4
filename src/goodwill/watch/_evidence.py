"""What a proof rests on: the course of a theme beside its controls, and how far to trust it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from goodwill.errors import InputError
from goodwill.watch._inputs import Floats

GUARD = 28
"""Days before the fix that are never its baseline."""
SPIKE_MOST = 84
"""Days before the fix to which the guard grows at most, while weeks there stand out."""
LOOK_BACK = 364
"""Days of baseline at most; as many at least as ``LEAST``."""
LEAST = 56
ALPHA = 0.025
"""Error of each side of the interval, and of each of the verdicts worked and worse."""
EQUIVALENT = 1 / 1.15
"""A fix that leaves more than this of the problem did not work."""
EFFECT = 0.5
"""Spread of the log ratios that the e-process looks for."""
HALVED = 0.5
"""The effect for which the weeks to proof are stated."""
UNSURE = 1.1
"""Factor on the part of the variance that the few independent stretches of a year must tell."""
LEVEL = 0.02
"""Standard deviation that a theme's level relative to its controls has in any case."""


@dataclass(frozen=True)
class Course:
    """Events and what the controls make of them, a day (days,); running sums from zero."""

    events: Floats
    control: Floats
    seen: Floats

    @classmethod
    def of(cls, theme: Floats, controls: Floats, exposure: Floats | None) -> Course:
        seen = ~np.isnan(theme) & ~np.isnan(controls).any(0)
        if exposure is not None:
            seen &= ~np.isnan(exposure)
        total = np.where(seen, np.nan_to_num(controls).sum(0), 0.0)
        # Exposure is a rate's denominator: half the customers, half the expected events.
        load = np.ones(len(theme)) if exposure is None else np.nan_to_num(exposure)
        return cls(np.where(seen, np.nan_to_num(theme), 0.0), total * load, seen.astype(float))


def baseline_end(course: Course, fixed: int) -> int:
    """Return the day before which nothing belongs to the spike that led to the fix.

    The guard grows week by week while the week before it stands out from those before that.
    """
    end = fixed - GUARD
    while end - 7 >= max(LEAST, fixed - SPIKE_MOST):
        week = slice(end - 7, end)
        before = slice(max(0, end - 7 - LOOK_BACK), end - 7)
        rate = course.events[before].sum() / max(course.control[before].sum(), 1e-9)
        hoped = rate * course.control[week].sum()
        weekly = by_week(course.events[before]) - rate * by_week(course.control[before])
        spread = max(np.sqrt(np.mean(weekly**2)), np.sqrt(hoped))
        if course.events[week].sum() <= hoped + 1.5 * spread:
            break
        end -= 7
    return end


def by_week(values: Floats) -> Floats:
    """Return sums of seven days, counted back from the last (weeks,)."""
    weeks = len(values) // 7
    out: Floats = values[len(values) - 7 * weeks :].reshape(weeks, 7).sum(1)
    return out


@dataclass(frozen=True)
class Errors:
    """What the baseline says of a rate per control event and of how far to trust it.

    Attributes:
        rate: Events of the theme per event of the controls.
        phi: Dispersion of a week, long-run, over the theme's own mean.
        daily: Dispersion of a day around its week: what counting alone brings.
        base: Events of the baseline.
        spans: Days after a placebo date over which it was judged.
        placebo: Variance of the log ratio there, beyond a Poisson count's.
        expected_a_day: Events a day that the baseline makes expect.
    """

    rate: float
    phi: float
    daily: float
    base: float
    spans: Floats
    placebo: Floats
    expected_a_day: float

    @classmethod
    def of(cls, course: Course, start: int, end: int, fixed: int) -> Errors:
        events, control = course.events[start:end], course.control[start:end]
        if control.sum() <= 0 or course.seen[start:end].sum() < LEAST:
            raise InputError(
                "the controls hold nothing in the baseline" if control.sum() <= 0 else
                f"under {LEAST} observed days of baseline lie before the fix",
                hint="give themes with contacts before the fix, and at least twelve weeks of days",
            )  # fmt: skip
        rate = (events.sum() + 0.5) / control.sum()
        y, c = by_week(events), by_week(control)
        spans, placebo = _placebo(course.events[:end], course.control[:end])
        return cls(
            rate, _long_run(y, rate * c), daily_dispersion(events), events.sum() + 0.5, spans,
            placebo, rate * control.sum() / (end - start),
        )  # fmt: skip

    def at(self, expected: Floats, days: Floats) -> tuple[Floats, Floats]:
        """Return the standard deviation of the log ratio by HAC and by placebo (looks,)."""
        after = np.maximum(expected, 1e-9)
        hac = np.sqrt(self.phi / after + self.phi / self.base + LEVEL**2)
        if not len(self.spans):
            return hac, np.zeros(len(after))
        # Beyond the longest placebo the miss of a mean falls, but not as fast as chance does.
        excess = np.interp(days, self.spans, self.placebo) * np.sqrt(
            np.minimum(1.0, self.spans[-1] / days)
        )
        # A placebo window saw the usual number of events; fewer or more vary accordingly.
        return hac, np.sqrt(1.0 / after + excess)


def daily_dispersion(events: Floats) -> float:
    """Return the dispersion of days around their week's total and the weekday's share."""
    weeks = len(events) // 7
    days = events[len(events) - 7 * weeks :].reshape(weeks, 7)
    share = (days.sum(0) + 1.0) / (days.sum() + 7.0)
    total = days.sum(1)
    top = ((days - total[:, None] * share) ** 2 / share).sum() / 6.0
    return max(1.0, float((top + 10.0) / (total.sum() + 10.0)))


def _long_run(events: Floats, expected: Floats) -> float:
    """Return the long-run dispersion of weeks around their expectation, at least one.

    Newey-West with a Bartlett kernel; the controls' own noise is in the residuals. Divided by
    what the kernel loses on a series of that length.
    """
    weeks = len(events)
    residual = (events - expected) / np.sqrt(np.maximum(expected.mean(), 1e-9))
    reach = max(1, min(8, int(round(1.3 * np.sqrt(weeks)))))
    total = float(residual @ residual)
    for lag in range(1, reach + 1):
        total += 2 * (1 - lag / (reach + 1)) * float(residual[lag:] @ residual[:-lag])
    own = float(residual @ residual) / max(weeks - 1, 1)
    lost = 1 - reach / weeks
    return max(1.0, own, total / max(weeks - 1, 1) / lost)


def _placebo(events: Floats, control: Floats) -> tuple[Floats, Floats]:
    """Return spans (days) and the variance of the log ratio beyond counting, at placebo dates."""
    spans, miss, size = placebo_misses(events, control, 1.0, 0.0)
    return spans, np.maximum(0.0, miss / np.maximum(size, 1e-9))


def placebo_misses(
    events: Floats, control: Floats, counted: float, fitted: float
) -> tuple[Floats, Floats, Floats]:
    """Return spans (days), squared misses beyond chance, and squared sizes, at placebo dates.

    Each placebo fix is judged as the real one: baseline up to a guard before it, then so many
    days after. Only dates whose days after lie before the real guard.

    Args:
        events: Events a day (days,).
        control: What they are held against (days,).
        counted: Dispersion of counting in the days after, which is no miss.
        fitted: The same in the baseline.
    """
    total = np.concatenate([[0.0], np.cumsum(events)])
    base = np.concatenate([[0.0], np.cumsum(control)])
    spans, misses, sizes = [], [], []
    for span in (7, 14, 28, 56, 84):
        dates = np.arange(LEAST + GUARD, len(events) - span + 1, 7)
        if len(dates) * 7 < 2 * span or len(dates) < 6:
            break
        first = np.maximum(0, dates - GUARD - LOOK_BACK)
        before = total[dates - GUARD] - total[first] + 0.5
        rate = before / np.maximum(base[dates - GUARD] - base[first], 1e-9)
        hoped = rate * (base[dates + span] - base[dates])
        got = total[dates + span] - total[dates]
        miss = (got - hoped) ** 2 - counted * hoped - fitted * hoped**2 / before
        spans.append(span)
        misses.append(float(miss.sum()))
        sizes.append(float((hoped**2).sum()))
    return np.array(spans, float), np.array(misses), np.array(sizes)


def signed_root(events: Floats, expected: Floats, sd: Floats) -> Floats:
    """Return the signed root of the Poisson deviance, scaled to the standard deviation given."""
    hoped = np.maximum(expected, 1e-9)
    deviance = 2 * (special.xlogy(events, events / hoped) - events + hoped)
    scale = np.sqrt(hoped) * sd
    out: Floats = np.sign(events - hoped) * np.sqrt(np.maximum(deviance, 0.0)) / scale
    return out


def evidence(z: Floats, sd: Floats) -> Floats:
    """Return the one-sided normal-mixture e-process at each look (Robbins 1970)."""
    gain = EFFECT**2 / (sd**2 + EFFECT**2)
    log_e = np.log(2) + 0.5 * np.log1p(-gain) + 0.5 * gain * z**2
    log_e += special.log_ndtr(z * np.sqrt(gain))
    out: Floats = np.exp(np.minimum(log_e, 690.0))
    return out


def interval(
    events: Floats, expected: Floats, sd: Floats, phi: float
) -> tuple[Floats, Floats, Floats]:
    """Return the ratio and its 95 % interval at each look (looks,).

    Gamma quantiles with as many effective events as the standard deviation is worth: right for
    few events, log-normal for many. Nothing expected gives NaN between zero and infinity.
    """
    hoped = np.where(expected > 0, expected, 1.0)
    ratio = events / hoped
    # What counting after the fix brings is of the events seen, not of those hoped for.
    counted = phi / hoped
    rest = UNSURE * np.maximum(sd**2 - counted, 0.0)
    seen = np.maximum(events, 0.5 * phi)
    worth = 1.0 / (phi / seen + rest)
    low = np.where(events > 0, ratio * special.gammaincinv(worth, ALPHA) / worth, 0.0)
    high = seen / hoped * special.gammaincinv(worth + 0.5, 1 - ALPHA) / worth
    known = expected > 0
    return (
        np.where(known, ratio, np.nan),
        np.where(known, low, 0.0),
        np.where(known, np.maximum(high, ratio), np.inf),
    )


def weeks_to_proof(errors: Errors) -> float | None:
    """Return the weeks by which a halving is expected to pass the e-process."""
    days = np.arange(1.0, 731.0)
    expected = errors.expected_a_day * days
    sd: Floats = np.maximum(*errors.at(expected, days))
    z = -signed_root(HALVED * expected, expected, sd)
    enough = np.flatnonzero(evidence(z, sd) >= 1 / ALPHA)
    return round(float(days[enough[0]]) / 7, 1) if len(enough) else None
