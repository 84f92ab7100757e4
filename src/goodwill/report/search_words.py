"""What a query asks for: its words, mistyped ones mended, and words that mean nearly the same."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

from goodwill.errors import InputError
from goodwill.language import notion
from goodwill.report.search_index import TABLES, nearest
from goodwill.report.shapes import Added

MOST_WORDS = 12
LEAST_NEAR, _NEAR_ENOUGH = 0.6, 4
"""A word is widened by so many that are so alike: 8 of 10 such pairs mean nearly the same."""
_FEW, _FEW_NEAR = 5, 3
"""A word of fewer contacts than this, in all its forms, is widened by its nearest, however near."""
_SEEN = 100
"""Contacts of an added word, the newest, in which its people are counted."""
_MANY = 4
"""Of more notions than this none may be missing."""
_PARTS = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as the index reads it.

    Attributes:
        words: What holds all of its words.
        alike: What does not, and means nearly the same: the nearest first.
        mended: Words that nobody wrote, each with the one that was taken for it.
        added: Words that were taken beside those that were typed.
    """

    words: str
    alike: tuple[str, ...]
    mended: tuple[tuple[str, str], ...]
    added: tuple[Added, ...]


def understood(
    index: sqlite3.Connection,
    query: str,
    *,
    exact: bool = False,
    leave_out: Collection[str] = (),
    within: Collection[str] = ("in",),
) -> Asked:
    """Return what a query asks for.

    Args:
        index: The index of words.
        query: As `goodwill.report.search` takes it.
        exact: Nothing but the words themselves.
        leave_out: Words that are not taken beside those of the query.
        within: Directions that are searched; a word that stands in one of them is not mended.

    Raises:
        InputError: It holds no word, or too many.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    wide: dict[str, list[str]] = {}
    fixed: list[str] = []
    mended: list[tuple[str, str]] = []
    added: list[Added] = []
    for sign, phrase, word in _PARTS.findall(query[:400]):
        tokens = _WORD.findall(_plain(phrase or word))
        if not tokens:
            continue
        as_it_is = bool(phrase or sign or word.endswith("*") or len(tokens) > 1)
        more = [] if as_it_is or exact else _alike(index, tokens[0], leave_out)
        if not phrase and not word.endswith("*") and not more:
            mended += _mend(index, tokens, within)
            more = [] if as_it_is or exact else _alike(index, tokens[0], leave_out)
        quoted = '"' + " ".join(tokens) + '"' + ("*" if word.endswith("*") else "")
        (unwanted if sign else wanted).append(quoted)
        if as_it_is:
            fixed += [] if sign else [quoted]
        elif notion(tokens[0]):
            # Two words of one notion ask for one thing.
            said = wide.setdefault(notion(tokens[0]), [])
            said += [quoted, *(f'"{each.word}"' for each in more)]
            added += more
    if not wanted or len(wanted) + len(unwanted) > MOST_WORDS:
        raise InputError(f"Give 1 to {MOST_WORDS} words to search for.")
    words = " AND ".join(wanted)
    groups = [" OR ".join(dict.fromkeys(said)) for said in wide.values()]
    tiers = () if exact else _tiers(wanted, groups, fixed)
    if unwanted:
        without = f" NOT ({' OR '.join(unwanted)})"
        words, tiers = f"({words}){without}", tuple(f"({tier}){without}" for tier in tiers)
    return Asked(words, tiers, tuple(mended), _once(added, wanted))


def _once(added: list[Added], wanted: list[str]) -> tuple[Added, ...]:
    """Return each added word once, without those that were typed."""
    first = {each.word: each for each in reversed(added)}
    return tuple(
        each for each in added if first[each.word] is each and f'"{each.word}"' not in wanted
    )


def _tiers(wanted: list[str], wide: list[str], fixed: list[str]) -> tuple[str, ...]:
    """Return what holds all notions without all words; of three and more, what lacks one notion."""
    if not wide:
        return ()
    words = " AND ".join(wanted)
    groups = [f"({group})" for group in wide]
    every = " AND ".join([*groups, *fixed])
    # What asks for the same as the words themselves finds nothing beside them.
    tiers = [f"({every}) NOT ({words})"] if {*wide, *fixed} != set(wanted) else []
    if 3 <= len(groups) <= _MANY:
        fewer = [
            f"({' AND '.join([*some, *fixed])})" for some in combinations(groups, len(groups) - 1)
        ]
        tiers.append(f"({' OR '.join(fewer)}) NOT ({every}) NOT ({words})")
    return tuple(tiers)


def _mend(
    index: sqlite3.Connection, tokens: list[str], within: Collection[str]
) -> list[tuple[str, str]]:
    """Put for each word that nobody wrote the nearest other that is known; return both."""
    mended = []
    for place, token in enumerate(tokens):
        known = any(_held(index, token, each) for each in within)
        if not known and (near := nearest(index, token)) and near != token:
            mended.append((token, near))
            tokens[place] = near
    return mended


def _alike(index: sqlite3.Connection, word: str, leave_out: Collection[str]) -> list[Added]:
    """Return the other forms of a word, and the words that mean nearly the same."""
    if not notion(word):
        return []
    held = dict(
        index.execute(
            "SELECT term, contacts FROM forms WHERE notion = ? ORDER BY term", (notion(word),)
        )
    )
    forms = [term for term in held if term != word]
    few = sum(held.values()) < _FEW
    near: list[str] = []
    for key in (word, notion(word)):
        near = near or [
            term
            for term, cosine in index.execute(
                "SELECT term, cosine FROM alike WHERE word = ? ORDER BY cosine DESC, term", (key,)
            )
            if few or cosine >= LEAST_NEAR
        ]
    if few and not forms and not near and _held(index, word):
        near = [nearest(index, word)]  # what so few wrote may be a slip
    near = [term for term in near if notion(term) and term not in {word, *forms}]
    terms = [*forms, *near[: _FEW_NEAR if few else _NEAR_ENOUGH]]
    return [_added(index, term, word) for term in terms if term not in leave_out]


def _added(index: sqlite3.Connection, term: str, word: str) -> Added:
    (contacts,) = index.execute(
        "SELECT contacts FROM forms WHERE notion = ? AND term = ?", (notion(term), term)
    ).fetchone()
    (people,) = index.execute(
        "SELECT count(DISTINCT person) FROM (SELECT c.person FROM words JOIN contacts c "
        "ON c.id = words.rowid WHERE words MATCH ? ORDER BY words.rowid DESC LIMIT ?)",
        (f'"{term}"', _SEEN),
    ).fetchone()
    return Added(term, word, contacts, people)


def _held(index: sqlite3.Connection, word: str, direction: str = "in") -> bool:
    """Return whether anybody wrote a word, customers or the company."""
    words, _ = TABLES[direction]
    found = index.execute(f"SELECT 1 FROM {words} WHERE {words} MATCH ? LIMIT 1", (f'"{word}"',))
    return found.fetchone() is not None


def _plain(text: str) -> str:
    """Return a text as the index holds it: small letters without marks."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
