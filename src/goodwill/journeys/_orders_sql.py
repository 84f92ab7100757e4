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


def lines_sql(currency: str | None = None) -> str:
    """Return the SELECT of `order_numbers` line by line, read once for all that is asked of them.

    ``order_id`` is there only where it is not the line's number. A line is ``whole`` when it has a
    customer and a time, is in the one currency, and was not cancelled. ``n`` stands for the number
    in later steps, and says nothing of any order.
    """
    number = "coalesce(o.order_number, o.order_id)"
    known = given_sql("o.customer_ref")
    # Numbered last: what an engine works out after rows are numbered, it does on one thread.
    return f"""
    WITH cancelled AS ({cancelled_sql()}),
    lines AS (
        SELECT o.source, {number} AS number,
            CASE WHEN {number} <> o.order_id THEN o.order_id END AS order_id,
            o.at IS NOT NULL AND {known}
                AND NOT coalesce(lower(trim(o.status)) IN {GONE}, FALSE)
                AND {ours_sql(currency, "o.currency")}
                AND c.number IS NULL AND l.number IS NULL AS whole,
            CASE WHEN {known} THEN coalesce(r.customer_id, o.source || ':' || o.customer_ref)
                END AS customer_id,
            epoch_us(o.at) AS us, epoch_us(o.promised_at) AS promised_us,
            CASE WHEN o.at IS NOT NULL THEN epoch_us(o.delivered_at) END AS delivered_us, o.amount
        FROM orders AS o
        LEFT JOIN cancelled AS c ON c.source = o.source AND c.number = o.order_number
        LEFT JOIN cancelled AS l ON l.source = o.source AND l.number = o.order_id
        LEFT JOIN customer_refs AS r ON r.source = o.source AND r.customer_ref = o.customer_ref
        WHERE o.kind = 'order'
    )
    SELECT row_number() OVER () AS n, source, number, order_id, whole, customer_id,
        us AS first_us, us AS last_us, promised_us, delivered_us, amount
    FROM lines
    """


def order_numbers_sql() -> str:
    """Return the SELECT of `order_numbers`, one row a number, of the lines that it holds.

    A number is ``whole`` when its lines are of one known customer, have a time, are in one
    currency, all have a promised date or none, and none was cancelled: then all that is asked of
    them can be counted here. The lines of the others are `split_orders_sql`. ``delivered_us`` is
    there when every line with a time has come.

    A number of one line is that line: only the numbers of several are counted together. An id
    stands once in its source, so that a number which is its line's own id can only have more
    lines among those whose number is not their id.
    """
    return """
    WITH others AS (
        SELECT source, number, count(*) AS lines FROM order_numbers WHERE order_id IS NOT NULL
        GROUP BY source, number
    ),
    several AS (
        SELECT u.source, u.number
        FROM others AS u
        LEFT JOIN (SELECT source, number FROM order_numbers WHERE order_id IS NULL) AS e
            ON e.source = u.source AND e.number = u.number
        WHERE u.lines > 1 OR e.number IS NOT NULL
    ),
    grouped AS (
        SELECT min(o.n) AS n, o.source, o.number, min(o.customer_id) AS customer_id,
            coalesce(count(CASE WHEN NOT o.whole THEN 1 END) = 0
                AND min(o.customer_id) = max(o.customer_id)
                AND count(o.promised_us) IN (0, count(*)), FALSE) AS whole,
            min(o.first_us) AS first_us, max(o.last_us) AS last_us,
            max(o.promised_us) AS promised_us,
            CASE WHEN count(CASE WHEN o.first_us IS NOT NULL AND o.delivered_us IS NULL THEN 1 END)
                = 0 THEN max(o.delivered_us) END AS delivered_us,
            CAST(sum(o.amount) AS BIGINT) AS amount
        FROM order_numbers AS o
        JOIN several AS s ON s.source = o.source AND s.number = o.number
        GROUP BY o.source, o.number
    )
    SELECT o.n, o.source, o.number, o.order_id, o.whole, o.customer_id, o.first_us, o.last_us,
        o.promised_us, o.delivered_us, o.amount
    FROM order_numbers AS o
    LEFT JOIN several AS s ON s.source = o.source AND s.number = o.number
    WHERE s.number IS NULL
    UNION ALL
    SELECT n, source, number, CAST(NULL AS VARCHAR) AS order_id, whole, customer_id, first_us,
        last_us, promised_us, delivered_us, amount
    FROM grouped
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
