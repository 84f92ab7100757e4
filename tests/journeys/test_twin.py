"""Every table and rate of random worlds equals the brute-force twin, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from facts import random_world, rows
from twin import Twin

from goodwill import journeys
from goodwill.engine import DuckDBEngine, Engine

TABLES = (
    "conversations", "customers", "contact_customers", "order_customers", "episodes", "messages",
    "promises", "weekly",
)  # fmt: skip


@pytest.mark.parametrize(
    ("seed", "quiet_days", "zone"),
    [(1, 14, "UTC"), (2, 3, "America/Sao_Paulo"), (3, 1, "Asia/Kolkata"), (4, 30, "Europe/Madrid")],
)
def test_every_table_equals_the_twin(
    engine: Engine, agree: Callable[..., None], seed: int, quiet_days: int, zone: str
) -> None:
    world = random_world(seed)
    world.follow(engine, quiet_days=quiet_days, time_zone=zone)
    twin = Twin(world, quiet_days, zone)

    found = rows(engine, "messages", "source, contact_id")
    assert len(found) == len(world.contacts)
    numbers: dict[str, int] = {}
    for row in found:
        key = row["source"], row["contact_id"]
        assert row["conversation_id"] == twin.conversation[key]
        assert row["customer_id"] == twin.customer.get(key)
        assert row["theme_id"] == world.themes.get(key)
        assert row["turn"] == twin.turn[key]
        assert row["repeat"] is twin.repeat.get(key)
        assert row["answered"] is twin.answered(key)
        assert (row["episode_id"] is not None) == (key in twin.episode)
        if row["episode_id"] is not None:
            assert numbers.setdefault(row["episode_id"], twin.episode[key]) == twin.episode[key]

    episodes = rows(engine, "episodes", "episode_id")
    assert len(episodes) == len(twin.episodes) == len(numbers)
    for row in episodes:
        expected = twin.episodes[numbers[row["episode_id"]]]
        assert {name: row[name] for name in expected} == expected

    weekly = rows(engine, "weekly", "theme_id, week")
    assert {(r["theme_id"], r["week"]): (r["events"], r["people"]) for r in weekly} == (
        twin.weekly()
    )

    promises = rows(engine, "promises", "promise_id")
    expected = twin.promises()
    assert len(promises) == len(expected) == len({row["promise_id"] for row in promises})
    for row in promises:
        one = expected[row["source"], row["order_number"], row["customer_id"]]
        for column in ("status", "reason", "days_late", "kept_at"):
            assert row[column] == one[column], (column, row, one)
        assert row["due_at"] + timedelta(microseconds=1) == one["end"]

    for days in (7, 14, 45):
        for same in (True, False):
            rate = engine.arrow(journeys.repeat_rate_sql(days, same)).to_pylist()
            assert rate == [twin.repeat_rate(days, same)]
    assert engine.arrow(journeys.first_contact_sql()).to_pylist() == [twin.first_contact()]
    agree(*TABLES)


def test_the_random_worlds_hold_every_case() -> None:
    engine = DuckDBEngine()
    world = random_world(1)
    world.follow(engine)
    seen = rows(engine, "messages", "source, contact_id")
    assert {row["repeat"] for row in seen} == {True, False, None}
    assert {row["answered"] for row in seen} == {True, False, None}
    statuses = {row["status"] for row in rows(engine, "promises", "promise_id")}
    assert statuses == {"open", "overdue", "kept", "broken", "unknown"}
    assert {row["status"] for row in rows(engine, "episodes", "episode_id")} == {"open", "quiet"}
    parts = engine.arrow(journeys.repeat_rate_sql(7)).to_pylist()[0]
    assert parts["contacts"] < parts["known"] < parts["total"]
    engine.close()
