"""Searching what customers wrote and were answered: words, phrases, meaning, and counts."""

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
from goodwill.report.search_index import INDEX, TABLES
from goodwill.report.search_words import understood
from goodwill.report.shapes import Part, SearchPage, Sentence

Row = tuple[Any, ...]

COUNTED = 5_000
"""Contacts that are counted at most: the newest; a word in more of them is one in all of them."""
COUNTED_ALIKE = 1_000
"""Contacts like it that are counted at most, where not so many hold the words themselves."""
COUNTED_REPLIES = 200
"""Replies that are counted at most beside what customers wrote: the newest. Their texts are not
shown there: they lie elsewhere in the page file, and finding them takes half as long again."""
SLICES = 12
_KINDS = {"in": ("contacts", "found"), "out": ("replies", "reply")}
"""What is counted, and the kind of a row, by direction."""


def search(
    reader: Reader,
    folder: Path,
    query: str,
    *,
    theme_id: int | None = None,
    channel: str = "",
    month: str = "",
    direction: str = "",
    exact: bool = False,
    leave_out: Collection[str] = (),
    offset: int = 0,
    limit: int = 20,
) -> SearchPage:
    """Return the contacts of customers that hold all words of a query, then those that are like it.

    Like it are contacts that hold, for each word that says something, the word, another form of
    it, or one that means nearly the same; behind them, of queries with three such words and more,
    those that lack one. Each kind has the newest first. Replies of the company that hold all words
    are counted beside them.

    Args:
        reader: The generation.
        folder: The generation's.
        query: Words, "phrases in quotes", words with a ``*`` for any ending, words after a ``-``
            that must not be there.
        theme_id: Only this theme's.
        channel: Only this channel's.
        month: Only this month's, such as 2025-03 (UTC).
        direction: ``in`` for nothing but what customers wrote, ``out`` for nothing but replies,
            which are then searched as customers' contacts are.
        exact: Nothing but the words themselves.
        leave_out: Words that are not taken for words of the query.
        offset: Contacts to pass over.
        limit: Contacts to return at most.

    Raises:
        InputError: The query holds no word, or too many; the month or the direction is none; or no
            contact has the theme or the channel.
        NotEnoughData: This generation was made before there was an index, or one of replies.
    """
    if direction not in ("", "in", "out"):
        raise InputError(
            f"{direction!r} is no direction.", hint="Give in or out, or none for both."
        )
    path = folder / INDEX
    if not path.exists():
        raise NotEnoughData("There is no index of words yet.", hint="goodwill refresh")
    labels = dict(reader.rows("SELECT theme_id, label FROM themes"))
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as index:
        names = dict(index.execute("SELECT id, name FROM channels").fetchall())
        _need_known(theme_id, labels, channel, names.values())
        within = _searched(index, direction)
        asked = understood(index, query, exact=exact, leave_out=leave_out, within=within)
        narrowed = _narrowed(theme_id, channel, month)
        rows = _newest(index, within[0], asked.words, narrowed, COUNTED + 1)
        more, rows = len(rows) > COUNTED, rows[:COUNTED]
        like: list[Row] = []
        for terms in () if more else asked.alike:
            left = COUNTED_ALIKE + 1 - len(like)
            like += _newest(index, within[0], terms, narrowed, left) if left else []
        replies: list[Row] | None = None
        if len(within) > 1:
            replies = _newest(index, "out", asked.words, narrowed, COUNTED_REPLIES + 1)
    held, more_alike = len(rows), len(like) > COUNTED_ALIKE
    rows += like[:COUNTED_ALIKE]
    counted, kind = _KINDS[within[0]]
    shown = rows[offset : offset + limit]
    kinds = [kind if number + offset < held else "alike" for number in range(len(shown))]
    return SearchPage(
        query=query,
        mended=asked.mended,
        contacts=_figure(counted, "found", rows[:held]),
        alike=_figure(counted, "alike", rows[held:]),
        added=asked.added,
        more=more,
        more_alike=more_alike,
        rows=_sentences(reader, shown, kinds),
        total=len(rows),
        offset=offset,
        themes=_slices(rows, 1, labels),
        channels=_slices(rows, 2, names),
        months=_months(rows),
        direction=direction,
        replies=None if replies is None else _figure("replies", "found", replies[:COUNTED_REPLIES]),
        more_replies=len(replies or ()) > COUNTED_REPLIES,
    )


def _searched(index: sqlite3.Connection, direction: str) -> tuple[str, ...]:
    """Return the directions that are searched: the first in full, a second one beside it."""
    kept = index.execute("SELECT 1 FROM sqlite_master WHERE name = 'replies'").fetchone()
    if kept is None and direction == "out":
        raise NotEnoughData("There is no index of replies yet.", hint="goodwill refresh")
    if direction:
        return (direction,)
    return ("in", "out") if kept else ("in",)


def _narrowed(theme_id: int | None, channel: str, month: str) -> tuple[str, list[Any]]:
    """Return the conditions of a search beside its words, and their values."""
    parts: list[str] = []
    values: list[Any] = []
    if theme_id is not None:
        parts, values = [*parts, "AND c.theme = ?"], [*values, theme_id]
    if channel:
        parts.append("AND c.channel = (SELECT id FROM channels WHERE name = ?)")
        values.append(channel)
    if month:
        parts, values = [*parts, "AND c.month = ?"], [*values, _month(month)]
    return " ".join(parts), values


def _newest(
    index: sqlite3.Connection,
    direction: str,
    terms: str,
    narrowed: tuple[str, list[Any]],
    most: int,
) -> list[Row]:
    """Return place, theme, channel, month and person of what holds the terms, the newest first."""
    words, kept = TABLES[direction]
    where, values = narrowed
    sql = f"""
        SELECT c.place, c.theme, c.channel, c.month, c.person
        FROM {words} JOIN {kept} c ON c.id = {words}.rowid
        WHERE {words} MATCH ? {where} ORDER BY {words}.rowid DESC LIMIT ?
    """
    return index.execute(sql, [terms, *values, most]).fetchall()


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


def _figure(counted: str, how: str, rows: list[Row]) -> Figure:
    named = [row[4] for row in rows if row[4] is not None]
    return Figure(
        len(rows), counted, f"{counted}_{how}", people=len(set(named)), events=len(rows),
        coverage=len(named) / len(rows) if rows else None,
    )  # fmt: skip


def _month(text: str) -> int:
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
    if match is None:
        raise InputError(f"{text!r} is no month.", hint="Such as 2025-03.")
    return int(match[1]) * 12 + int(match[2]) - 1


def _counts(rows: list[Row], at: int) -> tuple[Counter[int], Counter[int]]:
    """Return how many contacts and how many known people each value of a column has."""
    events = Counter(map(itemgetter(at), rows))
    people = Counter(key for key, who in set(map(itemgetter(at, 4), rows)) if who is not None)
    del events[None]
    return events, people


def _slices(rows: list[Row], at: int, names: dict[int, str]) -> tuple[Part, ...]:
    events, people = _counts(rows, at)
    most = sorted(events, key=lambda key: (-events[key], key))[:SLICES]
    return tuple(
        Part(str(key) if at == 1 else names.get(key, ""), names.get(key) or "none", events[key],
             people[key])
        for key in most
    )  # fmt: skip


def _months(rows: list[Row]) -> tuple[Part, ...]:
    events, people = _counts(rows, 3)
    newest = sorted(events, reverse=True)[: 2 * SLICES]
    return tuple(
        Part(f"{key // 12}-{key % 12 + 1:02}", f"{key // 12}-{key % 12 + 1:02}", events[key],
             people[key])
        for key in newest
    )  # fmt: skip


def _sentences(reader: Reader, rows: list[Row], kinds: list[str]) -> tuple[Sentence, ...]:
    """Return the texts of rows of the index, each of its kind."""
    if not rows:
        return ()
    places = [row[0] for row in rows]
    # A list of rows is looked for in all of the table, joined ones where they stand.
    found = reader.dicts(
        f"""
        SELECT m.rowid AS place, m.source, m.contact_id, m.subject, m.text, m."at", m.channel,
            m.customer_id
        FROM (VALUES {", ".join(f"({int(place)})" for place in places)}) AS wanted (place)
        JOIN messages AS m ON m.rowid = wanted.place
        """
    )
    by_place = {row["place"]: row for row in found}
    return tuple(
        Sentence(row["source"], row["contact_id"],
                 ": ".join(part for part in (row["subject"], row["text"]) if part), row["at"],
                 row["channel"], row["customer_id"], kind)
        for row, kind in zip(map(by_place.__getitem__, places), kinds, strict=True)
    )  # fmt: skip
