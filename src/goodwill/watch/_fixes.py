"""The fixes of a Book: each event held against what it cannot have touched, at every refresh."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from goodwill.engine import Engine
from goodwill.errors import InputError
from goodwill.records import Event
from goodwill.tables import DERIVED
from goodwill.watch._comparison import Comparison, Told, compare, scope_sql, tell, themes_sql
from goodwill.watch._evidence import GUARD, LEAST, LEVEL, Course, evidence
from goodwill.watch._inputs import Days, Floats
from goodwill.watch._relapse import returned
from goodwill.watch._rollouts import judge_rollout, told_of_units
from goodwill.watch._tails import gamma_interval
from goodwill.watch.fix import Followed, follow

MOVED = 1 / 300
"""Error of saying that contacts did not just move to a sister theme, for each of them."""
KEPT = 28
"""Days in a row on which that must hold: a level that wanders is back by then."""
ROSE = 1.96
"""Standard errors from which a sister theme is said to have risen."""
Themes = dict[int, tuple[str, str]]
"""Version and label of each theme."""
_WITHOUT: dict[str, Any] = {"reason": "", "compared_with": "", "exposure": "", "also": ""}
_EMPTY: dict[str, Any] = dict.fromkeys(DERIVED["fixes"].schema.names) | _WITHOUT


def judge_fixes(engine: Engine, events: Sequence[Event], *, time_zone: str) -> None:
    """Make ``fixes`` and ``fix_weeks``: every event of the Book with its verdict of today.

    Args:
        engine: Holds messages, themes and orders.
        events: As they were told; those taken back are listed and not judged.
        time_zone: Days are of this zone.
    """
    told = tell(engine, time_zone) if events else None
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
    course = _course(held, held.theme, len(days))
    try:
        fix = follow(course, days, min(fixed, len(days) - 1))
    except InputError as error:
        return {"verdict": "unknown", "reason": f"{error.message}."}, []
    row = _compared(held, fix) | {"also": _also(fix, event, others)}
    if ahead:
        return row | {
            "verdict": "too_early", "days": 0, "weeks_to_proof": fix.proof.weeks_to_proof,
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
    stayed, found = _stayed(held, fix, days, themes)
    if row["verdict"] == "worked":
        row |= found
    proven = np.flatnonzero(fix.worked & stayed)
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


def _course(held: Comparison, theme: Floats, length: int) -> Course:
    load = None if held.exposure is None else held.exposure[:length]
    return Course.of(theme[:length], held.controls[:, :length], load)


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


def _stayed(
    held: Comparison, fix: Followed, days: Days, themes: Themes
) -> tuple[NDArray[np.bool_], dict[str, Any]]:
    """Return on which days contacts cannot just have moved to a sister theme, and today's verdict.

    For every other theme of the area it must be proven, for four weeks in a row, that both together
    fell, and its rise must be less than half of what was won.
    """
    won = fix.expected - fix.events
    stayed = np.ones(len(won), bool)
    found: dict[str, Any] = {}
    for number, counts in held.sisters.items():
        try:
            sister = follow(_course(held, counts, len(days)), days, fix.fixed)
        except InputError:
            continue
        rise = sister.events - sister.expected
        spread = sister.sd * np.maximum(sister.expected, 1.0)
        hoped = np.maximum(fix.expected, 1e-9)
        # Both at once, as a share of what the theme would have had: an e-process, since it is
        # looked at every day.
        both = np.sqrt((spread / hoped) ** 2 + fix.sd**2)
        gone = evidence((won - rise) / hoped / both, both)
        stayed &= _kept((gone >= 1 / MOVED) & (rise < won / 2))
        label = themes[number][1] if number in themes else ""
        if rise[-1] >= won[-1] / 2 and rise[-1] > ROSE * spread[-1]:
            found = {
                "verdict": "recount", "moved_to": number,
                "reason": f"As many more contacts came under “{label}”: they moved. "
                "Count both together.",
            }  # fmt: skip
        elif not stayed[-1] and not found:
            found = {
                "verdict": "too_early",
                "reason": f"It cannot be excluded yet that contacts moved to “{label}”, of the "
                "same area.",
            }
    return stayed, found


def _kept(holds: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return on which days something held for the last days in a row.

    >>> int(_kept(np.ones(40, bool)).argmax())
    27
    """
    total = np.concatenate([np.zeros(KEPT, int), np.cumsum(holds)])
    out: NDArray[np.bool_] = total[KEPT:] - total[:-KEPT] == KEPT
    return out


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
