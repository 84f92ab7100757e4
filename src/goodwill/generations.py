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
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from goodwill.durable import replacing, sync_folder
from goodwill.errors import NotEnoughData, OlderGeneration
from goodwill.tables import DERIVED

_NAME = re.compile(r"^g(\d{6,})$")
PAGES = "pages.duckdb"
PAGES_FORMAT = 6
"""Of the page file: which columns its tables have beyond those of the generation."""
ANSWERS = "answers"
"""The table of the page file that holds what its pages ask, answered when it was made."""
MANIFEST = "manifest.json"
LATELY_BYTES = 48 * 2**20
"""How much a reader keeps of what it was asked lately."""
LATELY_SHAPES = 96
"""How many shapes a reader keeps: the pages that people click most, each some 100 KB at most."""
T = TypeVar("T")


class Lately:
    """Answers to what was asked lately, the oldest forgotten first; safe in threads.

    A generation never changes, so an answer stands as long as its reader. They are kept as
    Arrow's streams: the buffers that an engine answers with are many times as large.
    """

    def __init__(self, most: int = LATELY_BYTES) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: bytes) -> bytes | None:
        """Return an answer, or None where it was never given or is forgotten."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: bytes, answer: bytes) -> None:
        """Keep an answer, unless it is so large that it would push out much else."""
        if len(answer) > self._most // 16:
            return
        with self._lock:
            self._size += len(answer) - len(self._kept.pop(key, b""))
            self._kept[key] = answer
            while self._size > self._most:
                self._size -= len(self._kept.popitem(last=False)[1])

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()
            self._size = 0


class Shapes:
    """What was told of a generation lately, as shapes; the oldest forgotten first, safe in threads.

    Shapes are frozen and a generation never changes: whoever asks again gets the very same object,
    and may keep by it what he made of it.
    """

    def __init__(self, most: int = LATELY_SHAPES) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was told under ``key``, or what ``make`` tells now."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: T = self._kept[key]
                return found
        told = make()  # outside of the lock: another thread may tell the same meanwhile
        with self._lock:
            told = self._kept.setdefault(key, told)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return told

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """One generation, open for reading: its name, manifest and page file."""

    name: str
    manifest: dict[str, Any]
    connection: Any
    answers: Mapping[bytes, bytes] = field(default_factory=dict)
    """What a large page file was asked when it was made: `answer_key` to Arrow's stream."""
    lately: Lately | None = None
    """What it was asked since; None where what is read may change."""
    shapes: Shapes = field(default_factory=Shapes)

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

    def arrow(self, sql: str, values: list[Any] | None = None) -> pa.Table:
        """Return the rows of a query as Arrow, for what is large and shown in part."""
        return self._arrow(sql, values)

    def table(self, name: str) -> pa.Table:
        """Return a page table as Arrow."""
        return self._arrow(f"SELECT * FROM {name} ORDER BY rowid", None)

    def _arrow(self, sql: str, values: list[Any] | None) -> pa.Table:
        if not self.answers and self.lately is None:
            return self._found(sql, values)
        key = answer_key(sql, values)
        kept = self.answers.get(key) or (self.lately.get(key) if self.lately else None)
        if kept is not None:
            return pa.ipc.open_stream(kept).read_all()
        table = self._found(sql, values)
        if self.lately is not None:
            self.lately.keep(key, stream_of(table))
        return table

    def _found(self, sql: str, values: list[Any] | None) -> pa.Table:
        try:
            # A cursor of its own makes it safe in threads.
            with self.connection.cursor() as cursor:
                table = cursor.sql(sql, params=values or None).to_arrow_table()
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            if self.manifest.get("pages") == PAGES_FORMAT:
                raise
            raise OlderGeneration(
                "What is shown was made by an earlier version of goodwill, and lacks columns or "
                "tables.",
                hint="goodwill refresh makes it anew; nothing has to be added again.",
            ) from error
        for place, column in enumerate(table.schema):
            if pa.types.is_decimal(column.type):  # a sum of int64 is wider than int64
                table = table.set_column(place, column.name, table.column(place).cast(pa.int64()))
        return table


def answer_key(sql: str, values: list[Any] | None) -> bytes:
    """Return under what the answer to a query is kept."""
    return hashlib.blake2b(f"{sql}\0{values or []!r}".encode(), digest_size=16).digest()


def stream_of(table: pa.Table) -> bytes:
    """Return a table as Arrow's stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as out:
        out.write_table(table)
    return bytes(sink.getvalue())


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
                    before, self._open = self._open, self._read(name)
                    if before is not None and before.lately is not None:
                        before.lately.clear()
                        before.shapes.clear()
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
        return Reader(name, manifest, connection, dict(kept), Lately())

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
