"""Adding one large CSV of messages with real-looking texts: seconds, memory, the accounting.

Texts are those of real and crowd-written messages; from the second round on each gets a second
sentence, so that no text is there twice. ``GOODWILL_BENCH_ROWS`` makes it smaller.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq

import goodwill
from _bench import data_folder, peak_gb, report, timed

ROWS = int(os.environ.get("GOODWILL_BENCH_ROWS", "1000000"))
_HEADER = ["message_id", "created_at", "customer_id", "email", "channel", "rating", "message"]


def _column(path: Path, column: str) -> list[str]:
    with path.open(encoding="utf-8") as file:
        return [row[column] for row in csv.DictReader(file) if row[column]]


def texts(data: Path, rows: int) -> Iterator[str]:
    """Yield distinct texts, a quarter of them tweets."""
    tweets = _column(data / "airline_tweets" / "Tweets.csv", "text")
    tweets += _column(data / "spotify_support" / "support_requests.csv", "text")
    said = pq.read_table(data / "support_texts" / "support_texts.parquet", columns=["text"])
    spoken = said.column("text").to_pylist()
    rng = random.Random(5)
    for pool in (tweets, spoken):
        rng.shuffle(pool)
    for row in range(rows):
        pool = spoken if row % 4 else tweets
        at = row // 4 if pool is tweets else row - row // 4 - 1
        text = pool[at % len(pool)]
        if at >= len(pool):
            text += f" {rng.choice(spoken)}"
        kind = rng.random()
        if kind < 0.10:
            text += f" My order is {rng.randint(1_000_000, 9_999_999)}."
        elif kind < 0.12:
            text += f" Write to user{rng.randint(1, 99_999)}@example.com."
        elif kind < 0.13:
            text += f" Call me on +34 6{rng.randint(10_000_000, 99_999_999)}."
        yield text


def write(path: Path, data: Path, rows: int) -> None:
    """Write the file."""
    start, rng = datetime(2024, 1, 1, tzinfo=UTC), random.Random(6)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        for number, text in enumerate(texts(data, rows)):
            at = start + timedelta(seconds=60 * number % 63_000_000)
            who = rng.randint(1, rows // 4 + 1)
            writer.writerow(
                [f"M-{number}", f"{at:%Y-%m-%d %H:%M:%S}", f"C-{who}", f"user{who}@example.org",
                 rng.choice(("email", "chat", "web form")), rng.choice(("", "", "1", "3", "5")),
                 text]
            )  # fmt: skip


class _Sampled(threading.Thread):
    """Samples the resident size of this process and of its workers together."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_gb = 0.0
        self.done = threading.Event()

    def run(self) -> None:
        page = resource.getpagesize()
        while not self.done.wait(0.2):
            total = 0
            for pid in [str(os.getpid()), *_children(os.getpid())]:
                try:
                    total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * page
                except (OSError, IndexError):
                    continue
            self.peak_gb = max(self.peak_gb, total / 1e9)


def _children(pid: int) -> list[str]:
    found: list[str] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += task.read_text().split()
        except OSError:
            continue
    return found


def main() -> None:
    data = data_folder()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        path = Path(folder) / "messages.csv"
        write(path, data, ROWS)
        book = goodwill.create(Path(folder) / "book")
        sampled = _Sampled()
        sampled.start()
        loads = os.getloadavg()[0]
        started = time.time()
        [first], wall, cpu = timed(lambda: book.add(path))
        [again], wall_again, cpu_again = timed(lambda: book.add(path))
        sampled.done.set()
        row = {
            "rows": first.read,
            "MB": round(path.stat().st_size / 1e6, 1),
            "new": first.new,
            "quarantined": first.quarantined,
            "add s": round(wall, 1),
            "add cpu s": round(cpu, 1),
            "again s": round(wall_again, 1),
            "again cpu s": round(cpu_again, 1),
            "accepted again": again.accepted,
            "peak GB, with workers": round(sampled.peak_gb or peak_gb(), 2),
            "load before": round(loads, 1),
        }
        report("add", [row], started=started)


if __name__ == "__main__":
    main()
