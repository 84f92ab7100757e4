"""Checks that a company can run on its own orders: can these figures be believed here?

None of them can prove that a figure is right; each can show that one is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal

import numpy as np

from goodwill.engine import Engine
from goodwill.errors import NotEnoughData
from goodwill.figures import wilson
from goodwill.value._effect_figure import TREND
from goodwill.value._equity_error import MISSED
from goodwill.value._known import model_of
from goodwill.value._planted import Purchases, plant_once, read_purchases

State = Literal["good", "doubtful", "bad", "none"]
MOST_CUSTOMERS = 10_000
RUNS, FULL_RUNS = 20, 200
_SIMULATED = 4_000
_DAY = 86_400
Run = dict[str, float] | str
"""What one run found, or why it could not be made."""
Runs = Sequence[Run]


@dataclass(frozen=True, slots=True)
class Check:
    """What was tried, how it came out, and what that means.

    Attributes:
        key: Names the check.
        label: In words.
        state: ``good``, ``doubtful``, ``bad``, or ``none`` where the data does not allow it.
        found: What came out, in one or two sentences.
        rows: The numbers behind it.
    """

    key: str
    label: str
    state: State
    found: str
    rows: tuple[Mapping[str, Any], ...] = ()


def check_value(
    engine: Engine,
    account: Mapping[str, Any],
    *,
    effects: Sequence[Mapping[str, Any]],
    replayed: Sequence[Mapping[str, Any]],
    full: bool = False,
) -> list[Check]:
    """Return the checks of a Book's money.

    Args:
        engine: Holds ``value_days`` and ``value_histories``.
        account: What `value_customers` returned.
        effects: Rows of ``problem_effects``.
        replayed: Rows of ``ledger`` that were replayed.
        full: Ten times the runs.
    """
    runs = FULL_RUNS if full else RUNS
    bought = read_purchases(engine, MOST_CUSTOMERS)
    return [
        _harmless(
            "random_relabelling", "Good orders called failed at random",
            [_run(bought, n, taken=0.0, power=0.5 * (n % 3)) for n in range(runs)],
        ),
        _harmless(
            "known_harmless", "A failure that cannot harm: the day of the week",
            [_weekday(bought, day, n) for n in range(max(1, runs // 20)) for day in range(7)],
        ),
        _recovered(
            "planted", "A loss planted into these orders",
            [_run(bought, 10_000 + n, taken=0.3, power=0.5 * (n % 3)) for n in range(runs)],
        ),
        _simulated(account, bought, runs),
        _gaps(effects),
        *_holdouts(account),
        _calibration(replayed),
    ]  # fmt: skip


def verdict(checks: Sequence[Check]) -> str:
    """Return what the checks say together, in words."""
    count = {state: sum(one.state == state for one in checks) for state in ("bad", "doubtful")}
    judged = sum(one.state != "none" for one in checks)
    if not judged:
        return "The data allows none of these checks, so no amount here has been tried."
    if count["bad"]:
        return (
            f"{count['bad']} of {judged} checks failed: do not act on the amounts that they are "
            "about."
        )
    if count["doubtful"]:
        return f"{count['doubtful']} of {judged} checks leave a doubt; none failed."
    return f"All {judged} checks that the data allows were passed. That is no proof."


def _run(bought: Purchases, number: int, *, taken: float, power: float) -> Run:
    try:
        return plant_once(np.random.default_rng([7, number]), bought, taken=taken, power=power)
    except NotEnoughData as refusal:
        return refusal.message


def _weekday(bought: Purchases, day: int, number: int) -> Run:
    """Call one in five of a weekday's orders failed: of a kind, and without harm."""
    rng = np.random.default_rng([8, day, number])
    mine = (bought.seconds // _DAY + 3) % 7 == day
    marked = mine & (rng.random(len(mine)) < 0.2)
    try:
        return plant_once(rng, bought, taken=0.0, power=0.0, marked=marked)
    except NotEnoughData as refusal:
        return refusal.message


def _split(runs: Runs) -> tuple[list[dict[str, float]], str]:
    good = [run for run in runs if not isinstance(run, str)]
    return good, next((run for run in runs if isinstance(run, str)), "")


def _harmless(key: str, label: str, runs: Runs) -> Check:
    good, why = _split(runs)
    if not good:
        return Check(key, label, "none", f"It cannot be tried: {why}.")
    false = sum(abs(run["found"]) > run["reach"] for run in good)
    low, _ = wilson(false, len(good))
    mean = float(np.mean([run["found"] for run in good]))
    expected = float(np.mean([run["expected"] for run in good]))
    error = float(np.std([run["found"] for run in good])) / sqrt(len(good))
    off = abs(mean) > max(3 * error, 0.02 * expected)
    state: State = "bad" if low > 0.1 else "doubtful" if low > 0.05 or off else "good"
    return Check(
        key, label, state,
        f"{false} of {len(good)} runs found an effect where there is none (about 1 in 20 is to be "
        f"expected); the mean found is {mean:+.3f} of {expected:.2f} orders.",
        tuple(good),
    )  # fmt: skip


def _recovered(key: str, label: str, runs: Runs) -> Check:
    good, why = _split(runs)
    if not good:
        return Check(key, label, "none", f"It cannot be tried: {why}.")
    held = sum(abs(run["found"] - run["planted"]) <= run["reach"] for run in good)
    low, high = wilson(held, len(good))
    off = np.array([run["found"] - run["planted"] for run in good])
    planted = float(np.mean([run["planted"] for run in good]))
    bias = float(off.mean()) / planted
    error = float(off.std()) / sqrt(len(good)) / planted
    far = abs(bias) - 2 * error
    state: State = (
        "bad" if high < 0.85 or far > 0.2 else "doubtful" if high < 0.93 or far > 0.05 else "good"
    )
    return Check(
        key, label, state,
        f"Of {planted:.2f} orders lost each, {planted + float(off.mean()):.2f} were found "
        f"({bias:+.0%}); the 95% interval held what was planted in {held} of {len(good)} runs "
        f"({low:.0%} to {high:.0%}).",
        tuple(good),
    )  # fmt: skip


def _simulated(account: Mapping[str, Any], bought: Purchases, runs: int) -> Check:
    key, label = "coverage_simulation", "The same in companies simulated after this one"
    known = [(model_of(one), one) for _, one in sorted(account.get("sources", {}).items())]
    found = [(model, one) for model, one in known if model is not None]
    if not found or not len(bought.seconds):
        return Check(key, label, "none", "No purchase model could be fitted to simulate from.")
    model, _ = max(found, key=lambda pair: pair[1]["customers"])
    made = []
    for number in range(runs):
        rng = np.random.default_rng([9, number])
        shop = simulate(rng, model, bought)
        try:
            made.append(plant_once(rng, shop, taken=0.3, power=0.5))
        except NotEnoughData as refusal:
            return Check(key, label, "none", f"It cannot be tried: {refusal.message}.")
    return _recovered(key, label, made)


def simulate(rng: np.random.Generator, model: Any, like: Purchases) -> Purchases:
    """Return purchases of customers who buy and leave as a fitted BG/NBD or MBG/NBD says.

    They join when those of ``like`` did.
    """
    r, alpha, a, b = (model.params_[name] for name in ("r", "alpha", "a", "b"))
    begins = np.flatnonzero(np.diff(like.customer, prepend=like.customer[0] - 1))
    end = float(like.seconds.max())
    joined = rng.choice(like.seconds[begins], _SIMULATED).astype(np.float64)
    rate = rng.gamma(r, 1 / alpha, _SIMULATED) / (7 * _DAY)
    leaving = rng.beta(a, b, _SIMULATED)
    who, at = np.arange(_SIMULATED), joined
    customers, times = [who], [at]
    alive = rng.random(len(who)) >= (leaving if model.name == "mbg_nbd" else 0.0)
    who, at = who[alive], at[alive]
    while len(who):
        at = at + rng.exponential(1.0, len(who)) / np.maximum(rate[who], 1e-15)
        inside = at <= end
        who, at = who[inside], at[inside]
        customers.append(who)
        times.append(at)
        alive = rng.random(len(who)) >= leaving[who]
        who, at = who[alive], at[alive]
    customer = np.concatenate(customers).astype(np.int64)
    day = (np.concatenate(times) // _DAY).astype(np.int64)
    pairs = np.unique(np.column_stack([customer, day]), axis=0)
    return Purchases(pairs[:, 0].copy(), pairs[:, 1] * _DAY)


def _gaps(effects: Sequence[Mapping[str, Any]]) -> Check:
    key, label = "lead_gap", "Were customers with a problem like the others before it?"
    rows = [row for row in effects if row["trend_gap"] is not None and row["lead_gap"] is not None]
    if not rows:
        return Check(key, label, "none", "No problem could be compared with like orders.")
    apart = [r for r in rows if r["trend_gap_low"] > TREND[1] or r["trend_gap_high"] < TREND[0]]
    low, _ = wilson(len(apart), len(rows))
    ahead = sum(row["lead_gap_low"] > 0 for row in rows)
    state: State = "bad" if low > 0.2 else "doubtful" if low > 0.05 else "good"
    return Check(
        key, label, state,
        f"In {ahead} of {len(rows)} comparisons customers with the problem had bought more before "
        f"it, which the effect takes out; in {len(apart)} the two groups were drifting apart, "
        "which it cannot take out (their grade is C).",
        tuple({name: row[name] for name in ("problem", "lead_gap", "trend_gap", "grade")}
              for row in rows),
    )  # fmt: skip


def _holdouts(account: Mapping[str, Any]) -> list[Check]:
    out = []
    for source, one in sorted(account.get("sources", {}).items()):
        key, label = f"holdout:{source}", f"Orders of {source} in held-out weeks"
        held = one.get("holdout") or {}
        chosen = held.get("models", {}).get(one.get("model"))
        if not chosen or chosen["total_error"] is None:
            why = held.get("reason") or one.get("reason") or "there were no orders in them"
            out.append(Check(key, label, "none", f"They cannot be held back: {why}."))
            continue
        off = abs(chosen["total_error"])
        state: State = "bad" if off > 2 * MISSED else "doubtful" if off > MISSED else "good"
        out.append(
            Check(
                key, label, state,
                f"From {held['from']} to {held['until']}, {chosen['predicted']:,.0f} orders were "
                f"expected and {held['actual']:,.0f} came ({chosen['total_error']:+.1%}); by "
                f"customer the error is {chosen['rmse']:.2f} orders (root mean square).",
                tuple({"model": name, **found} for name, found in held["models"].items()),
            )
        )  # fmt: skip
    return out


def _calibration(replayed: Sequence[Mapping[str, Any]]) -> Check:
    """Set shares expected to buy again beside those that did, by group, the newest replay first."""
    key, label = "p_alive", "Who was expected to buy again, and who did"
    rows = [
        {
            "group": row["subject"], "made_on": str(row["made_on"]), "people": row["people"],
            "expected": row["value"] / row["people"], "came": row["outcome"] / row["people"],
            "held": row["held"],
        }
        for row in replayed
        if row["figure"] == "customers_returning" and row["outcome"] is not None and row["people"]
    ]  # fmt: skip
    if not rows:
        return Check(key, label, "none", "The orders do not reach back far enough to replay it.")
    rows.sort(key=lambda row: (row["made_on"], row["group"]), reverse=True)
    weights = [row["people"] for row in rows]
    off = float(np.average([abs(row["expected"] - row["came"]) for row in rows], weights=weights))
    held = sum(bool(row["held"]) for row in rows)
    low, high = wilson(held, len(rows))
    state: State = (
        "bad" if high < 0.8 or off > 0.15 else "doubtful" if high < 0.93 or off > 0.07 else "good"
    )
    return Check(
        key, label, state,
        f"Over {len(rows)} groups of like customers at past moments, the share that bought again "
        f"within 26 weeks was off by {off:.1%} on average; the interval held it in {held} "
        f"({low:.0%} to {high:.0%}).",
        tuple(rows),
    )  # fmt: skip
