"""Early warning by the hour, for series that are dense enough to tell within a day.

The weeks are fitted as for days; what an hour should bring is the week's level times the profile
of the 168 hours of a week, each series' own, drawn to the product of its weekdays and its hours of
the day. Hours of one day go together more than chance: how much a third of a shift, half a day and
a day wander about their week is measured and widens the tolerance. The arm for rises that stay
runs hour by hour; there is none for spikes, since a burst of hours is a rise to it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from goodwill.days import MONTH
from goodwill.errors import InputError
from goodwill.watch._inputs import Days, Floats, count_matrix, exposure_matrix, plain, positive
from goodwill.watch._rise import Rises, wandering
from goodwill.watch._skill import Skill
from goodwill.watch.baseline import GUARD, PRIOR_EVENTS, PRIOR_PHI, Baseline, Weeks
from goodwill.watch.detection import SKILL_EVERY, Calendar, laid_out

DAY, WEEK = 24, 168
"""Hours."""
FEWEST = 10
"""Contacts that an alert must have."""
RECENT = 26
"""Weeks from which the profile is taken: opening hours change."""
SLOT_PRIOR, EVEN = 2.0, 0.05
"""Events that weekday times hour of the day weigh in an hour of the week; their even part."""
TOGETHER = (3, 6, 24)
"""Hours that may wander together."""

ALERTS = pa.schema(
    [
        ("series", pa.int64()),
        ("since", pa.timestamp("s")),
        ("raised_at", pa.timestamp("s")),
        ("ratio", pa.float64()),
        ("e_value", pa.float64()),
        ("count", pa.int64()),
        ("expected", pa.float64()),
    ]
)


def detect_hourly(
    counts: Any,
    *,
    hours: Any,
    exposure: Any = None,
    false_alerts_per_month: float = 2.0,
    watch_from: Any = None,
) -> pa.Table:
    """Return the alerts that watching these series hour by hour would have raised.

    For series with some five events or more in each hour of their busy hours; others are for
    `detect`. Each alert uses only what was known at the end of the hour it was raised in. A rise is
    raised once, and again only when it grows. The first eight whole weeks are history.

    Args:
        counts: Events (series, hours); one series may be given flat. NaN: not observed.
        hours: When each column begins, in local time without zone, without gaps.
        exposure: Orders, active customers, or parts of an hour that were (clocks that change), for
            all series or for each.
        false_alerts_per_month: How many false alerts a month all rows together may raise.
        watch_from: First hour to watch; the hours before are history only.

    Returns:
        One row an alert, in order of ``raised_at``, then falling ``e_value``: ``series`` (row
        number), ``since`` (begin of the first hour of the rise), ``raised_at`` (end of the last
        hour that it took), ``ratio`` (count over expected since then), ``e_value`` (evidence;
        raised at 30 x series / false_alerts_per_month, as by days), ``count`` and ``expected``.

    Raises:
        InputError: Counts, hours, exposure or the number of false alerts cannot be taken.
    """
    matrix = count_matrix(counts)
    axis = _hour_axis(hours, matrix.shape[1])
    limit = MONTH * len(matrix) / positive(false_alerts_per_month, "false_alerts_per_month")
    if limit <= 1:
        raise InputError(
            f"false_alerts_per_month is {false_alerts_per_month:g} for {len(matrix)} series",
            hint="more than one false alert a series and day says nothing; give a smaller number",
        )
    begin = axis[0] if watch_from is None else _as_hours([watch_from], "watch_from")[0]
    frame = Calendar(axis, max(0, int((begin - axis[0]).astype(int))), WEEK)
    return _watch(matrix, exposure_matrix(exposure, matrix.shape), frame, limit)


def first_watched_hour(hours: Days) -> int:
    """Return the place of the first hour in which an alert can be raised."""
    frame = Calendar(hours, 0, WEEK)
    return frame.first_judged * WEEK - frame.lead


def _as_hours(values: Any, name: str) -> Days:
    try:
        out = np.asarray(plain(values), "datetime64[s]")
    except (TypeError, ValueError) as fault:
        raise InputError(
            f"{name} cannot be read: {fault}", hint="give times such as 2015-02-21T13:00"
        ) from None
    whole = out.astype("datetime64[h]")
    if out.ndim != 1 or np.isnat(out).any() or (whole != out).any():
        raise InputError(f"{name} are no whole hours", hint="give times such as 2015-02-21T13:00")
    return whole


def _hour_axis(values: Any, length: int) -> Days:
    hours = _as_hours(values, "hours")
    if len(hours) != length:
        raise InputError(
            f"{len(hours)} hours for {length} columns of counts", hint="give one for each column"
        )
    gaps = np.flatnonzero(np.diff(hours) != np.timedelta64(1, "h"))
    if len(gaps):
        raise InputError(
            f"hours go from {hours[gaps[0]]} to {hours[gaps[0] + 1]}",
            hint="put in the missing hours, with NaN where nothing was observed",
        )
    return hours


def _watch(counts: Floats, exposure: Floats | None, frame: Calendar, limit: float) -> pa.Table:
    y, load = laid_out(counts, exposure, frame)
    weeks = HourWeeks(y[:, frame.first_whole :], load[:, frame.first_whole :])
    even = np.ones(WEEK)
    rises = Rises.of(len(counts))
    base: Baseline | None = None
    skill: Skill | None = None
    rows: list[dict[str, Any]] = []
    for week in range(max(frame.first_judged, (frame.lead + frame.watched) // WEEK), frame.weeks):
        tried = week // SKILL_EVERY * SKILL_EVERY
        if skill is None or tried == week:
            skill = weeks.skill(tried - frame.first_whole, even)
        before = None if base is None else base.coef
        base = weeks.baseline(week - frame.first_whole, even, before, skill)
        spread = wandering(base)
        expected = base.daily * load[:, week]
        for slot in range(WEEK):
            at = week * WEEK + slot - frame.lead
            if not frame.watched <= at < len(frame.days):
                continue
            rises.take(y[:, week, slot], expected[:, slot], spread, base.dispersion, at)
            hit = np.flatnonzero(rises.e_value >= DAY * limit)
            if len(hit):
                rows += _raise(rises, hit, base.dispersion, at, frame.days)
    rows.sort(key=lambda row: (row["raised_at"], -row["e_value"], row["series"]))
    return pa.Table.from_pylist(rows, schema=ALERTS)


def _raise(rises: Rises, hit: Any, phi: Floats, at: int, hours: Days) -> list[dict[str, Any]]:
    began, sums = rises.since(hit)
    enough = sums[:, 0] >= FEWEST
    hit, began, sums = hit[enough], began[enough], sums[enough]
    e_value = rises.e_value[hit] / DAY
    ratio = sums[:, 0] / np.maximum(sums[:, 1], 1e-12)
    rises.told(hit, np.ones(len(hit), bool), ratio, phi[hit])
    return [
        {
            "series": int(hit[n]), "since": hours[int(began[n])].astype("datetime64[s]").item(),
            "raised_at": (hours[at] + 1).astype("datetime64[s]").item(), "ratio": float(ratio[n]),
            "e_value": float(e_value[n]), "count": round(float(sums[n, 0])),
            "expected": float(sums[n, 1]),
        }
        for n in range(len(hit))
    ]  # fmt: skip


class HourWeeks(Weeks):
    """Counts cut into whole weeks of 168 hours, Monday 0:00 first."""

    def baseline(self, week: int, shape: Floats, before: Floats | None, skill: Skill) -> Baseline:
        """Return the forecast of a week; hours that wander together are part of its drift."""
        base = super().baseline(week, shape, before, skill)
        profile = base.daily / np.maximum(base.daily.mean(1, keepdims=True), 1e-12)
        return replace(base, drift=base.drift + self._together(week - GUARD, profile))

    def _weekday(self, span: slice, weight: Floats, rate: Floats, shape: Floats) -> Floats:
        """Return each series' profile of the hours of a week, mean one (series, 168)."""
        last = slice(max(span.start, span.stop - RECENT), span.stop)
        weeks = last.stop - last.start
        events, expected = self.by_weekday(last, weight[:, -weeks:], rate[:, -weeks:])
        by_day = (len(events), 7, DAY)
        day = _share(events.reshape(by_day).sum(2), expected.reshape(by_day).sum(2), 1.0)
        hour = _share(events.reshape(by_day).sum(1), expected.reshape(by_day).sum(1), 1.0)
        prior = (day[:, :, None] * hour[:, None, :]).reshape(len(events), WEEK)
        prior = (1.0 - EVEN) * prior / prior.mean(1, keepdims=True) + EVEN
        out = _share(events, expected, prior)
        out /= out.mean(1, keepdims=True)
        return out

    def _dispersion(self, span: slice, weight: Floats, weekday: Floats, load: Floats) -> Floats:
        """Return the dispersion of hours around their week's own total and the profile."""
        weeks = min(span.stop - span.start, RECENT)
        weight, sums = weight[:, -weeks:], self.sums[:, span.stop - weeks : span.stop]
        top = self._misses(span.stop, weeks, weekday, 1)[0]
        events = (weight * sums).sum(1)
        phi = ((weight * top).sum(1) / (WEEK - 1) + PRIOR_PHI * PRIOR_EVENTS) / (
            events + PRIOR_EVENTS
        )
        # The profile itself is known from so many weeks only, and was fitted to them.
        unsure = (weeks + 1) / (weeks - 1)
        out: Floats = np.maximum(phi, 1.0) * (1.0 + np.sqrt(phi / (events + PRIOR_EVENTS))) * unsure
        return out

    def _together(self, stop: int, profile: Floats) -> Floats:
        """Return the variance of the log by which neighbouring hours wander together (series,)."""
        weeks = min(stop, RECENT)
        sums = self.sums[:, stop - weeks : stop]
        total = np.maximum(sums.sum(1), 1.0)
        single = self._misses(stop, weeks, profile, 1)[0].sum(1) / ((WEEK - 1) * total)
        out = np.zeros(len(sums))
        for hours in TOGETHER:
            misses, uneven = self._misses(stop, weeks, profile, hours)
            # With a common factor of variance v, a block's dispersion is that of its hours plus
            # v times its mean.
            over = misses.sum(1) - (WEEK // hours - 1) * single * total
            out = np.maximum(out, over / np.maximum((sums**2 * uneven).sum(1), 1.0))
        return out

    def _misses(self, stop: int, weeks: int, profile: Floats, hours: int) -> tuple[Floats, Floats]:
        """Return sum (y - O s)^2 / s and 1 - sum s^2 over each week's blocks (series, weeks)."""
        span = slice(stop - weeks, stop)
        share = profile[:, None, :] * self.exposure[:, span]
        share = share / np.maximum(share.sum(2, keepdims=True), 1e-12)
        blocks = (len(profile), weeks, WEEK // hours, hours)
        s, y = share.reshape(blocks).sum(3), self.counts[:, span].reshape(blocks).sum(3)
        miss = (y - self.sums[:, span, None] * s) ** 2
        return (miss / np.maximum(s, 1e-9) * (s > 0)).sum(2), 1.0 - (s**2).sum(2)


def _share(events: Floats, expected: Floats, prior: Any) -> Floats:
    """Return events over expected, drawn to the prior."""
    scale = expected.mean(1, keepdims=True) + 1e-12
    seen = expected > 0
    below = np.where(seen, expected * (1.0 + SLOT_PRIOR / scale), 1.0)
    out: Floats = np.where(seen, (events + SLOT_PRIOR * prior) / below, prior)
    return out
