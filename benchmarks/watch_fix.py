"""Fix proofs in four worlds: coverage, false proof, the worst fortnight, looking every day.

python benchmarks/watch_fix.py [replicates, 1000]
"""

from __future__ import annotations

import sys

import numpy as np

from _bench import report, timed
from _fixes import WORLDS, Case, simulate
from goodwill.watch import prove_fix

DATES = np.datetime64("2022-01-03") + np.arange(900)
RATES = (20.0, 5.0, 1.0)


def prove(case: Case, end: int | None = None):
    theme, controls = case.theme[:end], case.controls[:, :end]
    return prove_fix(
        theme, dates=DATES[: len(theme)], fixed_at=DATES[case.fixed], controls=controls
    )


def four_weeks(world: str, effect: float, replicates: int) -> dict[str, object]:
    proofs = [
        prove(simulate(np.random.default_rng([i, 1, WORLDS.index(world)]), world,
                       RATES[i % len(RATES)], effect))
        for i in range(replicates)
    ]  # fmt: skip
    share = lambda hits: round(float(np.mean(list(hits))), 4)  # noqa: E731
    return {
        "what": "after 4 weeks", "world": world, "effect": effect, "replicates": replicates,
        "coverage": share(p.low <= effect <= p.high for p in proofs),
        "worked": share(p.verdict == "worked" for p in proofs),
        "high < 1": share(p.high < 1 for p in proofs),
        "worse": share(p.verdict == "worse" for p in proofs),
        "did not": share(p.verdict == "did_not" for p in proofs),
        "too early": share(p.verdict == "too_early" for p in proofs),
    }  # fmt: skip


def worst_fortnight(world: str, replicates: int) -> dict[str, object]:
    """A fix declared on the day after the worst fortnight of the year; nothing changed."""
    worked = below = 0
    for i in range(replicates):
        rng = np.random.default_rng([i, 2, WORLDS.index(world)])
        case = simulate(rng, world, RATES[i % len(RATES)], after=0)
        sums = np.convolve(case.theme, np.ones(14), "valid")[98:-28]
        fixed = 98 + int(sums.argmax()) + 14
        end = fixed + 28
        proof = prove(Case(case.theme[:end], case.controls[:, :end], fixed))
        worked += proof.verdict == "worked"
        below += proof.high < 1
    return {"what": "after the worst fortnight", "world": world, "effect": 1.0,
            "replicates": replicates, "worked": round(worked / replicates, 4),
            "high < 1": round(below / replicates, 4)}  # fmt: skip


def every_day(world: str, replicates: int) -> dict[str, object]:
    """Look on each of 56 days and stop at the first proof; nothing changed."""
    worked = worse = 0
    for i in range(replicates):
        rng = np.random.default_rng([i, 3, WORLDS.index(world)])
        case = simulate(rng, world, RATES[i % len(RATES)], after=56)
        verdicts = {prove(case, case.fixed + day).verdict for day in range(1, 57)}
        worked += "worked" in verdicts
        worse += "worse" in verdicts
    return {
        "what": "looking on 56 days",
        "world": world,
        "effect": 1.0,
        "replicates": replicates,
        "worked": round(worked / replicates, 4),
        "worse": round(worse / replicates, 4),
    }


def weeks_to_proof(rate: float, replicates: int) -> dict[str, object]:
    """Weeks until a halving is proven by daily looking, and the weeks stated beforehand."""
    took, stated = [], []
    for i in range(replicates):
        rng = np.random.default_rng([i, 4])
        case = simulate(rng, "independent", rate, 0.5, after=182)
        stated.append(prove(case, case.fixed + 1).weeks_to_proof or 104.0)
        for day in [*range(1, 29), *range(30, 183, 4)]:
            if prove(case, case.fixed + day).verdict == "worked":
                took.append(day / 7)
                break
        else:
            took.append(float("inf"))
    return {"what": f"weeks to proof at {rate:g} a day", "world": "independent", "effect": 0.5,
            "replicates": replicates, "median weeks": round(float(np.median(took)), 1),
            "stated": round(float(np.median(stated)), 1)}  # fmt: skip


def main() -> None:
    replicates = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rows = [four_weeks(w, e, replicates) for e in (1.0, 0.5) for w in WORLDS]
    rows += [worst_fortnight(w, replicates) for w in WORLDS]
    rows += [every_day(w, max(20, replicates // 4)) for w in WORLDS]
    rows += [weeks_to_proof(r, max(10, replicates // 20)) for r in RATES]
    case = simulate(np.random.default_rng(0), "both", 5.0)
    _, _, cpu = timed(lambda: [prove(case) for _ in range(100)])
    report("watch_fix", rows, cpu_ms_a_proof=round(10 * cpu, 2))


if __name__ == "__main__":
    main()
