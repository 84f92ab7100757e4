"""SQL from the orders of a Book to purchase days, histories, cells and customer values.

The money of a line counts when it is in the Book's currency (a line without one is); the purchase
itself counts in any. Days are UTC.
"""

from __future__ import annotations

import pyarrow as pa

from goodwill.literals import text_sql
from goodwill.tables import DERIVED

_S, _I64, _F64, _B = pa.string(), pa.int64(), pa.float64(), pa.bool_()

DAYS = pa.schema(
    [("source", _S), ("customer_id", _S), ("day", pa.date32()), ("bought", _B), ("paid", _B),
     ("spent", _I64), ("returned", _I64), ("margin", _I64), ("margin_base", _I64)]
)  # fmt: skip
HISTORIES = pa.schema(
    [("source", _S), ("customer_id", _S), ("frequency", _I64), ("recency_days", _I64),
     ("age_days", _I64), ("paid", _I64), ("net", _I64)]
)  # fmt: skip
CELLS = pa.schema(
    [("source", _S), ("frequency", _I64), ("recency_days", _I64), ("age_days", _I64),
     ("paid", _I64), ("weight", _I64), ("net", _F64)]
)  # fmt: skip
OUTLOOK = pa.schema(
    [("source", _S), ("frequency", _I64), ("recency_days", _I64), ("age_days", _I64),
     ("paid", _I64), ("expected_orders", _F64), ("orders_low", _F64), ("orders_high", _F64),
     ("p_alive", _F64), ("alive_low", _F64), ("alive_high", _F64), ("base", _F64),
     ("slope", _F64), ("low", _F64), ("high", _F64), ("spread", _F64)]
)  # fmt: skip
VALUES = DERIVED["customer_value"].schema

_BOUGHT = "o.kind = 'order' AND coalesce(o.amount, 0) >= 0"


def days_sql(currency: str) -> str:
    """Return the query to one row for a customer and a day on which money moved."""
    ours = f"(o.currency IS NULL OR o.currency = {text_sql(currency)})"
    money = f"CASE WHEN {ours} THEN o.amount END"
    return f"""
    WITH lines AS (
        SELECT o.source, c.customer_id, CAST(o.at AS DATE) AS day, o.kind,
            {_BOUGHT} AS bought, {money} AS amount,
            CASE WHEN {ours} THEN o.margin END AS margin
        FROM orders AS o
        JOIN order_customers AS c ON c.source = o.source AND c.order_id = o.order_id
        WHERE o.at IS NOT NULL AND c.customer_id IS NOT NULL
            AND o.kind IN ('order', 'refund', 'cancellation')
    )
    SELECT source, customer_id, day,
        max(CASE WHEN bought THEN 1 ELSE 0 END) = 1 AS bought,
        max(CASE WHEN bought AND amount IS NOT NULL THEN 1 ELSE 0 END) = 1 AS paid,
        CAST(sum(CASE WHEN kind = 'order' AND amount > 0 THEN amount ELSE 0 END) AS BIGINT)
            AS spent,
        CAST(sum(CASE WHEN kind <> 'order' THEN abs(coalesce(amount, 0))
            WHEN amount < 0 THEN -amount ELSE 0 END) AS BIGINT) AS returned,
        CAST(sum(CASE WHEN kind = 'order' AND amount > 0 AND margin IS NOT NULL
            THEN margin ELSE 0 END) AS BIGINT) AS margin,
        CAST(sum(CASE WHEN kind = 'order' AND amount > 0 AND margin IS NOT NULL
            THEN amount ELSE 0 END) AS BIGINT) AS margin_base
    FROM lines
    GROUP BY source, customer_id, day
    """


def sources_sql() -> str:
    """Return the query to what is known of each source's orders."""
    return """
    SELECT source, min(day) AS first_day, max(day) AS last_day,
        count(DISTINCT customer_id) AS customers, CAST(sum(spent) AS BIGINT) AS spent,
        CAST(sum(margin) AS BIGINT) AS margin, CAST(sum(margin_base) AS BIGINT) AS margin_base
    FROM value_days
    GROUP BY source
    ORDER BY source
    """


def coverage_sql(currency: str) -> str:
    """Return the query to how many order lines can be used, and what keeps the others out."""
    return f"""
    SELECT count(*) AS lines,
        CAST(coalesce(sum(CASE WHEN c.customer_id IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT)
            AS without_customer,
        CAST(coalesce(sum(CASE WHEN o.at IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT)
            AS without_time,
        CAST(coalesce(sum(CASE WHEN o.amount IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT)
            AS without_amount,
        CAST(coalesce(sum(CASE WHEN o.currency <> {text_sql(currency)} THEN 1 ELSE 0 END), 0)
            AS BIGINT) AS other_currency,
        CAST(coalesce(sum(CASE WHEN c.customer_id IS NOT NULL AND o.at IS NOT NULL
            AND o.amount IS NOT NULL AND coalesce(o.currency, {text_sql(currency)})
                = {text_sql(currency)} THEN 1 ELSE 0 END), 0) AS BIGINT) AS used
    FROM orders AS o
    LEFT JOIN order_customers AS c ON c.source = o.source AND c.order_id = o.order_id
    WHERE o.kind = 'order'
    """


def histories_sql() -> str:
    """Return the query to one row for each customer who bought, up to his source's last day."""
    return """
    WITH ends AS (SELECT source, max(day) AS last_day FROM value_days GROUP BY source),
    bought AS (
        SELECT source, customer_id,
            CAST(sum(CASE WHEN bought THEN 1 ELSE 0 END) AS BIGINT) AS days,
            min(CASE WHEN bought THEN day END) AS first_day,
            max(CASE WHEN bought THEN day END) AS latest_day,
            CAST(sum(CASE WHEN paid THEN 1 ELSE 0 END) AS BIGINT) AS paid,
            CAST(sum(spent) - sum(returned) AS BIGINT) AS net
        FROM value_days
        GROUP BY source, customer_id
    )
    SELECT b.source, b.customer_id, b.days - 1 AS frequency,
        date_diff('day', b.first_day, b.latest_day) AS recency_days,
        date_diff('day', b.first_day, e.last_day) AS age_days,
        b.paid, CASE WHEN b.net > 0 THEN b.net ELSE 0 END AS net
    FROM bought AS b JOIN ends AS e ON e.source = b.source
    WHERE b.days > 0
    """


def cells_sql() -> str:
    """Return the query to the weighted cells, with the money of each cell."""
    return """
    SELECT source, frequency, recency_days, age_days, paid, count(*) AS weight,
        CAST(sum(CAST(net AS DECIMAL(38, 0))) AS DOUBLE) AS net
    FROM value_histories
    GROUP BY source, frequency, recency_days, age_days, paid
    ORDER BY source, frequency, recency_days, age_days, paid
    """


def money_sql(source: str) -> str:
    """Return the query to the cells of spend: purchase days with an amount, and net per day."""
    return f"""
    SELECT CAST(paid AS DOUBLE) AS frequency, CAST(net AS DOUBLE) / paid AS monetary_value,
        CAST(count(*) AS DOUBLE) AS weight
    FROM value_histories
    WHERE source = {text_sql(source)} AND paid > 0 AND net > 0
    GROUP BY paid, net
    ORDER BY paid, net
    """


def holdout_sql(source: str, cut: str, end: str) -> str:
    """Return the query to cells as they stood on day ``cut``, with purchase days up to ``end``."""
    before = f"bought AND day <= DATE '{cut}'"
    return f"""
    WITH seen AS (
        SELECT customer_id,
            CAST(sum(CASE WHEN {before} THEN 1 ELSE 0 END) AS BIGINT) - 1 AS frequency,
            min(CASE WHEN {before} THEN day END) AS first_day,
            max(CASE WHEN {before} THEN day END) AS latest_day,
            CAST(sum(CASE WHEN bought AND day > DATE '{cut}' AND day <= DATE '{end}'
                THEN 1 ELSE 0 END) AS BIGINT) AS held
        FROM value_days
        WHERE source = {text_sql(source)}
        GROUP BY customer_id
    )
    SELECT frequency, date_diff('day', first_day, latest_day) AS recency_days,
        date_diff('day', first_day, DATE '{cut}') AS age_days, held, count(*) AS weight
    FROM seen
    WHERE frequency >= 0
    GROUP BY frequency, first_day, latest_day, held
    ORDER BY frequency, recency_days, age_days, held
    """


def _low(value: str, low: str) -> str:
    """Return the lower end of a sum over sources."""
    return (
        f"CASE WHEN count(*) = 1 THEN max({low}) "
        f"ELSE greatest(sum({value}) - sqrt(sum(power({value} - {low}, 2))), 0) END"
    )


def _high(value: str, high: str) -> str:
    return (
        f"CASE WHEN count(*) = 1 THEN max({high}) "
        f"ELSE sum({value}) + sqrt(sum(power({high} - {value}, 2))) END"
    )


def _alive(chance: str) -> str:
    """Return the chance to be alive at any of a customer's sources."""
    return (
        f"CASE WHEN count(*) = 1 THEN max({chance}) "
        f"WHEN count({chance}) < count(*) THEN NULL "
        f"ELSE 1 - exp(sum(ln(greatest(1 - {chance}, 1e-12)))) END"
    )


def values_sql(currency: str) -> str:
    """Return the query to ``customer_value``: every customer with an order, valued or not."""
    ours = f"coalesce(o.currency, {text_sql(currency)}) = {text_sql(currency)}"
    return f"""
    WITH counted AS (
        SELECT c.customer_id,
            count(DISTINCT CASE WHEN o.kind = 'order' THEN coalesce(o.order_number, o.order_id)
                END) AS orders,
            CAST(sum(CASE WHEN {ours} AND o.kind = 'order' THEN o.amount
                WHEN {ours} THEN -abs(o.amount) END) AS BIGINT) AS revenue,
            CAST(coalesce(sum(CASE WHEN NOT ({ours}) THEN 0
                WHEN o.kind <> 'order' THEN abs(o.amount)
                WHEN o.amount < 0 THEN -o.amount ELSE 0 END), 0) AS BIGINT) AS refunded
        FROM orders AS o
        JOIN order_customers AS c ON c.source = o.source AND c.order_id = o.order_id
        WHERE o.kind IN ('order', 'refund', 'cancellation') AND c.customer_id IS NOT NULL
        GROUP BY c.customer_id
    ),
    worth AS (
        SELECT h.customer_id, x.expected_orders, x.orders_low, x.orders_high, x.p_alive,
            x.alive_low, x.alive_high, (x.base + h.net) * x.slope AS value,
            (x.base + h.net) * x.low AS low,
            -- Who most likely never comes back has nil at 97.5 % and still a small expected value.
            (x.base + h.net) * greatest(x.high, x.slope) AS high
        FROM value_histories AS h
        JOIN value_outlook AS x ON x.source = h.source AND x.frequency = h.frequency
            AND x.recency_days = h.recency_days AND x.age_days = h.age_days AND x.paid = h.paid
    ),
    valued AS (
        -- One row but for customers of several sources, whose futures are taken as independent.
        SELECT customer_id, sum(expected_orders) AS expected_orders,
            {_low("expected_orders", "orders_low")} AS orders_low,
            {_high("expected_orders", "orders_high")} AS orders_high,
            {_alive("p_alive")} AS p_alive, {_alive("alive_low")} AS alive_low,
            {_alive("alive_high")} AS alive_high, sum(value) AS value,
            {_low("value", "low")} AS low, {_high("value", "high")} AS high
        FROM worth GROUP BY customer_id
    )
    SELECT k.customer_id, k.orders, k.revenue, k.refunded, x.expected_orders,
        x.orders_low AS expected_orders_low, x.orders_high AS expected_orders_high, x.p_alive,
        x.alive_low AS p_alive_low, x.alive_high AS p_alive_high,
        CAST(round(x.value) AS BIGINT) AS lifetime_value,
        CAST(round(x.low) AS BIGINT) AS lifetime_value_low,
        CAST(round(x.high) AS BIGINT) AS lifetime_value_high,
        CAST(0 AS BIGINT) AS contracts, CAST(0 AS BIGINT) AS running,
        CAST(NULL AS BIGINT) AS contract_value
    FROM counted AS k
    LEFT JOIN valued AS x ON x.customer_id = k.customer_id
    """


def totals_sql() -> str:
    """Return the query to the sum of values and of their squared spreads, by source."""
    return """
    SELECT h.source, count(*) AS customers, sum((x.base + h.net) * x.slope) AS value,
        sum(power((x.base + h.net) * x.spread, 2)) AS variance,
        sum(x.p_alive) AS alive, sum(x.p_alive * (1 - x.p_alive)) AS alive_variance
    FROM value_histories AS h
    JOIN value_outlook AS x ON x.source = h.source AND x.frequency = h.frequency
        AND x.recency_days = h.recency_days AND x.age_days = h.age_days AND x.paid = h.paid
    GROUP BY h.source
    ORDER BY h.source
    """
