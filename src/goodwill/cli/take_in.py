"""The commands on what comes in: add files, and what could not be taken of them."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError, InputError
from goodwill.records import ImportReport, Preview, ZoneQuestion, checked_zone


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
