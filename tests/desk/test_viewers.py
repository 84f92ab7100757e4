"""Viewers see aggregates of five people and more, and nothing that one customer wrote or is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from made_book import THEMES, MadeBook, alert, alerts_page, problem
from reader import said

from goodwill.desk.narrowed import Narrowed
from goodwill.figures import Figure
from goodwill.report import LEAST, aggregates
from goodwill.report.problem_shapes import BrokenCosts

OPENED = (
    "/search/?q=parcel",
    "/",
    "/problems/",
    "/problems/1/",
    "/chain/",
    "/chain/?theme=2",
    "/alerts/",
)


@pytest.fixture
def viewer(book: MadeBook, user: Any) -> Client:
    from goodwill.desk.accounts.models import User

    signed_in = Client()
    signed_in.force_login(User.objects.create_user("victor", role="viewer"))
    return signed_in


def test_no_page_of_theirs_holds_a_customer_a_text_or_a_way_to_them(
    viewer: Client, client: Client, book: MadeBook
) -> None:
    book.rising = alerts_page(now=(alert(0),))
    shown = [theme[6][:40] for theme in THEMES] + ["shop:100", "/customers/", "/records/", "A-07"]
    seen = {path: said(viewer.get(path)) + str(viewer.get(path).content) for path in OPENED}
    assert [(path, text) for path in OPENED for text in shown if text in seen[path]] == []
    # The same pages hold them for others: what is looked for would be found.
    whole = "".join(str(client.get(path).content) for path in OPENED)
    assert [text for text in shown if text not in whole] == []
    assert "not for viewers" in seen["/problems/1/"]
    told = seen["/problems/1/"][seen["/problems/1/"].index("How bad it sounds") :][:3000]
    assert "Complain: 70%" in told and "33%" not in told
    # Of the ways that episodes took, those of fewer than five people are left out.
    assert "email → answer" in told and "social in public" not in told
    assert "social in public" in str(said(client.get("/problems/1/")))


def test_figures_and_parts_of_fewer_than_five_people_are_left_out(
    viewer: Client, book: MadeBook
) -> None:
    assert book.seen is not None
    chain = list(book.seen.chain)
    few = Figure(3, "people", "people_who_went_public", people=3, events=4, coverage=1.0)
    chain[4] = replace(chain[4], people=few)
    rare = replace(problem(5), people=4, label="a rare thing")
    book.seen = replace(book.seen, chain=tuple(chain), problems=(*book.seen.problems[:2], rare))
    text = said(viewer.get("/"))
    assert "Fewer than five people stand behind it." in text
    assert "rare thing" not in text and THEMES[1][0] in text
    assert said(viewer.get("/problems/")).count("rare thing") == 0


def test_a_search_tells_viewers_of_no_word_and_no_part_of_few_people(
    viewer: Client, client: Client, book: MadeBook
) -> None:
    book.like = Figure(230, "contacts", "contacts_alike", people=190, events=230)
    text = said(viewer.get("/search/?q=parcel"))
    assert "230 more like it" in text and "package" in text and "Web form 15 by 13" in text
    assert "padlock" not in text and "padlock" in said(client.get("/search/?q=parcel"))
    # Beside the count of those with the words, parts of both would tell how few are like it.
    book.like = Figure(3, "contacts", "contacts_alike", people=3, events=3)
    text = said(viewer.get("/search/?q=parcel"))
    assert "45 contacts" in text and "more like it" not in text and "Web form" not in text
    assert "Web form 15 by 13" in said(client.get("/search/?q=parcel"))


def test_a_search_counts_replies_to_five_people_and_more_for_viewers(
    viewer: Client, book: MadeBook
) -> None:
    book.answered = Figure(12, "replies", "replies_found", people=9, events=12)
    text = said(viewer.get("/search/?q=parcel"))
    assert "12 replies of the company" in text
    book.answered = Figure(4, "replies", "replies_found", people=4, events=4)
    text = said(viewer.get("/search/?q=parcel"))
    assert "4 replies" not in text and "fewer than five people hold it" in text


def test_a_problem_of_four_people_is_not_found(
    viewer: Client, book: MadeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = book.problem(1)
    for people, status in ((LEAST, 200), (LEAST - 1, 404)):
        few = replace(seen, problem=replace(seen.problem, people=people))
        monkeypatch.setattr(book, "problem", lambda theme_id, few=few: few)
        assert viewer.get("/problems/1/").status_code == status


def test_a_broken_promise_to_four_people_is_not_found(
    viewer: Client, book: MadeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = book.broken_cost("delivery")
    for people, status in ((LEAST, 200), (LEAST - 1, 404)):
        few = replace(seen, cost=replace(seen.cost, people=people))
        monkeypatch.setattr(book, "broken_cost", lambda kind, few=few: few)
        assert viewer.get("/problems/promises/delivery/").status_code == status


def test_a_share_does_not_tell_how_few_kept_silent(
    book: MadeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = book.broken_cost("delivery").cost
    for people, shown in ((LEAST, True), (LEAST - 1, False)):
        silent = replace(seen.figures["silent_people"], value=people, people=people, events=people)
        cost = replace(seen, figures={**seen.figures, "silent_people": silent})
        kinds = (cost, replace(seen, kind="published", people=LEAST - 1))
        costs = BrokenCosts(kinds, "Nor are the kinds: together they cost 9 EUR.")
        monkeypatch.setattr(book, "broken_costs", lambda costs=costs: costs)
        found = Narrowed(book).broken_costs()
        assert [one.kind for one in found.kinds] == ["delivery"]
        assert (found.kinds[0].figures["silent_share"].value is not None) is shown
        assert "together" not in found.said  # less one kind it would tell the other


def test_two_periods_cannot_be_held_against_each_other(viewer: Client, book: MadeBook) -> None:
    viewer.get("/chain/?from=2025-01-01&to=2025-01-02")
    asked = book.asked[-1][1]
    assert asked["since"] is None and asked["until"] is None


def test_the_next_reader_of_the_same_thread_sees_all_again(viewer: Client, client: Client) -> None:
    viewer.get("/problems/1/")
    assert "shop:10023" in said(client.get("/problems/1/"))


def test_whatever_tells_of_one_is_left_out_of_any_shape(book: MadeBook) -> None:
    page = aggregates(book.problem(1))
    assert page.hits == () and all(not said for said in page.sentences.values())
    assert page.problem.figures["people"].records == {}
    assert [week.week for week in page.weeks] == [
        week.week for week in book.problem(1).weeks if week.people == 0 or week.people >= LEAST
    ]
    assert aggregates(book.records("messages", {})).rows == ()
