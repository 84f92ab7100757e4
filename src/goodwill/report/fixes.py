"""Fixes: what became of a problem after it was fixed, and how that is known."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from goodwill.days import day_begins
from goodwill.errors import NotFound, OlderGeneration
from goodwill.figures import Figure, Grade, count_figure, share_figure
from goodwill.generations import Reader
from goodwill.report.watch_shapes import Done, Fix, FixWeek
from goodwill.settings import Settings

MANY = 2.0
"""A ratio above this is said as times as many: nobody reads 453 % of something aloud."""
VERDICTS = 10
"""Fixes with a verdict from which on it is said how many of them worked."""
_JUDGED = ("worked", "did_not", "worse", "returned")
_ORDER = (
    "returned", "worse", "did_not", "recount", "too_early", "worked", "unknown", "withdrawn",
)  # fmt: skip
WORDS: Mapping[str, Mapping[str, str]] = {
    "fix": {
        "worked": "It worked", "did_not": "It did not work", "too_early": "Too early to tell",
        "worse": "It made it worse", "returned": "The problem has returned",
    },
    "other": {
        "worked": "Contacts fell", "did_not": "Contacts did not fall",
        "too_early": "No change is shown yet", "worse": "Contacts rose",
    },
    "any": {
        "recount": "To be counted anew", "unknown": "Cannot be judged", "withdrawn": "Taken back",
    },
}  # fmt: skip


# What chance decided is an experiment; another theme or region is the next best.
_GRADES: Mapping[str, Grade] = {"rollout": "A", "elsewhere": "B", "themes": "B"}


def fixes(reader: Reader, settings: Settings) -> list[Fix]:
    """Return all events: first the problems that returned, last those taken back."""
    rows = _rows(reader, "SELECT * FROM fixes ORDER BY started_on DESC, event_id", [])
    labels = _labels(reader)
    found = [_fix(row, settings, labels, ()) for row in rows]
    return sorted(found, key=lambda fix: _ORDER.index(fix.state))


def fixes_worked(found: Sequence[Fix]) -> Figure:
    """Return the share of fixes that worked, of those with a verdict; None below `VERDICTS`."""
    judged = [one for one in found if one.kind == "fix" and one.state in _JUDGED]
    worked = sum(one.state == "worked" for one in judged)
    records = {"table": "fixes", "where": {"event_id": [one.event_id for one in judged]}}
    if len(judged) < VERDICTS:
        return Figure(
            None, "share", "fixes_worked", events=len(judged), records=records,
            reason=f"How many fixes worked is said from {VERDICTS} verdicts on; "
            f"{len(judged)} so far.",
        )  # fmt: skip
    return share_figure(worked, len(judged), "fixes_worked", coverage=1.0, records=records)


def worked_words(figure: Figure) -> str:
    """Return how many fixes worked, in a sentence."""
    if figure.value is None or figure.low is None or figure.high is None or not figure.events:
        return figure.reason
    return (
        f"Of {figure.events} fixes with a verdict {round(figure.value * figure.events)} worked "
        f"({figure.value:.0%}; between {figure.low:.0%} and {figure.high:.0%})."
    )


def fix(reader: Reader, settings: Settings, event_id: str) -> Fix:
    """Return one event with its weeks before and after.

    Raises:
        NotFound: No event has that id.
    """
    rows = _rows(reader, "SELECT * FROM fixes WHERE event_id = ?", [event_id])
    if not rows:
        raise NotFound(f"No event has the id {event_id!r}.", hint="goodwill fixes lists them.")
    weeks = tuple(
        FixWeek(w["week"], w["phase"], w["days"], w["count"], w["expected"], w["low"], w["high"])
        for w in reader.dicts("SELECT * FROM fix_weeks WHERE event_id = ? ORDER BY week",
                              [event_id])
    )  # fmt: skip
    return _fix(rows[0], settings, _labels(reader), weeks)


def _rows(reader: Reader, sql: str, values: list[Any]) -> list[dict[str, Any]]:
    try:
        return reader.dicts(sql, values)
    except OlderGeneration:  # a generation from before fixes were judged
        return []


def _labels(reader: Reader) -> dict[int, str]:
    return dict(reader.rows("SELECT theme_id, label FROM themes"))


def _fix(
    row: dict[str, Any], settings: Settings, labels: dict[int, str], weeks: tuple[FixWeek, ...]
) -> Fix:
    state = "returned" if row["returned_on"] else row["verdict"]
    kind = "fix" if row["kind"] == "fix" else "other"
    scope = {name: row[name] for name in ("channel", "product", "region") if row[name]}
    return Fix(
        event_id=row["event_id"],
        kind=row["kind"],
        title=row["title"],
        themes=tuple((number, labels.get(number, "")) for number in row["theme_ids"]),
        started_on=row["started_on"],
        ended_on=row["ended_on"],
        scope=scope,
        verdict=row["verdict"],
        state=state,
        said=WORDS[kind].get(state) or WORDS["any"].get(state) or WORDS["fix"][state],
        why=_why(row, state),
        figures=_figures(row, settings, scope),
        proven_on=row["proven_on"],
        returned_on=row["returned_on"],
        weeks_to_proof=row["weeks_to_proof"],
        compared=_compared(row),
        controls=tuple((number, labels.get(number, "")) for number in row["control_themes"] or ()),
        also=row["also"],
        history=_history(row),
        weeks=weeks,
        units_by=row.get("units_by") or "",
        units=_units(row),
        promised=_promised(row),
        moved_to=None if (to := row.get("moved_to")) is None else (to, labels.get(to, "")),
    )


def _units(row: dict[str, Any]) -> tuple[tuple[str, date], ...]:
    """Return the first day of each unit of a roll-out, those that go first before the others."""
    days = json.loads(row.get("units") or "{}")
    return tuple(
        sorted(
            ((name, date.fromisoformat(day)) for name, day in days.items()),
            key=lambda unit: unit[1],
        )
    )


def _promised(row: dict[str, Any]) -> str:
    """Return what was said of a roll-out before it began."""
    if not row.get("units_by"):
        return ""
    said = (
        f"Chance gave {len(_units(row))} units their wave, in one of {row['draws']:,} ways. "
        f"It is judged once, on {_day(row['judged_on'])}, against all others of them."
    )
    if row["smallest_fall"] is None:
        return f"{said} Before it began it was said that it will prove nothing."
    return (
        f"{said} Before it began it was said that it proves a fall of "
        f"{row['smallest_fall']:.0%} or more in four cases of five."
    )


def _history(row: dict[str, Any]) -> tuple[Done, ...]:
    """Return what people did with it, and what the system found, in order."""
    done = [
        Done(datetime.fromisoformat(each["at"]).date(), each["what"], each["by"])
        for each in json.loads(row["history"])
    ]
    found = [("proven", row["proven_on"]), ("returned", row["returned_on"])]
    return (*done, *(Done(day, what, "") for what, day in found if day is not None))


def _why(row: dict[str, Any], state: str) -> str:
    """Return the verdict's reason, in one or two sentences."""
    if state == "returned":
        return (
            f"Proven on {_day(row['proven_on'])}; since {_day(row['returned_on'])} half of what "
            "was won is lost again."
        )
    if row["reason"] or row["ratio"] is None:
        wait = _wait(row) if state == "too_early" and not row.get("units_by") else ""
        return f"{row['reason']}{wait}"
    came = _came(row["ratio"], row["low"], row["high"])
    if state == "worked":
        return f"{came}; proven on {_day(row['proven_on'])}." if row["proven_on"] else f"{came}."
    if state == "did_not":
        return f"{came}: that it fell by 13 % or more is excluded."
    if state == "worse":
        return f"{came}."
    return f"{came}.{_wait(row) if row['kind'] == 'fix' else ''}"


def _came(ratio: float, low: float, high: float) -> str:
    """Return how much came, in words: a share, or how many times where it may be over twice.

    >>> _came(0.31, 0.2, 0.47)
    '31% of what would have come without it (20% to 47%)'
    >>> _came(4.53, 2.1, 9.8)
    '4.5 times as many as would have come without it (2.1 to 9.8)'
    """
    if max(ratio, high) <= MANY:
        return f"{ratio:.0%} of what would have come without it ({low:.0%} to {high:.0%})"
    return f"{ratio:.1f} times as many as would have come without it ({low:.1f} to {high:.1f})"


def _wait(row: dict[str, Any]) -> str:
    weeks = (row["days"] or 0) / 7
    if row["weeks_to_proof"] is None:
        return " Two years would not prove a halving: it has too few contacts, or varies too much."
    return (
        f" A halving is expected to be proven after {row['weeks_to_proof']:.0f} weeks; "
        f"{weeks:.0f} have passed."
    )


def _compared(row: dict[str, Any]) -> str:
    scoped = next((row[name] for name in ("region", "product") if row[name]), "")
    words = {
        "elsewhere": f"the same themes outside of {scoped}",
        "themes": f"{len(row['control_themes'] or ())} themes of other areas that share at most "
        "5 % of the customers",
        "orders": "the orders of the same days",
        "rollout": "the units that did not have it yet, each against its own past",
    }
    if not row["compared_with"]:
        return ""
    per = ", each per order" if row["exposure"] else ""
    held = f"Held against {words[row['compared_with']]}{per}."
    if not row["baseline_from"]:
        return held
    plain = row["kind"] == "fix" and not row.get("units_by")
    why = ": it ends before what led to the fix" if plain else ""
    span = f"{_day(row['baseline_from'])} to {_day(row['baseline_to'])}"
    return f"{held} The baseline goes from {span}{why}."


def _figures(row: dict[str, Any], settings: Settings, scope: dict[str, str]) -> dict[str, Figure]:
    if row["ratio"] is None or row["count"] is None:
        return {}
    where: dict[str, Any] = {
        "theme_id": list(row["theme_ids"]), "direction": "in", **scope,
        "at>=": day_begins(row["started_on"], settings.time_zone).isoformat(),
    }  # fmt: skip
    if row["ended_on"]:
        end = row["ended_on"] + timedelta(days=1)
        where["at<"] = day_begins(end, settings.time_zone).isoformat()
    records = {"table": "messages", "where": where}
    if by := row.get("units_by"):
        units, judged = _units(row), row["judged_on"]
        if by != "ticket" and len({day for _, day in units}) == 2:
            # The contacts that were counted: of the units that had it, until the others got it.
            where[by] = [name for name, day in units if day < judged]
            where["at<"] = day_begins(judged, settings.time_zone).isoformat()
        else:
            records = {"table": "fix_weeks", "where": {"event_id": row["event_id"]}}
    shared: dict[str, Any] = {
        "people": row["people"], "events": row["count"], "coverage": row["coverage"],
        "records": records,
    }  # fmt: skip
    low, high, count = row["low"], row["high"], row["count"]
    grade: Grade = _GRADES.get(row["compared_with"], "C")
    finite = high < 1e6 and row["ratio"] == row["ratio"]
    none = "" if finite else "Nothing was to be expected yet."
    avoided = row["expected"] - count
    return {
        "fix_ratio": Figure(
            row["ratio"] if finite else None, "times", "fix_ratio", low=low if finite else None,
            high=high if finite else None, grade=grade if finite else "none", reason=none,
            **shared,
        ),
        "contacts_avoided": Figure(
            round(avoided) if finite else None, "contacts", "contacts_avoided",
            low=count / high - count if finite and count else None,
            high=count / low - count if finite and low > 1e-3 else None,
            grade=grade if finite else "none", reason=none, **shared,
        ),
        "contacts": count_figure(
            count, "contacts", "contacts", people=row["people"], coverage=row["coverage"],
            records=records,
        ),
        "expected_contacts": Figure(
            round(row["expected"], 1), "contacts", "expected_contacts", people=row["people"],
            events=row["control_contacts"], coverage=row["coverage"], records=records,
        ),
    }  # fmt: skip


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
