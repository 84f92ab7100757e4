"""Makes a Book of the demo company, from its exports and by the same way as anybody's files."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq

from goodwill import records
from goodwill.book import Book, create
from goodwill.demo._company import write
from goodwill.refresh import judge_again

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
    tell_rules(book, files.truth)
    book.refresh(progress=progress)
    tell(0, 1, "Telling what the company did")
    declare(book, files.truth)
    return book


def tell_rules(book: Book, truth: Path) -> None:
    """Tell the Book the company's rules, as its people would: without what customers make of them.

    What each brings in, any shop knows of its own.
    """
    for rule in json.loads((truth / "rules.json").read_text(encoding="utf-8")):
        known = ("name", "wording", "patterns", "brings_year", "times_year")
        book.tell_rule(**{name: rule[name] for name in known}, by="demo")


def declare(book: Book, truth: Path) -> None:
    """Tell the Book what the company did or suffered, as its people would: without its effect.

    Each is held against the themes that are mostly about its fault.
    """
    themes = _themes_of(book, truth)
    version = str(book.table("themes").column("version")[0]) if themes else ""
    store = book.store()
    for change in json.loads((truth / "changes.json").read_text(encoding="utf-8")):
        if about := themes.get(change["fault"]):
            started, ended = (
                datetime.fromisoformat(change[name]).date() if change[name] else None
                for name in ("started_at", "ended_at")
            )
            assert started is not None
            event = records.Event(
                "", change["kind"], change["title"], tuple(about), started, ended,
                region=change["region"], theme_version=version,
            )  # fmt: skip
            records.declare(store, event, by="demo")
    judge_again(book.folder, book.settings, store)


def _themes_of(book: Book, truth: Path) -> dict[str, list[int]]:
    """Return for each fault the themes of which it makes up most."""
    wrote = pq.read_table(truth / "contacts.parquet", columns=["contact_id", "fault"])
    fault = dict(zip(*(column.to_pylist() for column in wrote.columns), strict=True))
    counted: Counter[tuple[int, str]] = Counter()
    filed = book.table("contact_themes").select(["contact_id", "theme_id"])
    for row in filed.filter(filed["theme_id"].is_valid()).to_pylist():
        counted[row["theme_id"], fault.get(row["contact_id"]) or ""] += 1
    sizes: Counter[int] = Counter()
    for (theme, _), count in counted.items():
        sizes[theme] += count
    out: dict[str, list[int]] = {}
    for (theme, name), count in sorted(counted.items()):
        if name and 2 * count > sizes[theme]:
            out.setdefault(name, []).append(theme)
    return out


def _silent(done: int, total: int, label: str) -> None:
    """Take no notice."""
