"""Forgetting: what is somebody's in every table, planned once, sealed, and then done.

The plan lies in ``forgetting/<receipt id>/`` until it is carried out, in pieces sealed like the
vault. Each commit of it has a name, so that a plan whose process was killed is carried out again by
the next writer and does nothing twice.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from goodwill.durable import replacing, sync_folder
from goodwill.tables import ACCOUNTS

from ._ages import CutOffs
from ._forget_sql import Finder, keys_of
from ._forgotten import Marks, mark, raw_of
from ._person import Person
from ._pieces import EMPTIED, GONE, MARKS, MENDED, SAID, Piece, Pieces, new_id, pieces_of
from ._retain_sql import Aged, nothing_of
from ._store import Store, connection, rows_sql, schema_of
from ._vault import looking

FOLDER = "forgetting"
_PLAN = "plan.json"
_DUE = "due.json"
Progress = Callable[[int, int, str], object]
"""Called as ``progress(done, total, label)``."""


@dataclass(slots=True)
class Plan:
    """What is to be erased, piece by piece: rows deleted, rows of others mended, texts emptied.

    Attributes:
        receipt_id: Of the receipt.
        removed: How many rows, by place.
        what: ``customer``, or of what age.
    """

    receipt_id: str
    removed: dict[str, int] = field(default_factory=dict)
    what: str = "customer"


def plan_forgetting(store: Store, person: Person, *, pages: Path | None = None) -> str:
    """Find all that is somebody's, write the sealed plan, and return its receipt's id.

    Called with the lock held. Nothing is changed yet.
    """
    plan = Plan(new_id())
    pieces = Pieces(store, store.folder / FOLDER / plan.receipt_id)
    with connection() as con:
        finder = Finder(con, store, person, pages)
        marks = sorted({mark(store.keyring, *each) for each in finder.marks()})
        pieces.add(MARKS, "", pa.table({"mark": pa.array(marks, pa.string())}))
        for table, rows in finder.gone().items():
            pieces.add(GONE, table, rows)
        pieces.add(GONE, "quarantine", _in_quarantine(store, marks))
        for table, rows in finder.mended().items():
            pieces.add(MENDED, table, rows)
        pieces.add(SAID, "", pa.table({"text": pa.array(finder.texts(), pa.string())}))
    plan.removed = pieces.counts
    _complete(pieces, plan)
    return plan.receipt_id


def plan_aging(
    store: Store, cut: CutOffs, *, pages: Path | None = None, dry_run: bool = False
) -> Plan | None:
    """Find all that is older than the company keeps, and write the sealed plan.

    Called with the lock held. Nothing is changed yet; None when nothing is too old.

    Args:
        store: The Book's.
        cut: The first days that are kept.
        pages: The page file of the current generation: it says which references are one.
        dry_run: Write no plan.
    """
    plan = Plan(new_id(), what=cut.words)
    folder = store.folder / FOLDER / plan.receipt_id
    with Pieces(store, folder, write=not dry_run) as pieces, connection() as con:
        aged = Aged(con, store, cut, pages, pieces.spill())
        for table, rows in aged.gone():
            pieces.add(GONE, table, rows)
        for table, rows in aged.emptied():
            pieces.add(EMPTIED, table, rows)
        plan.removed = pieces.counts
        if plan.removed and not dry_run:
            for rows in aged.texts():
                pieces.add(SAID, "", rows)
    if not plan.removed:
        return None
    if not dry_run:
        _complete(pieces, plan)
    return plan


def _in_quarantine(store: Store, marks: list[str]) -> pa.Table:
    """Return the ids of the quarantined rows that hold any of what the marks stand for."""
    rows = store.arrow("quarantine")
    ids = []
    by_source: dict[str, Marks] = {}
    columns = (rows["quarantine_id"], rows["source"], rows["raw"])
    for quarantine_id, source, sealed in zip(*(c.to_pylist() for c in columns), strict=True):
        if source not in by_source:
            by_source[source] = Marks(store.keyring, source, marks)
        if by_source[source].has_raw(raw_of(store.keyring, sealed)):
            ids.append(quarantine_id)
    return pa.table({"quarantine_id": pa.array(ids, pa.string())})


def _complete(pieces: Pieces, plan: Plan) -> None:
    """Write the plan's last file: without it, nothing was planned."""
    pieces.keep()
    with replacing(pieces.folder / _PLAN) as file:
        file.write(json.dumps({"what": plan.what, "removed": plan.removed}).encode())
    sync_folder(pieces.folder.parent)


def drop_unplanned(folder: Path) -> None:
    """Remove what a killed process left of plans that were never complete."""
    for entry in (folder / FOLDER).glob("*"):
        if entry.is_dir() and not (entry / _PLAN).is_file() and not (entry / _DUE).is_file():
            shutil.rmtree(entry, ignore_errors=True)


def pending(folder: Path) -> list[Path]:
    """Return the plans of the Book in ``folder`` that are not carried out yet."""
    found = folder / FOLDER
    return sorted(p.parent for p in found.glob(f"*/{_PLAN}")) if found.is_dir() else []


def due(folder: Path) -> list[Path]:
    """Return the erasures whose purge is still to come."""
    found = folder / FOLDER
    return sorted(p.parent for p in found.glob(f"*/{_DUE}")) if found.is_dir() else []


def erase(store: Store, folder: Path, progress: Progress | None = None) -> Plan:
    """Carry out a plan in the records, piece by piece: marks first, then table by table.

    May be called again after being killed anywhere. Called with the lock held.
    """
    told = json.loads((folder / _PLAN).read_text(encoding="utf-8"))
    plan = Plan(folder.name, told["removed"], told.get("what", "customer"))
    pieces = list(pieces_of(folder))
    for place, piece in enumerate(pieces):
        if progress:
            progress(place, len(pieces), "erase rows, table by table")
        once = f"forget/{plan.receipt_id}/{piece.name}"
        if piece.kind == MARKS:
            marks = piece.rows(store).column("mark").to_pylist()
            rows = [{"mark": m, "receipt_id": plan.receipt_id} for m in marks]
            table = pa.Table.from_pylist(rows, schema=ACCOUNTS["forgotten"].schema)
            store.append("forgotten", lambda t=table: t, once)
        elif piece.kind != SAID:
            with looking(store) if piece.table == "vault_looks" else nullcontext():
                _carry_out(store, piece, once)
    if plan.what == "customer":
        # What a browser sent is in no form in which his rows could be told from those of others.
        shutil.rmtree(store.folder / "uploads", ignore_errors=True)
    return plan


def _carry_out(store: Store, piece: Piece, once: str) -> None:
    rows, table = piece.rows(store), piece.table
    if piece.kind == GONE:
        store.delete(table, rows, keys_of(table), once)
    elif piece.kind == EMPTIED:
        store.empty(table, rows, keys_of(table), nothing_of(table), once)
    elif table == "vault_looks":
        store.merge(table, lambda: rows, once, [])
    else:
        store.replace(table, rows, keys_of(table), once)


def texts_of(store: Store, folder: Path) -> Iterator[list[str]]:
    """Yield the texts that a plan erases, some at a time, redacted as they were stored."""
    for piece in pieces_of(folder):
        if piece.kind == SAID:
            yield piece.rows(store).column("text").to_pylist()


def erased(store: Store, folder: Path, *, purge_hours: float) -> None:
    """Write the receipt of a plan that was carried out everywhere, and drop the plan."""
    at = datetime.now(UTC)
    purge_after = at + timedelta(hours=purge_hours)
    told = json.loads((folder / _PLAN).read_text(encoding="utf-8"))
    row = {
        "receipt_id": folder.name,
        "what": told.get("what", "customer"),
        "erased_at": at,
        "purge_after": purge_after,
        "purged_at": None,
        "removed": json.dumps(told["removed"], sort_keys=True),
    }
    table = pa.Table.from_pylist([row], schema=ACCOUNTS["receipts"].schema)
    store.append("receipts", lambda: table, f"forget/{folder.name}/receipt")
    with replacing(folder / _DUE) as file:
        file.write(json.dumps({"purge_after": purge_after.isoformat()}).encode())
    (folder / _PLAN).unlink(missing_ok=True)
    for path in folder.glob("*.sealed"):
        path.unlink()
    sync_folder(folder)


def is_due(folder: Path) -> bool:
    """Return whether the hours that readers were given have passed."""
    told = json.loads((folder / _DUE).read_text(encoding="utf-8"))
    return datetime.now(UTC) >= datetime.fromisoformat(told["purge_after"])


def purge(store: Store, folders: list[Path], progress: Progress | None = None) -> None:
    """Delete every file that the tables' newest versions do not need, and the logs' past.

    Called with the lock held.
    """
    with store.without_readers(), looking(store):
        names = list(store.versions())
        for place, name in enumerate(names):
            if progress:
                progress(place, len(names), "purge files, table by table")
            store.purge(name)
    at = datetime.now(UTC)
    for folder in folders:
        rows = store.arrow("receipts")
        mine = [r | {"purged_at": at} for r in rows.to_pylist() if r["receipt_id"] == folder.name]
        table = pa.Table.from_pylist(mine, schema=ACCOUNTS["receipts"].schema)
        store.merge("receipts", lambda t=table: t, f"forget/{folder.name}/purged", [])
        shutil.rmtree(folder, ignore_errors=True)


def lost_words(store: Store, texts: Iterable[list[str]], among: Iterable[str]) -> set[str]:
    """Return the words of erased texts that no text left in the Book holds, in lower case.

    Args:
        store: The Book's.
        texts: What was erased, some at a time.
        among: The words that are asked about.
    """
    asked = set(among)
    words: set[str] = set()
    for some in texts:
        for text in some:
            words |= asked.intersection(re.findall(r"\w+", text.lower()))
    with connection() as con:
        con.register("gone", pa.table({"word": pa.array(sorted(words), pa.string())}))
        parts = " UNION ALL ".join(
            f"SELECT unnest([text, subject]) AS text FROM {rows_sql(store.uris(t), schema_of(t))}"
            for t in ("contacts", "contacts_history")
        )
        rows = con.execute(
            "SELECT DISTINCT word FROM (SELECT unnest(regexp_extract_all(lower(text), "
            f"'[\\p{{L}}\\p{{N}}_]+')) AS word FROM ({parts}) WHERE text IS NOT NULL) "
            "JOIN gone USING (word)"
        ).fetchall()
    return words - {word for (word,) in rows}
