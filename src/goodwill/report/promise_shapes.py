"""What the page of promises renders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from goodwill.figures import Figure
from goodwill.report.shapes import Gauge


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise of the ledger: who said what, by when, and what happened."""

    promise_id: str
    kind: str
    """``delivery`` (an order's date), ``commitment`` (said in a message) or ``published``."""
    what: str
    """``delivery``, ``refund``, ``reply``, ``call`` and so on."""
    words: str
    """The part of the message that carries it, redacted; empty for an order's date."""
    who: str
    source: str
    customer_id: str | None
    order_number: str
    contact_id: str
    theme_id: int | None
    theme: str
    made_at: datetime | None
    due_at: datetime | None
    kept_at: datetime | None
    again_at: datetime | None
    """When the customer first wrote about it after the date."""
    status: str
    reason: str
    days_late: float | None
    hours_left: float | None
    """Hours from the last moment of the data to the date; negative when it has passed."""
    at_risk: Figure
    step: str
    """The one next step in words; empty where nothing can be done any more."""
    records: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the promise as plain values, as ``goodwill promises --json`` prints it."""
        out = asdict(self)
        out["at_risk"] = self.at_risk.as_dict()
        out["records"] = dict(self.records)
        return out


@dataclass(frozen=True, slots=True)
class PromisesPage:
    """A page of the ledger of promises, and the figures above it."""

    as_of: datetime | None
    state: str
    kind: str
    what: str
    gauges: tuple[Gauge, ...]
    rows: tuple[PromiseRow, ...]
    total: int
    offset: int
    kinds: tuple[tuple[str, int], ...]
    """Each kind that there is, and how many promises are of it."""
    whats: tuple[tuple[str, int], ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the page as plain values."""
        return {
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "state": self.state,
            "total": self.total,
            "offset": self.offset,
            "figures": {gauge.key: gauge.figure.as_dict() for gauge in self.gauges},
            "promises": [row.as_dict() for row in self.rows],
        }
