"""What the pages Value and Ledger show: frozen values made of `Figure`s."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from goodwill.figures import Figure
from goodwill.report.shapes import Gauge


@dataclass(frozen=True, slots=True)
class EquityMonth:
    """Customer equity at the end of a month, and what each part of the customers did to it."""

    month: date
    until: date
    """The month's last day, or that of the data in the last month."""
    equity: Figure
    change: Figure
    earned: Figure
    parts: Mapping[str, Figure]
    """By part (`new`, `kept`, `growing`, `shrinking`, `lost`): how much it changed the equity."""

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "month": self.month.isoformat(),
            "until": self.until.isoformat(),
            "equity": self.equity.as_dict(),
            "change": self.change.as_dict(),
            "earned": self.earned.as_dict(),
            "parts": {part: figure.as_dict() for part, figure in self.parts.items()},
        }


@dataclass(frozen=True, slots=True)
class EquitySegment:
    """Customer equity of one segment, and that of its customers in trouble."""

    dimension: str
    segment: str
    equity: Figure
    at_risk: Figure

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "dimension": self.dimension,
            "segment": self.segment,
            "equity": self.equity.as_dict(),
            "at_risk": self.at_risk.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """The contracts of one plan that are renewed by one period."""

    source: str
    plan: str
    period: str
    running: Figure
    renews_next: Figure
    value: Figure
    ever: Figure

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "source": self.source, "plan": self.plan, "period": self.period,
            "running": self.running.as_dict(), "renews_next": self.renews_next.as_dict(),
            "value": self.value.as_dict(), "ever": self.ever.as_dict(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Renewal:
    """The n-th renewal of a plan: who came to it, who renewed, and what the model says."""

    source: str
    plan: str
    period: str
    number: int
    renewed: Figure
    expected: float | None
    still_there: float | None

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "source": self.source, "plan": self.plan, "period": self.period,
            "number": self.number, "renewed": self.renewed.as_dict(),
            "expected": self.expected, "still_there": self.still_there,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContractsPart:
    """What contracts are worth, plan by plan, how they were renewed, and what made them end."""

    gauges: tuple[Gauge, ...]
    plans: tuple[Plan, ...]
    renewals: tuple[Renewal, ...]
    losses: tuple[tuple[str, Figure], ...]
    """Contracts lost by problem, the one that took most first."""
    sentences: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as ``goodwill value contracts --json`` prints them."""
        return {
            "figures": {gauge.key: gauge.figure.as_dict() for gauge in self.gauges},
            "plans": [plan.as_dict() for plan in self.plans],
            "renewals": [renewal.as_dict() for renewal in self.renewals],
            "losses": [{"problem": name, **figure.as_dict()} for name, figure in self.losses],
            "sentences": list(self.sentences),
        }


@dataclass(frozen=True, slots=True)
class HeldBack:
    """What a model, fitted on the past, said of the orders held back."""

    name: str
    chosen: bool
    expected: float
    total_error: float | None
    """Expected over what came, less 1; None where nothing came."""
    rmse: float
    """Error by customer, in orders: root mean square."""


@dataclass(frozen=True, slots=True)
class PurchaseModel:
    """The model that a source's customers are valued with, and how it was chosen."""

    source: str
    name: str
    candidates: tuple[HeldBack, ...]
    """Empty where no orders could be held back."""
    came: float | None
    """Orders that came in the time held back."""
    sentences: tuple[str, ...]
    warning: str
    """Why what it says is not to be believed; empty where nothing speaks against it."""


@dataclass(frozen=True, slots=True)
class ValuePage:
    """What the customers are worth, at the end of one month, and how it came about."""

    month: date | None
    gauges: tuple[Gauge, ...]
    parts: tuple[Gauge, ...]
    """What each part of the customers changed in the twelve months up to the month."""
    months: tuple[EquityMonth, ...]
    """The newest first."""
    segments: tuple[EquitySegment, ...]
    """Today, whatever the month."""
    first_days: tuple[Gauge, ...]
    winning: tuple[Gauge, ...]
    """What it costs to win a customer and to keep one."""
    sentences: tuple[str, ...]
    """How far the money can be trusted, in words."""
    reason: str
    """Why there is no equity; empty when there is."""
    contracts: ContractsPart | None = None
    """What is known of contracts; None where there are none."""
    models: tuple[PurchaseModel, ...] = ()
    notes: tuple[str, ...] = ()
    """What must be said of how customers were valued: what was left out, what does not hold."""

    def as_dict(self) -> dict[str, Any]:
        """Return the page as plain values, as ``goodwill value equity --json`` prints it."""

        def named(gauges: tuple[Gauge, ...]) -> dict[str, Any]:
            return {gauge.key: gauge.figure.as_dict() for gauge in gauges}

        return {
            "month": self.month.isoformat() if self.month else None,
            "figures": named(self.gauges),
            "parts": named(self.parts),
            "months": [month.as_dict() for month in self.months],
            "segments": [segment.as_dict() for segment in self.segments],
            "first_days": named(self.first_days),
            "winning": named(self.winning),
            "sentences": list(self.sentences),
            "reason": self.reason,
            "contracts": self.contracts.as_dict() if self.contracts else None,
            "models": [asdict(model) for model in self.models],
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Forecast:
    """One line of the ledger: what was said, and what came."""

    label: str
    figure: Figure
    published: bool
    made_on: date
    due_on: date
    outcome: float | None
    held: bool | None
    reason: str

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "label": self.label,
            "figure": self.figure.as_dict(),
            "published": self.published,
            "made_on": self.made_on.isoformat(),
            "due_on": self.due_on.isoformat(),
            "outcome": self.outcome,
            "held": self.held,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """How often the figures that could come true did."""

    gauges: tuple[Gauge, ...]
    """How often the interval held: published, replayed, then by figure."""
    verdict: str
    rows: tuple[Forecast, ...]
    state: str
    total: int
    offset: int
    waiting: int
    """Published forecasts that are not due."""
    next_due: date | None

    def as_dict(self) -> dict[str, Any]:
        """Return the page as plain values, as ``goodwill value ledger --json`` prints it."""
        return {
            "figures": {gauge.key: gauge.figure.as_dict() for gauge in self.gauges},
            "verdict": self.verdict,
            "state": self.state,
            "total": self.total,
            "offset": self.offset,
            "waiting": self.waiting,
            "next_due": self.next_due.isoformat() if self.next_due else None,
            "forecasts": [row.as_dict() for row in self.rows],
        }
