"""What pages, command line and exports render: frozen values made of `Figure`s."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
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
    weight: int | None = None
    """People that the size of its picture stands for, where ``people`` is an amount."""


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
    """``central``, ``newest``, ``boundary``, ``low_rating`` or ``dissenting``."""


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
        figures = {key: figure.as_dict() for key, figure in self.figures.items()}
        return {
            name: figures if name == "figures" else getattr(self, name)
            for name in self.__dataclass_fields__
        }


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
    together: str = ""
    """What all problems cost together, and the unexplained rest; empty where that is not known."""
    promises: tuple[PromiseRow, ...] = ()
    """The open promises that fall due first."""
    open_promises: int = 0
    """How many open promises there are in all."""


@dataclass(frozen=True, slots=True)
class Working:
    """How the cost of a problem was found: the figures it rests on, and the way in words."""

    gauges: tuple[Gauge, ...] = ()
    sentences: tuple[str, ...] = ()


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
    rules: tuple[ThemeRule, ...] = ()
    """The company's rules that its contacts are about."""
    paths: tuple[TravelledPath, ...] = ()
    """The ways through channels and answers that most of its episodes took."""


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
class Part:
    """A part of what was found: a theme, a channel, a month."""

    key: str
    name: str
    events: int
    people: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Contacts that hold the words of a query, and where most of them stand."""

    query: str
    mended: tuple[tuple[str, str], ...]
    """Words that nobody wrote, each with the one that was taken for it."""
    contacts: Figure
    more: bool
    """There are more than were counted: the figures are those of the newest."""
    rows: tuple[Sentence, ...]
    total: int
    offset: int
    themes: tuple[Part, ...]
    """By the theme's id, the most first."""
    channels: tuple[Part, ...]
    months: tuple[Part, ...]
    """By month such as 2025-03, the newest first."""

    def as_dict(self) -> dict[str, Any]:
        """Return the page as plain values, as ``goodwill search --json`` prints it."""
        return {
            "query": self.query,
            "mended": [list(pair) for pair in self.mended],
            "contacts": self.contacts.as_dict(),
            "more": self.more,
            "rows": [asdict(row) for row in self.rows],
            "themes": [asdict(part) for part in self.themes],
            "channels": [asdict(part) for part in self.channels],
            "months": [asdict(part) for part in self.months],
        }


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What a customer did after a moment, as far as the data goes."""

    bought_at: datetime | None
    wrote_at: datetime | None
    public_at: datetime | None
    watched_days: float
    """From the moment to the last one in the data."""


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """The records behind a figure."""

    table: str
    where: Mapping[str, Any]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: int
    offset: int
