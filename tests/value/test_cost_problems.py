"""Costs of problems at refresh: the one pass in SQL says what `effect` says of each problem."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from _value_worlds import World, simulate
from goodwill.engine import DuckDBEngine, Engine
from goodwill.tables import DERIVED, FACTS
from goodwill.value import cost_problems, effect, rank_problems

OWNERS = pa.schema([(name, pa.string()) for name in ("source", "order_id", "customer_id")])


def table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    schema = {**FACTS, **DERIVED}[name].schema
    return pa.Table.from_pylist([{f.name: r.get(f.name) for f in schema} for r in rows], schema)


def fill(
    engine: Engine,
    orders: pa.Table,
    *,
    broken: set[int] = frozenset(),  # type: ignore[assignment]
    wrote: dict[int, list[tuple[int, int]]] | None = None,
    named: bool = True,
    currency: str = "EUR",
) -> None:
    """Load a shop: promises broken on these orders, and themes (order, days later) written of."""
    found = orders.to_pylist()
    when = {row["order_id"]: row["at"].replace(tzinfo=UTC) for row in found}
    whose = {row["order_id"]: f"shop:{row['customer_ref']}" for row in found}
    lines = [
        {"source": "shop", "order_id": str(r["order_id"]), "order_number": str(r["order_id"]),
         "customer_ref": str(r["customer_ref"]), "at": when[r["order_id"]], "kind": "order",
         "amount": 2000, "currency": currency}
        for r in found
    ]  # fmt: skip
    engine.load("orders", table("orders", lines))
    owners = [
        {"source": "shop", "order_id": str(i), "customer_id": who} for i, who in whose.items()
    ]
    engine.load("order_customers", pa.Table.from_pylist(owners, OWNERS))
    promises = [
        {"promise_id": f"p{i}", "kind": "delivery", "source": "shop", "customer_id": whose[i],
         "order_number": str(i), "made_at": when[i], "due_at": when[i], "status": "broken"}
        for i in sorted(broken)
    ]  # fmt: skip
    engine.load("promises", table("promises", promises))
    messages, episodes = [], []
    for theme, written in (wrote or {}).items():
        for order, days in written:
            at = when[order] + timedelta(days=days, hours=1)
            number = f"{theme}-{order}"
            messages.append(
                {"source": "shop", "contact_id": number, "at": at, "direction": "in",
                 "customer_id": whose[order], "theme_id": theme, "episode_id": number,
                 "order_id": str(order) if named else None}
            )  # fmt: skip
            episodes.append(
                {"episode_id": number, "customer_id": whose[order], "theme_id": theme,
                 "opened_at": at, "last_at": at, "status": "quiet"}
            )  # fmt: skip
    engine.load("messages", table("messages", messages))
    engine.load("episodes", table("episodes", episodes))
    themes = [{"theme_id": theme, "area_id": 0, "label": str(theme)} for theme in wrote or {}]
    engine.load("themes", table("themes", themes))


def costs(engine: Engine, **values: Any) -> dict[str, dict[str, Any]]:
    values = {"currency": "EUR", "margins": {"shop": 0.5}, "lifetime_factor": 2.0, **values}
    cost_problems(engine, **values)
    rows = engine.arrow("SELECT * FROM problem_effects").to_pylist()
    return {row["problem"]: row for row in rows}


@pytest.fixture(scope="module")
def shop() -> tuple[pa.Table, list[int]]:
    made = simulate(np.random.default_rng(3), World(customers=1500, mean=0.2, failures=0.08))
    orders = made.orders
    at = pa.compute.cast(orders["at"], pa.timestamp("us"))
    orders = orders.set_column(orders.schema.get_field_index("at"), "at", at)
    return orders, [int(i) for i in made.failures()]


def test_it_says_what_effect_says(
    engine: Engine, shop: tuple[pa.Table, list[int]], agree: Callable[..., None]
) -> None:
    orders, failures = shop
    fill(engine, orders, broken=set(failures))
    found = costs(engine)["promise:delivery"]
    twin = effect(orders, failures)
    assert found["orders"] == twin.failures
    assert found["matched"] == pytest.approx(twin.events, rel=0.02)
    assert found["effect"] == pytest.approx(twin.value, abs=0.15 * twin.standard_error)
    error = (found["effect_high"] - found["effect_low"]) / 2 / 1.959963984540054
    assert error == pytest.approx(twin.standard_error, rel=0.03)
    for name in ("lead_gap", "trend_gap", "plain_match"):
        alike = getattr(twin, name)
        assert found[name] == pytest.approx(float(alike), abs=0.2 * alike.standard_error)
    assert found["grade"] == twin.grade
    agree("problem_effects")


def test_a_theme_named_with_its_orders_is_measured_like_a_fault_on_them(
    shop: tuple[pa.Table, list[int]],
) -> None:
    orders, failures = shop
    engine = DuckDBEngine(threads=2)
    fill(engine, orders, broken=set(failures), wrote={7: [(i, 3) for i in failures]})
    found = costs(engine)
    for column in ("orders", "matched", "effect", "effect_low", "value_lost", "people"):
        assert found["theme:7"][column] == found["promise:delivery"][column] == found["all"][column]
    assert found["promises"]["effect"] == found["promise:delivery"]["effect"]
    engine.close()


def test_who_names_no_order_is_anchored_at_his_last_one_and_compared_with_like_pauses(
    shop: tuple[pa.Table, list[int]],
) -> None:
    """Writing long after the last order tells that none came since: that is no loss."""
    orders, _ = shop
    rng = np.random.default_rng(1)
    rows = orders.sort_by([("customer_ref", "ascending"), ("at", "ascending")]).to_pylist()
    free = [
        one["order_id"]
        for one, after in zip(rows, rows[1:], strict=False)
        if after["customer_ref"] != one["customer_ref"]
        or after["at"] - one["at"] > timedelta(days=20)
    ]
    picked = [int(i) for i in rng.choice(free, 1000, replace=False)]
    engine = DuckDBEngine(threads=2)
    fill(engine, orders, wrote={1: [(i, 20) for i in picked]}, named=False)
    pauses = costs(engine)["theme:1"]
    fill(engine, orders, wrote={1: [(i, 20) for i in picked]}, named=True)
    plain = costs(engine)["theme:1"]
    engine.close()
    assert pauses["effect_low"] <= 0 <= pauses["effect_high"]
    assert plain["effect_high"] < 0


def test_money_is_the_effect_times_the_margin_of_an_order(
    shop: tuple[pa.Table, list[int]],
) -> None:
    orders, failures = shop
    engine = DuckDBEngine(threads=2)
    fill(engine, orders, broken=set(failures))
    found = costs(engine)["promise:delivery"]
    assert found["order_value"] == 1000
    assert found["loss_per_order"] == pytest.approx(-1000 * found["effect"], abs=1)
    lost = -1000 * found["effect"] * found["orders_year"]
    assert found["value_lost"] == pytest.approx(lost, rel=1e-4)
    assert found["lifetime_lost"] == pytest.approx(2 * lost, rel=1e-4)
    assert found["value_lost_low"] < found["value_lost"] < found["value_lost_high"]
    assert costs(engine, lifetime_factor=None)["promise:delivery"]["lifetime_lost"] is None
    engine.close()


def test_money_in_another_currency_is_not_mixed_in(shop: tuple[pa.Table, list[int]]) -> None:
    orders, failures = shop
    engine = DuckDBEngine(threads=2)
    fill(engine, orders, broken=set(failures), currency="USD")
    found = costs(engine)["promise:delivery"]
    engine.close()
    assert found["effect"] is not None
    assert found["value_lost"] is found["order_value"] is found["loss_per_order"] is None


def test_allocated_shares_count_each_order_once_and_leave_a_rest(
    shop: tuple[pa.Table, list[int]],
) -> None:
    orders, failures = shop
    engine = DuckDBEngine(threads=2)
    both = [(i, 3) for i in failures]
    fill(engine, orders, wrote={1: both, 2: both})
    found = costs(engine)
    engine.close()
    one, two, whole = found["theme:1"], found["theme:2"], found["all"]
    assert one["value_lost"] == two["value_lost"] == whole["value_lost"]
    assert one["allocated"] + two["allocated"] == pytest.approx(whole["value_lost"], abs=2)
    assert whole["allocated"] == pytest.approx(0, abs=2)
    assert whole["allocated_low"] < 0 < whole["allocated_high"]


def test_a_problem_of_few_orders_has_no_effect_and_says_why(
    shop: tuple[pa.Table, list[int]],
) -> None:
    orders, failures = shop
    engine = DuckDBEngine(threads=2)
    fill(engine, orders, wrote={1: [(i, 3) for i in failures[:5]]})
    found = costs(engine)["theme:1"]
    engine.close()
    assert found["effect"] is found["value_lost"] is None
    assert "could be compared (it takes 10)" in found["reason"]


def test_without_orders_nothing_is_made_up() -> None:
    engine = DuckDBEngine(threads=2)
    fill(engine, table("orders", []).select(["order_id", "customer_ref", "at", "amount"]))
    assert costs(engine) == {}
    engine.close()


def test_the_same_orders_give_the_same_table(shop: tuple[pa.Table, list[int]]) -> None:
    orders, failures = shop
    hashes = set()
    for threads in (1, 2):
        engine = DuckDBEngine(threads=threads)
        fill(engine, orders, broken=set(failures), wrote={1: [(i, 9) for i in failures[:200]]})
        costs(engine)
        hashes.add(engine.table_hash("problem_effects"))
        engine.close()
    assert len(hashes) == 1


def _ranked(engine: Engine, effects: list[dict[str, Any]], cost: float | None) -> list[Any]:
    start = datetime(2026, 1, 5, tzinfo=UTC)
    messages = [
        {"source": "s", "contact_id": f"{theme}-{i}", "at": start + timedelta(days=i),
         "direction": "in", "customer_id": f"c{i}", "theme_id": theme}
        for theme, count in ((1, 3), (2, 2), (3, 1)) for i in range(count)
    ]  # fmt: skip
    engine.load("messages", table("messages", messages))
    for name in ("episodes", "customer_value"):
        engine.load(name, table(name, []))
    engine.load("problem_effects", table("problem_effects", effects))
    engine.load("contract_effects", DERIVED["contract_effects"].schema.empty_table())
    rank_problems(engine, contact_cost=cost)
    return engine.arrow("SELECT * FROM problem_costs ORDER BY place").to_pylist()


def test_problems_are_ranked_by_the_avoidable_loss_and_ties_by_its_lower_end(
    engine: Engine, agree: Callable[..., None]
) -> None:
    effects = [
        {"problem": "theme:2", "theme_id": 2, "value_lost": 500, "value_lost_low": 400,
         "value_lost_high": 600, "refunds_year": 100},
        {"problem": "theme:3", "theme_id": 3, "value_lost": 600, "value_lost_low": -50,
         "value_lost_high": 1250, "refunds_year": 100},
    ]  # fmt: skip
    found = _ranked(engine, effects, 100.0)
    assert [row["theme_id"] for row in found] == [2, 3, 1]
    assert [row["avoidable"] for row in found] == [800, 800, 300]
    assert [row["avoidable_low"] for row in found] == [700, 200, 300]
    agree("problem_costs")


def test_a_gain_takes_nothing_off_the_cost_to_serve(engine: Engine) -> None:
    effects = [
        {"problem": "theme:1", "theme_id": 1, "value_lost": -900, "value_lost_low": -1800,
         "value_lost_high": 10, "refunds_year": 0}
    ]  # fmt: skip
    row = next(r for r in _ranked(engine, effects, 100.0) if r["theme_id"] == 1)
    assert (row["avoidable"], row["avoidable_low"], row["avoidable_high"]) == (300, 300, 310)


def test_without_money_problems_stand_as_before_and_cost_nothing_known(engine: Engine) -> None:
    found = _ranked(engine, [], None)
    assert [row["theme_id"] for row in found] == [1, 2, 3]
    assert {row["avoidable"] for row in found} == {row["serve_cost"] for row in found} == {None}
