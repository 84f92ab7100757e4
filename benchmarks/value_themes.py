"""Effects of many small problems of one company, measured at once, where the truth is known.

python benchmarks/value_themes.py [replicates, 40]

Each replicate is a shop of 20,000 customers with 24 problems of some 100 compared orders; they
drive customers away with chances of 0 to .45. How much a problem picks heavy buyers is a power of
their rate: the same for all problems of a world, or not.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pyarrow as pa

from _bench import cpu_seconds, report
from _value_worlds import WEEK, World, bought, observed
from goodwill.engine import DuckDBEngine
from goodwill.figures import Z95
from goodwill.value import _harm
from goodwill.value._common_ratio import common_ratio
from goodwill.value._effect import make_figure
from goodwill.value._harm_sql import HITS, MOMENTS

PROBLEMS = 24
RATE = 0.002
LEAVES = np.resize([0.0, 0.1, 0.2, 0.45], PROBLEMS)
WORLDS = {
    "at random": np.zeros(PROBLEMS),
    "mild confounding": np.full(PROBLEMS, 0.5),
    "strong confounding": np.ones(PROBLEMS),
    "each its own, 0 to 1": np.repeat([0.0, 0.5, 1.0], PROBLEMS // 3),
    "one strong, the others at random": np.arange(PROBLEMS) == 3,
}


def compare(rng: np.random.Generator, powers: Any) -> list[dict[str, float]]:
    """Return each problem's effect by its own ratio and by the one drawn, and its truth."""
    world = World()
    buys = bought(rng, world)
    chance = RATE * (buys.rate[buys.customer, None] / world.mean) ** powers[None, :]
    chance *= RATE / chance.mean(axis=0)
    below = np.cumsum(chance, axis=1)
    drawn = (rng.random(len(chance))[:, None] >= below).sum(axis=1)
    kind = np.where(drawn < PROBLEMS, drawn + 1, 0)
    fatal = rng.random(len(kind)) < np.append(0.0, LEAVES)[kind]
    shop = observed(buys.customer, buys.time, kind, fatal, 26.0, rng)
    hit = shop.failed > 0
    us = shop.at * 1_000_000
    nothing = np.zeros(len(us))
    engine = DuckDBEngine(threads=2)
    moments = [shop.customer, us, nothing, nothing]
    engine.load("_moments", pa.table([pa.array(one) for one in moments], MOMENTS.names))
    hits = [np.asarray(shop.failed[hit], dtype=np.int32), shop.customer[hit], us[hit], us[hit] * 0]
    engine.load("_hits", pa.table(hits, schema=HITS))
    compared = _harm._compare(engine)
    engine.close()
    common = common_ratio([one for _, one in sorted(compared.items())])
    first = shop.at[np.searchsorted(shop.customer, shop.customer)]
    told = (shop.at >= first + 26 * WEEK) & (shop.at <= shop.at.max() - 26 * WEEK)
    assert common is not None
    out = []
    for problem, one in sorted(compared.items()):
        row: dict[str, float] = {
            "problem": problem, "events": one.events,
            "truth": -float(shop.loss[(shop.failed == problem) & told].mean()),
        }  # fmt: skip
        for name, how in (("own", None), ("drawn", common.drawn(one))):
            figure = make_figure(
                one, "orders", failures=one.events, at_orders=True, mean_amount=0.0, drawn=how
            )
            row |= {name: float(figure.value), f"{name} error": figure.standard_error}
        out.append(row | {"expected": figure.expected, "spread": common.spread})
    return out


def summary(name: str, rows: list[dict[str, float]]) -> dict[str, Any]:
    """Return bias, coverage and errors over all problems of all replicates."""
    column = {key: np.array([row[key] for row in rows]) for key in rows[0]}
    # The truth of one problem is its mean over replicates: a shop's own has chance in it.
    truth = np.array([column["truth"][column["problem"] == p].mean() for p in column["problem"]])
    out: dict[str, Any] = {
        "world": name, "problems": len(rows), "orders": float(column["events"].mean()),
        "truth": float(truth.mean()), "spread": float(column["spread"].mean()),
    }  # fmt: skip
    for way in ("own", "drawn"):
        off = column[way] - truth
        out |= {
            f"{way}: bias / effect": float(off.mean() / abs(truth.mean())),
            f"{way}: bias / expected": float(off.mean() / column["expected"].mean()),
            f"{way}: coverage": float((np.abs(off) <= Z95 * column[f"{way} error"]).mean()),
            f"{way}: rms": float(np.sqrt((off**2).mean())),
            f"{way}: mean error": float(column[f"{way} error"].mean()),
        }
    return out


def main(replicates: int = 40) -> None:
    """Run all worlds, print and write the table after each."""
    out = []
    for place, (name, powers) in enumerate(WORLDS.items()):
        started, rows = cpu_seconds(), []
        for seed in range(replicates):
            rows += compare(np.random.default_rng([place, seed]), powers)
        spent = (cpu_seconds() - started) / replicates
        out.append(summary(name, rows) | {"CPU s each": spent})
        if name.startswith("one strong"):
            odd = [row for row in rows if powers[int(row["problem"]) - 1]]
            out.append(summary("of these the strong one", odd))
        report("value_themes", out)


if __name__ == "__main__":
    main(*[int(one) for one in sys.argv[1:]])
