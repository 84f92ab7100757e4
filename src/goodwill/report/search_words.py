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
_LETTERS = r"[^\W\d_]{3,}(?:['’-][^\W\d_]+)*"
_EITHER = re.compile(f"{_LETTERS}(?:/{_LETTERS})+")
"""Words of which one will do, as labels say it: "lost/stolen", but no date, no number, no "n/a"."""


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


@dataclass(frozen=True, slots=True)
class _Term:
    """A word or phrase of a query.

    Attributes:
        quoted: As the index is asked for it.
        notion: What all its forms share; nothing of a small word, or where it stands as it is.
        as_it_is: No other form and no like word will do.
        near: What is taken beside it.
    """

    quoted: str
    notion: str
    as_it_is: bool
    near: list[Added]


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
    typed: list[_Term] = []
    for sign, phrase, word in _PARTS.findall(query[:400]):
        terms = []
        for each in word.split("/") if _EITHER.fullmatch(word) else [phrase or word]:
            tokens = _WORD.findall(_plain(each))
            if not tokens:
                continue
            begins = word.endswith("*")
            as_it_is = bool(phrase or sign or begins or len(tokens) > 1)
            more = [] if as_it_is or exact else _alike(index, tokens[0], leave_out)
            if not phrase and not begins and not more:
                mended += _mend(index, tokens, within)
                more = [] if as_it_is or exact else _alike(index, tokens[0], leave_out)
            quoted = '"' + " ".join(tokens) + '"' + ("*" if begins else "")
            terms.append(_Term(quoted, "" if as_it_is else notion(tokens[0]), as_it_is, more))
        if not terms:
            continue
        typed += terms
        said = _one_of([term.quoted for term in terms])
        (unwanted if sign else wanted).append(said)
        if all(term.as_it_is for term in terms):
            fixed += [] if sign else [said]
        elif meant := next((term.notion for term in terms if term.notion), ""):
            # Two words of one notion ask for one thing.
            group = wide.setdefault(meant, [])
            group += [term.quoted for term in terms]
            group += [f'"{each.word}"' for term in terms for each in term.near]
    if not wanted or len(typed) > MOST_WORDS:
        raise InputError(f"Give 1 to {MOST_WORDS} words to search for.")
    words = " AND ".join(wanted)
    groups = [_one_of(group) for group in wide.values()]
    tiers = () if exact else _tiers(wanted, groups, fixed)
    if unwanted:
        without = f" NOT ({' OR '.join(unwanted)})"
        words, tiers = f"({words}){without}", tuple(f"({tier}){without}" for tier in tiers)
    return Asked(words, tiers, tuple(mended), _once(typed))


def _one_of(quoted: list[str]) -> str:
    """Return what holds one of some terms."""
    said = list(dict.fromkeys(quoted))
    return said[0] if len(said) == 1 else f"({' OR '.join(said)})"


def _once(typed: list[_Term]) -> tuple[Added, ...]:
    """Return each added word once, without those that were typed."""
    added = [each for term in typed if term.notion for each in term.near]
    wanted = {term.quoted for term in typed}
    first = {each.word: each for each in reversed(added)}
    return tuple(
        each for each in added if first[each.word] is each and f'"{each.word}"' not in wanted
    )


def _tiers(wanted: list[str], wide: list[str], fixed: list[str]) -> tuple[str, ...]:
    """Return what holds all notions without all words; of three and more, what lacks one notion."""
    if not wide:
        return ()
    words = " AND ".join(wanted)
    every = " AND ".join([*wide, *fixed])
    # What asks for the same as the words themselves finds nothing beside them.
    tiers = [f"({every}) NOT ({words})"] if {*wide, *fixed} != set(wanted) else []
    if 3 <= len(wide) <= _MANY:
        fewer = [f"({' AND '.join([*some, *fixed])})" for some in combinations(wide, len(wide) - 1)]
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
