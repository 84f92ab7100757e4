"""The privacy step of intake: keys out as hashes, then the text redacted, then it may be stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pyarrow as pa
import pyarrow.compute as pc

from goodwill.tables import FACTS, IDENTITY_KINDS

from ._recipe import IDS
from .privacy import REDACTION_VERSION, Keyring, find_keys, redact_batch, safe_ref

_TEXTS = ("text",)
_SHORT_TEXTS = (
    "subject", "team", "product", "status", "priority", "region", "plan", "satisfaction",
    "language", "url", "period",
)  # fmt: skip
_PEOPLE = ("customer_ref", "agent_id", "assignee")
_ROW_KEYS = tuple(sorted(IDS - set(_PEOPLE)))
_UNSAFE_ID = re.compile(r"@|%40|[^\W\d_]\s+[^\W\d_]|^\+|^[\d\s().-]*[\s()][\d\s().-]*$")
_ORDER_REF = re.compile(r"order:[A-Za-z0-9#_-]{1,64}\Z")
_PLAIN_WORDS = re.compile(r"[a-z0-9_ -]{1,24}\Z")
_IDENTITY_SCHEMA = FACTS["identities"].schema
_EXTRA_KINDS = tuple(f"__{kind}" for kind in IDENTITY_KINDS)


class Protector:
    """Makes mapped rows safe to store; one for each file, since it learns the file's handles."""

    def __init__(
        self,
        keyring: Keyring,
        source: str,
        *,
        keep_handles: frozenset[str] = frozenset(),
        known_orders: frozenset[str] = frozenset(),
    ) -> None:
        self._keyring = keyring
        self._source = source
        self._handles = keep_handles
        self._orders = known_orders
        self._caches: dict[str, dict[str, str | None]] = {}

    def protect(self, rows: pa.Table, table: str) -> tuple[pa.Table, pa.Table]:
        """Return the rows without readable mail, phone or name, and the identities they held."""
        for name in _PEOPLE:
            if name in rows.schema.names:
                rows = self._replaced(rows, name, self._person)
        for name in _ROW_KEYS:
            if name in rows.schema.names:
                rows = self._replaced(rows, name, self._row_key)
        identities = self._identities(rows, table)
        names = self._names(rows)
        if table == "contacts":
            rows = self._with_text_orders(rows)
        for name in _TEXTS:
            if name in rows.schema.names:
                texts = rows.column(name).to_pylist()
                clean = redact_batch(
                    texts, names=names, keep=self._keep, keep_handles=self._handles
                )
                rows = _set(rows, name, pa.array(clean, pa.string()))
        for name in _SHORT_TEXTS:
            if name in rows.schema.names:
                if names is not None and name == "subject":
                    subjects = redact_batch(
                        rows.column(name).to_pylist(),
                        names=names,
                        keep=self._keep,
                        keep_handles=self._handles,
                    )
                    rows = _set(rows, name, pa.array(subjects, pa.string()))
                else:
                    rows = self._replaced(rows, name, self._short)
        if "redaction_version" in FACTS[table].schema.names:
            version = pa.array([REDACTION_VERSION], pa.int32()).take(
                pa.array([0] * rows.num_rows, pa.int32())
            )
            rows = rows.append_column("redaction_version", version)
        private = [n for n in rows.schema.names if n in _EXTRA_KINDS or n == "__names"]
        return rows.drop_columns(private), identities

    def _replaced(
        self, rows: pa.Table, name: str, change: Callable[[Iterable[str]], dict[str, str | None]]
    ) -> pa.Table:
        """Apply a change to the distinct values of a column."""
        column = rows.column(name).combine_chunks()
        if column.null_count == len(column):
            return rows
        coded = column.dictionary_encode()
        distinct = coded.dictionary.to_pylist()
        cache = self._caches.setdefault(change.__name__, {})
        fresh = [value for value in distinct if value not in cache]
        if len(cache) > 500_000:
            cache.clear()
            fresh = distinct
        cache.update(change(fresh))
        new = pa.array([cache[value] for value in distinct], pa.string())
        if new.equals(coded.dictionary):
            return rows
        return _set(rows, name, new.take(coded.indices))

    def _person(self, values: Iterable[str]) -> dict[str, str | None]:
        return {
            value: value if _ORDER_REF.match(value) else safe_ref(value, self._keyring)
            for value in values
        }

    def _row_key(self, values: Iterable[str]) -> dict[str, str | None]:
        return {
            value: "h:" + self._keyring.hash("ref", value)
            if _UNSAFE_ID.search(value) or len(value) > 200
            else value
            for value in values
        }

    def _short(self, values: Iterable[str]) -> dict[str, str | None]:
        listed = list(values)
        unclear = [value for value in listed if not _PLAIN_WORDS.match(value)]
        clean = redact_batch(unclear, keep=self._keep, keep_handles=self._handles)
        return dict(zip(listed, listed, strict=True)) | dict(zip(unclear, clean, strict=True))

    def _keep(self, kind: str, value: str) -> bool:
        return kind != "name" and value.strip("#").upper() in self._orders

    def _names(self, rows: pa.Table) -> list[tuple[str, ...] | None] | None:
        if "__names" not in rows.schema.names:
            return None
        return [
            tuple(value.split("\x1f")) if value else None
            for value in rows.column("__names").to_pylist()
        ]

    def _identities(self, rows: pa.Table, table: str) -> pa.Table:
        parts = []
        if "customer_ref" not in rows.schema.names:
            return _IDENTITY_SCHEMA.empty_table()
        refs = rows.column("customer_ref").combine_chunks()
        ids = rows.column("contact_id") if table == "contacts" else None
        for kind in IDENTITY_KINDS:
            if f"__{kind}" not in rows.schema.names:
                continue
            values = rows.column(f"__{kind}").to_pylist()
            hashed = self._keyring.hash_many(kind, [_normal(kind, v) for v in values])
            parts.append(self._identity_rows(refs, ids, kind, pa.array(hashed, pa.string())))
        if table == "contacts" and "text" in rows.schema.names:
            parts.extend(self._text_identities(rows))
        if not parts:
            return _IDENTITY_SCHEMA.empty_table()
        return pa.concat_tables(parts)

    def _identity_rows(self, refs: pa.Array, ids: object, kind: str, values: pa.Array) -> pa.Table:
        count = len(values)
        nothing = pa.nulls(count, pa.string())
        contact = nothing if ids is None else ids
        table = pa.table(
            [pa.array([self._source] * count, pa.string()), refs, nothing,
             pa.array([kind] * count, pa.string()), values, contact, nothing],
            schema=_IDENTITY_SCHEMA,
        )  # fmt: skip
        return table.filter(pc.is_valid(table.column("value")))

    def _text_identities(self, rows: pa.Table) -> list[pa.Table]:
        """Return the keys that customers wrote into their texts, hashed."""
        texts = rows.column("text").to_pylist()
        inbound = rows.column("direction").to_pylist()
        refs = rows.column("customer_ref").to_pylist()
        contacts = rows.column("contact_id").to_pylist()
        picked: dict[str, tuple[list[str | None], list[str | None], list[str]]] = {}
        found = find_keys([t if d == "in" else None for t, d in zip(texts, inbound, strict=True)])
        for place, keys in enumerate(found):
            for kind, value in keys:
                if kind in IDENTITY_KINDS:
                    lists = picked.setdefault(kind, ([], [], []))
                    lists[0].append(refs[place])
                    lists[1].append(contacts[place])
                    lists[2].append(self._keyring.hash(kind, value))
        return [
            self._identity_rows(
                pa.array(refs_of, pa.string()),
                pa.array(contacts_of, pa.string()),
                kind,
                pa.array(hashed, pa.string()),
            )
            for kind, (refs_of, contacts_of, hashed) in picked.items()
        ]

    def _with_text_orders(self, rows: pa.Table) -> pa.Table:
        """Fill ``order_id`` where a text names exactly one order that the Book knows."""
        if not self._orders:
            return rows
        texts = rows.column("text").to_pylist()
        orders = rows.column("order_id").to_pylist()
        for place, keys in enumerate(find_keys(texts)):
            if orders[place] is None:
                known = {v for kind, v in keys if kind == "order" and v in self._orders}
                if len(known) == 1:
                    orders[place] = known.pop()
        return _set(rows, "order_id", pa.array(orders, pa.string()))


def _normal(kind: str, value: str | None) -> str | None:
    if value is None:
        return None
    if kind == "email":
        return value.strip().lower()
    if kind == "handle":
        return value.strip().lstrip("@").lower()
    if kind == "phone":
        digits = re.sub(r"[^\d+]", "", value)
        return re.sub(r"^00", "+", digits) or None
    return value.strip().upper() if kind == "order" else value.strip()


def _set(rows: pa.Table, name: str, values: pa.Array) -> pa.Table:
    return rows.set_column(rows.schema.get_field_index(name), name, values)
