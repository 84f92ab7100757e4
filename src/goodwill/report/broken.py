"""Which kinds of promise were broken lately: what a process owner meets first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from goodwill.days import RECENT_DAYS
from goodwill.figures import Figure, count_figure, ratio
from goodwill.generations import Reader


@dataclass(frozen=True, slots=True)
class BrokenKind:
    """The broken promises of one kind, beside the four weeks before."""

    what: str
    """``delivery``, ``refund``, ``reply``, ``call`` and so on."""
    figure: Figure
    before: int
    """How many fell due and were broken in the four weeks before."""


def broken_lately(reader: Reader) -> tuple[BrokenKind, ...]:
    """Return by what was promised how many promises were broken lately, the most first."""
    as_of = reader.as_of
    if as_of is None:
        return ()
    since, before = as_of - timedelta(RECENT_DAYS), as_of - timedelta(2 * RECENT_DAYS)
    rows = reader.dicts(
        """
        SELECT what, count(*) FILTER (due_at > $1) AS now,
            count(*) FILTER (due_at <= $1) AS before,
            count(DISTINCT customer_no) FILTER (due_at > $1) AS people,
            count(customer_no) FILTER (due_at > $1) AS known
        FROM promises
        WHERE status IN ('broken', 'overdue') AND due_at > $2 AND due_at <= $3
        GROUP BY what ORDER BY now DESC, what
        """,
        [since, before, as_of],
    )
    return tuple(
        BrokenKind(
            row["what"],
            count_figure(
                row["now"],
                "promises",
                "promises_broken",
                people=row["people"],
                coverage=ratio(row["known"], row["now"]),
                records={
                    "table": "promises",
                    "where": {
                        "what": row["what"],
                        "status": ["broken", "overdue"],
                        "due_at>": since.isoformat(),
                        "due_at<=": as_of.isoformat(),
                    },
                },
            ),
            row["before"],
        )
        for row in rows
    )
