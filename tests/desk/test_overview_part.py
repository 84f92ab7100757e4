"""Period, comparison and filters of the overview live in the address, and go to other pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from made_book import END, MadeBook
from reader import said

DAY = timedelta(days=1)
ASKED = "from=2025-01-01&to=2025-02-01&against=year&theme=3&channel=email&team=Second+line"


def test_what_is_asked_for_stands_on_the_page_and_in_the_links_of_others(
    client: Client, book: MadeBook
) -> None:
    page = client.get(f"/?{ASKED}")
    text, html = said(page), page.content.decode()
    assert "What was asked for" in text and "in the other period 380: +8%" in text
    assert "From here on, the whole company at all times" in text
    carried = ASKED.replace("&", "&amp;")
    narrowed = ("/", "/chain/", "/metrics/", "/problems/", "/alerts/")
    for address in narrowed:
        assert f'href="{address}?{carried}"' in html, address
    for name in (*narrowed, "/problems/1/"):
        there = client.get(f"{name}?{ASKED}").content.decode()
        assert f'href="/?{carried}"' in there, name
        # What a page does not narrow by goes on with its form.
        assert 'name="team"' in there, name
        assert f'href="/?{carried}"' not in client.get(name).content.decode(), name
    asked = next(asked for what, asked, _ in book.asked if what == "within")
    assert asked["since"] == date(2025, 1, 1) and asked["theme_id"] == 3
    assert "What was asked for" not in said(client.get("/"))
    assert "needs a first and a last day" in said(client.get("/?against=before"))


def test_problems_and_alerts_are_those_of_the_part(client: Client, book: MadeBook) -> None:
    page = said(client.get(f"/problems/?{ASKED}&segment=none"))
    assert "those of what was asked for" in page and "Wrong item sent" not in page
    assert "those of what was asked for" not in said(client.get("/problems/"))
    assert "Rises in which what was asked for" in said(client.get("/alerts/?channel=email"))
    one = said(client.get("/problems/2/?region=North"))
    assert "What was asked for" in one and "From here on, the problem in the whole company" in one
    asked = {what: asked for what, asked, _ in book.asked}
    assert asked["problems"] == {
        "since": date(2025, 1, 1), "until": date(2025, 2, 1), "channel": "email",
        "team": "Second line", "segment": "none",
    }  # fmt: skip
    assert asked["alerts"] == {"channel": "email"}
    assert asked["within"] == {"region": "North", "theme_id": 2, "against": ""}
    for name in ("problems", "problems/2", "alerts"):
        assert client.get(f"/{name}/?theme=x").status_code == 400


def test_a_comparison_that_there_is_not_is_refused(client: Client) -> None:
    assert client.get("/?against=luck").status_code == 400
    assert client.get("/?theme=x").status_code == 400


def test_viewers_narrow_by_theme_and_channel_alone(
    client: Client, book: MadeBook, user: Any
) -> None:
    user.role = "viewer"
    user.save()
    page = client.get(f"/?{ASKED}&product=Cup").content.decode()
    assert 'name="theme"' in page and 'name="from"' not in page and 'name="product"' not in page
    for name in ("problems", "problems/1", "alerts"):
        there = client.get(f"/{name}/?{ASKED}&product=Cup").content.decode()
        assert 'name="team"' not in there
    for what, asked, _ in book.asked:
        if what in ("problems", "alerts"):
            assert set(asked) <= {"theme_id", "channel"}
        if what == "within":
            assert set(asked) <= {"theme_id", "channel"}


def test_the_overview_counts_overdue_follow_ups_for_those_who_follow_up(
    client: Client, user: Any
) -> None:
    from goodwill.desk.followups.models import FollowUp

    FollowUp.objects.all().delete()
    assert "None was opened yet: Today shows whom to follow up." in said(client.get("/"))
    for n, asleep in enumerate((False, False, True)):
        FollowUp.objects.create(
            customer_id="shop:1", problem=f"theme:{n}", label="late", kinds="", opened_at=END,
            since=END, due_at=END, snoozed_until=timezone.now() + DAY if asleep else None,
        )  # fmt: skip
    page = client.get("/")
    assert "Follow-ups overdue now: 2 follow-ups" in said(page)
    assert 'href="/follow-ups/?show=late"' in page.content.decode()
    user.role = "viewer"
    user.save()
    assert "overdue now: 2 follow-ups" not in said(client.get("/"))
    FollowUp.objects.all().delete()
