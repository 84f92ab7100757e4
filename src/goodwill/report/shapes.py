"""What pages, command line and exports render: frozen values made of `Figure`s."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from goodwill.figures import Figure


@dataclass(frozen=True, slots=True)
class Gauge:
    """One instrument of the overview: a figure under the name that a reader says aloud."""

    key: str
    label: str
    figure: Figure
    note: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain. ``reason`` is set when the link is grey: no data, and why."""

    key: str
    label: str
    people: Figure | None
    events: Figure | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A customer's own words (redacted), and where they stand."""

    source: str
    contact_id: str
    text: str
    at: datetime | None
    channel: str | None
    customer_id: str | None
    kind: str
    """``central``, ``newest``, ``boundary`` or ``low_rating``."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A theme ranked as a problem."""

    theme_id: int
    label: str
    terms: tuple[str, ...]
    place: int
    people: int
    events: int
    figures: Mapping[str, Figure]
    sentences: tuple[Sentence, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the problem as plain values, as ``goodwill problems --json`` prints it."""
        return {
            "theme_id": self.theme_id,
            "label": self.label,
            "terms": list(self.terms),
            "place": self.place,
            "people": self.people,
            "events": self.events,
            "figures": {key: figure.as_dict() for key, figure in self.figures.items()},
            "sentences": [
                {
                    "source": s.source,
                    "contact_id": s.contact_id,
                    "text": s.text,
                    "at": s.at.isoformat() if s.at else None,
                    "channel": s.channel,
                    "customer_id": s.customer_id,
                    "kind": s.kind,
                }
                for s in self.sentences
            ],
        }


@dataclass(frozen=True, slots=True)
class Week:
    """Contacts and people in one week (Monday, in the Book's time zone)."""

    week: date
    events: int
    people: int


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a whole: a channel, a product, a region."""

    name: str
    events: int
    people: int
    share: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A customer whom a problem hit."""

    customer_id: str
    contacts: int
    repeats: int
    last_at: datetime
    revenue: Figure | None
    lifetime_value: Figure | None


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


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """Everything that the page of one problem shows."""

    problem: Problem
    weeks: tuple[Week, ...]
    channels: tuple[Slice, ...]
    products: tuple[Slice, ...]
    hits: tuple[Hit, ...]
    promises: tuple[Gauge, ...]
    sentences: Mapping[str, tuple[Sentence, ...]]
    """Keys ``central``, ``newest``, ``low_rating``, ``boundary``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a customer's time line."""

    at: datetime
    kind: str
    """``order``, ``refund``, ``cancellation``, ``fee``, ``payment``, ``contact``, ``reply``,
    ``note``, ``promise``, ``delivered``, ``thread``."""
    title: str
    text: str = ""
    channel: str = ""
    public: bool = False
    theme_id: int | None = None
    theme: str = ""
    amount: int | None = None
    currency: str = ""
    state: str = ""
    """For a promise: kept, broken, open, overdue, unknown. For a contact: repeat or empty."""
    records: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """One customer: what he is worth, and the whole time line, newest first."""

    customer_id: str
    source: str
    figures: Mapping[str, Figure]
    timeline: tuple[Entry, ...]
    entries: int
    """How many entries there are in all; ``timeline`` may be one page of them."""


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """The records behind a figure."""

    table: str
    where: Mapping[str, Any]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: int
    offset: int
