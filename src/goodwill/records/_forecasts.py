"""What the company was told, and what came of it: appended once, never changed."""

from __future__ import annotations

import hashlib

import pyarrow as pa
import pyarrow.compute as pc

from goodwill.tables import ACCOUNTS

from ._store import Store


def keep_once(store: Store, table: str, rows: pa.Table) -> int:
    """Append the rows whose key is not there yet, in one commit; return how many they were.

    Killed and done again it stores nothing twice, and no row is ever replaced.

    Args:
        store: The Book's records.
        table: ``forecasts`` or ``outcomes``.
        rows: Of its schema.
    """
    key = ACCOUNTS[table].key[0]
    with store.lock():
        there = store.arrow(table)[key]
        fresh = rows.filter(pc.invert(pc.is_in(rows[key], value_set=there.combine_chunks())))
        if fresh.num_rows:
            ids = "\n".join(sorted(fresh[key].to_pylist()))
            once = f"{table}-{hashlib.sha256(ids.encode()).hexdigest()[:20]}"
            store.append(table, lambda: fresh, once)
    return int(fresh.num_rows)
