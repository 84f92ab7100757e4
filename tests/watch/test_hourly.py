"""Watching by the hour: a burst within a day is raised in hours, and a calm year stays calm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from _hourly import company, draw
from engines import agree, engine
from goodwill.engine import Engine
from goodwill.errors import InputError
from goodwill.tables import DERIVED, FACTS
from goodwill.watch import detect, detect_hourly, find_alerts
from goodwill.watch._hours import _hours

__all__ = ["agree", "engine"]
MONDAY = np.datetime64("2024-01-01")
DAYS = 72
OPEN = range(8, 18)
BROKE = datetime(2024, 1, 1, 10) + timedelta(days=DAYS - 2)
ZONE = "Etc/GMT-2"  # two hours before UTC, the whole year


def contacts(until: datetime) -> pa.Table:
    """A dense theme and a sparse one, up to a local time; the dense one bursts on the last day."""
    rng = np.random.default_rng(4)
    at: list[np.ndarray] = []
    theme: list[np.ndarray] = []
    for number, rate in ((1, 10.0), (2, 0.3)):
        for hour in OPEN:
            for day in range(DAYS):
                begin = datetime(2024, 1, 1, hour) + timedelta(days=day)
                burst = number == 1 and BROKE <= begin < BROKE + timedelta(hours=3)
                n = rng.poisson(rate * (4 if burst else 1))
                seconds = np.sort(rng.integers(0, 3600, n)).astype("timedelta64[s]")
                at.append(np.datetime64(begin, "s") + seconds)
                theme.append(np.full(n, number))
    times, themes = np.concatenate(at), np.concatenate(theme)
    keep = times < np.datetime64(until, "s")
    times, themes = times[keep] - np.timedelta64(2, "h"), themes[keep]
    count = len(times)
    given = {
        "source": pa.array(["s"] * count), "contact_id": pa.array(map(str, range(count))),
        "at": pa.array(times.astype("datetime64[us]"), pa.timestamp("us", "UTC")),
        "direction": pa.array(["in"] * count), "channel": pa.array(["chat"] * count),
        "theme_id": pa.array(themes, pa.int32()),
        "customer_id": pa.array([f"p{n % 700}" for n in range(count)]),
    }  # fmt: skip
    schema = DERIVED["messages"].schema
    return pa.table(
        {f.name: given.get(f.name, pa.nulls(count, f.type)) for f in schema}, schema=schema
    )


def watched(engine: Engine, messages: pa.Table) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    engine.load("messages", messages)
    themes = [{"theme_id": n, "area_id": n, "label": f"theme {n}"} for n in (1, 2)]
    engine.load("themes", pa.Table.from_pylist(themes, schema=DERIVED["themes"].schema))
    engine.load("orders", FACTS["orders"].schema.empty_table())
    known = find_alerts(engine, time_zone=ZONE, false_alerts_per_month=2.0)
    return known, engine.arrow("SELECT * FROM alerts ORDER BY raised_at, alert_id").to_pylist()


def test_a_burst_is_raised_on_its_day_and_the_day_after_tells_nothing_twice(
    engine: Engine, agree: Callable[..., None]
) -> None:
    now = contacts(BROKE + timedelta(hours=2, minutes=30))
    known, rows = watched(engine, now)
    # company, chat, two areas, two themes, two crossings; all but the sparse are dense.
    assert (known["series"], known["hourly"]) == (8 + 5, 5)
    (lead,) = [row for row in rows if row["lead"]]
    assert {row["case_id"] for row in rows} == {lead["alert_id"]}
    assert {row["theme_id"] for row in rows} == {None, 1}
    assert (lead["arm"], lead["theme_id"]) == ("hours", 1)
    begin = (BROKE - timedelta(hours=2)).replace(tzinfo=UTC)
    assert lead["from_at"] == begin
    assert begin < lead["until_at"] <= begin + timedelta(hours=2)
    hit = [
        m for m in now.select(["at", "theme_id", "customer_id"]).to_pylist()
        if lead["from_at"] <= m["at"] < lead["until_at"] and m["theme_id"] == 1
    ]  # fmt: skip
    assert (lead["count"], lead["people"]) == (len(hit), len({m["customer_id"] for m in hit}))
    agree("alerts")
    # What the day's own watch finds of it when the day has ended is known already.
    known, after = watched(engine, contacts(BROKE + timedelta(days=2)))
    assert [row for row in after if row["lead"]] == [lead]
    assert {row["arm"] for row in after} == {"hours"}
    assert known["observed"] > 0


def test_a_burst_is_known_hours_before_the_day_that_holds_it_has_ended() -> None:
    rng = np.random.default_rng(2)
    hours = MONDAY.astype("datetime64[h]") + np.arange(100 * 24)
    mean = company(rng, np.full(6, 25.0), 100, "flat")
    at = 88 * 24 + 10
    mean[:, at : at + 4] *= 4
    counts = draw(rng, mean, np.full(6, 1.3))
    found = detect_hourly(counts, hours=hours, false_alerts_per_month=0.5).to_pylist()
    begin = hours[at].item()
    assert {row["series"] for row in found} == set(range(6))
    assert all(begin < row["raised_at"] <= begin + timedelta(hours=4) for row in found)
    assert all(abs(row["since"] - begin) <= timedelta(hours=2) for row in found)
    assert all(row["ratio"] == pytest.approx(row["count"] / row["expected"]) for row in found)
    # Days are told of when they have ended, and the burst is thinned out in its day.
    by_day = counts.reshape(6, 100, 24).sum(2)
    daily = detect(by_day, dates=MONDAY + np.arange(100), false_alerts_per_month=0.5).to_pylist()
    of_that_day = [row for row in daily if row["raised_at"] >= begin.date()]
    for row in found:
        assert datetime(2024, 3, 30) - row["raised_at"] >= timedelta(hours=10)
        assert all(row["ratio"] > each["ratio"] for each in of_that_day)
    # Nothing of the future enters: cut off after the hour, the alerts are the same.
    last = max(row["raised_at"] for row in found)
    cut = int((np.datetime64(last, "h") - hours[0]).astype(int))
    again = detect_hourly(counts[:, :cut], hours=hours[:cut], false_alerts_per_month=0.5)
    assert again.to_pylist() == found


def test_a_calm_year_raises_no_more_than_stated() -> None:
    rng = np.random.default_rng(9)
    days = 63 + 365
    busy = np.exp(rng.uniform(np.log(6), np.log(120), 12))
    counts = draw(rng, company(rng, busy, days, "season and trend"), rng.choice([1.0, 1.8], 12))
    hours = MONDAY.astype("datetime64[h]") + np.arange(days * 24)
    found = detect_hourly(counts, hours=hours, false_alerts_per_month=2.0)
    assert len(found) <= 2 * 12


def test_an_hour_that_clocks_skip_or_repeat_is_counted_by_how_long_it_was() -> None:
    begin = int(datetime(2024, 3, 30, 23, tzinfo=UTC).timestamp()) // 900  # Berlin's midnight
    end = int(datetime(2024, 10, 28, 12, 20, tzinfo=UTC).timestamp()) // 900
    hours, place, lasted, began = _hours(date(2024, 3, 31), begin, end, "Europe/Berlin")
    assert hours[-1] == np.datetime64("2024-10-28T12")  # the hour from 13:00 has not ended
    assert {str(hours[n]): lasted[n] for n in np.flatnonzero(lasted != 1)} == {
        "2024-03-31T02": 0.0, "2024-10-27T02": 2.0,
    }  # fmt: skip
    assert place[0] == 0 and place[-1] == len(hours)
    assert began[0] == begin


def test_hours_that_cannot_be_taken_are_refused() -> None:
    hours = MONDAY.astype("datetime64[h]") + np.arange(48)
    with pytest.raises(InputError, match="no whole hours"):
        detect_hourly(np.ones(48), hours=hours + np.timedelta64(30, "m"), false_alerts_per_month=1)
    with pytest.raises(InputError, match="hours go from"):
        detect_hourly(np.ones(47), hours=np.delete(hours, 5), false_alerts_per_month=1)
    assert len(detect_hourly(np.ones(48), hours=hours, false_alerts_per_month=1)) == 0
