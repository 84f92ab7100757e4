"""A staggered roll-out: chance decides who gets a fix first, and that makes it an experiment.

Units (regions, products, carriers, halves of a queue) are ranked by their volume and paired; of
each pair a seeded draw lets one go first. Until the last have it, those that do not have it yet are
the control: in each period between two waves they say what would have come. The verdict is made
once, on the day on which the last units get it, by holding what was seen against every other draw
that was possible (randomisation inference; Hussey & Hughes 2007 for the stepped wedge, Wang &
De Gruttola 2017 for its permutation test). It takes no view of how counts vary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from goodwill.errors import InputError
from goodwill.watch import _permutation as permutation
from goodwill.watch._evidence import EQUIVALENT, HALVED
from goodwill.watch._inputs import (
    Days,
    Floats,
    as_days,
    count_matrix,
    day_axis,
    exposure_matrix,
    plain,
)
from goodwill.watch._permutation import ALPHA
from goodwill.watch.fix import Verdict

BASE = 84
"""Days before the first wave from which each unit's own rate is known."""
LEAST_BASE = 28
LEAST_UNIT = 10
"""Contacts that a unit must have had in those days to be one."""
MOST_UNITS = 50
POWER = 0.8
"""Chance with which an effect that is called detectable is proven."""
FALLS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
WEEKS = (1, 2, 3, 4, 6, 8, 10, 13, 17, 21, 26)
TRIES, LEAST_PASTS, EVERY = 200, 3, 14
"""Planted effects a power rests on; windows of the past it takes, and days between them."""
SOME = 500
"""Possible draws that a planted effect is held against at most."""
NEEDED = int(1 / ALPHA)
"""Possible draws under which nothing can be proven."""


@dataclass(frozen=True)
class Rollout:
    """Who gets the fix when, and what the experiment will be able to show.

    Attributes:
        units: The units by falling volume; each stands in a block with those next to it.
        volumes: Events of each in the days from which its own rate is known.
        waves: The wave of each, from 0.
        starts: First day of each wave; on the last one the verdict is made.
        seed: Seed of the draw: the same one draws the same again.
        draws: Number of draws that were possible.
        smallest_fall: Smallest fall (0-1) that it will prove with a chance of 80 %; None when it
            will not even prove one of 90 %, or the past is too short to tell.
        weeks_to_proof: Weeks from the first wave to the last with which a halving would be proven
            with that chance; None when half a year would not do.
        left_out: Units with too few events to be one; they get it with the last wave.
    """

    units: tuple[str, ...]
    volumes: tuple[int, ...]
    waves: tuple[int, ...]
    starts: tuple[date, ...]
    seed: int
    draws: int
    smallest_fall: float | None
    weeks_to_proof: float | None
    left_out: tuple[str, ...]

    def first_day(self, unit: str) -> date:
        """Return the day on which a unit gets the fix."""
        return self.starts[self.waves[self.units.index(unit)]]


@dataclass(frozen=True)
class RolloutProof:
    """What a staggered roll-out showed.

    Attributes:
        verdict: ``worked``, ``worse``, ``did_not`` (a fall of 13 % or more is excluded), or
            ``too_early``: the last wave has not begun, or nothing is proven; ``days`` tells which.
        ratio: Events of the units that had it, over what those without it expect; NaN before the
            last wave.
        low: Lower end of its 95 % interval; 0 when no draw excludes anything.
        high: Upper end of it; infinite when no draw excludes anything.
        p_value: Share of the possible draws that would have looked so low.
        draws: Number of draws that were possible.
        count: Events of the units that had it, until the last wave.
        expected: What those without it make expect of them.
        days: Days between the first and the last wave that have passed.
        judged_on: The day on which the verdict is made.
    """

    verdict: Verdict
    ratio: float
    low: float
    high: float
    p_value: float
    draws: int
    count: int
    expected: float
    days: int
    judged_on: date


def plan_rollout(
    counts: Any, *, dates: Any, units: Sequence[str], starts: Any, seed: int, exposure: Any = None
) -> Rollout:
    """Return who goes first by a balanced draw, and what the experiment will be able to show.

    The smallest fall and the weeks are found by planting effects at past dates and judging them as
    the real one will be.

    Args:
        counts: Events of each unit a day (units, days), all before the first wave. NaN: not
            observed.
        dates: The day of each column, without gaps.
        units: Name of each row.
        starts: First day of each wave, rising; two or more. The last are the control until then.
        seed: Any whole number; keep it, it draws the same again.
        exposure: Orders or customers a day of each unit (units, days).

    Raises:
        InputError: The series cannot be taken, under two waves or units with enough events are
            left, or the waves do not follow each other.
    """
    matrix, days, load = _taken(counts, dates, exposure)
    names = _names(units, len(matrix))
    waves = _starts(starts)
    if len(days) < LEAST_BASE:
        raise InputError(
            f"{len(days)} days lie before the first wave",
            hint=f"give {LEAST_BASE} days or more: each unit's own rate is taken from them",
        )
    volume = np.nansum(matrix[:, -BASE:], axis=1)
    order = np.lexsort((names, -volume))
    kept = [int(i) for i in order if volume[i] >= LEAST_UNIT][:MOST_UNITS]
    if len(kept) < 2:
        raise InputError(
            f"{len(kept)} units have {LEAST_UNIT} events in the last {BASE} days",
            hint="a roll-out needs two units or more; choose others",
        )
    if len(waves) > len(kept):
        raise InputError(
            f"{len(waves)} waves for {len(kept)} units", hint="give at most one wave a unit"
        )
    part, own_load = matrix[kept], None if load is None else load[kept]
    span = int((waves[-1] - waves[0]).astype(int))

    def provable(length: int, fall: float) -> bool:
        return _power(part, own_load, length, len(waves), fall, seed) >= POWER

    smallest = next((fall for fall in FALLS if provable(span, fall)), None)
    halved = next((float(week) for week in WEEKS if provable(7 * week, HALVED)), None)
    chosen = permutation.draw(len(kept), len(waves), seed)
    return Rollout(
        tuple(names[i] for i in kept), tuple(int(volume[i]) for i in kept),
        tuple(int(wave) for wave in chosen), tuple(day.item() for day in waves), seed,
        permutation.possible(len(kept), len(waves)), smallest, halved,
        tuple(sorted(set(names) - {names[i] for i in kept})),
    )  # fmt: skip


def prove_rollout(
    counts: Any, *, dates: Any, units: Sequence[str], rollout: Rollout, exposure: Any = None
) -> RolloutProof:
    """Return what a staggered roll-out showed, judged against all draws that were possible.

    Args:
        counts: Events of each unit a day (units, days). NaN: not observed.
        dates: The day of each column, without gaps; the last one is today.
        units: Name of each row; those of the roll-out must be among them.
        rollout: As it was drawn.
        exposure: Orders or customers a day of each unit (units, days).

    Raises:
        InputError: The series cannot be taken, a unit is missing, or under four weeks lie before
            the first wave.
    """
    matrix, days, load = _taken(counts, dates, exposure)
    names = _names(units, len(matrix))
    if missing := [unit for unit in rollout.units if unit not in names]:
        raise InputError(f"no row is of {missing[0]!r}", hint="give a row for each unit")
    rows = [names.index(unit) for unit in rollout.units]
    starts = as_days(list(rollout.starts), "starts")
    places = (starts - days[0]).astype(int)
    if places[0] < LEAST_BASE:
        raise InputError(
            f"{max(int(places[0]), 0)} days lie before the first wave",
            hint=f"give {LEAST_BASE} days or more before it",
        )
    passed = int(np.clip(len(days) - places[0], 0, places[-1] - places[0]))
    judged_on: date = rollout.starts[-1]
    waves = np.array(rollout.waves, np.int64)
    if len(days) < places[-1]:
        return RolloutProof(
            "too_early", np.nan, 0.0, np.inf, 1.0, rollout.draws, 0, 0.0, passed, judged_on
        )
    seen, expected = _cells(matrix[rows], None if load is None else load[rows], places)
    others = permutation.draws(len(rows), len(starts))
    held = permutation.Experiment(waves, others, seen, expected)
    ratio = float(np.exp(held.ratios()[0]))
    low, high = held.interval()
    fall, _ = held.p_values()
    verdict: Verdict = "too_early"
    if high < 1 and fall <= ALPHA:
        verdict = "worked"
    elif low > 1:
        verdict = "worse"
    elif low > EQUIVALENT:
        verdict = "did_not"
    had = waves[:, None] <= np.arange(seen.shape[1])
    count = float(seen[had].sum())
    return RolloutProof(
        verdict, ratio, low, high, fall, rollout.draws, round(count), count / ratio, passed,
        judged_on,
    )  # fmt: skip


def _cells(counts: Floats, load: Floats | None, places: Any) -> tuple[Floats, Floats]:
    """Return events of each unit between the waves, and what its own past makes expect of them."""
    given = ~np.isnan(counts) if load is None else ~np.isnan(counts) & ~np.isnan(load)
    measure = np.where(given, 1.0 if load is None else np.nan_to_num(load), 0.0)
    filled = np.where(given, np.nan_to_num(counts), 0.0)
    before = slice(max(0, places[0] - BASE), places[0])
    # A unit of few events is drawn to the rate of all: nothing so far is not nothing ever.
    common = filled[:, before].sum() / max(measure[:, before].sum(), 1e-9)
    rate = (filled[:, before].sum(1) + 1.0) / (measure[:, before].sum(1) + 1.0 / max(common, 1e-9))
    spans = [slice(a, b) for a, b in zip(places, places[1:], strict=False)]
    seen = np.stack([filled[:, span].sum(1) for span in spans], axis=1)
    hoped = np.stack([rate * measure[:, span].sum(1) for span in spans], axis=1)
    return seen, hoped


def _power(
    counts: Floats, load: Floats | None, span: int, waves: int, fall: float, seed: int
) -> float:
    """Return how often a fall planted at past dates would have been proven within ``span`` days."""
    if permutation.possible(len(counts), waves) < NEEDED or span < waves - 1:
        return 0.0
    length = counts.shape[1]
    dates = np.arange(length - span, min(BASE, length // 2) - 1, -EVERY)
    if len(dates) < LEAST_PASTS:
        return 0.0
    rng = np.random.default_rng([seed, span, round(fall * 100)])
    others = permutation.draws(len(counts), waves)
    others = others[rng.permutation(len(others))[:SOME]]
    steps = np.round(np.linspace(0, span, waves)).astype(int)
    cells = [_cells(counts, load, at + steps) for at in dates]
    turn = np.arange(TRIES) % len(cells)
    seen = np.rint(np.stack([cell[0] for cell in cells])[turn]).astype(np.int64)
    hoped = np.stack([cell[1] for cell in cells])[turn]
    own = permutation.many(len(counts), waves, TRIES, rng)
    had = own[:, :, None] <= np.arange(seen.shape[2])
    planted = np.where(had, rng.binomial(seen, 1.0 - fall), seen).astype(float)
    return permutation.share_proven(own, others, planted, hoped)


def _taken(counts: Any, dates: Any, exposure: Any) -> tuple[Floats, Days, Floats | None]:
    matrix = count_matrix(counts)
    days = day_axis(dates, matrix.shape[1], step=1)
    load = exposure_matrix(exposure, matrix.shape)
    if load is not None and len(load) != len(matrix):
        load = None  # what is the same for all units says nothing of one against another
    return matrix, days, load


def _names(units: Any, rows: int) -> list[str]:
    names = [str(name) for name in plain(units)]
    if len(names) != rows or len(set(names)) != rows:
        raise InputError(
            f"{len(set(names))} different units for {rows} rows of counts",
            hint="give each row a name of its own",
        )
    return names


def _starts(starts: Any) -> Days:
    days = as_days(starts, "starts")
    if len(days) < 2 or (np.diff(days).astype(int) < 1).any():
        raise InputError(
            f"starts holds {len(days)} days" if len(days) < 2 else "starts do not rise",
            hint="give the first day of each wave, two or more, the earliest first",
        )
    return days
