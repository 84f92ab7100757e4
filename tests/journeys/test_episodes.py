"""One customer and one problem, from the first contact to quiet."""

from __future__ import annotations

from datetime import timedelta

import pytest
from facts import Row, World, at, message, one_theme, reply, rows, table

from goodwill import journeys
from goodwill.engine import Engine
from goodwill.tables import DERIVED


def _episodes(engine: Engine, contacts: list[Row], **more: object) -> list[Row]:
    themes = more.pop("themes", None) or one_theme(contacts)
    World(contacts, themes=themes).follow(engine, **more)  # type: ignore[arg-type]
    return rows(engine, "episodes", "customer_id, theme_id, opened_at")


def test_it_works(engine: Engine) -> None:
    found = _episodes(
        engine,
        [
            message("1", at(0), thread_id="t", channel="email"),
            reply("2", at(1), thread_id="t"),
            message("3", at(2), channel="social", public=True),
            message("4", at(60), customer_ref="bob"),
        ],
    )
    first = found[0]
    assert len(first.pop("episode_id")) == 20
    plain = {
        "customer_id": "shop:ana", "theme_id": 1, "opened_at": at(0), "last_at": at(2),
        "contacts_in": 2, "contacts_out": 1, "channels": 2, "public_at": at(2),
        "status": "quiet",
    }  # fmt: skip
    assert {name: first[name] for name in plain} == plain
    assert (first["conversations"], first["hops"], first["repeats"]) == (2, 1, 1)
    assert [row["status"] for row in found] == ["quiet", "open"]


def test_quiet_days_end_an_episode_to_the_microsecond(engine: Engine) -> None:
    short = at(14) - timedelta(microseconds=1)
    one = _episodes(engine, [message("1", at(0)), message("2", short)])
    assert [row["contacts_in"] for row in one] == [2]
    two = _episodes(engine, [message("1", at(0)), message("2", at(14))])
    assert [(row["contacts_in"], row["status"]) for row in two] == [(1, "quiet"), (1, "open")]
    assert len(_episodes(engine, [message("1", at(0)), message("2", at(14))], quiet_days=15)) == 1


def test_an_answer_keeps_an_episode_awake(engine: Engine) -> None:
    contacts = [
        message("1", at(0), thread_id="t"),
        reply("2", at(10), thread_id="t"),
        message("3", at(20), thread_id="t"),
    ]
    assert len(_episodes(engine, contacts)) == 1
    contacts[1]["author_role"] = "system"
    assert len(_episodes(engine, contacts)) == 2


def test_what_the_company_sends_first_opens_nothing(engine: Engine) -> None:
    contacts = [
        message("1", at(0), thread_id="t"),
        reply("2", at(20), thread_id="t"),
        message("3", at(25), thread_id="t"),
        reply("4", at(90), thread_id="t"),
    ]
    found = _episodes(engine, contacts)
    assert [(row["opened_at"], row["contacts_out"]) for row in found] == [(at(0), 0), (at(25), 0)]


def test_themes_and_customers_are_apart_and_the_unknown_are_in_none(engine: Engine) -> None:
    contacts = [
        message("1", at(0)),
        message("2", at(1)),
        message("3", at(2), customer_ref="bob"),
        message("4", at(3), customer_ref=None),
        message("5", at(4)),
        message("6", None),  # type: ignore[arg-type]
    ]
    themes = {("shop", key): theme for key, theme in zip("12346", [1, 2, 1, 1, 1], strict=True)}
    found = _episodes(engine, contacts, themes=themes)
    assert [(row["customer_id"], row["theme_id"], row["contacts_in"]) for row in found] == [
        ("shop:ana", 1, 1), ("shop:ana", 2, 1), ("shop:bob", 1, 1),
    ]  # fmt: skip


def test_a_conversation_has_one_problem_of_each_customer(engine: Engine) -> None:
    contacts = [
        message("0", at(0), thread_id="t", text="Thank you!"),
        message("1", at(0.1), thread_id="t"),
        message("2", at(1), thread_id="t"),
        message("3", at(1.5), thread_id="t"),
        reply("4", at(2), thread_id="t"),
        reply("5", at(3), thread_id="t", customer_ref="bob"),
        message("6", at(4), thread_id="t", customer_ref="bob"),
        reply("7", at(5), thread_id="t"),
    ]
    themes = {("shop", "0"): 4, ("shop", "1"): 1, ("shop", "2"): 2, ("shop", "6"): 3}
    found = _episodes(engine, contacts, themes=themes)
    # Thanks name no problem; what has another theme, or none, belongs to the first one all the
    # same; an answer belongs to the last who asked, unless it is to another.
    plain = [
        (row["customer_id"], row["theme_id"], row["contacts_in"], row["contacts_out"],
         row["repeats"])
        for row in found
    ]  # fmt: skip
    assert plain == [("shop:ana", 1, 4, 1, 2), ("shop:bob", 3, 1, 1, 0)]
    ids = {row["contact_id"]: row["theme_id"] for row in rows(engine, "messages", "contact_id")}
    assert (ids["2"], ids["3"]) == (2, None)  # the contacts keep their own


def test_a_conversation_that_lay_quiet_begins_anew(engine: Engine) -> None:
    contacts = [
        message("1", at(0), thread_id="t"),
        reply("2", at(1), thread_id="t"),
        message("3", at(15), thread_id="t"),
        message("4", at(16), thread_id="t"),
    ]
    themes = {("shop", "1"): 1, ("shop", "3"): 2, ("shop", "4"): 1}
    found = _episodes(engine, contacts, themes=themes)
    assert [(row["theme_id"], row["contacts_in"]) for row in found] == [(1, 1), (2, 2)]
    assert len(_episodes(engine, contacts, themes=themes, quiet_days=15)) == 1


def test_signals_tell_thanks_once_the_company_has_answered(engine: Engine) -> None:
    says = {
        "1": ("Lovely people, thanks for looking into it", {"thanks": 0.9}),
        "3": ("Lovely people, it has come", {"thanks": 0.9, "complaint": 0.2}),
        "4": ("Lovely people, it is order 7", {"thanks": 0.9}),
        "5": ("Lovely people, still broken", {"thanks": 0.9, "complaint": 0.9}),
        "6": ("Order 7 is fine now", {"closing": 0.8}),
        "7": ("Lovely people, and now?", {"thanks": 0.9}),
    }
    contacts = [message(n, at(int(n)), thread_id="t", text=says[n][0]) for n in says]
    contacts.append(reply("2", at(2), thread_id="t"))
    world = World(contacts, themes=one_theme(contacts))
    signals = [{"source": "shop", "contact_id": n, **found} for n, (_, found) in says.items()]
    engine.load("signals", table(signals, DERIVED["signals"].schema))
    world.follow(engine, signals=True)
    seen = {row["contact_id"]: row["closing"] for row in rows(engine, "messages", "1")}
    assert [n for n in says if seen[n]] == ["3", "6"]


def test_a_sitting_in_a_chat_is_one_contact(engine: Engine) -> None:
    def talk(channel: str) -> list[Row]:
        return [
            message("1", at(0), thread_id="t", channel=channel),
            reply("2", at(0, 20), thread_id="t"),
            message("3", at(0, 45), thread_id="t", channel=channel),
            message("4", at(0, 75), thread_id="t", channel=channel),
            reply("5", at(0, 80), thread_id="t"),
            message("6", at(0, 111), thread_id="t", channel=channel),
        ]

    assert [row["repeats"] for row in _episodes(engine, talk("chat"))] == [1]
    assert [row["repeats"] for row in _episodes(engine, talk("phone"))] == [1]
    assert [row["repeats"] for row in _episodes(engine, talk("email"))] == [2]


def test_ids_stay_when_later_facts_come(engine: Engine) -> None:
    contacts = [message("1", at(0)), message("2", at(30))]
    before = [row["episode_id"] for row in _episodes(engine, contacts)]
    contacts += [message("3", at(31)), message("4", at(90)), message("5", at(0), customer_ref="b")]
    after = [row["episode_id"] for row in _episodes(engine, contacts)]
    assert after[:2] == before and len(set(after)) == 4


def test_now_is_the_last_moment_of_any_fact_but_no_promise(engine: Engine) -> None:
    line = {"source": "shop", "order_id": "o", "kind": "order", "at": at(1)}
    orders = [line | {"promised_at": at(99), "delivered_at": at(40)}]
    contacts = [message("1", at(0))]
    World(contacts, orders, themes=one_theme(contacts)).follow(engine)
    assert journeys.as_of(engine) == at(40)
    assert [row["status"] for row in rows(engine, "episodes", "1")] == ["quiet"]


@pytest.mark.parametrize(("zone", "monday"), [("UTC", 8), ("America/New_York", 1)])
def test_weeks_start_on_monday_in_the_zone(engine: Engine, zone: str, monday: int) -> None:
    contacts = [
        message("1", at(7, -300)),
        message("2", at(7, -300), customer_ref=None),
        message("3", at(7, -300)),
        reply("4", at(7)),
    ]
    World(contacts, themes=one_theme(contacts)).follow(engine, time_zone=zone)
    (week,) = rows(engine, "weekly", "week")
    assert (week["week"].day, week["events"], week["people"]) == (monday, 3, 1)
