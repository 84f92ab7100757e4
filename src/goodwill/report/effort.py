"""Waits and effort of episodes, as far as messages show them."""

from __future__ import annotations

from dataclasses import replace

from goodwill.figures import Figure, share_figure
from goodwill.generations import Reader
from goodwill.report.counted import WAITED, episodes
from goodwill.report.scope import Scope
from goodwill.report.shapes import Gauge
from goodwill.report.spread import mean_figure, medians_of

_PARTS = (
    ("effort_contacts", "Contacts", "contacts"),
    ("effort_repeats", "Repeat contacts", "contacts"),
    ("effort_transfers", "Times handed on", "transfers"),
    ("effort_hops", "Changes of channel", "changes"),
)
_WAITS = (
    ("customer_wait", "The customer waits", "calendar", "customer_wait_seconds"),
    ("customer_wait_work", "The customer waits", "opening hours", "customer_wait_work_seconds"),
    ("company_wait", "The company waits", "calendar", "company_wait_seconds"),
    ("bot_time", "With a bot", "calendar", "bot_seconds"),
)
_EMPTY = "No episode with such a message has come to rest."


def waits(reader: Reader, scope: Scope, coverage: float | None) -> tuple[Gauge, ...]:
    """Return the median waits of episodes at rest: only of those that had such a wait at all."""
    where, values = scope.where("opened_at")
    n, people = episodes(reader, scope)
    medians = medians_of(
        reader,
        scope.episodes,
        WAITED,
        (f"status = 'quiet' AND {where}", values),
        n,
        people,
    )
    found = []
    for key, label, note, column in _WAITS:
        figure = medians[column].figure(
            key.removesuffix("_work"),
            records={
                "table": "episodes",
                "where": scope.records("opened_at", status="quiet") | {f"{column}!": 0},
            },
            empty=_EMPTY,
        )
        found.append(Gauge(key, label, _covered(figure, coverage), note))
    return tuple(found)


def effort(reader: Reader, scope: Scope, coverage: float | None) -> tuple[Gauge, ...]:
    """Return the parts of effort, each by itself: adding them up would hide what to change."""
    row, whose = episodes(reader, scope)
    people = whose["quiet"]
    records = {"table": "episodes", "where": scope.records("opened_at", status="quiet")}
    found = [
        Gauge(
            key,
            label,
            mean_figure(row, key, unit, key, people=people, coverage=coverage,
                        records=records, empty=_EMPTY),
            "an episode",
        )
        for key, label, unit in _PARTS
    ]  # fmt: skip
    for key, label, count, column in (
        ("channel_hop_share", "Episodes over several channels", row["hopped"], "hops"),
        ("retold_share", "\u201cAs I already told you\u201d", row["retold"], "retold"),
    ):
        figure = share_figure(
            count,
            row["quiet"],
            key,
            people=people,
            coverage=coverage,
            records={
                "table": "episodes",
                "where": scope.records("opened_at", status="quiet") | {f"{column}>": 0},
            },
            empty=_EMPTY,
        )
        found.append(Gauge(key, label, figure, "share of episodes"))
    return tuple(found)


def _covered(figure: Figure, coverage: float | None) -> Figure:
    """Return a figure of episodes with the share of contacts that stand in one."""
    return replace(figure, coverage=coverage)
