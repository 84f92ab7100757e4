"""SQL of forgetting: which rows of which table are somebody's, and which of others name him."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from goodwill.literals import text_sql
from goodwill.tables import ACCOUNTS, FACTS

from ._forgotten import name_key
from ._person import Person
from ._store import PARTITIONED, Store, rows_sql, schema_of

ROW_ID = {
    "contacts": "contact_id", "threads": "thread_id", "thread_events": "event_id",
    "orders": "order_id", "subscriptions": "subscription_id",
}  # fmt: skip
_NOBODYS = ("exchange_rates", "same_event_decisions")
"""Tables that hold nothing of a person; any other must say in `Finder` what is his."""
_SHORTEST = 5
"""A number shorter than this stands in too many texts that mean something else."""


def keys_of(table: str) -> list[str]:
    """Return the columns by which a row of a table is deleted or replaced."""
    base = table.removesuffix("_history")
    if base != table:
        return ["source", ROW_ID[base], "replaced_at", "row_hash"]
    if table == "identities":
        return ["source", "customer_ref", "kind", "value", "contact_id"]
    key = list((FACTS | ACCOUNTS)[table].key)
    return [*key, "month"] if table in PARTITIONED else key


class Finder:
    """Finds what is one person's; its tables live in a connection of its own."""

    def __init__(self, con: Any, store: Store, person: Person, pages: Path | None) -> None:
        self._con = con
        self._store = store
        self._person = person
        for table in (*self._tables(), "vault_looks"):
            con.execute(
                f"CREATE VIEW {table} AS FROM {rows_sql(store.uris(table), schema_of(table))}"
            )
        refs = sorted(person.refs)
        con.register("given_refs", pa.table({
            "source": pa.array([s for s, _ in refs], pa.string()),
            "customer_ref": pa.array([r for _, r in refs], pa.string())}))  # fmt: skip
        con.execute("CREATE TABLE refs AS SELECT DISTINCT * FROM given_refs")
        told = self._vault_values()
        keys = sorted({*person.keys, *self._vault_keys(told)})
        self._names = sorted({key for kind, value in told if kind == "name"
                              if (key := name_key(value))})  # fmt: skip
        con.register("given_keys", pa.table({
            "kind": pa.array([k for k, _ in keys], pa.string()),
            "value": pa.array([v for _, v in keys], pa.string())}))  # fmt: skip
        self._people(pages)

    def _run(self, sql: str) -> Any:
        return self._con.execute(sql)

    def _vault_values(self) -> list[tuple[str, str]]:
        """Return his mails, phones and names; those that another customer has too are not his."""
        rows = self._run(
            """SELECT v.kind, v.sealed FROM vault v JOIN refs USING (source, customer_ref)
            WHERE NOT EXISTS (
                SELECT 1 FROM vault o WHERE o.kind = v.kind AND o.value = v.value
                AND (o.source, o.customer_ref) NOT IN (SELECT source, customer_ref FROM refs))"""
        ).fetchall()
        keyring = self._store.keyring
        return [(kind, str(json.loads(keyring.decrypt(sealed))[3])) for kind, sealed in rows]

    def _vault_keys(self, told: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return his mails and phones as keys."""
        from ._private import _normal

        keys = ((kind, _normal(kind, [value])[0]) for kind, value in told if kind != "name")
        return [(kind, self._store.keyring.hash(kind, value)) for kind, value in keys if value]

    def _people(self, pages: Path | None) -> None:
        """Make his keys, orders, threads and contacts as tables."""
        run = self._run
        # Known keys of his own, and keys that nobody but him has used.
        run(
            """CREATE TABLE his_keys AS
            SELECT kind, value, '' AS source FROM given_keys
            UNION
            SELECT 'email', substr(customer_ref, 3), '' FROM refs WHERE customer_ref LIKE 'h:%'
            UNION
            SELECT i.kind, i.value,
                CASE WHEN i.kind IN ('email', 'phone') THEN '' ELSE i.source END
            FROM identities i JOIN refs USING (source, customer_ref)
            WHERE NOT EXISTS (
                SELECT 1 FROM identities o WHERE o.kind = i.kind AND o.value = i.value
                AND (i.kind IN ('email', 'phone') OR o.source = i.source)
                AND o.customer_ref IS NOT NULL
                AND (o.source, o.customer_ref) NOT IN (SELECT source, customer_ref FROM refs))"""
        )
        both = "(SELECT {0} FROM {1} UNION ALL SELECT {0} FROM {1}_history)"
        contacts = both.format(
            "source, contact_id, thread_id, reply_to_id, customer_ref, direction, order_id",
            "contacts",
        )
        run(f"CREATE TABLE all_contacts AS SELECT DISTINCT * FROM {contacts}")
        all_orders = both.format(
            "source, order_id, order_number, related_order_id, customer_ref", "orders"
        )
        run(
            f"""CREATE TABLE order_names AS
            WITH own AS (
                SELECT source, unnest([order_id, order_number]) AS name
                FROM {all_orders} JOIN refs USING (source, customer_ref)
            ), others AS (
                SELECT source, unnest([order_id, order_number]) AS name FROM {all_orders} o
                WHERE customer_ref IS NOT NULL
                AND (source, customer_ref) NOT IN (SELECT source, customer_ref FROM refs)
            )
            (SELECT DISTINCT source, name FROM own WHERE name IS NOT NULL
            EXCEPT SELECT source, name FROM others)
            UNION
            -- Orders that the Book does not hold, and that he alone has named.
            (SELECT source, order_id FROM all_contacts JOIN refs USING (source, customer_ref)
            WHERE order_id IS NOT NULL
            EXCEPT SELECT source, name FROM others
            EXCEPT SELECT source, order_id FROM all_contacts WHERE customer_ref IS NOT NULL
                AND (source, customer_ref) NOT IN (SELECT source, customer_ref FROM refs))"""
        )
        # A contact may have had a reference in one version and none in another.
        run(
            """CREATE TABLE own_contacts AS
            SELECT c.source, c.contact_id FROM all_contacts c JOIN refs USING (source, customer_ref)
            UNION
            SELECT c.source, c.contact_id FROM all_contacts c
            JOIN order_names n ON n.source = c.source AND n.name = c.order_id
            WHERE c.customer_ref IS NULL
            UNION
            SELECT i.source, i.contact_id FROM identities i
            JOIN his_keys k ON k.kind = i.kind AND k.value = i.value
                AND k.source IN ('', i.source)
            WHERE i.customer_ref IS NULL AND i.contact_id IS NOT NULL
                AND i.kind IN ('email', 'phone')"""
        )
        threads = both.format("source, thread_id, customer_ref", "threads")
        run(
            f"""CREATE TABLE own_threads AS
            WITH touched AS (
                SELECT source, thread_id FROM {threads} JOIN refs USING (source, customer_ref)
                UNION
                SELECT c.source, c.thread_id FROM all_contacts c
                JOIN own_contacts USING (source, contact_id) WHERE c.thread_id IS NOT NULL
            ), mixed AS (
                SELECT source, thread_id FROM all_contacts
                WHERE direction = 'in' AND customer_ref IS NOT NULL
                AND (source, customer_ref) NOT IN (SELECT source, customer_ref FROM refs)
            )
            SELECT * FROM touched WHERE thread_id IS NOT NULL EXCEPT SELECT * FROM mixed"""
        )
        run(
            """INSERT INTO own_contacts
            SELECT DISTINCT c.source, c.contact_id FROM all_contacts c
            JOIN own_threads USING (source, thread_id)"""
        )
        if pages is not None:
            run(f"ATTACH {text_sql(str(pages))} AS pages (READ_ONLY)")
            run(
                """INSERT INTO own_contacts
                SELECT m.source, m.contact_id FROM pages.messages m
                JOIN (SELECT source || ':' || customer_ref AS customer_id FROM refs)
                USING (customer_id) WHERE m.direction <> 'in'"""
            )
            run("DETACH pages")
        run(
            """INSERT INTO own_contacts
            SELECT DISTINCT c.source, c.contact_id FROM all_contacts c
            JOIN own_contacts o ON o.source = c.source AND o.contact_id = c.reply_to_id
            WHERE c.direction <> 'in' AND c.customer_ref IS NULL"""
        )
        run("CREATE TABLE his_contacts AS SELECT DISTINCT source, contact_id FROM own_contacts")

    def _is_his(self, table: str) -> str:
        """Return the condition that a row ``t`` of a table is his."""
        base = table.removesuffix("_history")
        own = "(t.source, t.customer_ref) IN (SELECT source, customer_ref FROM refs)"
        names = "(SELECT source, name FROM order_names)"
        conditions = {
            "contacts": "(t.source, t.contact_id) IN (SELECT source, contact_id FROM his_contacts)",
            "threads": f"{own} OR (t.customer_ref IS NULL AND (t.source, t.thread_id) IN "
            "(SELECT source, thread_id FROM own_threads))",
            "thread_events": "(t.source, t.thread_id) IN (SELECT source, thread_id FROM "
            "own_threads)",
            "orders": f"{own} OR (t.customer_ref IS NULL AND ((t.source, t.order_number) IN {names}"
            f" OR (t.source, t.order_id) IN {names} OR (t.source, t.related_order_id) IN {names}))",
            "subscriptions": own,
            "vault": own,
            "decisions": f"{own} OR (t.other_source, t.other_ref) IN "
            "(SELECT source, customer_ref FROM refs)",
            "candidates": f"{own} OR (t.other_source, t.other_ref) IN "
            "(SELECT source, customer_ref FROM refs)",
            "identities": f"{own} OR (t.source, t.contact_id) IN (SELECT source, contact_id FROM "
            "his_contacts) AND t.customer_ref IS NULL OR EXISTS (SELECT 1 FROM his_keys k WHERE "
            "k.kind = t.kind AND k.value = t.value AND k.source IN ('', t.source))",
        }
        return f"coalesce({conditions[base]}, false)"

    def _tables(self) -> Iterator[str]:
        yield from (t for t in FACTS if t not in _NOBODYS)
        yield from (*(f"{t}_history" for t in ROW_ID), "vault", "decisions", "candidates")

    def gone(self) -> dict[str, pa.Table]:
        """Return the keys of the rows to be deleted, by table."""
        out = {}
        for table in self._tables():
            keys = ", ".join(f't."{name}"' for name in keys_of(table))
            sql = f"SELECT DISTINCT {keys} FROM {table} t WHERE {self._is_his(table)}"
            out[table] = self._con.sql(sql).to_arrow_table()
        return out

    def marks(self) -> Iterator[tuple[str, str, str]]:
        """Yield kind, source and stored value of all that an import shall know him by."""
        queries = {
            "ref": "SELECT source, customer_ref FROM refs",
            "order": "SELECT source, name FROM order_names",
            "contact": "SELECT source, contact_id FROM his_contacts",
            "thread": "SELECT source, thread_id FROM own_threads",
            "subscription": "SELECT t.source, t.subscription_id FROM subscriptions t "
            f"WHERE {self._is_his('subscriptions')}",
        }
        for kind, sql in queries.items():
            yield from ((kind, source, value) for source, value in self._run(sql).fetchall())
        yield from (("name", "", key) for key in self._names)
        yield from (
            (f"key:{kind}", source, value)
            for kind, value, source in self._run("SELECT DISTINCT * FROM his_keys").fetchall()
        )

    def texts(self) -> list[str]:
        """Return his texts, redacted as they are stored."""
        sql = " UNION ".join(
            f"SELECT unnest([text, subject]) AS text FROM {t} t WHERE {self._is_his(t)}"
            for t in ("contacts", "contacts_history")
        )
        rows = self._run(f"SELECT text FROM ({sql}) WHERE text IS NOT NULL ORDER BY 1").fetchall()
        return [text for (text,) in rows]

    def mended(self) -> dict[str, pa.Table]:
        """Return the rows of others that name an order, a contact or a reference of his."""
        names = "(SELECT source, name FROM order_names)"
        replies = "(SELECT source, contact_id FROM his_contacts)"
        pattern = self._names_pattern()
        # Ids of contacts as others' rows list them; a list may name contacts of its source only.
        self._run(
            "SET VARIABLE his_ids = (SELECT coalesce(list(contact_id), []) FROM his_contacts)"
        )
        out = {}
        for table in ("contacts", "contacts_history", "threads", "threads_history"):
            base = table.removesuffix("_history")
            schema = schema_of(table)
            texts = [n for n in ("text", "subject") if n in schema.names]
            new = {n: f"regexp_replace(t.{n}, {text_sql(pattern)}, '\\1[order]', 'g')"
                   for n in texts} if pattern else {}  # fmt: skip
            touched = (
                [f"regexp_matches(t.{n}, {text_sql(pattern)})" for n in texts] if pattern else []
            )
            if base == "contacts":
                new |= {
                    "order_id": f"CASE WHEN (t.source, t.order_id) NOT IN {names} "
                    "THEN t.order_id END",
                    "reply_to_id": f"CASE WHEN (t.source, t.reply_to_id) NOT IN {replies} "
                    "THEN t.reply_to_id END",
                    "answer_ids": "nullif(array_to_string(list_filter(string_split("
                    "t.answer_ids, ','), lambda a: NOT list_contains("
                    "getvariable('his_ids'), trim(a))), ','), '')",
                }
                touched += [
                    f"(t.source, t.order_id) IN {names}",
                    f"(t.source, t.reply_to_id) IN {replies}",
                    "t.answer_ids IS NOT NULL AND list_has_any(string_split(t.answer_ids, ','), "
                    "getvariable('his_ids'))",
                ]
            if not touched:
                continue
            columns = ", ".join(f'{new.get(n, f"""t."{n}" """)} AS "{n}"' for n in schema.names)
            found = self._con.sql(
                f"SELECT {columns} FROM {table} t WHERE NOT {self._is_his(table)} "
                f"AND ({' OR '.join(f'coalesce({c}, false)' for c in touched)})"
            ).to_arrow_table()
            out[table] = found.select(schema.names).cast(schema)
        looks = schema_of("vault_looks")
        labels = "SELECT source || ':' || customer_ref FROM refs"
        out["vault_looks"] = (
            self._con.sql(
                "SELECT look_id, \"at\", actor, 'forgotten' AS customer_id, kinds, NULL AS reason "
                f"FROM vault_looks WHERE customer_id IN ({labels}) "
                f"OR customer_id = {text_sql(self._person.label)}"
            )
            .to_arrow_table()
            .cast(looks)
        )
        return out

    def _names_pattern(self) -> str:
        """Return a pattern of his order numbers and references in texts of others."""
        rows = self._run(
            "SELECT name FROM order_names UNION SELECT customer_ref FROM refs "
            "WHERE customer_ref NOT LIKE 'h:%' ORDER BY 1"
        ).fetchall()
        names = [re.escape(n.lstrip("#")) for (n,) in rows if len(n.lstrip("#")) >= _SHORTEST]
        return rf"(?i)(^|[^\w])(?:{'|'.join(names)})\b" if names else ""
