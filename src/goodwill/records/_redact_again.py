"""Redacting stored texts again, once redaction has learned more."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from goodwill.literals import text_sql

from ._forget_sql import keys_of
from ._store import Store, connection, rows_sql, schema_of
from .privacy import KINDS, REDACTION_VERSION, redact

_TABLES = ("contacts", "contacts_history", "threads", "threads_history")
_TEXTS = ("subject", "text")
_AT_ONCE = 50_000  # rows of a commit
_KNOWN_ORDERS = 2_000_000
# A handle that is readable in a stored text was kept on purpose: it is the company's own.
_LOOKED_FOR = KINDS - {"handle"}

Progress = Callable[[int, int, str], object]


@dataclass(frozen=True, slots=True)
class RedactedAgain:
    """What redacting stored texts again changed.

    Attributes:
        rows: Rows looked at, by table.
        changed: Rows of which a text changed, by table.
        kinds: Pieces replaced, by kind of personal data.
        version: The version of redaction that the rows have now.
        purged: Whether the files that held the older texts are deleted.
    """

    rows: dict[str, int]
    changed: dict[str, int]
    kinds: dict[str, int]
    version: int
    purged: bool

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "rows": self.rows, "changed": self.changed, "kinds": self.kinds,
            "version": self.version, "purged": self.purged,
        }  # fmt: skip


def redact_again(
    store: Store, *, dry_run: bool = False, progress: Progress | None = None
) -> RedactedAgain:
    """Redact the stored texts of older versions anew, commit by commit.

    A process killed in between has done a part of the rows; the next call does the others.
    Threads, which keep no version, are looked at each time. Rows in quarantine are not touched:
    they are sealed, and redacted when they are mended. Derived tables follow at the next refresh.

    Args:
        store: The Book's.
        dry_run: Change nothing, and count what would change.
        progress: Called as ``progress(done, total, label)``.

    Raises:
        BookLocked: Another process writes.
    """
    counted = _Counts()
    with store.lock():
        store.recover()
        total = sum(_count(store, table) for table in _TABLES)
        orders = _orders(store)
        done = 0
        for table in _TABLES:
            for rows in _stale(store, table):
                new = _again(rows, orders, table, counted)
                if not dry_run and new is not None:
                    again = f"redact/{REDACTION_VERSION}/{uuid.uuid4().hex}"
                    store.replace(table, new, keys_of(table), again)
                done += rows.num_rows
                if progress:
                    progress(done, total, "redact")
        purged = not dry_run and _purge(store, counted.rows)
    return RedactedAgain(
        dict(counted.rows), dict(counted.changed), dict(counted.kinds), REDACTION_VERSION, purged
    )


class _Counts:
    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()
        self.changed: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()


def _stale_sql(store: Store, table: str) -> str:
    """Return SQL of the rows that an older version redacted."""
    schema = schema_of(table)
    older = f"coalesce(redaction_version, 0) < {REDACTION_VERSION}"
    where = older if "redaction_version" in schema.names else "subject IS NOT NULL"
    return f"SELECT * FROM {rows_sql(store.uris(table), schema)} WHERE {where}"


def _count(store: Store, table: str) -> int:
    with connection() as con:
        [(count,)] = con.execute(f"SELECT count(*) FROM ({_stale_sql(store, table)})").fetchall()
    return int(count)


def _stale(store: Store, table: str) -> Iterator[pa.Table]:
    """Yield the rows to be looked at; commits of the rows before do not move the others."""
    schema = schema_of(table)
    with connection() as con:
        months: list[str | None] = [None]
        if "month" in schema.names:
            found = con.execute(
                f"SELECT DISTINCT month FROM ({_stale_sql(store, table)}) ORDER BY month"
            ).fetchall()
            months = [month for (month,) in found]
    for month in months:
        with connection() as con:
            sql = _stale_sql(store, table)
            if month is not None:
                sql += f" AND month = {text_sql(month)}"
            reader = con.sql(sql).to_arrow_reader(_AT_ONCE)
            for batch in reader:
                if batch.num_rows:
                    yield pa.Table.from_batches([batch]).select(schema.names).cast(schema)


def _orders(store: Store) -> frozenset[str]:
    """Return the numbers of the Book's orders, which stay readable."""
    with connection() as con:
        rows = con.execute(
            "SELECT DISTINCT upper(ltrim(order_number, '#')) FROM "
            f"{rows_sql(store.uris('orders'), schema_of('orders'))} "
            f"WHERE order_number IS NOT NULL LIMIT {_KNOWN_ORDERS}"
        ).fetchall()
    return frozenset(number for (number,) in rows)


def _again(rows: pa.Table, orders: frozenset[str], table: str, counted: _Counts) -> pa.Table | None:
    """Return the rows as they should stand; None where they stand so."""

    def keep(kind: str, value: str) -> bool:
        return kind != "name" and value.strip("#").upper() in orders

    changed = [False] * rows.num_rows
    for name in _TEXTS:
        if name not in rows.schema.names:
            continue
        texts = rows.column(name).to_pylist()
        found = redact(texts, keep=keep, kinds=_LOOKED_FOR)
        for row, (_, spans) in enumerate(found):
            changed[row] |= bool(spans)
            counted.kinds.update(span.kind for span in spans)
        at = rows.schema.get_field_index(name)
        rows = rows.set_column(at, rows.field(name), pa.array([t for t, _ in found], pa.string()))
    counted.rows[table] += rows.num_rows
    counted.changed[table] += sum(changed)
    if "redaction_version" not in rows.schema.names:
        return rows.filter(pa.array(changed)) if any(changed) else None
    at = rows.schema.get_field_index("redaction_version")
    version = pa.array([REDACTION_VERSION] * rows.num_rows, pa.int32())
    return rows.set_column(at, rows.field("redaction_version"), version)


def _purge(store: Store, tables: Counter[str]) -> bool:
    """Delete the files with the older texts, unless somebody reads; say whether."""
    from goodwill.errors import BookLocked

    try:
        with store.without_readers():
            for table in store.versions():
                if table in _TABLES:
                    store.purge(table)
    except BookLocked:
        return False
    return True
