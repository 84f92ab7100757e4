"""The pieces of a plan of erasure: files of rows, each sealed, so that none is ever held whole."""

from __future__ import annotations

import io
import os
import secrets
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.ipc as ipc

from ._store import Store

MARKS, GONE, MENDED, EMPTIED, SAID = "a-marks", "b-gone", "c-mended", "d-emptied", "e-texts"
"""What a piece holds; pieces are carried out in this order."""
_TOLD = {GONE: "{}", MENDED: "{}: rows of others mended", EMPTIED: "{}: texts emptied"}


def new_id() -> str:
    """Return an id of a receipt that sorts by time."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"


@dataclass(frozen=True, slots=True)
class Piece:
    """One sealed file of a plan."""

    path: Path

    @property
    def name(self) -> str:
        """What its commit is named by."""
        return self.path.name.removesuffix(".sealed")

    @property
    def kind(self) -> str:
        """What its rows are."""
        return self.name.split(".")[0]

    @property
    def table(self) -> str:
        """The table that they are of."""
        return self.name.split(".")[1]

    def rows(self, store: Store) -> pa.Table:
        """Return its rows, opened."""
        data = store.keyring.decrypt(self.path.read_bytes())
        return ipc.open_stream(pa.py_buffer(data)).read_all()


def pieces_of(folder: Path) -> list[Piece]:
    """Return the pieces of a plan in the order in which they are carried out."""
    return [Piece(path) for path in sorted(folder.glob("*.sealed"))]


class Pieces:
    """Writes the pieces of a plan, or with ``write=False`` only counts them."""

    def __init__(self, store: Store, folder: Path, *, write: bool = True) -> None:
        self.folder = folder
        self._store = store
        self._write = write
        self._rows: Counter[str] = Counter()
        self._number = 0
        self._kept = False

    def __enter__(self) -> Pieces:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        shutil.rmtree(self.spill(), ignore_errors=True)
        if kind or not self._write or not self._rows:
            shutil.rmtree(self.folder, ignore_errors=True)

    def spill(self) -> Path:
        """Return where a query may put what does not fit into memory."""
        return self.folder / "spill"

    @property
    def counts(self) -> dict[str, int]:
        """Rows by place, for the receipt."""
        return dict(self._rows)

    def add(self, kind: str, table: str, rows: pa.Table) -> None:
        """Seal some rows; no rows are no piece."""
        if not rows.num_rows:
            return
        if kind in _TOLD:
            self._rows[_TOLD[kind].format(table)] += rows.num_rows
        if not self._write:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        out = io.BytesIO()
        with ipc.new_stream(out, rows.schema) as writer:
            writer.write_table(rows)
        self._number += 1
        path = self.folder / f"{kind}.{table}.{self._number:06}.sealed"
        path.write_bytes(self._store.keyring.encrypt(out.getvalue()))

    def keep(self) -> None:
        """See that all pieces are on the disk."""
        for path in self.folder.glob("*.sealed"):
            with path.open("rb") as file:
                os.fsync(file.fileno())
