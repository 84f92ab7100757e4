"""What a person said about events that two sources tell."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Literal

import pyarrow as pa

from goodwill.tables import FACTS

from ._store import Store

APART_EVENTS, ONE_EVENT = "apart", "together"


def kept_apart(store: Store) -> dict[str, datetime]:
    """Return the ids of those that a person said are not one event, and since when."""
    rows = store.arrow("same_event_decisions").to_pylist()
    return {
        row["same_event_id"]: row["decided_at"]
        for row in sorted(rows, key=lambda row: (row["decided_at"], row["same_event_id"]))
        if row["decision"] == APART_EVENTS
    }


def decide_same(
    store: Store, same_event_id: str, decision: Literal["apart", "together"] = "apart"
) -> None:
    """Store whether the two records of this id are one event; the last word counts."""
    row = {
        "same_event_id": same_event_id,
        "decision": decision,
        "decided_at": datetime.now(UTC),
    }
    table = pa.Table.from_pylist([row], schema=FACTS["same_event_decisions"].schema)
    with store.lock():
        store.recover()
        store.merge("same_event_decisions", lambda: table, f"same-{secrets.token_hex(6)}", [])
