"""What waits in quarantine, page by page: for people who mend it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from goodwill.errors import NotFound
from goodwill.literals import quoted, text_sql
from goodwill.tables import ACCOUNTS

from ._edit import document_of
from ._look import Look, shapes_of
from ._quarantine import Kept, recipe_of
from ._rows import LINE
from ._store import Store, connection, rows_sql
from ._unfold import unfolded
from .privacy import mask

_SHOWN = ("quarantine_id", "import_id", "file", "source", "recipe", "line", "column", "reason",
          "masked_value")  # fmt: skip
_LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Reason:
    """Rows of one file that could not be taken for the same reason."""

    import_id: str
    file: str
    column: str
    reason: str
    rows: int
    masked_value: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A part of the quarantine: all rows by reason, and some of them one by one."""

    reasons: tuple[Reason, ...]
    rows: tuple[Mapping[str, Any], ...]
    total: int


def waiting(
    store: Store, import_id: str | None = None, *, offset: int = 0, limit: int = 50
) -> Waiting:
    """Return the rows that wait in quarantine, of one import or of all; never the row itself.

    With a limit of 0 they are only counted.
    """
    stored = rows_sql(store.uris("quarantine"), ACCOUNTS["quarantine"].schema)
    where = "resolved_by IS NULL"
    if import_id is not None:
        where += f" AND import_id = {text_sql(import_id)}"
    with connection() as con:
        total = con.execute(f"SELECT count(*) FROM {stored} WHERE {where}").fetchall()[0][0]
        if not limit:
            return Waiting((), (), int(total))
        reasons = con.execute(
            'SELECT import_id, file, "column", reason, count(*), min(masked_value) '
            f"FROM {stored} WHERE {where} GROUP BY ALL "
            'ORDER BY import_id DESC, file, count(*) DESC, "column", reason LIMIT 200'
        ).fetchall()
        rows = con.sql(
            f"SELECT {', '.join(quoted(n) for n in _SHOWN)} FROM {stored} WHERE {where} "
            "ORDER BY import_id DESC, file, line, quarantine_id "
            f"LIMIT {int(limit)} OFFSET {int(offset)}"
        ).to_arrow_table()
    return Waiting(tuple(Reason(*row) for row in reasons), tuple(rows.to_pylist()), int(total))


def waiting_row(store: Store, quarantine_id: str) -> dict[str, Any]:
    """Return where one row stands, why it waits, and the shape of each of its cells.

    ``cells`` holds column and shape; ``whole`` is false for a row whose cells cannot be told
    apart: then the shape of the line is in ``line_shape``.

    Raises:
        NotFound: it is not in quarantine, or no longer.
    """
    row = _raw(store, f"quarantine_id = {text_sql(quarantine_id)}", 1)
    if not row:
        raise NotFound("This row is not in quarantine.", hint="It may have been taken meanwhile.")
    kept = Kept(store, row)
    raw = json.loads(store.keyring.decrypt(row[0]["raw"]))
    chunk = next(kept.chunks())
    whole = bool(chunk.rows.num_rows)
    cells = {
        name: mask(chunk.rows.column(name)[0].as_py() or "") if whole else ""
        for name in kept.columns
    }
    shown = {name: row[0][name] for name in _SHOWN}
    return shown | {"cells": cells, "whole": whole, "line_shape": mask(raw.get("text", ""))}


def waiting_look(store: Store, import_id: str, file: str) -> Look:
    """Return columns, shapes and mapping of the rows of one import that wait.

    Raises:
        NotFound: none waits.
        InputError: what the file was read with is not known any more.
    """
    rows = _raw(store, f"import_id = {text_sql(import_id)} AND file = {text_sql(file)}", _LOOKED_AT)
    if not rows:
        raise NotFound("No row of this file is in quarantine.", hint="They may have been taken.")
    kept = Kept(store, rows)
    recipe = recipe_of(store, kept, rows, None)
    source = unfolded(kept, recipe)
    columns = tuple(source.columns)
    table = next(source.chunks()).rows.drop_columns([LINE])
    return Look(
        file, columns, shapes_of(table, columns), document=document_of(store.folder, recipe, None)
    )


def _raw(store: Store, where: str, most: int) -> list[dict[str, Any]]:
    schema = ACCOUNTS["quarantine"].schema
    stored = rows_sql(store.uris("quarantine"), schema)
    with connection() as con:
        found: pa.Table = con.sql(
            f"SELECT * FROM {stored} WHERE resolved_by IS NULL AND raw IS NOT NULL AND {where} "
            f"ORDER BY line, quarantine_id LIMIT {int(most)}"
        ).to_arrow_table()
    rows: list[dict[str, Any]] = found.to_pylist()
    return rows
