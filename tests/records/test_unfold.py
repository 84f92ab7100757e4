"""Lists within objects: each element a row, the object the unit of the accounting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from goodwill.errors import FileRefused
from goodwill.records import ImportReport, Store, add, quarantined, readd
from goodwill.records._files import members
from goodwill.records._json_text import wrapped
from goodwill.records._objects import reader_of

MAPPING = """
source = "desk"
[layout]
unfold = "notes"
[columns]
number = { from = "id", kind = "id" }
opened = { from = "opened", kind = "time" }
state = "state"
place = { from = "unfolded.place", kind = "whole" }
note = { from = "each.id", kind = "id" }
said = "each.body"
happened = { from = "each.at", kind = "time" }
[[tables]]
table = "threads"
when = "place = 0"
[tables.fields]
thread_id = "number"
opened_at = "opened"
status = "state"
[[tables]]
table = "contacts"
when = "place > 0"
[tables.fields]
contact_id = "note"
thread_id = "number"
at = "happened"
text = "said"
"""


def ticket(number: int, notes: int, state: str = "open") -> dict[str, Any]:
    said = [
        {"id": f"{number}-{n}", "body": f"note {n}", "at": f"2024-01-0{n + 1}T10:00:00Z"}
        for n in range(notes)
    ]
    return {"id": number, "opened": "2024-01-01T09:00:00Z", "state": state, "notes": said}


def added(store: Store, folder: Path, tickets: list[dict[str, Any]]) -> ImportReport:
    path, mapping = folder / "a.jsonl", folder / "m.toml"
    path.write_text("".join(json.dumps(t) + "\n" for t in tickets), encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    [report] = add(store, [path], mapping=mapping)
    return report


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    return report.read, report.new, report.updated, report.duplicate, report.quarantined


def test_an_object_is_one_row_read_and_each_element_a_row_stored(
    store: Store, tmp_path: Path
) -> None:
    report = added(store, tmp_path, [ticket(1, 3), ticket(2, 0)])
    assert counts(report) == (2, 2, 0, 0, 0)
    assert dict(report.tables) == {"threads": 2, "contacts": 3}
    assert counts(added(store, tmp_path, [ticket(1, 3), ticket(2, 0)])) == (2, 0, 0, 2, 0)


def test_an_object_whose_list_grew_is_updated_and_the_change_is_dated(
    store: Store, tmp_path: Path
) -> None:
    added(store, tmp_path, [ticket(1, 2), ticket(2, 1)])
    report = added(store, tmp_path, [ticket(1, 3), ticket(2, 1, "solved")])
    assert counts(report) == (2, 0, 2, 0, 0)
    assert store.arrow("contacts").num_rows == 4
    [old] = store.arrow("threads_history").to_pylist()
    assert (old["thread_id"], old["status"]) == ("2", "open")
    assert old["replaced_at"] is not None


def test_a_bad_element_keeps_its_whole_object_back_until_it_is_mended(
    store: Store, tmp_path: Path
) -> None:
    bad = ticket(1, 2)
    bad["notes"][1]["at"] = "2024-02-31T10:00:00Z"
    report = added(store, tmp_path, [bad, ticket(2, 1), {**ticket(3, 0), "notes": "none"}])
    assert counts(report) == (3, 1, 0, 0, 2)
    assert store.arrow("contacts").num_rows == 1
    waiting = quarantined(store).to_pylist()
    assert [(row["line"], row["column"]) for row in waiting] == [(1, "each.at"), (3, "notes")]
    mended = tmp_path / "mended.toml"
    mended.write_text(MAPPING.replace('from = "each.at"', 'from = "opened"'), encoding="utf-8")
    [again] = readd(store, [waiting[0]["quarantine_id"]], mapping=mended)
    assert counts(again) == (1, 1, 0, 0, 0)
    assert store.arrow("contacts").num_rows == 3


@pytest.mark.parametrize(
    "content",
    [
        [{"id": 1}, {"id": 2}],
        {"tickets": [{"id": 1}, {"id": 2}], "next_page": None, "count": 2},
        {"count": 2, "conversations": [{"id": 1}, {"id": 2}], "pages": {"next": None}},
        {"object": "list", "data": [{"id": 1}, {"id": 2}], "meta": {"next": None}},
        {"_embedded": {"conversations": [{"id": 1}, {"id": 2}]}, "page": {"size": 2}},
        {"data": {"meta": {"count": 2}, "payload": [{"id": 1}, {"id": 2}]}},
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_records_are_found_however_they_are_wrapped(
    tmp_path: Path, content: Any, indent: int | None
) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(content, indent=indent), encoding="utf-8")
    [member] = members(path)
    rows = [row for chunk in reader_of(member).chunks() for row in chunk.rows.to_pylist()]
    assert [row["id"] for row in rows] == ["1", "2"]


def test_pages_one_after_the_other_and_one_record_over_many_lines_are_read(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.json"
    pages = [{"tickets": [{"id": 1}, {"id": 2}]}, {"tickets": [{"id": 3}]}]
    path.write_text("\n".join(map(json.dumps, pages)), encoding="utf-8")
    [member] = members(path)
    assert sum(chunk.read for chunk in reader_of(member).chunks()) == 3
    path.write_text(json.dumps({"id": 7, "messages": [{"id": 8}]}, indent=1), encoding="utf-8")
    [member] = members(path)
    [chunk] = reader_of(member).chunks()
    assert chunk.rows.column("id").to_pylist() == ["7"]


def test_a_record_with_an_id_is_never_taken_for_the_wrapping_of_a_list() -> None:
    assert wrapped({"id": 1, "data": [{"id": 2}]}) is None
    assert wrapped({"data": ["a", "b"]}) is None


def test_a_long_list_on_one_line_is_read_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    filler = "x" * 50_000
    many = ",".join(json.dumps({"id": n, "text": filler}) for n in range(250))
    path.write_text('{"tickets": [' + many + "]}", encoding="utf-8")
    [member] = members(path)
    assert member.facts.size > 8 * 1024**2
    numbers = [n for c in reader_of(member).chunks(only={"id"}) for n in c.rows["id"].to_pylist()]
    assert numbers == [str(n) for n in range(250)]


def test_a_wrapped_list_that_ends_too_early_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{\n"tickets": [\n{"id": 1},\n{"id": 2},\n{"i', encoding="utf-8")
    [member] = members(path)
    with pytest.raises(FileRefused, match="damaged after object 2"):
        reader_of(member)
