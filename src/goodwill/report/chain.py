"""The chain as a table: for each broken promise, whether its customer wrote, again, in public."""

from __future__ import annotations

from goodwill.engine import Engine
from goodwill.tables import DERIVED

FOLLOW_DAYS = 28
"""A contact counts as following a broken promise for so many days after its due date."""


def chain_sql(days: int = FOLLOW_DAYS) -> str:
    """Return the SQL of the `chain` table; needs `promises` and `messages`.

    A customer's contacts from the due date of a broken (or overdue) promise to ``days`` later
    count as following it. They are his contacts of that time, not proven to be about it: the
    definition on the page says so.
    """
    return f"""
    WITH broken AS (
        SELECT promise_id, customer_id, theme_id, due_at
        FROM promises
        WHERE status IN ('broken', 'overdue') AND customer_id IS NOT NULL
    ),
    inbound AS (
        SELECT customer_id, "at", public, repeat
        FROM messages
        WHERE direction = 'in' AND customer_id IS NOT NULL
    )
    SELECT
        b.promise_id,
        b.customer_id,
        b.theme_id,
        b.due_at,
        min(i.at) AS wrote_at,
        min(CASE WHEN i.repeat THEN i.at END) AS wrote_again_at,
        min(CASE WHEN i.public THEN i.at END) AS public_at
    FROM broken b
    LEFT JOIN inbound i
        ON i.customer_id = b.customer_id
        AND i.at >= b.due_at
        AND i.at < b.due_at + INTERVAL {days} DAY
    GROUP BY b.promise_id, b.customer_id, b.theme_id, b.due_at
    """


def follow_chain(engine: Engine) -> None:
    """Leave the table `chain` in the engine."""
    engine.save("chain", chain_sql(), DERIVED["chain"].schema)
