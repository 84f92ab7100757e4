"""The quarantine: rows that could not be taken, listed without their content, tried again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from goodwill.errors import NotFound
from goodwill.records import Store, add, quarantined, readd
from records.conftest import CONTACTS, contact

Write = Callable[..., Path]
SECRET_TEXT = "call Ann Smith on +44 20 7946 0958"


def bad_row(number: int = 2) -> list[object]:
    row = contact(number, SECRET_TEXT)
    row[1] = "someday 2024"
    return row


def test_a_bad_row_is_listed_with_place_reason_and_masked_value(store: Store, write: Write) -> None:
    [report] = add(store, [write("a.csv", CONTACTS, [contact(1), bad_row(), contact(3)])])
    assert (report.new, report.quarantined) == (2, 1)
    [row] = quarantined(store).to_pylist()
    assert (row["file"], row["line"], row["column"]) == ("a.csv", 3, "created_at")
    assert row["reason"] == "no possible time"
    assert row["masked_value"] == "xxxxxxx 9999"
    assert "raw" not in row


def test_the_raw_row_lies_encrypted(store: Store, write: Write) -> None:
    add(store, [write("a.csv", CONTACTS, [contact(1), bad_row()])])
    [row] = store.arrow("quarantine").to_pylist()
    assert b"Ann" not in row["raw"]
    assert SECRET_TEXT in store.keyring.decrypt(row["raw"]).decode()


def test_the_same_bad_row_is_listed_once_however_often_it_comes(store: Store, write: Write) -> None:
    path = write("a.csv", CONTACTS, [contact(1), bad_row()])
    add(store, [path])
    [again] = add(store, [path])
    assert again.quarantined == 1
    assert quarantined(store).num_rows == 1


def test_a_corrected_mapping_takes_the_rows_and_they_are_no_longer_listed(
    store: Store, write: Write, tmp_path: Path
) -> None:
    header = ["contact_id", "created", "closed", "message"]
    rows = [[1, "2024-01-05", "2024-01-06", "late"], [2, "unknown", "2024-01-07", SECRET_TEXT]]
    rows += [[3, "2024-01-08", "2024-01-08", "fine"]]
    add(store, [write("a.csv", header, rows)])
    assert quarantined(store).num_rows == 1
    mapping = tmp_path / "better.toml"
    mapping.write_text(
        '[contacts]\ncontact_id = "contact_id"\nat = "closed"\ntext = "message"\n',
        encoding="utf-8",
    )
    [report] = readd(store, mapping=mapping)
    assert (report.read, report.new, report.quarantined) == (1, 1, 0)
    assert quarantined(store).num_rows == 0
    [row] = [r for r in store.arrow("contacts").to_pylist() if r["contact_id"] == "2"]
    assert "Ann" not in row["text"]
    [kept] = store.arrow("quarantine").to_pylist()
    assert kept["resolved_by"] == report.import_id


def test_a_row_that_fails_again_stays_as_it_was(store: Store, write: Write) -> None:
    add(store, [write("a.csv", CONTACTS, [contact(1), bad_row()])])
    before = quarantined(store).to_pylist()
    [report] = readd(store)
    assert (report.read, report.accepted, report.quarantined) == (1, 0, 1)
    assert quarantined(store).to_pylist() == before


def test_only_the_named_rows_are_tried(store: Store, write: Write) -> None:
    add(store, [write("a.csv", CONTACTS, [contact(1), contact(9), bad_row(2), bad_row(3)])])
    first = quarantined(store).column("quarantine_id").to_pylist()[0]
    [report] = readd(store, [first])
    assert report.read == 1
    with pytest.raises(NotFound, match="not in quarantine: nobody"):
        readd(store, ["nobody"])


def test_a_row_of_wrong_width_stays_until_its_file_is_mended(store: Store, write: Write) -> None:
    path = write("a.csv", CONTACTS, [contact(1), contact(2)[:3]])
    add(store, [path])
    [row] = quarantined(store).to_pylist()
    assert row["reason"] == "3 fields where the header has 5"
    [report] = readd(store)
    assert report.quarantined == 1


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("amount", "a lot", "no number"),
        ("amount", "", "amount is missing"),
        ("order date", "", "at is missing"),
        ("order date", "2024-02-30", "no possible time"),
    ],
)
def test_each_fault_of_an_order_has_its_reason(
    store: Store, write: Write, column: str, value: str, reason: str
) -> None:
    header = ["order number", "customer id", "order date", "amount"]
    good = [[str(n), "7", "2024-02-01", "4.50"] for n in range(4)]
    bad = ["99", "7", "2024-02-01", "4.50"]
    bad[header.index(column)] = value
    [report] = add(store, [write("a.csv", header, [*good, bad])])
    assert (report.new, report.quarantined) == (4, 1)
    [row] = quarantined(store).to_pylist()
    assert (row["column"], row["reason"], row["line"]) == (column, reason, 6)


def test_a_rating_off_its_scale_and_a_row_with_nothing_in_it_are_quarantined(
    store: Store, write: Write
) -> None:
    header = ["review id", "review date", "stars", "review text"]
    rows = [[n, "2024-02-01", n % 5 + 1, "good"] for n in range(600)]
    rows += [[600, "2024-02-01", 9, "bad"], [601, "2024-02-01", "", ""], [602, "2024-02-01", 4, ""]]
    [report] = add(store, [write("a.csv", header, rows)])
    assert (report.new, report.quarantined) == (601, 2)
    assert quarantined(store).column("reason").to_pylist() == [
        "rating outside 1 to 5",
        "nothing in it: no text, subject, rating or customer",
    ]
