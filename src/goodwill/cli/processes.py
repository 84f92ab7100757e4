"""``goodwill processes``: the real paths of orders and tickets."""

from __future__ import annotations

from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError


def processes(
    book: BookFolder = HERE,
    most: Annotated[int, typer.Option(min=1, help="Links to print.")] = 20,
    json: AsJson = False,
) -> None:
    """Show steps, what follows what, how long it takes, loops, and where customers write."""
    try:
        found = goodwill.open(book).processes()
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json([each.as_dict() for each in found])
        return
    if not found:
        output.out.print("No order and no logged ticket came in yet.")
    for each in found:
        output.table(
            f"{each.title} ({each.cases:,} cases)",
            ["step", "cases", "of all", "more than once", "the customer writes next", "last step"],
            [
                [s.name, output.spoken(s.cases), output.spoken(s.share), output.spoken(s.repeated),
                 output.spoken(s.contacted), f"{s.ends:,}"]
                for s in each.steps
            ],
            right={1, 2, 3, 4, 5},
        )  # fmt: skip
        output.table(
            "What follows what, the most frequent first",
            ["from", "to", "cases", "times", "median wait", ""],
            [
                [f.before, f.after, f"{f.cases:,}", f"{f.events:,}", output.spoken(f.wait),
                 "back" if f.back else ""]
                for f in each.links[:most]
            ],
            right={2, 3, 4},
        )  # fmt: skip
        output.table(
            "Paths that most cases take",
            ["share of cases", "median duration", "path"],
            [
                [output.spoken(p.cases), output.spoken(p.duration),
                 " > ".join(p.steps) + (" > ..." if p.cut else "")]
                for p in each.paths
            ],
            right={0, 1},
        )  # fmt: skip
