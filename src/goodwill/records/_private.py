"""The privacy step of intake: keys out as hashes, then the text redacted, then it may be stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from goodwill.tables import FACTS, IDENTITY_KINDS

from ._recipe import IDS
from ._rows import LINE, PART
from ._texts import Pool, Redacted, Redactor, Texts, joined
from ._vault import OWN_NAME
from .privacy import REDACTION_VERSION, Keyring, e164, redact_batch, safe_ref

_TEXTS = ("text", "subject")
_SHORT_TEXTS = (
    "team", "product", "status", "priority", "region", "plan", "satisfaction", "language", "url",
    "period",
)  # fmt: skip
_ASKED_OF_KNOWN = ("contact_id", "at", "row_hash", "customer_ref")
"""What judging and the vault ask of a row that came before."""
_PEOPLE = ("customer_ref", "agent_id", "assignee")
_ROW_KEYS = tuple(sorted(IDS - set(_PEOPLE)))
_UNSAFE_ID = re.compile(r"@|%40|[^\W\d_]\s+[^\W\d_]|^\+|^[\d\s().-]*[\s()][\d\s().-]*$")
# For Arrow: what _UNSAFE_ID and safe_ref surely leave as it is.
_SAFE_ID = r"\A[A-Za-z0-9_.:#/-]{1,200}\z"
_OPAQUE = r"\A[A-Za-z]{1,6}[-_:.#]?[0-9]{1,20}\z"
_MOST_KEPT = 500_000  # values remembered
_ORDER_REF = re.compile(r"order:[A-Za-z0-9#_-]{1,64}\Z")
_PLAIN_WORDS = re.compile(r"[a-z0-9_ -]{1,24}\Z")
_IDENTITY_SCHEMA = FACTS["identities"].schema
_EXTRA_KINDS = tuple(f"__{kind}" for kind in IDENTITY_KINDS)


@dataclass(frozen=True, slots=True)
class Pending:
    """Mapped rows whose texts are being redacted."""

    rows: pa.Table
    table: str
    texts: list[Future[Redacted]]


class Protector:
    """Makes mapped rows safe to store; one for each file, since it learns the file's handles."""

    def __init__(
        self,
        keyring: Keyring,
        source: str,
        *,
        keep_handles: frozenset[str] = frozenset(),
        known_orders: frozenset[str] = frozenset(),
        pool: Pool | None = None,
    ) -> None:
        self._keyring = keyring
        self._source = source
        self._orders = known_orders
        self._pool = pool or Pool(0)
        self._pool.redactor = Redactor(keep_handles, known_orders)
        self._caches: dict[str, dict[str, str | None]] = {}

    def protect(self, rows: pa.Table, table: str) -> tuple[pa.Table, pa.Table]:
        """Return the rows without readable mail, phone or name, and the identities they held."""
        return self.finish(self.begin(rows, table))

    def begin(self, rows: pa.Table, table: str) -> Pending:
        """Start with the texts, which take longest."""
        columns = {
            name: rows.column(name).to_pylist()
            for name in _TEXTS
            if name in rows.schema.names and rows.column(name).null_count < rows.num_rows
        }
        if not columns:
            return Pending(rows, table, [])
        keyed = None
        if table == "contacts" and "text" in columns:
            keyed = [direction == "in" for direction in rows.column("direction").to_pylist()]
        return Pending(rows, table, self._pool.submit(Texts(columns, self._names(rows), keyed)))

    def finish(self, pending: Pending) -> tuple[pa.Table, pa.Table]:
        """Wait for the texts and do the rest."""
        rows, table = pending.rows, pending.table
        done = joined([part.result() for part in pending.texts]) if pending.texts else None
        directions = rows.column("direction").to_pylist() if table == "contacts" else []
        for name in _PEOPLE:
            if name in rows.schema.names:
                rows = self._replaced(rows, name, self._person, _OPAQUE)
        for name in _ROW_KEYS:
            if name in rows.schema.names:
                rows = self._replaced(rows, name, self._row_key, _SAFE_ID)
        identities = self._identities(rows, table)
        if done is not None and done.keys:
            identities += self._text_identities(rows, directions, done.keys)
            rows = self._with_text_orders(rows, done.keys)
        if done is not None:
            for name, changed in done.changed.items():
                if changed:
                    rows = _set(rows, name, _with(rows.column(name), changed))
        people = self._names(rows)
        for name in _SHORT_TEXTS:
            if name in rows.schema.names:
                rows = self._replaced(rows, name, self._short)
                rows = self._without_people(rows, name, people)
        if "redaction_version" in FACTS[table].schema.names:
            version = pa.array([REDACTION_VERSION], pa.int32()).take(
                pa.array([0] * rows.num_rows, pa.int32())
            )
            rows = rows.append_column("redaction_version", version)
        private = [n for n in rows.schema.names if n in (*_EXTRA_KINDS, "__names", OWN_NAME)]
        found = pa.concat_tables(identities) if identities else _IDENTITY_SCHEMA.empty_table()
        return rows.drop_columns(private), found

    def known(self, rows: pa.Table, table: str) -> pa.Table:
        """Return rows that the store holds already: their ids, hashes and times, and no more."""
        for name, change, safe in (
            *((name, self._person, _OPAQUE) for name in _PEOPLE),
            *((name, self._row_key, _SAFE_ID) for name in _ROW_KEYS),
        ):
            if name in _ASKED_OF_KNOWN and name in rows.schema.names:
                rows = self._replaced(rows, name, change, safe)
        schema = FACTS[table].schema
        kept = {*_ASKED_OF_KNOWN, LINE, PART}
        names = [*schema.names, LINE, PART]
        return pa.table(
            {
                name: rows.column(name) if name in kept and name in rows.schema.names
                else pa.nulls(rows.num_rows, schema.field(name).type)
                for name in names
            }
        )  # fmt: skip

    def close(self) -> None:
        """End the workers."""
        self._pool.close()

    def _replaced(
        self,
        rows: pa.Table,
        name: str,
        change: Callable[[Iterable[str]], dict[str, str | None]],
        unchanged: str = "",
    ) -> pa.Table:
        """Apply a change to the distinct values of a column.

        Args:
            rows: The table.
            name: The column.
            change: Gives the new value of each.
            unchanged: A pattern of values that surely stay as they are.
        """
        column = rows.column(name).combine_chunks()
        if column.null_count == len(column):
            return rows
        if unchanged:
            open_ = pc.invert(pc.match_substring_regex(column, unchanged))
            if not pc.any(open_).as_py():
                return rows
        coded = column.dictionary_encode()
        distinct = coded.dictionary.to_pylist()
        cache = self._caches.setdefault(change.__name__, {})
        fresh = [value for value in distinct if value not in cache]
        if len(cache) > _MOST_KEPT:
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
        clean = self._pool.redactor.short(unclear)
        return dict(zip(listed, listed, strict=True)) | dict(zip(unclear, clean, strict=True))

    def _without_people(
        self, rows: pa.Table, name: str, people: list[tuple[str, ...] | None] | None
    ) -> pa.Table:
        """Take the row's own names out of a short text, where one of their parts stands in it."""
        if people is None:
            return rows
        values: list[str | None] = rows.column(name).to_pylist()
        named = [
            row
            for row, (value, known) in enumerate(zip(values, people, strict=True))
            if value and known and any(
                len(part) > 2 and part in value.lower()
                for full in known for part in full.lower().split()
            )
        ]  # fmt: skip
        if not named:
            return rows
        clean = redact_batch(
            [values[row] for row in named], names=[people[row] for row in named],
        )  # fmt: skip
        for row, value in zip(named, clean, strict=True):
            values[row] = value
        return _set(rows, name, pa.array(values, pa.string()))

    def _names(self, rows: pa.Table) -> list[tuple[str, ...] | None] | None:
        if "__names" not in rows.schema.names:
            return None
        return [
            tuple(value.split("\x1f")) if value else None
            for value in rows.column("__names").to_pylist()
        ]

    def _identities(self, rows: pa.Table, table: str) -> list[pa.Table]:
        """Return the keys in the row's own columns, hashed."""
        parts: list[pa.Table] = []
        if "customer_ref" not in rows.schema.names:
            return parts
        refs = rows.column("customer_ref").combine_chunks()
        ids = rows.column("contact_id") if table == "contacts" else None
        for kind in IDENTITY_KINDS:
            if f"__{kind}" in rows.schema.names:
                coded = rows.column(f"__{kind}").combine_chunks().dictionary_encode()
                hashed = pa.array(self._hashed(kind, coded.dictionary.to_pylist()), pa.string())
                parts.append(self._identity_rows(refs, ids, kind, hashed.take(coded.indices)))
        return parts

    def _hashed(self, kind: str, values: list[str]) -> list[str | None]:
        """Return the hashes of the keys in cells: most customers come again in the next chunk."""
        cache = self._caches.setdefault(f"key:{kind}", {})
        if len(cache) > _MOST_KEPT:
            cache.clear()
        fresh = [value for value in values if value not in cache]
        hashes = self._keyring.hash_many(kind, _normal(kind, fresh))
        cache.update(zip(fresh, hashes, strict=True))
        return [cache[value] for value in values]

    def _identity_rows(self, refs: pa.Array, ids: object, kind: str, values: pa.Array) -> pa.Table:
        count = len(values)
        nothing = pa.nulls(count, pa.string())
        contact = nothing if ids is None else ids
        table = pa.table(
            [pa.repeat(pa.scalar(self._source), count), refs, nothing,
             pa.repeat(pa.scalar(kind), count), values, contact, nothing],
            schema=_IDENTITY_SCHEMA,
        )  # fmt: skip
        return table.filter(pc.is_valid(table.column("value")))

    def _text_identities(
        self, rows: pa.Table, directions: list[str], keys: list[tuple[int, str, str]]
    ) -> list[pa.Table]:
        """Return the keys that customers wrote into their texts, hashed."""
        refs, contacts = rows.column("customer_ref"), rows.column("contact_id")
        parts = []
        for kind in IDENTITY_KINDS:
            found = [(row, value) for row, of, value in keys
                     if of == kind and directions[row] == "in"]  # fmt: skip
            if found:
                places = pa.array([row for row, _ in found], pa.int64())
                hashed = self._keyring.hash_many(kind, [value for _, value in found])
                parts.append(
                    self._identity_rows(
                        refs.take(places).combine_chunks(),
                        contacts.take(places),
                        kind,
                        pa.array(hashed, pa.string()),
                    )
                )
        return parts

    def _with_text_orders(self, rows: pa.Table, keys: list[tuple[int, str, str]]) -> pa.Table:
        """Fill ``order_id`` where a text names exactly one order that the Book knows."""
        known: dict[int, set[str]] = {}
        for row, kind, value in keys:
            if kind == "order" and value in self._orders:
                known.setdefault(row, set()).add(value)
        if not known:
            return rows
        orders = rows.column("order_id").to_pylist()
        for row, values in known.items():
            if orders[row] is None and len(values) == 1:
                [orders[row]] = values
        return _set(rows, "order_id", pa.array(orders, pa.string()))


def _normal(kind: str, values: list[str]) -> list[str | None]:
    if kind == "email":
        return [value.strip().lower() for value in values]
    if kind == "handle":
        return [value.strip().lstrip("@").lower() for value in values]
    if kind == "phone":
        # As phones in texts are written, so that both give the same hash.
        return [
            e164(value.lstrip("'"), None) or re.sub(r"[^\d+]", "", value) or None
            for value in values
        ]
    if kind == "order":
        return [value.strip().lstrip("#").upper() for value in values]
    return [value.strip() for value in values]


def _with(column: pa.ChunkedArray, changed: dict[int, str | None]) -> pa.Array:
    """Return a column with other values in some rows, in their order."""
    marks = np.zeros(len(column), dtype=np.bool_)
    marks[list(changed)] = True
    new = pa.array(list(changed.values()), pa.string())
    return pc.replace_with_mask(column.combine_chunks().cast(pa.string()), pa.array(marks), new)


def _set(rows: pa.Table, name: str, values: pa.Array) -> pa.Table:
    return rows.set_column(rows.schema.get_field_index(name), name, values)
