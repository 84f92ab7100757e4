"""The journeys of customers: who wrote, how their episodes went, and the paths they travelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from goodwill.figures import count_figure, ratio, share_figure
from goodwill.generations import Reader
from goodwill.report.effort import effort, waits
from goodwill.report.metric_shapes import GaugeGroup
from goodwill.report.metrics import repeats, replies
from goodwill.report.problem_shapes import TravelledPath
from goodwill.report.scope import Scope, asked_for, covered
from goodwill.report.shapes import Gauge
from goodwill.report.solved import ours
from goodwill.report.spread import median_of
from goodwill.settings import Settings

LONGEST = 8
"""Steps of a travelled path that are told; what comes after is left out."""
_NO_EPISODE = "No contact has a known customer and a theme."
_NOT_AT_REST = "No episode has come to rest."


@dataclass(frozen=True, slots=True)
class JourneysPage:
    """Customers, their episodes and their paths, of a period, a theme and a channel."""

    since: date | None
    until: date | None
    theme_id: int | None
    theme: str
    channel: str
    as_of: datetime | None
    groups: tuple[GaugeGroup, ...]
    paths: tuple[TravelledPath, ...]
    """The most travelled first."""
    total_paths: int

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as ``goodwill journeys --json`` prints them."""
        return {
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "theme_id": self.theme_id,
            "channel": self.channel,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "figures": {
                gauge.key: gauge.figure.as_dict() for group in self.groups for gauge in group.gauges
            },
            "total_paths": self.total_paths,
            "paths": [
                {
                    "steps": list(each.steps),
                    "cut": each.cut,
                    "share": each.share.as_dict(),
                    "length": each.length.as_dict(),
                }
                for each in self.paths
            ],
        }


def journeys(
    reader: Reader,
    settings: Settings,
    *,
    since: date | None = None,
    until: date | None = None,
    theme_id: int | None = None,
    channel: str = "",
    limit: int = 12,
) -> JourneysPage:
    """Return who wrote in a period, how their episodes went, and the paths they travelled.

    Args:
        reader: The generation.
        settings: Of the Book.
        since: First day, of the Book's time zone; None from the start.
        until: Last day; None to the end.
        theme_id: Only this theme; None for all.
        channel: Only what came by this channel (an episode by its first contact); empty for all.
        limit: Paths to return at most.

    Raises:
        InputError: The period ends before it begins.
        NotFound: No theme has that id, or no contact came by that channel.
    """
    scope, theme = asked_for(reader, settings.time_zone, since, until, theme_id, channel)
    seen = covered(reader, scope)
    inside = ratio(seen["inside"], seen["contacts"])
    paths, total = _paths(reader, scope, inside, limit)
    tried = effort(reader, scope, inside)
    first = [g for g in replies(reader, scope) if g.key.startswith("first_reply")]
    groups = (
        GaugeGroup("people", "Who wrote",
                   "All that is told of customers over all channels rests on known ones alone.",
                   _people(scope, seen)),
        GaugeGroup("episodes", "Their episodes",
                   "One customer, one problem, all channels. An open one counts as neither solved "
                   "nor unsolved.",
                   _episodes(reader, scope, inside)),
        GaugeGroup("repeats", "Wrote again", "Contacts with an earlier one of the same customer.",
                   repeats(reader, scope, seen)),
        GaugeGroup("channels", "Over channels", "Of episodes at rest.",
                   tuple(g for g in tried if g.key in ("channel_hop_share", "effort_hops"))),
        GaugeGroup("waits", "Waits",
                   "Medians: the first answer of a conversation, and the waits of whole episodes.",
                   (*first, *waits(reader, scope, inside))),
    )  # fmt: skip
    return JourneysPage(
        since=since,
        until=until,
        theme_id=theme_id,
        theme=theme,
        channel=channel,
        as_of=reader.as_of,
        groups=groups,
        paths=paths,
        total_paths=total,
    )


def theme_paths(
    reader: Reader, settings: Settings, theme_id: int, *, limit: int = 8
) -> tuple[TravelledPath, ...]:
    """Return the paths through channels and answers that most episodes of a theme took."""
    scope, _ = asked_for(reader, settings.time_zone, None, None, theme_id, "")
    seen = covered(reader, scope)
    return _paths(reader, scope, ratio(seen["inside"], seen["contacts"]), limit)[0]


def _people(scope: Scope, seen: dict[str, Any]) -> tuple[Gauge, ...]:
    records = {"table": "messages", "where": scope.records("at", direction="in")}
    unknown = {
        "table": "messages",
        "where": scope.records("at", direction="in", customer_id=None),
    }
    none = "" if seen["contacts"] else "No contacts came in yet."
    known = ratio(seen["known"], seen["contacts"])
    return (
        Gauge(
            "customers_who_wrote",
            "Customers who wrote",
            count_figure(
                seen["people"], "people", "customers_who_wrote", people=seen["people"],
                events=seen["known"], coverage=known, records=records, empty=none,
            ),
        ),
        Gauge(
            "contacts",
            "Contacts from customers",
            count_figure(
                seen["contacts"], "contacts", "contacts", people=seen["people"], coverage=known,
                records=records, empty=none,
            ),
        ),
        Gauge(
            "known_customers",
            "Contacts of a known customer",
            share_figure(
                seen["known"], seen["contacts"], "known_customers", people=seen["people"],
                coverage=1.0 if seen["contacts"] else None, records=unknown, empty=none,
            ),
        ),
    )  # fmt: skip


def _episodes(reader: Reader, scope: Scope, coverage: float | None) -> tuple[Gauge, ...]:
    where, values = scope.where("opened_at")
    row = reader.dicts(
        f"""
        SELECT count(*) AS episodes, count(DISTINCT customer_id) AS people,
            count(*) FILTER (status = 'open') AS open,
            count(DISTINCT customer_id) FILTER (status = 'open') AS open_people,
            count(*) FILTER (status = 'quiet') AS quiet,
            count(DISTINCT customer_id) FILTER (status = 'quiet') AS quiet_people,
            count(*) FILTER (status = 'quiet' AND public_at IS NOT NULL) AS public
        FROM episodes WHERE {where}
        """,
        values,
    )[0]
    solved, _ = ours(reader, scope, coverage)
    found = [
        Gauge(
            key,
            label,
            count_figure(
                row[count], "episodes", key, people=row[people], coverage=coverage,
                records={"table": "episodes", "where": scope.records("opened_at", **state)},
                empty="" if row["episodes"] else _NO_EPISODE,
            ),
        )
        for key, label, count, people, state in (
            ("episodes", "Episodes", "episodes", "people", {}),
            ("episodes_open", "Still open", "open", "open_people", {"status": "open"}),
            ("episodes_quiet", "At rest", "quiet", "quiet_people", {"status": "quiet"}),
        )
    ]  # fmt: skip
    went = share_figure(
        row["public"],
        row["quiet"],
        "episodes_public",
        people=row["quiet_people"],
        coverage=coverage,
        records={
            "table": "episodes",
            "where": scope.records("opened_at", status="quiet") | {"public_at!": None},
        },
        empty=_NOT_AT_REST,
    )
    return (
        *found,
        Gauge("first_contact_resolution", "Solved at first contact", solved, "of those at rest"),
        Gauge("episodes_public", "Went public", went, "of those at rest"),
    )


def _travelled_sql(where: str) -> str:
    """Return the SQL of the path of every episode at rest.

    A step is a contact (its channel, or ``in public``, and ``thanks`` where it is nothing else), an
    answer of a person or a bot. Answers in a row are one step, and so are the parts of a message.
    """
    return f"""
    WITH chosen AS (
        SELECT episode_id, customer_id, opened_at, last_at FROM episodes
        WHERE status = 'quiet' AND {where}
    ),
    told AS (
        SELECT m.episode_id, m."at", m.direction, m.contact_id,
            CASE WHEN m.direction = 'out'
                    THEN CASE WHEN m.author_role = 'bot' THEN 'bot' ELSE 'answer' END
                WHEN m.closing THEN 'thanks'
                WHEN m.public THEN coalesce(m.channel, 'unknown') || ' in public'
                ELSE coalesce(m.channel, 'unknown') END AS step,
            m.direction = 'in' AND NOT coalesce(m.closing, false) AS asks,
            coalesce(m.repeat, false) AS again
        FROM messages m JOIN chosen c ON c.episode_id = m.episode_id
    ),
    placed AS (
        SELECT *, lag(step) OVER near AS before,
            row_number() OVER (PARTITION BY episode_id, asks ORDER BY "at", contact_id) AS nth
        FROM told
        WINDOW near AS (PARTITION BY episode_id ORDER BY "at", direction, contact_id)
    ),
    kept AS (
        SELECT *, row_number() OVER (PARTITION BY episode_id ORDER BY "at", direction, contact_id)
            AS place
        FROM placed
        WHERE CASE WHEN asks THEN again OR nth = 1 ELSE before IS DISTINCT FROM step END
    ),
    walked AS (
        SELECT episode_id, max(place) > {LONGEST} AS cut,
            string_agg(step, ' > ' ORDER BY place) FILTER (place <= {LONGEST}) AS path
        FROM kept GROUP BY episode_id
    )
    SELECT w.path, w.cut, c.episode_id, c.customer_id,
        (epoch_us(c.last_at) - epoch_us(c.opened_at)) // 1000000 AS seconds
    FROM walked w JOIN chosen c ON c.episode_id = w.episode_id
    """


def _paths(
    reader: Reader, scope: Scope, coverage: float | None, limit: int
) -> tuple[tuple[TravelledPath, ...], int]:
    where, values = scope.where("opened_at")
    rows = reader.dicts(
        f"""
        SELECT path, count(*) AS episodes, count(DISTINCT customer_id) AS people,
            bool_or(cut) AS cut, list(seconds ORDER BY seconds) AS seconds,
            count(*) OVER () AS paths, CAST(sum(count(*)) OVER () AS BIGINT) AS whole
        FROM ({_travelled_sql(where)}) GROUP BY path ORDER BY episodes DESC, path LIMIT ?
        """,
        [*values, limit],
    )
    records = {"table": "episodes", "where": scope.records("opened_at", status="quiet")}
    found = tuple(
        TravelledPath(
            steps=tuple(row["path"].split(" > ")),
            cut=row["cut"],
            people=row["people"],
            share=share_figure(
                row["episodes"], row["whole"], "travelled_path_share", people=row["people"],
                coverage=coverage, records=records,
            ),
            length=median_of(
                row["seconds"], "travelled_path_length", people=row["people"], coverage=coverage,
                records=records,
            ),
        )
        for row in rows
    )  # fmt: skip
    return found, rows[0]["paths"] if rows else 0
