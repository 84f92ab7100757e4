"""An erasure that is cut off anywhere is finished by the next writer; purges wait for readers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import goodwill
from erasure.test_forget import TICKETS, hits, tickets, write
from goodwill.book import Book
from goodwill.errors import BookLocked, NotFound
from goodwill.records import Store


class Cut(BaseException):
    """The process is killed here."""


@pytest.fixture
def book(tmp_path: Path) -> Book:
    made = goodwill.create(tmp_path / "book")
    rows = [row for n in range(3) for row in tickets(n)]
    made.add(write(tmp_path / "tickets.csv", TICKETS, rows), source="shop")
    return made


@pytest.mark.parametrize("commits", [0, 1, 2, 4, 5])
def test_an_erasure_cut_off_after_any_commit_is_finished_by_the_next_writer(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commits: int
) -> None:
    done, real = [0], Store._commit

    def cut(self: Store, *args: Any) -> None:
        if done[0] == commits:
            raise Cut
        done[0] += 1
        real(self, *args)

    monkeypatch.setattr(Store, "_commit", cut)
    with pytest.raises(Cut):
        book.forget("CUST-77001", now=True)
    monkeypatch.setattr(Store, "_commit", real)
    [report] = book.add(tmp_path / "tickets.csv", source="shop")
    assert report.new == 0
    [receipt] = book.receipts()
    assert receipt.removed["contacts"] == 5
    refs = {row["customer_ref"] for row in book.table("contacts").to_pylist()}
    assert "CUST-77001" not in refs
    book.configure(purge_after_hours=0.0)
    for due in (book.folder / "forgetting").glob("*/due.json"):
        due.write_text(json.dumps({"purge_after": "2020-01-01T00:00:00+00:00"}), encoding="utf-8")
    book.add(tmp_path / "tickets.csv", source="shop")
    assert hits(book.folder, [1]) == []
    assert book.receipts()[0].purged_at is not None
    assert hits(book.folder, [2]) != []


def test_a_purge_waits_until_nobody_reads(book: Book) -> None:
    with book.store().reading(), pytest.raises(BookLocked, match="reads"):
        book.forget("CUST-77001", now=True)
    assert book.receipts()[0].purged_at is None
    book.forget("CUST-77002", now=True)
    assert all(receipt.purged_at for receipt in book.receipts())
    assert hits(book.folder, [1, 2]) == []


def test_nobody_is_erased_when_one_is_not_known(book: Book) -> None:
    before = book.table("contacts")
    with pytest.raises(NotFound) as caught:
        book.forget("CUST-77001", "CUST-99999")
    assert "99999" not in caught.value.message
    assert book.table("contacts").equals(before)
