"""A JSON list in a cell becomes rows: a ticket's comments, a conversation's parts.

The source row stays the unit of the accounting. All rows that it gives carry its line, and a
``PART`` that tells them apart: 0 is its own, 1 the first element's. Where an element cannot be
taken, the whole source row waits in quarantine.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar

import pyarrow as pa

from ._json_text import flat
from ._recipe import Recipe
from ._rows import CHUNK_ROWS, LINE, PART, Chunk, Fault, Source

EACH = "each."
UNFOLDED = "unfolded."
PLACE = f"{UNFOLDED}place"
COUNT = f"{UNFOLDED}count"
_ROWS = 20_000


class Unfolded:
    """Rows with the elements of one column's lists beside them."""

    def __init__(self, inner: Source, column: str, fields: Iterable[str]) -> None:
        self.inner = inner
        self.column = column
        self.notes = inner.notes
        self._fields = list(dict.fromkeys(fields))
        each = [f"{EACH}{name}" for name in self._fields]
        self.columns = [*inner.columns, *each, PLACE, COUNT]

    def chunks(
        self, rows: int = CHUNK_ROWS, only: Collection[str] | None = None
    ) -> Iterator[Chunk]:
        """Yield the rows in order, those of one source row in one chunk."""
        wanted = None if only is None else {*only, self.column}
        for chunk in self.inner.chunks(min(rows, _ROWS), wanted):
            yield self._unfolded(chunk, only)

    def _unfolded(self, chunk: Chunk, only: Collection[str] | None) -> Chunk:
        parents: list[int] = []
        places: list[int] = []
        counts: list[int] = []
        cells: list[dict[str, str | None]] = []
        faults = list(chunk.faults)
        lines = chunk.rows.column(LINE).to_pylist()
        taken = 0
        for parent, text in enumerate(chunk.rows.column(self.column).to_pylist()):
            elements = _elements(text)
            if elements is None:
                reason = "no list of objects"
                raw = {"cells": chunk.whole(parent)}
                faults.append(Fault(lines[parent], self.column, reason, text, raw))
                continue
            taken += 1
            for place, element in enumerate([{}, *elements]):
                parents.append(parent)
                places.append(place)
                counts.append(len(elements))
                cells.append(element)
        names = [name for name in self._fields if only is None or f"{EACH}{name}" in only]
        beside = chunk.rows.take(pa.array(parents, pa.int64()))
        columns = {
            name: beside.column(name) for name in beside.schema.names
            if name == LINE or only is None or name in only
        }  # fmt: skip
        for name in names:
            values = [element.get(name) for element in cells]
            columns[f"{EACH}{name}"] = pa.array(values, pa.string())
        for name, numbers in ((PLACE, places), (COUNT, counts)):
            columns[name] = pa.array(map(str, numbers), pa.string())
        columns[PART] = pa.array(places, pa.int64())
        return Chunk(
            pa.table(columns), faults, chunk.skipped,
            whole=lambda row: chunk.whole(parents[row]), sources=taken,
        )  # fmt: skip


_Source = TypeVar("_Source", bound=Source)


def unfolded(reader: _Source, recipe: Recipe) -> _Source | Unfolded:
    """Return the reader unfolded where the recipe says so and the file has the list."""
    column = next((c for c in recipe.layout.unfold if c in reader.columns), None)
    if column is None:
        return reader
    declared = [
        name.removeprefix(EACH)
        for one in recipe.columns.values() for name in one.names if name.startswith(EACH)
    ]  # fmt: skip
    return Unfolded(reader, column, declared)


def _elements(text: str | None) -> list[dict[str, str | None]] | None:
    """Return the flat elements of a cell's list; None when it holds something else."""
    if text is None or not text.strip():
        return []
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(found, dict):
        found = [found]
    if isinstance(found, int | float):
        # Some APIs give the length where the list was not asked for.
        return []
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        return None
    flattened = [flat(item) for item in found]
    if "\\ud" in text.lower():
        # Half of a pair of escapes is no sign, and cannot be stored.
        try:
            "".join(v for item in flattened for v in item.values() if v).encode()
        except UnicodeEncodeError:
            return None
    return flattened
