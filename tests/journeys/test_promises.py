"""What was promised by when, and what became of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from facts import Row, World, at, order, rows

from goodwill.engine import Engine

DAY = datetime(2024, 3, 4, tzinfo=UTC)
"""A Monday's midnight."""


def _promises(engine: Engine, orders: list[Row], **settings: str) -> list[Row]:
    World(orders=orders).follow(engine, **settings)
    return rows(engine, "promises", "order_number, customer_id")


def _moment(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2024, 3, day, hour, minute, tzinfo=UTC)


def test_it_works(engine: Engine) -> None:
    (row,) = _promises(engine, [order("A", at(), promised_at=DAY, delivered_at=_moment(2, 9))])
    assert len(row.pop("promise_id")) == 20
    assert row == {
        "kind": "delivery", "what": "delivery", "source": "shop", "customer_id": "shop:ana",
        "order_number": "A", "contact_id": None, "conversation_id": None, "theme_id": None,
        "agent_id": None, "words": None, "again_at": None, "made_at": at(),
        "due_at": datetime(2024, 3, 4, 23, 59, 59, 999999, UTC),
        "kept_at": _moment(2, 9), "status": "kept", "reason": None, "days_late": -2.0,
        "amount": 1000,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("delivered", "status", "late"),
    [
        (_moment(4, 23, 59), "kept", 0),
        (_moment(5), "broken", 1),
        (_moment(9, 1), "broken", 5),
        (_moment(4), "kept", 0),
    ],
)
def test_a_promise_is_for_the_whole_day(
    engine: Engine, delivered: datetime, status: str, late: int
) -> None:
    (row,) = _promises(engine, [order("A", at(), promised_at=DAY, delivered_at=delivered)])
    assert (row["status"], row["days_late"]) == (status, late)


def test_the_day_is_of_the_books_time_zone(engine: Engine) -> None:
    # Midnight in Sao Paulo is 03:00 UTC; the day ends at 03:00 UTC of the next.
    orders = [
        order("A", at(), promised_at=_moment(4, 3), delivered_at=_moment(5, 2, 59)),
        order("B", at(), promised_at=_moment(4, 3), delivered_at=_moment(5, 3)),
        order("C", at(), promised_at=_moment(4, 2, 59), delivered_at=_moment(4, 3)),
    ]
    found = _promises(engine, orders, time_zone="America/Sao_Paulo")
    assert [row["status"] for row in found] == ["kept", "broken", "broken"]
    assert found[0]["due_at"] == datetime(2024, 3, 5, 2, 59, 59, 999999, UTC)


def test_a_day_beyond_the_table_of_days_is_told_by_the_engine(engine: Engine) -> None:
    # Moscow was three hours ahead in 1960: midnight there is 21:00 UTC of the day before.
    promised = datetime(1960, 4, 30, 21, tzinfo=UTC)
    delivered = datetime(1960, 5, 3, 20, 59, tzinfo=UTC)
    orders = [order("A", at(), promised_at=promised, delivered_at=delivered)]
    (row,) = _promises(engine, orders, time_zone="Europe/Moscow")
    assert row["due_at"] == datetime(1960, 5, 1, 20, 59, 59, 999999, UTC)
    assert (row["status"], row["days_late"]) == ("broken", 2.0)


def test_without_delivery_it_is_open_until_the_day_has_passed(engine: Engine) -> None:
    orders = [
        order("A", at(), promised_at=_moment(4, 1)),
        order("B", at(), promised_at=_moment(5, 1)),
        order("C", at(), promised_at=_moment(9)),
        order("D", at(), promised_at=_moment(1), delivered_at=_moment(5, 12)),
    ]
    found = _promises(engine, orders)
    assert [(row["status"], row["days_late"]) for row in found] == [
        ("overdue", 1.0), ("open", None), ("open", None), ("broken", 4.0),
    ]  # fmt: skip


def test_a_source_without_delivery_dates_tells_nothing(engine: Engine) -> None:
    orders = [
        order("A", at(), promised_at=DAY, source="other"),
        order("B", at(), promised_at=DAY, delivered_at=DAY),
    ]
    found = {row["order_number"]: row for row in _promises(engine, orders)}
    assert (found["A"]["status"], found["A"]["reason"]) == (
        "unknown", "the source holds no delivery dates",
    )  # fmt: skip
    assert found["A"]["days_late"] is None and found["B"]["status"] == "kept"


def test_cancelled_orders_are_unknown(engine: Engine) -> None:
    came = {"promised_at": DAY, "delivered_at": _moment(9)}
    orders = [
        order("A", at(), promised_at=DAY, status="Canceled"),
        order("B", at(), promised_at=DAY),
        order("B-c", at(2), order_number="B", kind="cancellation"),
        order("C", at(), promised_at=DAY),
        order("C-c", at(2), kind="cancellation", related_order_id="C"),
        order("D", at(), **came),
        order("D-c", _moment(20), order_number="D", kind="cancellation"),
        order("E", at(), promised_at=DAY, status="unavailable"),
        order("F", at(), **came, status="cancelled"),
    ]
    found = {row["order_number"]: row for row in _promises(engine, orders)}
    assert {number: row["status"] for number, row in found.items()} == {
        "A": "unknown", "B": "unknown", "C": "unknown", "D": "broken", "E": "unknown",
        "F": "unknown",
    }  # fmt: skip
    assert {found[number]["reason"] for number in "ABCEF"} == {"the order was cancelled"}


def test_an_order_of_lines_is_one_promise_kept_by_its_last_line(engine: Engine) -> None:
    orders = [
        order("1", at(), order_number="A", promised_at=_moment(2), delivered_at=_moment(1)),
        order("2", at(1), order_number="A", promised_at=DAY, delivered_at=_moment(3), amount=500),
        order("3", at(), order_number="B", promised_at=DAY, delivered_at=_moment(1)),
        order("4", at(), order_number="B", promised_at=DAY),
        order("5", at(), order_number="C", promised_at=DAY, delivered_at=_moment(3)),
        order("6", at(), order_number="C", promised_at=_moment(9), status="cancelled"),
        order("7", at(), order_number="D", promised_at=None),
        order("8", at(), order_number=None, promised_at=DAY, delivered_at=_moment(6)),
        order("9", at(), order_number="A", kind="payment", promised_at=DAY),
        # The first line of an order may bear its number as its own id, told or not.
        order("E", at(), promised_at=DAY, delivered_at=_moment(1)),
        order("E-2", at(), order_number="E", promised_at=DAY, delivered_at=_moment(7)),
        order("F", at(), order_number=None, promised_at=DAY, delivered_at=_moment(7)),
        order("F-2", at(), order_number="F", promised_at=DAY, delivered_at=_moment(1)),
    ]
    rows = _promises(engine, orders)
    found = {row["order_number"]: row for row in rows}
    assert len(rows) == len(found)
    assert {number: row["status"] for number, row in found.items()} == {
        "A": "kept", "B": "overdue", "C": "kept", "8": "broken", "E": "broken", "F": "broken",
    }  # fmt: skip
    assert (found["A"]["made_at"], found["A"]["amount"]) == (at(), 1500)
    assert found["C"]["due_at"].day == 4


def test_one_number_of_two_customers_is_two_promises(engine: Engine) -> None:
    orders = [
        order("1", at(), order_number="A", promised_at=DAY, delivered_at=DAY),
        order("2", at(), order_number="A", promised_at=DAY, customer_ref="bob"),
        order("3", at(), order_number="A", promised_at=DAY, customer_ref=None),
    ]
    found = _promises(engine, orders)
    assert len({row["promise_id"] for row in found}) == 3
    assert {row["customer_id"] for row in found} == {"shop:ana", "shop:bob", None}
