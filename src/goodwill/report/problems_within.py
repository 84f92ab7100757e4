"""The problems of a period and a part of the company: who of it wrote about each, and how often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Unpack

from goodwill.figures import Figure, count_figure, ratio
from goodwill.generations import Reader
from goodwill.report.problem import problems
from goodwill.report.problem_shapes import Problem
from goodwill.report.scope import Narrow, scope_of
from goodwill.settings import Settings


def problems_within(reader: Reader, settings: Settings, **narrow: Unpack[Narrow]) -> list[Problem]:
    """Return the problems that the part has, in the order of the whole company.

    Contacts, people and those who wrote again are those of the part. What a problem costs is
    known of the whole company alone and stands as it is there.

    Args:
        reader: The generation.
        settings: Of the Book.
        **narrow: The period and the part; all problems where there is neither.

    Raises:
        InputError: The period ends before it begins.
        NotFound: No theme has that id, or no contact came by that channel.
    """
    scope, _ = scope_of(reader, settings.time_zone, narrow)
    everything = problems(reader, settings)
    where, values = scope.where("at")
    if not values:
        return everything
    rows = reader.dicts(
        f"""
        SELECT theme_id, count(*) AS contacts, count(customer_no) AS known,
            count(DISTINCT customer_no) AS people, count(*) FILTER (repeat) AS repeats,
            count(DISTINCT customer_no) FILTER (repeat) AS again
        FROM messages WHERE direction = 'in' AND theme_id IS NOT NULL AND {where}
        GROUP BY theme_id ORDER BY theme_id
        """,
        values,
    )
    found = {row["theme_id"]: row for row in rows}
    filters = scope.records("at", direction="in")
    return [
        _of_part(each, found[each.theme_id], filters | {"theme_id": each.theme_id})
        for each in everything
        if each.theme_id in found
    ]


def _of_part(whole: Problem, row: Mapping[str, Any], where: dict[str, Any]) -> Problem:
    known = ratio(row["known"], row["contacts"])
    nobody = "" if row["known"] else "The files do not say who wrote."

    def people(column: str, key: str, events: int, **more: Any) -> Figure:
        records = {"table": "messages", "where": where | more}
        return count_figure(row[column], "people", key, people=row[column], events=events,
                            coverage=known, records=records, empty=nobody)  # fmt: skip

    figures = {
        "people": people("people", "people", row["contacts"]),
        "contacts": count_figure(
            row["contacts"], "contacts", "contacts", people=row["people"], coverage=1.0,
            records={"table": "messages", "where": where},
        ),
        "repeat_people": people("again", "people_who_wrote_again", row["repeats"], repeat=True),
    }  # fmt: skip
    return replace(
        whole,
        people=row["people"],
        events=row["contacts"],
        figures={**whole.figures, **figures},
    )
