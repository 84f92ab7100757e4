"""Whether a problem rises: counts beside each other, their interval, and when nothing is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from goodwill import report
from goodwill.generations import Reader
from goodwill.report.trend import SPAN, trend_word, trends

END = datetime(2026, 6, 30, 12, tzinfo=UTC)
Build = Callable[..., Reader]


def contacts(theme: int, late: int, early: int) -> list[dict[str, Any]]:
    """Contacts of one theme: in the last 13 weeks (some at its very ends), and in those before."""
    late_at = [END - SPAN * n / max(late, 1) for n in range(late)]
    early_at = [END - SPAN - SPAN * n / max(early, 1) for n in range(early)]
    return [
        {"source": "desk", "contact_id": f"{theme}-{n}", "at": at, "direction": "in",
         "theme_id": theme, "customer_id": f"desk:{n % 7}"}
        for n, at in enumerate([*late_at, *early_at])
    ]  # fmt: skip


@pytest.fixture
def reader(generation: Build) -> Reader:
    old = {**contacts(9, 1, 0)[0], "contact_id": "old", "at": END - timedelta(days=400)}
    rows = [old, *contacts(0, 60, 20), *contacts(1, 20, 60), *contacts(2, 40, 40),
            *contacts(3, 10, 9), *contacts(4, 30, 0), *contacts(5, 0, 30),
            *contacts(6, 200, 200)]  # fmt: skip
    return generation({"messages": rows}, as_of=END.isoformat())


def test_a_trend_is_the_ratio_of_both_spans_and_says_its_direction(reader: Reader) -> None:
    found = trends(reader)
    assert {n: found[n].value for n in (0, 1, 2)} == {0: 3.0, 1: pytest.approx(1 / 3), 2: 1.0}
    words = [trend_word(found[n]) for n in range(7)]
    assert words == [
        "↑ rising",
        "↓ falling",
        "unclear",
        "too few",
        "new",
        "↓ falling",
        "level",
    ]
    for figure in (found[0], found[1], found[2]):
        assert figure.low < figure.value < figure.high
    assert found[3].value is None and "19 contacts" in found[3].reason
    assert found[4].value is None and "new" in found[4].reason
    assert found[5].value == 0


def test_its_records_are_the_contacts_of_both_spans(reader: Reader) -> None:
    for figure in trends(reader).values():
        page = report.records(reader, figure.records["table"], figure.records["where"], 0, 500)
        assert page.total == figure.events
        assert len({row[page.columns.index("customer_id")] for row in page.rows}) == figure.people


def test_a_short_past_has_no_trend(generation: Build) -> None:
    short = trends(generation({"messages": contacts(0, 60, 0)}, as_of=END.isoformat()))
    assert short[0].value is None and "26 weeks" in short[0].reason
    assert trend_word(short[0]) == "too early"
