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
from goodwill.watch._evidence import HALVED, Course, daily_dispersion, placebo_misses
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
AHEAD = np.arange(1.0, 731.0)
"""Days after a fix over which it is foreseen when it will be proven."""
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
    looks = np.arange(1.0, len(won) + 1.0)
    holds = np.ones(len(won), bool)
    found: dict[str, Any] = {}
    wander, sisters = _sisters(held, fix, days)
    for number, sister, parts in sisters:
        rise = sister.events - sister.expected
        apart = _distance(_Path.seen(fix), _Path.seen(sister, parts), wander, looks)
        holds &= _held(np.where(rise < won / 2, apart, 0.0), number)
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


def weeks_to_proof(held: Comparison, fix: Followed, days: Days) -> float | None:
    """Return the weeks by which a halving is expected to be proven, beside its sisters.

    None when two years would not do.
    """
    weeks = fix.proof.weeks_to_proof
    wander, sisters = _sisters(held, fix, days)
    for number, sister, parts in sisters:
        if weeks is None:
            return None
        halved, still = _Path.foreseen(fix, HALVED), _Path.foreseen(sister, 1.0, parts)
        holds = np.flatnonzero(_held(_distance(halved, still, wander, AHEAD), number))
        weeks = max(weeks, round((holds[0] + 1) / 7, 1)) if len(holds) else None
    return weeks


def _sisters(
    held: Comparison, fix: Followed, days: Days
) -> tuple[Wander, list[tuple[int | None, Followed, float]]]:
    """Return how far all wander, and each sister theme after the fix, all together (None) last.

    With each stands of how many themes like each other it is the sum.
    """
    counts: list[tuple[int | None, Floats]] = [*held.sisters.items()]
    courses = [(number, course_of(held, each, len(days))) for number, each in counts]
    wander = Wander.of(held, fix, [course for _, course in courses])
    if len(counts) > 1:  # contacts may have spread over all of them
        every = np.sum([each for _, each in counts], axis=0)
        courses.append((None, course_of(held, every, len(days))))
    out: list[tuple[int | None, Followed, float]] = []
    for number, course in courses:
        try:
            sister = follow(course, days, fix.fixed)
        except InputError:
            continue
        parts = 1.0
        if number is None:
            sizes = np.array([one.errors.expected_a_day for _, one, _ in out])
            parts = max(1.0, float(sizes.sum() ** 2 / max((sizes**2).sum(), 1e-9)))
        out.append((number, sister, parts))
    return wander, out


def _held(apart: Floats, number: int | None) -> NDArray[np.bool_]:
    """Return on which days a move to this sister is excluded, for long enough."""
    needed = UNLIKE if number is not None else UNLIKE_ALL
    out: NDArray[np.bool_] = np.any([_kept(apart >= least, run) for least, run in needed], axis=0)
    return out


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

    def at(self, one: Followed, looks: Floats, parts: float = 1.0) -> tuple[Floats, Floats]:
        """Return variances of the log ratio at each look: of all together, and of this theme.

        Counting is not in them. This theme is held to vary as all do, unless it does far more.

        Args:
            one: The theme, or several together.
            looks: Days after the fix.
            parts: Of how many themes like each other it is the sum: they go up and down apart.
        """
        if not len(self.spans):
            a_week = max(7 * one.errors.expected_a_day, 1e-9)
            over = max(one.errors.phi - one.errors.daily, 0.0) / a_week
            alone = over * (7 / looks + a_week / one.errors.base) + LEAST_WANDER
            return alone, alone
        _, miss, size = _misses(one.course, self.end)
        pooled = self.pooled / parts
        trust = OWN if parts == 1.0 else 1.0
        own = np.maximum(pooled, trust * miss / np.maximum(size, 1e-9))
        # Beyond the longest placebo the miss of a mean falls, but not as fast as chance does.
        fading = np.sqrt(np.minimum(1.0, self.spans[-1] / looks))
        both = [
            np.interp(looks, self.spans, known) * fading + LEAST_WANDER for known in (pooled, own)
        ]
        return both[0] if parts == 1.0 else both[1], both[1]


def _misses(course: Course, end: int) -> tuple[Floats, Floats, Floats]:
    events, control = course.events[:end], course.control[:end]
    counted = daily_dispersion(events)
    return placebo_misses(events, control, counted, counted)


@dataclass(frozen=True)
class _Path:
    """A theme after the fix: what came and what was expected, at each look (looks,)."""

    one: Followed
    came: Floats
    expected: Floats
    parts: float = 1.0

    @classmethod
    def seen(cls, one: Followed, parts: float = 1.0) -> _Path:
        return cls(one, one.events, np.maximum(one.expected, 1e-9), parts)

    @classmethod
    def foreseen(cls, one: Followed, effect: float, parts: float = 1.0) -> _Path:
        expected = np.maximum(one.errors.expected_a_day * AHEAD, 1e-9)
        return cls(one, effect * expected, expected, parts)


def _distance(fix: _Path, sister: _Path, wander: Wander, looks: Floats) -> Floats:
    """Return the distance, in standard errors, from the nearest tale of a move (looks,).

    A tale: so large a share of the theme came under the sister instead. What was won lies above
    it, and the sister's rise below it, each by its own error as it would be in that tale.
    """
    hoped, size = fix.expected, sister.expected / fix.expected
    won, rose = 1 - fix.came / hoped, (sister.came - sister.expected) / hoped
    _, own = wander.at(fix.one, looks)
    pooled, other = wander.at(sister.one, looks, sister.parts)
    counted, around = fix.one.errors, sister.one.errors
    nearest = np.full(len(hoped), np.inf)
    for share in SHARES:
        left, more = 1 - share, size + share
        errors = counted.daily * (left / hoped + 1 / counted.base) + own * left**2
        # What it had varies as the sister does; what came to it, as themes do.
        rest = (
            around.daily * (more / hoped + size**2 / around.base)
            + other * size**2 + pooled * (more**2 - size**2)
        )  # fmt: skip
        far = np.maximum(won - share, 0.0) ** 2 / errors + np.maximum(share - rose, 0.0) ** 2 / rest
        nearest = np.minimum(nearest, far)
    out: Floats = np.sqrt(nearest)
    return out


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
