"""Ids that mean something else than the mapping says are told; names of files name nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from goodwill.records import Store, add
from goodwill.records._labels import safe_label

Write = Callable[..., Path]
HEADER = ["contact_id", "created", "customer_id", "message"]


def rows(words: str, hour: int, number: int = 8) -> list[list[object]]:
    return [[n, f"2024-05-0{n}T{hour}:00:00Z", f"C-{n}", f"{words} {n}"]
            for n in range(1, number + 1)]  # fmt: skip


def test_two_systems_that_number_alike_are_told_with_the_next_step(
    store: Store, write: Write
) -> None:
    add(store, [write("a.csv", HEADER, rows("late parcel", 10))])
    [report] = add(store, [write("b.csv", HEADER, rows("cannot sign in", 15))])
    [note] = [note for note in report.notes if note.startswith("warning")]
    assert "8 of 8 updated rows" in note and "--source NAME" in note
    [apart] = add(store, [write("b.csv", HEADER, rows("cannot sign in", 15))], source="other")
    assert apart.new == 8 and not any("warning" in note for note in apart.notes)


def test_an_edited_text_is_no_reason_for_a_warning(store: Store, write: Write) -> None:
    add(store, [write("a.csv", HEADER, rows("late parcel", 10))])
    [report] = add(store, [write("b.csv", HEADER, rows("late parcel, edited", 10))])
    assert report.updated == 8
    assert not any("warning" in note for note in report.notes)


def test_orders_of_one_file_that_update_each_other_are_told(
    store: Store, write: Write, tmp_path: Path
) -> None:
    mapping = tmp_path / "shop.toml"
    mapping.write_text('[orders]\norder_id = "id"\nat = "at"\namount = "amount"\n')
    both = [[n % 8, f"2024-05-{n + 1:02}", 10 + n] for n in range(16)]
    [report] = add(store, [write("b.csv", ["id", "at", "amount"], both)], mapping=mapping)
    assert report.read == report.accepted + report.duplicate + report.quarantined == 16
    assert any("16 rows share their id" in n and "order_id" in n for n in report.notes)


def test_a_number_that_repeats_is_not_taken_for_the_messages_own(
    store: Store, write: Write
) -> None:
    header = ["Contact ID", "Date", "Email", "Message"]
    cells = [[n % 4, f"2024-05-0{n}T10:00:00Z", f"p{n % 4}@x.example", f"word {n}"]
             for n in range(1, 9)]  # fmt: skip
    file = write("a.csv", header, cells)
    [report] = add(store, [file])
    assert (report.new, report.updated) == (8, 0)
    [again] = add(store, [file])
    assert (again.duplicate, again.accepted) == (8, 0)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("export Maria Gonzalez.csv", "export name.csv"),
        ("export_maria_gonzalez.csv", "export name.csv"),
        ("tickets-maria-gonzalez.csv.gz", "tickets name.csv.gz"),
        ("maria.gonzalez@example.com.csv", "email.csv"),
        ("calls +34 612 345 678.csv", "calls phone.csv"),
        ("order_lines.csv", "order_lines.csv"),
        ("tickets 2024-01-05.csv", "tickets 2024-01-05.csv"),
        ("Tickets (week 12).csv", "Tickets (week 12).csv"),
        ("zendesk-export-2024.json", "zendesk-export-2024.json"),
    ],
)
def test_a_files_name_is_kept_without_persons_in_it(name: str, label: str) -> None:
    assert safe_label(name) == label


def test_no_name_of_a_file_is_stored_with_its_person(store: Store, write: Write) -> None:
    cells = [[n, f"2024-05-0{n}T10:00:00Z", "C-1", "a text"] for n in range(1, 8)]
    file = write("export Maria Gonzalez.csv", HEADER, [*cells, [8, "2024-02-31", "C-1", "a text"]])
    [report] = add(store, [file])
    assert (report.file, report.quarantined) == ("export name.csv", 1)
    for table in ("imports", "quarantine"):
        assert store.arrow(table).column("file").to_pylist() == ["export name.csv"]
    named = [path for path in store.folder.rglob("*") if "onzalez" in path.name]
    assert named == []
