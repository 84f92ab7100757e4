"""What each setting means: its comment in the file, its place, unit and effect on the page."""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, fields
from typing import Any

from goodwill.settings._values import ENCODERS, HARMS, PUBLISHED, WEEKDAYS, Settings
from goodwill.tables import CHANNELS, IDENTITY_KINDS

COMMENTS = {
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
    "country": "Whose holidays are unlike other days, such as DE, or DE-BY; empty for none.",
    "holidays": 'Days not worked, such as ["2025-12-25"].',
    "vault": "Keep readable mails, phones and names, sealed, for follow-up.",
    "upload_megabytes": "The most that one upload on the Import page may hold.",
    "upload_days": "An upload that was not added is deleted after so many days.",
    "false_alerts_per_month": "False alerts a month that the whole company may get.",
    "notify_mail_to": 'Who is mailed when something rises, such as ["service@example.org"].',
    "webhook_url": "What rises is posted here, signed with GOODWILL_WEBHOOK_SECRET (or _FILE).",
    "notify_least_contacts": "A rise of fewer contacts is told to nobody.",
    "competitors": 'Companies that customers go to, such as ["Initech"], for the signals.',
    "encoder": "What reads messages: static, or minilm (finer, slower; goodwill[minilm]).",
    "naming_url": "Chat completions that may name new themes; they get redacted messages.",
    "naming_model": "The model that is asked there; its key is GOODWILL_NAMING_KEY (or _FILE).",
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
PROMISES = """
# What the company promises to everybody, one table each:
# [[promises]]
# words = "Delivery within 5 working days"
# what = "delivery"           # or "answer"
# within = "5 working days"   # or "24 hours", "3 days", "2 weeks"
"""


EXAMPLES = {
    "margin": 0.35, "contact_minutes": 9, "hourly_rate": 24, "acquisition_cost": 30,
    "keep_texts_months": 24, "keep_records_months": 60,
}  # fmt: skip

GROUPS: dict[str, tuple[str, ...]] = {
    "The company": ("name", "currency", "time_zone"),
    "Hours of work": ("workdays", "opening_hours", "country", "holidays"),
    "What is promised to everybody": ("promises",),
    "What a customer is worth": ("margin", "discount_rate", "horizon_weeks", "acquisition_cost"),
    "What a contact costs": ("contact_minutes", "hourly_rate"),
    "Contacts and customers": ("quiet_days", "public_channels", "shared_keys"),
    "Themes and signals": ("competitors", "encoder", "naming_url", "naming_model"),
    "Alerts": (
        "false_alerts_per_month", "notify_least_contacts", "notify_mail_to", "webhook_url",
    ),
    "Follow-ups": (
        "follow_up_rules", "follow_up_hours", "hold_back_share", "cool_down_days", "mail_from",
    ),
    "What is kept, and how long": (
        "vault", "keep_texts_months", "keep_records_months", "purge_after_hours",
    ),
    "Uploads": ("upload_megabytes", "upload_days"),
}  # fmt: skip
"""Every setting that people change, as the page groups them."""

NOW, ADD, REFRESH = "now", "add", "refresh"
"""From when a change counts: at once, from the next import, or from the next refresh."""

IRREVERSIBLE = ("keep_texts_months", "keep_records_months")
"""What removes for good at the next refresh."""

_NOW = {
    "name", "upload_megabytes", "upload_days", "purge_after_hours", "follow_up_hours",
    "cool_down_days", "mail_from", "notify_mail_to", "webhook_url",
}  # fmt: skip
_UNITS = {
    "margin": "share, 0 to 1", "discount_rate": "share a year, 0 to 1", "horizon_weeks": "weeks",
    "contact_minutes": "minutes", "hourly_rate": "of the currency, an hour",
    "acquisition_cost": "of the currency", "quiet_days": "days", "false_alerts_per_month":
    "a month", "notify_least_contacts": "contacts", "purge_after_hours": "hours",
    "keep_texts_months": "months", "keep_records_months": "months", "follow_up_hours":
    "working hours", "cool_down_days": "days", "hold_back_share": "share, 0 to 0.5",
    "upload_megabytes": "megabytes", "upload_days": "days",
}  # fmt: skip
_LABELS = {
    "name": "Name of the company", "vault": "Keep mail, phone and name for follow-up",
    "webhook_url": "Address that alerts are posted to", "notify_mail_to": "Alerts are mailed to",
    "notify_least_contacts": "Fewest contacts to tell of", "mail_from": "Mail to customers is from",
    "naming_url": "Address of a model that names themes", "naming_model": "Name of that model",
    "shared_keys": "Keys that join customers of all sources", "follow_up_rules":
    "Harm that opens a follow-up", "follow_up_hours": "A follow-up is due in",
    "hold_back_share": "Held back by chance", "cool_down_days": "Peace after a mail",
    "keep_texts_months": "Empty texts older than", "keep_records_months": "Remove rows older than",
    "purge_after_hours": "Files are left after an erasure", "promises": "Published promises",
}  # fmt: skip
OPTIONS: dict[str, tuple[str, ...]] = {
    "public_channels": tuple(CHANNELS), "workdays": WEEKDAYS, "shared_keys": tuple(IDENTITY_KINDS),
    "follow_up_rules": HARMS, "encoder": ENCODERS,
}  # fmt: skip
"""What a setting, or the entries of its list, are chosen out of."""


@dataclass(frozen=True, slots=True)
class About:
    """One setting as people are told of it."""

    name: str
    label: str
    meaning: str
    unit: str
    kind: str
    """What is typed: ``text``, ``number``, ``whole``, ``yes_no``, ``lines``, ``choice`` (one of the
    options), ``choices`` (some of them) or ``promises``."""
    when: str
    """``now``, ``add`` or ``refresh``: from when a change counts."""
    default: Any
    """None where there is none."""
    options: tuple[str, ...] = ()


def about() -> dict[str, tuple[About, ...]]:
    """Return every setting that people change, by the heading that it stands under."""
    defaults = {
        field.name: None if field.default is MISSING else field.default
        for field in fields(Settings)
    }
    types = {field.name: str(field.type) for field in fields(Settings)}
    return {
        heading: tuple(_about(name, types[name], defaults[name]) for name in names)
        for heading, names in GROUPS.items()
    }


def _about(name: str, kind: str, default: Any) -> About:
    return About(
        name=name,
        label=_LABELS.get(name, name.replace("_", " ").capitalize()),
        meaning=_plainly(COMMENTS.get(name, "What the company promises to everybody.")),
        unit=_UNITS.get(name, ""),
        kind=_kind(name, kind),
        when=NOW if name in _NOW else ADD if name == "vault" else REFRESH,
        default=default,
        options=OPTIONS.get(name, PUBLISHED if name == "promises" else ()),
    )


def _plainly(comment: str) -> str:
    """Return a comment of the file as a page says it: no brackets, no list of choices."""
    text = re.sub(r",? out of: .*\.$", ".", comment)
    return text.replace('["', "").replace('"]', "").replace('", "', " and ")


def _kind(name: str, type_: str) -> str:
    if name == "promises":
        return "promises"
    if type_.startswith("tuple"):
        return "choices" if name in OPTIONS else "lines"
    if name in OPTIONS:
        return "choice"
    for word, kind in (("bool", "yes_no"), ("int", "whole"), ("float", "number")):
        if word in type_:
            return kind
    return "text"
