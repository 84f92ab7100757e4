"""How commands speak: tables for people, JSON for programs, errors with a hint, progress."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.table import Table

from goodwill.currencies import major
from goodwill.errors import GoodwillError
from goodwill.figures import Figure

Report = Callable[[int, int, str], None]
"""How a step tells its progress: done, total, label."""

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)


def as_json(value: Any) -> None:
    """Print a value as JSON on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=_plain) + "\n")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    return str(value)


def fail(error: GoodwillError, *, json_wanted: bool = False) -> NoReturn:
    """Print an error with its hint and leave with its exit code."""
    if json_wanted:
        detail = {"kind": type(error).__name__, "message": error.message, "hint": error.hint}
        as_json({"error": detail})
    err.print(f"[red]Error:[/red] {_safe(error.message)}")
    if error.hint:
        err.print(f"[bold]Hint:[/bold] {_safe(error.hint)}")
    raise typer.Exit(error.exit_code)


def _safe(text: str) -> str:
    return text.replace("[", "\\[")


@contextmanager
def progress(shown: bool) -> Iterator[Report | None]:
    """Show steps with their rate and the time left on standard error, when it is a terminal."""
    if not shown or not err.is_terminal:
        yield None
        return
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        console=err,
        transient=True,
    ) as bars:
        task = bars.add_task("", total=None, rate="")
        started: dict[str, float] = {}

        def report(done: int, total: int, label: str) -> None:
            start = started.setdefault(label, time.monotonic())
            seconds = time.monotonic() - start
            rate = ""
            if done and seconds > 0.5:
                left = seconds / done * (total - done)
                rate = f"{done / seconds:,.0f} a second, {left:,.0f} s left"
            bars.update(task, description=label, completed=done, total=total or None, rate=rate)

        yield report


def table(title: str, columns: list[str], rows: list[list[str]], *, right: set[int]) -> None:
    """Print a table; the columns in ``right`` are numbers."""
    grid = Table(title=title, title_justify="left", box=None, padding=(0, 2, 0, 0))
    for place, name in enumerate(columns):
        grid.add_column(
            name, justify="right" if place in right else "left", overflow="fold",
            no_wrap=place in right,
        )  # fmt: skip
    for row in rows:
        grid.add_row(*(_safe(cell) for cell in row))
    # A pipe has no width of its own: give it one that folds no column.
    Console(highlight=False, width=None if out.is_terminal else 200).print(grid)


def spoken(figure: Figure | None) -> str:
    """Return a figure as a short text: value, unit, and its interval where there is one."""
    if figure is None:
        return "-"
    if figure.value is None:
        return "no figure"
    text = number(figure.value, figure.unit)
    if figure.low is not None and figure.high is not None:
        low, high = number(figure.low, figure.unit), number(figure.high, figure.unit)
        text += f" ({low} to {high})"
    return text


def covered(figure: Figure) -> str:
    """Return the share of records that a figure rests on, as it stands in a table."""
    return "-" if figure.coverage is None else f"{figure.coverage:.0%}"


def number(value: float, unit: str) -> str:
    """Return a number with its unit, as a table shows it."""
    if unit == "share":
        return f"{value:.1%}"
    if unit.startswith("minor:"):
        currency = unit.removeprefix("minor:")
        return f"{major(value, currency):,.0f} {currency}"
    if unit == "minutes":
        return f"{value / 1440:,.1f} d" if abs(value) >= 2880 else f"{value / 60:,.1f} h"
    if unit in ("transfers", "changes") or (unit == "contacts" and value != int(value)):
        return f"{value:,.2f}"
    if unit in ("ratio", "times") or (unit == "orders" and value != int(value)):
        return f"{value:,.2f}"
    if unit == "contracts" and value != int(value):
        return f"{value:,.1f}"
    return f"{value:,.0f}"
