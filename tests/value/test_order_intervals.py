"""The intervals of a customer's orders and P(alive): a plain twin, and simulated companies."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm
from simulated import as_cells, buy_till_you_die

from goodwill.errors import InputError
from goodwill.figures import Z95
from goodwill.value import fit
from goodwill.value._bg import BGNBD, MBGNBD

Floats = np.typing.NDArray[np.float64]

PARAMS = {"r": 0.8, "alpha": 6.0, "a": 0.6, "b": 2.5}
COVARIANCE = np.diag([0.05, 0.5, 0.06, 0.4]) ** 2 + 1e-4


def customers() -> tuple[Floats, Floats, Floats]:
    """Return histories of every kind: just come, lost for certain, buying every other day."""
    rng = np.random.default_rng(3)
    T = rng.integers(1, 700, 300) / 7
    x = np.floor(rng.gamma(0.8, 0.25, len(T)) * T)
    x[:20] = np.floor(T[:20] * 3)
    return x, np.where(x > 0, T * rng.beta(3, 0.7, len(T)), 0.0), T


@pytest.mark.parametrize("kind", [BGNBD, MBGNBD])
@pytest.mark.parametrize("weeks", [4.0, 104.0])
def test_orders_have_the_shortest_interval_of_their_chances(
    kind: type[BGNBD], weeks: float
) -> None:
    model = kind.known(PARAMS, np.zeros((4, 4)))
    assert isinstance(model, BGNBD)
    x, t_x, T = customers()
    low, high = model.purchases_interval(weeks, x, t_x, T)
    mean = np.asarray(model.expected_purchases(weeks, x, t_x, T))
    for i in range(len(x)):
        up_to = np.cumsum(model.purchase_chances(weeks, x[i], t_x[i], T[i], 400)[0])
        first = int(np.argmax(up_to > 0.025))
        before = up_to[first - 1] if first else 0.0
        last = int(np.argmax(up_to - before >= 0.95))
        assert low[i] == pytest.approx(min(first, mean[i]), abs=1e-9)
        assert high[i] == pytest.approx(max(last, mean[i]), abs=1e-9)
    assert (low > 0).any() or weeks < 10
    assert (low == 0).any()


@pytest.mark.parametrize("kind", [BGNBD, MBGNBD])
def test_what_the_parameters_may_be_off_by_widens_both_ends(kind: type[BGNBD]) -> None:
    sure, unsure = kind.known(PARAMS, np.zeros((4, 4))), kind.known(PARAMS, COVARIANCE)
    assert isinstance(sure, BGNBD)
    assert isinstance(unsure, BGNBD)
    x, t_x, T = customers()
    few = [each[20:26] for each in (x, t_x, T)]
    mean = np.asarray(unsure.expected_purchases(52.0, *few))
    slopes = []
    for i, value in enumerate(PARAMS.values()):
        shift = np.zeros(4)
        shift[i] = 1e-5 * value
        ends = [
            np.asarray(unsure.at(np.array(list(PARAMS.values())) + way * shift)
                       .expected_purchases(52.0, *few))
            for way in (1, -1)
        ]  # fmt: skip
        slopes.append((ends[0] - ends[1]) / (2 * shift[i]))
    error = np.sqrt(np.einsum("ij,ik,kj->j", slopes, COVARIANCE, slopes))
    narrow, wide = (one.purchases_interval(52.0, *few) for one in (sure, unsure))
    np.testing.assert_allclose(wide[1] - mean, np.hypot(narrow[1] - mean, Z95 * error), rtol=1e-5)
    np.testing.assert_allclose(
        wide[0], np.maximum(mean - np.hypot(mean - narrow[0], Z95 * error), 0), atol=1e-5
    )


@pytest.mark.parametrize("kind", [BGNBD, MBGNBD])
def test_alive_has_the_interval_of_draws_of_the_parameters(kind: type[BGNBD]) -> None:
    model = kind.known(PARAMS, COVARIANCE / 9)
    assert isinstance(model, BGNBD)
    history = (np.array([0.0, 1.0, 6.0, 6.0]), np.array([0.0, 9.0, 30.0, 12.0]),
               np.array([40.0, 40.0, 32.0, 40.0]))  # fmt: skip
    low, high = model.p_alive_interval(*history)
    rng = np.random.default_rng(5)
    draws = rng.multivariate_normal(list(PARAMS.values()), COVARIANCE / 9, 4000)
    drawn = np.array([np.asarray(model.at(one).p_alive(*history)) for one in draws])
    ends = np.quantile(drawn, norm.cdf([-Z95, Z95]), axis=0)
    here = np.asarray(model.p_alive(*history))
    assert (low <= here).all()
    assert (here <= high).all()
    np.testing.assert_allclose(low, ends[0], atol=0.006)
    np.testing.assert_allclose(high, ends[1], atol=0.006)
    if kind is BGNBD:
        # One who bought once is alive for certain there, whatever the parameters.
        assert (low[0], high[0]) == (1.0, 1.0)


def test_without_an_error_of_the_parameters_chance_alone_stands() -> None:
    model = BGNBD.known(PARAMS)
    assert isinstance(model, BGNBD)
    low, high = model.p_alive_interval(3.0, 10.0, 20.0)
    assert np.isnan(low)
    assert np.isnan(high)
    known = BGNBD.known(PARAMS, np.zeros((4, 4)))
    assert isinstance(known, BGNBD)
    assert model.purchases_interval(26, 3.0, 10.0, 20.0) == known.purchases_interval(
        26, 3.0, 10.0, 20.0
    )
    unsure = BGNBD.known(PARAMS, COVARIANCE)
    assert isinstance(unsure, BGNBD)
    assert unsure.purchases_interval(0, 3.0, 10.0, 20.0) == (0.0, 0.0)
    with pytest.raises(InputError, match="recency is beyond T"):
        model.purchases_interval(26, 3.0, 30.0, 20.0)


@pytest.mark.parametrize(("customers", "companies"), [(150, 60), (600, 40)])
def test_on_simulated_companies_the_intervals_hold_what_comes(
    customers: int, companies: int
) -> None:
    orders, alive = [], []
    for seed in range(companies):
        rng = np.random.default_rng([20260101, customers, seed])
        times = buy_till_you_die(rng, customers, *PARAMS.values(), 104)
        cells = as_cells([one[one < 52] for one in times], 52.0)
        history = [cells[name].to_numpy() for name in ("frequency", "recency", "T")]
        model, truth = fit(cells, model="bg_nbd"), BGNBD.known(PARAMS)
        assert isinstance(truth, BGNBD)
        later = pd.Series(times).map(len).to_numpy() - history[0] - 1
        low, high = model.purchases_interval(52.0, *history)
        orders.append(((low <= later) & (later <= high)).mean())
        low, high = model.p_alive_interval(*history)
        true = np.asarray(truth.p_alive(*history))
        again = history[0] > 0
        alive.append(((low <= true) & (true <= high))[again].mean())
    # Nominal .95. Fails with p < .001 where the true coverage were .90 or .98 at the nearest.
    for seen in (orders, alive):
        reach = 3.3 * float(np.std(seen)) / companies**0.5
        assert 0.90 - reach < np.mean(seen) < 0.98 + reach
    assert np.std(orders) < 0.05
