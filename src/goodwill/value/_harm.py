"""The step of a refresh that measures what each problem did to later orders: all in one pass.

Every theme, every kind of broken promise, every rule, and all themes together. The relational
work is SQL (`_harm_sql`, `_match_sql`); what comes back is a row a problem, out of which the
figures are made by the same code as those of `effect`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from goodwill.engine import Engine
from goodwill.errors import NotEnoughData
from goodwill.value import _harm_sql as harm
from goodwill.value import _match_sql as match
from goodwill.value._effect import Matched, make_figure
from goodwill.value._effect_figure import EffectFigure

EVERYTHING = 1_000_000_000
"""The number under which all themes together stand."""
PROMISES = EVERYTHING + 1
"""The number under which all broken promises together stand."""
WINDOW_WEEKS = 26
HORIZON_WEEKS = 26
FEWEST = 10
SAMPLE = (100_000, 20_000)
"""Customers to compare with, and of them those whose part of the variance is counted."""


@dataclass(frozen=True, slots=True)
class Harm:
    """What one problem did to the orders after it.

    Attributes:
        problem: A theme's id, minus the place of a kind of promise, `EVERYTHING`, `PROMISES`, or
            `PROMISES` plus the place of a rule.
        orders: Orders that it hit, ``people`` their customers, ``orders_year`` those of the last
            52 weeks.
        worth, worth_error: Mean value of such an order (on margin where that is known).
        returned: Paid back on the orders of the last 52 weeks, beyond what is usual.
        given: Given as gestures on them; ``gestures`` how many, ``given_people`` to whom.
        figure: The effect on the orders of the next 26 weeks; None where ``reason`` says why.
    """

    problem: int
    orders: int
    people: int
    orders_year: int
    worth: float | None
    worth_error: float | None
    returned: float
    given: int
    gestures: int
    given_people: int
    figure: EffectFigure | None
    reason: str


def measure_harm(
    engine: Engine, *, currency: str, margins: Mapping[str, float], rules: Sequence[str] = ()
) -> tuple[list[Harm], list[str]]:
    """Return what each problem did, by number, and the kinds of promises that the numbers mean.

    Leaves the tables ``_hits`` (problem, customer, us), ``_moments`` (customer, us, worth) and
    ``_given`` (customer, us, given, gestures) in the engine, for what is counted by order.

    Args:
        engine: Holds orders, order_customers, episodes, messages and promises.
        currency: Only money in it counts.
        margins: Share of revenue that is left, by source; 1 where a source is not named.
        rules: Ids of the rules, in the order of their numbers; then the engine holds
            ``rule_contacts`` too.
    """
    found = engine.arrow(
        "SELECT DISTINCT kind FROM promises WHERE status IN ('broken', 'overdue') ORDER BY kind"
    )
    kinds = [str(kind) for kind in found["kind"].to_pylist() if kind is not None]
    engine.save("_buyers", harm.buyers_sql(), harm.BUYERS)
    engine.save("_moments", harm.moments_sql(currency, margins), harm.MOMENTS)
    engine.save("_hits", harm.hits_sql(kinds, EVERYTHING, PROMISES, rules), harm.HITS)
    engine.save("_given", harm.given_sql(currency), harm.GIVEN)
    engine.drop("_buyers")
    last = engine.scalar("SELECT max(us) FROM _moments")
    if last is None:
        return [], kinds
    tally = engine.arrow(harm.tally_sql(int(last) - 52 * harm.WEEK_US)).to_pylist()
    compared = _compare(engine)
    left_out = {row["problem"]: row for row in engine.arrow(_left_out_sql()).to_pylist()}
    engine.drop("_touched", "_anchors")
    out = []
    for row in sorted(tally, key=lambda one: int(one["problem"])):
        problem = int(row["problem"])
        figure, reason = _figure(row, compared.get(problem), left_out[problem])
        out.append(
            Harm(
                problem, int(row["orders"]), int(row["people"]), int(row["orders_year"]),
                row["worth"], row["worth_error"], float(row["returned"]), int(row["given"]),
                int(row["gestures"]), int(row["given_people"]), figure, reason,
            )
        )  # fmt: skip
    return out, kinds


def problem_name(problem: int, kinds: Sequence[str], rules: Sequence[str]) -> str:
    """Return what a problem's number stands for, as in the tables of effects."""
    if problem < 0:
        return f"promise:{kinds[-problem - 1]}"
    if problem > PROMISES:
        return f"rule:{rules[problem - PROMISES - 1]}"
    return {EVERYTHING: "all", PROMISES: "promises"}.get(problem, f"theme:{problem}")


def _compare(engine: Engine) -> dict[int, Matched]:
    engine.save("_anchors", harm.anchors_sql(WINDOW_WEEKS, HORIZON_WEEKS), harm.ANCHORS)
    customers = int(engine.scalar("SELECT count(DISTINCT customer) FROM _anchors"))
    every = max(1, -(-customers // SAMPLE[0]))
    sparse = every * max(1, -(-customers // every // SAMPLE[1]))
    engine.save("_touched", match.touched_sql(WINDOW_WEEKS * harm.WEEK_US), match.TOUCHED)
    engine.save("_strata", match.strata_sql(every), match.STRATA)
    engine.save("_own", match.own_sql(every), match.OWN)
    engine.save("_pools", match.pools_sql(every), match.POOLS)
    engine.drop("_strata")
    engine.save("_matched", match.matched_sql(), match.MATCHED)
    engine.save("_means", match.means_sql(), match.MEANS)
    engine.save("_weights", match.weights_sql(), match.WEIGHTS)
    engine.drop("_pools")
    means = engine.arrow("SELECT * FROM _means").to_pylist()
    near = {row["problem"]: row for row in engine.arrow(match.influence_sql()).to_pylist()}
    far = {row["problem"]: row for row in engine.arrow(match.others_sql(sparse)).to_pylist()}
    later = {
        int(row["problem"]): row
        for row in engine.arrow(match.again_sql(every, HORIZON_WEEKS * harm.WEEK_US)).to_pylist()
    }
    engine.drop("_own", "_weights", "_matched", "_means")
    out = {}
    for row in means:
        events, customers = int(row["events"]), int(row["customers"])
        squares = np.zeros((8, 8))
        names = [f"{side}{value}" for side in ("hit_", "like_") for value in match.VALUES]
        for i, one in enumerate(names):
            for j, two in enumerate(names[i:], start=i):
                total = near[row["problem"]][f"{one}_{two}"]
                if i >= 4 and row["problem"] in far:
                    total += far[row["problem"]][f"{one}_{two}"] * sparse / every
                squares[i, j] = squares[j, i] = total
        squares /= (events * match.SCALE) ** 2
        squares *= customers / max(customers - 1, 1)
        again = later.get(int(row["problem"]), {"hit": 0, "alike": 0.0, "after": 0.0})
        scale = match.SHARE * events
        out[int(row["problem"])] = Matched(
            events, events, customers, np.array([row[name] for name in names]), squares,
            later=(again["hit"] / events, again["alike"] / scale, again["after"] / scale),
        )  # fmt: skip
    return out


def _left_out_sql() -> str:
    return """
    WITH flagged AS (
        SELECT h.problem, t.customer IS NOT NULL AS comparable, coalesce(t.lately, FALSE) AS lately
        FROM _hits AS h
        LEFT JOIN _touched AS t ON t.problem = h.problem AND t.customer = h.customer
            AND t.us = h.us AND t.hit
    )
    SELECT problem, count(*) AS hits,
        CAST(sum(CASE WHEN comparable AND NOT lately THEN 1 ELSE 0 END) AS BIGINT) AS eligible,
        CAST(sum(CASE WHEN lately THEN 1 ELSE 0 END) AS BIGINT) AS lately
    FROM flagged
    GROUP BY problem
    """


def _figure(
    row: dict[str, Any], matched: Matched | None, left: dict[str, Any]
) -> tuple[EffectFigure | None, str]:
    """Return the effect, or None and why there is none."""
    events = matched.events if matched else 0
    if matched is None or events < FEWEST:
        short = left["hits"] - left["eligible"] - left["lately"]
        return None, (
            f"{events} of the {left['hits']} orders that this hit could be compared "
            f"(it takes {FEWEST}): {short} have no {WINDOW_WEEKS} weeks of orders before and "
            f"{HORIZON_WEEKS} after, {left['lately']} came soon after the same trouble"
        )
    try:
        figure = make_figure(
            replace(matched, eligible=int(left["eligible"])),
            "orders",
            failures=int(row["orders"]),
            at_orders=True,
            mean_amount=0.0,
        )
    except NotEnoughData as refusal:
        return None, refusal.message
    return figure, figure.reason
