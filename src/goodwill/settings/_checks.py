"""What each setting may be: one check a name; all faults are told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from goodwill.errors import SettingsError
from goodwill.settings._values import (
    ENCODERS,
    HARMS,
    PUBLISHED,
    WEEKDAYS,
    WITHIN,
    PublishedPromise,
    Settings,
)
from goodwill.tables import CHANNELS, IDENTITY_KINDS

_WEB = re.compile(r"^https?://[^/\s:@?#\[\]]+(:\d{1,5})?(/\S*)?\Z")
_HOURS = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]|24):([0-5]\d)$")


_MAIL = re.compile(r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$")


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


def _names(value: Any) -> str:
    found = _texts(value)
    if found is not None and all(sum(map(str.isalnum, each)) >= 2 for each in found):
        return ""
    return "must be a list of names of two letters and more"


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


def _country(value: Any) -> str:
    wrong = "must be the code of a country, such as DE, or DE-BY with its part, or empty"
    if not isinstance(value, str):
        return wrong
    if not value:
        return ""
    from holidays import list_supported_countries

    code, _, part = value.partition("-")
    known = list_supported_countries()
    return "" if code in known and (not part or part in known[code]) else wrong


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
        if not WITHIN.match(str(entry.get("within"))):
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


CHECKS: dict[str, Callable[[Any], str]] = {
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
    "country": _country,
    "holidays": _holidays,
    "promises": _promises,
    "vault": _is(bool, "must be true or false"),
    "upload_megabytes": _whole(1, 1_048_576, "must be a whole number between 1 and 1048576"),
    "upload_days": _whole(1, 365, "must be a number of days between 1 and 365"),
    "false_alerts_per_month": _between(0.01, 100, "must be a number between 0.01 and 100"),
    "notify_mail_to": _mails,
    "webhook_url": _web_address,
    "notify_least_contacts": _whole(0, 1_000_000, "must be a whole number, zero or more"),
    "competitors": _names,
    "encoder": lambda value: "" if value in ENCODERS else f"must be one of: {', '.join(ENCODERS)}",
    "naming_url": _web_address,
    "naming_model": _is(str, "must be text"),
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


def faults_of(values: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with each value, by the setting's name."""
    known = {field.name for field in fields(Settings)}
    faults = dict.fromkeys(sorted(set(values) - known), "no such setting")
    for name, value in values.items():
        if name in CHECKS and (fault := CHECKS[name](value)):
            faults[name] = fault
    return faults


def check(values: dict[str, Any], *, where: str) -> Settings:
    """Return the settings, or raise one `SettingsError` that names every bad value."""
    found = faults_of(values)
    faults = [
        f"{name} = {values[name]!r}: {fault}" if name in CHECKS else f"{name}: {fault}"
        for name, fault in found.items()
    ]
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
    "notify_mail_to", "competitors",
)  # fmt: skip
