"""Traits: what readable mails, phones and names have alike, as keyed hashes.

The vault is read in this process, piece by piece, and what leaves it is hashed: the whole name, its
words, and the spellings that one slip away would share. Two values that differ by one sign share a
spelling with that sign left out (Mor and Fraenkel 1982; deletion neighbourhoods).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from goodwill.tables import ACCOUNTS, FACTS

from ._store import Store, connection, rows_sql
from ._vault import VAULT_KINDS, record_look
from .privacy import Keyring, e164

TRAITS = pa.schema([(name, pa.string()) for name in ("source", "customer_ref", "kind", "value")])
_BATCH = 20_000
_LETTERS = re.compile(r"[^\W\d_]+")
_TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "dr", "prof", "sr", "sra", "srta", "don", "dona", "herr", "frau",
     "senhor", "senhora")
)  # fmt: skip
_SEPARATES = re.compile(r"[._\-\s]+")
_SHORTEST = 6
"""Below so many signs, one slip makes another name."""
_NATIONAL = 9
"""Digits at the end of a phone that are compared for a slip: a prefix is written or not."""


def write_traits(
    store: Store, file: Path, *, roles: Collection[str], actor: str, reason: str
) -> int:
    """Write the traits of every reference in the vault as Parquet; return how many references.

    One look at the whole vault is recorded first, with the reason.

    Args:
        store: The Book's.
        file: To be written; it holds keyed hashes alone.
        roles: Local parts of mails that are no person's.
        actor: Who looks.
        reason: Why.

    Raises:
        InputError: Actor or reason is empty.
    """
    record_look(store, None, list(VAULT_KINDS), actor=actor, reason=reason)
    seen: set[tuple[str, str]] = set()
    with store.reading(), connection() as con, pq.ParquetWriter(file, TRAITS) as out:
        vault = rows_sql(store.uris("vault"), ACCOUNTS["vault"].schema)
        for batch in con.sql(f"SELECT * FROM {vault}").to_arrow_reader(_BATCH):
            rows = [row for row in batch.to_pylist() if row["customer_ref"]]
            seen.update((row["source"], row["customer_ref"]) for row in rows)
            out.write_table(_hashed(store.keyring, _vault_traits(store.keyring, rows, roles)))
        kinds = "'email', 'phone', 'handle', 'order'"
        given = rows_sql(store.uris("identities"), FACTS["identities"].schema)
        out.write_table(
            con.sql(
                f"""SELECT DISTINCT source, customer_ref, kind, substr(value, 1, 16) AS value
                FROM {given} WHERE kind IN ({kinds}) AND customer_ref IS NOT NULL"""
            ).to_arrow_table()
        )
        orders = rows_sql(store.uris("orders"), FACTS["orders"].schema)
        numbers = con.sql(
            f"""SELECT DISTINCT source, customer_ref, upper(ltrim(trim(order_number), '#')) AS value
            FROM {orders} WHERE customer_ref IS NOT NULL AND order_number IS NOT NULL"""
        )
        for batch in numbers.to_arrow_reader(_BATCH):
            out.write_table(_ordered(store.keyring, batch))
    return len(seen)


def _vault_traits(
    keyring: Keyring, rows: Iterable[dict[str, Any]], roles: Collection[str]
) -> Iterator[tuple[str, str, str, str]]:
    for row in rows:
        source, ref, kind, value = json.loads(keyring.decrypt(row["sealed"]))
        # As for one customer's look: a seal laid under another reference tells nothing.
        if (source, ref, kind) != (row["source"], row["customer_ref"], row["kind"]):
            continue
        found = {"name": name_traits, "phone": phone_traits}.get(kind)
        for trait, text in found(value) if found else mail_traits(value, roles):
            yield source, ref, trait, text


def name_traits(name: str) -> Iterator[tuple[str, str]]:
    """Yield kind and text of what a name can be compared by; its words come in any order.

    >>> sorted(kind for kind, _ in name_traits("Dr. Ana Ruiz") if kind != "name_slip")
    ['alias', 'alias', 'alias', 'alias', 'name', 'name_part', 'name_part']
    """
    words = [word for word in _LETTERS.findall(_plain(name)) if word not in _TITLES]
    full = [word for word in words if len(word) > 1]
    yield from (("name_part", word) for word in full)
    if len(full) < 2:
        return
    yield "name", " ".join(sorted(full))
    yield from (("name_slip", text) for text in _slips("".join(sorted(full))))
    first, last = full[0], full[-1]
    yield from (("alias", text) for text in (first + last, f"{first}_{last}", f"{first}.{last}"))
    yield "alias", first[0] + last


def mail_traits(mail: str, roles: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield what a mail can be compared by: its local part, whatever the domain.

    >>> list(mail_traits("Ana+shop@x.org")), list(mail_traits("info@x.org", {"info"}))
    ([('alias', 'ana')], [])
    """
    local = _plain(mail).partition("@")[0].partition("+")[0].strip()
    if local in roles or len(local) < 3:
        return
    yield "alias", local
    even = _SEPARATES.sub("", local)
    if len(even) >= _SHORTEST:
        yield "mail", even
        # Digits must be the same: ana2@ may well be the sister.
        yield from (("mail_slip", text) for text in _slips(even, str.isalpha))


def phone_traits(phone: str) -> Iterator[tuple[str, str]]:
    """Yield the spellings of a phone's last digits with one left out."""
    digits = re.sub(r"\D", "", e164(phone, None) or phone)[-_NATIONAL:]
    if len(digits) == _NATIONAL:
        yield from (("phone_slip", text) for text in _slips(digits))


def _slips(text: str, of: Callable[[str], bool] = str.isalnum) -> set[str]:
    """Return a text and what is left of it without one sign of a kind."""
    if len(text) < _SHORTEST:
        return set()
    return {text} | {text[:at] + text[at + 1 :] for at, sign in enumerate(text) if of(sign)}


def _plain(text: str) -> str:
    """Return a text in small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _hashed(keyring: Keyring, traits: Iterable[tuple[str, str, str, str]]) -> pa.Table:
    rows = list(traits)
    # A handle is hashed as an import hashes it, so that it meets the handles of other sources.
    aliases = [text if kind == "alias" else None for _, _, kind, text in rows]
    texts = [None if kind == "alias" else f"{kind}\x1f{text}" for _, _, kind, text in rows]
    pairs = zip(
        keyring.hash_many("handle", aliases), keyring.hash_many("trait", texts), strict=True
    )
    values = [(alias or text or "")[:16] for alias, text in pairs]
    columns = [*zip(*((s, r, k) for s, r, k, _ in rows), strict=True)] or [(), (), ()]
    return pa.table([pa.array(column, pa.string()) for column in (*columns, values)], schema=TRAITS)


def _ordered(keyring: Keyring, batch: pa.RecordBatch) -> pa.Table:
    values = [
        (value or "")[:16]
        for value in keyring.hash_many("order", batch.column("value").to_pylist())
    ]
    return pa.table(
        [batch.column("source"), batch.column("customer_ref"),
         pa.array(["order"] * len(values), pa.string()), pa.array(values, pa.string())],
        schema=TRAITS,
    )  # fmt: skip
