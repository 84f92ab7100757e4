"""The digest: rises and returns that nobody was told of yet, the surest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from goodwill.currencies import major
from goodwill.report import Alert, AlertsPage, Fix


@dataclass(frozen=True, slots=True)
class Item:
    """One matter of a digest.

    Attributes:
        key: Names the matter: an alert's id, or ``fix:`` and an event's id.
        state: The last day on which it was raised; a later one means that it grew.
        title: What rises, or which problem has returned.
        since: When it began.
        grew: Whether it was told before.
        sure: Whether it is among those of which at most a tenth is expected to be false.
        contacts: Contacts since it began; None of a return.
        people: Known customers among them.
        times: Contacts over those expected.
        parts: Narrower segments that drive it.
        value: Lifetime value of these people, in words; empty when unknown.
        phrases: Words that came up in it, said by at least five people.
        hour: Of one seen by the hour, the time of day when it began.
    """

    key: str
    state: date
    title: str
    since: date
    grew: bool
    sure: bool
    contacts: int | None = None
    people: int | None = None
    times: float | None = None
    parts: tuple[str, ...] = ()
    value: str = ""
    phrases: tuple[str, ...] = ()
    hour: str = ""

    def words(self) -> str:
        """Return the matter in one line."""
        what = "has grown since" if self.grew else "since"
        if self.contacts is None:
            return f"{self.title}: the problem was fixed, and has returned since {self.since}."
        when = f"{self.since} {self.hour}".strip()
        line = f"{self.title}: {what} {when}, {self.contacts:,} contacts"
        if self.people:
            line += f" of {self.people:,} people"
        if self.times is not None:
            line += f", {self.times:.1f} times the expected"
        if self.parts:
            line += f"; most of it: {'; '.join(self.parts)}"
        if self.value:
            line += f"; these people are worth {self.value}"
        if self.phrases:
            line += "; new words: " + ", ".join(f"“{phrase}”" for phrase in self.phrases)
        return line + "."


@dataclass(frozen=True, slots=True)
class Digest:
    """What is to be told now."""

    company: str
    items: tuple[Item, ...]
    promise: str
    """The stated rate of false alerts, in one sentence."""

    @property
    def subject(self) -> str:
        """The subject of its mail."""
        first = self.items[0].title
        more = f" and {len(self.items) - 1} more" if len(self.items) > 1 else ""
        return f"[{self.company}] {first}{more}"

    @property
    def text(self) -> str:
        """The text of its mail; it holds no sentence of a customer."""
        lines = [f"- {item.words()}{'' if item.sure else ' (less sure)'}" for item in self.items]
        end = [self.promise] if self.promise else []
        return "\n\n".join(["\n".join(lines), *end, "goodwill alerts shows them with their words."])

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as the webhook sends them."""
        items = [
            asdict(item) | {
                "state": item.state.isoformat(), "since": item.since.isoformat(),
                "words": item.words(),
            }
            for item in self.items
        ]  # fmt: skip
        return {"company": self.company, "items": items, "promise": self.promise}


def digest(
    company: str, page: AlertsPage, fixes: Sequence[Fix], told: Mapping[str, date], *, least: int
) -> Digest:
    """Return what was not told yet, or has grown since it was.

    Problems that returned come first, then alerts: those that e-BH keeps at a tenth, over all
    series, before the others, and each by its evidence.

    Args:
        company: Its name.
        page: The alerts of now.
        fixes: All events with their verdicts.
        told: For each matter the state of which it was told.
        least: Contacts that an alert must have to be told.
    """
    items = [
        Item(f"fix:{f.event_id}", f.returned_on, ", ".join(label for _, label in f.themes),
             f.returned_on, False, True)
        for f in fixes
        if f.returned_on is not None and f.state == "returned"
        and f"fix:{f.event_id}" not in told
    ]  # fmt: skip
    rising = []
    for alert in page.now:
        state = alert.last_raised
        contacts = int(alert.figures["contacts"].value or 0)
        before = told.get(alert.alert_id)
        if contacts < least or (before is not None and state <= before):
            continue
        rising.append(
            Item(
                alert.alert_id, state, alert.title, alert.since, before is not None, alert.sure,
                contacts, alert.figures["contacts"].people, alert.figures["times_expected"].value,
                tuple(part.title for part in alert.parts[:3]),
                _worth(alert), alert.phrases, alert.since_hour,
            )
        )  # fmt: skip
    # The page has them by falling evidence; those kept by e-BH are the first of them.
    return Digest(company, (*items, *sorted(rising, key=lambda item: not item.sure)), page.promise)


def _worth(alert: Alert) -> str:
    figure = alert.figures.get("value_touched")
    if figure is None or figure.value is None:
        return ""
    currency = figure.unit.removeprefix("minor:")
    return f"{major(figure.value, currency):,.0f} {currency}"
