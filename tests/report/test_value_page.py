"""Customer equity and the ledger as pages: sums, months, verdicts, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from goodwill import report
from goodwill.errors import InputError, NotFound
from goodwill.figures import poisson
from goodwill.generations import Reader
from goodwill.settings import Settings

PARTS = ("new", "kept", "growing", "shrinking", "lost")


def month(number: int) -> date:
    return date(2025 + (number // 12), 1 + number % 12, 1)


def forecast(n: int, *, published: bool, held: bool | None) -> dict[str, Any]:
    return {
        "forecast_id": f"f{n}", "published": published, "figure": "expected_orders",
        "source": "shop", "subject": "", "made_on": date(2026, 1, 1), "due_on": date(2026, 2, 1),
        "weeks": 4, "people": 50, "value": 100.0, "low": 80.0, "high": 125.0,
        "outcome": None if held is None else 90.0 if held else 140.0, "held": held, "reason": "",
    }  # fmt: skip


@pytest.fixture
def reader(generation: Callable[..., Reader]) -> Reader:
    months = []
    for n in range(14):
        worth = {part: 1000 * (n + 1) + 10 * i for i, part in enumerate(PARTS)}
        before = dict.fromkeys(PARTS, 900 * (n + 1))
        rows = [
            {"source": "shop", "month": month(n), "until": month(n), "part": part,
             "customers": 10 + i, "left_now": 2 if part == "lost" else 0,
             "equity_before": before[part], "equity": worth[part], "earned": 50,
             "change_low": worth[part] - before[part] - 40,
             "change_high": worth[part] - before[part] + 40}
            for i, part in enumerate(PARTS)
        ]  # fmt: skip
        whole = sum(worth.values())
        months += [*rows, {
            "source": "shop", "month": month(n), "until": month(n), "part": "all",
            "customers": 60, "left_now": 2, "equity_before": sum(before.values()),
            "equity": whole, "equity_low": whole - 300, "equity_high": whole + 300,
            "change_low": 0, "change_high": 2000, "earned": 250}]  # fmt: skip
    ledger = [forecast(n, published=True, held=None) for n in range(3)]
    ledger += [forecast(10 + n, published=False, held=n != 0) for n in range(20)]
    segment = {"dimension": "source", "segment": "shop", "customers": 60, "equity": 70_000,
               "equity_low": 60_000, "equity_high": 80_000, "troubled_people": 5,
               "troubled": 7000, "troubled_low": 6000, "troubled_high": 8000}  # fmt: skip
    days = {"source": "shop", "month": date(2025, 6, 1), "customers": 100, "again": 60,
            "spent": 500_000, "wrote": 20, "broken": 20, "broken_again": 6, "kept": 70,
            "kept_again": 49}  # fmt: skip
    return generation(
        {"equity_months": months, "ledger": ledger, "equity_segments": [segment],
         "first_days": [days]},
        value={"sum_error": 0.05, "coverage": 0.9, "active": {"value": 40.0},
               "discount_rate": 0.1,
               "sources": {"shop": {"customers": 60, "value_ever": 9e4, "value": 20_000,
                                    "value_variance": 4000.0, "sum_error": 0.01}},
               "orders_for_ever": {"value": 90_000, "low": 80_000, "high": 100_000}},
    )  # fmt: skip


def test_it_works(reader: Reader, settings: Settings) -> None:
    page = report.value(reader, settings)
    assert page.month == month(13)
    equity = page.gauges[0].figure
    assert equity.value == 14 * 5000 + 100
    assert (equity.low, equity.high) == (equity.value - 300, equity.value + 300)
    assert equity.coverage == 0.9
    year = sum(100 * (n + 1) for n in range(2, 14))
    assert [gauge.figure.value for gauge in page.parts] == [
        year + 12 * 10 * i for i in range(5)
    ]  # fmt: skip
    known = report.definitions()
    every = [*page.gauges, *page.parts, *page.first_days, *page.winning]
    assert all(gauge.figure.definition in known for gauge in every)
    assert page.as_dict()["months"][0]["equity"]["value"] == equity.value


def test_orders_to_come_for_ever_stand_beside_the_horizon(
    reader: Reader, settings: Settings
) -> None:
    gauge = report.value(reader, settings).gauges[1]
    figure = gauge.figure
    assert (figure.value, figure.low, figure.high) == (90_000, 80_000, 100_000)
    assert figure.people == 60
    assert gauge.note == "today, discounted by 10% a year"
    known = reader.manifest["value"]
    known["orders_for_ever"], known["discount_rate"] = {}, 0
    figure = report.value(reader, settings).gauges[1].figure
    assert figure.value is None
    assert "discount_rate" in figure.reason


def test_parts_of_a_year_carry_the_people_and_the_records_of_that_year(
    reader: Reader, settings: Settings
) -> None:
    page = report.value(reader, settings)
    for i, gauge in enumerate(page.parts):
        figure = gauge.figure
        assert figure.events == 12 * (10 + i)
        assert figure.people == (120 if gauge.key == "equity_from_new" else None)
        found = report.records(reader, figure.records["table"], figure.records["where"])
        assert found.total == 12
        column = {name: place for place, name in enumerate(found.columns)}
        assert {row[column["part"]] for row in found.rows} == {PARTS[i]}
        changed = sum(row[column["equity"]] - row[column["equity_before"]] for row in found.rows)
        assert changed == figure.value
    left = {gauge.key: gauge.figure for gauge in page.gauges}["customers_left"]
    assert (left.value, report.records(reader, **left.records).total) == (24, 12)
    assert (left.low, left.high) == pytest.approx(poisson(24))
    # An earlier month has the year that ends with it; only six months are known of it.
    early = report.value(reader, settings, month=month(5)).parts[0].figure
    assert (early.people, report.records(reader, **early.records).total) == (60, 6)


def test_what_new_customers_are_worth_has_the_interval_of_customer_equity(
    reader: Reader, settings: Settings
) -> None:
    page = report.value(reader, settings)
    new, worth = page.parts[0].figure, {g.key: g.figure for g in page.winning}
    ends = sum(1000 * (n + 1) for n in range(2, 14))  # of the twelve months, summed
    half = 1.959963984540054 * (4000.0 * ends / 20_000 + (0.01 * ends) ** 2) ** 0.5
    assert (new.low, new.high) == pytest.approx((new.value - half, new.value + half))
    each = worth["new_customer_equity"]
    assert (each.low, each.high) == pytest.approx((new.low / 120, new.high / 120))


def test_the_other_parts_have_the_interval_of_their_months(
    generation: Callable[..., Reader], reader: Reader, settings: Settings
) -> None:
    page = report.value(reader, settings)
    for gauge in page.parts[1:]:
        figure = gauge.figure
        assert (figure.low, figure.high) == (figure.value - 12 * 40, figure.value + 12 * 40)
    month = page.months[0]
    assert month.parts["lost"].high - month.parts["lost"].value == 40
    assert month.change.high - month.change.value == 1000
    # Two sources err apart from each other; of one nothing is known, so neither of both.
    rows = reader.dicts("SELECT * FROM equity_months")
    both = [*rows, *(row | {"source": "store"} for row in rows)]
    page = report.value(generation({"equity_months": both}, value=reader.manifest["value"]),
                        settings)  # fmt: skip
    kept = page.parts[1].figure
    assert kept.high - kept.value == pytest.approx(12 * 40 * 2**0.5)
    blank = {"source": "store", "change_low": None, "change_high": None}
    both = [*rows, *(row | blank for row in rows)]
    page = report.value(generation({"equity_months": both}, value=reader.manifest["value"]),
                        settings)  # fmt: skip
    assert page.parts[1].figure.low is None
    assert page.months[0].change.low is None


def test_return_on_customer_is_what_was_earned_and_grown_over_what_was(
    reader: Reader, settings: Settings
) -> None:
    page = report.value(reader, settings)
    found = {gauge.key: gauge.figure for gauge in page.gauges}["return_on_customer"]
    before, after = 2 * 5000 + 100, 14 * 5000 + 100
    assert found.value == pytest.approx((12 * 250 + after - before) / before)
    early = report.value(reader, settings, month=date(2025, 6, 17))
    assert early.month == month(5)
    assert {g.key: g.figure for g in early.gauges}["return_on_customer"].value is None


def test_a_month_without_equity_is_refused_and_the_known_ones_are_named(
    reader: Reader, settings: Settings
) -> None:
    with pytest.raises(NotFound, match="2019-01"):
        report.value(reader, settings, month=date(2019, 1, 1))


def test_new_customers_with_a_broken_first_promise_stand_beside_the_others(
    reader: Reader, settings: Settings
) -> None:
    found = {g.key: g.figure for g in report.value(reader, settings).first_days}
    assert found["new_bought_again"].value == 0.6
    assert found["new_promise_gap"].value == pytest.approx(6 / 20 - 49 / 70)
    assert found["new_promise_gap"].low < found["new_promise_gap"].value < 0
    assert found["new_promise_gap"].grade == "C"
    assert found["new_broken_again"].coverage == 0.2


def test_winning_is_set_beside_keeping_once_the_company_tells_its_costs(
    reader: Reader, settings: Settings
) -> None:
    found = {g.key: g.figure for g in report.value(reader, settings).winning}
    assert found["cost_to_win"].value is None and "acquisition_cost" in found["cost_to_win"].reason
    told = replace(settings, acquisition_cost=12.5, contact_minutes=6, hourly_rate=20)
    found = {g.key: g.figure for g in report.value(reader, told).winning}
    assert found["cost_to_win"].value == 1250
    assert found["cost_to_keep"].value == 0


def test_without_orders_the_page_says_why_and_invents_no_money(
    generation: Callable[..., Reader], settings: Settings
) -> None:
    page = report.value(generation({}, value={"notes": ["No orders came in."]}), settings)
    assert page.reason == "No orders came in."
    assert not page.gauges


def test_the_ledger_says_too_early_and_how_often_replayed_forecasts_held(
    reader: Reader, settings: Settings
) -> None:
    page = report.ledger(reader, settings)
    assert page.verdict.startswith("Too early")
    assert "Of 20 replayed forecasts" in page.verdict and "19 (95%" in page.verdict
    published, replayed = page.gauges[0].figure, page.gauges[1].figure
    assert published.value is None and "2026-02-01" in published.reason
    assert replayed.value == 0.95 and replayed.low < 0.95 < replayed.high
    assert (page.waiting, page.total) == (3, 23)
    assert all(row.published for row in page.rows[:3])
    missed = report.ledger(reader, settings, state="missed")
    assert [row.outcome for row in missed.rows] == [140.0]
    where = replayed.records
    assert report.records(reader, where["table"], where["where"]).total == 20


def test_forecasts_too_sure_of_themselves_are_called_so(
    generation: Callable[..., Reader], settings: Settings
) -> None:
    rows = [forecast(n, published=True, held=n % 2 == 0) for n in range(20)]
    page = report.ledger(generation({"ledger": rows}), settings)
    assert "too sure of themselves" in page.verdict


def test_an_unknown_state_of_the_ledger_is_refused(reader: Reader, settings: Settings) -> None:
    with pytest.raises(InputError, match="nonsense"):
        report.ledger(reader, settings, state="nonsense")
