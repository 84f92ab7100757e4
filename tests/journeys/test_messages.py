"""What repeats an earlier contact, and what was answered."""

from __future__ import annotations

from typing import Any

from facts import Row, World, at, message, one_theme, reply, rows

from goodwill.engine import Engine


def _column(engine: Engine, column: str, contacts: list[Row]) -> dict[str, Any]:
    World(contacts, themes=one_theme(contacts)).follow(engine)
    return {row["contact_id"]: row[column] for row in rows(engine, "messages", "contact_id")}


def test_it_works(engine: Engine) -> None:
    found = _column(engine, "repeat", [message("1", at(0)), message("2", at(3))])
    assert found == {"1": False, "2": True}


def test_a_message_in_parts_is_no_repeat(engine: Engine) -> None:
    contacts = [
        message("1", at(0, 0)),
        message("2", at(0, 30), reply_to_id="1"),
        message("3", at(0, 60), reply_to_id="2"),
        message("4", at(0, 91), reply_to_id="3"),
    ]
    found = _column(engine, "repeat", contacts)
    assert found == {"1": False, "2": False, "3": False, "4": True}


def test_another_conversation_is_a_repeat_at_once(engine: Engine) -> None:
    found = _column(engine, "repeat", [message("1", at(0, 0)), message("2", at(0, 1))])
    assert found == {"1": False, "2": True}


def test_after_an_answer_it_is_a_repeat(engine: Engine) -> None:
    contacts = [
        message("1", at(0, 0), thread_id="t"),
        reply("2", at(0, 5), thread_id="t"),
        message("3", at(0, 10), thread_id="t"),
        message("4", at(0, 11), thread_id="t"),
    ]
    found = _column(engine, "repeat", contacts)
    assert found == {"1": False, "2": None, "3": True, "4": False}


def test_a_receipt_of_the_system_is_no_answer(engine: Engine) -> None:
    contacts = [
        message("1", at(0, 0), thread_id="t"),
        reply("2", at(0, 0), thread_id="t", author_role="system"),
        message("3", at(0, 10), thread_id="t"),
    ]
    assert _column(engine, "repeat", contacts)["3"] is False
    assert _column(engine, "answered", contacts) == {"1": None, "2": None, "3": None}


def test_replying_to_an_answer_that_nobody_holds_is_a_repeat(engine: Engine) -> None:
    contacts = [
        message("1", at(0, 0), answer_ids="x"),
        message("2", at(0, 10), reply_to_id="x"),
        message("3", at(0, 11), reply_to_id="x"),
    ]
    found = _column(engine, "repeat", contacts)
    assert found == {"1": False, "2": True, "3": False}


def test_a_contact_in_no_episode_is_neither(engine: Engine) -> None:
    contacts = [message("1", at(0), customer_ref=None), message("2", at(1), customer_ref=None)]
    assert _column(engine, "repeat", contacts) == {"1": None, "2": None}


def test_a_later_answer_in_the_conversation_answers_all_before_it(engine: Engine) -> None:
    contacts = [
        message("1", at(0), thread_id="t"),
        message("2", at(1), thread_id="t"),
        reply("3", at(1), thread_id="t"),
        message("4", at(2), thread_id="t"),
        message("5", at(0), thread_id="u"),
        message("6", at(0), source="other"),
    ]
    assert _column(engine, "answered", contacts) == {
        "1": True, "2": True, "3": None, "4": False, "5": False, "6": None,
    }  # fmt: skip


def test_a_named_answer_counts_without_being_held(engine: Engine) -> None:
    contacts = [message("1", at(0), answer_ids="x"), message("2", at(1)), message("3", at(2))]
    contacts[2]["answer_ids"] = ""
    assert _column(engine, "answered", contacts) == {"1": True, "2": False, "3": False}


def test_messages_carry_the_facts_of_their_contact(engine: Engine) -> None:
    facts = {
        "subject": "S", "text": "T", "language": "en", "rating": 2.0, "rating_scale": "stars5",
        "order_id": "o", "product": "p", "region": "r", "url": "u",
    }  # fmt: skip
    contacts = [message("1", at(0), **facts)]
    World(contacts, themes=one_theme(contacts, 7)).follow(engine)
    (row,) = rows(engine, "messages", "1")
    assert {key: row[key] for key in facts} == facts
    assert (row["theme_id"], row["similarity"], row["turn"]) == (7, 0.5, 0)
