"""What every answer carries: a strict policy, no cache, cookies that stay at home."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from reader import NAME, PASSWORD

PAGES = ["/", "/problems/", "/problems/1/", "/value/", "/ledger/", "/customers/",
         "/customers/shop:10023/", "/records/messages/", "/nowhere/"]  # fmt: skip
DESK = Path(__file__).parents[2] / "src" / "goodwill" / "desk"


@pytest.mark.parametrize("page", PAGES)
def test_the_policy_is_strict(client: Client, page: str) -> None:
    headers = client.get(page).headers
    policy = dict(
        (part.strip().split(" ", 1) + [""])[:2]
        for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("page", [*PAGES, "/sign-in/"])
def test_a_page_holds_no_inline_script_style_or_foreign_address(
    client: Client, stranger: Client, page: str
) -> None:
    text = (stranger if page == "/sign-in/" else client).get(page).content.decode()
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag
    assert "<style" not in text
    assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", text)
    asked = re.findall(r'\s(?:src|srcset|href|action|poster|data)="([^"]*)"', text)
    assert asked
    assert [address for address in asked if not address.startswith(("/", "#"))] == []


def test_the_sheet_asks_for_nothing_from_elsewhere() -> None:
    sheet = (DESK / "static" / "desk" / "desk.css").read_text(encoding="utf-8")
    assert "http" not in sheet and "@import" not in sheet and "url(" not in sheet


def test_cookies_are_kept_from_scripts_and_other_sites(stranger: Client) -> None:
    stranger.get("/sign-in/")
    stranger.post("/sign-in/", {"username": NAME, "password": PASSWORD})
    stranger.post("/look/", {"look": "dark"})
    for name in ("sessionid", "csrftoken", "look"):
        cookie = stranger.cookies[name]
        assert cookie["httponly"] and cookie["samesite"] == "Lax", name


def test_bundles_are_kept_for_good_and_the_sheet_for_minutes(client: Client) -> None:
    bundle = client.get("/static/desk/vega/vega-6.4.0.min.js")
    assert "immutable" in bundle.headers["Cache-Control"]
    sheet = client.get("/static/desk/desk.css")
    assert "immutable" not in sheet.headers["Cache-Control"]
    for response in (bundle, sheet):
        b"".join(response.streaming_content)  # type: ignore[arg-type]  # closes the file


@pytest.mark.parametrize("bundle", ["vega", "vega-lite", "vega-embed"])
def test_every_bundle_lies_beside_its_licence(bundle: str) -> None:
    folder = DESK / "static" / "desk" / "vega"
    assert len([p for p in folder.iterdir() if re.match(rf"{bundle}-\d", p.name)]) == 1
    assert "University of Washington" in (folder / f"LICENSE-{bundle}").read_text()
