"""The step of a refresh that puts a value on every customer with an order.

Orders → purchase days → histories → cells (SQL, in the engine); the models are fitted on the
cells (here), the outlook of each cell goes back and is joined to its customers (SQL). Every
source has its own fit, because a shop's customers behave like that shop's customers.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from goodwill.engine import Engine
from goodwill.errors import NotEnoughData
from goodwill.figures import Z95
from goodwill.value import _orders_sql as sql
from goodwill.value._bg import BGNBD, MBGNBD
from goodwill.value._ever import add_for_ever, purchases_for_ever
from goodwill.value._inputs import Floats
from goodwill.value._model import delta_error
from goodwill.value._outlook import Outlook, discounted_purchases, look_ahead
from goodwill.value._spend import Spend, fit_spend

_MODELS = (BGNBD, MBGNBD)
_COARSE = 4.0
"""Weeks to which ages are rounded in the error, not the value, of what orders bring for ever."""
_SHORTEST_HOLDOUT = 28
"""Days; with less the models are told apart by their likelihood instead."""


def value_customers(
    engine: Engine,
    *,
    currency: str,
    margin: float | None,
    discount_rate: float,
    horizon_weeks: int,
) -> dict[str, Any]:
    """Make ``customer_value`` from orders and order_customers; return what pages must say of it.

    BG/NBD or MBG/NBD, whichever predicts the last third of the source's own orders better, with
    Gamma-Gamma or a shrunk mean for the money. Customers of a source on which no model can be
    fitted get NULL for what is expected of them, and ``notes`` says why.

    Args:
        engine: Holds ``orders`` and ``order_customers``.
        currency: Only money in it is summed; lines without a currency are taken to be in it.
        margin: Share of revenue that is left, 0-1; None takes the orders' own margins where nine
            tenths of the money has one, else values are revenue.
        discount_rate: A year, 0-1.
        horizon_weeks: How far ahead values look.

    Returns:
        Plain values: ``notes`` (sentences), ``coverage`` (share of order lines used), ``lines``
        (counts of what was left out), ``equity`` and ``active`` (value, low, high),
        ``orders_for_ever`` (the same without an end of the horizon; empty without discounting),
        ``parameter_error`` (relative standard error of the sum that comes from the parameters),
        ``lifetime_factor`` (discounted purchases over the horizon after an order, for each one
        expected in 26 weeks), ``sources`` (per source: model, spend, params,
        standard_errors, holdout, correlation, basis, margin, as_of, reason), ``currency``,
        ``discount_rate``, ``horizon_weeks``.
    """
    engine.save("value_days", sql.days_sql(currency), sql.DAYS)
    engine.save("value_histories", sql.histories_sql(), sql.HISTORIES)
    cells = engine.arrow(sql.cells_sql(), sql.CELLS)
    sources: dict[str, Any] = {}
    outlooks = []
    for known in engine.arrow(sql.sources_sql()).to_pylist():
        source = known["source"]
        mine = cells.filter(pa.compute.equal(cells["source"], source))
        fitted = _Source(engine, known, mine, margin, discount_rate, horizon_weeks)
        sources[source] = fitted.account
        if fitted.outlook is not None:
            outlooks.append(_with_cells(mine, fitted.outlook))
    empty = sql.OUTLOOK.empty_table()
    engine.load("value_outlook", pa.concat_tables([empty, *outlooks]).combine_chunks())
    engine.save("customer_value", sql.values_sql(currency), sql.VALUES)
    return _account(engine, sources, currency, discount_rate, horizon_weeks)


class _Source:
    """One source's models, and what must be said of them."""

    def __init__(
        self,
        engine: Engine,
        known: dict[str, Any],
        cells: pa.Table,
        margin: float | None,
        discount_rate: float,
        horizon_weeks: int,
    ) -> None:
        self.notes: list[str] = []
        self.outlook: Outlook | None = None
        last: date = known["last_day"]
        margin, basis = _margin(known, margin)
        self.account: dict[str, Any] = {
            "model": None, "spend": None, "reason": "", "notes": self.notes,
            "as_of": last.isoformat(), "customers": known["customers"],
            "basis": basis, "margin": margin,
        }  # fmt: skip
        x, recency, age, paid, weight, net = (
            np.asarray(cells[name].to_numpy(), dtype=np.float64)
            for name in ("frequency", "recency_days", "age_days", "paid", "weight", "net")
        )
        history = {"frequency": x, "recency": recency / 7, "T": age / 7, "weight": weight}
        try:
            held = _holdout(engine, known, horizon_weeks)
            model, refused = _choose(history, held)
        except NotEnoughData as refusal:
            self.account["reason"] = refusal.message
            return
        self.notes.extend(f"not valued with {name}: {reason}" for name, reason in refused.items())
        self.account |= {
            "model": model.name,
            "params": model.params_,
            "standard_errors": {
                name: value if np.isfinite(value) else None
                for name, value in model.standard_errors_.items()
            },
            "covariance": _plain(model.covariance_),
            "log_likelihood": model.log_likelihood_,
            "holdout": held,
        }
        spend = self._spend(engine, known["source"])
        self.outlook = look_ahead(
            model, spend, x, recency / 7, age / 7, paid,
            horizon_weeks=horizon_weeks, discount_rate=discount_rate,
            margin=1.0 if margin is None else margin,
        )  # fmt: skip
        self._errors(model, spend, history, paid, net, horizon_weeks, discount_rate)
        self.account["lifetime_factor"] = _lifetime_factor(
            model, x, recency / 7, weight, horizon_weeks, discount_rate
        )

    def _spend(self, engine: Engine, source: str) -> Spend | None:
        try:
            spend = fit_spend(engine.arrow(sql.money_sql(source)))
        except NotEnoughData as refusal:
            self.account["reason"] = refusal.message
            return None
        self.account |= {
            "spend": spend.name,
            "spend_state": spend.state(),
            "correlation": spend.correlation,
        }
        if spend.note:
            self.notes.append(spend.note)
        return spend

    def _errors(
        self, model: Any, spend: Spend | None, history: dict[str, Floats], paid: Floats,
        net: Floats, weeks: float, rate: float,
    ) -> None:  # fmt: skip
        """Add the parameters' part of the error of the sums, by the delta method."""
        x, t_x, T, weight = history.values()
        if spend is not None:
            base, slope = spend.base_and_slope(paid)
            money = (weight * base + net) * slope

            def total(at: Any) -> float:
                return float(money @ discounted_purchases(at, x, t_x, T, weeks, rate))

            here = total(model)
            part = delta_error(model, total) / here if here > 0 else 0.0
            self.account["parameter_error"] = float(np.hypot(part, spend.relative_error))
            if rate > 0:
                self._for_ever(model, spend, history, money, rate)
        self.account["active_error"] = delta_error(
            model, lambda at: float(weight @ np.asarray(at.p_alive(x, t_x, T)))
        )

    def _for_ever(
        self, model: Any, spend: Spend, history: dict[str, Floats], money: Floats, rate: float
    ) -> None:
        x, t_x, T, _ = history.values()

        def total(at: Any, step: float = _COARSE) -> float:
            return float(money @ purchases_for_ever(at, x, t_x, T, rate, step))

        here = total(model)
        part = delta_error(model, total) / here if here > 0 else 0.0
        margin = self.account["margin"]
        self.account |= {
            "value_ever": total(model, 1.0) * (1.0 if margin is None else margin),
            "ever_error": float(np.hypot(part, spend.relative_error)),
        }


def _plain(covariance: Floats) -> list[list[float]] | None:
    return covariance.tolist() if np.isfinite(covariance).all() else None


def _lifetime_factor(
    model: Any, x: Floats, t_x: Floats, weight: Floats, weeks: float, rate: float
) -> float | None:
    """Return discounted purchases over ``weeks`` after an order, for each one in 26 weeks."""
    whole = float(weight @ discounted_purchases(model, x, t_x, t_x, weeks, rate))
    half_year = float(weight @ np.asarray(model.expected_purchases(26.0, x, t_x, t_x)))
    return whole / half_year if half_year > 0 else None


def _choose(history: dict[str, Floats], held: dict[str, Any]) -> tuple[Any, dict[str, str]]:
    """Return the model that the holdout prefers, fitted on the whole history, and what was refused.

    Where that one cannot be fitted, or none is preferred, it is the likeliest of those that can.

    Raises:
        NotEnoughData: None can be fitted.
    """
    preferred = [one for one in _MODELS if one.name == held.get("chosen")]
    fitted: list[Any] = []
    refused: dict[str, str] = {}
    for some in (preferred, [one for one in _MODELS if one not in preferred]):
        for one in some:
            try:
                fitted.append(one.fit(history))
            except NotEnoughData as refusal:
                refused[one.name] = refusal.message
        if fitted:
            return max(fitted, key=lambda one: one.log_likelihood_), refused
    raise NotEnoughData(next(iter(refused.values())))


def _holdout(engine: Engine, known: dict[str, Any], horizon_weeks: int) -> dict[str, Any]:
    """Return how well each model, fitted on the past, predicts the last third of the orders."""
    first, last = known["first_day"], known["last_day"]
    days = min(horizon_weeks * 7, (last - first).days // 3)
    out: dict[str, Any] = {"days": days, "models": {}, "chosen": None}
    if days < _SHORTEST_HOLDOUT:
        out["reason"] = f"the orders span {(last - first).days} days: too few to hold a part back"
        return out
    cut = last - timedelta(days=days)
    table = engine.arrow(sql.holdout_sql(known["source"], cut.isoformat(), last.isoformat()))
    x, recency, age, held, weight = (
        np.asarray(table[name].to_numpy(), dtype=np.float64)
        for name in ("frequency", "recency_days", "age_days", "held", "weight")
    )
    cells = {"frequency": x, "recency": recency / 7, "T": age / 7, "weight": weight}
    out |= {
        "from": (cut + timedelta(days=1)).isoformat(),
        "until": last.isoformat(),
        "customers": float(weight.sum()),
        "actual": float(weight @ held),
    }
    for one in _MODELS:
        try:
            model = one.fit(cells)
        except NotEnoughData as refusal:
            out["reason"] = refusal.message
            continue
        expected = np.asarray(model.expected_purchases(days / 7, x, recency / 7, age / 7))
        predicted = float(weight @ expected)
        out["models"][one.name] = {
            "rmse": float(np.sqrt(np.average((expected - held) ** 2, weights=weight))),
            "predicted": predicted,
            "total_error": predicted / out["actual"] - 1 if out["actual"] else None,
        }
    out["chosen"] = _better(out["models"])
    return out


def _better(models: dict[str, dict[str, Any]]) -> str | None:
    """Return the model with the lower RMSE; within 1 % of it, the one whose total is closer.

    Within a hundredth of the total too, MBG/NBD: it does not call one-time buyers alive for
    certain.
    """
    if not models:
        return None
    least = min(one["rmse"] for one in models.values())
    close = [name for name, one in models.items() if one["rmse"] <= 1.01 * least]
    errors = {name: abs(models[name]["total_error"] or 0.0) for name in close}
    best = [name for name in close if errors[name] <= min(errors.values()) + 0.01]
    return MBGNBD.name if MBGNBD.name in best else best[0]


def _margin(known: dict[str, Any], margin: float | None) -> tuple[float | None, str]:
    if margin is not None:
        return margin, "margin"
    if known["spent"] and known["margin_base"] >= 0.9 * known["spent"]:
        return known["margin"] / known["margin_base"], "margin of the orders"
    return None, "revenue"


def _with_cells(cells: pa.Table, outlook: Outlook) -> pa.Table:
    made = cells.select(["source", "frequency", "recency_days", "age_days", "paid"])
    for name in sql.OUTLOOK.names[5:]:
        # NaN would be a number to SQL; what is not known is NULL.
        made = made.append_column(name, pa.array(getattr(outlook, name), from_pandas=True))
    return made.cast(sql.OUTLOOK)


def _account(
    engine: Engine, sources: dict[str, Any], currency: str, discount_rate: float,
    horizon_weeks: int,
) -> dict[str, Any]:  # fmt: skip
    lines = engine.arrow(sql.coverage_sql(currency)).to_pylist()[0]
    totals = engine.arrow(sql.totals_sql()).to_pylist()
    value = variance = systematic = alive = alive_variance = 0.0
    for one in totals:
        account = sources[one["source"]]
        account["value"], account["value_variance"] = one["value"], one["variance"]
        value += one["value"] or 0.0
        variance += one["variance"] or 0.0
        systematic += ((one["value"] or 0.0) * account.get("parameter_error", 0.0)) ** 2
        alive += one["alive"] or 0.0
        alive_variance += (one["alive_variance"] or 0.0) + account["active_error"] ** 2
    half, alive_half = Z95 * np.sqrt(variance + systematic), Z95 * np.sqrt(alive_variance)
    valued = any(one["spend"] for one in sources.values())
    judged = any(one["model"] for one in sources.values())
    account = {
        "notes": _notes(sources, lines, currency),
        "coverage": lines["used"] / lines["lines"] if lines["lines"] else None,
        "lines": lines,
        "currency": currency,
        "discount_rate": discount_rate,
        "horizon_weeks": horizon_weeks,
        "parameter_error": float(np.sqrt(systematic) / value) if value > 0 else 0.0,
        "lifetime_factor": _mean_factor(sources),
        "equity": _ends(value, half) if valued else {},
        "active": _ends(alive, alive_half, whole=False) if judged else {},
        "sources": sources,
    }
    add_for_ever(account)
    return account


def _mean_factor(sources: dict[str, Any]) -> float | None:
    found = [
        (one["lifetime_factor"], one["customers"])
        for one in sources.values()
        if one.get("lifetime_factor") is not None
    ]
    people = sum(count for _, count in found)
    return sum(factor * count for factor, count in found) / people if people else None


def margins(account: dict[str, Any]) -> dict[str, float]:
    """Return the share of revenue that is left, by source, from what `value_customers` returned."""
    return {
        source: 1.0 if one["margin"] is None else float(one["margin"])
        for source, one in account.get("sources", {}).items()
    }


def _ends(value: float, half: float, *, whole: bool = True) -> dict[str, Any]:
    ends = {"value": value, "low": max(value - half, 0.0), "high": value + half}
    return {key: round(one) if whole else float(one) for key, one in ends.items()}


def _notes(sources: dict[str, Any], lines: dict[str, int], currency: str) -> list[str]:
    if not sources:
        return ["No orders of a known customer came in, so nobody has a lifetime value."]
    notes = []
    for source, account in sources.items():
        if account["model"] is None:
            notes.append(f"No lifetime value for {source}: {account['reason']}.")
        elif account["spend"] is None:
            notes.append(
                f"Expected orders but no lifetime value for {source}: {account['reason']}."
            )
        elif account["margin"] is None:
            notes.append(f"The margin of {source} is not known: lifetime value there is revenue.")
        notes.extend(f"{source}: {note}" for note in account["notes"])
    if lines["other_currency"]:
        notes.append(
            f"{lines['other_currency']} order lines are not in {currency}; their money is left out."
        )
    return notes
