"""Adding files: what is new, what is known, what changed, and where it is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from goodwill.errors import FileRefused, InputError
from goodwill.records import ImportReport, Store, add
from records.conftest import CONTACTS, contact

Write = Callable[..., Path]


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    return (report.read, report.new, report.updated, report.duplicate, report.quarantined)


def test_it_works(store: Store, write: Write) -> None:
    [report] = add(store, [write("a.csv", CONTACTS, [contact(1), contact(2)])])
    assert report.as_dict() | {"notes": []} == {
        "file": "a.csv",
        "recipe": "generic",
        "tables": {"contacts": 2},
        "read": 2,
        "accepted": 2,
        "new": 2,
        "updated": 0,
        "duplicate": 0,
        "quarantined": 0,
        "skipped": 0,
        "source": "company",
        "notes": [],
    }
    row = store.arrow("contacts").sort_by("contact_id").to_pylist()[0]
    assert row["contact_id"] == "1"
    assert row["at"] == datetime(2024, 1, 5, 10, tzinfo=UTC)
    assert (row["channel"], row["direction"], row["author_role"]) == ("email", "in", "customer")
    assert row["customer_ref"] == "C-1"
    assert row["text"] == "my parcel is late"
    assert row["public"] is False
    assert row["month"] == "2024-01"


def test_a_second_add_of_a_file_accepts_nothing_and_changes_no_fact(
    store: Store, write: Write
) -> None:
    path = write("a.csv", CONTACTS, [contact(1), contact(2)])
    add(store, [path])
    before = store.versions()
    [report] = add(store, [path])
    assert counts(report) == (2, 0, 0, 2, 0)
    after = store.versions()
    assert {k: v for k, v in after.items() if k != "imports"} == {
        k: v for k, v in before.items() if k != "imports"
    }


def test_a_changed_row_replaces_the_stored_one_and_the_old_one_is_kept_with_its_date(
    store: Store, write: Write
) -> None:
    add(store, [write("a.csv", CONTACTS, [contact(1, "late"), contact(2)])])
    [report] = add(store, [write("b.csv", CONTACTS, [contact(1, "it came"), contact(2)])])
    assert counts(report) == (2, 0, 1, 1, 0)
    texts = {r["contact_id"]: r["text"] for r in store.arrow("contacts").to_pylist()}
    assert texts == {"1": "it came", "2": "my parcel is late"}
    [old] = store.arrow("contacts_history").to_pylist()
    assert (old["contact_id"], old["text"]) == ("1", "late")
    assert old["replaced_at"] == store.arrow("imports").sort_by("at").to_pylist()[-1]["at"]


def test_the_month_of_an_id_never_changes(store: Store, write: Write) -> None:
    add(store, [write("a.csv", CONTACTS, [contact(1)])])
    moved = contact(1)
    moved[1] = "2024-03-05 10:00:00"
    add(store, [write("b.csv", CONTACTS, [moved])])
    [row] = store.arrow("contacts").to_pylist()
    assert row["month"] == "2024-01"
    assert row["at"].month == 3


def test_a_key_that_occurs_twice_in_a_file_is_judged_in_order(store: Store, write: Write) -> None:
    rows = [contact(1, "a"), contact(1, "a"), contact(1, "b"), contact(2, "c")]
    path = write("a.csv", CONTACTS, rows)
    [report] = add(store, [path])
    assert counts(report) == (4, 2, 1, 1, 0)
    assert report.tables == {"contacts": 3}
    texts = sorted(r["text"] for r in store.arrow("contacts").to_pylist())
    assert texts == ["b", "c"]
    assert [r["text"] for r in store.arrow("contacts_history").to_pylist()] == ["a"]
    [again] = add(store, [path])
    assert counts(again) == (4, 0, 0, 4, 0)


def test_a_key_whose_last_version_differs_from_the_store_is_judged_from_the_store_on(
    store: Store, write: Write
) -> None:
    add(store, [write("a.csv", CONTACTS, [contact(1, "a")])])
    path = write("b.csv", CONTACTS, [contact(1, "a"), contact(1, "b"), contact(1, "b")])
    [report] = add(store, [path])
    assert counts(report) == (3, 0, 1, 2, 0)


def test_rows_without_an_id_are_told_apart_by_content_and_running_number(
    store: Store, write: Write
) -> None:
    header = ["order number", "customer id", "order date", "product", "amount"]
    line = ["1001", "7", "2024-02-01", "mug", "4.50"]
    other = ["1001", "7", "2024-02-01", "cup", "4.50"]
    [first] = add(store, [write("a.csv", header, [line, line, other])])
    assert counts(first) == (3, 3, 0, 0, 0)
    [second] = add(store, [write("b.csv", header, [other, line, line, line])])
    assert counts(second) == (4, 1, 0, 3, 0)
    assert sorted(r["amount"] for r in store.arrow("orders").to_pylist()) == [450] * 4


def test_the_same_id_in_another_source_is_another_row(store: Store, write: Write) -> None:
    path = write("a.csv", CONTACTS, [contact(1)])
    add(store, [path])
    [report] = add(store, [path], source="shop two")
    assert counts(report) == (1, 1, 0, 0, 0)
    assert sorted(store.arrow("contacts").column("source").to_pylist()) == ["company", "shop two"]


def test_contacts_of_the_channels_that_the_book_calls_public_are_public(
    store: Store, write: Write
) -> None:
    rows = [contact(1), contact(2), contact(3)]
    rows[1][2], rows[2][2] = "Twitter", "chat"
    add(store, [write("a.csv", CONTACTS, rows)], public_channels=["chat"])
    public = {r["channel"]: r["public"] for r in store.arrow("contacts").to_pylist()}
    assert public == {"email": False, "social": False, "chat": True}


def test_when_one_file_is_refused_nothing_is_stored(
    store: Store, write: Write, tmp_path: Path
) -> None:
    good = write("a.csv", CONTACTS, [contact(1)])
    bad = write("b.csv", ["colour", "weight"], [["red", 1]])
    with pytest.raises(FileRefused, match=r"b\.csv: not recognised: no column holds times"):
        add(store, [good, bad])
    assert store.arrow("contacts").num_rows == 0
    with pytest.raises(FileRefused, match="no such file"):
        add(store, [tmp_path / "absent.csv"])


def test_a_guessed_mapping_that_is_not_accepted_stores_nothing(store: Store, write: Write) -> None:
    path = write("a.csv", CONTACTS, [contact(1)])
    with pytest.raises(InputError, match="guessed and not accepted"):
        add(store, [path], accept=False)
    assert add(store, [path], accept=lambda preview: False) == []
    assert store.arrow("contacts").num_rows == 0
    add(store, [path])
    # The saved mapping was accepted once: it is certain now.
    [report] = add(store, [path], accept=False)
    assert report.duplicate == 1


def test_progress_is_told_in_rows(store: Store, write: Write) -> None:
    told: list[tuple[int, int, str]] = []
    path = write("a.csv", CONTACTS, [contact(n) for n in range(1, 4)])
    add(store, [path], progress=lambda done, total, file: told.append((done, total, file)))
    assert told[-1][0] == 3
    assert told[-1][1] >= 3
    assert told[-1][2] == "a.csv"


def test_every_import_has_its_row(store: Store, write: Write) -> None:
    path = write("a.csv", CONTACTS, [contact(1), contact(1)])
    add(store, [path])
    add(store, [path])
    rows = store.arrow("imports").sort_by("at").to_pylist()
    assert [(r["read"], r["new"], r["duplicate"]) for r in rows] == [(2, 1, 1), (2, 0, 2)]
    assert rows[0]["file_hash"] == rows[1]["file_hash"]
    assert not list((store.folder / "staging").iterdir())
