"""What the page of metrics renders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from goodwill.figures import Figure
from goodwill.report.shapes import Gauge


@dataclass(frozen=True, slots=True)
class GaugeGroup:
    """Gauges that belong together, and what they rest on in one sentence."""

    key: str
    title: str
    about: str
    gauges: tuple[Gauge, ...]


@dataclass(frozen=True, slots=True)
class SolvedAtOnce:
    """First-contact resolution as one product defines it."""

    key: str
    whose: str
    words: str
    """What counts as solved, of what, in one sentence."""
    why: str
    """Why it differs from ours; empty for ours."""
    figure: Figure
    wrote_again: Figure | None
    """Of those counted as solved, how many came back about the same; None for ours."""


@dataclass(frozen=True, slots=True)
class ChannelAnswers:
    """A channel: how many contacts came by it, and how many nobody answered."""

    channel: str
    contacts: Figure
    unanswered: Figure


@dataclass(frozen=True, slots=True)
class MetricsPage:
    """Every service metric of a period, a theme and a channel."""

    since: date | None
    until: date | None
    theme_id: int | None
    theme: str
    channel: str
    as_of: datetime | None
    groups: tuple[GaugeGroup, ...]
    definitions: tuple[SolvedAtOnce, ...]
    difference: str
    """Why the definitions of first-contact resolution differ, in words."""
    channels: tuple[ChannelAnswers, ...]
    known: Figure
    """Share of contacts with a known customer: cross-channel figures rest on these alone."""
    open_episodes: int
    """Episodes whose quiet days have not run out; they are counted nowhere."""
    choices: tuple[str, ...]
    """Every channel that there is."""

    def as_dict(self) -> dict[str, Any]:
        """Return the page as plain values, as ``goodwill metrics --json`` prints it."""
        return {
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "theme_id": self.theme_id,
            "channel": self.channel,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "known_customers": self.known.as_dict(),
            "open_episodes": self.open_episodes,
            "figures": {
                gauge.key: gauge.figure.as_dict() for group in self.groups for gauge in group.gauges
            },
            "first_contact_resolution": [
                {
                    "whose": each.whose,
                    "words": each.words,
                    "why": each.why,
                    "figure": each.figure.as_dict(),
                    "wrote_again": each.wrote_again.as_dict() if each.wrote_again else None,
                }
                for each in self.definitions
            ],
            "channels": [
                {
                    "channel": each.channel,
                    "contacts": each.contacts.as_dict(),
                    "unanswered": each.unanswered.as_dict(),
                }
                for each in self.channels
            ],
        }
