"""What the SQL of all steps here shares: separators, spans of time, tests of a value."""

from __future__ import annotations

from goodwill.literals import text_sql

NODE = "\x1f"
"""Between the parts of a joined key; a control character that no id holds."""

DAY_US = 86_400_000_000
"""Microseconds of a day."""

PART_US = 30 * 60 * 1_000_000
"""A message in parts: each part at most so many microseconds after the one before."""


def given_sql(column: str) -> str:
    """Return the condition that a text is there and not blank.

    >>> given_sql("x")
    "coalesce(trim(x), '') <> ''"
    """
    return f"coalesce(trim({column}), '') <> ''"


def local_day_sql(time: str, time_zone: str) -> str:
    """Return the day of a UTC time in a time zone."""
    return f"CAST(CAST({time} AS TIMESTAMPTZ) AT TIME ZONE {text_sql(time_zone)} AS DATE)"


def day_end_sql(day: str, time_zone: str) -> str:
    """Return the last microsecond of a day of a time zone, in UTC."""
    after = f"CAST({day} + INTERVAL 1 DAY AS TIMESTAMP) AT TIME ZONE {text_sql(time_zone)}"
    return f"({after}) - INTERVAL 1 MICROSECOND"


_QUARTER_US = 15 * 60 * 1_000_000


def quarter_sql(time: str) -> str:
    """Return the number of the quarter of an hour that a time is in; NULL before 1970."""
    us = f"epoch_us({time})"
    return f"CASE WHEN {us} >= 0 THEN {us} // {_QUARTER_US} END"


def quarters_sql(quarters: str, time_zone: str) -> str:
    """Return the SELECT of the days of a time zone that quarters of an hour lie in.

    Time zones cost more than all else that is counted of a time, and few quarters are ever used.

    Args:
        quarters: A SELECT of distinct ``quarter`` (`quarter_sql`).
        time_zone: IANA name.

    ``day`` is NULL where midnight or a change of the clocks falls into the quarter; ``day_end``
    is the day's last microsecond.
    """
    first, last = local_day_sql("first_at", time_zone), local_day_sql("last_at", time_zone)
    return f"""
        SELECT quarter, day, {day_end_sql("day", time_zone)} AS day_end
        FROM (
            SELECT quarter, CASE WHEN {first} = {last} THEN {first} END AS day
            FROM (
                SELECT quarter, make_timestamptz(quarter * {_QUARTER_US}) AS first_at,
                    make_timestamptz((quarter + 1) * {_QUARTER_US} - 1) AS last_at
                FROM ({quarters}) AS used
                WHERE quarter IS NOT NULL
            ) AS ends
        ) AS days
    """
