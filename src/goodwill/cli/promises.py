"""``goodwill promises``: what is open today, and the ledger."""

from __future__ import annotations

from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError
from goodwill.report import PromiseRow


def promises(
    book: BookFolder = HERE,
    only_open: Annotated[
        bool, typer.Option("--open", help="Those whose date is ahead, soonest first (default).")
    ] = False,
    broken: Annotated[
        bool, typer.Option("--broken", help="Those broken, or past their date.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="The whole ledger.")] = False,
    kind: Annotated[
        str, typer.Option(help="Only delivery, commitment or published promises.")
    ] = "",
    most: Annotated[int, typer.Option(min=1, help="How many to print.")] = 50,
    json: AsJson = False,
) -> None:
    """List promises: who said what by when, what happened, and the next step."""
    try:
        if only_open + broken + everything > 1:
            raise typer.BadParameter("give one of --open, --broken and --all")
        state = "broken" if broken else "all" if everything else "open"
        seen = goodwill.open(book).promises(state=state, kind=kind, limit=most)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(seen.as_dict())
        return
    for gauge in seen.gauges:
        output.out.print(f"{gauge.label}: {output.spoken(gauge.figure)}", markup=False)
    names = {"open": "Open promises, soonest first", "broken": "Broken promises", "all": "Promises"}
    rows = [
        [
            f"{row.due_at:%Y-%m-%d %H:%M}" if row.due_at else "no date",
            row.status,
            row.what,
            row.customer_id or "unknown",
            output.spoken(row.at_risk),
            row.words or f"delivery of order {row.order_number}",
            _outcome(row),
        ]
        for row in seen.rows
    ]
    output.table(
        names[state],
        ["due (UTC)", "state", "what", "customer", "at risk", "promise", "next step or outcome"],
        rows,
        right=set(),
    )
    if seen.total > len(seen.rows):
        output.out.print(f"{seen.total - len(seen.rows):,} more: use --most or --json.")


def _outcome(row: PromiseRow) -> str:
    if row.step:
        return row.step
    if row.kept_at:
        return f"{'done late' if row.status == 'broken' else 'done'} {row.kept_at:%Y-%m-%d}"
    return row.reason
