"""Events: what the company did or suffered, as somebody told it. Appended, never changed.

A fix, an incident, a change and a campaign are told alike: what, since when, on which themes, and
where. Taking one back is a record of its own, so that the history of each stays readable.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from goodwill.errors import InputError, NotFound
from goodwill.tables import ACCOUNTS, EVENT_KINDS

from ._store import Store
from .privacy import redact_batch

MOST_TITLE = 300
DECLARED, RECOUNTED, WITHDRAWN = "declared", "recounted", "withdrawn"
ACTIONS = (DECLARED, RECOUNTED, WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Event:
    """A fix, incident, change or campaign, as it was last told.

    Attributes:
        event_id: Names it.
        kind: ``fix``, ``incident``, ``change`` or ``campaign``.
        title: What was done or happened.
        theme_ids: The themes whose contacts it is held against.
        started_on: First day on which it was in force.
        ended_on: Last day of it; None when it stays.
        channel: Only contacts by this channel; None for all.
        product: Only contacts on this product.
        region: Only contacts from this region.
        theme_version: Version of the themes at its declaration: its counts are of that version.
        units: First day of each unit of a staggered roll-out, by falling volume as it was drawn.
        seed: Seed by which chance gave the units their wave; None when it was no such roll-out.
        units_by: What tells the units apart: ``region``, ``product``, ``channel`` or ``ticket``.
        smallest_fall: The fall that the roll-out was said to be able to prove; None for none.
        weeks_to_proof: The weeks in which it was said to prove a halving; None for none.
        withdrawn: Whether it was taken back.
        history: When what was done with it, by whom: the oldest first.
    """

    event_id: str
    kind: str
    title: str
    theme_ids: tuple[int, ...]
    started_on: date
    ended_on: date | None = None
    channel: str | None = None
    product: str | None = None
    region: str | None = None
    theme_version: str = ""
    units: tuple[tuple[str, date], ...] = ()
    seed: int | None = None
    units_by: str = ""
    smallest_fall: float | None = None
    weeks_to_proof: float | None = None
    withdrawn: bool = False
    history: tuple[tuple[datetime, str, str], ...] = ()

    @property
    def scope(self) -> dict[str, str]:
        """Where it holds: column to value; empty for the whole company."""
        given = {"channel": self.channel, "product": self.product, "region": self.region}
        return {name: value for name, value in given.items() if value is not None}


def declare(store: Store, event: Event, *, by: str = "") -> Event:
    """Append a new event and return it with its id; ``event_id`` of what is given is not used.

    Raises:
        InputError: It has no title or theme, its kind is unknown, or it ends before it begins.
        BookLocked: Another process writes to the Book.
    """
    title = " ".join((redact_batch([event.title])[0] or "").split())[:MOST_TITLE]
    faults = []
    if not title:
        faults.append("it has no title")
    if event.kind not in EVENT_KINDS:
        faults.append(f"its kind is {event.kind!r}; one of {', '.join(EVENT_KINDS)}")
    if not event.theme_ids:
        faults.append("it names no theme")
    if event.ended_on is not None and event.ended_on < event.started_on:
        faults.append(f"it ends on {event.ended_on}, before it begins on {event.started_on}")
    if faults:
        raise InputError(
            "This cannot be declared: " + "; ".join(faults) + ".",
            hint="goodwill problems prints the ids of themes.",
        )
    ids = tuple(sorted(set(event.theme_ids)))
    new = replace(event, event_id=secrets.token_hex(6), title=title, theme_ids=ids)
    return _append(store, new, DECLARED, by)


def withdraw(store: Store, event_id: str, *, by: str = "") -> Event:
    """Take an event back: it is judged no more, and its history stays.

    Raises:
        NotFound: No event has that id, or it was taken back before.
    """
    return _append(store, _open(store, event_id), WITHDRAWN, by)


def recount(
    store: Store,
    event_id: str,
    theme_version: str,
    *,
    themes: tuple[int, ...] = (),
    by: str = "",
) -> Event:
    """Count an event by the themes as they are now; by others, where ``themes`` names any.

    Raises:
        NotFound: No event has that id, or it was taken back.
    """
    event = replace(_open(store, event_id), theme_version=theme_version)
    if themes:
        event = replace(event, theme_ids=tuple(sorted(set(themes))))
    return _append(store, event, RECOUNTED, by)


def events(store: Store) -> list[Event]:
    """Return every event as it was last told, those taken back too; in the order of their days."""
    found: dict[str, Event] = {}
    rows = store.arrow("events").to_pylist()
    for row in sorted(rows, key=lambda row: (row["recorded_at"], row["record_id"])):
        before = found[row["event_id"]].history if row["event_id"] in found else ()
        said = (row["recorded_at"], row["action"], row["by"])
        found[row["event_id"]] = _event(row, (*before, said))
    return sorted(found.values(), key=lambda event: (event.started_on, event.event_id))


def event(store: Store, event_id: str) -> Event:
    """Return one event.

    Raises:
        NotFound: No event has that id.
    """
    for each in events(store):
        if each.event_id == event_id:
            return each
    raise NotFound(f"No event has the id {event_id!r}.", hint="goodwill fixes lists them.")


def _open(store: Store, event_id: str) -> Event:
    found = event(store, event_id)
    if found.withdrawn:
        raise NotFound(
            f"The event {event_id!r} was taken back.", hint="goodwill fix declare tells it anew."
        )
    return found


def _event(row: Mapping[str, Any], history: tuple[tuple[datetime, str, str], ...]) -> Event:
    told = json.loads(row["units"]) if row["units"] else {}
    days = told.get("first_days", {})
    return Event(
        row["event_id"], row["kind"], row["title"],
        tuple(int(number) for number in row["theme_ids"].split()), row["started_on"],
        row["ended_on"], row["channel"], row["product"], row["region"], row["theme_version"],
        tuple((name, date.fromisoformat(day)) for name, day in days.items()), row["seed"],
        told.get("by", ""), told.get("smallest_fall"), told.get("weeks_to_proof"),
        row["action"] == WITHDRAWN, history,
    )  # fmt: skip


def _append(store: Store, event: Event, action: str, by: str) -> Event:
    now = datetime.now(UTC)
    record = {
        "record_id": secrets.token_hex(10), "event_id": event.event_id,
        "recorded_at": now, "by": by, "action": action, "kind": event.kind,
        "title": event.title, "theme_ids": " ".join(map(str, event.theme_ids)),
        "started_on": event.started_on, "ended_on": event.ended_on, "channel": event.channel,
        "product": event.product, "region": event.region, "theme_version": event.theme_version,
        "units": _units(event), "seed": event.seed,
    }  # fmt: skip
    table = pa.Table.from_pylist([record], schema=ACCOUNTS["events"].schema)
    with store.lock():
        store.append("events", lambda: table, str(record["record_id"]))
    said = (now, action, by)
    return replace(event, withdrawn=action == WITHDRAWN, history=(*event.history, said))


def _units(event: Event) -> str:
    """Return what was drawn and promised of a staggered roll-out, to be read back as it was."""
    if not event.units:
        return "{}"
    return json.dumps(
        {
            "by": event.units_by,
            "first_days": {name: day.isoformat() for name, day in event.units},
            "smallest_fall": event.smallest_fall,
            "weeks_to_proof": event.weeks_to_proof,
        }
    )
