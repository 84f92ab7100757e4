"""Who is meant: from what somebody gives (an id, a reference, a mail, a phone) to stored refs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from goodwill.errors import NotFound
from goodwill.literals import text_sql
from goodwill.tables import ACCOUNTS, FACTS

from ._store import Store, connection, rows_sql
from .privacy import e164, safe_ref

_HOLD_REFS = ("contacts", "orders", "threads", "subscriptions", "identities")


@dataclass(frozen=True, slots=True)
class Person:
    """One customer as the Book's tables know him.

    Attributes:
        refs: Source and reference, all of them.
        keys: Kind and keyed hash of what was given, where it is a key.
        label: His id, for a record of a look.
    """

    refs: tuple[tuple[str, str], ...]
    keys: tuple[tuple[str, str], ...] = ()
    label: str = ""


def keys_of(store: Store, given: str) -> list[tuple[str, str]]:
    """Return the keys that a text can be: a mail, a phone, a handle."""
    text, out = given.strip(), []
    if "@" in text[1:] and " " not in text:
        out.append(("email", store.keyring.hash("email", text.lower())))
    if phone := e164(text, None):
        out.append(("phone", store.keyring.hash("phone", phone)))
    if text.startswith("@"):
        out.append(("handle", store.keyring.hash("handle", text[1:].lower())))
    return out


def person(store: Store, given: str, *, pages: Path | None = None) -> Person:
    """Return the customer that is meant.

    Args:
        store: The Book's.
        given: The customer's id, what a source calls him, his mail or his phone.
        pages: The page file of the current generation: it says which references are one.

    Raises:
        NotFound: Nobody is, or several are; the message does not repeat what was given.
    """
    text = given.strip()
    keys = keys_of(store, text)
    with connection() as con:
        parts = [
            f"SELECT DISTINCT source, customer_ref FROM {rows_sql(store.uris(t), _schema(t))}"
            for t in (*_HOLD_REFS, *(f"{t}_history" for t in _HOLD_REFS[:-1]), "vault")
        ]
        con.execute(
            f"CREATE TABLE refs AS SELECT DISTINCT * FROM ({' UNION ALL '.join(parts)}) "
            "WHERE customer_ref IS NOT NULL"
        )
        found: list[tuple[str, str]] = con.execute(
            "SELECT * FROM refs WHERE source || ':' || customer_ref = ? ORDER BY ALL", [text]
        ).fetchall()
        if not found:
            found = con.execute(
                "SELECT * FROM refs WHERE customer_ref IN (?, ?) ORDER BY ALL",
                [text, safe_ref(text, store.keyring)],
            ).fetchall()
        if keys:
            con.register("given", pa.table({"kind": [k for k, _ in keys],
                                            "value": [v for _, v in keys]}))  # fmt: skip
            identities = rows_sql(store.uris("identities"), FACTS["identities"].schema)
            found += con.execute(
                f"SELECT DISTINCT source, customer_ref FROM {identities} JOIN given "
                "USING (kind, value) WHERE customer_ref IS NOT NULL ORDER BY ALL"
            ).fetchall()
        refs = sorted(set(found))
        customers = {f"{source}:{ref}" for source, ref in refs}
        if pages is not None and refs:
            refs, customers = _joined(con, store, pages, refs)
    if len(customers) > 1:
        raise NotFound(
            f"{len(customers)} customers have this reference or key.",
            hint="Give one of: " + ", ".join(sorted(customers)[:20]),
        )
    if not refs and not keys:
        raise NotFound(
            "No customer has this id, reference or key.",
            hint="Give the id that problems and tables print, such as shop:10023.",
        )
    return Person(tuple(refs), tuple(keys), min(customers, default=""))


def _joined(
    con: object, store: Store, pages: Path, refs: list[tuple[str, str]]
) -> tuple[list[tuple[str, str]], set[str]]:
    """Return all refs of the customers whom these refs are of, and the customers' ids."""
    run = con.execute  # type: ignore[attr-defined]
    run(f"ATTACH {text_sql(str(pages))} AS pages (READ_ONLY)")
    contacts = rows_sql(store.uris("contacts"), FACTS["contacts"].schema)
    orders = rows_sql(store.uris("orders"), FACTS["orders"].schema)
    run(
        f"""CREATE TABLE placed AS
        SELECT DISTINCT f.source, f.customer_ref, m.customer_id
        FROM {contacts} f JOIN pages.messages m USING (source, contact_id)
        WHERE f.customer_ref IS NOT NULL AND m.customer_id IS NOT NULL AND f.direction = 'in'
        UNION
        SELECT DISTINCT f.source, f.customer_ref, o.customer_id
        FROM {orders} f JOIN pages.orders o USING (source, order_id)
        WHERE f.customer_ref IS NOT NULL AND o.customer_id IS NOT NULL"""
    )
    known = {(s, r): c for s, r, c in run("SELECT * FROM placed ORDER BY ALL").fetchall()}
    customers = {known.get(ref, f"{ref[0]}:{ref[1]}") for ref in refs}
    if len(customers) == 1:
        [only] = customers
        refs = sorted({*refs, *(ref for ref, customer in known.items() if customer == only)})
    run("DETACH pages")
    return refs, customers


def _schema(table: str) -> pa.Schema:
    return (FACTS | ACCOUNTS)[table.removesuffix("_history")].schema
