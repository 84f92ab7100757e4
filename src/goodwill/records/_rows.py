"""What a reader gives: chunks of string columns, and what is no row as faults.

Every physical line ends in exactly one of four places: a row, a fault, a skipped line, the header.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

import pyarrow as pa

CHUNK_ROWS = 50_000
MAX_COLUMNS = 2_000
LINE = "__line"
PART = "__part"
"""Which of the rows that one source row gives; always 0 where it gives one."""
_NOT_DATA = re.compile(
    r"^\W*(reporting period|total|totals|grand total|sum|subtotal|summe|gesamt|"
    r"gesamtsumme|insgesamt|suma|soma|total general|total geral|berichtszeitraum|"
    r"generated (on|at|by)|exported (on|at|by)|report (date|period|generated)|page \d+|"
    r"\d+ rows?)\b",
    re.IGNORECASE,
)


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


def is_no_data(row: list[str]) -> bool:
    """Return whether a row names a total or a period, and holds hardly more."""
    filled = [cell for cell in row if cell.strip()]
    return len(filled) <= 2 and bool(_NOT_DATA.match(filled[0]))


def encodes(cell: str) -> bool:
    """Return whether a cell can be stored: bytes that could not be decoded cannot."""
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


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
