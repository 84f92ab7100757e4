"""The page Rules shows what each costs and brings, and keeps what those who may tell."""

from __future__ import annotations

from typing import Any

from made_book import MadeBook
from reader import said


def test_it_works(client: Any) -> None:
    text = said(client.get("/rules/"))
    assert "Restocking fee" in text and "Fee: Less a restocking fee." in text
    assert text.index("Costs a year") < text.index("Brings in a year")
    assert "It costs more." in text and "Tried on these orders first." in text
    assert "Told today" in text and "Not yet." in text
    page = client.get("/problems/1/").content.decode()
    assert 'href="/rules/#rule-fee0"' in page


def test_a_rule_is_told_and_taken_back_on_the_page(client: Any, book: MadeBook) -> None:
    sent = {"name": "Fee", "kind": "fee", "wording": "Pay.", "patterns": "a fee\n",
            "times_year": "7", "brings_each": "4.95", "brings_year": ""}  # fmt: skip
    assert client.post("/rules/tell/", sent).status_code == 302
    assert client.post("/rules/fee0/withdraw/").status_code == 302
    told, withdrawn = book.told[-2:]
    assert told[1] == {
        "name": "Fee", "kind": "fee", "wording": "Pay.", "patterns": ["a fee"], "times_year": 7,
        "brings_each": 4.95, "brings_year": None, "product": None, "by": "reader",
    } | {"by": told[1]["by"]}  # fmt: skip
    assert withdrawn == ("withdraw_rule", {"rule_id": "fee0", "by": told[1]["by"]})
    assert client.post("/rules/tell/", {**sent, "brings_each": "much"}).status_code == 400
    assert "taken back" in said(client.get("/rules/"))


def test_a_viewer_sees_no_rule_of_few_and_can_tell_none(client: Any, user: Any) -> None:
    user.role = "viewer"
    user.save()
    text = said(client.get("/rules/"))
    assert "Restocking fee" in text and "Rule of few" not in text
    assert "Tell a rule" not in text and "Take it back" not in text
