"""The lines of a delimited file, sorted block by block into rows, faults and skipped lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from ._gathered import Gathered
from ._plain import Plain, plain
from ._rows import Fault, is_no_data

_MAX_RECORD_LINES = 2_000
_MAX_RECORD_CHARS = 1024**2
_BLOCK_LINES = 8_192
_FEW_LINES = 64
_OPEN = "unexpected end"
csv.field_size_limit(_MAX_RECORD_CHARS)


class Sorting:
    """A walk through a file that begins above its header.

    A broken quote swallows what follows it: only the line that opens it is a fault, the rest is
    read anew.

    Args:
        text: The file, at its first line.
        columns: Names of the columns.
        delimiter: What stands between two cells.
        before: How many lines stand before the header.
        header_rows: How many records the header has.
    """

    def __init__(
        self,
        text: io.TextIOWrapper,
        columns: list[str],
        delimiter: str,
        *,
        before: int,
        header_rows: int,
    ) -> None:
        self._text, self._columns, self._delimiter = text, columns, delimiter
        self._before, self._header_due = before, header_rows
        self._block: list[str] = []
        self._first, self._most = 1, _BLOCK_LINES
        self._ended = False

    def into(self, gathered: Gathered) -> Iterator[None]:
        """Add what the file holds to ``gathered``, a block at each step."""
        while self._block or not self._ended:
            cut = self._read()
            if cut:
                gathered.take(cut, self._first)
                self._first += cut.used
                error = _OPEN if self._block else ""
            else:
                error = self._sort(gathered)
            yield
            self._go_on(error, gathered)

    def _read(self) -> Plain | None:
        """Fill the block; return its records where they are plain, and leave what they do not."""
        more = len(self._block) < self._most and not self._ended
        if self._header_due:
            if more:
                lines = self._text.readlines(self._most * 80)
                self._ended = not lines
                self._block += lines
            return None
        whole = "".join(self._block)
        if more:
            read = self._text.read(self._most * 80)
            self._ended = not read
            whole += read + self._text.readline()
        cut = plain(whole, self._delimiter, len(self._columns), _MAX_RECORD_CHARS)
        if cut or more:
            self._block = _lines(cut.left if cut else whole)
        return cut

    def _sort(self, gathered: Gathered) -> str:
        """Take the records of the block one by one; return the error that stops, if one does."""
        records, ends, error = parsed(self._block, self._delimiter)
        starts = [0, *ends][: len(ends)]
        width = len(self._columns)
        if not self._header_due and width > 1 and all(len(row) == width for row in records):
            gathered.rows += records
            gathered.lines += [self._first + start for start in starts]
        else:
            for row, start, end in zip(records, starts, ends, strict=True):
                self._place(row, start, end, gathered)
        used = ends[-1] if ends else 0
        self._first += used
        self._block = self._block[used:]
        return error

    def _place(self, row: list[str], start: int, end: int, gathered: Gathered) -> None:
        """Put the record of some lines of the block where it belongs."""
        line, width = self._first + start, len(self._columns)
        if self._header_due:
            gathered.skipped += line <= self._before
            self._header_due -= line > self._before
        elif len(row) == width and (width > 1 or row[0].strip()):
            gathered.rows.append(row)
            gathered.lines.append(line)
        elif not any(cell.strip() for cell in row) or is_no_data(row):
            gathered.skipped += 1
        else:
            reason = f"{len(row)} fields where the header has {width}"
            gathered.faults.append(self._broken(line, "".join(self._block[start:end]), reason))

    def _go_on(self, error: str, gathered: Gathered) -> None:
        """Say how much is read next; give the first line up where no more of it would help."""
        if not error:
            self._most = min(self._most * 2, _BLOCK_LINES)
            return
        size = sum(map(len, self._block))
        short = len(self._block) < _MAX_RECORD_LINES and size < _MAX_RECORD_CHARS
        if _OPEN in error and not self._ended and short:
            self._most = len(self._block) + _FEW_LINES
            return
        self._most = _FEW_LINES
        if self._header_due and self._first <= self._before:
            gathered.skipped += 1
        else:
            reason = _quote_reason(error)
            gathered.faults.append(self._broken(self._first, self._block[0], reason))
        self._first += 1
        self._block = self._block[1:]

    def _broken(self, line: int, raw: str, reason: str) -> Fault:
        text = raw.rstrip("\r\n")
        return Fault(line, "", reason, text, {"text": text, "columns": self._columns})


def parsed(block: list[str], delimiter: str) -> tuple[list[list[str]], list[int], str]:
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


def _quote_reason(error: str) -> str:
    if "field larger" in error or _OPEN in error:
        return "a quote is opened and not closed"
    return "a quote stands where none may stand"
