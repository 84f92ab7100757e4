"""``goodwill signals``: how many contacts complain, threaten to leave, say thanks, and go where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError
from goodwill.report import Competitor, SignalShare


def signals(
    book: BookFolder = HERE,
    competitors: Annotated[
        bool, typer.Option("--competitors", help="show the competitors that contacts name instead")
    ] = False,
    json: AsJson = False,
) -> None:
    """Show each signal of the customers' messages: contacts, people, share, coverage, languages."""
    try:
        opened = goodwill.open(book)
        if competitors:
            _show_competitors(opened.competitors(), json)
        else:
            _show_signals(opened.signals(), json)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)


def _show_competitors(found: Sequence[Competitor], json: bool) -> None:
    if json:
        output.as_json([each.as_dict() for each in found])
        return
    if not found:
        output.out.print(
            "No contact names a company that is known as a competitor. Those that customers go to "
            "are named in goodwill.toml: competitors."
        )
        return
    output.table(
        "Competitors that contacts name",
        ["competitor", "contacts", "people", "say that they go there", "coverage"],
        [
            [
                each.name,
                f"{each.events:,}",
                f"{each.people:,}",
                output.spoken(each.going),
                output.covered(each.named),
            ]
            for each in found
        ],
        right={1, 2, 3, 4},
    )


def _show_signals(found: Sequence[SignalShare], json: bool) -> None:
    if json:
        output.as_json([each.as_dict() for each in found])
        return
    output.table(
        "What contacts show",
        ["signal", "contacts", "people", "share (95 % interval)", "coverage", "languages"],
        [
            [
                each.name.replace("_", " "),
                f"{each.contacts:,}",
                f"{each.people:,}",
                output.spoken(each.share),
                output.covered(each.share),
                ", ".join(each.languages),
            ]
            for each in found
        ],
        right={1, 2, 3, 4},
    )
