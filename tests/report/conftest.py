"""A small company made by hand, as a generation that the report reads."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from goodwill import journeys, report
from goodwill.engine import DuckDBEngine
from goodwill.generations import Generations, Reader
from goodwill.settings import Settings
from goodwill.tables import ACCOUNTS, DERIVED, FACTS

START = datetime(2026, 1, 5, tzinfo=UTC)
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def settings() -> Settings:
    return Settings(book_id="b", name="Acme", currency="EUR")


@pytest.fixture
def generation(tmp_path: Path) -> Callable[..., Reader]:
    """Build a generation out of rows by table, and open it."""

    def build(rows: Rows, **manifest: Any) -> Reader:
        generations = Generations(tmp_path / "derived")
        name, making = generations.begin()
        engine = DuckDBEngine(making / "scratch")
        specs = {**FACTS, **ACCOUNTS, **DERIVED}
        known = {row["customer_id"] for row in rows.get("customers", [])}
        named = {
            row[key]
            for name, key in (("messages", "customer_id"), ("promises", "customer_id"),
                              ("customer_value", "customer_id"), ("orders", "_customer"))
            for row in rows.get(name, [])
            if row.get(key)
        }  # fmt: skip
        more = [{"customer_id": each} for each in sorted(named - known)]
        rows = {**rows, "customers": [*rows.get("customers", []), *more]}
        for table, spec in specs.items():
            found = [{f.name: row.get(f.name) for f in spec.schema} for row in rows.get(table, [])]
            engine.load(table, pa.Table.from_pylist(found, schema=spec.schema))
        customers = [
            {"source": r["source"], "order_id": r["order_id"], "customer_id": r.get("_customer")}
            for r in rows.get("orders", [])
        ]
        engine.load(
            "order_customers",
            pa.Table.from_pylist(
                customers,
                schema=pa.schema([(n, pa.string()) for n in ("source", "order_id", "customer_id")]),
            ),
        )
        report.follow_chain(engine)
        for table, spec in DERIVED.items():
            engine.write(table, making / f"{table}.parquet", spec.key)
        report.build_pages(engine, making)
        found = journeys.as_of(engine)
        as_of = found.isoformat() if found else None
        engine.close()
        generations.swap(name, making, {"as_of": as_of, "value": {}, **manifest})
        return generations.reader()

    return build


@pytest.fixture
def company() -> Rows:
    """Two hundred customers, four themes, promises kept and broken: random, but always the same."""
    rng = random.Random(7)
    rows: Rows = {name: [] for name in DERIVED}
    rows["orders"] = []
    for theme in range(4):
        rows["themes"].append(
            {"theme_id": theme, "area_id": 0, "label": f"theme {theme}", "terms": ["a", "b"],
             "contacts": 0, "version": "1"}
        )  # fmt: skip
    for number in range(200):
        customer = f"shop:{number}"
        rows["customers"].append(
            {"customer_id": customer, "source": "shop", "customer_ref": str(number)}
        )
        due = START + timedelta(days=rng.randrange(60))
        status = rng.choice(["kept", "kept", "broken", "overdue", "open", "unknown"])
        rows["promises"].append(
            {"promise_id": f"p{number}", "kind": "delivery", "source": "shop",
             "customer_id": customer if rng.random() < 0.9 else None,
             "order_number": str(number), "due_at": due, "status": status}
        )  # fmt: skip
        rows["orders"].append(
            {"source": "shop", "order_id": f"o{number}", "order_number": str(number),
             "_customer": customer, "at": due - timedelta(days=5), "kind": "order",
             "amount": 1000 + number, "currency": "EUR"}
        )  # fmt: skip
        for step in range(rng.randrange(5)):
            rows["messages"].append(
                {"source": "shop", "contact_id": f"c{number}-{step}",
                 "at": START + timedelta(days=rng.randrange(100), minutes=step),
                 "channel": rng.choice(["email", "social"]), "public": rng.random() < 0.2,
                 "direction": rng.choice(["in", "in", "out"]),
                 "customer_id": customer if rng.random() < 0.8 else None,
                 "theme_id": rng.choice([0, 1, 2, 3, None]), "similarity": rng.random(),
                 "repeat": rng.random() < 0.3, "text": f"the parcel number {number} is late"}
            )  # fmt: skip
    return rows
