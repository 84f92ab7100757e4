"""Customers of all sources are joined by their keys, and stay apart where a person said so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from facts import Row, World, at, message, order, random_world, rows

from goodwill import journeys
from goodwill.engine import Engine


def key(source: str, ref: str, kind: str, value: str) -> Row:
    return {"source": source, "customer_ref": ref, "kind": kind, "value": value}


CONTACTS = [
    message("1", at(), source="desk", customer_ref="ana"),
    message("2", at(1), source="tweets", customer_ref="@ana", thread_id="t"),
    message("3", at(2), source="tweets", customer_ref=None, thread_id="t", direction="out"),
    message("4", at(3), source="desk", customer_ref="bob"),
    message("5", at(4), source="shop", customer_ref=None, order_id="A"),
]
ORDERS = [
    order("A", at(-5), customer_ref="7"), order("B", at(-4), customer_ref="8"),
    order("A", at(-3), source="outlet", customer_ref="9"),
]  # fmt: skip
KEYS = [
    key("desk", "ana", "email", "h:1"), key("shop", "7", "email", "h:1"),
    key("shop", "7", "phone", "h:2"), key("tweets", "@ana", "phone", "h:2"),
    key("desk", "bob", "email", "h:3"), key("outlet", "9", "email", "h:1"),
]  # fmt: skip


def _linked(engine: Engine, **options: Any) -> dict[str, Row]:
    World(CONTACTS, ORDERS, identities=KEYS).load(engine)
    journeys.link(engine, **options)
    return {row["customer_id"]: row for row in rows(engine, "customers", "customer_id")}


def test_it_works(engine: Engine) -> None:
    found = _linked(engine)
    assert set(found) == {"desk:ana", "desk:bob", "shop:8"}
    ana = found["desk:ana"]
    assert (ana["source"], ana["customer_ref"]) == ("desk", "ana")
    assert (ana["contacts"], ana["orders"], ana["revenue"]) == (3, 2, 2000)
    assert (ana["first_at"], ana["last_at"]) == (at(-5), at(4))
    whose = {r["contact_id"]: r["customer_id"] for r in rows(engine, "contact_customers",
                                                             "contact_id")}  # fmt: skip
    assert whose == {"1": "desk:ana", "2": "desk:ana", "3": "desk:ana", "4": "desk:bob",
                     "5": "desk:ana"}  # fmt: skip
    refs = rows(engine, "customer_refs", "source, customer_ref")
    assert [(r["source"], r["customer_ref"], r["evidence"]) for r in refs] == [
        ("desk", "ana", "email 2"), ("outlet", "9", "email 2"),
        ("shop", "7", "email 2, phone 1"), ("tweets", "@ana", "phone 1"),
    ]  # fmt: skip


def test_what_a_person_took_apart_stays_apart(engine: Engine) -> None:
    apart = [(("outlet", "9"), other) for other in
             (("desk", "ana"), ("shop", "7"), ("tweets", "@ana"))]  # fmt: skip
    found = _linked(engine, undo=apart)
    assert set(found) == {"desk:ana", "desk:bob", "outlet:9", "shop:8"}
    assert (found["desk:ana"]["orders"], found["outlet:9"]["orders"]) == (1, 1)


def test_an_order_joins_over_sources_only_where_it_is_shared(engine: Engine) -> None:
    keys = [key("desk", "ana", "order", "h:9"), key("shop", "7", "order", "h:9")]
    for shared, joined in ((("email", "phone"), 0), (("email", "phone", "order"), 2)):
        World(CONTACTS, ORDERS, identities=keys).load(engine)
        journeys.link(engine, shared_keys=shared)
        assert len(rows(engine, "customer_refs", "source")) == joined


def test_without_keys_every_reference_is_a_customer(engine: Engine) -> None:
    World(CONTACTS, ORDERS).load(engine)
    journeys.link(engine)
    found = [row["customer_id"] for row in rows(engine, "customers", "customer_id")]
    assert found == ["desk:ana", "desk:bob", "outlet:9", "shop:7", "shop:8", "tweets:@ana"]


def test_both_engines_agree(engine: Engine, agree: Callable[..., None]) -> None:
    world = random_world(11)
    world.identities = [
        key(source, f"c{n}", kind, f"h:{(n * step) % 9}")
        for source in ("mail", "tweets") for n in range(12)
        for kind, step in (("email", 1), ("phone", 4)) if (n + step) % 3
    ]  # fmt: skip
    world.load(engine)
    journeys.link(engine, undo=[(("mail", "c1"), ("tweets", "c1"))])
    agree("customer_refs", "contact_customers", "order_customers", "customers")
    assert len(rows(engine, "customer_refs", "source, customer_ref")) > 4
