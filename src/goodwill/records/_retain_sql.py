"""SQL of retention by age: which rows are older than the company keeps, and which lose texts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from goodwill.literals import text_sql

from ._ages import AGES, TEXTS, CutOffs
from ._forget_sql import ROW_ID, keys_of
from ._store import PARTITIONED, Store, rows_sql, schema_of

BATCH = 100_000
"""Rows of one piece of a plan."""
_HISTORIES = tuple(f"{table}_history" for table in AGES)
_OTHERS = ("identities", "vault", "vault_looks", "quarantine", "decisions", "candidates", "imports")


class Aged:
    """Finds what is too old; its tables live in a connection of its own."""

    def __init__(
        self, con: Any, store: Store, cut: CutOffs, pages: Path | None, spill: Path
    ) -> None:
        self._con = con
        self._cut = cut
        con.execute(f"SET temp_directory = {text_sql(str(spill))}")
        for table in (*AGES, *_HISTORIES, *_OTHERS):
            con.execute(
                f"CREATE VIEW {table} AS FROM {rows_sql(store.uris(table), schema_of(table))}"
            )
        if pages is None:
            con.execute("CREATE TABLE joined (customer_id TEXT, source TEXT, customer_ref TEXT)")
        else:
            con.execute(f"ATTACH {text_sql(str(pages))} AS pages (READ_ONLY)")
            con.execute(
                "CREATE TABLE joined AS SELECT DISTINCT customer_id, source, customer_ref "
                "FROM pages.customer_refs"
            )
            con.execute("DETACH pages")
        for name, day in (("text", cut.texts), ("record", cut.records)):
            for table in AGES:
                self._old(f"{name}_{table}", table, day)
        self._living("kept_refs", cut.latest)
        self._living("record_refs", cut.records)

    def _is_old(self, table: str, day: date | None) -> str:
        """Return the condition that a row ``t`` is older than a day."""
        if day is None:
            return "false"
        where = self._cut.before_sql(table, day)
        if table != "threads":
            return where
        # A thread is as young as its youngest message or event, whatever its own times.
        last = " UNION ALL ".join(
            f'SELECT source, thread_id, "at" FROM {t} WHERE thread_id IS NOT NULL'
            for t in ("contacts", "thread_events")
        )
        moment = f"TIMESTAMPTZ {text_sql(self._cut.moment(day).isoformat())}"
        young = f'SELECT source, thread_id FROM ({last}) WHERE "at" >= {moment}'
        times = ", ".join(f"t.{each}" for each in AGES[table])
        return (
            f"({where} OR (greatest({times}) IS NULL "
            f"AND (t.source, t.thread_id) IN (SELECT source, thread_id FROM ({last})))) "
            f"AND (t.source, t.thread_id) NOT IN ({young})"
        )

    def _old(self, name: str, table: str, day: date | None) -> None:
        """Name the keys of a table's rows that are older than a day; nothing is held."""
        self._con.execute(
            f"CREATE VIEW {name} AS SELECT DISTINCT t.source, t.{ROW_ID[table]} AS id "
            f"FROM {table} t WHERE {self._is_old(table, day)}"
        )

    def _living(self, name: str, day: date | None) -> None:
        """Make the table of the references with anything that is not older than a day."""
        parts = " UNION ".join(
            f"SELECT t.source, t.customer_ref FROM {table} t WHERE t.customer_ref IS NOT NULL "
            f"AND NOT coalesce({self._is_old(table, day)}, false)"
            for table in ("contacts", "threads", "orders", "subscriptions")
        )
        self._con.execute(f"CREATE TABLE {name} AS {parts}")
        # One customer may be known by several references: one that lives keeps the others.
        self._con.execute(
            f"INSERT INTO {name} SELECT j.source, j.customer_ref FROM joined j WHERE j.customer_id "
            f"IN (SELECT k.customer_id FROM joined k JOIN {name} USING (source, customer_ref))"
        )

    def _conditions(self) -> Iterator[tuple[str, str]]:
        """Yield each table of which rows ``t`` go, and which."""
        if self._cut.latest is not None:
            yield (
                "vault",
                "(t.source, t.customer_ref) NOT IN (SELECT source, customer_ref FROM kept_refs)",
            )
            # They rest on the vault.
            yield (
                "candidates",
                "(t.source, t.customer_ref) NOT IN (SELECT source, customer_ref FROM kept_refs) OR "
                "(t.other_source, t.other_ref) NOT IN (SELECT source, customer_ref FROM kept_refs)",
            )
        if self._cut.records is None:
            return
        moment = f"TIMESTAMPTZ {text_sql(self._cut.moment(self._cut.records).isoformat())}"
        for table in AGES:
            key = f"(t.source, t.{ROW_ID[table]}) IN (SELECT source, id FROM record_{table})"
            yield table, self._is_old(table, self._cut.records)
            yield (
                f"{table}_history",
                f"{key} OR {self._cut.before_sql(table, self._cut.records)}",
            )
        yield (
            "identities",
            # A key of no customer and no message, a guest's order, goes with its import's rows.
            "CASE WHEN t.customer_ref IS NULL AND t.contact_id IS NULL "
            f"THEN t.import_id NOT IN ({self._imports_left_sql()}) "
            "WHEN t.customer_ref IS NULL THEN (t.source, t.contact_id) IN "
            "(SELECT source, id FROM record_contacts) "
            f"ELSE {_dead_sql('t.source', 't.customer_ref')} END",
        )
        yield (
            "decisions",
            f"{_dead_sql('t.source', 't.customer_ref')} OR "
            f"{_dead_sql('t.other_source', 't.other_ref')}",
        )
        yield "vault_looks", f't."at" < {moment}'
        yield "quarantine", self._imported_before(self._cut.records)

    def _imports_left_sql(self) -> str:
        """Return the SELECT of the imports of which any row is left."""
        return " UNION ".join(
            f"SELECT t.import_id FROM {table} t WHERE t.import_id IS NOT NULL AND "
            f"NOT coalesce({self._is_old(table, self._cut.records)}, false)"
            for table in AGES
        )

    def _imported_before(self, day: date) -> str:
        moment = f"TIMESTAMPTZ {text_sql(self._cut.moment(day).isoformat())}"
        return f't.import_id IN (SELECT import_id FROM imports WHERE "at" < {moment})'

    def _batches(self, sql: str) -> Iterator[pa.Table]:
        for batch in self._con.sql(sql).to_arrow_reader(BATCH):
            yield pa.Table.from_batches([batch])

    def _each(self, table: str, select: str, where: str) -> Iterator[pa.Table]:
        """Yield what is selected of a table's rows, some at a time; of one month, where it can."""
        parts = [""]
        if table in PARTITIONED:
            months = self._con.execute(f"SELECT DISTINCT month FROM {table} ORDER BY 1").fetchall()
            parts = [f" AND t.month = {text_sql(month)}" for (month,) in months]
        for part in parts:
            yield from self._batches(
                f"SELECT DISTINCT {select} FROM {table} t WHERE coalesce({where}, false){part}"
            )

    def gone(self) -> Iterator[tuple[str, pa.Table]]:
        """Yield the keys of the rows to be deleted, table by table."""
        refs = " UNION ".join(
            f"SELECT t.source, t.customer_ref FROM {table} t "
            f"WHERE {self._is_old(table, self._cut.records)}"
            for table in ("contacts", "threads", "orders", "subscriptions")
        )
        self._con.execute(f"CREATE TABLE gone_refs AS {refs}")
        for table, condition in self._conditions():
            for keys in self._each(table, _keys_sql(table), condition):
                yield table, keys

    def emptied(self) -> Iterator[tuple[str, pa.Table]]:
        """Yield the keys of the rows that stay without their texts, table by table."""
        if self._cut.texts is None:
            return
        gone = dict(self._conditions())
        for table in (*TEXTS, *(f"{t}_history" for t in TEXTS), "quarantine"):
            base = table.removesuffix("_history")
            if base == "quarantine":
                old, held = self._imported_before(self._cut.texts), "t.raw IS NOT NULL"
            else:
                old = self._is_old(base, self._cut.texts)
                if base != table:
                    key = f"(t.source, t.{ROW_ID[base]}) IN (SELECT source, id FROM text_{base})"
                    old = f"({key} OR {self._cut.before_sql(base, self._cut.texts)})"
                held = f"({' OR '.join(f't.{name} IS NOT NULL' for name in TEXTS[base])})"
            left = f"NOT coalesce({gone.get(table, 'false')}, false)"
            where = f"({old}) AND {held} AND {left}"
            for keys in self._each(table, _keys_sql(table), where):
                yield table, keys

    def texts(self) -> Iterator[pa.Table]:
        """Yield the texts that go, redacted as they are stored."""
        conditions = dict(self._conditions())
        for table in ("contacts", "contacts_history"):
            where = f"coalesce({conditions.get(table, 'false')}, false)"
            if self._cut.texts is not None:
                where += f" OR {self._cut.before_sql('contacts', self._cut.texts)}"
                if table != "contacts":
                    where += (
                        " OR (t.source, t.contact_id) IN (SELECT source, id FROM text_contacts)"
                    )
            for name in ("text", "subject"):
                yield from self._each(
                    table, f"t.{name} AS text", f"({where}) AND t.{name} IS NOT NULL"
                )


def nothing_of(table: str) -> dict[str, str]:
    """Return what is put in place of the texts of a table's rows."""
    if table == "quarantine":
        return {"raw": "NULL", "masked_value": "''"}
    return dict.fromkeys(TEXTS[table.removesuffix("_history")], "NULL")


def _keys_sql(table: str) -> str:
    return ", ".join(f't."{name}"' for name in keys_of(table))


def _dead_sql(source: str, ref: str) -> str:
    """Return the condition that all of a reference goes, and it held something that does."""
    pair = f"({source}, {ref})"
    return (
        f"({ref} IS NOT NULL AND {pair} NOT IN (SELECT source, customer_ref FROM record_refs) "
        f"AND {pair} IN (SELECT source, customer_ref FROM gone_refs))"
    )
