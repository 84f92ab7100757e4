"""Searching a million contacts: how long the index takes, its size, and each kind of query.

``make bench NAME=search``. Texts are drawn with Zipf's law from 60,000 made-up words, 40 a contact.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from _bench import report
from goodwill.generations import Reader
from goodwill.report import INDEX, build_index, search


def main(contacts: int = 1_000_000) -> None:
    rng = np.random.default_rng(8)
    words = np.array(["".join(rng.choice(list("abcdefghiklmnoprstu"), rng.integers(3, 11)))
                      for _ in range(60_000)])  # fmt: skip
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        connection: Any = duckdb.connect(str(folder / "pages.duckdb"))
        connection.execute(
            "CREATE TABLE customers AS SELECT 'c' || range AS customer_id FROM range(200000);"
            "CREATE TABLE themes AS SELECT CAST(range AS INT) AS theme_id, 'theme ' || range AS "
            "label FROM range(60);"
            'CREATE TABLE messages (source TEXT, contact_id TEXT, "at" TIMESTAMPTZ, subject TEXT, '
            "text TEXT, theme_id INT, channel TEXT, customer_id TEXT, direction TEXT)"
        )
        for start in range(0, contacts, 100_000):
            drawn = np.minimum(rng.zipf(1.25, (100_000, 40)), len(words)) - 1
            texts = [" ".join(row) for row in words[drawn]]  # noqa: F841  (read by DuckDB)
            connection.execute(
                f"""INSERT INTO messages SELECT 's', 'm' || ({start} + i),
                TIMESTAMPTZ '2023-01-01' + INTERVAL 1 MINUTE * ({start} + i), NULL, text,
                CAST(i % 60 AS INT), ['email', 'chat', 'web_form'][1 + i % 3],
                'c' || (i * 7919 % 200000), 'in'
                FROM (SELECT unnest($1) AS text, unnest(range(100000)) AS i)""",
                [texts],
            )
        connection.close()
        start_at = time.monotonic()
        build_index(folder)
        built = time.monotonic() - start_at
        size = (folder / INDEX).stat().st_size / 1e6
        reader = Reader("g1", {}, duckdb.connect(str(folder / "pages.duckdb"), read_only=True))
        rows = []
        slip = words[300][:-2] + words[300][-1] + words[300][-2]
        kinds = {"in nearly all": words[0], "common": words[9], "rare": words[3000],
                 "two words": f"{words[4]} {words[40]}", "phrase": f'"{words[0]} {words[1]}"',
                 "mistyped": slip, "any ending": f"{words[50][:3]}*",
                 "rare and a theme": words[3000]}  # fmt: skip
        for kind, query in kinds.items():
            took = []
            for _ in range(15):
                begun = time.monotonic()
                page = search(reader, folder, query, theme_id=7 if "theme" in kind else None)
                took.append((time.monotonic() - begun) * 1000)
            rows.append({"query": kind, "found": page.total, "more": page.more,
                         "median_ms": round(statistics.median(took), 1),
                         "p95_ms": round(sorted(took)[13], 1)})  # fmt: skip
    report("search", rows, contacts=contacts, build_seconds=round(built, 1), index_mb=round(size))


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:]))
