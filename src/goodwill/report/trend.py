"""Whether a problem rises or falls: its contacts of the last 13 weeks beside the 13 before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from goodwill.figures import Figure, wilson
from goodwill.generations import Reader

SPAN = timedelta(weeks=13)
FEWEST = 20
"""Contacts of both spans together below which nothing is said."""
_SHORT = "There are not 26 weeks of contacts yet."
LEVEL = 1.5
"""A trend is level where its interval lies between 1 over this and this."""


def trends(reader: Reader) -> dict[int, Figure]:
    """Return by theme how many times as many contacts came in the last 13 weeks as before them.

    The interval takes contacts to come each by itself: given how many came in both spans, those
    of the later one are a share of them, whose Wilson interval becomes that of the ratio.
    """
    now = reader.as_of
    if now is None:
        return {}
    middle, begin = now - SPAN, now - 2 * SPAN
    first = reader.rows('SELECT min("at") FROM contacts_by_time')[0][0]
    short = first is None or first > begin
    rows = reader.rows(
        """
        SELECT theme_id, count(*) FILTER ("at" > $1), count(*) FILTER ("at" <= $1),
            count(DISTINCT customer_no)
        FROM contacts_by_time WHERE theme_id IS NOT NULL AND "at" > $2 AND "at" <= $3
        GROUP BY theme_id ORDER BY theme_id
        """,
        [middle, begin, now],
    )
    return {
        int(theme): _figure(
            int(theme), int(late), int(early), int(people), short,
            {"at>": begin.isoformat(), "at<=": now.isoformat()},
        )
        for theme, late, early, people in rows
    }  # fmt: skip


def _figure(
    theme_id: int, late: int, early: int, people: int, short: bool, span: dict[str, str]
) -> Figure:
    records = {"table": "messages", "where": {"theme_id": theme_id, "direction": "in", **span}}
    both = late + early
    told = Figure(None, "times", "trend", people=people, events=both, coverage=1.0, records=records)
    if short or both < FEWEST:
        few = f"Too few: {both} contacts in 26 weeks, and it takes {FEWEST}."
        return replace(told, reason=_SHORT if short else few)
    low, high = wilson(late, both)
    told = replace(told, low=low / (1 - low))
    if not early:
        return replace(told, reason="None came in the 13 weeks before: it is new.")
    return replace(told, value=late / early, high=high / (1 - high))


def quiet(theme_id: int) -> Figure:
    """Return the trend of a theme that nobody wrote about in both spans."""
    return _figure(theme_id, 0, 0, 0, False, {})


def trend_word(figure: Figure) -> str:
    """Return a trend as a word, with an arrow where it has a direction.

    >>> trend_word(Figure(1.4, "times", "trend", low=1.1, high=1.8))
    '↑ rising'
    >>> trend_word(Figure(1.1, "times", "trend", low=0.8, high=1.5))
    'level'
    >>> trend_word(Figure(2.0, "times", "trend", low=0.9, high=4.4))
    'unclear'
    >>> trend_word(Figure(None, "times", "trend", reason="Too few ..."))
    'too few'
    """
    low, high = figure.low, figure.high
    if low is None:
        return "too early" if figure.reason == _SHORT else "too few"
    if figure.value is None:
        return "new"
    if low > 1:
        return "↑ rising"
    if high is not None and high < 1:
        return "↓ falling"
    return "level" if high is not None and low >= 1 / LEVEL and high <= LEVEL else "unclear"
