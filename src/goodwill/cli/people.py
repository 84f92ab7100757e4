"""The commands that deal with customers' own data: `vault`, `forget`, `retain`, `redact`."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError, InputError

if TYPE_CHECKING:
    from goodwill.erasure import Receipt


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


def forget(
    customers: Annotated[
        list[str],
        typer.Argument(help="Id, reference, mail or phone of each; - reads standard input."),
    ],
    book: BookFolder = HERE,
    now: Annotated[
        bool, typer.Option("--now", help="Delete the files that held him at once.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    json: AsJson = False,
) -> None:
    """Erase customers from every place of the Book, and keep them away."""
    from goodwill import desk  # its own tables hold what people did about customers

    try:
        opened = goodwill.open(book)
        named = [n for c in customers for n in (sys.stdin.read().split("\n") if c == "-" else [c])]
        named = [name.strip() for name in named if name.strip()]
        if not named:
            raise InputError("nobody is named")
        asked = f"Erase {len(named)} customers? It cannot be undone."
        if not (yes or json) and not typer.confirm(asked):
            raise typer.Exit(0)
        with output.progress(not json) as progress:
            receipt = opened.forget(*named, now=now, progress=progress)
        desk.settle(opened.folder)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(receipt.as_dict())
        return
    rows = [[place, f"{count:,}"] for place, count in receipt.removed.items()]
    output.table("What was erased", ["place", "rows"], rows, right={1})
    _when(receipt, "him")


def retain(
    book: BookFolder = HERE,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Change nothing, and say what would go.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Erase what is older than the settings keep."""
    try:
        opened = goodwill.open(book)
        with output.progress(not json) as progress:
            found = opened.retain(dry_run=dry_run, progress=progress)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(found.as_dict())
        return
    days = (("Texts", found.texts_before), ("Records", found.records_before))
    for what, day in days:
        output.out.print(f"{what} are kept from {day} on." if day else f"{what} are kept for ever.")
    if found.texts_before is None and found.records_before is None:
        output.out.print("goodwill.toml says for how long: keep_texts_months, keep_records_months.")
        return
    if not found.removed:
        output.out.print("Nothing is older than that.")
        return
    title = "What was erased" if found.receipt else "What would go"
    rows = [[place, f"{count:,}"] for place, count in found.removed.items()]
    output.table(title, ["place", "rows"], rows, right={1})
    if found.receipt:
        _when(found.receipt, "it")


def redact(
    book: BookFolder = HERE,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Change nothing, and say what would change.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Redact stored texts anew, after an update that redacts better."""
    try:
        opened = goodwill.open(book)
        with output.progress(not json) as progress:
            found = opened.redact_again(dry_run=dry_run, progress=progress)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(found.as_dict())
        return
    if not any(found.changed.values()):
        output.out.print(f"No text changes under version {found.version} of redaction.")
        return
    rows = [[t, f"{n:,}", f"{found.changed.get(t, 0):,}"] for t, n in found.rows.items()]
    output.table("Redaction", ["table", "looked at", "changed"], rows, right={1, 2})
    kinds = [[kind, f"{count:,}"] for kind, count in sorted(found.kinds.items())]
    output.table("Replaced", ["kind", "pieces"], kinds, right={1})
    if dry_run:
        output.out.print("Nothing was changed.")
        return
    if not found.purged:
        output.out.print("Somebody reads: the files with the older texts are deleted next time.")
    output.out.print("Search and examples follow with: goodwill refresh")


def _when(receipt: Receipt, held: str) -> None:
    """Print a receipt's id, when its rows were erased and when their files were purged."""
    output.out.print(f"Receipt {receipt.receipt_id}")
    output.out.print(f"Erased at {receipt.erased_at:%Y-%m-%d %H:%M:%S} UTC.")
    if receipt.purged_at:
        output.out.print(f"Purged at {receipt.purged_at:%Y-%m-%d %H:%M:%S} UTC.")
    else:
        output.out.print(
            f"The files that held {held} are deleted by the first command that writes after "
            f"{receipt.purge_after:%Y-%m-%d %H:%M:%S} UTC."
        )
    output.out.print("Backups, and files already exported, are yours to erase.")


def given(text: str) -> str:
    """Return what was given, from standard input for ``-``: a shell keeps what it is told."""
    return sys.stdin.readline().strip() if text == "-" else text
