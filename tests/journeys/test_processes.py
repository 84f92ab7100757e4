"""Real paths: steps, what follows what, waits, loops and contacts equal loops over the events."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pyarrow as pa
from crowd import crowd
from facts import START, Row, World, at, message, one_theme, order, reply, rows

from goodwill import journeys
from goodwill.engine import Engine
from goodwill.tables import FACTS

STATES = ("New", "Active", "Awaiting user", "Resolved", "Closed")


def _log(seed: int, tickets: int = 120) -> list[Row]:
    draw = random.Random(seed)
    return [
        {"source": "desk", "event_id": f"{ticket}-{n}", "thread_id": f"{ticket}",
         "at": START + timedelta(hours=n * draw.choice([0, 1, 5])),
         "status": draw.choice([*STATES, " active ", None])}
        for ticket in range(tickets) for n in range(draw.randrange(1, 9))
    ]  # fmt: skip


def _walks(log: list[Row]) -> dict[str, list[tuple[Any, str]]]:
    """Each ticket's states in order, a state that is logged again left out."""
    cases: dict[str, list[Row]] = defaultdict(list)
    for row in log:
        if row["status"]:
            cases[row["thread_id"]].append(row)
    walks = {}
    for case, found in cases.items():
        named = [(r["at"], r["status"].strip().lower(), r["event_id"]) for r in found]
        last = {"new": 0, "resolved": 2, "closed": 3}
        line = sorted(named, key=lambda one: (one[0], last.get(one[1], 1), one[1], one[2]))
        walks[case] = [
            (moment, step)
            for n, (moment, step, _) in enumerate(line)
            if n == 0 or line[n - 1][1] != step
        ]
    return walks


def test_the_process_of_tickets_equals_the_loops(
    engine: Engine, agree: Callable[..., None]
) -> None:
    log = _log(3)
    world = crowd(2, customers=60)
    world.load(engine)
    schema = FACTS["thread_events"].schema
    columns = [pa.array([row.get(field.name) for row in log], field.type) for field in schema]
    engine.load("thread_events", pa.Table.from_arrays(columns, schema=schema))
    journeys.link(engine)
    journeys.follow(engine)
    journeys.find_processes(engine)
    agree("process_steps", "process_links", "process_paths")
    walks = _walks(log)

    follows: Counter[tuple[str, str]] = Counter()
    waits: dict[tuple[str, str], list[int]] = defaultdict(list)
    for walk in walks.values():
        for (here, step), (after, then) in pairwise(walk):
            follows[step, then] += 1
            waits[step, then].append((after - here) // timedelta(seconds=1))
    links = [r for r in rows(engine, "process_links", "1") if r["process"] == "ticket"]
    assert {(r["from_step"], r["to_step"]): r["events"] for r in links} == follows
    for row in links:
        some = sorted(waits[row["from_step"], row["to_step"]])
        assert row["median_seconds"] == some[(len(some) - 1) // 2]
    taken = Counter(step for walk in walks.values() for step in {step for _, step in walk})
    again = Counter(
        step
        for walk in walks.values()
        for step, n in Counter(step for _, step in walk).items()
        if n > 1
    )
    steps = [r for r in rows(engine, "process_steps", "1") if r["process"] == "ticket"]
    assert {r["step"]: r["cases"] for r in steps} == taken
    assert {r["step"]: r["repeated"] for r in steps if r["repeated"]} == again
    assert sum(r["starts"] for r in steps) == sum(r["ends"] for r in steps) == len(walks)
    told = Counter(" > ".join(step for _, step in walk) for walk in walks.values())
    paths = [r for r in rows(engine, "process_paths", "place") if r["process"] == "ticket"]
    assert all(told[r["path"]] == r["cases"] for r in paths)
    assert [r["cases"] for r in paths] == sorted(told.values(), reverse=True)[:100]


def test_an_order_is_followed_from_money_to_the_last_answer(engine: Engine) -> None:
    orders = [
        order("o1", at(0), promised_at=at(3), delivered_at=at(6)),
        order("p1", at(0, 10), kind="payment", order_number=None, related_order_id="o1"),
        order("o2", at(100)),
        order("r1", at(105), kind="refund", order_number=None, related_order_id="o2"),
        order("o9", at(0), customer_ref="eve"),
    ]
    contacts = [
        message("1", at(4), thread_id="t", text="where is it"),
        reply("2", at(4, 60), thread_id="t"),
        reply("3", at(4, 61), thread_id="t"),
        message("4", at(7), thread_id="t", text="thanks"),
        message("5", at(101), thread_id="u", order_id="o1"),
        message("6", at(102), channel="social", public=True),
        message("7", at(400)),
        message("8", at(1), customer_ref="bob"),
    ]
    World(contacts, orders, themes=one_theme(contacts)).follow(engine)
    journeys.find_processes(engine)
    links = {(r["from_step"], r["to_step"]) for r in rows(engine, "process_links", "1")}
    assert links == {
        ("ordered", "paid"), ("paid", "promised day missed"), ("promised day missed", "wrote"),
        ("wrote", "answered"), ("answered", "delivered"), ("delivered", "wrote"),
        ("ordered", "wrote in public"), ("wrote in public", "refunded"),
    }  # fmt: skip
    steps = {r["step"]: r for r in rows(engine, "process_steps", "1")}
    assert steps["ordered"]["cases"] == 3 and steps["ordered"]["ends"] == 1
    assert steps["wrote"]["events"] == 2 and steps["wrote"]["repeated"] == 1
    assert steps["delivered"]["contacted"] == steps["promised day missed"]["contacted"] == 1
    assert steps["answered"]["events"] == 1 and steps["answered"]["contacted"] == 0
