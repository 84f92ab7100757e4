"""Contacts that move to a sister theme: never a fix that worked; and what that costs a real one.

python benchmarks/watch_moved.py [replicates, 1000]
"""

from __future__ import annotations

import sys

import numpy as np

from _bench import report, timed
from _fixes import WORLDS, simulate
from goodwill.watch._comparison import Comparison
from goodwill.watch._evidence import Course
from goodwill.watch._fixes import _stayed
from goodwill.watch.fix import follow

RATES, AFTER = (20.0, 5.0, 1.0), 182
DAYS = np.datetime64("2022-01-03") + np.arange(900)
THEMES = {1: ("v", "sister")}


def looked(world: str, effect: float, moved: float, replicates: int) -> dict[str, object]:
    """Look on each of 182 days: the theme falls to ``effect``, ``moved`` of it goes to a sister."""
    plain = ever = last = named = 0
    for i in range(replicates):
        rng = np.random.default_rng([i, 17, WORLDS.index(world)])
        rate = RATES[i % len(RATES)]
        case = simulate(rng, world, rate, effect, after=AFTER)
        sister = simulate(rng, world, rate, 1.0 + moved, after=AFTER).theme.astype(float)
        theme, controls = case.theme.astype(float), case.controls.astype(float)
        days = DAYS[: len(theme)]
        held = Comparison(theme, {1: sister}, controls, None, "themes")
        fix = follow(Course.of(theme, controls, None), days, case.fixed)
        stayed, found = _stayed(held, fix, days, THEMES)
        named += found.get("verdict") == "recount"
        plain += bool(fix.worked.any())
        ever += bool((fix.worked & stayed).any())
        last += fix.proof.verdict == "worked" and not found
    return {
        "what": "moved" if moved else "fixed", "world": world, "effect": effect,
        "replicates": replicates, "proven without the sister": round(plain / replicates, 4),
        "proven on any day": round(ever / replicates, 4),
        "worked on the last": round(last / replicates, 4),
        "move named on the last": round(named / replicates, 4),
    }  # fmt: skip


def main() -> None:
    replicates = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rows, _, cpu = timed(
        lambda: (
            [looked(w, 0.7, 0.3, replicates) for w in WORLDS]
            + [looked(w, 0.5, 0.0, max(30, replicates // 4)) for w in WORLDS]
        )
    )
    report("watch_moved", rows, cpu_s=round(cpu, 1))


if __name__ == "__main__":
    main()
