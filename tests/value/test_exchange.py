"""Rates of exchange: sums never mix currencies, and each line has the rate of its day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import goodwill
from engines import agree, engine
from goodwill.engine import Engine
from goodwill.errors import FileRefused, NotFound
from goodwill.tables import FACTS
from goodwill.value import exchange

__all__ = ["agree", "engine"]
DAY = date(2024, 3, 5)


def rate(currency: str, worth: float, days: int = 0, base: str = "EUR") -> dict[str, Any]:
    return {"day": DAY + timedelta(days), "currency": currency, "base": base, "rate": worth}


def line(order_id: str, amount: int | None, currency: str | None, days: int = 0) -> dict[str, Any]:
    at = datetime(2024, 3, 5, 12, tzinfo=UTC) + timedelta(days)
    return {"source": "s", "order_id": order_id, "amount": amount, "currency": currency, "at": at,
            "kind": "order", "margin": amount}  # fmt: skip


def load(engine: Engine, **tables: list[dict[str, Any]]) -> None:
    for name, rows in tables.items():
        schema = FACTS[name].schema
        full = [{n: row.get(n) for n in schema.names} for row in rows]
        engine.load(name, pa.Table.from_pylist(full, schema))


def amounts(engine: Engine) -> dict[str, tuple[int | None, str | None]]:
    found = engine.arrow("SELECT order_id, amount, currency FROM orders").to_pylist()
    return {row["order_id"]: (row["amount"], row["currency"]) for row in found}


def test_each_line_gets_the_last_rate_before_it(engine: Engine, agree: Any) -> None:
    orders = [
        line("own", 100, "EUR"), line("none", 100, None), line("usd", 1000, "USD"),
        line("weekend", 1000, "USD", 4), line("old", 1000, "USD", 12), line("yen", 1500, "JPY"),
        line("early", 1000, "USD", -1), line("dinar", 12345, "KWD"), line("lost", None, "USD"),
        line("unknown", 700, "CHF"),
    ]  # fmt: skip
    rates = [rate("USD", 0.9), rate("USD", 0.8, 3), rate("JPY", 0.006), rate("KWD", 3.0),
             rate("CHF", 1.1, base="GBP")]  # fmt: skip
    load(engine, orders=orders, exchange_rates=rates)
    notes = exchange(engine, "EUR")
    assert amounts(engine) == {
        "own": (100, "EUR"), "none": (100, None), "usd": (900, "EUR"), "weekend": (800, "EUR"),
        "old": (1000, "USD"), "yen": (900, "EUR"), "early": (1000, "USD"),
        "dinar": (3704, "EUR"), "lost": (None, "USD"), "unknown": (700, "CHF"),
    }  # fmt: skip
    assert notes[0].startswith("4 order lines in other currencies were brought into EUR")
    assert notes[1].startswith("3 order lines in other currencies have no rate of their day")
    agree("orders")


def test_nothing_happens_where_all_money_is_the_books_own(engine: Engine) -> None:
    load(engine, orders=[line("a", 5, "EUR")], exchange_rates=[rate("USD", 2)])
    assert exchange(engine, "EUR") == []


ECB = (
    "Date,USD,JPY,GBP,BGN,\n2024-03-05,1.0849,163.05,0.8551,N/A,\n"
    "2024-03-04,1.0846,163.17,0.8557,1.9558,\n"
)


@pytest.mark.parametrize(
    ("content", "currency", "expected"),
    [
        (ECB, "EUR", {"USD": 1 / 1.0849, "GBP": 1 / 0.8551}),
        (ECB, "GBP", {"USD": 0.8551 / 1.0849, "EUR": 0.8551}),
        ("Date, USD, GBP\n05 March 2024, 1.25, 0.5\n", "EUR", {"USD": 0.8, "GBP": 2.0}),
        ("date,currency,rate\n2024-03-05,USD,1.25\n2024-03-05,GBP,no\n", "EUR", {"USD": 0.8}),
        (
            "KEY,CURRENCY,CURRENCY_DENOM,TIME_PERIOD,OBS_VALUE\nx,USD,EUR,2024-03-05,1.25\n",
            "EUR",
            {"USD": 0.8},
        ),
    ],
)
def test_a_file_of_rates_is_read_in_each_shape(
    tmp_path: Path, content: str, currency: str, expected: dict[str, float]
) -> None:
    book = goodwill.create(tmp_path / "book", currency=currency)
    path = tmp_path / "rates.csv"
    path.write_text(content)
    report = book.add_rates(path)
    found = {
        row["currency"]: row["rate"]
        for row in book.table("exchange_rates").to_pylist()
        if row["day"] == DAY
    }
    assert {code: found[code] for code in expected} == pytest.approx(expected)
    assert report.last_day == DAY
    assert report.left_out == content.count("no\n")
    before = book.table("exchange_rates").num_rows
    book.add_rates(path)
    assert book.table("exchange_rates").num_rows == before == report.rates


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "date,currency,rate\nx,USD,1\n", ECB])
def test_a_file_that_leads_to_no_rate_of_the_books_currency_is_refused(
    tmp_path: Path, content: str
) -> None:
    book = goodwill.create(tmp_path / "book", currency="CHF")
    path = tmp_path / "rates.csv"
    path.write_text(content)
    with pytest.raises(FileRefused) as refused:
        book.add_rates(path)
    assert refused.value.hint


def test_a_book_counts_once_and_in_its_own_currency(tmp_path: Path) -> None:
    said = "My parcel should have come on Monday and nobody answers the phone at all"
    mail = tmp_path / "tickets.csv"
    mail.write_text(
        "message_id,created_at,customer_id,email,message\n"
        f"m1,2024-03-05 10:00:00,c1,ann@example.com,{said}\n"
        "m2,2024-03-06 10:00:00,c1,ann@example.com,Where is my refund for the broken lamp?\n"
    )
    survey = tmp_path / "survey.csv"
    survey.write_text(
        "response_id,created_at,respondent_id,email,comment,csat\n"
        f"r1,2024-03-05 18:00:00,x9,ann@example.com,{said},1\n"
    )
    orders = tmp_path / "orders.csv"
    orders.write_text(
        "order_number,order_date,customer_id,email,amount,currency\n"
        "1,2024-03-01,c1,ann@example.com,10.00,EUR\n2,2024-03-05,c1,ann@example.com,10.00,USD\n"
        "3,2024-03-05,c1,ann@example.com,10.00,CHF\n"
    )
    rates = tmp_path / "rates.csv"
    rates.write_text("date,currency,rate\n2024-03-05,USD,1.25\n")
    book = goodwill.create(tmp_path / "book", currency="EUR")
    book.add(mail, orders, source="shop")
    book.add(survey, source="survey")
    book.add_rates(rates)
    notes = book.refresh().notes
    assert any(note.startswith("1 records tell of an event") for note in notes)
    assert any("have no rate of their day" in note for note in notes)
    page = book.customer("shop:c1")
    assert page.figures["revenue"].value == 1000 + 800
    assert [e.kind for e in page.timeline if e.kind in ("contact", "voice")] == [
        "contact", "voice", "contact",
    ]  # fmt: skip
    [voice] = [entry for entry in page.timeline if entry.kind == "voice"]
    [row] = book.records(**voice.records).rows
    with pytest.raises(NotFound):
        book.undo_same("0000")
    told = book.table("same_event").to_pylist()
    messages = book.table("messages").num_rows
    book.undo_same(told[0]["same_event_id"])
    book.refresh()
    assert book.table("same_event").num_rows == 0
    assert book.table("messages").num_rows == 3
    with pytest.raises(NotFound):
        book.redo_same("0000")
    assert list(book.undone_same()) == [told[0]["same_event_id"]]
    book.redo_same(told[0]["same_event_id"])
    assert book.undone_same() == {}
    book.refresh()
    assert book.table("same_event").to_pylist() == told
    assert book.table("messages").num_rows == messages
