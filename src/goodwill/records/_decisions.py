"""Decisions: what a person said about two references of customers. Appended, never changed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime

import pyarrow as pa

from goodwill.errors import InputError
from goodwill.tables import ACCOUNTS

from ._store import Store

Ref = tuple[str, str]
"""A source, and what it calls a customer."""

APART, TOGETHER, SAME, DECLINED = "apart", "together", "same", "declined"
KINDS = (APART, TOGETHER, SAME, DECLINED)


def decide(store: Store, pairs: Iterable[tuple[Ref, Ref]], kind: str, by: str = "") -> int:
    """Append a decision on each pair of references; return how many.

    Args:
        store: The Book's records.
        pairs: Two references each.
        kind: ``apart``: two people, whatever their keys say; ``same``: one customer, also where
            no key joins them; ``declined``: that they are one is never proposed again, and keys
            decide; ``together``: earlier decisions are taken back, and keys decide again.
        by: Who decided.

    Raises:
        InputError: The kind is another, or a pair names one reference twice.
        BookLocked: Another process writes to the Book.
    """
    if kind not in KINDS:
        raise InputError(f"A decision cannot be {kind!r}.", hint=f"One of: {', '.join(KINDS)}")
    now = datetime.now(UTC)
    rows = []
    for pair in sorted({_ordered(one, other) for one, other in pairs}):
        if pair[0] == pair[1]:
            raise InputError(f"{':'.join(pair[0])} is one reference: it takes two.")
        (source, ref), (other_source, other_ref) = pair
        rows.append({
            "decision_id": secrets.token_hex(10), "at": now, "by": by, "kind": kind,
            "source": source, "customer_ref": ref, "other_source": other_source,
            "other_ref": other_ref,
        })  # fmt: skip
    if rows:
        table = pa.Table.from_pylist(rows, schema=ACCOUNTS["decisions"].schema)
        with store.lock():
            store.append("decisions", lambda: table, str(rows[0]["decision_id"]))
    return len(rows)


def apart(store: Store) -> list[tuple[Ref, Ref]]:
    """Return the pairs of references whose last decision is that they are two people."""
    return decided(store)[APART]


def decided(store: Store) -> dict[str, list[tuple[Ref, Ref]]]:
    """Return the pairs of references by the kind of their last decision, each in its order."""
    last: dict[tuple[Ref, Ref], tuple[datetime, str, str]] = {}
    for row in store.arrow("decisions").to_pylist():
        pair = _ordered(
            (row["source"], row["customer_ref"]), (row["other_source"], row["other_ref"])
        )
        said = (row["at"], row["decision_id"], row["kind"])
        if pair not in last or said > last[pair]:
            last[pair] = said
    found: dict[str, list[tuple[Ref, Ref]]] = {kind: [] for kind in KINDS}
    for pair in sorted(last):
        found[last[pair][2]].append(pair)
    return found


def _ordered(one: Ref, other: Ref) -> tuple[Ref, Ref]:
    return (one, other) if one <= other else (other, one)
