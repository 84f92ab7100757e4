"""The steps of a refresh that value contracts: who holds one, and what it is worth.

Contracts → renewals by plan and cohort (SQL, in the engine) → sBG or BdW (here) → outlook of each
history, joined back to its contracts (SQL). What customers with orders are worth is `_customers`'
matter; the two are added up in ``customer_value``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import numpy as np
import pyarrow as pa

from goodwill.engine import Engine
from goodwill.errors import NotEnoughData
from goodwill.tables import DERIVED
from goodwill.value import _contract_sql as sql
from goodwill.value._contract_account import add_contracts, contract_words, model_values
from goodwill.value._contract_fit import (
    KINDS,
    Choice,
    Key,
    Renewals,
    begins_late,
    choose,
    gather,
    sum_up,
)
from goodwill.value._contract_outlook import (
    SMALL,
    Ahead,
    look_ahead,
    renewal_ends,
    worth_at_renewal,
)
from goodwill.value._equity_sql import MOVED, WORTH
from goodwill.value._inputs import Floats
from goodwill.value._model import delta_error
from goodwill.value._moved import directions, known_error

_RENEWALS = DERIVED["contract_renewals"].schema
_WORTH = pa.schema(
    [("source", pa.string()), ("period", pa.string()), ("plan", pa.string()),
     ("cohort", pa.string()), ("renewal", pa.int64()), ("worth", pa.float64())]
)  # fmt: skip
_LIVED = np.arange(1.0, 13.0)
"""Renewals after which more or fewer are still there."""


def know_contracts(engine: Engine, *, currency: str) -> list[str]:
    """Make ``_contracts``; orders that pay a contract become payments; return notes in words.

    Args:
        engine: Holds subscriptions, orders, order_customers, customers and customer_refs.
        currency: Only money in it counts.
    """
    engine.save("_contracts", sql.contracts_sql(currency), sql.CONTRACTS)
    if not int(engine.scalar("SELECT count(*) FROM _contracts")):
        return []
    engine.save("_contract_payments", sql.payments_sql(), sql.PAYMENTS)
    paid = int(engine.scalar("SELECT count(*) FROM _contract_payments"))
    notes = []
    if paid:
        schema = engine.arrow("SELECT * FROM orders LIMIT 0").schema
        engine.save("orders", sql.orders_sql(schema.names), schema)
        notes.append(
            f"{paid:,} order lines are payments of a contract (its amount, about a due date): "
            "they count as such, and for no order."
        )
    engine.drop("_contract_payments")
    engine.save("customers", sql.customers_sql(), DERIVED["customers"].schema)
    return notes


def value_contracts(
    engine: Engine, account: dict[str, Any], *, currency: str, margin: float | None,
    discount_rate: float, horizon_weeks: int,
) -> None:  # fmt: skip
    """Make ``contract_value`` and ``contract_renewals``, and add both to value and account.

    Sets ``contracts`` of the account: ``as_of``, ``counts`` of what came in, ``groups`` (one for
    each source and period: model, segments with their parameters, holdout, or the reason why there
    is none) and ``sources`` (value with its errors, people).

    Args:
        engine: Holds what `know_contracts` left, ``customer_value``, contacts, orders, imports.
        account: What `value_customers` returned; changed.
        currency: Only money in it counts.
        margin: Share of revenue that is left, 0-1; None takes revenue.
        discount_rate: A year.
        horizon_weeks: How far payments count.
    """
    engine.load("contract_renewals", _RENEWALS.empty_table())
    engine.load("_contract_worth", _WORTH.empty_table())
    if not int(engine.scalar("SELECT count(*) FROM _contracts")):
        engine.load("contract_value", sql.VALUES.empty_table())
        counts = engine.arrow(sql.counts_sql(currency)).to_pylist()[0]
        if counts["contracts"]:
            account["contracts"] = {"counts": counts, "groups": [], "sources": {}, "models": []}
            account["notes"] += contract_words(account, currency)
        return
    found = engine.scalar(sql.as_of_sql())
    as_of = found if isinstance(found, date) else date.fromisoformat(str(found)[:10])
    share = 1.0 if margin is None else margin
    book = _Book(engine, as_of, horizon_weeks, discount_rate, share)
    account["contracts"] = book.account | {
        "counts": engine.arrow(sql.counts_sql(currency)).to_pylist()[0],
        "margin": margin,
    }
    engine.save("contract_value", sql.values_sql(share), sql.VALUES)
    engine.drop("_contract_outlook", "_contract_rows")
    engine.save("customer_value", sql.customer_value_sql(), DERIVED["customer_value"].schema)
    add_contracts(engine, account)
    account["notes"] += contract_words(account, currency)


class _Book:
    """The contracts of a Book: models by source and period, and the outlook of each history."""

    def __init__(self, engine: Engine, as_of: date, weeks: int, rate: float, margin: float) -> None:
        self.engine, self.weeks, self.rate = engine, weeks, rate
        self.choices: dict[tuple[str, str], Choice] = {}
        groups, renewals, worth = [], [], []
        cells = engine.arrow(sql.cells_sql(as_of.isoformat())).to_pylist()
        cut = _cut(engine, as_of, weeks)
        past = engine.arrow(sql.cells_sql(cut.isoformat())).to_pylist()
        for name in _groups(engine):
            mine, before = ([row for row in rows if _of(row) == name] for rows in (cells, past))
            late = begins_late(mine)
            whole = gather(mine, late=late)
            group: dict[str, Any] = {
                "source": name[0], "period": name[1], "held_back_from": cut.isoformat(),
                "begins_late": late, "reason": "",
            }  # fmt: skip
            try:
                choice = choose(whole, gather(before, late=late))
            except NotEnoughData as refusal:
                group |= {"reason": refusal.message, "model": None}
            else:
                self.choices[name] = choice
                group |= model_values(choice)
                worth += _worths(name, choice, whole, weeks, rate)
            renewals += _counted(name, whole, self.choices.get(name))
            groups.append(group)
        engine.load("contract_renewals", pa.Table.from_pylist(renewals, _RENEWALS))
        engine.load("_contract_worth", pa.Table.from_pylist(worth, _WORTH))
        engine.save("_contract_rows", sql.rows_sql(as_of.isoformat()), sql.ROWS)
        running = engine.arrow(sql.running_sql("_contract_rows"))
        load_outlook(engine, running, self.choices, weeks, rate)
        self.account = {
            "as_of": as_of.isoformat(), "groups": groups,
            "sources": self._sums(running, margin),
            "models": [
                {
                    "source": source, "period": period, "kind": choice.kind,
                    "models": [
                        [plan, cohort, list(map(float, model.params_.values())),
                         model.covariance_.tolist() if known_error(model) else None]
                        for (plan, cohort), model in sorted(choice.models.items())
                    ],
                }
                for (source, period), choice in sorted(self.choices.items())
            ],
        }  # fmt: skip

    def _sums(self, running: pa.Table, margin: float) -> dict[str, Any]:
        """Return value, variance and the parameters' error of each source's contracts."""
        out: dict[str, Any] = {}
        for name, key, part in _parts(running):
            choice = self.choices.get(name)
            if choice is None:
                continue
            one = out.setdefault(name[0], {"value": 0.0, "value_variance": 0.0, "by": {}})
            model = _model(choice, key)
            ahead = _ahead(model, part, name[1], self.weeks, self.rate)
            amount, squares = (part[each].to_numpy() * margin ** (1 + place)
                               for place, each in enumerate(("amount", "squares")))  # fmt: skip
            one["value"] += float(amount @ ahead.factor)
            one["value_variance"] += float(squares @ ahead.variance)
            one["by"].setdefault(id(model), (model, []))[1].append((part, name[1], amount))
        for one in out.values():
            error = 0.0
            for model, parts in one.pop("by").values():

                def total(at: Any, parts: Any = parts) -> float:
                    return sum(
                        float(amount @ _ahead(at, part, period, self.weeks, self.rate).factor)
                        for part, period, amount in parts
                    )

                error += delta_error(model, total) ** 2
            one["parameter_error"] = float(np.sqrt(error) / one["value"]) if one["value"] else 0.0
        for (source, _), choice in self.choices.items():
            held = choice.holdout
            stayed = held.get("due", 0.0) - held.get("left", 0.0)
            if stayed > 0 and source in out:
                missed = abs(held["due"] - held["expected"] - stayed) / stayed
                out[source]["missed"] = max(out[source].get("missed", 0.0), missed)
        for one in out.values():
            # What the held-back part was missed by stays with what the parameters leave open.
            one["sum_error"] = float(np.hypot(one["parameter_error"], one.pop("missed", 0.0)))
        return out


def load_outlook(
    engine: Engine, running: pa.Table, choices: dict[tuple[str, str], Choice], weeks: float,
    rate: float,
) -> None:  # fmt: skip
    """Make ``_contract_outlook`` for cells of running contracts."""
    parts = [sql.OUTLOOK.empty_table()]
    for name, key, part in _parts(running):
        choice = choices.get(name)
        if choice is None:
            continue
        ahead = _ahead(_model(choice, key), part, name[1], weeks, rate)
        made = part.select(["source", "period", "plan", "cohort", "renewals", "due_days", "rest"])
        for column in ("renews_next", "expected", "factor", "low", "high", "ever"):
            # NaN would be a number to SQL; what is not known is NULL.
            made = made.append_column(column, pa.array(getattr(ahead, column), from_pandas=True))
        model = _model(choice, key)
        ends = renewal_ends(model, *(part[one].to_numpy() for one in ("renewals", "rest")))
        moved = _moved(model, part, name[1], weeks, rate)
        for column, each in zip(("renews_low", "renews_high", *MOVED), (*ends, *moved),
                                strict=True):  # fmt: skip
            made = made.append_column(column, pa.array(each, from_pandas=True))
        parts.append(made.cast(sql.OUTLOOK))
    engine.load("_contract_outlook", pa.concat_tables(parts).combine_chunks())


def _ahead(model: Any, part: pa.Table, period: str, weeks: float, rate: float) -> Ahead:
    renewals, due, rest = (
        np.asarray(part[name].to_numpy(), dtype=np.float64)
        for name in ("renewals", "due_days", "rest")
    )
    return look_ahead(model, renewals, due, rest, period, horizon_weeks=weeks, discount_rate=rate)


def _moved(model: Any, part: pa.Table, period: str, weeks: float, rate: float) -> Floats:
    """Return how far each direction of the parameters moves the factor of each cell; (4, n).

    Models of segments are taken to err together, each direction the way in which more stay: what
    is made of several then errs by rather more than it does. NaN where nothing tells the error.
    """
    out = np.zeros((len(MOVED), part.num_rows))
    if not known_error(model):
        return np.full_like(out, np.nan)
    params = np.array(list(model.params_.values()))
    for place, step in enumerate(directions(model.covariance_).T * SMALL):
        up, down = model.at(params + step), model.at(params - step)
        ends = [_ahead(at, part, period, weeks, rate).factor for at in (up, down)]
        stay = np.sum(np.asarray(up.survival(_LIVED)) - np.asarray(down.survival(_LIVED)))
        out[place] = (ends[0] - ends[1]) / (2 * SMALL) * (-1 if stay < 0 else 1)
    return out


def _model(choice: Choice, key: Key) -> Any:
    """Return the model of a plan and cohort; of one that came up since, that of the widest."""
    if key in choice.models:
        return choice.models[key]
    for other in sorted(choice.models):
        if other[0] == key[0]:
            return choice.models[other]
    return choice.models[sorted(choice.models)[0]]


def _parts(running: pa.Table) -> Iterator[tuple[tuple[str, str], Key, pa.Table]]:
    """Yield the cells of each source and period, plan and cohort; they come sorted by these."""
    if not running.num_rows:
        return
    names = [running[one].to_pylist() for one in ("source", "period", "plan", "cohort")]
    place = 0
    for (source, period, plan, cohort), rows in groupby(zip(*names, strict=True)):
        many = sum(1 for _ in rows)
        yield (source, period), (plan, cohort), running.slice(place, many)
        place += many


def _groups(engine: Engine) -> list[tuple[str, str]]:
    rows = engine.arrow("SELECT DISTINCT source, period FROM _contracts ORDER BY source, period")
    return [(row["source"], row["period"]) for row in rows.to_pylist()]


def _of(row: dict[str, Any]) -> tuple[str, str]:
    return row["source"], row["period"]


def _cut(engine: Engine, as_of: date, weeks: int) -> date:
    """Return from which day on renewals are held back: a third of the time, at most a horizon."""
    first = engine.scalar("SELECT min(started) FROM _contracts")
    first = first if isinstance(first, date) else date.fromisoformat(str(first)[:10])
    return as_of - timedelta(days=min(weeks * 7, max((as_of - first).days // 3, 1)))


def _worths(
    name: tuple[str, str], choice: Choice, whole: dict[Key, Renewals], weeks: float, rate: float
) -> list[dict[str, Any]]:
    """Return what a contract is worth that renews, by the number of the renewal."""
    out = []
    for (plan, cohort), one in sorted(whole.items()):
        renewal = np.arange(1.0, len(one.due) + 1)
        worth = worth_at_renewal(
            choice.models[plan, cohort], renewal, name[1],
            horizon_weeks=weeks, discount_rate=rate,
        )  # fmt: skip
        out += [
            {"source": name[0], "period": name[1], "plan": plan, "cohort": cohort,
             "renewal": int(k), "worth": float(each)}
            for k, each in zip(renewal, worth, strict=True)
        ]  # fmt: skip
    return out


def _counted(
    name: tuple[str, str], whole: dict[Key, Renewals], choice: Choice | None
) -> list[dict[str, Any]]:
    """Return the rows of ``contract_renewals``: a plan's renewals beside what the model says."""
    out = []
    for plan in sorted({key[0] for key in whole}):
        mine = {key: one for key, one in whole.items() if key[0] == plan}
        total = sum_up(mine.values())
        came = len(total.due)
        expected, there = np.full(came, np.nan), np.full(came, np.nan)
        if choice is not None:
            number = np.arange(1.0, came + 1)
            kept, held, begun = np.zeros(came), np.zeros(came), 0.0
            for key, one in mine.items():
                model = choice.models[key]
                kept += np.asarray(model.retention(number)) * np.pad(
                    one.due, (0, came - len(one.due))
                )
                first = float(one.due.max(initial=0.0))
                held += np.asarray(model.survival(number)) * first
                begun += first
            np.divide(kept, total.due, out=expected, where=total.due > 0)
            there = held / begun if begun else there
        for i in np.flatnonzero(total.due > 0):
            out.append({
                "source": name[0], "period": name[1], "plan": plan, "renewal": int(i) + 1,
                "due": int(total.due[i]), "left": int(total.left[i]),
                "renewed": float(1 - total.left[i] / total.due[i]),
                "expected": _known(expected[i]), "still_there": _known(there[i]),
            })  # fmt: skip
    return out


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def contract_worth(
    engine: Engine, name: str, source: str, account: Mapping[str, Any], since: date, until: date
) -> None:
    """Make table ``name``: what each customer's contracts in a source are worth on ``until``.

    Args:
        engine: Holds what `know_contracts` left.
        name: Of the table; its columns are those of `_equity_sql.WORTH`.
        source: Of the contracts.
        account: What `value_contracts` completed.
        since: What was paid after this day counts as earned.
        until: The day.
    """
    engine.save("_contract_rows_at", sql.rows_sql(until.isoformat(), since.isoformat()), sql.ROWS)
    running = engine.arrow(sql.running_sql("_contract_rows_at"))
    weeks, rate = float(account["horizon_weeks"]), float(account["discount_rate"])
    load_outlook(engine, running, known_choices(account), weeks, rate)
    margin = account["contracts"]["margin"]
    share = 1.0 if margin is None else float(margin)
    engine.save(name, sql.worth_sql(share, source, until.isoformat()), WORTH)
    engine.drop("_contract_rows_at", "_contract_outlook")


def known_choices(account: Mapping[str, Any]) -> dict[tuple[str, str], Choice]:
    """Return the models that an account holds, made again."""
    kinds = {kind.name: kind for kind in KINDS}
    out = {}
    for one in account["contracts"]["models"]:
        kind = kinds[one["kind"]]
        models: dict[Key, Any] = {
            (plan, cohort): kind.known(dict(zip(kind.parameters, params, strict=True)), covariance)
            for plan, cohort, params, covariance in one["models"]
        }
        out[one["source"], one["period"]] = Choice(models, {}, "", one["kind"])
    return out
