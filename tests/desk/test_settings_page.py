"""The page of settings: everything in goodwill.toml, judged by its own checks, written whole."""

from __future__ import annotations

import re
from dataclasses import fields
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from made_book import MadeBook
from reader import said

from goodwill import settings as file
from goodwill.settings import OWN, PublishedPromise, Settings


@pytest.fixture
def folder(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with settings, the desk's own for this test."""
    from django.conf import settings

    promised = PublishedPromise("We answer in a day", "answer", "24 hours", "", ("chat",))
    chosen = Settings(book_id="ab", name="Harbour & Pine", margin=0.35, promises=(promised,))
    file.write(tmp_path, chosen)
    monkeypatch.setattr(settings, "BOOK_FOLDER", tmp_path)
    return tmp_path


def typed(client: Client) -> dict[str, Any]:
    """Everything that the form would send as it stands."""
    page = client.get("/settings/").content.decode()
    form = page.split('<form class="company"')[1].split("</form>")[0]
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if found.get("type") == "checkbox":
            if " checked" in tag:
                sent.setdefault(found["name"], []).append(found["value"])
        elif "name" in found:
            sent[found["name"]] = unescape(found.get("value", ""))
    for name, inner in re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', form, re.S):
        sent[name] = unescape(inner)
    for name, inner in re.findall(r'<select[^>]* name="([\w-]+)"[^>]*>(.*?)</select>', form, re.S):
        options = re.findall(r"<option([^>]*)>([^<]*)", inner)
        chosen = [text for how, text in options if " selected" in how] or [options[0][1]]
        sent[name] = chosen[0]
    sent.pop("csrfmiddlewaretoken", None)
    return sent


def test_every_setting_stands_on_the_page_with_its_meaning_and_default(
    client: Client, folder: Path
) -> None:
    page = client.get("/settings/").content.decode()
    for name in {field.name for field in fields(Settings)} - {"promises"}:
        assert f"<code>{name}</code>" in page, name
    text = said(client.get("/settings/"))
    for words in ("Harbour &amp; Pine", "We answer in a day", "Unless set: 104.", "working hours",
                  "Counts from the next refresh on.", "Counts at once."):  # fmt: skip
        assert words in page or words in text, words
    grouped = {each.name for group in file.about().values() for each in group}
    assert grouped | OWN == {field.name for field in fields(Settings)}


def test_what_is_sent_as_it_stands_changes_nothing(client: Client, folder: Path) -> None:
    before = (folder / "goodwill.toml").read_bytes()
    response = client.post("/settings/", typed(client), follow=True)
    assert "Nothing was different" in said(response)
    assert (folder / "goodwill.toml").read_bytes() == before


def test_a_change_is_written_with_the_comments_kept_and_stands_in_the_log(
    client: Client, folder: Path
) -> None:
    path = folder / "goodwill.toml"
    path.write_text(path.read_text().replace("margin = 0.35", "margin = 0.35  # as of May"))
    sent = typed(client) | {
        "margin": "0.4", "holidays": "2025-12-25\n2025-12-26\n", "contact_minutes": "7.5",
        "webhook_url": "https://hooks.example/secret-part", "workdays": ["monday", "sunday"],
        "vault": "no", "promise-2-words": "Delivery in 3 days", "promise-2-what": "delivery",
        "promise-2-within": "3 days", "follow_up_rules": ["silent"],
    }  # fmt: skip
    answer = said(client.post("/settings/", sent, follow=True))
    assert "Kept: " in answer and "A refresh is needed for: " in answer
    now = file.read(folder)
    assert (now.margin, now.contact_minutes, now.vault) == (0.4, 7.5, False)
    assert now.holidays == ("2025-12-25", "2025-12-26") and now.workdays == ("monday", "sunday")
    assert [each.words for each in now.promises] == ["We answer in a day", "Delivery in 3 days"]
    assert now.promises[0].channels == ("chat",) and now.follow_up_rules == ("silent",)
    text = path.read_text()
    assert "margin = 0.4  # as of May" in text or "margin = 0.4 # as of May" in text
    assert "# What an hour of that work costs." in text
    log = said(client.get("/people/log/?deed=did"))
    assert "margin 0.35 to 0.4" in log and "webhook_url" in log and "secret-part" not in log
    sent = typed(client) | {"margin": "", "promise-1-words": ""}
    client.post("/settings/", sent)
    now = file.read(folder)
    assert now.margin is None and [each.words for each in now.promises] == ["Delivery in 3 days"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"margin": "1.5"}, "must be a share between 0 and 1"),
        ({"margin": "half"}, "must be a share between 0 and 1"),
        ({"currency": "euro"}, "must be a code of three capital letters"),
        ({"time_zone": "Mars/Base"}, "must be the IANA name"),
        ({"holidays": "Christmas"}, "must be a list of days"),
        ({"name": ""}, "must not be empty"),
        ({"quiet_days": ""}, "must not be empty"),
        ({"workdays": []}, "must be a list of at least one day"),
        ({"promise-1-within": "soon"}, "within must be such as"),
        ({"keep_texts_months": "24"}, "tick below that it is meant"),
    ],
)
def test_a_wrong_value_is_refused_in_its_place_and_nothing_is_written(
    client: Client, folder: Path, wrong: dict[str, Any], words: str
) -> None:
    before = (folder / "goodwill.toml").read_bytes()
    response = client.post("/settings/", typed(client) | {"hourly_rate": "21"} | wrong)
    assert response.status_code == 400 and words in said(response)
    assert 'value="21"' in response.content.decode()  # what was typed is not lost
    assert (folder / "goodwill.toml").read_bytes() == before


def test_what_removes_for_good_is_kept_once_it_is_said_to_be_meant(
    client: Client, folder: Path
) -> None:
    client.post("/settings/", typed(client) | {"keep_texts_months": "24", "sure": "1"})
    assert file.read(folder).keep_texts_months == 24
    client.post("/settings/", typed(client) | {"keep_texts_months": "36"})  # longer harms nothing
    assert file.read(folder).keep_texts_months == 36


def test_two_who_change_at_once_do_not_undo_each_other(client: Client, folder: Path) -> None:
    mine = typed(client) | {"quiet_days": "20"}
    file.change(folder, {"margin": 0.5})
    response = client.post("/settings/", mine)
    assert response.status_code == 409 and "Somebody else changed" in said(response)
    assert (file.read(folder).margin, file.read(folder).quiet_days) == (0.5, 14)


def test_a_file_written_by_hand_is_changed_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "goodwill.toml"
    path.write_text(
        'format = 1\nbook_id = "ab"\nname = "X"\n# ours\nholidays = [\n  "2025-12-25", # feast\n]\n'
        '\n[[promises]]\nwords = "a"\nwhat = "answer"\nwithin = "1 day"\n'
    )
    assert file.change(tmp_path, {"margin": 0.2, "mail_from": "a@b.example"}) == [
        "margin", "mail_from",
    ]  # fmt: skip
    now = file.read(tmp_path)
    assert now.margin == 0.2 and now.promises[0].words == "a" and now.holidays == ("2025-12-25",)
    assert "# feast" in path.read_text() and path.read_text().startswith("format = 1\n")
    with pytest.raises(file_error(), match="goodwill writes this itself"):
        file.change(tmp_path, {"book_id": "other"})


def file_error() -> type[Exception]:
    from goodwill.errors import SettingsError

    return SettingsError


def test_without_a_book_made_up_words_do_not_break_the_page(
    client: Client, folder: Path, book: MadeBook
) -> None:
    response = client.post("/settings/", {"name": "<b>x</b>", "margin": "NaN"})
    assert response.status_code == 400 and "<b>x</b>" not in response.content.decode()
