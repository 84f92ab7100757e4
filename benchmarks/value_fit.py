"""CPU seconds from orders to values at 1M customers, beside lifetimes and pymc-marketing.

python benchmarks/value_fit.py [customers, 1000000] [a Python that has them] [orders, 10000000]

That Python is one of its own, so that nothing of it comes into the house:
``uv venv other && uv pip install -p other lifetimes pymc-marketing``, then ``other/bin/python``.
Without it ("-" or nothing) their rows stay as they were measured before.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa

from _bench import RESULTS, peak_gb, report, timed
from _value_worlds import World, simulate
from goodwill import value
from goodwill.value._outlook import look_ahead
from goodwill.value._spend import fit_spend

TRUE = (0.2426, 4.4136, 0.7929, 2.4259)
LIFETIMES = """
import json, resource, sys, warnings
warnings.simplefilter("ignore")
import numpy as np
from lifetimes import BetaGeoFitter
rows = dict(np.load(sys.argv[1]))
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
start = cpu()
model = BetaGeoFitter().fit(rows["frequency"], rows["recency"], rows["T"])
fitted = cpu() - start
start = cpu()
model.conditional_expected_number_of_purchases_up_to_time(
    52, rows["frequency"], rows["recency"], rows["T"])
print(json.dumps({"fit": fitted, "predict": cpu() - start, "params": dict(model.params_)}))
"""

PYMC = """
import json, resource, sys, warnings, logging
warnings.simplefilter("ignore")
logging.disable(logging.WARNING)
import numpy as np, pandas as pd
from pymc_marketing.clv import BetaGeoModel
rows = pd.DataFrame(dict(np.load(sys.argv[1])))
rows["customer_id"] = np.arange(len(rows))
def cpu():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
def run(data):
    start = cpu()
    model = BetaGeoModel(data=data)
    model.fit(method="map", progressbar=False)
    return model, cpu() - start
few = rows.iloc[:: max(1, len(rows) // 500)].reset_index(drop=True)
_, cold = run(few)
_, warm = run(few)
model, total = run(rows)
found = {n: float(model.fit_result[n].values.ravel()[0]) for n in ("r", "alpha", "a", "b")}
print(json.dumps({"cold": cold, "warm": warm, "fit": total - warm, "params": found}))
"""


def shop(rng: np.random.Generator, customers: int, weeks: float = 39) -> pa.Table:
    """Return orders of a shop that follows BG/NBD with the parameters of CDNOW."""
    r, alpha, a, b = TRUE
    world = World(customers, weeks, weeks / 3, r, r / alpha, (a, b), failures=0.0)
    return simulate(rng, world).orders


def main(customers: int, other: str | None, many: int) -> None:
    """Run the steps, print and write the table."""
    rng = np.random.default_rng(0)
    orders = shop(rng, customers)
    rows = []

    def step(name: str, work, **more):
        found, wall, cpu = timed(work)
        rows.append({"step": name, "CPU s": cpu, "wall s": wall, "peak GB": peak_gb(), **more})
        print(rows[-1], flush=True)
        return found

    cells = step("orders to cells (rfm)", lambda: value.rfm(orders), rows=orders.num_rows)
    model = None
    for name in ("bg_nbd", "mbg_nbd"):
        model = step(f"fit {name}", lambda n=name: value.fit(cells, model=n), rows=len(cells))
        rows[-1]["params"] = ", ".join(f"{one:.4f}" for one in model.params_.values())
    spend = step("fit spend", lambda: fit_spend(cells.money), rows=cells.money.num_rows)
    x, t_x, T = (cells[name] for name in ("frequency", "recency", "T"))
    model = value.fit(cells, model="bg_nbd")
    step("expected purchases and P(alive)",
         lambda: (model.expected_purchases(52, x, t_x, T), model.p_alive(x, t_x, T)),
         rows=len(cells))  # fmt: skip
    step("values with intervals",
         lambda: look_ahead(model, spend, x, t_x, T, x + 1, horizon_weeks=104,
                            discount_rate=0.1, margin=1.0), rows=len(cells))  # fmt: skip
    if many:
        rows.append(orders_to_values(rng, many))
        print(rows[-1], flush=True)
    world = World(customers, mean=0.065)
    big = simulate(rng, world)
    step("effect of a failure", lambda: value.effect(big.orders, big.failures()),
         rows=big.orders.num_rows)  # fmt: skip
    rows.extend(beside(other, cells) if other else known())
    report("value_fit", rows)


def orders_to_values(rng: np.random.Generator, many: int) -> dict[str, object]:
    """Return what it takes from many orders to values with intervals, a fifteenth as customers."""
    world = World(many // 15, 130.0, 60.0, 0.9, 0.2, (0.4, 12.0), failures=0.0)
    orders = simulate(rng, world).orders
    while orders.num_rows < many:
        orders = pa.concat_tables([orders, simulate(rng, world).orders])
    orders = orders.slice(0, many).combine_chunks()

    def work() -> value.Cells:
        cells = value.rfm(orders)
        model = value.fit(cells, model="bg_nbd")
        spend = fit_spend(cells.money)
        x, t_x, T = (cells[name] for name in ("frequency", "recency", "T"))
        look_ahead(model, spend, x, t_x, T, x + 1, horizon_weeks=104, discount_rate=0.1,
                   margin=1.0)  # fmt: skip
        return cells

    cells, wall, cpu = timed(work)
    return {
        "step": "orders to values, all of it", "CPU s": cpu, "wall s": wall, "peak GB": peak_gb(),
        "rows": orders.num_rows, "cells": len(cells),
    }  # fmt: skip


def known() -> list[dict[str, object]]:
    """Return what the others took in an earlier run, as the result file has it."""
    path = RESULTS / "value_fit.json"
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"] if path.is_file() else []
    return [
        row | {"measured": "earlier"}
        for row in rows
        if row["step"].startswith(("lifetimes", "pymc-marketing"))
    ]


def beside(python: str, cells: value.Cells) -> list[dict[str, object]]:
    """Return what the others take for the same customers, one row each."""
    weight = cells["weight"].astype(int)
    columns = {n: np.repeat(cells[n], weight) for n in ("frequency", "recency", "T")}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "customers.npz"
        np.savez(path, **columns)
        done = {
            name: subprocess.run(
                [python, "-c", code, str(path)], capture_output=True, text=True, check=False
            )
            for name, code in (("lifetimes", LIFETIMES), ("pymc-marketing", PYMC))
        }
    rows: list[dict[str, object]] = []
    many = int(weight.sum())
    for name, ran in done.items():
        if ran.returncode:
            rows.append({"step": f"{name} failed: {ran.stderr.strip().splitlines()[-1]}"})
            continue
        found = json.loads(ran.stdout.splitlines()[-1])
        params = ", ".join(f"{found['params'][each]:.4f}" for each in ("r", "alpha", "a", "b"))
        rows.append(
            {"step": f"{name}: fit bg_nbd", "CPU s": found["fit"], "rows": many, "params": params}
        )
        for key, said in (
            ("predict", "expected purchases"), ("cold", "compiling, first time"),
            ("warm", "compiling again (excluded)"),
        ):  # fmt: skip
            if key in found:
                rows.append({"step": f"{name}: {said}", "CPU s": found[key]})
    return rows


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(
        int(arguments[0]) if arguments else 1_000_000,
        arguments[1] if arguments[1:] and arguments[1] != "-" else None,
        int(arguments[2]) if arguments[2:] else 10_000_000,
    )
