"""SQL of forecasts: how customers stood on a day, and what they did until another."""

from __future__ import annotations

from collections.abc import Sequence

from goodwill.literals import text_sql

ORDERS_SO_FAR = (1, 2, 4, 8)
"""Purchase days at which a group begins."""
WEEKS_SINCE = (0, 13, 26, 52)
"""Weeks since the last purchase at which a group begins."""


def stood_cells_sql(days: int) -> str:
    """Return the query to the weighted histories out of ``_stood``, times in steps of ``days``."""

    def rounded(name: str) -> str:
        return f"({name} // {days}) * {days} + CASE WHEN {name} > 0 THEN {days // 2} ELSE 0 END"

    recency = rounded("recency_days") if days > 1 else "recency_days"
    age = rounded("age_days") if days > 1 else "age_days"
    return f"""
    WITH placed AS (
        SELECT frequency, {recency} AS recency_days, {age} AS age_days, paid, net,
            {place_sql("frequency + 1", "age_days - recency_days")} AS place
        FROM _stood
    )
    SELECT place, frequency, recency_days,
        CASE WHEN age_days < recency_days THEN recency_days ELSE age_days END AS age_days, paid,
        count(*) AS weight, CAST(sum(CAST(net AS DECIMAL(38, 0))) AS DOUBLE) AS net
    FROM placed
    GROUP BY place, frequency, recency_days, age_days, paid
    ORDER BY place, frequency, recency_days, age_days, paid
    """


def _band_sql(value: str, steps: Sequence[int]) -> str:
    cases = " ".join(
        f"WHEN {value} >= {step} THEN {place}" for place, step in reversed(list(enumerate(steps)))
    )
    return f"(CASE {cases} ELSE 0 END)"


def place_sql(orders: str, idle_days: str) -> str:
    """Return the number of the group of like customers that a history belongs to."""
    many = _band_sql(orders, ORDERS_SO_FAR)
    since = _band_sql(idle_days, [7 * weeks for weeks in WEEKS_SINCE])
    return f"({many} * {len(WEEKS_SINCE)} + {since})"


def happened_sql(source: str, made_on: str, due_on: str) -> str:
    """Return the query to what the customers known on one day did up to another, by group.

    ``orders`` are days with a purchase; ``spend`` is less what was paid back.
    """
    bought = f"bought AND day <= DATE '{made_on}'"
    later = f"day > DATE '{made_on}' AND day <= DATE '{due_on}'"
    idle = f"date_diff('day', latest_day, DATE '{made_on}')"
    return f"""
    WITH seen AS (
        SELECT customer_id,
            CAST(sum(CASE WHEN {bought} THEN 1 ELSE 0 END) AS BIGINT) AS days,
            max(CASE WHEN {bought} THEN day END) AS latest_day,
            CAST(sum(CASE WHEN bought AND {later} THEN 1 ELSE 0 END) AS BIGINT) AS orders,
            CAST(sum(CASE WHEN {later} THEN spent - returned ELSE 0 END) AS BIGINT) AS spend
        FROM value_days
        WHERE source = {text_sql(source)}
        GROUP BY customer_id
    ),
    grouped AS (
        SELECT {place_sql("days", idle)} AS place, orders, spend
        FROM seen WHERE days > 0
    )
    SELECT place, count(*) AS people, CAST(sum(orders) AS BIGINT) AS orders,
        CAST(sum(spend) AS BIGINT) AS spend,
        CAST(sum(CASE WHEN orders > 0 THEN 1 ELSE 0 END) AS BIGINT) AS came_back
    FROM grouped GROUP BY place ORDER BY place
    """
