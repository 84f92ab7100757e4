"""Who answers for a problem, what is drawn into its weeks, and who sees it otherwise."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from made_book import MadeBook
from reader import said

AGREED = {
    "owner": "ada", "expectation": "Refunds within 5 days by 1 May.", "check_ins": "Mondays.",
    "feedback": "", "consequence": "Ana takes over; write to maria@example.com.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def none_yet(desk_folder: object) -> None:
    from goodwill.desk.problems.models import Care

    Care.objects.all().delete()


def test_owner_and_the_four_parts_are_kept_and_every_word_stays(client: Client) -> None:
    page = client.get("/problems/1/")
    assert "Nobody yet." in said(page)
    assert b'name="owner" value="ada"' in page.content  # one step to take it oneself
    client.post("/problems/1/care/", AGREED)
    client.post("/problems/1/care/", AGREED)  # the same click twice
    text = said(client.get("/problems/1/"))
    assert "ada agreed" in text and "Refunds within 5 days" in text
    assert "write to [email]" in text and "maria@" not in text
    assert "What was agreed before" not in text
    client.post("/problems/1/care/", {**AGREED, "owner": "", "feedback": "Late again."})
    text = said(client.get("/problems/1/"))
    assert "What was agreed before" in text and "Late again." in text
    assert "Nobody yet." in said(client.get("/problems/2/"))
    log = said(client.get("/people/log/?deed=did"))
    assert "problem 1: agreed" in log and "Late again" not in log
    wrong = client.post("/problems/1/care/", {"owner": "nobody-known"})
    long = client.post("/problems/1/care/", {"expectation": "x" * 2001})
    assert (wrong.status_code, long.status_code) == (400, 400)


def test_a_person_judges_how_easily_it_can_be_fixed_and_the_ranking_shows_it(
    client: Client,
) -> None:
    assert ">Ease<" not in client.get("/problems/").content.decode()
    client.post("/problems/2/care/", {**AGREED, "ease": "easy"})
    client.post("/problems/3/care/", {"ease": "hard"})  # by nobody who answers for it
    ranked = client.get("/problems/").content.decode()
    assert re.findall(r'data-label="Ease">(.*?)<', ranked)[:3] == ["–", "Easy", "Hard"]
    client.post("/problems/2/care/", {**AGREED, "ease": "middling"})
    text = said(client.get("/problems/2/"))
    assert "Ease Middling" in text and "Ease: Easy" in text
    assert "Middling" in said(client.get("/problems/"))  # at once, though the rest is kept
    assert client.post("/problems/2/care/", {"ease": "trivial"}).status_code == 400


def test_whom_it_hit_is_followed_up_for_this_problem(client: Client, book: MadeBook) -> None:
    from goodwill.desk.followups.models import FollowUp

    FollowUp.objects.all().delete()
    hit = book.problem(1).hits[0].customer_id
    page = client.get("/problems/1/").content.decode()
    assert f'name="case" value="theme:1 {hit}"' in page
    text = said(client.post("/follow-ups/open/", {"case": f"theme:1 {hit}"}, follow=True))
    assert book.problem(1).problem.label.lower() in text.lower()
    # From then on the page says that somebody looks after this one, and of the others that nobody.
    page = client.get("/problems/1/").content.decode()
    assert f'>ada follows up<span class="vh">: {hit}</span>' in page
    assert f'name="case" value="theme:1 {hit}"' not in page and page.count("by nobody") == 7
    follow_up = FollowUp.objects.get(customer_id=hit)
    client.post(f"/follow-ups/{follow_up.pk}/act/", {"do": "close"})
    page = client.get("/problems/1/").content.decode()
    assert "Followed up by ada" in page and f'name="case" value="theme:1 {hit}"' in page


def test_the_page_leads_to_its_parts_and_shows_the_ways_through_channels(client: Client) -> None:
    page = client.get("/problems/1/").content.decode()
    led = re.findall(r'<a href="#([\w-]+)">', page[page.index('class="jump"') :])
    assert led[0] == "worst-title" and "paths-title" in led and len(led) == 6
    assert [each for each in led if f'id="{each}"' not in page] == []
    text = said(client.get("/problems/1/"))
    assert "email → answer → email → social in public → …" in text and "67%" in text


def test_frontline_reads_what_was_agreed_and_viewers_do_not(client: Client, user: Any) -> None:
    client.post("/problems/1/care/", AGREED)
    for role, seen in (("frontline", True), ("viewer", False)):
        user.role = role
        user.save()
        text = said(client.get("/problems/1/"))
        assert ("Refunds within 5 days" in text) is seen
        assert "Change it" not in text


def test_alerts_and_fixes_are_drawn_into_the_weeks_and_named_below(
    client: Client, book: MadeBook
) -> None:
    def spec() -> tuple[dict[str, Any], str]:
        page = client.get("/problems/1/").content.decode()
        found = re.search(r'id="weeks-spec" type="application/json">(.*?)</script>', page, re.S)
        assert found is not None
        return json.loads(found[1]), page

    week = book.problem(1).weeks[-3].week
    alert = replace(book.alerts().now[0], theme_id=1, raised_at=week, title="late parcels rise")
    seen = book.alerts()
    early = replace(alert, raised_at=week - timedelta(days=4000))
    book.alerts = lambda: replace(seen, now=(alert, early), before=())  # type: ignore[method-assign]
    drawn, page = spec()
    told = drawn["layer"][-1]["data"]["values"]
    assert {"on": week.isoformat(), "what": "Alert: late parcels rise"} in told
    assert sum(each["what"].startswith("Alert") for each in told) == 1
    assert any(each["what"].startswith("Fix: ") for each in told)
    assert f"/alerts/#alert-{alert.alert_id}" in page and "Late parcels rise" in page
