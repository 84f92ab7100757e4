"""The command line: all commands, and init, refresh, desk, doctor and demo here."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

import goodwill
from goodwill.book import Book
from goodwill.cli import output
from goodwill.cli.alerts import alerts
from goodwill.cli.apart import apart
from goodwill.cli.candidates import candidates
from goodwill.cli.chain import chain
from goodwill.cli.counting import rates, same
from goodwill.cli.fixes import fix, fixes
from goodwill.cli.journeys import journeys
from goodwill.cli.language import language
from goodwill.cli.metrics import metrics
from goodwill.cli.notify import notify
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.cli.people import forget, redact, retain, vault
from goodwill.cli.problems import problems
from goodwill.cli.processes import processes
from goodwill.cli.promises import promises
from goodwill.cli.rules import rule, rules
from goodwill.cli.search import search
from goodwill.cli.show import customer, show
from goodwill.cli.signals import signals
from goodwill.cli.take_in import add, quarantine
from goodwill.cli.take_out import export
from goodwill.cli.themes import themes
from goodwill.cli.users import user as users
from goodwill.cli.value import value
from goodwill.errors import BookError, GoodwillError

app = typer.Typer(
    name="goodwill",
    help="Which broken promises cost a company its customers, and whether the fix worked.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line; errors raised on purpose end in a message, a hint and a code."""
    try:
        app(standalone_mode=True)
    except GoodwillError as error:  # raised outside a command's own guard
        try:
            output.fail(error)
        except typer.Exit as leave:
            raise SystemExit(leave.exit_code) from None


def init(
    folder: Annotated[Path, typer.Argument(help="Where the Book shall lie.")],
    name: Annotated[str | None, typer.Option(help="The company's name.")] = None,
    currency: Annotated[str, typer.Option(help="Three letters, such as EUR.")] = "EUR",
    time_zone: Annotated[str, typer.Option(help="Such as Europe/Madrid.")] = "UTC",
    margin: Annotated[float | None, typer.Option(help="Share of revenue, 0-1.")] = None,
    json: AsJson = False,
) -> None:
    """Make a Book: one company in one folder."""
    values: dict[str, Any] = {"currency": currency, "time_zone": time_zone}
    if margin is not None:
        values["margin"] = margin
    try:
        book = goodwill.create(folder, name=name, **values)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json({"folder": str(book.folder), "name": book.settings.name})
        return
    output.out.print(f"Made the Book of {book.settings.name} in {book.folder}.")
    output.out.print(f"Next: goodwill add FILE... --book {folder}")


def refresh(
    book: BookFolder = HERE,
    refit: Annotated[bool, typer.Option("--refit", help="Find the themes anew.")] = False,
    json: AsJson = False,
) -> None:
    """Remake everything that is derived, and swap it in whole."""
    from goodwill import desk as desk_room  # what people do about customers follows the data

    try:
        with output.progress(not json) as progress:
            opened = goodwill.open(book)
            desk_room.hand_over(opened)
            made = opened.refresh(refit=refit, progress=progress)
        desk_room.settle(opened.folder)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(made.as_dict())
        return
    seconds = sum(made.seconds.values())
    output.out.print(
        f"Generation {made.generation}: {made.rows['messages']:,} contacts, "
        f"{made.rows['customers']:,} customers, {made.rows['themes']:,} themes, {seconds:.1f} s."
    )
    for note in made.notes:
        output.out.print(note)
    output.out.print("Next: goodwill problems, or goodwill desk")


def desk(
    book: BookFolder = HERE,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    user: Annotated[str, typer.Option(help="Who signs in first.")] = "admin",
    new_password: Annotated[
        bool, typer.Option("--new-password", help="Give that user a new random password.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Open the web pages of a Book on this machine."""
    from goodwill import desk as pages  # the core never imports the desk

    try:
        opened = goodwill.open(book)
        known = pages.has_users(opened.folder) and not new_password
        password = "" if known else pages.ensure_user(opened.folder, user)

        def ready(address: str) -> None:
            if json:
                output.as_json({"address": address, "user": user, "password": password})
                return
            output.out.print(f"The desk of {opened.settings.name} is open: {address}")
            if password:
                output.out.print(f"Sign in as {user} with the password {password}")
            output.out.print("Stop it with Ctrl-C.")

        pages.serve(opened.folder, host=host, port=port, ready=ready)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)


def doctor(
    folder: Annotated[Path | None, typer.Argument(help="The Book's folder.")] = None,
    book: BookFolder = HERE,
    migrate: Annotated[
        bool, typer.Option("--migrate", help="Bring an older Book to this format.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Check a Book and what it stands on, and say how to mend what is wrong."""
    from goodwill import doctor as room

    where = folder or book
    try:
        if migrate:
            room.migrate(where)
        checks = room.examine(where)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json([asdict(check) for check in checks])
    else:
        marks = {"good": "good", "warning": "WARN", "bad": "BAD"}
        rows = [[marks[c.state], c.name, c.found, c.hint] for c in checks]
        output.table("", ["", "check", "found", "what to do"], rows, right=set())
    if any(check.state == "bad" for check in checks):
        raise typer.Exit(BookError.exit_code)


def demo(
    folder: Annotated[Path, typer.Argument(help="Where the demo Book shall lie.")] = Path("demo"),
    customers: Annotated[int, typer.Option(help="How large the company is.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Another seed, another company.")] = 1,
    open_desk: Annotated[bool, typer.Option("--desk/--no-desk", help="Open the desk.")] = True,
    port: Annotated[int, typer.Option(help="Port of the desk.")] = 8000,
    json: AsJson = False,
) -> None:
    """Build the demo company (simulated), refresh it, and open its desk."""
    from goodwill import demo as company

    try:
        if (folder / "goodwill.toml").exists():
            built: Book = goodwill.open(folder)
            if not built.settings.simulated:
                raise BookError(
                    f"{folder} holds the Book of a real company.", hint="Choose another folder."
                )
        else:
            with output.progress(not json) as progress:
                built = company.build(folder, customers=customers, seed=seed, progress=progress)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json({"folder": str(built.folder), "name": built.settings.name})
    else:
        output.out.print(f"{built.settings.name}: {os.path.relpath(built.folder)}")
    if open_desk:
        desk(
            book=built.folder,
            port=port,
            host="127.0.0.1",
            user="demo",
            new_password=True,
            json=json,
        )


_PANELS: tuple[tuple[str, tuple[Callable[..., None], ...], dict[str, typer.Typer]], ...] = (
    ("From files to pages", (demo, init, add, quarantine, refresh, desk, doctor), {}),
    (
        "What the Book says",
        (
            problems, chain, promises, customer, search, metrics, signals, journeys, processes,
            rules, alerts, fixes, notify, export,
        ),
        {"show": show, "value": value},
    ),
    (
        "What people decide",
        (rates, apart),
        {
            "themes": themes, "fix": fix, "rule": rule, "same": same, "candidates": candidates,
            "language": language, "user": users,
        },
    ),
    ("People and what is kept of them", (vault, forget, retain, redact), {}),
)  # fmt: skip
for _panel, _commands, _groups in _PANELS:
    for _command in _commands:
        app.command(rich_help_panel=_panel)(_command)
    for _name, _group in _groups.items():
        app.add_typer(_group, name=_name, rich_help_panel=_panel)
