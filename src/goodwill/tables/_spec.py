"""What describes a table, and the types of its columns."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

TIME = pa.timestamp("us", tz="UTC")
S, B, I32, I64 = pa.string(), pa.bool_(), pa.int32(), pa.int64()
F32, F64, BYTES, DAY = pa.float32(), pa.float64(), pa.binary(), pa.date32()
TEXTS, IDS = pa.list_(S), pa.list_(I32)


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table: name, what a row is, key columns, and the Arrow schema."""

    name: str
    row: str
    key: tuple[str, ...]
    schema: pa.Schema
    private: tuple[str, ...] = ()
    """Columns that hold text or keys: no statistics of them may reach a log."""


def columns(**types: pa.DataType) -> pa.Schema:
    """Return a schema of these columns, in this order."""
    return pa.schema([pa.field(name, kind) for name, kind in types.items()])
