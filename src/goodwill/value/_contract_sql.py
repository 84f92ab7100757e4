"""SQL of contracts: how often each was renewed, and what came due of those like it.

A contract is renewed at its *due dates*, one period after the other from its first day. It left at
the n-th when it ended in the period before that date, or within `GRACE_DAYS` after it (payments
that fail end a contract some days late).
"""

from __future__ import annotations

import pyarrow as pa

from goodwill.literals import text_sql
from goodwill.tables import CONTRACT_PERIODS, DERIVED
from goodwill.value._equity_sql import FINE, MOVED

_S, _I64, _F64, _B, _D = pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.date32()

GRACE_DAYS = 3
WEEK_GRACE_DAYS = 1
CONTRACTS = pa.schema(
    [("source", _S), ("subscription_id", _S), ("customer_id", _S), ("plan", _S), ("cohort", _S),
     ("period", _S), ("months", _I64), ("grace", _I64), ("started", _D), ("ended", _D),
     ("amount", _I64)]
)  # fmt: skip
PAYMENTS = pa.schema([("source", _S), ("order_id", _S)])
ROWS = pa.schema(
    [("source", _S), ("subscription_id", _S), ("customer_id", _S), ("plan", _S), ("cohort", _S),
     ("period", _S), ("started", _D), ("ended", _D), ("running", _B), ("renewals", _I64),
     ("due_days", _I64), ("rest", _I64), ("amount", _I64), ("payments", _I64)]
)  # fmt: skip
OUTLOOK = pa.schema(
    [("source", _S), ("period", _S), ("plan", _S), ("cohort", _S), ("renewals", _I64),
     ("due_days", _I64), ("rest", _I64), ("renews_next", _F64), ("expected", _F64),
     ("factor", _F64), ("low", _F64), ("high", _F64), ("ever", _F64),
     ("renews_low", _F64), ("renews_high", _F64),
     *((name, _F64) for name in MOVED)]
)  # fmt: skip
VALUES = DERIVED["contract_value"].schema
_SAME = ("source", "period", "plan", "cohort", "renewals", "due_days")


def complete_sql(started: str, day: str, months: str = "months") -> str:
    """Return how many due dates lie after a contract's first day and up to ``day``; -1 before it.

    The due date of a month that is too short is its last day.
    """
    short = f"(day({day}) < day({started}) AND {day} <> last_day({day}))"
    between = (
        f"(year({day}) * 12 + month({day}) - year({started}) * 12 - month({started})"
        f" - CASE WHEN {short} THEN 1 ELSE 0 END)"
    )
    return (
        f"(CASE WHEN {day} < {started} THEN -1 "
        f"WHEN {months} = 0 THEN date_diff('day', {started}, {day}) // 7 "
        f"ELSE {between} // greatest({months}, 1) END)"
    )


def due_sql(started: str, number: str, months: str = "months") -> str:
    """Return the due date of that number; of contracts by the week it means nothing."""
    index = f"(year({started}) * 12 + month({started}) - 1 + {months} * ({number}))"
    first = f"make_date(CAST({index} // 12 AS INTEGER), CAST({index} % 12 + 1 AS INTEGER), 1)"
    last = f"day(last_day({first}))"
    place = f"least(day({started}), {last})"
    return (
        f"make_date(CAST({index} // 12 AS INTEGER), CAST({index} % 12 + 1 AS INTEGER), "
        f"CAST({place} AS INTEGER))"
    )


def before_sql(day: str, days: int | str) -> str:
    """Return the day so many days before another."""
    if isinstance(days, int):
        return f"CAST({day} - INTERVAL {days} DAY AS DATE)"
    cases = " ".join(
        f"WHEN {grace} THEN CAST({day} - INTERVAL {grace} DAY AS DATE)"
        for grace in (WEEK_GRACE_DAYS, GRACE_DAYS, WEEK_GRACE_DAYS + 1, GRACE_DAYS + 1)
        if grace
    )
    return f"(CASE {days} {cases} END)"


def made_sql(alias: str = "") -> str:
    """Return how often a contract that ended was renewed."""
    ended = before_sql(f"{alias}ended", f"{alias}grace + 1")
    return f"greatest({complete_sql(f'{alias}started', ended, f'{alias}months')}, 0)"


def contracts_sql(currency: str) -> str:
    """Return the query to the contracts that can be followed, with their customers.

    ``amount`` is NULL where the money is in another currency.
    """
    months = " ".join(f"WHEN '{name}' THEN {count}" for name, count in CONTRACT_PERIODS.items())
    names = ", ".join(f"'{name}'" for name in CONTRACT_PERIODS)
    return f"""
    SELECT s.source, s.subscription_id,
        CASE WHEN s.customer_ref IS NOT NULL AND trim(s.customer_ref) <> ''
            THEN coalesce(r.customer_id, s.source || ':' || s.customer_ref) END AS customer_id,
        coalesce(s.plan, '') AS plan, CAST(year(s.started_at) AS VARCHAR) AS cohort, s.period,
        CASE s.period {months} END AS months,
        CASE WHEN s.period = 'week' THEN {WEEK_GRACE_DAYS} ELSE {GRACE_DAYS} END AS grace,
        CAST(s.started_at AS DATE) AS started, CAST(s.ended_at AS DATE) AS ended,
        CASE WHEN coalesce(s.currency, '{currency}') = '{currency}' AND s.amount >= 0
            THEN s.amount END AS amount
    FROM subscriptions AS s
    LEFT JOIN customer_refs AS r ON r.source = s.source AND r.customer_ref = s.customer_ref
    WHERE s.started_at IS NOT NULL AND s.period IN ({names})
        AND (s.ended_at IS NULL OR s.ended_at >= s.started_at)
    """


def counts_sql(currency: str) -> str:
    """Return the query to how many contracts came in, and what keeps some of them out."""
    names = ", ".join(f"'{name}'" for name in CONTRACT_PERIODS)

    def count(condition: str) -> str:
        return f"CAST(coalesce(sum(CASE WHEN {condition} THEN 1 ELSE 0 END), 0) AS BIGINT)"

    return f"""
    SELECT count(*) AS contracts,
        {count(f"period IS NULL OR period NOT IN ({names})")} AS without_period,
        {count("started_at IS NULL OR ended_at < started_at")} AS without_time,
        {count("customer_ref IS NULL")} AS without_customer,
        {count("amount IS NULL")} AS without_amount,
        {count(f"coalesce(currency, '{currency}') <> '{currency}'")} AS other_currency
    FROM subscriptions
    """


def as_of_sql() -> str:
    """Return the query to the last day on which anything is known to have happened.

    An end or a begin that was told before it came is no such day.
    """
    return """
    SELECT max(day) AS day FROM (
        SELECT CAST(max("at") AS DATE) AS day FROM contacts
        UNION ALL SELECT CAST(max("at") AS DATE) AS day FROM orders
        UNION ALL
        SELECT CAST(max(CASE WHEN i.at IS NULL OR s.started_at <= i.at THEN s.started_at END)
            AS DATE) AS day
        FROM subscriptions AS s LEFT JOIN imports AS i ON i.import_id = s.import_id
        UNION ALL
        SELECT CAST(max(CASE WHEN i.at IS NULL OR s.ended_at <= i.at THEN s.ended_at END)
            AS DATE) AS day
        FROM subscriptions AS s LEFT JOIN imports AS i ON i.import_id = s.import_id
    ) AS told
    """


def payments_sql() -> str:
    """Return the query to the orders that pay a contract: its amount, about a due date."""
    early, late = before_sql("o.day", 11), "CAST(o.day + INTERVAL 3 DAY AS DATE)"
    ended = "CAST(k.ended + INTERVAL 10 DAY AS DATE)"
    return f"""
    SELECT DISTINCT o.source, o.order_id
    FROM (
        SELECT o.source, o.order_id, c.customer_id, CAST(o.at AS DATE) AS day, o.amount
        FROM orders AS o
        JOIN order_customers AS c ON c.source = o.source AND c.order_id = o.order_id
        WHERE o.kind = 'order' AND o.at IS NOT NULL AND o.amount > 0
    ) AS o
    JOIN _contracts AS k ON k.customer_id = o.customer_id AND k.amount = o.amount
    WHERE {complete_sql("k.started", late, "k.months")} >
            {complete_sql("k.started", early, "k.months")}
        AND (k.ended IS NULL OR o.day <= {ended})
    """


def orders_sql(columns: list[str]) -> str:
    """Return the query to the orders in which what pays a contract is of the kind `payment`."""
    named = ", ".join(
        "CASE WHEN p.order_id IS NULL THEN o.kind ELSE 'payment' END AS kind"
        if name == "kind" else f'o."{name}"'
        for name in columns
    )  # fmt: skip
    return f"""
    SELECT {named} FROM orders AS o
    LEFT JOIN _contract_payments AS p ON p.source = o.source AND p.order_id = o.order_id
    """


def customers_sql() -> str:
    """Return the query to `customers` with those who are known by a contract alone."""
    return """
    WITH held AS (
        SELECT k.customer_id, min(k.source) AS source, min(k.started) AS first_day,
            max(coalesce(k.ended, k.started)) AS last_day
        FROM _contracts AS k WHERE k.customer_id IS NOT NULL GROUP BY k.customer_id
    )
    SELECT customer_id, source, customer_ref, first_at, last_at, contacts, orders, revenue
    FROM customers
    UNION ALL
    SELECT h.customer_id, h.source, substr(h.customer_id, length(h.source) + 2) AS customer_ref,
        CAST(h.first_day AS TIMESTAMPTZ) AS first_at, CAST(h.last_day AS TIMESTAMPTZ) AS last_at,
        0 AS contacts, 0 AS orders, 0 AS revenue
    FROM held AS h LEFT JOIN customers AS c ON c.customer_id = h.customer_id
    WHERE c.customer_id IS NULL
    """


def cells_sql(as_of: str) -> str:
    """Return the query to contracts of one history: renewals up to the last one seen, and left.

    ``early`` counts the due dates before the first end that the source tells of.
    """
    day = f"DATE '{as_of}'"
    first = before_sql("f.first_end", 1)
    return f"""
    WITH firsts AS (SELECT source, min(ended) AS first_end FROM _contracts GROUP BY source),
    seen AS (
        SELECT k.source, k.period, k.plan, k.cohort,
            greatest({complete_sql("k.started", before_sql(day, "k.grace"), "k.months")}, 0)
                AS due,
            CASE WHEN k.ended <= {day} THEN {made_sql("k.")} END AS made,
            CASE WHEN f.first_end IS NULL THEN 0
                ELSE greatest({complete_sql("k.started", first, "k.months")}, 0) END AS early
        FROM _contracts AS k JOIN firsts AS f ON f.source = k.source
        WHERE k.started <= {day}
    )
    SELECT source, period, plan, cohort, early, least(coalesce(made + 1, due), due) AS last,
        coalesce(made + 1 <= due, FALSE) AS went, count(*) AS contracts
    FROM seen
    WHERE least(coalesce(made + 1, due), due) > 0
    GROUP BY source, period, plan, cohort, early, least(coalesce(made + 1, due), due),
        coalesce(made + 1 <= due, FALSE)
    ORDER BY source, period, plan, cohort, early, last, went
    """


def rows_sql(as_of: str, since: str = "") -> str:
    """Return the query to every contract as it stood on a day.

    ``rest`` is how often one that is known to end will still be renewed; ``payments`` how often it
    was paid, after ``since`` if that is given.
    """
    day = f"DATE '{as_of}'"
    next_due = f"date_diff('day', {day}, {due_sql('started', 'lived + 1')})"
    weeks = f"7 - date_diff('day', started, {day}) % 7"
    before = earlier = "0"
    if since:
        begin = f"DATE '{since}'"
        earlier = complete_sql("started", begin)
        before = (
            f"CASE WHEN ended IS NULL OR ended > {begin} THEN 1 + earlier "
            "ELSE 1 + least(made, earlier) END"
        )
    return f"""
    WITH counted AS (
        SELECT *, {complete_sql("started", day)} AS lived, {earlier} AS earlier,
            CASE WHEN ended IS NOT NULL THEN {made_sql()} END AS made,
            coalesce(ended <= {day}, FALSE) AS over
        FROM _contracts
        WHERE started <= {day}
    )
    SELECT source, subscription_id, customer_id, plan, cohort, period, started, ended,
        NOT over AS running, CASE WHEN over THEN made ELSE lived END AS renewals,
        CASE WHEN over THEN 0 WHEN months = 0 THEN {weeks} ELSE {next_due} END AS due_days,
        CASE WHEN over THEN 0 WHEN ended IS NULL THEN -1 ELSE greatest(made - lived, 0) END
            AS rest,
        amount, CASE WHEN over THEN 1 + least(made, lived) ELSE 1 + lived END - ({before})
            AS payments
    FROM counted
    """


def running_sql(table: str) -> str:
    """Return the query to the cells of running contracts, those of one outlook; with money."""
    same = ", ".join((*_SAME, "rest"))
    return f"""
    SELECT {same}, count(*) AS contracts,
        CAST(coalesce(sum(amount), 0) AS DOUBLE) AS amount,
        CAST(coalesce(sum(CAST(amount AS DOUBLE) * amount), 0) AS DOUBLE) AS squares
    FROM {table} WHERE running
    GROUP BY {same} ORDER BY {same}
    """


def _outlook_join(rows: str) -> str:
    on = " AND ".join(f"x.{name} = k.{name}" for name in (*_SAME, "rest"))
    return f"{rows} AS k LEFT JOIN _contract_outlook AS x ON k.running AND {on}"


def values_sql(margin: float) -> str:
    """Return the query to ``contract_value``."""

    def money(column: str) -> str:
        return (
            f"CASE WHEN NOT k.running THEN 0 "
            f"ELSE CAST(round(k.amount * {margin!r} * x.{column}) AS BIGINT) END"
        )

    return f"""
    SELECT k.source, k.subscription_id, k.customer_id, k.plan, k.cohort, k.period,
        k.started AS started_on, k.ended AS ended_on, k.running, k.renewals,
        CASE WHEN k.running THEN k.due_days END AS next_due_days, k.amount,
        k.amount * k.payments AS paid,
        CASE WHEN k.running THEN x.renews_next ELSE 0.0 END AS renews_next,
        CASE WHEN k.running THEN x.renews_low ELSE 0.0 END AS renews_next_low,
        CASE WHEN k.running THEN x.renews_high ELSE 0.0 END AS renews_next_high,
        CASE WHEN k.running THEN x.expected ELSE 0.0 END AS expected_renewals,
        {money("factor")} AS value, {money("low")} AS value_low, {money("high")} AS value_high,
        {money("ever")} AS value_ever
    FROM {_outlook_join("_contract_rows")}
    """


def worth_sql(margin: float, source: str, as_of: str) -> str:
    """Return the query to what each customer's contracts in a source are worth on a day."""
    worth = f"k.amount * {margin!r}"
    moved = ", ".join(
        f"CAST(sum(CASE WHEN k.running THEN CAST(round({worth} * x.{name} * {FINE}) AS BIGINT) "
        f"ELSE 0 END) AS BIGINT) AS {name}"
        for name in MOVED
    )
    return f"""
    SELECT k.customer_id,
        CAST(round(sum(CASE WHEN k.running THEN {worth} * x.factor ELSE 0 END))
            AS BIGINT) AS value,
        max(CASE WHEN k.running THEN 1.0 ELSE 0.0 END) AS alive,
        max(date_diff('day', k.started, DATE '{as_of}')) AS age_days,
        CAST(sum(coalesce(k.amount * k.payments, 0)) AS BIGINT) AS earned, {moved}
    FROM {_outlook_join("_contract_rows_at")}
    WHERE k.customer_id IS NOT NULL AND k.source = {text_sql(source)}
    GROUP BY k.customer_id
    """


def totals_sql() -> str:
    """Return the query to how many contracts run and what they are worth, by source."""
    return """
    SELECT source, count(*) AS contracts,
        CAST(sum(CASE WHEN running THEN 1 ELSE 0 END) AS BIGINT) AS running,
        count(DISTINCT customer_id) AS customers,
        count(DISTINCT CASE WHEN running THEN customer_id END) AS running_customers,
        count(DISTINCT CASE WHEN value IS NOT NULL THEN customer_id END) AS valued_customers
    FROM contract_value GROUP BY source ORDER BY source
    """


def customer_value_sql() -> str:
    """Return the query to ``customer_value`` with what contracts add to it.

    The futures of a customer's contracts and orders are taken as independent of each other.
    That a contract runs is known, so who holds one is alive for certain.
    """
    alive = ",\n            ".join(
        f"CASE WHEN h.customer_id IS NULL THEN v.{name} WHEN h.running > 0 THEN 1.0 "
        f"WHEN v.p_alive IS NULL THEN 0.0 ELSE v.{name} END AS {name}"
        for name in ("p_alive", "p_alive_low", "p_alive_high")
    )
    return f"""
    WITH held AS (
        SELECT customer_id, count(*) AS contracts,
            CAST(sum(CASE WHEN running THEN 1 ELSE 0 END) AS BIGINT) AS running,
            CAST(coalesce(sum(paid), 0) AS BIGINT) AS paid,
            CASE WHEN count(*) = count(value) THEN CAST(sum(value) AS BIGINT) END AS value,
            sum(power(CAST(value - value_low AS DOUBLE), 2)) AS below,
            sum(power(CAST(value_high - value AS DOUBLE), 2)) AS above
        FROM contract_value WHERE customer_id IS NOT NULL GROUP BY customer_id
    ),
    both_kinds AS (
        SELECT coalesce(v.customer_id, h.customer_id) AS customer_id,
            coalesce(v.orders, 0) AS orders,
            CASE WHEN v.customer_id IS NULL THEN h.paid
                ELSE v.revenue + coalesce(h.paid, 0) END AS revenue,
            coalesce(v.refunded, 0) AS refunded, v.expected_orders, v.expected_orders_low,
            v.expected_orders_high,
            {alive},
            v.lifetime_value AS bought, v.lifetime_value_low AS bought_low,
            v.lifetime_value_high AS bought_high, coalesce(h.contracts, 0) AS contracts,
            coalesce(h.running, 0) AS running, h.value, h.below, h.above
        FROM customer_value AS v
        FULL OUTER JOIN held AS h ON h.customer_id = v.customer_id
    )
    SELECT customer_id, orders, revenue, refunded, expected_orders, expected_orders_low,
        expected_orders_high, p_alive, p_alive_low, p_alive_high,
        CASE WHEN bought IS NOT NULL OR value IS NOT NULL
            THEN coalesce(bought, 0) + coalesce(value, 0) END AS lifetime_value,
        CASE WHEN value IS NULL THEN bought_low
            ELSE CAST(round(greatest(coalesce(bought, 0) + value
                - sqrt(below + coalesce(power(CAST(bought - bought_low AS DOUBLE), 2), 0)), 0))
                AS BIGINT) END AS lifetime_value_low,
        CASE WHEN value IS NULL THEN bought_high
            ELSE CAST(round(coalesce(bought, 0) + value
                + sqrt(above + coalesce(power(CAST(bought_high - bought AS DOUBLE), 2), 0)))
                AS BIGINT) END AS lifetime_value_high,
        contracts, running, value AS contract_value
    FROM both_kinds
    """
