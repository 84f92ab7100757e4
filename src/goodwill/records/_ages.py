"""How old rows may be: the days before which the company keeps no texts, and no records."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from goodwill.days import day_begins
from goodwill.literals import quoted, text_sql
from goodwill.tables import TIME

from ._rows import LINE

REASON = "older than the company keeps"
AGES: dict[str, tuple[str, ...]] = {
    "contacts": ("at", "edited_at"),
    "threads": ("opened_at", "first_reply_at", "solved_at", "closed_at"),
    "thread_events": ("at",),
    "orders": ("at",),
    "subscriptions": ("ended_at",),
}
"""Tables whose rows age, and their times; the latest counts. A contract that runs has no age."""

TEXTS = {"contacts": ("text", "subject"), "threads": ("subject",)}
"""The columns that are emptied."""


@dataclass(frozen=True, slots=True)
class CutOffs:
    """The first days (of the Book's zone) of which texts and records are kept; None is for ever.

    Attributes:
        texts: Texts before it are emptied.
        records: Rows before it are removed.
        zone: The Book's time zone.
    """

    texts: date | None = None
    records: date | None = None
    zone: str = "UTC"

    def __bool__(self) -> bool:
        return self.texts is not None or self.records is not None

    @property
    def latest(self) -> date | None:
        """The day before which no text is kept, whichever of both says so."""
        days = [day for day in (self.texts, self.records) if day is not None]
        return max(days, default=None)

    @property
    def words(self) -> str:
        """Both days in words, for a receipt."""
        days = (("texts", self.texts), ("records", self.records))
        return ", ".join(f"{what} before {day}" for what, day in days if day is not None)

    def moment(self, day: date) -> datetime:
        """Return when a day begins, in UTC."""
        return day_begins(day, self.zone)

    def before_sql(self, table: str, day: date, alias: str = "t") -> str:
        """Return the condition that a row is older than a day; false where it has no time."""
        times = ", ".join(f"{alias}.{quoted(name)}" for name in AGES[table])
        moment = text_sql(self.moment(day).isoformat())
        return f"coalesce(greatest({times}) < TIMESTAMPTZ {moment}, false)"


def cut_offs(
    texts_months: int | None,
    records_months: int | None,
    zone: str,
    *,
    now: datetime | None = None,
) -> CutOffs:
    """Return the cut-off days of today, by the wall clock.

    >>> cut_offs(1, 12, "UTC", now=datetime(2026, 3, 31, tzinfo=UTC)).texts
    datetime.date(2026, 2, 28)
    """
    today = (now or datetime.now(UTC)).astimezone(ZoneInfo(zone)).date()
    return CutOffs(_before(today, texts_months), _before(today, records_months), zone)


def _before(today: date, months: int | None) -> date | None:
    if months is None:
        return None
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def leave_old(con: Any, cut: CutOffs, tables: dict[int, str], emptied: Counter[str]) -> set[int]:
    """Take what is too old out of ``mapped_<n>``; return the lines of which nothing is left.

    Texts that are too old are emptied, and counted in ``emptied``.
    """
    for number, table in tables.items():
        empty_old(con, cut, number, table, emptied)
    if cut.records is None:
        return set()
    line = quoted(LINE)
    con.execute("CREATE OR REPLACE TEMP TABLE old_lines (line BIGINT)")
    # Threads last: one without times is as old as the messages that it came with.
    for number, table in sorted(tables.items(), key=lambda each: each[1] == "threads"):
        if table not in AGES:
            continue
        gone = cut.before_sql(table, cut.records)
        if table == "threads":
            times = ", ".join(f"t.{name}" for name in AGES[table])
            gone += (
                f" OR (greatest({times}) IS NULL AND t.{line} IN (FROM old_lines) "
                f"AND t.{line} NOT IN ({_lines_sql(tables, but=number)}))"
            )
        con.execute(f"INSERT INTO old_lines SELECT t.{line} FROM mapped_{number} t WHERE {gone}")
        con.execute(f"DELETE FROM mapped_{number} t WHERE {gone}")
    rows = con.execute(
        f"SELECT DISTINCT line FROM old_lines WHERE line NOT IN ({_lines_sql(tables)})"
    ).fetchall()
    return {line for (line,) in rows}


def _lines_sql(tables: dict[int, str], but: int | None = None) -> str:
    parts = [f"SELECT {quoted(LINE)} FROM mapped_{n}" for n in tables if n != but]
    return " UNION ".join(parts or ["SELECT 0 WHERE false"])


def empty_old(con: Any, cut: CutOffs, number: int, table: str, emptied: Counter[str]) -> None:
    """Empty the texts in ``mapped_<n>`` that are too old."""
    names = TEXTS.get(table)
    if cut.texts is None or not names:
        return
    held = " OR ".join(f"{name} IS NOT NULL" for name in names)
    where = f"({held}) AND {cut.before_sql(table, cut.texts)}"
    counted = con.execute(f"SELECT count(*) FROM mapped_{number} t WHERE {where}").fetchall()
    if counted[0][0]:
        emptied[table] += counted[0][0]
        nothing = ", ".join(f"{name} = NULL" for name in names)
        con.execute(f"UPDATE mapped_{number} t SET {nothing} WHERE {where}")


def young(rows: pa.Table, table: str, cut: CutOffs) -> Any:
    """Return for each mapped row whether it is young enough for its private columns to be kept."""
    day = cut.latest
    if day is None or table not in AGES:
        return pa.array([True] * rows.num_rows)
    moment = pa.scalar(cut.moment(day), TIME)
    after = pa.array([False] * rows.num_rows)
    timeless = pa.array([True] * rows.num_rows)
    for name in AGES[table]:
        times = rows.column(name).cast(TIME)
        after = pc.or_(after, pc.fill_null(pc.greater_equal(times, moment), False))
        timeless = pc.and_(timeless, pc.is_null(times))
    return pc.or_(after, timeless)
