"""The chain of a period and a theme: its links, what went public, and whom a fault met again."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from goodwill.figures import Figure, ratio
from goodwill.generations import Reader
from goodwill.report.chain_shapes import ChainPage, PublicComplaint
from goodwill.report.foreseen import foresee
from goodwill.report.links import chain_links
from goodwill.report.scope import Scope, asked_for
from goodwill.report.shapes import Gauge, Link
from goodwill.report.signals import public_complaint_sql
from goodwill.settings import Settings

WARNING_DAYS = 60
"""Private contacts of the customer so many days before a public one are its warnings."""
_AGAIN = """
    SELECT count(DISTINCT customer_no) FILTER (n >= 2) AS twice,
        count(DISTINCT customer_no) FILTER (n >= 3) AS thrice,
        coalesce(sum(n) FILTER (n >= 2), 0) AS twice_events,
        coalesce(sum(n) FILTER (n >= 3), 0) AS thrice_events
    FROM mine
"""


def links_within(
    reader: Reader,
    settings: Settings,
    *,
    since: date | None = None,
    until: date | None = None,
    theme_id: int | None = None,
    segment: str = "",
) -> tuple[Link, ...]:
    """Return the links of the chain of a period, a theme and a segment, as `chain` has them."""
    scope, _ = asked_for(
        reader, settings.time_zone, since, until, theme_id, parts={"segment": segment}
    )
    return _links(reader, settings, scope)


def _links(reader: Reader, settings: Settings, scope: Scope) -> tuple[Link, ...]:
    return chain_links(reader, settings.currency, scope)


def chain(
    reader: Reader,
    settings: Settings,
    *,
    since: date | None = None,
    until: date | None = None,
    theme_id: int | None = None,
    segment: str = "",
    offset: int = 0,
    limit: int = 20,
) -> ChainPage:
    """Return the chain of the promises that fell due in a period, and what went public in it.

    Args:
        reader: The generation.
        settings: Of the Book.
        since: First day, of the Book's time zone; None from the start.
        until: Last day; None to the end.
        theme_id: Only promises and public contacts of this theme. Delivery dates carry no theme
            and are then left out.
        segment: Only customers of this segment, by their orders so far.
        offset: Public complaints to pass over, newest first.
        limit: Public complaints to return at most.

    Raises:
        InputError: The period ends before it begins.
        NotFound: No theme has that id.
    """
    scope, theme = asked_for(
        reader, settings.time_zone, since, until, theme_id, parts={"segment": segment}
    )
    if scope.timed:
        foresee(
            reader,
            partial(_complaints, reader, scope, offset, limit),
            partial(_links, reader, settings, scope),
            partial(_repeated, reader, scope),
        )
    complaints, total = _complaints(reader, scope, offset, limit)
    return ChainPage(
        since=since,
        until=until,
        theme_id=theme_id,
        theme=theme,
        links=_links(reader, settings, scope),
        repeated=_repeated(reader, scope),
        complaints=complaints,
        total=total,
        offset=offset,
    )


def _complaints(
    reader: Reader, scope: Scope, offset: int, limit: int
) -> tuple[tuple[PublicComplaint, ...], int]:
    """Return public complaints, newest first, each with the private contacts before it.

    `public_complaint_sql` says which these are.
    """
    where, values = scope.where("at")
    complaint = f'"at" IS NOT NULL AND {public_complaint_sql()} AND {where}'
    total = reader.rows(f"SELECT count(*) FROM {scope.contacts} m WHERE {complaint}", values)[0][0]
    rows = reader.dicts(
        f"""
        WITH chosen AS (
            SELECT source, contact_id, customer_id, customer_no, theme_id, "at", channel, text
            FROM messages m WHERE {complaint}
            ORDER BY "at" DESC, source, contact_id LIMIT ? OFFSET ?
        ),
        before AS (
            SELECT c.source, c.contact_id, count(*) AS private,
                count(*) FILTER (m.answered) AS answered, min(m.at) AS first_at,
                max(m.at) AS last_at, max(m.at) FILTER (NOT m.answered) AS unanswered_at
            FROM chosen c
            JOIN messages m ON m.customer_no = c.customer_no
                AND m.direction = 'in' AND NOT coalesce(m.public, false) AND m.at < c.at
                AND m.at >= c.at - INTERVAL {WARNING_DAYS} DAY
            GROUP BY c.source, c.contact_id
        ),
        promised AS (
            SELECT c.source, c.contact_id, count(*) AS broken, max(p.due_at) AS broken_at
            FROM chosen c
            JOIN promises p ON p.customer_no = c.customer_no AND p.due_at < c.at
                AND p.due_at >= c.at - INTERVAL {WARNING_DAYS} DAY
                AND p.status IN ('broken', 'overdue')
            GROUP BY c.source, c.contact_id
        ),
        spoken AS (
            SELECT c.source, c.contact_id, arg_max(m.text, m.at) AS answer, max(m.at) AS answer_at
            FROM chosen c
            JOIN messages m ON m.customer_no = c.customer_no AND m.direction = 'out'
                AND m.at < c.at AND m.at >= c.at - INTERVAL {WARNING_DAYS} DAY
            GROUP BY c.source, c.contact_id
        )
        SELECT c.*, h.label AS theme, coalesce(b.private, 0) AS private,
            coalesce(b.answered, 0) AS answered, b.first_at, b.last_at, b.unanswered_at,
            coalesce(p.broken, 0) AS broken, p.broken_at, s.answer, s.answer_at
        FROM chosen c
        LEFT JOIN before b ON b.source = c.source AND b.contact_id = c.contact_id
        LEFT JOIN promised p ON p.source = c.source AND p.contact_id = c.contact_id
        LEFT JOIN spoken s ON s.source = c.source AND s.contact_id = c.contact_id
        LEFT JOIN themes h ON h.theme_id = c.theme_id
        ORDER BY c."at" DESC, c.source, c.contact_id
        """,
        [*values, limit, offset],
    )
    return tuple(_complaint(row) for row in rows), total


def _complaint(row: dict[str, Any]) -> PublicComplaint:
    """Return one public complaint, with the last point at which it could have been saved."""
    points = [
        (row["broken_at"], "a promise to the customer fell due and was broken"),
        (row["unanswered_at"], "the customer wrote and was not answered"),
        (row["last_at"], "the customer wrote privately for the last time"),
    ]
    # Of two at one moment the first says more; the last moment counts.
    saved = max((p for p in points if p[0]), key=lambda p: p[0], default=(None, ""))
    warning = (row["at"] - row["first_at"]).total_seconds() / 86400 if row["first_at"] else None
    return PublicComplaint(
        source=row["source"],
        contact_id=row["contact_id"],
        customer_id=row["customer_id"],
        at=row["at"],
        channel=row["channel"] or "",
        text=row["text"] or "",
        theme_id=row["theme_id"],
        theme=row["theme"] or "",
        private_contacts=row["private"],
        answered=row["answered"],
        broken_promises=row["broken"],
        warning_days=round(warning, 1) if warning is not None else None,
        answer=row["answer"] or "",
        answer_at=row["answer_at"],
        saved_at=saved[0],
        saved_by=saved[1],
    )


def _repeated(reader: Reader, scope: Scope) -> tuple[Gauge, ...]:
    """Return how many people met the same fault twice and three times."""
    promises, due = scope.where("due_at")
    contacts, asked = scope.where("at")
    gauges = []
    episodes = reader.dicts(
        f"""
        WITH mine AS (
            SELECT customer_no, theme_id, count(DISTINCT episode_id) AS n
            FROM {scope.contacts}
            WHERE direction = 'in' AND episode_id IS NOT NULL AND {contacts}
            GROUP BY customer_no, theme_id
        )
        {_AGAIN}
        """,
        asked,
    )[0]
    known = reader.rows(
        f"""
        SELECT count(episode_id), count(*) FROM {scope.contacts}
        WHERE direction = 'in' AND {contacts}
        """,
        asked,
    )[0]
    broken = reader.dicts(
        f"""
        WITH mine AS (
            SELECT customer_no, what, count(*) AS n FROM promises
            WHERE status IN ('broken', 'overdue') AND customer_id IS NOT NULL AND {promises}
            GROUP BY customer_no, what
        )
        {_AGAIN}
        """,
        due,
    )[0]
    whose = reader.rows(
        f"""
        SELECT count(customer_id), count(*) FROM promises
        WHERE status IN ('broken', 'overdue') AND {promises}
        """,
        due,
    )[0]
    for row, coverage, name, label in (
        (episodes, ratio(*known), "same_problem", "had the same problem"),
        (broken, ratio(*whose), "same_promise", "had the same kind of promise broken"),
    ):
        for times, said in (("twice", "twice or more"), ("thrice", "three times or more")):
            figure = Figure(
                row[times],
                "people",
                f"{name}_{times}",
                people=row[times],
                events=int(row[f"{times}_events"]),
                coverage=coverage,
            )
            gauges.append(Gauge(f"{name}_{times}", f"People who {label} {said}", figure))
    return tuple(gauges)
