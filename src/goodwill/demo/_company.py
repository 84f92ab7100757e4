"""Puts the demo company together: who buys, what goes wrong, who writes, what is exported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import numpy as np

from goodwill.demo import _world as world
from goodwill.demo._buyers import DAY, Ints, Orders, simulate
from goodwill.demo._exports import Money, Written, write_contacts, write_orders
from goodwill.demo._messages import Scene
from goodwill.demo._people import People
from goodwill.demo._threads import play
from goodwill.demo._truth import write_truth
from goodwill.demo._words import Speaker
from goodwill.errors import InputError

END = date(2026, 6, 28)
"""Last day of the demo's data when none is given: fixed, so that the same seed says the same."""


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """What was written, and where.

    Attributes:
        orders: CSV of orders, refunds and cancellations.
        tickets: CSV of mails, web forms and notes of calls.
        chats: JSON lines of chat messages.
        posts: CSV of public reviews and social posts, with the company's answers.
        truth: Folder with what goodwill must find out by itself.
        order_rows: Rows in the file of orders.
        messages: Messages in the three files of contacts.
    """

    orders: Path
    tickets: Path
    chats: Path
    posts: Path
    truth: Path
    order_rows: int
    messages: int

    @property
    def exports(self) -> tuple[Path, Path, Path, Path]:
        """The files that a user would add."""
        return self.orders, self.tickets, self.chats, self.posts


def write(
    folder: Path, truth: Path, *, customers: int = 20_000, seed: int = 1, end: date = END
) -> DemoFiles:
    """Write the demo company's exports into ``folder`` and the truth into ``truth``.

    The same arguments give the same bytes.

    Args:
        folder: Where the four exports go; made when absent.
        truth: Where the truth goes: not inside ``folder``.
        customers: Customers who bought at least once in the three and a half years of orders.
        seed: Another seed, another company.
        end: Last day of the data.

    Raises:
        InputError: There are no customers, or the truth would lie inside the exports.
    """
    folder, truth = Path(folder), Path(truth)
    if customers < 1:
        raise InputError(f"A company of {customers} customers cannot be simulated.")
    if truth.absolute().is_relative_to(folder.absolute()):
        raise InputError(
            f"The truth would lie in {folder}, beside the exports.",
            hint="Choose a folder outside of it.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    first_day = end - timedelta(days=world.DAYS - 1)
    start = np.datetime64(first_day)
    stop = world.DAYS * DAY
    buyers, orders, tally = simulate(customers, seed, start)
    draws = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, 2**32 - 1])))
    people = People(draws, customers)
    cancelled_at, returned_at = _changes_of_mind(draws, orders)
    numbers = [f"T-{200_000 + place}" for place in range(len(orders.at))]
    scene = play(Random(f"threads {seed}"), draws, orders, people, first_day.weekday(), stop)
    money = Money(cancelled_at, _refunds(draws, orders, scene, returned_at))
    speaker = Speaker(
        Random(f"words {seed}"),
        orders,
        people,
        numbers,
        datetime.combine(first_day, datetime.min.time()),
    )
    written, frames = [], []
    for message in scene.messages:
        subject, text, frame = speaker.write(message)
        written.append(Written(message, subject, text))
        frames.append(frame.name if frame else "")
    rows = write_orders(folder / "orders.csv", orders, money, numbers, start, stop)
    paths = write_contacts(folder, written, orders, people, numbers, start)
    settings = {
        "company": world.SHOP, "seed": seed, "customers": customers, "orders": len(numbers),
        "messages": len(written), "first_day": first_day.isoformat(), "last_day": end.isoformat(),
    }  # fmt: skip
    write_truth(
        truth, settings=settings, customers=buyers, orders=orders, tally=tally, scene=scene,
        written=written, frames=frames, people=people, numbers=numbers, start=start, end=stop,
    )  # fmt: skip
    return DemoFiles(
        folder / "orders.csv", paths["ticket"], paths["chat"], paths["post"], truth, rows,
        len(written),
    )  # fmt: skip


def _changes_of_mind(draws: np.random.Generator, orders: Orders) -> tuple[Ints, Ints]:
    """Cancel some good orders, return some others; both are harmless to later purchases."""
    n = len(orders.at)
    u = draws.random(n)
    fine = orders.fault < 0
    cancelled = fine & (u < world.CANCEL_SHARE)
    back = fine & ~cancelled & (u > 1 - world.RETURN_SHARE) & (orders.delivered_at > 0)
    soon = orders.at + (draws.random(n) * 0.4 * DAY).astype(np.int64) + 600
    later = orders.delivered_at + ((5 + 8 * draws.random(n)) * DAY).astype(np.int64)
    orders.delivered_at[cancelled] = -1
    return np.where(cancelled, soon, -1), np.where(back, later, -1)


def _refunds(
    draws: np.random.Generator,
    orders: Orders,
    scene: Scene,
    returned_at: Ints,
) -> Ints:
    """Return when each order was paid back, -1 for never."""
    out = returned_at.copy()
    overdue = orders.fault == world.FAULT_NAMES.index("refund_late")
    slow = orders.fault_at + ((9 + 30 * draws.random(len(out))) * DAY).astype(np.int64)
    out[overdue] = slow[overdue]
    for promise in scene.promises:
        # A broken promise of money stays broken: what comes at last comes after its day.
        if promise.kind == "refund" and promise.outcome != "kept" and promise.message:
            order = promise.message.order
            if overdue[order]:
                out[order] = max(int(out[order]), promise.due_at + 3 * DAY)
    for order, at in scene.refund_at.items():
        out[order] = at
    return out
