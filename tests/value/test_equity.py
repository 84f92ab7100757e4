"""Customer equity through the months, against a brute-force twin; and the ledger of forecasts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from simulated import as_orders, buy_till_you_die
from test_value_customers import load

from goodwill.engine import DuckDBEngine, Engine
from goodwill.tables import ACCOUNTS, DERIVED
from goodwill.value import _equity, doubt, follow_equity, keep_ledger, replay, value_customers
from goodwill.value._forecasts import expect_now, group_name, settle
from goodwill.value._known import model_of, spend_of
from goodwill.value._outlook import discounted_purchases

SETTINGS = {"currency": "EUR", "margin": 0.4, "discount_rate": 0.1, "horizon_weeks": 52}


@pytest.fixture(scope="module")
def shop() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    return as_orders(buy_till_you_die(rng, 400, 0.8, 6.0, 0.6, 2.5, 70), rng)


def prepared(engine: Engine, orders: pd.DataFrame) -> dict[str, Any]:
    load(engine, orders.assign(region="North", product="Lamp"))
    for name in ("messages", "promises", "problem_effects", "themes"):
        engine.load(name, DERIVED[name].schema.empty_table())
    lines = engine.arrow("SELECT *, 'North' AS region, 'Lamp' AS product FROM orders")
    engine.load("orders", lines)
    return value_customers(engine, **SETTINGS)


@pytest.fixture(scope="module")
def made(shop: pd.DataFrame) -> tuple[DuckDBEngine, dict[str, Any], pd.DataFrame]:
    """One engine that has followed the shop's equity, and a first order's promises."""
    engine = DuckDBEngine()
    account = prepared(engine, shop)
    first = shop.sort_values("at").groupby("customer_ref").head(1).reset_index(drop=True)
    broken = first.index % 4 == 0
    rows = [
        {"promise_id": f"p{n}", "kind": "delivery", "source": "shop",
         "customer_id": f"shop:{row.customer_ref}", "made_at": row.at,
         "due_at": row.at + pd.Timedelta(days=3), "status": "broken" if broken[n] else "kept"}
        for n, row in enumerate(first.itertuples())
    ]  # fmt: skip
    schema = DERIVED["promises"].schema
    engine.load("promises", pa.Table.from_pylist(rows, schema=schema))
    follow_equity(engine, account)
    return engine, account, first.assign(broken=broken)


def test_it_is_the_same_on_every_engine(
    engine: Engine, agree: Callable[..., None], shop: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_equity, "MOST_MONTHS", 2)
    account = prepared(engine, shop)
    follow_equity(engine, account)
    assert engine.scalar("SELECT count(*) FROM equity_months") == 2 * 6
    assert engine.scalar("SELECT count(*) FROM equity_segments") > 3
    assert engine.scalar("SELECT count(*) FROM first_days") > 3
    agree("equity_months", "equity_segments", "first_days")


def test_the_parts_add_up_to_the_values_of_all_customers(made: Any) -> None:
    engine, account, _ = made
    months = engine.arrow("SELECT * FROM equity_months").to_pandas()
    parts = months[months["part"] != "all"].groupby("month")
    whole = months[months["part"] == "all"].set_index("month").sort_index()
    for name in ("customers", "equity", "equity_before", "earned"):
        assert (parts[name].sum() == whole[name]).all()
    # One month ends as the next begins, and the last is today.
    assert (whole["equity"].iloc[:-1].to_numpy() == whole["equity_before"].iloc[1:]).all()
    today = engine.scalar("SELECT sum(lifetime_value) FROM customer_value")
    assert whole["equity"].iloc[-1] == today
    assert account["equity"]["value"] == pytest.approx(today, abs=400)
    sources = engine.arrow("SELECT * FROM equity_segments WHERE dimension = 'source'").to_pylist()
    assert sources[0]["equity"] == today
    assert sources[0]["troubled_people"] < 400


def test_a_past_month_is_what_a_brute_force_finds(shop: pd.DataFrame, made: Any) -> None:
    engine, account, _ = made
    one = account["sources"]["shop"]
    model, spend = model_of(one), spend_of(one)

    def worth(until: date) -> pd.DataFrame:
        seen = shop.assign(day=shop["at"].dt.date)
        seen = seen[seen["day"] <= until]
        days = seen.groupby("customer_ref")["day"].agg(["nunique", "min", "max"])
        net = seen.groupby("customer_ref")["amount"].sum()
        x = (days["nunique"] - 1).to_numpy(float)
        recency = np.array([(b - a).days for a, b in zip(days["min"], days["max"], strict=True)])
        age = np.array([(until - a).days for a in days["min"]])
        base, slope = spend.base_and_slope(days["nunique"].to_numpy(float))
        bought = discounted_purchases(model, x, recency / 7, age / 7, 52, 0.1)
        alive = model.p_alive(x, recency / 7, age / 7)
        value = np.round((base + net.to_numpy()) * slope * bought * 0.4)
        return pd.DataFrame({"value": value, "alive": alive, "first": days["min"]}, days.index)

    row = engine.arrow(
        "SELECT DISTINCT month, until FROM equity_months ORDER BY month LIMIT 1 OFFSET 9"
    ).to_pylist()[0]
    begun = row["month"] - timedelta(days=1)
    now, before = worth(row["until"]), worth(begun)
    was = before["value"].reindex(now.index).fillna(0)
    part = np.select(
        [now["first"] > begun, now["alive"] < 0.5, now["value"] > 1.1 * was,
         now["value"] < 0.9 * was],
        ["new", "lost", "growing", "shrinking"], "kept",
    )  # fmt: skip
    found = engine.arrow(
        f"SELECT * FROM equity_months WHERE month = DATE '{row['month']}' AND part <> 'all'"
    ).to_pandas()
    found = found.set_index("part")
    assert set(part) <= set(found.index)
    for name in found.index:
        mine = part == name
        assert found["customers"][name] == mine.sum()
        assert found["equity"][name] == pytest.approx(
            now["value"][mine].sum(), abs=float(mine.sum())
        )
        assert found["equity_before"][name] == pytest.approx(
            was[mine].sum(), abs=float(mine.sum()) + 1
        )


def test_the_first_ninety_days_are_counted_by_the_first_order_and_its_promise(
    shop: pd.DataFrame, made: Any
) -> None:
    engine, _, first = made
    table = engine.arrow("SELECT * FROM first_days").to_pandas()
    found = table.drop(columns=["source", "month"]).sum()
    last = shop["at"].max().date()
    expected = dict.fromkeys(("customers", "again", "broken", "broken_again", "spent"), 0)
    bought = dict(list(shop.groupby("customer_ref")))
    for row in first.itertuples():
        begun = row.at.date()
        if (last - begun).days < 90:
            continue
        mine = bought[row.customer_ref]
        days = mine["at"].dt.date
        near = mine[days <= begun + timedelta(days=90)]
        again = int((near["at"].dt.date > begun).any())
        expected["customers"] += 1
        expected["again"] += again
        expected["broken"] += int(row.broken)
        expected["broken_again"] += again * int(row.broken)
        expected["spent"] += int(near["amount"].sum())
    assert {name: found[name] for name in expected} == expected
    assert found["kept"] == expected["customers"] - expected["broken"]


def test_forecasts_replayed_on_a_company_that_buys_as_the_model_says_hold() -> None:
    rng = np.random.default_rng(3)
    orders = as_orders(buy_till_you_die(rng, 1500, 0.8, 6.0, 0.6, 2.5, 110), rng)
    engine = DuckDBEngine()
    account = prepared(engine, orders)
    before = dict(account["equity"])
    rows = replay(engine, account)
    held = [row["held"] for row in rows]
    assert len(held) > 30
    assert np.mean(held) > 0.9
    assert {row["figure"] for row in rows} == {
        "expected_orders", "expected_spend", "customers_returning"
    }  # fmt: skip
    assert all(row["due_on"] <= date.fromisoformat(account["sources"]["shop"]["as_of"])
               for row in rows)  # fmt: skip
    # The intervals are made of what was due by then: the first knows nothing, the last something.
    orders_ahead = [r for r in rows if r["figure"] == "expected_orders" and r["weeks"] == 13]
    widths = [row["high"] / row["low"] for row in orders_ahead]
    assert widths[-1] < widths[0]
    doubt(account, rows)
    assert account["equity"]["low"] < before["low"] < before["high"] < account["equity"]["high"]


def test_a_forecast_is_stored_once_settled_once_and_never_changed(shop: pd.DataFrame) -> None:
    empty = [ACCOUNTS[name].schema.empty_table() for name in ("forecasts", "outcomes")]
    engine = DuckDBEngine()
    cut = shop["at"].max() - pd.Timedelta(weeks=15)
    past = shop[shop["at"] < cut]
    account = prepared(engine, past)
    said, settled = keep_ledger(engine, account, replay(engine, account), *empty)
    assert said.num_rows > 5
    assert settled.num_rows == 0
    again = keep_ledger(engine, account, replay(engine, account), said, settled)
    assert [table.num_rows for table in again] == [0, 0]

    account = prepared(engine, shop)
    more, settled = keep_ledger(engine, account, replay(engine, account), said, empty[1])
    assert set(more["forecast_id"].to_pylist()).isdisjoint(said["forecast_id"].to_pylist())
    ledger = engine.arrow("SELECT * FROM ledger WHERE published").to_pandas()
    old = ledger[ledger["forecast_id"].isin(said["forecast_id"].to_pylist())]
    assert len(old) == said.num_rows
    joined = old.set_index("forecast_id").loc[said["forecast_id"].to_pylist()]
    assert joined["value"].tolist() == said["value"].to_pylist()
    due = old[old["outcome"].notna()]
    assert set(due["weeks"]) == {4, 13}
    assert settled.num_rows == len(due)
    # Against a brute force: purchase days of the customers known then, until the due date.
    row = due[(due["figure"] == "expected_orders") & (due["weeks"] == 13)].iloc[0]
    days = shop.assign(day=shop["at"].dt.date)
    known = set(days[days["day"] <= row["made_on"]]["customer_ref"])
    later = days[(days["day"] > row["made_on"]) & (days["day"] <= row["due_on"])]
    later = later[later["customer_ref"].isin(known)]
    assert row["outcome"] == later.groupby("customer_ref")["day"].nunique().sum()
    # Settled, it is left alone, even where the orders have changed since.
    third = keep_ledger(engine, account, [], pa.concat_tables([said, more]), settled)
    assert [table.num_rows for table in third] == [0, 0]


def test_a_group_that_is_another_one_by_now_is_not_judged(shop: pd.DataFrame) -> None:
    engine = DuckDBEngine()
    account = prepared(engine, shop)
    row = expect_now(engine, account)[0]
    moved = row | {"made_on": row["made_on"] - timedelta(weeks=10), "people": row["people"] + 100}
    judged = settle(engine, [moved | {"due_on": row["made_on"]}])[0]
    assert judged["outcome"] is None
    assert judged["held"] is None
    assert "customers are known of then" in judged["reason"]


def test_groups_have_names_without_gaps() -> None:
    names = [group_name(number) for number in range(16)]
    assert names[0] == "1 order, the last 0 to 13 weeks before"
    assert names[-1] == "8 or more orders, the last 52 or more weeks before"
    assert len(set(names)) == 16


def test_without_orders_there_is_nothing_to_follow() -> None:
    engine = DuckDBEngine()
    account = prepared(engine, pd.DataFrame(columns=["source", "order_id", "order_number",
        "customer_ref", "at", "kind", "amount", "margin", "currency"]))  # fmt: skip
    assert replay(engine, account) == []
    doubt(account, [])
    follow_equity(engine, account)
    empty = [ACCOUNTS[name].schema.empty_table() for name in ("forecasts", "outcomes")]
    keep_ledger(engine, account, [], *empty)
    for table in ("equity_months", "equity_segments", "first_days", "ledger"):
        assert engine.scalar(f"SELECT count(*) FROM {table}") == 0
