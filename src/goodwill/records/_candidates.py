"""Candidates as they were proposed; what a person said of them stands in ``decisions``."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa

from goodwill.tables import ACCOUNTS

from ._decisions import DECLINED, SAME, Ref, decided
from ._store import Store

_SCHEMA = ACCOUNTS["candidates"].schema


@dataclass(frozen=True, slots=True)
class Proposed:
    """Two references that may be one customer.

    Attributes:
        candidate_id: The same whenever the same two are proposed.
        one: The lesser reference.
        other: The other.
        probability: That they are one customer.
        evidence: What speaks for it, in words.
        against: What speaks against it, in words.
        found_at: When they were last found.
        decision: ``same`` or ``declined``, as a person said last; empty while nobody has.
    """

    candidate_id: str
    one: Ref
    other: Ref
    probability: float
    evidence: str
    against: str
    found_at: datetime
    decision: str = ""


def keep_candidates(
    store: Store, found: Iterable[tuple[Ref, Ref, float, str, str]]
) -> int:  # fmt: skip
    """Store what was found in the place of what was; what a person decided about stays.

    Args:
        store: The Book's records.
        found: Two references each, with probability, evidence and against.

    Returns:
        How many were found.
    """
    now = datetime.now(UTC)
    rows = []
    for one, other, probability, evidence, against in found:
        (source, ref), (other_source, other_ref) = pair = min((one, other), (other, one))
        rows.append({
            "candidate_id": store.keyring.hash("candidate", "\x1f".join(map("\x1e".join, pair))),
            "found_at": now, "source": source, "customer_ref": ref, "other_source": other_source,
            "other_ref": other_ref, "probability": probability, "evidence": evidence,
            "against": against,
        })  # fmt: skip
    once = secrets.token_hex(10)
    with store.lock():
        fresh = {row["candidate_id"] for row in rows}
        gone = [
            each.candidate_id for each in candidates(store)
            if not each.decision and each.candidate_id not in fresh
        ]  # fmt: skip
        if rows:
            table = pa.Table.from_pylist(rows, schema=_SCHEMA)
            store.merge("candidates", lambda: table, f"{once}-found", [])
        if gone:
            keys = pa.table({"candidate_id": pa.array(gone, pa.string())})
            store.delete("candidates", keys, ["candidate_id"], f"{once}-gone")
    return len(rows)


def candidates(store: Store) -> list[Proposed]:
    """Return all that was proposed and what was said of it, the likeliest first."""
    said = decided(store)
    of = {pair: kind for kind in (SAME, DECLINED) for pair in said[kind]}
    told = []
    for row in store.arrow("candidates").to_pylist():
        one, other = (
            (row["source"], row["customer_ref"]), (row["other_source"], row["other_ref"])
        )  # fmt: skip
        told.append(
            Proposed(
                row["candidate_id"], one, other, row["probability"], row["evidence"],
                row["against"], row["found_at"], of.get((one, other), ""),
            )
        )  # fmt: skip
    return sorted(told, key=lambda each: (-each.probability, each.one, each.other))
