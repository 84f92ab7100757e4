"""SQL of promises: the delivery dates of orders, and what became of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from goodwill.journeys._local_days import (
    LOCAL_DAYS,
    day_end_us_sql,
    day_of_sql,
    local_day_number_sql,
    utc_day_sql,
)
from goodwill.journeys._orders_sql import GONE, cancelled_sql
from goodwill.journeys._words import NODE, day_end_sql, given_sql, local_day_sql

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def promises_sql(time_zone: str, as_of: str, orders: str | None = None) -> str:
    """Return the SELECT of the delivery promises: one for each order number and customer.

    The promise is for a whole day of the Book's time zone, the day of ``promised_at`` (of the
    latest line); ``due_at`` is its last microsecond. Kept means that the last line came by then.
    Lines that were cancelled before they came are not waited for. ``days_late`` counts days of
    the time zone and is negative when early; for an overdue promise it counts up to now.

    It needs the table ``_local_days`` of the time zone.

    Args:
        time_zone: IANA name.
        as_of: Now, as ISO 8601 with an offset.
        orders: A table whose orders carry the dates, line by line; those of the Book, which
            ``order_numbers`` and ``split_orders`` hold, when not given.
    """
    now = datetime.fromisoformat(as_of).astimezone(ZoneInfo(time_zone)).date()
    today = (now - date(1970, 1, 1)).days
    return f"""
    {_judged_sql(time_zone, as_of, orders)},
    days AS (
        SELECT j.*, coalesce({local_day_number_sql("j.kept_us", "k")},
            {day_of_sql("j.kept_us", time_zone)}) AS kept_day
        FROM judged AS j
        LEFT JOIN {LOCAL_DAYS} AS k ON k.day = {utc_day_sql("j.kept_us")}
    )
    SELECT
        substr(md5(concat_ws('{NODE}', 'delivery', source, order_number,
            coalesce(customer_id, ''))), 1, 20) AS promise_id,
        'delivery' AS kind, 'delivery' AS what, source, customer_id, order_number,
        CAST(NULL AS VARCHAR) AS contact_id, CAST(NULL AS VARCHAR) AS conversation_id,
        CAST(NULL AS INTEGER) AS theme_id, CAST(NULL AS VARCHAR) AS agent_id,
        CAST(NULL AS VARCHAR) AS words, make_timestamptz(made_us) AS made_at,
        make_timestamptz(end_us) AS due_at,
        make_timestamptz(kept_us) AS kept_at, CAST(NULL AS TIMESTAMPTZ) AS again_at, status,
        CASE WHEN gone THEN 'the order was cancelled'
            WHEN blind THEN 'the source holds no delivery dates' END AS reason,
        CASE WHEN status IN ('kept', 'broken') THEN CAST(kept_day - due_day AS DOUBLE)
            WHEN status = 'overdue' THEN CAST({today} - due_day AS DOUBLE)
        END AS days_late,
        amount
    FROM days
    """


def missed_sql(time_zone: str, as_of: str) -> str:
    """Return the SELECT of the dates that `promises_sql` finds broken or overdue, by number.

    ``n`` is that of ``order_numbers`` and ``us`` the date's end. A ``whole`` number has one at
    most, another one for each of its customers.
    """
    return f"""
    {_judged_sql(time_zone, as_of)}
    SELECT coalesce(j.n, m.n) AS n, j.end_us AS us, j.n IS NOT NULL AS whole
    FROM judged AS j
    LEFT JOIN (
        SELECT source, number, n FROM order_numbers WHERE NOT whole AND first_us IS NOT NULL
    ) AS m ON j.n IS NULL AND m.source = j.source AND m.number = j.order_number
    WHERE j.status IN ('broken', 'overdue') AND coalesce(j.n, m.n) IS NOT NULL
    """


def _judged_sql(time_zone: str, as_of: str, orders: str | None = None) -> str:
    """Return CTEs, the last of them ``judged``: the delivery promises and what became of them.

    What came by the last microsecond of its day, ``end_us``, came on a day that is not later.
    """
    # A day that is not in the table is told from its end, not from the same moment as that:
    # what two columns ask alike, engines ask once of every row, the zone too.
    now_us = (datetime.fromisoformat(as_of) - _EPOCH) // timedelta(microseconds=1)
    end = day_end_sql(local_day_sql("make_timestamptz(m.promised_us)", time_zone), time_zone)
    whole = """
        SELECT n, source, number AS order_number, customer_id, first_us AS made_us, promised_us,
            delivered_us AS kept_us, amount, FALSE AS gone
        FROM order_numbers WHERE whole AND promised_us IS NOT NULL
        UNION ALL"""
    due_day = local_day_number_sql("m.promised_us", "p")
    return f"""WITH cancelled AS ({cancelled_sql()}),
    lines AS (
        SELECT o.source, coalesce(o.order_number, o.order_id) AS order_number,
            CASE WHEN {given_sql("o.customer_ref")}
                THEN coalesce(r.customer_id, o.source || ':' || o.customer_ref) END AS customer_id,
            epoch_us(o.at) AS us, epoch_us(o.promised_at) AS promised_us,
            epoch_us(o.delivered_at) AS delivered_us, o.amount,
            coalesce(lower(trim(o.status)) IN {GONE}, FALSE)
                OR coalesce(c.at < o.delivered_at, c.number IS NOT NULL)
                OR coalesce(l.at < o.delivered_at, l.number IS NOT NULL) AS gone
        FROM {"split_orders" if orders is None else orders} AS o
        LEFT JOIN customer_refs AS r ON r.source = o.source AND r.customer_ref = o.customer_ref
        LEFT JOIN cancelled AS c ON c.source = o.source AND c.number = o.order_number
        LEFT JOIN cancelled AS l ON l.source = o.source AND l.number = o.order_id
        WHERE o.kind = 'order' AND o.promised_at IS NOT NULL
    ),
    blind AS (
        SELECT source FROM orders GROUP BY source HAVING count(delivered_at) = 0
    ),
    made AS ({whole if orders is None else ""}
        SELECT CAST(NULL AS BIGINT) AS n, source, order_number, customer_id, min(us) AS made_us,
            coalesce(max(CASE WHEN NOT gone THEN promised_us END), max(promised_us))
                AS promised_us,
            CASE WHEN count(CASE WHEN NOT gone THEN 1 END)
                    = count(CASE WHEN NOT gone THEN delivered_us END)
                THEN max(CASE WHEN NOT gone THEN delivered_us END) END AS kept_us,
            CAST(sum(amount) AS BIGINT) AS amount,
            count(CASE WHEN NOT gone THEN 1 END) = 0 AS gone
        FROM lines
        GROUP BY source, order_number, customer_id
    ),
    ends AS (
        SELECT m.n, m.source, m.order_number, m.customer_id, m.made_us, m.promised_us, m.kept_us,
            m.amount, m.gone, b.source IS NOT NULL AS blind, {due_day} AS due_day,
            coalesce({day_end_us_sql("m.promised_us", "p")}, epoch_us({end})) AS end_us
        FROM made AS m
        LEFT JOIN blind AS b ON b.source = m.source
        LEFT JOIN {LOCAL_DAYS} AS p ON p.day = {utc_day_sql("m.promised_us")}
    ),
    judged AS (
        SELECT e.n, e.source, e.order_number, e.customer_id, e.made_us, e.kept_us, e.amount, e.gone,
            e.blind, e.end_us, coalesce(e.due_day, {day_of_sql("e.end_us", time_zone)}) AS due_day,
            CASE WHEN gone OR blind THEN 'unknown'
                WHEN kept_us <= end_us THEN 'kept'
                WHEN kept_us > end_us THEN 'broken'
                WHEN end_us < {now_us} THEN 'overdue'
                ELSE 'open' END AS status
        FROM ends AS e
    )"""
