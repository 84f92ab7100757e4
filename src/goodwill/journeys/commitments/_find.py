"""Promises in the company's own messages: the entry point, over whole columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import chain, groupby
from operator import attrgetter
from typing import Any

import pyarrow as pa

from goodwill.errors import InputError
from goodwill.given import column_of, times
from goodwill.journeys.commitments._calendar import Calendar
from goodwill.journeys.commitments._due import Due, resolve
from goodwill.journeys.commitments._english import english
from goodwill.journeys.commitments._romance import romance
from goodwill.journeys.commitments._rules import LANGUAGES, Found, Rules, rules
from goodwill.journeys.commitments._sentences import (
    TAKES,
    Sentence,
    folded,
    likely_sentences,
    plain,
)
from goodwill.records.privacy import mask
from goodwill.tables import AUTHOR_ROLES, TIME

PROMISES = pa.schema(
    [("row", pa.int64()), ("words", pa.string()), ("due", TIME), ("kind", pa.string())]
)
KINDS = (
    "refund", "reply", "call", "delivery", "replacement", "fix", "investigation", "visit",
    "credit", "document", "access", "escalation", "other",
)  # fmt: skip
"""What can be promised; ``docs/promises.md`` says what each stands for."""

_ROWS = 65536
"""So many texts are split into sentences at once; bounds the memory."""


def find_promises(
    texts: Any,
    at: Any,
    *,
    role: str | Sequence[str | None] = "agent",
    calendar: Calendar | None = None,
    language: str | Sequence[str | None] | None = None,
) -> pa.Table:
    """Return the promises that the company's own messages make, with what and by when.

    Args:
        texts: The messages: a list, or an Arrow, pandas or Polars column. A null has no promise.
        at: When each was written: a column of times, or one time for all. Without a zone it is
            UTC. A message without a time keeps its promises, without ``due``.
        role: Who wrote, one for all or one for each: only ``agent`` promises. A ``bot``, a
            ``system`` or a ``customer`` does not.
        calendar: The days on which the company works, and its time zone; None is Monday to
            Friday without holidays, in UTC.
        language: ``en``, ``es`` or ``pt`` (also as ``pt-BR``), one for all or one for each; None
            has each message judged by its own words. In another language nothing is found.

    Returns:
        A table of row (int64, from 0), words (the part of the message that carries the promise,
        with white space as single spaces), due (UTC; null when no date was said, or it runs from
        an event whose date is unknown) and kind (one of `KINDS`), by row and place.

    Raises:
        InputError: The columns differ in length or cannot be read, or a role is none of the four.

    >>> found = find_promises(["We will refund you within 2 working days."], "2025-03-07T09:00")
    >>> found["kind"][0].as_py(), found["due"][0].as_py().date().isoformat()
    ('refund', '2025-03-11')
    """
    column = _column(texts, "texts", pa.string())
    count = len(column)
    moments = _times(at, count)
    roles = _each(_spelled(role, "role"), count, "role")
    languages = _each(_spelled(language, "language"), count, "language")
    days = Calendar() if calendar is None else calendar
    if not isinstance(days, Calendar):
        raise InputError(
            f"calendar is a {type(days).__name__}", hint="give a goodwill.journeys.Calendar"
        )
    rows: list[int] = []
    said: list[str] = []
    dues: list[datetime | None] = []
    what: list[str] = []
    numbers = pa.array(range(count), pa.int64())
    if not isinstance(role, str):
        agents = pa.array([roles(row) == "agent" for row in range(count)], pa.bool_())
        column, numbers = column.filter(agents), numbers.filter(agents)
    elif roles(0) != "agent":
        return PROMISES.empty_table()
    sentences = chain.from_iterable(
        likely_sentences(column[n : n + _ROWS], numbers[n : n + _ROWS], languages)
        for n in range(0, len(column), _ROWS)
    )
    for row, mine in groupby(sentences, attrgetter("row")):
        for words, kind, due in _promises_of(mine):
            moment = moments(row)
            rows.append(row)
            said.append(words)
            dues.append(resolve(due, moment, days) if due and moment else None)
            what.append(kind)
    return pa.table({"row": rows, "words": said, "due": dues, "kind": what}, schema=PROMISES)


@lru_cache(maxsize=65536)
def _parsed(text: str, languages: str) -> tuple[str, tuple[Found, ...]]:
    """Return the commitments of one sentence, and the first language that finds any.

    Agents say the same sentences again and again, so they are kept.
    """
    known = [each for each in languages.split() if each in LANGUAGES]
    for each in known:
        grammar = rules(each)
        if grammar.heads.search(text):
            found = (english if each == "en" else romance)(text, grammar)
            if found:
                return each, tuple(found)
    return (known[0] if known else ""), ()


def _promises_of(sentences: Iterable[Sentence]) -> list[tuple[str, str, Due | None]]:
    """Return words, kind and time expression of the promises in one message."""
    found: list[tuple[str, str, Due | None]] = []
    for sentence in sentences:
        low = folded(sentence.text)
        spoken, commitments = _parsed(low, sentence.languages)
        if not spoken:
            continue
        grammar = rules(spoken)
        if not commitments:
            _dated_later(found, low, grammar)
        elif _is_checked(sentence, low, grammar):
            continue
        asked = None
        for each in commitments:
            if each.due is None and sentence.before:
                if asked is None:
                    asked = _asks(sentence.before, spoken)
                if asked:
                    continue
            kind = each.kind
            if kind == "other" and each.due and found and found[-1][2] is None:
                kind = found[-1][1]
            words = plain(sentence.text[each.start : each.end]).strip(" ,;:-\u2013\u2014")
            _add(found, words, kind, each.due)
    return found


def _is_checked(sentence: Sentence, low: str, grammar: Rules) -> bool:
    """Return whether the customer is asked if what is said is right, so that it is no promise."""
    conditions = grammar.conditions
    if conditions["checking"].search(low) or conditions["tag"].search(low):
        return True
    if sentence.before and conditions["checking"].search(folded(sentence.before)):
        return True
    after = folded(sentence.after)
    return after.rstrip().endswith("?") and bool(conditions["checked"].search(after))


@lru_cache(maxsize=4096)
def _asks(before: str, language: str) -> bool:
    """Return whether a sentence asks the customer for something, and promises nothing itself."""
    low = folded(before)
    if not rules(language).conditions["request"].search(low):
        return False
    return not _parsed(low, language)[1]


def _add(
    found: list[tuple[str, str, Due | None]], words: str, kind: str, due: Due | None
) -> None:  # fmt: skip
    """Add a promise; one said twice, once with a date, is one promise with the date."""
    for n, (other, what, when) in enumerate(found):
        if what == kind and (when is None or due is None or _same(when, due)):
            if when is None and due is not None:
                found[n] = (words, kind, due)
            elif when is None and due is None:
                found[n] = (other, kind, None)
            return
    found.append((words, kind, due))


def _same(one: Due, other: Due) -> bool:
    return (one.unit, one.count, one.day, one.later) == (
        other.unit, other.count, other.day, other.later,
    )  # fmt: skip


def _dated_later(found: list[tuple[str, str, Due | None]], low: str, grammar: Rules) -> None:
    """Give the promise before it the time of "this takes up to 5 working days"."""
    if found and found[-1][2] is None and TAKES.search(low):
        due = grammar.clock.find(low, 0, bare=True)
        if due:
            found[-1] = (*found[-1][:2], due)


def _column(values: Any, name: str, kind: Any) -> pa.Array:
    """Return any column as one Arrow array."""
    column: Any = None
    try:
        if hasattr(values, "__arrow_c_stream__") or hasattr(values, "__arrow_c_array__"):
            column = pa.chunked_array(values) if hasattr(values, "__arrow_c_stream__") else (
                pa.array(values))  # fmt: skip
        elif isinstance(values, str | bytes) or not isinstance(values, Iterable):
            raise InputError(f"{name} is a {type(values).__name__}, not a column of values")
        else:
            column = column_of(list(values), name)
        if isinstance(column, pa.ChunkedArray):
            column = column.combine_chunks()
        if kind == TIME:
            return times(column, name)
        return column.cast(kind)
    except pa.ArrowException as error:
        # Without the words of Arrow, which may hold a text.
        held = f": it holds {column.type}" if column is not None else ""
        raise InputError(f"{name} cannot be read as {kind}{held}") from error


def _times(at: Any, count: int) -> Any:
    """Return a function of the row that gives its time in UTC."""
    one = isinstance(at, str | date | datetime)
    column = _column([at] if one else at, "at", TIME)
    if not one and len(column) != count:
        raise InputError(f"at has {len(column)} times for {count} texts", hint="give one for each")
    micros = column.cast(pa.int64()).to_pylist()
    start = datetime(1970, 1, 1, tzinfo=UTC)

    def moment(row: int) -> datetime | None:
        value = micros[0 if one else row]
        return None if value is None else start + timedelta(microseconds=value)

    return moment


def _spelled(values: Any, name: str) -> Any:
    """Return roles or languages in small letters, a language without its region."""
    one = values is None or isinstance(values, str)
    said = [values] if one else _column(values, name, pa.string()).to_pylist()
    kept = [each if each is None else each.strip().lower() for each in said]
    if name == "language":
        kept = [each and re.split("[-_]", each)[0] for each in kept]
    elif strange := sorted({each for each in kept if each} - {*AUTHOR_ROLES}):
        raise InputError(f"role holds {mask(strange[0])!r}", hint=f"use {', '.join(AUTHOR_ROLES)}")
    return kept[0] if one else kept


def _each(values: str | Sequence[str | None] | None, count: int, name: str) -> Any:
    """Return a function of the row that gives its value."""
    if values is None or isinstance(values, str):
        return lambda row: values
    column = _column(values, name, pa.string()).to_pylist()
    if len(column) != count:
        raise InputError(f"{name} has {len(column)} values for {count} texts")
    return column.__getitem__
