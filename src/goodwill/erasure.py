"""Erasure: forgetting a customer in every place of a Book, and purging what held him.

The places are listed in ``docs/privacy.md``; a test compares that list with what a Book holds.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from goodwill import language, records
from goodwill.generations import PAGES, Generations
from goodwill.refresh import refresh
from goodwill.settings import Settings

Progress = Callable[[int, int, str], None]
"""Called as ``progress(done, total, label)``."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was erased, and when; it holds nothing of the person.

    Attributes:
        receipt_id: Names the erasure.
        what: ``customer``.
        erased_at: When no table, page or model held him any more.
        purge_after: When the files that held him may be deleted: until then a reader may need them.
        purged_at: When they were; None while they are still there.
        removed: Rows by place.
    """

    receipt_id: str
    what: str
    erased_at: datetime
    purge_after: datetime
    purged_at: datetime | None
    removed: dict[str, int]

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as ``goodwill forget --json`` prints them."""
        return asdict(self)


def forget(
    folder: Path,
    settings: Settings,
    store: records.Store,
    given: Sequence[str],
    *,
    now: bool = False,
    progress: Progress | None = None,
) -> Receipt:
    """Erase one or several customers everywhere in the Book and return the receipt.

    Args:
        folder: The Book's.
        settings: The Book's.
        store: The Book's.
        given: Of each his id, what a source calls him, his mail or his phone.
        now: Purge at once, without the hours that readers are given.
        progress: Called as ``progress(done, total, label)``.

    Raises:
        NotFound: One is nobody, or several; then none is erased.
        BookLocked: Another process writes; or with ``now``, one is reading.
    """
    with store.lock():
        store.recover()
        finish(folder, settings, store, progress=progress)
        name = Generations(folder / "derived").current()
        pages = folder / "derived" / name / PAGES if name else None
        people = [records.person(store, each, pages=pages) for each in given]
        # Together: a row of somebody else that names two of them must lose both names.
        whole = records.Person(
            tuple(sorted({ref for person in people for ref in person.refs})),
            tuple(sorted({key for person in people for key in person.keys})),
            people[0].label,
        )
        receipt_id = records.plan_forgetting(store, whole, pages=pages)
        finish(folder, settings, store, now=now, progress=progress)
        return next(each for each in receipts(store) if each.receipt_id == receipt_id)


def finish(
    folder: Path,
    settings: Settings,
    store: records.Store,
    *,
    now: bool = False,
    progress: Progress | None = None,
) -> None:
    """Carry out what an erasure has begun, and purge what is due; nothing to do costs nothing."""
    plans = records.pending(folder)
    due = records.due(folder)
    if not plans and not any(now or records.is_due(each) for each in due):
        return
    with store.lock():
        for plan in records.pending(folder):
            done = records.erase(store, plan)
            themes = folder / "models" / "themes" / "themes.npz"
            lost = records.lost_words(store, done.texts) if themes.exists() else set()
            language.forget_texts(themes, done.texts, lost)
        if plans:
            _derive_anew(folder, settings, store, progress)
        for plan in records.pending(folder):
            records.erased(
                store, plan, what="customer", purge_hours=0 if now else settings.purge_after_hours
            )
        ready = [each for each in records.due(folder) if now or records.is_due(each)]
        if ready:
            records.purge(store, ready)


def _derive_anew(
    folder: Path, settings: Settings, store: records.Store, progress: Progress | None
) -> None:
    """Remake the derived tables, and remove every generation but the new one."""
    generations = Generations(folder / "derived")
    # What was found in texts is kept by text; it is found anew.
    shutil.rmtree(folder / "cache", ignore_errors=True)
    if generations.current() is not None:
        refresh(folder, settings, store, progress=progress)
    current = generations.current()
    for entry in (folder / "derived").glob("g*"):
        if entry.name != current:
            shutil.rmtree(entry, ignore_errors=True)


def receipts(store: records.Store) -> list[Receipt]:
    """Return the receipts of all erasures, the oldest first."""
    rows = store.arrow("receipts").sort_by("receipt_id").to_pylist()
    return [Receipt(**{**row, "removed": json.loads(row["removed"])}) for row in rows]
