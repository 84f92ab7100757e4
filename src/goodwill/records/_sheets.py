"""A sheet of an Excel workbook becomes the same chunks of string columns as a CSV.

The first sheet that holds a table is read, and which one that is, is told. Rows above the header
(titles) and below the table (totals) are no data. Lines are the sheet's own row numbers.
"""

from __future__ import annotations

import contextlib
import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import IO, Any

import pyarrow as pa
import python_calamine as calamine

from goodwill.errors import FileRefused

from ._files import MAX_SHEET, Member
from ._headers import unique_names
from ._rows import CHUNK_ROWS, LINE, MAX_COLUMNS, Chunk, Fault, is_no_data

MAX_WORKBOOK = 256 * 1024**2
"""Bytes of a packed workbook beyond which it is refused: it is held in memory."""
MAX_CELLS = 16_000_000
"""Cells that a sheet may span; they are held in memory."""
_HEAD_ROWS = 50
_BLOCK = 1 << 20
_MAX_ROWS = 1_048_576
_PLACES = re.compile(
    rb"""<(?:\w{1,20}:)?(?:(row)\b(?:[^<>]*?\sr=["'](\d{1,15})["'])?"""
    rb"""|c\b(?:[^<>]*?\sr=["']([A-Z]{1,3})(\d{1,15})["'])?)"""
)
_OUTSIDE = re.compile(
    rb'<Relationship\b(?=[^>]*relationships/worksheet")(?=[^>]*\bTarget="[^"]*(?://|\.\.))'
)


class Sheets:
    """A member that is a workbook."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.notes: list[str] = []
        if member.facts.size > MAX_WORKBOOK:
            raise FileRefused(
                f"{member.label}: a workbook of {member.facts.size:,} bytes is too large",
                hint="Save the sheet as CSV and add that.",
            )
        with member.open() as stream:
            self._bytes = stream.read()
        refuse_unsafe_parts(self._bytes, member.label)
        with self._reading():
            book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(self._bytes))
            names = list(book.sheet_names)
            heads = (
                (name, _header(list(islice(book.get_sheet_by_name(name).iter_rows(), _HEAD_ROWS))))
                for name in names
            )
            found = next(((name, head) for name, head in heads if head is not None), None)
        if found is None:
            raise FileRefused(
                f"{member.label}: no sheet holds a table",
                hint="A table has a row of column names, and rows below it.",
            )
        self._sheet, (self._before, self._width, header) = found
        if self._width > MAX_COLUMNS:
            raise FileRefused(f"{member.label}: {self._width:,} columns are too many")
        self.columns = unique_names(header)
        if len(names) > 1:
            place = names.index(self._sheet) + 1
            self.notes.append(f"of {len(names)} sheets the table in number {place} is read")
        if self._before:
            self.notes.append(f"{self._before} rows above the header were skipped")

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (FileRefused, KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:
            # The package's errors share no base, and its panics are no Exception.
            raise FileRefused(
                f"{self.member.label}: the workbook is damaged ({type(error).__name__})",
                hint="Save the sheet as CSV and add that.",
            ) from None

    def chunks(
        self, rows: int = CHUNK_ROWS, only: Collection[str] | None = None
    ) -> Iterator[Chunk]:
        """Yield the rows below the header in order."""
        cells: list[list[str]] = []
        lines: list[int] = []
        faults: list[Fault] = []
        skipped = self._before
        with self._reading():
            book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(self._bytes))
            sheet = book.get_sheet_by_name(self._sheet)
            # Rows come from the sheet's first one on, empty ones above the table too.
            for number, row in enumerate(sheet.iter_rows(), start=1):
                if number - 1 <= self._before:
                    continue
                texts = [cell_text(value) for value in row]
                texts += [""] * (self._width - len(texts))
                if _width(texts) > self._width:
                    faults.append(self._beyond(number, texts))
                elif not any(texts) or is_no_data(texts):
                    skipped += 1
                else:
                    cells.append(texts[: self._width])
                    lines.append(number)
                if len(cells) + len(faults) >= rows:
                    yield self._chunk(cells, lines, faults, skipped, only)
                    cells, lines, faults, skipped = [], [], [], 0
        yield self._chunk(cells, lines, faults, skipped, only)

    def _beyond(self, number: int, texts: list[str]) -> Fault:
        width = _width(texts)
        reason = f"{width} cells where the header has {self._width}"
        named = dict(zip(self.columns, texts, strict=False))
        named |= {f"(cell {n})": text for n, text in enumerate(texts, 1) if n > self._width}
        return Fault(number, "", reason, next(filter(None, texts[self._width :])), {"cells": named})

    def _chunk(
        self,
        cells: list[list[str]],
        lines: list[int],
        faults: list[Fault],
        skipped: int,
        only: Collection[str] | None,
    ) -> Chunk:
        names = [name for name in self.columns if only is None or name in only]
        columns = list(zip(*cells, strict=True)) if cells else [()] * self._width
        arrays = [pa.array(columns[self.columns.index(name)], pa.string()) for name in names]
        table = pa.table([*arrays, pa.array(lines, pa.int64())], names=[*names, LINE])
        whole = lambda place: dict(zip(self.columns, cells[place], strict=True))  # noqa: E731
        return Chunk(table, faults, skipped, whole)


def refuse_unsafe_parts(packed: bytes, label: str) -> None:
    """Look through a workbook's parts before a parser unpacks them.

    Raises:
        FileRefused: it declares entities, takes a sheet from elsewhere, or has cells so far apart
            that the table between them could not be held.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            for info in archive.infolist():
                if info.filename.endswith((".xml", ".rels")):
                    with archive.open(info) as part:
                        _refuse_unsafe(part, label, info.filename.endswith(".rels"))
    except FileRefused:
        raise
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
        OSError, struct.error,
    ) as error:  # fmt: skip
        raise FileRefused(f"{label}: the workbook is damaged ({type(error).__name__})") from error


def _refuse_unsafe(part: IO[bytes], label: str, relations: bool) -> None:
    rest, given = b"", 0
    row = column = wide = high = 0
    while block := part.read(_BLOCK):
        given += len(block)
        if given > MAX_SHEET:
            raise FileRefused(f"{label}: a part unpacks to more than {MAX_SHEET:,} bytes")
        text = rest + block
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise FileRefused(f"{label}: the workbook declares entities of its own")
        if relations and _OUTSIDE.search(text):
            raise FileRefused(f"{label}: a sheet of the workbook lies outside it")
        # A tag that the next block ends is looked at then.
        end = text.rfind(b">") + 1
        for is_row, said_row, letters, cell_row in _PLACES.findall(text, 0, end):
            if is_row:
                row, column = int(said_row) if said_row else row + 1, 0
            else:
                column = _column_number(letters) if letters else column + 1
                wide = max(wide, column)
                row = int(cell_row) if cell_row else row
            high = max(high, row)
        if wide * high > MAX_CELLS or high > _MAX_ROWS:
            raise FileRefused(
                f"{label}: the sheet spans {wide:,} columns and {high:,} rows",
                hint="Save the sheet as CSV and add that.",
            )
        rest = text[max(end, len(text) - _BLOCK) :]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _header(rows: list[list[Any]]) -> tuple[int, int, list[str]] | None:
    """Return (rows before it, width, names) of the first row of names above others."""
    texts = [[cell_text(value) for value in row] for row in rows]
    widths = Counter(_width(row) for row in texts if _width(row) > 1)
    if not widths or len(texts) < 2:
        return None
    for before, row in enumerate(texts):
        width = _width(row)
        filled = sum(map(bool, row))
        # A title fills one cell or two; names fill nearly all, and are words.
        if width < 2 or filled * 2 <= width or width < max(widths) * 0.5:
            continue
        if all(isinstance(value, str) for value in rows[before][:width]):
            return before, width, row[:width]
    return None


def _width(row: list[str]) -> int:
    return max((place + 1 for place, cell in enumerate(row) if cell), default=0)


def cell_text(value: Any) -> str:
    """Return a cell as the text that a CSV would hold.

    >>> cell_text(3.0), cell_text(datetime(2025, 1, 7, 8, 0)), cell_text(True)
    ('3', '2025-01-07 08:00:00', 'true')
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}"
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None else str(value)
