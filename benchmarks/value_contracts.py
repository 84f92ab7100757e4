"""Contracts that problems took, where the truth is known: bias and coverage over replicates.

python benchmarks/value_contracts.py [replicates, 200]
"""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pyarrow as pa

from _bench import report, timed
from _value_contracts import Company, load, simulate
from goodwill.engine import DuckDBEngine
from goodwill.value import cost_contracts, know_contracts

WORTH = pa.schema(
    [(name, pa.string()) for name in ("source", "period", "plan", "cohort")]
    + [("renewal", pa.int64()), ("worth", pa.float64())]
)
PLAIN = Company()
WORLDS = {
    "at random": PLAIN,
    "at random, no effect": replace(PLAIN, harm=0.0),
    "all leave within a period": replace(PLAIN, midway=1.0),
    "rare (1 % a month)": replace(PLAIN, hits=0.01),
    "who leaves is hit more, no effect": replace(PLAIN, harm=0.0, confounding=0.5),
}


def judge(seed: list[int], world: Company) -> dict[str, float]:
    """Return what is found in one company, and the truth."""
    company = simulate(np.random.default_rng(seed), world)
    engine = DuckDBEngine(threads=1)
    load(engine, company)
    know_contracts(engine, currency="EUR")
    engine.load("_contract_worth", WORTH.empty_table())
    last = company.subscriptions["ended_at"].to_pylist()
    as_of = max(each for each in last if each is not None).date().isoformat()
    cost_contracts(engine, {"contracts": {"as_of": as_of, "margin": None}})
    rows = engine.arrow("SELECT * FROM contract_effects WHERE theme_id = 1").to_pylist()
    engine.close()
    row = rows[0]
    return {
        "truth": company.extra, "extra": row["extra"], "expected": row["expected"],
        "error": (row["extra_high"] - row["extra"]) / 1.959964, "plain": row["plain"],
        "held": float(row["extra_low"] <= company.extra <= row["extra_high"]),
    }  # fmt: skip


def main(replicates: int) -> None:
    """Run every world, print and write the table."""
    rows = []
    for number, (name, world) in enumerate(WORLDS.items()):
        found, _, cpu = timed(
            lambda w=world, k=number: [judge([k, i], w) for i in range(replicates)]
        )
        column = {key: np.array([row[key] for row in found]) for key in found[0]}
        off = column["extra"] - column["truth"]
        effect = float(column["truth"].mean())
        rows.append({
            "world": name, "replicates": replicates, "truth": effect, "bias": float(off.mean()),
            "bias / effect": float(off.mean() / effect) if effect else "",
            "bias / expected": float(off.mean() / column["expected"].mean()),
            "coverage": float(column["held"].mean()), "sd": float(off.std()),
            "mean error": float(column["error"].mean()),
            "plain bias": float((column["plain"] - column["truth"]).mean()),
            "CPU s each": cpu / replicates,
        })  # fmt: skip
        print(rows[-1], flush=True)
    report("value_contracts", rows)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 200)
