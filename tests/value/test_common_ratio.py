"""The ratio of earlier purchases that problems of one company have in common."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from goodwill.value._common_ratio import CommonRatio, common_ratio
from goodwill.value._effect import Matched, make_figure

ORDERS = 100
# Y, P, early P, late P: of one order, with what an own level has in common.
EACH = 16.0 * (0.4 + 0.6 * np.eye(4))


def problem(ratio: float, *, lost: float = 0.0, orders: int = ORDERS) -> Matched:
    """Return a problem that took ``lost`` orders, of customers who buy ``ratio`` times as much."""
    like = np.array([4.0, 4.0, 2.0, 2.0])
    hit = like * ratio - np.array([lost, 0, 0, 0])
    covariance = np.zeros((8, 8))
    covariance[:4, :4] = EACH / orders
    covariance[4:, 4:] = EACH / orders / 50
    return Matched(orders, orders, orders, np.concatenate([hit, like]), covariance)


def effect(one: Matched, common: CommonRatio | None) -> tuple[float, float]:
    drawn = common.drawn(one) if common else None
    figure = make_figure(
        one, "orders", failures=one.events, at_orders=True, mean_amount=0.0, drawn=drawn
    )
    return float(figure.value or 0.0), figure.standard_error


def draws(spread: float, many: int, seed: int = 1) -> list[Matched]:
    """Return problems with true ratios about 1.2, and what of 100 orders each would show."""
    rng = np.random.default_rng(seed)
    out = []
    for ratio in rng.normal(1.2, spread, many):
        one = problem(ratio, lost=1.0)
        seen = rng.multivariate_normal(one.means, one.covariance)
        out.append(replace(one, means=seen))
    return out


@pytest.mark.parametrize("spread", [0.0, 0.1, 0.3])
def test_it_finds_the_mean_and_the_spread(spread: float) -> None:
    found = common_ratio(draws(spread, 300))
    assert found is not None
    assert found.value == pytest.approx(1.2, abs=4 * found.error)
    assert found.spread == pytest.approx(spread, abs=0.04)


@pytest.mark.parametrize("spread", [0.0, 0.1, 0.3])
def test_effects_are_nearer_to_the_truth_and_their_intervals_hold_it(spread: float) -> None:
    problems = draws(spread, 600)
    common = common_ratio(problems)
    own = np.array([effect(one, None) for one in problems])
    drawn = np.array([effect(one, common) for one in problems])
    assert np.sqrt(((drawn[:, 0] + 1) ** 2).mean()) < np.sqrt(((own[:, 0] + 1) ** 2).mean())
    assert drawn[:, 0].mean() == pytest.approx(-1, abs=0.1)
    held = (np.abs(drawn[:, 0] + 1) <= 1.96 * drawn[:, 1]).mean()
    assert 0.92 <= held <= 0.98
    assert (drawn[:, 1] <= own[:, 1] * 1.001).all()


def test_a_problem_unlike_the_others_is_drawn_by_no_more_than_its_own_error() -> None:
    common = CommonRatio(value=1.0, error=0.01, spread=0.02)
    odd = problem(1.5)
    drawn = common.drawn(odd)
    counted = drawn.ratio + drawn.slope * (odd.means[1] - drawn.ratio * odd.means[5]) / 4.0
    own_error = np.sqrt(odd.covariance[1, 1] + odd.covariance[5, 5]) / 4.0
    assert 1.5 - counted == pytest.approx(own_error, rel=0.02)


def test_a_wide_spread_leaves_each_its_own_ratio() -> None:
    one = problem(1.3, lost=0.5)
    wide = effect(one, CommonRatio(value=1.0, error=0.01, spread=100.0))
    assert wide == pytest.approx(effect(one, None), rel=0.01)


def test_few_problems_tell_nothing_in_common() -> None:
    assert common_ratio(draws(0.1, 4)) is None
    nothing_before = replace(problem(1.0), means=np.zeros(8))
    assert common_ratio([nothing_before] * 9) is None
    assert common_ratio([replace(problem(1.0), covariance=np.zeros((8, 8)))] * 9) is None
