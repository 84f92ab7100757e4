"""The store: the fact tables of a Book as Delta tables, one writer, any number of readers."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import duckdb
import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Transaction, write_deltalake
from deltalake.exceptions import CommitFailedError

from goodwill.errors import BookLocked, BookMissing, NotFound
from goodwill.literals import text_sql
from goodwill.tables import ACCOUNTS, FACTS, TIME, TableSpec

from ._ages import CutOffs
from ._columns import COLUMNS, columns_file, widen
from .privacy import Keyring

PARTITIONED = ("contacts", "orders")
_HISTORY = "_history"
_RETRIES = 6
_COMPACT_FILES = 600
_SPECS = FACTS | ACCOUNTS
_MAY_LACK = ("customer_ref", "contact_id")
"""Keys of identities that some rows lack."""


class Store:
    """The records of one Book.

    Args:
        folder: The Book's folder.
        keyring: The Book's keys, which lie outside it.
        vault: Whether imports keep readable mails, phones and names, sealed.
        keep: How old what an import brings may be; of any age when left out.
    """

    def __init__(
        self, folder: Path, keyring: Keyring, *, vault: bool = True, keep: CutOffs | None = None
    ) -> None:
        self.folder = Path(folder)
        self.keyring = keyring
        self.vault = vault
        self.keep = keep or CutOffs()
        self._depth = 0
        self._lock_file: int | None = None
        if not (self.folder / "records").is_dir():
            raise BookMissing(f"{self.folder}: there are no records here")

    def uris(self, table: str) -> list[str]:
        """Return the Parquet files of the table's newest version (empty for an empty table).

        The month of a partitioned table stands in the path (``month=2020-01/``) only.
        """
        delta = self.delta(table)
        # The log names files as URIs: a space in the Book's path stands there as %20.
        uris = delta.file_uris() if delta else []
        files = sorted(unquote(uri.removeprefix("file://")) for uri in uris)
        if delta and files:
            extra = columns_file(delta, self.folder / "records" / table, schema_of(table))
            files += [extra] if extra else []
        return files

    def arrow(self, table: str) -> pa.Table:
        """Return the table's newest version."""
        schema = schema_of(table)
        columns = ", ".join(f'"{name}"' for name in schema.names)
        with self.reading():
            if not (uris := self.uris(table)):  # pages ask for some that most Books never fill
                return schema.empty_table()
            with connection() as con:
                # Twice read is twice the same, the order too.
                con.execute("SET preserve_insertion_order = true")
                rows = con.sql(f"SELECT {columns} FROM {rows_sql(uris, schema)}")
                return rows.to_arrow_table().cast(schema)

    def versions(self) -> dict[str, int]:
        """Return the version of each table that exists: equal versions hold equal rows."""
        found = {}
        for name in (*_SPECS, *(f"{n}{_HISTORY}" for n in FACTS)):
            if delta := self.delta(name):
                found[name] = delta.version()
        return found

    def delta(self, table: str) -> DeltaTable | None:
        """Return the Delta table, None when nothing was ever written to it."""
        spec_of(table)
        path = self.folder / "records" / table
        return DeltaTable(path) if (path / "_delta_log").is_dir() else None

    @cached_property
    def hash_salt(self) -> str:
        """A salt of this Book for content hashes, so that they cannot be guessed outside."""
        return self.keyring.hash("row", "salt")

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the Book's one writer lock; entering again from the same store is free.

        Raises:
            BookLocked: another process holds it; the message names its pid.
        """
        if self._depth == 0:
            self._lock_file = _locked(self.folder / "lock")
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if self._depth == 0 and self._lock_file is not None:
                os.close(self._lock_file)
                self._lock_file = None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Keep the files that a reader needs from being purged while he reads."""
        handle = os.open(self.folder / "readers.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH)
            yield
        finally:
            os.close(handle)

    @contextmanager
    def without_readers(self) -> Iterator[None]:
        """Hold readers off.

        Raises:
            BookLocked: somebody is reading.
        """
        handle = os.open(self.folder / "readers.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise BookLocked(
                "somebody reads a table of this Book",
                hint="What was erased is erased; the next writer purges it.",
            ) from None
        finally:
            os.close(handle)

    def recover(self) -> list[str]:
        """Finish or drop what a killed writer left; return the ids of the imports finished.

        Called with the lock held, at the start of every writer.
        """
        from ._forget import drop_unplanned, erase, pending
        from ._staging import apply

        for name in (*_SPECS, *(f"{n}{_HISTORY}" for n in FACTS)):
            if delta := self.delta(name):
                widen(delta, self.folder / "records" / name, schema_of(name))
        drop_unplanned(self.folder)
        for plan in pending(self.folder):
            erase(self, plan)
        done = []
        staging = self.folder / "staging"
        for folder in sorted(staging.iterdir()) if staging.is_dir() else []:
            if (folder / "ready.json").is_file():
                apply(self, folder)
                done.append(folder.name)
            elif folder.is_dir():
                shutil.rmtree(folder, ignore_errors=True)
        return done

    def append(self, table: str, data: Any, once: str) -> None:
        """Append rows in one commit, unless the commit named ``once`` is there already."""
        self._commit(table, once, lambda delta, properties: write_deltalake(
            delta, data(), mode="append", commit_properties=properties))  # fmt: skip

    def merge(self, table: str, data: Any, once: str, months: list[str]) -> None:
        """Replace or insert rows by key in one commit; ``months`` limits what is rewritten."""
        spec = spec_of(table)
        keys = [*spec.key, *(["month"] if table in PARTITIONED else [])]
        predicate = " AND ".join(f't."{k}" = s."{k}"' for k in keys)
        if table in PARTITIONED and months:
            predicate += f" AND t.month IN ({', '.join(text_sql(m) for m in months)})"

        def change(delta: DeltaTable, properties: CommitProperties) -> None:
            delta.merge(
                data(), predicate, source_alias="s", target_alias="t",
                commit_properties=properties,
            ).when_matched_update_all().when_not_matched_insert_all().execute()  # fmt: skip

        self._commit(table, once, change)

    def delete(self, table: str, keys: Any, on: list[str], once: str) -> None:
        """Delete the rows with these keys in one commit; the log names no key."""

        def change(delta: DeltaTable, properties: CommitProperties) -> None:
            delta.merge(
                keys, _same_sql(table, keys, on), source_alias="s", target_alias="t",
                commit_properties=properties,
            ).when_matched_delete().execute()  # fmt: skip

        self._commit(table, once, change)

    def replace(self, table: str, rows: Any, on: list[str], once: str) -> None:
        """Replace the rows with the same keys in one commit; rows that are gone stay gone."""

        def change(delta: DeltaTable, properties: CommitProperties) -> None:
            delta.merge(
                rows, _same_sql(table, rows, on), source_alias="s", target_alias="t",
                commit_properties=properties,
            ).when_matched_update_all().execute()  # fmt: skip

        self._commit(table, once, change)

    def empty(
        self, table: str, keys: Any, on: list[str], nothing: dict[str, str], once: str
    ) -> None:
        """Put ``nothing`` (SQL by column) into the rows with these keys, in one commit."""

        def change(delta: DeltaTable, properties: CommitProperties) -> None:
            delta.merge(
                keys, _same_sql(table, keys, on), source_alias="s", target_alias="t",
                commit_properties=properties,
            ).when_matched_update(nothing).execute()  # fmt: skip

        self._commit(table, once, change)

    def purge(self, table: str) -> None:
        """Delete the files that the newest version does not need, and the log before it."""
        delta = self.delta(table)
        if delta is None:
            return
        delta.vacuum(0, dry_run=False, enforce_retention_duration=False, full=True)
        delta = DeltaTable(self.folder / "records" / table)
        delta.create_checkpoint()
        log, newest = self.folder / "records" / table / "_delta_log", delta.version()
        for path in log.iterdir():
            number = path.name.split(".")[0]
            if number.isdigit() and int(number) < newest:
                path.unlink()

    def _commit(
        self, table: str, once: str, change: Callable[[DeltaTable, CommitProperties], Any]
    ) -> None:
        for attempt in range(_RETRIES):
            delta = self.delta(table) or _created(self.folder / "records" / table, table)
            if delta.transaction_version(once) is not None:
                return
            try:
                change(delta, CommitProperties(app_transactions=[Transaction(once, 1)]))
                return
            except CommitFailedError:
                if attempt == _RETRIES - 1:
                    raise
                time.sleep(0.05 * 2**attempt)

    def tidy(self, table: str) -> None:
        """Join small files once they are many; readers of older versions keep theirs."""
        delta = self.delta(table)
        if delta and len(delta.file_uris()) > _COMPACT_FILES:
            delta.optimize.compact()


def _same_sql(table: str, rows: Any, on: list[str]) -> str:
    """Return the condition of a merge; months may be named, since they are nobody's."""
    parts = [
        f"coalesce(t.{key}, '') = coalesce(s.{key}, '')" if key in _MAY_LACK
        else f't."{key}" = s."{key}"'
        for key in on
    ]  # fmt: skip
    if table in PARTITIONED:
        months = sorted(set(rows.column("month").to_pylist()))
        parts.append(f"t.month IN ({', '.join(text_sql(month) for month in months)})")
    return " AND ".join(parts)


def create_store(folder: Path, keyring: Keyring | None = None) -> Store | None:
    """Make the empty tables of a new Book in its folder; with its keys, return the store."""
    for name in _SPECS:
        path = Path(folder) / "records" / name
        if not (path / "_delta_log").is_dir():
            _created(path, name)
    (Path(folder) / "staging").mkdir(exist_ok=True)
    (Path(folder) / "mappings").mkdir(exist_ok=True)
    return Store(folder, keyring) if keyring else None


def spec_of(table: str) -> TableSpec:
    """Return the declaration of a stored table; of its own for a ``_history`` table.

    Raises:
        NotFound: there is no such table.
    """
    name = table.removesuffix(_HISTORY)
    if name not in _SPECS or (table != name and name not in FACTS):
        raise NotFound(f"no table {table!r}", hint=f"Tables: {', '.join(sorted(_SPECS))}")
    return _SPECS[name]


def schema_of(table: str) -> pa.Schema:
    """Return a stored table's schema; history tables add ``replaced_at``."""
    schema = spec_of(table).schema
    return schema.append(pa.field("replaced_at", TIME)) if table.endswith(_HISTORY) else schema


def rows_sql(uris: list[str], schema: pa.Schema) -> str:
    """Return a FROM item over the stored files of a table, also when there are none."""
    if not uris:
        names = ", ".join(f"CAST(NULL AS {_sql_type(f.type)}) AS {f.name}" for f in schema)
        return f"(SELECT {names} WHERE false)"
    files = ", ".join(text_sql(uri) for uri in uris)
    hive = ", hive_partitioning = true, hive_types = {'month': VARCHAR}" * ("/month=" in uris[0])
    named = ", union_by_name = true" * any(COLUMNS in uri for uri in uris[-1:])
    return f"read_parquet([{files}]{hive}{named})"


def connection(memory: str = "700MB", *, only: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Return an embedded DuckDB in UTC with bounded memory.

    With ``only`` it reads files of that folder and no others, whatever a mapping's SQL asks for.
    """
    con = duckdb.connect(":memory:")
    if only is not None:
        con.execute(f"SET allowed_directories = [{text_sql(str(only.absolute()) + os.sep)}]")
        con.execute("SET enable_external_access = false")
    con.execute(f"SET memory_limit = '{memory}'")
    con.execute("SET TimeZone = 'UTC'")
    con.execute("SET preserve_insertion_order = false")
    con.execute("SET enable_progress_bar = false")
    return con


def _sql_type(kind: pa.DataType) -> str:
    if pa.types.is_timestamp(kind):
        return "TIMESTAMPTZ"
    if pa.types.is_boolean(kind):
        return "BOOLEAN"
    if pa.types.is_integer(kind):
        return "BIGINT"
    if pa.types.is_floating(kind):
        return "DOUBLE"
    return "BLOB" if pa.types.is_binary(kind) else "VARCHAR"


def _created(path: Path, table: str) -> DeltaTable:
    spec, schema = spec_of(table), schema_of(table)
    # Statistics go into the log in clear: none of anything that came in as text.
    ours = {"source", "import_id", "quarantine_id"}
    open_columns = [
        f.name for f in schema
        if f.name in ours or (f.name not in spec.private and not _holds_text(f.type))
    ]  # fmt: skip
    partitions = ["month"] if table in PARTITIONED else []
    return DeltaTable.create(
        path,
        schema=schema,
        mode="ignore",
        partition_by=partitions,
        configuration={
            "delta.dataSkippingStatsColumns": ",".join(
                name for name in open_columns if name not in partitions
            )
        },
    )


def _holds_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_binary(kind))


def _locked(path: Path) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.read(handle, 32).decode("ascii", "replace").strip() or "unknown"
        os.close(handle)
        raise BookLocked(
            f"another process writes to this Book (pid {holder})",
            hint="Wait until it has finished; reading is possible meanwhile.",
        ) from None
    os.ftruncate(handle, 0)
    os.write(handle, str(os.getpid()).encode())
    return handle


def read_json(path: Path) -> Any:
    """Return a JSON file's content."""
    return json.loads(path.read_text(encoding="utf-8"))
