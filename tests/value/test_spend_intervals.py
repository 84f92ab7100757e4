"""The interval of each customer, worked out in portions, is that of the plain definition."""

from __future__ import annotations

import numpy as np
import pytest

from goodwill.value._bg import BGNBD, MBGNBD
from goodwill.value._intervals import alike, pairs, spend_points
from goodwill.value._outlook import discounted_purchases, look_ahead
from goodwill.value._spend import Spend, known_spend

Floats = np.typing.NDArray[np.float64]

GAMMA_GAMMA = known_spend(
    {"name": "gamma_gamma", "params": {"p": 4.0, "q": 3.7, "v": 15.4}, "relative_error": 0.0,
     "levels": [0.0], "pull": 0.0, "noise": 0.0}
)  # fmt: skip
SHRUNK = known_spend(
    {"name": "shrunk_mean", "params": {"mean": 40.0, "shrinkage_days": 2.0}, "relative_error": 0.0,
     "levels": [40.0] * 5, "pull": 2.0, "noise": 0.6}
)  # fmt: skip


def customers() -> tuple[Floats, Floats, Floats, Floats]:
    """Return histories of every kind: just come, lost for certain, buying every other day."""
    rng = np.random.default_rng(3)
    T = rng.integers(1, 700, 400) / 7
    x = np.floor(rng.gamma(0.8, 0.25, len(T)) * T)
    x[:20] = np.floor(T[:20] * 3)
    t_x = np.where(x > 0, T * rng.beta(3, 0.7, len(T)), 0.0)
    return x, t_x, T, np.maximum(x + 1 - rng.integers(0, 3, len(T)), 0)


def plainly(
    model: BGNBD, spend: Spend, x: Floats, t_x: Floats, T: Floats, paid: Floats, weeks: float
) -> Floats:
    """Return both ends and the standard deviation, row by row, out of all draws of the row."""
    rng = np.random.default_rng(20050224)
    even = (np.arange(512) + 0.5) / 512
    alive = np.maximum(model.p_alive(x, t_x, T), 1e-3)
    mean = model.expected_purchases(weeks, x, t_x, T) / alive
    most = np.clip(2 ** np.ceil(np.log2(4 * mean + 12)), 16, 400).astype(int)
    purchases = spend.purchase_draws(int(most.max()), rng.permutation(even))
    days, whose = np.unique(paid, return_inverse=True)
    levels = spend.level_draws(days, rng.permutation(even))
    found = []
    for i, size in enumerate(most):
        chances = model.purchase_chances(weeks, x[i], t_x[i], T[i], int(size))
        counts = np.minimum(np.searchsorted(np.cumsum(chances[0]), even), size)
        sums = purchases[counts, np.arange(512)] * levels[whose[i]]
        found.append([*np.quantile(sums, [0.025, 0.975]), sums.std()])
    return np.array(found).T


@pytest.mark.parametrize("weeks", [4.0, 104.0])
@pytest.mark.parametrize(("cls", "spend"), [(BGNBD, GAMMA_GAMMA), (MBGNBD, SHRUNK)])
def test_intervals_are_those_of_all_draws_of_each_customer(
    cls: type[BGNBD], spend: Spend, weeks: float
) -> None:
    model = cls.known({"r": 0.8, "alpha": 4.3, "a": 0.4, "b": 14.0})
    assert isinstance(model, BGNBD)
    x, t_x, T, paid = customers()
    alive = np.asarray(model.p_alive(x, t_x, T))
    expected = np.asarray(model.expected_purchases(weeks, x, t_x, T))
    found = spend_points(model, spend, x, T, paid, alive, expected, weeks)
    plain = plainly(model, spend, x, t_x, T, paid, weeks)
    np.testing.assert_allclose(found, plain, rtol=1e-10, atol=1e-12)
    if weeks > 100:
        low, high, _ = found
        assert (low > 0).any()
        assert ((low == 0) & (high > 0)).any()
        assert (high == 0).any()


def test_expectations_once_for_each_pair_are_those_of_each_row() -> None:
    model = BGNBD.known({"r": 0.8, "alpha": 4.3, "a": 0.4, "b": 14.0})
    assert isinstance(model, BGNBD)
    x, t_x, T, _ = customers()
    many, long, where = pairs(x, T)
    assert len(many) < len(x)
    np.testing.assert_array_equal(many[where], x)
    np.testing.assert_array_equal(long[where], T)
    undiscounted = discounted_purchases(model, x, t_x, T, 104, 0.0)
    np.testing.assert_array_equal(undiscounted, model.expected_purchases(104.0, x, t_x, T))


def test_rows_alike_share_an_interval_that_is_near_their_own() -> None:
    model = BGNBD.known({"r": 0.8, "alpha": 4.3, "a": 0.4, "b": 14.0})
    rng = np.random.default_rng(8)
    T = rng.integers(420, 910, 3000) / 7
    x = rng.poisson(rng.gamma(2.0, 2.0, len(T))).astype(float)
    t_x = np.where(x > 0, T * rng.beta(6, 0.7, len(T)), 0.0)
    shared = look_ahead(model, GAMMA_GAMMA, x, t_x, T, x + 1, horizon_weeks=52.0,
                        discount_rate=0.0, margin=1.0)  # fmt: skip
    kinds, kind = alike(x, T, x + 1, shared.p_alive)
    assert len(kinds) < 0.8 * len(x)
    np.testing.assert_array_equal(x[kinds][kind], x)
    low, high, _ = spend_points(
        model, GAMMA_GAMMA, x, T, x + 1, shared.p_alive, shared.expected_orders, 52.0
    )
    # A draw more or less moves an end by more than this.
    assert np.abs(shared.low - low).max() < 0.05 * (high - low).max()
    assert np.quantile(np.abs(shared.high - high) / np.maximum(high - low, 1e-9), 0.99) < 0.03
