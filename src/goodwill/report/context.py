"""Gauges of context: how much came in, by which channels, and what the season brings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from goodwill.figures import Figure, count_figure, ratio, wilson
from goodwill.generations import Reader
from goodwill.report.shapes import Gauge

DAYS = 28
"""Days of a window: whole weeks, so that weekdays do not differ."""
YEAR = 364
"""Days of a year in whole weeks."""
MOST_CHANNELS = 4
LEAST_BEFORE = 20
"""Contacts of a window of the year before that a season is read from, at the least."""


def volumes(reader: Reader, as_of: datetime | None) -> tuple[Gauge, ...]:
    """Return the contacts of the last four weeks by channel, the largest first."""
    if as_of is None:
        return ()
    since, before = as_of - timedelta(DAYS), as_of - timedelta(2 * DAYS)
    rows = reader.dicts(
        """
        SELECT channel, count(*) FILTER ("at" > $1) AS now,
            count(*) FILTER ("at" <= $1) AS before,
            count(DISTINCT customer_no) FILTER ("at" > $1) AS people,
            count(customer_no) FILTER ("at" > $1) AS known
        FROM messages
        WHERE direction = 'in' AND channel IS NOT NULL AND "at" > $2 AND "at" <= $3
        GROUP BY channel ORDER BY now DESC, channel
        """,
        [since, before, as_of],
    )
    # One channel alone is what the gauge of all contacts says already.
    return tuple(_volume(row, since) for row in rows[:MOST_CHANNELS]) if len(rows) > 1 else ()


def _volume(row: dict[str, Any], since: datetime) -> Gauge:
    where = {"direction": "in", "channel": row["channel"], "at>": since.isoformat()}
    figure = count_figure(
        row["now"], "contacts", "contacts_by_channel", people=row["people"],
        coverage=ratio(row["known"], row["now"]), records={"table": "messages", "where": where},
    )  # fmt: skip
    note = f"last {DAYS} days"
    if row["before"]:
        note += f"; {row['now'] / row['before'] - 1:+.0%} on the {DAYS} days before"
    label = f"Contacts by {row['channel'].replace('_', ' ')}"
    return Gauge(f"contacts_{row['channel']}", label, figure, note)


def season(reader: Reader, as_of: datetime | None) -> tuple[Gauge, ...]:
    """Return the last four weeks beside those of the year before, and what came after these.

    What came after tells what the season brings only as far as this year is like the last one; the
    interval is that of chance alone (a ratio of two counts, by Wilson's interval of a share).
    """
    ago = (YEAR + DAYS, YEAR, YEAR - DAYS, DAYS)
    windows = [as_of - timedelta(days) if as_of else None for days in ago]
    row = reader.dicts(
        """
        SELECT min("at") AS first_at,
            count(*) FILTER ("at" > $4) AS now,
            count(DISTINCT customer_no) FILTER ("at" > $4) AS people,
            count(*) FILTER ("at" > $1 AND "at" <= $2) AS then,
            count(DISTINCT customer_no) FILTER ("at" > $1 AND "at" <= $2) AS people_then,
            count(*) FILTER ("at" > $2 AND "at" <= $3) AS after,
            count(DISTINCT customer_no) FILTER ("at" > $1 AND "at" <= $3) AS people_both
        FROM messages WHERE direction = 'in' AND "at" <= $5
        """,
        [*windows, as_of],
    )[0]
    reason = ""
    if as_of is None or row["first_at"] is None or row["first_at"] > as_of - timedelta(YEAR + DAYS):
        reason = "The contacts do not reach back a year and four weeks."
    elif row["then"] < LEAST_BEFORE:
        reason = f"Fewer than {LEAST_BEFORE} contacts came in at that time a year before."
    return (
        Gauge("season_now", "Against the same weeks a year before",
              _times(row["now"], row["then"], "season_now", row["people"] + row["people_then"],
                     reason), f"contacts of {DAYS} days"),
        Gauge("season_ahead", "What the next weeks brought a year before",
              _times(row["after"], row["then"], "season_ahead", row["people_both"], reason),
              f"the {DAYS} days after, against the {DAYS} before"),
    )  # fmt: skip


def _times(part: int, whole: int, key: str, people: int, reason: str) -> Figure:
    """Return how many times as many contacts, with the interval of two counts of chance."""
    if reason:
        return Figure(None, "times", key, events=0, reason=reason)
    low, high = (share / (1 - share) for share in wilson(part, part + whole))
    return Figure(part / whole, "times", key, low=low, high=high, people=people,
                  events=part + whole, coverage=1.0)  # fmt: skip
