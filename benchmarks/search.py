"""Searching: a million contacts, each kind of query; and what is found by meaning.

``make bench NAME=search``. Texts are drawn with Zipf's law from 60,000 words, 40 a contact; a third
of the words are such that the encoder knows, so that words that mean the same are looked for. Half
as many replies stand beside them; each query is asked with and without those, in turn. By
meaning: each of the 77 kinds of questions to a bank is searched for by its name, and each reason of
complaints of airlines by words of its own; right is what people put under that kind.
"""

from __future__ import annotations

import csv
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from _bench import cpu_seconds, data_folder, report
from goodwill.generations import Reader
from goodwill.language import alike_words
from goodwill.report import INDEX, build_index, search
from goodwill.report.search_words import LEAST_NEAR

REASONS = {
    "Late Flight": "late flight",
    "Cancelled Flight": "cancelled flight",
    "Lost Luggage": "lost luggage",
    "Damaged Luggage": "damaged luggage",
    "Flight Attendant Complaints": "rude attendant",
}


def main(contacts: int = 1_000_000) -> None:
    rows = list(_times(contacts)) + list(_meaning(data_folder()))
    report("search", rows, contacts=contacts)


def _times(contacts: int) -> Iterator[dict[str, Any]]:
    """Yield how long each kind of query takes."""
    rng = np.random.default_rng(8)
    words, likes = _words(rng)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        connection = _made(folder)
        for start in range(0, contacts, 100_000):
            some = min(100_000, contacts - start)
            drawn = np.minimum(rng.zipf(1.25, (100_000, 40)), len(words)) - 1
            texts = [" ".join(row) for row in words[drawn]]
            _add(connection, texts[:some], start, 200_000)
            _add(connection, texts[: some // 2], start, 200_000, "out")
        _sort(connection)
        connection.close()
        begun, spent = time.monotonic(), cpu_seconds()
        build_index(folder)
        yield {"query": "(making the index)", "median_ms": round((time.monotonic() - begun) * 1000),
               "cpu_ms": round((cpu_seconds() - spent) * 1000),
               "index_mb": round((folder / INDEX).stat().st_size / 1e6)}  # fmt: skip
        slip = "".join(sorted(words[300])) + "zq"
        kinds = {"in nearly all": words[0], "common": words[9], "rare": words[3000],
                 "two words": f"{words[4]} {words[40]}", "phrase": f'"{words[0]} {words[1]}"',
                 "mistyped": slip, "any ending": f"{words[50][:3]}*",
                 "rare and a theme": words[3000], "common, and words like it": likes[0],
                 "rare, and words like it": likes[-1],
                 "two words, and words like them": f"{likes[0]} {likes[len(likes) // 2]}",
                 "four words, and words like them": " ".join(likes[1:9:2]),
                 "six words, and words like them": " ".join(likes[:6])}  # fmt: skip
        reader = _reader(folder)
        for kind, query in kinds.items():
            theme = 7 if "theme" in kind else None
            took: dict[str, list[float]] = {"": [], "in": []}
            spent = dict.fromkeys(took, 0.0)
            for direction in ("", "in") * 15:
                begun, cpu = time.monotonic(), cpu_seconds()
                search(reader, folder, query, theme_id=theme, direction=direction)
                took[direction].append((time.monotonic() - begun) * 1000)
                spent[direction] += cpu_seconds() - cpu
            page = search(reader, folder, query, theme_id=theme)
            yield {"query": kind, "found": page.contacts.events, "alike": page.alike.events,
                   "replies": page.replies.events, "more": page.more,
                   "median_ms": round(statistics.median(took[""]), 1),
                   "p95_ms": round(sorted(took[""])[13], 1),
                   "cpu_ms": round(spent[""] * 1000 / 15, 1),
                   "without_replies_ms": round(statistics.median(took["in"]), 1),
                   "without_replies_cpu_ms": round(spent["in"] * 1000 / 15, 1)}  # fmt: skip


def _words(rng: np.random.Generator) -> tuple[Any, list[str]]:
    """Return the words, and those of them that others are like; the commonest first."""
    made = ["".join(rng.choice(list("abcdefghiklmnoprstu"), rng.integers(3, 11)))
            for _ in range(60_000)]  # fmt: skip
    known = sorted({word for word, _, near in alike_words(_vocabulary()) if near >= LEAST_NEAR})
    words = np.array(made, object)
    places = np.arange(0, 60_000, 3)
    chosen = [str(word) for word in rng.permutation(known)[: len(places)]]
    words[places[: len(chosen)]] = chosen
    return words, chosen


def _vocabulary() -> list[str]:
    from goodwill.language._encoder import shipped

    return shipped().vocabulary


def _meaning(data: Path) -> Iterator[dict[str, Any]]:
    """Yield how much of what people put under a kind is found, and how much found is right."""
    with (data / "banking77" / "test.csv").open(encoding="utf-8", newline="") as file:
        bank = [(row["text"], row["category"]) for row in csv.DictReader(file)]
    names = json.loads((data / "banking77" / "categories.json").read_text(encoding="utf-8"))
    asked = {name: name.replace("_", " ").replace("?", "") for name in names}
    yield _right("questions to a bank, by their names", bank, asked)
    with (data / "airline_tweets" / "Tweets.csv").open(encoding="utf-8", newline="") as file:
        told = [(row["text"], row["negativereason"]) for row in csv.DictReader(file)]
    told = [each for each in told if each[1]]
    yield _right("complaints of airlines, by reason", told, REASONS)


def _right(kind: str, told: list[tuple[str, str]], asked: dict[str, str]) -> dict[str, Any]:
    counts = dict.fromkeys(("true", "exact", "exact_right", "alike", "alike_right", "empty"), 0)
    nothing = 0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        connection = _made(folder)
        _add(connection, [text for text, _ in told], 0, 200_000)
        connection.close()
        build_index(folder)
        reader = _reader(folder)
        for label, query in asked.items():
            page = search(reader, folder, query, limit=len(told))
            right = [(told[int(row.contact_id[2:])][1] == label, row.kind) for row in page.rows]
            exact = [good for good, how in right if how == "found"]
            alike = [good for good, how in right if how == "alike"]
            counts["true"] += sum(each == label for _, each in told)
            counts["exact"] += len(exact)
            counts["exact_right"] += sum(exact)
            counts["alike"] += len(alike)
            counts["alike_right"] += sum(alike)
            counts["empty"] += not exact
            nothing += not right
    return {"query": kind, "kinds": len(asked), "without_a_hit_by_words": counts["empty"],
            "without_any": nothing, "found": counts["exact"], "alike": counts["alike"],
            "precision_words": round(counts["exact_right"] / max(counts["exact"], 1), 3),
            "precision_alike": round(counts["alike_right"] / max(counts["alike"], 1), 3),
            "recall_words": round(counts["exact_right"] / counts["true"], 3),
            "recall_both": round((counts["exact_right"] + counts["alike_right"])
                                 / counts["true"], 3)}  # fmt: skip


def _made(folder: Path) -> Any:
    connection: Any = duckdb.connect(str(folder / "pages.duckdb"))
    connection.execute(
        "CREATE TABLE customers AS SELECT 'c' || range AS customer_id FROM range(200000);"
        "CREATE TABLE themes AS SELECT CAST(range AS INT) AS theme_id, 'theme ' || range AS "
        "label FROM range(60);"
        'CREATE TABLE messages (source TEXT, contact_id TEXT, "at" TIMESTAMPTZ, subject TEXT, '
        "text TEXT, theme_id INT, channel TEXT, customer_id TEXT, direction TEXT, "
        "conversation_id TEXT)"
    )
    return connection


def _add(connection: Any, texts: list[str], start: int, people: int, direction: str = "in") -> None:
    connection.execute(
        f"""INSERT INTO messages SELECT 's', '{direction}' || ({start} + i),
        TIMESTAMPTZ '2023-01-01' + INTERVAL 1 MINUTE * ({start} + i), NULL, text,
        CAST(i % 60 AS INT), ['email', 'chat', 'web_form'][1 + i % 3],
        'c' || (i * 7919 % {people}), '{direction}', 'v' || ({start} + i)
        FROM (SELECT unnest($1) AS text, unnest(range({len(texts)})) AS i)""",
        [texts],
    )


def _sort(connection: Any) -> None:
    """Put the messages as a page file has them: by theme, replies last, the newest first."""
    connection.execute(
        "UPDATE messages SET theme_id = NULL WHERE direction = 'out';"
        'CREATE TABLE sorted AS SELECT * FROM messages ORDER BY theme_id NULLS LAST, "at" DESC;'
        "DROP TABLE messages; ALTER TABLE sorted RENAME TO messages"
    )


def _reader(folder: Path) -> Reader:
    return Reader("g1", {}, duckdb.connect(str(folder / "pages.duckdb"), read_only=True))


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:]))
