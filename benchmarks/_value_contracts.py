"""Simulated companies with contracts, in which problems make customers leave by a known amount."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from goodwill.engine import DuckDBEngine
from goodwill.tables import DERIVED, FACTS

DAY_US = 86_400_000_000
BEGIN = np.datetime64("2022-01-01")


@dataclass(frozen=True)
class Company:
    """Contracts by the month, of customers whose chance to leave is drawn from a beta.

    Attributes:
        contracts: How many begin over ``months``.
        months: How long the company is watched.
        alpha, beta: Of the beta, for each plan.
        hits: Chance of a problem a month.
        harm: What is added to the chance to leave at the renewal after a problem.
        confounding: How much likelier customers are hit who leave more easily (0: not at all).
        midway: Share of departures that come within the period and not with its end.
    """

    contracts: int = 4000
    months: int = 36
    alpha: tuple[float, float] = (0.6, 0.9)
    beta: tuple[float, float] = (9.0, 9.0)
    hits: float = 0.04
    harm: float = 0.1
    confounding: float = 0.0
    midway: float = 0.5


@dataclass(frozen=True)
class Simulated:
    """Contracts and problems (theme 1), and how many contracts the problems took."""

    subscriptions: pa.Table
    episodes: pa.Table
    hit: int
    extra: float
    still_there: np.ndarray


def simulate(rng: np.random.Generator, world: Company) -> Simulated:
    """Return a company drawn from the world; months are taken to be equal to the calendar's."""
    n = world.contracts
    plan = rng.integers(0, 2, n)
    chance = rng.beta(np.array(world.alpha)[plan], np.array(world.beta)[plan])
    start = rng.integers(0, world.months - 2, n)
    day = rng.integers(1, 28, n)
    months = BEGIN.astype("datetime64[M]") + start
    started = months.astype("datetime64[D]") + (day - 1)
    mean = np.array(world.alpha) / (np.array(world.alpha) + np.array(world.beta))
    hit_chance = world.hits * np.exp(world.confounding * (chance / mean[plan] - 1))
    there = np.ones(n, dtype=bool)
    ended = np.full(n, np.datetime64("NaT"), dtype="datetime64[D]")
    who, when, extra, hits = [], [], 0.0, 0
    last = (BEGIN.astype("datetime64[M]") + world.months).astype("datetime64[D]")
    for period in range(world.months):
        begun = (months + period).astype("datetime64[D]") + (day - 1)
        due = (months + period + 1).astype("datetime64[D]") + (day - 1)
        on = there & (due <= last)
        hit = on & (rng.random(n) < np.minimum(hit_chance, 0.5))
        at = begun + rng.integers(0, 27, n)
        # Who leaves within the period for reasons of his own may be gone before he is hit.
        leaves = on & (rng.random(n) < chance)
        early = leaves & (rng.random(n) < world.midway)
        gone = np.where(early, begun + rng.integers(1, 27, n), due)
        hit &= ~leaves | (at < gone)
        harmed = hit & ~leaves & (rng.random(n) < world.harm)
        extra += float(world.harm * (hit & ~leaves).sum())
        late = harmed & (rng.random(n) < world.midway)
        gone = np.where(harmed & ~late, due, gone)
        gone = np.where(late, np.minimum(at + 1 + rng.integers(0, 10, n), due), gone)
        left = leaves | harmed
        ended = np.where(left, gone, ended)
        there &= ~left
        who.append(np.flatnonzero(hit))
        when.append(at[hit])
        hits += int(hit.sum())
    customers, times = np.concatenate(who), np.concatenate(when)
    return Simulated(
        _filled(FACTS["subscriptions"].schema, {
            "source": ["crm"] * n, "subscription_id": _names("s", np.arange(n)),
            "customer_ref": _names("c", np.arange(n)),
            "plan": np.where(plan == 0, "basic", "pro").tolist(),
            "started_at": _times(started), "ended_at": _times(ended),
            "amount": np.where(plan == 0, 1000, 3000).tolist(), "currency": ["EUR"] * n,
            "period": ["month"] * n, "import_id": ["i"] * n,
        }, n),
        _filled(DERIVED["episodes"].schema, {
            "episode_id": _names("e", np.arange(len(customers))),
            "customer_id": _names("crm:c", customers), "theme_id": [1] * len(customers),
            "opened_at": _times(times), "last_at": _times(times),
        }, len(customers)),
        hits, extra, there,
    )  # fmt: skip


def load(engine: DuckDBEngine, company: Simulated) -> None:
    """Load a company that has nothing but contracts and problems."""
    engine.load("subscriptions", company.subscriptions)
    engine.load("episodes", company.episodes)
    for name in ("orders", "contacts"):
        engine.load(name, FACTS[name].schema.empty_table())
    for name in ("promises", "messages", "themes", "customers", "customer_refs"):
        engine.load(name, DERIVED[name].schema.empty_table())
    engine.load("imports", pa.table({
        "import_id": ["i"], "at": _times(np.array(["2030-01-01"], dtype="datetime64[D]")),
    }))  # fmt: skip
    columns = [(name, pa.string()) for name in ("source", "order_id", "customer_id")]
    engine.load("order_customers", pa.schema(columns).empty_table())


_TIME = pa.timestamp("us", "UTC")


def _times(days: Any) -> pa.Array:
    return pa.array(np.asarray(days).astype("datetime64[us]")).cast(_TIME)


def _names(prefix: str, numbers: Any) -> list[str]:
    return [f"{prefix}{number}" for number in numbers]


def _filled(schema: pa.Schema, columns: dict[str, Any], rows: int) -> pa.Table:
    return pa.Table.from_arrays(
        [
            pa.array(columns[field.name]).cast(field.type)
            if field.name in columns else pa.nulls(rows, field.type)
            for field in schema
        ],
        schema=schema,
    )  # fmt: skip
