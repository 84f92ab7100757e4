"""The alerts of a Book: what rose, in which segment, and whether that is news.

All segments of all levels share one budget of false alerts. The same search over the company's own
past says how many alerts it would have raised. Segments that are dense enough are watched by the
hour as well, inside the same budget.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from goodwill.days import MONTH
from goodwill.engine import Engine
from goodwill.tables import DERIVED
from goodwill.watch._exposure import measured
from goodwill.watch._hours import HOURS, hourly_of, raised_by_hour
from goodwill.watch._inputs import Days, Floats
from goodwill.watch._late import COMPLETE, HELD, Lateness, held_back, share_there, there
from goodwill.watch._rise import MARGIN, TOLERANCE
from goodwill.watch._series import LEVELS, QUARTER_US, Series, series_of
from goodwill.watch.detection import detect, first_watched
from goodwill.watch.special import special_days

REPLAY_CELLS = 400_000
"""Series times days that a refresh replays: some seconds of work."""
LEAST_REPLAY, MOST_REPLAY = 56, 730
"""Days of the past that are replayed at least and at most."""
CASE_DAYS = 14
"""Alerts of one matter begin within so many days of each other."""
_KEY = ("level", "area_id", "theme_id", "channel", "product", "region")


def find_alerts(
    engine: Engine,
    *,
    time_zone: str,
    false_alerts_per_month: float,
    country: str = "",
    holidays: Sequence[str] = (),
    sales: Sequence[tuple[str, date, date]] = (),
    late: Lateness | None = None,
) -> dict[str, Any]:
    """Make ``alerts``: every rise that watching day by day would have raised.

    Args:
        engine: Holds messages, themes and orders.
        time_zone: Days are of this zone.
        false_alerts_per_month: How many false alerts a month all segments together may raise.
        country: Whose holidays are days unlike others; empty for none.
        holidays: Further such days (ISO 8601).
        sales: Title, first and last day of each sale.
        late: How late contacts come in, where that is known.

    Returns:
        What the pages must say: the number of ``series``, how many of these are watched by the
        hour (``hourly``; such a segment counts twice), the days ``replayed``, the alerts a month
        that were ``observed``, those ``stated``, the ``tolerance``, what contacts are counted
        ``per``, the number of ``special`` days, what is known of ``late`` contacts, and a
        ``reason`` when nothing could be watched.
    """
    schema = DERIVED["alerts"].schema
    watched = series_of(engine, time_zone=time_zone)
    known: dict[str, Any] = {
        "series": 0, "replayed": 0, "stated": false_alerts_per_month, "tolerance": TOLERANCE,
        "observed": None, "reason": "", "per": "days", "special": 0,
        "hourly": 0, "late": None,
    }  # fmt: skip
    found: list[dict[str, Any]] = []
    hour_days = 0.0
    if watched is None:
        known["reason"] = "No whole day holds a contact."
    else:
        first, last = watched.days[0].item(), watched.days[-1].item()
        # The day that has not ended is watched by the hour.
        end = last + timedelta(1)
        special = special_days(first, end, country=country, holidays=holidays, sales=sales)
        whole = [key["level"] == "company" for key in watched.keys].index(True)
        known["per"], load = measured(engine, watched.counts[whole], watched.days, time_zone)
        known["special"] = len(special)
        seen = there(engine, watched, late) if late else None
        if late and seen is not None:
            known["late"] = _told_late(late, watched.days, seen[whole])
        dense = hourly_of(engine, watched, time_zone=time_zone)
        hourly = len(dense.places) if dense else 0
        # Each series has the same share of the budget, watched by the day or by the hour.
        share = false_alerts_per_month / (len(watched.keys) + hourly)
        found, days = _raised(watched, share * len(watched.keys), load, special, seen)
        if dense:
            by_hour, hour_days = raised_by_hour(dense, watched, share * hourly, load, special, seen)
            found = _news(found, by_hour)
        known["series"], known["replayed"] = len(watched.keys) + hourly, days
        known["hourly"] = hourly
        if not days:
            known["reason"] = (
                "The data covers too few weeks: eight whole weeks of history come before the "
                "first day that can be watched."
            )
    people = _people(engine, found)
    rows = [row | {"people": people.get(row["alert_id"], 0)} for row in _cases(found)]
    if known["replayed"]:
        daily = {row["case_id"] for row in rows if row["arm"] != HOURS}
        known["observed"] = len(daily) * MONTH / known["replayed"]
        # Fewer days are replayed by the hour.
        by_hour_alone = {row["case_id"] for row in rows} - daily
        if hour_days:
            known["observed"] += len(by_hour_alone) * MONTH / hour_days
    engine.load("alerts", pa.Table.from_pylist(rows, schema=schema))
    engine.drop("_watched")
    return known


def _told_late(late: Lateness, days: Days, seen: Floats) -> dict[str, Any]:
    """Return what is to be said of late contacts, from the share of the company's days there."""
    watched, counted = (np.flatnonzero(seen >= least) for least in (HELD, COMPLETE))
    return {
        "sources": {
            name: [round(float(share), 3) for share in shares[:8]]
            for name, shares in late.there.items()
            if late.late(name)
        },
        "newest": round(float(seen[-1]), 3), "day": days[-1].item().isoformat(),
        "watched_to": days[watched[-1]].item().isoformat() if len(watched) else None,
        "complete_to": days[counted[-1]].item().isoformat() if len(counted) else None,
    }  # fmt: skip


def _raised(
    watched: Series,
    per_month: float,
    load: Floats | None,
    special: Mapping[date, str],
    seen: Floats | None = None,
) -> tuple[list[dict[str, Any]], int]:
    """Return the alerts, and the days that were watched."""
    counts, per = watched.counts, load
    if seen is not None:
        counts, per = held_back(counts, load, seen)
    history = len(watched.days)
    replay = int(np.clip(REPLAY_CELLS // len(watched.keys), LEAST_REPLAY, MOST_REPLAY))
    start = max(0, history - replay)
    # Half the series' number a month would be an alert a series every two months: then the knob
    # no longer limits anything, and a single series is not watched harder than that.
    knob = min(per_month, 15.0 * len(watched.keys))
    table = detect(
        counts,
        dates=watched.days,
        false_alerts_per_month=knob,
        watch_from=watched.days[start],
        exposure=per,
        special=special,
    )
    rows = []
    for row in table.to_pylist():
        at = row.pop("series")
        key = watched.keys[at]
        row["there"] = share_there(seen, watched.days, at, row["since"], row["raised_at"])
        name = _name((*key.values(), row["raised_at"], row["arm"]))
        rows.append({"alert_id": name, **key, **row, "from_at": None, "until_at": None})
    first = first_watched(watched.days)
    return rows, max(0, history - max(start, first))


def _name(values: Iterable[object]) -> str:
    return hashlib.sha256("\x1f".join(map(str, values)).encode()).hexdigest()[:16]


def _news(daily: list[dict[str, Any]], by_hour: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the alerts without those that tell of a series what the other watch told before."""
    for row in by_hour:
        row["alert_id"] = _name(row[name] for name in (*_KEY, "until_at", "arm"))
    kept: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    # A day's alert is known when the day has ended, so after those of its hours.
    for row in sorted(
        (*by_hour, *daily),
        key=lambda row: (row["raised_at"], row["arm"] != HOURS, str(row["until_at"]), row["since"]),
    ):
        told = kept.setdefault(tuple(row[name] for name in _KEY), [])
        if not any(_told(row, other) for other in told):
            told.append(row)
    return [row for rows in kept.values() for row in rows]


def _told(row: dict[str, Any], before: dict[str, Any]) -> bool:
    """Say whether an alert is of the rise that another of its series told of, and has not grown."""
    if row["ratio"] > MARGIN * before["ratio"]:
        return False
    if row["arm"] == HOURS:
        return _near(row, before)
    begin: date = before["since"]
    end: date = before["raised_at"] + timedelta(1)
    return bool(before["arm"] == HOURS and row["since"] <= end and begin <= row["raised_at"])


def _people(engine: Engine, found: list[dict[str, Any]]) -> dict[str, int]:
    """Return the distinct known customers of each alert, from its first day to its last."""
    if not found:
        return {}
    names = ("alert_id", *_KEY, "since", "raised_at", "from_at", "until_at")
    schema = pa.schema([DERIVED["alerts"].schema.field(name) for name in names])
    engine.load("_raised", pa.Table.from_pylist(found, schema=schema))
    same = " AND ".join(f"(a.{name} IS NULL OR a.{name} = w.{name})" for name in _KEY[1:])
    counted = engine.arrow(
        f"""
        SELECT a.alert_id, count(DISTINCT w.customer_id) AS people
        FROM _raised a JOIN _watched w
            ON w.day >= a.since AND w.day <= a.raised_at AND {same}
            AND (a.from_at IS NULL OR w.quarter * {QUARTER_US} >= epoch_us(a.from_at))
            AND (a.until_at IS NULL OR w.quarter * {QUARTER_US} < epoch_us(a.until_at))
        GROUP BY a.alert_id
        """,
        pa.schema([("alert_id", pa.string()), ("people", pa.int64())]),
    )
    engine.drop("_raised")
    return {row["alert_id"]: row["people"] for row in counted.to_pylist()}


def _cases(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each alert the case that it belongs to, and say which alert leads the case.

    A case gathers what is one matter: alerts of one theme that begin within a fortnight of each
    other, and alerts of wider segments in which that theme makes up most of the rise. The lead is
    the theme's own alert where there is one, else the one with the most evidence.
    """
    cases: list[list[dict[str, Any]]] = []
    for row in sorted(found, key=_first_to_last):
        home = next((case for case in cases if _belongs(row, case)), None)
        if home is None:
            cases.append([row])
        else:
            home.append(row)
    out = []
    for case in cases:
        lead = min(case, key=_lead_first)
        out += [
            row | {"case_id": lead["alert_id"], "lead": row is lead}
            for row in sorted(case, key=_first_to_last)
        ]
    return sorted(out, key=lambda row: (row["raised_at"], row["alert_id"]))


def _first_to_last(row: dict[str, Any]) -> tuple[Any, ...]:
    # Themes come first, so that a wider rise finds the theme that explains it.
    return (row["theme_id"] is None, row["since"], row["raised_at"], row["alert_id"])


def _lead_first(row: dict[str, Any]) -> tuple[Any, ...]:
    narrow = row["level"] != "theme"
    return (narrow, -_excess(row), list(LEVELS).index(row["level"]), row["alert_id"])


def _belongs(row: dict[str, Any], case: list[dict[str, Any]]) -> bool:
    near = [other for other in case if _near(row, other)]
    if not near:
        return False
    if row["theme_id"] is not None:
        return bool(case[0]["theme_id"] == row["theme_id"])
    if case[0]["theme_id"] is not None:
        return max(map(_excess, near)) * 2 >= _excess(row)
    shared = [name for name in _KEY[1:] if row[name] is not None]
    return any(all(o[n] in (None, row[n]) for n in shared) or o["level"] == "company" for o in near)


def _near(one: dict[str, Any], other: dict[str, Any]) -> bool:
    span = timedelta(days=CASE_DAYS)
    begin: date = max(one["since"], other["since"])
    end: date = min(one["raised_at"], other["raised_at"])
    return abs(one["since"] - other["since"]) <= span or begin <= end


def _excess(row: dict[str, Any]) -> float:
    return float(row["count"] - row["expected"])
