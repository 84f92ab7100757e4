"""The commands on themes: the map, edits and what they move, taking back, audits."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

import goodwill
from goodwill import report
from goodwill.book import Book
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError, InputError
from goodwill.figures import Figure
from goodwill.language import Edit

themes = typer.Typer(name="themes", help="The themes: look, edit, take back, audit.")
ThemeId = Annotated[int, typer.Argument(help="Its id, as `goodwill themes list` prints it.")]
By = Annotated[str, typer.Option("--by", help="Who makes the change.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not show what it moves, and not ask.")]
Frozen = Annotated[
    bool, typer.Option("--frozen", help="Leave the messages that came until now as they are.")
]


@themes.callback(invoke_without_command=True)
def main(context: typer.Context, book: BookFolder = HERE, json: AsJson = False) -> None:
    """Show the map of themes, or edit, take back and audit them."""
    if context.invoked_subcommand is None:
        list_(book, json)


@themes.command("list")
def list_(book: BookFolder = HERE, json: AsJson = False) -> None:
    """Show the map: areas, themes with counts and precision, the unfiled share."""
    try:
        page = goodwill.open(book).themes.page()
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(page.as_dict())
        return
    for gauge in page.gauges:
        output.out.print(f"{gauge.label}: {_share(gauge.figure)}")
    table = Table(box=None, pad_edge=False)
    for name in ("id", "area", "theme"):
        table.add_column(name)
    for name in ("contacts", "last 4 weeks", "4 before", "right", "found"):
        table.add_column(name, justify="right")
    for theme in page.themes:
        mark = " (muted)" if theme.muted else " (pinned)" if theme.pinned else ""
        table.add_row(
            str(theme.theme_id),
            theme.area,
            theme.label + mark,
            f"{theme.contacts:,}",
            *(_count(theme.figures.get(key)) for key in ("recent", "before")),
            *(_share(theme.figures[key]) for key in ("precision", "recall")),
        )
    output.out.print(table)
    if page.months:
        last = page.months[-1]
        output.out.print(f"Unfiled in {last.month}: {_share(last.unfiled)}")
    output.out.print(f"Version {page.version}")
    if page.waiting:
        output.out.print(f"{page.waiting} changes wait for the next refresh.")


@themes.command()
def edits(book: BookFolder = HERE, json: AsJson = False) -> None:
    """List what people changed, with who and when."""
    try:
        found = goodwill.open(book).themes.edits()
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json([edit.as_dict() for edit in found])
        return
    for edit in found:
        undone = f" (taken back by {edit.undone_by or 'somebody'})" if edit.undone_at else ""
        output.out.print(
            f"{edit.edit_id}  {edit.at:%Y-%m-%d %H:%M}  {edit.by or 'somebody'}:"
            f" {edit.kind} {edit.theme_id} {_arguments(edit)}{undone}"
        )


@themes.command()
def rename(
    theme_id: ThemeId,
    label: Annotated[str, typer.Argument(help="The new name.")],
    book: BookFolder = HERE,
    by: By = "",
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Give a theme another name."""
    _edit(book, "rename", theme_id, by=by, yes=yes, json=json, label=label)


@themes.command()
def merge(
    theme_id: ThemeId,
    into: Annotated[int, typer.Argument(help="The theme that it becomes part of.")],
    book: BookFolder = HERE,
    frozen: Frozen = False,
    by: By = "",
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Make a theme part of another."""
    _edit(book, "merge", theme_id, frozen, by=by, yes=yes, json=json, into=into)


@themes.command()
def split(
    theme_id: ThemeId,
    label: Annotated[str, typer.Argument(help="The name of the new theme.")],
    words: Annotated[list[str], typer.Argument(help="Phrases; a message holds all words of one.")],
    book: BookFolder = HERE,
    frozen: Frozen = False,
    by: By = "",
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Make the messages of a theme that hold one of the phrases a theme of their own."""
    _edit(book, "split", theme_id, frozen, by=by, yes=yes, json=json, label=label, words=words)


@themes.command()
def move(
    theme_id: ThemeId,
    area: Annotated[str, typer.Argument(help="An area's id, or the name of a new one.")],
    book: BookFolder = HERE,
    by: By = "",
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Put a theme into another area."""
    where: dict[str, Any] = {"area_id": int(area)} if area.isdigit() else {"label": area}
    _edit(book, "move", theme_id, by=by, yes=yes, json=json, **where)


@themes.command()
def pin(
    theme_id: ThemeId,
    off: Annotated[bool, typer.Option("--off", help="Take the pin away.")] = False,
    book: BookFolder = HERE,
    by: By = "",
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Let a theme stand first in its area, and never be muted by rule."""
    _edit(book, "unpin" if off else "pin", theme_id, by=by, yes=yes, json=json)


@themes.command()
def mute(
    theme_id: ThemeId,
    off: Annotated[bool, typer.Option("--off", help="Put it back.")] = False,
    book: BookFolder = HERE,
    frozen: Frozen = False,
    by: By = "",
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Take a theme out of problems and alerts; its messages are still counted."""
    _edit(book, "unmute" if off else "mute", theme_id, frozen, by=by, yes=yes, json=json)


@themes.command()
def undo(
    edit_id: Annotated[int, typer.Argument(help="Number, as `goodwill themes edits` prints it.")],
    book: BookFolder = HERE,
    by: By = "",
    json: AsJson = False,
) -> None:
    """Take an edit back; the next refresh is as if it had not been made."""
    try:
        edit = goodwill.open(book).themes.undo(edit_id, by=by)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(edit.as_dict())
        return
    output.out.print(f"Edit {edit.edit_id} ({edit.kind}) is taken back from the next refresh on.")


@themes.command()
def audit(
    theme_id: Annotated[
        list[int] | None, typer.Argument(help="Themes; the five largest by default.")
    ] = None,
    book: BookFolder = HERE,
    sheet: Annotated[
        Path | None, typer.Option("--sheet", help="Write the messages to this CSV to fill in.")
    ] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="Read such a CSV that was filled in.")
    ] = None,
    size: Annotated[int, typer.Option("--size", min=10, max=500, help="Messages a theme.")] = 50,
    seed: Annotated[int | None, typer.Option("--seed", help="Of the sample.")] = None,
    by: By = "",
    json: AsJson = False,
) -> None:
    """Ask for messages whether they belong to their theme; measures precision and recall."""
    try:
        opened = goodwill.open(book)
        if answers is not None:
            count = opened.themes.read_sheet(answers, by=by)
            _told(opened, f"{count} answers were taken.", json)
            return
        largest = [theme.theme_id for theme in opened.themes.page().themes if not theme.muted]
        sheets = [
            opened.themes.audit(number, by=by, seed=seed, size=size)
            for number in theme_id or largest[:5]
        ]
        if sheet is not None:
            count = opened.themes.write_sheets(sheet, sheets)
            _told(opened, f"Wrote {count} messages to {sheet}; fill in y or n.", json)
            return
        if json or not sys.stdin.isatty():
            raise InputError(
                "There is nobody to ask.", hint="Write a sheet with --sheet FILE, fill it in."
            )
        for each in sheets:
            if not _asked(opened, each, by):
                break
        _told(opened, "", json)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)


def _asked(book: Book, sheet: report.AuditSheet, by: str) -> bool:
    """Ask for each message that nobody has judged; return whether to go on with the next theme."""
    output.out.print(f"\nDoes the message belong to “{sheet.label}”? y, n, s to skip, q to stop")
    for item in sheet.items:
        if item.belongs is not None:
            continue
        output.out.print(f"\n{item.text}", markup=False)
        said = typer.prompt("y/n/s/q", default="s").strip().lower()[:1]
        if said == "q":
            return False
        if said in "yn":
            book.themes.answer(sheet.draw_id, {item.key: said == "y"}, by=by)
    return True


def _told(book: Book, words: str, json: bool) -> None:
    judged = [theme for theme in book.themes.page().themes if theme.audited_at]
    if json:
        output.as_json([theme.as_dict() for theme in judged])
        return
    if words:
        output.out.print(words)
    for theme in judged:
        output.out.print(
            f"{theme.label}: right {_share(theme.figures['precision'])},"
            f" found {_share(theme.figures['recall'])}"
        )


def _edit(
    folder: Path,
    kind: str,
    theme_id: int,
    frozen: bool = False,
    *,
    by: str,
    yes: bool,
    json: bool,
    **values: Any,
) -> None:
    values["history"] = "frozen" if frozen else "restated"
    try:
        book = goodwill.open(folder)
        if not yes and not json:
            seen = book.themes.preview(kind, theme_id, **values)
            output.out.print(seen.words, markup=False)
            output.out.print(f"It moves {_count(seen.contacts)} contacts, such as:")
            for sentence in seen.sentences:
                output.out.print(f"  “{sentence.text}”", markup=False)
            if sys.stdin.isatty() and not typer.confirm("Do it?", default=False):
                raise typer.Exit(1)
        edit = book.themes.edit(kind, theme_id, by=by, **values)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(edit.as_dict())
        return
    output.out.print(f"Kept as edit {edit.edit_id}; it shows after the next refresh.")


def _arguments(edit: Edit) -> str:
    parts = [edit.label, *edit.words]
    parts += [f"into {edit.into}"] if edit.into is not None else []
    parts += [f"area {edit.area_id}"] if edit.area_id is not None else []
    parts += ["frozen"] if edit.history == "frozen" else []
    return ", ".join(part for part in parts if part)


def _count(figure: Figure | None) -> str:
    return "" if figure is None or figure.value is None else f"{figure.value:,}"


def _share(figure: Figure) -> str:
    if figure.value is None:
        return "–"
    text = f"{figure.value:.1%}"
    if figure.low is not None and figure.high is not None:
        text += f" ({figure.low:.1%} to {figure.high:.1%})"
    return text
