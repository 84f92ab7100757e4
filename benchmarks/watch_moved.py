"""Contacts that move to sister themes: never a fix that worked; and what that costs a real one.

python benchmarks/watch_moved.py [replicates, 1000]
"""

from __future__ import annotations

import sys

import numpy as np

from _bench import report, timed
from _fixes import WORLDS, simulate
from goodwill.watch._comparison import Comparison
from goodwill.watch._evidence import Course
from goodwill.watch._moved import stayed
from goodwill.watch.fix import follow

RATES, AFTER = (20.0, 5.0, 1.0), 182
DAYS = np.datetime64("2022-01-03") + np.arange(900)
THEMES = {number: ("v", f"sister {number}") for number in range(1, 4)}
STEADY_AND_WANDERING = ("independent", "both")


def looked(
    world: str, effect: float, moved: float, replicates: int, sisters: int = 1, size: float = 1.0
) -> dict[str, object]:
    """Look on each of 182 days: the theme falls to ``effect``, ``moved`` of it goes to sisters."""
    plain = ever = last = named = 0
    first: list[float] = []
    for i in range(replicates):
        rng = np.random.default_rng([i, 17, WORLDS.index(world)])
        rate = RATES[i % len(RATES)]
        case = simulate(rng, world, rate, effect, after=AFTER)
        more = 1.0 + moved / sisters / size
        around = {
            n: simulate(rng, world, rate * size, more, after=AFTER).theme.astype(float)
            for n in range(1, sisters + 1)
        }
        theme, controls = case.theme.astype(float), case.controls.astype(float)
        days = DAYS[: len(theme)]
        held = Comparison(theme, around, controls, None, "themes")
        fix = follow(Course.of(theme, controls, None), days, case.fixed)
        kept, found = stayed(held, fix, days, THEMES)
        named += found.get("verdict") == "recount"
        plain += bool(fix.worked.any())
        proven = np.flatnonzero(fix.worked & kept)
        ever += len(proven) > 0
        first.append((proven[0] + 1) / 7 if len(proven) else np.inf)
        last += fix.proof.verdict == "worked" and not found
    weeks = float(np.median(first))
    return {
        "what": f"{moved:.0%} moved" if moved else "fixed", "world": world, "effect": effect,
        "sisters": sisters, "of its size": size, "replicates": replicates,
        "proven without sisters": round(plain / replicates, 4),
        "proven on any day": round(ever / replicates, 4), "cases": ever,
        "worked on the last": round(last / replicates, 4),
        "move named on the last": round(named / replicates, 4),
        "median weeks": round(weeks, 1) if np.isfinite(weeks) else None,
    }  # fmt: skip


def main() -> None:
    replicates = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    few = max(30, replicates // 4)

    def every():
        rows = [looked(w, 0.7, 0.3, replicates) for w in WORLDS]
        rows += [looked(w, 0.5, 0.0, 2 * few) for w in WORLDS]
        for world in STEADY_AND_WANDERING:
            rows += [looked(world, 0.7, 0.3, few, size=size) for size in (0.2, 3.0)]
            rows += [looked(world, 0.5, 0.0, few, size=size) for size in (0.2, 3.0)]
            rows += [looked(world, 1 - share, share, few) for share in (0.15, 0.5)]
            rows.append(looked(world, 0.7, 0.3, few, sisters=3))
            rows.append(looked(world, 0.5, 0.0, few, sisters=3))
        return rows

    rows, _, cpu = timed(every)
    report("watch_moved", rows, cpu_s=round(cpu, 1))


if __name__ == "__main__":
    main()
