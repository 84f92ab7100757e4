"""The pages of themes: the map, forms that show what they move before they do it, audits."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from made_book import MadeBook
from reader import said


def test_it_works(client: Client, book: MadeBook) -> None:
    page = said(client.get("/themes/"))
    for words in ("Parcel not arrived", "pinned", "Muted", "Satisfied with the quality", "2025-05",
                  "1 change waits for the next refresh", "taken back by bob"):  # fmt: skip
        assert words in page


def test_a_theme_shows_its_words_its_figures_and_its_forms(client: Client) -> None:
    page = client.get("/themes/0/")
    text = said(page)
    assert "Right, of what stands under it" in text and "90" in text
    assert "Speak of it too" in text and b"/records/further_themes/" in page.content
    assert "changed since its audit" in text and "At the edge" in text
    assert page.content.count(b'action="/themes/0/preview/"') == 5


def test_precision_stands_on_the_problem_too(client: Client) -> None:
    page = client.get("/problems/1/")
    assert "Right, of what stands under it" in said(page) and b"/themes/1/" in page.content


@pytest.mark.parametrize(
    ("form", "kind", "values"),
    [
        ({"kind": "rename", "label": "Late"}, "rename", {"label": "Late"}),
        ({"kind": "merge", "into": "2", "history": "frozen"}, "merge", {"into": 2}),
        ({"kind": "move", "area_id": "", "label": "New"}, "move", {"label": "New"}),
        ({"kind": "move", "area_id": "1", "label": ""}, "move", {"label": "", "area_id": 1}),
        ({"kind": "split", "words": "a b, c", "label": "S"}, "split",
         {"words": ["a b", " c"], "label": "S"}),
        ({"kind": "mute"}, "mute", {}),
    ],
)  # fmt: skip
def test_an_edit_is_looked_at_first_and_then_kept_with_who(
    client: Client, book: MadeBook, form: dict[str, str], kind: str, values: dict[str, Any]
) -> None:
    values = {"history": form.get("history", "restated"), **values}
    shown = client.get("/themes/0/preview/", form)
    assert "It moves <this>." in said(shown) and b"It moves &lt;this&gt;." in shown.content
    assert book.themes.done == [("preview", kind, 0, values)]
    for name, value in form.items():
        assert f'name="{name}" value="{value}"' in shown.content.decode()
    kept = client.post("/themes/0/edit/", form)
    assert (kept.status_code, kept.headers["Location"]) == (302, "/themes/")
    assert book.themes.done[1] == (kind, 0, "ada", values)


def test_an_edit_is_taken_back(client: Client, book: MadeBook) -> None:
    assert client.post("/themes/undo/", {"edit_id": "1"}).status_code == 302
    assert book.themes.done == [("undo", 1, "ada")]


def test_an_audit_asks_one_message_after_the_other(client: Client, book: MadeBook) -> None:
    page = client.get("/themes/1/audit/")
    assert b"&lt;b&gt;never" in page.content and b'data-key="y"' in page.content
    answer = {"audit": "1", "key": "0" * 32, "belongs": "no", "last": ""}
    kept = client.post("/themes/1/audit/", answer)
    assert kept.headers["Location"] == "/themes/1/audit/"
    assert book.themes.done == [(1, {"0" * 32: False}, "ada")]
    assert client.post("/themes/1/audit/", {**answer, "last": "1"}).headers["Location"] == (
        "/themes/1/"
    )
    book.themes.judged = 3
    assert "Everything of this audit was judged" in said(client.get("/themes/1/audit/"))


def test_who_may_not_change_sees_no_forms(client: Client, book: MadeBook, user: Any) -> None:
    user.role = "frontline"
    user.save()
    page = client.get("/themes/0/")
    assert page.status_code == 200 and b"/preview/" not in page.content
    assert client.post("/themes/0/edit/", {"kind": "mute"}).status_code == 403
    user.role = "viewer"
    user.save()
    assert client.get("/themes/").status_code == 403
    assert book.themes.done == []
