"""What the pages of customers and of harm render."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from goodwill.figures import Figure


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a customer's time line."""

    at: datetime
    kind: str
    """``order``, ``refund``, ``cancellation``, ``fee``, ``payment``, ``contact``, ``reply``,
    ``note``, ``promise`` (a delivery date), ``commitment``, ``published``, ``delivered``."""
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
    apart: bool = False
    """Of another source's voice: a person said that it is another event; it shows after the next
    refresh."""
    signals: tuple[str, ...] = ()
    """Of a message: its strongest signals, in words."""


@dataclass(frozen=True, slots=True)
class CustomerRef:
    """A reference that was joined to a customer, and what the merge rests on."""

    source: str
    customer_ref: str
    evidence: str
    """The kinds of keys that it shares with how many others of the customer: ``email 2``."""
    apart: bool = False
    """A person took it apart from the others; it shows after the next refresh."""


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """One customer: what he is worth, and the whole time line, newest first."""

    customer_id: str
    source: str
    figures: Mapping[str, Figure]
    timeline: tuple[Entry, ...]
    entries: int
    """How many entries there are in all; ``timeline`` may be one page of them."""
    refs: tuple[CustomerRef, ...] = ()
    """The references that were joined to this customer; empty where there is only one."""
    notes: tuple[str, ...] = ()
    """Which model says what is expected, and what speaks against believing it."""


@dataclass(frozen=True, slots=True)
class Harm:
    """Something bad that happened to a customer lately; someone may follow it up."""

    customer_id: str
    problem: str
    """``theme:3``, ``promise:delivery``, or ``contact`` where no theme fits."""
    label: str
    theme_id: int | None
    kinds: tuple[str, ...]
    """What happened, out of `goodwill.settings.HARMS`."""
    at: datetime
    text: str
    """His words, or those of the promise, redacted; empty where there are none."""
    value: Figure
    careful: bool
    """He wrote of law or of safety lately: no experiment is made with him."""


@dataclass(frozen=True, slots=True)
class HarmedPage:
    """Customers whom something bad happened to lately."""

    as_of: datetime | None
    rows: tuple[Harm, ...]
    total: int
    offset: int


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What a customer did after a moment, as far as the data goes."""

    bought_at: datetime | None
    wrote_at: datetime | None
    public_at: datetime | None
    watched_days: float
    """From the moment to the last one in the data."""
