"""Delimited text becomes chunks of string columns: delimiter, header, and what ends a file."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Collection, Iterator

import pyarrow as pa

from goodwill.errors import FileRefused

from ._files import Member
from ._gathered import Gathered
from ._headers import Title, further_rows, header_of, header_place, refuse_no_header
from ._layout import Layout
from ._rows import CHUNK_ROWS, LINE, MAX_COLUMNS, Chunk, Fault, encodes, is_no_data
from ._sorting import Sorting, parsed

_SAMPLE_LINES = 200
_SAMPLE_CHARS = 256 * 1024
_DELIMITERS = (",", ";", "\t", "|")
_TOTAL = re.compile(
    r"\W*((grand )?totals?|total (general|geral)|sum|summe|gesamt(summe)?|insgesamt|suma|soma)\W*",
    re.IGNORECASE,
)


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
            lines = Sorting(
                text,
                self.columns,
                self.delimiter,
                before=self._before,
                header_rows=self._header_rows,
            )
            for _ in lines.into(gathered):
                if gathered.count >= rows or len(gathered.faults) >= rows:
                    yield self._finish(gathered, only)
                    gathered.clear()
            yield self._finish(gathered, only)

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


def _tolerant(lines: list[str], delimiter: str) -> list[tuple[int, list[str]]]:
    """Return (lines before it, cells) of each record of a sample, as far as quotes allow."""
    out: list[tuple[int, list[str]]] = []
    first = 0
    while first < len(lines):
        rows, ends, error = parsed(lines[first:], delimiter)
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


def _is_no_data_row(row: list[str]) -> bool:
    """Return whether a row as wide as the header, the last of the file, is a totals line."""
    empty = sum(not cell.strip() for cell in row)
    return bool(len(row) > 2 and empty and row[0].strip()) and (
        bool(_TOTAL.fullmatch(row[0])) or (empty == len(row) - 1 and is_no_data(row))
    )


def _spoken(delimiter: str) -> str:
    return {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}[delimiter]
