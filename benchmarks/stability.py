"""Stability of themes through a Book: order of rows, threads, a tenth more messages, a new matter.

    make bench NAME=stability
    .venv/bin/python benchmarks/stability.py --books 9000

The Books hold real messages to an airline, a music service and a bank. One is added in another
order of rows and refreshed in a process with another number of threads; one gets a tenth more
messages and a refit, of which a share is about a matter that was not there before: one of the 77 of
Banking77, which was held back. The same is done without a Book for many matters.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

import goodwill
from _agreement import adjusted_rand
from _bench import data_folder, report
from goodwill.language import discover
from goodwill.language._phrases import stem
from goodwill.language._words import words
from themes import Labelled, read

Row = tuple[str, str]
"""Id and text of a message."""


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
    pool: list[str], bank: Labelled, matters: list[str], share: float, part: int
) -> dict[str, Any]:
    """Return how often a held back matter of the bank is found, by its share of the new texts."""
    texts, labels = bank
    random = Random(11)
    base = random.sample(pool, part * 3 // 2)
    others = [t for t, label in zip(texts, labels, strict=True) if label not in matters]
    random.shuffle(others)  # the file is in order of the labels
    old, more = [*base[:part], *others[:part]], [*base[part:], *others[part:]]
    more = random.sample(more, part // 5)
    fitted = discover(old)
    had = fitted.assign(old)
    hits, names, kept_share, aris = 0, 0, [], []
    for matter in matters:
        new = [t for t, label in zip(texts, labels, strict=True) if label == matter]
        planted = new[: round(share * len(more))]
        themes = discover(old)
        known = len(themes)
        themes.update([*old, *more[: len(more) - len(planted)], *planted])
        after = themes.assign(old)
        held = had >= 0
        kept_share.append(float((after[held] == had[held]).mean()))
        aris.append(adjusted_rand(had.tolist(), after.tolist()))
        ids = np.concatenate([after, themes.assign(planted)])
        row = found(ids, np.arange(len(ids)) >= len(old), known, themes.labels)
        hit = row["recall"] >= 0.5
        hits += hit
        names += hit and named(row["label"], matter)
    return {
        "what": f"without a Book: new matters found, {share:.0%} of the new messages",
        "messages": len(old), "planted": round(share * len(more)), "matters": len(matters),
        "found": hits, "named like people": names,
        "old kept": round(min(kept_share), 4), "ARI old/new": round(min(aris), 4),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=12_000, help="messages of a Book")
    parser.add_argument("--matters", type=int, default=8)
    parser.add_argument("--part", type=int, default=4_000, help="messages of bank and of tweets")
    options = parser.parse_args()
    data = data_folder()
    bank = read(data / "banking77" / "train.csv", "text", "category")
    pool = sorted({
        text
        for path, name in (("airline_tweets/Tweets.csv", "text"),
                           ("spotify_support/support_requests.csv", "text"))
        for text in read(data / path, name, "tweet_id")[0]
    })  # fmt: skip
    matters = Random(3).sample(sorted(set(bank[1])), options.matters)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        rows += in_books(pool, bank, options.books, Path(folder))
    for share in (0.03, 0.1):
        rows.append(without_book(pool, bank, matters, share, options.part))
        print(rows[-1], flush=True)
    report("stability", rows)


if __name__ == "__main__":
    main()
