"""Broken promises by kind: who was let down, who said nothing, what it cost, and the records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from goodwill import report
from goodwill.errors import NotFound
from goodwill.figures import wilson
from goodwill.generations import Reader
from goodwill.settings import Settings

Rows = dict[str, list[dict[str, Any]]]
Build = Callable[..., Reader]
BROKEN = ("broken", "overdue")


def effect(problem: str, lost: int, **more: Any) -> dict[str, Any]:
    return {
        "problem": problem, "orders": 80, "people": 70, "orders_year": 50, "matched": 60,
        "matched_people": 55, "matched_share": 0.9, "grade": "B", "reason": "", "effect": -0.5,
        "effect_low": -0.8, "effect_high": -0.2, "expected": 2.0, "observed": 1.5,
        "smallest": 0.2, "order_value": 2000, "value_lost": lost, "value_lost_low": lost - 900,
        "value_lost_high": lost + 900, **more,
    }  # fmt: skip


@pytest.fixture
def told(company: Rows) -> Rows:
    for number, row in enumerate(company["promises"]):
        if number % 3 == 0:
            row["kind"] = "commitment"
    company["problem_effects"] = [
        effect("promise:delivery", 500_000), effect("promise:commitment", -20_000),
        effect("promises", 450_000), effect("theme:1", 70_000, theme_id=1),
    ]  # fmt: skip
    return company


def silent(rows: Rows, kind: str, now: datetime) -> tuple[set[str], int, set[str]]:
    """Whose promise of the kind broke without a word of theirs in the 28 days that are over.

    Beside them how many such promises, and all people whose 28 days are over.
    """
    who, count, watched = set(), 0, set()
    for promise in rows["promises"]:
        whose, due = promise["customer_id"], promise["due_at"]
        if promise["kind"] != kind or promise["status"] not in BROKEN or whose is None:
            continue
        if due > now - timedelta(days=28):
            continue
        watched.add(whose)
        if not any(
            m["customer_id"] == whose and m["direction"] == "in"
            and due <= m["at"] < due + timedelta(days=28)
            for m in rows["messages"]
        ):  # fmt: skip
            who.add(whose)
            count += 1
    return who, count, watched


def test_each_kind_has_its_people_its_cost_and_its_silent_ones(
    generation: Build, told: Rows, settings: Settings
) -> None:
    reader = generation(told)
    found = report.broken_costs(reader, settings)
    assert [one.kind for one in found.kinds] == ["delivery", "commitment"]
    for one, lost in zip(found.kinds, (500_000, -20_000), strict=True):
        mine = [p for p in told["promises"] if p["kind"] == one.kind and p["status"] in BROKEN]
        people = {p["customer_id"] for p in mine if p["customer_id"]}
        who, count, watched = silent(told, one.kind, reader.as_of)
        figures = one.figures
        assert (one.people, one.events) == (len(people), len(mine))
        assert (figures["people"].value, figures["broken"].value) == (len(people), len(mine))
        assert (figures["silent_people"].value, figures["silent_people"].events) == (
            len(who), count,
        )  # fmt: skip
        assert figures["silent_share"].value == pytest.approx(len(who) / len(watched))
        cost = figures["value_lost"]
        assert (cost.value, cost.low, cost.high, cost.grade) == (
            lost, lost - 900, lost + 900, "B",
        )  # fmt: skip
        assert (cost.people, cost.events) == (70, 80)
    # What no record settles is at both ends; commitments are found in texts besides.
    delivery, commitment = (one.figures["broken"] for one in found.kinds)
    unknown = sum(
        p["kind"] == "delivery" and p["status"] == "unknown" and p["due_at"] is not None
        for p in told["promises"]
    )
    assert (delivery.low, delivery.high) == (delivery.value, delivery.value + unknown)
    unsettled = [
        p for p in told["promises"] if p["kind"] == "commitment"
        and p["status"] in (*BROKEN, "unknown") and p["due_at"] is not None
    ]  # fmt: skip
    settled = sum(p["status"] == "broken" for p in unsettled)
    assert commitment.low == min(round(settled * wilson(12, 15)[0]), commitment.value)
    assert commitment.high == round(len(unsettled) / wilson(12, 13)[0])
    who = found.kinds[1].figures["people"]
    assert who.low == round(who.value * commitment.low / commitment.value)
    assert "not to be added up" in found.said
    assert "each order counted once, cost 4,500 EUR a year" in found.said


def test_the_records_hold_exactly_the_people_and_promises_that_are_counted(
    generation: Build, told: Rows, settings: Settings
) -> None:
    reader = generation(told)
    for one in report.broken_costs(reader, settings).kinds:
        for key in ("people", "broken", "silent_people"):
            figure = one.figures[key]
            page = report.records(reader, figure.records["table"], figure.records["where"], 0, 999)
            whose = page.columns.index("customer_id")
            people = {row[whose] for row in page.rows if row[whose]}
            assert (page.total, len(people)) == (figure.events, figure.people)
            if key == "silent_people":
                assert people == silent(told, one.kind, reader.as_of)[0]


def test_a_kind_has_a_page_with_the_work_and_the_themes_of_its_customers(
    generation: Build, told: Rows, settings: Settings
) -> None:
    reader = generation(told)
    page = report.broken_cost(reader, settings, "delivery")
    said = " ".join(page.working.sentences)
    assert "80 orders of 70 people were hit" in said
    assert "If this happened half as often, it would be worth 2,500 EUR a year" in said
    gauge = next(one for one in page.working.gauges if one.key == "effect_of_failure")
    assert gauge.figure.records["where"]["kind"] == "delivery"
    broken = [p for p in told["promises"] if p["kind"] == "delivery" and p["status"] in BROKEN]
    for theme in page.themes:
        people = {
            m["customer_id"] for p in broken for m in told["messages"]
            if m["customer_id"] == p["customer_id"] is not None and m["direction"] == "in"
            and m["theme_id"] == int(theme.key)
            and p["due_at"] <= m["at"] < p["due_at"] + timedelta(days=28)
        }  # fmt: skip
        assert theme.people == len(people)
    assert page.themes
    # A gain costs nothing: half of it is not worth less than nothing.
    gained = report.broken_cost(reader, settings, "commitment").working.sentences
    assert any("half as often, it would be worth 0 EUR" in each for each in gained)


def test_a_kind_that_was_never_broken_is_not_found(
    generation: Build, told: Rows, settings: Settings
) -> None:
    with pytest.raises(NotFound, match="published"):
        report.broken_cost(generation(told), settings, "published")


def test_without_orders_or_contacts_what_is_not_known_says_why(
    generation: Build, told: Rows, settings: Settings
) -> None:
    reader = generation({**told, "problem_effects": [], "messages": []})
    (first, *_) = report.broken_costs(reader, settings).kinds
    assert first.figures["value_lost"].value is None and first.figures["value_lost"].reason
    for key in ("silent_people", "silent_share"):
        assert first.figures[key].value is None
        assert "nobody knows who wrote" in first.figures[key].reason


def test_a_theme_has_no_silent_ones_of_its_own(
    generation: Build, told: Rows, settings: Settings
) -> None:
    told["problem_costs"] = [
        {"theme_id": 1, "place": 1, "people": 1, "events": 1, "known": 1, **dict.fromkeys(
            ("repeat_people", "repeats", "episodes_closed", "episodes_first_contact",
             "public_people", "valued_people", "ratings", "low_ratings", "contacts_year"), 0)}
    ]  # fmt: skip
    (found,) = report.problems(generation(told), settings)
    assert "silent_people" not in found.figures
