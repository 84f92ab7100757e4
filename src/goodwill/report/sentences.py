"""Customers' own words: which messages can be shown as sentences, and how."""

from __future__ import annotations

from typing import Any

from goodwill.generations import Reader
from goodwill.report.shapes import Sentence

SENTENCE = """
    source, contact_id, coalesce(text, subject) AS text, "at", channel, customer_id
"""
IS_SENTENCE = "direction = 'in' AND length(coalesce(text, subject)) BETWEEN 15 AND 2000"
MOST_CHARACTERS = 400
"""A sentence longer than this is cut, at a word, with an ellipsis."""


def chosen(
    reader: Reader, condition: str, values: list[Any], ending: str, kind: str, count: int
) -> tuple[Sentence, ...]:
    """Return the first sentences of the messages that a condition holds for, each text once.

    Args:
        reader: The generation.
        condition: Over the columns of ``messages``.
        values: What stands for its question marks.
        ending: The rest of the query: further conditions (``AND ...``), then the order.
        kind: What the sentences are called.
        count: How many at most.
    """
    rows = reader.dicts(
        f"""
        SELECT {SENTENCE} FROM messages
        WHERE {condition} AND {IS_SENTENCE} {ending} LIMIT ?
        """,
        [*values, count * 4],
    )
    seen: set[str] = set()
    out = []
    for row in rows:
        if row["text"] not in seen:
            seen.add(row["text"])
            out.append(sentence(row, kind))
    return tuple(out[:count])


def sentence(row: dict[str, Any], kind: str) -> Sentence:
    """Return a row of the columns ``SENTENCE`` as it is shown."""
    text = " ".join(row["text"].split())
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS].rsplit(" ", 1)[0] + " …"
    return Sentence(kind=kind, **{**row, "text": text})
