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

    Nearly every text begins with a letter, a digit or a sign of ASCII: of these none is trimmed,
    which takes long for a column of millions.

    >>> given_sql("x")
    "CASE WHEN x >= '!' AND x < '~' THEN TRUE ELSE coalesce(trim(x), '') <> '' END"
    """
    return (
        f"CASE WHEN {column} >= '!' AND {column} < '~' THEN TRUE "
        f"ELSE coalesce(trim({column}), '') <> '' END"
    )


def local_day_sql(time: str, time_zone: str) -> str:
    """Return the day of a UTC time in a time zone."""
    return f"CAST(CAST({time} AS TIMESTAMPTZ) AT TIME ZONE {text_sql(time_zone)} AS DATE)"


def day_end_sql(day: str, time_zone: str) -> str:
    """Return the last microsecond of a day of a time zone, in UTC."""
    after = f"CAST({day} + INTERVAL 1 DAY AS TIMESTAMP) AT TIME ZONE {text_sql(time_zone)}"
    return f"({after}) - INTERVAL 1 MICROSECOND"
