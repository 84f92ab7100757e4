"""The files of a Book: added, looked at, mended; rates of exchange; what is one event."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from goodwill import records
from goodwill.book._held import Held
from goodwill.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime

    from goodwill.refresh import Progress


class Files(Held):
    """What comes in: files, the rows that could not be taken, rates, events told twice."""

    def add(
        self,
        *paths: str | os.PathLike[str],
        mapping: str | os.PathLike[str] | None = None,
        source: str | None = None,
        accept: bool | Callable[[records.Preview], bool] = True,
        show_values: bool = False,
        progress: Progress | None = None,
        zone: str | None = None,
        ask_zone: Callable[[records.ZoneQuestion], str] | None = None,
    ) -> list[records.ImportReport]:
        """Read files into the Book; every row is accounted for.

        Args:
            *paths: CSV, TSV, JSON lines, Parquet, and gz or zip of those.
            mapping: A TOML file that says which column is which field.
            source: Name of the system that the files come from; ids are scoped by it.
            accept: Called with what was recognised; False leaves the file out.
            show_values: Show values in messages as they are, not masked.
            progress: Called as ``progress(done, total, label)``.
            zone: IANA name of the zone of times that name none; kept for the source.
            ask_zone: Asked for it once a source; else such times are of the Book's zone.

        Returns:
            One report a file (a zip: one a member).

        Raises:
            InputError: There is no such zone.
        """
        self._settle()
        return records.add(
            self.store(),
            [Path(path) for path in paths],
            **self._reading(mapping),
            source=source,
            accept=accept,
            show_values=show_values,
            progress=progress,
            zone=zone,
            ask_zone=ask_zone,
        )

    def look(
        self,
        path: str | os.PathLike[str],
        *,
        mapping: str | os.PathLike[str] | None = None,
        source: str | None = None,
    ) -> list[records.Look]:
        """Return how a file would be read, or why it cannot be; nothing is stored.

        Raises:
            FileRefused: The file as a whole cannot be read.
        """
        return records.look(
            self.store(),
            Path(path),
            **self._reading(mapping),
            source=source,
        )

    def quarantine(self) -> pa.Table:
        """Return the rows that could not be taken, with the reason; values are masked."""
        return records.quarantined(self.store())

    def quarantine_values(self, *, actor: str, reason: str) -> pa.Table:
        """Return the same rows with the value as it was (``value``); the look is recorded.

        Raises:
            InputError: Actor or reason is empty.
        """
        return records.shown(self.store(), actor=actor, reason=reason)

    def waiting(
        self, import_id: str | None = None, *, offset: int = 0, limit: int = 50
    ) -> records.Waiting:
        """Return what waits in quarantine, of one import or of all: by reason, and row by row."""
        return records.waiting(self.store(), import_id, offset=offset, limit=limit)

    def waiting_row(self, quarantine_id: str) -> dict[str, Any]:
        """Return one row in quarantine with the shape of each cell.

        Raises:
            NotFound: It is not in quarantine.
        """
        return records.waiting_row(self.store(), quarantine_id)

    def waiting_look(self, import_id: str, file: str) -> records.Look:
        """Return columns and mapping of the rows of one file that wait in quarantine.

        Raises:
            NotFound: None waits.
        """
        return records.waiting_look(self.store(), import_id, file)

    def readd(
        self,
        ids: Sequence[str] | None = None,
        *,
        mapping: str | os.PathLike[str] | None = None,
        cells: records.Corrections | None = None,
    ) -> list[records.ImportReport]:
        """Try the quarantined rows again; all of them by default.

        Args:
            ids: The rows to try.
            mapping: A corrected mapping; kept for the next file once it takes a row.
            cells: Corrected cells, by the row's id and the column.
        """
        self._settle()
        return records.readd(
            self.store(),
            ids,
            cells=cells,
            **self._reading(mapping),
        )

    def _reading(self, mapping: str | os.PathLike[str] | None) -> dict[str, Any]:
        """Return what decides how rows are read: the settings, and a mapping if one is given."""
        return {
            "settings_time_zone": self.settings.time_zone,
            "currency": self.settings.currency,
            "public_channels": self.settings.public_channels,
            "mapping": Path(mapping) if mapping else None,
        }

    def add_rates(self, path: str | os.PathLike[str]) -> records.RatesReport:
        """Read rates of exchange; orders in those currencies then count in the Book's own.

        Args:
            path: The European Central Bank's CSV (or zip), or columns date, currency and rate
                (units of the currency for one of the Book's).
        """
        return records.add_rates(self.store(), Path(path), self.settings.currency)

    def undo_same(self, same_event_id: str) -> None:
        """Take back that two records are one event; from the next refresh on both count.

        Raises:
            NotFound: No event that two sources tell has that id.
        """
        known = self.table("same_event").column("same_event_id").to_pylist()
        if same_event_id not in known:
            raise NotFound(
                f"No event told twice has the id {same_event_id!r}.",
                hint="`goodwill same list` lists them.",
            )
        records.decide_same(self.store(), same_event_id, "apart")

    def redo_same(self, same_event_id: str) -> None:
        """Take an `undo_same` back; what is told twice counts once again from the next refresh on.

        Raises:
            NotFound: Nobody said that these are two events.
        """
        if same_event_id not in self.undone_same():
            raise NotFound(
                f"Nobody took the event {same_event_id!r} apart.",
                hint="`goodwill same list --undone` lists those that were.",
            )
        records.decide_same(self.store(), same_event_id, "together")

    def undone_same(self) -> dict[str, datetime]:
        """Return the ids of events that were taken apart with `undo_same`, and when."""
        return records.kept_apart(self.store())
