"""What the overview renders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from goodwill.report.problem_shapes import Problem, Week
from goodwill.report.promise_shapes import PromiseRow
from goodwill.report.shapes import Gauge, Link


@dataclass(frozen=True, slots=True)
class Accounting:
    """What was read and what became of it, over all imports."""

    read: int
    new: int
    updated: int
    duplicate: int
    quarantined: int
    skipped: int
    files: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page: four groups of gauges, the chain, the problems."""

    company: str
    simulated: bool
    as_of: datetime | None
    since: datetime | None
    groups: Mapping[str, tuple[Gauge, ...]]
    """Keys ``course``, ``correction``, ``caution``, ``context``, in that order."""
    chain: tuple[Link, ...]
    problems: tuple[Problem, ...]
    ranking: str
    """How the problems are ranked, in one sentence."""
    weeks: tuple[Week, ...]
    accounting: Accounting
    generation: str
    together: str = ""
    """What all problems cost together, and the unexplained rest; empty where that is not known."""
    promises: tuple[PromiseRow, ...] = ()
    """The open promises that fall due first."""
    open_promises: int = 0
    """How many open promises there are in all."""
