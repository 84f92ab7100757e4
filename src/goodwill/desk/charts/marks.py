"""What is drawn into a chart of weeks: alerts, and what the company did or suffered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from goodwill.report.watch_shapes import Alert, Fix

KINDS = {"fix": "Fix", "incident": "Incident", "change": "Change", "campaign": "Campaign"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One day in a chart, with what it was."""

    on: date
    kind: str
    title: str
    address: str


def event_marks(events: Iterable[Fix]) -> list[Mark]:
    """Return events as marks on the day they began."""
    return [
        Mark(each.started_on, KINDS.get(each.kind, each.kind), each.title,
             f"/fixes/{each.event_id}/")
        for each in events
        if each.verdict != "withdrawn"
    ]  # fmt: skip


def alert_marks(alerts: Iterable[Alert]) -> list[Mark]:
    """Return alerts as marks on the day they were raised."""
    return [
        Mark(each.raised_at, "Alert", each.title, f"/alerts/#alert-{each.alert_id}")
        for each in alerts
    ]
