"""`goodwill search`: what customers wrote and were answered, by its words and their meaning."""

from __future__ import annotations

from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError
from goodwill.report import SearchPage


def search(
    words: Annotated[list[str], typer.Argument(help='Words, "phrases", refund* for any ending.')],
    without: Annotated[
        list[str] | None, typer.Option("--not", help="A word that must not be there.")
    ] = None,
    theme: Annotated[int | None, typer.Option(help="Only this theme's id.")] = None,
    channel: Annotated[str, typer.Option(help="Only this channel.")] = "",
    month: Annotated[str, typer.Option(help="Only this month, such as 2025-03.")] = "",
    direction: Annotated[
        str, typer.Option(help="Only what customers wrote (in), or replies to them (out).")
    ] = "",
    exact: Annotated[bool, typer.Option("--exact", help="Nothing but the words.")] = False,
    leave_out: Annotated[
        list[str] | None, typer.Option("--leave-out", help="A word not to take for one of yours.")
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="How many to print.")] = 20,
    book: BookFolder = HERE,
    json: AsJson = False,
) -> None:
    """Find what customers wrote and were answered: with these words, then what is like it."""
    query = " ".join([*words, *(f"-{word}" for word in without or ())])
    try:
        opened = goodwill.open(book)
        found = opened.search(
            query, theme_id=theme, channel=channel, month=month, direction=direction,
            exact=exact, leave_out=leave_out or (), limit=most,
        )  # fmt: skip
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(found.as_dict())
        return
    for was, taken in found.mended:
        output.out.print(f"Nobody wrote {was}; searched for {taken}.", markup=False)
    rows = [
        [f"{row.at:%Y-%m-%d}" if row.at else "", row.channel or "", row.customer_id or "", row.text]
        for row in found.rows
    ]
    output.table(_count(found), ["day", "channel", "customer", "text"], rows, right=set())
    if found.replies is not None and found.replies.events:
        more = "more than " if found.more_replies else ""
        told = f"{more}{found.replies.events:,} replies of the company with these words"
        output.out.print(f"{told}: --direction out shows them", markup=False)
    for part in found.themes[:5]:
        output.out.print(f"{part.name}: {part.events:,} of {part.people:,} people", markup=False)


def _count(found: SearchPage) -> str:
    more = "more than " if found.more else ""
    told = f"{more}{found.contacts.events:,} {found.contacts.unit} with these words"
    if not found.alike.events:
        return told
    added = ", ".join(each.word for each in found.added)
    most = "more than " if found.more_alike else ""
    return f"{told}, {most}{found.alike.events:,} more like it" + (f": {added}" if added else "")
