"""Staging: all that an import will write lies ready before the first table changes.

A folder ``staging/<import_id>/`` without ``ready.json`` is dropped by the next writer; one with
it is applied. Every commit carries a name, and Delta keeps the names, so applying twice writes
once.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from goodwill.durable import replacing
from goodwill.literals import text_sql
from goodwill.tables import ACCOUNTS

from ._sooner import ahead
from ._store import connection, read_json, schema_of

if TYPE_CHECKING:
    from ._store import Store

_ROWS = 65_536


def write_staged(rows: pa.Table, path: Path) -> None:
    """Write rows that are read twice and deleted: nothing is worth making them smaller."""
    same = [name for name in ("source", "import_id") if name in rows.schema.names]
    pq.write_table(rows, path, compression="none", use_dictionary=same, write_statistics=False)


def ready(folder: Path, manifest: dict[str, Any]) -> None:
    """Declare a staging folder complete, by an atomic rename."""
    with replacing(folder / "ready.json") as file:
        file.write(json.dumps(manifest).encode())


def apply(store: Store, folder: Path) -> None:
    """Write a complete staging folder into the tables, the import's own row last.

    May be called again after being killed anywhere: what is written already is not repeated.
    """
    manifest = read_json(folder / "ready.json")
    import_id = manifest["import"]["import_id"]
    for step in manifest["steps"]:
        once = f"{import_id}/{step['name']}"
        data = _Staged(folder, step)
        if step["how"] == "append":
            store.append(step["table"], data, once)
        else:
            store.merge(step["table"], data, once, step["months"])
    row = manifest["import"]
    schema = ACCOUNTS["imports"].schema
    at = schema.get_field_index("at")
    typed = schema.set(at, pa.field("at", pa.int64()))
    table = pa.Table.from_pylist([row], schema=typed).cast(schema)
    store.append("imports", lambda: table, f"{import_id}/import")
    for name in {step["table"] for step in manifest["steps"]}:
        store.tidy(name)
    shutil.rmtree(folder, ignore_errors=True)


class _Staged:
    """The rows of one step, read anew at each call (a commit may be tried again)."""

    def __init__(self, folder: Path, step: dict[str, Any]) -> None:
        self._folder = folder
        self._step = step

    def __call__(self) -> Any:
        step, schema = self._step, schema_of(self._step["table"])
        if not step.get("verdicts"):
            return pq.read_table(self._folder / step["rows"]).select(schema.names).cast(schema)
        con = connection()
        files = text_sql(str(self._folder / step["rows"]))
        columns = ", ".join(
            {"month": "v.month", step["row_id"]: "v.id"}.get(n, f'r."{n}"') + f' AS "{n}"'
            for n in schema.names
        )
        reader = con.sql(
            f"SELECT {columns} FROM read_parquet({files}) r "
            f"JOIN read_parquet({text_sql(str(self._folder / step['verdicts']))}) v "
            "ON r.__line = v.line AND r.__part = v.part "
            f"WHERE v.action = {text_sql(step['action'])}"
        ).to_arrow_reader(_ROWS)
        if step["how"] == "merge":
            return reader.read_all().cast(schema)
        cast = (batch.cast(schema) for batch in _keeping(reader, con))
        return pa.RecordBatchReader.from_batches(schema, ahead(cast))


def _keeping(reader: Any, con: Any) -> Any:
    try:
        yield from reader
    finally:
        con.close()
