"""Who sees what: every address, signed in and not; signing in and out, and its limits."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from made_book import END, MadeBook
from reader import NAME, PASSWORD

import goodwill
from goodwill.desk.rights import OPEN, RIGHTS

VIEWER, FRONTLINE, ANALYST, MANAGER, ADMIN = "viewer", "frontline", "analyst", "manager", "admin"
EVERYONE = {VIEWER, FRONTLINE, ANALYST, MANAGER, ADMIN}
READERS = EVERYONE - {VIEWER}
WORKERS = READERS - {FRONTLINE}
LEADERS = {MANAGER, ADMIN}
FOLLOWERS = LEADERS | {FRONTLINE}
ADMINS = {ADMIN}

# Address, what a stranger gets, what those get who may, and which roles may; others get 403.
ADDRESSES = [
    ("GET", "/", 302, 200, EVERYONE),
    (
        "GET",
        "/?from=2025-01-01&to=2025-02-01&against=year&theme=3&channel=email",
        302,
        200,
        EVERYONE,
    ),
    ("GET", "/?from=May", 302, 400, EVERYONE),
    ("GET", "/problems/", 302, 200, EVERYONE),
    ("GET", "/problems/1/", 302, 200, EVERYONE),
    ("GET", "/problems/99/", 302, 404, EVERYONE),
    ("GET", "/problems/promises/delivery/", 302, 200, EVERYONE),
    ("GET", "/problems/promises/none/", 302, 404, EVERYONE),
    ("GET", "/problems/1/care/", 302, 405, WORKERS),
    ("POST", "/problems/1/care/", 302, 302, WORKERS),
    ("POST", "/problems/99/care/", 302, 404, WORKERS),
    ("GET", "/themes/", 302, 200, READERS),
    ("GET", "/themes/0/", 302, 200, READERS),
    ("GET", "/themes/99/", 302, 404, READERS),
    ("GET", "/themes/0/preview/?kind=mute", 302, 200, WORKERS),
    ("GET", "/themes/0/preview/?kind=no-such", 302, 400, WORKERS),
    ("GET", "/themes/0/preview/?kind=merge&into=x", 302, 400, WORKERS),
    ("GET", "/themes/0/edit/", 302, 405, WORKERS),
    ("POST", "/themes/0/edit/", 302, 400, WORKERS),
    ("GET", "/themes/undo/", 302, 405, WORKERS),
    ("POST", "/themes/undo/", 302, 400, WORKERS),
    ("GET", "/themes/0/audit/", 302, 200, WORKERS),
    ("POST", "/themes/0/audit/", 302, 400, WORKERS),
    ("GET", "/chain/", 302, 200, EVERYONE),
    ("GET", "/chain/?from=2025-01-01&to=2025-02-01&theme=3&offset=20", 302, 200, EVERYONE),
    ("GET", "/chain/?from=2025-02-01&to=2025-01-01", 302, 400, EVERYONE),
    ("GET", "/chain/?from=May", 302, 400, EVERYONE),
    ("GET", "/chain/?theme=x", 302, 400, EVERYONE),
    ("GET", "/processes/", 302, 200, READERS),
    ("GET", "/metrics/", 302, 200, EVERYONE),
    ("GET", "/metrics/?from=2025-01-01&to=2025-02-01&theme=3&channel=email", 302, 200, EVERYONE),
    ("GET", "/metrics/?from=2025-02-01&to=2025-01-01", 302, 400, EVERYONE),
    ("GET", "/metrics/?theme=x", 302, 400, EVERYONE),
    ("GET", "/metrics/?channel=pigeon", 302, 404, EVERYONE),
    ("GET", "/promises/", 302, 200, READERS),
    ("GET", "/promises/?state=broken&kind=commitment&what=refund&offset=50", 302, 200, READERS),
    ("GET", "/promises/?state=no-such", 302, 400, READERS),
    ("GET", "/promises/?offset=many", 302, 400, READERS),
    ("GET", "/promises/promises.csv?state=all", 302, 200, WORKERS),
    ("GET", "/promises/promises.csv?kind=no-such", 302, 400, WORKERS),
    ("GET", "/value/", 302, 200, EVERYONE),
    ("GET", "/value/?month=2019-01", 302, 404, EVERYONE),
    ("GET", "/ledger/", 302, 200, EVERYONE),
    ("GET", "/ledger/?state=nonsense", 302, 400, EVERYONE),
    ("GET", "/alerts/", 302, 200, EVERYONE),
    ("GET", "/alerts/0000000000000000/", 302, 405, WORKERS),
    ("POST", "/alerts/0000000000000000/", 302, 400, WORKERS),
    ("POST", "/alerts/none/", 302, 404, WORKERS),
    ("GET", "/fixes/", 302, 200, READERS),
    ("GET", "/fixes/000000000000/", 302, 200, READERS),
    ("GET", "/fixes/none/", 302, 404, READERS),
    ("GET", "/fixes/rollouts/", 302, 400, WORKERS),
    ("GET", "/fixes/rollouts/?theme=1", 302, 200, WORKERS),
    ("GET", "/fixes/declare/", 302, 405, WORKERS),
    ("POST", "/fixes/declare/", 302, 400, WORKERS),
    ("GET", "/fixes/000000000000/change/", 302, 405, WORKERS),
    ("POST", "/fixes/000000000000/change/", 302, 400, WORKERS),
    ("GET", "/rules/", 302, 200, EVERYONE),
    ("GET", "/rules/tell/", 302, 405, WORKERS),
    ("POST", "/rules/tell/", 302, 400, WORKERS),
    ("GET", "/rules/none/withdraw/", 302, 405, WORKERS),
    ("POST", "/rules/none/withdraw/", 302, 404, WORKERS),
    ("GET", "/customers/", 302, 200, READERS),
    ("GET", "/customers/candidates/", 302, 200, WORKERS),
    ("GET", "/customers/candidates/?state=none", 302, 400, WORKERS),
    ("GET", "/customers/candidates/decide/", 302, 405, WORKERS),
    ("POST", "/customers/candidates/decide/", 302, 400, WORKERS),
    ("GET", "/customers/candidates/find/", 302, 405, LEADERS),
    ("POST", "/customers/candidates/find/", 302, 400, LEADERS),
    ("GET", "/customers/apart/", 302, 405, WORKERS),
    ("POST", "/customers/apart/", 302, 404, WORKERS),
    ("GET", "/customers/two-events/", 302, 405, WORKERS),
    ("POST", "/customers/two-events/", 302, 404, WORKERS),
    ("GET", "/vault/contact/", 302, 405, FOLLOWERS),
    ("POST", "/vault/contact/", 302, 400, FOLLOWERS),
    ("GET", "/vault/looks/", 302, 200, LEADERS),
    ("GET", "/vault/looks/?who=Ada&customer=shop:10023&offset=100", 302, 200, LEADERS),
    ("GET", "/vault/looks/?offset=many", 302, 400, LEADERS),
    ("GET", "/customers/shop:10023/", 302, 200, READERS),
    ("GET", "/customers/shop:none/", 302, 404, READERS),
    ("GET", "/customers/shop:10023/?offset=-1", 302, 400, READERS),
    ("GET", "/customers/shop:10023/?offset=many", 302, 400, READERS),
    ("GET", "/records/messages/", 302, 200, READERS),
    ("GET", "/records/messages/?theme_id=3&repeat=true", 302, 200, READERS),
    ("GET", "/records/messages/?a%3Bdrop=1", 302, 404, READERS),
    ("GET", "/records/messages/?theme_id=%7B%22a%22%3A1%7D", 302, 404, READERS),
    ("GET", "/records/nothing/", 302, 404, READERS),
    ("GET", "/import/", 302, 200, WORKERS),
    ("POST", "/import/upload/", 302, 400, WORKERS),
    ("POST", "/import/refresh/", 302, 302, WORKERS),
    ("GET", "/import/quarantine/", 302, 200, WORKERS),
    ("GET", "/import/quarantine.csv", 302, 200, WORKERS),
    ("POST", "/import/quarantine/again/", 302, 400, WORKERS),
    ("GET", "/import/quarantine/mapping/", 302, 404, WORKERS),
    ("POST", "/import/quarantine/mapping/", 302, 404, WORKERS),
    ("GET", "/import/quarantine/0f0f/", 302, 404, WORKERS),
    ("GET", "/import/20260101T000000-0123456789ab/", 302, 404, WORKERS),
    ("POST", "/import/20260101T000000-0123456789ab/take/", 302, 404, WORKERS),
    ("POST", "/import/20260101T000000-0123456789ab/throw-away/", 302, 404, WORKERS),
    ("GET", "/import/20260101T000000-0123456789ab/1/mapping/", 302, 404, WORKERS),
    ("POST", "/import/20260101T000000-0123456789ab/1/mapping/", 302, 404, WORKERS),
    ("GET", "/look/", 405, 405, EVERYONE),
    ("POST", "/look/", 400, 400, EVERYONE),
    ("GET", "/sign-in/", 200, 302, EVERYONE),
    ("GET", "/sign-out/", 405, 405, EVERYONE),
    ("GET", "/healthz", 200, 200, EVERYONE),
    ("GET", "/nowhere/", 404, 404, EVERYONE),
    ("GET", "/static/desk/desk.css", 200, 200, EVERYONE),
    ("GET", "/search/", 302, 200, EVERYONE),
    ("GET", "/search/?q=parcel&theme=1&channel=email&month=2025-12&offset=20", 302, 200, EVERYONE),
    ("GET", "/search/?q=*", 302, 400, EVERYONE),
    ("GET", "/search/?q=parcel&theme=x", 302, 400, EVERYONE),
    ("GET", "/today/", 302, 200, READERS),
    ("GET", "/owned/", 302, 200, READERS),
    ("GET", "/team/", 302, 200, READERS),
    ("GET", "/follow-ups/", 302, 200, READERS),
    ("GET", "/follow-ups/?show=closed&offset=50", 302, 200, READERS),
    ("GET", "/follow-ups/open/", 302, 405, READERS),
    ("POST", "/follow-ups/open/", 302, 400, READERS),
    ("POST", "/follow-ups/many/", 302, 400, READERS),
    ("GET", "/follow-ups/0/", 302, 404, READERS),
    ("POST", "/follow-ups/0/act/", 302, 404, READERS),
    ("GET", "/account/", 302, 200, EVERYONE),
    ("POST", "/account/", 302, 400, EVERYONE),
    ("GET", "/people/", 302, 200, ADMINS),
    ("POST", "/people/", 302, 400, ADMINS),
    ("GET", "/people/0/", 302, 404, ADMINS),
    ("POST", "/people/0/", 302, 404, ADMINS),
    ("GET", "/people/log/", 302, 200, ADMINS),
    ("GET", "/settings/", 302, 200, ADMINS),
    ("POST", "/settings/", 302, 400, ADMINS),
    ("GET", "/help/", 302, 200, EVERYONE),
    ("GET", "/help/desk/", 302, 200, EVERYONE),
    ("GET", "/help/no-such/", 302, 404, EVERYONE),
    ("GET", "/help/tour/", 302, 405, EVERYONE),
    ("POST", "/help/tour/", 302, 302, EVERYONE),
]


def test_every_address_answers_every_role_as_agreed(
    book: MadeBook, user: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    from goodwill.desk.accounts.models import User

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    empty = goodwill.create(tmp_path / "book")
    monkeypatch.setattr(settings, "BOOK_FOLDER", empty.folder)
    for views in ("views", "quarantine_views", "mapping_views"):
        monkeypatch.setattr(f"goodwill.desk.imports.{views}.writable", lambda: empty)
    monkeypatch.setattr("goodwill.desk.imports.jobs.start", lambda *given: True)
    stranger, people = Client(), {}
    for role in sorted(EVERYONE):
        people[role] = Client()
        people[role].force_login(User.objects.create_user(f"the {role}", role=role))
    wrong = []
    for method, address, for_stranger, for_those, roles in ADDRESSES:
        seen = stranger.generic(method, address)
        if for_stranger == 302 and seen.headers["Location"] != f"/sign-in/?next={quote(address)}":
            wrong.append((address, "stranger", seen.headers["Location"]))
        got = {"stranger": seen.status_code}
        got |= {role: who.generic(method, address).status_code for role, who in people.items()}
        agreed = {role: for_those if role in roles else 403 for role in EVERYONE}
        agreed["stranger"] = for_stranger
        wrong += [(method, address, w, got[w], agreed[w]) for w in got if got[w] != agreed[w]]
        assert for_stranger == 200 or b"Harbour" not in seen.content
    assert wrong == []


def _patterns(patterns: list[URLPattern | URLResolver], before: str = "") -> dict[str, str]:
    """Return every address of the desk by its name, with what it takes in angle brackets."""
    found: dict[str, str] = {}
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            found |= _patterns(each.url_patterns, route)
        else:
            found[str(each.name)] = route
    return found


def _names() -> set[str]:
    return set(_patterns(get_resolver().url_patterns))


def test_no_address_is_missing_from_that_table(desk_folder: object) -> None:
    tried = set()
    for _, address, _, _, _ in ADDRESSES:
        path = address.split("?")[0]
        if not path.startswith(("/nowhere", "/static")):
            tried.add(resolve(path).url_name)
    assert _names() == tried


def test_every_address_has_a_line_in_the_table_of_rights(desk_folder: object) -> None:
    assert _names() == set(RIGHTS) | OPEN


def test_every_way_to_write_is_tried_with_it(desk_folder: object) -> None:
    """What a role may send somewhere stands in the table above as a POST, or is open to all."""
    posted = {resolve(a.split("?")[0]).url_name for m, a, *_ in ADDRESSES if m == "POST"}
    assert {name for name, right in RIGHTS.items() if right.do} <= posted


def test_an_address_without_a_line_opens_for_nobody(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(RIGHTS, "problems")
    assert client.get("/problems/").status_code == 403


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


@pytest.mark.parametrize(
    ("role", "page"), [(VIEWER, "/"), (FRONTLINE, "/follow-ups/"), (ANALYST, "/today/")]
)
def test_each_role_meets_its_own_page_first(
    stranger: Client, user: Any, book: MadeBook, role: str, page: str
) -> None:
    user.role, book.simulated = role, False
    user.save()
    response = stranger.post("/sign-in/", {"username": NAME, "password": PASSWORD})
    assert response.headers["Location"] == page
    assert stranger.get(page).status_code == 200


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


def test_every_way_to_write_needs_its_token(book: MadeBook, user: Any) -> None:
    """Every address, whatever method it means to take: what changes nothing may refuse by 405."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)  # an admin: nothing but the token stands in the way
    taken = []
    for address in sorted({each.split("?")[0] for _, each, *_ in ADDRESSES}):
        if address.startswith(("/nowhere", "/static")):
            continue
        response = strict.post(address, {"username": NAME, "password": PASSWORD, "look": "dark"})
        if response.status_code != 403 or b"Go back, load the page again" not in response.content:
            taken.append((address, response.status_code))
    assert taken == []


# Every write to one object that its address names, and who may do it to whose.
OWNED = {"follow_up_act": "frontline to their own and nobody's, others to all"}
SHARED = {
    "care_for_problem", "edit_theme", "audit_theme", "decide_alert", "change_fix",
    "withdraw_rule", "person", "import_take", "import_throw_away", "import_mapping",
}  # fmt: skip


def test_every_object_that_is_written_to_has_an_owner_or_belongs_to_all_who_may(
    book: MadeBook, user: Any
) -> None:
    from goodwill.desk.accounts.models import User
    from goodwill.desk.followups.models import FollowUp

    named = {
        name
        for name, pattern in _patterns(get_resolver().url_patterns).items()
        if "<" in pattern and name in RIGHTS and RIGHTS[name].do
    }
    assert named == set(OWNED) | SHARED
    # What belongs to all is open to none who may only do their own work.
    assert [name for name in SHARED if {VIEWER, FRONTLINE} & set(RIGHTS[name].do)] == []
    # What is somebody's: a colleague who may do the same to his own is refused, one by one and
    # among many, and nothing changes.
    FollowUp.objects.all().delete()
    mine = FollowUp.objects.create(
        customer_id="shop:17850", problem="theme:2", label="late", owner=user,
        opened_at=END, since=END, due_at=END,
    )  # fmt: skip
    other = Client()
    other.force_login(User.objects.create_user("bob", role=FRONTLINE))
    before = FollowUp.objects.values().get(pk=mine.pk)
    for do in ("note", "promise", "mail", "no_mail", "mail_again", "again", "take", "give",
               "snooze", "close"):  # fmt: skip
        sent = {
            "do": do,
            "text": "x",
            "subject": "x",
            "days": "1",
            "words": "x",
            "by": "2030-01-01",
        }
        assert other.post(f"/follow-ups/{mine.pk}/act/", sent).status_code == 403, do
        other.post("/follow-ups/many/", {**sent, "id": mine.pk})
    assert FollowUp.objects.values().get(pk=mine.pk) == before
    assert not mine.steps.exists()
    mine.delete()


def test_a_host_that_was_not_named_is_refused(stranger: Client) -> None:
    assert stranger.get("/healthz", HTTP_HOST="evil.example").status_code == 400
