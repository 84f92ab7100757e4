"""Light or dark: chosen by a form, kept by a cookie, without JavaScript."""

from __future__ import annotations

from django.test import Client


def test_the_choice_holds_on_the_next_page(client: Client) -> None:
    assert b'data-look="auto"' in client.get("/").content
    response = client.post("/look/", {"look": "dark", "next": "/problems/1/"})
    assert response.headers["Location"] == "/problems/1/"
    assert b'data-look="dark"' in client.get("/problems/1/").content


def test_a_look_that_is_none_is_refused(client: Client) -> None:
    assert client.post("/look/", {"look": "neon"}).status_code == 400
    client.cookies["look"] = '"><script>'
    assert b'data-look="auto"' in client.get("/").content


def test_choosing_leads_nowhere_else(client: Client) -> None:
    response = client.post("/look/", {"look": "light", "next": "https://evil.example/"})
    assert response.headers["Location"] == "/"
