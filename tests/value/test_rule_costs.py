"""Rules and fees: found in texts, kept, costed as a problem is, and set against what they bring."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from _value_worlds import World, simulate
from goodwill.engine import DuckDBEngine, Engine
from goodwill.language import RuleWords, find_rules
from goodwill.tables import DERIVED, FACTS
from goodwill.value import cost_problems, rank_rules
from value.test_cost_problems import fill

AT = datetime(2026, 1, 5, tzinfo=UTC)
FEE = RuleWords("fee", "", ("restocking fee", "deduct"))
CODE = RuleWords("code", "Promo codes are refused for reduced goods.", ())
TOLD = pa.schema(
    [(name, pa.string()) for name in ("rule_id", "kind", "name", "wording", "product")]
    + [(name, pa.int64()) for name in ("brings_year", "brings_each", "times_year")]
)


def messages(texts: dict[str, str | None], **more: Any) -> pa.Table:
    rows = [
        {"source": "s", "contact_id": key, "at": AT, "direction": "in", "text": text, **more}
        for key, text in texts.items()
    ]
    return pa.Table.from_pylist(rows, DERIVED["messages"].schema)


def found(engine: Engine) -> dict[tuple[str, str], str]:
    rows = engine.arrow("SELECT * FROM rule_contacts").to_pylist()
    return {(row["rule_id"], row["contact_id"]): row["found_by"] for row in rows}


def test_rules_are_found_by_pattern_and_by_likeness_and_kept(
    engine: Engine, tmp_path: Path, agree: Callable[..., None]
) -> None:
    cache = tmp_path / "cache"
    said: dict[str, str | None] = {
        "1": "Why is a fee for RESTOCKING taken off?",
        "2": "You deducted 7 euros from my refund.",
        "3": "My promo code is refused on reduced goods!",
        "4": "Where is my parcel?",
        "5": None,
    }
    engine.load("messages", messages(said))
    assert find_rules(engine, cache, [FEE, CODE]) == 4
    expected = {("fee", "1"): "pattern", ("fee", "2"): "pattern", ("code", "3"): "wording"}
    assert found(engine) == expected
    agree("rule_contacts")
    assert find_rules(engine, cache, [CODE, FEE]) == 0
    assert found(engine) == expected
    # What is told anew is read anew; what is new is read alone; what is gone is gone.
    engine.load("messages", messages({"4": "The parcel has a restocking fee?", "3": said["3"]}))
    assert find_rules(engine, cache, [FEE, CODE]) == 1
    assert found(engine) == {("fee", "4"): "pattern", ("code", "3"): "wording"}
    assert find_rules(engine, cache, [FEE]) == 2
    assert [path.suffix for path in cache.iterdir()] == [".parquet"]
    assert find_rules(engine, cache, []) == 0
    assert found(engine) == {} and not list(cache.iterdir())


def told(*rules: dict[str, Any]) -> pa.Table:
    rows = [{"kind": "fee", "wording": "", **rule} for rule in rules]
    return pa.Table.from_pylist([{n: row.get(n) for n in TOLD.names} for row in rows], TOLD)


@pytest.fixture(scope="module")
def shop() -> tuple[pa.Table, list[int]]:
    made = simulate(np.random.default_rng(3), World(customers=1500, mean=0.2, failures=0.08))
    at = made.orders["at"].cast(pa.timestamp("us"))
    orders = made.orders.set_column(made.orders.schema.get_field_index("at"), "at", at)
    return orders, [int(i) for i in made.failures()]


def test_a_rule_costs_what_a_theme_of_the_same_contacts_costs(
    engine: Engine, shop: tuple[pa.Table, list[int]], agree: Callable[..., None]
) -> None:
    orders, failures = shop
    fill(engine, orders, wrote={7: [(i, 3) for i in failures]})
    schema = DERIVED["rule_contacts"].schema
    about = engine.arrow(
        """SELECT 'dear' AS rule_id, source, contact_id, "at", customer_id, episode_id, theme_id,
            'pattern' AS found_by, CAST(0.0 AS REAL) AS similarity FROM messages"""
    )
    engine.load("rule_contacts", about.cast(schema))
    for name in ("signals", "contract_effects"):
        engine.load(name, DERIVED[name].schema.empty_table())
    fee = {"source": "shop", "kind": "fee", "amount": 300, "currency": "EUR", "product": "Fee "}
    lines = [{**fee, "order_id": f"f{n}", "at": max(orders["at"].to_pylist()).replace(tzinfo=UTC)}
             for n in range(4)]  # fmt: skip
    schema = FACTS["orders"].schema
    lines = [{field.name: line.get(field.name) for field in schema} for line in lines]
    had = engine.arrow("SELECT * FROM orders").cast(schema)
    engine.load("orders", pa.concat_tables([had, pa.Table.from_pylist(lines, schema)]))
    ids = ["cheap", "dear", "none"]
    cost_problems(engine, currency="EUR", margins={"shop": 0.5}, rules=ids)
    by = {r["problem"]: r for r in engine.arrow("SELECT * FROM problem_effects").to_pylist()}
    same = set(by["rule:dear"]) - {"problem", "theme_id"}
    same -= {name for name in same if name.startswith(("pooled", "allocated"))}
    assert {n: by["rule:dear"][n] for n in same} == {n: by["theme:7"][n] for n in same}
    assert by["rule:dear"]["value_lost_low"] > 0
    # A rule is no theme: what all themes do together, and each order's parts, are as without it.
    assert by["all"]["effect"] == by["theme:7"]["effect"]
    assert by["rule:dear"]["allocated"] is None
    rank_rules(
        engine,
        told(
            {"rule_id": "none", "name": "Nobody writes", "brings_each": 100},
            {"rule_id": "dear", "name": "Dear", "product": "fee"},
            {"rule_id": "cheap", "name": "Told", "brings_each": 100, "times_year": 7},
        ),
        currency="EUR",
        contact_cost=2.0,
    )
    rows = {r["rule_id"]: r for r in engine.arrow("SELECT * FROM rule_costs").to_pylist()}
    dear = rows["dear"]
    assert [dear["place"], dear["events"], dear["people"]] == [
        1, len(failures), by["theme:7"]["people"],
    ]  # fmt: skip
    assert dear["serve_cost"] == 2 * dear["contacts_year"] + dear["refunds_year"]
    assert dear["cost"] == dear["serve_cost"] + by["theme:7"]["value_lost"]
    assert (dear["brings"], dear["brings_from"], dear["fee_lines"]) == (1200, "lines", 4)
    assert dear["net"] == 1200 - dear["cost"] < 0
    assert dear["net_low"] == 1200 - dear["cost_high"] < dear["net"] < dear["net_high"]
    assert (rows["cheap"]["brings"], rows["cheap"]["brings_from"]) == (700, "each")
    assert rows["none"]["brings"] is None and rows["none"]["net"] is None
    assert rows["none"]["events"] == 0
    agree("rule_costs")


def test_without_a_rule_no_engine_asks_for_one(shop: tuple[pa.Table, list[int]]) -> None:
    engine = DuckDBEngine(threads=1)
    fill(engine, shop[0], broken=set(shop[1]))
    cost_problems(engine, currency="EUR", margins={})
    engine.load("rule_contacts", DERIVED["rule_contacts"].schema.empty_table())
    for name in ("signals", "contract_effects"):
        engine.load(name, DERIVED[name].schema.empty_table())
    rank_rules(engine, told(), currency="EUR")
    assert engine.scalar("SELECT count(*) FROM rule_costs") == 0
    engine.close()
