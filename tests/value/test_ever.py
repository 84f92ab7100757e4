"""Value for ever: against closed forms, long sums, simulated customers, and at its limits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad
from scipy.special import hyperu
from simulated import as_orders, buy_till_you_die
from test_value_customers import load

from goodwill.engine import DuckDBEngine
from goodwill.errors import InputError
from goodwill.value import value_customers
from goodwill.value._bg import BGNBD, MBGNBD
from goodwill.value._bg_bb import BGBB
from goodwill.value._known import model_of, spend_of
from goodwill.value._outlook import discounted_purchases
from goodwill.value._pareto import ParetoNBD

# The published fits of CDNOW (Fader, Hardie and Lee 2005) and of the donors (2010).
PARETO = ParetoNBD.known({"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669})
BG = BGNBD.known({"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426})
MBG = MBGNBD.known({"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614})
BB = BGBB.known({"alpha": 1.204, "beta": 0.750, "gamma": 0.657, "delta": 2.783})
SHOPS = [PARETO, BG, MBG]

X, T_X, T = np.array([0, 1, 7, 20.0]), np.array([0, 20, 35, 38.0]), np.full(4, 39.0)


@pytest.mark.parametrize("rate", [1e-6, 0.0027, 0.05, 1.0])
@pytest.mark.parametrize("s", [0.3, 0.606, 1.0, 3.0])
def test_pareto_nbd_has_the_closed_form_of_the_paper(rate: float, s: float) -> None:
    model = ParetoNBD.known({**PARETO.params_, "s": s})
    r, alpha, _, beta = model.params_.values()
    delta = np.log1p(rate)
    z = delta * (beta + T)
    # Tricomi's function; with the P(alive) of the paper's likelihood drawn out of it.
    closed = (r + X) / (alpha + T) * delta ** (s - 1) * (beta + T) ** s * hyperu(s, s, z)
    found = model.discounted_expected_lifetime(rate, X, T_X, T)
    assert found == pytest.approx(model.p_alive(X, T_X, T) * closed, rel=1e-7)


@pytest.mark.parametrize("model", [BG, MBG, BGNBD.known({**BG.params_, "a": 1.0})])
def test_bg_nbd_is_the_sum_of_what_is_expected_week_by_week(model: Any) -> None:
    rate, step = 0.02, 0.05
    weeks = np.arange(0.0, 1500.0, step)
    for x, t_x, age in zip(X, T_X, T, strict=True):
        bought = np.diff(np.asarray(model.expected_purchases(weeks, x, t_x, age)))
        long_sum = bought @ (1 + rate) ** -(weeks[:-1] + step / 2)
        found = model.discounted_expected_lifetime(rate, x, t_x, age)
        assert found == pytest.approx(long_sum, rel=1e-4)


def test_bg_bb_is_the_sum_of_what_is_expected_occasion_by_occasion() -> None:
    ahead = np.arange(0, 600)
    for x, t_x in ((0, 0), (1, 3), (3, 5), (6, 6)):
        bought = np.diff(np.asarray(BB.expected_purchases(ahead, x, t_x, 6)))
        long_sum = bought @ 1.1 ** -ahead[1:].astype(float)
        assert BB.discounted_expected_lifetime(0.1, x, t_x, 6) == pytest.approx(long_sum)
    new = np.diff(np.asarray(BB.expected_purchases(ahead))) @ 1.1 ** -ahead[1:].astype(float)
    assert BB.discounted_expected_lifetime(0.1) == pytest.approx(new)


@pytest.mark.parametrize("model", SHOPS)
def test_a_new_customer_has_the_purchases_after_the_first(model: Any) -> None:
    delta = np.log1p(0.01)
    by_parts, _ = quad(
        lambda t: delta * np.exp(-delta * t) * model.expected_purchases(t), 0, 6000, limit=500
    )
    assert model.discounted_expected_lifetime(0.01) == pytest.approx(by_parts, rel=1e-6)


@pytest.mark.parametrize("model", SHOPS)
def test_so_much_discounting_leaves_only_what_is_bought_at_once(model: Any) -> None:
    soon = model.expected_purchases(1e-6, X, T_X, T) / 1e-6
    assert model.discounted_expected_lifetime(1e6, X, T_X, T) * np.log1p(1e6) == pytest.approx(
        soon, rel=0.02
    )


def test_it_is_what_simulated_customers_buy() -> None:
    rng = np.random.default_rng(5)
    many, rate = 200_000, 0.02
    delta = np.log1p(rate)
    pace = rng.gamma(BG.params_["r"], 1 / BG.params_["alpha"], many)
    leave = rng.beta(BG.params_["a"], BG.params_["b"], many)
    at, alive, worth = np.zeros(many), np.ones(many, dtype=bool), np.zeros(many)
    while alive.any():
        at[alive] += rng.exponential(1.0, alive.sum()) / pace[alive]
        alive &= at < 1500
        worth[alive] += np.exp(-delta * at[alive])
        alive &= rng.random(many) >= leave
    found = BG.discounted_expected_lifetime(rate)
    assert found == pytest.approx(worth.mean(), abs=4 * worth.std() / many**0.5)


@pytest.mark.parametrize("model", [*SHOPS, BB])
@pytest.mark.parametrize("rate", [0, -0.1, float("nan"), "much", None, [0.1, 0.2]])
def test_without_discounting_it_is_refused(model: Any, rate: Any) -> None:
    with pytest.raises(InputError, match="discount_rate"):
        model.discounted_expected_lifetime(rate)


@pytest.fixture(scope="module")
def orders() -> pd.DataFrame:
    rng = np.random.default_rng(11)
    return as_orders(buy_till_you_die(rng, 600, 0.8, 6.0, 0.6, 2.5, 70), rng)


def account(orders: pd.DataFrame, rate: float = 0.1) -> tuple[DuckDBEngine, dict[str, Any]]:
    engine = DuckDBEngine()
    load(engine, orders)
    return engine, value_customers(
        engine, currency="EUR", margin=0.4, discount_rate=rate, horizon_weeks=52
    )


def test_a_book_has_the_value_for_ever_beside_that_of_the_horizon(orders: pd.DataFrame) -> None:
    _, found = account(orders)
    ever, equity = found["orders_for_ever"], found["equity"]
    assert ever["value"] > equity["value"]
    assert 0 < ever["low"] < ever["value"] < ever["high"]
    wide, narrow = (one["high"] / one["value"] - 1 for one in (ever, equity))
    assert wide > narrow


def test_the_book_adds_up_what_the_model_says_of_each_customer(orders: pd.DataFrame) -> None:
    engine, found = account(orders)
    one = found["sources"]["shop"]
    model, spend = model_of(one), spend_of(one)
    rows = engine.arrow("SELECT * FROM value_histories").to_pandas()
    x, t_x, age = (
        rows[name].to_numpy(float) / by
        for name, by in (("frequency", 1), ("recency_days", 7), ("age_days", 7))
    )
    base, slope = spend.base_and_slope(rows["paid"].to_numpy(float))
    worth = (base + rows["net"].to_numpy(float)) * slope * 0.4
    weekly = 1.1 ** (7 / 365.25) - 1
    whole = worth @ model.discounted_expected_lifetime(weekly, x, t_x, age)
    assert found["orders_for_ever"]["value"] == pytest.approx(whole, rel=0.001)
    far = worth @ discounted_purchases(model, x, t_x, age, 520, 0.1)
    assert 0.6 * whole < far < whole


def test_without_discounting_the_book_has_none(orders: pd.DataFrame) -> None:
    assert account(orders, rate=0.0)[1]["orders_for_ever"] == {}
