"""SQL of order numbers: the lines of an order counted together once, for all steps that need it."""

from __future__ import annotations

from goodwill.journeys._words import given_sql
from goodwill.literals import text_sql

GONE = "('cancelled', 'canceled', 'unavailable')"
"""States of a line that was never to come."""


def cancelled_sql() -> str:
    """Return the SELECT of the numbers and ids of what was cancelled, and when."""
    return """
        SELECT source, number, min("at") AS "at"
        FROM (
            SELECT source, order_number AS number, "at" FROM orders
            WHERE kind = 'cancellation' AND order_number IS NOT NULL AND related_order_id IS NULL
            UNION ALL
            SELECT source, related_order_id AS number, "at" FROM orders
            WHERE kind = 'cancellation' AND related_order_id IS NOT NULL
        ) AS both_ways
        GROUP BY source, number
    """


def ours_sql(currency: str | None, column: str) -> str:
    """Return the condition that money is in the Book's currency; None takes all."""
    if currency is None:
        return "TRUE"
    return f"coalesce({column}, {text_sql(currency)}) = {text_sql(currency)}"


def order_numbers_sql(currency: str | None = None) -> str:
    """Return the SELECT of `order_numbers`: one row a number, of kind order; needs ``_refs``.

    A number is ``whole`` when its lines are of one known customer, have a time, are in one
    currency, all have a promised date or none, and none was cancelled: then all that is asked of
    them can be counted here. The lines of the others are `split_orders_sql`. ``n`` stands for the
    number in later steps, and says nothing of any order.

    ``delivered_us`` is there when every line with a time has come.

    A number of one line is that line: only the numbers of several are counted together. An id
    stands once in its source, so that a number which is its line's own id can only have more
    lines among those whose number is not their id: where there are none, nothing is counted.
    """
    odd = f"""o.at IS NULL OR NOT ({given_sql("o.customer_ref")})
                OR coalesce(lower(trim(o.status)) IN {GONE}, FALSE)
                OR NOT ({ours_sql(currency, "o.currency")})
                OR c.number IS NOT NULL OR l.number IS NOT NULL"""
    cancelled = """LEFT JOIN cancelled AS c ON c.source = o.source AND c.number = o.order_number
        LEFT JOIN cancelled AS l ON l.source = o.source AND l.number = o.order_id"""
    number = "coalesce(o.order_number, o.order_id)"
    return f"""
    WITH cancelled AS ({cancelled_sql()}),
    several AS (
        SELECT u.source, u.number
        FROM (
            SELECT source, order_number AS number, count(*) AS lines FROM orders
            WHERE kind = 'order' AND order_number <> order_id
            GROUP BY source, order_number
        ) AS u
        LEFT JOIN orders AS e ON e.source = u.source AND e.order_id = u.number
            AND e.kind = 'order' AND coalesce(e.order_number, e.order_id) = e.order_id
        WHERE u.lines > 1 OR e.order_id IS NOT NULL
    ),
    single AS (
        SELECT o.source, {number} AS number, o.customer_ref, epoch_us(o.at) AS first_us,
            epoch_us(o.at) AS last_us, epoch_us(o.promised_at) AS promised_us,
            CASE WHEN o.at IS NOT NULL THEN epoch_us(o.delivered_at) END AS delivered_us,
            o.amount, NOT ({odd}) AS whole
        FROM orders AS o
        LEFT JOIN several AS s ON s.source = o.source AND s.number = {number}
        {cancelled}
        WHERE o.kind = 'order' AND s.number IS NULL
    ),
    grouped AS (
        SELECT o.source, {number} AS number,
            min(o.customer_ref) AS customer_ref, max(o.customer_ref) AS last_ref,
            count(*) AS lines, min(epoch_us(o.at)) AS first_us, max(epoch_us(o.at)) AS last_us,
            count(o.promised_at) AS promised, max(epoch_us(o.promised_at)) AS promised_us,
            count(CASE WHEN o.at IS NOT NULL AND o.delivered_at IS NULL THEN 1 END) AS awaited,
            max(CASE WHEN o.at IS NOT NULL THEN epoch_us(o.delivered_at) END) AS delivered_us,
            CAST(sum(o.amount) AS BIGINT) AS amount, max(CASE WHEN {odd} THEN 1 ELSE 0 END) AS odd
        FROM orders AS o
        JOIN several AS s ON s.source = o.source AND s.number = {number}
        {cancelled}
        WHERE o.kind = 'order'
        GROUP BY o.source, {number}
    ),
    judged AS (
        SELECT source, number, customer_ref, first_us, last_us, promised_us, delivered_us, amount,
            whole
        FROM single
        UNION ALL
        SELECT source, number, customer_ref, first_us, last_us, promised_us,
            CASE WHEN awaited = 0 THEN delivered_us END AS delivered_us, amount,
            coalesce(odd = 0 AND customer_ref = last_ref AND promised IN (0, lines), FALSE) AS whole
        FROM grouped
    )
    SELECT row_number() OVER () AS n, g.source, g.number, g.whole,
        CASE WHEN g.whole THEN coalesce(r.customer_id, g.source || ':' || g.customer_ref)
            END AS customer_id,
        g.first_us, g.last_us, g.promised_us, g.delivered_us, g.amount
    FROM judged AS g
    LEFT JOIN customer_refs AS r ON r.source = g.source AND r.customer_ref = g.customer_ref
    """


def split_orders_sql(columns: list[str]) -> str:
    """Return the SELECT of the lines of the order numbers that are not whole."""
    return f"""
    SELECT {", ".join(f'o."{column}"' for column in columns)}
    FROM orders AS o
    JOIN (SELECT source, number FROM order_numbers WHERE NOT whole) AS s
        ON s.source = o.source AND s.number = coalesce(o.order_number, o.order_id)
    WHERE o.kind = 'order'
    """
