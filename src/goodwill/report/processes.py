"""Processes as their owners read them: steps, what follows what, waits, loops, and who writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from goodwill.errors import NotFound
from goodwill.figures import Figure, ratio, share_figure
from goodwill.generations import Reader

TITLES = {
    "order": "Orders: from the order to its end",
    "ticket": "Tickets: the states that the help desk logged",
}
SHOWN_LINKS = 24
"""Links of the map: the most frequent ones; the table holds all."""
SHOWN_PATHS = 12


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a process."""

    name: str
    cases: Figure
    share: Figure
    """Cases that take this step, of all."""
    repeated: Figure
    """Of these, cases that take it more than once: a loop."""
    contacted: Figure | None
    """Of these, cases in which the customer writes directly after it; None for tickets."""
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Follows:
    """One step directly after another."""

    before: str
    after: str
    cases: int
    events: int
    wait: Figure
    back: bool
    """It leads to a step that on the whole comes earlier, or to itself."""


@dataclass(frozen=True, slots=True)
class Path:
    """A path that cases take from their first step to their last."""

    steps: tuple[str, ...]
    cut: bool
    """Some cases go on after the last step that is told."""
    cases: Figure
    duration: Figure


@dataclass(frozen=True, slots=True)
class Process:
    """One process: its steps in their usual order, its links and its paths."""

    key: str
    title: str
    cases: int
    steps: tuple[Step, ...]
    links: tuple[Follows, ...]
    """All of them, the most frequent first."""
    paths: tuple[Path, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as ``goodwill processes --json`` prints them."""
        return {
            "key": self.key,
            "cases": self.cases,
            "steps": [
                {
                    "step": s.name,
                    "cases": s.cases.as_dict(),
                    "share": s.share.as_dict(),
                    "repeated": s.repeated.as_dict(),
                    "contacted": s.contacted.as_dict() if s.contacted else None,
                    "starts": s.starts,
                    "ends": s.ends,
                }
                for s in self.steps
            ],
            "links": [
                {
                    "from": each.before,
                    "to": each.after,
                    "cases": each.cases,
                    "events": each.events,
                    "wait": each.wait.as_dict(),
                    "back": each.back,
                }
                for each in self.links
            ],
            "paths": [
                {
                    "steps": list(p.steps),
                    "cut": p.cut,
                    "cases": p.cases.as_dict(),
                    "duration": p.duration.as_dict(),
                }
                for p in self.paths
            ],
        }


def processes(reader: Reader) -> tuple[Process, ...]:
    """Return every process of which the data shows a case."""
    found = reader.rows("SELECT DISTINCT process FROM process_steps ORDER BY process")
    return tuple(process(reader, row[0]) for row in found)


def process(reader: Reader, key: str) -> Process:
    """Return one process.

    Raises:
        NotFound: The data shows no case of it.
    """
    rows = reader.dicts(
        "SELECT * FROM process_steps WHERE process = ? ORDER BY places / events, step", [key]
    )
    if not rows:
        raise NotFound(f"No case of the process {key!r} came in.", hint="One of: order, ticket.")
    cases = sum(row["starts"] for row in rows)
    place = {row["step"]: n for n, row in enumerate(rows)}
    links = reader.dicts(
        "SELECT * FROM process_links WHERE process = ? ORDER BY cases DESC, events DESC, "
        "from_step, to_step",
        [key],
    )
    paths = reader.dicts(
        f"SELECT * FROM process_paths WHERE process = ? ORDER BY place LIMIT {SHOWN_PATHS}", [key]
    )
    return Process(
        key,
        TITLES.get(key, key),
        cases,
        tuple(_step(row, cases, key) for row in rows),
        tuple(_follows(row, place, cases) for row in links),
        tuple(_path(row, cases) for row in paths),
    )


def _step(row: dict[str, Any], cases: int, key: str) -> Step:
    records = {"table": "process_steps", "where": {"process": key, "step": row["step"]}}
    count = Figure(row["cases"], "cases", "process_cases", events=row["events"],
                   coverage=ratio(row["cases"], cases), records=records)  # fmt: skip
    contacted = None
    if key == "order":
        contacted = share_figure(row["contacted"], row["cases"], "contacted_after_step",
                                 coverage=1.0, records=records)  # fmt: skip
    return Step(
        row["step"],
        count,
        share_figure(row["cases"], cases, "process_step_share", coverage=1.0, records=records),
        share_figure(row["repeated"], row["cases"], "process_loops", coverage=1.0,
                     records=records),
        contacted,
        row["starts"],
        row["ends"],
    )  # fmt: skip


def _follows(row: dict[str, Any], place: dict[str, int], cases: int) -> Follows:
    wait = Figure(
        row["median_seconds"] / 60,
        "minutes",
        "process_wait",
        events=row["events"],
        coverage=ratio(row["cases"], cases),
        records={
            "table": "process_links",
            "where": {"from_step": row["from_step"], "to_step": row["to_step"]},
        },
    )
    back = place[row["to_step"]] <= place[row["from_step"]]
    return Follows(row["from_step"], row["to_step"], row["cases"], row["events"], wait, back)


def _path(row: dict[str, Any], cases: int) -> Path:
    return Path(
        tuple(row["path"].split(" > ")),
        row["cut"],
        share_figure(row["cases"], cases, "process_path_share", coverage=1.0,
                     records={"table": "process_paths", "where": {"path": row["path"]}}),
        Figure(row["median_seconds"] / 60, "minutes", "process_duration", events=row["cases"],
               coverage=ratio(row["cases"], cases)),
    )  # fmt: skip
