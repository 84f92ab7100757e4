"""Repeat contact rate and first-contact resolution."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from facts import Row, World, at, message, one_theme, reply

from engines import make_engine
from goodwill import journeys
from goodwill.engine import Engine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """DuckDB alone: test_twin.py holds both engines to the same tables."""
    made = make_engine("duckdb", tmp_path / "engine")
    yield made
    made.close()


def _rate(engine: Engine, contacts: list[Row], days: int, same_theme: bool = True) -> Row:
    World(contacts, themes=one_theme(contacts[:-1])).follow(engine)
    (row,) = engine.arrow(journeys.repeat_rate_sql(days, same_theme)).to_pylist()
    return dict(row)


CONTACTS = [
    message("1", at(0), thread_id="t"),
    message("2", at(0, 5), thread_id="t"),
    message("3", at(7, 5)),
    message("4", at(20)),
    message("5", at(0), customer_ref="bob"),
    message("6", at(0), customer_ref=None),
    reply("7", at(1), thread_id="t"),
    message("8", at(21), customer_ref="bob"),
]
"""The last is of no theme."""


def test_it_works(engine: Engine) -> None:
    assert _rate(engine, CONTACTS, 7) == {
        "repeats": 1, "contacts": 4, "repeat_people": 1, "people": 2, "known": 5, "total": 7,
    }  # fmt: skip


def test_a_longer_window_finds_more_repeats(engine: Engine) -> None:
    assert [_rate(engine, CONTACTS, days)["repeats"] for days in (6, 7, 14, 45)] == [0, 1, 2, 2]


def test_any_reason_needs_no_theme(engine: Engine) -> None:
    found = _rate(engine, CONTACTS, 45, same_theme=False)
    assert found == {
        "repeats": 3, "contacts": 5, "repeat_people": 2, "people": 2, "known": 6, "total": 7,
    }  # fmt: skip


def test_first_contact_resolution_counts_quiet_episodes_only(engine: Engine) -> None:
    contacts = [
        message("1", at(0), thread_id="t"),
        message("2", at(0, 5), thread_id="t"),
        message("3", at(0), customer_ref="bob"),
        message("4", at(3), customer_ref="bob"),
        message("5", at(40), customer_ref="eve"),
        message("6", at(0), customer_ref=None),
    ]
    World(contacts, themes=one_theme(contacts)).follow(engine)
    assert engine.arrow(journeys.first_contact_sql()).to_pylist() == [
        {"first_contact": 1, "closed": 2, "people": 2, "open": 1, "known": 5, "total": 6}
    ]
