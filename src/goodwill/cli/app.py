"""The commands: init, add, quarantine, refresh, problems, desk, doctor, demo."""

from __future__ import annotations

import getpass
import os
import sys
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
from goodwill.cli.processes import processes
from goodwill.cli.promises import promises
from goodwill.cli.rules import rule, rules
from goodwill.cli.search import search
from goodwill.cli.show import customer, show
from goodwill.cli.signals import signals
from goodwill.cli.take_out import export
from goodwill.cli.themes import themes
from goodwill.cli.users import user as users
from goodwill.cli.value import value
from goodwill.errors import BookError, GoodwillError, InputError
from goodwill.records import ImportReport, Preview, ZoneQuestion, checked_zone
from goodwill.report import RANKING

app = typer.Typer(
    name="goodwill",
    help="Which broken promises cost a company its customers, and whether the fix worked.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(show, name="show")
app.command()(export)
app.command()(promises)
app.command()(vault)
app.command()(alerts)
app.command()(apart)
app.add_typer(candidates, name="candidates")
app.command()(chain)
app.command()(fixes)
app.command()(notify)
app.add_typer(fix, name="fix")
app.command()(journeys)
app.command()(rules)
app.add_typer(rule, name="rule")
app.command()(metrics)
app.command()(processes)
app.command()(signals)
app.command()(customer)
app.command()(rates)
app.add_typer(same, name="same")
app.add_typer(value, name="value")
app.add_typer(themes, name="themes")
app.add_typer(language, name="language")
app.command()(forget)
app.command()(retain)
app.command()(redact)
app.command()(search)
app.add_typer(users, name="user")


def main() -> None:
    """Run the command line; errors raised on purpose end in a message, a hint and a code."""
    try:
        app(standalone_mode=True)
    except GoodwillError as error:  # raised outside a command's own guard
        try:
            output.fail(error)
        except typer.Exit as leave:
            raise SystemExit(leave.exit_code) from None


@app.command()
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


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(help="CSV, TSV, JSON lines, Parquet; gz, zip.")],
    book: BookFolder = HERE,
    mapping: Annotated[
        Path | None, typer.Option("--map", help="TOML: which column is which field.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="The system that the files come from; scopes their ids.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    zone: Annotated[
        str | None,
        typer.Option(help="Zone of times that name none, such as Europe/Madrid; kept."),
    ] = None,
    show_values: Annotated[
        bool, typer.Option("--show-values", help="Show values in errors unmasked.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Read files into the Book; every row is accounted for."""
    try:
        opened = goodwill.open(book)
        with output.progress(not json) as progress:
            reports = opened.add(
                *files,
                mapping=mapping,
                source=source,
                accept=True if yes or json else _ask,
                show_values=show_values,
                progress=progress if yes else None,
                zone=zone,
                ask_zone=None if yes or json or not sys.stdin.isatty() else _ask_zone,
            )
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json([report.as_dict() for report in reports])
    else:
        _tell(reports)
    if not reports and files:
        raise typer.Exit(InputError.exit_code)


def _ask_zone(question: ZoneQuestion) -> str:
    output.out.print(
        f"\n{Path(question.file).name}: times in {', '.join(map(repr, question.columns))} name "
        f"no zone. The answer is kept for the source {question.source!r}.",
        markup=False,
    )
    while True:
        answer: str = typer.prompt("Which zone are they of?", default=question.default)
        try:
            return checked_zone(answer)
        except InputError as error:
            output.out.print(f"{error.message} {error.hint}", markup=False)


def _ask(preview: Preview) -> bool:
    output.out.print(f"\n{Path(preview.file).name}: {preview.recipe}. {preview.why}", markup=False)
    rows = [
        [m.table, m.field, ", ".join(m.columns) or m.rule, " | ".join(m.sample)[:60]]
        for m in preview.mapping
    ]
    columns = ["table", "field", "taken from", "sample (redacted)"]
    output.table("", columns, rows, right=set())
    if preview.unmapped:
        output.out.print("Left out: " + ", ".join(preview.unmapped), markup=False)
    for note in preview.notes:
        output.out.print(note, markup=False)
    return typer.confirm("Take it so?", default=True)


def _tell(reports: list[ImportReport]) -> None:
    if not reports:
        output.out.print("Nothing was taken.")
        return
    columns = ["file", "recipe", "read", "new", "updated", "duplicate", "quarantined", "skipped"]
    rows = [[r.file, r.recipe, *(f"{getattr(r, name):,}" for name in columns[2:])] for r in reports]
    output.table("", columns, rows, right=set(range(2, 8)))
    for report in reports:
        for note in report.notes:
            output.out.print(f"{Path(report.file).name}: {note}", markup=False)
    if any(report.quarantined for report in reports):
        output.out.print("See what was not taken, and why: goodwill quarantine")
    output.out.print("Next: goodwill refresh")


@app.command()
def quarantine(
    book: BookFolder = HERE,
    readd: Annotated[bool, typer.Option("--readd", help="Try the rows again.")] = False,
    mapping: Annotated[
        Path | None, typer.Option("--map", help="TOML: which column is which field.")
    ] = None,
    ids: Annotated[
        list[str] | None, typer.Option("--id", help="Only these rows; all by default.")
    ] = None,
    show_values: Annotated[
        bool, typer.Option("--show-values", help="Show values unmasked; the look is recorded.")
    ] = False,
    reason: Annotated[str, typer.Option(help="With --show-values: why you look.")] = "",
    json: AsJson = False,
) -> None:
    """List the rows that could not be taken, or try them again."""
    try:
        opened = goodwill.open(book)
        if readd:
            reports = opened.readd(ids, mapping=mapping)
            if json:
                output.as_json([report.as_dict() for report in reports])
            else:
                _tell(reports)
            return
        if show_values:
            seen = opened.quarantine_values(actor=getpass.getuser(), reason=reason)
            rows = seen.to_pylist()
        else:
            rows = opened.quarantine().to_pylist()
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(rows)
        return
    if not rows:
        output.out.print("Nothing is in quarantine.")
        return
    names = [
        "quarantine_id",
        "file",
        "line",
        "column",
        "reason",
        "value" if show_values else "masked_value",
    ]
    cells = [[str("" if row[n] is None else row[n]) for n in names] for row in rows[:200]]
    output.table(f"{len(rows):,} rows in quarantine", names, cells, right={2})
    output.out.print("Correct the mapping and try again: goodwill quarantine --readd --map FILE")


@app.command()
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


@app.command()
def problems(
    book: BookFolder = HERE,
    most: Annotated[int, typer.Option(min=1, help="How many to print.")] = 20,
    json: AsJson = False,
) -> None:
    """List the problems, the first to be dealt with first."""
    try:
        opened = goodwill.open(book)
        found = opened.problems()
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json([problem.as_dict() for problem in found])
        return
    rows = [
        [
            str(p.place),
            str(p.theme_id),
            p.label,
            output.spoken(p.figures["people"]),
            f"{p.events:,}",
            output.spoken(p.figures["repeat_people"]),
            output.spoken(p.figures["avoidable_loss"]),
            output.spoken(p.figures["cost_to_serve"]),
            output.spoken(p.figures["value_lost"]),
            p.sentences[0].text[:70] if p.sentences else "",
        ]
        for p in found[:most]
    ]
    output.table(
        "Problems",
        ["place", "id", "problem", "people", "contacts", "wrote again", "avoidable a year",
         "cost to serve", "value lost", "in their words"],
        rows,
        right={0, 1, 3, 4, 5, 6, 7, 8},
    )  # fmt: skip
    output.out.print(RANKING)
    if together := opened.overview().together:
        output.out.print(together)


@app.command()
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


@app.command()
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


@app.command()
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
