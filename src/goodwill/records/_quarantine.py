"""The quarantine: rows that could not be taken, listed without their content, and tried again."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from goodwill.errors import InputError, NotFound
from goodwill.tables import ACCOUNTS

from ._files import Facts, Member
from ._intake import Intake, new_import_id, now, report_of
from ._plan import Settings
from ._recipe import Recipe, fingerprint, read_recipe, shipped
from ._recognise import save_mapping, saved
from ._report import ImportReport
from ._rows import LINE, Chunk, Fault, encodes
from ._staging import apply, ready
from ._store import Store
from ._unfold import unfolded
from ._zones import with_zone

Corrections = Mapping[str, Mapping[str, str]]
"""Corrected cells: by the row's id in quarantine, by column."""


def quarantined(store: Store) -> pa.Table:
    """Return the rows that wait in quarantine: where, why and the masked value, never the row."""
    rows = store.arrow("quarantine")
    waiting = rows.filter(pc.is_null(rows.column("resolved_by")))
    return waiting.drop_columns(["raw", "resolved_by"]).sort_by(
        [("file", "ascending"), ("import_id", "ascending"), ("line", "ascending")]
    )


def readd(
    store: Store,
    ids: Iterable[str] | None = None,
    *,
    mapping: Path | None = None,
    cells: Corrections | None = None,
    settings_time_zone: str = "UTC",
    currency: str = "EUR",
    public_channels: Sequence[str] = ("social", "review"),
) -> list[ImportReport]:
    """Try quarantined rows again, all or those named; return one report for each file.

    A row that is taken now is no longer listed. One that fails again stays as it was. A mapping
    that takes a row is kept for the next file with these columns.

    Args:
        ids: The rows; all by default.
        mapping: A corrected mapping.
        cells: Corrected cells, by the row's id and the column.

    Raises:
        NotFound: an id is not in quarantine.
        InputError: what a file was read with is not known any more; give a mapping.
    """
    settings = Settings(settings_time_zone, currency, tuple(public_channels), store.hash_salt)
    with store.lock():
        store.recover()
        rows = store.arrow("quarantine")
        rows = rows.filter(pc.is_null(rows.column("resolved_by")))
        # Of a row of somebody who asked to be forgotten nothing was kept.
        rows = rows.filter(pc.is_valid(rows.column("raw")))
        if ids is not None:
            wanted = list(ids)
            unknown = set(wanted) - set(rows.column("quarantine_id").to_pylist())
            if unknown:
                raise NotFound(f"not in quarantine: {', '.join(sorted(unknown))}")
            rows = rows.filter(pc.is_in(rows.column("quarantine_id"), pa.array(wanted)))
        groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for row in rows.to_pylist():
            groups.setdefault((row["import_id"], row["file"]), []).append(row)
        return [_again(store, group, mapping, settings, cells or {}) for group in groups.values()]


class Kept:
    """The raw rows of one file's quarantine, read like a file."""

    def __init__(
        self, store: Store, rows: list[dict[str, Any]], corrections: Corrections | None = None
    ) -> None:
        self.notes = [f"{len(rows)} rows tried again"]
        self.raw = {}
        self._cells: dict[int, dict[str, str | None]] = {}
        self._faults: list[Fault] = []
        columns: dict[str, None] = {}
        for row in rows:
            raw = json.loads(store.keyring.decrypt(row["raw"]))
            self.raw[row["line"]] = raw
            cells = _cells(raw, (corrections or {}).get(row["quarantine_id"], {}))
            columns.update(dict.fromkeys(raw.get("columns", ())))
            if cells is None:
                fault = Fault(row["line"], row["column"], row["reason"], raw.get("text", ""), raw)
                self._faults.append(fault)
            else:
                columns.update(dict.fromkeys(cells))
                self._cells[row["line"]] = cells
        self.columns = list(columns)

    def chunks(self, rows: int = 0, only: Collection[str] | None = None) -> Iterator[Chunk]:
        arrays = [
            pa.array([cells.get(name) for cells in self._cells.values()], pa.string())
            for name in self.columns
        ]
        lines = pa.array(list(self._cells), pa.int64())
        kept = list(self._cells.values())
        rows_of = pa.table([*arrays, lines], names=[*self.columns, LINE])
        yield Chunk(rows_of, list(self._faults), whole=lambda place: kept[place])


def _cells(raw: dict[str, Any], corrections: Mapping[str, str]) -> dict[str, str | None] | None:
    """Return the cells of a raw row, corrected; None when they still cannot be told apart."""
    if "cells" in raw or (corrections and raw.get("columns")):
        # A row that could not be told apart is what was typed for it, the rest empty.
        cells: dict[str, str | None] = raw.get("cells") or dict.fromkeys(raw.get("columns", ()))
        cells = cells | {name: value for name, value in corrections.items() if name in cells}
        if any(v and not encodes(v) for v in cells.values()):
            return None
        return cells
    columns = raw.get("columns", [])
    for delimiter in (",", ";", "\t", "|"):
        try:
            parsed = list(csv.reader([raw.get("text", "")], delimiter=delimiter, strict=True))
        except csv.Error:
            continue
        if len(parsed) == 1 and len(parsed[0]) == len(columns) > 1:
            return dict(zip(columns, parsed[0], strict=True))
    return None


def recipe_of(store: Store, kept: Kept, rows: list[dict[str, Any]], mapping: Path | None) -> Recipe:
    source, name, file = rows[0]["source"], rows[0]["recipe"], rows[0]["file"]
    if mapping is not None:
        return read_recipe(Path(mapping)).with_source(source)
    mark = fingerprint(kept.columns)
    for _, recipe in saved(store.folder):
        if recipe.match == mark and recipe.source == source:
            return recipe
    known = [r for _, r in saved(store.folder) if (r.name, r.source) == (name, source)]
    if known:
        # A header of several rows gives other names than its first, by which it was saved.
        return max(known, key=lambda r: len(r.found(kept.columns)))
    for recipe in shipped():
        if recipe.name == name:
            return recipe.with_source(source)
    raise InputError(
        f"{file}: the mapping it was read with is not known any more",
        hint="Give the mapping with --map.",
    )


def _again(
    store: Store,
    rows: list[dict[str, Any]],
    mapping: Path | None,
    settings: Settings,
    cells: Corrections,
) -> ImportReport:
    kept = Kept(store, rows, cells)
    recipe = recipe_of(store, kept, rows, mapping)
    at = now()
    import_id = new_import_id(at)
    folder = store.folder / "staging" / import_id
    folder.mkdir(parents=True)
    label = rows[0]["file"]

    def closed() -> Any:
        raise InputError(f"{label}: only its quarantined rows are known")

    member = Member(label, Path(label), closed, Facts(kind="quarantine"))
    settings = with_zone(settings, store.folder, recipe.source)
    intake = Intake(
        store, member, recipe, settings, folder, import_id, at, raw_by_line=kept.raw, again=False
    )
    try:
        manifest = intake.stage(unfolded(kept, recipe))
        resolved = [
            row | {"resolved_by": import_id}
            for row in rows
            if row["line"] not in intake.aside.lines
        ]
        manifest["steps"] = [s for s in manifest["steps"] if s["table"] != "quarantine"]
        if resolved:
            table = pa.Table.from_pylist(resolved, schema=ACCOUNTS["quarantine"].schema)
            pq.write_table(table, folder / "resolved.parquet")
            manifest["steps"].append(
                {"name": "resolved", "table": "quarantine", "how": "merge", "months": [],
                 "rows": "resolved.parquet"}
            )  # fmt: skip
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    ready(folder, manifest)
    apply(store, folder)
    if mapping is not None and resolved:
        text = Path(mapping).read_text(encoding="utf-8")
        save_mapping(
            store.folder,
            member,
            {"text": text, "name": recipe.name, "match": fingerprint(kept.columns),
             "source": recipe.source},
        )  # fmt: skip
    return report_of(manifest)
