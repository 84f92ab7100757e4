"""Killed at any moment, a Book loses nothing and doubles nothing, and its readers never fail."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import goodwill
from goodwill.errors import NotEnoughData
from soak import SOAK

KILLS = 20 if SOAK else 1

_WORK = """
import sys, goodwill
book = goodwill.open(sys.argv[1])
for path in sys.argv[2:]:
    book.add(path, source="shop")
book.refresh()
"""
# Of each import's own, or salted by the Book's key: not the same in two Books.
_OWN = ("import_id", "row_hash", "version")


def _write(path: Path, start: int, rows: int) -> None:
    rng = random.Random(start)
    words = ["parcel", "refund", "late", "broken", "invoice", "login", "coupon", "delivery"]
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["message_id", "customer_id", "created_at", "channel", "message"])
        for number in range(start, start + rows):
            day, hour = 1 + number % 28, number % 24
            text = " ".join(rng.choices(words, k=8))
            writer.writerow(
                [f"m{number}", f"c{number % 97}", f"2026-03-{day:02d} {hour:02d}:00:00+00:00",
                 "email", f"my {text} number {number}"]
            )  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"part{number}.csv" for number in range(3)]
    for number, path in enumerate(paths):
        _write(path, number * 300, 400)  # each overlaps the next by 100 rows
    return paths


def _start(book: Path, files: list[Path]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _WORK, str(book), *map(str, files)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


class _Reader(threading.Thread):
    """Reads the Book over and over, as the desk would, and keeps every failure."""

    def __init__(self, folder: Path) -> None:
        super().__init__(daemon=True)
        self.book = goodwill.open(folder)
        self.failures: list[str] = []
        self.reads = 0
        self.stop = threading.Event()

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                page = self.book.overview()
                total = sum(p.events for p in self.book.problems())
                held = self.book.records("messages", {"direction": "in"}).total
                assert total <= held or page.generation != self.book.overview().generation
                self.reads += 1
            except NotEnoughData:
                pass  # before the first refresh there is nothing to read
            except Exception as error:
                self.failures.append(repr(error))
            time.sleep(0.1)  # the writer needs the core more


def test_killed_writers_lose_nothing_and_double_nothing(tmp_path: Path, files: list[Path]) -> None:
    calm = goodwill.create(tmp_path / "calm")
    started = time.monotonic()
    assert _start(calm.folder, files).wait() == 0
    whole = time.monotonic() - started

    killed = goodwill.create(tmp_path / "killed")
    reader = _Reader(killed.folder)
    reader.start()
    rng = random.Random(3)
    deaths = 0
    for _ in range(4 * KILLS):
        process = _start(killed.folder, files)
        time.sleep(rng.uniform(0.1, 1.0) * whole)
        if process.poll() is None:
            process.kill()
            deaths += 1
        else:  # the machine is quicker than it was
            whole *= 0.8
        process.wait()
        if deaths == KILLS:
            break
    assert _start(killed.folder, files).wait() == 0
    reader.stop.set()
    reader.join(timeout=30)

    assert deaths == KILLS
    assert reader.failures == []
    assert reader.reads > 0
    for name in ("contacts", "messages", "customers", "themes", "contact_themes", "episodes"):
        columns = [c for c in calm.table(name).column_names if c not in _OWN]
        expected = calm.table(name).select(columns).to_pylist()
        found = killed.table(name).select(columns).to_pylist()
        assert sorted(map(repr, found)) == sorted(map(repr, expected)), name
    imports = killed.table("imports").to_pylist()
    assert all(
        i["read"] == i["new"] + i["updated"] + i["duplicate"] + i["quarantined"] for i in imports
    )
    assert sum(i["new"] for i in imports) == 1000
    assert not list((killed.folder / "staging").iterdir())
    assert not list((killed.folder / "derived").glob("*.making"))
