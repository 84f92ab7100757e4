"""Companies whose customers buy by known parameters: what an interval should hold is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from goodwill.engine import DuckDBEngine
from goodwill.tables import DERIVED, FACTS
from goodwill.value import PARTS, value_customers
from goodwill.value import _equity as equity
from goodwill.value._bg import BGNBD
from goodwill.value._known import model_of, spend_of
from goodwill.value._outlook import discounted_purchases
from goodwill.value._spend import known_spend

WEEKS, AHEAD, RATE = 70, 52, 0.1
START = date(2024, 1, 1)
PURCHASES = BGNBD.known({"r": 0.8, "alpha": 6.0, "a": 0.6, "b": 2.5})
SPEND = known_spend(
    {"name": "gamma_gamma", "params": {"p": 4.0, "q": 3.7, "v": 1540.0}, "relative_error": 0.0,
     "levels": [0.0], "pull": 0.0, "noise": 0.0}
)  # fmt: skip


@dataclass(frozen=True)
class Company:
    """Purchases by day, up to `WEEKS` and in the `AHEAD` weeks after; and what was found."""

    past: pd.DataFrame
    later: pd.DataFrame
    engine: DuckDBEngine
    account: Mapping[str, Any]


def company(rng: np.random.Generator, customers: int) -> Company:
    """Return a company that has followed its equity through its last month."""
    bought = _purchases(rng, customers)
    last = START + timedelta(weeks=WEEKS)
    past, later = bought[bought["day"] < last], bought[bought["day"] >= last]
    engine = DuckDBEngine()
    at = pd.to_datetime(past["day"]).dt.tz_localize("UTC") + pd.Timedelta(hours=12)
    order = [f"o{number}" for number in range(len(past))]
    rows = past.assign(source="shop", order_id=order, order_number=order, at=at, kind="order",
                       currency="EUR", customer_ref=past["customer"])  # fmt: skip
    columns = [name for name in FACTS["orders"].schema.names if name in rows]
    orders = pa.Table.from_pandas(rows[columns], preserve_index=False)
    for name in FACTS["orders"].schema.names:
        if name not in orders.column_names:
            kind = FACTS["orders"].schema.field(name).type
            orders = orders.append_column(name, pa.nulls(len(rows), kind))
    engine.load("orders", orders.select(FACTS["orders"].schema.names))
    owners = {"source": rows["source"], "order_id": order, "customer_id": past["customer"]}
    engine.load("order_customers", pa.table({key: list(of) for key, of in owners.items()}))
    for name in ("messages", "promises"):
        engine.load(name, DERIVED[name].schema.empty_table())
    account = value_customers(
        engine, currency="EUR", margin=1.0, discount_rate=RATE, horizon_weeks=AHEAD
    )
    equity.follow_equity(engine, account)
    return Company(past, later, engine, account)


def _purchases(rng: np.random.Generator, customers: int) -> pd.DataFrame:
    """Return customer, day and amount of each purchase; no two of a customer on one day."""
    r, alpha, a, b = PURCHASES.params_.values()
    p, q, v = (SPEND.params[name] for name in "pqv")
    out: dict[tuple[str, int], int] = {}
    for number in range(customers):
        rate, leaves, level = rng.gamma(r, 1 / alpha), rng.beta(a, b), v / rng.gamma(q)
        week, stays = rng.uniform(0, 0.9 * WEEKS), True
        first = week
        while stays and week < WEEKS + AHEAD:
            key = (f"c{number}", int(week * 7))
            out[key] = out.get(key, 0) + round(level * rng.gamma(p)) + 1
            stays = week == first or rng.random() >= leaves
            week += rng.exponential(1 / rate)
    days = [START + timedelta(days=day) for _, day in out]
    return pd.DataFrame(
        {"customer": [name for name, _ in out], "day": days, "amount": list(out.values())}
    )


def customers_held(made: Company) -> dict[str, float]:
    """Return the share of customers whose orders, and whose P(alive), the intervals held.

    Of P(alive) those alone who bought twice: of the others BG/NBD says that they are alive.
    """
    found = made.engine.arrow("SELECT * FROM customer_value").to_pandas().set_index("customer_id")
    then = history(made.past, made.past["day"].max())
    came = made.later.groupby("customer")["day"].nunique().reindex(found.index).fillna(0)
    true = pd.Series(PURCHASES.p_alive(then["x"], then["t_x"], then["T"]), then.index)
    again = then["x"] > 0
    true = true[again].reindex(found.index).dropna()
    mine = found.loc[true.index]
    orders = (came >= found["expected_orders_low"]) & (came <= found["expected_orders_high"])
    alive = (true >= mine["p_alive_low"] - 1e-9) & (true <= mine["p_alive_high"] + 1e-9)
    return {"orders": float(orders.mean()), "P(alive)": float(alive.mean())}


def parts_missed(made: Company) -> dict[str, float]:
    """Return by how much each part of the last month's change was missed, in half intervals.

    The truth is what the true parameters say of the same customers' histories; who is in which
    part is taken as found.
    """
    one = made.account["sources"]["shop"]
    rows = made.engine.arrow("SELECT * FROM equity_months ORDER BY month").to_pandas()
    rows = rows[rows["until"] == rows["until"].max()].set_index("part")
    until = rows["until"].iloc[0]
    begun = rows["month"].iloc[0] - timedelta(days=1)
    histories = history(made.past, begun), history(made.past, until)
    was, now = (worth(model_of(one), spend_of(one), each) for each in histories)
    true_was, true_now = (worth(PURCHASES, SPEND, each) for each in histories)
    change = now["worth"] - was["worth"].reindex(now.index).fillna(0)
    truth = true_now["worth"] - true_was["worth"].reindex(now.index).fillna(0)
    before = was["worth"].round().reindex(now.index).fillna(0)
    after = now["worth"].round()
    part = pd.Series(
        np.select(
            [now["first"] > begun, now["alive"] < equity.sql.GONE,
             after > before * (1 + equity.sql.SIMILAR), after < before * (1 - equity.sql.SIMILAR)],
            ["new", "lost", "growing", "shrinking"], "kept",
        ), now.index,
    )  # fmt: skip
    out = {}
    for name in (*PARTS[1:], "all"):
        mine = part == name if name != "all" else part != ""
        half = (rows["change_high"][name] - rows["change_low"][name]) / 2
        if mine.sum() >= 5 and half > 0:
            out[name] = float((change - truth)[mine].sum() / half)
    return out


def history(bought: pd.DataFrame, until: date) -> pd.DataFrame:
    """Return each customer's history on a day: x, t_x and T in weeks, first day and money."""
    seen = bought[bought["day"] <= until].groupby("customer")
    days = seen["day"].agg(["count", "min", "max"])
    return pd.DataFrame(
        {
            "x": days["count"] - 1.0, "first": days["min"], "net": seen["amount"].sum(),
            "t_x": [(b - a).days / 7 for a, b in zip(days["min"], days["max"], strict=True)],
            "T": [(until - a).days / 7 for a in days["min"]],
        }
    )  # fmt: skip


def worth(model: Any, spend: Any, then: pd.DataFrame) -> pd.DataFrame:
    x, t_x, T, net = (then[name].to_numpy(float) for name in ("x", "t_x", "T", "net"))
    base, slope = spend.base_and_slope(x + 1)
    worth = (base + net) * slope * discounted_purchases(model, x, t_x, T, AHEAD, RATE)
    alive = np.asarray(model.p_alive(x, t_x, T))
    return pd.DataFrame({"worth": worth, "alive": alive, "first": then["first"]}, then.index)
