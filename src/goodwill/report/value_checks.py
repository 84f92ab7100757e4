"""The checks of a Book's money, run on its own orders when somebody asks for them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from goodwill import value
from goodwill.engine import DuckDBEngine
from goodwill.generations import Reader
from goodwill.settings import Settings
from goodwill.tables import FACTS

if TYPE_CHECKING:
    from goodwill.value import Check

import pyarrow as pa  # isort: skip


@dataclass(frozen=True, slots=True)
class ValueChecks:
    """What was tried, and what it means together."""

    checks: tuple[Check, ...]
    verdict: str

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as ``goodwill value check --json`` prints them."""
        return {"verdict": self.verdict, "checks": [asdict(one) for one in self.checks]}


def value_checks(reader: Reader, settings: Settings, *, full: bool = False) -> ValueChecks:
    """Run the checks on the orders of a generation; ``full`` runs ten times as many trials."""
    engine = DuckDBEngine()
    try:
        orders = reader.table("orders")
        owners = ("source", "order_id", "customer_id")
        engine.load("order_customers", orders.select(owners))
        for field in FACTS["orders"].schema:
            if field.name not in orders.column_names:
                orders = orders.append_column(field.name, pa.nulls(len(orders), field.type))
        engine.load("orders", orders)
        account = value.value_customers(
            engine,
            currency=settings.currency,
            margin=settings.margin,
            discount_rate=settings.discount_rate,
            horizon_weeks=settings.horizon_weeks,
        )
        checks = value.check_value(
            engine,
            account,
            effects=reader.dicts("SELECT * FROM problem_effects ORDER BY problem"),
            replayed=reader.dicts("SELECT * FROM ledger WHERE NOT published"),
            full=full,
        )
    finally:
        engine.close()
    return ValueChecks(tuple(checks), value.verdict(checks))
