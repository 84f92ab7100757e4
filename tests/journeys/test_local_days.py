"""The table of days says of each moment what the engine says, and of midnights that never were."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from goodwill.engine import DuckDBEngine
from goodwill.journeys._local_days import (
    LOCAL_DAYS,
    day_end_us_sql,
    day_of_sql,
    load_local_days,
    local_day_number_sql,
    utc_day_sql,
)
from goodwill.journeys._words import day_end_sql, local_day_sql
from goodwill.tables import TIME

ZONES = ("Europe/Madrid", "America/Sao_Paulo", "Asia/Beirut", "Australia/Lord_Howe",
         "Pacific/Apia", "America/New_York", "UTC")  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
def test_days_are_those_of_the_engine(zone: str) -> None:
    # Every 47 minutes of years with changes of clocks at midnight and a day that was left out.
    first = datetime(2011, 1, 1, tzinfo=UTC)
    moments = [first + timedelta(minutes=47 * n) for n in range(24_000)]
    column = pa.array(moments, TIME)
    engine = DuckDBEngine(threads=1)
    engine.load("orders", pa.table({"promised_at": column, "delivered_at": column}))
    load_local_days(engine, zone)
    us = "epoch_us(o.promised_at)"
    end_us = day_end_us_sql(us, "d")
    ends = day_end_sql(local_day_sql("o.promised_at", zone), zone)
    found = engine.arrow(f"""
        SELECT count(*) AS n, count(CASE WHEN {local_day_number_sql(us, "d")}
                = {day_of_sql(us, zone)} THEN 1 END) AS days,
            count(CASE WHEN {end_us} = epoch_us({ends}) THEN 1 END) AS ends
        FROM orders AS o
        JOIN {LOCAL_DAYS} AS d ON d.day = {utc_day_sql(us)}
    """).to_pylist()
    engine.close()
    assert found == [{"n": len(moments), "days": len(moments), "ends": len(moments)}]


def test_what_lies_beyond_the_table_is_left_to_the_engine() -> None:
    engine = DuckDBEngine(threads=1)
    times = pa.array([datetime(1960, 5, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)], TIME)
    engine.load("orders", pa.table({"promised_at": times, "delivered_at": times}))
    load_local_days(engine, "Europe/Madrid")
    found = engine.arrow(f"SELECT min(day) AS a, max(day) AS b FROM {LOCAL_DAYS}").to_pylist()
    assert found == [{"a": -2, "b": 47484}]
    engine.load("orders", pa.table({"promised_at": times[:0], "delivered_at": times[:0]}))
    load_local_days(engine, "Europe/Madrid")
    assert engine.scalar(f"SELECT count(*) FROM {LOCAL_DAYS}") == 0
    engine.close()
