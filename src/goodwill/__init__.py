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
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goodwill.book import Book, create, open
    from goodwill.figures import Figure

__all__ = ["Book", "Figure", "create", "open"]
__version__ = "0.1.0"

_HOME = {"Book": "book", "Figure": "figures", "create": "book", "open": "book"}
_ROOMS = frozenset(
    (
        "book",
        "currencies",
        "days",
        "durable",
        "engine",
        "erasure",
        "errors",
        "events",
        "export",
        "figures",
        "generations",
        "journeys",
        "language",
        "records",
        "refresh",
        "report",
        "settings",
        "tables",
        "themes",
        "value",
        "watch",
    )
)


def __getattr__(name: str) -> Any:
    """Import what is named when it is first named.

    A process that redacts texts imports goodwill for its own start, and needs a tenth of it.
    """
    if name in _HOME:
        found = getattr(importlib.import_module(f"goodwill.{_HOME[name]}"), name)
        globals()[name] = found
        return found
    if name in _ROOMS:
        return importlib.import_module(f"goodwill.{name}")
    raise AttributeError(f"module 'goodwill' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_ROOMS})
