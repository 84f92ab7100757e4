"""Generations of derived tables: each made beside the last and swapped whole.

A reader holds one generation from its first query to its last; a refresh writes a new folder and
then replaces the one line of ``CURRENT``. The generation before the current one is kept, so that
a reader which opened it just before the swap can finish.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from goodwill.durable import replacing, sync_folder
from goodwill.errors import NotEnoughData
from goodwill.tables import DERIVED

_NAME = re.compile(r"^g(\d{6,})$")
PAGES = "pages.duckdb"
PAGES_FORMAT = 2
"""Of the page file: which columns its tables have beyond those of the generation."""
ANSWERS = "answers"
"""The table of the page file that holds what its pages ask, answered when it was made."""
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """One generation, open for reading: its name, manifest and page file."""

    name: str
    manifest: dict[str, Any]
    connection: Any
    answers: Mapping[bytes, bytes] = field(default_factory=dict)
    """What a large page file was asked when it was made: `answer_key` to Arrow's stream."""

    @property
    def as_of(self) -> datetime | None:
        """The last moment in the data, which stands for now; None of an empty Book."""
        moment = self.manifest.get("as_of")
        return datetime.fromisoformat(moment) if moment else None

    def rows(self, sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        columns = [column.to_pylist() for column in self._arrow(sql, values).columns]
        return list(zip(*columns, strict=True))

    def dicts(self, sql: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        """Return the rows of a query as dictionaries by column name."""
        found: list[dict[str, Any]] = self._arrow(sql, values).to_pylist()
        return found

    def table(self, name: str) -> pa.Table:
        """Return a page table as Arrow."""
        return self._arrow(f"SELECT * FROM {name} ORDER BY rowid", None)

    def _arrow(self, sql: str, values: list[Any] | None) -> pa.Table:
        if self.answers:
            kept = self.answers.get(answer_key(sql, values))
            if kept is not None:
                return pa.ipc.open_stream(kept).read_all()
        try:
            # A cursor of its own makes it safe in threads.
            with self.connection.cursor() as cursor:
                table = cursor.sql(sql, params=values or None).to_arrow_table()
        except duckdb.BinderException as error:
            if self.manifest.get("pages") == PAGES_FORMAT:
                raise
            raise NotEnoughData(
                "What is shown was made by an earlier version of goodwill, and lacks columns.",
                hint="goodwill refresh makes it anew; nothing has to be added again.",
            ) from error
        for place, column in enumerate(table.schema):
            if pa.types.is_decimal(column.type):  # a sum of int64 is wider than int64
                table = table.set_column(place, column.name, table.column(place).cast(pa.int64()))
        return table


def answer_key(sql: str, values: list[Any] | None) -> bytes:
    """Return under what the answer to a query is kept."""
    return hashlib.blake2b(f"{sql}\0{values or []!r}".encode(), digest_size=16).digest()


class Generations:
    """The generations under ``folder``; ``CURRENT`` names the one that readers see."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: Reader | None = None
        self._lock = threading.Lock()

    def current(self) -> str | None:
        """Return the name of the current generation, or None before the first refresh."""
        try:
            name = (self.folder / "CURRENT").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        return name if _NAME.match(name) else None

    def pages(self) -> Path | None:
        """Return the page file of the current generation, or None before the first refresh."""
        name = self.current()
        return self.folder / name / PAGES if name else None

    def reader(self) -> Reader:
        """Return the current generation, opened once and reopened after a swap.

        Raises:
            NotEnoughData: There was no refresh yet.
        """
        with self._lock:
            for _ in range(5):
                name = self.current()
                if name is None:
                    raise NotEnoughData(
                        "Nothing was refreshed in this Book yet.",
                        hint="Add files with: goodwill add FILE... and then: goodwill refresh",
                    )
                if self._open is not None and self._open.name == name:
                    return self._open
                try:
                    self._open = self._read(name)
                    return self._open
                except (FileNotFoundError, duckdb.IOException):
                    continue  # swapped and cleaned away between the two reads
            raise NotEnoughData(f"The generation {name} cannot be read.", hint="goodwill refresh")

    def _read(self, name: str) -> Reader:
        folder = self.folder / name
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        connection = duckdb.connect(str(folder / PAGES), read_only=True)
        connection.execute("SET TimeZone = 'UTC'")
        try:
            kept = connection.execute(f"SELECT key, rows FROM {ANSWERS}").fetchall()
        except duckdb.CatalogException:  # small, or made before answers were kept
            kept = []
        return Reader(name, manifest, connection, dict(kept))

    def made(self) -> tuple[datetime, dict[str, Any]] | None:
        """Return when the current generation was made, and its manifest; None before the first."""
        name = self.current()
        if name is None:
            return None
        path = self.folder / name / MANIFEST
        try:
            manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return datetime.fromtimestamp(path.stat().st_mtime, UTC), manifest
        except FileNotFoundError:
            return None

    def arrow(self, table: str) -> pa.Table:
        """Return a derived table of the current generation; empty before the first refresh."""
        for _ in range(5):
            name = self.current()
            if name is None:
                return DERIVED[table].schema.empty_table()
            try:
                return pq.read_table(self.folder / name / f"{table}.parquet")
            except FileNotFoundError:
                continue
        return DERIVED[table].schema.empty_table()

    def begin(self) -> tuple[str, Path]:
        """Clear what an interrupted refresh left, and return a new generation's name and folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        current = self.current()
        numbers = []
        for entry in self.folder.iterdir():
            if entry.name.endswith(".making"):
                shutil.rmtree(entry)
            elif match := _NAME.match(entry.name):
                numbers.append(int(match[1]))
        last = max(numbers, default=0)
        if current is not None:
            last = max(last, int(current[1:]))
        name = f"g{last + 1:06d}"
        making = self.folder / f"{name}.making"
        making.mkdir()
        return name, making

    def swap(self, name: str, making: Path, manifest: dict[str, Any]) -> None:
        """Make the generation that was built in ``making`` the current one."""
        before = self.current()
        with replacing(making / MANIFEST) as out:
            out.write(json.dumps(manifest, indent=1, sort_keys=True).encode())
        os.replace(making, self.folder / name)
        sync_folder(self.folder)
        with replacing(self.folder / "CURRENT") as out:
            out.write(f"{name}\n".encode())
        for entry in self.folder.iterdir():
            if _NAME.match(entry.name) and entry.name not in (name, before):
                shutil.rmtree(entry, ignore_errors=True)
