"""Small worlds for the tests: facts from partial rows, and random facts from a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from goodwill import journeys
from goodwill.engine import Engine
from goodwill.tables import DERIVED, FACTS

Row = dict[str, Any]
START = datetime(2024, 1, 1, 8, tzinfo=UTC)


def at(days: float = 0, minutes: float = 0) -> datetime:
    """A moment so long after the start of the test's world."""
    return START + timedelta(days=days, minutes=minutes)


def message(contact_id: str, moment: datetime, **more: Any) -> Row:
    """An inbound message of customer ``ana``, unless said otherwise."""
    row: Row = {
        "source": "shop", "contact_id": contact_id, "at": moment, "channel": "email",
        "public": False, "direction": "in", "author_role": "customer", "customer_ref": "ana",
    }  # fmt: skip
    return row | more


def reply(contact_id: str, moment: datetime, **more: Any) -> Row:
    """An outbound message of an agent."""
    agent = {"direction": "out", "author_role": "agent", "customer_ref": None}
    return message(contact_id, moment, **(agent | more))


def order(order_id: str, moment: datetime, **more: Any) -> Row:
    row: Row = {
        "source": "shop", "order_id": order_id, "order_number": order_id, "at": moment,
        "kind": "order", "amount": 1000, "currency": "EUR", "customer_ref": "ana",
    }  # fmt: skip
    return row | more


@dataclass
class World:
    """Facts, and the theme of each contact by (source, contact_id)."""

    contacts: Sequence[Row] = ()
    orders: Sequence[Row] = ()
    threads: Sequence[Row] = ()
    themes: dict[tuple[str, str], int] = field(default_factory=dict)
    identities: Sequence[Row] = ()

    def load(self, engine: Engine) -> None:
        rows = {"contacts": self.contacts, "orders": self.orders, "threads": self.threads,
                "identities": self.identities}  # fmt: skip
        for name in ("contacts", "orders", "threads", "thread_events", "identities"):
            engine.load(name, table(rows.get(name, ()), FACTS[name].schema))
        themed = [
            {"source": source, "contact_id": contact_id, "theme_id": theme, "similarity": 0.5}
            for (source, contact_id), theme in self.themes.items()
        ]
        engine.load("contact_themes", table(themed, DERIVED["contact_themes"].schema))

    def follow(self, engine: Engine, **settings: Any) -> None:
        self.load(engine)
        journeys.link(engine)
        journeys.follow(engine, **settings)


def table(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    unknown = {key for row in rows for key in row} - set(schema.names)
    assert not unknown, unknown
    columns = [pa.array([row.get(f.name) for row in rows], f.type) for f in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def rows(engine: Engine, name: str, order_by: str) -> list[Row]:
    found: list[Row] = engine.arrow(f"SELECT * FROM {name} ORDER BY {order_by}").to_pylist()
    return found


def one_theme(contacts: Sequence[Row], theme: int = 1) -> dict[tuple[str, str], int]:
    return {
        (row["source"], row["contact_id"]): theme for row in contacts if row["direction"] == "in"
    }


def random_world(seed: int, contacts: int = 300) -> World:
    """Two sources: one threaded, one joined by replies; gaps, ties, parts, strangers, orders."""
    draw = random.Random(seed)
    made: list[Row] = []
    for number in range(contacts):
        source = draw.choice(["mail", "tweets"])
        customer = draw.choice([f"c{draw.randrange(12)}", f"c{draw.randrange(12)}", None])
        # Few distinct moments, so that many stand at the same one.
        moment = at(
            draw.choice([0, 1, 5, 14, 28, 40, 55]) + draw.randrange(4), draw.randrange(9) * 10
        )
        out = draw.random() < 0.3
        row = message(
            f"{number}", moment, source=source, customer_ref=customer,
            direction="out" if out else draw.choice(["in"] * 9 + ["internal"]),
            author_role=draw.choice(["agent", "agent", "bot", "system"]) if out else "customer",
            channel=draw.choice(["email", "chat", "social"]),
            public=draw.choice([True, False, None]),
        )  # fmt: skip
        if draw.random() < 0.01:
            row["at"] = None
        if source == "mail" and draw.random() < 0.8:
            row["thread_id"] = f"t{draw.randrange(60)}"
        elif draw.random() < 0.6:
            row["reply_to_id"] = f"{draw.choice(['', 'x'])}{draw.randrange(contacts)}"
        if source == "tweets" and draw.random() < 0.3:
            row["answer_ids"] = ",".join(
                f"x{draw.randrange(contacts)}" for _ in range(draw.randrange(1, 3))
            ) + draw.choice(["", " ", ","])
        if draw.random() < 0.2:
            row["order_id"] = f"n{draw.randrange(60)}"
        if made and draw.random() < 0.15 and made[-1]["at"]:
            # A later part of the message before, or a second one soon after it.
            minutes = draw.choice([0, 1, 29, 30, 31])
            row = made[-1] | {
                "contact_id": f"{number}",
                "at": made[-1]["at"] + timedelta(minutes=minutes),
                "reply_to_id": draw.choice([made[-1]["contact_id"], made[-1].get("reply_to_id")]),
            }
        made.append(row)
    orders: list[Row] = []
    for number in range(contacts // 2):
        moment = at(draw.randrange(50), draw.randrange(1440))
        row = order(
            f"o{number}", moment, source=draw.choice(["mail", "tweets"]),
            order_number=draw.choice([f"n{draw.randrange(60)}"] * 9 + [None]),
            customer_ref=draw.choice([f"c{draw.randrange(12)}"] * 4 + [None]),
            kind=draw.choice(["order"] * 12 + ["refund", "cancellation", "fee", "payment"]),
            amount=draw.choice([None, -500, 100, 2500]),
            status=draw.choice([None] * 5 + ["delivered", "Cancelled", " unavailable"]),
        )  # fmt: skip
        if draw.random() < 0.8:
            days = draw.choice([0, 2, 4, 6, 8, 45])
            row["promised_at"] = moment + timedelta(days=days, minutes=draw.choice([0, 930]))
        if draw.random() < 0.6 and row["source"] == "mail":
            minutes = draw.randrange(1440)
            row["delivered_at"] = moment + timedelta(days=draw.randrange(12), minutes=minutes)
        if row["kind"] == "cancellation":
            row["related_order_id"] = draw.choice([f"o{draw.randrange(contacts // 2)}", None])
        orders.append(row)
    themes = {
        (row["source"], row["contact_id"]): draw.choice([0, 0, 1, 2])
        for row in made
        if row["direction"] == "in" and draw.random() < 0.85
    }
    threads = [
        {
            "source": "mail",
            "thread_id": f"t{n}",
            "opened_at": at(n % 9),
            "customer_ref": f"c{n % 15}",
        }
        for n in range(60)
    ]
    return World(made, orders, threads, themes)
