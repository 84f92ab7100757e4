"""What contacts of a Book are counted per: a day, an order, or an active customer.

A company that grows has more contacts without anything having gone wrong. Of the three measures the
one is taken by which the company's past weeks are most alike.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from goodwill.engine import Engine
from goodwill.journeys import local_day_sql
from goodwill.watch._inputs import Days, Floats

MEAN, ACTIVE = 28, 90
"""Days over whose mean orders count; days after an order in which a customer is active."""
WEEKS, BETTER = 26, 0.9
"""Weeks needed to choose, and what share of the spread a measure must leave to be chosen."""
LEAST = 1.0
"""Orders a day, or active customers, that there must always be."""
_DAYS = pa.schema([("day", pa.date32()), ("events", pa.int64())])
_SPANS = pa.schema([("day", pa.date32()), ("days", pa.int64()), ("events", pa.int64())])


def measured(
    engine: Engine, total: Floats, days: Days, time_zone: str
) -> tuple[str, Floats | None]:
    """Return by what contacts are counted (``days``, ``orders``, ``customers``), and how many.

    Args:
        engine: Holds orders.
        total: The company's contacts a day (days,).
        days: The days.
        time_zone: Days are of this zone.
    """
    day = local_day_sql('"at"', time_zone)
    made = "kind = 'order' AND \"at\" IS NOT NULL"
    begin = days[0]
    found: dict[str, Floats] = {}
    cells = engine.arrow(
        f"SELECT {day} AS day, count(*) AS events FROM orders WHERE {made} GROUP BY 1", _DAYS
    )
    place = (cells["day"].to_numpy().astype("datetime64[D]") - begin).astype(int)
    early = place + MEAN
    inside = (early >= 0) & (place < len(days))
    orders = np.bincount(
        early[inside], cells["events"].to_numpy()[inside], minlength=len(days) + MEAN
    ).astype(float)
    running = np.concatenate([[0.0], np.cumsum(orders)])
    # The day itself is left out: what is known of it in the evening is not known in the morning.
    found["orders"] = (running[MEAN:-1] - running[: -MEAN - 1]) / MEAN
    spans = engine.arrow(
        f"""
        SELECT day, least(coalesce(date_diff('day', day, next), {ACTIVE}), {ACTIVE}) AS days,
            count(*) AS events
        FROM (
            SELECT source, customer_ref, day,
                lead(day) OVER (PARTITION BY source, customer_ref ORDER BY day) AS next
            FROM (
                SELECT DISTINCT source, customer_ref, {day} AS day FROM orders
                WHERE {made} AND customer_ref IS NOT NULL
            ) AS bought
        ) AS followed
        GROUP BY 1, 2
        """,
        _SPANS,
    )
    start = (spans["day"].to_numpy().astype("datetime64[D]") - begin).astype(int) + 1
    end = start + spans["days"].to_numpy()
    change = np.zeros(len(days) + 1)
    for where, sign in ((start, 1.0), (end, -1.0)):
        np.add.at(change, np.clip(where, 0, len(days)), sign * spans["events"].to_numpy())
    found["customers"] = np.cumsum(change)[:-1]
    spread = {"days": _spread(total, np.ones(len(days)))}
    for name, load in found.items():
        begin_at = MEAN if name == "orders" else ACTIVE
        # What came before the data began is not known: the first days are as the first known one.
        load[:begin_at] = load[min(begin_at, len(load) - 1)]
        if load.min() >= LEAST:
            spread[name] = _spread(total, load)
    best = min(spread, key=lambda name: (spread[name], name))
    if best == "days" or not spread[best] < BETTER * spread["days"]:
        return "days", None
    return best, found[best]


def _spread(total: Floats, load: Floats) -> float:
    """Return the standard deviation of the log of weeks per measure; infinite for few weeks."""
    weeks = len(total) // 7
    if weeks < WEEKS:
        return float("inf")
    part = slice(len(total) - 7 * weeks, len(total))
    seen = total[part].reshape(weeks, 7).sum(1) + 0.5
    return float(np.std(np.log(seen / load[part].reshape(weeks, 7).sum(1))))
