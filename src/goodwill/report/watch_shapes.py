"""What the pages of alerts and fixes render."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from goodwill.figures import Figure
from goodwill.report.shapes import Sentence


@dataclass(frozen=True, slots=True)
class Alert:
    """A rise of contacts that began on one day, with the narrower rises that drive it."""

    alert_id: str
    title: str
    arm: str
    """``rise`` (it stays), ``spike`` (one day) or ``hours`` (seen by the hour)."""
    level: str
    segment: Mapping[str, str]
    """What tells the segment apart: theme, area, channel, product, region."""
    theme_id: int | None
    since: date
    raised_at: date
    figures: Mapping[str, Figure]
    parts: tuple[Alert, ...]
    sentences: tuple[Sentence, ...]
    sure: bool = True
    """Whether e-BH keeps it: of those at most a tenth is expected to be false."""
    phrases: tuple[str, ...] = ()
    """Words that came up in it, said by at least five people; sentences with them come first."""
    since_hour: str = ""
    """Of one seen by the hour: the time of day when it began, in the company's time zone."""
    raised_hour: str = ""
    """The time of day when it was raised."""
    late: str = ""
    """What share of its contacts has come in, where they come late."""

    @property
    def last_raised(self) -> date:
        """The day of the last of its rises: later than before when it has grown."""
        return max([self.raised_at, *(part.raised_at for part in self.parts)])

    def as_dict(self) -> dict[str, Any]:
        """Return the alert as plain values, as ``goodwill alerts --json`` prints it."""
        return {
            "alert_id": self.alert_id,
            "title": self.title,
            "arm": self.arm,
            "level": self.level,
            "segment": dict(self.segment),
            "theme_id": self.theme_id,
            "since": self.since.isoformat(),
            "raised_at": self.raised_at.isoformat(),
            "since_hour": self.since_hour,
            "raised_hour": self.raised_hour,
            "late": self.late,
            "figures": {key: figure.as_dict() for key, figure in self.figures.items()},
            "parts": [part.as_dict() for part in self.parts],
            "sure": self.sure,
            "phrases": list(self.phrases),
            "sentences": [s.text for s in self.sentences],
        }


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that came up on a day."""

    phrase: str
    day: date
    count: int
    expected: float
    copied: bool
    """Retweets, quotations and templates, which are counted apart."""
    people: int
    theme_id: int | None
    theme: str
    new_theme: bool
    """Half of the messages with it are of no theme."""

    @property
    def about(self) -> str:
        """What it belongs to, in words."""
        if self.new_theme:
            return "looks like a new theme"
        return self.theme or "of several themes"


@dataclass(frozen=True, slots=True)
class AlertsPage:
    """What rose lately, what rose before, and how far to trust it."""

    now: tuple[Alert, ...]
    """Raised in the last four weeks of the data, the most evidence first."""
    before: tuple[Alert, ...]
    """Raised before that: what watching would have said, the newest first."""
    promise: str
    """The stated rate of false alerts and the observed rate of all alerts, in one sentence."""
    series: int
    replayed: int
    reason: str
    """Why nothing was watched; empty when something was."""
    phrases: tuple[Phrase, ...] = ()
    """What came up in the last four weeks, the newest day first, then by evidence."""
    late: str = ""
    """How late contacts come in, and what that does to the last days; empty where they do not."""
    warned: tuple[Warned, ...] = ()
    """Of each incident or change that was told: when watching would have warned."""


@dataclass(frozen=True, slots=True)
class Warned:
    """An incident or change that people told, and the first alert about it."""

    event_id: str
    title: str
    started_on: date
    told_on: date | None
    """Day on which it was told; None when it was told with no such record."""
    alert_id: str
    """Of the alert; empty where nothing was raised."""
    alert: str
    """What rose."""
    raised_at: date | None
    said: str
    """When that was, against the day it began and the day it was told; else why nothing was."""


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done with an event, or found of it, and on what day."""

    day: date
    what: str
    """``declared``, ``recounted``, ``withdrawn``; ``proven`` and ``returned`` are the system's."""
    by: str


@dataclass(frozen=True, slots=True)
class FixWeek:
    """A week before or after an event: what came, and what its controls expect."""

    week: date
    phase: str
    """``baseline``, ``guard`` (left out of the baseline) or ``after``."""
    days: int
    count: int
    expected: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Fix:
    """A fix, incident, change or campaign, and what became of its problem after it."""

    event_id: str
    kind: str
    title: str
    themes: tuple[tuple[int, str], ...]
    started_on: date
    ended_on: date | None
    scope: Mapping[str, str]
    """Where it holds: channel, product, region; empty for the whole company."""
    verdict: str
    """``worked``, ``did_not``, ``too_early``, ``worse``, ``recount``, ``unknown``, or
    ``withdrawn``."""
    state: str
    """The verdict, or ``returned``: it was proven and the problem came back."""
    said: str
    """The state in words."""
    why: str
    figures: Mapping[str, Figure]
    proven_on: date | None
    returned_on: date | None
    weeks_to_proof: float | None
    compared: str
    """What it was held against, in words."""
    controls: tuple[tuple[int, str], ...]
    also: str
    """What else was told of the same themes in that time."""
    history: tuple[Done, ...]
    weeks: tuple[FixWeek, ...]
    units_by: str = ""
    """What tells the units of a staggered roll-out apart; empty when it is none."""
    units: tuple[tuple[str, date], ...] = ()
    """First day of each unit, as chance gave it."""
    promised: str = ""
    """Of a roll-out: what it was said to be able to show, before it began."""
    moved_to: tuple[int, str] | None = None
    """The theme to which its contacts moved."""

    def as_dict(self) -> dict[str, Any]:
        """Return the event as plain values, as ``goodwill fixes --json`` prints it."""
        out = asdict(self)
        out["scope"] = dict(self.scope)
        out["figures"] = {key: figure.as_dict() for key, figure in self.figures.items()}
        return out
