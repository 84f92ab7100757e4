"""``goodwill metrics``: every service metric, and first-contact resolution by definition."""

from __future__ import annotations

from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder, OfTheme, Since, Until
from goodwill.errors import GoodwillError
from goodwill.figures import Figure


def metrics(
    book: BookFolder = HERE,
    since: Since = None,
    until: Until = None,
    theme: OfTheme = None,
    channel: Annotated[str, typer.Option(help="Such as email; all when left out.")] = "",
    json: AsJson = False,
) -> None:
    """Show first-contact resolution by every definition, repeats, replies, backlog, effort."""
    try:
        page = goodwill.open(book).metrics(
            since=since.date() if since else None,
            until=until.date() if until else None,
            theme_id=theme,
            channel=channel,
        )
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(page.as_dict())
        return
    columns = ["metric", "value (95 % interval)", "people", "events", "coverage", "why not"]
    right = {1, 2, 3, 4}
    for group in page.groups:
        rows = [
            [f"{g.label} ({g.note})" if g.note else g.label, *cells(g.figure)] for g in group.gauges
        ]
        output.table(group.title, columns, rows, right=right)
    output.table(
        "Solved at first contact, by definition",
        ["whose", "value (95 % interval)", "people", "events", "coverage", "why not",
         "wrote again all the same"],
        [[d.whose, *cells(d.figure), output.spoken(d.wrote_again)] for d in page.definitions],
        right=right | {6},
    )  # fmt: skip
    output.out.print(page.difference, markup=False)
    output.table(
        "Contacts nobody answered",
        ["channel", "value (95 % interval)", "people", "events", "coverage", "why not"],
        [[each.channel, *cells(each.unanswered)] for each in page.channels],
        right=right,
    )
    output.out.print(
        f"Contacts of a known customer: {output.spoken(page.known)}. Figures over all channels "
        f"rest on these alone. {page.open_episodes:,} episodes are still open and count nowhere.",
        markup=False,
    )


def cells(figure: Figure) -> list[str]:
    """Return a figure as value, people, events, coverage and why there is none."""
    people = "-" if figure.people is None else f"{figure.people:,}"
    events = "-" if figure.events is None else f"{figure.events:,}"
    return [output.spoken(figure), people, events, output.covered(figure), figure.reason]
