"""Stored texts redacted anew: what changed is counted, and nothing of it is left in any file."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pytest

import goodwill
from goodwill.records import Store
from goodwill.records.privacy import REDACTION_VERSION

OLD = "Meine Steuer-ID ist 65929970489.\n\nViele Grüße von Radek"
NEW = "Meine Steuer-ID ist [id].\n\nViele Grüße von [name]"
FIELDS = ("text", "redaction_version", "contact_id")
COLUMNS = ("ticket_id", "message_id", "date", "direction", "channel", "customer_id", "subject",
           "text")  # fmt: skip


def _book(folder: Path) -> goodwill.Book:
    book = goodwill.create(folder / "book", name="Acme", currency="EUR", time_zone="UTC")
    path = folder / "messages.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for n in range(4):
            day = f"2024-0{1 + n % 2}-03 10:00:00"
            rows.writerow(
                [f"T{n}", f"M{n}", day, "in", "email", f"C{n}", "parcel", f"a marker{n} is late"]
            )
    book.add(path, source="desk")
    return book


def _grow_old(store: Store) -> None:
    """Make the rows what a Book of an older version holds."""
    rows = store.arrow("contacts")
    texts = [OLD if "marker1" in text else text for text in rows["text"].to_pylist()]
    old = pa.array([1] * rows.num_rows, pa.int32())
    for name, values in (("text", pa.array(texts)), ("redaction_version", old)):
        rows = rows.set_column(rows.schema.get_field_index(name), name, values)
    store.replace("contacts", rows, ["source", "contact_id", "month"], "old")


def test_stored_texts_are_redacted_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = _book(tmp_path)
    _grow_old(book.store())

    would = book.redact_again(dry_run=True)
    assert (would.rows, would.changed, would.purged) == ({"contacts": 4}, {"contacts": 1}, False)
    assert OLD in book.table("contacts")["text"].to_pylist()

    # killed behind the first of two commits: the rest is done by the next call
    replace, done = Store.replace, []

    def once(self: Store, *args: object) -> None:
        if done:
            raise KeyboardInterrupt
        done.append(replace(self, *args))  # type: ignore[arg-type, func-returns-value]

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Store, "replace", once)
        book.redact_again()
    half = book.table("contacts")["redaction_version"].to_pylist()
    assert sorted(half) == [1, 1, REDACTION_VERSION, REDACTION_VERSION]

    found = book.redact_again()
    assert found.rows == {"contacts": 2}
    assert found.purged
    rows = book.table("contacts").select(FIELDS).to_pylist()
    assert {row["redaction_version"] for row in rows} == {REDACTION_VERSION}
    assert sum(row["text"] == NEW for row in rows) == 1
    assert sum("marker" in row["text"] for row in rows) == 3
    everything = b"".join(
        p.read_bytes() for p in (book.folder / "records").rglob("*") if p.is_file()
    )
    assert b"65929970489" not in everything and b"Radek" not in everything
    assert not any(book.redact_again().rows.values())
    assert would.kinds == {"id": 1, "name": 1}
