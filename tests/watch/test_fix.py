"""Fix proofs: right intervals in four worlds, no proof of nothing, and honest patience."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from scipy import stats

import _fixes as fixes
from goodwill.errors import InputError
from goodwill.watch import prove_fix
from goodwill.watch.fix import EQUIVALENT, GUARD

DATES = np.datetime64("2022-01-03") + np.arange(900)


def prove(case, end=None, **more):
    theme, controls = case.theme[:end], case.controls[:, :end]
    return prove_fix(
        theme, dates=DATES[: len(theme)], fixed_at=DATES[case.fixed], controls=controls, **more
    )


def case(world="independent", rate=10.0, effect=1.0, seed=0, **more):
    return fixes.simulate(np.random.default_rng([seed, 9]), world, rate, effect, **more)


def test_a_halving_is_proven_and_its_size_is_right():
    proof = prove(case(effect=0.5))
    assert proof.verdict == "worked"
    assert proof.low < 0.5 < proof.high < 0.75
    assert proof.ratio == pytest.approx(proof.count / proof.expected)
    assert proof.days == 28
    assert proof.e_value >= 40
    assert proof.baseline_to == (DATES[364 - GUARD - 1]).item()


def test_a_doubling_after_the_fix_is_worse():
    proof = prove(case(effect=2.0))
    assert proof.verdict == "worse"
    assert 1 < proof.low < 2 < proof.high


def test_no_effect_in_a_large_theme_is_shown_not_assumed():
    proof = prove(case(rate=100.0, after=56))
    assert proof.verdict == "did_not"
    assert proof.low > EQUIVALENT


def test_few_days_and_few_contacts_are_too_early_with_the_weeks_to_wait():
    proof = prove(case(rate=0.5, after=7))
    assert proof.verdict == "too_early"
    assert proof.weeks_to_proof > 4
    assert prove(case(rate=20.0, after=1)).weeks_to_proof < 1.5


def test_did_not_is_never_said_where_the_interval_leaves_room_for_an_effect():
    for seed in range(40):
        for rate in (0.3, 3.0, 30.0):
            proof = prove(case(rate=rate, seed=seed))
            assert (proof.verdict == "did_not") <= (proof.low > EQUIVALENT)
            assert proof.low <= proof.ratio <= proof.high


@pytest.mark.parametrize("world", fixes.WORLDS)
def test_intervals_cover_and_nothing_proves_nothing(world):
    runs, covered, worked = 160, 0, 0
    for seed in range(runs):
        proof = prove(case(world, (20.0, 5.0)[seed % 2], seed=seed))
        covered += proof.low <= 1 <= proof.high
        worked += proof.verdict == "worked"
    assert stats.binom.cdf(covered, runs, 0.93) > 0.001
    assert stats.binom.sf(worked - 1, runs, 0.05) > 0.001


def test_a_fix_after_the_worst_fortnight_does_not_prove_itself():
    runs, worked, naive = 120, 0, 0
    for seed in range(runs):
        one = case("level wanders", 5.0, seed=seed, after=0)
        sums = np.convolve(one.theme, np.ones(14), "valid")[98:-28]
        fixed = 98 + int(sums.argmax()) + 14
        theme = one.theme[: fixed + 28]
        proof = prove(fixes.Case(theme, one.controls[:, : fixed + 28], fixed))
        worked += proof.verdict == "worked"
        naive += theme[fixed:].mean() < 0.8 * theme[fixed - 28 : fixed].mean()
    assert stats.binom.sf(worked - 1, runs, 0.05) > 0.001
    assert naive > runs / 4


def test_looking_every_day_for_eight_weeks_proves_nothing_by_itself():
    runs, worked = 25, 0
    for seed in range(runs):
        one = case("both", 5.0, seed=seed, after=56)
        worked += any(prove(one, one.fixed + d).verdict == "worked" for d in range(1, 57))
    assert stats.binom.sf(worked - 1, runs, 0.02) > 0.001


def test_a_proof_uses_only_what_was_known_on_the_day():
    one = case(effect=0.5)
    changed = fixes.Case(one.theme.copy(), one.controls.copy(), one.fixed)
    changed.theme[380:] = 0
    assert prove(one, 380) == prove(changed, 380)


def test_the_baseline_ends_before_a_spike_that_began_early():
    one = case(rate=20.0)
    quiet = prove(one)
    one.theme[364 - 56 : 364] *= 3
    spiked = prove(one)
    assert spiked.baseline_to < quiet.baseline_to
    assert spiked.baseline_to <= DATES[364 - 56 + 7].item()
    assert spiked.verdict in ("did_not", "too_early")
    assert spiked.ratio == pytest.approx(quiet.ratio, rel=0.1)


def test_half_the_customers_are_half_the_contacts_expected():
    one = case(rate=30.0, effect=0.5)
    orders = np.where(np.arange(len(one.theme)) < one.fixed, 1000, 500)
    proof = prove(one, exposure=orders)
    assert proof.verdict != "worked"
    assert proof.low < 1 < proof.high


def test_unobserved_days_are_left_out_of_both_sides():
    one = case(rate=30.0, effect=0.5)
    theme = one.theme.astype(float)
    theme[[200, 370, 371]] = np.nan
    proof = prove_fix(theme, dates=DATES[: len(theme)], fixed_at=DATES[364], controls=one.controls)
    assert proof.verdict == "worked"
    assert proof.days == 26


def test_containers_and_dates_of_any_usual_kind_give_the_same_proof():
    one = case(effect=0.5)
    expected = prove(one)
    length = len(one.theme)
    assert expected == prove_fix(
        pa.array(one.theme), dates=pa.array(DATES[:length]), fixed_at=str(DATES[364]),
        controls=pd.DataFrame(one.controls.T),
    )  # fmt: skip
    assert expected == prove_fix(
        one.theme.tolist(), dates=[str(d) for d in DATES[:length]], fixed_at=DATES[364].item(),
        controls=one.controls.tolist(),
    )  # fmt: skip


@pytest.mark.parametrize(
    "change, says",
    [
        ({"fixed_at": DATES[20]}, "fixed_at is"),
        ({"fixed_at": DATES[800]}, "fixed_at is"),
        ({"controls": np.zeros((3, 392))}, "controls hold nothing"),
        ({"controls": np.ones((3, 10))}, "controls has 10 days"),
        ({"counts": np.ones((2, 392))}, "2 series"),
    ],
)
def test_bad_input_is_refused(change, says):
    given = {
        "counts": np.ones(392), "dates": DATES[:392], "fixed_at": DATES[364],
        "controls": np.ones((3, 392)), **change,
    }  # fmt: skip
    with pytest.raises(InputError, match=says):
        prove_fix(given.pop("counts"), **given)
