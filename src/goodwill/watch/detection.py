"""Early warning: which of many daily series rose, since when, and by how much.

Two arms share one budget of false alerts. A Shiryaev-Roberts mixture e-detector (Shin, Ramdas &
Rinaldo, "E-detectors") finds rises that stay: its null is a rate of at most 1.15 times the
baseline, widened where a series' own level has wandered. A negative-binomial test of each day
finds one-day spikes. With K series and m false alerts a month a series is raised when its evidence
passes A = 30 K / m: with a known baseline its mean time to a false alert is then at least A days.
The baseline here is fitted, so that this is measured, not guaranteed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from goodwill.days import MONTH
from goodwill.errors import InputError
from goodwill.watch._inputs import (
    Days,
    Floats,
    count_matrix,
    day_axis,
    exposure_matrix,
    one_day,
    positive,
)
from goodwill.watch._rise import Rises, wandering
from goodwill.watch._skill import Skill
from goodwill.watch._tails import upper_tail
from goodwill.watch.baseline import GUARD, LEAST, Baseline, Weeks
from goodwill.watch.special import factors

SPIKE_SHARE = 0.14
"""Share of the false-alert budget that the one-day test may spend."""
SPIKE_LEAST = 3
"""Events that a spike must have."""
NEAR_KEEP = 0.93
"""Daily forgetting of the level that a spike must stand out from: about a fortnight."""
SKILL_EVERY = 13
"""Weeks after which past forecasts are tried anew."""
SPIKE_KEEP = 0.9
"""Daily forgetting of a raised spike: the days after must outdo it to be raised."""
BLOCK = 400
"""Series worked at once, so that their arrays stay near the processor."""

ALERTS = pa.schema(
    [
        ("series", pa.int64()),
        ("since", pa.date32()),
        ("raised_at", pa.date32()),
        ("ratio", pa.float64()),
        ("e_value", pa.float64()),
        ("arm", pa.string()),
        ("count", pa.int64()),
        ("expected", pa.float64()),
    ]
)


def detect(
    counts: Any,
    *,
    dates: Any,
    exposure: Any = None,
    false_alerts_per_month: float = 2.0,
    watch_from: Any = None,
    special: Any = None,
) -> pa.Table:
    """Return the alerts that watching these series day by day would have raised.

    Each alert uses only what was known on the day it was raised. A rise is raised once, and again
    only when it grows. The first eight whole weeks are history and never raise.

    Args:
        counts: Events (series, days); one series may be given flat, and a table has a column a
            series. NaN: not observed.
        dates: The day of each column, without gaps.
        exposure: Orders or active customers a day, for all series or for each.
        false_alerts_per_month: How many false alerts a month all rows together may raise.
        watch_from: First day to watch; the days before are history only. A nightly run watches
            the last weeks of a long history.
        special: Days unlike others (holidays, sales): a dictionary of day and name. What a day of
            that name brought before is expected of it again; the first of its kind is not watched.

    Returns:
        One row an alert, in order of ``raised_at``, then falling ``e_value``: ``series`` (row
        number), ``since`` (first day of the rise), ``raised_at``, ``ratio`` (count over
        expected since then), ``e_value`` (evidence; raised at 30 x series /
        false_alerts_per_month), ``arm`` (rise or spike), ``count`` and ``expected`` since then.

    Raises:
        InputError: Counts, dates, exposure or the number of false alerts cannot be taken.
    """
    matrix = count_matrix(counts)
    days = day_axis(dates, matrix.shape[1], step=1)
    limit = MONTH * len(matrix) / positive(false_alerts_per_month, "false_alerts_per_month")
    if limit <= 1:
        raise InputError(
            f"false_alerts_per_month is {false_alerts_per_month:g} for {len(matrix)} series",
            hint="more than one false alert a series and day says nothing; give a smaller number",
        )
    first = days[0] if watch_from is None else one_day(watch_from, "watch_from")
    load = exposure_matrix(exposure, matrix.shape)
    if special:
        usual = factors(matrix, days, special, load)
        load = usual if load is None else load * usual
    frame = Calendar(days, max(0, int((first - days[0]).astype(int))))
    shape = _common_weekdays(matrix, load, frame)
    found = []
    for start in range(0, len(matrix), BLOCK):
        block = slice(start, start + BLOCK)
        part = load if load is None or len(load) == 1 else load[block]
        found += _watch(matrix[block], part, frame, shape, limit, start)
    return _table(found, days)


@dataclass(frozen=True)
class Calendar:
    """Days, or hours, laid out in whole weeks from the Monday on or before the first day.

    Attributes:
        days: The times, without gaps.
        watched: Place of the first that is watched.
        week: How many make a week.
    """

    days: Days
    watched: int
    week: int = 7

    @property
    def lead(self) -> int:
        """Days (hours) of the first week that lie before the data."""
        return int((self.days[0].astype(int) + 3 * self.week // 7) % self.week)

    @property
    def weeks(self) -> int:
        return -(-(self.lead + len(self.days)) // self.week)

    @property
    def first_whole(self) -> int:
        return 1 if self.lead else 0

    @property
    def first_judged(self) -> int:
        """The first week with enough weeks before it."""
        return self.first_whole + LEAST + GUARD

    def cut(self, values: Floats) -> Floats:
        """Return (rows, days) as (rows, weeks, days a week), NaN outside the data."""
        out = np.full((len(values), self.weeks * self.week), np.nan)
        out[:, self.lead : self.lead + len(self.days)] = values
        return out.reshape(len(values), self.weeks, self.week)


def first_watched(days: Days) -> int:
    """Return the place of the first day on which an alert can be raised."""
    frame = Calendar(days, 0)
    return frame.first_judged * 7 - frame.lead


def laid_out(counts: Floats, exposure: Floats | None, frame: Calendar) -> tuple[Floats, Floats]:
    """Return counts and exposure by week, both zero where nothing was observed."""
    cut = frame.cut(counts)
    seen = ~np.isnan(cut)
    if exposure is None:
        common = frame.cut(np.ones((1, counts.shape[1])))
        inside = ~np.isnan(common)
        load = np.nan_to_num(common) if (seen == inside).all() else seen.astype(float)
    else:
        load = np.nan_to_num(frame.cut(exposure))
        if load.shape[0] != 1 or not (seen | (load == 0)).all():
            load = load * seen
    # Days of a first part week are dropped: a fit takes whole weeks.
    if frame.first_whole:
        load[:, 0] = 0.0
    return np.where(seen & (load > 0), np.nan_to_num(cut), 0.0), load


def _common_weekdays(counts: Floats, exposure: Floats | None, frame: Calendar) -> Floats:
    """Return the weekday profile over all series as known after each week (weeks, 7).

    Each series' week counts alike as soon as it holds some events, so that no large series rules.
    """
    total = np.zeros((frame.weeks, 7))
    for start in range(0, len(counts), BLOCK):
        block = slice(start, start + BLOCK)
        part = exposure if exposure is None or len(exposure) == 1 else exposure[block]
        y, load = laid_out(counts[block], part, frame)
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = np.where(load > 0, y / load, 0.0)
        whole = (load > 0).all(2, keepdims=True)
        total += (whole * rate / (rate.sum(2, keepdims=True) + 7.0)).sum(0)
    running = np.cumsum(total, axis=0) + 1e-9
    shape = running / running.mean(1, keepdims=True)
    events = running.sum(1, keepdims=True)
    out: Floats = (shape * events + 2.0) / (events + 2.0)
    return out


@dataclass
class _State:
    """What is carried from day to day, one entry a series."""

    rises: Rises
    wild: Floats
    near: Floats

    @classmethod
    def of(cls, series: int) -> _State:
        return cls(Rises.of(series), np.ones(series), np.zeros((2, series)))


@dataclass
class _Alert:
    """What one day raised: one entry an alert but for the day."""

    day: int
    series: Floats
    since: Floats
    ratio: Floats
    e_value: Floats
    rise: Floats
    count: Floats
    expected: Floats


_PER_SERIES = ("series", "since", "ratio", "e_value", "rise", "count", "expected")


def _watch(
    counts: Floats, exposure: Floats | None, frame: Calendar, shape: Floats, limit: float, at: int
) -> list[_Alert]:
    y, load = laid_out(counts, exposure, frame)
    weeks = Weeks(y[:, frame.first_whole :], load[:, frame.first_whole :])
    state = _State.of(len(counts))
    base: Baseline | None = None
    skill: Skill | None = None
    alerts: list[_Alert] = []
    earliest = max(frame.first_judged, (frame.lead + frame.watched) // 7)
    for week in range(earliest, frame.weeks):
        tried = week // SKILL_EVERY * SKILL_EVERY
        if skill is None or tried == week:
            skill = weeks.skill(tried - frame.first_whole, shape[max(tried - GUARD - 1, 0)])
        before = None if base is None else base.coef
        base = weeks.baseline(week - frame.first_whole, shape[week - GUARD - 1], before, skill)
        for weekday in range(7):
            day = week * 7 + weekday - frame.lead
            if frame.watched <= day < len(frame.days):
                seen = load[:, week, weekday]
                expected = base.daily[:, weekday] * seen
                found = _one_day(state, y[:, week, weekday], expected, base, limit, day)
                if found is not None:
                    found.series = found.series + at
                    alerts.append(found)
    return alerts


def _one_day(
    state: _State, count: Floats, expected: Floats, base: Baseline, limit: float, day: int
) -> _Alert | None:
    """Take in one day of all series; return what it raises."""
    phi = base.dispersion
    state.rises.take(count, expected, wandering(base), phi, day)
    state.wild = 1.0 + SPIKE_KEEP * (state.wild - 1.0)
    rise = (1.0 - SPIKE_SHARE) * state.rises.e_value
    spike = np.zeros(len(count))
    # Far below the mean plus two deviations no tail can be small enough.
    likely = np.flatnonzero(
        (count >= SPIKE_LEAST) & (count > expected + 2.0 * np.sqrt(phi * expected))
    )
    if len(likely):
        local, error = _near_level(
            state.near[:, likely], phi[likely], (base.error + base.drift)[likely]
        )
        raised = np.maximum(state.rises.known, state.wild)[likely]
        mean = expected[likely] * np.maximum(local, raised)
        spread = phi[likely] + mean * error
        spike[likely] = SPIKE_SHARE / np.maximum(upper_tail(count[likely], mean, spread), 1e-300)
    state.near = NEAR_KEEP * state.near + np.stack([count, expected])
    hit = np.flatnonzero((rise >= limit) | (spike >= limit))
    if not len(hit):
        return None
    return _raise(state, hit, rise[hit], spike[hit], count[hit], expected[hit], phi[hit], day)


def _near_level(near: Floats, phi: Floats, error: Floats) -> tuple[Floats, Floats]:
    """Return the level of the last fortnight over the baseline, at least one, and its variance.

    A spike stands out from the days around it, not only from a baseline that may have wandered.
    """
    prior = phi / np.maximum(error, 1e-6)
    ratio = (near[0] + prior) / (near[1] + prior)
    return np.maximum(ratio, 1.0), phi / (near[1] + prior) + 4e-4


def _raise(
    state: _State,
    hit: Any,
    rise: Floats,
    spike: Floats,
    count: Floats,
    expected: Floats,
    phi: Floats,
    day: int,
) -> _Alert:
    began, sums = state.rises.since(hit)
    # What one day alone did is a spike, whichever arm saw it.
    lasting = (rise >= spike) & (began < day)
    since = np.where(lasting, began, day)
    seen = np.where(lasting, sums[:, 0], count)
    hoped = np.where(lasting, sums[:, 1], expected)
    ratio = seen / np.maximum(hoped, 1e-12)
    state.rises.told(hit, lasting, ratio, phi)
    again = np.maximum(ratio, 1.0)
    state.wild[hit] = np.maximum(np.where(lasting, 1.0, again), state.wild[hit])
    return _Alert(
        day, hit, since, ratio, np.maximum(rise, spike), lasting.astype(float), seen, hoped
    )


def _table(found: list[_Alert], days: Days) -> pa.Table:
    if not found:
        return ALERTS.empty_table()
    parts = {name: np.concatenate([getattr(one, name) for one in found]) for name in _PER_SERIES}
    raised = np.concatenate([np.full(len(one.series), one.day) for one in found])
    order = np.lexsort((parts["series"], -parts["e_value"], raised))
    columns = {
        "series": parts["series"],
        "since": days[parts["since"].astype(int)],
        "raised_at": days[raised],
        "ratio": parts["ratio"],
        "e_value": parts["e_value"],
        "arm": np.where(parts["rise"] > 0, "rise", "spike"),
        "count": np.rint(parts["count"]).astype(np.int64),
        "expected": parts["expected"],
    }
    return pa.table({k: pa.array(v[order]) for k, v in columns.items()}, schema=ALERTS)
