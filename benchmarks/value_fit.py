"""CPU seconds from orders to values at 1M customers, beside lifetimes where it can be had.

python benchmarks/value_fit.py [customers, 1000000] [a Python that has lifetimes]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa

from _bench import peak_gb, report, timed
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


def shop(rng: np.random.Generator, customers: int, weeks: float = 39) -> pa.Table:
    """Return orders of a shop that follows BG/NBD with the parameters of CDNOW."""
    r, alpha, a, b = TRUE
    world = World(customers, weeks, weeks / 3, r, r / alpha, (a, b), failures=0.0)
    return simulate(rng, world).orders


def main(customers: int, other: str | None) -> None:
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
    world = World(customers, mean=0.065)
    big = simulate(rng, world)
    step("effect of a failure", lambda: value.effect(big.orders, big.failures()),
         rows=big.orders.num_rows)  # fmt: skip
    if other:
        rows.extend(beside(other, cells))
    report("value_fit", rows)


def beside(python: str, cells: value.Cells) -> list[dict[str, object]]:
    """Return what lifetimes takes for the same customers, one row each."""
    weight = cells["weight"].astype(int)
    columns = {n: np.repeat(cells[n], weight) for n in ("frequency", "recency", "T")}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "customers.npz"
        np.savez(path, **columns)
        done = subprocess.run(
            [python, "-c", LIFETIMES, str(path)], capture_output=True, text=True, check=False
        )
    if done.returncode:
        return [{"step": f"lifetimes failed: {done.stderr.strip().splitlines()[-1]}"}]
    found = json.loads(done.stdout.splitlines()[-1])
    params = ", ".join(f"{found['params'][name]:.4f}" for name in ("r", "alpha", "a", "b"))
    many = int(weight.sum())
    return [
        {"step": "lifetimes: fit bg_nbd", "CPU s": found["fit"], "rows": many, "params": params},
        {"step": "lifetimes: expected purchases", "CPU s": found["predict"], "rows": many},
    ]


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(int(arguments[0]) if arguments else 1_000_000, arguments[1] if arguments[1:] else None)
