"""Money: decimal comma and point, groups of digits, signs, currencies, and what is rounded."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from goodwill.records import Store, add
from goodwill.records._mapping_sql import _word_sql
from goodwill.records._numbers_sql import NumberRule, number_sql
from goodwill.records._store import connection
from goodwill.records._vocabulary import KIND_WORDS
from goodwill.tables import ORDER_KINDS

Write = Callable[..., Path]
HEADER = ["order id", "order date", "customer id", "amount"]
_CON = connection()


def parse(text: str, decimal: str) -> Decimal | None:
    sql = number_sql("c", NumberRule(decimal))
    [(number,)] = _CON.execute(f"SELECT {sql} FROM (SELECT ?::VARCHAR AS c)", [text]).fetchall()
    return None if number is None else Decimal(number).normalize()


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("1.234,50", ",", "1234.5"), ("1,234.50", ".", "1234.5"), ("1 234,50", ",", "1234.5"),
        ("1\u202f234,50", ",", "1234.5"), ("1\u00a0234,50 €", ",", "1234.5"),
        ("1'234.50", ".", "1234.5"), ("CHF 1’234.50", ".", "1234.5"), ("12,34,567.5", ".",
        "1234567.5"), ("(5.00)", ".", "-5"), ("($1,234.50)", ".", "-1234.5"), ("5.00-", ".", "-5"),
        ("5,00-", ",", "-5"), ("−5.00", ".", "-5"), ("-€ 5,00", ",", "-5"), ("€ -5,00", ",", "-5"),
        ("US$ 12.50", ".", "12.5"), ("12.50 EUR", ".", "12.5"), ("R$ 1.234,5", ",", "1234.5"),
        ("0", ",", "0"), ("-0,00", ",", "0"), (".5", ".", "0.5"), ("+7", ".", "7"),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text: str, decimal: str, number: str) -> None:
    assert parse(text, decimal) == Decimal(number).normalize()


@pytest.mark.parametrize(
    ("text", "decimal"),
    [("12.50", ","), ("1,2345", "."), ("12,50", "."), ("12-34", "."), ("EUR", "."), ("1.2.3", "."),
     ("5 apples", "."), ("", "."), ("1,23.4", ".")],
)  # fmt: skip
def test_what_does_not_fit_the_columns_signs_is_no_number(text: str, decimal: str) -> None:
    assert parse(text, decimal) is None


def added(store: Store, write: Write, cells: list[str]) -> tuple[list[int], tuple[str, ...], int]:
    """Amounts in the minor unit in the file's order, notes, and rows in quarantine."""
    rows = [[n, "2024-05-01T00:00:00Z", "C-1", cell] for n, cell in enumerate(cells, 1)]
    [report] = add(store, [write("orders.csv", HEADER, rows)])
    amounts = store.arrow("orders").sort_by("order_id").column("amount").to_pylist()
    return amounts, report.notes, report.quarantined


def test_one_cell_far_down_decides_for_the_whole_column(store: Store, write: Write) -> None:
    amounts, notes, _ = added(store, write, ["1.234", "2.000", "(7.000)", "3,5", "1.000,00-"])
    assert amounts == [123400, 200000, -700000, 350, -100000]
    assert "numbers in 'amount' have a decimal comma" in notes


def test_a_column_that_nothing_decides_is_said_with_the_next_step(
    store: Store, write: Write
) -> None:
    amounts, notes, _ = added(store, write, ["1,234", "2,000"])
    assert amounts == [123400, 200000]
    assert any("nothing in the column decides it" in n and 'decimal = ","' in n for n in notes)


def test_a_column_that_contradicts_itself_is_said_and_the_others_are_quarantined(
    store: Store, write: Write
) -> None:
    amounts, notes, quarantined = added(store, write, ["1,50", "2,50", "3.5"])
    assert (amounts, quarantined) == ([150, 250], 1)
    assert any("contradict each other (2 with a decimal comma, 1 with a point)" in n for n in notes)


def test_a_currency_in_the_cell_counts_where_no_column_names_one(
    store: Store, write: Write
) -> None:
    amounts, notes, _ = added(store, write, ["US$ 5.00", "5.00", "€6.00", "500 JPY", "$7.00"])
    orders = store.arrow("orders").sort_by("order_id").column("currency").to_pylist()
    assert orders == ["USD", "EUR", "EUR", "JPY", "USD"]
    assert amounts == [500, 500, 600, 500, 700]
    assert any("name a currency" in note for note in notes)


def test_parts_below_the_minor_unit_are_rounded_half_to_even_and_counted(
    store: Store, write: Write
) -> None:
    amounts, notes, _ = added(store, write, ["0.125", "0.135", "-0.125", "1.10", "2.5001"])
    assert amounts == [12, 14, -12, 110, 250]
    assert any(note.startswith("4 amounts have parts below") for note in notes)


def test_negative_and_zero_amounts_are_kept(store: Store, write: Write) -> None:
    amounts, _, quarantined = added(store, write, ["0.00", "-3.10", "(2.00)", "4.00"])
    assert (amounts, quarantined) == ([0, -310, -200, 400], 0)
    kinds = store.arrow("orders").sort_by("order_id").column("kind").to_pylist()
    assert kinds == ["order", "refund", "refund", "order"]


@pytest.mark.parametrize(
    ("said", "kind"),
    [("Voucher", "gesture"), ("goodwill-gesture", "gesture"), ("Compensation", "gesture"),
     ("Courtesy credit", "gesture"), ("Gesto comercial", "gesture"), ("Compensação", "gesture"),
     ("Kulanz", "gesture"), ("gesture", "gesture"), ("Credit", "refund"), ("Refund", "refund"),
     ("Sale", "order"), ("something", None)],
)  # fmt: skip
def test_kinds_of_lines_are_read_by_plain_words(said: str, kind: str | None) -> None:
    sql = _word_sql("c", ORDER_KINDS, KIND_WORDS)
    assert _CON.execute(f"SELECT {sql} FROM (SELECT ?::VARCHAR AS c)", [said]).fetchall() == [
        (kind,)
    ]
