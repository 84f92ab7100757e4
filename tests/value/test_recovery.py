"""Recovery by a held-back random share is an effect; without chance it is an association."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from goodwill.errors import InputError, NotEnoughData
from goodwill.value import recovery


def cases(rng: np.random.Generator, n: int, lift: float, *, chosen: bool = False) -> pd.DataFrame:
    """Good customers come back more; where people choose, they follow the good ones up."""
    good = rng.random(n) < 0.5
    held = rng.random(n) < (np.where(good, 0.2, 0.8) if chosen else 0.4)
    followed = ~held & (rng.random(n) < 0.95)
    chance = np.where(good, 0.5, 0.2) + lift * followed
    return pd.DataFrame({
        "customer_ref": [f"c{i}" for i in range(n)], "at": np.arange(n), "held_back": held,
        "followed": followed, "came_back": rng.random(n) < chance,
        "stratum": good.astype(int),
    })  # fmt: skip


def test_it_works() -> None:
    figure = recovery(cases(np.random.default_rng(1), 4000, 0.15), randomised=True)
    assert figure.low < 0.15 * 0.95 < figure.high
    assert figure.low > 0.05
    assert (figure.grade, figure.people, figure.coverage) == ("A", 4000, 1.0)
    assert figure.followed_share == pytest.approx(0.95, abs=0.02)
    assert figure.treated[0] - figure.held_back[0] == pytest.approx(figure.value)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    held = []
    for n in range(300):
        figure = recovery(cases(np.random.default_rng([2, n]), 120, 0.2), randomised=True)
        held.append(figure.low <= 0.2 * 0.95 <= figure.high)
    assert 0.91 <= np.mean(held) <= 0.99


def test_people_who_choose_make_an_association_that_strata_mend_in_part() -> None:
    frame = cases(np.random.default_rng(3), 6000, 0.0, chosen=True)
    blind = recovery(frame.drop(columns="stratum"), randomised=False)
    alike = recovery(frame, randomised=False)
    assert blind.low > 0.05
    assert alike.low < 0.02 and abs(alike.value) < 0.05
    assert {blind.grade, alike.grade} == {"C"}
    assert "chose" in alike.reason


def test_a_customer_counts_once_and_a_young_case_not_at_all() -> None:
    frame = cases(np.random.default_rng(4), 200, 0.1)
    again = frame.assign(at=frame["at"] + 1000, came_back=True)
    young = frame.head(40).assign(
        customer_ref=[f"y{i}" for i in range(40)], came_back=None
    )  # fmt: skip
    one = recovery(frame, randomised=True)
    both = recovery(
        pd.concat([frame, again, young]).astype({"came_back": "boolean"}), randomised=True
    )
    assert (both.value, both.people) == (one.value, 200)
    assert both.coverage == pytest.approx(200 / 240)
    assert one.grade == "A"


def test_too_few_and_missing_columns_are_refused() -> None:
    frame = cases(np.random.default_rng(5), 15, 0.1)
    with pytest.raises(NotEnoughData, match="it takes 10 of each"):
        recovery(frame, randomised=True)
    with pytest.raises(InputError, match="followed"):
        recovery(frame.drop(columns="followed"), randomised=True)
    for bad in ("yes", 1, 0.5):
        with pytest.raises(InputError, match="came_back holds .* in row 0, not true or false"):
            recovery(frame.assign(came_back=bad), randomised=True)
    with pytest.raises(InputError, match="followed holds .*string"):
        recovery(frame.assign(followed=["no"] * len(frame)), randomised=False)
    with pytest.raises(NotEnoughData, match="0 customers followed up and 0 not"):
        recovery(frame.assign(came_back=None), randomised=True)
