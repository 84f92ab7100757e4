"""The figures of a period and a part of the company, against a count in plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from goodwill.errors import InputError, NotFound
from goodwill.generations import Reader
from goodwill.report import choices, problems_within, records, within
from goodwill.settings import Settings

SINCE, UNTIL = date(2026, 2, 1), date(2026, 2, 28)


def test_it_counts_what_plain_python_counts_and_names_the_other_period(
    generation: Callable[..., Reader], company: dict[str, list[dict[str, Any]]], settings: Settings
) -> None:
    for n, row in enumerate(company["messages"]):
        row["product"], row["region"] = f"P{n % 3}", ("N", "S")[n % 2]
        row["rating"], row["rating_scale"] = (
            ((1.0, 5.0)[n % 2], "stars5") if n % 4 else (None, None)
        )
        row["team"] = ("first", "second", None)[n % 3]
        row["segment"] = "none" if not row["customer_id"] else (
            "1" if int(row["customer_id"].split(":")[1]) % 2 else "2 to 3"
        )  # fmt: skip
    company["problem_costs"] = [
        {"theme_id": theme, "place": theme + 1, "people": 1, "events": 1, "known": 1,
         **dict.fromkeys(("repeat_people", "repeats", "episodes_closed", "episodes_first_contact",
                          "public_people", "valued_people", "ratings", "low_ratings",
                          "contacts_year"), 0)}
        for theme in range(4)
    ]  # fmt: skip
    company["contacts"] = [
        {**{key: row[key] for key in ("source", "contact_id")},
         "team": row["team"] if row["team"] != "second" else None, "thread_id": f"t{row['team']}"}
        for row in company["messages"]
    ]  # fmt: skip
    # A contact without a team has that of its ticket.
    company["threads"] = [{"source": "shop", "thread_id": "tsecond", "team": "second"}]
    company["customer_value"] = [
        {"customer_id": f"shop:{number}", "orders": 1 if number % 2 else 3} for number in range(200)
    ]
    reader = generation(company)

    def inside(row: dict[str, Any], first: date, last: date, **more: Any) -> bool:
        begin = datetime.combine(first, time(), UTC)
        end = datetime.combine(last, time(), UTC) + timedelta(days=1)
        same = all(row[key] == value for key, value in more.items())
        return row["direction"] == "in" and begin <= row["at"] < end and same

    def counted(first: date, last: date, **more: Any) -> dict[str, tuple[int, int]]:
        rows = [row for row in company["messages"] if inside(row, first, last, **more)]
        known = [row for row in rows if row["customer_id"]]
        rated = [row for row in rows if row["rating"] is not None]
        return {
            "contacts": (len(rows), 1),
            "people": (len({row["customer_id"] for row in known}), 1),
            "repeat_contact_rate": (sum(row["repeat"] for row in rows), len(known)),
            "public_contacts": (sum(row["public"] for row in rows), 1),
            "low_rating_share": (sum(row["rating"] == 1.0 for row in rated), len(rated)),
        }

    for more in (
        {}, {"theme_id": 2}, {"channel": "email", "product": "P1"}, {"region": "S"},
        {"team": "first"}, {"team": "second", "segment": "1"}, {"segment": "2 to 3"},
    ):  # fmt: skip
        page = within(reader, settings, since=SINCE, until=UNTIL, against="before", **more)
        found = {gauge.key: gauge for gauge in page.gauges}
        for key, (part, whole) in counted(SINCE, UNTIL, **more).items():
            assert found[key].figure.value == pytest.approx(part / whole), (key, more)
        assert page.compared == (date(2026, 1, 4), date(2026, 1, 31))
        before = counted(*page.compared, **more)["contacts"][0]
        assert f"in the other period {before:,}" in found["contacts"].note
        has_promises = found["promise_kept_rate"].figure.value is not None
        assert has_promises is (set(more) <= {"segment"})
        where = found["contacts"].figure.records["where"]
        assert records(reader, "messages", where).total == found["contacts"].figure.value
        ordered = [
            row for row in company["orders"] if SINCE <= row["at"].date() <= UNTIL
            and ("segment" not in more or int(row["order_number"]) % 2 == (more["segment"] == "1"))
        ]  # fmt: skip
        if set(more) <= {"segment"}:
            assert found["orders"].figure.value == len(ordered)
            assert found["orders"].figure.people == len({row["_customer"] for row in ordered})
        themes = Counter(
            row["theme_id"] for row in company["messages"] if inside(row, SINCE, UNTIL, **more)
        )  # fmt: skip
        asked = problems_within(reader, settings, since=SINCE, until=UNTIL, **more)
        assert {each.theme_id: each.events for each in asked} == {
            theme: count for theme, count in themes.items() if theme is not None
        }
        for each in asked:
            people = {
                row["customer_id"] for row in company["messages"]
                if row["theme_id"] == each.theme_id and inside(row, SINCE, UNTIL, **more)
            } - {None}  # fmt: skip
            assert each.figures["people"].value == len(people) == each.people
            assert each.figures["avoidable_loss"].definition == "avoidable_loss"
    known = choices(reader)
    assert known.products == ("P0", "P1", "P2") and known.regions == ("N", "S")
    assert known.teams == ("first", "second") and known.segments[0] == "none"
    assert known.channels == ("email", "social")
    due = [
        row for row in company["promises"]
        if SINCE <= row["due_at"].date() <= UNTIL and row["status"] in ("kept", "broken", "overdue")
    ]  # fmt: skip
    kept = {g.key: g for g in within(reader, settings, since=SINCE, until=UNTIL).gauges}
    part = sum(row["status"] == "kept" for row in due)
    assert kept["promise_kept_rate"].figure.value == pytest.approx(part / len(due))
    assert kept["promise_kept_rate"].figure.people == len(
        {row["customer_id"] for row in due} - {None}
    )
    assert kept["contacts"].note == ""
    year = within(reader, settings, since=SINCE, until=UNTIL, against="year")
    assert year.compared == (date(2025, 2, 2), date(2025, 3, 1))
    with pytest.raises(InputError):
        within(reader, settings, since=UNTIL, until=SINCE)
    with pytest.raises(InputError):
        within(reader, settings, against="luck")
    with pytest.raises(NotFound):
        within(reader, settings, theme_id=99)
