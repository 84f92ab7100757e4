"""A look at a file or at quarantined rows, for correcting: columns, shapes, and what is known.

Nothing is stored. Samples are redacted; of columns that nothing is known of, only the shape of
their cells is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from goodwill.errors import GoodwillError, InputError

from ._edit import document_of
from ._files import members
from ._objects import reader_of
from ._plan import Settings
from ._recognise import recognised
from ._report import Preview
from ._rows import first_rows
from ._store import Store
from ._zones import with_zone
from .privacy import mask

_ROWS = 500
_SHAPES = 2


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a file (of a zip: at a member) found.

    Attributes:
        file: The file's name.
        columns: Its columns; none when it cannot be read at all.
        shapes: By column, the shape of some cells: letters as x, digits as 9.
        preview: How it would be read; None when it is not recognised.
        document: The mapping behind the preview, as TOML gives it.
        reason: Why it cannot be taken as it is; empty when it can.
        hint: What to do about that.
    """

    file: str
    columns: tuple[str, ...] = ()
    shapes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    preview: Preview | None = None
    document: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    hint: str = ""


def look(
    store: Store,
    path: Path | str,
    *,
    settings_time_zone: str = "UTC",
    currency: str = "EUR",
    public_channels: Sequence[str] = ("social", "review"),
    mapping: Path | None = None,
    source: str | None = None,
) -> list[Look]:
    """Return what is found in a file, member by member; what cannot be taken says why.

    Raises:
        FileRefused: the file as a whole cannot be read: damaged, no table, a bomb.
    """
    settings = Settings(settings_time_zone, currency, tuple(public_channels), store.hash_salt)
    found = []
    for member in members(Path(path)):
        try:
            reader = reader_of(member)
            rows = first_rows(reader.chunks(_ROWS), _ROWS, reader.columns)
        except InputError as error:
            found.append(Look(member.label, reason=error.message, hint=error.hint))
            continue
        columns = tuple(reader.columns)
        shapes = shapes_of(rows, columns)
        try:
            item = recognised(member, store, mapping, source)
            columns = tuple(item.reader.columns)  # as the recipe lays the rows out
            found.append(
                Look(
                    member.label,
                    columns,
                    shapes_of(item.rows, columns),
                    item.preview(store, with_zone(settings, store.folder, item.recipe.source)),
                    document_of(store.folder, item.recipe, item.document),
                )
            )
        except GoodwillError as error:
            found.append(Look(member.label, columns, shapes, reason=error.message, hint=error.hint))
    return found


def shapes_of(rows: pa.Table, columns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the shapes of some cells of each column."""
    shapes = {}
    for name in columns:
        if name not in rows.column_names:
            continue
        cells = rows.column(name).slice(0, 50).to_pylist()
        kinds = dict.fromkeys(mask(cell.strip()) for cell in cells if cell and cell.strip())
        shapes[name] = tuple(kinds)[:_SHAPES]
    return shapes
