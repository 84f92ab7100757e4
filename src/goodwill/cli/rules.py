"""``goodwill rules`` and ``goodwill rule``: what rules and fees cost, against what they bring."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError, InputError
from goodwill.tables import RULE_KINDS

rule = typer.Typer(help="Tell the company's rules and fees, and take them back.")
By = Annotated[
    str | None, typer.Option("--by", help="Who says so; the user of this machine by default.")
]


def rules(
    book: BookFolder = HERE,
    work: Annotated[bool, typer.Option("--work", help="Also say how each was found.")] = False,
    json: AsJson = False,
) -> None:
    """Show what each rule and fee costs and brings in, the most resented first."""
    try:
        page = goodwill.open(book).rules()
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(page.as_dict())
        return
    if not page.rules:
        output.out.print("No rule was told. goodwill rule add rules.toml, or goodwill rule tell.")
        return
    heads = [
        "id", "rule", "kind", "people", "contacts", "costs a year (95 % interval)", "grade",
        "brings in", "left",
    ]  # fmt: skip
    rows = []
    for each in page.rules:
        shown = each.figures.get
        cost = shown("rule_cost")
        rows.append(
            [
                each.rule_id, each.name, each.kind, output.spoken(shown("people")),
                output.spoken(shown("contacts")), output.spoken(cost),
                "-" if cost is None or cost.grade == "none" else cost.grade,
                output.spoken(shown("brings_in")), output.spoken(shown("rule_net")),
            ]
        )  # fmt: skip
    output.table("Rules and fees", heads, rows, right={3, 4})
    for each in page.rules:
        said = [each.reason] if each.reason else each.sentences if work else []
        for sentence in said:
            output.out.print(f"{each.name}: {sentence}", markup=False)
    for sentence in page.sentences if work else ():
        output.out.print(sentence, markup=False)


@rule.command()
def tell(
    name: Annotated[str, typer.Argument(help="What the company calls it.")],
    wording: Annotated[str, typer.Option(help="How customers read it.")] = "",
    pattern: Annotated[
        list[str] | None,
        typer.Option("--pattern", help="Words by which customers name it; may be repeated."),
    ] = None,
    kind: Annotated[str, typer.Option(help=f"One of {', '.join(RULE_KINDS)}.")] = "rule",
    brings_year: Annotated[float | None, typer.Option(help="What it brings in a year.")] = None,
    brings_each: Annotated[float | None, typer.Option(help="What it brings each time.")] = None,
    times_year: Annotated[int | None, typer.Option(help="How often in a year.")] = None,
    product: Annotated[
        str | None, typer.Option(help="Fee lines of the orders with this product are it.")
    ] = None,
    by: By = None,
    book: BookFolder = HERE,
    json: AsJson = False,
) -> None:
    """Tell one rule or fee; one of the same name is replaced. The next refresh looks for it."""
    try:
        made = goodwill.open(book).tell_rule(
            name, kind=kind, wording=wording, patterns=pattern or (), brings_year=brings_year,
            brings_each=brings_each, times_year=times_year, product=product,
            by=by or getpass.getuser(),
        )  # fmt: skip
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    _kept([made], json)


@rule.command()
def add(
    file: Annotated[Path, typer.Argument(help="A TOML file with [[rule]] tables.")],
    by: By = None,
    book: BookFolder = HERE,
    json: AsJson = False,
) -> None:
    """Tell all rules and fees of a file; those of the same names are replaced."""
    try:
        if not file.is_file():
            raise InputError(f"There is no file {file}.")
        made = goodwill.open(book).tell_rules(file, by=by or getpass.getuser())
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    _kept(made, json)


@rule.command()
def withdraw(
    rule_id: Annotated[str, typer.Argument(help="The id that `goodwill rules` prints.")],
    by: By = None,
    book: BookFolder = HERE,
    json: AsJson = False,
) -> None:
    """Take one back; the next refresh does not look for it any more."""
    try:
        goodwill.open(book).withdraw_rule(rule_id, by=by or getpass.getuser())
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json({"withdrawn": rule_id})
    else:
        output.out.print(f"{rule_id} was taken back.", markup=False)


def _kept(ids: list[str], json: bool) -> None:
    if json:
        output.as_json({"rules": ids})
    else:
        some = "1 rule was kept" if len(ids) == 1 else f"{len(ids)} rules were kept"
        output.out.print(f"{some}; goodwill refresh looks for them in the texts.", markup=False)
