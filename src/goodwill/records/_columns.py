"""Tables of an older Book get the columns that were added since; their old files stay as they are.

A reader of Parquet files takes its columns from the files. Where none of them has a new column yet,
a file of no rows beside them names it.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable, Schema

COLUMNS = "_columns"
"""Folder of that file within a table's; Delta takes no notice of names that begin so."""


def widen(table: DeltaTable, folder: Path, schema: pa.Schema) -> None:
    """Add the columns that a table's declaration has and the table lacks; all are empty."""
    absent = _absent(table, schema)
    if absent:
        columns_file(table, folder, schema)
        table.alter.add_columns(Schema.from_arrow(pa.schema(absent)).fields)


def columns_file(table: DeltaTable, folder: Path, schema: pa.Schema) -> str | None:
    """Return the file of no rows that names every column, None where every file has them all."""
    partitions = table.metadata().partition_columns
    # The path says the partition, as those of the others do.
    place = folder.joinpath(COLUMNS, *(f"{name}=none" for name in partitions))
    path = place / f"{len(schema)}.parquet"
    if not path.is_file() and _absent(table, schema):
        empty = schema.empty_table().drop_columns([n for n in partitions if n in schema.names])
        with contextlib.suppress(OSError):
            place.mkdir(parents=True, exist_ok=True)
            pq.write_table(empty, path)
    return str(path) if path.is_file() else None


def _absent(table: DeltaTable, schema: pa.Schema) -> list[pa.Field]:
    known = {field.name for field in table.schema().fields}
    return [field for field in schema if field.name not in known]
