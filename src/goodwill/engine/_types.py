"""Declared Arrow types and their names in both SQL dialects; the check of a result's columns."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from goodwill.errors import SchemaMismatch

_DUCKDB = {
    pa.bool_(): "BOOLEAN",
    pa.int8(): "TINYINT",
    pa.int16(): "SMALLINT",
    pa.int32(): "INTEGER",
    pa.int64(): "BIGINT",
    pa.float32(): "FLOAT",
    pa.float64(): "DOUBLE",
    pa.string(): "VARCHAR",
    pa.large_string(): "VARCHAR",
    pa.binary(): "BLOB",
    pa.date32(): "DATE",
    pa.timestamp("us"): "TIMESTAMP",
    pa.timestamp("us", tz="UTC"): "TIMESTAMPTZ",
}
_SPARK = {
    **_DUCKDB,
    pa.int32(): "INT",
    pa.string(): "STRING",
    pa.large_string(): "STRING",
    pa.binary(): "BINARY",
    pa.timestamp("us"): "TIMESTAMP_NTZ",
    pa.timestamp("us", tz="UTC"): "TIMESTAMP",
}


def duckdb_type(kind: pa.DataType) -> str:
    """Return the DuckDB name of a declared Arrow type.

    >>> duckdb_type(pa.list_(pa.string()))
    'VARCHAR[]'
    """
    if pa.types.is_list(kind):
        return f"{duckdb_type(kind.value_type)}[]"
    return _named(_DUCKDB, kind)


def spark_type(kind: pa.DataType) -> str:
    """Return the Spark name of a declared Arrow type.

    >>> spark_type(pa.timestamp("us", tz="UTC"))
    'TIMESTAMP'
    """
    if pa.types.is_list(kind):
        return f"ARRAY<{spark_type(kind.value_type)}>"
    return _named(_SPARK, kind)


def spark_schema(schema: pa.Schema) -> str:
    """Return the schema as Spark's DDL text."""
    return ", ".join(f"`{field.name}` {spark_type(field.type)}" for field in schema)


def check_columns(name: str, found: Sequence[str], schema: pa.Schema) -> None:
    """Raise `SchemaMismatch` unless the result has exactly the declared columns, in any order."""
    missing = [column for column in schema.names if column not in found]
    extra = [column for column in found if column not in schema.names]
    double = sorted({column for column in found if list(found).count(column) > 1})
    faults = [
        f"{label}: {', '.join(columns)}"
        for label, columns in (("missing", missing), ("extra", extra), ("double", double))
        if columns
    ]
    if faults:
        raise SchemaMismatch(
            f"The result for table {name!r} does not fit its declared schema ({'; '.join(faults)})",
            hint="change the SELECT or the schema, so that both name the same columns",
        )


def plain(table: pa.Table) -> pa.Table:
    """Return the table with 38-digit integers as int64, as sums of integers come from DuckDB.

    Raises:
        pyarrow.ArrowInvalid: A sum does not fit into 64 bits.
    """
    wide = pa.decimal128(38, 0)
    if wide not in table.schema.types:
        return table
    return table.cast(
        pa.schema(
            [f.with_type(pa.int64()) if f.type == wide else f for f in table.schema],
        )
    )


def _named(names: dict[pa.DataType, str], kind: pa.DataType) -> str:
    if kind not in names:
        raise TypeError(f"No engine stores Arrow type {kind}")
    return names[kind]


def folder_columns(path: str) -> tuple[tuple[str, str], ...]:
    """Return the columns that the folders right above a file name, with their values.

    >>> folder_columns("/books/a=b/facts/month=2020-01/part.parquet")
    (('month', '2020-01'),)
    """
    found: list[tuple[str, str]] = []
    for folder in reversed(path.split("/")[:-1]):
        column, sign, value = folder.partition("=")
        if not sign:
            break
        found.insert(0, (column, value))
    return tuple(found)
