"""The ledger of promises: order, filters, what is at risk, and the next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from goodwill import report
from goodwill.errors import InputError
from goodwill.generations import Reader
from goodwill.report.promises import commitments_kept
from goodwill.settings import Settings

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def row(number: int, status: str, days: float | None, **more: Any) -> dict[str, Any]:
    due = None if days is None else NOW + timedelta(days=days)
    values = {"promise_id": f"p{number}", "kind": "commitment", "what": "refund", "source": "shop",
              "customer_id": f"shop:{number}", "words": "We will refund you", "due_at": due,
              "made_at": NOW - timedelta(days=9), "status": status}  # fmt: skip
    return values | more


@pytest.fixture
def reader(generation: Callable[..., Reader]) -> Reader:
    rows = {
        "contacts": [{"source": "shop", "contact_id": "1", "at": NOW, "month": "2026-03"}],
        "promises": [
            row(1, "open", 3), row(2, "open", 1), row(3, "open", 1, amount=4200),
            row(4, "open", 0.5, customer_id=None),
            row(5, "overdue", -2), row(6, "broken", -9, kept_at=NOW), row(7, "kept", -9,
                kept_at=NOW - timedelta(days=10)),
            row(8, "unknown", None, reason="no date was given"),
            row(9, "kept", -1, kind="delivery", what="delivery", words=None, order_number="A"),
            row(10, "unknown", -3),
        ],
        "customer_value": [
            {"customer_id": "shop:1", "orders": 3, "lifetime_value": 5000,
             "lifetime_value_low": 3000, "lifetime_value_high": 9000},
            {"customer_id": "shop:2", "orders": 1, "lifetime_value": 900,
             "lifetime_value_low": 0, "lifetime_value_high": 3000},
        ],
    }  # fmt: skip
    return generation(rows, value={"parameter_error": 0.1})


def test_it_works(reader: Reader, settings: Settings) -> None:
    page = report.open_promises(reader, settings)
    assert [each.promise_id for each in page.rows] == ["p4", "p2", "p3", "p1"]
    assert page.total == 4 and page.as_of == NOW
    assert page.rows[0].hours_left == 12.0
    assert page.rows[1].step == "See that the refund is paid out before the date."
    assert page.as_dict()["promises"][0]["status"] == "open"


def test_what_is_at_risk_is_the_customers_value_else_the_orders_amount(
    reader: Reader, settings: Settings
) -> None:
    risks = {each.promise_id: each.at_risk for each in report.open_promises(reader, settings).rows}
    assert (risks["p1"].value, risks["p1"].low, risks["p1"].high) == (5000, 3000, 9000)
    assert (risks["p3"].value, risks["p3"].definition) == (4200, "order_amount")
    assert risks["p4"].value is None and risks["p4"].reason


def test_the_figures_above_the_list_count_people_once(reader: Reader, settings: Settings) -> None:
    figures = {g.key: g.figure for g in report.open_promises(reader, settings).gauges}
    assert (figures["promises_open"].value, figures["promises_open"].people) == (4, 3)
    assert figures["promises_open"].coverage == 0.75
    assert figures["promises_due_soon"].value == 3
    assert figures["overdue_promises"].value == 1
    risk = figures["value_at_risk"]
    assert (risk.value, risk.people, risk.coverage) == (5900, 2, 2 / 3)
    half = ((6000**2 + 3000**2) / 4 + (1.959963984540054 * 0.1 * 5900) ** 2) ** 0.5
    assert risk.high == round(5900 + half)
    kept = commitments_kept(reader)
    assert (kept.value, kept.events, kept.coverage) == (1 / 3, 3, 0.75)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "broken"}, ["p5", "p6"]),
        ({"state": "overdue"}, ["p5"]),
        ({"state": "kept", "kind": "delivery"}, ["p9"]),
        ({"state": "unknown"}, ["p10", "p8"]),
        ({"customer_id": "shop:6"}, ["p6"]),
        ({"what": "call"}, []),
        ({"state": "all", "offset": 8, "limit": 2}, ["p7", "p8"]),
    ],
)
def test_the_ledger_is_filtered_and_paged(
    reader: Reader, settings: Settings, asked: dict[str, Any], found: list[str]
) -> None:
    page = report.promises(reader, settings, **asked)
    assert [each.promise_id for each in page.rows] == found


def test_an_unknown_state_or_kind_is_refused(reader: Reader, settings: Settings) -> None:
    with pytest.raises(InputError, match="lost"):
        report.promises(reader, settings, state="lost")
    with pytest.raises(InputError, match="oath"):
        report.promises(reader, settings, kind="oath")


def test_the_records_behind_the_figures_are_as_many(reader: Reader, settings: Settings) -> None:
    for gauge in report.open_promises(reader, settings).gauges:
        if gauge.key != "value_at_risk":
            where = gauge.figure.records["where"]
            assert report.records(reader, "promises", where).total == gauge.figure.value
