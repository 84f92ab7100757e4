"""Orders become weighted cells: days with a purchase, whatever came in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from goodwill.errors import InputError
from goodwill.value import Cells, rfm

START = date(2024, 1, 1)


def orders(*rows: tuple[str, int, float | None]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_ref": [row[0] for row in rows],
            "at": [START + timedelta(days=row[1]) for row in rows],
            "amount": [row[2] for row in rows],
        }
    )


def only(cells: Cells) -> tuple[float, ...]:
    assert len(cells) == 1
    return tuple(float(cells[name][0]) for name in ("frequency", "recency", "T", "weight"))


def test_it_works() -> None:
    cells = rfm(orders(("a", 0, 10), ("a", 14, 20), ("a", 21, 40), ("b", 7, 5)), end="2024-02-05")
    assert cells.column_names == ["frequency", "recency", "T", "weight"]
    assert cells.table.to_pylist() == [
        {"frequency": 0.0, "recency": 0.0, "T": 4.0, "weight": 1.0},
        {"frequency": 2.0, "recency": 3.0, "T": 5.0, "weight": 1.0},
    ]
    assert cells.money.to_pylist() == [{"frequency": 2.0, "monetary_value": 30.0, "weight": 1.0}]


def test_customers_with_the_same_history_are_one_cell() -> None:
    cells = rfm(orders(*[(f"c{i}", 7 * (i % 2), 10.0) for i in range(10)], ("z", 14, 1)))
    assert list(cells["weight"]) == [1.0, 5.0, 5.0]
    assert cells.customers == 11


def test_orders_of_one_day_are_one_purchase() -> None:
    assert only(rfm(orders(("a", 0, 10), ("a", 7, 5), ("a", 7, 6)))) == (1, 1, 1, 1)
    assert rfm(orders(("a", 0, 10), ("a", 7, 5), ("a", 7, 6)))["frequency"][0] == 1
    money = rfm(orders(("a", 0, 10), ("a", 7, 5), ("a", 7, 6))).money
    assert money["monetary_value"].to_pylist() == [11.0]
    money = rfm(orders(("a", 0, 10), ("a", 0, 3), ("a", 7, 5), ("b", 0, -2), ("b", 1, 9))).money
    assert money["monetary_value"].to_pylist() == [5.0]


def test_a_negative_row_lowers_the_value_and_is_no_purchase() -> None:
    cells = rfm(orders(("a", 0, 10), ("a", 7, 30), ("a", 14, -8)), end="2024-01-15")
    assert only(cells) == (1, 1, 2, 1)
    # 8 of 40 came back, so each purchase counts for four fifths.
    assert cells.money["monetary_value"].to_pylist() == [pytest.approx(24.0)]


def test_kinds_decide_whatever_the_sign_of_the_amount() -> None:
    rows = orders(("a", 0, 10), ("a", 7, 30), ("a", 14, 8), ("a", 21, 5))
    rows["kind"] = ["order", "order", "refund", "fee"]
    cells = rfm(rows, end="2024-01-15")
    assert only(cells) == (1, 1, 2, 1)
    assert cells.money["monetary_value"].to_pylist() == [pytest.approx(24.0)]


def test_a_zero_order_is_a_purchase_without_money() -> None:
    cells = rfm(orders(("a", 0, 0), ("a", 7, 0), ("b", 0, None), ("b", 7, None)))
    assert only(cells) == (1, 1, 1, 2)
    assert cells.money.num_rows == 0


def test_days_are_counted_alike_over_times_too_long_for_bits() -> None:
    rows = (("a", 0, 10.0), ("a", 7, 5.0), ("a", 7, 6.0), ("a", 30, 2.0), ("b", 3, -1.0))
    near, far = rfm(orders(*rows)), rfm(orders(*rows, ("long ago", -12_000, 1.0)))
    assert near["frequency"].tolist() == [2]
    assert far.table.slice(1).to_pylist() == near.table.to_pylist()
    assert far.money.to_pylist() == near.money.to_pylist()


def test_who_got_everything_back_has_no_monetary_value() -> None:
    assert rfm(orders(("a", 0, 10), ("a", 7, 10), ("a", 8, -20))).money.num_rows == 0


def test_who_only_got_refunds_is_no_customer() -> None:
    cells = rfm(orders(("a", 0, 10), ("b", 0, -5)))
    assert cells.customers == 1


def test_orders_after_the_end_are_left_out() -> None:
    rows = orders(("a", 0, 10), ("a", 7, 10), ("a", 14, 10), ("b", 20, 1))
    assert only(rfm(rows, end=START + timedelta(days=7))) == (1, 1, 1, 1)
    assert rfm(rows).end == START + timedelta(days=20)


@pytest.mark.parametrize(("unit", "days"), [("day", 1), ("week", 7), ("month", 30.4375)])
def test_units_scale_times_and_nothing_else(unit: str, days: float) -> None:
    frequency, recency, T, _ = only(rfm(orders(("a", 0, 1), ("a", 28, 1)), unit=unit))
    assert (frequency, recency, T) == (1, pytest.approx(28 / days), pytest.approx(28 / days))


def test_any_table_and_any_kind_of_time_gives_the_same_cells() -> None:
    rows = orders(("a", 0, 10), ("a", 9, 20), ("b", 3, 5))
    times = [datetime(one.year, one.month, one.day, 23, tzinfo=UTC) for one in rows["at"]]
    expected = rfm(rows).table
    for other in (
        rows.assign(at=times),
        rows.assign(at=[one.isoformat() for one in rows["at"]]),
        pa.Table.from_pandas(rows),
        pl.from_pandas(rows),
        {"customer_ref": rows["customer_ref"], "at": pd.to_datetime(rows["at"]).to_numpy(),
         "amount": rows["amount"]},
    ):  # fmt: skip
        assert rfm(other).table.equals(expected)


def test_cells_read_like_a_table() -> None:
    cells = rfm(orders(("a", 0, 10), ("a", 7, 20), ("b", 3, 5)))
    assert len(cells.to_pandas()) == len(pl.DataFrame(cells)) == len(cells) == 2
    assert cells.to_arrow() is cells.table


def test_numbers_of_customers_need_not_be_text() -> None:
    rows = orders(("1", 0, 10), ("1", 7, 20))
    assert rfm(rows.assign(customer_ref=[1, 1])).table.equals(rfm(rows).table)


def test_bad_input_is_named() -> None:
    with pytest.raises(InputError, match="amount"):
        rfm(orders(("a", 0, 1)).drop(columns="amount"))
    with pytest.raises(InputError, match="fortnight"):
        rfm(orders(("a", 0, 1)), unit="fortnight")
    with pytest.raises(InputError, match="no date"):
        rfm(orders(("a", 0, 1)), end="soon")
    for end in (5, "9.12.2011", float("nan"), True):
        with pytest.raises(InputError, match="end .* is no date"):
            rfm(orders(("a", 0, 1)), end=end)
    for at in (19970101, 1.5, True):
        with pytest.raises(InputError, match="row 0, column at: .* is not a time"):
            rfm(orders(("a", 0, 1)).assign(at=at))
    with pytest.raises(InputError, match="row 1, column amount: infinite"):
        rfm(orders(("a", 0, 1), ("a", 1, float("inf"))))
    with pytest.raises(InputError, match="list"):
        rfm([1, 2])


def test_a_number_that_is_none_is_left_out_in_every_kind_of_table() -> None:
    nan = float("nan")
    columns = {
        "customer_ref": [1.0, 1.0, nan, nan], "at": ["2024-01-01", "2024-02-01"] * 2,
        "amount": [nan, 3.0, 1.0, 1.0],
    }  # fmt: skip
    frame = rfm(pd.DataFrame(columns))
    table = rfm(pa.table({name: pa.array(values) for name, values in columns.items()}))
    assert table.table.equals(frame.table) and table.money.equals(frame.money)
    assert frame.customers == 1
    assert frame.money["monetary_value"].to_pylist() == [3.0]


def test_no_orders_are_no_cells() -> None:
    cells = rfm(orders(("a", 0, 1)).iloc[:0].astype({"amount": float}))
    assert len(cells) == 0
    assert cells.end is None


def test_many_customers_agree_with_a_count_by_hand() -> None:
    rng = np.random.default_rng(5)
    rows = pd.DataFrame(
        {
            "customer_ref": rng.integers(0, 80, 900),
            "at": pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 200, 900), "D"),
            "amount": rng.normal(20, 15, 900).round(2),
        }
    )
    cells = rfm(rows, unit="day").to_pandas()
    bought = rows[rows["amount"] >= 0]
    days = bought.groupby("customer_ref")["at"].agg(["nunique", "min", "max"])
    by_hand = pd.DataFrame(
        {
            "frequency": days["nunique"] - 1.0,
            "recency": (days["max"] - days["min"]).dt.days.astype(float),
            "T": (rows["at"].max() - days["min"]).dt.days.astype(float),
        }
    )
    expected = by_hand.value_counts().sort_index()
    found = cells.set_index(["frequency", "recency", "T"])["weight"].sort_index()
    assert found.index.tolist() == expected.index.tolist()
    assert found.tolist() == expected.tolist()


def test_rows_in_another_order_give_the_same_cells_to_the_bit() -> None:
    rng = np.random.default_rng(5)
    lines = 60_000
    days = rng.integers(0, 60, lines)
    table = pa.table(
        {
            "customer_ref": rng.integers(0, 4_000, lines),
            "at": [date(2024, 1, 1) + timedelta(days=int(day)) for day in days],
            "amount": rng.integers(-300, 9_000, lines) / 100,
        }
    )
    first = rfm(table)
    again = rfm(table.take(rng.permutation(lines)))
    assert first.money is not None
    assert first.table.equals(again.table)
    assert first.money.equals(again.money)
