"""What a person said about events that two sources tell."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

import pyarrow as pa

from goodwill.tables import FACTS

from ._store import Store


def kept_apart(store: Store) -> frozenset[str]:
    """Return the ids of those that a person said are not one event."""
    return frozenset(store.arrow("same_event_decisions").column("same_event_id").to_pylist())


def keep_apart(store: Store, same_event_id: str) -> None:
    """Store that the two records of this id are not one event; they stay apart."""
    row = {
        "same_event_id": same_event_id,
        "decision": "apart",
        "decided_at": datetime.now(UTC),
    }
    table = pa.Table.from_pylist([row], schema=FACTS["same_event_decisions"].schema)
    with store.lock():
        store.recover()
        store.merge("same_event_decisions", lambda: table, f"same-{secrets.token_hex(6)}", [])
