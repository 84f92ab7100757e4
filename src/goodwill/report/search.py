"""Searching what customers wrote: words, phrases and meaning, and counts beside them."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from operator import itemgetter
from pathlib import Path
from typing import Any

from goodwill.errors import InputError, NotEnoughData
from goodwill.figures import Figure
from goodwill.generations import Reader
from goodwill.report.search_index import INDEX
from goodwill.report.search_words import understood
from goodwill.report.shapes import Part, SearchPage, Sentence

COUNTED = 5_000
"""Contacts that are counted at most: the newest; a word in more of them is one in all of them."""
COUNTED_ALIKE = 1_000
"""Contacts like it that are counted at most, where not so many hold the words themselves."""
SLICES = 12


def search(
    reader: Reader,
    folder: Path,
    query: str,
    *,
    theme_id: int | None = None,
    channel: str = "",
    month: str = "",
    exact: bool = False,
    leave_out: Collection[str] = (),
    offset: int = 0,
    limit: int = 20,
) -> SearchPage:
    """Return the contacts of customers that hold all words of a query, then those that are like it.

    Like it are contacts that hold, for each word that says something, the word, another form of
    it, or one that means nearly the same; behind them, of queries with three such words and more,
    those that lack one. Each kind has the newest first.

    Args:
        reader: The generation.
        folder: The generation's.
        query: Words, "phrases in quotes", words with a ``*`` for any ending, words after a ``-``
            that must not be there.
        theme_id: Only this theme's.
        channel: Only this channel's.
        month: Only this month's, such as 2025-03 (UTC).
        exact: Nothing but the words themselves.
        leave_out: Words that are not taken for words of the query.
        offset: Contacts to pass over.
        limit: Contacts to return at most.

    Raises:
        InputError: The query holds no word, or too many; the month is none; or no contact has the
            theme or the channel.
        NotEnoughData: This generation was made before there was an index.
    """
    path = folder / INDEX
    if not path.exists():
        raise NotEnoughData("There is no index of words yet.", hint="goodwill refresh")
    labels = dict(reader.rows("SELECT theme_id, label FROM themes"))
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as index:
        names = dict(index.execute("SELECT id, name FROM channels").fetchall())
        _need_known(theme_id, labels, channel, names.values())
        asked = understood(index, query, exact=exact, leave_out=leave_out)
        parts: list[str] = []
        values: list[Any] = []
        if theme_id is not None:
            parts, values = [*parts, "AND c.theme = ?"], [*values, theme_id]
        if channel:
            parts.append("AND c.channel = (SELECT id FROM channels WHERE name = ?)")
            values.append(channel)
        if month:
            parts, values = [*parts, "AND c.month = ?"], [*values, _month(month)]
        sql = f"""
            SELECT c.place, c.theme, c.channel, c.month, c.person
            FROM words JOIN contacts c ON c.id = words.rowid
            WHERE words MATCH ? {" ".join(parts)} ORDER BY words.rowid DESC LIMIT ?
        """
        rows = index.execute(sql, [asked.words, *values, COUNTED + 1]).fetchall()
        more, rows = len(rows) > COUNTED, rows[:COUNTED]
        like: list[tuple[Any, ...]] = []
        for terms in () if more else asked.alike:
            left = COUNTED_ALIKE + 1 - len(like)
            like += index.execute(sql, [terms, *values, left]).fetchall() if left else []
    held, more_alike = len(rows), len(like) > COUNTED_ALIKE
    rows += like[:COUNTED_ALIKE]
    shown = [row[0] for row in rows[offset : offset + limit]]
    return SearchPage(
        query=query,
        mended=asked.mended,
        contacts=_figure("contacts_found", rows[:held]),
        alike=_figure("contacts_alike", rows[held:]),
        added=asked.added,
        more=more,
        more_alike=more_alike,
        rows=_sentences(reader, shown, max(held - offset, 0)),
        total=len(rows),
        offset=offset,
        themes=_slices(rows, 1, labels),
        channels=_slices(rows, 2, names),
        months=_months(rows),
    )


def _need_known(
    theme_id: int | None, themes: Mapping[int, str], channel: str, channels: Iterable[str]
) -> None:
    if theme_id is not None and theme_id not in themes:
        raise InputError(f"No theme has the id {theme_id}.", hint="`goodwill themes` lists them.")
    if channel and channel not in set(channels):
        known = ", ".join(sorted(channels))
        raise InputError(
            f"No contact came by the channel {channel!r}.", hint=f"There are: {known or 'none'}."
        )


def _figure(definition: str, rows: list[tuple[Any, ...]]) -> Figure:
    named = [row[4] for row in rows if row[4] is not None]
    return Figure(
        len(rows), "contacts", definition, people=len(set(named)), events=len(rows),
        coverage=len(named) / len(rows) if rows else None,
    )  # fmt: skip


def _month(text: str) -> int:
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
    if match is None:
        raise InputError(f"{text!r} is no month.", hint="Such as 2025-03.")
    return int(match[1]) * 12 + int(match[2]) - 1


def _counts(rows: list[tuple[Any, ...]], at: int) -> tuple[Counter[int], Counter[int]]:
    """Return how many contacts and how many known people each value of a column has."""
    events = Counter(map(itemgetter(at), rows))
    people = Counter(key for key, who in set(map(itemgetter(at, 4), rows)) if who is not None)
    del events[None]
    return events, people


def _slices(rows: list[tuple[Any, ...]], at: int, names: dict[int, str]) -> tuple[Part, ...]:
    events, people = _counts(rows, at)
    most = sorted(events, key=lambda key: (-events[key], key))[:SLICES]
    return tuple(
        Part(str(key) if at == 1 else names.get(key, ""), names.get(key) or "none", events[key],
             people[key])
        for key in most
    )  # fmt: skip


def _months(rows: list[tuple[Any, ...]]) -> tuple[Part, ...]:
    events, people = _counts(rows, 3)
    newest = sorted(events, reverse=True)[: 2 * SLICES]
    return tuple(
        Part(f"{key // 12}-{key % 12 + 1:02}", f"{key // 12}-{key % 12 + 1:02}", events[key],
             people[key])
        for key in newest
    )  # fmt: skip


def _sentences(reader: Reader, places: list[int], held: int) -> tuple[Sentence, ...]:
    """Return the texts in these places; the first ``held`` of them hold the words themselves."""
    if not places:
        return ()
    found = reader.dicts(
        f"""
        SELECT rowid AS place, source, contact_id, subject, text, "at", channel, customer_id
        FROM messages WHERE rowid IN ({", ".join(str(int(place)) for place in places)})
        """
    )
    by_place = {row["place"]: row for row in found}
    return tuple(
        Sentence(row["source"], row["contact_id"],
                 ": ".join(part for part in (row["subject"], row["text"]) if part), row["at"],
                 row["channel"], row["customer_id"], "found" if number < held else "alike")
        for number, place in enumerate(places)
        if (row := by_place.get(place)) is not None
    )  # fmt: skip
