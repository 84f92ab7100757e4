"""Searching what customers wrote: words and phrases, counts beside them, mistyped words mended."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from goodwill.errors import InputError, NotEnoughData
from goodwill.figures import Figure
from goodwill.generations import Reader
from goodwill.report.search_index import INDEX, nearest
from goodwill.report.shapes import Part, SearchPage, Sentence

COUNTED = 20_000
"""Contacts that are counted at most: the newest; a word in more of them is one in all of them."""
MOST_WORDS = 12
SLICES = 12
_PARTS = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_WORD = re.compile(r"[^\W_]+")


def search(
    reader: Reader,
    folder: Path,
    query: str,
    *,
    theme_id: int | None = None,
    channel: str = "",
    month: str = "",
    offset: int = 0,
    limit: int = 20,
) -> SearchPage:
    """Return the contacts of customers that hold all words of a query, the newest first.

    Args:
        reader: The generation.
        folder: The generation's.
        query: Words, "phrases in quotes", words with a ``*`` for any ending, words after a ``-``
            that must not be there.
        theme_id: Only this theme's.
        channel: Only this channel's.
        month: Only this month's, such as 2025-03 (UTC).
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
        terms, mended = _understood(index, query)
        parts = ["words MATCH ?"]
        values: list[Any] = [terms]
        if theme_id is not None:
            parts, values = [*parts, "c.theme = ?"], [*values, theme_id]
        if channel:
            parts.append("c.channel = (SELECT id FROM channels WHERE name = ?)")
            values.append(channel)
        if month:
            parts, values = [*parts, "c.month = ?"], [*values, _month(month)]
        rows = index.execute(
            f"""
            SELECT c.place, c.theme, c.channel, c.month, c.person
            FROM words JOIN contacts c ON c.id = words.rowid
            WHERE {" AND ".join(parts)} ORDER BY words.rowid DESC LIMIT {COUNTED + 1}
            """,
            values,
        ).fetchall()
    more, rows = len(rows) > COUNTED, rows[:COUNTED]
    known = {row[4] for row in rows} - {None}
    named = sum(row[4] is not None for row in rows)
    figure = Figure(
        len(rows), "contacts", "contacts_found", people=len(known), events=len(rows),
        coverage=named / len(rows) if rows else None,
    )  # fmt: skip
    shown = [row[0] for row in rows[offset : offset + limit]]
    return SearchPage(
        query=query,
        mended=mended,
        contacts=figure,
        more=more,
        rows=_sentences(reader, shown),
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


def _understood(index: sqlite3.Connection, query: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return a query as FTS5 reads it, every word quoted; and which words were mended to which."""
    wanted: list[str] = []
    unwanted: list[str] = []
    mended: list[tuple[str, str]] = []
    for sign, phrase, word in _PARTS.findall(query[:400]):
        tokens = _WORD.findall(_plain(phrase or word))
        if not tokens:
            continue
        open_end = word.endswith("*")
        if not phrase and not open_end:
            for place, token in enumerate(tokens):
                row = index.execute("SELECT 1 FROM known WHERE term = ?", (token,)).fetchone()
                if row is None and (near := nearest(index, token)):
                    mended.append((token, near))
                    tokens[place] = near
        quoted = '"' + " ".join(tokens) + '"' + ("*" if open_end else "")
        (unwanted if sign else wanted).append(quoted)
    if not wanted or len(wanted) + len(unwanted) > MOST_WORDS:
        raise InputError(f"Give 1 to {MOST_WORDS} words to search for.")
    asked = " AND ".join(wanted)
    return (f"({asked}) NOT ({' OR '.join(unwanted)})" if unwanted else asked), tuple(mended)


def _plain(text: str) -> str:
    """Return a text as the index holds it: small letters without marks."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _month(text: str) -> int:
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
    if match is None:
        raise InputError(f"{text!r} is no month.", hint="Such as 2025-03.")
    return int(match[1]) * 12 + int(match[2]) - 1


def _counts(rows: list[tuple[Any, ...]], at: int) -> tuple[Counter[int], dict[int, int]]:
    events: Counter[int] = Counter()
    people: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if (key := row[at]) is not None:
            events[key] += 1
            people[key].add(row[4])
    return events, {key: len(found - {None}) for key, found in people.items()}


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


def _sentences(reader: Reader, places: list[int]) -> tuple[Sentence, ...]:
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
                 row["channel"], row["customer_id"], "found")
        for place in places
        if (row := by_place.get(place)) is not None
    )  # fmt: skip
