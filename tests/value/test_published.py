"""Parameters, likelihoods and expectations as published for data that anyone can get."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from goodwill import value

pytestmark = pytest.mark.data


def params_are(model: Any, *published: float, rel: float = 0.002) -> None:
    assert list(model.params_.values()) == pytest.approx(published, rel=rel)


@pytest.fixture(scope="module")
def donations(data_folder: Path) -> pd.DataFrame:
    table = pd.read_csv(data_folder / "cdnow" / "donations.csv")
    return table.rename(columns={"periods": "n_periods", "weights": "weight"})


def test_bg_nbd_on_the_rounded_summary(cdnow_summary: pd.DataFrame) -> None:
    model = value.fit(cdnow_summary, model="bg_nbd")
    params_are(model, 0.2426, 4.4136, 0.7929, 2.4259)
    assert list(model.params_) == ["r", "alpha", "a", "b"]
    assert model.log_likelihood_ == pytest.approx(-9582.429, abs=0.05)
    assert model.log_likelihood_ == pytest.approx(-9582.4256, abs=0.001)
    assert model.expected_purchases(39, 2, 30.43, 38.86) == pytest.approx(1.226, rel=0.001)


def test_bg_nbd_on_the_orders_themselves(cdnow_orders: pd.DataFrame) -> None:
    cells = value.rfm(cdnow_orders, end="1997-09-30")
    assert cells.customers == 2357
    model = value.fit(cells, model="bg_nbd")
    params_are(model, 0.2426, 4.4136, 0.7929, 2.4259)
    assert model.log_likelihood_ == pytest.approx(-9582.429, abs=0.001)
    assert model.expected_purchases(52) == pytest.approx(1.4440, rel=0.001)
    best = {"frequency": 26, "recency": 216 / 7, "T": 217 / 7}
    assert model.expected_purchases(52, **best) == pytest.approx(25.757, rel=0.001)
    assert model.p_alive(**best) == pytest.approx(0.96885, rel=0.001)


def test_bg_nbd_holdout_of_39_weeks(cdnow_orders: pd.DataFrame) -> None:
    cut, end = pd.Timestamp("1997-09-30"), pd.Timestamp("1998-06-30")
    model = value.fit(value.rfm(cdnow_orders, end=cut), model="bg_nbd")
    pareto = value.fit(value.rfm(cdnow_orders, end=cut), model="pareto_nbd")
    days = cdnow_orders.drop_duplicates(["customer_ref", "at"])
    past, future = days[days["at"] <= cut], days[(days["at"] > cut) & (days["at"] <= end)]
    seen = past.groupby("customer_ref")["at"].agg(["count", "min", "max"])
    held = future.groupby("customer_ref").size().reindex(seen.index).fillna(0)
    history = (
        seen["count"] - 1,
        (seen["max"] - seen["min"]).dt.days / 7,
        (cut - seen["min"]).dt.days / 7,
    )
    assert held.sum() == 1882
    for fitted, rmse, total in ((model, 1.608, -0.121), (pareto, 1.603, -0.115)):
        expected = fitted.expected_purchases(39, *history)
        assert ((expected - held) ** 2).mean() ** 0.5 == pytest.approx(rmse, abs=0.001)
        assert expected.sum() / held.sum() - 1 == pytest.approx(total, abs=0.001)


def test_mbg_nbd(cdnow_orders: pd.DataFrame) -> None:
    params_are(
        value.fit(value.rfm(cdnow_orders, end="1997-09-30"), model="mbg_nbd"),
        0.525, 6.183, 0.891, 1.614,
    )  # fmt: skip


def test_pareto_nbd(cdnow_orders: pd.DataFrame) -> None:
    model = value.fit(value.rfm(cdnow_orders, end="1997-09-30"), model="pareto_nbd")
    params_are(model, 0.553, 10.578, 0.606, 11.669)
    assert list(model.params_) == ["r", "alpha", "s", "beta"]
    assert model.log_likelihood_ == pytest.approx(-9594.976, abs=0.001)
    assert model.expected_purchases(52) == pytest.approx(1.473434, rel=0.001)


def test_bg_bb_on_donations(donations: pd.DataFrame) -> None:
    model = value.fit(donations, model="bg_bb")
    params_are(model, 1.204, 0.750, 0.657, 2.783)
    assert list(model.params_) == ["alpha", "beta", "gamma", "delta"]
    assert model.log_likelihood_ == pytest.approx(-33225.58, abs=0.01)
    history = (donations["frequency"], donations["recency"], donations["n_periods"])
    five = (model.expected_purchases(5, *history) * donations["weight"]).sum()
    assert five == pytest.approx(12884.2, rel=0.001)
    ten = model.expected_purchases(10, [0, 4], [0, 5], [6, 6])
    assert list(ten) == pytest.approx([0.13022, 3.62786], rel=0.001)


def test_gamma_gamma(cdnow_orders: pd.DataFrame) -> None:
    model = value.fit(value.rfm(cdnow_orders, end="1997-09-30"), model="gamma_gamma")
    params_are(model, 6.25, 3.74, 15.44)
    assert list(model.params_) == ["p", "q", "v"]
    assert model.customers_ == 946
    assert model.log_likelihood_ == pytest.approx(-4055.9177, abs=0.001)


def test_gamma_gamma_on_the_rounded_summary(cdnow_summary: pd.DataFrame) -> None:
    model = value.fit(cdnow_summary, model="gamma_gamma")
    params_are(model, 6.25, 3.74, 15.44)
    assert model.log_likelihood_ == pytest.approx(-4055.9177, abs=0.05)


@pytest.mark.parametrize(
    ("active", "alpha", "beta"),
    [
        ([100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1], 0.704, 1.182),
        ([100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1], 0.668, 3.806),
    ],
)
def test_sbg_on_both_segments(active: list[float], alpha: float, beta: float) -> None:
    model = value.fit({"period": list(range(8)), "active": active}, model="sbg")
    params_are(model, alpha, beta)
    assert list(model.params_) == ["alpha", "beta"]
    assert model.survival(0) == 1
