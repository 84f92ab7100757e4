"""The step of a refresh that measures what each problem did to renewals: all in one pass.

The relational work is SQL (`_contract_harm_sql`); what comes back are counts by stratum, out of
which the figures are made by the same code as those of `leaving`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from math import isfinite
from typing import Any

import numpy as np
import pyarrow as pa

from goodwill.engine import Engine
from goodwill.errors import NotEnoughData
from goodwill.figures import Z95
from goodwill.tables import DERIVED
from goodwill.value import _contract_harm_sql as sql
from goodwill.value._contract_harm_sql import PARTS, STRATUM
from goodwill.value._harm import EVERYTHING, PROMISES, problem_name
from goodwill.value._inputs import Floats
from goodwill.value._leaving import ASSOCIATION, Excess, Trials, excess, figure_of

_WRITERS = (
    "who wrote is compared with who did not, and who means to leave may write because of it: "
)
_MONEY = ("near", "far")
_ENDS = PARTS + 1
_EFFECTS = DERIVED["contract_effects"].schema
Row = dict[str, Any]


def cost_contracts(
    engine: Engine, account: Mapping[str, Any], *, rules: Sequence[str] = ()
) -> None:
    """Make ``contract_effects``: what every theme, broken promise and rule did to renewals.

    Args:
        engine: Holds what `value_contracts` left, episodes and promises.
        account: What `value_contracts` completed.
        rules: Ids of the rules; then the engine holds ``rule_contacts`` too.
    """
    known = account.get("contracts", {})
    if "as_of" not in known:
        engine.load("contract_effects", _EFFECTS.empty_table())
        return
    rules = sorted(rules)
    found = engine.arrow(
        "SELECT DISTINCT kind FROM promises WHERE status IN ('broken', 'overdue') ORDER BY kind"
    )
    kinds = [str(kind) for kind in found["kind"].to_pylist() if kind is not None]
    engine.save("_held", sql.held_sql(known["as_of"]), sql.HELD)
    most = int(engine.scalar("SELECT max(last) FROM _held") or 0)
    engine.load("_numbers", pa.table({"n": np.arange(1, most + 1)}).cast(sql.NUMBERS))
    engine.save("_contract_hits", sql.hits_sql(kinds, EVERYTHING, PROMISES, rules), sql.HITS)
    engine.save("_exposed", sql.exposed_sql(), sql.EXPOSED)
    margin = 1.0 if known["margin"] is None else float(known["margin"])
    strata = _Strata(engine.arrow(sql.all_sql()))
    year = date.fromisoformat(known["as_of"]) - timedelta(weeks=52)
    tally = engine.arrow(sql.tally_sql(year.isoformat())).to_pylist()
    reached = engine.arrow(sql.reached_sql(margin)).to_pylist()
    by_problem = {
        int(problem): list(rows) for problem, rows in groupby(reached, lambda row: row["problem"])
    }
    rows = [
        _row(one, by_problem.get(int(one["problem"]), []), strata, kinds, rules) for one in tally
    ]
    engine.load("contract_effects", pa.Table.from_pylist(rows, schema=_EFFECTS))
    engine.drop("_held", "_numbers", "_contract_hits", "_exposed")


class _Strata:
    """All renewals that came due, by stratum and by the part of the period in which they ended."""

    def __init__(self, table: pa.Table) -> None:
        rows = table.to_pylist()
        keys = sorted({tuple(row[name] for name in STRATUM) for row in rows})
        self.place = {key: i for i, key in enumerate(keys)}
        self.ended, self.left = np.zeros((len(keys), _ENDS)), np.zeros((len(keys), _ENDS))
        for row in rows:
            i = self.place[tuple(row[name] for name in STRATUM)]
            self.ended[i, row["gone_part"]] += row["many"]
            if row["went"]:
                self.left[i, row["gone_part"]] += row["many"]


def _trials(rows: list[Row], strata: _Strata, money: str) -> Trials:
    """Return the trials of one problem: in each stratum and part those hit, and those not yet."""
    keys = sorted({tuple(row[name] for name in STRATUM) for row in rows})
    place = {key: i for i, key in enumerate(keys)}
    hit, left = np.zeros((len(keys), PARTS, _ENDS)), np.zeros((len(keys), PARTS, _ENDS))
    worth, worth_left, squares = (np.zeros((len(keys), PARTS)) for _ in range(3))
    for row in rows:
        i, b, g = place[tuple(row[name] for name in STRATUM)], int(row["part"]), row["gone_part"]
        hit[i, b, g] += row["many"]
        left[i, b, g] += row["many"] if row["went"] else 0
        worth[i, b] += row[money]
        worth_left[i, b] += row[f"{money}_left"] or 0.0
        squares[i, b] += row[f"{money}_squares"]
    where = [strata.place[key] for key in keys]
    there, share = share_left(strata.ended[where], strata.left[where], hit, left)
    return Trials(
        hit.sum(axis=2).ravel(), left.sum(axis=2).ravel(), there.ravel(), (there * share).ravel(),
        np.repeat(np.arange(len(keys)), PARTS),
        (worth.ravel(), worth_left.ravel(), squares.ravel()),
    )  # fmt: skip


def share_left(ended: Floats, went: Floats, hit: Floats, left: Floats) -> tuple[Floats, Floats]:
    """Return who was there unhit in each part of the period, and which share of them left unhit.

    By the product limit (Kaplan and Meier 1958): a contract hit later in the period is watched
    until then, since whoever left before could not be hit any more.

    Args:
        ended: By stratum and the part in which contracts ended; the last column is the period's
            own end. All of them.
        went: Those of them who left.
        hit: By stratum, part of the hit (0 for one before the period) and part of the end.
        left: Those of them who left.
    """
    part = np.arange(_ENDS)
    stay = np.cumsum(ended[:, ::-1], axis=1)[:, ::-1]
    hit_stay = np.cumsum(hit[:, :, ::-1], axis=2)[:, :, ::-1]
    # A hit within a part takes the contract away from the middle of that part on.
    away = (part[None, :] > np.arange(PARTS)[:, None]) + 0.5 * np.eye(PARTS, _ENDS)
    away[0, 0] = 1.0
    there = np.maximum(stay - (hit_stay * away).sum(axis=1), 0.0)
    gone = np.clip(went - left.sum(axis=1), 0.0, there)
    rate = np.divide(gone, there, out=np.zeros_like(there), where=there > 0)
    after = np.cumprod((1 - rate)[:, ::-1], axis=1)[:, ::-1][:, 1:]
    weight = np.where(part[:PARTS] == 0, 1.0, 0.5)
    return there[:, :PARTS], 1 - (1 - weight * rate[:, :PARTS]) * after


def _row(one: Row, rows: list[Row], strata: _Strata, kinds: list[str], rules: Sequence[str]) -> Row:
    problem = int(one["problem"])
    theme = 0 <= problem < EVERYTHING
    out: Row = {
        "problem": problem_name(problem, kinds, rules), "theme_id": problem if theme else None,
        "contracts": one["contracts"], "people": one["people"],
        "contracts_year": one["contracts_year"], "renewals": one["renewals"] or 0,
        "grade": "none",
        "reason": "no renewal of a contract that this hit has come due since" if not rows else "",
    }  # fmt: skip
    if not rows:
        return out
    overlap = float(one["overlap"] or 1.0)
    found: dict[str, Excess] = {}
    try:
        for money in _MONEY:
            trials = _trials(rows, strata, money)
            found[money] = excess(trials, overlap)
    except NotEnoughData as refusal:
        return out | {"reason": refusal.message}
    near = found["near"]
    plain = _plain(rows, strata)
    figure = figure_of(near, plain, int(one["people"]))
    out |= {
        "grade": "C", "reason": (_WRITERS if problem >= 0 and problem != PROMISES else "")
        + ASSOCIATION,
        "matched": round(near.events), "matched_contracts": one["compared"],
        "matched_people": one["people"],
        "matched_share": figure.matched_share, "left": round(near.left),
        "expected": near.expected, "extra": figure.value, "extra_low": figure.low,
        "extra_high": figure.high, "ratio": figure.ratio, "plain": plain,
        "smallest": figure.smallest_detectable,
    }  # fmt: skip
    # What was lost on all that could be compared, for as many contracts as are hit in a year.
    a_year = one["contracts_year"] / one["compared"] if one["compared"] else 0.0
    for money, column in (("near", "value_lost"), ("far", "lifetime_lost")):
        each = found[money]
        if not any(row[money] for row in rows):
            continue
        reach = Z95 * each.money_error
        for end, value in (("", each.money), ("_low", each.money - reach),
                           ("_high", each.money + reach)):  # fmt: skip
            out[f"{column}{end}"] = round(value * a_year)
    return {key: _tidy(value) for key, value in out.items()}


def _plain(rows: list[Row], strata: _Strata) -> float:
    """Return how many more left than of all renewals, whatever their stratum."""
    hit = sum(float(row["many"]) for row in rows)
    left = sum(float(row["many"]) for row in rows if row["went"])
    others = float(strata.ended.sum()) - hit
    gone = float(strata.left.sum()) - left
    return left - hit * gone / others if others > 0 else 0.0


def _tidy(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.6g}") if isfinite(value) else None
    return value
