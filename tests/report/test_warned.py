"""Would it have warned us: an incident that was told, and the first alert about it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from goodwill.report.warned import warned

BEGAN = date(2025, 3, 1)
AREAS = [(1, 10), (2, 10), (3, 20)]


def event(**other: Any) -> dict[str, Any]:
    told = [{"at": "2025-03-21T09:00:00+00:00", "what": "declared", "by": ""}]
    return {
        "event_id": "e", "kind": "incident", "title": "Strike", "theme_ids": [1],
        "started_on": BEGAN, "ended_on": None, "channel": None, "product": None, "region": "West",
        "verdict": "worse", "history": json.dumps(told),
    } | other  # fmt: skip


def alert(day: int, **other: Any) -> dict[str, Any]:
    at = date(2025, 3, day)
    return {
        "alert_id": f"a{day}", "theme_id": 1, "area_id": None, "channel": None, "product": None,
        "region": None, "since": at, "raised_at": at,
    } | other  # fmt: skip


def said(events: list[dict[str, Any]], alerts: list[dict[str, Any]]) -> list[Any]:
    reader: Any = SimpleNamespace(
        dicts=lambda *_: events, rows=lambda *_: AREAS, as_of=datetime(2025, 6, 1, tzinfo=UTC)
    )
    titles = {row["alert_id"]: f"rise {row['alert_id']}" for row in alerts}
    return list(warned(reader, {"replayed": 200}, alerts, titles))


def test_the_first_alert_about_it_is_held_against_the_days_on_which_it_was_known() -> None:
    fix = event(kind="fix", event_id="f", title="Second depot", started_on=date(2025, 4, 4))
    found = [alert(9), alert(4), alert(3, region="North"), alert(2, theme_id=3)]
    (one,) = said([event(), fix], found)
    assert (one.alert_id, one.alert, one.raised_at) == ("a4", "rise a4", date(2025, 3, 4))
    assert one.said == (
        "The first alert came 3 days after it began, 17 days before it was told, "
        "31 days before the fix “Second depot” began."
    )
    # A rise of its area is about it; one that began long before is not.
    area = alert(6, theme_id=None, area_id=10)
    (one,) = said([event(history="[]")], [area, alert(5, since=date(2025, 2, 1))])
    assert (one.alert_id, one.said) == ("a6", "The first alert came 5 days after it began.")


def test_what_was_missed_and_what_was_not_watched_are_told_apart() -> None:
    old = event(started_on=date(2024, 3, 1))
    assert [one.said for one in said([event(), old], [])] == [
        "Nothing was raised.", "It began before the days that were replayed.",
    ]  # fmt: skip
