"""What a company tells goodwill about itself, as frozen values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from goodwill.currencies import exponent
from goodwill.errors import SettingsError

FORMAT = 1
"""The format number of Books that this goodwill writes."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PUBLISHED = ("delivery", "answer")
"""What a published promise can be about."""

HARMS = ("broken_promise", "detractor", "public_complaint", "silent", "valuable_at_risk")
"""What a follow-up can be opened for: `goodwill.report.harmed` says when each is met."""

ENCODERS = ("static", "minilm")
"""What can read messages: the shipped table of words, or MiniLM (goodwill[minilm])."""

WITHIN = re.compile(r"^(\d{1,3}) (hours?|days?|working days?|weeks?)$")


@dataclass(frozen=True, slots=True)
class PublishedPromise:
    """What the company promises to everybody, such as "delivery within 5 working days".

    Attributes:
        words: The promise as customers read it.
        what: ``delivery`` (of each order without a date of its own) or ``answer`` (to the first
            contact of each conversation).
        within: ``24 hours``, ``3 days``, ``5 working days``, ``2 weeks``.
        since: The first day (ISO 8601) on which it was given; empty when it always was.
        channels: For answers: the channels that it holds for; none is all but review and survey.
    """

    words: str
    what: str
    within: str
    since: str = ""
    channels: tuple[str, ...] = ()

    @property
    def span(self) -> tuple[int, str]:
        """How many of which unit: ``hours``, ``days`` or ``working days``."""
        match = WITHIN.match(self.within)
        if match is None:
            raise SettingsError(f"within = {self.within!r} cannot be read.")
        count, unit = int(match[1]), match[2].rstrip("s") + "s"
        return (7 * count, "days") if unit == "weeks" else (count, unit)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a company tells goodwill about itself.

    Attributes:
        book_id: Names the key file that lies outside the Book; never changes.
        name: The company, as the pages call it.
        currency: ISO 4217 code; amounts in other currencies are kept and left out of sums.
        time_zone: IANA name; days and weeks are of this zone, as are times without an offset.
        margin: Share of revenue that is left after the cost of goods, 0-1; None when unknown:
            then lifetime value is revenue, and says so.
        discount_rate: Yearly rate at which future money is discounted, 0-1.
        horizon_weeks: How far ahead lifetime value looks.
        contact_minutes: Minutes of work that a customer's contact takes; None when unknown.
        hourly_rate: What an hour of that work costs, in the currency; None when unknown: then
            cost to serve is what was paid back alone.
        acquisition_cost: What it costs to win one customer, in the currency; None when unknown.
        quiet_days: An episode ends after so many days without a contact.
        public_channels: Channels whose contacts anyone can read.
        workdays: Days of the week on which the company works.
        opening_hours: Hours worked on them, such as 09:00-13:00 and 14:00-18:00; a break is what
            lies between two. None means that only whole working days are counted.
        country: Code of the country (ISO 3166-1), with its part after a hyphen, whose holidays the
            watch expects to be unlike other days; empty for none.
        holidays: Days (ISO 8601) that are not worked, whatever their day of the week.
        promises: What the company promises to everybody.
        vault: Keep readable mails, phones and names of customers, sealed, for follow-up.
        upload_megabytes: The most that one upload on the Import page may hold.
        upload_days: How long an upload that was not added stays before it is deleted.
        false_alerts_per_month: How many false alerts a month the whole company may get.
        notify_mail_to: Addresses that alerts are mailed to.
        webhook_url: Where alerts are posted to; the secret that signs comes from the environment.
        notify_least_contacts: An alert of fewer contacts is told to nobody.
        competitors: Names of companies that customers go to; the signals of competitors know them.
        encoder: What reads messages for themes and complaints, out of `ENCODERS`.
        naming_url: Chat completions of a language model that may name new themes; empty is off.
        naming_model: The model that is asked there.
        shared_keys: Kinds of keys that mean the same in every source; they join customers.
        purge_after_hours: After an erasure, how long files that a reader may need are left.
        keep_texts_months: Texts of customers older than so many months are emptied; None keeps
            them for ever.
        keep_records_months: Rows older than so many months are removed; None keeps them for ever.
        follow_up_rules: What opens a follow-up by itself at a refresh, out of `HARMS`.
        follow_up_hours: Working hours in which a follow-up is due.
        cool_down_days: After a mail, a customer is left in peace for so many days.
        hold_back_share: Share (0-0.5) of what the rules find that is not followed up, drawn at
            random, so that what following up does can be measured.
        mail_from: The address from which the desk writes to customers; empty means it cannot.
        simulated: True for the demo company; every page says so.
        key_fingerprint: Tells whether the key that is found is the Book's own.
        format: The Book's format number.
    """

    book_id: str
    name: str
    currency: str = "EUR"
    time_zone: str = "UTC"
    margin: float | None = None
    discount_rate: float = 0.10
    horizon_weeks: int = 104
    contact_minutes: float | None = None
    hourly_rate: float | None = None
    acquisition_cost: float | None = None
    quiet_days: int = 14
    public_channels: tuple[str, ...] = ("social", "review")
    workdays: tuple[str, ...] = WEEKDAYS[:5]
    opening_hours: tuple[str, ...] = ()
    country: str = ""
    holidays: tuple[str, ...] = ()
    promises: tuple[PublishedPromise, ...] = ()
    vault: bool = True
    upload_megabytes: int = 2048
    upload_days: int = 7
    false_alerts_per_month: float = 2.0
    notify_mail_to: tuple[str, ...] = ()
    webhook_url: str = ""
    notify_least_contacts: int = 10
    competitors: tuple[str, ...] = ()
    encoder: str = "static"
    naming_url: str = ""
    naming_model: str = ""
    shared_keys: tuple[str, ...] = ("email", "phone")
    purge_after_hours: float = 24.0
    keep_texts_months: int | None = None
    keep_records_months: int | None = None
    follow_up_rules: tuple[str, ...] = ()
    follow_up_hours: int = 8
    cool_down_days: int = 30
    hold_back_share: float = 0.0
    mail_from: str = ""
    simulated: bool = False
    key_fingerprint: str = ""
    format: int = FORMAT

    @property
    def contact_cost(self) -> float | None:
        """What the work on one contact costs, in the currency's minor unit; None when unknown."""
        if self.contact_minutes is None or self.hourly_rate is None:
            return None
        return self.contact_minutes / 60 * self.hourly_rate * 10.0 ** exponent(self.currency)


def spans_of(opening_hours: tuple[str, ...]) -> tuple[tuple[time, time], ...]:
    """Return opening hours as times; 24:00 is the day's last microsecond.

    >>> spans_of(("09:00-13:30",))
    ((datetime.time(9, 0), datetime.time(13, 30)),)
    """
    ends = [tuple(span.split("-")) for span in opening_hours]
    return tuple(
        (time.fromisoformat(first), time.max if last == "24:00" else time.fromisoformat(last))
        for first, last in ends
    )
