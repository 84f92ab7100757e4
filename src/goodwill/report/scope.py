"""A period, a theme and a channel, as conditions on the page tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, TypedDict

from goodwill.days import day_begins
from goodwill.errors import InputError, NotFound
from goodwill.generations import Reader
from goodwill.value import CUSTOMER_SEGMENTS

PARTS = ("channel", "product", "region", "team", "segment")
"""Columns of contacts that make a part of the company."""
MOST_CHOICES = 60


class Filters(TypedDict, total=False):
    """A part of the company, by its contacts; what is left out or empty leaves all in."""

    theme_id: int | None
    channel: str
    product: str
    region: str
    team: str
    """Of the contact, or of its ticket."""
    segment: str
    """Of the customer, by his orders so far: one of `goodwill.value.CUSTOMER_SEGMENTS`."""


class Narrow(Filters, total=False):
    """A part of the company in a period; both days are of the Book's time zone and in it."""

    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a page is asked for; ``first`` and ``last`` are moments, the last one excluded."""

    first: datetime | None = None
    last: datetime | None = None
    theme_id: int | None = None
    channel: str = ""
    product: str = ""
    region: str = ""
    team: str = ""
    segment: str = ""
    """Customers by their orders so far: one of `goodwill.value.CUSTOMER_SEGMENTS`."""

    def where(self, time: str, theme: bool = True, channel: bool = True) -> tuple[str, list[Any]]:
        """Return the condition on a table whose time column is ``time``, and its values."""
        tests = self._tests(time, theme, channel)
        return " AND ".join(["TRUE", *(f"{name} ?" for name, _ in tests)]), [v for _, v in tests]

    @property
    def contacts(self) -> str:
        """The page table of contacts that lies as this asks for: by theme, or by time."""
        return "messages" if self.theme_id is not None or not self.timed else "contacts_by_time"

    @property
    def orders(self) -> str:
        """The same of order lines: by customer, or by time."""
        return "orders_by_time" if self.timed else "orders"

    @property
    def episodes(self) -> str:
        """The same of episodes: by customer, or by time."""
        return "episodes_by_time" if self.timed else "episodes"

    @property
    def timed(self) -> bool:
        """Whether it is narrowed to a period."""
        return self.has("first", "last")

    def first_of_sql(self, before: str, known: str = "TRUE") -> tuple[str, list[Any]]:
        """Return the count of those who are in the period, and its values.

        ``before`` is the moment of the line before of the same customer or order, so that nothing
        has to be held against all others: a line is the first of them in the period when the one
        before it lies before that. It holds for a period of whole customers or orders alone.
        """
        if self.first is None:
            return f"count(*) FILTER ({before} IS NULL AND {known})", []
        return f"count(*) FILTER (coalesce({before} < ?, {before} IS NULL) AND {known})", [
            self.first
        ]

    def records(self, time: str, **more: Any) -> dict[str, Any]:
        """Return the same as filters of records, beside others."""
        found = dict(more)
        if self.first is not None:
            found[f"{time}>="] = self.first.isoformat()
        if self.last is not None:
            found[f"{time}<"] = self.last.isoformat()
        if self.theme_id is not None:
            found["theme_id"] = self.theme_id
        return found | {name: value for name in PARTS if (value := getattr(self, name))}

    def has(self, *names: str) -> bool:
        """Return whether it is narrowed by any of these."""
        return any(getattr(self, name) not in (None, "") for name in names)

    def _tests(self, time: str, theme: bool, channel: bool) -> list[tuple[str, Any]]:
        tests: list[tuple[str, Any]] = []
        if self.first is not None:
            tests.append((f'"{time}" >=', self.first))
        if self.last is not None:
            tests.append((f'"{time}" <', self.last))
        if theme and self.theme_id is not None:
            tests.append(("theme_id =", self.theme_id))
        for name in PARTS:
            value = getattr(self, name)
            if value and (channel or name != "channel"):
                tests.append((f"{name} =", value))
        return tests


EVERYTHING = Scope()


def asked_for(
    reader: Reader,
    zone: str,
    since: date | None,
    until: date | None,
    theme_id: int | None,
    channel: str = "",
    parts: Mapping[str, str] = {},
) -> tuple[Scope, str]:
    """Return the scope, and the theme's label; ``parts`` are others of `PARTS`.

    Raises:
        InputError: The period ends before it begins.
        NotFound: No theme has that id, or no contact came by that channel.
    """
    if since and until and until < since:
        raise InputError("The period ends before it begins.", hint="Give --from before --to.")
    theme = ""
    if theme_id is not None:
        found = reader.rows("SELECT label FROM themes WHERE theme_id = ?", [theme_id])
        if not found:
            raise NotFound(f"No theme has the id {theme_id}.", hint="goodwill problems names them.")
        theme = found[0][0]
    if channel and channel not in channels(reader):
        raise NotFound(
            f"No contact came by the channel {channel!r}.", hint="One of: " + _list(reader)
        )
    first = day_begins(since, zone) if since else None
    last = day_begins(until + timedelta(days=1), zone) if until else None
    return Scope(first, last, theme_id, channel, **parts), theme


def scope_of(reader: Reader, zone: str, narrow: Narrow) -> tuple[Scope, str]:
    """Return the scope of a period and a part, and the theme's label, as `asked_for` does."""
    parts = {name: str(narrow.get(name) or "") for name in PARTS}
    days = narrow.get("since"), narrow.get("until")
    return asked_for(reader, zone, *days, narrow.get("theme_id"), parts.pop("channel"), parts)


@dataclass(frozen=True, slots=True)
class Choices:
    """What pages can be narrowed by: the commonest names of each part, in order."""

    channels: tuple[str, ...]
    products: tuple[str, ...]
    regions: tuple[str, ...]
    teams: tuple[str, ...]
    segments: tuple[str, ...]
    """Empty where no order came in."""


@lru_cache(maxsize=4)
def choices(reader: Reader) -> Choices:
    """Return what pages can be narrowed by; found once a generation, then kept."""
    orders = reader.rows("SELECT count(*) FROM orders")[0][0]
    return Choices(
        channels(reader),
        _names(reader, "product"),
        _names(reader, "region"),
        _names(reader, "team"),
        CUSTOMER_SEGMENTS if orders else (),
    )


def _names(reader: Reader, column: str) -> tuple[str, ...]:
    """Return the commonest products, regions or teams of contacts, by name."""
    rows = reader.rows(
        f"SELECT {column} FROM messages WHERE direction = 'in' AND {column} IS NOT NULL "
        f"GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT {MOST_CHOICES}"
    )
    return tuple(sorted(str(row[0]) for row in rows))


def channels(reader: Reader) -> tuple[str, ...]:
    """Return the channels by which customers wrote."""
    rows = reader.rows(
        "SELECT DISTINCT channel FROM messages WHERE direction = 'in' AND channel IS NOT NULL "
        "ORDER BY channel"
    )
    return tuple(row[0] for row in rows)


def _list(reader: Reader) -> str:
    return ", ".join(channels(reader)) or "none came in yet"


def covered(reader: Reader, scope: Scope) -> dict[str, Any]:
    """Return how many contacts there are, of known customers, and in an episode."""
    where, values = scope.where("at")
    return reader.dicts(
        f"""
        SELECT count(*) AS contacts, count(customer_id) AS known, count(episode_id) AS inside,
            count(DISTINCT customer_no) AS people
        FROM {scope.contacts} WHERE direction = 'in' AND {where}
        """,
        values,
    )[0]


def surveys_alone(reader: Reader) -> str:
    """Return why nothing can have been solved or asked again: answers to surveys ask nothing."""
    row = reader.rows(
        """
        SELECT count(*) > 0 AND count(*) FILTER (channel IS DISTINCT FROM 'survey') = 0
        FROM messages WHERE direction = 'in'
        """
    )
    return "Only answers to surveys came in, and they ask for nothing." if row[0][0] else ""
