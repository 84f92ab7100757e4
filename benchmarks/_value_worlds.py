"""Simulated shops in which failures hurt by a known amount, and failures planted in real orders.

In every world the loss of a failure is known exactly: the same customer's orders with that one
failure undone, all others as they are, less those with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

WEEK = 7 * 24 * 3600
START = 1_672_531_200
"""1 January 2023, in seconds."""


@dataclass(frozen=True)
class World:
    """How customers of a shop buy, fail and leave; times in weeks.

    Attributes:
        customers: Number of them; they join over the first ``joining`` of ``weeks``.
        shape, mean: Of the gamma that purchase rates are drawn from.
        stays: a, b of the beta that the chance to leave after a purchase is drawn from.
        failures: Share of orders that fail.
        confounding: A customer's chance to suffer a failure rises with this power of his rate.
        leaves: Chance that a failure makes its customer leave at once.
        fading: Share of customers whose rate halves every 26 weeks; they fail three times as often.
        bursts: Customers buy in bursts, in which they fail three times as often.
        contact: What marks a failure is not its order but a contact some days after it.
    """

    customers: int = 20_000
    weeks: float = 130.0
    joining: float = 60.0
    shape: float = 1.5
    mean: float = 0.1
    stays: tuple[float, float] = (0.5, 12.0)
    failures: float = 0.04
    confounding: float = 0.0
    leaves: float = 0.25
    fading: float = 0.0
    bursts: bool = False
    contact: bool = False


_PLAIN = World()
WORLDS = {
    "random": _PLAIN,
    "mild": replace(_PLAIN, confounding=0.5),
    "strong": replace(_PLAIN, confounding=1.0),
    "random, no effect": replace(_PLAIN, leaves=0.0),
    "strong, no effect": replace(_PLAIN, confounding=1.0, leaves=0.0),
    "rare, 1 %": replace(_PLAIN, failures=0.01),
    "rare, .4 %": replace(_PLAIN, failures=0.004),
    "rare, .1 %": replace(_PLAIN, failures=0.001),
    "fading fail more": replace(_PLAIN, fading=0.5),
    "fading fail more, no effect": replace(_PLAIN, fading=0.5, leaves=0.0),
    "bursts": replace(_PLAIN, bursts=True),
    "bursts, no effect": replace(_PLAIN, bursts=True, leaves=0.0),
    "anchored at contacts": replace(_PLAIN, contact=True),
    "anchored at contacts, no effect": replace(_PLAIN, contact=True, leaves=0.0),
}

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Shop:
    """Orders (order_id is the row number), which of them failed, and what each failure cost."""

    orders: pa.Table
    failed: Bools
    loss: Floats
    contacts: pa.Table | None = None
    """Rows of their own that mark the failures, one each."""

    def rows(self) -> pa.Table:
        """Return what an estimator is given as orders."""
        return self.orders if self.contacts is None else pa.concat_tables(
            [self.orders, self.contacts]
        )  # fmt: skip

    def failures(self) -> npt.NDArray[np.int64]:
        """Return the order ids with the failure."""
        if self.contacts is not None:
            return self.contacts["order_id"].to_numpy()
        return np.flatnonzero(self.failed)


def simulate(rng: np.random.Generator, world: World, horizon: float = 26.0) -> Shop:
    """Return a shop drawn from the world."""
    n = world.customers
    rate = rng.gamma(world.shape, world.mean / world.shape, n)
    leaving = rng.beta(*world.stays, n)
    start = rng.uniform(0, world.joining, n)
    fades = rng.random(n) < world.fading
    phase = rng.uniform(0, 26, n)

    def pace(who: Any, at: Floats) -> Floats:
        now = np.where(fades[who], 0.5 ** ((at - start[who]) / 26), 1.0)
        return now * np.where(((at + phase[who]) % 26 < 8) | (not world.bursts), 1.0, 0.25)

    who, at = np.arange(n), start.copy()
    customers, times = [who], [at]
    going = rng.random(n) >= leaving
    who, at = who[going], at[going]
    while len(who):
        at = at + rng.exponential(1, len(who)) / rate[who]
        inside = at <= world.weeks
        who, at = who[inside], at[inside]
        bought = rng.random(len(who)) < pace(who, at)
        customers.append(who[bought])
        times.append(at[bought])
        going = ~bought | (rng.random(len(who)) >= leaving[who])
        who, at = who[going], at[going]
    customer, time = np.concatenate(customers), np.concatenate(times)
    order = np.lexsort((time, customer))
    customer, time = customer[order], time[order]
    chance = (rate[customer] / world.mean) ** world.confounding
    chance *= np.where(fades[customer], 3.0, 1.0)
    if world.bursts:
        chance *= np.where(pace(customer, time) > 0.5, 3.0, 1.0)
    chance = np.minimum(world.failures * chance / chance.mean(), 0.5)
    failed = rng.random(len(customer)) < chance
    fatal = failed & (rng.random(len(customer)) < world.leaves)
    return _observed(customer, time, failed, fatal, horizon, rng, contact=world.contact)


def _observed(
    customer: npt.NDArray[np.int64], time: Floats, failed: Bools, fatal: Bools, horizon: float,
    rng: np.random.Generator, *, contact: bool = False,
) -> Shop:  # fmt: skip
    """Cut each customer's orders off at his first fatal failure; count what each one cost."""
    rows = np.arange(len(customer))
    so_far = np.cumsum(fatal) - fatal
    first = np.searchsorted(customer, customer)
    seen = so_far == so_far[first]
    key = customer * 10_000.0 + time
    end = np.searchsorted(key, key + horizon, side="right")
    deadly = np.append(np.flatnonzero(fatal), len(customer))
    next_deadly = deadly[np.searchsorted(deadly, rows, side="right").clip(max=len(deadly) - 1)]
    loss = np.where(fatal, np.minimum(end, next_deadly + 1) - rows - 1, 0)
    seconds = START + (time * WEEK).astype(np.int64)
    amount = rng.gamma(4, 10, len(customer)).round(2)
    table = pa.table(
        {
            "customer_ref": customer[seen],
            "order_id": np.arange(int(seen.sum())),
            "at": pa.array(seconds[seen]).cast(pa.timestamp("s")),
            "amount": amount[seen],
        }
    )
    if contact:
        return _told_later(table, failed[seen], loss[seen], rng)
    return Shop(table, failed[seen], loss[seen].astype(np.float64))


def _told_later(table: pa.Table, failed: Bools, loss: Any, rng: np.random.Generator) -> Shop:
    """Return the shop with a contact one to ten days after each failed order as its mark.

    The few orders between the two are lost as well but not counted in the contact's horizon.
    """
    rows = np.flatnonzero(failed)
    late = (rng.uniform(1, 10, len(rows)) * 86400).astype(np.int64)
    at = table["at"].cast(pa.int64()).to_numpy()[rows] + late
    contacts = pa.table(
        {
            "customer_ref": table["customer_ref"].to_numpy()[rows],
            "order_id": table.num_rows + np.arange(len(rows)),
            "at": pa.array(at).cast(pa.timestamp("s")),
            "amount": np.full(len(rows), -0.01),
        }
    )
    told = np.concatenate([np.zeros(table.num_rows), loss[rows].astype(np.float64)])
    return Shop(table, failed, told, contacts)


def plant(
    rng: np.random.Generator, orders: pa.Table, *, thinning: float, share: float, power: float,
    window_weeks: float = 26, horizon_weeks: float = 26,
) -> Shop:  # fmt: skip
    """Return real orders in which failures were planted.

    Orders are marked as failed with a chance that rises with a power of the customer's purchases
    up to ``window_weeks`` before; each failure then takes away every later order of its customer
    with chance ``thinning``. The loss counts what an order alone took away in the horizon.

    Args:
        orders: customer_ref (integer), order_id, at, amount; sorted by customer and time.
    """
    customer = orders["customer_ref"].to_numpy()
    seconds = orders["at"].cast(pa.timestamp("s")).cast(pa.int64()).to_numpy()
    first = np.searchsorted(customer, customer)
    key = customer * 10_000_000_000 + (seconds - seconds.min())
    past = np.maximum(np.searchsorted(key, key - int(window_weeks * WEEK)) - first, 0)
    chance = (1.0 + past) ** power
    failed = rng.random(len(customer)) < np.minimum(share * chance / chance.mean(), 0.5)
    there, loss = np.ones(len(customer), dtype=bool), np.zeros(len(customer))
    begins = np.flatnonzero(np.diff(customer, prepend=customer[0] - 1))
    ends = np.append(begins[1:], len(customer))
    for begin, end in zip(begins, ends, strict=True):
        if failed[begin:end].any():
            _thin(rng, begin, end, seconds, failed, there, loss, thinning,
                  int(horizon_weeks * WEEK))  # fmt: skip
    kept = orders.filter(pa.array(there))
    kept = kept.set_column(1, "order_id", pa.array(np.arange(kept.num_rows)))
    return Shop(kept, failed[there], loss[there])


def _thin(
    rng: np.random.Generator, begin: int, end: int, seconds: Any, failed: Bools, there: Bools,
    loss: Floats, thinning: float, horizon: int,
) -> None:  # fmt: skip
    acting: list[int] = []
    alone: dict[int, list[int]] = {}
    for row in range(begin, end):
        hit = [i for i in acting if rng.random() < thinning]
        if hit:
            there[row] = False
            if len(hit) == 1 and 0 < seconds[row] - seconds[hit[0]] <= horizon:
                alone.setdefault(hit[0], []).append(row)
        elif failed[row]:
            acting.append(row)
    for cause, taken in alone.items():
        loss[cause] = len(taken)
        # An order given back may itself have failed, and would have taken some that stayed.
        again = [row for row in taken if failed[row]]
        for row in range(again[0] + 1 if again else end, end):
            if seconds[row] - seconds[cause] > horizon:
                break
            if there[row] or row in taken:
                loss[cause] -= 1 - (1 - thinning) ** sum(1 for one in again if one < row)
