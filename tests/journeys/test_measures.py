"""Waits, first replies, resolution, effort and gaps of a thousand customers equal the loops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from crowd import (
    OFFICE,
    THANKS,
    TOLD,
    closing,
    crowd,
    effort,
    gaps,
    grouped,
    in_order,
    measures,
    sittings,
)
from facts import Row, World, at, message, one_theme, reply, rows

from goodwill import journeys
from goodwill.engine import DuckDBEngine, Engine


@pytest.fixture(scope="module")
def duck() -> Iterator[DuckDBEngine]:
    made = DuckDBEngine(threads=2)
    yield made
    made.close()


def _told(engine: Engine, world: World) -> list[Row]:
    """`messages` with the agent of each, which stands among the facts alone."""
    agents = {(r["source"], r["contact_id"]): r.get("agent_id") for r in world.contacts}
    columns = """source, contact_id, "at", channel, direction, author_role, customer_id, theme_id,
        conversation_id, episode_id, turn, repeat, answered, closing, retold"""
    found = engine.arrow(f"SELECT {columns} FROM messages").to_pylist()
    return [row | {"agent_id": agents[row["source"], row["contact_id"]]} for row in found]


def test_a_thousand_customers_equal_the_loops(engine: Engine, agree: Callable[..., None]) -> None:
    world = crowd(5)
    world.follow(engine, quiet_days=14, time_zone="Europe/Madrid", calendar=OFFICE)
    told = _told(engine, world)
    now = journeys.as_of(engine)
    assert now is not None
    agree("conversation_metrics", "episodes", "messages", "contact_gaps")
    if engine.name != "duckdb":
        return  # the same tables: the loops need not run twice

    texts = {(r["source"], r["contact_id"]): r.get("text") for r in world.contacts}
    for row in told:
        text = texts[row["source"], row["contact_id"]]
        asks = row["direction"] == "in"
        assert row["closing"] is (closing(text) if asks else None)
        assert row["retold"] is ((text in TOLD) if asks else None)

    tickets = {f"desk:thread:{t['thread_id']}": t for t in world.threads}
    spoken = {key: in_order(some) for key, some in grouped(told, "conversation_id").items()}
    found = {row["conversation_id"]: row for row in rows(engine, "conversation_metrics", "1")}
    assert set(found) == {key for key, some in spoken.items() if some} | set(tickets)
    for key, row in found.items():
        if row["source"] == "posts":
            continue  # it holds no answers: a case of its own below
        expected = measures(spoken.get(key, []), tickets.get(key), now)
        assert {name: row[name] for name in expected} == expected, key
    posts = [row for row in found.values() if row["source"] == "posts"]
    assert posts and not any(r["expects_reply"] or r["first_reply_seconds"] for r in posts)

    episodes = {row["episode_id"]: row for row in rows(engine, "episodes", "1")}
    inside = {key: in_order(some) for key, some in grouped(told, "episode_id").items()}
    assert set(episodes) == set(inside) and len(episodes) > 500
    first_of: dict[str, str] = {}
    for row in in_order(row for row in told if row["episode_id"]):
        first_of.setdefault(row["conversation_id"], row["episode_id"])
    whose: dict[str, list[str]] = defaultdict(list)
    for conversation, episode in first_of.items():
        whose[episode].append(conversation)
    for key, row in episodes.items():
        expected = effort(inside[key])
        assert {name: row[name] for name in expected} == expected, key
        mine = [found[conversation] for conversation in whose[key]]
        for name in ("reopens", "transfers"):
            counts = [one[name] for one in mine if one[name] is not None]
            assert row[name] == (sum(counts) if counts else None)
        length = (row["last_at"] - row["opened_at"]) // timedelta(seconds=1)
        parts = [row[f"{w}_seconds"] for w in ("customer_wait", "company_wait", "bot")]
        assert length - 3 <= sum(parts) <= length

    sitting: dict[tuple[str, str], int] = {}
    for talk in grouped(told, "conversation_id").values():
        sitting |= sittings(talk)
    problems = {key: row["theme_id"] for key, row in episodes.items()}
    told = [row | {"problem": problems.get(row["episode_id"])} for row in told]
    begun: dict[str, object] = {}
    for row in sorted((r for r in told if r["direction"] == "in"), key=lambda r: r["at"]):
        begun.setdefault(row["source"], row["at"])
    table = {(r["source"], r["contact_id"]): r for r in rows(engine, "contact_gaps", "1")}
    seen = 0
    for some in grouped(told, "customer_id").values():
        for same, name in ((False, "any"), (True, "same")):
            for key, (since, part) in gaps(some, same, sitting).items():
                row, seen = table[key], seen + 1
                micros = None if since is None else since // timedelta(microseconds=1)
                assert (row[f"{name}_us"], row[f"part_{name}"]) == (micros, part)
                history = row["at"] - begun[row["source"]]
                assert row["history_us"] == history // timedelta(microseconds=1)
    assert seen == len(table) + sum(row["theme_id"] is not None for row in table.values())


SAID = {
    THANKS[0]: "thanks",
    "Thank you very much for your quick reply!": "thanks",
    "Muchísimas gracias por la ayuda :)": "thanks",
    "Obrigada pela resposta, muito obrigada": "thanks",
    "thanks for nothing": "",
    "Thanks, but it is still broken": "",
    "Thanks in advance": "",
    "ok": "",
    "Thanks?": "",
    TOLD[0]: "again",
    "As I said, the blue one": "again",
    "this is the 3rd time I'm writing": "again",
    "Ya os escribí ayer": "again",
    "Já liguei duas vezes": "again",
    "The second item is missing": "",
    "I was told to wait": "",
    "It already arrived": "",
}


def test_thanks_and_told_before_are_told_from_other_words(duck: DuckDBEngine) -> None:
    contacts = [
        message(f"{n}", at(1), thread_id=f"t{n}", text=text, customer_ref=f"c{n}")
        for n, text in enumerate(SAID)
    ]
    World(contacts).follow(duck)
    found = {row["text"]: row for row in rows(duck, "messages", "1")}
    heard = {"thanks": "closing", "again": "retold"}
    for text, kind in SAID.items():
        for said, column in heard.items():
            assert found[text][column] is (kind == said), text


def test_nothing_but_thanks_is_no_repeat_and_asks_for_no_answer(duck: DuckDBEngine) -> None:
    contacts = []
    for name, text in (("a", "Thanks!"), ("b", "Thanks, but it is still broken"), ("c", None)):
        contacts += [
            message(f"{name}1", at(0), thread_id=name, text="where is it", customer_ref=name),
            reply(f"{name}2", at(1), thread_id=name),
            message(f"{name}3", at(2), thread_id=name, text=text, customer_ref=name),
        ]
    World(contacts, themes=one_theme(contacts)).follow(duck)
    last = {r["contact_id"]: r for r in rows(duck, "messages", "1") if r["contact_id"][1] == "3"}
    assert {key: (row["closing"], row["repeat"], row["answered"]) for key, row in last.items()} == {
        "a3": (True, False, None), "b3": (False, True, False), "c3": (False, True, False),
    }  # fmt: skip


def test_a_bot_ends_no_wait_and_its_time_stands_apart(duck: DuckDBEngine) -> None:
    contacts = [
        message("1", at(0), thread_id="t"),
        reply("2", at(0, 1), thread_id="t", author_role="bot"),
        message("3", at(0, 5), thread_id="t"),
        reply("4", at(0, 6), thread_id="t", author_role="bot"),
        reply("5", at(2), thread_id="t", agent_id="ann"),
        message("6", at(3), thread_id="t", text="thanks!"),
        reply("7", at(5), thread_id="t", agent_id="bob"),
    ]
    World(contacts, themes={("shop", "1"): 1, ("shop", "3"): 1, ("shop", "6"): 1}).follow(duck)
    (row,) = rows(duck, "conversation_metrics", "1")
    day, minute = 86_400, 60
    assert row["bot_seconds"] == 6 * minute
    assert row["customer_wait_seconds"] == 2 * day - 6 * minute
    assert row["company_wait_seconds"] == 3 * day
    assert row["first_reply_seconds"] == 2 * day
    assert (row["answers"], row["bot_answers"], row["agents"], row["transfers"]) == (2, 2, 2, 1)
    (episode,) = rows(duck, "episodes", "1")
    assert episode["customer_wait_seconds"] == row["customer_wait_seconds"]
    assert (episode["agents"], episode["closings"], episode["repeats"]) == (2, 1, 1)


def test_only_opening_hours_count_as_business_hours(duck: DuckDBEngine) -> None:
    # START is Monday 2024-01-01 08:00 UTC, which is 09:00 in Madrid.
    contacts = [message("1", at(4), thread_id="t"), reply("2", at(7, 60), thread_id="t")]
    World(contacts).follow(duck, calendar=OFFICE)
    (row,) = rows(duck, "conversation_metrics", "1")
    assert row["first_reply_seconds"] == 3 * 86_400 + 3600
    # Friday 09-13 and 14:30-24; Saturday all three spans; Sunday none; Monday 00:30-04 and 09-10.
    assert row["first_reply_work_seconds"] == int((13.5 + 17 + 4.5) * 3600)
