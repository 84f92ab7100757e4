"""Phrases that came up in the airlines' tweets of February 2015, and in shuffled copies.

python benchmarks/watch_phrases.py [shuffles, 100]
"""

from __future__ import annotations

import csv
import sys
from datetime import datetime

import numpy as np

from _bench import data_folder, report, timed
from goodwill.watch import emerging


def main() -> None:
    shuffles = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    path = data_folder() / "airline_tweets" / "Tweets.csv"
    with path.open(newline="", encoding="utf-8") as file:
        tweets = list(csv.DictReader(file))
    texts = [row["text"] for row in tweets]
    at = np.array([row["tweet_created"][:10] for row in tweets], "datetime64[D]")
    found, _, cpu = timed(lambda: emerging(texts, at))
    rows = [
        {"day": str(r["day"]), "phrase": r["phrase"], "count": r["count"],
         "expected": round(r["expected"], 1), "e value": f"{r['e_value']:.1e}",
         "copied": str(r["copied"])}
        for r in found.to_pylist() if not r["said_by"]
    ]  # fmt: skip
    rng = np.random.default_rng(0)
    empty = 0
    planted = 0
    for _ in range(shuffles):
        mixed = rng.permutation(at)
        empty += len(emerging(texts, mixed)) == 0
    day = np.datetime64(datetime(2015, 2, 20), "D")
    tries = 10
    for _ in range(tries):
        more = [f"{texts[i]} loyalty portal down" for i in rng.integers(0, len(texts), 12)]
        got = emerging(texts + more, np.r_[at, np.repeat(day, 12)]).to_pylist()
        planted += ("loyalty portal down", day.item()) in {(r["phrase"], r["day"]) for r in got}
    report(
        "watch_phrases", rows, texts=len(texts), cpu_s=round(cpu, 2), shuffles=shuffles,
        shuffles_with_any=shuffles - empty, planted_found=f"{planted} of {tries}",
    )  # fmt: skip
    print(f"{shuffles - empty} of {shuffles} shuffles with any; planted found {planted} of {tries}")


if __name__ == "__main__":
    main()
