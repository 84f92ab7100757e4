"""The form that corrects a mapping: from a draft to rows of a page, and back from what was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import QueryDict

from goodwill.records import Choice, Draft, Part, kind_of
from goodwill.tables import (
    AUTHOR_ROLES,
    CHANNELS,
    DIRECTIONS,
    IDENTITY_KINDS,
    ORDER_KINDS,
    RATING_SCALES,
)

TABLES = ("contacts", "orders", "threads", "subscriptions")
"""Tables that a form offers beside those that the mapping has."""
ABOUT = {
    "contacts": "messages, reviews, survey answers",
    "orders": "money moved or due",
    "threads": "tickets as the help desk saw them",
    "thread_events": "changes of a ticket's state",
    "subscriptions": "contracts",
}
COMMON = {
    "contacts": ("at", "text", "customer_ref", "contact_id", "channel", "subject", "thread_id",
                 "direction", "rating", "rating_scale", "order_id"),
    "orders": ("at", "amount", "customer_ref", "order_number", "currency", "kind", "product",
               "promised_at", "delivered_at"),
    "threads": ("thread_id", "opened_at", "first_reply_at", "solved_at", "status", "customer_ref"),
    "thread_events": ("thread_id", "at", "status"),
    "subscriptions": ("subscription_id", "started_at", "ended_at", "customer_ref", "amount"),
}  # fmt: skip
NEEDED = {
    "contacts": ("at",), "orders": ("at", "amount"), "threads": ("thread_id",),
    "thread_events": ("thread_id", "at"), "subscriptions": ("subscription_id", "started_at"),
}  # fmt: skip
WORDS = {
    "channel": CHANNELS, "direction": DIRECTIONS, "author_role": AUTHOR_ROLES,
    "rating_scale": RATING_SCALES, "kind": ORDER_KINDS,
}  # fmt: skip
MEANS = {
    "at": "when it happened", "text": "the message itself", "customer_ref": "who the customer is",
    "contact_id": "the message's own number", "thread_id": "the ticket or conversation",
    "channel": "email, chat, phone …", "direction": "in from the customer, out to him",
    "amount": "in the currency itself", "order_number": "as customers quote it",
    "promised_at": "delivery date promised", "delivered_at": "delivery date that came true",
    "rating_scale": "nps, csat5, ces7, stars5, thumbs", "kind": "order, refund, fee …",
    "currency": "three letters",
}  # fmt: skip
KEEP = "rule:keep"
WIDE = 60
"""Columns beyond which they are typed, with a list of all, and not chosen from a menu each."""
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the form."""

    name: str
    id: str
    kind: str
    needed: bool
    means: str
    chosen: str
    column: str
    rule: str
    value: str
    order: str
    zone: str
    decimal: str
    hundredths: bool
    words: tuple[str, ...]

    @property
    def is_amount(self) -> bool:
        """Whether it may be written in hundredths."""
        return self.name in ("amount", "margin")


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one table: those in use and common ones, then the rest."""

    key: str
    table: str
    title: str
    about: str
    used: bool
    lines: tuple[Field, ...]
    more: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of the form."""

    source: str
    columns: tuple[tuple[str, str, str, bool], ...]
    """Value, name and shape of each column, and whether it holds names of persons."""
    sections: tuple[Section, ...]
    identities: tuple[tuple[str, str, str, str], ...]
    """Kind, chosen value, column, and the further columns that stay."""

    @property
    def wide(self) -> bool:
        """Whether the file has too many columns for menus."""
        return len(self.columns) > WIDE


def sheet_of(draft: Draft, columns: Sequence[str], shapes: Mapping[str, Sequence[str]]) -> Sheet:
    """Return the form for a draft."""
    value_of = {name: f"c{place}" for place, name in enumerate(columns)}
    parts = list(draft.parts)
    have = {part.table for part in parts}
    parts += [Part(table, table, {}) for table in TABLES if table not in have]
    tables = [part.table for part in parts]
    sections = []
    for place, part in enumerate(parts):
        again = tables[:place].count(part.table)
        title = part.table.replace("_", " ").capitalize() + (f" ({again + 1})" if again else "")
        lines: list[Field] = []
        more: list[Field] = []
        shown = COMMON.get(part.table, ())
        for name in (*shown, *(n for n in part.fields if n not in shown)):
            line = _line(part, name, value_of)
            (lines if name in shown or name in part.choices else more).append(line)
        sections.append(
            Section(
                part.key, part.table, title, ABOUT.get(part.table, ""), bool(part.choices),
                tuple(lines), tuple(more),
            )
        )  # fmt: skip
    return Sheet(
        draft.source,
        tuple(
            (value, name, ", ".join(shapes.get(name, ())), name in draft.names)
            for name, value in value_of.items()
        ),
        tuple(sections),
        tuple(
            (kind, value_of.get(found[0], "") if found else "", found[0] if found else "",
             ", ".join(found[1:]))
            for kind in IDENTITY_KINDS
            for found in [draft.identities.get(kind, ())]
        ),
    )  # fmt: skip


def _line(part: Part, name: str, value_of: Mapping[str, str]) -> Field:
    choice = part.choices.get(name, Choice())
    chosen = value_of.get(choice.column, "") if choice.column else KEEP if choice.rule else ""
    return Field(
        name,
        f"{part.key}.{name}",
        kind_of(part.table, name),
        name in NEEDED.get(part.table, ()),
        MEANS.get(name, ""),
        chosen,
        choice.column or (KEEP if choice.rule else ""),
        choice.rule,
        choice.value,
        choice.order,
        choice.zone,
        choice.decimal,
        choice.hundredths,
        WORDS.get(name, ()),
    )


def draft_from(sent: QueryDict, before: Draft, columns: Sequence[str]) -> tuple[Draft, list[str]]:
    """Return the draft that a form brought, and what is wrong with it, in words."""
    faults: list[str] = []
    known = list(before.parts)
    known += [Part(t, t, {}) for t in TABLES if t not in {part.table for part in before.parts}]
    parts = []
    for part in known:
        choices = {}
        for name in part.fields:
            choice = _sent(sent, part, name, columns, faults)
            if not choice.empty:
                choices[name] = choice
        if choices:
            lacking = [name for name in NEEDED.get(part.table, ()) if name not in choices]
            if lacking:
                table = part.table.replace("_", " ")
                faults.append(f"{table} need a column for {' and '.join(lacking)}")
        parts.append(Part(part.key, part.table, choices))
    if not any(part.choices for part in parts):
        faults.append("nothing is taken from this file: choose a column for at least one table")
    identities = {}
    for kind in IDENTITY_KINDS:
        chosen = _column(sent, f"identity.{kind}", columns, kind, faults)
        had = before.identities.get(kind, ())
        identities[kind] = had if had and had[0] == chosen else ((chosen,) if chosen else ())
    ticked = set(sent.getlist("names"))
    names = tuple(name for place, name in enumerate(columns) if f"c{place}" in ticked)
    source = "".join(c for c in sent.get("source", "").strip() if c.isprintable())
    return Draft(source[:80] or before.source, tuple(parts), identities, names), faults


def _sent(
    sent: QueryDict, part: Part, name: str, columns: Sequence[str], faults: list[str]
) -> Choice:
    key = f"{part.key}.{name}"
    before = part.choices.get(name, Choice())
    label = f"{part.table}, {name}"
    value = sent.get(f"{key}.value", "").strip()
    if KEEP in (sent.get(key), sent.get(f"{key}.typed")) and not value:
        return before if before.rule else Choice()
    if value:
        if len(value) > _LONGEST or not value.isprintable():
            faults.append(f"{label}: this value cannot be used")
        elif name in WORDS and value not in WORDS[name]:
            faults.append(f"{label}: one of {', '.join(WORDS[name])} is meant")
        return Choice(value=value)
    column = _column(sent, key, columns, label, faults)
    if not column:
        return Choice()
    order, decimal = sent.get(f"{key}.order", ""), sent.get(f"{key}.decimal", "")
    zone = sent.get(f"{key}.zone", "").strip()
    if order not in ("", "dmy", "mdy"):
        faults.append(f"{label}: day first or month first is meant")
    if decimal not in ("", ",", "."):
        faults.append(f"{label}: decimal comma or point is meant")
    if zone and not _is_zone(zone):
        faults.append(f"{label}: {zone!r} is no time zone; one such as Europe/Madrid is meant")
    hundredths = sent.get(f"{key}.hundredths") == "on"
    return Choice(column, order=order, zone=zone, decimal=decimal, hundredths=hundredths)


def _column(
    sent: QueryDict, key: str, columns: Sequence[str], label: str, faults: list[str]
) -> str:
    """Return the column that was chosen by its place, or typed by its name."""
    chosen, typed = sent.get(key, ""), sent.get(f"{key}.typed", "").strip()
    if not chosen and not typed:
        return ""
    if typed in columns:
        return typed
    place = chosen[1:] if chosen.startswith("c") and chosen[1:].isdecimal() else ""
    if place and len(place) < 6 and int(place) < len(columns):
        return columns[int(place)]
    faults.append(f"{label}: the file has no such column")
    return ""


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except Exception:  # ZoneInfo raises several kinds for names that are none
        return False
    return True
