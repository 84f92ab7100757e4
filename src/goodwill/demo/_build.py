"""Makes a Book of the demo company, from its exports and by the same way as anybody's files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from goodwill.book import Book, create
from goodwill.demo._company import write

NAME = "Demo shop (simulated)"
SOURCE = "shop"


def build(
    folder: str | os.PathLike[str],
    *,
    customers: int = 20_000,
    seed: int = 1,
    progress: Callable[[int, int, str], None] | None = None,
) -> Book:
    """Simulate the company, make its Book in ``folder``, refresh it and return it.

    The truth goes to ``<folder>.truth``, outside of the Book; the exports are not kept.

    Raises:
        BookExists: The folder already holds a Book.
    """
    path = Path(folder).absolute()
    book = create(
        path,
        name=NAME,
        currency="EUR",
        time_zone="Europe/Madrid",
        margin=0.35,
        contact_minutes=9,
        hourly_rate=24,
        simulated=True,
    )
    tell = progress or _silent
    with tempfile.TemporaryDirectory(prefix="goodwill-demo-") as exports:
        tell(0, 1, "Simulating the company")
        files = write(
            Path(exports), path.with_name(f"{path.name}.truth"), customers=customers, seed=seed
        )
        tell(1, 1, "Simulating the company")
        book.add(*files.exports, source=SOURCE, progress=progress)
    book.refresh(progress=progress)
    return book


def _silent(done: int, total: int, label: str) -> None:
    """Take no notice."""
