"""Orders of a Book become a value for each customer, the same on every engine."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from simulated import as_orders, buy_till_you_die

from goodwill.engine import DuckDBEngine, Engine
from goodwill.tables import DERIVED
from goodwill.value import value_customers

COLUMNS = pa.schema(
    [("source", pa.string()), ("order_id", pa.string()), ("order_number", pa.string()),
     ("customer_ref", pa.string()), ("at", pa.timestamp("us", tz="UTC")), ("kind", pa.string()),
     ("amount", pa.int64()), ("margin", pa.int64()), ("currency", pa.string())]
)  # fmt: skip
SETTINGS = {"currency": "EUR", "margin": None, "discount_rate": 0.1, "horizon_weeks": 52}


def load(engine: Engine, orders: pd.DataFrame) -> None:
    table = pa.Table.from_pandas(orders, schema=COLUMNS, preserve_index=False)
    engine.load("orders", table)
    known = orders[orders["customer_ref"].notna()]
    joined = known[["source", "order_id"]].assign(
        customer_id=known["source"] + ":" + known["customer_ref"]
    )
    schema = pa.schema([(name, pa.string()) for name in ("source", "order_id", "customer_id")])
    engine.load("order_customers", pa.Table.from_pandas(joined, schema, preserve_index=False))


def customers(engine: Engine) -> pd.DataFrame:
    table = engine.arrow("SELECT * FROM customer_value ORDER BY customer_id")
    return table.to_pandas().set_index("customer_id")


@pytest.fixture(scope="module")
def shop() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    return as_orders(buy_till_you_die(rng, 400, 0.8, 6.0, 0.6, 2.5, 60), rng)


@pytest.fixture
def duckdb_engine() -> DuckDBEngine:
    return DuckDBEngine()


def line(orders: pd.DataFrame, customer: str, amount: int | None, **values: object) -> pd.DataFrame:
    row = {
        "source": "shop",
        "order_id": f"extra-{len(orders)}",
        "order_number": f"extra-{len(orders)}",
        "customer_ref": customer,
        "at": orders["at"].max(),
        "kind": "order",
        "amount": amount,
        "margin": None,
        "currency": "EUR",
        **values,
    }
    return pd.concat([orders, pd.DataFrame([row])], ignore_index=True)


def test_it_works_the_same_on_every_engine(
    engine: Engine, agree: Callable[..., None], shop: pd.DataFrame
) -> None:
    load(engine, shop)
    said = value_customers(engine, **SETTINGS)
    found = customers(engine)
    assert engine.arrow("SELECT * FROM customer_value").schema.names == (
        DERIVED["customer_value"].schema.names
    )
    assert len(found) == 400
    assert found["lifetime_value"].notna().all()
    assert (found["lifetime_value_low"] <= found["lifetime_value"]).all()
    assert (found["lifetime_value"] <= found["lifetime_value_high"]).all()
    assert found["p_alive"].between(0, 1).all()
    for name in ("expected_orders", "p_alive"):
        assert (found[f"{name}_low"] <= found[name]).all()
        assert (found[name] <= found[f"{name}_high"]).all()
    assert found["p_alive_high"].max() <= 1
    assert said["sources"]["shop"]["model"] in ("bg_nbd", "mbg_nbd")
    assert said["equity"]["low"] < found["lifetime_value"].sum() < said["equity"]["high"]
    json.dumps(said)
    agree("customer_value")


def test_expected_orders_come_true_within_the_noise(duckdb_engine: DuckDBEngine) -> None:
    rng = np.random.default_rng(11)
    times = buy_till_you_die(rng, 3000, 0.8, 6.0, 0.6, 2.5, 112)
    cut = 60
    past = [one[one < cut] for one in times]
    past = [one for one in past if len(one)]
    load(duckdb_engine, as_orders(past, rng))
    value_customers(duckdb_engine, **SETTINGS)
    expected = customers(duckdb_engine)["expected_orders"].sum()
    bought = sum(int((one >= cut).sum()) for one in times if one[0] < cut)
    assert bought == pytest.approx(expected, rel=0.1)


def test_customer_intervals_hold_what_was_spent(duckdb_engine: DuckDBEngine) -> None:
    rng = np.random.default_rng(13)
    times = buy_till_you_die(rng, 2000, 0.8, 6.0, 0.6, 2.5, 112)
    orders = as_orders(times, rng)
    cut = orders["at"].min() + pd.Timedelta(weeks=60)
    load(duckdb_engine, orders[orders["at"] < cut])
    value_customers(duckdb_engine, **{**SETTINGS, "discount_rate": 0.0})
    found = customers(duckdb_engine)
    later = orders[orders["at"] >= cut]
    spent = later.groupby("shop:" + later["customer_ref"])["amount"].sum()
    spent = spent.reindex(found.index).fillna(0)
    inside = (spent >= found["lifetime_value_low"]) & (spent <= found["lifetime_value_high"])
    # Counts are discrete, so the interval holds at least its 95 %.
    assert 0.93 <= inside.mean() <= 0.995


def test_a_refund_lowers_money_and_is_no_order(
    duckdb_engine: DuckDBEngine, shop: pd.DataFrame
) -> None:
    one = shop[shop["customer_ref"] == "C-00003"]
    load(duckdb_engine, shop)
    value_customers(duckdb_engine, **SETTINGS)
    before = customers(duckdb_engine).loc["shop:C-00003"]
    amount = int(one["amount"].sum() // 2)
    load(duckdb_engine, line(shop, "C-00003", amount, kind="refund"))
    value_customers(duckdb_engine, **SETTINGS)
    after = customers(duckdb_engine).loc["shop:C-00003"]
    assert after["orders"] == before["orders"] == len(one)
    assert after["revenue"] == before["revenue"] - amount
    assert (before["refunded"], after["refunded"]) == (0, amount)
    assert after["lifetime_value"] < before["lifetime_value"]
    assert after["expected_orders"] == pytest.approx(before["expected_orders"])


def test_money_in_another_currency_is_left_out_and_said(
    duckdb_engine: DuckDBEngine, shop: pd.DataFrame
) -> None:
    load(duckdb_engine, line(shop, "C-00003", 10_000_000, currency="USD"))
    said = value_customers(duckdb_engine, **SETTINGS)
    revenue = customers(duckdb_engine).loc["shop:C-00003", "revenue"]
    assert revenue == shop.loc[shop["customer_ref"] == "C-00003", "amount"].sum()
    assert said["lines"]["other_currency"] == 1
    assert said["coverage"] == pytest.approx(len(shop) / (len(shop) + 1))
    assert any("not in EUR" in note for note in said["notes"])


def test_a_line_without_currency_counts_as_the_books(
    duckdb_engine: DuckDBEngine, shop: pd.DataFrame
) -> None:
    load(duckdb_engine, shop.assign(currency=None))
    said = value_customers(duckdb_engine, **SETTINGS)
    assert said["coverage"] == 1.0
    assert customers(duckdb_engine)["revenue"].sum() == shop["amount"].sum()


def test_margin_scales_the_value_and_is_taken_from_orders_when_they_have_it(
    duckdb_engine: DuckDBEngine, shop: pd.DataFrame
) -> None:
    load(duckdb_engine, shop)
    revenue = value_customers(duckdb_engine, **SETTINGS)
    half = value_customers(duckdb_engine, **{**SETTINGS, "margin": 0.5})
    assert half["equity"]["value"] == pytest.approx(revenue["equity"]["value"] / 2, abs=1)
    assert any("lifetime value there is revenue" in note for note in revenue["notes"])
    assert half["notes"] == []
    load(duckdb_engine, shop.assign(margin=(shop["amount"] * 0.25).astype(int)))
    own = value_customers(duckdb_engine, **SETTINGS)
    assert own["sources"]["shop"]["basis"] == "margin of the orders"
    assert own["equity"]["value"] == pytest.approx(revenue["equity"]["value"] / 4, rel=0.001)


def test_nobody_who_bought_twice_means_no_value_and_the_reason(
    duckdb_engine: DuckDBEngine, shop: pd.DataFrame
) -> None:
    load(duckdb_engine, shop.drop_duplicates("customer_ref"))
    said = value_customers(duckdb_engine, **SETTINGS)
    found = customers(duckdb_engine)
    assert found["lifetime_value"].isna().all()
    assert found["revenue"].notna().all()
    assert said["equity"] == {}
    assert "two or more days" in said["notes"][0]


def test_no_orders_at_all_leave_an_empty_table_and_one_note(
    engine: Engine, agree: Callable[..., None], shop: pd.DataFrame
) -> None:
    load(engine, shop.iloc[:0])
    said = value_customers(engine, **SETTINGS)
    assert len(customers(engine)) == 0
    assert said["coverage"] is None
    assert len(said["notes"]) == 1
    agree("customer_value")


def test_two_sources_are_fitted_apart(duckdb_engine: DuckDBEngine, shop: pd.DataFrame) -> None:
    rng = np.random.default_rng(3)
    thin = as_orders(buy_till_you_die(rng, 8, 0.8, 6.0, 0.6, 2.5, 60), rng, source="stall")
    load(duckdb_engine, shop)
    alone = value_customers(duckdb_engine, **SETTINGS)
    load(duckdb_engine, pd.concat([shop, thin], ignore_index=True))
    both = value_customers(duckdb_engine, **SETTINGS)
    assert both["sources"]["shop"]["params"] == alone["sources"]["shop"]["params"]
    assert both["sources"]["stall"]["model"] is None
    assert customers(duckdb_engine).filter(like="stall:", axis=0)["p_alive"].isna().all()


def test_spend_that_grows_with_purchases_falls_back_to_the_shrunk_mean(
    duckdb_engine: DuckDBEngine, shop: pd.DataFrame
) -> None:
    orders = shop.copy()
    bought = orders.groupby("customer_ref")["order_id"].transform("count")
    orders["amount"] = (orders["amount"] * bought**1.5).astype(int)
    load(duckdb_engine, orders)
    said = value_customers(duckdb_engine, **SETTINGS)
    assert said["sources"]["shop"]["spend"] == "shrunk_mean"
    assert said["sources"]["shop"]["correlation"] > 0.3
    assert any("Gamma-Gamma does not hold" in note for note in said["notes"])
    assert customers(duckdb_engine)["lifetime_value"].notna().all()


def test_a_longer_horizon_is_worth_more_and_discounting_less(
    duckdb_engine: DuckDBEngine, shop: pd.DataFrame
) -> None:
    load(duckdb_engine, shop)
    values = [
        value_customers(duckdb_engine, **{**SETTINGS, **change})["equity"]["value"]
        for change in ({"horizon_weeks": 104}, {}, {"discount_rate": 0.5})
    ]
    assert values == sorted(values, reverse=True)


def test_a_customer_of_two_shops_has_one_row_with_both_futures(
    duckdb_engine: DuckDBEngine, shop: pd.DataFrame
) -> None:
    load(duckdb_engine, shop)
    value_customers(duckdb_engine, **SETTINGS)
    alone = customers(duckdb_engine)
    other = shop.assign(source="store", order_id="x" + shop["order_id"],
                        order_number="x" + shop["order_number"])  # fmt: skip
    load(duckdb_engine, pd.concat([shop, other], ignore_index=True))
    duckdb_engine.load(
        "order_customers",
        duckdb_engine.arrow(
            "SELECT source, order_id, replace(customer_id, 'store:', 'shop:') AS customer_id "
            "FROM order_customers"
        ),
    )
    value_customers(duckdb_engine, **SETTINGS)
    found = customers(duckdb_engine)
    assert found.index.is_unique and set(found.index) == set(alone.index)
    one, both = alone.loc["shop:C-00003"], found.loc["shop:C-00003"]
    assert both["orders"] == 2 * one["orders"]
    assert both["lifetime_value"] == pytest.approx(2 * one["lifetime_value"], abs=2)
    assert both["p_alive"] == pytest.approx(1 - (1 - one["p_alive"]) ** 2)
    half = one["lifetime_value_high"] - one["lifetime_value"]
    reach = both["lifetime_value_high"] - both["lifetime_value"]
    assert reach == pytest.approx(half * 2**0.5, rel=0.01)
