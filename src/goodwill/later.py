"""Names of a room that are imported when they are asked for, not when the room is.

The rooms that fit models need libraries that take a second to load; a command or a page that only
reads a Book needs none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def named_later(room: str, where: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a room.

    Args:
        room: Its ``__name__``.
        where: The module of the room that each public name stands in.
    """

    def found(name: str) -> Any:
        if name not in where:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        return getattr(import_module(f"{room}.{where[name]}"), name)

    return found
