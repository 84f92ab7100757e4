"""Themes are ranked by people, repeats and money, the same on every engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from goodwill.engine import Engine
from goodwill.tables import DERIVED
from goodwill.value import rank_problems
from goodwill.value._problems import placed


def rows(name: str, columns: dict[str, Any]) -> pa.Table:
    schema = DERIVED[name].schema
    count = len(next(iter(columns.values())))
    filled = {field.name: columns.get(field.name, [None] * count) for field in schema}
    return pa.table(filled, schema=schema)


def message(theme: int | None, customer: str | None, episode: str | None = None, *,
            repeat: bool = False, public: bool = False, direction: str = "in",
            rating: float | None = None, scale: str | None = None) -> dict[str, Any]:  # fmt: skip
    return {
        "theme_id": theme, "customer_id": customer, "episode_id": episode, "repeat": repeat,
        "public": public, "direction": direction, "rating": rating, "rating_scale": scale,
    }  # fmt: skip


def load(
    engine: Engine,
    messages: list[dict[str, Any]],
    episodes: list[tuple[str, int, str]] = [],  # noqa: B006
    values: list[tuple[str, int, int, int]] = [],  # noqa: B006
) -> dict[int, dict[str, Any]]:
    columns = {name: [one[name] for one in messages] for name in message(None, None)}
    columns["contact_id"] = [str(i) for i in range(len(messages))]
    engine.load("messages", rows("messages", columns))
    engine.load(
        "episodes",
        rows("episodes", {
            "episode_id": [one[0] for one in episodes], "theme_id": [one[1] for one in episodes],
            "status": [one[2] for one in episodes],
        }),
    )  # fmt: skip
    engine.load(
        "customer_value",
        rows("customer_value", {
            "customer_id": [one[0] for one in values], "revenue": [one[1] * 2 for one in values],
            "lifetime_value": [one[1] for one in values],
            "lifetime_value_low": [one[2] for one in values],
            "lifetime_value_high": [one[3] for one in values],
        }),
    )  # fmt: skip
    for name in ("problem_effects", "contract_effects"):
        engine.load(name, DERIVED[name].schema.empty_table())
    rank_problems(engine, parameter_error=0.0)
    return {one["theme_id"]: one for one in engine.arrow("SELECT * FROM problem_costs").to_pylist()}


def test_it_counts_people_repeats_ratings_and_episodes(
    engine: Engine, agree: Callable[..., None]
) -> None:
    found = load(
        engine,
        [
            message(1, "a", "e1", rating=2.0, scale="stars5"),
            message(1, "a", "e1", repeat=True, public=True),
            message(1, "b", "e2", rating=5.0, scale="stars5", public=True),
            message(1, None, rating=9.0, scale="nps"),
            message(1, "a", direction="out"),
            message(2, "c", "e3"),
            message(None, "d"),
        ],
        [("e1", 1, "quiet"), ("e2", 1, "quiet"), ("e3", 2, "open")],
    )
    one = found[1]
    assert (one["people"], one["events"], one["known"]) == (2, 4, 3)
    assert (one["repeat_people"], one["repeats"], one["public_people"]) == (1, 1, 2)
    assert (one["ratings"], one["low_ratings"]) == (3, 1)
    assert (one["episodes_closed"], one["episodes_first_contact"]) == (2, 1)
    assert (found[2]["episodes_closed"], found[2]["people"]) == (0, 1)
    assert set(found) == {1, 2}
    agree("problem_costs")


def test_money_counts_each_person_once_and_joins_the_intervals(
    engine: Engine, agree: Callable[..., None]
) -> None:
    found = load(
        engine,
        [message(1, "a"), message(1, "a"), message(1, "b"), message(1, "x")],
        values=[("a", 100, 70, 130), ("b", 200, 160, 280), ("z", 999, 0, 9999)],
    )[1]
    assert (found["valued_people"], found["revenue"], found["lifetime_value"]) == (2, 600, 300)
    half = (60**2 + 120**2) ** 0.5 / 2
    assert found["lifetime_value_low"] == round(300 - half)
    assert found["lifetime_value_high"] == round(300 + half)
    agree("problem_costs")


def test_a_theme_without_valued_people_has_no_money_rather_than_nil(engine: Engine) -> None:
    found = load(engine, [message(1, "a"), message(2, "b")], values=[("a", 5, 1, 9)])
    assert found[1]["lifetime_value"] == 5
    assert found[2]["lifetime_value"] is None
    assert found[2]["valued_people"] == 0


def test_places_are_the_mean_of_three_and_ties_go_to_more_people(
    engine: Engine, agree: Callable[..., None]
) -> None:
    messages = [message(1, f"p{i}") for i in range(5)]
    messages += [message(2, "q1"), message(2, "q1", repeat=True), message(2, "q2")]
    messages += [message(3, "q3")]
    found = load(engine, messages, values=[("q1", 1000, 900, 1100), ("q3", 10, 1, 20)])
    # By people 1, 2, 3; by repeats 2, 1, 2; by value 3, 1, 2: sums 6, 4, 7.
    assert [found[theme]["place"] for theme in (1, 2, 3)] == [2, 1, 3]
    tied = load(engine, [message(7, "a"), message(4, "b"), message(9, "c"), message(9, "d")])
    assert [tied[theme]["place"] for theme in (9, 4, 7)] == [1, 2, 3]
    agree("problem_costs")


def test_without_known_customers_events_decide(engine: Engine) -> None:
    found = load(engine, [message(1, None), message(2, None), message(2, None)])
    assert (found[2]["place"], found[1]["place"]) == (1, 2)
    assert found[2]["people"] == 0


def test_the_parameters_error_widens_the_sum(engine: Engine) -> None:
    load(engine, [message(1, "a")], values=[("a", 1000, 900, 1100)])
    rank_problems(engine, parameter_error=0.1)
    found = engine.arrow("SELECT * FROM problem_costs").to_pylist()[0]
    half = (100**2 + (1.959963984540054 * 100) ** 2) ** 0.5
    assert found["lifetime_value_low"] == pytest.approx(1000 - half, abs=1)
    assert found["lifetime_value_high"] == pytest.approx(1000 + half, abs=1)


def test_the_costliest_comes_first_where_the_data_can_tell() -> None:
    assert placed([900, 500, 100], [700, 400, 50], [1100, 600, 150]) == [0, 1, 2]


def test_of_those_that_the_costliest_cannot_be_told_from_the_surest_comes_first() -> None:
    # The second reaches up to the first and surely loses more; the third does not reach it.
    assert placed([900, 800, 700], [100, 600, 650], [1700, 1000, 750]) == [1, 0, 2]
    # The third cannot be told from the second, nor the second from the first, so both wait for it.
    assert placed([900, 800, 700], [100, 600, 650], [1700, 1000, 900]) == [2, 1, 0]


def test_without_intervals_estimates_decide_and_those_without_come_last() -> None:
    assert placed([5, 5, 3, None, None], [5, 5, 3, None, None], [5, 5, 3, None, None]) == [
        0, 1, 2, 3, 4
    ]  # fmt: skip
    assert placed([], [], []) == []
    assert placed([None], [None], [None]) == [0]


def test_a_larger_but_less_certain_loss_stands_behind(
    engine: Engine, agree: Callable[..., None]
) -> None:
    load(engine, [message(theme, f"c{theme}") for theme in (1, 2, 3)])
    columns = {
        "problem": ["theme:1", "theme:2", "theme:3"], "theme_id": [1, 2, 3],
        "value_lost": [900, 800, 300], "value_lost_low": [-100, 600, 290],
        "value_lost_high": [1900, 1000, 310],
    }  # fmt: skip
    engine.load("problem_effects", rows("problem_effects", columns))
    rank_problems(engine)
    found = engine.arrow("SELECT theme_id, place, avoidable FROM problem_costs").to_pylist()
    assert {one["theme_id"]: one["place"] for one in found} == {2: 1, 1: 2, 3: 3}
    assert {one["theme_id"]: one["avoidable"] for one in found} == {1: 900, 2: 800, 3: 300}
    agree("problem_costs")
