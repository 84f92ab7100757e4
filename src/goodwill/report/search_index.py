"""The index of words: one SQLite file a generation, beside the page file and swapped with it.

Full text by FTS5 without the texts themselves, which stay in the page file; a row's number is its
place in time, so that the newest come first without sorting. Words that stand near a mistyped one
are found by the letters left out (Garbe's symmetric deletes). What means nearly the same is looked
up when the index is made: other forms of a word, and words that the encoder knows to be alike.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from goodwill.language import alike_words, notion

INDEX = "search.sqlite"
_PART = 20_000
_RARE = 3
"""A word in fewer contacts than this is taken for a slip itself, and offered to nobody."""
_SHORTEST, _LONGEST = 4, 24

TABLES = {"in": ("words", "contacts"), "out": ("reply_words", "replies")}
"""Tables of what customers wrote and what they were answered: words, and what is known of each."""

_TABLES = """
CREATE VIRTUAL TABLE words USING fts5(
    text, content='', columnsize=0, tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE known USING fts5vocab(words, 'row');
CREATE TABLE contacts (
    id INTEGER PRIMARY KEY, place INTEGER, theme INTEGER, channel INTEGER, month INTEGER,
    person INTEGER);
CREATE VIRTUAL TABLE reply_words USING fts5(
    text, content='', columnsize=0, tokenize="unicode61 remove_diacritics 2");
CREATE TABLE replies (
    id INTEGER PRIMARY KEY, place INTEGER, theme INTEGER, channel INTEGER, month INTEGER,
    person INTEGER);
CREATE TABLE channels (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE near (form TEXT, term TEXT, contacts INTEGER, PRIMARY KEY (form, term)) WITHOUT ROWID;
CREATE TABLE forms (
    notion TEXT, term TEXT, contacts INTEGER, PRIMARY KEY (notion, term)) WITHOUT ROWID;
CREATE TABLE alike (word TEXT, term TEXT, cosine REAL, PRIMARY KEY (word, term)) WITHOUT ROWID;
"""


def build_index(making: Path) -> None:
    """Write the index of what customers wrote and were answered, of the page file in ``making``."""
    pages: Any = duckdb.connect(str(making / "pages.duckdb"), read_only=True)
    pages.execute("SET TimeZone = 'UTC'")
    index = sqlite3.connect(making / INDEX, isolation_level=None)
    try:
        index.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
        index.execute("BEGIN")
        channels: dict[str, int] = {}
        for direction, (words, kept) in TABLES.items():
            for rows in _parts(pages, direction):
                index.executemany(
                    f"INSERT INTO {words} (rowid, text) VALUES (?, ?)", ((r[0], r[1]) for r in rows)
                )
                index.executemany(
                    f"INSERT INTO {kept} VALUES (?, ?, ?, ?, ?, ?)",
                    ((r[0], r[2], r[3], channels.setdefault(r[4] or "", len(channels)), r[5], r[6])
                     for r in rows),
                )  # fmt: skip
            index.execute(f"INSERT INTO {words} ({words}) VALUES ('optimize')")
        index.executemany(
            "INSERT INTO channels VALUES (?, ?)", ((n, c) for c, n in channels.items())
        )
        _keep_near(index)
        _keep_meaning(index)
        index.execute("COMMIT")
    finally:
        index.close()
        pages.close()


def _parts(pages: Any, direction: str) -> Iterator[list[tuple[Any, ...]]]:
    """Give what customers wrote or were answered, the oldest first, with places in the page file.

    An answer has the theme of what was written last before it in the conversation.
    """
    asked = {"in": "", "out": _ASOF}[direction]
    theme = {"in": "m.theme_id", "out": "asked.theme_id"}[direction]
    found = pages.execute(
        f"""
        SELECT row_number() OVER (ORDER BY m.at NULLS FIRST, m.source, m.contact_id) AS id,
            concat_ws(' ', m.subject, m.text) AS text, m.rowid AS place, {theme},
            m.channel, year(m.at) * 12 + month(m.at) - 1 AS month, c.rowid AS person
        FROM messages m LEFT JOIN customers c ON c.customer_id = m.customer_id {asked}
        WHERE m.direction = '{direction}' ORDER BY id
        """
    )
    while rows := found.fetchmany(_PART):
        yield rows


_ASOF = """
        ASOF LEFT JOIN (
            SELECT conversation_id, "at", max(theme_id) AS theme_id FROM messages
            WHERE direction = 'in' GROUP BY conversation_id, "at"
        ) asked ON asked.conversation_id = m.conversation_id AND asked."at" <= m."at"
"""


def _keep_near(index: sqlite3.Connection) -> None:
    terms = index.execute(
        "SELECT term, doc FROM known WHERE doc >= ? AND length(term) BETWEEN ? AND ?",
        (_RARE, _SHORTEST, _LONGEST),
    ).fetchall()
    forms = ((form, term, doc) for term, doc in terms for form in without_one(term))
    index.executemany("INSERT OR IGNORE INTO near VALUES (?, ?, ?)", forms)


def _keep_meaning(index: sqlite3.Connection) -> None:
    found = index.execute("SELECT term, doc FROM known WHERE doc >= ?", (_RARE,)).fetchall()
    forms = [(said, term, doc) for term, doc in found if (said := notion(term))]
    index.executemany("INSERT INTO forms VALUES (?, ?, ?)", forms)
    alike = alike_words(term for _, term, _ in forms)
    index.executemany("INSERT INTO alike VALUES (?, ?, ?)", alike)


def without_one(term: str) -> set[str]:
    """Return a word, and it without each of its letters.

    >>> sorted(without_one("abc"))
    ['ab', 'abc', 'ac', 'bc']
    """
    return {term} | {term[:i] + term[i + 1 :] for i in range(len(term))}


def slips(one: str, other: str) -> int:
    """Return how many letters are left out, added, changed or swapped (Damerau 1964), at most 3.

    >>> slips("refund", "refudn"), slips("refund", "refunds"), slips("cat", "horse")
    (1, 1, 3)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        two_before, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, two_before[j - 2] + 1)
            row.append(best)
    return min(row[-1], 3)


def nearest(index: sqlite3.Connection, term: str) -> str:
    """Return the known word that stands nearest to one that is not known; empty when none does."""
    if len(term) < _SHORTEST:
        return ""
    forms = sorted(without_one(term))
    marks = ", ".join("?" for _ in forms)
    rows = index.execute(
        f"SELECT DISTINCT term, contacts FROM near WHERE form IN ({marks})", forms
    ).fetchall()
    found = sorted((slips(term, known), -doc, known) for known, doc in rows)
    for distance, same in groupby(found, key=lambda each: each[0]):
        if distance <= (2 if len(term) > 7 else 1):
            return str(next(same)[2])
    return ""
