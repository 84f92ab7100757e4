"""The settings of a Book: ``goodwill.toml``, read in one place and checked when it is read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from goodwill.currencies import exponent
from goodwill.durable import replacing
from goodwill.errors import BookFormat, BookMissing, SettingsError
from goodwill.tables import CHANNELS, IDENTITY_KINDS

FORMAT = 1
"""The format number of Books that this goodwill writes."""

FILE_NAME = "goodwill.toml"


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PUBLISHED = ("delivery", "answer")
"""What a published promise can be about."""

HARMS = ("broken_promise", "detractor", "public_complaint", "silent", "valuable_at_risk")
"""What a follow-up can be opened for: `goodwill.report.harmed` says when each is met."""

_WEB = re.compile(r"^https?://[^/\s:@?#\[\]]+(:\d{1,5})?(/\S*)?\Z")
_WITHIN = re.compile(r"^(\d{1,3}) (hours?|days?|working days?|weeks?)$")
_HOURS = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]|24):([0-5]\d)$")


_MAIL = re.compile(r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$")


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
        match = _WITHIN.match(self.within)
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
        holidays: Days (ISO 8601) that are not worked, whatever their day of the week.
        promises: What the company promises to everybody.
        vault: Keep readable mails, phones and names of customers, sealed, for follow-up.
        upload_megabytes: The most that one upload on the Import page may hold.
        upload_days: How long an upload that was not added stays before it is deleted.
        false_alerts_per_month: How many false alerts a month the whole company may get.
        notify_mail_to: Addresses that alerts are mailed to.
        webhook_url: Where alerts are posted to; the secret that signs comes from the environment.
        notify_least_contacts: An alert of fewer contacts is told to nobody.
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
    holidays: tuple[str, ...] = ()
    promises: tuple[PublishedPromise, ...] = ()
    vault: bool = True
    upload_megabytes: int = 2048
    upload_days: int = 7
    false_alerts_per_month: float = 2.0
    notify_mail_to: tuple[str, ...] = ()
    webhook_url: str = ""
    notify_least_contacts: int = 10
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


def _is(kind: type, text: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        good = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
        return "" if good else text

    return check


def _between(low: float, high: float, text: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return "" if number and low <= value <= high else text

    return check


def _whole(low: int, high: int, text: str) -> Callable[[Any], str]:
    inside = _between(low, high, text)
    return lambda value: inside(value) if isinstance(value, int) else text


def _currency(value: Any) -> str:
    good = isinstance(value, str) and len(value) == 3 and value.isascii() and value.isupper()
    return "" if good else "must be a code of three capital letters, such as EUR"


def _zone(value: Any) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        return "must be the IANA name of a time zone, such as Europe/Madrid"
    return ""


def _channels(value: Any) -> str:
    if isinstance(value, list | tuple) and all(v in CHANNELS for v in value):
        return ""
    return f"must be a list of channels out of {', '.join(CHANNELS)}"


def _texts(value: Any) -> list[str] | None:
    """Return a list of texts; dates of TOML as ISO 8601. None when it is something else."""
    if not isinstance(value, list | tuple):
        return None
    plain = [each.isoformat() if isinstance(each, date) else each for each in value]
    return plain if all(isinstance(each, str) for each in plain) else None


def _shared_keys(value: Any) -> str:
    kinds = _texts(value)
    if kinds is not None and all(kind in IDENTITY_KINDS for kind in kinds):
        return ""
    return f"must be a list of kinds of keys out of {', '.join(IDENTITY_KINDS)}"


def _harms(value: Any) -> str:
    kinds = _texts(value)
    if kinds is not None and all(kind in HARMS for kind in kinds):
        return ""
    return f"must be a list of kinds of harm out of {', '.join(HARMS)}"


def _address(value: Any) -> str:
    good = isinstance(value, str) and (not value or _MAIL.match(value))
    return "" if good else "must be a mail address, such as service@example.org, or empty"


def _mails(value: Any) -> str:
    found = _texts(value)
    if found is not None and all(_MAIL.fullmatch(each) for each in found):
        return ""
    return "must be a list of mail addresses, such as service@example.org"


def _web_address(value: Any) -> str:
    good = isinstance(value, str) and (not value or _WEB.match(value) is not None)
    return "" if good else "must be an address that begins with https:// or http://"


def _workdays(value: Any) -> str:
    days = _texts(value)
    if days and all(day in WEEKDAYS for day in days):
        return ""
    return f"must be a list of at least one day out of {', '.join(WEEKDAYS)}"


def _opening_hours(value: Any) -> str:
    spans = _texts(value)
    wrong = "must be a list of hours in order, such as 09:00-13:00 and 14:00-18:00"
    if spans is None:
        return wrong
    ends: list[str] = []
    for span in spans:
        match = _HOURS.match(span)
        if match is None or (match[3] == "24" and match[4] != "00"):
            return wrong
        ends += span.split("-")
    return "" if all(a < b for a, b in zip(ends, ends[1:], strict=False)) else wrong


def _holidays(value: Any) -> str:
    days = _texts(value)
    if days is not None and all(_is_day(day) for day in days):
        return ""
    return "must be a list of days such as 2025-12-25"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _promises(value: Any) -> str:
    """Return the first fault of the published promises."""
    if not isinstance(value, list | tuple):
        return "must be tables, each under [[promises]]"
    known = {field.name for field in fields(PublishedPromise)}
    for place, entry in enumerate(value, 1):
        if not isinstance(entry, Mapping):
            return "must be tables, each under [[promises]]"
        where = f"[[promises]] number {place}"
        if extra := sorted(set(entry) - known):
            return f"{where}: {', '.join(extra)}: no such setting"
        words = entry.get("words")
        if not isinstance(words, str) or not words.strip():
            return f"{where}: words must be the promise as customers read it"
        if entry.get("what") not in PUBLISHED:
            return f"{where}: what must be one of {', '.join(PUBLISHED)}"
        if not _WITHIN.match(str(entry.get("within"))):
            return f"{where}: within must be such as 24 hours, 3 days, 5 working days or 2 weeks"
        since = entry.get("since") or ""
        if since and not _is_day(since.isoformat() if isinstance(since, date) else str(since)):
            return f"{where}: since must be a day such as 2025-01-01"
        if fault := _channels(entry.get("channels", ())):
            return f"{where}: channels {fault}"
    return ""


def _published(entry: Mapping[str, Any]) -> PublishedPromise:
    since = entry.get("since") or ""
    return PublishedPromise(
        words=entry["words"],
        what=entry["what"],
        within=entry["within"],
        since=since.isoformat() if isinstance(since, date) else str(since),
        channels=tuple(entry.get("channels", ())),
    )


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


_CHECKS: dict[str, Callable[[Any], str]] = {
    "book_id": _is(str, "must be text"),
    "name": _is(str, "must be text"),
    "currency": _currency,
    "time_zone": _zone,
    "margin": _between(0, 1, "must be a share between 0 and 1"),
    "discount_rate": _between(0, 1, "must be a yearly rate between 0 and 1"),
    "horizon_weeks": _between(1, 1040, "must be a number of weeks between 1 and 1040"),
    "contact_minutes": _between(0, 10_000, "must be a number of minutes"),
    "hourly_rate": _between(0, 1e9, "must be an amount of the currency, zero or more"),
    "acquisition_cost": _between(0, 1e9, "must be an amount of the currency, zero or more"),
    "quiet_days": _between(1, 365, "must be a number of days between 1 and 365"),
    "public_channels": _channels,
    "workdays": _workdays,
    "opening_hours": _opening_hours,
    "holidays": _holidays,
    "promises": _promises,
    "vault": _is(bool, "must be true or false"),
    "upload_megabytes": _whole(1, 1_048_576, "must be a whole number between 1 and 1048576"),
    "upload_days": _whole(1, 365, "must be a number of days between 1 and 365"),
    "false_alerts_per_month": _between(0.01, 100, "must be a number between 0.01 and 100"),
    "notify_mail_to": _mails,
    "webhook_url": _web_address,
    "notify_least_contacts": _whole(0, 1_000_000, "must be a whole number, zero or more"),
    "shared_keys": _shared_keys,
    "purge_after_hours": _between(0, 720, "must be a number of hours between 0 and 720"),
    "keep_texts_months": _whole(1, 1200, "must be a whole number of months between 1 and 1200"),
    "keep_records_months": _whole(1, 1200, "must be a whole number of months between 1 and 1200"),
    "follow_up_rules": _harms,
    "follow_up_hours": _whole(1, 400, "must be a whole number of hours between 1 and 400"),
    "cool_down_days": _whole(0, 730, "must be a whole number of days between 0 and 730"),
    "hold_back_share": _between(0, 0.5, "must be a share between 0 and 0.5"),
    "mail_from": _address,
    "simulated": _is(bool, "must be true or false"),
    "key_fingerprint": _is(str, "must be text"),
    "format": _is(int, "must be a whole number"),
}


def check(values: dict[str, Any], *, where: str) -> Settings:
    """Return the settings, or raise one `SettingsError` that names every bad value."""
    known = {field.name for field in fields(Settings)}
    faults = [f"{name}: no such setting" for name in sorted(set(values) - known)]
    for name, value in values.items():
        if name in _CHECKS and (fault := _CHECKS[name](value)):
            faults.append(f"{name} = {value!r}: {fault}")
    faults += [f"{name}: is missing" for name in ("book_id", "name") if name not in values]
    if faults:
        raise SettingsError(
            f"{where} cannot be used:\n  " + "\n  ".join(faults),
            hint=f"Correct the lines in {where}; docs/settings.md lists every setting.",
        )
    clean = dict(values)
    for name in _LISTS:
        if name in clean:
            clean[name] = tuple(_texts(clean[name]) or ())
    clean["promises"] = tuple(_published(entry) for entry in clean.get("promises", ()))
    return Settings(**clean)


_LISTS = (
    "public_channels", "workdays", "opening_hours", "holidays", "shared_keys", "follow_up_rules",
    "notify_mail_to",
)  # fmt: skip


def read(folder: Path) -> Settings:
    """Return the settings of the Book in ``folder``.

    Raises:
        BookMissing: The folder holds no ``goodwill.toml``.
        BookFormat: The Book has another format number.
        SettingsError: A value cannot be used.
    """
    path = folder / FILE_NAME
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BookMissing(
            f"There is no Book in {folder}.", hint=f"Make one with: goodwill init {folder}"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path} is not valid TOML: {error}", hint="Correct that line and try again."
        ) from error
    number = values.get("format")
    if isinstance(number, int) and number != FORMAT:
        newer = number > FORMAT
        raise BookFormat(
            f"The Book in {folder} has format {number}; this goodwill writes format {FORMAT}.",
            hint="Install a newer goodwill: pip install --upgrade goodwill"
            if newer
            else f"Migrate it with: goodwill doctor --migrate {folder}",
        )
    return check(values, where=str(path))


def write(folder: Path, settings: Settings) -> None:
    """Write ``goodwill.toml`` whole: readers see the old file or the new one."""
    with replacing(folder / FILE_NAME) as out:
        out.write(_toml(settings).encode())


_COMMENTS = {
    "format": "The Book's format number. Leave it as it is.",
    "book_id": "Names the key file that lies outside this folder. Leave it as it is.",
    "key_fingerprint": "Tells whether a key is this Book's own. Leave it as it is.",
    "name": "The company, as the pages call it.",
    "currency": "Amounts in other currencies are kept, and left out of sums.",
    "time_zone": "Days and weeks are of this zone; so are times that come without an offset.",
    "margin": "Share of revenue left after the cost of goods, 0-1. Without it, value is revenue.",
    "discount_rate": "Yearly rate at which future money is discounted.",
    "horizon_weeks": "How many weeks ahead lifetime value looks.",
    "contact_minutes": "Minutes of work that a customer's contact takes, with the replies to it.",
    "hourly_rate": "What an hour of that work costs. Without both, cost to serve is refunds alone.",
    "acquisition_cost": "What it costs to win one customer, to compare with keeping one.",
    "quiet_days": "An episode ends after so many days without a contact.",
    "public_channels": f"Channels that anyone can read, out of: {', '.join(CHANNELS)}.",
    "workdays": "Days of the week on which the company works.",
    "opening_hours": 'Hours worked on them, such as ["09:00-13:00", "14:00-18:00"].',
    "holidays": 'Days not worked, such as ["2025-12-25"].',
    "vault": "Keep readable mails, phones and names, sealed, for follow-up.",
    "upload_megabytes": "The most that one upload on the Import page may hold.",
    "upload_days": "An upload that was not added is deleted after so many days.",
    "false_alerts_per_month": "False alerts a month that the whole company may get.",
    "notify_mail_to": 'Who is mailed when something rises, such as ["service@example.org"].',
    "webhook_url": "What rises is posted here, signed with GOODWILL_WEBHOOK_SECRET (or _FILE).",
    "notify_least_contacts": "A rise of fewer contacts is told to nobody.",
    "shared_keys": "Keys that mean the same in every source; add order where numbers do.",
    "purge_after_hours": "After an erasure, files that a reader may need are left for so long.",
    "keep_texts_months": "Older texts are emptied, once set; their rows stay. It cannot be undone.",
    "keep_records_months": "Older rows are removed, once set. It cannot be undone.",
    "follow_up_rules": f"What opens a follow-up at a refresh, out of: {', '.join(HARMS)}.",
    "follow_up_hours": "Working hours in which a follow-up is due.",
    "cool_down_days": "After a mail, a customer is left in peace for so many days.",
    "hold_back_share": "Share not followed up, at random, to measure what it does; try 0.1.",
    "mail_from": "The address from which the desk writes to customers.",
    "simulated": "True for a demo company: every page then says so.",
}
_PROMISES = """
# What the company promises to everybody, one table each:
# [[promises]]
# words = "Delivery within 5 working days"
# what = "delivery"           # or "answer"
# within = "5 working days"   # or "24 hours", "3 days", "2 weeks"
"""


_EXAMPLES = {
    "margin": 0.35, "contact_minutes": 9, "hourly_rate": 24, "acquisition_cost": 30,
    "keep_texts_months": 24, "keep_records_months": 60,
}  # fmt: skip


def _toml(settings: Settings) -> str:
    lines = []
    for name, comment in _COMMENTS.items():
        value = getattr(settings, name)
        lines.append(f"# {comment}")
        example = f"# {name} = {_EXAMPLES.get(name)}"
        lines.append(example if value is None else f"{name} = {_literal(value)}")
    text = "\n".join(lines) + "\n" + _PROMISES
    for promise in settings.promises:
        text += "\n[[promises]]\n"
        for field in fields(PublishedPromise):
            if value := getattr(promise, field.name):
                text += f"{field.name} = {_literal(value)}\n"
    return text


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        control = {c: f"\\u{ord(c):04x}" for c in map(chr, [*range(32), 127]) if c in escaped}
        return '"' + "".join(control.get(c, c) for c in escaped) + '"'
    if isinstance(value, tuple):
        return "[" + ", ".join(_literal(v) for v in value) + "]"
    return repr(value)
