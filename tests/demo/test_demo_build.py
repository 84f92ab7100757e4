"""The demo Book is made as anybody's is, says that it is simulated, and hides the truth."""

from __future__ import annotations

import pytest

import goodwill
from goodwill import demo
from goodwill.errors import BookExists


def test_it_works(tmp_path):
    book = demo.build(tmp_path / "demo", customers=250, seed=2)
    assert book.settings.simulated is True
    assert "simulated" in book.settings.name
    orders = book.table("orders")
    assert len(set(orders.column("customer_ref").to_pylist())) == 250
    assert set(orders.column("source").to_pylist()) == {"shop"}
    assert set(book.table("contacts").column("direction").to_pylist()) == {"in", "out"}
    assert book.quarantine().num_rows == 0
    assert book.problems()
    # What the company did is told without what it did to customers.
    told = {fix.title: fix for fix in book.fixes()}
    assert set(told) <= {"Second depot opened for parcels to the South",
                         "New cardboard boxes with paper padding",
                         "Southern depot of Ruta24 overloaded",
                         "Twelve days of strike in the depots of the West",
                         "Checkout moved to a new payment provider"}  # fmt: skip
    assert told
    assert all(fix.history[0].by == "demo" for fix in told.values())
    with pytest.raises(BookExists):
        demo.build(tmp_path / "demo", customers=250)
    # The truth lies beside the Book, not in it, and the exports are gone.
    assert (tmp_path / "demo.truth" / "faults.json").is_file()
    assert {path.name for path in tmp_path.iterdir()} == {"demo", "demo.truth"}
    assert not [path for path in (tmp_path / "demo").rglob("*") if "truth" in path.name]
    assert goodwill.open(tmp_path / "demo").settings.simulated is True
