"""What the page of the chain renders."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from goodwill.report.shapes import Gauge, Link


@dataclass(frozen=True, slots=True)
class PublicComplaint:
    """A public contact, and what had come before it in private."""

    source: str
    contact_id: str
    customer_id: str | None
    at: datetime
    channel: str
    text: str
    theme_id: int | None
    theme: str
    private_contacts: int
    """His private contacts in the 60 days before, on whatever theme."""
    answered: int
    """How many of them were answered."""
    broken_promises: int
    """Promises to him that were broken or overdue in those days."""
    warning_days: float | None
    """Days from the first of these contacts to the public one; None without any."""
    answer: str
    """What the company last said to him before, redacted."""
    answer_at: datetime | None
    saved_at: datetime | None
    """The last point at which it could have been saved."""
    saved_by: str
    """What happened at that point, in words."""


@dataclass(frozen=True, slots=True)
class ChainPage:
    """The chain of a period and a theme."""

    since: date | None
    until: date | None
    theme_id: int | None
    theme: str
    links: tuple[Link, ...]
    repeated: tuple[Gauge, ...]
    """People who met the same fault twice, and three times."""
    complaints: tuple[PublicComplaint, ...]
    total: int
    """How many public complaints there are in all."""
    offset: int

    def as_dict(self) -> dict[str, Any]:
        """Return the chain as plain values, as ``goodwill chain --json`` prints it."""
        return {
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "theme_id": self.theme_id,
            "theme": self.theme,
            "links": [
                {
                    "key": link.key,
                    "label": link.label,
                    "people": link.people.as_dict() if link.people else None,
                    "events": link.events.as_dict() if link.events else None,
                    "reason": link.reason,
                }
                for link in self.links
            ],
            "repeated": {gauge.key: gauge.figure.as_dict() for gauge in self.repeated},
            "complaints": [asdict(complaint) for complaint in self.complaints],
            "total": self.total,
            "offset": self.offset,
        }
