"""The pieces under the detectors, against closed forms and slow twins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from goodwill.watch._e_values import e_bh
from goodwill.watch._evidence import evidence
from goodwill.watch._fit import Design
from goodwill.watch._rise import _log_ratio
from goodwill.watch._tails import upper_tail
from goodwill.watch.phrases import STEPS, TOLERANCE, binomial_e


@pytest.mark.parametrize("mean, phi", [(0.3, 2.0), (4.0, 1.5), (80.0, 3.0)])
def test_the_upper_tail_is_that_of_the_negative_binomial(mean, phi):
    counts = np.arange(0.0, 120.0)
    ours = upper_tail(counts, np.full(120, mean), np.full(120, phi))
    theirs = stats.nbinom.sf(counts - 1, mean / (phi - 1), 1 / phi)
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-300)


def test_without_overdispersion_the_tail_is_that_of_the_poisson():
    counts = np.arange(0.0, 30.0)
    ours = upper_tail(counts, np.full(30, 7.0), np.ones(30))
    np.testing.assert_allclose(ours, stats.poisson.sf(counts - 1, 7.0), rtol=1e-9)


@pytest.mark.parametrize("rate", [1.0, 0.6])
@pytest.mark.parametrize("tolerated, phi", [(0.4, 2.5), (6.0, 1.2), (50.0, 3.0)])
def test_a_day_multiplies_the_evidence_by_at_most_one_on_average(tolerated, phi, rate):
    counts = np.arange(0.0, 20_000.0)
    size = tolerated / (phi - 1)
    # The size of the null holds for lower rates too: the ratio grows with the count.
    chance = stats.nbinom.logpmf(counts, size, size / (size + rate * tolerated))
    gain = _log_ratio(counts, np.full(len(counts), tolerated), np.full(len(counts), phi))
    mean = np.exp(chance[:, None] + gain).sum(0)
    np.testing.assert_array_less(mean, 1 + 1e-9)
    if rate == 1.0:
        np.testing.assert_allclose(mean, 1.0, rtol=1e-6)


def test_the_batched_fit_is_the_maximum_of_each_likelihood():
    rng = np.random.default_rng(3)
    t = np.linspace(-1, 1, 60)
    x = np.stack([np.ones(60), t, np.cos(3 * t)], 1)
    truth = np.array([[1.0, 0.5, -0.4], [3.0, -0.8, 0.2], [-1.0, 0.1, 0.3]])
    counts = rng.poisson(np.exp(truth @ x.T)).astype(float)
    weight = rng.uniform(0.2, 1.5, counts.shape)
    start = np.zeros((3, 3))
    coef, mean = Design(x).fit(counts, start, weight=weight, ridge=1e-9, steps=25)
    for row in range(3):

        def loss(b, row=row):
            eta = x @ b
            return -(weight[row] * (counts[row] * eta - np.exp(eta))).sum()

        best = optimize.minimize(loss, np.zeros(3), method="BFGS", options={"gtol": 1e-7})
        np.testing.assert_allclose(coef[row], best.x, atol=1e-4)
    np.testing.assert_allclose(mean, np.exp(coef @ x.T))


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40), st.floats(0.01, 0.5))
def test_e_bh_rejects_as_its_definition_says(values, alpha):
    e = np.array(values)
    rejected = e_bh(e, alpha)
    ordered = np.sort(e)[::-1]
    most = max((k for k in range(1, len(e) + 1) if k * ordered[k - 1] >= len(e) / alpha), default=0)
    assert rejected.sum() >= most
    assert (e[rejected] >= (ordered[most - 1] if most else np.inf)).all()


@pytest.mark.parametrize("rate", [1.0, TOLERANCE])
def test_a_phrase_has_e_value_one_at_most_on_average(rate):
    total, volume, before = 25, 300.0, 1700.0
    share = rate * volume / (rate * volume + before)
    counts = np.arange(total + 1.0)
    chance = stats.binom.pmf(counts, total, share)
    e = binomial_e(counts, total - counts, np.array(volume), np.array(before))
    assert (chance * e).sum() <= 1 + 1e-9
    if rate == TOLERANCE:
        assert (chance * e).sum() == pytest.approx(1.0)


def test_the_phrase_mixture_is_the_mean_of_its_binomial_ratios():
    null = TOLERANCE * 10 / (TOLERANCE * 10 + 90)
    by_hand = np.mean(
        [
            stats.binom.pmf(6, 9, s * TOLERANCE * 10 / (s * TOLERANCE * 10 + 90))
            / stats.binom.pmf(6, 9, null)
            for s in STEPS
        ]
    )
    ours = binomial_e(np.array(6.0), np.array(3.0), np.array(10.0), np.array(90.0))
    assert float(ours) == pytest.approx(by_hand)


def test_the_mixture_for_fixes_integrates_to_one_under_no_change():
    z = np.linspace(-37, 37, 400_001)
    for sd in (0.15, 0.3, 1.0):
        e = evidence(z, np.full(len(z), sd))
        assert np.trapezoid(e * stats.norm.pdf(z), z) == pytest.approx(1.0, abs=1e-4)
