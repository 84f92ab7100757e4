"""``goodwill journeys``: who wrote, how their episodes went, and the paths they travelled."""

from __future__ import annotations

from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.metrics import cells
from goodwill.cli.options import HERE, AsJson, BookFolder, OfTheme, Since, Until
from goodwill.errors import GoodwillError


def journeys(
    book: BookFolder = HERE,
    since: Since = None,
    until: Until = None,
    theme: OfTheme = None,
    channel: Annotated[str, typer.Option(help="Such as email; all when left out.")] = "",
    most: Annotated[int, typer.Option(min=1, help="Paths to print.")] = 12,
    json: AsJson = False,
) -> None:
    """Show customers, episodes, repeats, changes of channel, waits, and the paths most took."""
    try:
        page = goodwill.open(book).journeys(
            since=since.date() if since else None,
            until=until.date() if until else None,
            theme_id=theme,
            channel=channel,
            limit=most,
        )
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(page.as_dict())
        return
    columns = ["figure", "value (95 % interval)", "people", "events", "coverage", "why not"]
    for group in page.groups:
        output.table(
            group.title,
            columns,
            [
                [f"{g.label} ({g.note})" if g.note else g.label, *cells(g.figure)]
                for g in group.gauges
            ],
            right={1, 2, 3, 4},
        )
    output.table(
        f"{page.total_paths:,} paths of episodes at rest, the most travelled first",
        ["share (95 % interval)", "people", "episodes", "first message to last", "path"],
        [
            [
                output.spoken(each.share),
                f"{each.share.people:,}",
                f"{each.length.events:,}",
                output.spoken(each.length),
                " > ".join(each.steps) + (" > ..." if each.cut else ""),
            ]
            for each in page.paths
        ],
        right={0, 1, 2, 3},
    )
