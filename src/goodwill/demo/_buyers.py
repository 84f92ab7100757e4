"""Who buys what and when, what goes wrong, and what would have happened had it not.

Purchases are a time-rescaled Poisson process a customer, so they do not depend on who leaves: the
potential orders of everybody are drawn first, each with the draws that decide whether he leaves
after it. What happened is what lies before the first such moment; what would have happened without
a fault is the same draw with that fault's moments taken away (common random numbers).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodwill.demo import _world as world

DAY = 86_400
BLOCK = 25_000
"""Customers simulated at once: bounds the memory, and is part of what a seed means."""

REPLICATES = 8
"""Redraws of who leaves, by which the expected effect of a fault is known beside the realised."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Customers:
    """Arrays over customers, in the order of their first purchase."""

    rate_per_week: Floats
    drop_after_order: Floats
    region: Ints
    left_at: Ints
    """Seconds since the first day; beyond the end when he has not left."""
    left_by: Ints
    """-1 of himself, else the number of the fault that drove him away."""


@dataclass(frozen=True, slots=True)
class Orders:
    """Arrays over the orders that happened until the end of the data, by time."""

    customer: Ints
    at: Ints
    cents: Ints
    product: Ints
    region: Ints
    carrier: Ints
    promised_at: Ints
    delivered_at: Ints
    """-1 when it never comes."""
    fault: Ints
    """-1 when all went well."""
    fault_at: Ints
    drove_away: NDArray[np.bool_]
    lost_orders: Ints
    """Orders that the fault of this order prevented within 26 weeks after the order."""
    lost_cents: Ints


def season(first_day: np.datetime64, days: int) -> Floats:
    """Return the purchase intensity of each day against an average one."""
    dates = first_day + np.arange(days)
    weekday = (dates.astype("datetime64[D]").astype(np.int64) + 3) % 7
    month = dates.astype("datetime64[M]").astype(np.int64) % 12
    day = (dates - dates.astype("datetime64[M]")).astype(np.int64)
    months = np.asarray(world.MONTHS)
    here, after = months[month], months[(month + 1) % 12]
    before = months[(month - 1) % 12]
    part = (day - 14.5) / 30.0
    year = np.where(part > 0, here + (after - here) * part, here + (here - before) * part)
    out: Floats = year * np.asarray(world.WEEKDAYS)[weekday]
    return out


def _of_day(u: Floats) -> Ints:
    """Return seconds of the day by the profile of the hours."""
    hours = np.concatenate([[0.0], np.cumsum(world.HOURS)])
    return np.asarray(np.interp(u, hours / hours[-1], np.arange(25)) * 3600, dtype=np.int64)


def fault_chances(rate: Floats, region: Ints, day: Floats) -> Floats:
    """Return the probability of each fault (columns) for orders (rows)."""
    low, high = world.FAULT_FACTOR_RANGE
    factor = np.clip((rate / world.RATE_MEAN) ** world.FAULT_EXPONENT, low, high)
    out = factor[:, None] * np.asarray([fault.rate for fault in world.FAULTS])[None, :]
    for change in world.CHANGES:
        hit = (day >= world.day_at(change.first_day)) & (day < world.day_at(change.last_day))
        if change.region is not None:
            hit &= region == world.REGIONS.index(change.region)
        out[hit, world.FAULT_NAMES.index(change.fault)] *= change.factor
    return np.asarray(out)


def _deliveries(
    rng: np.random.Generator, at: Ints, first_day: np.datetime64, fault: Ints
) -> tuple[Ints, Ints]:
    """Return when each order was promised and when it came (-1: never)."""
    n = len(at)
    date = first_day + at // DAY
    promised_date = np.busday_offset(
        date, rng.choice([2, 3, 4, 5], n, p=[0.2, 0.4, 0.3, 0.1]), roll="forward",
        weekmask="1111110",
    )  # fmt: skip
    promised = (promised_date - first_day).astype(np.int64)
    early = rng.choice([0, 1, 2], n, p=[0.5, 0.38, 0.12])
    late = 1 + rng.geometric(0.24, n)
    is_late = fault == world.FAULT_NAMES.index("late_parcel")
    arrival = np.where(is_late, promised + np.minimum(late, 18), promised - early)
    arrival = np.maximum(arrival, at // DAY + 1)
    weekday = ((first_day + arrival).astype(np.int64) + 3) % 7
    arrival += np.where(weekday == 6, np.where(is_late | (arrival >= promised), 0, 1), 0)
    delivered = arrival * DAY + (8.5 + 10.5 * rng.random(n)) * 3600
    promised_at = promised * DAY + 20 * 3600
    delivered = np.where(fault == world.FAULT_NAMES.index("never_arrived"), -1, delivered)
    return promised_at, np.asarray(delivered, dtype=np.int64)


def _noticed(
    rng: np.random.Generator, fault: Ints, at: Ints, promised: Ints, delivered: Ints
) -> Ints:
    """Return when the customer notices the fault of each order."""
    out = at.copy()
    wait = rng.exponential(1.0, len(at))
    for number, spec in enumerate(world.FAULTS):
        rows = fault == number
        anchor = {"order": at, "promise": promised, "delivery": delivered}[spec.anchor][rows]
        gap = spec.days * (0.5 + 0.5 * wait[rows]) if spec.days > 4 else spec.days * wait[rows]
        moment = anchor + np.asarray(np.maximum(gap, -2.0) * DAY, dtype=np.int64)
        if spec.name == "late_parcel":  # nobody calls a parcel late that already came on time
            moment = np.minimum(moment, np.maximum(anchor + 3600, delivered[rows] - 3600))
        out[rows] = np.maximum(moment, at[rows] + 900)
    return out


@dataclass
class Tally:
    """Sums over customers from which the true effects are made (arrays: replicate, fault)."""

    harmed_orders: Floats
    harmed_people: Floats
    drove_away: Floats
    att_orders: Floats
    att_cents: Floats
    att_harmed: Floats
    lost_orders: dict[str, Floats]
    lost_cents: dict[str, Floats]

    @classmethod
    def empty(cls) -> Tally:
        """Return a tally of nothing."""
        shape = (REPLICATES + 1, len(world.FAULTS))

        def zero() -> Floats:
            return np.zeros(shape)

        spans = ("to_end", "next_52_weeks", "until_104_weeks_after_end")
        return cls(
            zero(), zero(), zero(), zero(), zero(), zero(),
            {span: zero() for span in spans}, {span: zero() for span in spans},
        )  # fmt: skip


class _Block:
    """The potential orders of a block of customers, and who would have left when."""

    def __init__(self, rng: np.random.Generator, n: int, first_day: np.datetime64) -> None:
        days = world.DAYS + world.FUTURE_DAYS
        self.n, self.end, self.last = n, world.DAYS * DAY, days * DAY
        intensity = season(first_day, days)
        clock = np.concatenate([[0.0], np.cumsum(intensity)]) / 7.0
        day = np.arange(world.DAYS)
        newcomers = intensity[: world.DAYS] * (
            1
            + world.GROWTH * (day - world.HISTORY_DAYS) / world.WINDOW_DAYS
            + world.OLD_CUSTOMERS * np.exp(-day / 45.0)
        )
        arrive = np.concatenate([[0.0], np.cumsum(newcomers)])
        first = np.interp(
            (np.arange(n) + rng.random(n)) / n, arrive / arrive[-1], np.arange(len(arrive))
        )
        shape = world.RATE_SHAPE
        self.rate = np.minimum(rng.gamma(shape, world.RATE_MEAN / shape, n), world.RATE_MAX)
        self.drop = rng.beta(world.DROP_A, world.DROP_B, n)
        self.home = rng.choice(len(world.REGIONS), n, p=world.REGION_SHARES)
        start = np.interp(first, np.arange(days + 1), clock)
        count = rng.poisson(self.rate * (clock[-1] - start))
        who = np.repeat(np.arange(n), count)
        tick = start[who] + rng.random(len(who)) * (clock[-1] - start[who])
        day = np.concatenate([first, np.interp(tick, clock, np.arange(days + 1))])
        who = np.concatenate([np.arange(n), who])
        day_number = np.floor(day).astype(np.int64)
        at = day_number * DAY + _of_day(rng.random(len(day)))
        order = np.lexsort((at, who))
        self.who, self.at = who[order].astype(np.int64), at[order]
        m = len(order)
        # Two orders of one customer never fall on the same second.
        same = np.concatenate([[False], (np.diff(self.at) <= 0) & (np.diff(self.who) == 0)])
        self.at = self.at + same
        self.first_row = np.searchsorted(self.who, np.arange(n))
        self.region = self.home[self.who]
        scale = world.SPEND_MEAN * 100 * (world.SPEND_Q - 1) / world.SPEND_P
        spend = scale / rng.gamma(world.SPEND_Q, 1.0, n)
        cents = rng.gamma(world.SPEND_P, 1.0, m) * spend[self.who]
        self.cents = np.maximum(np.round(cents / 5).astype(np.int64) * 5, 990)
        prices = np.asarray([product.cents for product in world.PRODUCTS])
        choices = np.searchsorted(prices, self.cents, side="right")
        self.product = np.floor(choices * (1 - rng.random(m) ** 2.5)).astype(np.int64)
        shares = np.cumsum(np.asarray(world.REGION_CARRIERS), axis=1)[self.region]
        self.carrier = np.asarray(
            (rng.random(m)[:, None] > shares).sum(axis=1), dtype=np.int64
        ).clip(max=len(world.CARRIERS) - 1)
        chances = np.cumsum(fault_chances(self.rate[self.who], self.region, self.at / DAY), axis=1)
        fault = (rng.random(m)[:, None] >= chances).sum(axis=1)
        self.fault = np.where(fault == len(world.FAULTS), -1, fault)
        self.promised, self.delivered = _deliveries(rng, self.at, first_day, self.fault)
        self.noticed = _noticed(rng, self.fault, self.at, self.promised, self.delivered)
        self.dropout = np.asarray([fault.dropout for fault in world.FAULTS] + [0.0])[self.fault]
        self.money = np.concatenate([[0], np.cumsum(self.cents)])
        self.key = self.who * (self.last + 400 * DAY) + self.at

    def rows_until(self, moment: Ints) -> Ints:
        """Return for each customer the number of the first row after a moment."""
        capped = np.minimum(moment, self.last + 399 * DAY)
        key = np.arange(self.n) * (self.last + 400 * DAY) + capped
        return np.searchsorted(self.key, key, side="right")

    def live(self, rng: np.random.Generator) -> tuple[Ints, Ints]:
        """Draw who leaves: the moment of leaving that each row would cause, of itself and by
        its fault (the far future where it causes none)."""
        far = self.last + 300 * DAY
        m = len(self.who)
        natural = np.where(rng.random(m) < self.drop[self.who], self.at, far)
        driven = np.where(rng.random(m) < self.dropout, self.noticed, far)
        return natural, driven

    def earliest(self, moments: Ints) -> Ints:
        """Return the earliest moment of each customer."""
        out: Ints = np.minimum.reduceat(moments, self.first_row)
        return out


def _add_effects(
    block: _Block, natural: Ints, driven: Ints, tally: Tally, replicate: int
) -> dict[str, Any]:
    """Compare what happened with what would have, fault by fault; return what happened."""
    far = block.last + 300 * DAY
    either = np.minimum(natural, driven)
    left = block.earliest(either)
    # What an order suffered before the contacts begin is no effect that anybody could find.
    told = block.at >= world.HISTORY_DAYS * DAY
    happened = (block.at <= left[block.who]) & (block.at < block.end)
    ends = {
        "to_end": (0, block.end - 1),
        "next_52_weeks": (block.end - 1, block.end - 1 + 364 * DAY),
        "until_104_weeks_after_end": (0, block.last),
    }
    binding = (driven == left[block.who]) & (driven < far) & (natural != left[block.who])
    binding &= happened
    # The moment at which he would have left had only this one row not driven him away.
    without = block.earliest(np.where(binding, natural, either))
    hit = np.flatnonzero(binding)
    who = block.who[hit]
    until = np.minimum(without[who], block.at[hit] + 182 * DAY)
    span = block.last + 400 * DAY
    low = np.searchsorted(block.key, who * span + left[who], side="right")
    high = np.maximum(np.searchsorted(block.key, who * span + until, side="right"), low)
    lost_orders = np.zeros(len(block.who), dtype=np.int64)
    lost_cents = np.zeros(len(block.who), dtype=np.int64)
    lost_orders[hit] = high - low
    lost_cents[hit] = block.money[high] - block.money[low]
    for number in range(len(world.FAULTS)):
        mine = happened & told & (block.fault == number)
        tally.harmed_orders[replicate, number] += mine.sum()
        tally.harmed_people[replicate, number] += len(np.unique(block.who[mine]))
        tally.drove_away[replicate, number] += (binding & mine).sum()
        full = mine & (block.at < block.end - 182 * DAY)
        tally.att_harmed[replicate, number] += full.sum()
        tally.att_orders[replicate, number] += lost_orders[full].sum()
        tally.att_cents[replicate, number] += lost_cents[full].sum()
        if world.FAULTS[number].dropout == 0.0:
            continue
        switched = told & (block.fault == number)
        without_fault = block.earliest(np.where(switched, natural, either))
        for name, (start, stop) in ends.items():
            begin = np.full(block.n, start, dtype=np.int64)
            base = block.rows_until(np.minimum(np.maximum(left, begin), stop))
            more = block.rows_until(np.minimum(np.maximum(without_fault, begin), stop))
            tally.lost_orders[name][replicate, number] += (more - base).sum()
            tally.lost_cents[name][replicate, number] += (
                block.money[more] - block.money[base]
            ).sum()
    return {
        "happened": happened, "left": left, "binding": binding,
        "lost_orders": lost_orders, "lost_cents": lost_cents,
    }  # fmt: skip


def simulate(
    customers: int, seed: int, first_day: np.datetime64
) -> tuple[Customers, Orders, Tally]:
    """Return customers and orders of all days, and the sums behind the true effects."""
    tally = Tally.empty()
    people: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    base = 0
    blocks = max(1, -(-customers // BLOCK))
    for number in range(blocks):
        n = customers // blocks + (number < customers % blocks)
        rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, number])))
        block = _Block(rng, n, first_day)
        natural, driven = block.live(rng)
        seen = _add_effects(block, natural, driven, tally, 0)
        for replicate in range(1, REPLICATES + 1):
            _add_effects(block, *block.live(rng), tally, replicate)
        keep = np.flatnonzero(seen["happened"])
        by = np.full(n, -1, dtype=np.int64)
        hit = np.flatnonzero(seen["binding"])
        by[block.who[hit]] = block.fault[hit]
        people.append({
            "rate_per_week": block.rate, "drop_after_order": block.drop, "region": block.home,
            "left_at": seen["left"], "left_by": by, "first": block.at[block.first_row],
        })  # fmt: skip
        rows.append({
            "customer": block.who[keep] + base, "at": block.at[keep],
            "cents": block.cents[keep], "product": block.product[keep],
            "region": block.region[keep], "carrier": block.carrier[keep],
            "promised_at": block.promised[keep], "delivered_at": block.delivered[keep],
            "fault": block.fault[keep], "fault_at": block.noticed[keep],
            "drove_away": seen["binding"][keep], "lost_orders": seen["lost_orders"][keep],
            "lost_cents": seen["lost_cents"][keep],
        })  # fmt: skip
        base += n
    person = {key: np.concatenate([part[key] for part in people]) for key in people[0]}
    order = {key: np.concatenate([part[key] for part in rows]) for key in rows[0]}
    by_first = np.argsort(person.pop("first"), kind="stable")
    place = np.empty(customers, dtype=np.int64)
    place[by_first] = np.arange(customers)
    order["customer"] = place[order["customer"]]
    by_time = np.lexsort((order["customer"], order["at"]))
    return (
        Customers(**{key: value[by_first] for key, value in person.items()}),
        Orders(**{key: value[by_time] for key, value in order.items()}),
        tally,
    )
