"""Costs of problems on simulated companies whose truth is known: cover, rank, what is harmless.

python benchmarks/value_demo.py [first seed, 1] [last seed, 4]

Seeds beyond the first are added to those that the result file holds.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from _bench import RESULTS, report
from goodwill import demo


def _themes(book: Any, truth: Path) -> list[dict[str, Any]]:
    """Return each theme with the loss that is true of the faults its contacts are about."""
    connection = duckdb.connect()
    for name in ("messages", "themes", "problem_costs", "problem_effects"):
        connection.register(name, book.table(name))
    faults = {one["fault"]: one for one in json.loads((truth / "faults.json").read_text())}
    mix = connection.sql(
        f"""
        SELECT m.theme_id, c.fault, count(*) / sum(count(*)) OVER (PARTITION BY m.theme_id) AS part
        FROM messages m JOIN '{truth / "contacts.parquet"}' c ON c.contact_id = m.contact_id
        WHERE m.direction = 'in' AND m.theme_id IS NOT NULL GROUP BY m.theme_id, c.fault
        """
    ).fetchall()
    orders: dict[int, float] = {}
    cents: dict[int, float] = {}
    for theme, fault, part in mix:
        if fault:
            one = faults[fault]
            orders[theme] = (
                orders.get(theme, 0.0)
                + part * (one["lost_orders_per_faulty_order_in_26_weeks"]["expected"])
            )
            cents[theme] = (
                cents.get(theme, 0.0)
                + part * (one["lost_cents_per_faulty_order_in_26_weeks"]["expected"])
            )
    rows: list[dict[str, Any]] = (
        connection.sql(
            """
            SELECT t.theme_id, t.label, p.place, p.serve_cost, p.avoidable, p.avoidable_low,
                p.avoidable_high, e.orders_year, e.effect, e.effect_low, e.effect_high,
                e.value_lost, e.value_lost_low, e.value_lost_high, e.grade
            FROM problem_costs p JOIN themes t USING (theme_id)
            LEFT JOIN problem_effects e USING (theme_id)
            """
        )
        .to_arrow_table()
        .to_pylist()
    )
    for row in rows:
        row["true_orders"] = orders.get(row["theme_id"], 0.0)
        row["true_money"] = 0.35 * cents.get(row["theme_id"], 0.0) * (row["orders_year"] or 0)
        row["true_avoidable"] = (row["serve_cost"] or 0) + row["true_money"]
    rows.append(_late(connection, faults["late_parcel"]))
    return rows


def _late(connection: Any, fault: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = (
        connection.sql("SELECT * FROM problem_effects WHERE problem = 'promise:delivery'")
        .to_arrow_table()
        .to_pylist()[0]
    )
    return row | {
        "label": "late delivery", "place": None,
        "true_orders": fault["lost_orders_per_faulty_order_in_26_weeks"]["expected"],
        "true_money": 0.35 * row["orders_year"]
        * fault["lost_cents_per_faulty_order_in_26_weeks"]["expected"],
    }  # fmt: skip


def _judge(rows: list[dict[str, Any]]) -> dict[str, Any]:
    shown = [row for row in rows if row.get("effect") is not None]
    money = [row for row in shown if row["value_lost_low"] is not None]
    themes = [row for row in rows if row["place"] is not None]
    best = sorted(themes, key=lambda row: -row["true_avoidable"])
    near = {row["theme_id"] for row in sorted(themes, key=lambda row: row["place"])[:4]}
    harmless = [row for row in shown if row["true_orders"] < 0.02]
    harmful = [row for row in shown if row["true_orders"] >= 0.02]

    def covered(some: list[dict[str, Any]]) -> float:
        inside = [r["effect_low"] <= -r["true_orders"] <= r["effect_high"] for r in some]
        return float(np.mean(inside))

    return {
        "themes": len(themes),
        "with_effect": len(shown),
        "orders_covered": covered(shown),
        "money_covered": float(
            np.mean([r["value_lost_low"] <= r["true_money"] <= r["value_lost_high"] for r in money])
        ),
        "harmless_covered": covered(harmless),
        "harmful_covered": covered(harmful),
        "harmless_called_harmful": float(np.mean([row["effect_high"] < 0 for row in harmless])),
        "top3_in_top4": sum(row["theme_id"] in near for row in best[:3]),
        "places_of_top3": [row["place"] for row in best[:3]],
        "late_covered": covered([rows[-1]]),
        "late": [round(float(rows[-1][k]), 3) for k in ("effect", "effect_low", "effect_high")],
        "late_truth": round(-rows[-1]["true_orders"], 3),
        "late_grade": rows[-1]["grade"],
    }


def main(first: int = 1, last: int = 4) -> None:
    """Build the companies, judge each, and write the table after each."""
    path = RESULTS / "value_demo.json"
    out = json.loads(path.read_text(encoding="utf-8"))["rows"] if first > 1 else []
    out = [row for row in out if row["seed"] < first]
    for seed in range(first, last + 1):
        with tempfile.TemporaryDirectory(prefix="goodwill-bench-") as folder:
            os.environ["XDG_CONFIG_HOME"] = folder
            started = time.process_time()
            book = demo.build(Path(folder) / "demo", seed=seed)
            spent = time.process_time() - started
            found = _judge(_themes(book, Path(folder) / "demo.truth"))
            out.append({"seed": seed, "build_cpu_s": round(spent, 1), **found})
            report("value_demo", out)
    effects = sum(row["with_effect"] for row in out)
    held = sum(row["orders_covered"] * row["with_effect"] for row in out)
    top = [row["top3_in_top4"] for row in out]
    print(f"{len(out)} companies: {held / effects:.1%} of {effects} intervals hold the truth; "
          f"of the three costliest {np.mean(top):.2f} among the first four")  # fmt: skip


if __name__ == "__main__":
    main(*[int(one) for one in sys.argv[1:]])
