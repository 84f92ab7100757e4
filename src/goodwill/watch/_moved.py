"""Whether what a fix won only moved: the other themes of the area, looked at each by each.

A theme that falls because its contacts come under a sister theme is no fix that worked. To say that
it worked, the tale that they moved must be too unlikely: for every share of the theme that may have
moved, how far lies what was won from it, and how far the sister's rise? How much themes go up and
down without any fix is taken from the placebo dates of all of them together (theme, sisters and
controls): one theme's own year holds too few independent stretches to trust far out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodwill.errors import InputError
from goodwill.watch._comparison import Comparison
from goodwill.watch._evidence import Course, daily_dispersion, placebo_misses
from goodwill.watch._inputs import Days, Floats
from goodwill.watch.fix import Followed, follow

SHARE = 0.25
"""Share of a theme that moved at least where the tale of a move is tested; a smaller move shows in
that a sister rose by half of what was won."""
SHARES = np.linspace(SHARE, 0.95, 15)
UNLIKE = ((3.2, 42), (3.6, 28), (4.5, 14))
"""Standard errors by which each sister must be excluded, and the days in a row: one of these. A
level that wanders is back by then."""
UNLIKE_ALL = ((2.0, 14),)
"""The same of all sisters together, over which contacts may have spread."""
LEAST_WANDER = 2e-4
"""Variance of the log ratio that any theme has."""
OWN = 1 / 3
"""A theme that wanders more than this times as much as all together is taken by itself."""
ROSE = 1.96
"""Standard errors from which a sister theme is said to have risen."""
Themes = dict[int, tuple[str, str]]
"""Version and label of each theme."""


def course_of(held: Comparison, theme: Floats, length: int) -> Course:
    """Return the course of a theme beside the controls, over the first days."""
    load = None if held.exposure is None else held.exposure[:length]
    return Course.of(theme[:length], held.controls[:, :length], load)


def stayed(
    held: Comparison, fix: Followed, days: Days, themes: Themes
) -> tuple[NDArray[np.bool_], dict[str, Any]]:
    """Return on which days contacts cannot just have moved to a sister theme, and today's verdict.

    The verdict is empty where they cannot: then that of the fix alone stands.
    """
    won = fix.expected - fix.events
    holds = np.ones(len(won), bool)
    found: dict[str, Any] = {}
    sisters: dict[int | None, Course] = {
        number: course_of(held, counts, len(days)) for number, counts in held.sisters.items()
    }
    wander = Wander.of(held, fix, list(sisters.values()))
    if len(sisters) > 1:  # contacts may have spread over all of them
        every = np.sum(list(held.sisters.values()), axis=0)
        sisters[None] = course_of(held, every, len(days))
    for number, course in sisters.items():
        try:
            sister = follow(course, days, fix.fixed)
        except InputError:
            continue
        rise = sister.events - sister.expected
        apart = np.where(rise < won / 2, np.sqrt(_distance(fix, sister, wander)), 0.0)
        needed = UNLIKE if number is not None else UNLIKE_ALL
        holds &= np.any([_kept(apart >= least, run) for least, run in needed], axis=0)
        spread = sister.sd[-1] * max(sister.expected[-1], 1.0)
        label = f"“{themes[number][1]}”" if number in themes else "several of its themes"
        if number is not None and rise[-1] >= max(won[-1] / 2, ROSE * spread):
            found = {
                "verdict": "recount", "moved_to": number,
                "reason": f"As many more contacts came under {label}: they moved. "
                "Count both together.",
            }  # fmt: skip
        elif not holds[-1] and not found:
            found = {
                "verdict": "too_early",
                "reason": "It cannot be excluded yet that contacts moved within the area, to "
                f"{label}: together {_both(fix, sister)} of what was expected came.",
            }
    return holds, found


@dataclass(frozen=True)
class Wander:
    """How far themes go up and down without any fix, as variances of the log ratio by span.

    Attributes:
        spans: Days after a placebo date; empty where the past is too short for any.
        pooled: Of the theme, its sisters and its controls together, beyond counting.
        end: Days of the past that this rests on.
    """

    spans: Floats
    pooled: Floats
    end: int

    @classmethod
    def of(cls, held: Comparison, fix: Followed, sisters: list[Course]) -> Wander:
        """Return it from what lies before the baseline's end."""
        controls = held.controls[:, : len(fix.course.events)]
        others = [
            Course.of(row, np.delete(controls, at, axis=0), None)
            for at, row in enumerate(controls)
            if len(controls) > 1
        ]
        misses = [_misses(course, fix.end) for course in (fix.course, *sisters, *others)]
        spans = misses[0][0]
        miss, size = (np.sum([one[part] for one in misses], axis=0) for part in (1, 2))
        return cls(spans, np.maximum(0.0, miss / np.maximum(size, 1e-9)), fix.end)

    def at(self, one: Followed) -> tuple[Floats, Floats]:
        """Return variances of the log ratio at each look: of all together, and of this theme.

        Counting is not in them. This theme is held to vary as all do, unless it does far more.
        """
        looks = np.arange(1.0, len(one.events) + 1.0)
        if not len(self.spans):
            a_week = max(7 * one.errors.expected_a_day, 1e-9)
            over = max(one.errors.phi - one.errors.daily, 0.0) / a_week
            alone = over * (7 / looks + a_week / one.errors.base) + LEAST_WANDER
            return alone, alone
        _, miss, size = _misses(one.course, self.end)
        own = np.maximum(self.pooled, OWN * miss / np.maximum(size, 1e-9))
        # Beyond the longest placebo the miss of a mean falls, but not as fast as chance does.
        fading = np.sqrt(np.minimum(1.0, self.spans[-1] / looks))
        pooled, alone = (
            np.interp(looks, self.spans, known) * fading + LEAST_WANDER
            for known in (self.pooled, own)
        )
        return pooled, alone


def _misses(course: Course, end: int) -> tuple[Floats, Floats, Floats]:
    events, control = course.events[:end], course.control[:end]
    counted = daily_dispersion(events)
    return placebo_misses(events, control, counted, counted)


def _distance(fix: Followed, sister: Followed, wander: Wander) -> Floats:
    """Return the squared distance, in standard errors, from the nearest tale of a move (looks,).

    A tale: so large a share of the theme came under the sister instead. What was won lies above
    it, and the sister's rise below it, each by its own error as it would be in that tale.
    """
    hoped, usual = np.maximum(fix.expected, 1e-9), np.maximum(sister.expected, 1e-9)
    won, rose = 1 - fix.events / hoped, (sister.events - sister.expected) / hoped
    size = usual / hoped
    (pooled, own), (_, other) = wander.at(fix), wander.at(sister)
    nearest = np.full(len(hoped), np.inf)
    for share in SHARES:
        left, more = 1 - share, size + share
        errors = (
            fix.errors.daily * left / hoped + own * left**2 + fix.errors.daily / fix.errors.base
        )
        # What it had varies as the sister does; what came to it, as themes do.
        rest = (
            sister.errors.daily * (more / hoped + size**2 / sister.errors.base)
            + other * size**2 + pooled * (more**2 - size**2)
        )  # fmt: skip
        far = np.maximum(won - share, 0.0) ** 2 / errors + np.maximum(share - rose, 0.0) ** 2 / rest
        nearest = np.minimum(nearest, far)
    return nearest


def _both(fix: Followed, sister: Followed) -> str:
    """Return theme and sister together over what was expected, with its interval, in words."""
    expected = fix.expected[-1] + sister.expected[-1]
    spread = np.hypot(fix.sd[-1] * fix.expected[-1], sister.sd[-1] * sister.expected[-1])
    ratio = (fix.events[-1] + sister.events[-1]) / max(expected, 1e-9)
    away = np.exp(1.96 * spread / max(expected, 1e-9))
    return f"{ratio:.0%} ({ratio / away:.0%} to {ratio * away:.0%})"


def _kept(holds: NDArray[np.bool_], days: int) -> NDArray[np.bool_]:
    """Return on which days something held for so many days in a row.

    >>> int(_kept(np.ones(60, bool), 42).argmax())
    41
    """
    total = np.concatenate([np.zeros(days, int), np.cumsum(holds)])
    out: NDArray[np.bool_] = total[days:] - total[:-days] == days
    return out
