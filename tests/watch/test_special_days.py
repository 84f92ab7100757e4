"""Days unlike others: what a holiday or a sale brought before is expected of it again."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from goodwill.errors import InputError
from goodwill.watch import detect, special_days
from goodwill.watch.special import easter, factors

FIRST = date(2022, 1, 3)
DAYS = np.datetime64(FIRST) + np.arange(3 * 365)


def place(day: date) -> int:
    return (day - FIRST).days


def test_holidays_come_again_by_name_date_or_distance_from_easter() -> None:
    found = special_days(
        date(2023, 1, 1), date(2024, 12, 31), country="DE-BY",
        holidays=("2023-02-16", "2024-02-08", "2024-08-12"),
        sales=(("Black Friday 2023", date(2023, 11, 24), date(2023, 11, 27)),
               ("Black Friday 2024!", date(2024, 11, 29), date(2024, 12, 2))),
    )  # fmt: skip
    assert found[date(2023, 4, 7)] == found[date(2024, 3, 29)]  # Good Friday
    assert found[date(2023, 1, 6)].startswith("holiday: ")  # in Bavaria alone
    assert found[date(2024, 8, 12)] == "holiday: 08-12"
    assert found[date(2023, 11, 25)] == found[date(2024, 11, 30)] == "sale: black friday"
    assert found[date(2023, 12, 27)].startswith("after: ")
    assert date(2023, 6, 14) not in found
    assert special_days(FIRST, FIRST, holidays=("2023-04-10",)) == {}
    assert list(special_days(FIRST, date(2022, 5, 1), holidays=("2022-04-18",)).values()) == [
        "holiday: easter +1", "after: easter +1",
    ]  # fmt: skip
    # Easter Sundays as published.
    assert [easter(y).isoformat()[5:] for y in (1961, 1981, 2019, 2038)] == [
        "04-02", "04-19", "04-21", "04-25",
    ]  # fmt: skip
    with pytest.raises(InputError, match="No holidays are known"):
        special_days(FIRST, FIRST, country="XX")


def yearly(month: int, day: int, name: str) -> dict[date, str]:
    return {date(year, month, day): f"sale: {name}" for year in (2022, 2023, 2024)}


def test_a_factor_is_what_the_day_brought_before_over_the_weekdays_around_it() -> None:
    counts = np.full((2, len(DAYS)), 10.0)
    special = yearly(11, 25, "black") | yearly(6, 15, "summer")
    for day, times in zip(yearly(11, 25, ""), (3.0, 4.0, 50.0), strict=True):
        counts[:, place(day)] *= times
    usual = factors(counts, DAYS, special)[0]
    assert np.isnan(usual[place(date(2022, 6, 15))])  # nobody knows what the first sale brings
    assert usual[place(date(2022, 11, 25))] == pytest.approx(1.0)
    # The logs of its own past, and the mean over all sales before as one more.
    before = [0.0, np.log(60.5 / 20.5), 0.0]  # summer 22, black 22, summer 23
    expected = np.exp((np.log(60.5 / 20.5) + np.mean(before)) / 2)
    assert usual[place(date(2023, 11, 25))] == pytest.approx(expected)
    # What the last one brings is not known before it.
    counts[:, place(date(2024, 11, 25))] = 10.0
    assert factors(counts, DAYS, special)[0] == pytest.approx(usual, nan_ok=True)
    assert (np.delete(usual, [place(day) for day in special]) == 1.0).all()


def test_a_sale_that_comes_each_year_raises_nothing_and_a_rise_beside_it_does() -> None:
    draw = np.random.default_rng(4)
    counts = draw.poisson(20.0, (3, len(DAYS)))
    special: dict[date, str] = {}
    for month in range(1, 13):
        for year in (2022, 2023, 2024):
            special[date(year, month, 12)] = "sale: monthly"
            counts[:, place(date(year, month, 12))] = draw.poisson(60.0, 3)
    asked = {"dates": DAYS, "watch_from": DAYS[400], "false_alerts_per_month": 1.0}
    plain = detect(counts, **asked)
    assert len(plain) > 10
    told = detect(counts, special=special, **asked)
    assert len(told) <= 2
    assert not set(told["raised_at"].to_pylist()) & set(special)
    risen = counts.copy()
    risen[1, 900:] = draw.poisson(50.0, len(DAYS) - 900)
    (first, *_) = [
        row for row in detect(risen, special=special, **asked).to_pylist() if row["series"] == 1
    ]
    assert first["raised_at"] - DAYS[900].item() <= timedelta(days=4)


def test_bad_special_days_are_refused() -> None:
    with pytest.raises(InputError, match="give a dictionary"):
        detect(np.ones(200), dates=DAYS[:200], special=["2022-12-25"])
