"""A period, a theme and a channel, as conditions on the page tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from goodwill.days import day_begins
from goodwill.errors import InputError, NotFound
from goodwill.generations import Reader


@dataclass(frozen=True, slots=True)
class Scope:
    """What a page is asked for; ``first`` and ``last`` are moments, the last one excluded."""

    first: datetime | None = None
    last: datetime | None = None
    theme_id: int | None = None
    channel: str = ""

    def where(self, time: str, theme: bool = True, channel: bool = True) -> tuple[str, list[Any]]:
        """Return the condition on a table whose time column is ``time``, and its values."""
        parts, values = ["TRUE"], []
        for name, value in self._tests(time, theme, channel):
            parts.append(f"{name} ?")
            values.append(value)
        return " AND ".join(parts), values

    def records(self, time: str, **more: Any) -> dict[str, Any]:
        """Return the same as filters of records, beside others."""
        found = dict(more)
        if self.first is not None:
            found[f"{time}>="] = self.first.isoformat()
        if self.last is not None:
            found[f"{time}<"] = self.last.isoformat()
        if self.theme_id is not None:
            found["theme_id"] = self.theme_id
        if self.channel:
            found["channel"] = self.channel
        return found

    def _tests(self, time: str, theme: bool, channel: bool) -> list[tuple[str, Any]]:
        tests: list[tuple[str, Any]] = []
        if self.first is not None:
            tests.append((f'"{time}" >=', self.first))
        if self.last is not None:
            tests.append((f'"{time}" <', self.last))
        if theme and self.theme_id is not None:
            tests.append(("theme_id =", self.theme_id))
        if channel and self.channel:
            tests.append(("channel =", self.channel))
        return tests


def asked_for(
    reader: Reader,
    zone: str,
    since: date | None,
    until: date | None,
    theme_id: int | None,
    channel: str = "",
) -> tuple[Scope, str]:
    """Return the scope, and the theme's label.

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
    return Scope(first, last, theme_id, channel), theme


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
        FROM messages WHERE direction = 'in' AND {where}
        """,
        values,
    )[0]
