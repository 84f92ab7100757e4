"""Stability of themes through a Book: order of rows, threads, a tenth more messages, a new matter.

    make bench NAME=stability
    .venv/bin/python benchmarks/stability.py --books 9000

The Books hold real messages to an airline, a music service and a bank. One is added in another
order of rows and refreshed in a process with another number of threads; one gets a tenth more
messages and a refit, of which a share is about a matter that was not there before: one of the 77 of
Banking77, which was held back. The same is done without a Book for many matters of Banking77 and of
tweets, at one, two and three messages in a hundred of all, and with nothing planted.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

import goodwill
from _agreement import adjusted_rand
from _bench import data_folder, report
from goodwill.language import discover
from goodwill.language._wording import stem
from goodwill.language._words import words
from themes import Labelled, read

Row = tuple[str, str]
"""Id and text of a message."""

TWEETED = {
    "wifi": r"\bwi-?fi\b", "voucher": r"\bvouchers?\b", "miles": r"\b(miles|points)\b",
    "upgrade": r"\bupgrad", "food": r"\b(food|snack|meals?|drink)\b",
    "entertainment": r"\b(tv|movies?|entertainment)\b", "student": r"\bstudent",
    "family": r"\bfamily\b", "playstation": r"\b(ps4|ps3|playstation|xbox)\b",
    "speaker": r"\b(alexa|echo|sonos|google home)\b", "shuffle": r"\bshuffl",
    "ads": r"\b(ads|advert|ad)\b", "podcast": r"\bpodcasts?\b",
    "car": r"\b(carplay|android auto|my car|bluetooth)\b",
}  # fmt: skip
"""Matters of the tweets, and the words that tell them."""

SPLITS = 10
"""How often nothing is planted."""


def write(path: Path, rows: list[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["ticket_id", "created_at", "customer_id", "channel", "message"])
        for key, text in rows:
            day = int(key[1:]) % 365
            at = f"{2023 + day // 335}-{1 + day % 335 // 28:02d}-{1 + day % 28:02d}T10:00:00Z"
            table.writerow([key, at, f"c{int(key[1:]) % 4001}", "email", text])
    return path


_REFRESH = """
import sys, json, goodwill
book = goodwill.open(sys.argv[1])
book.refresh(refit="refit" in sys.argv)
"""


def refresh(folder: Path, threads: int, *more: str) -> None:
    """Refresh in a process of its own, with so many threads of every kind."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_IO_THREADS")
    env = {**os.environ, **dict.fromkeys(names, str(threads))}
    subprocess.run([sys.executable, "-c", _REFRESH, str(folder), *more], env=env, check=True)


def filed(book: goodwill.Book) -> dict[str, int | None]:
    """Return the theme of each message, None where it has none."""
    table = book.table("contact_themes")
    return dict(zip(table["contact_id"].to_pylist(), table["theme_id"].to_pylist(), strict=True))


def kept(before: dict[str, int | None], after: dict[str, int | None]) -> dict[str, Any]:
    """Return the share of the old messages with a theme that keep it, and the ARI of all."""
    had = [key for key, theme in before.items() if theme is not None]
    same = sum(after.get(key) == before[key] for key in had)
    old = [-1 if theme is None else theme for theme in before.values()]
    new = [-1 if after.get(key) is None else after[key] for key in before]
    return {"old kept": round(same / len(had), 4), "ARI old/new": round(adjusted_rand(old, new), 4)}


def found(themes: np.ndarray, planted: np.ndarray, known: int, labels: list[str]) -> dict[str, Any]:
    """Return how much of a planted matter stands under new themes, and what those are called."""
    counts = Counter(int(t) for t in themes[planted] if t >= known)
    best = counts.most_common(1)[0][0] if counts else -1
    return {
        "planted": int(planted.sum()),
        "new themes": len({int(t) for t in themes if t >= known}),
        "recall": round(counts.total() / planted.sum(), 3),
        "precision": round(counts[best] / max((themes == best).sum(), 1), 3) if counts else 0.0,
        "label": labels[best] if counts else "",
    }


def named(label: str, matter: str) -> bool:
    """Whether a label holds a word of the name that people gave the matter."""
    said = {stem(word) for word in words([label]).vocabulary}
    return bool(said & {stem(word) for word in matter.lower().replace("?", "").split("_")})


def in_books(pool: list[str], bank: Labelled, count: int, folder: Path) -> list[dict[str, Any]]:
    """Return the rows that are measured through Books."""
    random = Random(7)
    chosen = random.sample(pool, count + count // 10)
    rows = [(f"m{number}", text) for number, text in enumerate(chosen)]
    old, more = rows[:count], rows[count:]
    turned = random.sample(old, count)
    out: list[dict[str, Any]] = []
    one = goodwill.create(folder / "one", time_zone="UTC")
    one.add(write(folder / "old.csv", old))
    refresh(one.folder, 1)
    two = goodwill.create(folder / "two", time_zone="UTC")
    two.add(write(folder / "turned.csv", turned))
    refresh(two.folder, 4)
    first, second = goodwill.open(one.folder), goodwill.open(two.folder)
    alike = all(
        first.table(name).sort_by(keys).equals(second.table(name).sort_by(keys))
        for name, keys in (
            ("themes", [("theme_id", "ascending")]),
            ("contact_themes", [("contact_id", "ascending")]),
        )
    ) if first.table("contact_themes")["source"][0] == second.table("contact_themes")["source"][0] \
        else _alike_but_source(first, second)  # fmt: skip
    out.append({"what": "Books: rows in another order, 4 threads for 1", "messages": count,
                "identical": alike, "themes": first.table("themes").num_rows})  # fmt: skip
    before = filed(first)
    for matter in ("card_arrival", "lost_or_stolen_phone"):
        new = [text for text, label in zip(*bank, strict=True) if label == matter]
        planted = [(f"m{count * 2 + number}", text) for number, text in enumerate(new)][: len(more)]
        # A Book of its own for each matter: the first one's folder, copied while nobody writes.
        book = goodwill.create(folder / matter, time_zone="UTC")
        book.add(folder / "old.csv")
        refresh(book.folder, 2)
        known = book.table("themes").num_rows
        had = filed(goodwill.open(book.folder))
        assert Counter(had.values()) == Counter(before.values())
        filling = more[: max(len(more) - len(planted), 0)]
        book.add(write(folder / f"{matter}.csv", [*filling, *planted]))
        refresh(book.folder, 2, "refit")
        book = goodwill.open(book.folder)
        after = filed(book)
        keys = list(after)
        themes = np.array([-1 if after[key] is None else after[key] for key in keys])
        held = np.array([key in {k for k, _ in planted} for key in keys])
        labels = {r["theme_id"]: r["label"] for r in book.table("themes").to_pylist()}
        ids = max(had_id for had_id in had.values() if had_id is not None)
        assert ids < known
        row = found(themes, held, known, [labels.get(n, "") for n in range(max(labels) + 1)])
        out.append({"what": f"Book, a tenth more and a refit: {matter}", "messages": count,
                    **kept(had, after), **row, "named": named(row["label"], matter)})  # fmt: skip
    return out


def _alike_but_source(first: goodwill.Book, second: goodwill.Book) -> bool:
    """Whether two Books file alike: the name of the file they came from may differ."""
    sides = [
        {(row["contact_id"], *(v for k, v in row.items() if k != "source"))
         for row in book.table("contact_themes").to_pylist()}
        for book in (first, second)
    ]  # fmt: skip
    return sides[0] == sides[1] and first.table("themes").equals(second.table("themes"))


def without_book(
    what: str, old: list[str], more: list[str], matters: dict[str, list[str]], share: float
) -> dict[str, Any]:
    """Return how often a matter that was held back is found, by its share of all messages.

    Args:
        what: Of what set the matters are.
        old: The messages of a first fit.
        more: The others that came since.
        matters: The messages of each matter.
        share: Planted messages over old ones; each takes the place of one that came since.
    """
    count = round(share * len(old))
    fitted = discover(old)
    had = fitted.assign(old)
    held = had >= 0
    known = len(fitted)
    tried, hits, names, kept_share, aris, recalls, precisions = 0, 0, 0, [], [], [], []
    labels, spurious = [], 0
    for matter, new in matters.items():
        planted = new[:count]
        if len(planted) < count:
            continue
        themes = deepcopy(fitted)
        themes.update([*old, *more[: len(more) - count], *planted])
        after = themes.assign(old)
        kept_share.append(float((after[held] == had[held]).mean()))
        aris.append(adjusted_rand(had.tolist(), after.tolist()))
        ids = np.concatenate([after, themes.assign(planted)])
        tried += 1
        if not count:
            spurious += len(themes) > known
            continue
        row = found(ids, np.arange(len(ids)) >= len(old), known, themes.labels)
        hit = row["recall"] >= 0.5
        hits += hit
        names += hit and named(row["label"], matter)
        recalls.append(row["recall"])
        precisions.append(row["precision"])
        labels.append(f"{matter}: {row['label']} ({row['recall']:.2f})")
    out = {
        "what": f"without a Book: {what}, {share:.0%} of the messages",
        "messages": len(old), "planted": count, "matters": tried,
        "old kept": round(min(kept_share), 4), "ARI old/new": round(min(aris), 4),
    }  # fmt: skip
    if not count:
        return {**out, "any found": spurious}
    return {
        **out, "any found": sum(recall > 0 for recall in recalls), "found": int(hits),
        "named like people": int(names), "recall": round(float(np.mean(recalls)), 3),
        "precision": round(float(np.mean(precisions)), 3), "labels": "; ".join(labels),
    }  # fmt: skip


def of_bank(pool: list[str], bank: Labelled, count: int, part: int) -> list[dict[str, Any]]:
    """Return the rows of matters of a bank held back from half a bank's, half others' messages."""
    texts, labels = bank
    random = Random(11)
    base = random.sample(pool, part * 3 // 2)
    often = [name for name, times in sorted(Counter(labels).items()) if times > 0.07 * part]
    chosen = Random(3).sample(often, count)
    others = [t for t, label in zip(texts, labels, strict=True) if label not in chosen]
    random.shuffle(others)  # the file is in order of the labels
    old, more = [*base[:part], *others[:part]], [*base[part:], *others[part:]]
    more = random.sample(more, part // 5)
    matters = {
        name: random.sample(of, len(of))
        for name in chosen
        if (of := [t for t, label in zip(texts, labels, strict=True) if label == name])
    }
    return [without_book("Banking77", old, more, matters, share) for share in (0.01, 0.02, 0.03)]


def of_tweets(pool: list[str], part: int) -> list[dict[str, Any]]:
    """Return the rows of matters of tweets, each told by words of its own; and with none planted.

    The settings were chosen on these.
    """
    random = Random(5)
    texts = random.sample(pool, len(pool))
    told = {name: re.compile(pattern, re.I) for name, pattern in TWEETED.items()}
    matters = {name: [t for t in texts if of.search(t)] for name, of in told.items()}
    taken = {t for of in matters.values() for t in of}
    rest = [t for t in texts if t not in taken]
    old, more = rest[: 2 * part], rest[2 * part : 2 * part + part // 5]
    rows = [without_book("tweets", old, more, matters, share) for share in (0.01, 0.02)]
    none: list[dict[str, Any]] = []
    for _ in range(SPLITS):
        random.shuffle(rest)
        old, more = rest[: 2 * part], rest[2 * part : 2 * part + part // 5]
        none.append(without_book("nothing planted", old, more, {"": []}, 0.0))
    rows.append({
        **none[0], "matters": len(none), "any found": sum(row["any found"] for row in none),
        "old kept": min(row["old kept"] for row in none),
        "ARI old/new": min(row["ARI old/new"] for row in none),
    })  # fmt: skip
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=12_000, help="messages of a Book")
    parser.add_argument("--matters", type=int, default=12)
    parser.add_argument("--part", type=int, default=1_500, help="messages of bank and of tweets")
    parser.add_argument("--only", choices=("books", "bank", "tweets"), help="nothing is written")
    options = parser.parse_args()
    data = data_folder()
    bank = read(data / "banking77" / "train.csv", "text", "category")
    pool = sorted({
        text
        for path, name in (("airline_tweets/Tweets.csv", "text"),
                           ("spotify_support/support_requests.csv", "text"))
        for text in read(data / path, name, "tweet_id")[0]
    })  # fmt: skip
    rows = []
    if options.only in (None, "books"):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["XDG_CONFIG_HOME"] = folder
            rows += in_books(pool, bank, options.books, Path(folder))
    if options.only in (None, "tweets"):
        rows += of_tweets(pool, options.part)
    if options.only in (None, "bank"):
        rows += of_bank(pool, bank, options.matters, options.part)
    if options.only:
        for row in rows:
            print(row, flush=True)
        return
    report("stability", rows)


if __name__ == "__main__":
    main()
