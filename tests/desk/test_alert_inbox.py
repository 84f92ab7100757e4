"""The inbox of alerts: what is decided stays decided until the matter grows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from made_book import THEMES, MadeBook, alert, alerts_page
from reader import NAME, said

from goodwill.report import Phrase
from goodwill.report.watch_shapes import Warned

FIRST = f"/alerts/{0:016x}/"


@pytest.fixture(autouse=True)
def undecided(desk_folder: object) -> Iterator[None]:
    from goodwill.desk.alerts.models import Decision

    Decision.objects.all().delete()
    yield


def decided(text: str) -> bool:
    """Return whether the first alert stands among those dealt with."""
    text = text.partition("Rising now")[2]  # the form above names all themes
    return "Dealt with" in text and text.index("Dealt with") < text.index(THEMES[0][0])


def test_a_rise_says_since_when_how_much_whom_and_what_drives_it(client: Any) -> None:
    text = said(client.get("/alerts/"))
    assert f"{THEMES[0][0]} by web form" in text
    assert "At most 2 a month are expected" in text
    for label in ("Times the expected", "Contacts since", "Value of these people"):
        assert label in text
    assert THEMES[0][6] in text
    assert "in the last 672 days" in text


def test_new_words_of_a_rise_and_how_sure_it_is_stand_with_it_but_not_for_viewers(
    client: Any, book: MadeBook
) -> None:
    from django.test import Client

    from goodwill.desk.accounts.models import User

    book.rising = alerts_page(now=(alert(0, phrases=("locker code",), sure=False), alert(1)))
    text = said(client.get("/alerts/"))
    assert "New words in it: locker code" in text
    assert text.count("Less sure") == 1
    reader = Client()
    reader.force_login(User.objects.create_user("sees_little", role="viewer"))
    page = said(reader.get("/alerts/"))
    assert "Less sure" in page
    assert "Incidents" not in page and "Tell an incident" not in page
    assert "locker code" not in page


def test_late_contacts_are_told_and_when_watching_would_have_warned(
    client: Any, book: MadeBook
) -> None:
    at = date(2025, 3, 4)
    told = Warned(
        "e1", "Strike in the West", at, None, "a", "late parcel", at, "Raised 0 days after."
    )
    missed = replace(told, title="Power cut", alert="", raised_at=None, said="Nothing was raised.")
    late = "Some 75% of its contacts has come in so far."
    book.rising = alerts_page(
        now=(alert(0, late=late),), late="Contacts come in late.", warned=(told, missed)
    )
    text = said(client.get("/alerts/"))
    for part in (late, "Contacts come in late.", "Strike in the West", "late parcel",
                 "Raised 0 days after.", "Power cut", "Nothing was raised."):  # fmt: skip
        assert part in text
    book.rising = alerts_page()
    assert "Tell an incident with its day" in said(client.get("/alerts/"))


def test_what_is_acknowledged_says_by_whom_and_comes_back_once_it_grows(
    client: Any, book: MadeBook
) -> None:
    assert not decided(said(client.get("/alerts/")))
    answer = client.post(FIRST, {"state": "acknowledged", "note": "Carrier was called"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/alerts/")
    text = said(client.get("/alerts/"))
    assert decided(text)
    assert f"Acknowledged by {NAME}" in text
    assert "Carrier was called" in text
    first = book.rising.now[0]
    later = alert(0, alert_id="e" * 16, raised_at=first.raised_at + timedelta(days=3))
    book.rising = replace(book.rising, now=(replace(first, parts=(later,)),))
    text = said(client.get("/alerts/"))
    assert not decided(text)
    assert "It has grown since: Acknowledged" in text


def test_a_snoozed_rise_sleeps_until_its_day(
    client: Any, book: MadeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils import timezone

    client.post(FIRST, {"state": "snoozed", "until": ""})
    assert decided(said(client.get("/alerts/")))
    with timezone.override(book.settings.time_zone):
        later = timezone.localdate() + timedelta(days=7)
    monkeypatch.setattr("goodwill.desk.alerts.views._today", lambda: later)
    assert not decided(said(client.get("/alerts/")))


def test_what_is_closed_can_be_reopened(client: Any) -> None:
    client.post(FIRST, {"state": "closed"})
    assert decided(said(client.get("/alerts/")))
    client.post(FIRST, {"state": "open"})
    assert not decided(said(client.get("/alerts/")))


def test_a_rise_is_given_to_somebody_and_joined_to_what_caused_it(
    client: Any, book: MadeBook
) -> None:
    fix = book.declared[0]
    client.post(FIRST, {"state": "assigned", "assignee": NAME, "event": fix.event_id})
    text = said(client.get("/alerts/"))
    assert not decided(text)
    assert f"{NAME} deals with it. It belongs to {fix.title}." in text
    for wrong in ({"assignee": "nobody at all"}, {"event": "0" * 9}):
        assert client.post(FIRST, {"state": "assigned"} | wrong).status_code == 400


def test_new_words_stand_in_the_inbox_with_what_they_are_about(client: Any, book: MadeBook) -> None:
    day = book.rising.now[0].raised_at
    words = (
        Phrase("blue screen", day, 15, 0.4, False, 14, None, "", True),
        Phrase("gift card's lost", day, 12, 0.1, True, 9, 2, THEMES[1][0], False),
    )
    book.rising = replace(book.rising, phrases=words)
    text = said(client.get("/alerts/"))
    assert "blue screen" in text and "looks like a new theme" in text
    assert "copied" in text and THEMES[1][0] in text


@pytest.mark.parametrize(
    "form", [{"state": "gone"}, {}, {"state": "snoozed", "until": "2001-01-01"},
             {"state": "snoozed", "until": "2026-02-31"}]
)  # fmt: skip
def test_a_decision_that_makes_no_sense_is_refused_and_nothing_is_kept(
    client: Any, form: dict[str, str]
) -> None:
    assert client.post(FIRST, form).status_code == 400
    assert not decided(said(client.get("/alerts/")))


def test_words_in_a_note_are_shown_as_words(client: Any) -> None:
    client.post(FIRST, {"state": "closed", "note": "<script>alert(1)</script>"})
    page = client.get("/alerts/").content
    assert b"<script>alert" not in page
    assert b"&lt;script&gt;alert" in page


def test_a_book_with_little_history_says_why_nothing_is_watched(
    client: Any, book: MadeBook
) -> None:
    book.rising = alerts_page(now=(), before=(), promise="", reason="The data covers too few weeks")
    assert "The data covers too few weeks" in said(client.get("/alerts/"))
