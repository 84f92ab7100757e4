"""Who wrote, and what is one conversation."""

from __future__ import annotations

from collections.abc import Callable

from facts import World, at, message, order, reply, rows

from goodwill import journeys
from goodwill.engine import Engine


def _linked(engine: Engine, world: World) -> None:
    world.load(engine)
    journeys.link(engine)


def _conversations(engine: Engine) -> dict[str, str]:
    return {r["contact_id"]: r["conversation_id"] for r in rows(engine, "conversations", "1, 2")}


def _customers(engine: Engine) -> dict[str, str]:
    return {r["contact_id"]: r["customer_id"] for r in rows(engine, "contact_customers", "1, 2")}


def test_it_works(engine: Engine) -> None:
    _linked(engine, World([message("1", at()), message("2", at(1), reply_to_id="1")]))
    assert _conversations(engine) == {"1": "shop:contact:1", "2": "shop:contact:1"}
    assert _customers(engine) == {"1": "shop:ana", "2": "shop:ana"}


def test_an_answer_that_nobody_holds_joins_what_stands_around_it(engine: Engine) -> None:
    world = World(
        [
            message("b", at(), answer_ids="x7, x8"),
            message("a", at(1), reply_to_id="x8", answer_ids="x9,"),
            message("c", at(2), reply_to_id=" x9"),
            message("d", at(2), reply_to_id="", answer_ids=" "),
        ]
    )
    _linked(engine, world)
    joined = "shop:contact:a"
    assert _conversations(engine) == {"a": joined, "b": joined, "c": joined, "d": "shop:contact:d"}


def test_a_thread_goes_before_replies_and_draws_in_those_without_one(engine: Engine) -> None:
    world = World(
        [
            message("1", at(), thread_id="T"),
            message("2", at(), reply_to_id="1"),
            message("3", at(), thread_id="U", reply_to_id="1"),
            message("4", at(), thread_id="V"),
            message("5", at(), reply_to_id="4"),
        ]
    )
    _linked(engine, world)
    assert _conversations(engine) == {
        "1": "shop:thread:T", "2": "shop:contact:1", "3": "shop:thread:U",
        "4": "shop:thread:V", "5": "shop:thread:V",
    }  # fmt: skip


def test_a_thread_and_a_contact_of_one_number_are_two_conversations(engine: Engine) -> None:
    _linked(engine, World([message("5", at()), message("6", at(), thread_id="5")]))
    assert len(set(_conversations(engine).values())) == 2


def test_ids_of_two_sources_never_join(engine: Engine) -> None:
    world = World(
        [
            message("1", at(), customer_ref="7"),
            message("1", at(), customer_ref="7", source="tweets", answer_ids="2"),
            message("2", at(), customer_ref="7", reply_to_id="1"),
            message("3", at(), customer_ref="7", source="tweets", reply_to_id="2"),
        ]
    )
    _linked(engine, world)
    found = {(r["source"], r["contact_id"]): r for r in rows(engine, "conversations", "1, 2")}
    assert found["shop", "2"]["conversation_id"] == "shop:contact:1"
    assert found["tweets", "3"]["conversation_id"] == "tweets:contact:1"
    assert [r["customer_id"] for r in rows(engine, "customers", "1")] == ["shop:7", "tweets:7"]


def test_a_contact_of_nobody_known_has_no_customer(engine: Engine) -> None:
    world = World(
        [
            message("1", at(), customer_ref=None),
            message("2", at(), customer_ref=" "),
            message("3", at(), customer_ref=None, reply_to_id="4"),
            message("4", at()),
        ]
    )
    _linked(engine, world)
    assert _customers(engine) == {"4": "shop:ana"}


def test_an_order_names_its_customer_when_it_is_of_one_only(engine: Engine) -> None:
    unknown = {"customer_ref": None}
    world = World(
        [
            message("1", at(), order_id="A", **unknown),
            message("2", at(), order_id="line-2", **unknown),
            message("3", at(), order_id="B", **unknown),
            message("4", at(), order_id="C", **unknown),
            message("5", at(), order_id="A", source="tweets", **unknown),
            message("6", at(), order_id="A", customer_ref="bob"),
        ],
        [
            order("line-1", at(), order_number="A"),
            order("line-2", at(), order_number="A"),
            order("line-3", at(), order_number="B"),
            order("line-4", at(), order_number="B", customer_ref="bob"),
            order("line-5", at(), order_number="C", customer_ref=None),
        ],
    )
    _linked(engine, world)
    assert _customers(engine) == {"1": "shop:ana", "2": "shop:ana", "6": "shop:bob"}


def test_an_answer_goes_to_the_one_customer_of_its_conversation(engine: Engine) -> None:
    world = World(
        [
            message("1", at(), thread_id="one"),
            reply("2", at(1), thread_id="one"),
            message("3", at(), thread_id="two"),
            message("4", at(), thread_id="two", customer_ref="bob"),
            reply("5", at(1), thread_id="two"),
            message("6", at(), thread_id="three"),
            message("7", at(), thread_id="three", customer_ref=None),
            reply("8", at(1), thread_id="three"),
            reply("9", at(1), thread_id="four"),
        ]
    )
    _linked(engine, world)
    found = _customers(engine)
    assert found["2"] == "shop:ana"
    assert not {"5", "7", "8", "9"} & set(found)


def test_customers_sum_up_contacts_orders_and_threads(
    engine: Engine, agree: Callable[..., None]
) -> None:
    world = World(
        [message("1", at(5)), reply("2", at(9), customer_ref="ana")],
        [
            order("l1", at(1), order_number="A", amount=700),
            order("l2", at(1), order_number="A", amount=300),
            order("l3", at(2), amount=None),
            order("r1", at(3), kind="refund", amount=200),
            order("r2", at(3), kind="cancellation", amount=-50),
            order("p1", at(3), kind="payment", amount=1000),
            order("x", at(3), customer_ref=None),
        ],
        [{"source": "desk", "thread_id": "t", "opened_at": at(4), "customer_ref": "a:b"}],
    )
    _linked(engine, world)
    agree("customers", "conversations")
    ana, caller = sorted(rows(engine, "customers", "customer_id"), key=lambda row: -row["contacts"])
    assert ana == {
        "customer_id": "shop:ana", "source": "shop", "customer_ref": "ana",
        "first_at": at(1), "last_at": at(9), "contacts": 1, "orders": 2, "revenue": 750,
    }  # fmt: skip
    assert caller["customer_id"] == "desk:a:b" and caller["customer_ref"] == "a:b"
    assert caller["contacts"] == caller["orders"] == caller["revenue"] == 0


def test_no_facts_make_empty_tables(engine: Engine) -> None:
    World().follow(engine)
    for name in ("conversations", "customers", "episodes", "messages", "promises", "weekly"):
        assert engine.scalar(f"SELECT count(*) FROM {name}") == 0
    assert journeys.as_of(engine) is None
    assert engine.arrow(journeys.first_contact_sql())["closed"].to_pylist() == [0]
    assert engine.arrow(journeys.repeat_rate_sql(7))["contacts"].to_pylist() == [0]
