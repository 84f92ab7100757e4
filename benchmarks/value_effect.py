"""The simulation gate of `goodwill.value.effect`, and failures planted in real orders.

python benchmarks/value_effect.py [replicates, 200] [plants, 500]
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa

from _bench import data_folder, report, timed
from _value_worlds import WORLDS, Shop, plant, simulate
from goodwill.value._anchors import read_anchors
from goodwill.value._effect import make_figure, match


def judge(shop: Shop, outcome: str = "orders") -> dict[str, float]:
    """Return what the estimator says of the shop, and the truth for the orders it matched.

    Money is independent of all else in the simulated shops, so that a loss in money is that in
    orders times the mean amount.
    """
    anchors = read_anchors(shop.rows(), shop.failures(), outcome, 26, 26)
    matched = match(anchors)
    figure = make_figure(
        matched, outcome, failures=anchors.failures, at_orders=anchors.at_orders,
        mean_amount=anchors.mean_amount,
    )  # fmt: skip
    truth = -float(shop.loss[anchors.position[matched.used]].mean())
    if outcome == "amount":
        truth *= float(np.mean(shop.orders["amount"].to_numpy()))
    return {
        "value": float(figure.value), "error": figure.standard_error, "truth": truth,
        "expected": figure.expected, "plain": float(figure.plain_match),
        "lead": float(figure.lead_gap), "trend": float(figure.trend_gap),
        "matched": figure.matched_customers, "share": figure.matched_share,
        **{grade: float(figure.grade == grade) for grade in "ABC"},
    }  # fmt: skip


def summary(name: str, rows: list[dict[str, float]], *, own_truth: bool) -> dict[str, object]:
    """Return bias, coverage and grades over replicates.

    Args:
        own_truth: Judge each replicate by the truth of its own matched orders (planted effects in
            one and the same data), not by the mean over replicates (a world's truth).
    """
    column = {key: np.array([row[key] for row in rows]) for key in rows[0]}
    truth = column["truth"] if own_truth else column["truth"].mean()
    off = column["value"] - truth
    effect = abs(float(np.mean(truth)))
    return {
        "world": name,
        "replicates": len(rows),
        "truth": float(np.mean(truth)),
        "bias": float(off.mean()),
        "bias / effect": float(off.mean() / effect) if effect else "",
        "bias / expected": float(off.mean() / column["expected"].mean()),
        "coverage": float((np.abs(off) <= 1.959964 * column["error"]).mean()),
        "sd": float(off.std()),
        "mean error": float(column["error"].mean()),
        "plain bias": float((column["plain"] - truth).mean()),
        "lead gap": float(column["lead"].mean()),
        "trend gap": float(column["trend"].mean()),
        "matched": float(column["matched"].mean()),
        **{grade: float(column[grade].mean()) for grade in "ABC"},
    }


def retail_orders(folder: Path) -> pa.Table:
    """Return the purchases of online_retail, both years, sorted by customer and time."""
    import duckdb

    path = folder / "online_retail"
    sql = f"""
    SELECT customer_ref, min(row_number) AS order_id, min("at") AS "at", sum(amount) AS amount
    FROM (
        SELECT row_number() OVER () AS row_number, * FROM (
            SELECT Invoice AS invoice, CAST("Customer ID" AS BIGINT) AS customer_ref,
                CAST(InvoiceDate AS TIMESTAMP) AS "at", Quantity * Price AS amount
            FROM '{path / "online_retail_ii_2009_2010.parquet"}'
            WHERE InvoiceDate < '2010-12-01'
            UNION ALL
            SELECT InvoiceNo, CAST(CustomerID AS BIGINT), CAST(InvoiceDate AS TIMESTAMP),
                Quantity * UnitPrice
            FROM '{path / "online_retail_2010_2011.parquet"}'
        )
    )
    WHERE customer_ref IS NOT NULL AND invoice NOT LIKE 'C%'
    GROUP BY invoice, customer_ref
    HAVING sum(amount) >= 0
    ORDER BY customer_ref, 3, 2
    """
    return duckdb.sql(sql).to_arrow_table()


def main(replicates: int, plants: int) -> None:
    """Run every world and every plant, print and write the table."""
    rows = []
    cells = [(name, world, "orders") for name, world in WORLDS.items()]
    cells += [(f"{name}, in money", WORLDS[name], "amount") for name in ("random", "strong")]
    for number, (name, world, outcome) in enumerate(cells):
        seeds = range(replicates)
        found, _, cpu = timed(
            lambda w=world, k=number, s=seeds, o=outcome: [
                judge(simulate(np.random.default_rng([k, i]), w), o) for i in s
            ]
        )
        rows.append(summary(name, found, own_truth=False) | {"CPU s each": cpu / replicates})
        print(rows[-1], flush=True)
    orders = retail_orders(data_folder())
    for thinning, power in ((0.3, 0.0), (0.3, 0.5), (0.3, 1.0), (0.0, 0.0), (0.0, 0.5)):
        found = [
            judge(plant(np.random.default_rng(i), orders, thinning=thinning, share=0.05,
                        power=power))
            for i in range(plants)
        ]  # fmt: skip
        name = f"online_retail, {thinning:.0%} taken, chance ~ past^{power:g}"
        rows.append(summary(name, found, own_truth=True))
        print(rows[-1], flush=True)
    report("value_effect", rows)


if __name__ == "__main__":
    arguments = [int(one) for one in sys.argv[1:]]
    main(*(arguments + [200, 500][len(arguments) :]))
