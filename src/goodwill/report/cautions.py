"""Gauges of what rises, who is in trouble, what is in proof and what befell the company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from goodwill.days import RECENT_DAYS
from goodwill.errors import OlderGeneration
from goodwill.figures import Figure, count_figure
from goodwill.generations import Reader
from goodwill.report.shapes import Gauge


def rising(reader: Reader, as_of: datetime | None) -> Gauge:
    """Return how many alerts were raised lately, one a case."""
    since = _day(as_of)
    row = _row(
        reader,
        """
        WITH cases AS (
            SELECT case_id, max(raised_at) AS raised_at,
                sum("count") FILTER ("lead") AS contacts FROM alerts GROUP BY case_id
        )
        SELECT count(*) AS alerts, coalesce(sum(contacts), 0) AS contacts
        FROM cases WHERE raised_at > ?
        """,
        [since],
    )
    known = reader.manifest.get("watch", {})
    reason = known.get("reason", "") if known else "This generation was made before watching."
    return Gauge(
        "alerts",
        "Alerts",
        Figure(
            None if reason else row["alerts"],
            "alerts",
            "alerts",
            events=int(row["contacts"]),
            coverage=None if reason else 1.0,
            records={
                "table": "alerts",
                "where": {"lead": True, **({"raised_at>": since.isoformat()} if since else {})},
            },
            reason=reason,
        ),
        f"last {RECENT_DAYS} days",
    )


def at_risk(reader: Reader) -> Gauge:
    """Return how many customers of known worth are in trouble."""
    row = _row(
        reader,
        """
        SELECT coalesce(sum(troubled_people), 0) AS people, coalesce(sum(customers), 0) AS valued
        FROM equity_segments WHERE dimension = 'source'
        """,
    )
    return Gauge(
        "customers_at_risk",
        "Customers at risk",
        count_figure(
            int(row["people"]),
            "people",
            "customers_at_risk",
            people=int(row["people"]),
            coverage=reader.manifest.get("value", {}).get("coverage"),
            records={"table": "equity_segments", "where": {"dimension": "source"}},
            empty="" if row["valued"] else "No customer's worth is known: add orders.",
        ),
        "last 90 days",
    )


def in_proof(reader: Reader) -> Gauge:
    """Return how many fixes are too young for a verdict."""
    row = _row(
        reader,
        """
        SELECT count(*) AS "all", count(*) FILTER (verdict = 'too_early') AS young
        FROM fixes WHERE kind = 'fix' AND verdict <> 'withdrawn'
        """,
    )
    return Gauge(
        "fixes_in_proof",
        "Fixes in proof",
        count_figure(
            row["young"],
            "fixes",
            "fixes_in_proof",
            people=None,
            coverage=1.0,
            records={"table": "fixes", "where": {"kind": "fix", "verdict": "too_early"}},
            empty="" if row["all"] else "No fix is declared: a problem's page declares one.",
        ),
    )


def incidents(reader: Reader, as_of: datetime | None) -> Gauge:
    """Return how many incidents were told that began or ended lately."""
    since = _day(as_of)
    row = _row(
        reader,
        """
        SELECT count(*) AS "all", count(*) FILTER (started_on > $1 OR ended_on > $1) AS lately
        FROM fixes WHERE kind = 'incident' AND verdict <> 'withdrawn'
        """,
        [since],
    )
    return Gauge(
        "incidents",
        "Incidents",
        count_figure(
            row["lately"],
            "incidents",
            "incidents",
            people=None,
            coverage=1.0,
            records={"table": "fixes", "where": {"kind": "incident"}},
            empty="" if row["all"] else "No incident was told: a problem's page tells one.",
        ),
        f"last {RECENT_DAYS} days",
    )


def _day(as_of: datetime | None) -> date | None:
    return as_of.date() - timedelta(days=RECENT_DAYS) if as_of else None


def _row(reader: Reader, sql: str, values: Sequence[Any] = ()) -> dict[str, Any]:
    try:
        return reader.dicts(sql, list(values))[0]
    except OlderGeneration:  # a generation from before this table was made
        return defaultdict(int)
