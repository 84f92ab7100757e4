"""Staggered roll-outs: coverage, false proof, and whether what was promised beforehand holds.

    python benchmarks/watch_rollout.py [replicates, 1000]

Regions of very unlike volume, in worlds in which comparisons go wrong: levels that wander, all
contacts falling by 30 % on the first day, few contacts, and a start after the worst fortnight.
"""

from __future__ import annotations

import sys

import numpy as np

from _bench import report, timed
from goodwill.watch import Rollout, plan_rollout, prove_rollout
from goodwill.watch import _permutation as permutation

DAYS = np.datetime64("2023-01-02") + np.arange(800)
WORLDS = ("independent", "levels wander", "volume falls", "few contacts", "after the worst")
DESIGNS = ((12, 2), (20, 2), (9, 3), (8, 4))
BEFORE, LENGTH = 364, 42


def means(rng, world: str, units: int, days: int):
    """Return the mean of each unit a day (units, days), of which the fix knows nothing yet."""
    middle = 0.15 if world == "few contacts" else 2.0
    mean = middle * np.exp(rng.normal(0, 0.8, (units, 1))) * np.ones(days)
    mean *= np.array([1.2, 1.15, 1.1, 1.05, 1.0, 0.8, 0.7])[np.arange(days) % 7]
    if world in ("levels wander", "after the worst"):
        step = rng.normal(0, 0.2 * np.sqrt(1 - 0.96**2), mean.shape)
        path = np.empty_like(mean)
        path[:, 0] = rng.normal(0, 0.2, units)
        for day in range(1, days):
            path[:, day] = 0.96 * path[:, day - 1] + step[:, day]
        mean *= np.exp(path)
    return mean


def run(seed: int, world: str, units: int, waves: int, effect: float, promised: bool):
    rng = np.random.default_rng([seed, WORLDS.index(world), units, waves])
    days = BEFORE + LENGTH
    mean = means(rng, world, units, days + 200)
    begin = 200
    if world == "after the worst":
        # A fix is declared when things are at their worst: what follows is lower anyway.
        total = np.convolve(rng.poisson(mean).sum(0), np.ones(14), "valid")[:180]
        begin = int(total.argmax()) + 14
    counts = rng.poisson(rng.gamma(mean / 0.3) * 0.3)[:, begin : begin + days]
    later = mean[:, begin : begin + days].copy()
    if world == "volume falls":
        later[:, BEFORE:] *= 0.7
    names = [str(n) for n in range(units)]
    starts = [DAYS[BEFORE + LENGTH * w // (waves - 1)] for w in range(waves)]
    fall = 1 - effect
    if not promised:
        # The same draw without the part that plants effects at past dates, which costs most.
        order = np.argsort(-counts[:, BEFORE - 84 : BEFORE].sum(1), kind="stable")
        own = permutation.draw(units, waves, seed)
        plan = Rollout(
            tuple(names[i] for i in order), (), tuple(int(w) for w in own),
            tuple(day.item() for day in starts), seed, permutation.possible(units, waves),
            None, None, (),
        )  # fmt: skip
    else:
        plan = plan_rollout(
            counts[:, :BEFORE], dates=DAYS[:BEFORE], units=names, starts=starts, seed=seed
        )
        if plan.smallest_fall is None:
            return None
        fall = plan.smallest_fall
    for name, wave in zip(plan.units, plan.waves, strict=True):
        later[int(name), BEFORE + LENGTH * wave // (waves - 1) :] *= 1 - fall
    counts[:, BEFORE:] = rng.poisson(rng.gamma(later[:, BEFORE:] / 0.3) * 0.3)
    return prove_rollout(counts, dates=DAYS[:days], units=names, rollout=plan), 1 - fall


def row(world: str, units: int, waves: int, effect: float, replicates: int, promised: bool = False):
    found = [run(i, world, units, waves, effect, promised) for i in range(replicates)]
    proofs = [one for one in found if one is not None]
    share = lambda hits: round(float(np.mean(list(hits))), 4) if proofs else None  # noqa: E731
    return {
        "what": "promised" if promised else "rolled out", "world": world, "units": units,
        "waves": waves, "effect": "promised" if promised else effect, "replicates": len(proofs),
        "coverage": share(p.low <= e <= p.high for p, e in proofs),
        "worked": share(p.verdict == "worked" for p, _ in proofs),
        "worse": share(p.verdict == "worse" for p, _ in proofs),
        "did not": share(p.verdict == "did_not" for p, _ in proofs),
    }  # fmt: skip


def main() -> None:
    replicates = int(sys.argv[1]) if len(sys.argv) > 1 else 1000

    def every():
        rows = [row(w, 12, 2, e, replicates) for w in WORLDS for e in (1.0, 0.5)]
        rows += [row("levels wander", *d, 1.0, replicates) for d in DESIGNS[1:]]
        rows += [row("levels wander", *d, 0.5, max(50, replicates // 4)) for d in DESIGNS[1:]]
        rows += [row(w, 20, 2, 0.5, max(50, replicates // 5), True) for w in WORLDS]
        return rows

    rows, _, cpu = timed(every)
    report("watch_rollout", rows, cpu_s=round(cpu, 1))


if __name__ == "__main__":
    main()
