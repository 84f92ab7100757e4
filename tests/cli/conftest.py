"""A small shop's files, and a way to run commands as a user would."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from goodwill.cli import app

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    def call(*words: object, give: str | None = None) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words], input=give)

    return call


@pytest.fixture
def printed(run: Run) -> Callable[..., Any]:
    """Run a command with --json and return what it printed."""

    def call(*words: object) -> Any:
        found = run(*words, "--json")
        assert found.exit_code == 0, found.output
        return json.loads(found.stdout)

    return call


@pytest.fixture
def shop(tmp_path: Path) -> tuple[Path, Path]:
    """Tickets and orders of sixty customers; two ticket rows cannot be taken."""
    rng = random.Random(5)
    start = datetime(2026, 1, 5, 9, tzinfo=UTC)
    problems = [
        "my parcel has not arrived and the tracking does not move",
        "where is my refund, you promised it weeks ago",
        "the invoice for my last order is missing",
    ]
    tickets, orders = tmp_path / "tickets.csv", tmp_path / "orders.csv"
    with tickets.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["ticket id", "customer id", "created at", "channel", "message"])
        for number in range(240):
            at = start + timedelta(hours=rng.randrange(24 * 120))
            writer.writerow(
                [number, f"C-{number % 60}", at.isoformat(), "email",
                 f"{rng.choice(problems)}, order {1000 + number % 60}"]
            )  # fmt: skip
        writer.writerow([900, "C-1", "31/02/2026 10:00", "email", "this date does not exist"])
        writer.writerow([901, "C-2"])
    with orders.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(
            ["order number", "customer id", "ordered at", "total", "currency", "promised at",
             "delivered at"]
        )  # fmt: skip
        for number in range(300):
            at = start + timedelta(hours=rng.randrange(24 * 120))
            due = at + timedelta(days=3)
            came = due + timedelta(days=rng.choice([-1, -1, -1, 4]))
            writer.writerow(
                [1000 + number, f"C-{number % 60}", at.isoformat(), f"{rng.uniform(5, 90):.2f}",
                 "EUR", due.date().isoformat(), came.isoformat()]
            )  # fmt: skip
    return tickets, orders
