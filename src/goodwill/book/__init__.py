"""A `Book`: one company in one folder, and the one object that a user holds."""

from __future__ import annotations

import os
import secrets
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goodwill import records, settings
from goodwill.book._figures import Figures
from goodwill.book._files import Files
from goodwill.book._fixes import Fixes
from goodwill.book._language import Language
from goodwill.book._people import People
from goodwill.book._rules import Rules
from goodwill.errors import BookExists, BookMissing, GoodwillError
from goodwill.records.privacy import Keyring

if TYPE_CHECKING:
    from goodwill.notify import Notified
    from goodwill.refresh import Progress, Refresh

__all__ = ["Book", "create", "open"]


def create(folder: str | os.PathLike[str], *, name: str | None = None, **values: Any) -> Book:
    """Make a Book in ``folder`` and return it.

    Args:
        folder: A folder that does not exist yet, or holds no Book.
        name: The company; the folder's name when left out.
        **values: Any other setting of `goodwill.settings.Settings`.

    Raises:
        BookExists: The folder already holds a Book.
        SettingsError: A setting has a value that cannot be used.
    """
    path = Path(folder).absolute()
    if (path / settings.FILE_NAME).exists():
        raise BookExists(
            f"There is already a Book in {path}.", hint="Choose another folder, or use that Book."
        )
    chosen = settings.check(
        {"book_id": secrets.token_hex(8), "name": name or path.name, **values},
        where=settings.FILE_NAME,
    )
    path.mkdir(parents=True, exist_ok=True)
    keyring = Keyring.create(chosen.book_id, book_folder=path)
    chosen = replace(chosen, key_fingerprint=keyring.fingerprint)
    records.create_store(path)
    # The settings come last: a folder without them is no Book, so a half-made one never opens.
    settings.write(path, chosen)
    return Book(path, chosen)


def open(folder: str | os.PathLike[str]) -> Book:
    """Return the Book in ``folder``.

    Raises:
        BookMissing: There is none.
        BookFormat: It has another format number.
        SettingsError: Its settings cannot be used.
    """
    path = Path(folder).absolute()
    return Book(path, settings.read(path))


class Book(Files, Figures, Fixes, Language, Rules, People):
    """One company's folder: add files, refresh, and read what they say.

    Every command of the command line and every page is a thin call on this object.
    """

    def refresh(self, *, refit: bool = False, progress: Progress | None = None) -> Refresh:
        """Remake all derived tables from the facts and swap them in as one generation.

        What is older than the settings keep is erased first.

        Args:
            refit: Find the themes anew (ids of themes that stay are kept).
            progress: Called as ``progress(done, total, label)``.
        """
        # The models that a refresh needs are slow to import, and reading needs none of them.
        from goodwill import erasure

        made = erasure.refreshed(
            self.folder, self.settings, self.store(), refit=refit, progress=progress
        )
        return self._told_of(made)

    def notify(self, *, now: bool = False) -> Notified:
        """Tell what rises, once and again when it grows, by the channels of the settings.

        A refresh does so itself; this sends what had to wait as well.

        Args:
            now: Send also what waits for a later try.

        Raises:
            BookLocked: Another process sends.
            NotEnoughData: There was no refresh yet.
        """
        from goodwill import notify

        return notify.notify(self.folder, self.settings, self.alerts(), self.fixes(), now=now)

    def test_channels(self) -> dict[str, str]:
        """Send a test by each channel of the settings; return what went wrong, by channel."""
        from goodwill import notify

        return notify.try_channels(self.settings)

    def _told_of(self, made: Refresh) -> Refresh:
        """Tell what rises after a refresh; a fault of that is a note, and undoes nothing."""
        from goodwill import notify

        try:
            if not notify.configured(self.settings):
                return made
            faults = self.notify().errors
        except GoodwillError as error:
            faults = (error.message,)
        said = tuple(f"Not told ({fault}); goodwill notify tries again." for fault in faults)
        return replace(made, notes=(*made.notes, *said))

    def configure(self, **values: Any) -> Book:
        """Change settings, write them, and return the Book that has them."""
        chosen = replace(self.settings, **values)
        settings.check(
            {k: v for k, v in asdict(chosen).items() if v is not None},
            where=settings.FILE_NAME,
        )
        if not (self.folder / settings.FILE_NAME).exists():
            raise BookMissing(f"There is no Book in {self.folder}.")
        settings.write(self.folder, chosen)
        return Book(self.folder, chosen)
