"""Columns that only the page file has: what pages narrow by, and numbers to count people with.

A customer's id is a text. Counting how many of them stand behind a figure is most of what a page
over millions of rows does, and takes a fifth of the time over numbers. So each customer has one in
a generation, ``customer_no``, and each order ``order_no``; they mean nothing beyond its page file.
"""

from __future__ import annotations

from goodwill.literals import text_sql
from goodwill.report.signals import words_sql
from goodwill.value import orders_so_far_sql

INNER = ("customer_no", "order_no", "order_before_at", "customer_before_at", "followed",
         "came_back", "was_promised", "was_broken", "before_at", "due_before_at",
         "message_no")  # fmt: skip
"""What no page shows among the columns of a record."""
_WORDS = words_sql()
_NUMBER = "LEFT JOIN numbers n ON n.customer_id = r.customer_id"


def numbers_sql(customers: str, customer_value: str) -> str:
    """Return the number and the segment of each customer, out of two Parquet files."""
    return f"""
    SELECT c.customer_id,
        CAST(row_number() OVER (ORDER BY c.customer_id) AS INTEGER) AS customer_no,
        {orders_so_far_sql("v.orders")} AS segment
    FROM read_parquet({text_sql(customers)}) c
    LEFT JOIN read_parquet({text_sql(customer_value)}) v ON v.customer_id = c.customer_id
    """


def teams_sql() -> str:
    """Return the team of each contact that has one, its own or that of its ticket."""
    return """
    SELECT c.source, c.contact_id, coalesce(c.team, t.team) AS team
    FROM contacts c
    LEFT JOIN threads t ON t.source = c.source AND t.thread_id = c.thread_id
    WHERE coalesce(c.team, t.team) IS NOT NULL
    """


def columns_sql(table: str, rows: str) -> str:
    """Return the query to a page table out of its derived rows.

    Args:
        table: Name of the page table.
        rows: What stands after FROM for the derived rows.

    The connection holds ``numbers``, ``teams``, ``found_signals``, ``found_chain``,
    ``found_messages``, ``found_episodes`` and ``found_promises``.
    """
    return _WITH.get(table, "SELECT * FROM {rows}").replace("{rows}", rows)


_WITH = {
    "messages": f"""
        SELECT r.*, s.complaint, {_WORDS} AS signals, t.team, n.segment, n.customer_no
        FROM {{rows}} r
        LEFT JOIN found_signals s ON s.source = r.source AND s.contact_id = r.contact_id
        LEFT JOIN teams t ON t.source = r.source AND t.contact_id = r.contact_id
        {_NUMBER}
    """,
    "timeline": f"""
        SELECT r.*, {_WORDS} AS signals FROM {{rows}} r
        LEFT JOIN found_signals s
            ON s.source = r.source AND s.contact_id = r.id AND r.kind IN ('contact', 'reply')
    """,
    "signals": f"""
        SELECT r.theme_id, r.customer_id, r.conversation_id, r.direction, r.at, s.*, n.customer_no
        FROM {{rows}} r
        JOIN found_signals s ON s.source = r.source AND s.contact_id = r.contact_id
        {_NUMBER}
    """,
    # The lines of an order mostly stand at one moment, and a customer's orders apart. With the
    # moment of the line before, a period is counted by looking at each line alone.
    "orders": f"""
        SELECT r.*, n.segment, n.customer_no,
            lag(r.at) OVER (PARTITION BY r.kind, r.order_no ORDER BY r.at, r.order_id)
                AS order_before_at,
            CASE WHEN n.customer_no IS NOT NULL THEN lag(r.at) OVER (
                PARTITION BY r.kind, n.customer_no ORDER BY r.at, r.source, r.order_id)
                END AS customer_before_at
        FROM (SELECT *, hash(source, coalesce(order_number, order_id)) AS order_no FROM {{rows}}) r
        {_NUMBER}
    """,
    "promises": f"""
        SELECT r.*, n.segment, n.customer_no, c.promise_id IS NOT NULL AS followed, c.wrote_at,
            c.wrote_again_at, c.public_at, c.again_least_at, c.again_most_at,
            CASE WHEN n.customer_no IS NOT NULL THEN lag(r.due_at) OVER earlier END AS before_at,
            CASE WHEN n.customer_no IS NOT NULL THEN last_value(
                CASE WHEN r.kind = 'delivery' AND r.status IN ('kept', 'broken', 'overdue')
                    THEN r.due_at END IGNORE NULLS)
                OVER (earlier ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                END AS due_before_at
        FROM {{rows}} r
        LEFT JOIN found_chain c ON c.promise_id = r.promise_id
        {_NUMBER}
        WINDOW earlier AS (PARTITION BY n.customer_no ORDER BY r.due_at NULLS FIRST, r.promise_id)
    """,
    # Where its message stands in the page file: found at once, and not by a text of each.
    "contact_themes": """
        SELECT r.*, m.rowid AS message_no
        FROM {rows} r
        LEFT JOIN messages m ON m.source = r.source AND m.contact_id = r.contact_id
    """,
    # One row for each further matter of a message.
    "further_themes": """
        SELECT f.theme_id, f.own_theme_id, m.at, m.channel, m.customer_id, f.source, f.contact_id
        FROM (
            SELECT source, contact_id, theme_id AS own_theme_id, unnest(further_ids) AS theme_id
            FROM {rows}
        ) f
        JOIN found_messages m ON m.source = f.source AND m.contact_id = f.contact_id
    """,
    # A conversation counts as come back to when an episode that it is in has come to rest, and
    # one of these holds a repeat contact; NULL when none has.
    "conversation_metrics": f"""
        WITH rested AS (
            SELECT m.conversation_id, bool_or(e.repeats > 0) AS came_back
            FROM (SELECT DISTINCT conversation_id, episode_id FROM found_messages
                WHERE direction = 'in' AND episode_id IS NOT NULL) m
            JOIN found_episodes e ON e.episode_id = m.episode_id AND e.status = 'quiet'
            GROUP BY m.conversation_id
        )
        SELECT r.*, n.customer_no, w.came_back
        FROM {{rows}} r
        LEFT JOIN rested w ON w.conversation_id = r.conversation_id
        {_NUMBER}
    """,
    "episodes": f"SELECT r.*, n.customer_no FROM {{rows}} r {_NUMBER}",
    "contact_gaps": f"SELECT r.*, n.customer_no FROM {{rows}} r {_NUMBER}",
    "customer_value": f"SELECT r.*, n.customer_no FROM {{rows}} r {_NUMBER}",
    "customers": f"""
        SELECT r.*, n.customer_no, p.customer_id IS NOT NULL AS was_promised,
            coalesce(p.broken, false) AS was_broken
        FROM {{rows}} r
        LEFT JOIN (
            SELECT customer_id, bool_or(status IN ('broken', 'overdue')) AS broken
            FROM found_promises WHERE kind = 'delivery' AND customer_id IS NOT NULL
            GROUP BY customer_id
        ) p ON p.customer_id = r.customer_id
        {_NUMBER}
    """,
    "chain": f"SELECT r.*, n.customer_no FROM {{rows}} r {_NUMBER}",
}

BY_TIME = {
    "contacts_by_time": """
        SELECT "at", source, contact_id, channel, public, direction, customer_no,
            customer_no AS customer_id, theme_id,
            CASE WHEN episode_id IS NOT NULL THEN hash(episode_id) END AS episode_id,
            repeat, answered, closing, rating, rating_scale, complaint, product, region, team,
            segment
        FROM messages WHERE direction = 'in' ORDER BY "at", source, contact_id
    """,
    "episodes_by_time": """
        SELECT opened_at, theme_id, channel, status, contacts_in, closings, repeats, retold, hops,
            transfers, customer_wait_seconds, customer_wait_work_seconds, company_wait_seconds,
            bot_seconds, customer_no
        FROM episodes ORDER BY opened_at, episode_id
    """,
    "orders_by_time": """
        SELECT "at", kind, product, region, segment, customer_no, customer_no AS customer_id,
            order_no, order_before_at, customer_before_at
        FROM orders WHERE kind = 'order' ORDER BY "at", source, order_id
    """,
}
"""Tables again in the order of time, with what a period is counted by and numbers for ids.

Messages lie by theme and orders by customer, so that a period stands in every part of either. Out
of these DuckDB's zone maps leave all but the period. The columns have the same names, so that the
same query asks either table.
"""
