"""Alerts as a part of the company sees them, and the gauges of context, against plain counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from goodwill.errors import NotFound
from goodwill.generations import Reader
from goodwill.report import alerts, alerts_within, overview
from goodwill.settings import Settings

START = date(2026, 1, 5)


def test_only_rises_with_contacts_of_the_part_stand_there_and_say_how_many(
    generation: Callable[..., Reader], company: dict[str, list[dict[str, Any]]], settings: Settings
) -> None:
    since, raised = START + timedelta(days=80), START + timedelta(days=95)
    for n, row in enumerate(company["messages"]):
        row["region"] = ("N", "S")[n % 2]
    shared = {"lead": True, "since": since, "raised_at": raised, "arm": "rise", "count": 9,
              "expected": 3.0, "ratio": 3.0, "e_value": 1e6, "people": 9}  # fmt: skip
    company["alerts"] = [
        {"alert_id": "a", "case_id": "a", "level": "theme", "theme_id": 1, **shared},
        {"alert_id": "b", "case_id": "b", "level": "channel", "channel": "email", **shared},
        {"alert_id": "c", "case_id": "c", "level": "area", "area_id": 0, **shared},
    ]
    reader = generation(company, watch={"series": 3})

    def counted(**parts: Any) -> int:
        return sum(
            row["direction"] == "in" and since <= row["at"].date() <= raised
            and all(row[key] == value for key, value in parts.items())
            for row in company["messages"]
        )  # fmt: skip

    def found(**filters: Any) -> dict[str, int]:
        page = alerts_within(reader, settings, **filters)
        return {a.alert_id: a.figures["contacts_within"].value for a in (*page.now, *page.before)}

    assert {a.alert_id for a in alerts(reader, settings).now} == {"a", "b", "c"}
    assert alerts_within(reader, settings) == alerts(reader, settings)
    assert found(theme_id=2, region="S") == {
        "b": counted(channel="email", theme_id=2, region="S"),
        "c": counted(theme_id=2, region="S"),
    }
    assert found(channel="social") == {
        "a": counted(theme_id=1, channel="social"),
        "c": sum(counted(theme_id=theme, channel="social") for theme in range(4)),
    }
    assert found(team="nobody") == {}
    with pytest.raises(NotFound):
        alerts_within(reader, settings, theme_id=77)


def test_the_season_and_the_channels_are_counted_in_whole_weeks(
    generation: Callable[..., Reader], company: dict[str, list[dict[str, Any]]], settings: Settings
) -> None:
    some = company["messages"][:]
    for row in some:
        row["direction"] = "in"
        back = {**row, "at": row["at"] - timedelta(days=364)}
        company["messages"] += [
            {**back, "contact_id": f"{row['contact_id']}-{n}"} for n in range(1, 3)
        ]
    reader = generation(company)
    last = reader.as_of
    gauges = {gauge.key: gauge for gauge in overview(reader, settings).groups["context"]}

    def between(first: int, until: int, channel: str | None = None) -> int:
        return sum(
            last - timedelta(days=first) < row["at"] <= last - timedelta(days=until)
            and channel in (None, row["channel"])
            for row in company["messages"]
        )

    season = gauges["season_now"].figure
    assert season.value == pytest.approx(between(28, 0) / between(392, 364))
    assert season.low < 0.5 < season.high  # everything was there twice the year before
    ahead = gauges["season_ahead"].figure
    assert ahead.value == pytest.approx(between(364, 336) / between(392, 364))
    for channel in ("email", "social"):
        assert gauges[f"contacts_{channel}"].figure.value == between(28, 0, channel)


def test_without_a_year_of_data_the_season_says_so(
    generation: Callable[..., Reader], company: dict[str, list[dict[str, Any]]], settings: Settings
) -> None:
    for rows in (company, {}):
        seen = overview(generation(rows), settings)
        season = {gauge.key: gauge for gauge in seen.groups["context"]}["season_now"]
        assert season.figure.value is None and "do not reach back" in season.figure.reason
