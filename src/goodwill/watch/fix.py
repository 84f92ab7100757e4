"""Whether a fix worked: the theme against themes that it cannot have touched.

The ratio is that of the theme after to before the fix, over the same ratio of its controls: what
moves all themes alike (volume, season, a quiet month) falls out. "Before" ends a guard before the
fix, and earlier where a spike led to it, because what follows a spike is lower without any fix.
The error is the larger of two: long-run variance of the weeks (HAC, Newey & West 1987), and how far
the same comparison went astray at dates where nothing was fixed (placebo in time). The verdict
rests on an e-process, so that it may be read every day (Robbins 1970; Howard et al. 2021).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
from scipy import special

from goodwill.errors import InputError
from goodwill.watch._inputs import Floats, count_matrix, day_axis, exposure_matrix, one_day

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

Verdict = Literal["worked", "did_not", "too_early", "worse"]


@dataclass(frozen=True)
class FixProof:
    """What became of a problem after its fix.

    Attributes:
        verdict: ``worked`` or ``worse`` (the e-process passed and the interval agrees),
            ``did_not`` (the interval excludes that the problem fell by 13 % or more), else
            ``too_early``.
        ratio: Count after the fix over what controls and baseline expect; 1 is no change.
        low: Lower end of its 95 % interval.
        high: Upper end of it.
        weeks_to_proof: Weeks after the fix by which a halving is expected to be proven; None
            when two years would not do.
        e_value: Largest evidence so far for a fall (for a rise, when ``verdict`` is worse).
        count: Events after the fix.
        expected: Events after the fix if nothing had changed.
        days: Days after the fix that were observed.
        baseline_from: First day of the baseline.
        baseline_to: Last day of it.
        hac_sd: Standard deviation of the log ratio by the weeks' long-run variance.
        placebo_sd: The same by placebo dates; 0 where the past is too short for any.
    """

    verdict: Verdict
    ratio: float
    low: float
    high: float
    weeks_to_proof: float | None
    e_value: float
    count: int
    expected: float
    days: int
    baseline_from: date
    baseline_to: date
    hac_sd: float
    placebo_sd: float


def prove_fix(
    counts: Any, *, dates: Any, fixed_at: Any, controls: Any, exposure: Any = None
) -> FixProof:
    """Return whether a theme fell after its fix, judged against unaffected themes.

    Args:
        counts: Events of the theme a day (days,). NaN: not observed.
        dates: The day of each entry, without gaps; the last one is today.
        fixed_at: First day on which the fix was in force.
        controls: Events a day of themes that the fix cannot have touched (themes, days): not of
            its own area, into which it may push contacts.
        exposure: Customers or orders a day that could meet the problem, where they changed in
            another way than those of the controls.

    Raises:
        InputError: The series cannot be taken, the fix lies outside the days, or under eight
            weeks of baseline lie before it.
    """
    theme = count_matrix(counts)
    if len(theme) != 1:
        raise InputError(
            f"counts holds {len(theme)} series", hint="prove one theme at a time: (days,)"
        )
    days = day_axis(dates, theme.shape[1], step=1)
    others = count_matrix(controls, "controls")
    if others.shape[1] != len(days):
        raise InputError(
            f"controls has {others.shape[1]} days, counts {len(days)}",
            hint="give controls as an array of shape (themes, days)",
        )
    load = exposure_matrix(exposure, theme.shape)
    fixed = int((one_day(fixed_at, "fixed_at") - days[0]).astype(int))
    if not LEAST + GUARD <= fixed < len(days):
        raise InputError(
            f"fixed_at is {one_day(fixed_at, 'fixed_at')}; "
            f"the days go from {days[0]} to {days[-1]}",
            hint=f"the fix must lie {LEAST + GUARD} days or more after the first day, and not "
            "after the last",
        )
    course = _Course.of(theme[0], others, None if load is None else load[0])
    return _judge(course, days, fixed)


@dataclass(frozen=True)
class _Course:
    """Events and what the controls make of them, a day (days,); running sums from zero."""

    events: Floats
    control: Floats
    seen: Floats

    @classmethod
    def of(cls, theme: Floats, controls: Floats, exposure: Floats | None) -> _Course:
        seen = ~np.isnan(theme) & ~np.isnan(controls).any(0)
        if exposure is not None:
            seen &= ~np.isnan(exposure)
        total = np.where(seen, np.nan_to_num(controls).sum(0), 0.0)
        # Exposure is a rate's denominator: half the customers, half the expected events.
        load = np.ones(len(theme)) if exposure is None else np.nan_to_num(exposure)
        return cls(np.where(seen, np.nan_to_num(theme), 0.0), total * load, seen.astype(float))


def _judge(course: _Course, days: Any, fixed: int) -> FixProof:
    end = _baseline_end(course, fixed)
    start = max(0, end - LOOK_BACK)
    errors = _Errors.of(course, start, end, fixed)
    after = len(days) - fixed
    looks = np.arange(1.0, after + 1.0)
    events = np.cumsum(course.events[fixed:])
    expected = errors.rate * np.cumsum(course.control[fixed:])
    known = expected > 0
    hac, placebo = errors.at(expected, looks)
    sd = np.maximum(hac, placebo)
    z = _signed_root(events, expected, sd)
    fall = np.where(known, _evidence(-z, sd), 1.0)
    rise = np.where(known, _evidence(z, sd), 1.0)
    ratio, low, high = _interval(events[-1], expected[-1], float(sd[-1]), errors.daily)
    verdict: Verdict = "too_early"
    if fall.max() >= 1 / ALPHA and high < 1:
        verdict = "worked"
    elif rise.max() >= 1 / ALPHA and low > 1:
        verdict = "worse"
    elif low > EQUIVALENT and known[-1]:
        verdict = "did_not"
    best = rise.max() if verdict == "worse" else fall.max()
    return FixProof(
        verdict, ratio, low, high, _weeks_to_proof(errors), float(min(best, 1e300)),
        int(events[-1]), float(expected[-1]), int(course.seen[fixed:].sum()),
        days[start].item(), days[end - 1].item(), float(hac[-1]), float(placebo[-1]),
    )  # fmt: skip


def _baseline_end(course: _Course, fixed: int) -> int:
    """Return the day before which nothing belongs to the spike that led to the fix.

    The guard grows week by week while the week before it stands out from those before that.
    """
    end = fixed - GUARD
    while end - 7 >= max(LEAST, fixed - SPIKE_MOST):
        week = slice(end - 7, end)
        before = slice(max(0, end - 7 - LOOK_BACK), end - 7)
        rate = course.events[before].sum() / max(course.control[before].sum(), 1e-9)
        hoped = rate * course.control[week].sum()
        weekly = _by_week(course.events[before]) - rate * _by_week(course.control[before])
        spread = max(np.sqrt(np.mean(weekly**2)), np.sqrt(hoped))
        if course.events[week].sum() <= hoped + 1.5 * spread:
            break
        end -= 7
    return end


def _by_week(values: Floats) -> Floats:
    """Return sums of seven days, counted back from the last (weeks,)."""
    weeks = len(values) // 7
    out: Floats = values[len(values) - 7 * weeks :].reshape(weeks, 7).sum(1)
    return out


@dataclass(frozen=True)
class _Errors:
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
    def of(cls, course: _Course, start: int, end: int, fixed: int) -> _Errors:
        events, control = course.events[start:end], course.control[start:end]
        if control.sum() <= 0 or course.seen[start:end].sum() < LEAST:
            raise InputError(
                "the controls hold nothing in the baseline" if control.sum() <= 0 else
                f"under {LEAST} observed days of baseline lie before the fix",
                hint="give themes with contacts before the fix, and at least twelve weeks of days",
            )  # fmt: skip
        rate = (events.sum() + 0.5) / control.sum()
        y, c = _by_week(events), _by_week(control)
        spans, placebo = _placebo(course.events[:end], course.control[:end])
        return cls(
            rate, _long_run(y, rate * c), _daily(events), events.sum() + 0.5, spans, placebo,
            rate * control.sum() / (end - start),
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


def _daily(events: Floats) -> float:
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
    """Return spans (days) and the variance of the log ratio beyond counting, at placebo dates.

    Each placebo fix is judged as the real one: baseline up to a guard before it, then so many
    days after. Only dates whose days after lie before the real guard.
    """
    total = np.concatenate([[0.0], np.cumsum(events)])
    base = np.concatenate([[0.0], np.cumsum(control)])
    spans, found = [], []
    for span in (7, 14, 28, 56, 84):
        dates = np.arange(LEAST + GUARD, len(events) - span + 1, 7)
        if len(dates) * 7 < 2 * span or len(dates) < 6:
            break
        first = np.maximum(0, dates - GUARD - LOOK_BACK)
        before = total[dates - GUARD] - total[first]
        rate = (before + 0.5) / np.maximum(base[dates - GUARD] - base[first], 1e-9)
        hoped = rate * (base[dates + span] - base[dates])
        got = total[dates + span] - total[dates]
        miss = (got - hoped) ** 2 - hoped
        spans.append(span)
        found.append(max(0.0, float(miss.sum() / np.maximum(hoped**2, 1e-9).sum())))
    return np.array(spans, float), np.array(found)


def _signed_root(events: Floats, expected: Floats, sd: Floats) -> Floats:
    """Return the signed root of the Poisson deviance, scaled to the standard deviation given."""
    hoped = np.maximum(expected, 1e-9)
    deviance = 2 * (special.xlogy(events, events / hoped) - events + hoped)
    scale = np.sqrt(hoped) * sd
    out: Floats = np.sign(events - hoped) * np.sqrt(np.maximum(deviance, 0.0)) / scale
    return out


def _evidence(z: Floats, sd: Floats) -> Floats:
    """Return the one-sided normal-mixture e-process at each look (Robbins 1970)."""
    gain = EFFECT**2 / (sd**2 + EFFECT**2)
    log_e = np.log(2) + 0.5 * np.log1p(-gain) + 0.5 * gain * z**2
    log_e += special.log_ndtr(z * np.sqrt(gain))
    out: Floats = np.exp(np.minimum(log_e, 690.0))
    return out


def _interval(events: float, expected: float, sd: float, phi: float) -> tuple[float, float, float]:
    """Return the ratio and its 95 % interval.

    Gamma quantiles with as many effective events as the standard deviation is worth: right for
    few events, log-normal for many.
    """
    if expected <= 0:
        return float("nan"), 0.0, float("inf")
    ratio = events / expected
    # What counting after the fix brings is of the events seen, not of those hoped for.
    counted = phi / expected
    rest = UNSURE * max(sd**2 - counted, 0.0)
    seen = max(events, 0.5 * phi)
    worth = 1.0 / (phi / seen + rest)
    low = ratio * special.gammaincinv(worth, ALPHA) / worth if events else 0.0
    high = seen / expected * special.gammaincinv(worth + 0.5, 1 - ALPHA) / worth
    return float(ratio), float(low), float(max(high, ratio))


def _weeks_to_proof(errors: _Errors) -> float | None:
    """Return the weeks by which a halving is expected to pass the e-process."""
    days = np.arange(1.0, 731.0)
    expected = errors.expected_a_day * days
    sd: Floats = np.maximum(*errors.at(expected, days))
    z = -_signed_root(HALVED * expected, expected, sd)
    enough = np.flatnonzero(_evidence(z, sd) >= 1 / ALPHA)
    return round(float(days[enough[0]]) / 7, 1) if len(enough) else None
