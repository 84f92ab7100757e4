"""Delimited text becomes chunks of string columns; what is no row is kept as a fault.

Every physical line ends in exactly one of four places: a row, a fault, a skipped line, the header.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pyarrow as pa

from goodwill.errors import FileRefused

from ._files import Member

CHUNK_ROWS = 50_000
MAX_COLUMNS = 2_000
LINE = "__line"
_MAX_LINE = 8 * 1024**2
_MAX_RECORD_LINES = 2_000
_MAX_RECORD_CHARS = 1024**2
_SAMPLE_LINES = 200
_DELIMITERS = (",", ";", "\t", "|")
_NOT_DATA = re.compile(
    r"^\W*(reporting period|total|totals|grand total|sum|subtotal|summe|gesamt|"
    r"generated (on|at|by)|exported (on|at|by)|report (date|period|generated)|page \d+|"
    r"\d+ rows?)\b",
    re.IGNORECASE,
)
csv.field_size_limit(_MAX_RECORD_CHARS)


@dataclass(slots=True)
class Fault:
    """Why one source row could not be taken. ``raw`` is what the row was, for a later try."""

    line: int
    column: str
    reason: str
    value: str
    raw: dict[str, Any]


@dataclass(slots=True)
class Chunk:
    """Some rows as string columns with their line numbers, and what fell out on the way."""

    rows: pa.Table
    faults: list[Fault] = field(default_factory=list)
    skipped: int = 0


class Delimited:
    """A CSV or TSV member: its columns are known at once, its rows come in chunks."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.notes: list[str] = []
        sample = self._sample()
        self.delimiter = _delimiter(sample)
        self._before, self.columns = self._header(sample)
        self.notes.append(f"delimiter {_spoken(self.delimiter)}")
        if self._before:
            self.notes.append(f"{self._before} lines before the header were skipped")

    def _text(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(
            self.member.open(),
            encoding=self.member.facts.encoding,
            errors="surrogateescape" if "utf-8" in self.member.facts.encoding else "replace",
            newline="",
        )

    def _sample(self) -> list[str]:
        with self._text() as text:
            sample = []
            size = 0
            for line in _lines(text, self.member.label):
                sample.append(line)
                size += len(line)
                if len(sample) >= _SAMPLE_LINES or size > 4 * _MAX_RECORD_CHARS:
                    break
            return sample

    def _header(self, sample: list[str]) -> tuple[int, list[str]]:
        """Return the number of lines before the header, and the columns' unique names."""
        rows = _tolerant(sample, self.delimiter)
        widths = Counter(len(row) for _, row in rows if row)
        if not widths:
            raise FileRefused(f"{self.member.label}: there is no row in it")
        width = max(widths, key=lambda n: (widths[n] * (n > 1), n))
        for before, row in rows[:30]:
            if len(row) == width and sum(bool(cell.strip()) for cell in row) * 2 > width:
                if width > MAX_COLUMNS:
                    raise FileRefused(f"{self.member.label}: {width:,} columns are too many")
                _refuse_no_header(self.member.label, row)
                return before, unique_names(row)
        raise FileRefused(
            f"{self.member.label}: no header line was found",
            hint="The first line must name the columns.",
        )

    def chunks(self, rows: int = CHUNK_ROWS) -> Iterator[Chunk]:
        """Yield the rows below the header in order."""
        width, label = len(self.columns), self.member.label
        with self._text() as text:
            feed = _Feed(_lines(text, label))
            reader = csv.reader(feed, delimiter=self.delimiter, strict=True)
            chunk_rows: list[list[str]] = []
            lines: list[int] = []
            out = Chunk(pa.table({}))
            header_due = True
            while True:
                feed.start()
                try:
                    row = next(reader, None)
                except (csv.Error, _RecordTooLong) as error:
                    # A broken quote swallows what follows it: give back all but its first line.
                    line, raw = feed.give_back()
                    if not (header_due and line <= self._before):
                        out.faults.append(self._broken(line, raw, _quote_reason(error)))
                    reader = csv.reader(feed, delimiter=self.delimiter, strict=True)
                    continue
                if row is None:
                    break
                line = feed.first_line
                if header_due:
                    if line <= self._before:
                        out.skipped += 1
                    else:
                        header_due = False
                    continue
                if len(row) == width and width > 1:
                    chunk_rows.append(row)
                    lines.append(line)
                elif not row or not any(cell.strip() for cell in row):
                    out.skipped += 1
                elif len(row) == width:
                    chunk_rows.append(row)
                    lines.append(line)
                elif _is_no_data(row):
                    out.skipped += 1
                else:
                    reason = f"{len(row)} fields where the header has {width}"
                    out.faults.append(self._broken(line, feed.raw(), reason))
                if len(chunk_rows) >= rows or len(out.faults) >= rows:
                    yield self._finish(chunk_rows, lines, out)
                    chunk_rows, lines, out = [], [], Chunk(pa.table({}))
            yield self._finish(chunk_rows, lines, out)

    def _broken(self, line: int, raw: str, reason: str) -> Fault:
        text = raw.rstrip("\r\n")
        return Fault(line, "", reason, text, {"text": text, "columns": self.columns})

    def _finish(self, rows: list[list[str]], lines: list[int], out: Chunk) -> Chunk:
        if self.columns and rows and _is_no_data_row(rows[-1]):
            # A totals line may have the full number of cells, all but the first empty.
            rows.pop()
            lines.pop()
            out.skipped += 1
        try:
            out.rows = _table(self.columns, rows, lines)
        except UnicodeEncodeError:
            good_rows, good_lines = [], []
            for row, line in zip(rows, lines, strict=True):
                bad = [i for i, cell in enumerate(row) if _has_surrogate(cell)]
                if bad:
                    out.faults.append(
                        Fault(
                            line,
                            self.columns[bad[0]],
                            f"bytes that are no {self.member.facts.encoding}",
                            row[bad[0]],
                            {"cells": dict(zip(self.columns, row, strict=True))},
                        )
                    )
                else:
                    good_rows.append(row)
                    good_lines.append(line)
            out.rows = _table(self.columns, good_rows, good_lines)
        return out


class _RecordTooLong(Exception):
    """One quoted field runs over more lines than any honest row has."""


class _Feed:
    """Lines for ``csv.reader`` that remember the current record, so that it can be given back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._returned: list[str] = []
        self._record: list[str] = []
        self._chars = 0
        self._next = 1
        self.first_line = 1

    def __iter__(self) -> _Feed:
        return self

    def start(self) -> None:
        self.first_line = self._next
        self._record.clear()
        self._chars = 0

    def __next__(self) -> str:
        line = self._returned.pop() if self._returned else next(self._lines)
        self._record.append(line)
        self._next += 1
        if len(self._record) > 1:
            self._chars += len(line)
            if len(self._record) > _MAX_RECORD_LINES or self._chars > _MAX_RECORD_CHARS:
                raise _RecordTooLong
        return line

    def raw(self) -> str:
        return "".join(self._record)

    def give_back(self) -> tuple[int, str]:
        first, rest = self._record[0], self._record[1:]
        self._returned.extend(reversed(rest))
        self._next -= len(rest)
        return self.first_line, first


def _lines(text: io.TextIOWrapper, label: str) -> Iterator[str]:
    while True:
        try:
            line = text.readline(_MAX_LINE)
        except UnicodeError as error:
            raise FileRefused(f"{label}: it cannot be decoded ({error.__class__.__name__})") from error
        if not line:
            return
        if len(line) >= _MAX_LINE:
            raise FileRefused(f"{label}: a line is longer than {_MAX_LINE:,} characters")
        yield line


def _tolerant(lines: list[str], delimiter: str) -> list[tuple[int, list[str]]]:
    """Return (lines before it, cells) of each record of a sample, as far as quotes allow."""
    out: list[tuple[int, list[str]]] = []
    feed = _Feed(iter(lines))
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    while True:
        feed.start()
        try:
            row = next(reader, None)
        except (csv.Error, _RecordTooLong):
            feed.give_back()
            reader = csv.reader(feed, delimiter=delimiter, strict=True)
            continue
        if row is None:
            return out
        out.append((feed.first_line - 1, row))


def _delimiter(lines: list[str]) -> str:
    """Return the delimiter under which most records have one width, the widest on a tie."""
    best, best_score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for _, row in _tolerant(lines, delimiter) if row)
        wide = {n: count for n, count in widths.items() if n > 1}
        if not wide:
            continue
        width = max(wide, key=lambda n: (wide[n], n))
        share = wide[width] / sum(widths.values())
        # A text full of commas may beat the true delimiter by width, never by regularity.
        score = (round(share, 1), width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _refuse_no_header(label: str, row: list[str]) -> None:
    cells = [cell.strip() for cell in row if cell.strip()]
    data_like = sum(
        bool(re.fullmatch(r"[-+]?[\d.,:/ ]+", cell)) or len(cell) > 120 for cell in cells
    )
    # Only values, never names, are given as a reason: they could be a customer's.
    if data_like * 3 >= len(cells) or (len(cells) > 1 and len(set(cells)) * 2 < len(cells)):
        raise FileRefused(
            f"{label}: the first line holds values, no column names",
            hint="Write the columns' names into the first line.",
        )


def unique_names(header: list[str]) -> list[str]:
    """Return column names made unique: a second ``category`` becomes ``category (2)``.

    >>> unique_names(["a", "", "a "])
    ['a', 'column 2', 'a (2)']
    """
    seen: Counter[str] = Counter()
    out: list[str] = []
    for place, cell in enumerate(header, start=1):
        name = " ".join(cell.replace("\ufeff", "").split()) or f"column {place}"
        name = name.encode("utf-8", "replace").decode()
        seen[name] += 1
        unique = name if seen[name] == 1 else f"{name} ({seen[name]})"
        while unique in out:
            unique += "'"
        out.append(unique)
    return out


def _table(columns: list[str], rows: list[list[str]], lines: list[int]) -> pa.Table:
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    arrays = [pa.array(column, pa.string()) for column in cells]
    return pa.table([*arrays, pa.array(lines, pa.int64())], names=[*columns, LINE])


def _is_no_data(row: list[str]) -> bool:
    filled = [cell for cell in row if cell.strip()]
    return len(filled) <= 2 and bool(_NOT_DATA.match(filled[0]))


def _is_no_data_row(row: list[str]) -> bool:
    filled = [cell for cell in row if cell.strip()]
    return len(row) > 2 and len(filled) == 1 and bool(row[0].strip()) and _is_no_data(row)


def _has_surrogate(cell: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in cell)


def _quote_reason(error: Exception) -> str:
    if isinstance(error, _RecordTooLong) or "field larger" in str(error):
        return "a quote is opened and not closed"
    if "unexpected end" in str(error):
        return "a quote is opened and not closed"
    return "a quote stands where none may stand"


def _spoken(delimiter: str) -> str:
    return {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}[delimiter]


def raw_json(raw: dict[str, Any]) -> bytes:
    """Return the raw row as bytes, for the quarantine's encryption."""
    return json.dumps(raw).encode("ascii")


def first_rows(chunks: Iterator[Chunk], rows: int) -> pa.Table:
    """Return up to ``rows`` rows of the first chunk that has any."""
    for chunk in islice(chunks, 8):
        if chunk.rows.num_rows:
            return chunk.rows.slice(0, rows)
    return pa.table({LINE: pa.array([], pa.int64())})
