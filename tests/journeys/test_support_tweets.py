"""Real tweets to a support account: threads through answers that the file does not hold."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from facts import Row, rows, table

from goodwill import journeys
from goodwill.engine import Engine
from goodwill.tables import DERIVED, FACTS

CONTACTS = FACTS["contacts"].schema


@pytest.fixture(scope="module")
def tweets(data_folder: Path) -> pa.Table:
    """The tweets as contacts; the file's few broken rows are left out."""
    path = data_folder / "spotify_support" / "support_requests.csv"
    if not path.is_file():
        pytest.skip(f"real data absent: {path}")
    with path.open(encoding="utf-8", newline="") as lines:
        return table(
            [_contact(row) for row in csv.DictReader(lines) if row["created_at"]], CONTACTS
        )


def _contact(row: dict[str, str]) -> Row:
    before = row["in_response_to_tweet_id"]
    return {
        "source": "tweets", "contact_id": row["tweet_id"], "customer_ref": row["author_id"],
        "at": datetime.strptime(row["created_at"], "%a %b %d %H:%M:%S %z %Y"),
        "reply_to_id": str(int(float(before))) if before else None,
        "answer_ids": row["response_tweet_id"] or None, "direction": "in", "channel": "social",
        "public": True, "author_role": "customer", "text": row["text"],
    }  # fmt: skip


def _joined(tweets: pa.Table) -> dict[str, str]:
    """Union-find over the reply ids: the least held id of each tweet's conversation."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            parent[node] = node = parent[parent[node]]
        return node

    held = tweets["contact_id"].to_pylist()
    columns = (held, tweets["reply_to_id"].to_pylist(), tweets["answer_ids"].to_pylist())
    for one, before, answers in zip(*columns, strict=True):
        for other in [before, *(answers or "").split(",")]:
            if other:
                parent[root(other)] = root(one)
    least: dict[str, str] = {}
    for one in sorted(held):
        least.setdefault(root(one), one)
    return {one: least[root(one)] for one in held}


@pytest.mark.data
def test_conversations_go_through_answers_that_nobody_holds(
    engine: Engine, agree: Callable[..., None], tweets: pa.Table
) -> None:
    assert tweets.num_rows == 15_096 and len(set(tweets["contact_id"].to_pylist())) == 15_096
    engine.load("contacts", tweets)
    for name in ("orders", "threads", "thread_events", "identities"):
        engine.load(name, FACTS[name].schema.empty_table())
    themes = DERIVED["contact_themes"].schema
    engine.save(
        "contact_themes",
        """
        SELECT source, contact_id, 1 AS theme_id, 1.0 AS similarity, 'theme' AS state,
            1 AS nearest_id, 2 AS second_id, 0.0 AS second_similarity,
            CAST(NULL AS INTEGER[]) AS further_ids
        FROM contacts
        """,
        themes,
    )
    journeys.link(engine)
    found = rows(engine, "conversations", "contact_id")
    assert {row["contact_id"]: row["conversation_id"] for row in found} == {
        one: f"tweets:contact:{least}" for one, least in _joined(tweets).items()
    }
    journeys.follow(engine)
    assert engine.scalar("SELECT count(*) FROM customers") == 8_723
    agree("conversations", "customers", "episodes", "messages", "weekly")

    (rate,) = engine.arrow(journeys.repeat_rate_sql(7)).to_pylist()
    (first,) = engine.arrow(journeys.first_contact_sql()).to_pylist()
    (whole,) = engine.arrow(journeys.repeat_rate_sql(7, same_theme=False)).to_pylist()
    # Who only gave thanks asked for nothing: he has no problem, and is in no episode.
    assert rate["people"] == whole["people"] == 8_295
    assert rate["known"] < whole["known"] == whole["total"] == 15_096
    assert 0 < rate["repeats"] < rate["contacts"] < rate["known"]
    assert 0 < first["first_contact"] < first["closed"]
