"""Random companies: does every fit end at an optimum no worse than the truth, or say why not?

python benchmarks/value_companies.py [companies, 1000] [companies for Pareto/NBD, 50]

BG/NBD and MBG/NBD take turns; Pareto/NBD, whose likelihood takes ten times as long, comes after.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from _bench import report, timed
from goodwill import value
from goodwill.errors import NotEnoughData
from goodwill.value._fit import MODELS
from goodwill.value._inputs import columns

KINDS = ("bg_nbd", "mbg_nbd", "pareto_nbd")


def company(rng: np.random.Generator, kind: str) -> tuple[dict[str, Any], np.ndarray]:
    """Return 500-5,000 customers that follow the model, and its parameters, drawn widely.

    Times are weeks; in every other company they are whole days, as real ones are.
    """
    n = int(np.exp(rng.uniform(np.log(500), np.log(5000))))
    weeks = rng.uniform(20, 150)
    r = np.exp(rng.uniform(-1.6, 1.6))
    alpha = r * weeks * np.exp(rng.uniform(-2.5, 1))
    a, b = np.exp(rng.uniform(-2, 1.5)), np.exp(rng.uniform(-1, 2.5))
    if kind == "pareto_nbd":
        b = a * weeks * np.exp(rng.uniform(-1.5, 1.5))
    rate = rng.gamma(r, 1 / alpha, n)
    T = weeks - rng.uniform(0, 0.5 * weeks, n)
    if kind == "pareto_nbd":
        gone = rng.exponential(1 / np.maximum(rng.gamma(a, 1 / b, n), 1e-300))
        seen = np.minimum(T, gone)
        many, stays = rng.poisson(rate * seen), np.full(n, np.inf)
    else:
        seen = T
        many = rng.poisson(rate * T)
        # Purchases until leaving; in MBG/NBD the first purchase, which is no repeat, counts too.
        stays = rng.geometric(np.maximum(rng.beta(a, b, n), 1e-12)) - (kind == "mbg_nbd")
    x = np.minimum(many, stays).astype(np.float64)
    # The x-th of so many moments, evenly spread, is a beta's share of the time.
    last = seen * rng.beta(np.maximum(x, 1), many - x + 1)
    t_x = np.where(x > 0, last, 0.0)
    if rng.random() < 0.5:
        t_x, T = np.ceil(t_x * 7) / 7, np.ceil(T * 7) / 7
    cells = {"frequency": x, "recency": np.minimum(t_x, T), "T": T}
    return cells, np.array([r, alpha, a, b])


def judge(seed: int, kind: str) -> dict[str, Any]:
    """Return how the fit of one company ended."""
    cells, true = company(np.random.default_rng([6, seed]), kind)
    try:
        model = value.fit(cells, model=kind)
    except NotEnoughData as refusal:
        return {"kind": kind, "refused": refusal.message}
    (x, t_x, T), weight = columns(cells, ("frequency", "recency", "T"))
    likelihood = MODELS[kind].likelihood(x, t_x, T, weight)
    best, gradient = likelihood(np.array(list(model.params_.values())))
    return {
        "kind": kind, "refused": "", "above_truth": best - likelihood(true)[0],
        "gradient": float(np.linalg.norm(gradient)) / weight.sum(), "flat": model.flat_,
        "in_logs": model.gradient_norm_,
    }  # fmt: skip


def main(companies: int = 1000, pareto: int = 50) -> None:
    """Fit them, print and write the table."""
    kinds = [KINDS[seed % 2] for seed in range(companies)] + [KINDS[2]] * pareto
    found = []
    for seed, kind in enumerate(kinds):
        one, _, cpu = timed(lambda s=seed, k=kind: judge(s, k))
        found.append(one | {"cpu": cpu})
    rows = []
    for kind in KINDS:
        mine = [one for one in found if one["kind"] == kind]
        fitted = [one for one in mine if not one["refused"]]
        rows.append({
            "model": kind, "companies": len(mine), "refused": len(mine) - len(fitted),
            "reasons": "; ".join(sorted({one["refused"] for one in mine} - {""})),
            "worst gradient / n": max(one["gradient"] for one in fitted),
            "worst in log-parameters": max(one["in_logs"] for one in fitted),
            "gradient over 1e-5": sum(one["gradient"] >= 1e-5 for one in fitted),
            "of them not flat": sum(one["gradient"] >= 1e-5 and not one["flat"] for one in fitted),
            "least above the truth": min(one["above_truth"] for one in fitted),
            "below the truth": sum(one["above_truth"] < 0 for one in fitted),
            "flat": sum(one["flat"] for one in fitted),
            "CPU s each": float(np.mean([one["cpu"] for one in mine])),
        })  # fmt: skip
    report("value_companies", rows)


if __name__ == "__main__":
    main(*[int(one) for one in sys.argv[1:]])
