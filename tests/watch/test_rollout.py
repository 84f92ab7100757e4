"""Staggered roll-outs: a balanced draw, a verdict against all other draws, honest expectations."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from scipy import stats

from goodwill.errors import InputError
from goodwill.watch import _permutation as permutation
from goodwill.watch import plan_rollout, prove_rollout
from goodwill.watch.rollout import Rollout

DAYS = np.datetime64("2024-01-01") + np.arange(400)
FIRST, STEP = 300, 28
NAMES = [f"unit {n}" for n in range(12)]


def drawn(seed, waves=2, units=12):
    starts = tuple(
        (DAYS[FIRST] + np.timedelta64(STEP * w // (waves - 1), "D")).item() for w in range(waves)
    )
    own = permutation.draw(units, waves, seed)
    return Rollout(tuple(NAMES[:units]), (), tuple(int(w) for w in own), starts, seed,
                   permutation.possible(units, waves), None, None, ())  # fmt: skip


def company(seed, effect=1.0, rollout=None, wander=0.02, units=12):
    """Units of very unlike volume whose levels wander; the fix multiplies those that have it."""
    rng = np.random.default_rng(seed)
    rate = np.sort(np.exp(rng.normal(0.5, 0.8, units)))[::-1]
    level = np.exp(np.cumsum(rng.normal(0, wander, (units, len(DAYS))), axis=1))
    mean = rate[:, None] * level * np.where(np.arange(len(DAYS)) >= FIRST, 0.7, 1.0)
    for row, name in enumerate(NAMES[:units] if rollout else []):
        since = (np.datetime64(rollout.first_day(name)) - DAYS[0]).astype(int)
        mean[row, since:] *= effect
    return rng.poisson(mean)


def prove(counts, rollout, end=FIRST + STEP, units=12):
    return prove_rollout(counts[:, :end], dates=DAYS[:end], units=NAMES[:units], rollout=rollout)


def test_a_draw_is_balanced_over_volume_and_comes_again_from_its_seed():
    for waves in (2, 3):
        own = permutation.draw(12, waves, 7)
        blocks = own.reshape(-1, waves)
        assert (np.sort(blocks, axis=1) == np.arange(waves)).all()
        assert (own == permutation.draw(12, waves, 7)).all()
    assert len({tuple(permutation.draw(12, 2, seed)) for seed in range(50)}) > 20
    every = permutation.draws(5, 2)
    assert len({tuple(row) for row in every}) == len(every) == permutation.possible(5, 2) == 8
    # Each unit goes first in half of the draws.
    assert every.mean(0).tolist() == [0.5] * 5
    assert permutation.draws(40, 2).shape == (permutation.SAMPLE, 40)


def test_a_planned_roll_out_ranks_by_volume_and_says_what_it_can_prove():
    counts = company(1)[:, :FIRST]
    shuffled = np.random.default_rng(0).permutation(12)
    asked = {"dates": DAYS[:FIRST], "units": [NAMES[i] for i in shuffled], "seed": 3}
    found = plan_rollout(counts[shuffled], starts=[DAYS[300], DAYS[328]], **asked)
    volume = dict(zip(NAMES, counts[:, -84:].sum(1), strict=True))
    assert list(found.volumes) == sorted(volume.values(), reverse=True)
    assert [volume[name] for name in found.units] == list(found.volumes)
    assert (found.draws, found.left_out) == (64, ())
    assert found.starts == (DAYS[300].item(), DAYS[328].item())
    assert found.smallest_fall in (0.3, 0.4, 0.5, 0.6, 0.7)
    assert 2 <= found.weeks_to_proof <= 13
    assert found == plan_rollout(counts[shuffled], starts=[DAYS[300], DAYS[328]], **asked)
    # Four units of two waves allow four draws: no share of them is as small as 2.5 %.
    few = plan_rollout(
        counts[:4], dates=DAYS[:FIRST], units=NAMES[:4], starts=[DAYS[300], DAYS[328]], seed=3
    )
    assert (few.draws, few.smallest_fall, few.weeks_to_proof) == (4, None, None)


def test_small_units_are_left_out_and_told():
    counts = company(2)[:, :FIRST]
    counts[11] = 0
    found = plan_rollout(
        counts, dates=DAYS[:FIRST], units=NAMES, starts=[DAYS[300], DAYS[307]], seed=1
    )
    assert found.left_out == ("unit 11",)
    assert len(found.units) == 11


def test_the_p_value_is_that_of_all_draws_counted_by_hand():
    own = drawn(5, units=6)
    counts = company(5, 0.5, own, units=6)
    proof = prove(counts, own, units=6)
    seen = counts[:, FIRST : FIRST + STEP].sum(1).astype(float)
    past = counts[:, FIRST - 84 : FIRST].sum(1) + 1.0
    rate = past / (84 + 1 / (counts[:, FIRST - 84 : FIRST].sum() / (6 * 84)))
    # One period and two arms: the ratio is that of two sums over what was to be expected.
    ratios = {}
    for first in itertools.product((0, 1), repeat=3):
        had = np.array([[1 - f, f] for f in first]).ravel().astype(bool)
        with_, without = seen[had].sum() + 0.5, seen[~had].sum() + 0.5
        ratios[tuple(had)] = (with_ / rate[had].sum()) / (without / rate[~had].sum())
    mine = tuple(wave == 0 for wave in own.waves)
    low = sum(r <= ratios[mine] * (1 + 1e-9) for r in ratios.values()) / len(ratios)
    assert proof.p_value == pytest.approx(low)
    assert (proof.draws, proof.verdict) == (8, "too_early")
    assert (proof.low, proof.high) == (0.0, np.inf)


def test_a_halving_is_proven_and_what_nobody_had_is_not():
    own = drawn(3)
    proof = prove(company(3, 0.3, own), own)
    assert proof.verdict == "worked"
    assert proof.low < 0.3 < proof.high < 1
    assert proof.count / proof.expected == pytest.approx(proof.ratio)
    assert prove(company(3, 4.0, own), own).verdict == "worse"
    large = company(3, 1.0, own, wander=0.0) * 200
    assert prove(large, own).verdict in ("did_not", "too_early")


@pytest.mark.parametrize("waves", [2, 3])
def test_intervals_hold_the_truth_and_nothing_proves_itself(waves):
    runs, covered, worked = 240 // waves**2, 0, 0
    for seed in range(runs):
        own = drawn(seed, waves)
        effect = (1.0, 0.6)[seed % 2]
        proof = prove(company(seed, effect, own), own)
        covered += proof.low <= effect <= proof.high
        worked += effect == 1.0 and proof.verdict == "worked"
    assert stats.binom.cdf(covered, runs, 0.94) > 0.001
    assert stats.binom.sf(worked - 1, runs // 2, 0.025) > 0.001


def test_before_the_last_step_nothing_is_said_and_later_days_change_nothing():
    own = drawn(3)
    counts = company(3, 0.4, own)
    early = prove(counts, own, FIRST + STEP - 1)
    assert (early.verdict, early.days, early.high) == ("too_early", STEP - 1, np.inf)
    assert np.isnan(early.ratio)
    assert early.judged_on == date(2024, 1, 1) + timedelta(days=FIRST + STEP)
    assert prove(counts, own) == prove(counts, own, 400)


def test_a_unit_of_twice_the_orders_is_expected_to_bring_twice_the_contacts():
    own = drawn(4)
    counts = company(4, 1.0, own, wander=0.0)
    orders = np.full(counts.shape, 50.0)
    had = np.array(own.waves) == 0
    orders[had, FIRST:] *= 3
    counts[had, FIRST:] *= 3
    end = FIRST + STEP
    asked = {"dates": DAYS[:end], "units": NAMES, "rollout": own}
    plain = prove_rollout(counts[:, :end], **asked)
    per_order = prove_rollout(counts[:, :end], exposure=orders[:, :end], **asked)
    assert plain.verdict == "worse"
    assert per_order.low < 1 < per_order.high


@pytest.mark.parametrize(
    "change, says",
    [
        ({"starts": [DAYS[300]]}, "starts holds 1"),
        ({"starts": [DAYS[310], DAYS[300]]}, "do not rise"),
        ({"units": ["a"] * 12}, "different units"),
        ({"counts": np.zeros((12, 300))}, "0 units have"),
        ({"starts": [DAYS[300 + n] for n in range(13)]}, "13 waves for 12 units"),
        ({"counts": np.ones((12, 20)), "dates": DAYS[:20]}, "20 days lie before"),
    ],
)
def test_bad_plans_are_refused(change, says):
    given = {"counts": np.ones((12, 300)), "dates": DAYS[:300], "units": NAMES,
             "starts": [DAYS[300], DAYS[328]], "seed": 1, **change}  # fmt: skip
    with pytest.raises(InputError, match=says):
        plan_rollout(given.pop("counts"), **given)


def test_a_proof_needs_every_unit_and_days_before():
    own = drawn(1)
    with pytest.raises(InputError, match="no row is of"):
        prove(company(1), replace(own, units=(*own.units[:11], "else")))
    soon = tuple(day - timedelta(days=290) for day in own.starts)
    with pytest.raises(InputError, match="10 days lie before"):
        prove(company(1), replace(own, starts=soon))
