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
from numpy.typing import NDArray

from goodwill.errors import InputError
from goodwill.watch._evidence import (
    ALPHA,
    EQUIVALENT,
    GUARD,
    LEAST,
    LOOK_BACK,
    Course,
    Errors,
    baseline_end,
    evidence,
    interval,
    signed_root,
    weeks_to_proof,
)
from goodwill.watch._inputs import Days, Floats, count_matrix, day_axis, exposure_matrix, one_day

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
    course = Course.of(theme[0], others, None if load is None else load[0])
    return follow(course, days, fixed).proof


@dataclass(frozen=True)
class Followed:
    """A fix at each of its days: what came, what was expected, and how far that was proven.

    Arrays are (days after the fix,), and each entry uses only what was known on its day.
    """

    proof: FixProof
    course: Course
    errors: Errors
    fixed: int
    start: int
    end: int
    events: Floats
    expected: Floats
    sd: Floats
    low: Floats
    high: Floats
    fall: Floats
    rise: Floats

    @property
    def worked(self) -> NDArray[np.bool_]:
        """On which days the fall was proven."""
        out: NDArray[np.bool_] = (self.fall >= 1 / ALPHA) & (self.high < 1)
        return out


def follow(course: Course, days: Days, fixed: int) -> Followed:
    """Return the course of a theme after the fix on day ``fixed``, and the verdict on the last."""
    end = baseline_end(course, fixed)
    start = max(0, end - LOOK_BACK)
    errors = Errors.of(course, start, end, fixed)
    looks = np.arange(1.0, len(days) - fixed + 1.0)
    events = np.cumsum(course.events[fixed:])
    expected = errors.rate * np.cumsum(course.control[fixed:])
    known = expected > 0
    hac, placebo = errors.at(expected, looks)
    sd = np.maximum(hac, placebo)
    z = signed_root(events, expected, sd)
    fall = np.maximum.accumulate(np.where(known, evidence(-z, sd), 1.0))
    rise = np.maximum.accumulate(np.where(known, evidence(z, sd), 1.0))
    ratio, low, high = interval(events, expected, sd, errors.daily)
    verdict: Verdict = "too_early"
    if fall[-1] >= 1 / ALPHA and high[-1] < 1:
        verdict = "worked"
    elif rise[-1] >= 1 / ALPHA and low[-1] > 1:
        verdict = "worse"
    elif low[-1] > EQUIVALENT and known[-1]:
        verdict = "did_not"
    best = rise[-1] if verdict == "worse" else fall[-1]
    proof = FixProof(
        verdict, float(ratio[-1]), float(low[-1]), float(high[-1]), weeks_to_proof(errors),
        float(min(best, 1e300)), int(events[-1]), float(expected[-1]),
        int(course.seen[fixed:].sum()), days[start].item(), days[end - 1].item(),
        float(hac[-1]), float(placebo[-1]),
    )  # fmt: skip
    return Followed(
        proof, course, errors, fixed, start, end, events, expected, sd, low, high, fall, rise
    )
