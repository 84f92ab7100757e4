"""Signals: agreement with labels that people gave, beside VADER, and CPU seconds.

    make bench NAME=signals
    .venv/bin/python benchmarks/signals.py --messages 1000000

VADER is compared where ``vaderSentiment`` is installed; goodwill does not need it. The shipped
heads of sentiment saw no tweet to an airline. The heads of complaint (ten-fold), of GoEmotions' 28
labels and of airline sentiment with labels are fitted here, as ``models/signals`` fits the shipped.
"""

from __future__ import annotations

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from _bench import RESULTS, data_folder, peak_gb, report, timed
from goodwill.language import SIGNALS, detect, signals
from themes import messages

ROOT = RESULTS.parents[1]
sys.path.insert(0, str(ROOT / "models" / "signals"))

import corpora  # noqa: E402
import draw  # noqa: E402
import fit as fitting  # noqa: E402
import train  # noqa: E402

LABELS = ROOT / "tests" / "language" / "labelled_signals.json"


def f1(truth: Any, said: Any) -> float:
    """Return the F1 of one class."""
    both = float((truth & said).sum())
    return 2 * both / max(float(truth.sum() + said.sum()), 1)


def macro(truth: Any, named: Any) -> tuple[float, float]:
    """Return macro-F1 over three classes and accuracy."""
    scores = [f1(truth == kind, named == kind) for kind in range(3)]
    return float(np.mean(scores)), float((truth == named).mean())


def wilson(right: int, of: int) -> str:
    """Return a share with its interval (Wilson 1927), 95 %."""
    if not of:
        return "-"
    z, share = 1.96, right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * np.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return f"{share:.2f} ({middle - half:.2f}-{middle + half:.2f}) of {of}"


def mood(texts: list[str]) -> Any:
    """Return 0 negative, 1 neutral, 2 positive by the shipped heads, English given."""
    table = signals(texts, language="en")
    bad, good = table["negative"].to_numpy(), table["positive"].to_numpy()
    three = np.nan_to_num(np.stack([bad, 1 - bad - good, good], axis=1))
    return np.where(np.isnan(bad), 1, three.argmax(axis=1))


def airline(data: Path) -> list[dict[str, Any]]:
    """Return sentiment of airline tweets: shipped heads, VADER, and heads with labels."""
    tweets = corpora.airline(data)
    rows = [
        _scored("airline sentiment, shipped (saw none)", *macro(tweets.truth, mood(tweets.texts)))
    ]
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError:
        rows.append({"what": "airline sentiment, VADER", "measure": "not installed"})
    else:
        rate = SentimentIntensityAnalyzer().polarity_scores
        compound = np.array([rate(text)["compound"] for text in tweets.texts])
        named = np.where(compound <= -0.05, 0, np.where(compound >= 0.05, 2, 1))
        rows.append(_scored("airline sentiment, VADER", *macro(tweets.truth, named)))
    fitting.MEANING = 1.0
    grams = fitting.vocabulary_of(tweets.texts, 2)
    of = fitting.seen(tweets.texts, grams)
    fold, held = train.folds(tweets.truth, 5), np.zeros((len(tweets.truth), 3))
    classes = np.eye(3)[tweets.truth]
    for number in range(5):
        some = fold != number
        head = fitting.fit(train.rows(of, some), classes[some], l2=0.5, softmax=True, rounds=40)
        held[~some] = head.logits(train.rows(of, ~some))
    rows.append(
        _scored("airline sentiment, labels, five-fold", *macro(tweets.truth, held.argmax(axis=1)))
    )
    table = signals(tweets.texts, language="en")
    core = {"Late Flight", "Cancelled Flight", "Lost Luggage", "Damaged Luggage"}
    around = {"Customer Service Issue", "Flight Attendant Complaints", "longlines"}
    for name, kinds in (("core_failure", core), ("experience_failure", around)):
        known = np.array([group in core | around for group in tweets.group])
        truth = np.array([group in kinds for group in tweets.group])[known]
        score = np.nan_to_num(table[name].to_numpy()[known])
        rows.append({"what": f"{name} by the airline's reason", "texts": len(truth),
                     "AUC": round(train.area(truth.astype(int), score), 3)})  # fmt: skip
    return rows


def _scored(what: str, f1_of_all: float, accuracy: float) -> dict[str, Any]:
    return {"what": what, "macro-F1": round(f1_of_all, 3), "accuracy": round(accuracy, 3)}


def complaint(data: Path) -> list[dict[str, Any]]:
    """Return the AUC of the complaint head on texts held out, and with a domain left out."""
    tweets = corpora.complaints(data)
    of = fitting.seen(tweets.texts, fitting.vocabulary_of(tweets.texts, 2))
    _, _, held = train.complaint_head(of, tweets)
    domains = train.by_domain(of, tweets)
    worst = min(domains, key=lambda name: domains[name])
    best = max(
        f1(tweets.truth == 1, held > cut) for cut in np.quantile(held, np.arange(0.3, 0.9, 0.02))
    )
    return [
        {"what": "complaint, ten-fold", "AUC": round(train.area(tweets.truth, held), 3),
         "F1 at best": round(best, 3)},
        {"what": f"complaint, worst domain left out ({worst})", "AUC": round(domains[worst], 3)},
    ]  # fmt: skip


def emotions(data: Path) -> list[dict[str, Any]]:
    """Return macro-F1 on GoEmotions: 28 labels, the paper's grouping, and goodwill's own."""
    fitting.MEANING = 1.5
    parts = {name: corpora.emotions(data, name) for name in ("train", "dev", "test")}
    grams = fitting.vocabulary_of(parts["train"].texts, 3)
    pieces = fitting.pieces_of(parts["train"].texts)
    of = {name: fitting.seen(part.texts, grams, pieces) for name, part in parts.items()}
    found = []
    ekman = list(corpora.EKMAN.values())

    def grouped(truth: Any, kinds: Any) -> Any:
        return np.stack([truth[:, kind].max(axis=1) for kind in kinds], axis=1)

    for what, kinds in (("GoEmotions, 28 labels (paper: .46)", [[n] for n in range(28)]),
                        ("GoEmotions, Ekman (paper: .64)", ekman)):  # fmt: skip
        truth = {name: grouped(part.truth, kinds) for name, part in parts.items()}
        head = fitting.fit(of["train"], truth["train"], l2=1.0, rounds=60)
        cuts = _cuts(head.logits(of["dev"]), truth["dev"])
        said = head.logits(of["test"]) > cuts
        scores = [f1(truth["test"][:, n] == 1, said[:, n]) for n in range(len(kinds))]
        found.append({"what": what, "macro-F1": round(float(np.mean(scores)), 3)})
    shipped = {name: signals(parts[name].texts, language="en") for name in ("dev", "test")}
    for name, kind in corpora.OURS.items():
        truth = {part: parts[part].truth[:, kind].max(axis=1) for part in shipped}
        score = {part: np.nan_to_num(shipped[part][name].to_numpy()) for part in shipped}
        cut = _cuts(score["dev"][:, None], truth["dev"][:, None])[0]
        found.append(
            {
                "what": f"GoEmotions test, shipped {name}",
                "AUC": round(train.area(truth["test"], score["test"]), 3),
                "F1 at best": round(f1(truth["test"] == 1, score["test"] > cut), 3),
            }
        )
    return found


def _cuts(scores: Any, truth: Any) -> Any:
    """Return the cut-off of each label that is best on these texts."""
    best = []
    for n in range(scores.shape[1]):
        tried = np.quantile(scores[:, n], np.linspace(0.5, 0.999, 120))
        best.append(max(tried, key=lambda cut: f1(truth[:, n] == 1, scores[:, n] > cut)))
    return np.array(best)


def labelled(data: Path) -> list[dict[str, Any]]:
    """Return precision and recall at .5 on the messages labelled by hand."""
    known = json.loads(LABELS.read_text(encoding="utf-8"))
    texts = {key: text for key, _, text in draw.drawn(data)}
    rows = known["messages"]
    for key, _, digest, *_ in rows:
        assert sha256(texts[key].encode()).hexdigest()[:16] == digest, f"{key} is another text"
    table = signals([texts[row[0]] for row in rows], language="en")
    found = []
    for letter, name in known["letters"].items():
        if name not in SIGNALS:
            continue
        asked = np.array([letter in known["rare"] or not row[1].startswith("rare") for row in rows])
        truth = np.array([letter in row[3] for row in rows])[asked]
        score = np.nan_to_num(table[name].to_numpy()[asked])
        said = score >= 0.5
        right = int((truth & said).sum())
        found.append({
            "what": f"labelled: {name}", "texts": int(asked.sum()), "with it": int(truth.sum()),
            "AUC": round(train.area(truth.astype(int), score), 3),
            "precision": wilson(right, int(said.sum())), "recall": wilson(right, int(truth.sum())),
            "mean probability": round(float(score.mean()), 3), "kappa": known["kappa"][name],
        })  # fmt: skip
    return found


def other_languages(data: Path) -> list[dict[str, Any]]:
    """Return how languages are told, and the Portuguese heads (measured where they are made)."""
    import csv

    import pyarrow.parquet as pq

    with (data / "spotify_support" / "support_requests.csv").open(encoding="utf-8") as file:
        music = [row["text"] for row in csv.DictReader(file) if row["text"]]
    table = pq.read_table(data / "support_texts" / "support_texts.parquet").to_pylist()
    spanish = [row["text"] for row in table if row["language"] == "es"][::10]
    rows = []
    for code, name, texts in (
        ("en", "airline", corpora.airline(data).texts), ("en", "music", music),
        ("pt", "olist", corpora.portuguese(data).texts), ("es", "support texts", spanish),
    ):  # fmt: skip
        found, _, cpu = timed(lambda texts=texts: detect(texts).to_pylist())
        rows.append({
            "what": f"language, {name} ({code})", "texts": len(texts),
            "right": round(found.count(code) / len(texts), 3),
            "unknown": round(found.count(None) / len(texts), 3),
            "wrong": round(1 - (found.count(code) + found.count(None)) / len(texts), 4),
            "texts a CPU s": int(len(texts) / cpu),
        })  # fmt: skip
    return rows


def speed(data: Path, count: int) -> list[dict[str, Any]]:
    """Return CPU seconds of language and all signals, for real messages drawn anew."""
    texts = messages(data, count)
    signals(texts[:2000])
    _, wall, cpu = timed(lambda: signals(texts))
    return [{"what": "language and all signals", "texts": count, "CPU s": round(cpu, 1),
             "wall s": round(wall, 1), "CPU s a million": round(cpu * 1e6 / count, 1),
             "peak GB": round(peak_gb(), 2)}]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--only", nargs="*", help="parts to run, of: " + ", ".join(PARTS))
    options = parser.parse_args()
    data = data_folder()
    rows: list[dict[str, Any]] = []
    for name, part in PARTS.items():
        if not options.only or name in options.only:
            rows += speed(data, options.messages) if part is None else part(data)
    if options.only:
        for row in rows:
            print(row)
    else:
        report("signals", rows)


PARTS = {"complaint": complaint, "airline": airline, "emotions": emotions,
         "labelled": labelled, "languages": other_languages, "speed": None}  # fmt: skip


if __name__ == "__main__":
    main()
