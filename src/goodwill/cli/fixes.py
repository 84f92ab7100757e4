"""``goodwill fixes`` and ``goodwill fix``: what was done about problems, and whether it worked."""

from __future__ import annotations

import getpass
from datetime import datetime
from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError
from goodwill.report import Fix, fixes_worked, worked_words
from goodwill.tables import EVENT_KINDS
from goodwill.watch import UNITS

fix = typer.Typer(help="Declare what was done about a problem, and take it back.")
Id = Annotated[str, typer.Argument(help="The id that `goodwill fixes` prints.")]
By = Annotated[
    str | None, typer.Option("--by", help="Who says so; the user of this machine by default.")
]
_DAY = ["%Y-%m-%d"]
Waves = Annotated[int, typer.Option(help="Steps of a roll-out.")]
Weeks = Annotated[
    int | None,
    typer.Option(help="Weeks from its first step to its last; those that prove a halving."),
]


def fixes(
    book: BookFolder = HERE,
    withdrawn: Annotated[
        bool, typer.Option("--withdrawn", help="Also those that were taken back.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Show every fix, incident and change with its verdict of today."""
    try:
        found = goodwill.open(book).fixes()
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    shown = [each for each in found if withdrawn or each.state != "withdrawn"]
    if json:
        output.as_json([each.as_dict() for each in shown])
        return
    if not shown:
        output.out.print(
            'Nothing was declared. goodwill fix declare "What was done" --theme ID --on DAY'
        )
        return
    rows = [
        [
            each.event_id,
            each.kind,
            each.title,
            ", ".join(label for _, label in each.themes) + _where(each),
            f"{each.started_on}",
            each.said,
            output.spoken(each.figures.get("fix_ratio")),
        ]
        for each in shown
    ]
    heads = ["id", "kind", "what", "problem", "since", "verdict", "times what would have come"]
    output.table("Fixes", heads, rows, right=set())
    output.out.print(worked_words(fixes_worked(found)), markup=False)
    for each in shown:
        if each.why:
            output.out.print(f"{each.title}: {each.why}", markup=False)


@fix.command()
def declare(
    title: Annotated[str, typer.Argument(help="What was done or happened.")],
    theme: Annotated[
        list[int], typer.Option("--theme", help="Id of the problem's theme; may be repeated.")
    ],
    on: Annotated[datetime, typer.Option("--on", formats=_DAY, help="First day in force.")],
    until: Annotated[
        datetime | None, typer.Option("--until", formats=_DAY, help="Last day, when it ended.")
    ] = None,
    kind: Annotated[str, typer.Option(help=f"One of {', '.join(EVENT_KINDS)}.")] = "fix",
    channel: Annotated[str | None, typer.Option(help="Only contacts by this channel.")] = None,
    product: Annotated[str | None, typer.Option(help="Only contacts on this product.")] = None,
    region: Annotated[str | None, typer.Option(help="Only contacts from this region.")] = None,
    rollout_by: Annotated[
        str | None,
        typer.Option(help=f"Let chance decide who gets it first: one of {', '.join(UNITS)}."),
    ] = None,
    waves: Waves = 2,
    weeks: Weeks = None,
    seed: Annotated[int | None, typer.Option(help="Seed of that draw; a new one is kept.")] = None,
    by: By = None,
    book: BookFolder = HERE,
    json: AsJson = False,
) -> None:
    """Tell what was done about a problem, since when and where; it is judged at once."""
    try:
        made = goodwill.open(book).declare_fix(
            title, themes=theme, on=on.date(), until=until.date() if until else None, kind=kind,
            channel=channel, product=product, region=region, by=by or getpass.getuser(),
            rollout_by=rollout_by, waves=waves, weeks=weeks, seed=seed,
        )  # fmt: skip
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    _tell(made, json)


@fix.command()
def rollouts(
    theme: Annotated[
        list[int], typer.Option("--theme", help="Id of the problem's theme; may be repeated.")
    ],
    on: Annotated[datetime, typer.Option("--on", formats=_DAY, help="First day of the first.")],
    waves: Waves = 2,
    weeks: Weeks = None,
    book: BookFolder = HERE,
    json: AsJson = False,
) -> None:
    """Show what each way of rolling a fix out in steps would be able to prove; nothing is kept."""
    try:
        found = goodwill.open(book).rollouts(themes=theme, on=on.date(), waves=waves, weeks=weeks)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json([way.as_dict() for way in found])
        return
    rows = [
        [way.by, f"{way.units}", f"{way.draws:,}", f"{way.weeks}",
         "-" if way.weeks_to_proof is None else f"{way.weeks_to_proof:.0f}", way.said]
        for way in found
    ]  # fmt: skip
    heads = ["by", "units", "draws", "weeks", "weeks to prove a halving", "what it can show"]
    output.table(f"{waves} waves from {on.date()}", heads, rows, right={1, 2, 3, 4})


@fix.command()
def withdraw(event_id: Id, by: By = None, book: BookFolder = HERE, json: AsJson = False) -> None:
    """Take one back: it is judged no more, and its history stays."""
    try:
        made = goodwill.open(book).withdraw_fix(event_id, by=by or getpass.getuser())
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    _tell(made, json)


@fix.command()
def recount(
    event_id: Id,
    theme: Annotated[
        list[int] | None,
        typer.Option("--theme", help="Count by this theme instead; may be repeated."),
    ] = None,
    by: By = None,
    book: BookFolder = HERE,
    json: AsJson = False,
) -> None:
    """Count one by the themes as they are now, after they were changed or contacts moved."""
    try:
        made = goodwill.open(book).recount_fix(
            event_id, themes=theme or (), by=by or getpass.getuser()
        )
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    _tell(made, json)


def _tell(made: Fix, json: bool) -> None:
    if json:
        output.as_json(made.as_dict())
        return
    said = (f"{made.event_id} {made.title}: {made.said}.", made.why, made.compared)
    output.out.print(" ".join(part for part in said if part), markup=False)
    if made.units:
        output.out.print(made.promised, markup=False)
        output.table(
            f"Who gets it when, by {made.units_by}", ["unit", "from"],
            [[name, f"{day}"] for name, day in made.units], right=set(),
        )  # fmt: skip


def _where(each: Fix) -> str:
    return "".join(f", {name} {value}" for name, value in each.scope.items())
