"""Forgetting: what is somebody's in every table, planned once, sealed, and then done.

The plan lies in ``forgetting/<receipt id>/`` until it is carried out, sealed like the vault. Each
commit of it has a name, so that a plan whose process was killed is carried out again by the next
writer and does nothing twice.
"""

from __future__ import annotations

import io
import json
import os
import re
import secrets
import shutil
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.ipc as ipc

from goodwill.durable import replacing, sync_folder
from goodwill.tables import ACCOUNTS

from ._ages import CutOffs
from ._forget_sql import Finder, keys_of
from ._forgotten import Marks, mark, raw_of
from ._person import Person
from ._retain_sql import Aged
from ._store import Store, connection, rows_sql, schema_of
from ._vault import looking

FOLDER = "forgetting"
_PLAN = "plan.json"
_DUE = "due.json"


@dataclass(slots=True)
class Plan:
    """What is to be erased, by table, and the marks that keep it away.

    Attributes:
        receipt_id: Of the receipt.
        marks: For the table ``forgotten``.
        gone: Keys of the rows to be deleted, by table.
        mended: Rows of others that must lose an id of his, by table, as they shall be.
        texts: His texts, for the themes that were found on them.
        removed: How many rows, by place.
        what: ``customer``, or of what age.
    """

    receipt_id: str
    marks: list[str] = field(default_factory=list)
    gone: dict[str, pa.Table] = field(default_factory=dict)
    mended: dict[str, pa.Table] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    removed: dict[str, int] = field(default_factory=dict)
    what: str = "customer"


def plan_forgetting(store: Store, person: Person, *, pages: Path | None = None) -> str:
    """Find all that is somebody's, write the sealed plan, and return its receipt's id.

    Called with the lock held. Nothing is changed yet.
    """
    plan = Plan(_new_id())
    with connection() as con:
        finder = Finder(con, store, person, pages)
        keyring = store.keyring
        plan.marks = sorted({mark(keyring, *each) for each in finder.marks()})
        plan.gone = finder.gone()
        plan.mended = finder.mended()
        plan.texts = finder.texts()
    _add_quarantine(store, plan)
    plan.removed = {table: rows.num_rows for table, rows in plan.gone.items() if rows.num_rows}
    plan.removed |= {
        f"{table}: rows of others mended": rows.num_rows
        for table, rows in plan.mended.items() if rows.num_rows
    }  # fmt: skip
    _write(store, plan)
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
    plan = Plan(_new_id(), what=cut.words)
    with connection() as con:
        aged = Aged(con, store, cut, pages)
        plan.gone = aged.gone()
        plan.mended = aged.mended()
        plan.texts = aged.texts()
    plan.removed = {table: rows.num_rows for table, rows in plan.gone.items() if rows.num_rows}
    plan.removed |= {
        f"{table}: texts emptied": rows.num_rows
        for table, rows in plan.mended.items() if rows.num_rows
    }  # fmt: skip
    if not plan.removed:
        return None
    if not dry_run:
        _write(store, plan)
    return plan


def _new_id() -> str:
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"


def _add_quarantine(store: Store, plan: Plan) -> None:
    rows = store.arrow("quarantine")
    ids = []
    by_source: dict[str, Marks] = {}
    columns = (rows["quarantine_id"], rows["source"], rows["raw"])
    for quarantine_id, source, sealed in zip(*(c.to_pylist() for c in columns), strict=True):
        if source not in by_source:
            by_source[source] = Marks(store.keyring, source, plan.marks)
        if by_source[source].has_raw(raw_of(store.keyring, sealed)):
            ids.append(quarantine_id)
    plan.gone["quarantine"] = pa.table({"quarantine_id": pa.array(ids, pa.string())})


def _write(store: Store, plan: Plan) -> None:
    folder = store.folder / FOLDER / plan.receipt_id
    folder.mkdir(parents=True)
    parts = {f"gone-{table}": rows for table, rows in plan.gone.items()}
    parts |= {f"mended-{table}": rows for table, rows in plan.mended.items()}
    parts["texts"] = pa.table({"text": pa.array(plan.texts, pa.string())})
    parts["marks"] = pa.table({"mark": pa.array(plan.marks, pa.string())})
    for name, table in parts.items():
        out = io.BytesIO()
        with ipc.new_stream(out, table.schema) as writer:
            writer.write_table(table)
        (folder / f"{name}.sealed").write_bytes(store.keyring.encrypt(out.getvalue()))
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    with replacing(folder / _PLAN) as file:
        file.write(json.dumps({"what": plan.what, "removed": plan.removed}).encode())
    sync_folder(folder.parent)


def _read(store: Store, folder: Path) -> Plan:
    plan = Plan(folder.name)
    for path in sorted(folder.glob("*.sealed")):
        data = store.keyring.decrypt(path.read_bytes())
        table = ipc.open_stream(pa.py_buffer(data)).read_all()
        kind, _, name = path.name.removesuffix(".sealed").partition("-")
        if kind == "gone":
            plan.gone[name] = table
        elif kind == "mended":
            plan.mended[name] = table
        elif kind == "texts":
            plan.texts = table.column("text").to_pylist()
        else:
            plan.marks = table.column("mark").to_pylist()
    told = json.loads((folder / _PLAN).read_text(encoding="utf-8"))
    plan.removed, plan.what = told["removed"], told.get("what", plan.what)
    return plan


def pending(folder: Path) -> list[Path]:
    """Return the plans of the Book in ``folder`` that are not carried out yet."""
    found = folder / FOLDER
    return sorted(p.parent for p in found.glob(f"*/{_PLAN}")) if found.is_dir() else []


def due(folder: Path) -> list[Path]:
    """Return the erasures whose purge is still to come."""
    found = folder / FOLDER
    return sorted(p.parent for p in found.glob(f"*/{_DUE}")) if found.is_dir() else []


def erase(store: Store, folder: Path) -> Plan:
    """Carry out a plan in the records: marks first, then table by table.

    May be called again after being killed anywhere. Called with the lock held.
    """
    plan = _read(store, folder)
    once = f"forget/{plan.receipt_id}"
    marks = [{"mark": m, "receipt_id": plan.receipt_id} for m in plan.marks]
    table = pa.Table.from_pylist(marks, schema=ACCOUNTS["forgotten"].schema)
    store.append("forgotten", lambda: table, f"{once}/marks")
    for name, keys in plan.gone.items():
        if keys.num_rows:
            with looking(store) if name == "vault_looks" else nullcontext():
                store.delete(name, keys, keys_of(name), f"{once}/gone-{name}")
    for name, rows in plan.mended.items():
        if not rows.num_rows:
            continue
        if name == "vault_looks":
            with looking(store):
                store.merge(name, lambda r=rows: r, f"{once}/mended-{name}", [])
        else:
            store.replace(name, rows, keys_of(name), f"{once}/mended-{name}")
    if plan.what == "customer":
        # What a browser sent is in no form in which his rows could be told from those of others.
        shutil.rmtree(store.folder / "uploads", ignore_errors=True)
    return plan


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


def purge(store: Store, folders: list[Path]) -> None:
    """Delete every file that the tables' newest versions do not need, and the logs' past.

    Called with the lock held.
    """
    with store.without_readers(), looking(store):
        for name in store.versions():
            store.purge(name)
    at = datetime.now(UTC)
    for folder in folders:
        rows = store.arrow("receipts")
        mine = [r | {"purged_at": at} for r in rows.to_pylist() if r["receipt_id"] == folder.name]
        table = pa.Table.from_pylist(mine, schema=ACCOUNTS["receipts"].schema)
        store.merge("receipts", lambda t=table: t, f"forget/{folder.name}/purged", [])
        shutil.rmtree(folder, ignore_errors=True)


def lost_words(store: Store, texts: list[str]) -> set[str]:
    """Return the words of erased texts that no text left in the Book holds, in lower case."""
    words = sorted({word for text in texts for word in re.findall(r"\w+", text.lower())})
    with connection() as con:
        con.register("gone", pa.table({"word": pa.array(words, pa.string())}))
        parts = " UNION ALL ".join(
            f"SELECT unnest([text, subject]) AS text FROM {rows_sql(store.uris(t), schema_of(t))}"
            for t in ("contacts", "contacts_history")
        )
        rows = con.execute(
            "SELECT word FROM gone EXCEPT SELECT unnest(regexp_extract_all(lower(text), "
            f"'[\\p{{L}}\\p{{N}}_]+')) FROM ({parts}) WHERE text IS NOT NULL"
        ).fetchall()
    return {word for (word,) in rows}
