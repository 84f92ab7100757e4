"""``goodwill value``: what customers are worth, and how often the forecasts came true."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError, InputError
from goodwill.figures import Figure
from goodwill.report import PARTS_SAID, EquityMonth, Gauge, PurchaseModel

value = typer.Typer(help="What customers are worth, and how far to trust it.", no_args_is_help=True)
_PARTS = ("new", "kept", "growing", "shrinking", "lost")


@value.command()
def equity(
    book: BookFolder = HERE,
    month: Annotated[str, typer.Option(help="Such as 2026-03; the last one by default.")] = "",
    json: AsJson = False,
) -> None:
    """Show customer equity at the end of a month, and where it came from."""
    try:
        page = goodwill.open(book).value(month=_month(month))
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(page.as_dict())
        return
    if page.reason:
        output.out.print(page.reason, markup=False)
        return
    for model in page.models:
        if model.warning:
            output.out.print(model.warning, markup=False)
    _gauges("Customer equity", page.gauges)
    _gauges("What changed it", page.parts)
    output.out.print(PARTS_SAID)
    output.table(
        "Month by month",
        ["month", "equity (95 % interval)", "earned", "change", *_PARTS],
        [_row(one) for one in page.months],
        right=set(range(1, 4 + len(_PARTS))),
    )
    output.table(
        "By segment, today",
        ["segment", "of", "equity", "at risk"],
        [
            [one.dimension, one.segment, output.spoken(one.equity), output.spoken(one.at_risk)]
            for one in page.segments
        ],
        right={2, 3},
    )
    _gauges("The first 90 days of new customers", page.first_days)
    _gauges("To win and to keep", page.winning)
    _models(page.models)
    for sentence in (*page.notes, *page.sentences):
        output.out.print(sentence, markup=False)


@value.command()
def contracts(book: BookFolder = HERE, json: AsJson = False) -> None:
    """Show what contracts are worth, how they were renewed, and what made them end."""
    try:
        page = goodwill.open(book).value().contracts
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(page.as_dict() if page else None)
        return
    if page is None:
        output.out.print("No contracts came in: goodwill add takes files of them.", markup=False)
        return
    _gauges("Contracts", page.gauges)
    output.table(
        "By plan",
        ["plan", "source", "renewed by the", "running", "renews next", "worth", "for ever"],
        [
            [one.plan, one.source, one.period, output.spoken(one.running),
             output.spoken(one.renews_next), output.spoken(one.value), output.spoken(one.ever)]
            for one in page.plans
        ],
        right={3, 4, 5, 6},
    )  # fmt: skip
    output.table(
        "Renewal by renewal",
        ["plan", "renewal", "came due", "renewed (95 % interval)", "model", "still there"],
        [
            [one.plan, f"{one.number}", f"{one.renewed.events:,}", output.spoken(one.renewed),
             *("-" if share is None else f"{share:.1%}"
               for share in (one.expected, one.still_there))]
            for one in page.renewals
        ],
        right={1, 2, 3, 4, 5},
    )  # fmt: skip
    if page.losses:
        output.table(
            "Contracts lost at the renewals after a problem, beyond those of like contracts",
            ["problem", "contracts (95 % interval)", "grade"],
            [[name, output.spoken(figure), figure.grade] for name, figure in page.losses],
            right={1},
        )  # fmt: skip
    for sentence in page.sentences:
        output.out.print(sentence, markup=False)


@value.command()
def ledger(
    book: BookFolder = HERE,
    state: Annotated[
        str,
        typer.Option(help="all, settled, waiting, missed, published or replayed."),
    ] = "all",
    most: Annotated[int, typer.Option(min=1, help="How many forecasts to print.")] = 30,
    json: AsJson = False,
) -> None:
    """Show how often what was forecast came true."""
    try:
        page = goodwill.open(book).ledger(state=state, limit=most)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(page.as_dict())
        return
    output.out.print(page.verdict, markup=False)
    _gauges("How often the interval held", page.gauges)
    rows = [
        [
            f"{row.made_on}", f"{row.due_on}", "published" if row.published else "replayed",
            row.label, output.spoken(row.figure),
            "" if row.outcome is None else output.number(row.outcome, row.figure.unit),
            {True: "held", False: "missed", None: row.reason or "waiting"}[row.held],
        ]
        for row in page.rows
    ]  # fmt: skip
    output.table(
        f"{page.total:,} forecasts",
        ["said on", "due on", "", "what", "said (95 % interval)", "came", ""],
        rows, right={4, 5},
    )  # fmt: skip


@value.command()
def check(
    book: BookFolder = HERE,
    full: Annotated[bool, typer.Option("--full", help="Ten times the runs; takes longer.")] = False,
    json: AsJson = False,
) -> None:
    """Try on your own orders whether the amounts can be believed."""
    try:
        found = goodwill.open(book).check_value(full=full)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(found.as_dict())
        return
    marks = {"good": "good", "doubtful": "DOUBT", "bad": "BAD", "none": "-"}
    rows = [[marks[one.state], one.label, one.found] for one in found.checks]
    output.table("", ["", "check", "found"], rows, right=set())
    plot = next(one for one in found.checks if one.key == "p_alive")
    if plot.rows:
        output.table(
            "Share that bought again within 26 weeks",
            ["said on", "customers", "people", "expected", "came", "", "held"],
            [
                [row["made_on"], row["group"], f"{row['people']:,}", f"{row['expected']:.0%}",
                 f"{row['came']:.0%}", _bars(row["expected"], row["came"]),
                 "held" if row["held"] else "missed"]
                for row in plot.rows[:16]
            ],
            right={2, 3, 4},
        )  # fmt: skip
    output.out.print(found.verdict, markup=False)


@value.command()
def recovery(book: BookFolder = HERE, json: AsJson = False) -> None:
    """Show whether following up hurt customers on the desk brought them back."""
    from goodwill import desk

    try:
        found = desk.recovery(goodwill.open(book).folder)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(found.as_dict())
    else:
        output.out.print(found.sentence, markup=False)


def _bars(expected: float, came: float, width: int = 40) -> str:
    """Draw both shares on one line: ``|`` where it was expected, ``o`` where it came."""
    line = ["."] * (width + 1)
    line[round(expected * width)] = "|"
    line[round(came * width)] = "o"
    return "".join(line)


def _month(text: str) -> date | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        raise InputError(f"{text!r} is no month.", hint="Write it as 2026-03.") from None


def _row(one: EquityMonth) -> list[str]:
    return [
        f"{one.month:%Y-%m}", output.spoken(one.equity),
        *(_alone(each) for each in (one.earned, one.change, *map(one.parts.get, _PARTS))),
    ]  # fmt: skip


def _alone(figure: Figure | None) -> str:
    """Return a figure without its interval, for which a row has no room; ``--json`` has it."""
    return output.spoken(figure and replace(figure, low=None, high=None))


def _models(models: tuple[PurchaseModel, ...]) -> None:
    """Print each candidate with what it said of the orders held back."""
    rows = [
        [one.source, each.name, "chosen" if each.chosen else "", f"{each.expected:,.0f}",
         "-" if one.came is None else f"{one.came:,.0f}",
         "-" if each.total_error is None else f"{each.total_error:+.1%}", f"{each.rmse:.3f}"]
        for one in models
        for each in one.candidates
    ]  # fmt: skip
    if rows:
        output.table(
            "Purchase models, tried on orders held back",
            ["source", "model", "", "expected", "came", "off by", "error by customer, orders"],
            rows, right={3, 4, 5, 6},
        )  # fmt: skip
    for one in models:
        for sentence in one.sentences:
            output.out.print(sentence, markup=False)


def _gauges(title: str, gauges: tuple[Gauge, ...]) -> None:
    rows = [
        [f"{g.label} ({g.note})" if g.note else g.label, output.spoken(g.figure),
         output.covered(g.figure), g.figure.reason]
        for g in gauges
    ]  # fmt: skip
    output.table(title, ["figure", "value (95 % interval)", "coverage", "why not"], rows, right={2})
