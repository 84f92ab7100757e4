"""SQL of customer equity: what the customers of a source were worth at the end of each month.

A customer's worth on a day is ``(base + net) * worth``: base depends on his purchase days with an
amount, worth on his history up to that day; both come from the models of `value_customers`.
"""

from __future__ import annotations

import pyarrow as pa

from goodwill.figures import Z95
from goodwill.literals import text_sql
from goodwill.tables import DERIVED

_S, _I64, _F64 = pa.string(), pa.int64(), pa.float64()

PURCHASES_MOVED = ("moved_1", "moved_2", "moved_3", "moved_4")
SPEND_MOVED = ("moved_5", "moved_6", "moved_7")
MOVED = PURCHASES_MOVED + SPEND_MOVED
"""How far one standard error in each direction of the parameters (`_moved`) moves a worth: of those
of a model of purchases or of contracts, and of those of the model of spend."""
FINE = 100
"""Moves are held in such parts of the minor unit, so that their sums are those of whole numbers."""

AT = pa.schema(
    [("customer_id", _S), ("frequency", _I64), ("recency_days", _I64), ("age_days", _I64),
     ("paid", _I64), ("net", _I64), ("earned", _I64)]
)  # fmt: skip
HISTORY_CELLS = pa.schema(
    [("frequency", _I64), ("recency_days", _I64), ("age_days", _I64), ("worth", _F64),
     ("alive", _F64), *((name, _F64) for name in PURCHASES_MOVED)]
)  # fmt: skip
PAID_CELLS = pa.schema(
    [("paid", _I64), ("base", _F64), ("slope", _F64),
     *((f"{name}{end}", _F64) for end in ("", "_net") for name in SPEND_MOVED)]
)  # fmt: skip
WORTH = pa.schema(
    [("customer_id", _S), ("value", _I64), ("alive", _F64), ("age_days", _I64), ("earned", _I64),
     *((name, _I64) for name in MOVED)]
)  # fmt: skip
SEGMENTS = DERIVED["equity_segments"].schema
FIRST_DAYS = DERIVED["first_days"].schema

PARTS = ("new", "kept", "growing", "shrinking", "lost")
SIMILAR = 0.1
"""A worth that rose or fell by at most this share in a month was kept."""
GONE = 0.5
"""Below this P(alive) a customer counts as lost."""
TROUBLE_DAYS = 90
NEW_DAYS = 90
_MOST_SEGMENTS = 12


def at_sql(source: str, since: str, until: str) -> str:
    """Return the query to the histories of a source's customers on the day ``until``.

    ``earned`` is what they spent, less what was paid back, after ``since`` and up to that day.
    """
    bought = f"bought AND day <= DATE '{until}'"
    return f"""
    WITH seen AS (
        SELECT customer_id,
            CAST(sum(CASE WHEN {bought} THEN 1 ELSE 0 END) AS BIGINT) AS days,
            min(CASE WHEN {bought} THEN day END) AS first_day,
            max(CASE WHEN {bought} THEN day END) AS latest_day,
            CAST(sum(CASE WHEN paid AND day <= DATE '{until}' THEN 1 ELSE 0 END) AS BIGINT)
                AS paid,
            CAST(sum(CASE WHEN day <= DATE '{until}' THEN spent - returned ELSE 0 END) AS BIGINT)
                AS net,
            CAST(sum(CASE WHEN day > DATE '{since}' AND day <= DATE '{until}'
                THEN spent - returned ELSE 0 END) AS BIGINT) AS earned
        FROM value_days
        WHERE source = {text_sql(source)}
        GROUP BY customer_id
    )
    SELECT customer_id, days - 1 AS frequency,
        date_diff('day', first_day, latest_day) AS recency_days,
        date_diff('day', first_day, DATE '{until}') AS age_days,
        paid, CASE WHEN net > 0 THEN net ELSE 0 END AS net, earned
    FROM seen WHERE days > 0
    """


def worth_sql(margin: float) -> str:
    """Return the query to what each customer of ``_equity_at`` is worth."""
    # The order of the factors is that of `look_ahead`, so that both give the same cents.
    worth = f"(p.base + h.net) * (p.slope * x.worth * {margin!r})"
    moves = {name: f"{worth} * x.{name}" for name in PURCHASES_MOVED}
    for name in SPEND_MOVED:
        moves[name] = f"(p.{name} + h.net * p.{name}_net) * (x.worth * {margin!r})"
    moved = ", ".join(
        f"CAST(round({text} * {FINE}) AS BIGINT) AS {name}" for name, text in moves.items()
    )
    return f"""
    SELECT h.customer_id, CAST(round({worth}) AS BIGINT) AS value,
        x.alive, h.age_days, h.earned, {moved}
    FROM _equity_at AS h
    JOIN _equity_histories AS x ON x.frequency = h.frequency
        AND x.recency_days = h.recency_days AND x.age_days = h.age_days
    JOIN _equity_paid AS p ON p.paid = h.paid
    """


def parts_sql(now: str, before: str, days: int) -> str:
    """Return the query to the parts of a month: customers and worth before and after, and earned.

    And how far each direction of the parameters moves what changed; NULL where that is not known.

    Args:
        now: Table of what customers are worth at the month's end.
        before: The same at its begin.
        days: Days of the month up to its end.
    """
    moved = ", ".join(f"a.{name} - coalesce(b.{name}, 0) AS {name}" for name in MOVED)
    sums = ", ".join(f"CAST(sum({name}) AS BIGINT) AS {name}" for name in MOVED)
    return f"""
    WITH changed AS (
        SELECT a.customer_id, coalesce(b.value, 0) AS before, a.value AS after, a.earned, {moved},
            CASE WHEN a.age_days < {days} THEN 'new'
                WHEN a.alive < {GONE} THEN 'lost'
                WHEN a.value > coalesce(b.value, 0) * {1 + SIMILAR} THEN 'growing'
                WHEN a.value < coalesce(b.value, 0) * {1 - SIMILAR} THEN 'shrinking'
                ELSE 'kept' END AS part,
            CASE WHEN a.alive < {GONE} AND coalesce(b.alive, 1.0) >= {GONE} THEN 1 ELSE 0 END
                AS left_now
        FROM {now} AS a
        LEFT JOIN {before} AS b ON b.customer_id = a.customer_id
    )
    SELECT part, count(*) AS customers, CAST(sum(left_now) AS BIGINT) AS left_now,
        CAST(sum(before) AS BIGINT) AS equity_before, CAST(sum(after) AS BIGINT) AS equity,
        CAST(sum(earned) AS BIGINT) AS earned, {sums}
    FROM changed GROUP BY part ORDER BY part
    """


CUSTOMER_SEGMENTS = ("none", "1", "2 to 3", "4 to 9", "10 or more")
"""Segments of customers by their orders so far."""


def orders_so_far_sql(orders: str) -> str:
    """Return the segment of a customer by his number of orders; ``none`` of one without."""
    return f"""CASE WHEN coalesce({orders}, 0) = 0 THEN 'none' WHEN {orders} = 1 THEN '1'
                WHEN {orders} < 4 THEN '2 to 3' WHEN {orders} < 10 THEN '4 to 9'
                ELSE '10 or more' END"""


def segments_sql(as_of: str, parameter_error: float, *, contracts: bool = False) -> str:
    """Return the query to ``equity_segments``: equity now, and that of customers in trouble.

    In trouble: a promise to him broken or overdue, a repeat contact or a public one, in the
    `TROUBLE_DAYS` up to ``as_of``. Of each dimension the largest segments, and the rest together.
    Who holds a contract and never ordered is of the contract's source; ``contracts`` tells whether
    there are any.
    """
    holders, plans = _holders_sql() if contracts else ("", "")
    since = f"CAST('{as_of}' AS TIMESTAMP) - INTERVAL {TROUBLE_DAYS} DAY"
    parameters = float(Z95 * parameter_error)
    width = "CAST(v.lifetime_value_high - v.lifetime_value_low AS DECIMAL(19, 0))"
    return f"""
    WITH trouble AS (
        SELECT DISTINCT customer_id FROM (
            SELECT customer_id FROM promises
            WHERE status IN ('broken', 'overdue') AND CAST(due_at AS TIMESTAMP) > {since}
            UNION ALL
            SELECT customer_id FROM messages
            WHERE direction = 'in' AND (repeat OR public) AND CAST("at" AS TIMESTAMP) > {since}
        ) AS told
        WHERE customer_id IS NOT NULL
    ),
    lines AS (
        SELECT c.customer_id, o.source, o.region, o.product, o.at, o.order_id
        FROM orders AS o
        JOIN order_customers AS c ON c.source = o.source AND c.order_id = o.order_id
        WHERE o.kind = 'order' AND o.at IS NOT NULL AND c.customer_id IS NOT NULL
    ),
    ranked AS (
        SELECT *, row_number() OVER (PARTITION BY customer_id
                ORDER BY "at" DESC, source, order_id) AS latest,
            min("at") OVER (PARTITION BY customer_id) AS first_at
        FROM lines
    ),
    people AS (
        SELECT v.customer_id, v.lifetime_value AS value, {width} * {width} AS spread,
            CASE WHEN t.customer_id IS NULL THEN 0 ELSE 1 END AS troubled,
            r.source, r.region, r.product,
            {orders_so_far_sql("v.orders")} AS orders,
            CAST(year(r.first_at) AS VARCHAR) AS joined
        FROM customer_value AS v
        JOIN ranked AS r ON r.customer_id = v.customer_id AND r.latest = 1
        LEFT JOIN trouble AS t ON t.customer_id = v.customer_id
        WHERE v.lifetime_value IS NOT NULL
        {holders}
    ),
    long AS (
        SELECT 'source' AS dimension, source AS segment, value, spread, troubled FROM people
        UNION ALL
        SELECT 'region' AS dimension, region AS segment, value, spread, troubled FROM people
        UNION ALL
        SELECT 'last product' AS dimension, product AS segment, value, spread, troubled
        FROM people
        UNION ALL
        SELECT 'orders so far' AS dimension, orders AS segment, value, spread, troubled
        FROM people
        UNION ALL
        SELECT 'first bought in' AS dimension, joined AS segment, value, spread, troubled
        FROM people
        {plans}
    ),
    sized AS (
        SELECT dimension, segment, sum(value) AS size FROM long
        WHERE segment IS NOT NULL AND segment <> '' GROUP BY dimension, segment
    ),
    placed AS (
        SELECT dimension, segment,
            row_number() OVER (PARTITION BY dimension ORDER BY size DESC, segment) AS place
        FROM sized
    ),
    named AS (
        SELECT l.dimension,
            CASE WHEN p.place <= {_MOST_SEGMENTS} THEN l.segment
                WHEN p.place IS NULL THEN 'not known' ELSE 'all others' END AS segment,
            l.value, l.spread, l.troubled
        FROM long AS l
        LEFT JOIN placed AS p ON p.dimension = l.dimension AND p.segment = l.segment
    ),
    summed AS (
        SELECT dimension, segment, count(*) AS customers, CAST(sum(value) AS BIGINT) AS equity,
            sqrt(CAST(sum(spread) AS DOUBLE) / 4 + power({parameters!r} * sum(value), 2)) AS half,
            CAST(sum(troubled) AS BIGINT) AS troubled_people,
            CAST(sum(troubled * value) AS BIGINT) AS troubled,
            sqrt(CAST(sum(troubled * spread) AS DOUBLE) / 4
                + power({parameters!r} * sum(troubled * value), 2)) AS troubled_half
        FROM named GROUP BY dimension, segment
    )
    SELECT dimension, segment, customers, equity,
        CAST(round(greatest(equity - half, 0)) AS BIGINT) AS equity_low,
        CAST(round(equity + half) AS BIGINT) AS equity_high,
        troubled_people, troubled,
        CAST(round(greatest(troubled - troubled_half, 0)) AS BIGINT) AS troubled_low,
        CAST(round(troubled + troubled_half) AS BIGINT) AS troubled_high
    FROM summed
    """


def _holders_sql() -> tuple[str, str]:
    """Return what contracts add to the people of segments, and to the segments themselves."""
    width = "CAST(v.lifetime_value_high - v.lifetime_value_low AS DECIMAL(19, 0))"
    own = "CAST(k.value_high - k.value_low AS DECIMAL(19, 0))"
    holders = f"""UNION ALL
        SELECT v.customer_id, v.lifetime_value AS value, {width} * {width} AS spread,
            CASE WHEN t.customer_id IS NULL THEN 0 ELSE 1 END AS troubled, h.source,
            CAST(NULL AS VARCHAR) AS region, CAST(NULL AS VARCHAR) AS product,
            'none' AS orders, CAST(NULL AS VARCHAR) AS joined
        FROM customer_value AS v
        JOIN (SELECT customer_id, min(source) AS source FROM contract_value GROUP BY customer_id)
            AS h ON h.customer_id = v.customer_id
        LEFT JOIN ranked AS r ON r.customer_id = v.customer_id AND r.latest = 1
        LEFT JOIN trouble AS t ON t.customer_id = v.customer_id
        WHERE v.lifetime_value IS NOT NULL AND r.customer_id IS NULL"""
    plans = "".join(
        f"""
        UNION ALL
        SELECT '{dimension}' AS dimension, k.{column} AS segment, k.value, {own} * {own} AS spread,
            CASE WHEN t.customer_id IS NULL THEN 0 ELSE 1 END AS troubled
        FROM contract_value AS k LEFT JOIN trouble AS t ON t.customer_id = k.customer_id
        WHERE k.running AND k.value IS NOT NULL"""
        for dimension, column in (("plan", "plan"), ("contract since", "cohort"))
    )
    return holders, plans


def first_days_sql() -> str:
    """Return the query to ``first_days``: what became of new customers in their first 90 days.

    A row is a source and the month of the first order; only customers whose 90 days are over.
    """
    return f"""
    WITH ends AS (SELECT source, max(day) AS last_day FROM value_days GROUP BY source),
    firsts AS (
        SELECT d.source, d.customer_id, min(CASE WHEN d.bought THEN d.day END) AS first_day
        FROM value_days AS d GROUP BY d.source, d.customer_id
    ),
    seen AS (
        SELECT f.* FROM firsts AS f JOIN ends AS e ON e.source = f.source
        WHERE f.first_day IS NOT NULL
            AND date_diff('day', f.first_day, e.last_day) >= {NEW_DAYS}
    ),
    bought AS (
        SELECT s.source, s.customer_id,
            max(CASE WHEN d.bought AND d.day > s.first_day THEN 1 ELSE 0 END) AS again,
            CAST(sum(d.spent - d.returned) AS BIGINT) AS spent
        FROM seen AS s
        JOIN value_days AS d ON d.source = s.source AND d.customer_id = s.customer_id
            AND d.day >= s.first_day AND date_diff('day', s.first_day, d.day) <= {NEW_DAYS}
        GROUP BY s.source, s.customer_id
    ),
    wrote AS (
        SELECT DISTINCT s.source, s.customer_id
        FROM seen AS s JOIN messages AS m ON m.customer_id = s.customer_id
        WHERE m.direction = 'in' AND CAST(m.at AS DATE) >= s.first_day
            AND date_diff('day', s.first_day, CAST(m.at AS DATE)) <= {NEW_DAYS}
    ),
    promised AS (
        -- Of the first order alone: who orders more often is promised, and let down, more often.
        SELECT s.source, s.customer_id,
            max(CASE WHEN p.status IN ('broken', 'overdue') THEN 1 ELSE 0 END) AS broken
        FROM seen AS s JOIN promises AS p ON p.customer_id = s.customer_id
        WHERE p.kind = 'delivery' AND p.status IN ('kept', 'broken', 'overdue')
            AND CAST(p.made_at AS DATE) = s.first_day
        GROUP BY s.source, s.customer_id
    ),
    flat AS (
        SELECT s.source, CAST(date_trunc('month', s.first_day) AS DATE) AS month, b.again, b.spent,
            CASE WHEN w.customer_id IS NULL THEN 0 ELSE 1 END AS wrote, j.broken
        FROM seen AS s
        JOIN bought AS b ON b.source = s.source AND b.customer_id = s.customer_id
        LEFT JOIN wrote AS w ON w.source = s.source AND w.customer_id = s.customer_id
        LEFT JOIN promised AS j ON j.source = s.source AND j.customer_id = s.customer_id
    )
    SELECT source, month, count(*) AS customers, CAST(sum(again) AS BIGINT) AS again,
        CAST(sum(spent) AS BIGINT) AS spent, CAST(sum(wrote) AS BIGINT) AS wrote,
        CAST(sum(CASE WHEN broken = 1 THEN 1 ELSE 0 END) AS BIGINT) AS broken,
        CAST(sum(CASE WHEN broken = 1 THEN again ELSE 0 END) AS BIGINT) AS broken_again,
        CAST(sum(CASE WHEN broken = 0 THEN 1 ELSE 0 END) AS BIGINT) AS kept,
        CAST(sum(CASE WHEN broken = 0 THEN again ELSE 0 END) AS BIGINT) AS kept_again
    FROM flat GROUP BY source, month
    """
