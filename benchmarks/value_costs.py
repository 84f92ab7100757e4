"""Costs of 200 problems of a million customers in one pass."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from _bench import peak_gb, report, timed
from goodwill.engine import DuckDBEngine
from goodwill.tables import DERIVED, FACTS
from goodwill.value import cost_problems

WEEK_US = 7 * 86_400_000_000
START_US = 1_672_531_200_000_000
OWNERS = pa.schema([(name, pa.string()) for name in ("source", "order_id", "customer_id")])


def _filled(name: str, columns: dict[str, Any], rows: int) -> pa.Table:
    schema = {**FACTS, **DERIVED}[name].schema
    arrays = []
    for field in schema:
        found = columns.get(field.name)
        arrays.append(pa.nulls(rows, field.type) if found is None else found.cast(field.type))
    return pa.Table.from_arrays(arrays, schema=schema)


def _text(prefix: str, numbers: Any) -> pa.Array:
    return pc.binary_join_element_wise(prefix, pc.cast(pa.array(numbers), pa.string()), "")


def load(engine: DuckDBEngine, customers: int, problems: int) -> int:
    """Load a shop of ``customers`` over 104 weeks, with 10 % of orders written about."""
    rng = np.random.default_rng(1)
    counts = 1 + rng.poisson(rng.gamma(0.8, 4.0, customers))
    whose = np.repeat(np.arange(customers), counts)
    at = START_US + np.asarray(rng.random(len(whose)) * 104 * WEEK_US, dtype=np.int64)
    n = len(whose)
    when, who = pa.array(at, pa.timestamp("us", "UTC")), _text("s:", whose)
    number = _text("", np.arange(n))
    shop = pa.array(["s"] * n)
    engine.load("orders", _filled("orders", {
        "source": shop, "order_id": number, "order_number": number, "at": when,
        "kind": pa.array(["order"] * n), "amount": pa.array(rng.integers(900, 9000, n)),
    }, n))  # fmt: skip
    owners = pa.Table.from_arrays([shop, number, who], schema=OWNERS)
    engine.load("order_customers", owners)
    hit = np.flatnonzero(rng.random(n) < 0.1)
    theme = np.minimum(rng.geometric(0.02, len(hit)) - 1, problems - 1)
    told = pa.array(at[hit] + rng.integers(1, 20, len(hit)) * 86_400_000_000)
    moment = pc.cast(told, pa.timestamp("us", "UTC"))
    episode = _text("e", hit)
    engine.load("episodes", _filled("episodes", {
        "episode_id": episode, "customer_id": who.take(pa.array(hit)),
        "theme_id": pa.array(theme), "opened_at": moment,
    }, len(hit)))  # fmt: skip
    named = rng.random(len(hit)) < 0.5
    engine.load("messages", _filled("messages", {
        "source": pa.array(["s"] * len(hit)), "contact_id": episode, "at": moment,
        "direction": pa.array(["in"] * len(hit)), "customer_id": who.take(pa.array(hit)),
        "theme_id": pa.array(theme), "episode_id": episode,
        "order_id": pc.if_else(pa.array(named), number.take(pa.array(hit)), None),
    }, len(hit)))  # fmt: skip
    engine.load("promises", _filled("promises", {}, 0))
    engine.load("themes", _filled("themes", {
        "theme_id": pa.array(np.arange(problems)), "area_id": pa.array(np.arange(problems) // 20),
    }, problems))  # fmt: skip
    return n


def main(customers: int = 1_000_000, problems: int = 200) -> None:
    """Run both, print and write the table."""
    engine = DuckDBEngine(threads=2, memory="2GB")
    orders = load(engine, customers, problems)
    before = peak_gb()
    _, wall, cpu = timed(lambda: cost_problems(engine, currency="EUR", margins={}))
    found = engine.arrow("SELECT * FROM problem_effects WHERE theme_id IS NOT NULL").to_pylist()
    shown = [row for row in found if row["effect"] is not None]
    cover = float(np.mean([row["effect_low"] <= 0 <= row["effect_high"] for row in shown]))
    engine.close()
    rows = [{
        "what": f"{customers:,} customers, {orders:,} orders, {problems} harmless problems",
        "wall_s": wall, "cpu_s": cpu, "peak_gb": peak_gb(), "peak_before_gb": before,
        "with_effect": len(shown), "nothing_covered": cover,
    }]  # fmt: skip
    report("value_costs", rows)


if __name__ == "__main__":
    main(*[int(one) for one in sys.argv[1:]])
