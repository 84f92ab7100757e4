"""The segments of a Book that are also watched by the hour: those dense enough to tell in a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from goodwill.days import day_begins
from goodwill.engine import Engine
from goodwill.watch._inputs import Days, Floats
from goodwill.watch._late import PROMPT, held_back, share_there
from goodwill.watch._series import QUARTER_US, Series
from goodwill.watch.hourly import WEEK, detect_hourly, first_watched_hour
from goodwill.watch.special import factors

HOURS = "hours"
"""The arm of an alert that was seen by the hour."""
DENSE, BUSY = 5.0, 40
"""Contacts an hour, on average over the busiest hours of the week; how many hours those are."""
LEVELS = ("company", "channel", "area", "theme", "theme_channel")
"""Levels whose segments may be watched by the hour."""
JUDGED = 56
"""Days, the last, by which it is told whether a segment is dense."""
MOST, HISTORY = 100, 730
"""Segments watched by the hour, those with the most contacts; days that are read."""
REPLAY_CELLS, LEAST_REPLAY, MOST_REPLAY = 400_000, 28, 182
"""Series times hours that are replayed; days at least and at most."""
_PARTS = ("area_id", "theme_id", "channel")
_CELLS = pa.schema(
    [("area_id", pa.int32()), ("theme_id", pa.int32()), ("channel", pa.string()),
     ("quarter", pa.int64()), ("events", pa.int64())]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hourly:
    """The dense segments with their contacts an hour.

    Attributes:
        places: The row of each in the daily series.
        counts: Contacts (segments, hours).
        hours: When each hour begins, in local time; the hour that has not ended is left out.
        lasted: Hours that each truly lasted: none or two where clocks change (hours,).
        began: The quarter of an hour since 1970, UTC, in which each begins (hours,).
    """

    places: list[int]
    counts: Floats
    hours: Days
    lasted: Floats
    began: Floats


def hourly_of(engine: Engine, watched: Series, *, time_zone: str) -> Hourly | None:
    """Return the segments to watch by the hour; None when none is dense. Needs ``_watched``."""
    recent = watched.counts[:, -JUDGED:]
    # A segment with so many in its busiest hours has at least as many in the week.
    enough = recent.mean(1) * 7 >= DENSE * BUSY
    likely = [n for n in np.flatnonzero(enough) if watched.keys[n]["level"] in LEVELS]
    likely = sorted(likely, key=lambda n: (-recent[n].sum(), n))[:MOST]
    if len(watched.days) <= JUDGED or not likely:
        return None
    first = watched.days[max(0, len(watched.days) - HISTORY)].item()
    begin = _quarter(day_begins(first, time_zone))
    cells = engine.arrow(
        f"""
        SELECT area_id, theme_id, channel, quarter, count(*) AS events FROM _watched
        WHERE quarter >= {begin} GROUP BY area_id, theme_id, channel, quarter
        """,
        _CELLS,
    )
    quarters = cells["quarter"].to_numpy()
    hours, place, lasted, began = _hours(first, begin, int(quarters.max()), time_zone)
    at, events = place[quarters - begin], cells["events"].to_numpy()
    codes = {name: _codes(cells[name]) for name in _PARTS}
    counts = np.zeros((len(likely), len(hours) + 1))
    for row, n in enumerate(likely):
        inside = np.ones(len(at), bool)
        for name in _PARTS:
            value = watched.keys[n][name]
            if value is not None:
                known, code = codes[name]
                inside &= code == known.get(value, -1)
        counts[row] = np.bincount(at[inside], events[inside], minlength=len(hours) + 1)
    counts = counts[:, :-1]  # the hour that has not ended
    dense = [row for row in range(len(likely)) if _busy(counts[row]) >= DENSE]
    if not dense:
        return None
    return Hourly([int(likely[row]) for row in dense], counts[dense], hours, lasted, began)


def raised_by_hour(
    seen: Hourly,
    watched: Series,
    per_month: float,
    load: Floats | None,
    special: Mapping[date, str],
    there: Floats | None = None,
) -> tuple[list[dict[str, Any]], float]:
    """Return the alerts of the dense segments, and the days that were watched by the hour.

    Of late contacts ``there`` says what share of each series' day is there (series, days).
    """
    total = seen.counts.shape[1]
    replay = int(np.clip(REPLAY_CELLS // (24 * len(seen.places)), LEAST_REPLAY, MOST_REPLAY))
    start = max(0, total - 24 * replay)
    counts, per = seen.counts, _exposure(seen, watched, load, special)
    if there is not None:
        counts, per = held_back(counts, per, _by_hour(seen, watched, there))
    table = detect_hourly(
        counts,
        hours=seen.hours,
        exposure=per,
        false_alerts_per_month=min(per_month, 15.0 * len(seen.places)),
        watch_from=seen.hours[start],
    )
    rows = []
    for row in table.to_pylist():
        since, raised = row["since"], row["raised_at"]
        last = raised - timedelta(hours=1)
        at = [int((np.datetime64(t, "h") - seen.hours[0]).astype(int)) for t in (since, last)]
        rows.append(
            {
                **watched.keys[seen.places[row["series"]]],
                "since": since.date(), "raised_at": last.date(), "arm": HOURS,
                "from_at": _time(seen.began[at[0]]),
                "until_at": _time(seen.began[at[1]] + 4 * max(1.0, seen.lasted[at[1]])),
                "count": row["count"], "expected": row["expected"], "ratio": row["ratio"],
                "e_value": row["e_value"],
                "there": share_there(
                    there, watched.days, seen.places[row["series"]], since.date(), last.date()
                ),
            }
        )  # fmt: skip
    return rows, max(0, total - max(start, first_watched_hour(seen.hours))) / 24


def _exposure(
    seen: Hourly, watched: Series, load: Floats | None, special: Mapping[date, str]
) -> Floats | None:
    """Return what an hour is counted per: the day's measure, what is special, how long it was."""
    if load is None and not special and (seen.lasted == 1).all():
        return None
    days = np.arange(seen.hours[0], seen.hours[-1] + 1, 24).astype("datetime64[D]")
    per = np.ones(len(days))
    if load is not None:
        known = load[int((days[0] - watched.days[0]).astype(int)) :]
        per[: len(known)] = known[: len(days)]
        per[len(known) :] = known[-1]  # the day that has not ended is as the one before it
    whole = np.zeros((len(seen.counts), len(days) * 24))
    whole[:, : len(seen.hours)] = seen.counts
    by_day = whole.reshape(len(whole), len(days), 24).sum(2)
    per = per * factors(by_day, days, special, per[None, :])[0]
    return (np.repeat(per, 24)[: len(seen.hours)] * seen.lasted)[None, :]


def _by_hour(seen: Hourly, watched: Series, there: Floats) -> Floats:
    """Return what share of each hour is there (segments, hours).

    Of the day that has not ended nobody knows where contacts come late: it waits.
    """
    days = np.arange(seen.hours[0], seen.hours[-1] + 1, 24).astype("datetime64[D]")
    share = np.ones((len(seen.places), len(days)))
    known = there[seen.places][:, int((days[0] - watched.days[0]).astype(int)) :]
    share[:, : known.shape[1]] = known[:, : len(days)]
    late = share[:, known.shape[1] - 1] < PROMPT
    share[late, known.shape[1] :] = 0.0
    out: Floats = np.repeat(share, 24, axis=1)[:, : len(seen.hours)]
    return out


def _busy(counts: Floats) -> float:
    """Return the mean contacts in the busiest hours of the week, over the last weeks."""
    weeks = min(JUDGED // 7, len(counts) // WEEK)
    last = counts[len(counts) - weeks * WEEK :].reshape(weeks, WEEK).mean(0)
    return float(np.sort(last)[-BUSY:].mean())


def _hours(first: date, begin: int, last: int, time_zone: str) -> tuple[Days, Any, Floats, Floats]:
    """Return local hours, the hour of each quarter, how long hours last and when they begin.

    The hour of the last quarter has not ended: it has a place, but is none of the hours.
    """
    zone = ZoneInfo(time_zone)
    quarters = np.arange(begin, last + 1)
    # Clocks change at a whole quarter of an hour, and by whole quarters.
    offset = np.array([
        int((_time(float(q)).astimezone(zone).utcoffset() or timedelta()).total_seconds()) // 900
        for q in quarters[::4]
    ])  # fmt: skip
    local = quarters + np.repeat(offset, 4)[: len(quarters)]
    midnight = int(np.datetime64(first, "h").astype(int))
    place = local // 4 - midnight
    count = int(place[-1])
    place = np.minimum(place, count)
    lasted = np.bincount(place, minlength=count + 1)[:count] / 4.0
    began = np.full(count + 1, np.iinfo(np.int64).max)
    np.minimum.at(began, place, quarters)
    return np.datetime64(first, "h") + np.arange(count), place, lasted, began[:count].astype(float)


def _codes(column: Any) -> tuple[dict[Any, int], Any]:
    encoded = column.combine_chunks().dictionary_encode()
    values = encoded.dictionary.to_pylist()
    codes = encoded.indices.fill_null(-2).to_numpy(zero_copy_only=False)
    return {value: n for n, value in enumerate(values)}, codes


def _quarter(at: datetime) -> int:
    return int(at.timestamp()) * 1_000_000 // QUARTER_US


def _time(quarter: float) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=quarter * QUARTER_US)
