"""One event told twice: found, counted once, all voices kept.

A review is also a ticket, a survey's comment is pasted into a mail, a shop's order is also a
payment of the payment service. Runs before all else in a refresh: of each event one record stays
in the facts that the other steps read; the others are rows of ``same_event``. What a person
undid stays apart.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

import pyarrow as pa

from goodwill.engine import Engine
from goodwill.journeys import _same_event_sql as sql
from goodwill.tables import DERIVED, FACTS

_WORD = re.compile(r"\w+")
_SHINGLE = 3
_FEW_WORDS = 5
"""Words from which two equal texts with a common key are one event."""
_SOME_WORDS = 8
"""Words of the shorter text from which it can be part of the longer one."""
_MOST = 0.9
"""Share of the shorter text's word triples that the longer one must hold."""


def join_same(engine: Engine) -> int:
    """Make ``same_event`` and take the other voices out of contacts and orders; return how many.

    Contacts of different sources, at most three days apart, are one event when

    - they have a key in common (mail, phone or order number) and the same words, or nearly all of
      the shorter one's word triples stand in the longer one; or
    - they have the same twelve words or more, in the same order, and each source has that text
      only once.

    Orders of different sources in one currency are one when their number and total agree within
    a week and they have a customer's key in common or one is a payment; or, where a number is
    absent, when customer's key, day and total agree and no other order of either source fits.

    Args:
        engine: Holds contacts, orders, identities and same_event_decisions.
    """
    engine.save("_ties", sql.no_edges_sql(), sql.EDGES)
    if int(engine.scalar(sql.sources_sql("contacts")) or 0) > 1:
        _contact_edges(engine)
    if int(engine.scalar(sql.sources_sql("orders")) or 0) > 1:
        _order_edges(engine)
    engine.components("_tied", "SELECT a, b FROM _ties")
    engine.save("_ranked", sql.ranked_sql(), sql.RANKED)
    engine.save("same_event", sql.same_event_sql(), DERIVED["same_event"].schema)
    joined = int(engine.scalar("SELECT count(*) FROM same_event") or 0)
    if joined:
        for table in ("contacts", "orders"):
            engine.save(table, sql.kept_sql(table), FACTS[table].schema)
    engine.drop("_ties", "_tied", "_ranked")
    return joined


def _contact_edges(engine: Engine) -> None:
    engine.save("_said", sql.said_sql(), sql.SAID)
    engine.map_arrow("_told", "SELECT * FROM _said", digests, sql.TOLD)
    engine.save("_keyed", sql.keyed_sql(), sql.KEYED)
    engine.save("_pairs", sql.pairs_sql(), sql.PAIRS)
    engine.map_arrow("_scored", "SELECT * FROM _pairs", scores, sql.SCORED)
    engine.save("_ties", sql.contact_edges_sql(), sql.EDGES)
    engine.drop("_said", "_told", "_keyed", "_pairs", "_scored")


def _order_edges(engine: Engine) -> None:
    engine.save("_sums", sql.sums_sql(), sql.SUMS)
    engine.save("_ties", sql.order_edges_sql(), sql.EDGES)
    engine.drop("_sums")


def words_of(text: str | None) -> list[str]:
    """Return the words of a text in lower case."""
    return _WORD.findall((text or "").lower())


def likeness(one: str | None, other: str | None) -> float:
    """Return how much of the shorter text stands in the longer one, 0-1, by triples of words.

    Equal words in equal order are 1; below the least number of words nothing is alike.

    >>> likeness("The parcel never came, again!", "the parcel never came again")
    1.0
    """
    a, b = sorted((words_of(one), words_of(other)), key=len)
    if a == b:
        return 1.0 if len(a) >= _FEW_WORDS else 0.0
    if len(a) < _SOME_WORDS:
        return 0.0
    short, long = _triples(a), _triples(b)
    return len(short & long) / len(short)


def alike(score: float) -> bool:
    """Return whether a likeness is enough for one event, where a key is in common."""
    return score >= _MOST


def digest_of(words: list[str]) -> str:
    """Return a mark that equal words in equal order share."""
    return hashlib.blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _triples(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}


def digests(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Put the mark and the number of words in the place of each text."""
    said = [words_of(text) for text in batch.column("text").to_pylist()]
    columns: list[Any] = [batch.column(name) for name in ("source", "contact_id", "us")]
    columns += [
        pa.array([digest_of(words) for words in said], pa.string()),
        pa.array([len(words) for words in said], pa.int64()),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=sql.TOLD)


def scores(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Put the likeness in the place of each two texts; pairs that are not alike are left out."""
    texts = zip(*(batch.column(n).to_pylist() for n in ("text_a", "text_b")), strict=True)
    found = [round(likeness(one, other), 6) for one, other in texts]
    rows = pa.RecordBatch.from_arrays(
        [batch.column("a"), batch.column("b"), batch.column("evidence"),
         pa.array(found, pa.float64())],
        schema=sql.SCORED,
    )  # fmt: skip
    return rows.filter(pa.array([alike(score) for score in found], pa.bool_()))
