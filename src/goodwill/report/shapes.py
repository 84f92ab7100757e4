"""What many pages, commands and exports render: frozen values made of `Figure`s."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
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
    weight: int | None = None
    """People that the size of its picture stands for, where ``people`` is an amount."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A customer's own words, or the company's reply (redacted), and where they stand."""

    source: str
    contact_id: str
    text: str
    at: datetime | None
    channel: str | None
    customer_id: str | None
    kind: str
    """``central``, ``newest``, ``boundary``, ``low_rating``, ``dissenting``; of a search ``found``,
    ``alike`` or ``reply``."""


@dataclass(frozen=True, slots=True)
class Working:
    """How the cost of a problem was found: the figures it rests on, and the way in words."""

    gauges: tuple[Gauge, ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what was found: a theme, a channel, a month."""

    key: str
    name: str
    events: int
    people: int


@dataclass(frozen=True, slots=True)
class Added:
    """A word that a search took beside the one that was typed.

    Attributes:
        word: The word.
        typed: The one that it stands for.
        events: Contacts that hold it.
        people: Known people of the newest 100 of them.
    """

    word: str
    typed: str
    events: int
    people: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What holds the words of a query or means the same, and where most of it stands.

    It is what customers wrote; or, of a search within replies, what they were answered.
    """

    query: str
    mended: tuple[tuple[str, str], ...]
    """Words that nobody wrote, each with the one that was taken for it."""
    contacts: Figure
    """Those that hold the words."""
    alike: Figure
    """Those that do not, and hold words that mean nearly the same."""
    added: tuple[Added, ...]
    more: bool
    """There are more than were counted: the figures are those of the newest."""
    more_alike: bool
    """The same of those that are like it."""
    rows: tuple[Sentence, ...]
    """First those with the words, of kind ``found``; then the others, of kind ``alike``."""
    total: int
    """Of both."""
    offset: int
    themes: tuple[Part, ...]
    """By the theme's id, the most first."""
    channels: tuple[Part, ...]
    months: tuple[Part, ...]
    """By month such as 2025-03, the newest first."""
    direction: str = ""
    """``in`` of a search within what customers wrote, ``out`` within replies, empty for both."""
    replies: Figure | None = None
    """Beside what customers wrote: replies of the company that hold the words."""
    more_replies: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return the page as plain values, as ``goodwill search --json`` prints it."""
        return {
            "query": self.query,
            "direction": self.direction,
            "mended": [list(pair) for pair in self.mended],
            "contacts": self.contacts.as_dict(),
            "alike": self.alike.as_dict(),
            "added": [asdict(each) for each in self.added],
            "more": self.more,
            "more_alike": self.more_alike,
            "rows": [asdict(row) for row in self.rows],
            "themes": [asdict(part) for part in self.themes],
            "channels": [asdict(part) for part in self.channels],
            "months": [asdict(part) for part in self.months],
            "replies": self.replies.as_dict() if self.replies else None,
            "more_replies": self.more_replies,
        }


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """The records behind a figure."""

    table: str
    where: Mapping[str, Any]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: int
    offset: int
