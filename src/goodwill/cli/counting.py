"""Commands on what is counted: events told twice, and rates of exchange."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError

same = typer.Typer(help="Events that two sources tell.", no_args_is_help=True)
_SHOWN = (
    "same_event_id", "kind", "source", "id", "other_source", "other_id", "evidence", "score",
)  # fmt: skip


@same.command("list")
def listed(
    book: BookFolder = HERE,
    undone: Annotated[
        bool, typer.Option("--undone", help="Those that a person took apart instead.")
    ] = False,
    json: AsJson = False,
) -> None:
    """List the events that two sources tell; each is counted once."""
    try:
        if undone:
            _undone(goodwill.open(book).undone_same(), json)
            return
        rows = goodwill.open(book).table("same_event").select(_SHOWN).to_pylist()
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(rows)
        return
    cells = [[str(value) for value in row.values()] for row in rows]
    output.table(f"{len(rows):,} told twice, counted once", list(_SHOWN), cells, right={7})


def _undone(found: dict[str, datetime], json: bool) -> None:
    rows = [{"same_event_id": each, "decided_at": at} for each, at in found.items()]
    if json:
        output.as_json(rows)
        return
    cells = [[str(row["same_event_id"]), f"{row['decided_at']:%Y-%m-%d %H:%M}"] for row in rows]
    output.table(
        f"{len(rows):,} taken apart by a person", ["same_event_id", "since"], cells, right=set()
    )


@same.command()
def undo(
    id: Annotated[str, typer.Argument(help="As `goodwill same list` lists it.")],
    book: BookFolder = HERE,
    json: AsJson = False,
) -> None:
    """Take a join back; it stays undone, and counts from the next refresh on."""
    try:
        goodwill.open(book).undo_same(id)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json({"undone": id})
    else:
        output.out.print(f"{id} is undone: both count from the next refresh on.")


@same.command()
def redo(
    id: Annotated[str, typer.Argument(help="As `goodwill same list --undone` lists it.")],
    book: BookFolder = HERE,
    json: AsJson = False,
) -> None:
    """Take an undo back: told twice, counted once, from the next refresh on."""
    try:
        goodwill.open(book).redo_same(id)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json({"redone": id})
    else:
        output.out.print(f"{id} is one event again: it counts once from the next refresh on.")


def rates(
    file: Annotated[Path, typer.Argument(help="The European Central Bank's CSV, or your own.")],
    book: BookFolder = HERE,
    json: AsJson = False,
) -> None:
    """Add rates of exchange: orders in other currencies then count in the Book's own."""
    try:
        report = goodwill.open(book).add_rates(file)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json({**asdict(report), "first_day": str(report.first_day),
                        "last_day": str(report.last_day)})  # fmt: skip
        return
    left = f"; {report.left_out:,} cells are no rate" if report.left_out else ""
    output.out.print(
        f"{report.file}: {report.rates:,} rates of {len(report.currencies)} currencies, "
        f"{report.first_day} to {report.last_day}{left}. They count from the next refresh on."
    )
