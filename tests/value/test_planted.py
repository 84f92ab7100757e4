"""Losses planted into orders are found as they were planted, and kept until the orders change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from simulated import as_orders, buy_till_you_die
from test_value_customers import SETTINGS, load

from _value_worlds import World, simulate
from goodwill.engine import DuckDBEngine
from goodwill.errors import NotEnoughData
from goodwill.value import plant_effects, value_customers
from goodwill.value._planted import Purchases, plant_once


@pytest.fixture(scope="module")
def bought() -> Purchases:
    shop = simulate(np.random.default_rng(5), World(customers=5000, failures=0.0001))
    orders = shop.orders
    seconds = orders["at"].cast("int64").to_numpy() // 86_400 * 86_400
    return Purchases(orders["customer_ref"].to_numpy().astype(np.int64), seconds)


def test_what_was_planted_is_found(bought: Purchases) -> None:
    runs = [
        plant_once(np.random.default_rng(n), bought, taken=0.3, power=0.5 * (n % 2))
        for n in range(24)
    ]
    off = np.array([run["found"] - run["planted"] for run in runs])
    planted = np.mean([run["planted"] for run in runs])
    assert planted > 0.3
    assert abs(off.mean()) < max(0.06 * planted, 3 * off.std() / np.sqrt(len(off)))
    inside = sum(abs(run["found"] - run["planted"]) <= run["reach"] for run in runs)
    assert inside >= 20


def test_where_nothing_is_planted_nothing_is_found(bought: Purchases) -> None:
    run = plant_once(np.random.default_rng(1), bought, taken=0.0, power=1.0)
    assert run["planted"] == 0.0
    assert abs(run["found"]) < 2 * run["reach"]


def test_too_few_orders_are_refused_with_the_reason() -> None:
    few = Purchases(np.arange(50), np.arange(50) * 86_400)
    with pytest.raises(NotEnoughData, match="too few to plant"):
        plant_once(np.random.default_rng(1), few, taken=0.3, power=0.0)


def test_the_answer_is_kept_until_the_orders_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(7)
    orders = as_orders(buy_till_you_die(rng, 900, 2.0, 8.0, 0.2, 6.0, 130), rng)
    engine, keep = DuckDBEngine(), tmp_path / "cache" / "planted.json"

    def made(orders: pd.DataFrame) -> dict[str, Any]:
        load(engine, orders)
        value_customers(engine, **SETTINGS)
        return plant_effects(engine, keep=keep, plants=6)

    first = made(orders)
    assert first["reason"] == "" and first["plants"] == 4 and first["harmless"] == 2
    json.dumps(first)
    calls: list[int] = []

    def count(*args: Any, **more: Any) -> dict[str, float]:
        calls.append(1)
        return plant_once(*args, **more)

    monkeypatch.setattr("goodwill.value._planted.plant_once", count)
    assert made(orders) == first
    assert not calls
    later = orders[orders["at"] < orders["at"].max() - pd.Timedelta(days=20)]
    assert made(later) != first
    assert calls
