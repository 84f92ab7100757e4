"""DuckDB's dialect as it reaches Spark: the same answer, or a refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest

from goodwill.engine import Engine
from goodwill.engine._sql import carry_sql

TIME = pa.timestamp("us", tz="UTC")
NOON = "CAST('2018-02-17 12:00:00+00' AS TIMESTAMPTZ)"

CASES: dict[str, tuple[str, pa.DataType, list[Any]]] = {
    "the local day of a UTC time": (
        "SELECT CAST(CAST('2018-02-18 01:30:00+00' AS TIMESTAMPTZ) AT TIME ZONE "
        "'America/Sao_Paulo' AS DATE)",
        pa.date32(),
        [date(2018, 2, 17)],
    ),
    "the UTC time of a local midnight": (
        "SELECT CAST(DATE '2018-07-01' + INTERVAL 1 DAY AS TIMESTAMP) "
        "AT TIME ZONE 'America/Sao_Paulo' - INTERVAL 1 MICROSECOND",
        TIME,
        [datetime(2018, 7, 2, 2, 59, 59, 999999, UTC)],
    ),
    "a midnight that the clocks skip is the moment of the skip": (
        "SELECT CAST('2018-11-04' AS TIMESTAMP) AT TIME ZONE 'America/Sao_Paulo'",
        TIME,
        [datetime(2018, 11, 4, 3, tzinfo=UTC)],
    ),
    "a time made of microseconds in a time zone": (
        "SELECT CAST(CAST(make_timestamptz(us) AS TIMESTAMPTZ) AT TIME ZONE 'America/Sao_Paulo' "
        "AS DATE) FROM (VALUES (epoch_us(CAST('2018-02-18 01:30:00+00' AS TIMESTAMPTZ)))) AS t(us)",
        pa.date32(),
        [date(2018, 2, 17)],
    ),
    "each row has a number of its own": (
        "SELECT count(DISTINCT n) FROM (SELECT row_number() OVER () AS n FROM "
        "(VALUES (1), (1), (2)) AS t(x)) AS numbered",
        pa.int64(),
        [3],
    ),
    "microseconds of a time": (f"SELECT epoch_us({NOON})", pa.int64(), [1518868800000000]),
    "microseconds before 1970": (
        "SELECT epoch_us(CAST('1969-12-31 23:59:59.999999+00' AS TIMESTAMPTZ))",
        pa.int64(),
        [-1],
    ),
    "weeks start on Monday": (
        "SELECT CAST(date_trunc('week', CAST(d AS DATE)) AS DATE) FROM "
        "(VALUES ('2024-01-01'), ('2024-01-07'), ('2023-12-31')) AS t(d) ORDER BY d",
        pa.date32(),
        [date(2023, 12, 25), date(2024, 1, 1), date(2024, 1, 1)],
    ),
    "days between dates may be negative": (
        "SELECT date_diff('day', DATE '2024-03-01', DATE '2024-02-28')",
        pa.int64(),
        [-2],
    ),
    "a separator is no pattern": (
        "SELECT unnest(string_split('a.b|c', '.')) AS x ORDER BY x",
        pa.string(),
        ["a", "b|c"],
    ),
    "NULL comes last in a window": (
        "SELECT x FROM (SELECT x, row_number() OVER (ORDER BY x) AS n FROM "
        "(VALUES (2), (NULL), (1)) AS t(x)) AS o ORDER BY n",
        pa.int64(),
        [1, 2, None],
    ),
    "the last value that is not NULL": (
        "SELECT last_value(x IGNORE NULLS) OVER (ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING "
        "AND CURRENT ROW) AS y FROM (VALUES (1, NULL), (2, 7), (3, NULL)) AS t(i, x) ORDER BY i",
        pa.int64(),
        [None, 7, 7],
    ),
    "counts under a condition": (
        "SELECT count(*) FILTER (WHERE x > 1) FROM (VALUES (1), (2), (NULL)) AS t(x)",
        pa.int64(),
        [1],
    ),
    "whole division": ("SELECT -7 // 2", pa.int64(), [-3]),
    "texts compare by code points": (
        "SELECT min(x) FROM (VALUES ('é'), ('b'), ('Z'), ('10'), ('9')) AS t(x)",
        pa.string(),
        ["10"],
    ),
    "a control character in a literal": ("SELECT md5('a\x1fb')", pa.string(), None),
    "a quote in a literal": ("SELECT 'it''s \\ here'", pa.string(), ["it's \\ here"]),
    "sums beyond 2^53": (
        "SELECT sum(x) FROM (VALUES (9007199254740993), (0)) AS t(x)",
        pa.int64(),
        [9007199254740993],
    ),
    "a huge integer": ("SELECT CAST(5 AS HUGEINT) * 2", pa.int64(), [10]),
    "concat skips NULL and || does not": (
        "SELECT concat('a', NULL) || coalesce('b' || NULL, '!')",
        pa.string(),
        ["a!"],
    ),
    "qualify": (
        "SELECT x FROM (VALUES (1), (3), (2)) AS t(x) "
        "QUALIFY row_number() OVER (ORDER BY x DESC) = 1",
        pa.int64(),
        [3],
    ),
    "length of a list, and of none": (
        "SELECT array_length(x) AS n FROM (VALUES (['a', 'b']), (NULL)) AS t(x) ORDER BY n",
        pa.int64(),
        [2, None],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_both_engines_answer_the_same(
    engine: Engine, agree: Callable[..., None], case: str
) -> None:
    sql, kind, expected = CASES[case]
    found = engine.arrow(sql)
    column = found.column(0).cast(kind)
    if expected is not None:
        assert column.to_pylist() == expected
    engine.load("found", pa.table({"x": column}))
    agree("found")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT x AT TIME ZONE 'UTC' FROM t",
        "SELECT list(x ORDER BY y) FROM t",
        "SELECT string_split(x, y) FROM t",
        "SELECT * EXCLUDE (y) FROM t",
    ],
)
def test_what_spark_would_answer_differently_is_refused(sql: str) -> None:
    with pytest.raises(ValueError, match=r"AT TIME ZONE|ordered list|literal separator|EXCLUDE"):
        carry_sql(sql)
