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
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Shop:
    """Orders by customer and time, which of them failed, and what each failure cost.

    Attributes:
        customer: Of each order, a number.
        at: Seconds since 1970.
        amount: Of each order.
        failed: Orders with a failure; where ``told`` is there, it alone marks them.
        loss: Orders that each failure alone took away in the horizon after it.
        told: Rows that are no orders but contacts, which mark the failures.
    """

    customer: Ints
    at: Ints
    amount: Floats
    failed: Bools
    loss: Floats
    told: Bools | None = None

    @property
    def orders(self) -> pa.Table:
        """What a company has of its orders; order_id is the row number."""
        return self._table(np.ones(len(self.at), dtype=bool) if self.told is None else ~self.told)

    def rows(self) -> pa.Table:
        """Return what an estimator is given as orders: contacts are rows of their own."""
        return self._table(np.ones(len(self.at), dtype=bool))

    def _table(self, which: Bools) -> pa.Table:
        return pa.table(
            {
                "customer_ref": self.customer[which],
                "order_id": np.flatnonzero(which),
                "at": pa.array(self.at[which]).cast(pa.timestamp("s")),
                "amount": self.amount[which],
            }
        )

    def failures(self) -> Ints:
        """Return the order ids that mark the failures."""
        return np.flatnonzero(self.failed if self.told is None else self.told)


def simulate(rng: np.random.Generator, world: World, horizon: float = 26.0) -> Shop:
    """Return a shop drawn from the world.

    Purchases of who never leaves are a Poisson process at the customer's rate, thinned where he
    fades or is between bursts; he leaves after so many as a geometric draw says.
    """
    n = world.customers
    rate = rng.gamma(world.shape, world.mean / world.shape, n)
    stays = rng.geometric(np.maximum(rng.beta(*world.stays, n), 1e-12))
    start = rng.uniform(0, world.joining, n)
    fades = rng.random(n) < world.fading
    phase = rng.uniform(0, 26, n)
    many = rng.poisson(rate * (world.weeks - start))
    customer = np.repeat(np.arange(n), many)
    time = start[customer] + rng.random(len(customer)) * (world.weeks - start)[customer]
    if world.fading or world.bursts:
        kept = rng.random(len(customer)) < _pace(world, fades, start, phase, customer, time)
        customer, time = customer[kept], time[kept]
    customer, time = np.concatenate([np.arange(n), customer]), np.concatenate([start, time])
    line = customer * 10_000.0 + time
    line.sort()
    customer = (line // 10_000.0).astype(np.int64)
    time = line - customer * 10_000.0
    begins = np.searchsorted(customer, np.arange(n))
    there = np.arange(len(customer)) - begins[customer] < stays[customer]
    customer, time = customer[there], time[there]
    chance = (rate[customer] / world.mean) ** world.confounding
    chance *= np.where(fades[customer], 3.0, 1.0)
    if world.bursts:
        pace = _pace(world, fades, start, phase, customer, time)
        chance *= np.where(pace > 0.5, 3.0, 1.0)
    chance = np.minimum(world.failures * chance / chance.mean(), 0.5)
    failed = rng.random(len(customer)) < chance
    fatal = failed & (rng.random(len(customer)) < world.leaves)
    return _observed(customer, time, failed, fatal, horizon, rng, contact=world.contact)


def _pace(
    world: World, fades: Bools, start: Floats, phase: Floats, who: Ints, at: Floats
) -> Floats:
    """Return the share of his rate at which each customer buys at a time."""
    now = np.where(fades[who], 0.5 ** ((at - start[who]) / 26), 1.0)
    return now * np.where(((at + phase[who]) % 26 < 8) | (not world.bursts), 1.0, 0.25)


def _observed(
    customer: Ints, time: Floats, failed: Bools, fatal: Bools, horizon: float,
    rng: np.random.Generator, *, contact: bool = False,
) -> Shop:  # fmt: skip
    """Cut each customer's orders off at his first fatal failure; count what each one cost."""
    first = np.searchsorted(customer, np.arange(customer[-1] + 1))[customer]
    so_far = np.cumsum(fatal) - fatal
    seen = so_far == so_far[first]
    key = customer * 10_000.0 + time
    deadly = np.flatnonzero(fatal)
    end = np.searchsorted(key, key[deadly] + horizon, side="right")
    loss = np.zeros(len(customer))
    loss[deadly] = np.minimum(end, np.append(deadly[1:], len(key)) + 1) - deadly - 1
    customer, failed, loss = customer[seen], failed[seen], loss[seen]
    seconds = START + (time[seen] * WEEK).astype(np.int64)
    amount = rng.gamma(4, 10, len(customer)).round(2)
    shop = Shop(customer, seconds, amount, failed, loss)
    return _told_later(shop, rng) if contact else shop


def _told_later(shop: Shop, rng: np.random.Generator) -> Shop:
    """Return the shop with a contact one to ten days after each failed order as its mark.

    The few orders between the two are lost as well but not counted in the contact's horizon.
    """
    rows = np.flatnonzero(shop.failed)
    late = (rng.uniform(1, 10, len(rows)) * 86400).astype(np.int64)
    customer = np.append(shop.customer, shop.customer[rows])
    at = np.append(shop.at, shop.at[rows] + late)
    order = np.lexsort((at, customer))
    orders, contacts = np.zeros(len(shop.at)), np.zeros(len(rows))
    return Shop(
        customer[order], at[order], np.append(shop.amount, contacts - 0.01)[order],
        np.append(shop.failed, contacts > 0)[order], np.append(orders, shop.loss[rows])[order],
        np.append(orders > 0, contacts == 0)[order],
    )  # fmt: skip


def plant(
    rng: np.random.Generator, shop: Shop, *, thinning: float, share: float, power: float,
    window_weeks: float = 26, horizon_weeks: float = 26,
) -> Shop:  # fmt: skip
    """Return a shop's real orders with failures planted in them.

    Orders are marked as failed with a chance that rises with a power of the customer's purchases
    up to ``window_weeks`` before; each failure then takes away every later order of its customer
    with chance ``thinning``. The loss counts what an order alone took away in the horizon.
    """
    customer, seconds = shop.customer, shop.at
    first = np.searchsorted(customer, customer)
    key = customer * 10_000_000_000 + (seconds - seconds.min())
    past = np.maximum(np.searchsorted(key, key - int(window_weeks * WEEK)) - first, 0)
    chance = (1.0 + past) ** power
    failed = rng.random(len(customer)) < np.minimum(share * chance / chance.mean(), 0.5)
    there, loss = np.ones(len(customer), dtype=bool), np.zeros(len(customer))
    begins = np.flatnonzero(np.diff(customer, prepend=customer[0] - 1))
    ends = np.append(begins[1:], len(customer))
    hit = np.add.reduceat(failed, begins) > 0
    for begin, end in zip(begins[hit], ends[hit], strict=True):
        _thin(rng, begin, end, seconds, failed, there, loss, thinning,
              int(horizon_weeks * WEEK))  # fmt: skip
    return Shop(customer[there], seconds[there], shop.amount[there], failed[there], loss[there])


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
