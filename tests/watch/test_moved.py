"""What a fix won must not just have moved to the other themes of its area."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from goodwill.watch._comparison import Comparison
from goodwill.watch._evidence import Course
from goodwill.watch._moved import Wander, course_of, stayed, weeks_to_proof
from goodwill.watch.fix import Followed, follow

FIXED, AFTER = 364, 120
THEMES = {number: ("v", f"theme {number}") for number in range(2, 5)}


def looked(
    seed: int, factor: float, sisters: dict[int, tuple[float, float]], fixed: int = FIXED
) -> tuple[Comparison, Followed, Any, dict[str, Any]]:
    """Ten contacts a day that change by a factor; of each sister its rate before and after."""
    draw = np.random.default_rng(seed)
    since = np.arange(fixed + AFTER) >= fixed
    days = np.datetime64("2024-01-01") + np.arange(fixed + AFTER)

    def drawn(before: float, after: float) -> Any:
        return draw.poisson(np.where(since, after, before)).astype(float)

    theme, controls = drawn(10.0, 10.0 * factor), np.stack([drawn(12.0, 12.0) for _ in range(4)])
    around = {number: drawn(*rates) for number, rates in sisters.items()}
    held = Comparison(theme, around, controls, None, "themes")
    fix = follow(Course.of(theme, controls, None), days, fixed)
    kept, found = stayed(held, fix, days, THEMES)
    return held, fix, fix.worked & kept, found


def test_a_fall_beside_small_sisters_is_proven_soon() -> None:
    _, fix, proven, found = looked(1, 0.5, {2: (2.0, 2.0), 3: (1.0, 1.0)})
    assert found == {}
    assert 13 <= int(proven.argmax()) < 45
    # Without sisters the day is the fix's own.
    _, fix, alone, _ = looked(1, 0.5, {})
    assert alone.tolist() == fix.worked.tolist()


def test_contacts_that_move_to_one_sister_or_over_several_never_prove_it() -> None:
    plain = named = 0
    for seed in range(4):
        _, fix, proven, found = looked(seed, 0.6, {2: (2.0, 6.0)})
        plain += bool(fix.worked.any())
        named += found["moved_to"] == 2
        assert not proven.any()
        thirds = dict.fromkeys((2, 3, 4), (2.0, 2.0 + 4.0 / 3.0))
        _, fix, proven, found = looked(seed, 0.6, thirds)
        plain += bool(fix.worked.any())
        assert not proven.any()
        assert found["verdict"] in ("too_early", "recount")
    assert (plain, named) == (8, 4)


def test_the_weeks_to_proof_count_what_the_sisters_cost() -> None:
    days = np.datetime64("2024-01-01") + np.arange(FIXED + AFTER)

    def foreseen(**sizes: float) -> tuple[float, int]:
        around = {number + 2: (size, size) for number, size in enumerate(sizes.values())}
        held, fix, proven, _ = looked(1, 0.5, around)
        return weeks_to_proof(held, fix, days) or 999.0, int(proven.argmax())

    (alone, _), (small, on), (large, _) = foreseen(), foreseen(a=2.0), foreseen(a=60.0)
    assert alone < small < large
    assert 7 * small / 3 < on < 7 * small * 3


def test_it_says_of_which_theme_it_is_unsure_and_what_both_came_to() -> None:
    held, fix, _, found = looked(3, 0.8, {2: (30.0, 30.0)})
    assert found["verdict"] == "too_early"
    both = (held.theme + held.sisters[2])[FIXED:].sum()
    expected = fix.expected[-1] + 30.0 * AFTER
    assert "“theme 2”" in found["reason"]
    said = int(found["reason"].partition("together ")[2].partition("%")[0]) / 100
    assert said == pytest.approx(both / expected, abs=0.04)


def test_how_much_themes_wander_is_learned_from_all_of_them() -> None:
    held, fix, _, _ = looked(5, 1.0, {2: (8.0, 8.0), 3: (8.0, 8.0)})
    sisters = [course_of(held, counts, len(held.theme)) for counts in held.sisters.values()]
    calm = Wander.of(held, fix, sisters)
    assert calm.spans.tolist() == [7, 14, 28, 56, 84]
    assert calm.pooled.max() < 0.01
    # A sister that halves and doubles every ten weeks counts by itself.
    wild = held.sisters[2] * np.where(np.arange(len(held.theme)) // 70 % 2, 2.0, 0.5)
    course = course_of(held, wild, len(held.theme))
    days = np.datetime64("2024-01-01") + np.arange(len(held.theme))
    pooled, own = Wander.of(held, fix, [course, sisters[1]]).at(
        follow(course, days, FIXED), np.arange(1.0, 200.0)
    )
    assert (own > 2 * pooled).all()
    # With too short a past for placebo dates the weeks themselves must tell.
    _, short, _, _ = looked(6, 0.4, {2: (3.0, 3.0)}, fixed=90)
    none = Wander.of(held, short, [])
    assert len(none.spans) == 0
    assert (none.at(short, np.arange(1.0, 50.0))[0] > 0).all()
