"""``goodwill signals``: how many contacts complain, threaten to leave, say thanks."""

from __future__ import annotations

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError


def signals(book: BookFolder = HERE, json: AsJson = False) -> None:
    """Show each signal of the customers' messages: contacts, people, share, coverage, languages."""
    try:
        found = goodwill.open(book).signals()
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
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
                "-" if each.share.coverage is None else f"{each.share.coverage:.0%}",
                ", ".join(each.languages),
            ]
            for each in found
        ],
        right={1, 2, 3, 4},
    )
