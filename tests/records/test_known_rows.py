"""A file that comes again: known rows are not redacted anew, and nothing else comes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from goodwill.records import Store, add
from goodwill.records._known_rows import KnownRows
from goodwill.records._texts import Redactor, Texts
from records.conftest import new_store

Write = Callable[..., Path]
HEADER = ["contact_id", "created_at", "customer_id", "email", "name", "message"]
NO_ID = HEADER[1:]


def row(number: object, text: str, day: int = 5, name: str = "Zoë Quill") -> list[Any]:
    return [number, f"2024-01-{day:02} 10:00:00", f"C-{number}", f"c{number}@example.org", name,
            text]  # fmt: skip


A, B, C = (row(1, f"{text} call Zoë Quill on +34 612345678") for text in ("late", "again", "here"))
OTHER, LATER = row(2, "where is order 12345?"), row(3, "it broke", 7)
LISTS: tuple[tuple[Sequence[str], tuple[list[list[Any]], ...]], ...] = (
    (HEADER, ([A, OTHER], [A, OTHER])),
    (HEADER, ([A, OTHER], [A, OTHER, LATER])),
    (HEADER, ([A, OTHER], [B, OTHER], [A, OTHER])),
    (HEADER, ([A, OTHER], [A, B, OTHER])),
    (HEADER, ([A, OTHER], [B, A, OTHER])),
    (HEADER, ([A, B], [A, B, C], [C, A, C])),
    (HEADER, ([A, OTHER], [A, A, OTHER])),
    (HEADER, ([A, A[:5] + [""]], [A[:1] + LATER[1:2] + A[2:], A])),
    (NO_ID, ([A[1:], OTHER[1:]], [A[1:], A[1:], OTHER[1:]])),
    (NO_ID, ([A[1:], A[1:]], [A[1:], LATER[1:]])),
)  # fmt: skip
OWN = ("import_id", "at", "imported_at", "replaced_at", "sealed")


def tables_of(store: Store) -> dict[str, list[str]]:
    """What the records hold, but for what is drawn or told by the clock."""
    found = {}
    for table in ("contacts", "contacts_history", "identities", "vault", "imports"):
        rows = store.arrow(table).to_pylist()
        found[table] = sorted(
            repr({k: v for k, v in row.items() if k not in OWN or k == "at" and "text" in row})
            for row in rows
        )
    return found


@pytest.mark.parametrize("number", range(len(LISTS)))
def test_all_tables_are_those_of_adding_without_knowing_any_row(
    number: int, tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    header, files = LISTS[number]
    paths = [write(f"{place}.csv", header, rows) for place, rows in enumerate(files)]
    stores = [new_store(tmp_path / "knowing"), new_store(tmp_path / "not")]
    for path in paths:
        add(stores[0], [path])
    monkeypatch.setattr(KnownRows, "split", lambda self, of: (_all_of(self, of), None))
    for path in paths:
        add(stores[1], [path])
    knowing, without = map(tables_of, stores)
    assert knowing == without
    assert knowing["contacts"]


def _all_of(known: KnownRows, number: int) -> Any:
    return known._con.sql(f"FROM mapped_{number}").to_arrow_table()


def test_only_rows_of_unknown_content_are_redacted(
    store: Store, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str | None] = []
    run = Redactor.run

    def watched(redactor: Redactor, texts: Texts) -> Any:
        looked.extend(texts.columns["text"])
        return run(redactor, texts)

    monkeypatch.setattr(Redactor, "run", watched)
    add(store, [write("a.csv", HEADER, [A, OTHER])])
    assert sorted(map(str, looked)) == sorted([A[-1], OTHER[-1]])
    looked.clear()
    [report] = add(store, [write("b.csv", HEADER, [A, OTHER, LATER])])
    assert looked == [LATER[-1]]
    assert (report.new, report.duplicate) == (1, 2)
    # Texts of an earlier way of redacting are looked at again.
    monkeypatch.setattr("goodwill.records._known_rows.REDACTION_VERSION", 0)
    looked.clear()
    [report] = add(store, [write("b.csv", HEADER, [A, OTHER, LATER])])
    assert (len(looked), report.duplicate) == (3, 3)


def test_the_vault_gets_what_it_lacks_from_known_rows(tmp_path: Path, write: Write) -> None:
    path = write("a.csv", HEADER, [A, OTHER])
    store = new_store(tmp_path / "book")
    store.vault = False
    add(store, [path])
    assert store.arrow("vault").num_rows == 0
    store.vault = True
    add(store, [path])
    found = store.arrow("vault").select(["customer_ref", "kind"]).to_pylist()
    assert sorted((each["customer_ref"], each["kind"]) for each in found) == [
        (f"C-{n}", kind) for n in (1, 2) for kind in ("email", "name")
    ]
