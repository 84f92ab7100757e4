"""Promises in a Book's messages: found once, kept for the next refresh, and judged by the facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from facts import Row, World, at, message, one_theme, order, random_world, reply, rows

from goodwill import journeys
from goodwill.engine import DuckDBEngine, Engine
from goodwill.journeys import Calendar
from goodwill.journeys._commitments import KEPT
from goodwill.settings import PublishedPromise

REFUND = "We will refund you within 3 days."
REPLY = "I will get back to you within 2 days."


def judged(
    engine: Engine, folder: Path, contacts: list[Row], orders: list[Row] | None = None,
    **settings: Any,
) -> list[Row]:  # fmt: skip
    """Return the commitments and published promises, by time and contact."""
    world = World(contacts, orders or [], themes=one_theme(contacts))
    world.follow(engine)
    journeys.find_commitments(engine, folder, calendar=settings.get("calendar"))
    journeys.judge_promises(engine, **settings)
    found = rows(engine, "promises", 'made_at, contact_id, order_number, "words"')
    return [row for row in found if row["kind"] != "delivery"]


def thread(words: str, *more: Row) -> list[Row]:
    """Ana asks on day 0 and is promised something an hour later."""
    return [
        message("1", at(), thread_id="t"),
        reply("2", at(minutes=60), thread_id="t", agent_id="A-7", text=words),
        *more,
        message("99", at(90), customer_ref="zoe"),
    ]


def end_of(day: int) -> datetime:
    """The last microsecond of a day of January 2024."""
    return datetime(2024, 1, 1 + day, 23, 59, 59, 999999, UTC)


def test_it_works(engine: Engine, tmp_path: Path) -> None:
    (row,) = judged(
        engine, tmp_path, thread(REFUND),
        [order("A", at(-9)), order("R", at(2), kind="refund", related_order_id="A", amount=-1000,
                                   order_number=None)],
    )  # fmt: skip
    assert len(row.pop("promise_id")) == 20
    assert row == {
        "kind": "commitment", "what": "refund", "source": "shop", "customer_id": "shop:ana",
        "order_number": "A", "contact_id": "2", "conversation_id": "shop:thread:t", "theme_id": 1,
        "agent_id": "A-7", "words": "We will refund you within 3 days", "made_at": at(minutes=60),
        "due_at": end_of(3), "kept_at": at(2), "again_at": None, "status": "kept", "reason": None,
        "days_late": -1.0, "amount": 1000,
    }  # fmt: skip


def refund(day: float, **more: Any) -> Row:
    return order("R", at(day), kind="refund", amount=-1000, **({"order_number": "A"} | more))


AGAIN = message("3", at(5), thread_id="t")
THANKS = message("3", at(2), thread_id="t")


Case = tuple[str, list[Row], list[Row], str, str | None]
"""What is said, what comes later, the orders, and what becomes of it."""
CASES: list[Case] = [
    (REFUND, [], [refund(2)], "kept", None),
    (REFUND, [AGAIN], [refund(2)], "kept", None),
    (REFUND, [], [refund(6)], "broken", "it was done after the date"),
    (REFUND, [], [refund(-2)], "overdue", "nothing shows that it was done"),
    (REFUND, [], [refund(2, order_number="B"), order("B", at(-5))], "kept", None),
    (REFUND, [], [refund(2, customer_ref="bob")], "overdue", "nothing shows that it was done"),
    (REFUND, [AGAIN], [refund(80, customer_ref="bob")], "broken",
     "the customer wrote again about it after the date"),
    ("We will refund you.", [], [refund(2)], "unknown", "no date was given"),
    (REPLY, [reply("4", at(1), thread_id="t")], [], "kept", None),
    (REPLY, [reply("4", at(4), thread_id="t")], [], "broken", "it was done after the date"),
    (REPLY, [reply("4", at(minutes=80), thread_id="t")], [], "overdue",
     "nothing shows that it was done"),
    (REPLY, [reply("4", at(1), thread_id="t", author_role="bot")], [], "overdue",
     "nothing shows that it was done"),
    (REPLY, [reply("4", at(1), thread_id=None, customer_ref="ana")], [], "kept", None),
    (REPLY, [AGAIN], [], "broken", "the customer wrote again about it after the date"),
    (REPLY, [message("3", at(50), thread_id="t")], [], "overdue",
     "nothing shows that it was done"),
    ("I will call you tomorrow.",
     [reply("4", at(0.9), thread_id="t"), reply("5", at(1), channel="phone",
                                               customer_ref="ana")], [], "kept", None),
    ("I will call you tomorrow.",
     [reply("4", at(0.9), thread_id="t"), reply("5", at(1), channel="phone",
                                               customer_ref="bob")], [], "overdue",
     "nothing shows that it was done"),
    ("We will send you a replacement by Thursday.", [], [], "unknown",
     "the data does not show whether it was done"),
    ("We will send you a replacement by Thursday.", [AGAIN], [], "broken",
     "the customer wrote again about it after the date"),
    ("We will send you a replacement by Thursday.", [THANKS], [], "unknown",
     "the data does not show whether it was done"),
    ("Your parcel will be delivered within 3 days.", [],
     [order("A", at(-9), delivered_at=at(2)), order("B", at(-30), delivered_at=at(-20))],
     "kept", None),
    ("Your parcel will be delivered within 3 days.", [],
     [order("A", at(-9), delivered_at=at(7)), order("B", at(-30), delivered_at=at(-20))],
     "broken", "it was done after the date"),
    ("Your parcel will be delivered within 3 days.", [],
     [order("A", at(-9)), order("B", at(-3)), order("C", at(-9), delivered_at=at(-1))],
     "unknown", "which order it is about is not known"),
    ("Your parcel will be delivered within 200 days.", [], [order("A", at(-9))], "open", None),
]  # fmt: skip
ALONE: list[Case] = [
    (REFUND, [], [], "unknown", "the source holds no refunds"),
    ("I will call you tomorrow.", [reply("4", at(1), thread_id="t")], [], "kept", None),
    ("Your parcel will be delivered within 3 days.", [], [order("A", at(-9))], "unknown",
     "the source holds no delivery dates"),
]  # fmt: skip
"""Those that hold where nothing in the Book tells of refunds, of calls, of deliveries."""


@pytest.mark.parametrize("cases", [CASES, *([case] for case in ALONE)])
def test_a_commitment_is_judged_by_what_happened_after(
    engine: Engine, tmp_path: Path, cases: list[Case]
) -> None:
    contacts: list[Row] = []
    orders: list[Row] = []
    for number, (words, more, bought, _, _) in enumerate(cases):
        source = {"source": f"{number:02}"}  # each case is a company of its own
        contacts += [row | source for row in thread(words, *more)]
        orders += [row | source for row in bought]
    found = [row for row in judged(engine, tmp_path, contacts, orders) if row["contact_id"] == "2"]
    assert len(found) == len(cases)
    assert {row["source"]: (row["status"], row["reason"]) for row in found} == {
        f"{number:02}": case[3:] for number, case in enumerate(cases)
    }


def test_each_source_tells_for_itself_whether_it_would_show_a_refund(
    engine: Engine, tmp_path: Path
) -> None:
    contacts, orders = [], [order("X", at(-9), customer_ref="eve") | {"source": "till"}]
    for source, ref in (("shop", "ana"), ("till", "eve"), ("desk", "joe")):
        for row in thread(REFUND):
            row["customer_ref"] = ref if row["direction"] == "in" else None
            contacts.append(row | {"source": source})
    orders += [refund(2, customer_ref="bob"), order("B", at(-5), customer_ref="bob")]
    found = {row["source"]: (row["status"], row["reason"])
             for row in judged(engine, tmp_path, contacts, orders)
             if row["kind"] == "commitment"}  # fmt: skip
    nothing = ("overdue", "nothing shows that it was done")
    # The till holds no refund; the desk holds no orders, so that the shop's refunds tell.
    assert found == {
        "shop": nothing, "till": ("unknown", "the source holds no refunds"), "desk": nothing
    }  # fmt: skip


def test_a_named_order_is_the_one_that_is_meant(engine: Engine, tmp_path: Path) -> None:
    contacts = thread("Your parcel will be delivered within 3 days.")
    contacts[0]["order_id"] = "B"
    orders = [order("A", at(-9)), order("B", at(-3), delivered_at=at(1))]
    (row,) = judged(engine, tmp_path, contacts, orders)
    assert (row["order_number"], row["status"]) == ("B", "kept")


def test_who_is_not_of_the_company_promises_nothing(engine: Engine, tmp_path: Path) -> None:
    contacts = [
        message("1", at(), thread_id="t", text=REFUND),
        reply("2", at(0.1), thread_id="t", author_role="bot", text=REFUND),
        reply("3", at(0.2), thread_id="t", author_role="system", text=REFUND),
        reply("4", at(0.3), thread_id="t", direction="internal", text=REFUND),
        reply("5", at(0.4), thread_id="t", author_role=None, text=REFUND),
    ]
    assert [row["contact_id"] for row in judged(engine, tmp_path, contacts)] == ["5"]


def test_both_engines_agree_on_random_worlds(
    engine: Engine, tmp_path: Path, agree: Callable[..., None]
) -> None:
    said = ["", REFUND, REPLY, "I'll call you tomorrow.", "Te devolvemos el dinero en 3 días.",
            "We will send a new one.", "Your parcel will be with you by Friday. We will call you "
            "today."]  # fmt: skip
    world = random_world(7)
    for number, row in enumerate(world.contacts):
        if row["direction"] == "out":
            row["text"] = said[number % len(said)]
    world.follow(engine, time_zone="Europe/Madrid")
    days = Calendar(holidays=[date(2024, 1, 12)], time_zone="Europe/Madrid")
    journeys.find_commitments(engine, tmp_path / "kept", calendar=days)
    published = (
        PublishedPromise("Delivery in 5 working days", "delivery", "5 working days"),
        PublishedPromise("Answer in a day", "answer", "24 hours", channels=("email",)),
        PublishedPromise("Answer in two working days", "answer", "2 working days", "2024-01-10"),
    )
    journeys.judge_promises(
        engine, time_zone="Europe/Madrid", calendar=days, published=published
    )  # fmt: skip
    agree("commitments", "promises")
    kinds = {row["kind"] for row in rows(engine, "promises", "promise_id")}
    assert kinds == {"delivery", "commitment", "published"}


def _found(engine: Engine, folder: Path, contacts: list[Row], **options: Any) -> int:
    World(contacts).load(engine)
    return journeys.find_commitments(engine, folder, **options)


def test_a_message_is_read_once(engine: Engine, tmp_path: Path) -> None:
    contacts = thread(REFUND, reply("3", at(1), text="Thanks for waiting."))
    assert _found(engine, tmp_path, contacts) == 2
    kept = (tmp_path / KEPT).read_bytes()
    assert _found(engine, tmp_path, contacts) == 0
    assert (tmp_path / KEPT).read_bytes() == kept
    assert len(rows(engine, "commitments", "contact_id")) == 1
    assert _found(engine, tmp_path, [*contacts, reply("4", at(2), text=REPLY)]) == 1
    assert [row["contact_id"] for row in rows(engine, "commitments", "contact_id")] == ["2", "4"]


def test_a_changed_message_is_read_again_and_a_lost_one_forgotten(tmp_path: Path) -> None:
    engine = DuckDBEngine(tmp_path / "engine")
    contacts = thread(REFUND)
    _found(engine, tmp_path, contacts)
    contacts[1]["text"] = REPLY
    assert _found(engine, tmp_path, contacts) == 1
    assert [row["what"] for row in rows(engine, "commitments", "contact_id")] == ["reply"]
    assert _found(engine, tmp_path, contacts[:1]) == 0
    assert pq.read_table(tmp_path / KEPT).num_rows == 0
    engine.close()


def test_another_calendar_reads_all_again(tmp_path: Path) -> None:
    engine = DuckDBEngine(tmp_path / "engine")
    contacts = thread("We will refund you within 3 working days.")
    _found(engine, tmp_path, contacts)
    assert _found(engine, tmp_path, contacts, calendar=Calendar(holidays=[date(2024, 1, 3)])) == 1
    assert rows(engine, "commitments", "contact_id")[0]["due_at"] == end_of(4)
    engine.close()


def test_a_torn_file_is_read_as_none(tmp_path: Path) -> None:
    engine = DuckDBEngine(tmp_path / "engine")
    _found(engine, tmp_path, thread(REFUND))
    whole = (tmp_path / KEPT).read_bytes()
    (tmp_path / KEPT).write_bytes(whole[: len(whole) // 2])
    assert _found(engine, tmp_path, thread(REFUND)) == 1
    assert (tmp_path / KEPT).read_bytes() == whole
    engine.close()


def test_hours_of_work_leave_out_nights_breaks_and_holidays() -> None:
    office = Calendar(
        hours=((time(9), time(13)), (time(14), time(18))), holidays=[date(2025, 3, 10)]
    )
    friday = datetime(2025, 3, 7, 16, tzinfo=UTC)
    texts = [f"We will answer you within {n} business hours." for n in (1, 2, 3, 8, 24)]
    found = journeys.find_promises(texts, friday, calendar=office)["due"].to_pylist()
    assert found[:4] == [
        datetime(2025, 3, 7, 17, tzinfo=UTC),
        datetime(2025, 3, 7, 18, tzinfo=UTC),
        datetime(2025, 3, 11, 10, tzinfo=UTC),
        datetime(2025, 3, 11, 16, tzinfo=UTC),
    ]
    assert found[4] == datetime(2025, 3, 11, 23, 59, 59, 999999, UTC)


def test_a_published_delivery_holds_for_orders_without_a_date(
    engine: Engine, tmp_path: Path
) -> None:
    days = PublishedPromise("In 2 working days", "delivery", "2 working days")
    orders = [
        order("A", at(), delivered_at=at(2)),
        order("B", at(), delivered_at=at(3)),
        order("C", at(3), delivered_at=at(8)),  # Thursday: Friday, then Monday
        order("D", at(), promised_at=at(9), delivered_at=at(9)),
        order("E", at(20)),
        order("F", at(20), kind="refund"),
    ]
    found = judged(engine, tmp_path, [message("1", at(30))], orders, published=[days])
    assert {row["order_number"]: (row["status"], row["due_at"].day) for row in found} == {
        "A": ("kept", 3), "B": ("broken", 3), "C": ("broken", 8), "E": ("overdue", 23),
    }  # fmt: skip
    assert {row["words"] for row in found} == {"In 2 working days"}


def test_a_published_answer_holds_for_the_first_contact_of_each_conversation(
    engine: Engine, tmp_path: Path
) -> None:
    day = PublishedPromise("An answer in a day", "answer", "24 hours", since="2024-01-02")
    contacts = [
        message("0", at(0), thread_id="early"),
        message("1", at(1), thread_id="a"),
        message("2", at(1.5), thread_id="a"),
        reply("3", at(1.9), thread_id="a"),
        message("4", at(1), thread_id="b"),
        reply("5", at(1.1), thread_id="b", author_role="bot"),
        reply("6", at(4), thread_id="b"),
        message("7", at(1), thread_id="c"),
        message("8", at(10), thread_id="d"),
        message("9", at(10), thread_id="e", channel="review"),
        message("10", at(10), source="tweets"),
    ]
    found = judged(engine, tmp_path, contacts, published=[day])
    assert {row["contact_id"]: row["status"] for row in found} == {
        "1": "kept", "4": "broken", "7": "overdue", "8": "open", "10": "unknown",
    }  # fmt: skip
    assert found[0]["due_at"] - found[0]["made_at"] == timedelta(days=1)
