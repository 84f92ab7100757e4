"""Customers who may be one: proposed by likeness, joined by a person, never by themselves."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import goodwill
from goodwill.errors import InputError, NotEnoughData, NotFound

FIRST = ("Ana", "Bruno", "Clara", "Diego", "Elena", "Fabio", "Gema", "Hugo", "Irene", "Jaime")
LAST = ("Ruiz", "Soler", "Torres", "Urrutia", "Vidal", "Ybarra", "Zafra", "Bosch", "Costa", "Duro")
COLUMNS = "message id,customer id,name,email,phone,created at,message"
Row = tuple[str, str, str, str]  # reference, name, mail, phone

# Of whom the shop and the help desk hold two records, no key of which is the same.
TWO = [
    (("C-1", "Ana María Ruiz", "anamaria.ruiz@mail.example", "+34 612 000 111"),
     ("D-1", "Ruiz, Ana Maria", "anamaria.riuz@mail.example", "+34 612 000 112")),
    (("C-2", "Bruno Soler", "bruno.soler@mail.example", "+34 612 000 222"),
     ("D-2", "Bruno Solér", "bruno.soler@gmial.example", "")),
]  # fmt: skip
# A brother and a sister with one phone; two of one name; mails that differ by a digit.
OTHERS = [
    (("C-3", "Clara Torres", "clara.torres@mail.example", "+34 612 000 333"),
     ("D-3", "Diego Torres", "diego.torres@mail.example", "+34 612 000 333")),
    (("C-4", "Elena Vidal", "elena.v.1@mail.example", "+34 612 000 444"),
     ("D-4", "Elena Vidal", "laleleva@mail.example", "+34 699 111 222")),
    (("C-5", "Fabio Bosch", "fabio.bosch12@mail.example", "+34 612 000 555"),
     ("D-5", "Fabio Bosch", "fabio.bosch13@mail.example", "+34 688 333 444")),
]  # fmt: skip


def _strangers(source: str) -> list[Row]:
    first, count = (0, 60) if source == "shop" else (60, 30)
    return [
        (f"S-{n}", f"{FIRST[n % 10]} {LAST[(n // 10 + n) % 10]}",
         f"user{n * 7919}.{source}@mail.example", f"+34 6{n:02d} 4{n * 37 % 100:02d} {n * 7:03d}")
        for n in range(first, first + count)
    ]  # fmt: skip


def _book(folder: Path) -> goodwill.Book:
    made = goodwill.create(folder / "book", name="Acme")
    for place, source in enumerate(("shop", "desk")):
        rows = [pair[place] for pair in TWO + OTHERS] + _strangers(source)
        file, mapping = folder / f"{source}.csv", folder / f"{source}.toml"
        lines = [
            f'{source}-{ref},{ref},"{name}",{mail},{phone},2025-03-01T10:00:00Z,any news'
            for ref, name, mail, phone in rows
        ]
        file.write_text("\n".join([COLUMNS, *lines]), encoding="utf-8")
        mapping.write_text(
            f'source = "{source}"\nnames = ["name"]\n[contacts]\ncontact_id = "message id"\n'
            'customer_ref = "customer id"\nat = "created at"\ntext = "message"\n'
            'channel = { value = "email" }\n[identities]\nemail = "email"\nphone = "phone"\n'
        )
        made.add(file, mapping=mapping)
    made.refresh()
    return made


def _pairs(book: goodwill.Book, state: str = "open") -> set[frozenset[str]]:
    page = book.candidates(state=state)
    return {frozenset({each.one.customer_id, each.other.customer_id}) for each in page.rows}


def _texts_of(book: goodwill.Book) -> str:
    return json.dumps(book.table("candidates").select(["evidence", "against"]).to_pylist())


def test_a_person_decides_who_is_one(tmp_path: Path) -> None:
    book = _book(tmp_path)
    assert book.candidates().found_at is None
    found = book.find_candidates(actor="ada", reason="clean up")
    true = {frozenset({f"shop:{a[0]}", f"desk:{b[0]}"}) for a, b in TWO}
    assert _pairs(book) == true and found.candidates == 2 and found.references == 100
    ana, bruno = sorted(book.candidates().rows, key=lambda each: each.one.customer_id)
    assert ana.evidence == "same name, mails one slip apart, phones one digit apart"
    assert (bruno.evidence, bruno.against) == ("same name, mails alike but for the domain", "")
    assert all(0.5 <= each.probability < 1 for each in (ana, bruno))
    assert len(book.candidates(customer_id="desk:D-2").rows) == 1
    # Nobody is joined, nothing readable is stored, and the look is on the record.
    assert book.table("decisions").num_rows == 0
    assert not any(word in _texts_of(book) for word in ("Ruiz", "ruiz", "612", "@"))
    assert [(look.actor, look.reason) for look in book.looks().looks] == [("ada", "clean up")]
    assert list((book.folder / "staging").iterdir()) == []

    book.decide_candidate(ana.candidate_id, "accept", by="ada")
    book.decide_candidate(bruno.candidate_id[:12], "decline", by="ada")
    assert _pairs(book) == set() and book.candidates().counts["declined"] == 1
    # Looked for again: what was declined is not proposed, and both stay to be taken back.
    assert book.find_candidates(actor="ada", reason="again").candidates == 0
    assert _pairs(book, "declined") == {frozenset({"shop:C-2", "desk:D-2"})}
    for each in (ana, bruno):
        book.decide_candidate(each.candidate_id, "undo", by="ada")
    assert _pairs(book) == true
    assert book.find_candidates(actor="ada", reason="again").candidates == 2

    with pytest.raises(NotFound, match="No candidate"):
        book.decide_candidate("0" * 12, "accept")
    with pytest.raises(InputError, match="cannot be answered"):
        book.decide_candidate(ana.candidate_id, "maybe")
    with pytest.raises(InputError, match="cannot be 'maybe'"):
        book.candidates(state="maybe")
    with pytest.raises(InputError, match="who looks, and why"):
        book.find_candidates(actor="ada", reason=" ")
    # A customer who is forgotten is no candidate any more.
    assert book.forget("shop:C-1").removed["candidates"] == 1
    assert _pairs(book) == {frozenset({"shop:C-2", "desk:D-2"})}


def test_nothing_is_looked_at_before_it_can_be_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = goodwill.create(tmp_path / "book")
    with pytest.raises(NotEnoughData, match="refreshed"):
        book.find_candidates(actor="ada", reason="clean up")
    monkeypatch.setitem(sys.modules, "splink", None)  # as if it were not installed
    with pytest.raises(NotEnoughData, match="not installed") as caught:
        book.find_candidates(actor="ada", reason="clean up")
    assert "goodwill[candidates]" in caught.value.hint
    assert book.looks().total == 0
