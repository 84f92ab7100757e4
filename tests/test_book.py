"""A Book is made, opened, and refused when it cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

import goodwill
from goodwill.errors import BookExists, BookFormat, BookMissing, NotFound, SettingsError


def test_it_works(tmp_path: Path) -> None:
    made = goodwill.create(tmp_path / "acme", name="Acme", currency="GBP", margin=0.4)
    opened = goodwill.open(tmp_path / "acme")
    assert opened.settings == made.settings
    assert opened.settings.name == "Acme"
    assert opened.settings.format == 1


def test_a_second_book_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    goodwill.create(tmp_path / "acme")
    with pytest.raises(BookExists):
        goodwill.create(tmp_path / "acme")


def test_a_folder_without_a_book_is_named_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(BookMissing, match="goodwill init"):
        goodwill.open(tmp_path)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("currency", "euro"),
        ("time_zone", "Mars/Olympus"),
        ("margin", 1.5),
        ("margin", True),
        ("quiet_days", 0),
        ("public_channels", ["fax"]),
        ("no_such_setting", 1),
        ("workdays", []),
        ("workdays", ["mon"]),
        ("opening_hours", ["9-18"]),
        ("opening_hours", ["09:00-13:00", "12:00-18:00"]),
        ("holidays", ["25 December"]),
        ("promises", [{"words": "Soon", "what": "delivery", "within": "soon"}]),
        ("promises", [{"words": "Soon", "what": "joy", "within": "2 days"}]),
        ("promises", [{"words": "", "what": "answer", "within": "2 days"}]),
        ("promises", [{"words": "x", "what": "answer", "within": "2 days", "channels": ["fax"]}]),
        ("promises", [{"words": "x", "what": "answer", "within": "2 days", "since": "May"}]),
        ("promises", [{"words": "x", "what": "answer", "within": "2 days", "of": 1}]),
        ("promises", ["Delivery in 2 days"]),
    ],
)
def test_a_bad_setting_is_refused_and_named(tmp_path: Path, setting: str, value: object) -> None:
    with pytest.raises(SettingsError, match=setting):
        goodwill.create(tmp_path / "acme", **{setting: value})
    assert not (tmp_path / "acme" / "goodwill.toml").exists()


def test_the_calendar_and_the_published_promises_are_written_and_read(tmp_path: Path) -> None:
    promise = {"words": 'In "two" weeks', "what": "answer", "within": "2 weeks",
               "since": "2025-01-01", "channels": ["email"]}  # fmt: skip
    made = goodwill.create(
        tmp_path / "acme", workdays=["monday", "saturday"], holidays=["2025-12-25"],
        opening_hours=["09:00-13:00", "14:00-24:00"], promises=[promise],
    )  # fmt: skip
    opened = goodwill.open(tmp_path / "acme")
    assert opened.settings == made.settings
    assert opened.settings.promises[0].span == (14, "days")
    assert opened.configure(quiet_days=7).settings.promises == made.settings.promises
    path = tmp_path / "acme" / "goodwill.toml"
    text = path.read_text()
    path.write_text(text.replace('holidays = ["2025-12-25"]', "holidays = [2025-12-25]"))
    assert goodwill.open(tmp_path / "acme").settings.holidays == ("2025-12-25",)


def test_every_bad_setting_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        goodwill.create(tmp_path / "acme", currency="x", quiet_days=-1)
    assert "currency" in caught.value.message
    assert "quiet_days" in caught.value.message


def test_a_setting_changed_by_hand_is_checked_when_the_book_is_opened(tmp_path: Path) -> None:
    goodwill.create(tmp_path / "acme")
    path = tmp_path / "acme" / "goodwill.toml"
    path.write_text(path.read_text().replace('currency = "EUR"', "currency = 7"))
    with pytest.raises(SettingsError, match="currency = 7"):
        goodwill.open(tmp_path / "acme")


@pytest.mark.parametrize("name", ['Ol\' "Smith" & Sons', "back\\slash", "línea\nnueva", "日本"])
def test_a_company_name_survives_writing_and_reading(tmp_path: Path, name: str) -> None:
    goodwill.create(tmp_path / "b", name=name)
    assert goodwill.open(tmp_path / "b").settings.name == name


@pytest.mark.parametrize(("number", "command"), [(0, "goodwill doctor"), (99, "pip install")])
def test_a_book_of_another_format_is_refused_with_the_command(
    tmp_path: Path, number: int, command: str
) -> None:
    goodwill.create(tmp_path / "acme")
    path = tmp_path / "acme" / "goodwill.toml"
    path.write_text(path.read_text().replace("format = 1", f"format = {number}"))
    with pytest.raises(BookFormat) as caught:
        goodwill.open(tmp_path / "acme")
    assert command in caught.value.hint


def test_an_unknown_table_is_refused_with_the_tables_there_are(tmp_path: Path) -> None:
    book = goodwill.create(tmp_path / "acme")
    with pytest.raises(NotFound, match="contacts"):
        book.table("nonsense")


def test_settings_can_be_changed_and_are_checked(tmp_path: Path) -> None:
    book = goodwill.create(tmp_path / "acme")
    assert goodwill.open(book.configure(quiet_days=7).folder).settings.quiet_days == 7
    with pytest.raises(SettingsError):
        book.configure(quiet_days=0)


@pytest.mark.parametrize("folder", ["my book", "Büro 50% Kunden", "日本"])
def test_a_book_works_wherever_it_lies(tmp_path: Path, folder: str) -> None:
    book = goodwill.create(tmp_path / folder)
    file = tmp_path / "mails in.csv"
    for day in (1, 2):
        file.write_text(
            "message id,customer id,created at,message\n"
            f"{day},C-1,2026-01-0{day} 10:00,where is my parcel now\n"
        )
        assert book.add(file)[0].new == 1
    book.refresh()
    assert book.table("messages").num_rows == 2
