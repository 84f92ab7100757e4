"""Promises found in real replies of two brands, against labels made without sight of the patterns.

How the labels were made, and how far they carry, stands in their file under ``how``.
"""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from goodwill import journeys
from goodwill.figures import wilson

LABELS = Path(__file__).with_name("labels_brand_replies.json")

Row = dict[str, Any]


@pytest.fixture(scope="module")
def labels() -> list[Row]:
    """One for each message of a brand; a commitment has its kind and where its words stand."""
    return json.loads(LABELS.read_text(encoding="utf-8"))["labels"]


@pytest.fixture(scope="module")
def replies(data_folder: Path, labels: list[Row]) -> list[Row]:
    """The labelled messages, in the order of the labels."""
    path = data_folder / "brand_replies" / "threads.csv"
    if not path.is_file():
        pytest.skip(f"real data absent: {path}")
    with path.open(encoding="utf-8", newline="") as lines:
        held = {row["tweet_id"]: row for row in csv.DictReader(lines) if row["inbound"] == "False"}
    assert sorted(held) == sorted(label["tweet_id"] for label in labels)
    return [held[label["tweet_id"]] for label in labels]


@pytest.fixture(scope="module")
def found(replies: list[Row]) -> list[Row]:
    """What the patterns find in them."""
    texts = pa.array([reply["text"] for reply in replies], pa.string())
    moments = [datetime.fromisoformat(reply["created_at"]) for reply in replies]
    at = pa.array(moments, pa.timestamp("us", "UTC"))
    return journeys.find_promises(texts, at, role="agent").to_pylist()


@pytest.mark.data
def test_every_label_is_of_the_text_it_was_made_from(labels: list[Row], replies: list[Row]) -> None:
    for label, reply in zip(labels, replies, strict=True):
        assert hashlib.sha256(reply["text"].encode()).hexdigest() == label["sha256"]
        words = reply["text"][label["words_start"] : label["words_end"]]
        if label["label"]:
            assert label["kind"] and words and words == words.strip()
        else:
            assert label["kind"] is label["words_start"] is label["words_end"] is None


@pytest.mark.data
def test_most_promises_are_found(labels: list[Row], found: list[Row]) -> None:
    made = {place for place, label in enumerate(labels) if label["label"]}
    hit = {row["row"] for row in found}
    right = len(made & hit)
    for name, trials in (("precision", len(hit)), ("recall", len(made))):
        low, high = wilson(right, trials)
        print(f"{name} {right}/{trials}, 95% interval {low:.3f} to {high:.3f}")
    assert right / len(hit) >= 0.85 and right / len(made) >= 0.70
