"""What brings an import to its end sooner and changes nothing of it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Full, Queue
from threading import Event, Thread
from typing import TypeVar

_Item = TypeVar("_Item")
_COLLECT = (200_000, 20, 100)
_AHEAD = 4  # batches made before they are asked for
_LOOK_SECONDS = 0.2


def collect_seldom() -> None:
    """Let Python look for cycles seldom: texts and finds hold none, and they are many."""
    gc.set_threshold(*_COLLECT)


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Do the same for a while."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)


def ahead(items: Iterator[_Item]) -> Iterator[_Item]:
    """Yield the items, each made by a thread while the ones before it are being used."""
    made: Queue[tuple[bool, _Item | BaseException | None]] = Queue(_AHEAD)
    left = Event()

    def put(more: bool, item: _Item | BaseException | None) -> bool:
        while not left.is_set():
            try:
                made.put((more, item), timeout=_LOOK_SECONDS)
                return True
            except Full:
                continue
        return False

    def make() -> None:
        try:
            for item in items:
                if not put(True, item):
                    return
            put(False, None)
        except BaseException as error:
            put(False, error)

    maker = Thread(target=make, daemon=True)
    maker.start()
    try:
        while True:
            more, item = made.get()
            if not more:
                if item is not None:
                    raise item  # type: ignore[misc]
                return
            yield item  # type: ignore[misc]
    finally:
        left.set()
        maker.join()
