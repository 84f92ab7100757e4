"""The vault: what it keeps, who may look, and that every look is recorded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from goodwill.errors import InputError, KeyMissing, NotFound
from goodwill.records import Store, add, opened, person, shown
from goodwill.records.privacy import Keyring
from records.conftest import new_store
from records.test_nothing_readable import grep

Write = Callable[..., Path]
HEADER = ["contact_id", "created_at", "direction", "customer id", "email", "phone", "name",
          "agent name", "message"]  # fmt: skip
ANA = ["ana@zq.example", "+442079460903", "Zaqwerna Ruiz"]


def rows() -> list[list[object]]:
    return [
        [1, "2024-01-05 10:00", "in", "C-1", *ANA, "Agentzq One", "my parcel is late"],
        [2, "2024-01-05 11:00", "out", "C-1", "agent@zq.example", "", "Agentzq Two", "", "sorry"],
        [3, "2024-01-06 10:00", "in", "C-1", "Ana@zq.example", "", "", "", "where is it"],
        [4, "2024-01-06 10:00", "in", "C-2", "ben@zq.example", "", "Benzaq Lee", "", "hello"],
        [5, "no day", "in", "C-3", "cat@zq.example", "", "Catzaq Poe", "", "hello"],
    ]


def look(store: Store, given: str, reason: str = "call back") -> object:
    found = person(store, given)
    return opened(store, found.label, list(found.refs), actor="eve", reason=reason)


def test_it_works(store: Store, write: Write) -> None:
    add(store, [write("a.csv", HEADER, rows())])
    found = look(store, "C-1")
    assert found.emails == ("ana@zq.example",)  # type: ignore[attr-defined]
    assert found.phones == ("+442079460903",)  # type: ignore[attr-defined]
    assert found.names == ("Zaqwerna Ruiz",)  # type: ignore[attr-defined]


@pytest.mark.parametrize("given", ["company:C-1", "C-1", "ANA@zq.example", "+44 20 7946 0903"])
def test_a_customer_is_found_by_id_reference_mail_and_phone(
    store: Store, write: Write, given: str
) -> None:
    add(store, [write("a.csv", HEADER, rows())])
    assert look(store, given).customer_id == "company:C-1"  # type: ignore[attr-defined]


def test_nobody_and_several_are_told_apart_without_repeating_the_key(
    store: Store, write: Write
) -> None:
    shared = [*rows(), [6, "2024-01-07", "in", "C-9", "ben@zq.example", "", "", "", "hi"]]
    add(store, [write("a.csv", HEADER, shared)])
    with pytest.raises(NotFound, match="2 customers") as caught:
        look(store, "ben@zq.example")
    assert "ben@" not in caught.value.message + caught.value.hint
    with pytest.raises(NotFound, match="No customer"):
        look(store, "C-77")


def test_nothing_of_the_vault_is_readable_in_the_book(store: Store, write: Write) -> None:
    add(store, [write("a.csv", HEADER, rows())])
    look(store, "C-1", "write to ana@zq.example, that is Zaqwerna Ruiz")
    needles = ["zq.example", "7946", "zaqwerna", "benzaq", "catzaq", "agentzq"]
    assert grep(store.folder, needles) == []
    assert store.arrow("vault").num_rows == 5


def test_the_same_file_again_adds_nothing(store: Store, write: Write) -> None:
    path = write("a.csv", HEADER, rows())
    add(store, [path])
    before = store.arrow("vault")
    add(store, [path])
    assert store.arrow("vault").equals(before)


def test_a_look_is_recorded_and_needs_who_and_why(store: Store, write: Write) -> None:
    add(store, [write("a.csv", HEADER, rows())])
    with pytest.raises(InputError):
        look(store, "C-1", " ")
    assert store.arrow("vault_looks").num_rows == 0
    look(store, "C-1", "her parcel")
    [row] = store.arrow("vault_looks").to_pylist()
    assert (row["actor"], row["customer_id"], row["kinds"], row["reason"]) == (
        "eve", "company:C-1", "email,phone,name", "her parcel",
    )  # fmt: skip


def test_a_look_waits_for_no_import(store: Store, write: Write) -> None:
    add(store, [write("a.csv", HEADER, rows())])
    with Store(store.folder, store.keyring).lock():
        look(store, "C-1")


def test_a_seal_laid_under_another_customer_does_not_open(store: Store, write: Write) -> None:
    add(store, [write("a.csv", HEADER, rows())])
    held = store.arrow("vault").to_pylist()
    stolen = [r | {"customer_ref": "C-9"} for r in held if r["customer_ref"] == "C-1"]
    schema = store.arrow("vault").schema
    store.append("vault", lambda: pa.Table.from_pylist(stolen, schema=schema), "stolen")
    found = opened(store, "x", [("company", "C-9")], actor="eve", reason="why")
    assert (found.emails, found.phones, found.names) == ((), (), ())


def test_another_key_opens_nothing(store: Store, write: Write) -> None:
    add(store, [write("a.csv", HEADER, rows())])
    other = Store(store.folder, Keyring("records-tests", bytes(32)))
    with pytest.raises(KeyMissing):
        opened(other, "x", [("company", "C-1")], actor="eve", reason="why")


def test_a_book_without_a_vault_keeps_none(tmp_path: Path, write: Write) -> None:
    made = new_store(tmp_path / "closed")
    store = Store(made.folder, made.keyring, vault=False)
    add(store, [write("a.csv", HEADER, rows())])
    assert store.arrow("vault").num_rows == 0
    assert store.arrow("identities").num_rows > 0


def test_the_values_of_the_quarantine_are_a_look(store: Store, write: Write) -> None:
    add(store, [write("a.csv", HEADER, rows())])
    assert shown(store, actor="eve", reason="mend dates").column("value").to_pylist() == ["no day"]
    [row] = store.arrow("vault_looks").to_pylist()
    assert (row["kinds"], row["customer_id"]) == ("quarantine", None)
    with pytest.raises(InputError):
        shown(store, actor="eve", reason="")
