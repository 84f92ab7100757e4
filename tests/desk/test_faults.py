"""Nothing there, nothing yet, and broken: each is a page with the next step."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.test import Client
from made_book import MadeBook, empty_overview
from reader import said

from goodwill.errors import BookFormat, InputError


def test_a_book_never_refreshed_says_what_to_do(client: Client, book: MadeBook) -> None:
    book.seen = None
    response = client.get("/")
    assert response.status_code == 200
    assert "Nothing was refreshed in this Book yet." in said(response)
    assert "goodwill add FILE..." in said(response)


def test_an_empty_book_says_what_to_add_and_every_figure_why(
    client: Client, book: MadeBook
) -> None:
    book.seen = empty_overview()
    text = said(client.get("/"))
    assert "Add the first files" in text
    assert text.count("no value No contacts came in yet.") == 12
    assert "No problem was found yet" in text
    assert "No contact has a time yet." in text
    assert "0 read = 0 new" in text


def test_what_is_not_there_is_told_with_a_hint(client: Client) -> None:
    response = client.get("/problems/99/")
    assert response.status_code == 404
    assert "No problem has the id 99. Look at all problems." in said(response)


def test_a_book_that_cannot_be_read_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Any:
        raise BookFormat("The Book has format 9.", hint="Install a newer goodwill.")

    monkeypatch.setattr("goodwill.desk.reading._open", broken)
    response = client.get("/")
    assert response.status_code == 503
    assert "The Book has format 9. Install a newer goodwill." in said(response)


def test_a_fault_of_the_desk_shows_no_trace(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Any:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("goodwill.desk.overview.views.book", broken)
    client.raise_request_exception = False
    with caplog.at_level(logging.ERROR, "django.request"):
        response = client.get("/")
    assert response.status_code == 500
    assert "The desk has a fault" in said(response)
    assert "secret detail" not in response.content.decode()
    assert "secret detail" in caplog.text


def test_a_filter_that_the_table_cannot_take_is_a_bad_request(
    client: Client, book: MadeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **more: Any) -> Any:
        raise InputError("at >: not a time in ISO 8601.")

    monkeypatch.setattr(book, "records", refuse)
    answer = client.get("/records/messages/?at%3E=yesterday")
    assert answer.status_code == 400 and "not a time in ISO 8601" in said(answer)
