"""Mail and phone on pages: shown to those who say why, and never without a record of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from made_book import MadeBook

import goodwill


def test_mail_and_phone_are_shown_once_someone_says_why(client: Any, book: MadeBook) -> None:
    page = client.get("/customers/shop:10023/").content.decode()
    assert "/vault/contact/" in page and "ana@mail.example" not in page
    refused = client.post("/vault/contact/", {"customer": "shop:10023", "reason": "  "})
    assert refused.status_code == 400 and book.looked == []
    asked = {"customer": "shop:10023", "reason": "call back about order 1001"}
    shown = client.post("/vault/contact/", asked)
    told = shown.content.decode()
    assert all(one in told for one in ("ana@mail.example", "+34 612 000 111", "Ana Ruiz"))
    assert shown.headers["Cache-Control"] == "no-store"
    assert [look[1:] for look in book.looked] == [("shop:10023", "call back about order 1001")]
    looks = client.get("/vault/looks/").content.decode()
    assert "call back about order 1001" in looks and "/customers/shop:10023/" in looks
    assert "call back" not in client.get("/vault/looks/?customer=shop:1").content.decode()
    assert client.get("/people/log/?customer=shop:10023").content.decode().count("see contact") == 1


def test_two_records_of_one_event_are_taken_apart_where_they_are_shown(
    client: Any, book: MadeBook
) -> None:
    book.voice = True
    assert "These are two events" in client.get("/customers/shop:10023/").content.decode()
    asked = {"event": "e-1", "customer": "shop:10023"}
    assert client.post("/customers/two-events/", asked).status_code == 302
    assert book.parted == ["e-1"]
    page = client.get("/customers/shop:10023/").content.decode()
    assert "These are two events" not in page and "Said to be another event" in page
    assert "No, it is one" in page
    assert client.post("/customers/two-events/", {**asked, "back": "1"}).status_code == 302
    assert book.parted == []


def test_a_look_stands_in_the_book_before_anything_is_shown(
    user: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.test import Client

    from goodwill.desk.accounts.models import User

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    real = goodwill.create(tmp_path / "book")
    file = tmp_path / "tickets.csv"
    file.write_text(
        "message id,customer id,created at,email,first name,last name,message\n"
        "1,C-1,2024-05-01T10:00:00Z,zsofia@mail.example,Zsofia,Nemeth,my parcel is late\n"
    )
    real.add(file)
    monkeypatch.setattr("goodwill.desk.reading.whole_book", lambda: real)
    bo = Client()
    bo.force_login(User.objects.create_user("Bo", role="frontline"))
    asked = {"customer": "company:C-1", "reason": "tell zsofia@mail.example that it came"}
    assert "zsofia@mail.example" in bo.post("/vault/contact/", asked).content.decode()
    [look] = real.looks().looks
    assert (look.actor, look.customer_id, look.kinds) == ("Bo", "company:C-1", ("email", "name"))
    assert look.reason == "tell [email] that it came"
    assert real.looks(actor="Ada").total == 0 and real.looks(customer_id="company:C-1").total == 1
    # Somebody else's customer, an id that nobody has: no look, nothing shown.
    assert bo.post("/vault/contact/", asked | {"customer": "company:C-2"}).status_code == 404
    assert real.looks().total == 1
