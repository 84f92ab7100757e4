"""The hours that a company works, as a table that SQL can count between two moments with."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pyarrow as pa

from goodwill.engine import Engine
from goodwill.journeys._words import local_day_sql
from goodwill.journeys.commitments import Calendar

HOURS = "_hours"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def load_hours(engine: Engine, calendar: Calendar, first: date, last: date) -> int:
    """Leave the table ``_hours``: each day with the microseconds worked before it, and its spans.

    A day that is not worked has empty spans. Without opening hours a worked day is one span from
    midnight to midnight of the calendar's zone; days of 23 and 25 hours are counted as they are.

    Returns:
        How many spans a day has.
    """
    spans = calendar.hours or ((time.min, time.max),)
    columns: dict[str, list[int]] = {"before_us": []}
    for number in range(len(spans)):
        columns[f"start_{number}"] = []
        columns[f"end_{number}"] = []
    days = [first + timedelta(days=n) for n in range(max((last - first).days, 0) + 1)]
    worked = 0
    for day in days:
        columns["before_us"].append(worked)
        works = calendar.works(day)
        for number, (opens, closes) in enumerate(spans):
            start = _micros(day, opens, calendar)
            end = _micros(day, closes, calendar) if works else start
            columns[f"start_{number}"].append(start)
            columns[f"end_{number}"].append(end)
            worked += end - start
    made = {"day": pa.array(days, pa.date32())} | {
        name: pa.array(values, pa.int64()) for name, values in columns.items()
    }
    engine.load(HOURS, pa.table(made))
    return len(spans)


def _micros(day: date, at: time, calendar: Calendar) -> int:
    """Return a moment in microseconds UTC; the last of a day is the next day's first."""
    if at == time.max:
        day, at = day + timedelta(days=1), time.min
    moment = datetime.combine(day, at, calendar.zone).astimezone(UTC)
    return (moment - _EPOCH) // timedelta(microseconds=1)


def worked_sql(us: str, hours: str, spans: int) -> str:
    """Return the microseconds worked up to a moment (of its day's row ``hours`` of ``_hours``).

    >>> worked_sql("a.us", "h", 1)
    'h.before_us + greatest(0, least(a.us, h.end_0) - h.start_0)'
    """
    parts = [f"greatest(0, least({us}, {hours}.end_{n}) - {hours}.start_{n})" for n in range(spans)]
    return f"{hours}.before_us + " + " + ".join(parts)


def on_day_sql(time_of: str, hours: str, zone: str) -> str:
    """Return the join condition of a moment's day with its row of ``_hours``."""
    return f"{hours}.day = {local_day_sql(time_of, zone)}"
