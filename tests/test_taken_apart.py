"""A person takes a reference apart from a customer: kept as a record, followed by every refresh."""

from __future__ import annotations

from pathlib import Path

import pytest

import goodwill
from goodwill import records
from goodwill.errors import NotFound


def _book(folder: Path) -> goodwill.Book:
    for name, ref, text in (("shop", "7", "where is my parcel"), ("desk", "501", "any news")):
        path = folder / f"{name}.csv"
        path.write_text(
            "message id,customer id,email,created at,message\n"
            f"{name}-1,{ref},ana@example.org,2025-03-01T10:00:00Z,{text}\n"
        )
        (folder / f"{name}.toml").write_text(
            f'source = "{name}"\n[contacts]\ncontact_id = "message id"\n'
            'customer_ref = "customer id"\nat = "created at"\ntext = "message"\n'
            'channel = {{ value = "email" }}\n[identities]\nemail = "email"\n'.replace(
                "{{", "{"
            ).replace("}}", "}")
        )
    book = goodwill.create(folder / "book")
    for name in ("shop", "desk"):
        book.add(folder / f"{name}.csv", mapping=folder / f"{name}.toml")
    book.refresh()
    return book


def _customers(book: goodwill.Book) -> list[str]:
    return sorted(book.table("customers")["customer_id"].to_pylist())


def test_it_stays_apart_until_it_is_taken_back(tmp_path: Path) -> None:
    book = _book(tmp_path)
    assert _customers(book) == ["desk:501"]
    page = book.customer("shop:7")
    assert page.customer_id == "desk:501"
    assert [(r.source, r.evidence, r.apart) for r in page.refs] == [
        ("desk", "email 1", False), ("shop", "email 1", False),
    ]  # fmt: skip
    assert book.newest()[1] == ""
    assert book.take_apart("shop", "7", by="ada") == 1
    assert book.newest()[1] == "decisions"
    assert [r.apart for r in book.customer("desk:501").refs] == [True, True]
    assert _customers(book) == ["desk:501"]
    book.refresh()
    assert _customers(book) == ["desk:501", "shop:7"]
    with pytest.raises(NotFound):
        book.take_apart("shop", "7")
    assert book.put_back("shop", "7", by="ada") == 1
    pair = (("shop", "7"), ("desk", "501"))
    records.decide(book.store(), [pair], records.SAME, "ada")
    book.refresh()
    assert {r.evidence for r in book.customer("shop:7").refs} == {"email 1, said by a person 1"}
    assert _customers(book) == ["desk:501"]
    kinds = book.table("decisions").sort_by("at")["kind"].to_pylist()
    assert kinds == ["apart", "together", "same"]
