"""``goodwill problems``: what broken promises cost, and the themes ranked by what they cost."""

from __future__ import annotations

from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError
from goodwill.report import RANKING, BrokenCosts, fixes_worked, trend_word, worked_words


def problems(
    book: BookFolder = HERE,
    most: Annotated[int, typer.Option(min=1, help="How many to print.")] = 20,
    json: AsJson = False,
) -> None:
    """List the problems, the first to be dealt with first."""
    try:
        opened = goodwill.open(book)
        found, broken = opened.problems(), opened.broken_costs()
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json([problem.as_dict() for problem in found])
        return
    _broken(broken)
    rows = [
        [
            str(p.place),
            str(p.theme_id),
            p.label,
            output.spoken(p.figures["people"]),
            f"{p.events:,}",
            output.spoken(p.figures["repeat_people"]),
            output.spoken(p.figures["avoidable_loss"]),
            p.figures["value_lost"].grade.replace("none", "-"),
            output.spoken(p.figures["cost_to_serve"]),
            output.spoken(p.figures["value_lost"]),
            trend_word(p.figures["trend"]),
            p.sentences[0].text[:70] if p.sentences else "",
        ]
        for p in found[:most]
    ]
    output.table(
        "Problems",
        ["place", "id", "problem", "people", "contacts", "wrote again", "avoidable a year",
         "grade", "cost to serve", "value lost", "trend", "in their words"],
        rows,
        right={0, 1, 3, 4, 5, 6, 8, 9},
    )  # fmt: skip
    output.out.print(RANKING)
    output.out.print(worked_words(fixes_worked(opened.fixes())), markup=False)
    if together := opened.overview().together:
        output.out.print(together)


def _broken(costs: BrokenCosts) -> None:
    if not costs.kinds:
        return
    rows = [
        [
            f"promise:{each.kind}",
            each.label,
            *(output.spoken(each.figures[key]) for key in ("people", "broken", "value_lost")),
            each.figures["value_lost"].grade.replace("none", "-"),
            output.spoken(each.figures["silent_people"]),
            output.spoken(each.figures["silent_share"]),
        ]
        for each in costs.kinds
    ]
    output.table(
        "Broken promises",
        ["id", "what was promised", "people in all", "broken in all", "value lost a year", "grade",
         "silent at least once", "share"],
        rows,
        right={2, 3, 4, 6, 7},
    )  # fmt: skip
    output.out.print(costs.said, markup=False)
