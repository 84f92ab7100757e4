"""Money of other currencies brought into the Book's own, by the rate of its day."""

from __future__ import annotations

import pyarrow as pa

from goodwill.currencies import exponent
from goodwill.engine import Engine
from goodwill.tables import FACTS

MOST_DAYS_OLD = 7
"""Days after which a rate is too old; over a long weekend central banks publish none."""

_RATED = pa.schema(
    [("source", pa.string()), ("order_id", pa.string()), ("day", pa.date32()),
     ("rate", pa.float64())]
)  # fmt: skip


def exchange(engine: Engine, currency: str, most_days: int = MOST_DAYS_OLD) -> list[str]:
    """Bring the amounts of orders into the Book's currency where a rate is known; return notes.

    The rate is the last one on or before the order's day (UTC), at most ``most_days`` old. A line
    without one stays as it is, in its own currency: sums leave it out, and coverage says so.
    """
    ours = f"'{currency}'"
    foreign = int(
        engine.scalar(
            f"SELECT count(*) FROM orders WHERE currency <> {ours} AND amount IS NOT NULL"
        )
        or 0
    )
    if not foreign:
        return []
    engine.save("_rated", rated_sql(currency, most_days), _RATED)
    rated = int(engine.scalar("SELECT count(*) FROM _rated") or 0)
    if rated:
        engine.save("orders", exchanged_sql(currency, _factors(engine, currency)),
                    FACTS["orders"].schema)  # fmt: skip
    engine.drop("_rated")
    notes = []
    if rated:
        notes.append(f"{rated:,} order lines in other currencies were brought into {currency}.")
    if foreign > rated:
        notes.append(
            f"{foreign - rated:,} order lines in other currencies have no rate of their day "
            "and are left out of sums; `goodwill rates FILE` adds rates."
        )
    return notes


def rated_sql(currency: str, most_days: int) -> str:
    """Return the SELECT of the rate of each order line in another currency."""
    return f"""
    WITH told AS (
        SELECT currency, day, rate, CAST(NULL AS VARCHAR) AS source,
            CAST(NULL AS VARCHAR) AS order_id, 0 AS asks
        FROM exchange_rates
        WHERE base = '{currency}'
        UNION ALL
        SELECT currency, CAST("at" AS DATE) AS day, CAST(NULL AS DOUBLE) AS rate, source, order_id,
            1 AS asks
        FROM orders
        WHERE currency <> '{currency}' AND amount IS NOT NULL AND "at" IS NOT NULL
    ),
    near AS (
        SELECT source, order_id, day, asks,
            last_value(rate IGNORE NULLS) OVER w AS rate,
            last_value(CASE WHEN asks = 0 THEN day END IGNORE NULLS) OVER w AS rate_day
        FROM told
        WINDOW w AS (PARTITION BY currency ORDER BY day, asks, source, order_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    )
    SELECT source, order_id, day, rate
    FROM near
    WHERE asks = 1 AND rate IS NOT NULL AND date_diff('day', rate_day, day) <= {most_days}
    """


def exchanged_sql(currency: str, factors: dict[str, float]) -> str:
    """Return the SELECT of the orders with exchanged amounts.

    Args:
        factors: Minor units of the Book's currency over those of each other currency.
    """
    cases = " ".join(f"WHEN '{code}' THEN {factor!r}" for code, factor in sorted(factors.items()))
    factor = f"CASE o.currency {cases} ELSE 1.0 END" if cases else "1.0"
    columns = []
    for name in FACTS["orders"].schema.names:
        if name in ("amount", "margin"):
            new = f"CAST(round(CAST(o.{name} AS DOUBLE) * r.rate * {factor}) AS BIGINT)"
            columns.append(f'CASE WHEN r.rate IS NULL THEN o.{name} ELSE {new} END AS "{name}"')
        elif name == "currency":
            columns.append(
                f"CASE WHEN r.rate IS NULL THEN o.currency ELSE '{currency}' END AS currency"
            )
        else:
            columns.append(f'o."{name}"')
    return f"""
    SELECT {", ".join(columns)}
    FROM orders AS o
    LEFT JOIN _rated AS r ON r.source = o.source AND r.order_id = o.order_id
    """


def _factors(engine: Engine, currency: str) -> dict[str, float]:
    found = engine.arrow("SELECT DISTINCT currency FROM orders WHERE currency IS NOT NULL")
    own = exponent(currency)
    return {
        code: 10.0 ** (own - exponent(code))
        for code in found.column("currency").to_pylist()
        if exponent(code) != own
    }
