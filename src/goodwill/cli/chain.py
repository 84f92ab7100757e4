"""``goodwill chain``: from promises to public complaints, for any period and theme."""

from __future__ import annotations

from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder, OfTheme, Since, Until
from goodwill.errors import GoodwillError


def chain(
    book: BookFolder = HERE,
    since: Since = None,
    until: Until = None,
    theme: OfTheme = None,
    most: Annotated[int, typer.Option(min=1, help="Public complaints to print.")] = 20,
    json: AsJson = False,
) -> None:
    """Show the chain: promises, broken, wrote, wrote again, went public; and each complaint."""
    try:
        page = goodwill.open(book).chain(
            since=since.date() if since else None,
            until=until.date() if until else None,
            theme_id=theme,
            limit=most,
        )
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(page.as_dict())
        return
    rows = [
        [
            link.label,
            output.spoken(link.people),
            output.spoken(link.events),
            f"{link.people.coverage:.0%}" if link.people and link.people.coverage else "",
            link.reason,
        ]
        for link in page.links
    ]
    output.table("The chain", ["link", "people", "promises", "coverage", "why not"], rows,
                 right={1, 2, 3})  # fmt: skip
    for gauge in page.repeated:
        output.out.print(f"{gauge.label}: {output.spoken(gauge.figure)}", markup=False)
    output.table(
        f"{page.total:,} public contacts without a good rating, newest first",
        ["at (UTC)", "customer", "private before", "answered", "days of warning",
         "could have been saved", "words"],
        [
            [
                f"{each.at:%Y-%m-%d %H:%M}",
                each.customer_id or "unknown",
                f"{each.private_contacts:,}",
                f"{each.answered:,}",
                f"{each.warning_days:,.1f}" if each.warning_days is not None else "",
                f"{each.saved_at:%Y-%m-%d}: {each.saved_by}" if each.saved_at else "",
                each.text[:60],
            ]
            for each in page.complaints
        ],
        right={2, 3, 4},
    )  # fmt: skip
