"""Which model values a source: the candidates, the holdout, and the warning where it was missed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from goodwill import report
from goodwill.generations import Reader
from goodwill.report.purchase_models import purchase_models
from goodwill.settings import Settings

Build = Callable[..., Reader]


def source(came: float, expected: float, model: str = "bg_nbd", **more: Any) -> dict[str, Any]:
    found = {"predicted": expected, "rmse": 0.65, "total_error": expected / came - 1}
    other = {"predicted": expected * 1.1, "rmse": 0.67, "total_error": 1.1 * expected / came - 1}
    second = "mbg_nbd" if model == "bg_nbd" else "bg_nbd"
    held = {"from": "2025-03-25", "until": "2025-11-03", "actual": came, "chosen": model,
            "models": {model: found, second: other}}  # fmt: skip
    return {"model": model, "holdout": held, "spend": "gamma_gamma", "correlation": 0.02} | more


def models(generation: Build, **sources: dict[str, Any]) -> tuple[report.PurchaseModel, ...]:
    return purchase_models(generation({}, value={"sources": sources}))


def test_the_model_chosen_and_the_others_stand_with_what_they_said_and_what_came(
    generation: Build,
) -> None:
    (found,) = models(generation, shop=source(1000, 1050, "mbg_nbd"))
    assert (found.name, found.came, found.warning) == ("MBG/NBD", 1000, "")
    assert [(each.name, each.chosen, each.expected) for each in found.candidates] == [
        ("BG/NBD", False, pytest.approx(1155)), ("MBG/NBD", True, 1050),
    ]  # fmt: skip
    said = " ".join(found.sentences)
    assert "expected 1,050 days with an order from then to 2025-11-03 of those who had" in said
    assert "bought by then, and 1,000 came (+5%)" in said
    assert "Gamma-Gamma" in said and "alive for certain" not in said


@pytest.mark.parametrize(
    ("came", "expected", "warned"),
    [(41, 117, "Do not believe"), (1000, 1200, "Take with care"), (1000, 1100, ""),
     (3, 4, ""), (1000, 300, "Do not believe")],
)  # fmt: skip
def test_a_holdout_missed_by_much_and_by_more_than_chance_warns(
    generation: Build, came: float, expected: float, warned: str
) -> None:
    (found,) = models(generation, shop=source(came, expected))
    assert found.warning.startswith(warned) and bool(found.warning) == bool(warned)
    if warned:
        assert f"expected {expected:,}, and {came:,} came" in found.warning


def test_a_model_that_could_not_be_tried_and_a_source_without_one_say_so(
    generation: Build,
) -> None:
    short = {"model": "mbg_nbd", "holdout": {"models": {}, "reason": "too short"}, "spend": None}
    (found,) = models(generation, short=short, none={"model": None})
    assert found.candidates == () and found.warning == ""
    assert "by its likelihood alone: too short" in found.sentences[0]
    one = source(500, 510)
    del one["holdout"]["models"]["mbg_nbd"]
    one["holdout"]["reason"] = "mbg_nbd did not converge"
    (found,) = models(generation, shop=one)
    assert "could not be tried: mbg_nbd did not converge" in " ".join(found.sentences)


def test_the_page_of_value_carries_models_and_what_does_not_hold(
    generation: Build, settings: Settings
) -> None:
    month = {"source": "shop", "month": datetime(2026, 1, 1).date(), "part": "all",
             "until": datetime(2026, 1, 31).date(), "customers": 5, "left_now": 0,
             "equity_before": 0, "equity": 100, "equity_low": 50, "equity_high": 150,
             "earned": 10}  # fmt: skip
    parts = [{**month, "part": part} for part in ("new", "kept", "growing", "shrinking", "lost")]
    note = "shop: so Gamma-Gamma does not hold"
    reader = generation({"equity_months": [month, *parts]},
                        value={"sources": {"shop": source(41, 117)}, "notes": [note]})  # fmt: skip
    page = report.value(reader, settings)
    assert page.notes == (note,)
    plain = page.as_dict()
    assert plain["models"][0]["warning"].startswith("Do not believe")
    assert plain["models"][0]["candidates"][0]["name"] == "BG/NBD"


def test_a_customer_is_told_with_the_model_of_the_shop_he_buys_from(
    generation: Build, settings: Settings
) -> None:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    order = {"source": "shop", "order_id": "o1", "order_number": "1", "_customer": "shop:1",
             "at": at, "kind": "order", "amount": 1000, "currency": "EUR"}  # fmt: skip
    value = {"customer_id": "shop:1", "orders": 1, "p_alive": 1.0}
    known = {"customer_id": "shop:1", "source": "shop", "customer_ref": "1"}
    sources = {"shop": source(41, 117), "other": source(100, 100)}
    reader = generation({"orders": [order], "customers": [known], "customer_value": [value]},
                        value={"sources": sources})  # fmt: skip
    notes = report.customer(reader, settings, ("1",)).notes
    assert notes[0] == "Expected with BG/NBD, as all customers of shop."
    assert "117, and 41 came" in notes[1] and "alive for certain" in notes[2]
    assert len(notes) == 3
