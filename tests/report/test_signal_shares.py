"""Signals on pages: shares with what they rest on, words beside messages, public complaints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from goodwill import report
from goodwill.figures import wilson
from goodwill.generations import Reader
from goodwill.settings import Settings
from goodwill.tables import DERIVED

Rows = dict[str, list[dict[str, Any]]]
AT = datetime(2026, 1, 20, tzinfo=UTC)
THEME = {"theme_id": 1, "area_id": 0, "label": "late", "terms": ["a"], "contacts": 0}
NOTHING = {field.name: 0 for field in DERIVED["problem_costs"].schema}
COST = NOTHING | {"theme_id": 1, "place": 1, "people": 6, "events": 12, "known": 12}


def message(number: int, **more: Any) -> dict[str, Any]:
    row = {"source": "s", "contact_id": str(number), "at": AT + timedelta(hours=number),
           "direction": "in", "customer_id": f"s:{number % 6}", "theme_id": 1, "public": False,
           "conversation_id": f"s:{number}", "text": "where is it"}  # fmt: skip
    return row | more


def signal(number: int, **more: Any) -> dict[str, Any]:
    return {"source": "s", "contact_id": str(number), "language": "en"} | more


@pytest.fixture
def rows() -> Rows:
    messages = [message(n) for n in range(12)] + [message(12, direction="out")]
    shown = [signal(n, complaint=0.9 if n < 4 else 0.2, anger=0.5 if n == 0 else 0.1)
             for n in range(8)]  # fmt: skip
    shown[0] |= {"threat_to_leave": 0.95, "hostile": 0.99, "dishonesty": 0.85, "effort": 0.7}
    shown[1]["already_contacted"] = 0.8
    for row in shown:
        row |= {"competitor_named": 0.1, "switched_to_competitor": 0.0}
    shown[2]["competitor_named"] = 0.9
    return {
        "themes": [THEME], "problem_costs": [COST], "messages": messages,
        "customers": [{"customer_id": f"s:{n}", "source": "s", "customer_ref": f"{n}"}
                      for n in range(6)],
        "signals": [*shown, signal(12, hostile=0.9)],
    }  # fmt: skip


def test_a_problem_says_how_bad_its_contacts_sound_and_what_that_rests_on(
    rows: Rows, generation: Callable[..., Reader], settings: Settings
) -> None:
    reader = generation(rows)
    page = report.problem(reader, settings, 1)
    found = {gauge.key: gauge.figure for gauge in page.signals}
    assert list(found) == [
        "complaint", "threat_to_leave", "anger", "already_contacted", "competitor_named",
    ]  # fmt: skip
    assert found["competitor_named"].value == 1 / 8
    figure = found["complaint"]
    assert (figure.value, figure.low, figure.high) == (0.5, *wilson(4, 8))
    assert (figure.events, figure.people, figure.coverage) == (8, 6, 8 / 12)
    assert found["anger"].value == 1 / 8
    assert (found["threat_to_leave"].events, found["threat_to_leave"].people) == (1, 1)
    assert figure.definition in report.definitions()
    told = report.records(reader, figure.records["table"], figure.records["where"])
    assert told.total == 4
    # Who may not see single customers sees no figure of one, and no way to the records.
    seen = {gauge.key: gauge.figure for gauge in report.aggregates(page).signals}
    assert seen["complaint"].value == 0.5 and not seen["complaint"].records
    assert seen["threat_to_leave"].value is None


def test_competitors_are_counted_by_name_with_those_who_go_there(
    rows: Rows, generation: Callable[..., Reader], settings: Settings
) -> None:
    for number, name in enumerate(["Delta"] * 6 + ["Lidl"]):
        going = 0.85 if number < 2 else 0.0
        rows["signals"][number] |= {
            "competitor": name, "competitor_named": 0.85, "switched_to_competitor": going,
        }  # fmt: skip
    rows["messages"][1]["theme_id"] = 2
    reader = generation(rows)
    delta, lidl = report.competitors(reader)
    assert (delta.name, delta.people, delta.named.events) == ("Delta", 6, 6)
    assert (delta.going.value, delta.going.events, delta.named.coverage) == (2, 2, 8 / 12)
    assert (lidl.name, lidl.people, lidl.going.value) == ("Lidl", 1, 0)
    for figure in (delta.named, delta.going):
        told = report.records(reader, figure.records["table"], figure.records["where"])
        assert told.total == figure.events and figure.definition in report.definitions()
    page = report.problem(reader, settings, 1)
    assert [(each.name, each.people) for each in page.competitors] == [("Delta", 5), ("Lidl", 1)]
    # A viewer sees neither a competitor of one customer nor how few of many go to one.
    rows["signals"][7] |= {"competitor": "Temu", "competitor_named": 0.85}
    rows["messages"][7]["customer_id"] = None
    page = report.problem(generation(rows), settings, 1)
    assert (page.competitors[-1].name, page.competitors[-1].people) == ("Temu", 0)
    (kept,) = report.aggregates(page).competitors
    assert (kept.name, kept.named.value, kept.going.value) == ("Delta", 5, None)


def test_what_is_not_measured_is_not_shown(
    rows: Rows, generation: Callable[..., Reader], settings: Settings
) -> None:
    rows["signals"] = [signal(n, anger=0.1) for n in range(3)]
    reader = generation(rows)
    assert [gauge.key for gauge in report.problem(reader, settings, 1).signals] == ["anger"]
    book = {each.name: each for each in report.signals(reader)}
    assert book["complaint"].share.value is None and book["complaint"].share.reason
    assert book["anger"].share.value == 0
    assert book["anger"].languages == ("en",)
    assert set(book["complaint"].languages) == {"en", "pt"}
    assert "sentiment" not in book


def test_the_strongest_signals_stand_beside_a_message_in_words(
    rows: Rows, generation: Callable[..., Reader], settings: Settings
) -> None:
    reader = generation(rows)
    page = report.customer(reader, settings, ("s:0",))
    said = {entry.records["where"]["contact_id"]: entry.signals for entry in page.timeline}
    assert said["0"] == ("hostile", "threat to leave", "complaint")
    assert said["6"] == () and len(said) == 3
    found = report.records(reader, "messages", {"contact_id": ["0", "1", "7", "12"]})
    place, name = found.columns.index("signals"), found.columns.index("contact_id")
    assert {row[name]: row[place] for row in found.rows} == {
        "0": "hostile, threat to leave, complaint", "1": "complaint, already contacted",
        "7": None, "12": "hostile",
    }  # fmt: skip


def test_praise_in_public_is_no_complaint_and_silence_of_the_signal_decides_nothing(
    generation: Callable[..., Reader], settings: Settings
) -> None:
    rows: Rows = {
        "messages": [
            message(1, public=True),
            message(2, public=True),
            message(3, public=True),
            message(4, public=True, rating=1.0, rating_scale="stars5"),
            message(5, public=True, rating=5.0, rating_scale="stars5"),
            message(6, public=True, closing=True),
            message(7),
        ],
        "signals": [signal(1, complaint=0.9), signal(2, complaint=0.1), signal(3),
                    signal(4, complaint=0.1), signal(5, complaint=0.9), signal(7, complaint=0.9)],
    }  # fmt: skip
    reader = generation(rows, as_of=(AT + timedelta(days=1)).isoformat())
    wanted = {"1", "3", "4"}
    page = report.chain(reader, settings)
    assert page.total == 3 and {each.contact_id for each in page.complaints} == wanted
    hurt = report.harmed(reader, settings, kinds=["public_complaint"])
    assert {each.customer_id for each in hurt.rows} == {f"s:{n}" for n in (1, 3, 4)}
