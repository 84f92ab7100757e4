"""What is kept of a page: for the very objects it was made of, and for nobody it is not for."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from made_book import MadeBook, alerts_page, overview

from goodwill.desk.keeping import MARKUP, Markup


@dataclass(frozen=True)
class _Shape:
    word: str


@pytest.fixture
def shown(desk_folder: object) -> Any:
    from django.template import engines

    MARKUP.of("g000001")
    inside = "{{ shape.word }} {{ other }}{{ token }}"
    made = engines["django"].from_string("{% kept shape carried %}" + inside + "{% endkept %}")

    def show(shape: Any, other: str, carried: str = "", texts: bool = True, **more: Any) -> str:
        given = {"shape": shape, "other": other, "carried": carried, "may": {"texts": texts}}
        given["generation"] = "g000001"
        return str(made.render(given | more))

    return show


def test_a_part_is_made_once_for_the_same_objects_and_anew_for_others(shown: Any) -> None:
    one, twin = _Shape("late"), _Shape("late")
    assert shown(one, "first") == shown(one, "second") == "late first"
    assert shown(twin, "third") == "late third"  # equal, and another object all the same
    assert shown(one, "fourth", "?from=2026-01-01") == "late fourth"
    with timezone.override("Pacific/Auckland"):
        assert shown(one, "fifth") == "late fifth"
    assert shown(one, "sixth") == "late first"


def test_nothing_is_kept_of_viewers_of_forms_or_of_nothing(shown: Any) -> None:
    one = _Shape("late")
    assert shown(one, "a", texts=False) == "late a" and shown(one, "b", texts=False) == "late b"
    assert shown(None, "a") == " a" and shown(None, "b") == " b"
    token = '<input name="csrfmiddlewaretoken" value="1">'
    assert "late c" in shown(one, "c", token=token) and "late d" in shown(one, "d", token=token)


def test_the_oldest_is_forgotten_first() -> None:
    kept, text = Markup(most=30), "0123456789"
    for n in range(3):
        kept.keep("", n, (), text)  # type: ignore[arg-type]
    assert kept.get(0) == text
    kept.keep("", 3, (), text)  # type: ignore[arg-type]
    assert kept.get(1) is None and all(kept.get(n) == text for n in (0, 2, 3))
    kept.of("g000001")
    assert kept.get(3) is None  # another generation: someone may have been forgotten in between
    kept.keep("", 4, (), text)  # type: ignore[arg-type]
    assert kept.get(4) is None  # begun before that: it may hold the very text
    few = Markup(parts=2)
    for n in range(3):
        few.keep("", n, (), "")  # type: ignore[arg-type]
    assert few.get(0) is None and few.get(1) == few.get(2) == ""


def test_a_page_begun_before_an_erasure_leaves_nothing_behind(
    client: Client, book: MadeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, seen = ["g000007"], book.overview()

    def refreshed_meanwhile() -> Any:
        names[:] = ["g000008"]
        return seen

    monkeypatch.setattr(book, "generation", lambda: names[0])
    monkeypatch.setattr(book, "overview", refreshed_meanwhile)
    assert client.get("/").status_code == 200 and not MARKUP._kept
    client.get("/")  # begun in the new one
    held = set(MARKUP._kept)
    assert held
    for _ in range(3):
        client.get("/")
    assert set(MARKUP._kept) == held  # nothing that is counted anew at each click


def test_the_address_of_a_customer_keeps_no_id(desk_folder: object) -> None:
    from goodwill.desk.figures.templatetags.figures import customer_address

    class Id(str):
        """A text that can be watched."""

    one = Id("shop:1")
    watched = weakref.ref(one)
    assert customer_address(one).endswith("shop:1/")
    del one
    assert watched() is None


def test_a_new_generation_shows_at_once_and_each_role_keeps_its_own(
    client: Client, book: MadeBook, user: Any
) -> None:
    for address in ("/", "/problems/", "/chain/", "/metrics/", "/promises/", "/value/", "/today/"):
        first, second = (client.get(address).content.decode() for _ in range(2))
        assert len(first) == len(second), address
    assert "Every row is accounted for" in (page := client.get("/").content.decode())
    assert "/records/" in page and "94,318" in page
    user.role = "viewer"
    user.save()
    page = client.get("/").content.decode()
    assert "/records/" not in page and "Where is my parcel?" not in page
    user.role = "admin"
    user.save()
    book.seen, book.rising = overview(ranking="Ranked anew."), alerts_page()
    assert "Ranked anew." in client.get("/").content.decode()
