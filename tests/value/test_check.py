"""The checks pass where all is well, fail where it is not, and say what cannot be tried."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from goodwill.engine import DuckDBEngine
from goodwill.value import _check, check_value, verdict
from goodwill.value._bg import MBGNBD
from goodwill.value._check import simulate
from goodwill.value._orders_sql import DAYS, HISTORIES
from goodwill.value._planted import Purchases


def run(found: float, planted: float = 0.0, reach: float = 0.1) -> dict[str, float]:
    return {"found": found, "planted": planted, "reach": reach, "expected": 2.0}


def test_false_alarms_and_lost_losses_are_called_so() -> None:
    good = _check._harmless("k", "l", [run(0.01 * (n % 5 - 2)) for n in range(40)])
    assert good.state == "good"
    bad = _check._harmless("k", "l", [run(0.5 if n % 2 else -0.5) for n in range(40)])
    assert bad.state == "bad" and "40 of 40" in bad.found
    steady = _check._harmless("k", "l", [run(0.09) for _ in range(40)])
    assert steady.state == "doubtful"
    half = _check._recovered("k", "l", [run(0.5 + 0.01 * (n % 3), 1.0) for n in range(40)])
    assert half.state == "bad" and "0 of 40" in half.found
    whole = _check._recovered("k", "l", [run(1 + 0.03 * (n % 3 - 1), 1.0) for n in range(40)])
    assert whole.state == "good"
    none = _check._recovered("k", "l", ["too few orders"])
    assert none.state == "none" and "too few orders" in none.found
    assert verdict([good, bad, none]).startswith("1 of 2 checks failed")
    assert verdict([good, steady]).startswith("1 of 2 checks leave a doubt")
    assert verdict([good]).startswith("All 1 checks")
    assert "none of these checks" in verdict([none])


def test_groups_that_drifted_apart_are_counted() -> None:
    def row(trend: float) -> dict[str, Any]:
        return {
            "problem": "theme:1",
            "grade": "C",
            "lead_gap": 0.3,
            "lead_gap_low": 0.1,
            "trend_gap": trend,
            "trend_gap_low": trend - 0.1,
            "trend_gap_high": trend + 0.1,
        }

    assert _check._gaps([row(1.0)] * 10).state == "good"
    drifting = _check._gaps([row(1.6)] * 10)
    assert drifting.state == "bad" and "in 10 the two groups" in drifting.found
    assert _check._gaps([]).state == "none"


def test_shares_expected_stand_beside_those_that_came() -> None:
    def row(expected: float, came: float, held: bool) -> dict[str, Any]:
        return {
            "figure": "customers_returning",
            "subject": "g",
            "made_on": date(2026, 1, 1),
            "people": 100,
            "value": 100 * expected,
            "outcome": 100 * came,
            "held": held,
        }

    right = _check._calibration([row(0.4, 0.42, True)] * 20)
    assert right.state == "good"
    assert right.rows[0]["expected"] == pytest.approx(0.4)
    assert _check._calibration([row(0.7, 0.4, False)] * 20).state == "bad"


def test_a_simulated_company_buys_as_its_model_says() -> None:
    model = MBGNBD.known({"r": 1.5, "alpha": 10.0, "a": 0.5, "b": 8.0})
    days = np.arange(300, dtype=np.int64) * 86_400
    like = Purchases(np.arange(300, dtype=np.int64), days)
    made = simulate(np.random.default_rng(1), model, like)
    first = np.unique(made.customer, return_index=True)[1]
    age = (like.seconds.max() - made.seconds[first]) / (7 * 86_400)
    expected = np.asarray(model.expected_purchases(age)).sum()
    # Two purchases of one day are one, so a few are missing.
    assert len(made.customer) - len(first) == pytest.approx(expected, rel=0.05)


def test_without_orders_every_check_says_why_it_cannot_be_tried() -> None:
    engine = DuckDBEngine()
    engine.load("value_days", DAYS.empty_table())
    engine.load("value_histories", HISTORIES.empty_table())
    checks = check_value(engine, {"sources": {}}, effects=[], replayed=[])
    assert {one.state for one in checks} == {"none"}
    assert all(one.found for one in checks)
