"""Surveys: columns without known names, sorted by their titles and by all their values."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goodwill.records import Store, add, preview, quarantined, readd
from goodwill.records._answers import Answers, meaning
from goodwill.records._headers import Title, header_of, header_place

Write = Callable[..., Path]

MONKEY = ["Respondent ID", "Collector ID", "Start Date", "End Date", "Email Address"]
FORM = ["#", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"]


def taken(title: str, values: list[str], **options: Any) -> tuple[str, str]:
    answers = Answers()
    answers.add(values)
    found = meaning(title, Title(title), answers, **options)
    return found.kind, found.scale


def form(folder: Path, questions: list[str], rows: list[list[Any]], name: str = "f.csv") -> Path:
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow([FORM[0], *questions, *FORM[1:]])
        for number, row in enumerate(rows):
            out.writerow([f"r{number}", *row, *["2025-05-05 10:00:00"] * 2, "n1"])
    return path


def monkey(folder: Path, header: list[str], below: list[str], rows: list[list[str]]) -> Path:
    path = folder / "m.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [MONKEY + header, [""] * 5 + below,
             *(["77" + str(n), "1", *row[:2], f"a{n}@example.com", *row[2:]]
               for n, row in enumerate(rows))]
        )  # fmt: skip
    return path


def test_it_works(store: Store, tmp_path: Path) -> None:
    path = form(
        tmp_path,
        ["How likely are you to recommend us?", "What should we improve?", "customer_id"],
        [[3, "Answer the phone", "C-1"], [9, "", "C-2"]],
    )
    [report] = add(store, [path])
    assert (report.recipe, report.read, report.new) == ("typeform", 2, 2)
    first, second = sorted(store.arrow("contacts").to_pylist(), key=lambda r: r["contact_id"])
    assert (first["rating"], first["rating_scale"]) == (3.0, "nps")
    assert (first["text"], first["customer_ref"]) == ("Answer the phone", "C-1")
    assert second["text"] is None


@pytest.mark.parametrize(
    ("title", "values", "expected"),
    [
        ("How likely are you to recommend us?", ["0", "7", "10"], ("rating", "nps")),
        ("¿Nos recomendaría a un amigo?", ["9 - mucho", "2 - poco"], ("rating", "nps")),
        ("How satisfied were you?", ["1", "5"], ("rating", "csat5")),
        ("How satisfied were you?", ["Very satisfied", "Neutral"], ("rating", "csat5")),
        ("How satisfied were you?", ["3", "10"], ("rating", "")),
        ("How satisfied were you, from 1 to 10?", ["3", "4"], ("rating", "")),
        ("How many stars?", ["4", "5"], ("rating", "stars5")),
        ("How easy was it to return the parcel?", ["2", "7"], ("rating", "ces7")),
        ("How was it?", ["😀", "😡"], ("", "")),
        ("Why?", ["Good", "Slow"], ("text", "")),
        ("Colour", ["Red", "Blue", "Red"], ("choice", "")),
        ("What did you buy?", ["Lamp / Rug", "Rug"], ("choice", "")),
        ("Your first name", ["Ann", "Bo"], ("name", "")),
        ("Your mail, please", ["a@example.com", "b@example.com"], ("email", "")),
        ("Phone", ["'+34600111222"], ("phone", "")),
        ("Order number", ["SO-1", "SO-2"], ("order", "")),
        ("Date of birth", ["1970-01-01"], ("", "")),
        ("How many rooms?", ["3", "4"], ("", "")),
    ],
)
def test_a_column_is_taken_for_what_its_title_and_values_say(
    title: str, values: list[str], expected: tuple[str, str]
) -> None:
    assert taken(title, values) == expected


def test_a_scale_that_is_not_known_is_said_and_not_forced(store: Store, tmp_path: Path) -> None:
    path = form(tmp_path, ["How satisfied are you?", "Why?"], [[9, "All well"], [2, "Slow"]])
    [shown] = preview(store, path)
    assert any("How satisfied" in note and "not taken" in note for note in shown.notes)
    add(store, [path])
    assert store.arrow("contacts").column("rating").null_count == 2


def test_own_words_of_several_questions_stand_under_their_titles(
    store: Store, tmp_path: Path
) -> None:
    path = form(tmp_path, ["Why?", "Any other comments?"], [["It broke", "Be quicker"]])
    add(store, [path])
    [text] = store.arrow("contacts").column("text").to_pylist()
    assert text == "Why?\nIt broke\n\nAny other comments?\nBe quicker"


def test_choices_stand_in_the_subject_and_not_among_the_own_words(
    store: Store, tmp_path: Path
) -> None:
    path = form(tmp_path, ["What did you buy?", "Why?"], [["Lamp / Rug", "It broke"], ["Rug", ""]])
    [shown] = preview(store, path)
    assert any("several in one cell" in note for note in shown.notes)
    add(store, [path])
    rows = sorted(store.arrow("contacts").to_pylist(), key=lambda r: r["contact_id"])
    assert [(r["subject"], r["text"]) for r in rows] == [("Lamp / Rug", "It broke"), ("Rug", None)]


def test_a_submission_without_an_answer_is_skipped_and_said(store: Store, tmp_path: Path) -> None:
    [report] = add(store, [form(tmp_path, ["Why?"], [["It broke"], [""], [""]])])
    assert (report.read, report.skipped) == (1, 2)
    assert any("2 rows (submissions without an answer)" in note for note in report.notes)


def test_a_later_export_is_read_as_the_first_was(store: Store, tmp_path: Path) -> None:
    questions = ["What happened?", "How many stars?"]
    rows: list[list[Any]] = [["It broke in two and nobody answered", 1], ["All went very well", 5]]
    add(store, [form(tmp_path, questions, rows)])
    # Alone, these two cells would be taken for choices.
    later = form(tmp_path, questions, [*rows[:1], ["Fine", 4], ["Fine", 3]], "later.csv")
    [report] = add(store, [later])
    assert (report.recipe, report.new, report.updated, report.duplicate) == ("typeform", 1, 1, 1)
    assert store.arrow("contacts").column("text").to_pylist().count("Fine") == 2


def test_two_header_rows_name_the_columns_of_one_question(store: Store, tmp_path: Path) -> None:
    path = monkey(
        tmp_path,
        ["What went wrong,\nif anything?", "", "", "Why?"],
        ["Late", "Broken", "Other (please specify)", "Open-Ended Response"],
        [["05/04/2025 10:00:00", "05/04/2025 10:01:00", "Late", "", "wrong lid", "It came late"],
         ["05/28/2025 10:00:00", "05/28/2025 10:01:00", "", "Broken", "", ""]],
    )  # fmt: skip
    [report] = add(store, [path])
    assert (report.recipe, report.read, report.new, report.skipped) == ("surveymonkey", 2, 2, 0)
    rows = sorted(store.arrow("contacts").to_pylist(), key=lambda r: r["contact_id"])
    assert "It came late" in rows[0]["text"] and "wrong lid" in rows[0]["text"]
    assert [r["subject"] for r in rows] == ["Late", "Broken"]
    assert (rows[0]["at"].month, rows[0]["at"].day) == (5, 4)


def test_a_quarantined_answer_can_be_tried_again(store: Store, tmp_path: Path) -> None:
    path = monkey(tmp_path, ["Why?"], ["Open-Ended Response"],
                  [["05/04/2025 10:00:00", "05/34/2025 10:01:00", "It came late"],
                   ["05/28/2025 10:00:00", "05/28/2025 10:01:00", "It never came"]])  # fmt: skip
    [report] = add(store, [path])
    assert (report.new, report.quarantined) == (1, 1)
    [again] = readd(store)
    assert again.quarantined == 1
    assert quarantined(store).num_rows == 1


def test_header_rows_are_joined_where_the_first_leaves_gaps() -> None:
    header = header_of([["ID", "Why?", "Which?", "", "Why?"], ["", "Response", "Red", "Blue", ""]])
    assert header.names == ["ID", "Why?", "Which? - Red", "Which? - Blue", "Why? (2)"]
    assert header.titles["Which? - Blue"] == Title("Which?", "Blue")


def test_a_header_that_is_mostly_gaps_is_found_by_the_row_below() -> None:
    top = ["Respondent ID", "Start Date", "Which?", *[""] * 9]
    below = ["", "", *"abcdefghij"]
    assert header_place([top, below, ["1", "2025-01-01", *[""] * 10]]) == 0
