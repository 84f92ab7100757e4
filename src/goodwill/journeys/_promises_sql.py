"""SQL of promises: the delivery dates of orders, and what became of them."""

from __future__ import annotations

from goodwill.journeys._words import (
    NODE,
    day_end_sql,
    given_sql,
    local_day_sql,
    quarter_sql,
    quarters_sql,
)
from goodwill.literals import text_sql

_GONE = "('cancelled', 'canceled', 'unavailable')"


def promises_sql(time_zone: str, as_of: str, orders: str = "orders") -> str:
    """Return the SELECT of the delivery promises: one for each order number and customer.

    The promise is for a whole day of the Book's time zone, the day of ``promised_at`` (of the
    latest line); ``due_at`` is its last microsecond. Kept means that the last line came by then.
    Lines that were cancelled before they came are not waited for. ``days_late`` counts days of
    the time zone and is negative when early; for an overdue promise it counts up to now.

    Args:
        time_zone: IANA name.
        as_of: Now, as ISO 8601 with an offset.
        orders: The table whose orders carry the dates.
    """
    today = local_day_sql(f"CAST({text_sql(as_of)} AS TIMESTAMPTZ)", time_zone)
    used = " UNION ".join(
        f"SELECT {quarter_sql(column)} AS quarter FROM {orders}"
        for column in ("promised_at", "delivered_at")
    )
    return f"""
    WITH cancelled AS (
        SELECT source, number, min("at") AS "at"
        FROM (
            SELECT source, order_number AS number, "at" FROM orders
            WHERE kind = 'cancellation' AND order_number IS NOT NULL AND related_order_id IS NULL
            UNION ALL
            SELECT source, related_order_id AS number, "at" FROM orders
            WHERE kind = 'cancellation' AND related_order_id IS NOT NULL
        ) AS both_ways
        GROUP BY source, number
    ),
    lines AS (
        SELECT o.source, coalesce(o.order_number, o.order_id) AS order_number,
            CASE WHEN {given_sql("o.customer_ref")}
                THEN coalesce(r.customer_id, o.source || ':' || o.customer_ref) END AS customer_id,
            o.at, o.promised_at, o.delivered_at, o.amount,
            coalesce(lower(trim(o.status)) IN {_GONE}, FALSE)
                OR coalesce(c.at < o.delivered_at, c.number IS NOT NULL)
                OR coalesce(l.at < o.delivered_at, l.number IS NOT NULL) AS gone
        FROM {orders} AS o
        LEFT JOIN customer_refs AS r ON r.source = o.source AND r.customer_ref = o.customer_ref
        LEFT JOIN cancelled AS c ON c.source = o.source AND c.number = o.order_number
        LEFT JOIN cancelled AS l ON l.source = o.source AND l.number = o.order_id
        WHERE o.kind = 'order' AND o.promised_at IS NOT NULL
    ),
    sources AS (
        SELECT source, count(delivered_at) AS deliveries FROM orders GROUP BY source
    ),
    made AS (
        SELECT source, order_number, customer_id, min("at") AS made_at,
            coalesce(max(CASE WHEN NOT gone THEN promised_at END), max(promised_at))
                AS promised_at,
            CASE WHEN count(CASE WHEN NOT gone THEN 1 END)
                    = count(CASE WHEN NOT gone THEN delivered_at END)
                THEN max(CASE WHEN NOT gone THEN delivered_at END) END AS kept_at,
            CAST(sum(amount) AS BIGINT) AS amount,
            count(CASE WHEN NOT gone THEN 1 END) = 0 AS gone
        FROM lines
        GROUP BY source, order_number, customer_id
    ),
    quarters AS ({quarters_sql(used, time_zone)}),
    days AS (
        SELECT m.*, s.deliveries,
            coalesce(p.day, {local_day_sql("m.promised_at", time_zone)}) AS due_day,
            p.day_end, coalesce(k.day, {local_day_sql("m.kept_at", time_zone)}) AS kept_day,
            {today} AS today
        FROM made AS m
        JOIN sources AS s ON s.source = m.source
        LEFT JOIN quarters AS p ON p.quarter = {quarter_sql("m.promised_at")}
        LEFT JOIN quarters AS k ON k.quarter = {quarter_sql("m.kept_at")}
    ),
    judged AS (
        SELECT *,
            CASE WHEN gone OR deliveries = 0 THEN 'unknown'
                WHEN kept_day <= due_day THEN 'kept'
                WHEN kept_day > due_day THEN 'broken'
                WHEN due_day < today THEN 'overdue'
                ELSE 'open' END AS status
        FROM days
    )
    SELECT
        substr(md5('delivery{NODE}' || source || '{NODE}' || order_number || '{NODE}'
            || coalesce(customer_id, '')), 1, 20) AS promise_id,
        'delivery' AS kind, 'delivery' AS what, source, customer_id, order_number,
        CAST(NULL AS VARCHAR) AS contact_id, CAST(NULL AS VARCHAR) AS conversation_id,
        CAST(NULL AS INTEGER) AS theme_id, CAST(NULL AS VARCHAR) AS agent_id,
        CAST(NULL AS VARCHAR) AS words, made_at,
        coalesce(day_end, {day_end_sql("due_day", time_zone)}) AS due_at,
        kept_at, CAST(NULL AS TIMESTAMPTZ) AS again_at, status,
        CASE WHEN gone THEN 'the order was cancelled'
            WHEN deliveries = 0 THEN 'the source holds no delivery dates' END AS reason,
        CASE WHEN status IN ('kept', 'broken')
                THEN CAST(date_diff('day', due_day, kept_day) AS DOUBLE)
            WHEN status = 'overdue' THEN CAST(date_diff('day', due_day, today) AS DOUBLE)
        END AS days_late,
        amount
    FROM judged
    """
