"""Who sees what: every address, signed in and not; signing in and out, and its limits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from reader import NAME, PASSWORD

# Address, what a stranger gets, what a signed-in user gets.
ADDRESSES = [
    ("GET", "/", 302, 200),
    ("GET", "/problems/", 302, 200),
    ("GET", "/problems/1/", 302, 200),
    ("GET", "/problems/99/", 302, 404),
    ("GET", "/chain/", 302, 200),
    ("GET", "/chain/?from=2025-01-01&to=2025-02-01&theme=3&offset=20", 302, 200),
    ("GET", "/chain/?from=2025-02-01&to=2025-01-01", 302, 400),
    ("GET", "/chain/?from=May", 302, 400),
    ("GET", "/chain/?theme=x", 302, 400),
    ("GET", "/promises/", 302, 200),
    ("GET", "/promises/?state=broken&kind=commitment&what=refund&offset=50", 302, 200),
    ("GET", "/promises/?state=no-such", 302, 400),
    ("GET", "/promises/?offset=many", 302, 400),
    ("GET", "/promises/promises.csv?state=all", 302, 200),
    ("GET", "/promises/promises.csv?kind=no-such", 302, 400),
    ("GET", "/alerts/", 302, 200),
    ("GET", "/alerts/0000000000000000/", 302, 405),
    ("POST", "/alerts/0000000000000000/", 302, 400),
    ("POST", "/alerts/none/", 302, 404),
    ("GET", "/customers/", 302, 200),
    ("GET", "/customers/apart/", 302, 405),
    ("POST", "/customers/apart/", 302, 404),
    ("GET", "/customers/shop:10023/", 302, 200),
    ("GET", "/customers/shop:none/", 302, 404),
    ("GET", "/customers/shop:10023/?offset=-1", 302, 400),
    ("GET", "/customers/shop:10023/?offset=many", 302, 400),
    ("GET", "/records/messages/", 302, 200),
    ("GET", "/records/messages/?theme_id=3&repeat=true", 302, 200),
    ("GET", "/records/messages/?a%3Bdrop=1", 302, 404),
    ("GET", "/records/messages/?theme_id=%7B%22a%22%3A1%7D", 302, 404),
    ("GET", "/records/nothing/", 302, 404),
    ("GET", "/import/", 302, 403),
    ("POST", "/import/upload/", 302, 403),
    ("POST", "/import/refresh/", 302, 403),
    ("GET", "/import/quarantine/", 302, 403),
    ("GET", "/import/quarantine.csv", 302, 403),
    ("POST", "/import/quarantine/again/", 302, 403),
    ("GET", "/import/quarantine/mapping/", 302, 403),
    ("GET", "/import/quarantine/0f0f/", 302, 403),
    ("GET", "/import/20260101T000000-0123456789ab/", 302, 403),
    ("POST", "/import/20260101T000000-0123456789ab/take/", 302, 403),
    ("POST", "/import/20260101T000000-0123456789ab/throw-away/", 302, 403),
    ("GET", "/import/20260101T000000-0123456789ab/1/mapping/", 302, 403),
    ("GET", "/look/", 405, 405),
    ("POST", "/look/", 400, 400),
    ("GET", "/sign-in/", 200, 302),
    ("GET", "/sign-out/", 405, 405),
    ("GET", "/healthz", 200, 200),
    ("GET", "/nowhere/", 404, 404),
    ("GET", "/static/desk/desk.css", 200, 200),
]


@pytest.mark.parametrize(("method", "address", "for_stranger", "for_user"), ADDRESSES)
def test_every_address_answers_as_agreed(
    client: Client, stranger: Client, method: str, address: str, for_stranger: int, for_user: int
) -> None:
    seen = stranger.generic(method, address)
    assert seen.status_code == for_stranger
    if for_stranger == 302:
        assert seen.headers["Location"] == f"/sign-in/?next={quote(address)}"
        assert b"Harbour" not in seen.content
    assert client.generic(method, address).status_code == for_user


def test_no_address_is_missing_from_that_table(desk_folder: object) -> None:
    def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
        found: set[str] = set()
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                found |= names(pattern.url_patterns)
            else:
                found.add(str(pattern.name))
        return found

    from django.urls import resolve

    tried = set()
    for _, address, _, _ in ADDRESSES:
        path = address.split("?")[0]
        if not path.startswith(("/nowhere", "/static")):
            tried.add(resolve(path).url_name)
    assert names(get_resolver().url_patterns) == tried


def test_a_name_and_a_password_open_the_door(stranger: Client) -> None:
    response = stranger.post(
        "/sign-in/", {"username": NAME, "password": PASSWORD, "next": "/problems/1/"}
    )
    assert (response.status_code, response.headers["Location"]) == (302, "/problems/1/")
    assert stranger.get("/problems/1/").status_code == 200


def test_a_wrong_password_does_not_and_names_no_cause(stranger: Client) -> None:
    wrong = stranger.post("/sign-in/", {"username": NAME, "password": "wrong"})
    nobody = stranger.post("/sign-in/", {"username": "nobody", "password": "wrong"})
    assert wrong.status_code == nobody.status_code == 401
    for response in (wrong, nobody):
        assert b"The name or the password is not right." in response.content
    assert stranger.get("/").status_code == 302


@pytest.mark.parametrize("after", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_signing_in_leads_nowhere_else(stranger: Client, after: str) -> None:
    response = stranger.post("/sign-in/", {"username": NAME, "password": PASSWORD, "next": after})
    assert response.headers["Location"] == "/"


def test_five_failures_shut_the_door_for_a_while_even_to_the_right_password(
    stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        assert stranger.post("/sign-in/", {"username": NAME, "password": "x"}).status_code == 401
    right = {"username": NAME, "password": PASSWORD}
    assert stranger.post("/sign-in/", right).status_code == 429

    from django.utils import timezone

    later = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert stranger.post("/sign-in/", right).status_code == 302


def test_failures_of_one_name_do_not_shut_out_another(stranger: Client, user: object) -> None:
    for _ in range(6):
        stranger.post("/sign-in/", {"username": "mallory", "password": "x"})
    right = {"username": NAME, "password": PASSWORD}
    assert stranger.post("/sign-in/", right).status_code == 302


def test_failures_elsewhere_do_not_shut_the_door_here(stranger: Client) -> None:
    for _ in range(6):
        stranger.post("/sign-in/", {"username": NAME, "password": "x"}, REMOTE_ADDR="192.0.2.7")
    right = {"username": NAME, "password": PASSWORD}
    assert stranger.post("/sign-in/", right).status_code == 302


def test_many_names_from_one_address_shut_the_door_too(stranger: Client) -> None:
    for n in range(30):
        stranger.post("/sign-in/", {"username": f"name{n}", "password": "x"})
    assert stranger.post("/sign-in/", {"username": NAME, "password": PASSWORD}).status_code == 429


def test_signing_out_ends_the_session(client: Client) -> None:
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert client.get("/").status_code == 302


def test_a_session_dies_with_the_account(client: Client, user: Any) -> None:
    user.is_active = False
    user.save()
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    "address", ["/sign-in/", "/sign-out/", "/look/", "/alerts/0000000000000000/"]
)
def test_every_form_needs_its_token(user: object, book: object, address: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(address, {"username": NAME, "password": PASSWORD, "look": "dark"})
    assert response.status_code == 403
    assert b"Go back, load the page again" in response.content


def test_a_host_that_was_not_named_is_refused(stranger: Client) -> None:
    assert stranger.get("/healthz", HTTP_HOST="evil.example").status_code == 400
