"""The demo company is reproducible, sized as asked, and writes what a company would export."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from demo_company import CUSTOMERS, Company

from goodwill import demo
from goodwill.demo import _buyers
from goodwill.errors import InputError


def _digest(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }


def test_the_same_seed_and_size_give_the_same_bytes_and_another_seed_others(tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        demo.write(tmp_path / name, tmp_path / f"{name}.truth", customers=150, seed=seed)
    assert _digest(tmp_path / "a") == _digest(tmp_path / "b")
    assert _digest(tmp_path / "a.truth") == _digest(tmp_path / "b.truth")
    other = _digest(tmp_path / "c")
    assert all(other[name] != digest for name, digest in _digest(tmp_path / "a").items())


def test_every_customer_buys_and_there_are_as_many_as_asked(company: Company):
    buyers = {row["customer_id"] for row in company.orders if row["type"] == "order"}
    assert len(buyers) == CUSTOMERS


def test_orders_and_messages_grow_with_the_customers(company: Company, tmp_path):
    small = demo.write(tmp_path / "x", tmp_path / "t", customers=CUSTOMERS // 5, seed=3)
    assert 3.5 < company.files.order_rows / small.order_rows < 7
    assert 3.5 < company.files.messages / small.messages < 7
    orders = sum(row["type"] == "order" for row in company.orders)
    # At the default size: 80-120 thousand orders, 35-60 thousand messages.
    assert 80_000 < orders * 20_000 / CUSTOMERS < 120_000
    assert 35_000 < company.files.messages * 20_000 / CUSTOMERS < 60_000


def test_a_company_of_several_blocks_has_no_seams(monkeypatch, tmp_path):
    monkeypatch.setattr(_buyers, "BLOCK", 70)
    files = demo.write(tmp_path / "x", tmp_path / "t", customers=200)
    text = files.orders.read_text(encoding="utf-8").splitlines()[1:]
    orders = [line.split(",") for line in text if line.split(",")[2] == "order"]
    assert len({row[4] for row in orders}) == 200
    assert [row[5] for row in orders] == sorted(row[5] for row in orders)
    first: dict[str, str] = {}
    for row in orders:
        first.setdefault(row[4], row[5])
    # Customers are numbered in the order in which they come.
    assert sorted(first) == sorted(first, key=lambda who: (first[who], who))


def test_the_files_have_their_declared_columns(company: Company):
    assert list(company.orders[0]) == [
        "transaction_id", "order_id", "type", "status", "customer_id", "ordered_at", "total",
        "currency", "product", "region", "carrier", "promised_at", "delivered_at",
        "related_order_id",
    ]  # fmt: skip
    assert list(company.tickets[0]) == [
        "message_id", "ticket_id", "created_at", "channel", "direction", "author_role",
        "agent_id", "customer_id", "customer_email", "subject", "body", "order_id", "product",
    ]  # fmt: skip
    assert list(company.chats[0]) == [
        "message_id", "conversation_id", "sent_at", "channel", "direction", "author_role",
        "agent_id", "customer_id", "text",
    ]  # fmt: skip
    assert list(company.posts[0]) == [
        "id", "channel", "posted_at", "direction", "author_role", "customer_id", "stars",
        "title", "text", "product", "in_reply_to", "url",
    ]  # fmt: skip


def test_every_row_has_an_id_of_its_own_and_every_contact_a_known_customer(company: Company):
    ids = [row["transaction_id"] for row in company.orders]
    assert len(set(ids)) == len(ids)
    contacts = [row["message_id"] for row in [*company.tickets, *company.chats]]
    contacts += [row["id"] for row in company.posts]
    assert len(set(contacts)) == len(contacts) == company.files.messages
    buyers = {row["customer_id"] for row in company.orders}
    said = [*company.tickets, *company.chats, *company.posts]
    assert {row["customer_id"] for row in said} <= buyers
    assert all(row.get("body") or row.get("text") for row in said)


def test_contacts_span_two_years_and_orders_a_year_and_a_half_more(company: Company):
    ordered = [row["ordered_at"] for row in company.orders]
    wrote = [row["created_at"] for row in company.tickets]
    wrote += [row["sent_at"] for row in company.chats]
    wrote += [row["posted_at"] for row in company.posts]
    assert "2023-01-02" <= min(ordered) < "2023-01-05"
    assert "2024-07-01" <= min(wrote) < "2024-07-08"
    assert "2026-06-27" < max(wrote) < "2026-06-29"
    assert max(ordered) < "2026-06-29"


def test_refunds_and_cancellations_name_their_order_and_take_its_money_back(company: Company):
    orders = {row["order_id"]: row for row in company.orders if row["type"] == "order"}
    back = [row for row in company.orders if row["type"] != "order"]
    assert {row["type"] for row in back} == {"refund", "cancellation"}
    for row in back:
        order = orders[row["related_order_id"]]
        assert row["total"] == f"-{order['total']}"
        assert row["ordered_at"] > order["ordered_at"]
        assert order["status"] in ("refunded", "cancelled")


def test_the_end_can_be_chosen(tmp_path):
    files = demo.write(tmp_path / "x", tmp_path / "t", customers=100, end=date(2025, 3, 2))
    last = max(line.split(",")[5] for line in files.orders.read_text().splitlines()[1:])
    assert "2025-02" <= last < "2025-03-03"


def test_a_company_without_customers_is_refused(tmp_path):
    with pytest.raises(InputError, match="0 customers"):
        demo.write(tmp_path / "x", tmp_path / "t", customers=0)


def test_the_truth_may_not_lie_among_the_exports(tmp_path):
    with pytest.raises(InputError, match="outside"):
        demo.write(tmp_path / "x", tmp_path / "x" / "t", customers=10)
    with pytest.raises(InputError, match="outside"):
        demo.write(tmp_path / "x", tmp_path / "x", customers=10)


def test_the_exports_folder_holds_the_exports_and_nothing_else(company: Company):
    files = company.files
    assert sorted(files.orders.parent.iterdir()) == sorted(files.exports)
