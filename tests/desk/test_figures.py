"""A figure is never a bare number: what stands beside it, and how it is said."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.template import Context, Template
from made_book import MadeBook
from reader import said

from goodwill.desk.figures import words
from goodwill.figures import Figure, share_figure


class _Answer:
    def __init__(self, text: str) -> None:
        self.content = text.encode()


def shown(figure: Figure, label: str = "Low ratings", size: str = "big") -> str:
    template = Template("{% figure each label size %}")
    glossary = MadeBook().definitions()
    page = {"each": figure, "label": label, "size": size, "glossary": glossary}
    return template.render(Context({**page, "may": {"records": True}}))


def test_it_works(book: MadeBook) -> None:
    figure = share_figure(8, 10, "low_rating_share", people=9, coverage=0.5,
                          records={"table": "messages", "where": {"rating!": None}})  # fmt: skip
    text = said(_Answer(shown(figure)))
    assert text.startswith("Low ratings: 80%")
    assert book.definitions()["low_rating_share"] in text
    for part in (
        "between 49% and 94.3%",
        "95% interval 49.02% to 94.33%",
        "People 9",
        "Events 10",
        "Exactly 80.00%",
        "Rests on 50% of the records in question",
        "See the records behind Low ratings",
    ):
        assert part in text


def test_it_links_to_its_records(book: MadeBook) -> None:
    figure = Figure(3, "people", "people", records={"table": "messages", "where": {"theme_id": 7}})
    assert 'href="/records/messages/?theme_id=7"' in shown(figure)


def test_without_a_value_it_says_why_and_still_what_it_would_be(book: MadeBook) -> None:
    text = said(_Answer(shown(Figure(None, "share", "low_rating_share", reason="No ratings."))))
    assert "no value" in text and "No ratings." in text
    assert book.definitions()["low_rating_share"] in text
    assert "None" not in text and "Exactly" not in text


def test_zero_is_a_value(book: MadeBook) -> None:
    text = said(_Answer(shown(Figure(0, "people", "people", people=0, events=0, coverage=1.0))))
    assert "0 people" in text and "People 0" in text
    assert "no value" not in text
    assert "all of the records in question" in text


def test_a_grade_is_said_and_a_plain_count_has_none(book: MadeBook) -> None:
    told = said(_Answer(shown(Figure(1.0, "days", "people", grade="B"))))
    assert "Grade B: like groups" in told  # what it means stands in what opens on a tap
    assert "Grade" not in said(_Answer(shown(Figure(1, "people", "people"))))


@pytest.mark.parametrize("page", ["/", "/problems/", "/problems/1/", "/customers/shop:10023/"])
def test_every_figure_of_a_page_is_defined(client: Any, page: str) -> None:
    panels = re.findall(r'<div class="panel".*?</div>\s*(?:<a|</div>)',
                        client.get(page).content.decode(), re.DOTALL)  # fmt: skip
    assert panels
    for panel in panels:
        assert "<p>" in panel.split("<dl>")[0], panel


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0, "people", "0 people"),
        (1, "people", "1 person"),
        (1, "promises", "1 promise"),
        (18204, "contacts", "18,204 contacts"),
        (9120.4, "people", "9,120 people"),
        (3.44, "days", "3.4 days"),
        (95.0, "minutes", "95 minutes"),
        (170.2, "minutes", "2 h 50 min"),
        (180.0, "minutes", "3 h"),
        (4320.0, "minutes", "3.0 days"),
        (0.0, "share", "0%"),
        (0.5, "share", "50%"),
        (0.0004, "share", "under 0.1%"),
        (0.9999, "share", "over 99.9%"),
        (1.0, "share", "100%"),
        (0, "minor:EUR", "€0"),
        (50, "minor:EUR", "€0.50"),
        (9_999_49, "minor:EUR", "€9,999"),
        (10_049_00, "minor:EUR", "€10,000"),
        (128_431_22, "minor:EUR", "€128,000"),
        (999_499_00, "minor:EUR", "€999,000"),
        (999_500_00, "minor:EUR", "€1 million"),
        (12_345_678_00, "minor:GBP", "£12.3 million"),
        (1_234_567_890_00, "minor:USD", "$1.23 billion"),
        (-1_299_00, "minor:EUR", "−€1,299"),
        (1500, "minor:JPY", "¥1,500"),
        (1500, "minor:KWD", "KWD\N{NO-BREAK SPACE}1.500"),
    ],
)
def test_numbers_are_said_as_a_manager_says_them(value: float, unit: str, text: str) -> None:
    assert words.number(value, unit).text == text


def test_an_interval_is_said_with_its_unit_once() -> None:
    assert words.between(0.22, 0.25, "share") == "between 22% and 25%"
    assert words.between(3.2, 4.1, "days") == "between 3.2 and 4.1 days"
    assert words.between(3_910_000_00, 4_360_000_00, "minor:EUR") == (
        "between €3.91 and €4.36 million"
    )
    assert words.between(964_000_00, 1_050_000_00, "minor:EUR") == (
        "between €964,000 and €1.05 million"
    )
    assert words.between(0.9996, 0.9999, "share") == ""


def test_what_was_rounded_can_be_had_exactly() -> None:
    assert words.exact(128_431_22, "minor:EUR") == "€128,431.22"
    assert words.exact(0.23456, "share") == "23.46%"
    assert words.exact(9120.4, "people") == "9,120.40"
