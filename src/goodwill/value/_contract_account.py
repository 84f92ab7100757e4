"""What contracts add to the account of value: sums with their intervals, models, notes in words."""

from __future__ import annotations

from typing import Any

import numpy as np

from goodwill.engine import Engine
from goodwill.figures import Z95
from goodwill.value import _contract_sql as sql
from goodwill.value._contract_fit import Choice


def model_values(choice: Choice) -> dict[str, Any]:
    """Return the model of a source's contracts as plain values: segments and holdout."""
    models: dict[str, Any] = {}
    for key, segment in choice.segments.items():
        models[segment] = choice.models[key]
    return {
        "model": choice.kind,
        "by": choice.level,
        "holdout": choice.holdout,
        "segments": {
            segment: {
                "params": model.params_,
                "standard_errors": {
                    name: value if np.isfinite(value) else None
                    for name, value in model.standard_errors_.items()
                },
                "log_likelihood": model.log_likelihood_,
            }
            for segment, model in sorted(models.items())
        },
    }


def add_contracts(engine: Engine, account: dict[str, Any]) -> None:
    """Add what contracts are worth to the account's sums."""
    contracts = account["contracts"]
    totals = {row["source"]: row for row in engine.arrow(sql.totals_sql()).to_pylist()}
    for source, row in totals.items():
        contracts["sources"].setdefault(source, {})
        contracts["sources"][source] |= {key: row[key] for key in row if key != "source"}
    value = sum(one.get("value", 0.0) for one in contracts["sources"].values())
    if value > 0 or any(group["model"] for group in contracts["groups"]):
        before = account["equity"].get("value", 0)
        account["equity"] = {"value": round(before + value)}
        shop = sum(
            (one.get("value_variance") or 0.0)
            + ((one.get("value") or 0.0) * one.get("parameter_error", 0.0)) ** 2
            for one in account["sources"].values()
        )
        mine = sum(_variance(one) for one in contracts["sources"].values())
        half = Z95 * float(np.sqrt(shop + mine))
        account["equity"] |= {
            "low": round(max(before + value - half, 0.0)), "high": round(before + value + half),
        }  # fmt: skip
    if any(group["model"] for group in contracts["groups"]):
        account["notes"][:] = [
            note for note in account["notes"] if not note.startswith("No orders of a known")
        ]
    if account.get("coverage") is None:
        counts = contracts["counts"]
        used = sum(one["contracts"] for one in totals.values())
        account["coverage"] = used / counts["contracts"] if counts["contracts"] else None
    row = engine.arrow(
        "SELECT sum(p_alive) AS alive, sum(p_alive * (1 - p_alive)) AS variance FROM customer_value"
    ).to_pylist()[0]
    errors = sum(one.get("active_error", 0.0) ** 2 for one in account["sources"].values())
    if row["alive"] is not None:
        half = Z95 * float(np.sqrt(float(row["variance"]) + errors))
        alive = float(row["alive"])
        account["active"] = {"value": alive, "low": max(alive - half, 0.0), "high": alive + half}


def _variance(one: dict[str, Any]) -> float:
    """Return the variance of the value of a source's contracts: chance, parameters, misses."""
    systematic = one.get("value", 0.0) * one.get("sum_error", 0.0)
    return float(one.get("value_variance", 0.0) + systematic**2)


def contract_words(account: dict[str, Any], currency: str) -> list[str]:
    """Return what a reader of the value of contracts must know, in sentences."""
    contracts = account["contracts"]
    counts = contracts["counts"]
    notes = []
    for group in contracts["groups"]:
        who = f"contracts of {group['source']} by the {group['period'].replace('_', ' ')}"
        if group["reason"]:
            notes.append(f"No value for the {who}: {group['reason']}.")
        elif group["begins_late"]:
            notes.append(
                f"{who[0].upper()}{who[1:]} that ended early on are missing from the data; only "
                "renewals since the first end that it tells of are counted."
            )
    for key, why in (
        ("without_period", "do not say how often they are renewed (week, month, quarter, "
         "half_year, year): they have no value"),
        ("without_time", "have no first day, or end before it: they are left out"),
        ("without_customer", "name no customer: they count for no customer's value"),
        ("without_amount", "have no amount: their renewals count, and no money"),
        ("other_currency", f"are not in {currency}: their renewals count, and no money"),
    ):  # fmt: skip
        if counts[key]:
            notes.append(f"{counts[key]:,} of {counts['contracts']:,} contracts {why}.")
    both = any(one["customers"] for one in account.get("sources", {}).values())
    if both and contracts["sources"]:
        notes.append(
            "Customers have both orders and contracts: the value of both is added up, what pays a "
            "contract counting as the contract's."
        )
    if contracts["sources"] and contracts.get("margin") is None:
        notes.append("The margin of contracts is not known: their value is revenue.")
    return notes
