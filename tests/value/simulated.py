"""Companies whose customers buy and leave as the models say, with known parameters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd


def buy_till_you_die(
    rng: np.random.Generator,
    customers: int,
    r: float,
    alpha: float,
    a: float,
    b: float,
    weeks: float,
    *,
    first_leaves: bool = False,
    spread: float = 0.3,
) -> list[np.ndarray]:
    """Return the purchase times (weeks) of each customer; the first is when he joined."""
    out = []
    rates = rng.gamma(r, 1 / alpha, customers)
    leaving = rng.beta(a, b, customers)
    joined = rng.uniform(0, spread * weeks, customers)
    for rate, p, start in zip(rates, leaving, joined, strict=True):
        times = [start]
        now = start
        alive = not (first_leaves and rng.random() < p)
        while alive:
            now += rng.exponential(1 / rate)
            if now > weeks:
                break
            times.append(now)
            alive = rng.random() >= p
        out.append(np.asarray(times))
    return out


def as_cells(times: list[np.ndarray], weeks: float) -> pd.DataFrame:
    """Return frequency, recency and T of each customer."""
    return pd.DataFrame(
        {
            "frequency": [len(one) - 1.0 for one in times],
            "recency": [one[-1] - one[0] for one in times],
            "T": [weeks - one[0] for one in times],
        }
    )


def as_orders(
    times: list[np.ndarray], rng: np.random.Generator, *, source: str = "shop", mean: float = 4000
) -> pd.DataFrame:
    """Return rows of the facts table ``orders`` (some columns), amounts in minor units."""
    start = datetime(2024, 1, 1, 12, tzinfo=UTC)
    rows = []
    for i, one in enumerate(times):
        level = mean * rng.gamma(4, 0.25)
        for week in one:
            rows.append(
                {
                    "source": source,
                    "order_id": f"{source}-{len(rows):06d}",
                    "order_number": f"{len(rows):06d}",
                    "customer_ref": f"C-{i:05d}",
                    "at": start + timedelta(days=float(np.floor(week * 7))),
                    "kind": "order",
                    "amount": int(level * rng.gamma(5, 0.2)) + 1,
                    "margin": None,
                    "currency": "EUR",
                }
            )
    return pd.DataFrame(rows)
