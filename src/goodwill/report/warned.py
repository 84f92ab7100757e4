"""Would it have warned us: each incident and change that was told, and the first alert about it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from goodwill.errors import OlderGeneration
from goodwill.generations import Reader
from goodwill.report.watch_shapes import Warned

BEFORE, AFTER = 7, 60
"""Days before an incident from which a rise may have begun; days after its begin or end to which
an alert is about it."""
TOLD = 60
"""Days after its begin within which an incident must be told for that to be when it was noticed."""


def warned(
    reader: Reader, known: Mapping[str, Any], alerts: Sequence[Mapping[str, Any]],
    titles: Mapping[str, str],
) -> tuple[Warned, ...]:  # fmt: skip
    """Return what watching would have said of each incident and change, the newest first.

    The company noticed it at the latest when it told it, if it did so within weeks, and when it
    began a fix of the same themes.

    Args:
        reader: Of the generation.
        known: What the watch noted of itself.
        alerts: Rows of ``alerts``.
        titles: What rose, by alert.
    """
    try:
        told = reader.dicts(
            "SELECT * FROM fixes WHERE verdict <> 'withdrawn' AND kind IN "
            "('incident', 'change', 'fix') ORDER BY started_on DESC, event_id"
        )
        areas = dict(reader.rows("SELECT theme_id, area_id FROM themes"))
    except OlderGeneration:  # a generation from before fixes were judged
        return ()
    fixes = [row for row in told if row["kind"] == "fix"]
    first = _first_day(reader, known)
    return tuple(
        _warned(row, alerts, titles, areas, fixes, first) for row in told if row["kind"] != "fix"
    )


def _first_day(reader: Reader, known: Mapping[str, Any]) -> date | None:
    if reader.as_of is None or not known.get("replayed"):
        return None
    return reader.as_of.date() - timedelta(known["replayed"])


def _warned(
    event: Mapping[str, Any],
    alerts: Sequence[Mapping[str, Any]],
    titles: Mapping[str, str],
    areas: Mapping[int, int],
    fixes: Sequence[Mapping[str, Any]],
    first: date | None,
) -> Warned:
    began: date = event["started_on"]
    until = (event["ended_on"] or began) + timedelta(AFTER)
    found = sorted(
        (
            row for row in alerts
            if began <= row["raised_at"] <= until and row["since"] >= began - timedelta(BEFORE)
            and _about(event, row, areas)
        ),
        key=lambda row: (row["raised_at"], row["theme_id"] is None, row["alert_id"]),
    )  # fmt: skip
    told = _told_on(event)
    if not found:
        said = "Nothing was raised."
        if first is None or began < first:
            said = "It began before the days that were replayed."
        return Warned(event["event_id"], event["title"], began, told, "", "", None, said)
    alert = found[0]
    raised: date = alert["raised_at"]
    said = f"The first alert came {_days((raised - began).days)} after it began"
    if told is not None:
        said += f", {_apart(raised, told)} it was told"
    after = [row for row in fixes if row["started_on"] > began and _shares(event, row)]
    if after:
        fix = min(after, key=lambda row: (row["started_on"], row["event_id"]))
        said += f", {_apart(raised, fix['started_on'])} the fix “{fix['title']}” began"
    return Warned(
        event["event_id"], event["title"], began, told, alert["alert_id"],
        titles[alert["alert_id"]], raised, f"{said}.",
    )  # fmt: skip


def _about(event: Mapping[str, Any], row: Mapping[str, Any], areas: Mapping[int, int]) -> bool:
    """Say whether an alert is of the event's themes or areas, where it holds."""
    for name in ("channel", "product", "region"):
        if event[name] and row[name] not in (None, event[name]):
            return False
    themes = set(event["theme_ids"])
    if row["theme_id"] is not None:
        return row["theme_id"] in themes
    return row["area_id"] in {areas.get(number) for number in themes}


def _shares(event: Mapping[str, Any], fix: Mapping[str, Any]) -> bool:
    same = set(event["theme_ids"]) & set(fix["theme_ids"])
    return bool(same) and fix["region"] in (None, event["region"])


def _told_on(event: Mapping[str, Any]) -> date | None:
    """Return the day on which it was told, where that is near enough to be when it was noticed."""
    history = json.loads(event["history"] or "[]")
    if not history:
        return None
    told = datetime.fromisoformat(history[0]["at"]).date()
    near = timedelta(0) <= told - event["started_on"] <= timedelta(TOLD)
    return told if near else None


def _apart(raised: date, other: date) -> str:
    away = (other - raised).days
    return f"{_days(abs(away))} {'before' if away >= 0 else 'after'}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
