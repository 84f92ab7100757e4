"""The labelled texts that the heads of the signals are made from and measured on."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np


def _list(names: str) -> list[str]:
    return names.split()


LABELS = _list(
    "admiration amusement anger annoyance approval caring confusion curiosity desire"
    " disappointment disapproval disgust embarrassment excitement fear gratitude grief joy love"
    " nervousness optimism pride realization relief remorse sadness surprise neutral"
)
POSITIVE = _list(
    "admiration amusement approval caring desire excitement gratitude joy love optimism pride"
    " relief"
)
NEGATIVE = _list(
    "anger annoyance disappointment disapproval disgust embarrassment fear grief nervousness"
    " remorse sadness"
)
EKMAN: Mapping[str, list[int]] = {
    kind: [LABELS.index(name) for name in names.split()]
    for kind, names in {
        "anger": "anger annoyance disapproval",
        "disgust": "disgust",
        "fear": "fear nervousness",
        "joy": " ".join(POSITIVE),
        "sadness": "sadness disappointment embarrassment grief remorse",
        "surprise": "surprise realization confusion curiosity",
        "neutral": "neutral",
    }.items()
}
"""The grouping of Demszky et al. (2020), after Ekman."""
OURS: Mapping[str, list[int]] = {
    kind: [LABELS.index(name) for name in names.split()]
    for kind, names in {
        "anger": "anger",
        "frustration": "annoyance",
        "disappointment": "disappointment sadness",
        "worry": "fear nervousness",
        "confusion": "confusion",
        "gratitude": "gratitude",
        "delight": "joy excitement love admiration",
        "emotion": " ".join(name for name in LABELS if name != "neutral"),
    }.items()
}
"""The few emotions of customers that goodwill tells, from those of GoEmotions."""
_AIRLINE = re.compile(
    r"(?i)\b(flight|flights|airline|airport|plane|luggage|boarding)|@(united|delta|jetblue"
    r"|americanair|southwestair|british_airways|airasia\w*|virginamerica|usairways|klm|lufthansa"
    r"|ryanair|easyjet|emirates|qantas\w*|indigo\w*|jetairways|airindia\w*|heathrow\w*|alaskaair"
    r"|aircanada|westjet)\b"
)


@dataclass(frozen=True)
class Labelled:
    """Texts, what is true of each, and the group that each is of."""

    texts: list[str]
    truth: Any
    group: list[str] = field(default_factory=list)


def complaints(data: Path) -> Labelled:
    """Return tweets, whether each is a complaint, and their domain (Preotiuc-Pietro et al.)."""
    path = data / "complaint_tweets" / "complaints-data.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return Labelled(
        [row[1] for row in rows], np.array([int(row[2]) for row in rows]), [row[3] for row in rows]
    )


def emotions(data: Path, part: str) -> Labelled:
    """Return comments of Reddit with their 28 labels (GoEmotions)."""
    lines = (data / "goemotions" / f"{part}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    truth = np.zeros((len(rows), len(LABELS)), np.int8)
    for number, row in enumerate(rows):
        truth[number, [int(label) for label in row[1].split(",")]] = 1
    return Labelled([row[0] for row in rows], truth)


def mood_of(truth: Any) -> Any:
    """Return negative, neutral, positive of comments, summing to one, by the paper's grouping."""
    bad = truth[:, [LABELS.index(name) for name in NEGATIVE]].max(axis=1) > 0
    good = truth[:, [LABELS.index(name) for name in POSITIVE]].max(axis=1) > 0
    moods = np.stack([bad, ~bad & ~good, good], axis=1).astype(float)
    return moods / moods.sum(axis=1, keepdims=True)


def quiet(tweets: Labelled) -> Any:
    """Return which tweets teach sentiment: to companies, and none to or about an airline."""
    return np.array([
        group not in ("transport", "random_reply", "random_tweet") and not _AIRLINE.search(text)
        for group, text in zip(tweets.group, tweets.texts, strict=True)
    ])  # fmt: skip


def airline(data: Path) -> Labelled:
    """Return tweets to airlines: 0 negative, 1 neutral, 2 positive; group is the reason."""
    names = ["negative", "neutral", "positive"]
    with (data / "airline_tweets" / "Tweets.csv").open(encoding="utf-8", newline="") as file:
        by_id = {row["tweet_id"]: row for row in csv.DictReader(file)}
    rows = list(by_id.values())
    return Labelled(
        [row["text"] for row in rows],
        np.array([names.index(row["airline_sentiment"]) for row in rows]),
        [row["negativereason"] for row in rows],
    )


def portuguese(data: Path) -> Labelled:
    """Return Brazilian reviews that have words, with their stars and the voted reason."""
    path = data / "olist_reviews" / "olist_classified_public_dataset.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            row for row in csv.DictReader(file) if (row["review_comment_message"] or "").strip()
        ]
    return Labelled(
        [row["review_comment_message"] for row in rows],
        np.array([int(row["review_score"]) for row in rows]),
        [row["most_voted_subclass"] for row in rows],
    )


def fingerprint(text: str) -> str:
    """Return a hash of the text's letters and digits in lower case: the same for near copies."""
    letters = re.sub(r"[\W_]+", " ", text.lower()).strip()
    return blake2b(letters.encode(), digest_size=12).hexdigest()


def banking77(data: Path) -> set[str]:
    """Return the fingerprints of every text of Banking77, train and test."""
    held = set()
    for name in ("train.csv", "test.csv"):
        with (data / "banking77" / name).open(encoding="utf-8", newline="") as file:
            held.update(fingerprint(row["text"]) for row in csv.DictReader(file))
    return held
