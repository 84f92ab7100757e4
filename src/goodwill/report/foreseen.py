"""Asking beforehand, on more than one core, what a page is going to ask one after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from goodwill.generations import Reader

THREADS = 2
"""A period is so narrow a part of its tables that the engine reads it on one core alone."""


def foresee(reader: Reader, *asks: Callable[[], Any]) -> None:
    """Ask at once; the reader keeps the answers, and whoever asks again has them.

    What is wrong with an ask is told by whoever asks again. A reader that keeps nothing asks
    nothing beforehand.
    """
    if reader.lately is None:
        return
    with ThreadPoolExecutor(THREADS) as pool:
        for told in [pool.submit(ask) for ask in asks]:
            told.exception()
