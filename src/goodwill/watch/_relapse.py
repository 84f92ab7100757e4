"""Whether a problem whose fix was proven comes back.

A mixture of Shiryaev-Roberts statistics on the days after the proof, against what was reached by
then, with a tolerance. It has returned when that passes and half of what was won is lost again.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from goodwill.watch._inputs import Days
from goodwill.watch.fix import Followed

STEPS = (1.5, 2.0, 3.0, 5.0)
"""Times the level that the fix reached: the returns that are looked for."""
TOLERANCE = 1.15
RUN_LENGTH = 20 * 365.0
"""Days until a false return is expected where the level that was reached is known."""


def returned(
    fix: Followed, days: Days, proven: int, *, reached: float | None = None
) -> tuple[date, date] | None:
    """Return since when the problem is back and the day on which that was seen; None if it is not.

    Args:
        fix: The fix, followed to today.
        days: The day of each entry of its course.
        proven: Days after the fix on which it was proven.
        reached: Events per control event that it reached, where an experiment told; else what came
            until it was proven.
    """
    first = fix.fixed + proven + 1
    events, control = fix.course.events[first:], fix.course.control[first:]
    if reached is None:
        reached = (fix.events[proven] + fix.errors.phi) / max(
            fix.expected[proven] / fix.errors.rate, 1e-9
        )
    half_lost = (reached + fix.errors.rate) / 2
    log_r = np.full(len(STEPS), -np.inf)
    peak = np.zeros(len(STEPS))
    since = np.zeros(len(STEPS), int)
    gains = np.log(np.array(STEPS))
    for day, (came, load) in enumerate(zip(events, control, strict=True)):
        hoped = TOLERANCE * reached * load
        step = (came * gains - (np.array(STEPS) - 1) * hoped) / fix.errors.phi
        log_r = np.logaddexp(log_r, 0.0) + step
        restart = peak + step < 0
        peak = np.where(restart, 0.0, peak + step)
        since = np.where(restart, day + 1, since)
        if np.logaddexp.reduce(log_r) - np.log(len(STEPS)) < np.log(RUN_LENGTH):
            continue
        begin = int(since[int(peak.argmax())])
        level = events[begin : day + 1].sum() / max(control[begin : day + 1].sum(), 1e-9)
        if level >= half_lost:
            return days[first + begin].item(), days[first + day].item()
    return None
