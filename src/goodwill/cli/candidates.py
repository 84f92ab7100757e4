"""``goodwill candidates``: customers who may be one, proposed; a person accepts or declines."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError

candidates = typer.Typer(
    help="Customers who may be one: proposed by likeness, joined only by a person.",
    no_args_is_help=True,
)
_Id = Annotated[str, typer.Argument(help="As `goodwill candidates list` prints it.")]
_Actor = Annotated[
    str | None, typer.Option(help="Who it is; the user of this machine by default.")
]  # fmt: skip


@candidates.command()
def find(
    reason: Annotated[str, typer.Option(help="Why you look into the vault; it is recorded.")],
    book: BookFolder = HERE,
    actor: _Actor = None,
    json: AsJson = False,
) -> None:
    """Look for customers who may be one; nobody is joined by it."""
    try:
        found = goodwill.open(book).find_candidates(actor=actor or getpass.getuser(), reason=reason)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(asdict(found))
        return
    output.out.print(
        f"{found.candidates:,} pairs may be one customer, of {found.references:,} references "
        "in the vault."
    )
    if found.note:
        output.out.print(found.note)
    output.out.print("This look was recorded. See them: goodwill candidates list")


@candidates.command("list")
def listed(
    book: BookFolder = HERE,
    state: Annotated[str, typer.Option(help="open, accepted or declined.")] = "open",
    most: Annotated[int, typer.Option(min=1, help="How many to print.")] = 30,
    json: AsJson = False,
) -> None:
    """List pairs of customers who may be one, the likeliest first."""
    try:
        page = goodwill.open(book).candidates(state=state, limit=most)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(asdict(page))
        return
    if page.found_at is None:
        output.out.print("Nobody has looked yet: goodwill candidates find --reason ...")
        return
    rows = [
        [each.candidate_id[:12], each.one.customer_id, each.other.customer_id,
         f"{each.probability:.3f}", each.evidence, each.against]
        for each in page.rows
    ]  # fmt: skip
    columns = ["id", "customer", "may be", "probability", "for it", "against it"]
    output.table(f"{page.total:,} {state}", columns, rows, right={3})


def _decide(decision: str, told: str, id: str, book: Path, actor: str | None, json: bool) -> None:
    try:
        opened = goodwill.open(book)
        opened.decide_candidate(id, decision, by=actor or getpass.getuser())
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json({"candidate_id": id, "decision": decision})
    else:
        output.out.print(f"{id}: {told}", markup=False)


@candidates.command()
def accept(id: _Id, book: BookFolder = HERE, actor: _Actor = None, json: AsJson = False) -> None:
    """Say that the two are one customer, from the next refresh on."""
    _decide("accept", "one customer from the next refresh on.", id, book, actor, json)


@candidates.command()
def decline(id: _Id, book: BookFolder = HERE, actor: _Actor = None, json: AsJson = False) -> None:
    """Say that the two are not to be joined; they are never proposed again."""
    _decide("decline", "declined, and never proposed again.", id, book, actor, json)


@candidates.command()
def undo(id: _Id, book: BookFolder = HERE, actor: _Actor = None, json: AsJson = False) -> None:
    """Take an answer back: the keys decide again, and the pair is open again."""
    _decide(
        "undo", "the answer is taken back; it shows after the next refresh.", id, book, actor, json
    )
