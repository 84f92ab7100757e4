"""What the pages and commands about themes render: frozen values made of `Figure`s."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goodwill.figures import Figure
from goodwill.language import Edit
from goodwill.report.shapes import Gauge, Sentence


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as it stands.

    ``figures`` are ``contacts``, ``precision``, ``recall`` and, where it is not muted, ``recent``
    and ``before``: contacts of the last four weeks of the data and of the four before those.
    """

    theme_id: int
    label: str
    terms: tuple[str, ...]
    area_id: int
    area: str
    contacts: int
    muted: bool
    pinned: bool
    split_from: int | None
    merged_from: tuple[int, ...]
    edited_at: datetime | None
    version: str
    figures: Mapping[str, Figure]
    audited_at: datetime | None = None
    audited_version: str = ""

    @property
    def outdated(self) -> bool:
        """Whether the theme holds other messages than when it was audited."""
        return self.audited_at is not None and self.audited_version != self.version

    def as_dict(self) -> dict[str, Any]:
        """Return the theme as plain values, as ``goodwill themes --json`` prints it."""
        return {
            "theme_id": self.theme_id,
            "label": self.label,
            "terms": list(self.terms),
            "area_id": self.area_id,
            "area": self.area,
            "contacts": self.contacts,
            "muted": self.muted,
            "pinned": self.pinned,
            "split_from": self.split_from,
            "merged_from": list(self.merged_from),
            "edited_at": self.edited_at.isoformat() if self.edited_at else None,
            "version": self.version,
            "audited_at": self.audited_at.isoformat() if self.audited_at else None,
            "outdated": self.outdated,
            "figures": {key: figure.as_dict() for key, figure in self.figures.items()},
        }


@dataclass(frozen=True, slots=True)
class Area:
    """A group of like themes, the largest first; pinned ones stand before all."""

    area_id: int
    label: str
    contacts: int
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """Messages of a month that say something, and the share of them that fits no theme."""

    month: str
    messages: int
    unfiled: Figure


@dataclass(frozen=True, slots=True)
class ThemesPage:
    """The map of themes.

    Attributes:
        areas: Areas with themes that are not muted, the largest first.
        muted: Themes that are.
        gauges: What became of the messages.
        months: The unfiled share by month, oldest first.
        edits: What people changed, newest first.
        waiting: Edits and undoings that the next refresh will follow.
        version: Of the themes that were found.
    """

    areas: tuple[Area, ...]
    muted: tuple[Theme, ...]
    gauges: tuple[Gauge, ...]
    months: tuple[Month, ...]
    edits: tuple[Edit, ...]
    waiting: int
    version: str

    @property
    def themes(self) -> tuple[Theme, ...]:
        """All themes, muted ones last."""
        return (*(theme for area in self.areas for theme in area.themes), *self.muted)

    def as_dict(self) -> dict[str, Any]:
        """Return the page as plain values, as ``goodwill themes --json`` prints it."""
        return {
            "version": self.version,
            "waiting": self.waiting,
            "figures": {gauge.key: gauge.figure.as_dict() for gauge in self.gauges},
            "months": [
                {"month": m.month, "messages": m.messages, "unfiled": m.unfiled.as_dict()}
                for m in self.months
            ],
            "themes": [theme.as_dict() for theme in self.themes],
        }


@dataclass(frozen=True, slots=True)
class ThemePage:
    """One theme: central, newest and boundary sentences, and what was changed about it."""

    theme: Theme
    further: Figure
    """Messages of other themes in which a clause speaks of this one."""
    sentences: Mapping[str, tuple[Sentence, ...]]
    edits: tuple[Edit, ...]
    problem: bool
    """Whether it stands among the problems."""


@dataclass(frozen=True, slots=True)
class EditPreview:
    """What an edit would move."""

    edit: Edit
    contacts: Figure
    sentences: tuple[Sentence, ...]
    words: str
    """The edit in a sentence."""


@dataclass(frozen=True, slots=True)
class AuditItem:
    """A message of an audit: its words, and what was said of it."""

    key: str
    text: str
    channel: str | None
    at: datetime | None
    belongs: bool | None


@dataclass(frozen=True, slots=True)
class AuditSheet:
    """A draw for one theme, in the order in which it is judged; the strata are not shown.

    ``lost`` messages were erased, or came to have no text, since the draw.
    """

    draw_id: int
    theme_id: int
    label: str
    items: tuple[AuditItem, ...]
    judged: int
    lost: int

    @property
    def next(self) -> AuditItem | None:
        """The first message that nobody has judged."""
        return next((item for item in self.items if item.belongs is None), None)
