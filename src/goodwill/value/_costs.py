"""From effects to money: what each problem costs a year, its part of the whole, and its likes.

- The *own effect* of a problem is measured on its own orders; effects of problems that meet on one
  order are not to be added up.
- The *pooled effect* draws it towards the mean of its area, the more so the less is known of it
  (random effects; DerSimonian and Laird 1986). It answers what a problem would do were it like its
  neighbours; it stands beside the own effect, and no money rests on it.
- The *allocated share* counts the loss at each order once, in equal parts for the problems that hit
  it; it can be added up, and what all themes together cost less that sum is the unexplained rest,
  which stands as the allocated share of the row ``all``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, hypot, isfinite, sqrt
from typing import Any

import numpy as np
import pyarrow as pa

from goodwill.engine import Engine
from goodwill.figures import Z80, Z95
from goodwill.literals import text_sql
from goodwill.tables import DERIVED
from goodwill.value._harm import (
    EVERYTHING,
    HORIZON_WEEKS,
    PROMISES,
    Harm,
    measure_harm,
    problem_name,
)

_DIGITS = 6
"""Significant digits that are kept: sums of floats differ in the last ones from run to run."""
NOT_FOUND_AGAIN = "losses planted into these orders were not found again as they were planted"
_FEWEST_ALIKE = 3
_LEAST_SPREAD = 0.1
"""Problems of one area are never taken to be more alike than this, as a share of purchases."""
_LONGEST_WAIT = 520
"""Weeks; what takes longer to show is not dated."""


def cost_problems(
    engine: Engine,
    *,
    currency: str,
    margins: Mapping[str, float],
    lifetime_factor: float | None = None,
    trusted: bool = True,
    rules: Sequence[str] = (),
) -> dict[str, int]:
    """Make ``problem_effects``: what every theme, broken promise and rule did to later orders.

    Args:
        engine: Holds orders, order_customers, episodes, messages, promises and themes.
        currency: Only money in it counts.
        margins: Share of revenue that is left, by source; 1 where a source is not named.
        lifetime_factor: Discounted purchases over the Book's horizon, for each one expected in the
            26 weeks after an order; None where no purchase model could be fitted.
        trusted: Losses planted into these orders were found again; else no grade is above C.
        rules: Ids of the rules; then the engine holds ``rule_contacts`` too.

    Returns:
        ``gestures``: lines of the orders that are one, in the currency; ``placed``: those of them
        that name an order of a known customer.
    """
    rules = sorted(rules)
    harms, kinds = measure_harm(engine, currency=currency, margins=margins, rules=rules)
    areas = {
        int(row["theme_id"]): row["area_id"]
        for row in engine.arrow("SELECT theme_id, area_id FROM themes").to_pylist()
    }
    pooled = _pool(harms, areas)
    parts = {
        int(row["problem"]): float(row["parts"]) for row in engine.arrow(_parts_sql()).to_pylist()
    }
    weeks = float(engine.scalar("SELECT (max(us) - min(us)) / 604800000000.0 FROM _moments") or 0)
    gestures = _gestures(engine, currency)
    rows = [
        _row(one, kinds, rules, pooled.get(one.problem), parts, weeks, lifetime_factor)
        | (_given(one) if gestures["gestures"] else {})
        for one in harms
    ]
    _add_rest(rows)
    for row in rows if not trusted else ():
        if row["grade"] in ("A", "B"):
            row |= {"grade": "C", "reason": NOT_FOUND_AGAIN}
    schema = DERIVED["problem_effects"].schema
    engine.load("problem_effects", pa.Table.from_pylist(rows, schema=schema))
    engine.drop("_hits", "_moments", "_given")
    return gestures


def _gestures(engine: Engine, currency: str) -> dict[str, int]:
    ours = f"(currency IS NULL OR currency = {text_sql(currency)})"
    counts = {
        "gestures": f"SELECT count(*) FROM orders WHERE kind = 'gesture' AND {ours} "
        "AND amount IS NOT NULL",
        "placed": "SELECT sum(gestures) FROM _given",
    }
    return {name: int(engine.scalar(text) or 0) for name, text in counts.items()}


def _given(one: Harm) -> dict[str, int]:
    return {
        "gestures_year": one.given, "gestures": one.gestures, "gesture_people": one.given_people
    }  # fmt: skip


def _add_rest(rows: list[dict[str, Any]]) -> None:
    """Give the row of all themes the unexplained rest: their common loss less what is allocated.

    The parts are taken as independent of each other and of the whole, which makes the interval
    rather too wide than too narrow.
    """
    whole = next((row for row in rows if row["problem"] == "all"), None)
    parts = [row for row in rows if row.get("allocated") is not None]
    if whole is None or whole.get("value_lost") is None or not parts:
        return
    rest = whole["value_lost"] - sum(row["allocated"] for row in parts)
    reach = hypot(
        whole["value_lost_high"] - whole["value_lost"],
        *(row["allocated_high"] - row["allocated"] for row in parts),
    )
    whole |= {
        "allocated": rest, "allocated_low": round(rest - reach),
        "allocated_high": round(rest + reach),
    }  # fmt: skip


def _parts_sql() -> str:
    """Return the query to each theme's part of the orders of the last year, each counted once."""
    year = 52 * 604_800_000_000
    return f"""
    WITH ends AS (SELECT max(us) - {year} AS since FROM _moments),
    shared AS (
        SELECT h.problem, 1.0 / count(*) OVER (PARTITION BY h.customer, h.us) AS part
        FROM _hits AS h CROSS JOIN ends AS z
        WHERE h.problem >= 0 AND h.problem < {EVERYTHING} AND h.us > z.since
    )
    SELECT problem, CAST(sum(CAST(round(part * 1000000) AS BIGINT)) AS DOUBLE) / 1000000 AS parts
    FROM shared GROUP BY problem
    """


@dataclass(frozen=True, slots=True)
class _Pooled:
    value: float
    error: float
    alike: int


def _pool(harms: list[Harm], areas: Mapping[int, Any]) -> dict[int, _Pooled]:
    """Return each theme's effect drawn towards the mean of its area, in orders.

    Effects are pooled as shares of what the customers would have bought. Their spread within
    areas is one number for all areas, because one area holds too few themes to tell.
    """
    themes = [
        (one.problem, areas.get(one.problem), one.figure)
        for one in harms
        if one.figure is not None and 0 <= one.problem < EVERYTHING and one.figure.expected > 0
        and one.figure.standard_error > 0
    ]  # fmt: skip
    if len(themes) < _FEWEST_ALIKE:
        return {}
    counts: dict[Any, int] = {}
    for _, area, _ in themes:
        counts[area] = counts.get(area, 0) + 1
    group = np.array(
        [_number(area) if counts[area] >= _FEWEST_ALIKE else -1 for _, area, _ in themes]
    )
    share = np.array([float(f.value or 0.0) / f.expected for _, _, f in themes])
    error = np.array([f.standard_error / f.expected for _, _, f in themes])
    weight = error**-2
    names = np.unique(group)
    excess = scale = 0.0
    for name in names:
        w, x = weight[group == name], share[group == name]
        mean = float((w * x).sum() / w.sum())
        excess += float((w * (x - mean) ** 2).sum()) - (len(w) - 1)
        scale += float(w.sum() - (w**2).sum() / w.sum())
    spread = max(excess / scale, _LEAST_SPREAD**2) if scale > 0 else _LEAST_SPREAD**2
    out = {}
    for name in names:
        mine = np.flatnonzero(group == name)
        w = 1 / (error[mine] ** 2 + spread)
        mean, mean_error = float((w * share[mine]).sum() / w.sum()), 1 / sqrt(float(w.sum()))
        for place in mine:
            problem, _, figure = themes[place]
            pull = error[place] ** 2 / (error[place] ** 2 + spread)
            value = pull * mean + (1 - pull) * share[place]
            left = hypot(sqrt(1 - pull) * error[place], pull * mean_error)
            out[problem] = _Pooled(value * figure.expected, left * figure.expected, len(mine))
    return out


def _number(area: Any) -> int:
    """Return an area's number; those without one are alike."""
    return -1 if area is None else int(area)


def _row(
    one: Harm, kinds: list[str], rules: Sequence[str], pooled: _Pooled | None,
    parts: Mapping[int, float], weeks: float, lifetime_factor: float | None,
) -> dict[str, Any]:  # fmt: skip
    theme = 0 <= one.problem < EVERYTHING
    row: dict[str, Any] = {
        "problem": problem_name(one.problem, kinds, rules),
        "theme_id": one.problem if theme else None,
        "orders": one.orders, "people": one.people, "orders_year": one.orders_year,
        "order_value": _whole(one.worth), "refunds_year": _whole(max(one.returned, 0.0)),
        "reason": one.reason, "grade": "none",
    }  # fmt: skip
    figure = one.figure
    if figure is None or figure.value is None:
        return row
    shown = row["problem"] == "promise:delivery" or (one.problem == PROMISES and len(kinds) == 1)
    grade = "B" if figure.grade == "A" and not shown else figure.grade
    row |= {
        "grade": grade,
        "reason": figure.reason or (
            "who wrote is compared with who did not: a grade above B takes a fault that the "
            "orders themselves show" if not shown else ""
        ),
        "matched": figure.events, "matched_people": figure.people,
        "matched_share": figure.matched_share,
        "expected": figure.expected, "observed": figure.observed,
        "effect": figure.value, "effect_low": figure.low, "effect_high": figure.high,
        "smallest": figure.smallest_detectable,
        "decidable_weeks": _wait(figure.expected, figure.standard_error, weeks),
    }  # fmt: skip
    for name in ("plain_match", "lead_gap", "trend_gap"):
        found = getattr(figure, name)
        row |= {name: float(found), f"{name}_low": found.low, f"{name}_high": found.high}
    if pooled is not None:
        row |= {
            "pooled": pooled.value, "pooled_low": pooled.value - Z95 * pooled.error,
            "pooled_high": pooled.value + Z95 * pooled.error, "pooled_with": pooled.alike,
        }  # fmt: skip
    value, error = float(figure.value), figure.standard_error
    row |= _money(one, value, error, parts.get(one.problem), lifetime_factor)
    return {key: _tidy(each) for key, each in row.items()}


def _money(
    one: Harm, value: float, error: float, parts: float | None, lifetime_factor: float | None
) -> dict[str, Any]:
    """Return the money columns: a loss is positive."""
    if not one.worth:
        return {}
    loss = -value * one.worth
    reach = Z95 * hypot(error * one.worth, value * (one.worth_error or 0.0))
    ends = {"": loss, "_low": loss - reach, "_high": loss + reach}
    out: dict[str, Any] = {}
    for end, each in ends.items():
        out[f"loss_per_order{end}"] = _whole(each)
        out[f"value_lost{end}"] = _whole(each * one.orders_year)
        if lifetime_factor is not None:
            out[f"lifetime_lost{end}"] = _whole(each * one.orders_year * lifetime_factor)
        if parts is not None:
            out[f"allocated{end}"] = _whole(each * parts)
    return out


def _wait(expected: float, error: float, weeks: float) -> float | None:
    """Return after how many more weeks a loss of a tenth could be shown, at the present pace.

    The error falls with the root of the number of orders compared; those come with time once
    there are 52 weeks to look before and after.
    """
    grown = weeks - 2 * HORIZON_WEEKS
    wanted = 0.1 * expected / (Z95 + Z80)
    if grown <= 0 or wanted <= 0:
        return None
    more = ((error / wanted) ** 2 - 1) * grown
    return float(max(0, ceil(more))) if more <= _LONGEST_WAIT else None


def _whole(value: float | None) -> int | None:
    return None if value is None or not isfinite(value) else round(value)


def _tidy(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}") if isfinite(value) else None
    return value
