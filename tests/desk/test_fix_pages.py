"""The pages of fixes: what is declared reaches the Book, and the verdict shows its work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from made_book import MadeBook, fix
from reader import NAME, said

from goodwill.report import Done, fixes_worked

FORM = {"title": "New depot", "theme": "1", "on": "2025-03-03", "kind": "fix", "region": "South"}


def test_the_verdict_stands_with_its_figures_its_control_and_its_history(client: Any) -> None:
    text = said(client.get("/fixes/000000000000/"))
    for words in (
        "Second depot for the South", "It worked.", "Times what would have come",
        "Contacts avoided", "Held against the same themes outside of South.",
        "Strike (2025-01-10)", "20 April 2025: proven", f"3 March 2025: declared by {NAME}",
        "Show as table",
    ):  # fmt: skip
        assert words in text
    assert "Count by the themes as they are now" not in text


def test_all_are_listed_and_those_taken_back_stand_apart(client: Any, book: MadeBook) -> None:
    book.declared = [fix(), fix(1, title="Gone", state="withdrawn", said="Taken back", why="")]
    text = said(client.get("/fixes/"))
    assert text.index("Second depot for the South") < text.index("Gone")
    assert text.count("Taken back") == 2
    book.declared = []
    assert "Nothing was declared yet" in said(client.get("/fixes/"))


def test_a_problem_that_returned_is_reopened_on_every_page_that_tells_of_it(
    client: Any, book: MadeBook
) -> None:
    day = date(2025, 6, 2)
    book.declared = [
        fix(state="returned", said="The problem has returned", why="Proven, and lost again.",
            returned_on=day, history=(*fix().history, Done(day, "returned", "")))
    ]  # fmt: skip
    for address in ("/fixes/", "/fixes/000000000000/", "/problems/1/", "/today/"):
        assert "The problem has returned" in said(client.get(address)), address
    text = said(client.get("/fixes/000000000000/"))
    assert text.index("2 June 2025: returned") < text.index("20 April 2025: proven")


def test_the_page_of_a_problem_shows_its_fixes_and_the_form(client: Any) -> None:
    page = client.get("/problems/1/")
    text = said(page)
    assert "Second depot for the South" in text
    assert 'name="region"><option value="">all</option><option value="South">' in str(page.content)
    assert "Second depot for the South" not in said(client.get("/problems/3/"))


def test_what_is_declared_reaches_the_book_and_leads_to_its_page(
    client: Any, book: MadeBook
) -> None:
    answer = client.post("/fixes/declare/", FORM | {"theme": ["1", "3"], "until": "2025-04-01"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/fixes/000000000000/")
    assert book.told == [
        ("New depot", {
            "themes": [1, 3], "on": date(2025, 3, 3), "until": date(2025, 4, 1), "kind": "fix",
            "channel": None, "product": None, "region": "South", "by": NAME,
        })
    ]  # fmt: skip


def test_a_roll_out_says_beforehand_what_it_can_prove_and_chance_is_asked_once(
    client: Any, book: MadeBook
) -> None:
    first = said(client.get("/fixes/rollouts/?theme=1"))
    assert "What each way would be able to show" not in first
    page = client.get("/fixes/rollouts/?theme=1&on=2025-09-01&waves=3&weeks=6")
    assert book.asked[-1] == (
        "rollouts", {"themes": [1], "on": date(2025, 9, 1), "waves": 3, "weeks": 6}, 0,
    )  # fmt: skip
    text = said(page)
    for words in (
        "In 6 weeks a fall of 40% or more is proven in four cases of five.",
        "3 units can be drawn in 4 ways; under 40 nothing can be proven.",
        "No contact names a ticket.", "Draw who goes first",
    ):  # fmt: skip
        assert words in text
    assert 'value="ticket"' not in str(page.content)
    form = FORM | {"region": "", "rollout_by": "region", "waves": "3", "weeks": "6"}
    assert client.post("/fixes/declare/", form).status_code == 302
    ((_, told),) = book.told
    assert (told["rollout_by"], told["waves"], told["weeks"]) == ("region", 3, 6)
    assert client.post("/fixes/declare/", form | {"waves": "x"}).status_code == 400
    for wrong in ("theme=x", "theme=1&on=soon", "theme=1&on=2025-09-01&waves=many"):
        assert client.get(f"/fixes/rollouts/?{wrong}").status_code == 400
    book.declared = [
        fix(units_by="region", units=(("South", date(2025, 3, 3)), ("North", date(2025, 4, 14))),
            promised="Chance gave 2 units their wave.")
    ]  # fmt: skip
    page = said(client.get("/fixes/000000000000/"))
    assert page.index("South 3 March 2025") < page.index("North 14 April 2025")
    assert "Chance gave 2 units their wave." in page


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"theme": "x"}, {"theme": []}, {"on": ""}, {"on": "2025-02-31"},
              {"until": "soon"}, {"kind": "wish"}]
)  # fmt: skip
def test_what_makes_no_sense_is_refused(client: Any, book: MadeBook, wrong: dict[str, Any]) -> None:
    assert client.post("/fixes/declare/", FORM | wrong).status_code == 400
    assert book.told == []


def test_a_fix_is_counted_anew_or_taken_back_by_whoever_says_so(
    client: Any, book: MadeBook
) -> None:
    book.declared[0] = replace(book.declared[0], state="recount", said="To be counted anew")
    assert "Count by the themes as they are now" in said(client.get("/fixes/000000000000/"))
    for what in ("recount", "withdraw"):
        client.post("/fixes/000000000000/change/", {"what": what})
    assert book.told == [
        (what, {"event_id": "000000000000", "by": NAME}) for what in ("recount", "withdraw")
    ]
    assert client.post("/fixes/000000000000/change/", {"what": "together"}).status_code == 400
    book.declared[0] = replace(book.declared[0], moved_to=(3, "late"))
    assert "Count both together" in said(client.get("/fixes/000000000000/"))
    client.post("/fixes/000000000000/change/", {"what": "together"})
    assert book.told[-1][1]["themes"] == [1, 3]


def test_viewers_and_frontline_declare_nothing(book: MadeBook, user: Any) -> None:
    from django.test import Client

    from goodwill.desk.accounts.models import User

    for role, sees in (("viewer", False), ("frontline", True)):
        reader = Client()
        reader.force_login(User.objects.create_user(role, role=role))
        assert (reader.get("/fixes/").status_code == 200) == sees
        assert reader.post("/fixes/declare/", FORM).status_code == 403
        text = said(reader.get("/problems/1/"))
        assert ("Second depot for the South" in text) == sees
        assert "Declare a fix" not in text
    assert book.told == []


def test_how_many_fixes_worked_is_said_from_ten_verdicts_on(client: Any, book: MadeBook) -> None:
    states = [*["worked"] * 6, "did_not", "worse", "returned", "too_early"]
    told = [fix(event_id=f"{n:012x}", state=state) for n, state in enumerate(states)]
    book.declared = [*told, fix(event_id="c" * 12, kind="change", state="worked")]
    for page in ("/fixes/", "/problems/"):
        assert "How many fixes worked is said from 10 verdicts on; 9 so far." in said(
            client.get(page)
        )
    book.declared.append(fix(event_id="d" * 12, state="worked"))
    for page in ("/fixes/", "/problems/"):
        text = said(client.get(page))
        assert "Of 10 fixes with a verdict 7 worked (70%; between 40% and 89%)." in text
    figure = fixes_worked(book.declared)
    assert len(figure.records["where"]["event_id"]) == 10
