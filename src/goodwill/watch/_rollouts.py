"""Staggered roll-outs of a Book: its units, what could be shown by them, and what was shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from goodwill.engine import Engine
from goodwill.errors import InputError
from goodwill.records import Event
from goodwill.watch import _permutation as permutation
from goodwill.watch._comparison import (
    ELSEWHERE,
    SMOOTH,
    UNITS,
    Told,
    compare,
    scope_sql,
    tell,
    themes_sql,
)
from goodwill.watch._evidence import Course
from goodwill.watch._inputs import Days, Floats
from goodwill.watch._relapse import returned
from goodwill.watch._tails import gamma_interval
from goodwill.watch.fix import follow
from goodwill.watch.rollout import BASE, Rollout, RolloutProof, plan_rollout, prove_rollout

LEAST_ORDERS = 30
"""Orders before the first wave that each unit needs for contacts to be counted per order."""
MOVED = 0.05
"""Error of saying that contacts did not just move to a sister theme, for each of them."""
Themes = dict[int, tuple[str, str]]


def draw_rollout(
    engine: Engine,
    event: Event,
    starts: Sequence[date],
    *,
    by: str,
    seed: int,
    time_zone: str,
) -> Rollout:
    """Return who gets a fix first, and what that will be able to show.

    Args:
        engine: Holds messages, themes and orders.
        event: What is to be rolled out: its themes and where it holds.
        starts: First day of each wave.
        by: What tells the units apart, out of `UNITS`.
        seed: Of the draw.
        time_zone: Days are of this zone.

    Raises:
        InputError: There are too few units, days or waves, or the first wave lies in the past.
    """
    told = tell(engine, time_zone)
    if told is None:
        raise InputError("No whole day holds a contact.", hint="Add contacts and refresh.")
    if np.datetime64(starts[0]) <= told.days[-1]:
        raise InputError(
            f"The first wave begins on {starts[0]}; the data goes to {told.days[-1]}.",
            hint="Chance must decide before it begins: give a day after the data's last.",
        )
    names, counts = _unit_counts(told, event, by, event.theme_ids)
    load = _unit_orders(told, event, by, names, len(told.days))
    found = plan_rollout(
        counts, dates=told.days, units=names, starts=list(starts), seed=seed, exposure=load
    )
    engine.drop("_told", "_ordered")
    return found


def judge_rollout(
    told: Told, event: Event, others: Sequence[Event], themes: Themes
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what a roll-out showed as columns of ``fixes``, and its weeks."""
    rollout = _drawn(event)
    names, counts = _unit_counts(told, event, event.units_by, event.theme_ids, rollout.units)
    first = int((np.datetime64(event.started_on) - told.days[0]).astype(int))
    load = _unit_orders(told, event, event.units_by, names, first)
    row: dict[str, Any] = {
        "compared_with": "rollout", "draws": rollout.draws, "judged_on": rollout.starts[-1],
        "weeks_to_proof": event.weeks_to_proof, "smallest_fall": event.smallest_fall,
        "exposure": "" if load is None else "orders", "days": 0, "coverage": _coverage(told, event),
    }  # fmt: skip
    try:
        proof = prove_rollout(counts, dates=told.days, units=names, rollout=rollout, exposure=load)
    except InputError as error:
        return row | {"verdict": "unknown", "reason": f"{error.message}."}, []
    row |= {"verdict": proof.verdict, "days": proof.days}
    if np.isnan(proof.ratio):
        row["reason"] = f"It is an experiment, and judged on {rollout.starts[-1]}, not before."
        return row, []
    row |= {
        "ratio": proof.ratio, "low": proof.low, "high": min(proof.high, 1e300),
        "p_value": proof.p_value, "count": proof.count, "expected": proof.expected,
        "people": told.people(_treated_sql(event, rollout)),
        "baseline_from": told.days[max(0, first - BASE)].item(),
        "baseline_to": told.days[first - 1].item(),
    }  # fmt: skip
    weeks, row["control_contacts"] = _weeks(event, rollout, counts, told.days)
    if proof.verdict == "too_early":
        row |= {"verdict": "unknown", "reason": _neither(event, proof)}
    if proof.verdict == "worked":
        row |= _moved(told, event, rollout, proof, themes)
    if row["verdict"] == "worked":
        row["proven_on"] = rollout.starts[-1]
        back = _back(told, event, others, proof)
        if back is not None:
            row["returned_on"] = back
    return row, weeks


def told_of_units(event: Event) -> dict[str, Any]:
    """Return the columns of ``fixes`` that say how an event is rolled out."""
    days = {name: day.isoformat() for name, day in event.units}
    return {"units_by": event.units_by, "units": json.dumps(days) if days else ""}


def _drawn(event: Event) -> Rollout:
    """Return the roll-out as it was drawn: the units stand in the order of their volume then."""
    starts = tuple(sorted({day for _, day in event.units}))
    return Rollout(
        tuple(name for name, _ in event.units), (), tuple(starts.index(d) for _, d in event.units),
        starts, event.seed or 0, permutation.possible(len(event.units), len(starts)),
        event.smallest_fall, event.weeks_to_proof, (),
    )  # fmt: skip


def _unit_counts(
    told: Told, event: Event, by: str, themes: Sequence[int], units: Sequence[str] = ()
) -> tuple[list[str], Floats]:
    """Return the units and their contacts a day (units, days)."""
    if by not in UNITS:
        raise InputError(f"A roll-out goes by {by!r}.", hint=f"One of: {', '.join(UNITS)}")
    if by in event.scope:
        raise InputError(
            f"It holds for one {by} alone.", hint=f"Leave the {by} out, or choose other units."
        )
    counted = told.by_unit("_told", by, f"{themes_sql(themes)} AND {scope_sql(event)}")
    names = list(units) or sorted(counted)
    if not names:
        raise InputError(f"No contact names a {by}.", hint=f"One of: {', '.join(UNITS)}")
    none = np.zeros(len(told.days))
    return names, np.stack([counted.get(name, none) for name in names])


def _unit_orders(told: Told, event: Event, by: str, names: list[str], before: int) -> Floats | None:
    """Return orders a day of each unit, the mean of four weeks; None where they are too few."""
    if by not in ELSEWHERE:
        return None
    counted = told.by_unit("_ordered", by, scope_sql(event, ELSEWHERE))
    none = np.zeros(len(told.days))
    orders = np.stack([counted.get(name, none) for name in names])
    if not before > 0 or orders[:, max(0, before - BASE) : before].sum(1).min() < LEAST_ORDERS:
        return None
    # What a fix does to orders must not pass for what it does to contacts: those before it count.
    if before < orders.shape[1]:
        orders[:, before:] = orders[:, max(0, before - SMOOTH) : before].mean(1, keepdims=True)
    total = np.cumsum(np.pad(orders, ((0, 0), (1, 0))), axis=1)
    ends = np.arange(1, orders.shape[1] + 1)
    begins = np.maximum(0, ends - SMOOTH)
    mean: Floats = (total[:, ends] - total[:, begins]) / (ends - begins)
    return mean + 0.5 / SMOOTH


def _coverage(told: Told, event: Event) -> float:
    condition = f"{themes_sql(event.theme_ids)} AND {scope_sql(event)}"
    part, whole = (
        int(told.engine.scalar(f"SELECT count(*) FROM _told WHERE {where}") or 0)
        for where in (f"{condition} AND {event.units_by} IS NOT NULL", condition)
    )
    return part / whole if whole else 1.0


def _treated_sql(event: Event, rollout: Rollout) -> str:
    """Return the condition that a contact is of a unit that had it, before the last got it."""
    last = rollout.starts[-1]
    parts = [
        f"({event.units_by} = '{name.replace(chr(39), 2 * chr(39))}' "
        f"AND day >= CAST('{day}' AS DATE))"
        for name, day in event.units
        if day < last
    ]
    return (
        f"{themes_sql(event.theme_ids)} AND {scope_sql(event)} AND ({' OR '.join(parts)}) "
        f"AND day < CAST('{last}' AS DATE)"
    )


def _neither(event: Event, proof: RolloutProof) -> str:
    high = "any" if proof.high > 1e3 else f"{proof.high:.0%}"
    said = f"Neither a fall nor its absence is shown: {proof.ratio:.0%} ({proof.low:.0%} to {high})"
    if event.smallest_fall is None:
        return f"{said}. As was said before it began, so few units cannot prove a fall."
    return f"{said}. It could have shown a fall of {event.smallest_fall:.0%} or more."


def _moved(
    told: Told, event: Event, rollout: Rollout, proof: RolloutProof, themes: Themes
) -> dict[str, Any]:
    """Return another verdict where contacts moved to a sister theme, or may just have done so."""
    own = set(event.theme_ids)
    areas = {told.areas.get(number) for number in own}
    won = proof.expected - proof.count
    unsure: dict[str, Any] = {}
    for number in sorted(n for n, area in told.areas.items() if area in areas and n not in own):
        both, alone = (
            prove_rollout(
                _unit_counts(told, event, event.units_by, chosen, rollout.units)[1],
                dates=told.days, units=rollout.units, rollout=rollout,
            )
            for chosen in ([*sorted(own), number], [number])
        )  # fmt: skip
        label = themes[number][1] if number in themes else ""
        if alone.count - alone.expected >= won / 2 and alone.low > 1:
            return {
                "verdict": "recount",
                "moved_to": number,
                "reason": f"As many more contacts came under “{label}”: they moved. "
                "Count both together.",
            }
        if both.p_value > MOVED:
            unsure = {
                "verdict": "unknown",
                "reason": f"It cannot be excluded that contacts moved to “{label}”, of the same "
                "area.",
            }
    return unsure


def _back(told: Told, event: Event, others: Sequence[Event], proof: RolloutProof) -> date | None:
    """Return since when a proven problem is back, held against what it cannot have touched."""
    held = compare(told, event, others)
    first, last = (
        int((np.datetime64(day) - told.days[0]).astype(int))
        for day in (event.started_on, proof.judged_on)
    )
    if not held.by or last >= len(told.days):
        return None
    try:
        fix = follow(Course.of(held.theme, held.controls, held.exposure), told.days, first)
    except InputError:
        return None
    back = returned(fix, told.days, last - first, reached=fix.errors.rate * proof.ratio)
    return back[0] if back else None


def _weeks(
    event: Event, rollout: Rollout, counts: Floats, days: Days
) -> tuple[list[dict[str, Any]], int]:
    """Return weeks of the units that went first, and what the last ones make expect of them."""
    wave = np.array(rollout.waves)
    first, last = (
        int((np.datetime64(day) - days[0]).astype(int))
        for day in (rollout.starts[0], rollout.starts[-1])
    )
    early, late = counts[wave == 0].sum(0), counts[wave == len(rollout.starts) - 1].sum(0)
    base = slice(max(0, first - BASE), first)
    share = (early[base].sum() + 0.5) / (late[base].sum() + 0.5)
    begins = range(first - 7 * ((first - base.start) // 7), last, 7)
    cells = [
        (begin, early[begin : min(begin + 7, last)].sum(), late[begin : min(begin + 7, last)].sum())
        for begin in begins
    ]
    past = np.array([(e, share * x) for begin, e, x in cells if begin < first])
    miss = np.mean((past[:, 0] - past[:, 1]) ** 2) / max(past[:, 1].mean(), 1e-9)
    out = []
    for begin, seen, rest in cells:
        mean = float(share * rest)
        low, high = gamma_interval(mean, max(1.0, float(miss)) * mean)
        out.append(
            {
                "event_id": event.event_id, "week": days[begin].item(),
                "phase": "after" if begin >= first else "baseline",
                "days": min(begin + 7, last) - begin, "count": int(seen), "expected": mean,
                "low": low, "high": high,
            }
        )  # fmt: skip
    return out, int(late[first:last].sum())
