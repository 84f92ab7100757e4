"""A sheet for rating labels blind: ours beside BERTopic's for the same groups of messages.

    .venv/bin/python benchmarks/label_sheet.py /path/to/venv/bin/python SHEET KEY --seed 2 --half 1

The other venv holds BERTopic; see ``beside_bertopic.py``. Each of 100 lines of SHEET has eight
messages of a theme (four of its nearer half, four of the others) and two labels, A and B, in an
order drawn with the seed. KEY says which is whose. The texts are one half of each set, by a hash:
labels are worked on with half 0 and rated with half 1. No one who rates sees KEY.

``--sets fresh`` takes the other sets at hand of messages that customers write to a company: labels
are never worked on with those.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import tempfile
from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import Any

import pyarrow.parquet as pq

from _bench import data_folder
from goodwill.language import discover
from themes import read

QUOTAS = {
    "known": {
        "spotify_support": 18,
        "airline_tweets": 18,
        "multidogo": 15,
        "dstc11_intents": 13,
        "nlupp": 12,
        "dstc11_track5": 14,
        "olist_reviews": 10,
    },
    "fresh": {
        "complaint_tweets": 28,
        "sgd": 32,
        "restaurant8k": 14,
        "taskmaster3": 13,
        "taskmaster4": 13,
    },
}
"""Items of each set; most are sources within ``support_texts``."""
MOST = 5000
SHOWN = 220
"""Characters of a message that are shown."""


def sets_of(data: Path, chosen: str) -> dict[str, list[str]]:
    """Return the texts of each set."""
    tables = data / "support_texts" / "support_texts.parquet"
    found: dict[str, list[str]] = {}
    for row in pq.read_table(tables).to_pylist():
        spoken = row["role"] in ("customer", "review") and row["language"] == "en"
        if row["source"] in QUOTAS[chosen] and spoken:
            found.setdefault(row["source"], []).append(row["text"])
    return found | (_known_files(data) if chosen == "known" else _fresh_files(data))


def _known_files(data: Path) -> dict[str, list[str]]:
    spotify = data / "spotify_support" / "support_requests.csv"
    olist = data / "olist_reviews" / "olist_classified_public_dataset.csv"
    airline = data / "airline_tweets" / "Tweets.csv"
    return {
        "spotify_support": read(spotify, "text", "tweet_id")[0],
        "airline_tweets": read(airline, "text", "tweet_id")[0],
        "olist_reviews": read(olist, "review_comment_message", "most_voted_subclass")[0],
    }


def _fresh_files(data: Path) -> dict[str, list[str]]:
    tweets = data / "complaint_tweets" / "complaints-data.csv"
    with tweets.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, ["id", "text", "label", "domain"])
        return {"complaint_tweets": [row["text"] for row in rows]}


def half_of(texts: list[str], half: int) -> list[str]:
    """Return one half of the texts, the same for any order of them."""

    def mark(text: str) -> bytes:
        return blake2b(text.encode(), digest_size=8).digest()

    ordered = sorted({text for text in texts if text}, key=mark)
    return [
        text for text in ordered if blake2b(text.encode(), digest_size=2).digest()[0] % 2 == half
    ][:MOST]


def theirs_of(python: str, groups: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return BERTopic's label of each group."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "groups.json").write_text(json.dumps(groups), encoding="utf-8")
        peer = Path(__file__).with_name("_bertopic_labels.py")
        subprocess.run([python, str(peer), str(folder)], check=True)
        found: dict[str, dict[str, str]] = json.loads(
            (folder / "labels.json").read_text(encoding="utf-8")
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("python")
    parser.add_argument("sheet", type=Path)
    parser.add_argument("key", type=Path)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--half", type=int, default=1, choices=(0, 1))
    parser.add_argument("--sets", default="known", choices=tuple(QUOTAS))
    options = parser.parse_args()
    random = Random(options.seed)
    themes, filed = {}, {}
    for name, texts in sorted(sets_of(data_folder(), options.sets).items()):
        some = half_of(texts, options.half)
        themes[name] = discover(some)
        ids, alike = themes[name].assign_with_similarity(some)
        held = [row for row in zip(some, ids.tolist(), alike.tolist(), strict=True) if row[1] >= 0]
        filed[name] = held
    theirs = theirs_of(
        options.python,
        {
            name: {
                "texts": [text for text, _, _ in held],
                "groups": [theme for _, theme, _ in held],
                "language": "multilingual" if name == "olist_reviews" else "english",
            }
            for name, held in filed.items()
        },
    )
    items = []
    for name, held in filed.items():
        found = themes[name]
        asked = [
            theme for theme in found.ids if not found.muted[theme] and str(theme) in theirs[name]
        ]
        for theme in random.sample(asked, min(QUOTAS[options.sets][name], len(asked))):
            members = sorted(((near, text) for text, of, near in held if of == theme), reverse=True)
            texts = [text for _, text in members]
            central = random.sample(texts[: max(20, len(texts) // 2)], 4)
            others = [text for text in texts if text not in central]
            said = central + random.sample(others, min(4, len(others)))
            random.shuffle(said)
            shown = [" ".join(text.split())[:SHOWN] for text in said]
            items.append((name, theme, shown, found.labels[theme], theirs[name][str(theme)]))
    random.shuffle(items)
    sheet, key = [], []
    for number, (name, theme, said, ours, other) in enumerate(items):
        first = random.random() < 0.5
        a, b = (ours, other) if first else (other, ours)
        sheet.append({"item": number, "sentences": said, "A": a, "B": b})
        key.append({"item": number, "set": name, "theme": theme, "goodwill": "A" if first else "B"})
    for path, rows in ((options.sheet, sheet), (options.key, key)):
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(items)} items: {options.sheet}; whose is whose: {options.key}")


if __name__ == "__main__":
    main()
