"""The fixes of a Book: each event held against what it cannot have touched, at every refresh."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from goodwill.engine import Engine
from goodwill.errors import InputError
from goodwill.records import Event
from goodwill.tables import DERIVED
from goodwill.watch._comparison import Comparison, Told, compare, scope_sql, tell, themes_sql
from goodwill.watch._evidence import GUARD, LEAST, LEVEL
from goodwill.watch._inputs import Days
from goodwill.watch._moved import Themes, course_of, stayed, weeks_to_proof
from goodwill.watch._relapse import returned
from goodwill.watch._rollouts import judge_rollout, told_of_units
from goodwill.watch._tails import gamma_interval
from goodwill.watch.fix import Followed, follow

_WITHOUT: dict[str, Any] = {"reason": "", "compared_with": "", "exposure": "", "also": ""}
_EMPTY: dict[str, Any] = dict.fromkeys(DERIVED["fixes"].schema.names) | _WITHOUT


def judge_fixes(
    engine: Engine, events: Sequence[Event], *, time_zone: str, complete_to: date | None = None
) -> None:
    """Make ``fixes`` and ``fix_weeks``: every event of the Book with its verdict of today.

    Args:
        engine: Holds messages, themes and orders.
        events: As they were told; those taken back are listed and not judged.
        time_zone: Days are of this zone.
        complete_to: Last day of which contacts have come in, where they come late: a day that is
            still filling up must not pass for a fall.
    """
    told = tell(engine, time_zone, complete_to) if events else None
    themes = {
        row["theme_id"]: (row["version"], row["label"])
        for row in engine.arrow(
            "SELECT theme_id, version, label FROM themes",
            pa.schema([("theme_id", pa.int32()), ("version", pa.string()), ("label", pa.string())]),
        ).to_pylist()
    }
    rows, weeks = [], []
    for event in events:
        others = [e for e in events if e is not event and not e.withdrawn]
        row, own = _judge(told, event, others, themes)
        rows.append(_EMPTY | _told_of(event) | row)
        weeks += own
    for name, found in (("fixes", rows), ("fix_weeks", weeks)):
        engine.load(name, pa.Table.from_pylist(found, schema=DERIVED[name].schema))
    engine.drop("_told", "_ordered")


def version_of(versions: Sequence[str]) -> str:
    """Return the version of several themes together: equal where each has the version it had."""
    return " ".join(sorted(set(versions)))


def _told_of(event: Event) -> dict[str, Any]:
    kept = asdict(event)
    names = ("event_id", "kind", "title", "started_on", "ended_on", "channel", "product", "region")
    history = [
        {"at": at.isoformat(), "what": what, "by": by} for at, what, by in event.history
    ]  # fmt: skip
    return {name: kept[name] for name in names} | told_of_units(event) | {
        "theme_ids": list(event.theme_ids), "history": json.dumps(history),
    }  # fmt: skip


def _judge(
    told: Told | None, event: Event, others: list[Event], themes: Themes
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    if event.withdrawn:
        return {"verdict": "withdrawn"}, []
    if told is None:
        return {"verdict": "unknown", "reason": "No whole day holds a contact."}, []
    gone = [number for number in event.theme_ids if number not in themes]
    if gone or version_of([themes[n][0] for n in event.theme_ids]) != event.theme_version:
        return {
            "verdict": "recount",
            "reason": "The themes were changed after it was declared: the counts before and after "
            "are not of the same thing. Look at the themes and count it anew."
            if not gone
            else "A theme that it names is no more. Take it back and declare it on another.",
        }, []
    if event.units:
        return judge_rollout(told, event, others, themes)
    days = told.days
    if event.ended_on is not None:
        days = days[days <= np.datetime64(event.ended_on)]
    fixed = int((np.datetime64(event.started_on) - days[0]).astype(int)) if len(days) else 0
    if fixed < LEAST + GUARD:
        return {
            "verdict": "unknown",
            "reason": f"{LEAST + GUARD} days of contacts must lie before it; here are "
            f"{max(fixed, 0)}.",
        }, []
    held = compare(told, event, others)
    if not held.by:
        return {"verdict": "unknown", "reason": _NOTHING}, []
    ahead = fixed >= len(days)
    course = course_of(held, held.theme, len(days))
    try:
        fix = follow(course, days, min(fixed, len(days) - 1))
    except InputError as error:
        return {"verdict": "unknown", "reason": f"{error.message}."}, []
    row = _compared(held, fix) | {"also": _also(fix, event, others)}
    if ahead:
        return row | {
            "verdict": "too_early", "days": 0, "weeks_to_proof": weeks_to_proof(held, fix, days),
            "reason": f"It begins on {event.started_on}; the data ends on {days[-1]}.",
        }, []  # fmt: skip
    row |= {
        name: value for name, value in asdict(fix.proof).items() if name in _EMPTY
    }  # fmt: skip
    row["people"] = told.people(
        f"{themes_sql(event.theme_ids)} AND {scope_sql(event)} "
        f"AND day >= CAST('{event.started_on}' AS DATE) AND day <= CAST('{days[-1]}' AS DATE)"
    )
    weeks = _weeks(event, fix, days)
    if event.kind != "fix":
        return row, weeks
    row["weeks_to_proof"] = weeks_to_proof(held, fix, days)
    kept, found = stayed(held, fix, days, themes)
    if row["verdict"] == "worked":
        row |= found
    proven = np.flatnonzero(fix.worked & kept)
    if len(proven):
        first = int(proven[0])
        row["proven_on"] = days[fixed + first].item()
        back = returned(fix, days, first)
        if back is not None:
            row["returned_on"] = back[0]
    return row, weeks


_NOTHING = (
    "There is nothing to hold it against: no theme that it cannot have touched has enough "
    "contacts, and there are no orders."
)


def _compared(held: Comparison, fix: Followed) -> dict[str, Any]:
    return {
        "compared_with": held.by, "control_themes": held.themes, "coverage": held.coverage,
        "control_contacts": int(held.controls[:, fix.start : fix.end].sum()),
        "exposure": "orders" if held.exposure is not None else "",
    }  # fmt: skip


def _also(fix: Followed, event: Event, others: list[Event]) -> str:
    """Return what else happened to the same themes since the baseline began."""
    since, own = fix.proof.baseline_from, set(event.theme_ids)
    return "; ".join(
        f"{other.title} ({other.started_on})"
        for other in others
        if own & set(other.theme_ids) and (other.ended_on is None or other.ended_on >= since)
    )


def _weeks(event: Event, fix: Followed, days: Days) -> list[dict[str, Any]]:
    """Return weeks counted from the event on, with what a week would be if nothing had changed."""
    first = fix.fixed - 7 * ((fix.fixed - fix.start) // 7)
    out = []
    for begin in range(first, len(days), 7):
        part = slice(begin, min(begin + 7, len(days)))
        mean = fix.errors.rate * float(fix.course.control[part].sum())
        spread = fix.errors.phi * mean + mean**2 * (fix.errors.phi / fix.errors.base + LEVEL**2)
        low, high = gamma_interval(mean, spread)
        phase = "after" if begin >= fix.fixed else "guard" if begin >= fix.end else "baseline"
        out.append(
            {
                "event_id": event.event_id, "week": days[begin].item(), "phase": phase,
                "days": part.stop - begin, "count": int(fix.course.events[part].sum()),
                "expected": mean, "low": low, "high": high,
            }
        )  # fmt: skip
    return out
