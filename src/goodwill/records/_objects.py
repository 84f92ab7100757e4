"""JSON lines, JSON arrays and Parquet become the same chunks of string columns as a CSV."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Collection, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from goodwill.errors import FileRefused

from ._delimited import Delimited
from ._files import Member, shown
from ._headers import unique_names
from ._json_text import Damaged, flat, objects, wrapped
from ._mailbox import Mailbox
from ._recipe import Recipe
from ._rows import CHUNK_ROWS, LINE, MAX_COLUMNS, Chunk, Fault, encodes
from ._sheets import Sheets
from ._unfold import EACH, UNFOLDED, Unfolded, unfolded

_HEAD_OBJECTS = 2_000
_HEAD_LINES = 20
_MAX_OBJECT = 8 * 1024**2
_CHUNK_OBJECTS = 20_000
_CHUNK_CHARS = 32 * 1024**2
_CHUNK_BYTES = 64 * 1024**2
MAX_CELL = 1024**2
"""Bytes of a cell of a Parquet file, as of one of a CSV."""


class Objects:
    """A member with JSON objects: one a line, an array, or a list within an object."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.notes: list[str] = []
        self._lines = member.facts.kind == "jsonl" and self._one_a_line()
        names: dict[str, None] = {}
        for count, (_, item) in enumerate(self._items()):
            if isinstance(item, dict):
                names.update(dict.fromkeys(filter(encodes, flat(item))))
            if count >= _HEAD_OBJECTS:
                break
        if not names:
            raise FileRefused(f"{member.label}: there is no JSON object in it")
        if len(names) > MAX_COLUMNS:
            raise FileRefused(f"{member.label}: {len(names):,} different keys are too many")
        self.columns = list(names)

    def expect(self, recipe: Recipe) -> None:
        """Look out for keys of a recipe that none of the first objects has."""
        found = recipe.found(self.columns)
        for ours, column in recipe.columns.items():
            name = column.names[0]
            known = ours in found or name in self.columns
            if not known and not name.startswith((EACH, UNFOLDED)):
                self.columns.append(name)

    def _text(self) -> io.TextIOWrapper:
        encoding = self.member.facts.encoding
        errors = "surrogateescape" if "utf-8" in encoding else "replace"
        return io.TextIOWrapper(self.member.open(), encoding=encoding, errors=errors)

    def _one_a_line(self) -> bool:
        """Return whether the first line, or most of the first lines, are whole records."""
        good = lines = 0
        with self._text() as text:
            while lines < _HEAD_LINES and (line := text.readline(_MAX_OBJECT)):
                if not line.strip():
                    continue
                lines += 1
                try:
                    item = json.loads(line.lstrip("\ufeff"))
                except (ValueError, RecursionError):
                    continue
                if lines == 1 and isinstance(item, dict):
                    return wrapped(item) is None
                good += isinstance(item, dict)
        return good * 2 > lines

    def _items(self) -> Iterator[tuple[int, Any]]:
        return self._line_items() if self._lines else self._text_items()

    def _line_items(self) -> Iterator[tuple[int, Any]]:
        with self._text() as text:
            number = 0
            while line := text.readline(_MAX_OBJECT):
                number += 1
                if len(line) >= _MAX_OBJECT:
                    raise FileRefused(f"{self.member.label}: a line is too long")
                if not line.strip():
                    yield number, None
                    continue
                try:
                    item = json.loads(line)
                except (ValueError, RecursionError):
                    item = line
                yield number, item if isinstance(item, dict) else line.rstrip("\r\n")

    def _text_items(self) -> Iterator[tuple[int, Any]]:
        """Read lists piece by piece; a damaged one has no rows to trust."""
        with self._text() as text:
            try:
                for number, item in enumerate(objects(text), start=1):
                    yield number, item if isinstance(item, dict) else json.dumps(item)
            except Damaged as error:
                raise FileRefused(f"{self.member.label}: {error}") from error

    def chunks(
        self, rows: int = CHUNK_ROWS, only: Collection[str] | None = None
    ) -> Iterator[Chunk]:
        """Yield the objects in order; the line is the object's number in an array."""
        rows = min(rows, _CHUNK_OBJECTS)
        held = 0
        cells: list[dict[str, str | None]] = []
        lines: list[int] = []
        out = Chunk(pa.table({}))
        for number, item in self._items():
            if item is None:
                out.skipped += 1
            elif isinstance(item, dict):
                row = flat(item)
                held += sum(map(len, filter(None, row.values())))
                bad = next((k for k, v in row.items() if not encodes(f"{k}{v or ''}")), None)
                if bad is None:
                    cells.append(row)
                    lines.append(number)
                else:
                    reason = "bytes that cannot be decoded"
                    column = bad if encodes(bad) else ""
                    out.faults.append(Fault(number, column, reason, row[bad] or "", {"cells": row}))
            else:
                out.faults.append(Fault(number, "", "no JSON object", item, {"text": item}))
            if len(cells) + len(out.faults) >= rows or held > _CHUNK_CHARS:
                yield self._finish(cells, lines, out, only)
                cells, lines, out, held = [], [], Chunk(pa.table({})), 0
        yield self._finish(cells, lines, out, only)

    def _finish(
        self,
        cells: list[dict[str, str | None]],
        lines: list[int],
        out: Chunk,
        only: Collection[str] | None,
    ) -> Chunk:
        names = [name for name in self.columns if only is None or name in only]
        columns = [pa.array([row.get(name) for row in cells], pa.string()) for name in names]
        out.rows = pa.table([*columns, pa.array(lines, pa.int64())], names=[*names, LINE])
        out.whole = lambda place: cells[place]
        return out


class Columnar:
    """A Parquet member; every value is read as the text that a CSV would hold."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.notes: list[str] = []
        try:
            with self._file() as file:
                names = file.schema_arrow.names
        except (pa.ArrowException, OSError, ValueError) as error:
            raise FileRefused(
                f"{member.label}: the Parquet file is damaged ({shown(str(error))})"
            ) from error
        if len(names) > MAX_COLUMNS:
            raise FileRefused(f"{member.label}: {len(names):,} columns are too many")
        self.columns = unique_names(list(names))

    def _file(self) -> pq.ParquetFile:
        with self.member.open() as stream:
            plain = getattr(stream, "name", None) == str(self.member.path)
        if plain:
            return pq.ParquetFile(self.member.path)
        with self.member.open() as stream:
            return pq.ParquetFile(io.BytesIO(stream.read()))

    def chunks(
        self, rows: int = CHUNK_ROWS, only: Collection[str] | None = None
    ) -> Iterator[Chunk]:
        """Yield the rows in order; the line is the row's number from 1."""
        done = 0
        with self._file() as file:
            try:
                for batch in file.iter_batches(batch_size=_fitting(file, rows)):
                    names = [name for name in self.columns if only is None or name in only]
                    lines = pa.array(range(done + 1, done + batch.num_rows + 1), pa.int64())
                    done += batch.num_rows
                    faults = self._too_long(batch, lines)
                    if faults:
                        told = pa.array([fault.line for fault in faults], pa.int64())
                        taken = pc.invert(pc.is_in(lines, told))
                        batch, lines = batch.filter(taken), lines.filter(taken)
                    columns = [as_text(batch.column(self.columns.index(n))) for n in names]
                    rows_of = pa.table([*columns, lines], names=[*names, LINE])
                    yield Chunk(rows_of, faults, whole=_cells_of(self.columns, batch))
            except (pa.ArrowException, OSError) as error:
                raise FileRefused(
                    f"{self.member.label}: the Parquet file is damaged ({shown(str(error))})"
                ) from error
        if not done:
            yield Chunk(
                pa.table(
                    {name: pa.array([], pa.string()) for name in self.columns}
                    | {LINE: pa.array([], pa.int64())}
                )
            )

    def _too_long(self, batch: pa.RecordBatch, lines: pa.Array) -> list[Fault]:
        """Return the rows with a cell longer than any that a CSV may hold."""
        by_place: dict[int, str] = {}
        for name, column in zip(self.columns, batch.columns, strict=True):
            for place in _longer_than(column, MAX_CELL):
                by_place.setdefault(place, name)
        return [
            Fault(lines[place].as_py(), name, f"a cell of more than {MAX_CELL:,} bytes", "",
                  {"text": "", "columns": self.columns})
            for place, name in sorted(by_place.items())
        ]  # fmt: skip


def _longer_than(column: pa.Array, most: int) -> list[int]:
    """Return the places of cells of more bytes."""
    if pa.types.is_dictionary(column.type):
        long = pa.array(_longer_than(column.dictionary, most), pa.int64())
        found = pc.is_in(column.indices.cast(pa.int64()), long)
    elif column.nbytes <= most:
        return []
    elif pa.types.is_nested(column.type):
        return [place for place in range(len(column)) if column.slice(place, 1).nbytes > most]
    else:
        try:
            found = pc.greater(pc.binary_length(column), most)
        except pa.ArrowNotImplementedError:  # numbers and times
            return []
    return pc.indices_nonzero(pc.fill_null(found, False)).to_pylist()  # type: ignore[no-any-return]


def _fitting(file: pq.ParquetFile, rows: int) -> int:
    """Return how many rows to read at once: so many, and no more than fit into memory."""
    groups = [file.metadata.row_group(n) for n in range(file.metadata.num_row_groups)]
    largest = max((g.total_byte_size / max(g.num_rows, 1) for g in groups), default=0)
    return max(1, min(rows, int(_CHUNK_BYTES / max(largest, 1))))


def _cells_of(names: list[str], batch: Any) -> Callable[[int], dict[str, Any]]:
    def whole(place: int) -> dict[str, Any]:
        row = [as_text(column).to_pylist()[0] for column in batch.slice(place, 1).columns]
        return dict(zip(names, row, strict=True))

    return whole


def as_text(column: Any) -> Any:
    """Return an Arrow column as strings; zoned times become UTC with a ``Z``."""
    kind = column.type
    if pa.types.is_string(kind):
        return column
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        naive = column.cast(pa.timestamp("us", "UTC")).cast(pa.timestamp("us")).cast(pa.string())
        return pc.binary_join_element_wise(naive, "Z", "")
    if pa.types.is_binary(kind) or pa.types.is_nested(kind):
        return pa.array([None if v is None else str(v) for v in column.to_pylist()], pa.string())
    try:
        return column.cast(pa.string())
    except pa.ArrowException:
        return pa.array([None if v is None else str(v) for v in column.to_pylist()], pa.string())


Reader = Delimited | Objects | Columnar | Sheets | Mailbox | Unfolded


def reader_of(member: Member) -> Reader:
    """Return the reader that fits the member's format.

    Raises:
        FileRefused: no header, no row, or damage that leaves nothing to trust.
    """
    if member.facts.kind == "parquet":
        return Columnar(member)
    if member.facts.kind in ("jsonl", "json"):
        return Objects(member)
    if member.facts.kind in ("mail", "mailbox"):
        return Mailbox(member)
    if member.facts.kind == "workbook":
        return Sheets(member)
    return Delimited(member)


def laid_out(reader: Reader, recipe: Recipe) -> Reader:
    """Return a reader whose rows lie as the recipe's ``[layout]`` says."""
    if isinstance(reader, Objects):
        reader.expect(recipe)
    if isinstance(reader, Mailbox) and recipe.layout.own:
        reader = Mailbox(reader.member, recipe.layout.own)
    if isinstance(reader, Delimited) and recipe.layout.header_rows > 1:
        reader = Delimited(reader.member, recipe.layout)
    return unfolded(reader, recipe)
