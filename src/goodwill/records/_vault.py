"""The vault: readable mails, phones and names of customers, sealed one by one.

Written by an import in the same staged commit as its facts, read only by :func:`opened`, which
records who looked, at whom and why before it gives anything out.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import compress
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goodwill.errors import InputError
from goodwill.literals import text_sql
from goodwill.tables import ACCOUNTS

from ._store import Store, connection, rows_sql
from .privacy import Keyring, redact_batch

OWN_NAME = "__name"
"""The private column with the customer's own name."""
VAULT_KINDS = ("email", "phone", "name")
_COLUMNS = {"email": "__email", "phone": "__phone", "name": OWN_NAME}
_SCHEMA = ACCOUNTS["vault"].schema
_OTHERS = re.compile(
    r"agent|assign|owner|operator|staff|employee|submitter|team|sender|shipping|recipient|deliver|"
    r"admin|company|organi[sz]ation|product|item",
    re.IGNORECASE,
)
_FIRST = re.compile(r"first|given|nombre|nome|vorname|pr[eé]nom", re.IGNORECASE)
_LAST = re.compile(r"last|surname|family|apellido|sobrenome|nachname", re.IGNORECASE)
_LONGEST = 320


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """How a customer can be reached, as one look into the vault found it."""

    customer_id: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    names: tuple[str, ...]
    look_id: str


@dataclass(frozen=True, slots=True)
class VaultLook:
    """One look into the vault: who, when, at whom, at what, and why."""

    look_id: str
    at: datetime
    actor: str
    customer_id: str
    """Empty where it was at values in quarantine; ``forgotten`` once he was."""
    kinds: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class VaultLooks:
    """VaultLooks into the vault, the newest first.

    Attributes:
        looks: Those of one page.
        total: How many fit.
        actors: All who ever looked.
    """

    looks: tuple[VaultLook, ...]
    total: int
    actors: tuple[str, ...]


def own_name_sql(columns: Mapping[str, str]) -> str:
    """Return the SQL of the customer's own name, given cells by the source's column names.

    Empty when no column is the customer's: the names of agents and of those who receive a
    parcel are somebody else's.

    >>> own_name_sql({"First name": "a", "Last name": "b", "Agent name": "c"})
    "nullif(concat_ws(' ', a, b), '')"
    """
    own = {name: cell for name, cell in columns.items() if not _OTHERS.search(name)}
    last = [cell for name, cell in own.items() if _LAST.search(name)]
    first = [
        cell for name, cell in own.items()
        if _FIRST.search(name) and not _LAST.search(name) and "complet" not in name.lower()
    ]  # fmt: skip
    whole = [cell for cell in own.values() if cell not in (*first, *last)]
    if first and last and not whole:
        return f"nullif(concat_ws(' ', {first[0]}, {last[0]}), '')"
    return f"coalesce({', '.join([*whole, *first, *last])})" if own else ""


class Sealer:
    """Seals what the rows of one file tell of their customers."""

    def __init__(self, keyring: Keyring, source: str) -> None:
        self._keyring = keyring
        self._source = source
        self._done: dict[str, set[tuple[str | None, str | None]]] = {}

    def sealed(self, rows: pa.Table, refs: Any, import_id: str) -> pa.Table:
        """Return the rows of ``vault`` for mapped rows.

        Args:
            rows: Mapped rows that still hold their private columns.
            refs: The customer of each, as it will be stored.
            import_id: Of the import.
        """
        customers: list[str | None] = refs.to_pylist()
        # In a message of the company the name and the mail may be the agent's.
        theirs = (
            [d == "in" for d in rows.column("direction").to_pylist()]
            if "direction" in rows.schema.names
            else [True] * len(customers)
        )
        found: dict[tuple[str, str, str], bytes] = {}
        for kind, column in _COLUMNS.items():
            if column not in rows.schema.names:
                continue
            cells: list[str | None] = rows.column(column).to_pylist()
            done = self._done.setdefault(kind, set())
            pairs = dict.fromkeys(
                pair for pair in compress(zip(customers, cells, strict=True), theirs)
                if pair not in done
            )  # fmt: skip
            done.update(pairs)
            fresh = [
                (ref, " ".join(cell.split()))
                for ref, cell in pairs if ref and cell and len(cell) <= _LONGEST
            ]  # fmt: skip
            marks = self._keyring.hash_many(
                "vault", [f"{kind}\x1f{value.casefold()}" for _, value in fresh]
            )
            texts = [_listed(self._source, ref, kind, value) for ref, value in fresh]
            sealed = self._keyring.encrypt_many(
                [text.encode("utf-8", "surrogatepass") for text in texts]
            )
            for (ref, _), mark, seal in zip(fresh, marks, sealed, strict=True):
                assert mark is not None
                found.setdefault((ref, kind, mark), seal)
        columns = {
            "source": [self._source] * len(found),
            "customer_ref": [ref for ref, _, _ in found],
            "kind": [kind for _, kind, _ in found],
            "value": [mark for _, _, mark in found],
            "sealed": list(found.values()),
            "import_id": [import_id] * len(found),
        }
        return pa.Table.from_pydict(columns, schema=_SCHEMA)


def _listed(*texts: str) -> str:
    """A JSON list of texts, as ``json.dumps(..., ensure_ascii=False)`` writes it."""
    return f"[{', '.join(map(encode_basestring, texts))}]"


def stage_vault(con: Any, stored: list[str], folder: Path) -> list[dict[str, Any]]:
    """Stage what the vault does not hold yet."""
    if not list(folder.glob("vault-*.parquet")):
        return []
    key = "source, customer_ref, kind, value"
    con.execute(
        f"""COPY (
            SELECT {key}, any_value(sealed) AS sealed, any_value(import_id) AS import_id
            FROM read_parquet({text_sql(str(folder / "vault-*.parquet"))}) f
            WHERE NOT EXISTS (
                SELECT 1 FROM {rows_sql(stored, _SCHEMA)} s WHERE s.source = f.source
                    AND s.customer_ref = f.customer_ref AND s.kind = f.kind AND s.value = f.value)
            GROUP BY {key})
        TO {text_sql(str(folder / "fresh-vault.parquet"))} (FORMAT parquet)"""
    )
    return [{"name": "vault", "table": "vault", "how": "append", "rows": "fresh-vault.parquet"}]


def opened(
    store: Store,
    customer_id: str,
    refs: list[tuple[str, str]],
    *,
    actor: str,
    reason: str,
) -> ContactDetails:
    """Return what the vault holds of a customer; the look is recorded first.

    Args:
        store: The Book's.
        customer_id: As the look is recorded.
        refs: The customer's source and reference, all of them.
        actor: Who looks.
        reason: Why.

    Raises:
        InputError: Actor or reason is empty.
    """
    values: dict[str, list[str]] = {kind: [] for kind in VAULT_KINDS}
    for row in _of(store, refs):
        source, ref, kind, value = json.loads(store.keyring.decrypt(row["sealed"]))
        # Who could write to the Book could otherwise lay one customer's seal under another.
        if (source, ref, kind) == (row["source"], row["customer_ref"], row["kind"]):
            values[kind].append(value)
    told = {kind: tuple(sorted(set(found))) for kind, found in values.items()}
    look = record_look(
        store, customer_id, [kind for kind in VAULT_KINDS if told[kind]],
        actor=actor, reason=reason, names=told["name"],
    )  # fmt: skip
    return ContactDetails(customer_id, told["email"], told["phone"], told["name"], look)


def record_look(
    store: Store,
    customer_id: str | None,
    kinds: list[str],
    *,
    actor: str,
    reason: str,
    names: tuple[str, ...] = (),
) -> str:
    """Record a look into the vault and return its id; the reason is redacted like every text.

    Raises:
        InputError: Actor or reason is empty.
    """
    if not actor.strip() or not reason.strip():
        raise InputError(
            "a look into the vault needs who looks, and why",
            hint="On the command line: --reason 'call back about order 1001'.",
        )
    look_id = secrets.token_hex(16)
    row = {
        "look_id": look_id,
        "at": datetime.now(UTC),
        "actor": actor.strip()[:200],
        "customer_id": customer_id,
        "kinds": ",".join(kinds),
        "reason": redact_batch([reason.strip()[:1000]], names=[names])[0],
    }
    table = pa.Table.from_pylist([row], schema=ACCOUNTS["vault_looks"].schema)
    with looking(store):
        store.append("vault_looks", lambda: table, f"look/{look_id}")
    return look_id


def looks(
    store: Store, *, actor: str = "", customer_id: str = "", offset: int = 0, limit: int = 50
) -> VaultLooks:
    """Return who looked into the vault, the newest first; of one actor or customer if given."""
    where = "(? = '' OR actor = ?) AND (? = '' OR customer_id = ?)"
    asked = [actor, actor, customer_id, customer_id]
    with store.reading(), connection() as con:
        rows = rows_sql(store.uris("vault_looks"), ACCOUNTS["vault_looks"].schema)
        total = con.execute(f"SELECT count(*) FROM {rows} WHERE {where}", asked).fetchall()[0][0]
        found = con.sql(
            f"""SELECT look_id, "at", actor, coalesce(customer_id, '') AS customer_id,
                string_split(coalesce(kinds, ''), ',') AS kinds, coalesce(reason, '') AS reason
            FROM {rows} WHERE {where} ORDER BY "at" DESC, look_id
            LIMIT {int(limit)} OFFSET {int(offset)}""",
            params=asked,
        ).to_arrow_table()
        actors = con.execute(f"SELECT DISTINCT actor FROM {rows} ORDER BY 1").fetchall()
    listed = (row | {"kinds": tuple(filter(None, row["kinds"]))} for row in found.to_pylist())
    names = tuple(name for (name,) in actors if name)
    return VaultLooks(tuple(VaultLook(**row) for row in listed), total, names)


@contextmanager
def looking(store: Store) -> Iterator[None]:
    """Keep looks apart from each other and from an erasure; a look waits for no import."""
    handle = os.open(store.folder / "looks.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def shown(store: Store, *, actor: str, reason: str) -> pa.Table:
    """Return the rows that wait in quarantine with the value as it was; the look is recorded.

    Raises:
        InputError: Actor or reason is empty.
    """
    rows = store.arrow("quarantine")
    rows = rows.filter(pc.is_null(rows.column("resolved_by"))).sort_by(
        [("file", "ascending"), ("import_id", "ascending"), ("line", "ascending")]
    )
    values = []
    for sealed, column in zip(rows["raw"].to_pylist(), rows["column"].to_pylist(), strict=True):
        raw = json.loads(store.keyring.decrypt(sealed)) if sealed else {}
        values.append(raw.get("cells", {}).get(column) or raw.get("text"))
    record_look(store, None, ["quarantine"], actor=actor, reason=reason)
    return rows.drop_columns(["raw", "resolved_by"]).append_column(
        "value", pa.array(values, pa.string())
    )


def _of(store: Store, refs: list[tuple[str, str]]) -> list[dict[str, Any]]:
    wanted = sorted(set(refs))
    columns = {"source": [s for s, _ in wanted], "customer_ref": [r for _, r in wanted]}
    with connection() as con:
        con.register("wanted", pa.table({n: pa.array(v, pa.string()) for n, v in columns.items()}))
        sql = (
            f"SELECT v.* FROM {rows_sql(store.uris('vault'), _SCHEMA)} v "
            "JOIN wanted w USING (source, customer_ref) ORDER BY v.kind, v.value"
        )
        found: list[dict[str, Any]] = con.sql(sql).to_arrow_table().to_pylist()
    return found
