"""goodwill: which broken promises cost a company its customers, and whether the fix worked.

>>> import goodwill
>>> goodwill.open("/no/such/book")
Traceback (most recent call last):
    ...
goodwill.errors.BookMissing: There is no Book in /no/such/book.
Hint: Make one with: goodwill init /no/such/book
"""

from __future__ import annotations

import importlib
from types import ModuleType

from goodwill.book import Book, create, open
from goodwill.figures import Figure

__all__ = ["Book", "Figure", "create", "open"]
__version__ = "0.1.0"

_ROOMS = ("engine", "journeys", "language", "records", "report", "value", "watch")


def __getattr__(name: str) -> ModuleType:
    """Import a room when it is first named, so that ``import goodwill`` stays quick."""
    if name in _ROOMS:
        return importlib.import_module(f"goodwill.{name}")
    raise AttributeError(f"module 'goodwill' has no attribute {name!r}")
