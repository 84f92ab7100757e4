"""Ratings that a link scanner clicked are kept, flagged and left out of what is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from goodwill.journeys._messages_sql import messages_sql
from goodwill.records import Store, add

Write = Callable[..., Path]
HEADER = ["response id", "submitted at", "csat", "comment", "customer id", "email"]
MAPPING = """
source = "surveys"
[contacts]
contact_id = "response id"
at = "submitted at"
rating = "csat"
rating_scale = { value = "csat5" }
channel = { value = "survey" }
text = "comment"
customer_ref = "customer id"
[identities]
email = "email"
"""


def flags(store: Store, write: Write, folder: Path, rows: Iterable[Any]) -> dict[str, str | None]:
    mapping = folder / "m.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    [report] = add(store, [write("a.csv", HEADER, rows)], mapping=mapping)
    found = {r["contact_id"]: r["rating_flag"] for r in store.arrow("contacts").to_pylist()}
    told = [note for note in report.notes if "link scanner" in note]
    assert bool(told) == any(found.values())
    return found


def test_both_ends_of_the_scale_within_seconds_are_flagged(
    store: Store, write: Write, tmp_path: Path
) -> None:
    found = flags(store, write, tmp_path, [
        [1, "2024-01-05 10:00:00", 1, "", "C-1", ""],
        [2, "2024-01-05 10:00:01", 5, "", "C-1", ""],
        [3, "2024-01-05 10:00:01", 5, "", "C-2", ""],
        [4, "2024-01-05 10:05:07", 1, "", "C-2", ""],
        [5, "2024-01-06", 1, "", "C-3", ""],
        [6, "2024-01-06", 5, "", "C-3", ""],
    ])  # fmt: skip
    assert {n for n, flag in found.items() if flag} == {"1", "2"}


def test_many_answers_of_one_company_in_one_second_are_flagged_but_not_of_an_open_mail_service(
    store: Store, write: Write, tmp_path: Path
) -> None:
    at = "2024-01-05 10:00:03"
    found = flags(store, write, tmp_path, [
        *([n, at, 5, "", f"C-{n}", f"p{n}@firm.example"] for n in range(3)),
        *([n, at, 5, "", f"C-{n}", f"p{n}@gmail.com"] for n in range(10, 14)),
        *([n, "2024-01-05", 5, "", f"C-{n}", f"p{n}@day.example"] for n in range(20, 24)),
    ])  # fmt: skip
    assert {n for n, flag in found.items() if flag} == {"0", "1", "2"}


def test_a_flag_is_no_change_of_a_row(store: Store, write: Write, tmp_path: Path) -> None:
    first = [1, "2024-01-05 10:00:02", 1, "", "C-1", ""]
    flags(store, write, tmp_path, [first])
    mapping = tmp_path / "m.toml"
    second = [2, "2024-01-05 10:00:03", 5, "", "C-1", ""]
    [report] = add(store, [write("b.csv", HEADER, [first, second])], mapping=mapping)
    assert (report.new, report.updated, report.duplicate) == (1, 0, 1)


def test_what_is_measured_takes_no_flagged_rating() -> None:
    assert "rating_flag IS NULL THEN c.rating" in messages_sql()
