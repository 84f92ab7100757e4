"""The demo's messages read as people's: many frames, hardly a text twice, promises with dates."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest
from demo_company import Company

from goodwill.demo import _grammar as grammar
from goodwill.demo import _world as world
from goodwill.demo._threads import due_at

TOPICS = [*world.FAULT_NAMES, *(name for name, _ in world.BACKGROUND), "praise"]


@pytest.mark.parametrize("fault", world.FAULT_NAMES)
def test_every_fault_has_forty_frames_or_more_and_two_more_languages(fault: str):
    topic = grammar.topic(fault)
    english = ("core", "after", "details", "asks", "again", "public")
    assert sum(len(topic.frames(section)) for section in english) >= 40
    assert topic.frames("es")
    assert topic.frames("pt")
    for tone in ("calm", "angry", "terse"):
        assert topic.of_tones("core", frozenset({tone})), tone


def test_hardly_any_text_occurs_twice(company: Company):
    texts = company.inbound_texts()
    assert len(texts) > 2_000
    assert len(set(texts)) / len(texts) >= 0.95


def test_no_frame_carries_more_than_two_in_a_hundred_messages(company: Company):
    said = [row["frame"] for row in company.truth("contacts") if row["role"] == "customer"]
    frame, count = Counter(name for name in said if name).most_common(1)[0]
    assert count / len(said) <= 0.02, frame
    assert len(set(said)) > 400


def test_no_slot_or_bracket_is_left_in_a_text(company: Company):
    texts = [row["body"] for row in company.tickets]
    texts += [row["subject"] for row in company.tickets]
    texts += [row["text"] for row in [*company.chats, *company.posts]]
    for text in texts:
        assert not re.search(r"[{}\[\]|]|  |\\n|<\w+>", text), text
        assert text == text.strip(), repr(text)


def test_all_voices_and_languages_and_channels_are_heard(company: Company):
    heard = {row["customer_id"] for row in company.truth("contacts")}
    customers = [row for row in company.truth("customers") if row["customer_id"] in heard]
    assert {row["voice"] for row in customers} == {
        "plain", "polite", "terse", "angry", "formal", "chatty", "sloppy", "elderly",
    }  # fmt: skip
    languages = Counter(row["language"] for row in customers)
    assert 0.02 < 1 - languages["en"] / len(customers) < 0.09
    channels = {row["channel"] for row in [*company.tickets, *company.chats, *company.posts]}
    assert channels == {"email", "web_form", "phone", "chat", "social", "review"}


def test_texts_quote_order_numbers_and_hold_mails_phones_and_names(company: Company):
    customers = {row["customer_id"]: row for row in company.truth("customers")}
    found: Counter[str] = Counter()
    for row in company.tickets:
        if row["author_role"] != "customer":
            continue
        who, text = customers[row["customer_id"]], row["body"]
        found["order"] += bool(re.search(r"\b[Tt]?-?2\d{5}\b", text))
        found["email"] += who["email"] in text
        found["phone"] += who["phone"] in text
        found["name"] += who["name"] in text
    assert found["order"] > 200
    assert min(found["email"], found["phone"]) > 10
    assert found["name"] > 200


def test_promises_are_in_the_texts_and_fall_due_after_they_are_made(company: Company):
    texts = {row["message_id"]: row["body"] for row in company.tickets}
    texts |= {row["message_id"]: row["text"] for row in company.chats}
    promises = company.truth("promises")
    outcomes = Counter(row["outcome"] for row in promises)
    assert set(outcomes) <= {"kept", "broken", "open"}
    assert min(outcomes["kept"], outcomes["broken"]) > 0.25 * len(promises) > 50
    for row in promises:
        assert row["words"] in texts[row["contact_id"]]
        assert row["due_at"] > row["made_at"]
        if row["outcome"] == "kept":
            assert row["made_at"] < row["kept_at"] <= row["due_at"]
        else:
            assert row["kept_at"] is None


def test_a_promised_refund_stands_in_the_orders_when_it_was_kept_in_time(company: Company):
    refunds = {
        row["related_order_id"]: row["ordered_at"]
        for row in company.orders
        if row["type"] == "refund"
    }
    faults = {row["order_id"]: row["fault"] for row in company.truth("orders")}
    checked: Counter[str] = Counter()
    for row in company.truth("promises"):
        if row["kind"] != "refund" or faults[row["order_id"]] == "charged_twice":
            continue
        paid = refunds.get(row["order_id"], "9999")
        due = row["due_at"].strftime("%Y-%m-%dT%H:%M:%SZ")
        if row["outcome"] == "kept":
            assert paid <= due
        if row["outcome"] == "broken":
            assert paid > due
        checked[row["outcome"]] += 1
    assert min(checked["kept"], checked["broken"]) > 5


def test_words_of_time_mean_what_they_say():
    friday, hour = 4, 3600
    # Day 4 of a window that begins on a Monday is a Friday; working days leave the weekend out.
    made = friday * 86_400 + 15 * hour
    assert due_at("48h", made, 0) == made + 48 * hour
    assert due_at("1d", made, 0) == 5 * 86_400 + 22 * hour
    assert due_at("1wd", made, 0) == 7 * 86_400 + 22 * hour
    assert due_at("5wd", made, 0) == 11 * 86_400 + 22 * hour


class _Plain:
    kinds = frozenset({"hard"})

    def __call__(self, name: str) -> str:
        return name.upper()


def test_frames_choose_fill_and_close_the_gaps_of_empty_choices():
    frame = grammar.compile_frame("x", "~ It [has|had {days}] come [|late|] , {product}.")
    said = {frame.say(Random(seed), _Plain()) for seed in range(40)}
    assert frame.tone == "calm"
    assert said == {
        "It has come, PRODUCT.", "It had DAYS come, PRODUCT.",
        "It has come late, PRODUCT.", "It had DAYS come late, PRODUCT.",
    }  # fmt: skip


def test_what_fits_soft_things_is_not_said_of_hard_ones():
    frame = grammar.compile_frame("x", "It is [<soft>torn|<hard>dented|broken].")
    said = {frame.say(Random(seed), _Plain()) for seed in range(40)}
    assert said == {"It is dented.", "It is broken."}


@pytest.mark.parametrize("line", ["[a|b", "a]b|c[d"])
def test_a_frame_with_an_open_bracket_is_refused(line: str):
    with pytest.raises(ValueError, match="bracket"):
        grammar.compile_frame("x", line)


@pytest.mark.parametrize("name", TOPICS)
def test_every_topic_can_be_spoken_and_answered(name: str):
    topic = grammar.topic(name)
    for section in ("subjects", "core", "reply"):
        assert topic.frames(section), section
