"""Forgetting: fifty customers, and then not a byte of them in the Book."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

import goodwill
from goodwill.book import Book
from goodwill.notify._outbox import Message, Outbox
from goodwill.records import APART, decide
from goodwill.tables import ACCOUNTS, DERIVED, FACTS

GONE, ALL = range(50), range(80)
LETTERS = "bcdfghjklm"
PROBLEMS = [
    "my parcel has not arrived and the tracking does not move",
    "where is my refund, you promised it weeks ago",
    "the invoice for my last order is missing",
]


def word(number: int, stem: str = "zq") -> str:
    return stem + "".join(LETTERS[int(d)] for d in f"{number:03}")


def markers(n: int) -> list[str]:
    """All that may remind of a customer: mail, phone, name, ref, orders, tickets, his words."""
    return [
        f"{word(n)}@mail.example", word(n), f"20794{n:03}77", f"CUST-77{n:03}", f"ORD-55{n:03}",
        f"TK-33{n:03}", f"MSG-44{n:03}", word(n, "xv"), word(n, "yw"),
    ]  # fmt: skip


TICKETS = ["message id", "ticket id", "customer id", "created at", "channel", "direction", "email",
           "phone", "name", "order number", "subject", "message"]  # fmt: skip


def tickets(n: int, more: str = "") -> list[list[str]]:
    mail, name = f"{word(n)}@mail.example", f"{word(n).title()} Person"
    phone, order = f"+4420794{n:03}77", f"ORD-55{n:03}"
    who = [f"CUST-77{n:03}", mail, phone, name]
    day = f"2026-01-{1 + n % 28:02}"
    row = [f"TK-33{n:03}", who[0], f"{day} 10:00", "email", "in", *who[1:], order]
    text = f"{PROBLEMS[n % 3]}, says {word(n, 'xv')}; I am {name}, {mail}, {phone}, order {order}"
    bare = ["", "", "", ""]
    return [
        [f"MSG-44{n:03}a", *row, f"about {word(n, 'yw')}", text + more],
        [f"MSG-44{n:03}b", f"TK-33{n:03}", "", f"{day} 11:00", "email", "out", *bare, "re",
         f"we look into {word(n, 'xv')}"],
        [f"MSG-44{n:03}c", *row, "", f"bad {word(n, 'yw')}"] if n % 5 else
        [f"MSG-44{n:03}c", *row[:2], f"{word(n)} no day", *row[3:], "", f"bad {word(n, 'yw')}"],
        # Nobody known, but his mail stands in it; and nobody known, but his order is named.
        [f"MSG-44{n:03}d", "", "", f"{day} 12:00", "web_form", "in", *bare, "",
         f"write to {mail} about {word(n, 'xv')}"],
        [f"MSG-44{n:03}e", "", "", f"{day} 12:30", "web_form", "in", "", "", "", order, "",
         f"this {word(n, 'yw')} never came"],
    ]  # fmt: skip


ORDERS = ["order number", "customer id", "ordered at", "total", "promised at", "delivered at"]


def orders(n: int) -> list[list[str]]:
    return [[f"ORD-55{n:03}", f"CUST-77{n:03}", "2026-01-01", f"{20 + n}", "2026-01-03",
             "2026-01-09"]]  # fmt: skip


def write(path: Path, header: list[str], rows: list[list[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([header, *rows])
    return path


def made(folder: Path) -> Book:
    book = goodwill.create(folder / "book")
    quoting = [
        ["MSG-quote", "TK-quote", "CUST-77079", "2026-01-20", "email", "in", "", "", "", "", "",
         f"my neighbour {word(3)}@mail.example has ORD-55003 too"],
    ]  # fmt: skip
    first = [row for n in ALL for row in tickets(n)] + quoting
    again = [row for n in ALL for row in tickets(n, " again")[:1]]
    book.add(write(folder / "orders.csv", ORDERS, [r for n in ALL for r in orders(n)]),
             source="shop")  # fmt: skip
    book.add(write(folder / "tickets.csv", TICKETS, first), source="shop")
    book.add(write(folder / "later.csv", TICKETS, again), source="shop")
    book.refresh()
    book.refresh()
    uploads = book.folder / "uploads" / "job"
    uploads.mkdir(parents=True)
    write(uploads / "tickets.csv", TICKETS, first)
    book.contact_details("CUST-77001", actor="eve", reason=f"call {word(1).title()} Person")
    box = Outbox(book.folder)
    message = Message("m1", "mail", f"rises: {word(5, 'xv')}", f"- {word(5, 'yw')} since May", 0)
    box.queue(message, [("alert-1", date(2026, 1, 9))], 1.0)
    box.sent(message, 2.0)
    box.close()
    decide(book.store(), [(("shop", "CUST-77001"), ("shop", "CUST-77079"))], APART, "eve")
    theme = book.problems()[0].theme_id
    book.themes.audit(theme, by="eve")
    left = book.folder / "forgetting" / "cut-off"  # a plan that was killed while it was written
    left.mkdir(parents=True)
    (left / "b-gone.contacts.000001.sealed").write_bytes(f"MSG-44001a {word(1)}".encode())
    return book


PLACES = {"cache", "derived", "desk", "forgetting", "outbox", "records", "uploads"}
"""Where he stands before he is forgotten; the vault and the quarantine are sealed."""
SUFFIXES = {".duckdb", ".parquet", ".sealed", ".sqlite", ".sqlite3"}


def contents(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file's raw bytes, and what stands in them once unpacked."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        text = data.decode("latin-1") + data.decode("utf-16-le", "ignore")
        if data[:2] == b"\x1f\x8b":
            text += zlib.decompress(data, 47).decode("latin-1")
        if path.suffix == ".parquet":
            whole = pq.ParquetFile(path)
            text += str(whole.metadata.metadata) + json.dumps(whole.read().to_pylist(), default=str)
        elif path.suffix == ".duckdb":
            with duckdb.connect(str(path), read_only=True) as con:
                for (table,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall():
                    rows = con.sql(f'SELECT * FROM "{table}"').to_arrow_table()
                    text += str(rows.to_pylist())
        elif data[:15] == b"SQLite format 3":
            with sqlite3.connect(path) as lite:
                for (table,) in lite.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
                    # An index of words holds no texts; the words it knows are a table beside it.
                    with suppress(sqlite3.OperationalError):
                        text += str(lite.execute(f'SELECT * FROM "{table}"').fetchall())
        elif path.suffix == ".npz":
            import numpy as np

            with np.load(path) as parts:
                text += parts["meta"].tobytes().decode()
        yield str(path.relative_to(folder)), (str(path.name) + text).lower()


def hits(folder: Path, people: Any) -> list[tuple[str, str]]:
    needles = {m.lower() for n in people for m in markers(n)}
    pattern = re.compile("|".join(map(re.escape, sorted(needles))))
    return [(name, found) for name, text in contents(folder) for found in pattern.findall(text)]


@pytest.fixture
def erased(whole: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("GOODWILL_KEY_FILE", str(whole[2] / "key"))
    return whole


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, Any, Path]]:
    folder = tmp_path_factory.mktemp("erasure")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOODWILL_KEY_FILE", str(folder / "key"))
        book = made(folder)
        planted = {found for _, found in hits(book.folder, GONE)}
        assert all(planted & {m.lower() for m in markers(n)} for n in GONE)
        given = [
            [f"shop:CUST-77{n:03}", f"CUST-77{n:03}", f"{word(n)}@mail.example",
             f"+4420794{n:03}77"][n % 4] for n in GONE
        ]  # fmt: skip
        command = [sys.executable, str(Path(__file__).parent / "plant.py"), str(book.folder),
                   "shop:CUST-77001", word(1, "xv")]  # fmt: skip
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as planter:
            assert planter.stdin is not None and planter.stdout is not None
            assert planter.stdout.readline() == "planted\n"
            before = {name for name, _ in hits(book.folder, GONE)}
            assert {name.split("/")[0] for name in before} >= PLACES
            assert {Path(name).suffix for name in before} >= SUFFIXES
            told, _ = planter.communicate("\n".join(given))
        assert planter.returncode == 0, told
        [receipt] = book.receipts()
        assert json.loads(told)["receipt_id"] == receipt.receipt_id
        yield book, receipt, folder


def test_no_byte_of_fifty_forgotten_customers_is_left(erased: Any) -> None:
    book, _, _ = erased
    assert hits(book.folder, GONE) == []


def test_nothing_of_the_others_is_lost(erased: Any) -> None:
    book, _, _ = erased
    kept = book.table("contacts")
    assert kept.num_rows == sum(5 if n % 5 else 4 for n in ALL if n not in GONE) + 1
    assert book.table("orders").num_rows == 30
    assert len(book.problems()) > 0
    found = book.contact_details("CUST-77079", actor="eve", reason="still here")
    assert found.emails == (f"{word(79)}@mail.example",)


def test_the_receipt_tells_when_and_how_much_and_nothing_of_whom(erased: Any) -> None:
    book, receipt, _ = erased
    told = str(receipt.as_dict()).lower()
    assert not any(m.lower() in told for n in GONE for m in markers(n))
    assert receipt.purged_at >= receipt.erased_at
    removed = receipt.removed
    assert removed["contacts"] == sum(5 if n % 5 else 4 for n in GONE)
    assert (removed["orders"], removed["vault"], removed["quarantine"]) == (50, 150, 10)
    assert removed["contacts: rows of others mended"] == 1
    assert removed["vault_looks: rows of others mended"] == 1
    assert removed["decisions"] == 1
    assert book.receipts() == [receipt]


def test_the_next_import_does_not_bring_them_back(erased: Any) -> None:
    book, _, folder = erased
    before = book.table("contacts").num_rows
    for name in ("tickets.csv", "orders.csv", "later.csv"):
        [report] = book.add(folder / name, source="shop")
        assert report.read == (report.new + report.updated + report.duplicate + report.quarantined)
        assert report.quarantined >= 50
        assert report.new == 0
    assert book.table("contacts").num_rows == before
    assert book.table("orders").num_rows == 30
    reasons = book.quarantine().column("reason").to_pylist()
    assert reasons.count("the customer asked to be forgotten") == 50 * 5 + 50 + 50
    assert hits(book.folder, GONE) == []
    [bad] = [r for r in book.quarantine().to_pylist() if "forgotten" in r["reason"]][:1]
    assert (bad["masked_value"], bad["column"]) == ("", "")


def test_every_place_of_a_book_stands_in_the_inventory(erased: Any) -> None:
    book, _, _ = erased
    text = (Path(__file__).resolve().parents[2] / "docs" / "privacy.md").read_text(encoding="utf-8")
    inventory = text.split("## What is erased, place by place")[1].split("\n## ")[0]
    named = set(re.findall(r"`([^`]+)`", inventory))
    tables = {*FACTS, *ACCOUNTS, *DERIVED}
    places = {
        path.name + ("/" if path.is_dir() else "") for path in book.folder.iterdir()
    } | {"uploads/", "desk/"}  # fmt: skip
    with duckdb.connect() as con:
        current = (book.folder / "derived" / "CURRENT").read_text(encoding="ascii").strip()
        pages = book.folder / "derived" / current / "pages.duckdb"
        con.execute(f"ATTACH '{pages}' AS pages (READ_ONLY)")
        tables |= {t for (t,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    assert (tables | places) - named == set(), "say in docs/privacy.md what is erased there"
    stored = {path.name.removesuffix("_history") for path in (book.folder / "records").iterdir()}
    assert stored <= named
