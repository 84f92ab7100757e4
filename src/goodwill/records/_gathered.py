"""Rows of a delimited file on their way into a chunk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from ._plain import Plain

if TYPE_CHECKING:
    from ._rows import Fault


class Gathered:
    """Rows on their way into a chunk: cut as Arrow, behind them parsed one by one."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.cut: list[pa.Table] = []
        self.rows: list[list[str]] = []
        self.lines: list[int] = []
        self.faults: list[Fault] = []
        self.skipped = 0

    @property
    def count(self) -> int:
        """Rows so far."""
        cut: int = sum(table.num_rows for table in self.cut)
        return cut + len(self.rows)

    def take(self, found: Plain, first: int) -> None:
        """Take the records of a block that begins on line ``first``."""
        if self.rows:
            try:
                columns = [pa.array(cells, pa.string()) for cells in zip(*self.rows, strict=True)]
            except UnicodeEncodeError:  # such a row becomes a fault once its chunk is whole
                self.rows += map(list, zip(*map(_listed, found.columns), strict=True))
                self.lines += (found.lines + first).tolist()
                return
            self._add(columns, pa.array(self.lines, pa.int64()))
            self.rows, self.lines = [], []
        self._add(found.columns, pa.array(found.lines + first, pa.int64()))

    def _add(self, columns: list[pa.Array], lines: pa.Array) -> None:
        names = [str(place) for place in range(len(columns) + 1)]
        self.cut.append(pa.table([*columns, lines], names=names))

    def last(self) -> list[str]:
        """The cells of the last row."""
        if self.rows:
            return self.rows[-1]
        table = self.cut[-1]
        return [column[table.num_rows - 1].as_py() for column in table.columns[:-1]]

    def drop_last(self) -> None:
        """Leave the last row out."""
        if self.rows:
            self.rows.pop()
            self.lines.pop()
            return
        self.cut[-1] = self.cut[-1].slice(0, self.cut[-1].num_rows - 1)
        if not self.cut[-1].num_rows:
            self.cut.pop()

    def drop_blank(self) -> int:
        """Leave out rows of nothing but delimiters, as spreadsheets write; return how many."""
        before = self.count
        kept: list[pa.Table] = []
        for table in self.cut:
            blank = pc.equal(table.column(0), "")
            if pc.any(blank).as_py():
                for column in table.columns[1:-1]:
                    blank = pc.and_(blank, pc.equal(pc.utf8_trim_whitespace(column), ""))
                table = table.filter(pc.invert(blank))
            kept += [table] if table.num_rows else []
        self.cut = kept
        full = [place for place, row in enumerate(self.rows)
                if row[0] or any(map(str.strip, row))]  # fmt: skip
        if len(full) < len(self.rows):
            self.rows = [self.rows[place] for place in full]
            self.lines = [self.lines[place] for place in full]
        return before - self.count

    def listed(self) -> tuple[list[list[str]], list[int]]:
        """All rows as lists, and their lines."""
        rows: list[list[str]] = []
        lines: list[int] = []
        for table in self.cut:
            columns = [column.to_pylist() for column in table.columns]
            lines += columns.pop()
            rows += [list(row) for row in zip(*columns, strict=True)]
        return rows + self.rows, lines + self.lines


def _listed(column: pa.Array) -> list[str]:
    values: list[str] = column.to_pylist()
    return values
