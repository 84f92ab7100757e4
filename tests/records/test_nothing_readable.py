"""No byte of a Book holds a mail, phone or name of a customer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq

from goodwill.records import Store, add, quarantined, readd
from records.conftest import CONTACTS, contact

Write = Callable[..., Path]
HEADER = ["contact_id", "created_at", "customer", "email", "phone", "name", "agent", "subject",
          "message"]  # fmt: skip


def planted(number: int) -> tuple[str, str, str]:
    name = "Zaqwern" + "".join("abcdefghij"[int(digit)] for digit in str(number))
    return (f"zq{number}@planted{number}.example", f"+4420794609{number:02}", name)


def grep(folder: Path, needles: list[str]) -> list[tuple[str, str]]:
    """All (file, needle) where a needle stands in a file's bytes or a Parquet file's values."""
    hits = []
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        text = path.read_bytes().decode("latin-1")
        if path.suffix == ".parquet":
            rows = pq.ParquetFile(path).read().to_pylist()
            text += json.dumps(rows, default=str)
        hits += [(str(path), needle) for needle in needles if needle.lower() in text.lower()]
    return hits


def test_planted_keys_of_fifty_customers_are_nowhere_in_the_book(
    store: Store, write: Write
) -> None:
    rows, needles = [], []
    for number in range(50):
        mail, phone, name = planted(number)
        needles += [mail, phone, phone[3:], name]
        rows.append(
            [number, "2024-01-05 10:00", mail, mail, phone, name, f"{name} Agentson",
             f"Re: {name}", f"I am {name}, write to {mail} or call {phone} ({name.upper()})"]
        )  # fmt: skip
        rows.append([100 + number, f"bad {name}", mail, mail, phone, name, "", "", f"{mail}"])
    path = write("a.csv", HEADER, rows)
    seen: list[tuple[str, str]] = []
    add(store, [path], progress=lambda *_: seen.extend(grep(store.folder, needles[:8])))
    rows[0][-1] = rows[0][-1] + " again"
    rows[0][1] = "2024-01-05 10:00"
    add(store, [write("b.csv", HEADER, rows)])
    readd(store)
    assert quarantined(store).num_rows == 50
    assert store.arrow("contacts").num_rows == 50
    assert store.arrow("contacts_history").num_rows == 1
    assert seen == []
    assert grep(store.folder, needles) == []


def test_keys_become_hashed_identities_of_the_customer(store: Store, write: Write) -> None:
    mail, phone, name = planted(7)
    rows = [[1, "2024-01-05", "C-1", mail.upper(), phone, name, "", "", f"or {planted(8)[0]}"]]
    add(store, [write("a.csv", HEADER, rows)])
    found = {(r["kind"], r["value"]) for r in store.arrow("identities").to_pylist()}
    hash_ = store.keyring.hash
    assert found == {
        ("email", hash_("email", mail)),
        ("phone", hash_("phone", phone)),
        ("email", hash_("email", planted(8)[0])),
    }
    refs = store.arrow("identities").column("customer_ref").to_pylist()
    assert refs == ["C-1"] * 3


def test_a_customer_known_by_mail_only_is_known_by_its_hash(store: Store, write: Write) -> None:
    mail = planted(7)[0]
    rows = [[1, "2024-01-05", "", mail, "", "", "", "", "where is it"],
            [2, "2024-01-06", mail, mail, "", "", "", "", "where is it now"]]  # fmt: skip
    add(store, [write("a.csv", HEADER, rows)])
    refs = store.arrow("contacts").column("customer_ref").to_pylist()
    assert refs == ["h:" + store.keyring.hash("email", mail)] * 2


def test_the_log_keeps_no_statistics_of_texts_and_keys(store: Store, write: Write) -> None:
    add(store, [write("a.csv", CONTACTS, [contact(1, "a remarkable text")])])
    logged = 0
    for path in (store.folder / "records" / "contacts" / "_delta_log").glob("*.json"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if "add" in (entry := json.loads(line)):
                stats = json.loads(entry["add"]["stats"])
                logged += 1
                assert "at" in stats["minValues"]
                texts = {n for n, v in stats["minValues"].items() if isinstance(v, str)}
                assert texts <= {"at", "edited_at", "source", "import_id"}
                for private in ("text", "subject", "customer_ref", "agent_id", "order_id", "url"):
                    assert private not in stats["minValues"] | stats["maxValues"]
    assert logged


def test_a_number_that_is_an_order_of_the_book_stays_and_is_joined(
    store: Store, write: Write
) -> None:
    orders = ["order number", "customer id", "order date", "amount"]
    add(store, [write("o.csv", orders, [["5551234567", "C-1", "2024-01-01", "5"]])])
    texts = [contact(1, "order number 5551234567 is late"), contact(2, "call 555 123 4568")]
    add(store, [write("c.csv", CONTACTS, texts)])
    by_id = {r["contact_id"]: r for r in store.arrow("contacts").to_pylist()}
    assert "5551234567" in by_id["1"]["text"]
    assert by_id["1"]["order_id"] == "5551234567"
    assert by_id["2"]["order_id"] is None
