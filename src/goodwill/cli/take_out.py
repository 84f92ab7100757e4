"""The command `export`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError, InputError
from goodwill.export import FORMATS, WHAT


def export(
    folder: Annotated[Path, typer.Argument(help="Where the files go; outside the Book.")],
    book: BookFolder = HERE,
    what: Annotated[
        str, typer.Option(help=f"Which, parted by commas: {', '.join(WHAT)}.")
    ] = ",".join(WHAT),
    format: Annotated[str, typer.Option(help="csv, parquet or both.")] = "csv",
    where: Annotated[
        list[str] | None,
        typer.Option("--filter", help="COLUMN=VALUE; only such rows. May be given several times."),
    ] = None,
    since: Annotated[str | None, typer.Option(help="Only from this day on (2026-01-31).")] = None,
    until: Annotated[str | None, typer.Option(help="Only before this day.")] = None,
    bom: Annotated[bool, typer.Option("--bom", help="Let Excel know that it is UTF-8.")] = False,
    json: AsJson = False,
) -> None:
    """Write a row for each conversation, customer and problem, with every metric."""
    try:
        done = goodwill.open(book).export(
            folder,
            what=[name.strip() for name in what.split(",") if name.strip()],
            formats=FORMATS if format == "both" else [format],
            where=_filters(where or []),
            since=_day(since),
            until=_day(until),
            bom=bom,
        )
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(done.as_dict())
        return
    rows = [
        [f.name, f"{f.rows:,}", str(len(f.columns)), f"{f.bytes / 1e6:,.1f} MB"] for f in done.files
    ]
    output.table(str(folder), ["file", "rows", "columns", "size"], rows, right={1, 2, 3})
    output.out.print("Texts are redacted. Files that left the Book are yours to look after.")


def _filters(given: list[str]) -> dict[str, str]:
    parts = [text.partition("=") for text in given]
    if wrong := [text for text, (_, sign, _) in zip(given, parts, strict=True) if not sign]:
        raise InputError(f"--filter {wrong[0]}: COLUMN=VALUE is meant")
    return {name.strip(): value for name, _, value in parts}


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is no day; 2026-01-31 is meant") from None
