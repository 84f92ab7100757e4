"""Planted effects: a known loss is put into the company's own orders, and looked for.

Orders are marked as failed, at random or the more likely the more their customer had bought; each
takes away every later purchase of its customer with a known chance. What the estimator of
`goodwill.value.effect` then finds is set beside what was planted. Nothing is planted in every third
run, which must find nothing. So a company knows, before the first amount is shown, whether this
estimator can be believed on orders like its own, and what it would not see.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from goodwill.durable import replacing
from goodwill.engine import Engine
from goodwill.errors import NotEnoughData
from goodwill.figures import Z95, wilson
from goodwill.value._anchors import read_anchors
from goodwill.value._effect import make_figure, match
from goodwill.value._inputs import Floats

PLANTS = 30
MOST_CUSTOMERS = 10_000
TAKEN = 0.3
"""Chance that a planted failure takes away a later purchase."""
SHARE = 0.05
"""Of the orders are marked."""
_FORM = 1
"""Of what is kept; another number makes it anew."""
_HORIZON = 26 * 7 * 86_400
_WINDOW = _HORIZON


@dataclass(frozen=True, slots=True)
class Purchases:
    """Purchase days: a customer's number and seconds since 1970, sorted by both."""

    customer: NDArray[np.int64]
    seconds: NDArray[np.int64]

    def digest(self) -> str:
        """Return what tells these purchases from others."""
        made = hashlib.sha256(self.customer.tobytes())
        made.update(self.seconds.tobytes())
        return made.hexdigest()


def plant_effects(
    engine: Engine, *, keep: Path | None = None, plants: int = PLANTS,
    most_customers: int = MOST_CUSTOMERS,
) -> dict[str, Any]:  # fmt: skip
    """Return what was found of the losses planted into the orders of a sample of the customers.

    Args:
        engine: Holds ``value_days`` and ``value_histories``.
        keep: A file for the answer; orders that have not changed are not planted again.
        plants: Runs; nothing is planted in every third.
        most_customers: Repeat customers in the sample.

    Returns:
        Plain values: ``reason`` (why there is no answer; else empty), ``plants``, ``customers``,
        ``orders`` (hit and matched in a run), ``planted`` and ``found`` (mean orders lost for each
        order hit), ``error`` (of the mean found), ``held`` (runs whose interval held what was
        planted), ``seen`` (runs that told it from zero), ``smallest`` (the smallest loss that a run
        shows in four of five cases), ``expected`` (orders in 26 weeks without the loss),
        ``harmless`` and ``harmless_held`` (runs without a loss, and those that found none), and
        ``trusted``.
    """
    bought = read_purchases(engine, most_customers)
    key = f"{_FORM}:{plants}:{bought.digest()}"
    if keep is not None and keep.is_file():
        known = json.loads(keep.read_text(encoding="utf-8"))
        if known.get("key") == key:
            return dict(known["found"])
    found = _plant(bought, plants)
    if keep is not None:
        keep.parent.mkdir(exist_ok=True)
        with replacing(keep) as out:
            out.write(json.dumps({"key": key, "found": found}).encode())
    return found


def read_purchases(engine: Engine, most_customers: int) -> Purchases:
    """Return the purchase days of every n-th repeat customer."""
    repeat = int(engine.scalar("SELECT count(*) FROM value_histories WHERE frequency > 0") or 0)
    every = max(1, -(-repeat // most_customers))
    table = engine.arrow(
        f"""
        WITH numbered AS (
            SELECT source, customer_id, row_number() OVER (ORDER BY source, customer_id) AS number
            FROM value_histories WHERE frequency > 0
        )
        SELECT n.number AS customer, date_diff('day', DATE '1970-01-01', d.day) AS day
        FROM value_days AS d
        JOIN numbered AS n ON n.source = d.source AND n.customer_id = d.customer_id
        WHERE d.bought AND n.number % {every} = 0
        ORDER BY customer, day
        """
    )
    return Purchases(
        np.asarray(table["customer"].to_numpy(), dtype=np.int64),
        np.asarray(table["day"].to_numpy(), dtype=np.int64) * 86_400,
    )


def _plant(bought: Purchases, plants: int) -> dict[str, Any]:
    runs: list[dict[str, float]] = []
    for number in range(plants):
        taken = 0.0 if number % 3 == 2 else TAKEN
        rng = np.random.default_rng([20_240_601, number])
        try:
            runs.append(plant_once(rng, bought, taken=taken, power=0.5 * (number % 2)))
        except NotEnoughData as refusal:
            return {"reason": refusal.message, "plants": 0, "trusted": True}
    real = [run for run in runs if run["planted"] > 0]
    none = [run for run in runs if run["planted"] == 0]
    if not real:
        return {"reason": "nothing could be planted", "plants": 0, "trusted": True}
    off = np.array([run["found"] - run["planted"] for run in real])
    mean = {name: float(np.mean([run[name] for run in real])) for name in real[0]}
    error = float(off.std(ddof=1) / sqrt(len(off))) if len(off) > 1 else 0.0
    held = sum(abs(run["found"] - run["planted"]) <= run["reach"] for run in real)
    bias = float(off.mean())
    trusted = wilson(held, len(real))[1] >= 0.93 and abs(bias) <= max(
        0.1 * mean["planted"], 2 * error
    )
    return {
        "reason": "", "plants": len(real), "customers": int(len(np.unique(bought.customer))),
        "orders": round(mean["matched"]), "planted": _tidy(mean["planted"]),
        "found": _tidy(mean["found"]), "error": _tidy(error), "held": held,
        "seen": sum(run["found"] > run["reach"] for run in real),
        "smallest": _tidy(mean["smallest"]), "expected": _tidy(mean["expected"]),
        "harmless": len(none),
        "harmless_held": sum(abs(run["found"]) <= run["reach"] for run in none),
        "trusted": bool(trusted),
    }  # fmt: skip


def plant_once(
    rng: np.random.Generator, bought: Purchases, *, taken: float, power: float,
    share: float = SHARE, marked: NDArray[np.bool_] | None = None,
) -> dict[str, float]:  # fmt: skip
    """Plant one loss and look for it: planted, found (both as losses), reach, smallest, matched.

    A failure acts on its customer also where an earlier one took its order away: then nobody sees
    it, as nobody sees all that happens to customers.

    Args:
        rng: Chance.
        bought: The purchases.
        taken: Chance that a marked order takes away a later purchase of its customer.
        power: The chance to be marked rises with this power of the purchases up to half a year
            before.
        share: Of the orders that are marked.
        marked: These orders, instead of those that chance picks.

    Raises:
        NotEnoughData: Too few marked orders can be compared.
    """
    customer, seconds = bought.customer, bought.seconds
    if len(customer) < 100:
        raise NotEnoughData(f"{len(customer)} purchases of repeat customers are too few to plant")
    rows = np.arange(len(customer))
    first = np.searchsorted(customer, customer)
    line = customer * 10_000_000_000 + (seconds - seconds.min())
    if marked is None:
        marked = _marked(rng, line, first, share, power)
    before: NDArray[np.int64] = np.cumsum(marked) - marked
    acting: NDArray[np.int64] = before - before[first]
    left = (1.0 - taken) ** acting
    there = rng.random(len(rows)) < left
    end = np.searchsorted(line, line + _HORIZON, side="right")
    # What one failure takes beside the others: a purchase that they leave goes with chance taken.
    total = np.concatenate([[0.0], np.cumsum(left)])
    loss: Floats = taken / (1.0 - taken) * (total[end] - total[rows + 1])
    kept = np.flatnonzero(there)
    table = pa.table(
        {
            "customer_ref": customer[kept], "order_id": kept,
            "at": pa.array(seconds[kept]).cast(pa.timestamp("s")), "amount": np.ones(len(kept)),
        }
    )  # fmt: skip
    anchors = read_anchors(table, rows[marked & there], "orders", 26, 26)
    matched = match(anchors)
    if matched.events < 30:
        raise NotEnoughData(
            f"{matched.events} planted failures could be compared; it takes 30: too few orders "
            "have 26 weeks before and after them"
        )
    figure = make_figure(
        matched, "orders", failures=anchors.failures, at_orders=True, mean_amount=1.0
    )
    used = anchors.position[matched.used]
    return {
        "planted": float(loss[kept][used].mean()), "found": -float(figure.value or 0.0),
        "reach": Z95 * figure.standard_error, "smallest": figure.smallest_detectable,
        "expected": figure.expected, "matched": float(matched.events),
    }  # fmt: skip


def _marked(
    rng: np.random.Generator, line: NDArray[np.int64], first: NDArray[np.int64], share: float,
    power: float,
) -> NDArray[np.bool_]:  # fmt: skip
    past = np.maximum(np.searchsorted(line, line - _WINDOW) - first, 0)
    chance = (1.0 + past) ** power
    picked = rng.random(len(line)) < np.minimum(share * chance / chance.mean(), 0.5)
    return np.asarray(picked, dtype=np.bool_)


def _tidy(value: float) -> float:
    return float(f"{value:.6g}")
