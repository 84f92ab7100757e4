"""Erasure: of a customer and of what is too old, in every place of a Book; then the purge.

The places are listed in ``docs/privacy.md``; a test compares that list with what a Book holds.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from goodwill import language, records
from goodwill.generations import Generations
from goodwill.refresh import Progress, Refresh, refresh
from goodwill.settings import Settings


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was erased, and when; it holds nothing of the person.

    Attributes:
        receipt_id: Names the erasure.
        what: ``customer``; or, of retention by age, the first days that are kept.
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
        pages = Generations(folder / "derived").pages()
        people = []
        for place, each in enumerate(given):
            _say(progress, place, len(given), "find the customers")
            people.append(records.person(store, each, pages=pages))
        # Together: a row of somebody else that names two of them must lose both names.
        whole = records.Person(
            tuple(sorted({ref for person in people for ref in person.refs})),
            tuple(sorted({key for person in people for key in person.keys})),
            people[0].label,
        )
        _say(progress, 0, 0, "find what the Book holds of them")
        receipt_id = records.plan_forgetting(store, whole, pages=pages)
        finish(folder, settings, store, now=now, progress=progress)
        return _receipt(store, receipt_id)


@dataclass(frozen=True, slots=True)
class Retained:
    """What was, or would be, too old to be kept.

    Attributes:
        texts_before: Texts before this day are emptied; None when they are kept for ever.
        records_before: Rows before this day are removed; None when they are kept for ever.
        removed: Rows by place.
        receipt: None of a dry run, and when nothing was too old.
    """

    texts_before: date | None
    records_before: date | None
    removed: dict[str, int]
    receipt: Receipt | None

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as ``goodwill retain --json`` prints them."""
        return asdict(self)


def retain(
    folder: Path,
    settings: Settings,
    store: records.Store,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Retained:
    """Erase what is older than the settings say, and return what that was.

    Raises:
        BookLocked: Another process writes; or one is reading what is due to be purged.
    """
    cut = store.keep
    if not cut:
        return Retained(None, None, {}, None)
    with store.lock():
        if not dry_run:
            store.recover()
            finish(folder, settings, store, progress=progress)
        _say(progress, 0, 0, "find what is too old")
        plan = _plan(folder, store, dry_run=dry_run)
        if plan is None or dry_run:
            return Retained(cut.texts, cut.records, plan.removed if plan else {}, None)
        finish(folder, settings, store, progress=progress)
        receipt = _receipt(store, plan.receipt_id)
        return Retained(cut.texts, cut.records, plan.removed, receipt)


def refreshed(
    folder: Path,
    settings: Settings,
    store: records.Store,
    *,
    refit: bool = False,
    progress: Progress | None = None,
) -> Refresh:
    """Erase what is too old, where the settings say so, and remake the derived tables once."""
    with store.lock():
        store.recover()
        if store.keep:
            _plan(folder, store)
        made = finish(folder, settings, store, refit=refit, progress=progress)
        return made or refresh(folder, settings, store, refit=refit, progress=progress)


def _plan(folder: Path, store: records.Store, *, dry_run: bool = False) -> records.Plan | None:
    pages = Generations(folder / "derived").pages()
    return records.plan_aging(store, store.keep, pages=pages, dry_run=dry_run)


def finish(
    folder: Path,
    settings: Settings,
    store: records.Store,
    *,
    now: bool = False,
    refit: bool = False,
    progress: Progress | None = None,
) -> Refresh | None:
    """Carry out what an erasure has begun, and purge what is due; nothing to do costs nothing.

    Returns the refresh that it took, if any.
    """
    made: Refresh | None = None
    plans = records.pending(folder)
    due = records.due(folder)
    if not plans and not any(now or records.is_due(each) for each in due):
        return None
    with store.lock():
        for plan in records.pending(folder):
            records.erase(store, plan, progress)
            themes = folder / "models" / "themes" / "themes.npz"
            own = folder / "models" / "encoder"
            if themes.exists() or own.exists():
                _say(progress, 0, 0, "take their words out of the models")
                among = language.theme_words(themes) | language.own_words(own)
                lost = records.lost_words(store, records.texts_of(store, plan), among)
                language.forget_texts(themes, records.texts_of(store, plan), lost)
                language.forget_words(own, lost)
        if plans:
            made = _derive_anew(folder, settings, store, refit, progress)
        for plan in records.pending(folder):
            records.erased(store, plan, purge_hours=0 if now else settings.purge_after_hours)
        ready = [each for each in records.due(folder) if now or records.is_due(each)]
        if ready:
            records.purge(store, ready, progress)
    return made


def _derive_anew(
    folder: Path,
    settings: Settings,
    store: records.Store,
    refit: bool,
    progress: Progress | None,
) -> Refresh | None:
    """Remake the derived tables, and remove every generation but the new one."""
    generations = Generations(folder / "derived")
    # What was found in texts is kept by text; it is found anew.
    language.drop_cache(folder / "cache")
    made: Refresh | None = None
    if generations.current() is not None:
        made = refresh(folder, settings, store, refit=refit, progress=progress)
    current = generations.current()
    for entry in (folder / "derived").glob("g*"):
        if entry.name != current:
            shutil.rmtree(entry, ignore_errors=True)
    return made


def _say(progress: Progress | None, done: int, total: int, label: str) -> None:
    """Tell which step is at work, and how far it is; a total of 0 is not known beforehand."""
    if progress:
        progress(done, total, label)


def _receipt(store: records.Store, receipt_id: str) -> Receipt:
    return next(each for each in receipts(store) if each.receipt_id == receipt_id)


def receipts(store: records.Store) -> list[Receipt]:
    """Return the receipts of all erasures, the oldest first."""
    rows = store.arrow("receipts").sort_by("receipt_id").to_pylist()
    return [Receipt(**{**row, "removed": json.loads(row["removed"])}) for row in rows]
