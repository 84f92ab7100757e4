"""``goodwill show``: one customer, one problem, one table."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError, InputError
from goodwill.figures import Figure
from goodwill.report import BrokenPage, Working

show = typer.Typer(help="Show one customer, one problem, or one table.", no_args_is_help=True)

_AHEAD = ("lifetime_value", "expected_orders", "contract_value")
"""Figures that look ahead as far as the Book does."""


@show.command()
def customer(
    ref: Annotated[str, typer.Argument(help="The customer's id, or what a source calls him.")],
    book: BookFolder = HERE,
    json: AsJson = False,
) -> None:
    """Show a customer: what he is worth, and the whole time line, newest first."""
    try:
        opened = goodwill.open(book)
        page = opened.customer(ref, limit=1_000_000 if json else 200)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        plain = asdict(page)
        plain["figures"] = {key: figure.as_dict() for key, figure in page.figures.items()}
        output.as_json(plain)
        return
    _figures(page.customer_id, page.figures, opened.settings.horizon_weeks)
    for note in page.notes:
        output.out.print(note, markup=False)
    rows = [
        [
            f"{entry.at:%Y-%m-%d %H:%M}",
            entry.kind,
            entry.channel,
            entry.theme or entry.state,
            (entry.text or entry.title)[:90],
        ]
        for entry in page.timeline
    ]
    output.table("", ["at (UTC)", "what", "channel", "theme or state", "words"], rows, right=set())
    if page.entries > len(page.timeline):
        output.out.print(f"{page.entries - len(page.timeline):,} earlier entries: use --json.")


@show.command()
def problem(
    which: Annotated[
        str, typer.Argument(help="The id that goodwill problems prints: 9, or promise:delivery.")
    ],
    book: BookFolder = HERE,
    json: AsJson = False,
) -> None:
    """Show a problem: people, contacts, money, trend, and its sentences."""
    try:
        opened = goodwill.open(book)
        if which.startswith("promise:"):
            _broken(opened.broken_cost(which.removeprefix("promise:")), json=json)
            return
        if not which.isascii() or not which.isdigit():
            raise InputError(f"{which!r} is no problem's id.", hint="goodwill problems lists them.")
        page = opened.problem(int(which))
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        plain = asdict(page)
        plain["problem"] = page.problem.as_dict()
        output.as_json(plain)
        return
    title = f"{page.problem.place}. {page.problem.label}"
    _figures(title, page.problem.figures, opened.settings.horizon_weeks)
    _working(page.working)
    for kind, sentences in page.sentences.items():
        rows = [[f"{s.at:%Y-%m-%d}" if s.at else "", s.channel or "", s.text] for s in sentences]
        if rows:
            output.table(kind.replace("_", " "), ["at", "channel", "words"], rows, right=set())


@show.command()
def table(
    name: Annotated[str, typer.Argument(help="A table's name; docs/tables.md lists them.")],
    book: BookFolder = HERE,
    most: Annotated[int, typer.Option(min=1, help="How many rows to print.")] = 20,
    json: AsJson = False,
) -> None:
    """Show the first rows of a table."""
    try:
        found = goodwill.open(book).table(name)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    rows: list[dict[str, Any]] = found.slice(0, most).to_pylist()
    if json:
        output.as_json(rows)
        return
    cells = [[("" if v is None else str(v))[:40] for v in row.values()] for row in rows]
    output.table(f"{name}: {found.num_rows:,} rows", found.column_names, cells, right=set())


def _broken(page: BrokenPage, *, json: bool) -> None:
    """Print a kind of broken promise as a problem is printed."""
    if json:
        output.as_json(asdict(page) | {"cost": page.cost.as_dict()})
        return
    _figures(f"Broken promises: {page.cost.label}", page.cost.figures)
    _working(page.working)
    rows = [[each.key, each.name, f"{each.people:,}", f"{each.events:,}"] for each in page.themes]
    if rows:
        output.table("what these customers wrote about within 28 days",
                     ["id", "problem", "people", "contacts"], rows, right={0, 2, 3})  # fmt: skip
    output.out.print(page.said, markup=False)


def _working(found: Working) -> None:
    gauges = {f"{g.label} ({g.note})" if g.note else g.label: g.figure for g in found.gauges}
    if gauges:
        _figures("how the cost was found", gauges)
    for sentence in found.sentences:
        output.out.print(sentence, markup=False)


def _figures(title: str, figures: Any, weeks: int = 0) -> None:
    """Print figures; ``weeks`` ahead are those that look ahead among them."""
    rows = []
    for key, figure in figures.items():
        found: Figure = figure
        ahead = f", {weeks} weeks ahead" if key in _AHEAD else ""
        name = f"{key.replace('_', ' ')}{ahead}"
        rows.append([name, output.spoken(found), output.covered(found), found.reason])
    output.table(title, ["figure", "value (95 % interval)", "coverage", "why not"], rows, right={2})
