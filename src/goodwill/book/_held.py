"""What every face of a Book stands on: its folder, settings, store and generations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

import pyarrow as pa

from goodwill import records
from goodwill.errors import InputError, KeyMissing, NotFound
from goodwill.generations import Generations
from goodwill.records.privacy import Keyring, safe_ref
from goodwill.settings import Settings
from goodwill.tables import ACCOUNTS, DERIVED, FACTS

T = TypeVar("T")
_SAID = ("same_event_decisions", "decisions", "exchange_rates", "rules")
"""Tables of what people tell and a refresh takes in."""
KEPT_ROWS = 100
"""Rows of a list that is kept at most: those of a page, and not of a file."""


class Held:
    """One company's folder, its settings, and its tables."""

    def __init__(self, folder: Path, chosen: Settings) -> None:
        self.folder = folder
        self.settings = chosen
        self._generations = Generations(folder / "derived")

    def __repr__(self) -> str:
        return f"Book({str(self.folder)!r}, name={self.settings.name!r})"

    def store(self) -> records.Store:
        """Return the store of facts.

        Raises:
            KeyMissing: The key file that lies outside the Book is absent.
        """
        chosen = self.settings
        keep = records.cut_offs(
            chosen.keep_texts_months, chosen.keep_records_months, chosen.time_zone
        )
        return records.Store(self.folder, self._keyring(), vault=chosen.vault, keep=keep)

    def _keyring(self) -> Keyring:
        chosen = self.settings
        return Keyring.load(chosen.book_id, fingerprint=chosen.key_fingerprint)

    def table(self, name: str) -> pa.Table:
        """Return a fact or a derived table as Arrow; see ``docs/tables.md`` for its columns.

        Raises:
            NotFound: No table has that name.
        """
        if name in FACTS or name in ACCOUNTS:
            return self.store().arrow(name)
        if name in DERIVED:
            return self._generations.arrow(name)
        raise NotFound(
            f"No table is called {name!r}.",
            hint="Tables are: " + ", ".join([*FACTS, *ACCOUNTS, *DERIVED]),
        )

    def generation(self) -> str:
        """Return the name of the current generation; empty before the first refresh."""
        return self._generations.current() or ""

    def newest(self) -> tuple[datetime | None, Literal["", "rows", "decisions"]]:
        """Return when the current generation was made, and what it does not show yet.

        That is nothing, rows that came in since, or else what people have said since.
        """
        made = self._generations.made()
        store = self.store()
        known = made[1].get("versions", {}) if made else {}

        def grew(table: str) -> bool:
            delta = store.delta(table)
            return delta is not None and delta.version() not in (0, known.get(table))

        if grew("imports"):
            return made and made[0], "rows"
        return made and made[0], "decisions" if made and any(map(grew, _SAID)) else ""

    def _told(self, tell: Callable[..., T], **asked: Any) -> T:
        """Return what a function of the report says of the current generation; kept for a while.

        Long lists, such as those of files, are told anew each time.

        Raises:
            InputError: A list or the like was given where one value is asked for.
        """
        for name, value in asked.items():
            try:
                hash(value)
            except TypeError as error:
                raise InputError(
                    f"{name} takes one value, and a {type(value).__name__} was given.",
                    hint="Ask once for each value.",
                ) from error
        reader = self._generations.reader()
        if asked.get("limit", 0) > KEPT_ROWS:
            return tell(reader, self.settings, **asked)
        key = (tell, self.settings, *sorted(asked.items()))
        return reader.shapes.once(key, lambda: tell(reader, self.settings, **asked))

    def _hashed(self, ref: str) -> tuple[str, ...]:
        """Return the forms under which a reference may stand: as it is, and as a keyed hash."""
        try:
            return ref, safe_ref(ref, self._keyring())
        except KeyMissing:  # then hashed references cannot be looked up by name
            return (ref,)

    def _settle(self) -> None:
        """Finish an erasure that was interrupted, and purge what is due."""
        if (self.folder / "forgetting").is_dir():
            from goodwill import erasure

            erasure.finish(self.folder, self.settings, self.store())
