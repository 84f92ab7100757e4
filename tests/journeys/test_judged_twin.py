"""What became of the commitments made to a thousand random customers equals loops over the rows."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
from crowd import crowd
from facts import Row, at, order

from goodwill import journeys
from goodwill.engine import DuckDBEngine
from goodwill.journeys._commitments import SAID

HALF_HOUR, DAY, QUIET = timedelta(minutes=30), timedelta(days=1), timedelta(days=14)
HELD = ("refund", "delivery")


def _refunds(draw: random.Random, said: list[Row], at_of: dict[str, datetime]) -> list[Row]:
    """Refunds around the times at which something was promised, few of them of an order."""
    return [
        order(f"r{n}", at_of[one["contact_id"]] + draw.choice([-2, 0.5, 2, 6]) * DAY, source="desk",
              kind="refund", customer_ref=f"c{one['contact_id'].split('-')[0]}", order_number=None,
              related_order_id=draw.choice([None, None, f"o{one['contact_id'].split('-')[0]}"]))
        for n, one in enumerate(said) if n % 3 == 0 and one["source"] == "desk"
    ]  # fmt: skip


def _said(draw: random.Random, contacts: list[Row]) -> list[Row]:
    spoken = [r for r in contacts if r["direction"] == "out" and r["author_role"] == "agent"]
    return [
        {"source": r["source"], "contact_id": r["contact_id"], "place": 0, "words": "we will",
         "what": draw.choice(["refund", "delivery", "reply", "call", "replacement"]),
         "due_at": draw.choice([None, r["at"] + DAY, r["at"] + 4 * DAY])}
        for r in spoken
    ]  # fmt: skip


class Loops:
    """The messages and orders, and what they say of one commitment."""

    def __init__(self, messages: list[Row], orders: list[Row], now: datetime) -> None:
        self.messages, self.now = [m for m in messages if m["at"]], now
        self.of = {(m["source"], m["contact_id"]): m for m in messages}
        self.bought: dict[str, list[Row]] = defaultdict(list)
        for one in orders:
            self.bought[f"desk:{one['customer_ref']}"].append(one)
        self.by: dict[str, dict[str | None, list[Row]]] = {}
        for key in ("customer_id", "conversation_id"):
            self.by[key] = defaultdict(list)
            for row in self.messages:
                self.by[key][row[key]].append(row)
        self.calls = any(m["channel"] == "phone" for m in self.messages if self._ours(m))

    @staticmethod
    def _ours(row: Row) -> bool:
        return row["direction"] == "out" and (row["author_role"] or "agent") == "agent"

    def _done(self, one: Row, made: Row, meant: Row | None) -> datetime | None:
        what, start, due = one["what"], made["at"], one["due_at"]
        who = made["customer_id"]
        found: list[datetime] = []
        if what == "delivery" and meant and meant["delivered_at"]:
            found = [meant["delivered_at"]] if meant["delivered_at"] >= start else []
        elif what == "refund" and who:
            for row in self.bought[who]:
                if row["kind"] != "refund" or row["at"] < start - DAY:
                    continue
                if meant:
                    same = row["related_order_id"] == meant["order_id"]
                else:
                    same = due is not None and row["at"] <= due + 60 * DAY
                found += [row["at"]] if same else []
        elif what in ("reply", "call"):
            key = "customer_id" if who else "conversation_id"
            found = [
                m["at"] for m in self.by[key][made[key]]
                if self._ours(m) and m["at"] > start + HALF_HOUR
                and (what == "reply" or m["channel"] == "phone" or not self.calls)
            ]  # fmt: skip
        return min(found, default=None)

    def _again(self, one: Row, made: Row) -> bool:
        def place(row: Row) -> tuple[Any, ...]:
            return row["at"], row["direction"], row["contact_id"]

        talk = self.by["conversation_id"][made["conversation_id"]]
        before = sorted((m for m in talk if place(m) <= place(made)), key=place)
        themes = [m["theme_id"] for m in before if m["theme_id"] is not None]
        mine = self.by["customer_id"][made["customer_id"]] if made["customer_id"] else []
        for row in (*talk, *mine):
            if row["direction"] == "in" and one["due_at"] < row["at"] <= one["due_at"] + QUIET:
                here = row["conversation_id"] == made["conversation_id"]
                if here and not (themes and made["customer_id"]):
                    return True
                his = made["customer_id"] and row["customer_id"] == made["customer_id"]
                if his and themes and row["theme_id"] == themes[-1]:
                    return True
        return False

    def status(self, one: Row) -> str:
        made = self.of[one["source"], one["contact_id"]]
        if one["due_at"] is None:
            return "unknown"
        known = bool(made["customer_id"])
        could = [
            o for o in self.bought[made["customer_id"] or ""]
            if o["kind"] == "order" and o["at"] <= made["at"]
            and (one["what"] != "delivery" or not o["delivered_at"]
                 or o["delivered_at"] >= made["at"])
        ]  # fmt: skip
        meant = could[0] if len(could) == 1 else None
        done = self._done(one, made, meant)
        if done is not None:
            return "kept" if done <= one["due_at"] else "broken"
        if one["due_at"] >= self.now:
            return "open"
        if self._again(one, made):
            return "broken"
        if one["what"] in ("reply", "call"):
            return "overdue"
        blind = one["what"] not in HELD or not known or (one["what"] == "delivery" and not meant)
        return "unknown" if blind else "overdue"


def test_a_thousand_customers_were_promised_what_the_loops_say() -> None:
    draw = random.Random(17)
    world = crowd(13)
    said = _said(draw, list(world.contacts))
    at_of = {row["contact_id"]: row["at"] for row in world.contacts}
    world.orders = [*world.orders, *_refunds(draw, said, at_of)]
    engine = DuckDBEngine(threads=2)
    world.follow(engine)
    columns = [pa.array([row.get(field.name) for row in said], field.type) for field in SAID]
    engine.load("commitments", pa.Table.from_arrays(columns, schema=SAID))
    journeys.judge_promises(engine)
    found = engine.arrow("SELECT * FROM promises WHERE kind = 'commitment'").to_pylist()
    messages = engine.arrow("SELECT * FROM messages").to_pylist()
    now = journeys.as_of(engine)
    engine.close()
    assert now is not None and now > at(100)
    loops = Loops(messages, list(world.orders), now)
    judged = {(r["source"], r["contact_id"]): r["status"] for r in found}
    expected = {(r["source"], r["contact_id"]): loops.status(r) for r in said}
    assert judged == expected
    counts = Counter((row["what"], row["status"]) for row in found)
    assert all(counts["reply", each] > 3 for each in ("kept", "broken", "overdue"))
    assert all(counts["refund", each] > 3 for each in ("kept", "broken", "unknown", "overdue"))
