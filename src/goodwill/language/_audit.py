"""Audits: what persons said of a sample, and the precision and recall that follow from it.

A draw takes messages of a theme and of those that lie next to it, in strata. Messages are kept by
a hash of their key, never by text. Precision has Wilson's interval. Recall is what was found among
all of the theme in the strata: its interval puts every stratum at the worse end of an interval so
wide that all of them hold together with 95 % (Bonferroni).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import NormalDist

from goodwill.errors import InputError, NotFound
from goodwill.figures import wilson
from goodwill.language._edits import append_line

ASSIGNED = "assigned"
STRATA = (ASSIGNED, "unfiled", "close", "far")
"""Messages of the theme; those without a theme that it lies nearest to; those of another theme to
which it is the second nearest: the nearer half, and the farther."""
_FILE = "audits.jsonl"


@dataclass(frozen=True, slots=True)
class Draw:
    """A sample for one theme.

    Attributes:
        draw_id: Running number in the Book, from 1.
        at: When it was drawn, by the wall clock.
        by: Who drew it.
        seed: Of the sample.
        theme_id: The theme.
        version: The theme's version at that time.
        sizes: How many messages each stratum held.
        items: The hash of each message's key, and its stratum.
        answers: What was said of them, by hash: whether the message belongs to the theme.
    """

    draw_id: int
    at: datetime
    by: str
    seed: int
    theme_id: int
    version: str
    sizes: Mapping[str, int]
    items: Sequence[tuple[str, str]]
    answers: dict[str, bool] = field(default_factory=dict)

    @property
    def open(self) -> list[tuple[str, str]]:
        """The items that nobody has judged."""
        return [item for item in self.items if item[0] not in self.answers]


@dataclass(frozen=True, slots=True)
class Measured:
    """A share with its 95 % interval; None where too little was judged.

    Attributes:
        value: The share, 0 to 1.
        low: Lower end.
        high: Upper end.
        judged: How many messages it rests on.
        reason: Why there is no value.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    judged: int = 0
    reason: str = ""


def draws_of(folder: Path) -> list[Draw]:
    """Return every draw with its answers, in the order in which they were made."""
    try:
        text = (folder / _FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    found: dict[int, Draw] = {}
    for line in text.splitlines(keepends=True):
        try:
            row = json.loads(line) if line.endswith("\n") else {}
        except json.JSONDecodeError:  # half a line that a later one ended
            continue
        if "draw_id" in row:
            row["at"] = datetime.fromisoformat(row["at"])
            row["items"] = [(key, stratum) for key, stratum in row["items"]]
            found[row["draw_id"]] = Draw(**row)
        elif "answers" in row and row["to"] in found:
            found[row["to"]].answers.update(row["answers"])
    return [found[number] for number in sorted(found)]


def keep_draw(
    folder: Path,
    *,
    by: str,
    seed: int,
    theme_id: int,
    version: str,
    sizes: Mapping[str, int],
    items: Sequence[tuple[str, str]],
) -> Draw:
    """Write a draw down and return it."""
    number = max((draw.draw_id for draw in draws_of(folder)), default=0) + 1
    draw = Draw(number, datetime.now(UTC), by, seed, theme_id, version, dict(sizes), list(items))
    folder.mkdir(parents=True, exist_ok=True)
    append_line(
        folder / _FILE,
        {
            "draw_id": number, "at": draw.at.isoformat(), "by": by, "seed": seed,
            "theme_id": theme_id, "version": version, "sizes": dict(sizes),
            "items": [list(item) for item in items],
        },
    )  # fmt: skip
    return draw


def keep_answers(folder: Path, draw_id: int, answers: Mapping[str, bool], *, by: str) -> None:
    """Write down what somebody said; of several answers the last counts.

    Raises:
        NotFound: There is no such draw.
        InputError: A hash is not of the draw.
    """
    draw = {draw.draw_id: draw for draw in draws_of(folder)}.get(draw_id)
    if draw is None:
        raise NotFound(f"No audit has the number {draw_id}.")
    strange = set(answers) - {key for key, _ in draw.items}
    if strange:
        raise InputError(f"{len(strange)} of the answers are to messages that audit did not draw.")
    if answers:
        at = datetime.now(UTC).isoformat()
        append_line(folder / _FILE, {"to": draw_id, "answers": dict(answers), "by": by, "at": at})


def precision(draw: Draw) -> Measured:
    """Return the share of the theme's messages that belong to it (Wilson 1927)."""
    right, judged = _judged(draw, ASSIGNED)
    if not judged:
        return Measured(None, reason="Nobody has judged a message of this theme.")
    low, high = wilson(right, judged)
    return Measured(right / judged, low, high, judged)


def recall(draw: Draw) -> Measured:
    """Return the share that was filed of all messages of the strata that belong to the theme."""
    filled = [stratum for stratum in STRATA if draw.sizes.get(stratum)]
    told = {stratum: _judged(draw, stratum) for stratum in filled}
    judged = sum(count for _, count in told.values())
    missing = [stratum for stratum, (_, count) in told.items() if not count]
    if missing or ASSIGNED not in filled:
        return Measured(None, judged=judged, reason="Not all kinds of messages were judged yet.")
    z = NormalDist().inv_cdf(1 - 0.05 / (2 * len(filled)))
    sums = {"value": [0.0, 0.0], "least": [0.0, 0.0], "most": [0.0, 0.0]}
    for stratum, (right, count) in told.items():
        size = draw.sizes[stratum]
        low, high = (right / count,) * 2 if count >= size else wilson(right, count, z)
        missed = int(stratum != ASSIGNED)
        sums["value"][missed] += size * right / count
        sums["least"][missed] += size * (high if missed else low)
        sums["most"][missed] += size * (low if missed else high)
    shares = {name: _part(*both) for name, both in sums.items()}
    if shares["value"] is None:
        return Measured(None, judged=judged, reason="No message that was judged belongs to it.")
    return Measured(shares["value"], shares["least"] or 0.0, shares["most"] or 1.0, judged)


def _part(found: float, missed: float) -> float | None:
    return found / (found + missed) if found + missed > 0 else None


def _judged(draw: Draw, stratum: str) -> tuple[int, int]:
    """Return how many of a stratum were judged right, and how many were judged."""
    said = [draw.answers[key] for key, its in draw.items if its == stratum and key in draw.answers]
    return sum(said), len(said)
