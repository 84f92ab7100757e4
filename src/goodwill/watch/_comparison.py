"""What a fix is held against: contacts that it cannot have touched, chosen by stated rules.

A fix of one region or product is held against the same themes elsewhere, each per order. Any other
is held against themes that it cannot have touched: of another area (a fix can push contacts to a
sister theme), sharing at most 5 % of the customers, and named by no other event.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from goodwill.engine import Engine
from goodwill.journeys import local_day_sql
from goodwill.literals import text_sql
from goodwill.records import Event
from goodwill.watch._inputs import Days, Floats

SHARED = 0.05
"""Share of the customers (of the theme that has fewer) that a control shares at most."""
LEAST_CONTROL = 100
"""Contacts that the controls hold before the event at least."""
UNITS = ("region", "product", "channel", "ticket")
"""What a roll-out can go by; ``ticket`` is the last digit of the conversation's number."""
SMOOTH = 28
"""Days over whose mean orders are the measure of exposure."""
ELSEWHERE = ("region", "product")
"""Where a fix is rolled out in a part of these, the rest is its control."""
_TOLD = pa.schema(
    [("day", pa.date32()), ("customer_id", pa.string()), ("theme_id", pa.int32()),
     ("channel", pa.string()), ("product", pa.string()), ("region", pa.string()),
     ("ticket", pa.string())]
)  # fmt: skip
_UNITS = pa.schema([("unit", pa.string()), ("day", pa.date32()), ("events", pa.int64())])
_CELLS = pa.schema([("theme_id", pa.int32()), ("day", pa.date32()), ("events", pa.int64())])


@dataclass(frozen=True)
class Told:
    """Contacts of the whole Book by day, as table ``_told``, and the days that have ended."""

    engine: Engine
    days: Days
    areas: dict[int, int]

    def counts(self, where: str) -> dict[int, Floats]:
        """Return contacts a day of each theme (days,) among those that hold the condition."""
        cells = self.engine.arrow(
            f"""
            SELECT theme_id, day, count(*) AS events FROM _told
            WHERE theme_id IS NOT NULL AND {where} GROUP BY theme_id, day
            """,
            _CELLS,
        )
        return {int(number): row for number, row in self._by(cells, "theme_id").items()}

    def by_unit(self, table: str, unit: str, where: str) -> dict[str, Floats]:
        """Return events a day of each unit (days,), among those that hold the condition.

        Args:
            table: ``_told`` or ``_ordered``.
            unit: The column that tells units apart.
            where: The condition.
        """
        cells = self.engine.arrow(
            f"""
            SELECT {unit} AS unit, day, count(*) AS events FROM {table}
            WHERE {unit} IS NOT NULL AND {where} GROUP BY {unit}, day
            """,
            _UNITS,
        )
        return {str(name): row for name, row in self._by(cells, "unit").items()}

    def _by(self, cells: pa.Table, name: str) -> dict[Any, Floats]:
        key = np.array(cells[name].to_pylist())
        place = self._places(cells["day"])
        events = cells["events"].to_numpy()
        kept = (place >= 0) & (place < len(self.days))
        kinds, row = np.unique(key[kept], return_inverse=True)
        out = np.zeros((len(kinds), len(self.days)))
        np.add.at(out, (row, place[kept]), events[kept])
        return dict(zip(kinds.tolist(), out, strict=True))

    def _places(self, column: Any) -> NDArray[np.int64]:
        found: NDArray[np.int64] = (
            column.to_numpy().astype("datetime64[D]") - self.days[0]
        ).astype(np.int64)
        return found

    def orders(self, where: str) -> Floats:
        """Return orders a day: the mean of the last four weeks (days,)."""
        cells = self.engine.arrow(
            f"SELECT day, count(*) AS events FROM _ordered WHERE {where} GROUP BY day",
            pa.schema([("day", pa.date32()), ("events", pa.int64())]),
        )
        place = self._places(cells["day"])
        kept = (place >= 0) & (place < len(self.days))
        out = np.bincount(
            place[kept], cells["events"].to_numpy()[kept], minlength=len(self.days)
        ).astype(float)
        total = np.concatenate([[0.0], np.cumsum(out)])
        ends = np.arange(1, len(out) + 1)
        begins = np.maximum(0, ends - SMOOTH)
        mean: Floats = (total[ends] - total[begins]) / (ends - begins)
        return mean

    def people(self, where: str) -> int:
        """Return the distinct known customers among the contacts that hold the condition."""
        return int(
            self.engine.scalar(f"SELECT count(DISTINCT customer_id) FROM _told WHERE {where}") or 0
        )


@dataclass(frozen=True)
class Comparison:
    """Counts of the themes and of what they are held against.

    Attributes:
        theme: Contacts a day of the event's themes where it holds (days,).
        sisters: The same of the other themes of their areas.
        controls: Contacts a day of what it is held against (rows, days).
        exposure: Orders a day where it holds per order elsewhere; None where both are alike.
        by: ``elsewhere``, ``themes``, ``orders``, or empty when there is nothing.
        themes: The themes that are controls.
        coverage: Share of the themes' contacts of which it is known whether it holds for them.
    """

    theme: Floats
    sisters: dict[int, Floats]
    controls: Floats
    exposure: Floats | None
    by: str
    themes: list[int] = field(default_factory=list)
    coverage: float = 1.0


def tell(engine: Engine, time_zone: str, complete_to: date | None = None) -> Told | None:
    """Lay out contacts and orders by day; None when no whole day holds a contact.

    Days after ``complete_to``, of which contacts are still to come in, are left out.

    Leaves ``_told`` and ``_ordered``.
    """
    day = local_day_sql('"at"', time_zone)
    engine.save(
        "_told",
        f"""
        SELECT {day} AS day, customer_id, theme_id, channel, product, region,
            CASE WHEN conversation_id LIKE '%:thread:%'
                AND right(conversation_id, 1) BETWEEN '0' AND '9'
                THEN right(conversation_id, 1) END AS ticket
        FROM messages WHERE direction = 'in' AND "at" IS NOT NULL
        """,
        _TOLD,
    )
    engine.save(
        "_ordered",
        f"""
        SELECT {day} AS day, product, region FROM orders
        WHERE kind = 'order' AND "at" IS NOT NULL
        """,
        pa.schema([("day", pa.date32()), ("product", pa.string()), ("region", pa.string())]),
    )
    first = engine.scalar("SELECT min(day) AS day FROM _told")
    last = engine.scalar("SELECT max(day) AS day FROM _told")
    if first is None or first >= last:
        return None
    if complete_to is not None:
        last = max(first + timedelta(1), min(last, complete_to + timedelta(1)))
    areas = engine.arrow(
        "SELECT theme_id, area_id FROM themes",
        pa.schema([("theme_id", pa.int32()), ("area_id", pa.int32())]),
    ).to_pylist()
    days = np.arange(first, last, dtype="datetime64[D]")
    return Told(engine, days, {row["theme_id"]: row["area_id"] for row in areas})


def compare(told: Told, event: Event, others: Sequence[Event]) -> Comparison:
    """Return what an event is held against.

    Args:
        told: The Book's contacts.
        event: The event.
        others: All other events: what they name is no control.
    """
    here = scope_sql(event)
    own = set(event.theme_ids)
    counts = told.counts(here)
    none = np.zeros(len(told.days))
    theme = sum((counts.get(number, none) for number in own), none.copy())
    areas = {told.areas.get(number) for number in own}
    sisters = {
        number: counts[number]
        for number in sorted(counts)
        if told.areas.get(number) in areas and number not in own
    }
    before = int((np.datetime64(event.started_on) - told.days[0]).astype(int))
    known = _coverage(told, event, own)
    if (column := next((c for c in ELSEWHERE if c in event.scope), None)) is not None:
        there = told.counts(_elsewhere_sql(event, column))
        rest = sum((there.get(number, none) for number in own), none.copy())
        if rest[: max(before, 0)].sum() >= LEAST_CONTROL:
            load = _exposure(told, event, column)
            return Comparison(theme, sisters, rest[None], load, "elsewhere", [], known)
    named = {number for other in others for number in other.theme_ids}
    alike = _sharing(told, own, event.started_on, here)
    chosen = [
        number
        for number in sorted(counts)
        if number not in own | named | alike and told.areas.get(number) not in areas
    ]
    controls = np.array([counts[number] for number in chosen])
    if chosen and controls[:, : max(before, 0)].sum() >= LEAST_CONTROL:
        return Comparison(theme, sisters, controls, None, "themes", chosen, known)
    orders = told.orders(scope_sql(event, ELSEWHERE))
    if orders[: max(before, 0)].sum() >= LEAST_CONTROL:
        return Comparison(theme, sisters, orders[None], None, "orders", [], known)
    return Comparison(theme, sisters, none[None], None, "", [], known)


def scope_sql(event: Event, columns: Collection[str] = ("channel", "product", "region")) -> str:
    """Return the condition that a contact (or an order) lies where the event holds."""
    parts = [f"{name} = {text_sql(at)}" for name, at in event.scope.items() if name in columns]
    return " AND ".join(parts) or "true"


def themes_sql(themes: Collection[int]) -> str:
    """Return the condition that a contact is of one of these themes."""
    return f"theme_id IN ({', '.join(str(int(number)) for number in sorted(themes))})"


def _elsewhere_sql(event: Event, column: str) -> str:
    rest = [c for c in event.scope if c != column]
    outside = f"{column} IS NOT NULL AND {column} <> {text_sql(event.scope[column])}"
    return f"{outside} AND {scope_sql(event, rest)}"


def _exposure(told: Told, event: Event, column: str) -> Floats | None:
    value = text_sql(event.scope[column])
    here = told.orders(f"{column} = {value}")
    there = told.orders(f"{column} IS NOT NULL AND {column} <> {value}")
    if min(here.mean(), there.mean()) * len(here) < LEAST_CONTROL:
        return None
    # Half an order keeps days before the first order in the comparison.
    ratio: Floats = (here + 0.5 / SMOOTH) / (there + 0.5 / SMOOTH)
    return ratio


def _coverage(told: Told, event: Event, own: set[int]) -> float:
    if not event.scope:
        return 1.0
    known = " AND ".join(f"{name} IS NOT NULL" for name in event.scope)
    part, whole = (
        int(told.engine.scalar(f"SELECT count(*) FROM _told WHERE {condition}") or 0)
        for condition in (f"{themes_sql(own)} AND {known}", themes_sql(own))
    )
    return part / whole if whole else 1.0


def _sharing(told: Told, own: set[int], before: date, here: str) -> set[int]:
    """Return the themes that share too many customers with the event's, before it."""
    mine = themes_sql(own)
    span = f"day < CAST('{before}' AS DATE) AND customer_id IS NOT NULL AND {here}"
    rows = told.engine.arrow(
        f"""
        SELECT o.theme_id, count(*) AS people, count(m.customer_id) AS shared
        FROM (SELECT DISTINCT theme_id, customer_id FROM _told
              WHERE theme_id IS NOT NULL AND NOT ({mine}) AND {span}) AS o
        LEFT JOIN (SELECT DISTINCT customer_id FROM _told WHERE {mine} AND {span}) AS m
            ON m.customer_id = o.customer_id
        GROUP BY o.theme_id
        """,
        pa.schema([("theme_id", pa.int32()), ("people", pa.int64()), ("shared", pa.int64())]),
    ).to_pylist()
    all_mine = told.people(f"{mine} AND {span}")
    return {
        row["theme_id"]
        for row in rows
        if row["shared"] > SHARED * max(min(row["people"], all_mine), 1)
    }
