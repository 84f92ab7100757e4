"""Rows in quarantine that hold nothing of a forgotten customer but his name."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import goodwill
from goodwill.book import Book

HEADER = ["message id", "customer id", "created at", "first name", "last name", "message"]
GOOD = [
    ["m-1", "C-1", "2024-05-01T10:00:00Z", "Zsofia", "Kertész", "my parcel is late"],
    ["m-2", "C-2", "2024-05-02T10:00:00Z", "Ana", "Prieto", "wrong size"],
    ["m-3", "C-3", "2024-05-03T10:00:00Z", "Ana", "Prieto", "wrong colour"],
]
BAD = [
    ["m-4", "", "2024-02-31", "Zsofia", "Kertesz", "her name in two cells"],
    ["m-5", "", "2024-02-31", "", "KERTÉSZ, Zsófia", "her name in one"],
    ["m-6", "", "2024-02-31", "", "", "please ask Zsofia Kertész at the desk about it"],
    ["m-7", "", "2024-02-31", "Zsofia", "Nemeth", "somebody else"],
    ["m-8", "", "2024-02-31", "Ana", "Prieto", "one of two of this name"],
]


def write(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


def kept(book: Book) -> list[str]:
    """What the quarantine holds of its rows, opened."""
    store = book.store()
    raws = [raw for raw in store.arrow("quarantine").column("raw").to_pylist() if raw]
    return sorted(json.loads(store.keyring.decrypt(raw))["cells"]["message id"] for raw in raws)


def test_a_name_alone_is_found_in_quarantine_and_not_taken_for_anothers(tmp_path: Path) -> None:
    book = goodwill.create(tmp_path / "book")
    file = write(tmp_path / "tickets.csv", GOOD + BAD)
    [report] = book.add(file)
    assert (report.new, report.quarantined) == (3, 5)
    broken = tmp_path / "broken.csv"
    broken.write_text(file.read_text() + "m-9,,2024-05-09,Zsofia Kertész\n")
    book.add(broken)
    said: list[str] = []
    receipt = book.forget("C-1", now=True, progress=lambda done, total, label: said.append(label))
    # Each step is told in words that name nobody.
    steps = list(dict.fromkeys(said))
    assert [steps[0], *steps[-2:]] == [
        "find the customers", "erase rows, table by table", "purge files, table by table",
    ]  # fmt: skip
    assert receipt.removed["quarantine"] == 4 and receipt.purged_at
    assert kept(book) == ["m-7", "m-8"]
    # Both of one name stay as they are: which of them it is cannot be known.
    assert book.forget("C-2", now=True).removed.get("quarantine", 0) == 0
    # What comes again is counted, and nothing of it is kept.
    [again] = book.add(broken)
    assert (again.read, again.quarantined, again.new) == (9, 8, 0)
    assert kept(book) == ["m-7", "m-8"]
