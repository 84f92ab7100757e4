"""Days of a company: they begin at midnight of its time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

RECENT_DAYS = 28
"""What is said of now looks back so many days from the last moment in the data."""

MONTH = 30.0
"""Days of a month, where something is told for each: false alerts, rises observed."""


def day_begins(day: date, time_zone: str) -> datetime:
    """Return when a day of a time zone (IANA name) begins, in UTC.

    >>> day_begins(date(2024, 3, 11), "Europe/Madrid").isoformat()
    '2024-03-10T23:00:00+00:00'
    """
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)
