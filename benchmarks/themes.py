"""Themes: agreement with labels that people gave, and CPU seconds.

    make bench NAME=themes
    .venv/bin/python benchmarks/themes.py --messages 1000000
    .venv/bin/python benchmarks/themes.py --encoder minilm

With MiniLM the questions of Banking77 alone are read, and nothing is written.

No setting was fitted to Banking77, but its figures were seen while the number of orders that groups
are agreed on over, and the rule of the cut-off, were settled. The other sets have few and broad
classes for many themes, so their figures are low for every method; they are here to be compared
with themselves.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from random import Random
from typing import Any

from _agreement import adjusted_rand, mutual_information
from _bench import cpu_seconds, data_folder, peak_gb, report, timed
from goodwill.language import ENCODERS, Themes, discover, encode
from goodwill.language._encoder import shipped

Labelled = tuple[list[str], list[str]]


def read(path: Path, text: str, label: str, leave_out: tuple[str, ...] = ("",)) -> Labelled:
    """Return texts and labels of a CSV file, without rows that lack either."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row[text] and row[label] not in leave_out]
    return [row[text] for row in rows], [row[label] for row in rows]


def agreement(name: str, themes: Themes, texts: list[str], labels: list[str]) -> dict[str, Any]:
    """Return one row: how the themes of the texts that have one agree with the labels."""
    found = themes.assign(texts)
    filed = found >= 0
    truth = [label for label, held in zip(labels, filed, strict=True) if held]
    return {
        "set": name,
        "texts": len(texts),
        "classes": len(set(labels)),
        "themes": len(themes),
        "unassigned": round(float(1 - filed.mean()), 4),
        "NMI": round(mutual_information(truth, found[filed].tolist()), 3),
        "ARI": round(adjusted_rand(truth, found[filed].tolist()), 3),
    }


def messages(data: Path, count: int, seed: int = 0) -> list[str]:
    """Return that many real messages, drawn with replacement, each with a word of its own."""
    sets = [
        read(data / "airline_tweets" / "Tweets.csv", "text", "tweet_id")[0],
        read(data / "spotify_support" / "support_requests.csv", "text", "tweet_id")[0],
        read(data / "banking77" / "train.csv", "text", "category")[0],
    ]
    random = Random(seed)
    pool = [text for texts in sets for text in texts]
    words = " ".join(random.choices(pool, k=5000)).split()
    return [f"{random.choice(pool)} {random.choice(words)}" for _ in range(count)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--encoder", choices=ENCODERS, default="static")
    options = parser.parse_args()
    data = data_folder()
    shipped()
    rows = []
    train = read(data / "banking77" / "train.csv", "text", "category")
    test = read(data / "banking77" / "test.csv", "text", "category")
    if options.encoder != "static":
        themes, _, cpu = timed(lambda: discover(train[0], encoder=options.encoder))
        print(agreement("Banking77", themes, *train) | {"CPU s": round(cpu, 1)})
        print(agreement("Banking77, unseen", themes, *test))
        return
    for name, found, unseen in (
        ("Banking77", train, test),
        (
            "airline negativereason",
            read(data / "airline_tweets" / "Tweets.csv", "text", "negativereason",
                 ("", "Can't Tell")),
            None,
        ),
        (
            "olist most_voted_subclass",
            read(data / "olist_reviews" / "olist_classified_public_dataset.csv",
                 "review_comment_message", "most_voted_subclass"),
            None,
        ),
    ):  # fmt: skip
        themes, _, cpu = timed(lambda texts=found[0]: discover(texts))
        rows.append(agreement(name, themes, *found) | {"CPU s": round(cpu, 1)})
        if unseen:
            rows.append(agreement(f"{name}, unseen", themes, *unseen))
    many = messages(data, options.messages)
    before = cpu_seconds()
    encode(many)
    encoding = cpu_seconds() - before
    themes, wall, finding = timed(lambda: discover(many))
    _, _, assigning = timed(lambda: themes.assign(many))
    rows.append({"set": "resampled messages", "texts": len(many), "themes": len(themes)})
    speed = {
        "messages": len(many),
        "encode, CPU s": round(encoding, 1),
        "discover, CPU s": round(finding, 1),
        "discover, wall s": round(wall, 1),
        "assign, CPU s": round(assigning, 1),
        "peak GB": round(peak_gb(), 2),
    }
    report("themes", rows, speed=speed, encoder=shipped().name)
    for name, value in speed.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
