"""Delimited text becomes chunks of string columns; what is no row is kept as a fault.

Every physical line ends in exactly one of four places: a row, a fault, a skipped line, the header.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

import pyarrow as pa

from goodwill.errors import FileRefused

from ._files import Member
from ._gathered import Gathered
from ._headers import Title, further_rows, header_of, header_place, refuse_no_header
from ._layout import Layout
from ._plain import plain

CHUNK_ROWS = 50_000
MAX_COLUMNS = 2_000
LINE = "__line"
PART = "__part"
"""Which of the rows that one source row gives; always 0 where it gives one."""
_MAX_RECORD_LINES = 2_000
_MAX_RECORD_CHARS = 1024**2
_SAMPLE_LINES = 200
_SAMPLE_CHARS = 256 * 1024
_BLOCK_LINES = 8_192
_FEW_LINES = 64
_OPEN = "unexpected end"
_NOTHING: tuple[list[list[str]], list[int]] = ([], [])
_DELIMITERS = (",", ";", "\t", "|")
_NOT_DATA = re.compile(
    r"^\W*(reporting period|total|totals|grand total|sum|subtotal|summe|gesamt|"
    r"gesamtsumme|insgesamt|suma|soma|total general|total geral|berichtszeitraum|"
    r"generated (on|at|by)|exported (on|at|by)|report (date|period|generated)|page \d+|"
    r"\d+ rows?)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\W*((grand )?totals?|total (general|geral)|sum|summe|gesamt(summe)?|insgesamt|suma|soma)\W*",
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
    """Some rows as string columns with their line numbers, and what fell out on the way.

    Attributes:
        rows: The columns that were asked for, and ``LINE``; ``PART`` where several rows are one
            source row.
        faults: Rows that could not be told apart.
        skipped: Lines that are no data.
        whole: Gives all cells of the row at a place, also of columns that were not asked for.
        sources: How many source rows the rows are, where that is not one each.
    """

    rows: pa.Table
    faults: list[Fault] = field(default_factory=list)
    skipped: int = 0
    whole: Callable[[int], dict[str, Any]] = lambda place: {}
    sources: int | None = None

    @property
    def read(self) -> int:
        """Source rows in it, those that fell out included."""
        taken = self.rows.num_rows if self.sources is None else self.sources
        return taken + len(self.faults)


class Source(Protocol):
    """What rows are read from: a file, or the quarantine."""

    columns: list[str]
    notes: list[str]

    def chunks(self, rows: int = ..., only: Collection[str] | None = ...) -> Iterator[Chunk]:
        """Yield the rows in order; each call begins anew."""
        ...


class Delimited:
    """A CSV or TSV member: its columns are known at once, its rows come in chunks."""

    def __init__(self, member: Member, layout: Layout | None = None) -> None:
        self.member = member
        self.notes: list[str] = []
        self.titles: dict[str, Title] = {}
        """What was asked in each column, where the header has several rows."""
        sample = self._sample()
        self.delimiter = _delimiter(sample)
        self._before, self._header_rows = 0, 1
        self.columns = self._header(sample, layout or Layout())
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
            return text.readlines(_SAMPLE_CHARS)[:_SAMPLE_LINES]

    def _header(self, sample: list[str], layout: Layout) -> list[str]:
        """Find the header; return the columns' unique names."""
        rows = _tolerant(sample, self.delimiter)
        widths = Counter(len(row) for _, row in rows if row)
        if not widths:
            raise FileRefused(f"{self.member.label}: there is no row in it")
        width = max(widths, key=lambda n: (widths[n] * (n > 1), n))
        wide = [(before, row) for before, row in rows[:30] if len(row) == width]
        place = header_place([row for _, row in wide])
        if place is None:
            raise FileRefused(
                f"{self.member.label}: no header line was found",
                hint="The first line must name the columns.",
            )
        if width > MAX_COLUMNS:
            raise FileRefused(f"{self.member.label}: {width:,} columns are too many")
        self._before, first = wide[place]
        refuse_no_header(self.member.label, first)
        below = [row for _, row in wide[place + 1 :]]
        header = header_of([first])
        further = further_rows(below, header.names, layout)
        if further:
            header = header_of([first, *below[:further]])
        self._header_rows += further
        self.titles = header.titles
        return header.names

    def chunks(
        self, rows: int = CHUNK_ROWS, only: Collection[str] | None = None
    ) -> Iterator[Chunk]:
        """Yield the rows below the header in order, ``only`` some of the columns as Arrow."""
        gathered = Gathered()
        with self._text() as text:
            for _ in self._gather(text, gathered):
                if gathered.count >= rows or len(gathered.faults) >= rows:
                    yield self._finish(gathered, only)
                    gathered.clear()
            yield self._finish(gathered, only)

    def _gather(self, text: io.TextIOWrapper, into: Gathered) -> Iterator[None]:
        """Sort the records below the header into rows, faults and skipped lines, step by step.

        A broken quote swallows what follows it: only the line that opens it is a fault, the rest
        is read anew.
        """
        width, before = len(self.columns), self._before
        header_due = self._header_rows
        block: list[str] = []
        first, most = 1, _BLOCK_LINES
        ended = False
        while block or not ended:
            cut = None
            if len(block) < most and not ended and header_due:
                lines = text.readlines(most * 80)
                ended = not lines
                block += lines
            elif not header_due:
                whole = "".join(block)
                if more := len(block) < most and not ended:
                    read = text.read(most * 80)
                    ended = not read
                    whole += read + text.readline()
                cut = plain(whole, self.delimiter, width, _MAX_RECORD_CHARS)
                if cut or more:
                    block = _lines(cut.left if cut else whole)
            if cut:
                into.take(cut, first)
                parsed, ends = _NOTHING
                error = _OPEN * bool(block)
                used = cut.used
            else:
                parsed, ends, error = _parsed(block, self.delimiter)
                used = ends[-1] if ends else 0
            start = 0
            if not header_due and width > 1 and all(len(row) == width for row in parsed):
                into.rows += parsed
                into.lines += [first, *(first + end for end in ends[:-1])] if ends else []
                parsed, ends = [], []
                yield
            for row, end in zip(parsed, ends, strict=True):
                line = first + start
                if header_due:
                    into.skipped += line <= before
                    header_due -= line > before
                elif len(row) == width and (width > 1 or row[0].strip()):
                    into.rows.append(row)
                    into.lines.append(line)
                elif not any(cell.strip() for cell in row) or is_no_data(row):
                    into.skipped += 1
                else:
                    reason = f"{len(row)} fields where the header has {width}"
                    into.faults.append(self._broken(line, "".join(block[start:end]), reason))
                start = end
            yield
            first += used
            block = block if cut else block[used:]
            if not error:
                most = min(most * 2, _BLOCK_LINES)
                continue
            open_end = _OPEN in error and not ended
            if open_end and len(block) < _MAX_RECORD_LINES and _size(block) < _MAX_RECORD_CHARS:
                most = len(block) + _FEW_LINES
                continue
            most = _FEW_LINES
            if header_due and first <= before:
                into.skipped += 1
            else:
                into.faults.append(self._broken(first, block[0], _quote_reason(error)))
            first += 1
            block = block[1:]

    def _broken(self, line: int, raw: str, reason: str) -> Fault:
        text = raw.rstrip("\r\n")
        return Fault(line, "", reason, text, {"text": text, "columns": self.columns})

    def _finish(self, gathered: Gathered, only: Collection[str] | None) -> Chunk:
        out = Chunk(pa.table({}), gathered.faults, gathered.skipped)
        out.skipped += gathered.drop_blank()
        while gathered.count and _is_no_data_row(gathered.last()):
            # A totals line may have the full number of cells, all but the first empty.
            gathered.drop_last()
            out.skipped += 1
        if gathered.cut and not gathered.rows:
            return self._cut(gathered, only, out)
        rows, lines = gathered.listed()
        try:
            out.rows = _table(self.columns, rows, lines, only)
        except UnicodeEncodeError:
            good_rows, good_lines = [], []
            for row, line in zip(rows, lines, strict=True):
                bad = [i for i, cell in enumerate(row) if not encodes(cell)]
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
            rows = good_rows
            out.rows = _table(self.columns, good_rows, good_lines, only)
        out.whole = lambda place: dict(zip(self.columns, rows[place], strict=True))
        return out

    def _cut(self, gathered: Gathered, only: Collection[str] | None, out: Chunk) -> Chunk:
        """Finish a chunk whose rows are all plain."""
        table = pa.concat_tables(gathered.cut).combine_chunks().rename_columns(
            [*self.columns, LINE]
        )  # fmt: skip
        out.rows = table.select([n for n in self.columns if only is None or n in only] + [LINE])
        out.whole = lambda place: table.drop_columns([LINE]).slice(place, 1).to_pylist()[0]
        return out


def _parsed(block: list[str], delimiter: str) -> tuple[list[list[str]], list[int], str]:
    """Return the records of a block, after how many lines each ends, and the error that stops."""
    rows: list[list[str]] = []
    ends: list[int] = []
    reader = csv.reader(block, delimiter=delimiter, strict=True)
    try:
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
    except csv.Error as error:
        return rows, ends, str(error)
    return rows, ends, ""


def _lines(text: str) -> list[str]:
    """Return a text's lines with their ends, as they come from a file."""
    return io.StringIO(text, newline="").readlines() if text else []


def _size(block: list[str]) -> int:
    return sum(map(len, block))


def _tolerant(lines: list[str], delimiter: str) -> list[tuple[int, list[str]]]:
    """Return (lines before it, cells) of each record of a sample, as far as quotes allow."""
    out: list[tuple[int, list[str]]] = []
    first = 0
    while first < len(lines):
        rows, ends, error = _parsed(lines[first:], delimiter)
        starts = [0, *ends][: len(rows)]
        out.extend((first + start, row) for start, row in zip(starts, rows, strict=True))
        if not error:
            break
        first += (ends[-1] if ends else 0) + 1
    return out


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


def _table(
    columns: list[str], rows: list[list[str]], lines: list[int], only: Collection[str] | None
) -> pa.Table:
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    names = [name for name in columns if only is None or name in only]
    wanted = [cells[place] for place, name in enumerate(columns) if name in set(names)]
    arrays = [pa.array(column, pa.string()) for column in wanted]
    return pa.table([*arrays, pa.array(lines, pa.int64())], names=[*names, LINE])


def is_no_data(row: list[str]) -> bool:
    """Return whether a row names a total or a period, and holds hardly more."""
    filled = [cell for cell in row if cell.strip()]
    return len(filled) <= 2 and bool(_NOT_DATA.match(filled[0]))


def _is_no_data_row(row: list[str]) -> bool:
    """Return whether a row as wide as the header, the last of the file, is a totals line."""
    empty = sum(not cell.strip() for cell in row)
    return bool(len(row) > 2 and empty and row[0].strip()) and (
        bool(_TOTAL.fullmatch(row[0])) or (empty == len(row) - 1 and is_no_data(row))
    )


def encodes(cell: str) -> bool:
    """Return whether a cell can be stored: bytes that could not be decoded cannot."""
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _quote_reason(error: str) -> str:
    if "field larger" in error or _OPEN in error:
        return "a quote is opened and not closed"
    return "a quote stands where none may stand"


def _spoken(delimiter: str) -> str:
    return {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}[delimiter]


def raw_json(raw: dict[str, Any]) -> bytes:
    """Return the raw row as bytes, for the quarantine's encryption."""
    return json.dumps(raw).encode("ascii")


def first_rows(chunks: Iterator[Chunk], rows: int, columns: Iterable[str]) -> pa.Table:
    """Return up to ``rows`` rows of the first chunk that has any; else none, of these columns."""
    for chunk in islice(chunks, 8):
        if chunk.rows.num_rows:
            return chunk.rows.slice(0, rows)
    none = {name: pa.array([], pa.string()) for name in columns}
    return pa.table(none | {LINE: pa.array([], pa.int64())})
