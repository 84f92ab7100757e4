"""The pages Value and Ledger show what the Book gave them."""

from __future__ import annotations

import json
import re
from typing import Any

from made_book import MadeBook
from reader import said


def test_it_works(client: Any) -> None:
    text = said(client.get("/value/"))
    assert "What the customers are worth" in text
    for name in ("Customer equity", "Return on Customer", "Growing", "By region", "North"):
        assert name in text
    assert "In March 2026" in text
    # Two charts, each with the numbers as a table and as data for what is taken away.
    page = client.get("/value/").content.decode()
    for name, rows, first in (("moves", 15, "new"), ("equity", 3, None)):
        spec = re.search(rf'id="{name}-spec" type="application/json">(.*?)</script>', page)
        assert spec is not None
        values = json.loads(spec[1])["data"]["values"]
        assert len(values) == rows and values[0].get("part") == first
        assert values[0]["month"] == "2026-01-01" and "@money" not in spec[1]
        assert f'aria-labelledby="{name}-title"' in page and f'id="{name}-about"' in page
    assert values[0]["equity"] == 4000.0 and values[0]["between"] == "between €3,520 and €4,480"
    assert "Above the line what came to the equity" in text and text.count("Show as table") == 2
    # Contracts: what they are worth, how they were renewed, and what made them end.
    for name in ("Contracts running", "Gold", "93%", "Gold, 1", "91.8%", "Parcel late", "sBG"):
        assert name in text, name


def test_another_month_is_asked_for_and_an_unknown_one_is_not_there(
    client: Any, book: MadeBook
) -> None:
    assert "In February 2026" in said(client.get("/value/?month=2026-02"))
    page = client.get("/value/?month=2019-01")
    assert page.status_code == 404
    assert "No customer equity is known of that month. It is known from 2026-01." in said(page)
    assert client.get("/value/?month=spring").status_code == 400


def test_the_ledger_tells_replayed_from_published_and_missed_from_held(client: Any) -> None:
    text = said(client.get("/ledger/"))
    assert "Too early: none of the published forecasts has come due." in text
    assert "Orders (4 weeks, shop) replayed" in text
    assert "missed" in text and "waiting" in text
    assert client.get("/ledger/?state=nonsense").status_code == 400


def test_a_stranger_is_sent_to_sign_in(stranger: Any) -> None:
    for page in ("/value/", "/ledger/"):
        assert stranger.get(page).status_code == 302


def test_the_model_its_holdout_and_what_does_not_hold_stand_on_the_page(client: Any) -> None:
    text = said(client.get("/value/"))
    assert text.index("Do not believe it: 117 expected, 41 came.") < text.index("What changed it")
    for words in ("shop is valued with BG/NBD.", "Gamma-Gamma does not hold.", "MBG/NBD", "186%"):
        assert words in text
