"""The last two links of the chain: customers lost, and the equity lost with them."""

from __future__ import annotations

from math import sqrt
from typing import Any

from goodwill.figures import Z95, Figure, ratio
from goodwill.generations import Reader
from goodwill.report.shapes import Link


def lost_links(reader: Reader, currency: str) -> list[Link]:
    """Return customers lost and equity lost after broken promises; grey where nothing compares.

    Lost is the sum of 1 - P(alive) over the people with a broken promise. How many more those are
    than among like customers is the share of later orders that was lost, times the orders hit:
    what is lost within 26 weeks is taken as customers who left.
    """
    row = reader.dicts(
        """
        SELECT count(*) AS people, count(v.p_alive) AS judged,
            sum(1 - v.p_alive) AS lost, sum(v.p_alive * (1 - v.p_alive)) AS variance
        FROM (SELECT DISTINCT customer_no FROM chain
            WHERE status IN ('broken', 'overdue')) c
        LEFT JOIN customer_value v ON v.customer_no = c.customer_no
        """
    )[0]
    found = reader.dicts("SELECT * FROM problem_effects WHERE problem = 'promises'")
    effect = found[0] if found else None
    if not row["people"]:
        return _grey("No promise of a known customer was broken, so there is nothing to compare.")
    if effect is None:
        return _grey("The customers whose promise was broken have no orders to compare.")
    if effect["effect"] is None:
        return _grey(f"No comparison with customers whose promise was kept: {effect['reason']}.")
    if not row["judged"]:
        return _grey("No purchase model could be fitted, so nobody knows who is still a customer.")
    return [_lost(row, effect), _equity(effect, currency)]


def _grey(reason: str) -> list[Link]:
    return [
        Link("lost", "Customer lost", None, None, reason),
        Link("equity", "Equity lost", None, None, reason),
    ]


def _lost(row: dict[str, Any], effect: dict[str, Any]) -> Link:
    where = {"table": "chain", "where": {"status": ["broken", "overdue"]}}
    half = Z95 * sqrt(max(row["variance"], 0.0))
    everyone = Figure(
        round(row["lost"]),
        "people",
        "customers_lost",
        low=max(row["lost"] - half, 0.0),
        high=min(row["lost"] + half, row["judged"]),
        people=row["judged"],
        events=effect["orders"],
        coverage=ratio(row["judged"], row["people"]),
        records=where,
    )
    more, low, high = _more(effect)
    beyond = Figure(
        round(more),
        "more than without it",
        "customers_lost_to_promises",
        low=low,
        high=high,
        grade=effect["grade"],
        people=effect["matched_people"],
        events=effect["matched"],
        coverage=ratio(effect["matched"], effect["orders"]),
        records=where,
    )
    return Link("lost", "Customer lost", everyone, beyond)


def _more(effect: dict[str, Any]) -> tuple[float, float, float]:
    """Return how many more left, low and high: a loss is positive, and ends at the orders hit."""
    if not effect["expected"]:
        return 0.0, 0.0, 0.0
    scale = effect["orders"] / effect["expected"]
    more, low, high = (
        min(-effect[key] * scale, effect["orders"])
        for key in ("effect", "effect_high", "effect_low")
    )
    return more, low, high


def _equity(effect: dict[str, Any], currency: str) -> Link:
    reason = "No purchase model could be fitted, so what a customer is worth is not known."
    if effect["lifetime_lost"] is None or not effect["orders_year"]:
        return Link("equity", "Equity lost", None, None, reason)

    def money(column: str, definition: str) -> Figure:
        return Figure(
            effect[column],
            f"minor:{currency}",
            definition,
            low=effect[f"{column}_low"],
            high=effect[f"{column}_high"],
            grade=effect["grade"],
            people=effect["people"],
            events=effect["orders_year"],
            coverage=ratio(effect["matched"], effect["orders"]),
            records={"table": "promises", "where": {"status": ["broken", "overdue"]}},
        )

    return Link(
        "equity",
        "Equity lost",
        money("lifetime_lost", "equity_lost"),
        money("value_lost", "value_lost"),
        weight=max(round(_more(effect)[0]), 0),
    )
