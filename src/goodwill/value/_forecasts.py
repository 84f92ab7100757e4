"""Forecasts that can come true: what is expected of the customers of a day, and what they did.

Three figures of each source: orders (days with a purchase) and spend of all its customers, and how
many of a group of like customers buy again, which is what a P(alive) amounts to that can be seen.

An interval has three parts: chance, the error of the parameters, and what the model itself missed
by when it was fitted at past moments and held against what came (`replay`). The third is by far
the largest: seasons, prices and competitors are in no purchase model. It is a t-interval of the
logarithm of actual over expected, with `PRIOR` standing for a past that is too short to tell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, hypot, log, sqrt
from typing import Any

import numpy as np
from scipy.special import stdtrit

from goodwill.engine import Engine
from goodwill.errors import NotEnoughData
from goodwill.figures import Z95
from goodwill.literals import text_sql
from goodwill.value import _equity_sql as equity
from goodwill.value import _forecasts_sql as sql
from goodwill.value._ever import add_for_ever
from goodwill.value._inputs import Floats
from goodwill.value._known import PURCHASE_MODELS, last_day, model_of, spend_of
from goodwill.value._spend import Spend, fit_spend

HORIZONS = (4, 13, 26, 52)
"""Weeks ahead."""
REPLAY_WEEKS, REPLAYS, LEAST_WEEKS = 13, 8, 26
"""Replays stand so far apart, at most so many, and need so long a past."""
PRIOR = (0.1, 4.0)
"""A model is taken to miss by a tenth (standard deviation), as if seen so many times."""
_GROUP_WEEKS = 26
_LEAST_EXPECTED = 5.0
_SAMPLE = 2_000
_MOST_CELLS = 4_000
"""With more histories than this their times are rounded to weeks."""
_DIGITS = 6

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Expected:
    """One expectation: its value, and the relative errors of chance and of the parameters."""

    figure: str
    subject: str
    weeks: int
    people: int
    value: float
    chance: float
    parameters: float


def expect_now(
    engine: Engine, account: Mapping[str, Any], replayed: Sequence[Row] = ()
) -> list[Row]:
    """Return what is to be published today of each source; `replayed` tells how far to trust it.

    Args:
        engine: Holds ``value_days``.
        account: What `value_customers` returned.
        replayed: What `replay` returned.
    """
    rows: list[Row] = []
    for source, one in sorted(account.get("sources", {}).items()):
        model = model_of(one)
        if model is not None:
            today = last_day(one)
            found = _expectations(engine, source, today, model, spend_of(one), one)
            mine = [row for row in replayed if row["source"] == source]
            rows += [_row(source, today, each, mine, published=True) for each in found]
    return rows


def replay(engine: Engine, account: Mapping[str, Any]) -> list[Row]:
    """Return what would have been said at past moments, with what then happened.

    At each moment the source's kind of model is fitted to what was known then; the interval knows
    only of replays that had come due by then.
    """
    rows: list[Row] = []
    for source, one in sorted(account.get("sources", {}).items()):
        kind = next((k for k in PURCHASE_MODELS if k.name == one.get("model")), None)
        if kind is None:
            continue
        mine: list[Row] = []
        for cut in _cuts(engine, source, last_day(one)):
            known = [row for row in mine if row["due_on"] <= cut]
            try:
                model, spend = _fitted(engine, source, cut, kind)
            except NotEnoughData:
                continue
            due = [
                each
                for each in _expectations(engine, source, cut, model, spend, one)
                if cut + timedelta(weeks=each.weeks) <= last_day(one)
            ]
            made = [_row(source, cut, each, known, published=False) for each in due]
            mine += settle(engine, made)
        rows += mine
    return rows


def _cuts(engine: Engine, source: str, today: date) -> Iterator[date]:
    first = engine.scalar(
        f"SELECT min(day) FROM value_days WHERE bought AND source = {text_sql(source)}"
    )
    for step in range(REPLAYS, 0, -1):
        cut = today - timedelta(weeks=step * REPLAY_WEEKS)
        if cut - first >= timedelta(weeks=LEAST_WEEKS):
            yield cut


def _stood(engine: Engine, source: str, day: date) -> dict[str, Floats]:
    text = day.isoformat()
    engine.save("_stood", equity.at_sql(source, text, text), equity.AT)
    table = engine.arrow(sql.stood_cells_sql(1))
    if table.num_rows > _MOST_CELLS:
        table = engine.arrow(sql.stood_cells_sql(7))
    engine.drop("_stood")
    return {name: np.asarray(table[name].to_numpy(), np.float64) for name in table.column_names}


def _fitted(engine: Engine, source: str, cut: date, kind: Any) -> tuple[Any, Spend | None]:
    cells = _stood(engine, source, cut)
    model = kind.fit(
        {
            "frequency": cells["frequency"], "recency": cells["recency_days"] / 7,
            "T": cells["age_days"] / 7, "weight": cells["weight"],
        }
    )  # fmt: skip
    try:
        spend = fit_spend(engine.arrow(_money_sql(source, cut)))
    except NotEnoughData:
        spend = None
    return model, spend


def _money_sql(source: str, cut: date) -> str:
    inner = equity.at_sql(source, cut.isoformat(), cut.isoformat())
    return f"""
    SELECT CAST(paid AS DOUBLE) AS frequency, CAST(net AS DOUBLE) / paid AS monetary_value,
        CAST(count(*) AS DOUBLE) AS weight
    FROM ({inner}) AS stood WHERE paid > 0 AND net > 0
    GROUP BY paid, net ORDER BY paid, net
    """


def _expectations(
    engine: Engine, source: str, day: date, model: Any, spend: Spend | None,
    one: Mapping[str, Any],
) -> list[Expected]:  # fmt: skip
    cells = _stood(engine, source, day)
    x, weight = cells["frequency"], cells["weight"]
    t_x, T = cells["recency_days"] / 7, cells["age_days"] / 7
    people = int(weight.sum())
    out = []
    for weeks in HORIZONS:
        spread = _spread(
            model,
            lambda at, h=float(weeks): weight @ np.asarray(at.expected_purchases(h, x, t_x, T)),
        )
        parameters, total = float(spread[0]), float(spread[1])
        if total < _LEAST_EXPECTED:
            continue
        each = _per_order(model, float(weeks), x, t_x, T, weight)
        out.append(Expected("expected_orders", "", weeks, people, total,
                            sqrt(each / total), parameters))  # fmt: skip
        if spend is not None:
            base, slope = spend.base_and_slope(cells["paid"])
            bought = np.asarray(model.expected_purchases(float(weeks), x, t_x, T))
            money = float(((weight * base + cells["net"]) * slope) @ bought)
            if np.isfinite(money) and money > 0:
                chance = sqrt(_per_minor(one) / money)
                out.append(Expected("expected_spend", "", weeks, people, money, chance,
                                    hypot(parameters, spend.relative_error)))  # fmt: skip
    return [*out, *_groups(model, cells)]


def _groups(model: Any, cells: dict[str, Floats]) -> Iterator[Expected]:
    weight, place = cells["weight"], cells["place"].astype(int)
    histories = (cells["frequency"], cells["recency_days"] / 7, cells["age_days"] / 7)

    def chances(at: Any) -> Floats:
        none = np.asarray(at.purchase_chances(float(_GROUP_WEEKS), *histories, 0))[:, 0]
        return 1 - none

    here = chances(model)
    errors, totals = _spread(model, lambda at: np.bincount(place, weight * chances(at)))
    people = np.bincount(place, weight)
    variances = np.bincount(place, weight * here * (1 - here))
    for number, total in enumerate(totals):
        if total >= _LEAST_EXPECTED:
            yield Expected(
                "customers_returning", group_name(number), _GROUP_WEEKS, int(people[number]),
                float(total), sqrt(variances[number]) / float(total), float(errors[number]),
            )  # fmt: skip


def group_name(number: int) -> str:
    """Return a group in words.

    >>> group_name(5)
    '2 to 3 orders, the last 13 to 26 weeks before'
    """
    many, since = divmod(number, len(sql.WEEKS_SINCE))
    orders = _between(sql.ORDERS_SO_FAR, many)
    weeks = _between((*sql.WEEKS_SINCE,), since, last=0)
    return f"{orders} order{'' if orders == '1' else 's'}, the last {weeks} weeks before"


def _between(steps: Sequence[int], place: int, last: int = 1) -> str:
    if place + 1 == len(steps):
        return f"{steps[place]} or more"
    end = steps[place + 1] - last
    return f"{steps[place]}" if end == steps[place] else f"{steps[place]} to {end}"


def _spread(model: Any, total: Any) -> tuple[Floats, Floats]:
    """Return the relative standard errors that the parameters give sums, and the sums."""
    here = np.asarray(total(model), dtype=np.float64)
    params = np.array(list(model.params_.values()))
    gradient = []
    for i, value in enumerate(params):
        shift = np.zeros(len(params))
        shift[i] = 1e-4 * value
        rise = np.asarray(total(model.at(params + shift))) - total(model.at(params - shift))
        gradient.append(rise / (2e-4 * value))
    slopes = np.array(gradient)
    variance = np.einsum("i...,ij,j...->...", slopes, model.covariance_, slopes)
    good = (here > 0) & np.isfinite(variance)
    error = np.sqrt(np.where(good, np.maximum(variance, 0.0), 0.0))
    return error / np.where(here > 0, here, 1.0), here


def _per_order(
    model: Any, weeks: float, x: Floats, t_x: Floats, T: Floats, weight: Floats
) -> float:
    """Return the variance of the number of purchases for each one expected, from a sample."""
    ends = np.cumsum(weight)
    points = (np.arange(_SAMPLE) + 0.5) / _SAMPLE * ends[-1]
    some = np.searchsorted(ends, points)
    mean = np.asarray(model.expected_purchases(weeks, x[some], t_x[some], T[some]))
    most = int(np.clip(4 * mean.max() + 12, 16, 200))
    chances = model.purchase_chances(weeks, x[some], t_x[some], T[some], most)
    n = np.arange(most + 1)
    first, second = chances @ n, chances @ n**2
    return float((second - first**2).sum() / first.sum()) if first.sum() > 0 else 1.0


def _per_minor(one: Mapping[str, Any]) -> float:
    """Return the variance of what customers spend for each minor unit expected."""
    value, variance = one.get("value"), one.get("value_variance")
    margin = 1.0 if one.get("margin") is None else float(one["margin"])
    return float(variance / (value * margin)) if value and variance and margin else 0.0


def _row(source: str, day: date, each: Expected, known: Sequence[Row], *, published: bool) -> Row:
    same = [row for row in known if row["figure"] == each.figure and row["weeks"] == each.weeks]
    own = [row for row in same if row["subject"] == each.subject]
    missed, freedom = model_error(own if len(own) >= 3 else same)
    reach = float(stdtrit(freedom, 0.975)) * sqrt(missed**2 + each.chance**2 + each.parameters**2)
    made: Row = {
        "figure": each.figure, "source": source, "subject": each.subject,
        "made_on": day, "due_on": day + timedelta(weeks=each.weeks), "weeks": each.weeks,
        "people": each.people, "value": _tidy(each.value), "low": _tidy(each.value * exp(-reach)),
        "high": _tidy(each.value * exp(reach)), "chance": _tidy(each.chance),
        "published": published,
    }  # fmt: skip
    return {"forecast_id": forecast_id(made)} | made


def model_error(seen: Sequence[Row]) -> tuple[float, float]:
    """Return by how much the model misses beyond chance (of the logarithm), and the freedom."""
    prior, freedom = PRIOR
    total = freedom * prior**2
    count = 0
    for row in seen:
        if row["outcome"] is None or row["value"] <= 0:
            continue
        off = log(max(float(row["outcome"]), 0.5) / row["value"])
        total += max(off**2 - float(row["chance"]) ** 2, 0.0)
        count += 1
    return sqrt(total / (freedom + count)), freedom + count


def doubt(account: dict[str, Any], replayed: Sequence[Row]) -> None:
    """Widen what the account says of sums of values by what the model missed by in the past.

    Sets ``missed_error`` and ``sum_error`` of each source and the latter of all (relative, as
    standard errors), and the ends of ``equity`` and ``orders_for_ever``. The longest
    horizon that could be replayed counts.
    """
    total = systematic = variance = 0.0
    for source, one in account.get("sources", {}).items():
        mine = [r for r in replayed if r["source"] == source and r["figure"] == "expected_spend"]
        longest = max((row["weeks"] for row in mine), default=0)
        missed, freedom = model_error([row for row in mine if row["weeks"] == longest])
        scale = float(stdtrit(freedom, 0.975)) / Z95
        one["missed_error"] = missed * scale
        one["sum_error"] = hypot(float(one.get("parameter_error", 0.0)), one["missed_error"])
        value = float(one.get("value") or 0.0)
        total += value
        systematic += (value * one["sum_error"]) ** 2
        variance += float(one.get("value_variance") or 0.0)
    for one in account.get("contracts", {}).get("sources", {}).values():
        value = float(one.get("value", 0.0))
        total += value
        systematic += (value * float(one.get("sum_error", 0.0))) ** 2
        variance += float(one.get("value_variance", 0.0))
    account["sum_error"] = sqrt(systematic) / total if total > 0 else 0.0
    if account.get("equity"):
        half = Z95 * sqrt(variance + systematic)
        account["equity"] |= {"low": round(max(total - half, 0.0)), "high": round(total + half)}
    add_for_ever(account)


def forecast_id(row: Mapping[str, Any]) -> str:
    """Return the id of a figure of a day: the same figure of the same data has the same id."""
    names = ("figure", "source", "subject", "made_on", "due_on")
    text = "|".join(str(row[name]) for name in names)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def settle(engine: Engine, forecasts: Sequence[Row]) -> list[Row]:
    """Return the forecasts with what happened: outcome, people found, and whether it held.

    ``outcome`` is None where so many customers were joined, taken apart or erased since that the
    group is another one; ``reason`` then says so.
    """
    out = []
    cache: dict[tuple[str, date, date], list[Row]] = {}
    columns = {
        "expected_orders": "orders", "expected_spend": "spend", "customers_returning": "came_back"
    }  # fmt: skip
    for row in forecasts:
        key = (row["source"], row["made_on"], row["due_on"])
        if key not in cache:
            text = sql.happened_sql(key[0], key[1].isoformat(), key[2].isoformat())
            cache[key] = engine.arrow(text).to_pylist()
        groups = [
            each
            for each in cache[key]
            if not row["subject"] or group_name(int(each["place"])) == row["subject"]
        ]
        outcome = sum(int(each[columns[row["figure"]]]) for each in groups)
        people = sum(int(each["people"]) for each in groups)
        out.append(row | judged(row, float(outcome), people, row["due_on"]))
    return out


def judged(row: Mapping[str, Any], outcome: float, people: int, known_on: date) -> Row:
    """Return what happened, set beside a forecast."""
    if abs(people - row["people"]) > 5 + 0.02 * row["people"]:
        return {
            "outcome": None, "held": None, "known_on": known_on,
            "reason": f"{people:,} customers are known of then, not {row['people']:,}: some were "
            "joined, taken apart, erased, or came in later",
        }  # fmt: skip
    held = bool(row["low"] <= outcome <= row["high"])
    return {"outcome": outcome, "held": held, "known_on": known_on, "reason": ""}


def _tidy(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
