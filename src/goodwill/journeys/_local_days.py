"""Days of a time zone, as a table that SQL can look moments up in.

Engines take long to ask a time zone about each moment, and few days are ever used.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa

from goodwill.days import day_begins
from goodwill.engine import Engine
from goodwill.journeys._words import DAY_US, local_day_sql

LOCAL_DAYS = "_local_days"
_ENDS = ("end_before_us", "end_us", "end_after_us")
_SCHEMA = pa.schema([(name, pa.int64()) for name in ("day", "before", "turn", "after", *_ENDS)])
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = date(2100, 1, 1)
_MICRO = timedelta(microseconds=1)


def load_local_days(engine: Engine, time_zone: str, table: str = "orders") -> None:
    """Leave the table ``_local_days``, of the days around the promised and delivered dates.

    ``day`` counts days since 1970. As a day of UTC it has the microseconds by which the zone is
    ahead of UTC: ``before``, and ``after`` from the moment ``turn`` where the clocks change on it.
    As a day of the zone it has its last microsecond, ``end_us``, and those of the days before and
    after it: a moment's day in the zone is one of the three. A day that is not there (before
    1970, after 2100) must be asked of the engine.
    """
    ends = [
        engine.scalar(f"SELECT {end}(d) FROM (SELECT {end}(promised_at) AS d FROM {table} "
                      f"UNION ALL SELECT {end}(delivered_at) AS d FROM {table}) AS ends")
        for end in ("min", "max")
    ]  # fmt: skip
    rows = []
    if ends[0] is not None:
        first = max(ends[0].date(), _EPOCH.date()) - timedelta(days=2)
        last = min(ends[1].date(), _LAST) + timedelta(days=2)
        rows = [_row(first + timedelta(days=n), time_zone) for n in range((last - first).days + 1)]
    engine.load(LOCAL_DAYS, pa.Table.from_pylist(rows, schema=_SCHEMA))


def _row(day: date, time_zone: str) -> dict[str, int | None]:
    zone = ZoneInfo(time_zone)
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    before, after = (_ahead(each, zone) for each in (start, start + timedelta(days=1)))
    turn = None
    if before != after:
        low, high = 0, DAY_US
        while high - low > 1:
            middle = (low + high) // 2
            same = _ahead(start + middle * _MICRO, zone) == before
            low, high = (middle, high) if same else (low, middle)
        turn = (start - _EPOCH) // _MICRO + high
    return {
        "day": (start - _EPOCH).days,
        "before": before // _MICRO,
        "turn": turn,
        "after": after // _MICRO,
    } | {
        name: (day_begins(day + timedelta(days=n), time_zone) - _EPOCH) // _MICRO - 1
        for n, name in enumerate(_ENDS)
    }


def _ahead(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def utc_day_sql(us: str) -> str:
    """Return the day of UTC of a moment; NULL before 1970, where division rounds upwards."""
    return f"CASE WHEN {us} >= 0 THEN {us} // {DAY_US} END"


def local_day_number_sql(us: str, row: str) -> str:
    """Return the day of the zone of a moment, by the row of ``_local_days`` of its day of UTC.

    >>> local_day_number_sql("us", "d")
    '(us + CASE WHEN us >= d.turn THEN d.after ELSE d.before END) // 86400000000'
    """
    ahead = f"CASE WHEN {us} >= {row}.turn THEN {row}.after ELSE {row}.before END"
    return f"({us} + {ahead}) // {DAY_US}"


def day_end_us_sql(us: str, row: str) -> str:
    """Return the last microsecond of a moment's day of the zone, by the row of its day of UTC.

    >>> day_end_us_sql("us", "d").split(" WHEN ")[1]
    'us <= d.end_before_us THEN d.end_before_us'
    """
    return (
        f"CASE WHEN {us} <= {row}.end_before_us THEN {row}.end_before_us "
        f"WHEN {us} <= {row}.end_us THEN {row}.end_us ELSE {row}.end_after_us END"
    )


def day_of_sql(us: str, time_zone: str) -> str:
    """Return the day of a time zone of a moment, counted since 1970, as the engine knows it."""
    day = local_day_sql(f"make_timestamptz({us})", time_zone)
    return f"CAST(date_diff('day', DATE '1970-01-01', {day}) AS BIGINT)"
