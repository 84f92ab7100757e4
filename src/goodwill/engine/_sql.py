"""DuckDB's dialect carried to Spark: sqlglot, and by hand what it would carry wrongly."""

from __future__ import annotations

import re
from functools import lru_cache

import sqlglot
from sqlglot import exp


@lru_cache(maxsize=512)
def carry_sql(sql: str) -> str:
    """Return a SELECT of DuckDB's dialect as Spark SQL with the same answer.

    By hand: ``AT TIME ZONE`` (over ``CAST(... AS TIMESTAMPTZ)`` it gives local time, over
    ``CAST(... AS TIMESTAMP)`` it gives UTC), ``epoch_us`` and its inverse ``make_timestamptz``,
    ``string_split``, ``len`` of a list (write ``array_length``), ``row_number() OVER ()`` (a
    number of its own for each row, with gaps; it is another one wherever it is computed again,
    so save it first).

    Raises:
        ValueError: The text uses something that Spark would answer differently.

    >>> carry_sql("SELECT string_split(a, '|') AS b FROM t")
    "SELECT SPLIT(a, '\\\\\\\\|') AS b FROM t"
    """
    tree = sqlglot.parse_one(sql, read="duckdb").transform(_carried)
    return str(tree.sql(dialect="spark"))


def _carried(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.AtTimeZone):
        return _zone(node)
    if isinstance(node, exp.Split):
        return _split(node)
    if isinstance(node, exp.Window) and isinstance(node.this, exp.RowNumber):
        return _numbered(node)
    if isinstance(node, exp.ArrayAgg) and isinstance(node.this, exp.Order):
        raise ValueError("Spark has no ordered list(): write list_sort(list(x))")
    if isinstance(node, exp.Star) and (node.args.get("except_") or node.args.get("replace")):
        raise ValueError("Not every Spark server knows EXCLUDE or REPLACE: list the columns")
    if isinstance(node, exp.Anonymous) and node.name.lower() == "epoch_us":
        return exp.Anonymous(this="UNIX_MICROS", expressions=_within(node.expressions))
    if isinstance(node, exp.Anonymous) and node.name.lower() == "make_timestamptz":
        return exp.Anonymous(this="TIMESTAMP_MICROS", expressions=_within(node.expressions))
    if isinstance(node, exp.DataType) and node.this == exp.DataType.Type.INT128:
        return exp.DataType.build("DECIMAL(38, 0)")
    return node


def _within(nodes: list[exp.Expr]) -> list[exp.Expr]:
    """Return what stands in a carried node, carried too: sqlglot does not go on into it."""
    return [node.transform(_carried) for node in nodes]


def _zone(node: exp.AtTimeZone) -> exp.Expr:
    (inner,) = _within([node.this])
    kind = inner.to.this if isinstance(inner, exp.Cast) else None
    if kind == exp.DataType.Type.TIMESTAMPTZ:
        shifted = exp.Anonymous(this="FROM_UTC_TIMESTAMP", expressions=[inner, node.args["zone"]])
        return exp.cast(shifted, "TIMESTAMP_NTZ", dialect="spark")
    if kind in {exp.DataType.Type.TIMESTAMP, exp.DataType.Type.TIMESTAMPNTZ}:
        return exp.Anonymous(this="TO_UTC_TIMESTAMP", expressions=[inner, node.args["zone"]])
    raise ValueError(
        "AT TIME ZONE needs an explicit CAST(... AS TIMESTAMPTZ) or CAST(... AS TIMESTAMP) below "
        f"it, so that its direction can be read off: {node.sql(dialect='duckdb')}"
    )


def _numbered(node: exp.Window) -> exp.Expr:
    if any(node.args.get(part) for part in ("partition_by", "order", "alias", "spec")):
        return node
    return exp.Anonymous(this="monotonically_increasing_id")


def _split(node: exp.Split) -> exp.Expr:
    separator = node.expression
    if not (isinstance(separator, exp.Literal) and separator.is_string):
        raise ValueError("string_split needs a literal separator: Spark takes it as a pattern")
    pattern = exp.Literal.string(re.escape(separator.this))
    return exp.Anonymous(this="SPLIT", expressions=[*_within([node.this]), pattern])
