"""The chain as a table: for each broken promise, whether its customer wrote, again, in public.

Promises past their date whose outcome the data does not show stand in it too, by their status: the
intervals of the chain's links are made of them.
"""

from __future__ import annotations

from goodwill.engine import Engine
from goodwill.tables import DERIVED

FOLLOW_DAYS = 28
"""A contact counts as following a broken promise for so many days after its due date."""
SAYS_SO = 0.5
"""From this probability on a message says that its writer has been in contact before."""


def chain_sql(days: int = FOLLOW_DAYS) -> str:
    """Return the SQL of the `chain` table, of `promises`, `messages`, `contact_gaps` and `signals`.

    A customer's contacts from the due date of a broken (or overdue) promise to ``days`` later
    count as following it. They are his contacts of that time, not proven to be about it: the
    definition on the page says so.

    He wrote *again* with a contact that repeats one by its problem, or that says itself that he has
    written before, where one of his is there in the ``days`` before: what is written the third time
    is of being ignored as much as of the fault, so that its theme is often another.
    ``again_least_at`` is the first that says so, or repeats one of the same conversation;
    ``again_most_at`` the first that has any of his in the ``days`` before.
    """
    told = f"(coalesce(m.retold, FALSE) OR coalesce(s.already_contacted, 0) >= {SAYS_SO})"
    before = f"coalesce(g.any_us <= {days} * 86400000000 AND NOT g.part_any, FALSE)"
    says = f"({told} AND NOT coalesce(m.closing, FALSE) AND {before})"
    return f"""
    WITH broken AS (
        SELECT promise_id, customer_id, theme_id, status, due_at
        FROM promises
        WHERE status IN ('broken', 'overdue', 'unknown') AND customer_id IS NOT NULL
            AND due_at IS NOT NULL
    ),
    inbound AS (
        SELECT m.customer_id, m."at", m.public, coalesce(m.repeat, FALSE) OR {says} AS again,
            {says} OR m.repeat AND count(*) OVER (
                PARTITION BY m.conversation_id, m.customer_id, m.closing
                ORDER BY epoch_us(m."at"), m.contact_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) > 0 AS least,
            coalesce(m.repeat, FALSE) OR {before} AS most
        FROM messages AS m
        LEFT JOIN contact_gaps AS g ON g.source = m.source AND g.contact_id = m.contact_id
        LEFT JOIN signals AS s ON s.source = m.source AND s.contact_id = m.contact_id
        WHERE m.direction = 'in' AND m.customer_id IS NOT NULL
    )
    SELECT
        b.promise_id,
        b.customer_id,
        b.theme_id,
        b.status,
        b.due_at,
        min(i.at) AS wrote_at,
        min(CASE WHEN i.again THEN i.at END) AS wrote_again_at,
        min(CASE WHEN i.public THEN i.at END) AS public_at,
        min(CASE WHEN i.least THEN i.at END) AS again_least_at,
        min(CASE WHEN i.most THEN i.at END) AS again_most_at
    FROM broken b
    LEFT JOIN inbound i
        ON i.customer_id = b.customer_id
        AND i.at >= b.due_at
        AND i.at < b.due_at + INTERVAL {days} DAY
    GROUP BY b.promise_id, b.customer_id, b.theme_id, b.status, b.due_at
    """


def follow_chain(engine: Engine) -> None:
    """Leave the table `chain` in the engine."""
    engine.save("chain", chain_sql(), DERIVED["chain"].schema)
