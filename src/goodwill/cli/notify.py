"""``goodwill notify``: tells what rises by mail and webhook, and sends what had to wait."""

from __future__ import annotations

from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError

NONE = "No channel is set: notify_mail_to with GOODWILL_SMTP_URL, or webhook_url."


def notify(
    book: BookFolder = HERE,
    test: Annotated[
        bool, typer.Option("--test", help="Send a test by each channel, and nothing else.")
    ] = False,
    now: Annotated[
        bool, typer.Option("--now", help="Send also what waits for a later try.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Tell what rises, once and again when it grows; send what is due."""
    try:
        opened = goodwill.open(book)
        if test:
            _test(opened.test_channels(), json)
            return
        done = opened.notify(now=now)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(done.as_dict())
    elif not done.channels:
        output.out.print(NONE)
    else:
        output.out.print(
            f"{done.queued} queued, {done.sent} sent, {done.waiting} waiting, "
            f"{done.given_up} given up ({', '.join(done.channels)})."
        )
        for fault in done.errors:
            output.out.print(fault, markup=False)
    if done.errors:
        raise typer.Exit(1)


def _test(found: dict[str, str], json: bool) -> None:
    if json:
        output.as_json(found)
    elif not found:
        output.out.print(NONE)
    else:
        for name, fault in found.items():
            output.out.print(f"{name}: {fault or 'sent'}", markup=False)
    if any(found.values()):
        raise typer.Exit(1)
