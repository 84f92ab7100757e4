"""Retention by age: old texts are emptied, old rows go, and no old file brings them back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pytest

import goodwill
from erasure.test_forget import ORDERS, TICKETS, contents, word, write
from goodwill.book import Book
from goodwill.records import Store, cut_offs

NOW = datetime.now(UTC)
AGES = {"young": 20, "older": 600, "oldest": 3000}
"""How many days before today; texts are kept for a year, records for five."""
MANY = 12


def who(age: str, n: int) -> int:
    return 100 * list(AGES).index(age) + n


def day(age: str, n: int) -> str:
    return f"{NOW - timedelta(days=AGES[age] - n % 9):%Y-%m-%d}"


def tickets(age: str, n: int, more: str = "") -> list[list[str]]:
    k, on = who(age, n), day(age, n)
    names = [f"CUST-77{k:03}", f"{on} 10:00", "email", "in", f"{word(k)}@mail.example",
             f"+4420794{k:03}77", f"{word(k).title()} Person", f"ORD-55{k:03}"]  # fmt: skip
    bad = [*names]
    bad[1] = f"{word(k, 'vq')} no day"
    rows = [
        [f"MSG-{k:03}a", f"TK-33{k:03}", *names, f"about {word(k, 'yw')}",
         f"my parcel has not arrived, says {word(k, 'xv')}{more}"],
        [f"MSG-{k:03}b", f"TK-33{k:03}", "", f"{on} 11:00", "email", "out", "", "", "", "", "re",
         f"we look into {word(k, 'xv')}"],
    ]  # fmt: skip
    return rows + [[f"MSG-{k:03}c", f"TK-33{k:03}", *bad, "", f"bad {word(k, 'yw')}"]] * (n == 1)


def orders(age: str, n: int) -> list[list[str]]:
    k = who(age, n)
    return [[f"ORD-55{k:03}", f"CUST-77{k:03}", day(age, n), f"{20 + n}", day(age, n), day(age, n)]]


def rows_of(make: Any, *more: str) -> list[list[str]]:
    return [row for age in AGES for n in range(MANY) for row in make(age, n, *more)]


def words(age: str, *stems: str) -> set[str]:
    return {word(who(age, n), stem) for n in range(MANY) for stem in stems}


def found(folder: Path, needles: set[str]) -> set[str]:
    pattern = re.compile("|".join(sorted(needles)))
    return {hit for _, text in contents(folder) for hit in pattern.findall(text)}


def made(folder: Path) -> Book:
    book = goodwill.create(folder / "book", purge_after_hours=0.0)
    book.add(write(folder / "orders.csv", ORDERS, rows_of(orders)), source="shop")
    book.add(write(folder / "tickets.csv", TICKETS, rows_of(tickets)), source="shop")
    again = [r for r in rows_of(tickets, " again") if r[0].endswith("a")]
    book.add(write(folder / "later.csv", TICKETS, again), source="shop")
    return book


@pytest.fixture
def aged(whole: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("GOODWILL_KEY_FILE", str(whole[2] / "key"))
    return whole


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, Any, Path, Any]]:
    folder = tmp_path_factory.mktemp("retention")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOODWILL_KEY_FILE", str(folder / "key"))
        book = made(folder)
        book.refresh()
        before = book.table("contacts")
        assert found(book.folder, words("older", "xv", "yw")) == words("older", "xv", "yw")
        book = book.configure(keep_texts_months=12, keep_records_months=60)
        would = book.retain(dry_run=True)
        assert book.table("contacts").equals(before)
        assert book.receipts() == []
        done = book.retain()
        assert done.removed == would.removed
        yield book, done, folder, before


def test_no_byte_of_a_text_is_left_that_is_older_than_texts_are_kept(aged: Any) -> None:
    book, done, _, _ = aged
    assert done.receipt.purged_at is not None
    assert found(book.folder, words("older", "xv", "yw") | words("oldest", "xv", "yw")) == set()
    assert found(book.folder, words("young", "xv")) == words("young", "xv")


def test_rows_older_than_texts_stay_for_counts_and_older_than_records_go(aged: Any) -> None:
    book, done, _, _ = aged
    contacts = book.table("contacts")
    ids = set(contacts.column("contact_id").to_pylist())
    assert ids == {
        f"MSG-{who(age, n):03}{m}" for age in ("young", "older") for n in range(MANY) for m in "ab"
    }
    emptied = contacts.filter(pc.is_null(contacts.column("text")))
    assert emptied.num_rows == 2 * MANY
    assert emptied.column("subject").null_count == 2 * MANY
    kept = {f"ORD-55{who(age, n):03}" for age in ("young", "older") for n in range(MANY)}
    assert set(book.table("orders").column("order_number").to_pylist()) == kept
    refs = set(book.table("identities").column("customer_ref").to_pylist()) - {None}
    assert refs == {f"CUST-77{who(a, n):03}" for a in ("young", "older") for n in range(MANY)}
    assert done.removed["contacts"] == done.removed["contacts: texts emptied"] == 2 * MANY


def test_young_rows_are_as_they_were(aged: Any) -> None:
    book, _, _, before = aged
    young = [f"MSG-{who('young', n):03}{m}" for n in range(MANY) for m in "ab"]

    def rows(table: Any) -> list[dict[str, Any]]:
        picked = table.filter(pc.is_in(table.column("contact_id"), pc.cast(young, "string")))
        return list(picked.sort_by("contact_id").to_pylist())

    assert rows(book.table("contacts")) == rows(before)
    assert len(rows(before)) == 2 * MANY


def test_the_vault_keeps_only_customers_with_something_young(aged: Any) -> None:
    book, _, _, _ = aged
    refs = set(book.table("vault").column("customer_ref").to_pylist())
    assert refs == {f"CUST-77{who('young', n):03}" for n in range(MANY)}


def test_the_receipt_says_from_which_days_on_things_are_kept(aged: Any) -> None:
    book, done, _, _ = aged
    cut = cut_offs(12, 60, "UTC", now=done.receipt.erased_at)
    assert (done.texts_before, done.records_before) == (cut.texts, cut.records)
    assert done.receipt.what == f"texts before {cut.texts}, records before {cut.records}"
    assert book.receipts() == [done.receipt]


def test_of_the_generations_only_the_new_one_is_left(aged: Any) -> None:
    book, _, _, _ = aged
    assert len(list((book.folder / "derived").glob("g*"))) == 1


def test_a_second_run_finds_nothing(aged: Any) -> None:
    book, _, _, _ = aged
    versions = book.store().versions()
    again = book.retain()
    assert (again.removed, again.receipt) == ({}, None)
    assert book.store().versions() == versions


def test_old_files_added_again_bring_nothing_back(aged: Any) -> None:
    book, _, folder, _ = aged
    contacts, orders_kept = book.table("contacts").num_rows, book.table("orders").num_rows
    vault = book.table("vault").num_rows
    for name in ("tickets.csv", "orders.csv", "later.csv"):
        [report] = book.add(folder / name, source="shop")
        assert report.read == (report.new + report.updated + report.duplicate + report.quarantined)
        assert report.new == 0
        assert report.quarantined >= MANY
    assert book.table("contacts").num_rows == contacts
    assert book.table("orders").num_rows == orders_kept
    assert book.table("vault").num_rows == vault
    refused = [r for r in book.quarantine().to_pylist() if "company keeps" in r["reason"]]
    assert {r["reason"] for r in refused} == {"older than the company keeps"}
    assert len(refused) == 2 * MANY + MANY + MANY
    assert {r["masked_value"] for r in refused} == {""}
    assert found(book.folder, words("older", "xv", "yw") | words("oldest", "xv", "yw")) == set()


class Cut(BaseException):
    """The process is killed here."""


@pytest.mark.parametrize("commits", [0, 3])
def test_a_retention_cut_off_after_any_commit_is_finished_by_the_next_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commits: int
) -> None:
    book = made(tmp_path)
    book = book.configure(keep_texts_months=12)
    done, real = [0], Store._commit

    def cut(self: Store, *args: Any) -> None:
        if done[0] == commits:
            raise Cut
        done[0] += 1
        real(self, *args)

    monkeypatch.setattr(Store, "_commit", cut)
    with pytest.raises(Cut):
        book.retain()
    monkeypatch.setattr(Store, "_commit", real)
    [report] = book.add(tmp_path / "later.csv", source="shop")
    assert (report.new, report.duplicate) == (0, 3 * MANY)
    assert found(book.folder, words("older", "xv") | words("oldest", "xv")) == set()
    assert found(book.folder, words("young", "xv")) == words("young", "xv")
    assert book.retain().removed == {}
    assert len(book.receipts()) == 1


def test_a_refresh_erases_what_has_become_too_old(tmp_path: Path) -> None:
    book = made(tmp_path)
    book = book.configure(keep_records_months=12)
    assert book.refresh().rows["messages"] == 2 * MANY
    assert found(book.folder, words("older", "xv", "yw")) == set()
    [receipt] = book.receipts()
    assert receipt.removed["orders"] == 2 * MANY


FORMATS = Path(__file__).resolve().parents[1] / "formats"
FACTS = ("contacts", "threads", "thread_events", "orders", "identities", "vault")


@pytest.mark.parametrize(
    "name", ["shopify/export-01.csv", "zendesk/export-03.jsonl", "intercom/export-02.json"]
)
def test_an_old_file_leaves_as_little_when_it_comes_before_as_after(
    tmp_path: Path, name: str
) -> None:
    before = goodwill.create(tmp_path / "before", purge_after_hours=0.0)
    before.add(FORMATS / name)
    assert before.table("contacts").num_rows + before.table("orders").num_rows > 0
    before = before.configure(keep_records_months=1)
    before.retain()
    after = goodwill.create(tmp_path / "after", keep_records_months=1)
    [report] = after.add(FORMATS / name)
    assert report.quarantined == report.read > 0
    for book in (before, after):
        assert [book.table(table).num_rows for table in FACTS] == [0] * len(FACTS)


def test_a_thread_is_as_young_as_its_youngest_message(tmp_path: Path) -> None:
    lines = (FORMATS / "zendesk" / "export-03.jsonl").read_text(encoding="utf-8").splitlines()
    ticket = next(t for t in map(json.loads, lines) if len(t.get("comments", ())) > 1)
    ticket["comments"][-1]["created_at"] = f"{NOW - timedelta(days=2):%Y-%m-%dT%H:%M:%SZ}"
    path = tmp_path / "tickets.jsonl"
    path.write_text(json.dumps(ticket) + "\n", encoding="utf-8")
    book = goodwill.create(tmp_path / "book", purge_after_hours=0.0)
    book.add(path)
    messages = book.table("contacts").num_rows
    book = book.configure(keep_records_months=6)
    assert book.retain().removed["contacts"] == messages - 1
    assert book.table("threads").num_rows == 1
