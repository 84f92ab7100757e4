"""Which model fits the contracts of one source and period, and by which segments.

Candidates are sBG and BdW, for all contracts, by plan, and by plan and the year of the begin
(cohort). What came due last is held back; the candidate that gave what then happened the highest
likelihood is fitted on everything. A segment too thin for a model of its own takes the next wider.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from goodwill.errors import NotEnoughData
from goodwill.value._contracts import SBG, BdW
from goodwill.value._inputs import Floats

Key = tuple[str, str]
"""Plan and cohort."""

LEVELS = ("all", "plan", "plan and cohort")
KINDS: tuple[type[SBG], ...] = (SBG, BdW)
FEWEST_LEFT = 20
"""Contracts that must have left before anything is said of those that run."""
FEWEST_OF_SEGMENT = 30
_HIDDEN = 5.0
"""Departures expected, and none told, that show that the source begins later than its contracts."""
_CLOSE = 1.0
"""A candidate must beat a simpler one by more than this in log-likelihood."""


@dataclass(slots=True)
class Renewals:
    """Due dates and departures by number of the renewal, from 1 on."""

    due: Floats
    left: Floats

    @classmethod
    def none(cls, most: int) -> Renewals:
        """Return no renewals, with room for ``most``."""
        return cls(np.zeros(most), np.zeros(most))

    def __add__(self, other: Renewals) -> Renewals:
        return Renewals(self.due + other.due, self.left + other.left)

    def __sub__(self, other: Renewals) -> Renewals:
        return Renewals(
            np.maximum(self.due - other.due, 0.0), np.maximum(self.left - other.left, 0.0)
        )

    def log_likelihood(self, model: Any) -> tuple[float, float]:
        """Return the log-likelihood under a model, and how many it expected to leave."""
        some = np.flatnonzero(self.due > 0)
        renewed = np.clip(np.asarray(model.retention(some + 1.0)), 1e-12, 1 - 1e-12)
        due, left = self.due[some], self.left[some]
        value = (due - left) @ np.log(renewed) + left @ np.log1p(-renewed)
        return float(value), float(due @ (1 - renewed))


@dataclass(slots=True)
class Choice:
    """The models of one source and period, and how they were chosen."""

    models: dict[Key, Any]
    segments: dict[Key, str]
    """What each plan and cohort is called by its model: `all`, a plan, or a plan and year."""
    level: str
    kind: str
    holdout: dict[str, Any] = field(default_factory=dict)


def gather(rows: Iterable[Mapping[str, Any]], *, late: bool) -> dict[Key, Renewals]:
    """Return renewals by plan and cohort out of cells.

    Args:
        rows: Of `cells_sql`, of one source and period.
        late: Leave out what came due before the source's first end.
    """
    rows = list(rows)
    most = max((int(row["last"]) for row in rows), default=0)
    out: dict[Key, Renewals] = {}
    for row in rows:
        first = int(row["early"]) if late else 0
        last, many = int(row["last"]), float(row["contracts"])
        if last <= first:
            continue
        key = (row["plan"], row["cohort"])
        mine = out.setdefault(key, Renewals.none(most))
        mine.due[first:last] += many
        if row["went"]:
            mine.left[last - 1] += many
    return out


def hidden(rows: Iterable[Mapping[str, Any]]) -> float:
    """Return how many departures should have come before the first that the source tells of."""
    rows = list(rows)
    late = sum_up(gather(rows, late=True).values())
    early = sum_up(gather(rows, late=False).values()) - late
    share = np.divide(late.left, late.due, out=np.zeros_like(late.due), where=late.due > 0)
    overall = late.left.sum() / late.due.sum() if late.due.sum() else 0.0
    share = np.where(late.due > 0, share, overall)
    return float(early.due @ share)


def begins_late(rows: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether contracts that ended before a day are plainly missing from the source."""
    return hidden(rows) >= _HIDDEN


def sum_up(parts: Iterable[Renewals]) -> Renewals:
    """Return the renewals of all together."""
    parts = list(parts)
    most = max((len(one.due) for one in parts), default=0)
    total = Renewals.none(most)
    for one in parts:
        total.due[: len(one.due)] += one.due
        total.left[: len(one.left)] += one.left
    return total


def choose(whole: Mapping[Key, Renewals], past: Mapping[Key, Renewals]) -> Choice:
    """Return the models of all contracts.

    Args:
        whole: Renewals by plan and cohort.
        past: The same as it stood when the held-back part began.

    Raises:
        NotEnoughData: Too few left, or nothing but the first renewal came due.
    """
    total = sum_up(whole.values())
    if total.left.sum() < FEWEST_LEFT:
        raise NotEnoughData(
            f"{total.left.sum():.0f} contracts left at one of the {total.due.sum():.0f} renewals "
            f"that came due; it takes {FEWEST_LEFT}",
            hint="wait for more renewals",
        )
    if (total.due > 0).sum() < 2:
        raise NotEnoughData(
            "no contract came to its second renewal, and customers who stay are told from those "
            "who leave by at least two",
            hint="wait for another renewal",
        )
    none = Renewals.none(len(total.due))
    held = {key: _longer(one, total) - _longer(past.get(key, none), total)
            for key, one in whole.items()}  # fmt: skip
    held_left = sum(float(one.left.sum()) for one in held.values())
    by_holdout = held_left >= FEWEST_LEFT and sum(
        float(one.left.sum()) for one in past.values()
    ) >= FEWEST_LEFT  # fmt: skip
    tried: list[dict[str, Any]] = []
    widths = dict.fromkeys(KINDS, 0)
    for level in range(len(LEVELS)):
        for kind in KINDS:
            try:
                models, segments = _models(past if by_holdout else whole, whole, level, kind)
            except NotEnoughData:
                continue
            if len(set(segments.values())) <= widths[kind]:
                continue
            widths[kind] = len(set(segments.values()))
            judged = held if by_holdout else whole
            found = [one.log_likelihood(models[key]) for key, one in judged.items()]
            score = sum(each for each, _ in found)
            if not by_holdout:
                sizes = len(set(segments.values())) * len(kind.parameters)
                score -= 0.5 * sizes * float(np.log(max(total.due.sum(), 2)))
            tried.append({
                "level": level, "kind": kind, "score": score,
                "expected": sum(each for _, each in found),
            })  # fmt: skip
    if not tried:
        raise NotEnoughData("no model of renewals converged", hint="wait for more renewals")
    best = tried[0]
    for one in tried[1:]:
        if one["score"] > best["score"] + _CLOSE:
            best = one
    models, segments = _models(whole, whole, best["level"], best["kind"])
    holdout = {
        "due": sum(float(one.due.sum()) for one in held.values()),
        "left": held_left,
        "expected": best["expected"],
        "tried": [
            {"model": one["kind"].name, "by": LEVELS[one["level"]],
             "log_likelihood": round(one["score"], 3), "expected": round(one["expected"], 1)}
            for one in tried
        ],
    } if by_holdout else {"reason": "too few left lately to hold a part back"}  # fmt: skip
    return Choice(models, segments, LEVELS[best["level"]], best["kind"].name, holdout)


def _longer(one: Renewals, total: Renewals) -> Renewals:
    more = len(total.due) - len(one.due)
    return Renewals(np.pad(one.due, (0, more)), np.pad(one.left, (0, more)))


def _models(
    stats: Mapping[Key, Renewals], keys: Iterable[Key], level: int, kind: type[SBG]
) -> tuple[dict[Key, Any], dict[Key, str]]:
    """Return a model for every key, the segment's own where it is thick enough."""
    found: dict[str, Any] = {"all": _fit(kind, sum_up(stats.values()))}
    models, segments = {}, {}
    for key in keys:
        for name, mine in _wider(key, level):
            if name not in found:
                part = sum_up(one for k, one in stats.items() if mine(k))
                thick = part.left.sum() >= FEWEST_OF_SEGMENT
                try:
                    found[name] = _fit(kind, part) if thick else None
                except NotEnoughData:
                    found[name] = None
            if found[name] is not None:
                models[key], segments[key] = found[name], name
                break
    return models, segments


def _wider(key: Key, level: int) -> list[tuple[str, Any]]:
    """Return the segments of a plan and cohort, the narrowest first."""
    plan, cohort = key
    steps: list[tuple[str, Any]] = [
        (f"{plan} since {cohort}", lambda one: one == key),
        (plan or "no plan", lambda one: one[0] == plan),
        ("all", lambda one: True),
    ]
    return steps[len(LEVELS) - 1 - level :]


def _fit(kind: type[SBG], part: Renewals) -> Any:
    some = np.flatnonzero(part.due > 0)
    number = np.asarray(some + 1, dtype=np.float64)
    return kind.fit_renewals(number, part.due[some], part.left[some])
