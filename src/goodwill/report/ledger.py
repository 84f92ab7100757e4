"""The calibration ledger: what was said, what came, and how often the interval held it."""

from __future__ import annotations

from datetime import date
from typing import Any

from goodwill.errors import InputError
from goodwill.figures import Figure, ratio, wilson
from goodwill.generations import Reader
from goodwill.report.rules import rule_names
from goodwill.report.shapes import Gauge
from goodwill.report.value_shapes import Forecast, LedgerPage
from goodwill.settings import Settings

STATES = ("all", "settled", "waiting", "missed", "published", "replayed")
_WHERE = {
    "all": "true",
    "settled": "outcome IS NOT NULL",
    "waiting": "published AND outcome IS NULL",
    "missed": "held = false",
    "published": "published",
    "replayed": "NOT published",
}
LABELS = {
    "expected_orders": "Orders",
    "expected_spend": "Money spent",
    "customers_returning": "Customers who buy again",
    "smallest_loss": "Smallest loss that can be seen",
}
_FEWEST = 10
"""Settled forecasts below which nothing is said about how good they are."""


def ledger(
    reader: Reader, settings: Settings, *, state: str = "all", offset: int = 0, limit: int = 50
) -> LedgerPage:
    """Return the ledger of forecasts: published first, then the replayed ones, the last due first.

    Args:
        reader: The generation.
        settings: Of the Book.
        state: One of `STATES`.
        offset: Forecasts to pass over.
        limit: Forecasts to return at most.

    Raises:
        InputError: There is no such state.
    """
    if state not in _WHERE:
        raise InputError(f"No forecast is {state!r}.", hint="One of: " + ", ".join(STATES))
    counts = reader.dicts(
        """
        SELECT published, figure, count(*) AS said, count(outcome) AS settled,
            count(*) FILTER (held) AS held, coalesce(sum(people), 0) AS people
        FROM ledger GROUP BY published, figure ORDER BY published DESC, figure
        """
    )
    waiting, next_due = reader.rows(
        """SELECT count(*), min(due_on) FROM ledger
        WHERE published AND outcome IS NULL AND coalesce(reason, '') = ''"""
    )[0]
    rows = reader.dicts(
        f"""SELECT l.*, coalesce(t.label, r.name) AS theme FROM ledger AS l
        LEFT JOIN themes AS t ON l.subject = 'theme:' || t.theme_id
        LEFT JOIN {rule_names(reader)} AS r ON l.subject = 'rule:' || r.rule_id
        WHERE {_WHERE[state]} ORDER BY published DESC, due_on DESC, figure, source, subject, weeks
        LIMIT ? OFFSET ?""",
        [limit, offset],
    )
    total = reader.rows(f"SELECT count(*) FROM ledger WHERE {_WHERE[state]}")[0][0]
    published = [row for row in counts if row["published"]]
    replayed = [row for row in counts if not row["published"]]
    return LedgerPage(
        gauges=_gauges(published, replayed, next_due),
        verdict=_verdict(published, replayed, next_due),
        rows=tuple(_forecast(row, settings) for row in rows),
        state=state,
        total=total,
        offset=offset,
        waiting=waiting,
        next_due=next_due,
    )


def _gauges(
    published: list[dict[str, Any]], replayed: list[dict[str, Any]], next_due: date | None
) -> tuple[Gauge, ...]:
    early = "None has come due yet" + (f"; the next does on {next_due}." if next_due else ".")
    short = "The orders do not reach back far enough to replay a forecast."
    found = [
        Gauge("forecasts_held", "Published forecasts that held",
              _held(published, "forecasts_held", {"published": True}, early)),
        Gauge("replayed_held", "Replayed forecasts that held",
              _held(replayed, "replayed_held", {"published": False}, short),
              "as they would have been said, never published"),
    ]  # fmt: skip
    for figure, label in LABELS.items():
        mine = [row for row in (*published, *replayed) if row["figure"] == figure]
        if any(row["settled"] for row in mine):
            where = {"figure": figure}
            found.append(Gauge(f"held_{figure}", f"{label}: held", _held(
                mine, "forecasts_held", where, early), "published and replayed"))  # fmt: skip
    return tuple(found)


def _held(rows: list[dict[str, Any]], key: str, where: dict[str, Any], empty: str) -> Figure:
    settled, held = (sum(int(row[name]) for row in rows) for name in ("settled", "held"))
    said = sum(int(row["said"]) for row in rows)
    low, high = wilson(held, settled)
    return Figure(
        ratio(held, settled), "share", key,
        low=low if settled else None, high=high if settled else None, events=settled,
        coverage=ratio(settled, said),
        records={"table": "ledger", "where": {**where, "outcome!": None}},
        reason="" if settled else empty,
    )  # fmt: skip


def _verdict(
    published: list[dict[str, Any]], replayed: list[dict[str, Any]], next_due: date | None
) -> str:
    parts = []
    settled = sum(int(row["settled"]) for row in published)
    if settled:
        parts.append(_sentence(published, "published"))
    else:
        parts.append(
            "Too early: none of the published forecasts has come due"
            + (f"; the next one does on {next_due}." if next_due else ".")
        )
    if any(row["settled"] for row in replayed):
        parts.append(_sentence(replayed, "replayed"))
    return " ".join(parts)


def _sentence(rows: list[dict[str, Any]], what: str) -> str:
    settled, held = (sum(int(row[name]) for row in rows) for name in ("settled", "held"))
    low, high = wilson(held, settled)
    said = (
        f"Of {settled:,} {what} forecasts that have come due, the 95% interval held what happened "
        f"in {held:,} ({held / settled:.0%}; between {low:.0%} and {high:.0%})."
    )
    if settled < _FEWEST:
        return f"{said} Too few to judge by."
    if high < 0.95:
        return f"{said} They are too sure of themselves: take their intervals as too narrow."
    if low > 0.95:
        return f"{said} They could be narrower."
    return f"{said} That agrees with what a 95% interval promises."


def _forecast(row: dict[str, Any], settings: Settings) -> Forecast:
    money = row["figure"] == "expected_spend"
    loss = row["figure"] == "smallest_loss"
    unit = f"minor:{settings.currency}" if money else (
        "people" if row["figure"] == "customers_returning" else "orders"
    )  # fmt: skip
    value = round(row["value"]) if money else row["value"]
    figure = Figure(
        value, unit, f"forecast_{row['figure']}", low=None if loss else row["low"],
        high=row["high"] if not loss else None, people=row["people"], events=None,
        coverage=1.0, records={"table": "ledger", "where": {"forecast_id": row["forecast_id"]}},
    )  # fmt: skip
    label = LABELS[row["figure"]]
    if loss:
        label += f": {row['theme'] or row['subject'].replace(':', ' ')}"
    elif row["subject"]:
        label += f": {row['subject']}"
    weeks = f"{row['weeks']} week{'' if row['weeks'] == 1 else 's'}"
    label += f" ({weeks}{', ' + row['source'] if row['source'] else ''})"
    return Forecast(
        label, figure, bool(row["published"]), row["made_on"], row["due_on"], row["outcome"],
        row["held"], row["reason"] or "",
    )  # fmt: skip
