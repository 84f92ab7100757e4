"""Under which id a customer stands now: what others wrote down may be older than a refresh."""

from __future__ import annotations

from collections.abc import Iterable

from goodwill.generations import Reader

_AT_ONCE = 1000


def current_ids(reader: Reader, customer_ids: Iterable[str]) -> dict[str, str]:
    """Return the id of now of each customer that was once known under these ids.

    References that are joined or taken apart give a customer another id; who was forgotten, or
    is too old, has none and is left out.
    """
    wanted = sorted(set(customer_ids))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        marks = ", ".join("?" for _ in part)
        rows = reader.rows(
            f"""
            SELECT source || ':' || customer_ref, customer_id FROM customer_refs
            WHERE source || ':' || customer_ref IN ({marks})
            """,
            part,
        )
        same = reader.rows(
            f"SELECT customer_id, customer_id FROM customers WHERE customer_id IN ({marks})", part
        )
        # One who stands under it today goes before one who was joined to it.
        found |= dict(rows) | dict(same)
    return found
