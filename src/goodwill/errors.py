"""Every error that goodwill raises on purpose.

    GoodwillError
    ├── BookError            the folder is no Book, or one of another format
    │   ├── BookMissing      (also FileNotFoundError)
    │   ├── BookExists       (also FileExistsError)
    │   ├── BookLocked       another process writes to this Book
    │   └── BookFormat       the Book is older or newer than this goodwill
    ├── SettingsError        (also ValueError) goodwill.toml holds a bad value
    ├── InputError           (also ValueError) a file or a table cannot be taken
    │   ├── FileRefused      the whole file is refused, with the reason
    │   └── MappingError     a mapping names a column or a field that is not there
    ├── NotFound             (also LookupError) no such customer, theme or table
    ├── KeyMissing           the key file that lies outside the Book is absent
    ├── SchemaMismatch       (also ValueError) a step's result has not its declared columns
    └── NotEnoughData        a figure is refused because the data is too thin
        └── OlderGeneration  what is shown was made by an earlier goodwill and lacks what is asked

A message names the thing, the value (masked) and the next step. ``hint`` holds the next step, so
that the command line and the pages can set it apart.
"""

from __future__ import annotations


class GoodwillError(Exception):
    """The root of all errors that goodwill raises on purpose."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\nHint: {self.hint}" if self.hint else self.message


class BookError(GoodwillError):
    """The folder is no Book, or one that cannot be used now."""

    exit_code = 3


class BookMissing(BookError, FileNotFoundError):
    """There is no Book in the folder."""


class BookExists(BookError, FileExistsError):
    """The folder already holds a Book."""


class BookLocked(BookError):
    """Another process writes to this Book."""


class BookFormat(BookError):
    """The Book has another format number than this goodwill writes."""


class SettingsError(GoodwillError, ValueError):
    """A setting has a value that cannot be used."""

    exit_code = 4


class InputError(GoodwillError, ValueError):
    """A file or table that was handed in cannot be taken."""

    exit_code = 5


class FileRefused(InputError):
    """The whole file is refused; nothing of it was stored."""


class MappingError(InputError):
    """A mapping names a source column or a field that does not exist."""


class NotFound(GoodwillError, LookupError):
    """Nothing has that name or id."""

    exit_code = 6


class KeyMissing(GoodwillError):
    """The key file that lies outside the Book is absent or unreadable."""

    exit_code = 7


class SchemaMismatch(GoodwillError, ValueError):
    """The result of a step lacks declared columns or has others."""


class NotEnoughData(GoodwillError):
    """The data is too thin for the figure that was asked for."""

    exit_code = 8


class OlderGeneration(NotEnoughData):
    """What is shown was made by an earlier goodwill and lacks what is asked; a refresh mends it."""
