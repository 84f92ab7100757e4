"""What the pages of problems and of rules render: what a problem costs, whom it hits, its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from goodwill.figures import Figure
from goodwill.report.competitors import Competitor
from goodwill.report.shapes import Gauge, Part, Sentence, Working


def _as_dict(cost: RuleCost | BrokenCost) -> dict[str, Any]:
    """Return a shape as plain values: its fields as they are, its figures as theirs."""
    figures = {key: figure.as_dict() for key, figure in cost.figures.items()}
    return {
        name: figures if name == "figures" else getattr(cost, name)
        for name in cost.__dataclass_fields__
    }


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
class RuleCost:
    """A rule or fee with what it costs and brings in.

    Attributes:
        place: Its place among all rules; None until a refresh has looked for it.
        sentences: How its figures came about.
        reason: Why it has none.
    """

    rule_id: str
    name: str
    kind: str
    wording: str
    patterns: tuple[str, ...]
    place: int | None
    people: int
    events: int
    figures: Mapping[str, Figure]
    sentences: tuple[str, ...]
    reason: str

    def as_dict(self) -> dict[str, Any]:
        """Return the rule as plain values, as ``goodwill rules --json`` prints it."""
        return _as_dict(self)


@dataclass(frozen=True, slots=True)
class RulesPage:
    """The rules and fees, the one that costs most first."""

    rules: tuple[RuleCost, ...]
    sentences: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the page as plain values."""
        return {
            "rules": [rule.as_dict() for rule in self.rules], "sentences": list(self.sentences)
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ThemeRule:
    """A rule that contacts of a theme are about."""

    rule_id: str
    name: str
    people: int
    events: int
    share: Figure


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
class TravelledPath:
    """A path that episodes took: the customer's contacts and what answered them, in order."""

    steps: tuple[str, ...]
    cut: bool
    """Some episodes go on after the last step that is told."""
    people: int
    """Whose episodes took it."""
    share: Figure
    """Of the episodes at rest, how many took it."""
    length: Figure
    """Median time from the first message to the last."""


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
    """Keys ``central``, ``newest``, ``low_rating`` (``complaining`` where nobody rated low),
    ``dissenting``, ``boundary``."""
    working: Working = Working()
    regions: tuple[Slice, ...] = ()
    sisters: tuple[tuple[int, str], ...] = ()
    """Id and name of the other themes of the area."""
    signals: tuple[Gauge, ...] = ()
    """How bad its contacts sound; without the signals that are not measured."""
    competitors: tuple[Competitor, ...] = ()
    """Companies that its contacts name as alternatives; those whom most customers name first."""
    rules: tuple[ThemeRule, ...] = ()
    """The company's rules that its contacts are about."""
    paths: tuple[TravelledPath, ...] = ()
    """The ways through channels and answers that most of its episodes took."""


@dataclass(frozen=True, slots=True)
class BrokenCost:
    """A kind of promise that was broken: to how many, how often, and what it cost."""

    kind: str
    """``delivery``, ``commitment`` or ``published``."""
    label: str
    people: int
    events: int
    figures: Mapping[str, Figure]
    """``people``, ``broken``, ``value_lost``, ``silent_people``, ``silent_share``."""

    def as_dict(self) -> dict[str, Any]:
        """Return the kind as plain values."""
        return _as_dict(self)


@dataclass(frozen=True, slots=True)
class BrokenCosts:
    """The kinds of promises that were broken, the dearest first."""

    kinds: tuple[BrokenCost, ...]
    said: str
    """Why they are not to be added up, and what they cost together."""


@dataclass(frozen=True, slots=True)
class BrokenPage:
    """Everything that the page of one kind of broken promise shows."""

    cost: BrokenCost
    working: Working
    themes: tuple[Part, ...]
    """What most of these customers wrote about within 28 days; the key is the theme's id."""
    said: str
