"""The commands that deal with one customer's own data: `vault`."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError


def vault(
    customer: Annotated[
        str,
        typer.Argument(help="His id, reference, mail or phone; - reads standard input."),
    ],
    reason: Annotated[str, typer.Option(help="Why you look; it is recorded.")],
    book: BookFolder = HERE,
    actor: Annotated[
        str | None, typer.Option(help="Who looks; the user of this machine by default.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Show how a customer can be reached; every look is recorded."""
    try:
        found = goodwill.open(book).contact_details(
            given(customer), actor=actor or getpass.getuser(), reason=reason
        )
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(
            {
                "customer_id": found.customer_id,
                "emails": list(found.emails),
                "phones": list(found.phones),
                "names": list(found.names),
                "look_id": found.look_id,
            }
        )
        return
    rows = [
        [kind, value]
        for kind, values in (
            ("name", found.names), ("mail", found.emails), ("phone", found.phones)
        )
        for value in values
    ]  # fmt: skip
    if rows:
        output.table(found.customer_id, ["", ""], rows, right=set())
    else:
        output.out.print("The vault holds nothing of this customer.")
    output.out.print("This look was recorded: goodwill show table vault_looks")


def given(text: str) -> str:
    """Return what was given, from standard input for ``-``: a shell keeps what it is told."""
    return sys.stdin.readline().strip() if text == "-" else text
