"""Gestures of goodwill: counted in cost to serve at the order that they name, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from _value_worlds import World, simulate
from goodwill.engine import DuckDBEngine, Engine
from goodwill.report.costs import NO_GESTURES, gestures_figure, gestures_words
from goodwill.settings import Settings
from goodwill.value import effect, rank_problems, rfm, value_customers
from value.test_cost_problems import cost_problems, fill, table

ASKED: dict[str, Any] = {"currency": "EUR", "margins": {}, "rules": ()}


@pytest.fixture(scope="module")
def shop() -> pa.Table:
    orders = simulate(np.random.default_rng(6), World(customers=600, mean=0.2, failures=0)).orders
    at = pa.compute.cast(orders["at"], pa.timestamp("us"))
    return orders.set_column(orders.schema.get_field_index("at"), "at", at)


def give(engine: Engine, gifts: list[dict[str, Any]]) -> None:
    """Add gestures to the orders; ``of`` is the order that each names."""
    known = {row["order_id"]: row for row in engine.arrow("SELECT * FROM orders").to_pylist()}
    rows = [
        {"source": "shop", "order_id": f"g{number}", "kind": "gesture", "currency": "EUR",
         "related_order_id": str(gift["of"]), "customer_ref": "1",
         "at": known[str(gift["of"])]["at"] + timedelta(days=9) if str(gift["of"]) in known
         else known["0"]["at"]} | {k: v for k, v in gift.items() if k != "of"}
        for number, gift in enumerate(gifts)
    ]  # fmt: skip
    whose = {row["order_id"]: row["customer_ref"] for row in rows}
    owners = engine.arrow("SELECT * FROM order_customers")
    more = [{"source": "shop", "order_id": name, "customer_id": f"shop:{ref}"}
            for name, ref in whose.items()]  # fmt: skip
    engine.load("orders", pa.concat_tables([table("orders", list(known.values())),
                                            table("orders", rows)]))  # fmt: skip
    engine.load("order_customers", pa.concat_tables(
        [owners, pa.Table.from_pylist(more, owners.schema)]))  # fmt: skip


def test_gestures_count_for_the_problem_that_hit_the_order_that_they_name(
    engine: Engine, shop: pa.Table, agree: Callable[..., None]
) -> None:
    rows = sorted(shop.to_pylist(), key=lambda row: (row["at"], row["order_id"]))
    late = [row for row in rows if row["at"] > rows[-1]["at"] - timedelta(weeks=51)]
    early = rows[:50]
    hit = [row["order_id"] for row in (*late[::9], *early)]
    fill(engine, shop, wrote={7: [(order, 3) for order in hit]})
    gifts = [{"of": row["order_id"], "amount": 500 + place} for place, row in enumerate(late[:120])]
    gifts += [{"of": late[0]["order_id"], "amount": -1000}, {"of": early[0]["order_id"],
              "amount": 700}, {"of": "unheard of", "amount": 900},
              {"of": late[0]["order_id"], "amount": 800, "currency": "USD"}]  # fmt: skip
    give(engine, gifts)
    known = cost_problems(engine, **ASKED)
    assert known == {"gestures": len(gifts) - 1, "placed": len(gifts) - 2}
    found = {row["problem"]: row for row in
             engine.arrow("SELECT * FROM problem_effects").to_pylist()}["theme:7"]  # fmt: skip
    # Plainly: what names an order of the last year that was hit, whatever its sign.
    ours = [gift for gift in gifts[:121] if gift["of"] in set(hit)]
    whose = {row["order_id"]: row["customer_ref"] for row in rows}
    assert found["gestures_year"] == sum(abs(gift["amount"]) for gift in ours)
    assert found["gestures"] == len(ours)
    assert found["gesture_people"] == len({whose[gift["of"]] for gift in ours})
    agree("problem_effects")
    for name in ("customer_value", "contract_effects"):
        engine.load(name, table(name, []))
    rank_problems(engine, contact_cost=100.0)
    cost = engine.arrow("SELECT * FROM problem_costs").to_pylist()[0]
    assert cost["serve_cost"] == (
        100 * cost["contacts_year"] + cost["refunds_year"] + cost["gestures_year"]
    )


def test_a_gesture_on_a_number_that_two_customers_bear_counts_once(
    engine: Engine, shop: pa.Table
) -> None:
    rows = shop.to_pylist()
    first, later = sorted(rows, key=lambda row: (row["at"], row["order_id"]))[-400:-398]
    assert first["customer_ref"] != later["customer_ref"]
    fill(engine, shop, wrote={7: [(row["order_id"], 3) for row in (first, later)]})
    same = engine.arrow("SELECT * FROM orders").to_pylist()
    for row in same:
        if row["order_id"] in (str(first["order_id"]), str(later["order_id"])):
            row["order_number"] = str(first["order_id"])
    engine.load("orders", table("orders", same))
    give(engine, [{"of": first["order_id"], "amount": 500}])
    assert cost_problems(engine, **ASKED) == {"gestures": 1, "placed": 1}


def test_a_gesture_is_no_purchase_and_no_refund(shop: pa.Table) -> None:
    seen = []
    for gifts in ([], [{"of": order, "amount": 900} for order in range(0, 200, 3)]):
        engine = DuckDBEngine(threads=1)
        fill(engine, shop, broken={1, 2, 3})
        give(engine, gifts)
        account = value_customers(
            engine, currency="EUR", margin=None, discount_rate=0.1, horizon_weeks=52
        )
        cost_problems(engine, **ASKED)
        values = engine.arrow("SELECT * FROM customer_value ORDER BY customer_id").to_pylist()
        harm = engine.arrow("SELECT * FROM problem_effects ORDER BY problem").to_pylist()
        mine = [{k: v for k, v in row.items() if "gesture" not in k} for row in harm]
        seen.append((values, mine, account["equity"]))
        assert {row["gestures_year"] is None for row in harm} == {not gifts}
    assert seen[0] == seen[1]
    orders = {"customer_ref": ["a", "a", "b"], "order_id": [1, 2, 3],
              "at": ["2025-01-01", "2025-02-01", "2025-03-01"], "amount": [10.0, 5.0, 7.0],
              "kind": ["order", "gesture", "order"]}  # fmt: skip
    cells = rfm(pa.table(orders))
    assert cells["frequency"].tolist() == [0.0, 0.0]
    assert cells.money.num_rows == 0
    given = shop.append_column("kind", pa.array(["order"] * shop.num_rows))
    row = given.slice(0, 1).set_column(
        given.schema.get_field_index("kind"), "kind", pa.array(["gesture"])
    )
    row = row.set_column(row.schema.get_field_index("order_id"), "order_id", pa.array([10**9]))
    failures = list(range(0, shop.num_rows, 25))
    both = [effect(one, failures) for one in (given, pa.concat_tables([given, row]))]
    assert both[0].value == both[1].value


def test_where_none_came_in_the_page_says_so() -> None:
    settings = Settings(book_id="b", name="Acme", currency="EUR")
    records = {"table": "messages", "where": {}}
    effect_row = {"gestures_year": None, "gestures": None, "gesture_people": None}
    none = gestures_figure(effect_row, {"gestures": 0, "placed": 0}, settings, records)
    assert (none.value, none.reason, gestures_words({})) == (None, NO_GESTURES, NO_GESTURES)
    known = {"gestures": 10, "placed": 8}
    row = {"gestures_year": 4500, "gestures": 3, "gesture_people": 2}
    found = gestures_figure(row, known, settings, records)
    assert (found.value, found.people, found.events, found.coverage) == (4500, 2, 3, 0.8)
    assert gestures_words(known).startswith("2 of 10 gestures name no order")
    assert gestures_words({"gestures": 10, "placed": 10}) == ""
