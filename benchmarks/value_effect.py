"""The simulation gate of `goodwill.value.effect`, and failures planted in real orders.

python benchmarks/value_effect.py [replicates, 2000] [plants, 500] [a file of replicates] [names]

Replicate k of a world has its seed, and is kept in the file (JSON lines) with what the estimator
said: who stops it and starts it again goes on where it was, and the table says how many there are.
With names (a part of each, parted by ;) only those worlds go on.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from _bench import cpu_seconds, data_folder, report
from _value_worlds import WORLDS, Shop, plant, simulate
from goodwill.errors import NotEnoughData
from goodwill.figures import Z95
from goodwill.value._anchors import OrderRows, anchors_among
from goodwill.value._effect import make_figure, match

ROUNDS = (100, 250, 500, 1000, 2000, 5000)
"""All worlds are brought to so many replicates before any goes further."""


def judge(shop: Shop, outcome: str = "orders") -> dict[str, float]:
    """Return what the estimator says of the shop, and the truth for the orders it matched.

    Money is independent of all else in the simulated shops, so that a loss in money is that in
    orders times the mean amount.
    """
    marks = shop.failed if shop.told is None else shop.told
    place = np.arange(len(shop.at))
    rows = OrderRows(place, shop.customer, shop.at, shop.amount, shop.amount >= 0, marks)
    anchors = anchors_among(rows, outcome, 26, 26)
    matched = match(anchors)
    figure = make_figure(
        matched, outcome, failures=anchors.failures, at_orders=anchors.at_orders,
        mean_amount=anchors.mean_amount,
    )  # fmt: skip
    truth = -float(shop.loss[anchors.position[matched.used]].mean())
    if outcome == "amount":
        truth *= float(np.mean(shop.amount[shop.amount >= 0]))
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
    column = {key: np.array([row[key] for row in rows]) for key in rows[0] if key != "cpu"}
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
        "coverage": float((np.abs(off) <= Z95 * column["error"]).mean()),
        "sd": float(off.std()),
        "mean error": float(column["error"].mean()),
        "plain bias": float((column["plain"] - truth).mean()),
        "lead gap": float(column["lead"].mean()),
        "trend gap": float(column["trend"].mean()),
        "matched": float(column["matched"].mean()),
        **{grade: float(column[grade].mean()) for grade in "ABC"},
        "CPU s each": float(np.mean([row.get("cpu", np.nan) for row in rows])),
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


def shop_of(orders: pa.Table) -> Shop:
    """Return orders, sorted by customer and time, as a shop without failures."""
    customer = np.unique(orders["customer_ref"].to_numpy(), return_inverse=True)[1]
    seconds = pc.cast(pc.cast(orders["at"], pa.timestamp("s"), safe=False), pa.int64()).to_numpy()
    nothing = np.zeros(len(seconds))
    return Shop(customer, seconds, orders["amount"].to_numpy(), nothing > 0, nothing)


class Kept:
    """Replicates done so far, by the name of what was simulated, in a file of JSON lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._done: dict[str, dict[int, dict[str, float]]] = {}
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
            if line.endswith("}"):
                row = json.loads(line)
                self._done.setdefault(row.pop("world"), {})[row.pop("seed")] = row

    def rows(self, name: str) -> list[dict[str, float]]:
        """Return a world's replicates by seed, without those that the estimator refused."""
        done = self._done.get(name, {})
        return [done[seed] for seed in sorted(done) if "refused" not in done[seed]]

    def refused(self, name: str) -> int:
        """Return how many the estimator refused for too few failed orders."""
        return sum("refused" in row for row in self._done.get(name, {}).values())

    def bring_to(self, name: str, many: int, work: Callable[[int], dict[str, float]]) -> None:
        """Do those replicates of a world that lack to ``many``."""
        done = self._done.setdefault(name, {})
        with self._path.open("a", encoding="utf-8") as out:
            for seed in range(many):
                if seed in done:
                    continue
                start = cpu_seconds()
                try:
                    done[seed] = work(seed)
                except NotEnoughData:
                    done[seed] = {"refused": 1.0}
                done[seed]["cpu"] = cpu_seconds() - start
                row = {"world": name, "seed": seed, **done[seed]}
                out.write(json.dumps(row) + "\n")
                out.flush()


def main(replicates: int, plants: int, keep: Path, only: str = "") -> None:
    """Bring every world and every plant to so many, print and write the table after each round."""
    kept = Kept(keep)
    cells: list[tuple[str, Any, bool]] = []
    worlds = [(name, name, "orders") for name in WORLDS]
    worlds += [(f"{name}, in money", name, "amount") for name in ("random", "strong")]
    for number, (name, world, outcome) in enumerate(worlds):
        cells.append(
            (name, lambda i, w=WORLDS[world], k=number, o=outcome: judge(
                simulate(np.random.default_rng([k, i]), w), o), False)
        )  # fmt: skip
    shop = shop_of(retail_orders(data_folder()))
    for thinning, power in ((0.3, 0.0), (0.3, 0.5), (0.3, 1.0), (0.0, 0.0), (0.0, 0.5)):
        name = f"online_retail, {thinning:.0%} taken, chance ~ past^{power:g}"
        cells.append(
            (name, lambda i, t=thinning, p=power: judge(plant(
                np.random.default_rng(i), shop, thinning=t, share=0.05, power=p)), True)
        )  # fmt: skip
    for many in ROUNDS:
        for name, work, real in cells:
            if any(part in name for part in only.split(";")):
                kept.bring_to(name, min(many, plants if real else replicates), work)
        rows = [
            summary(name, kept.rows(name), own_truth=real) | {"refused": kept.refused(name)}
            for name, _, real in cells
            if kept.rows(name)
        ]
        report("value_effect", rows)


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:3]]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[3]) if sys.argv[3:] else Path(folder) / "replicates.jsonl"
        main(*(numbers + [2000, 500][len(numbers) :]), keep=path, only="".join(sys.argv[4:]))
