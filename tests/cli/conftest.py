"""A small shop's files, and a way to run commands as a user would."""

from __future__ import annotations

import csv
import json
import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from goodwill.cli import app

Run = Callable[..., Result]


def call(*words: object, give: str | None = None) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, [str(word) for word in words], input=give)


@pytest.fixture
def run() -> Run:
    return call


@pytest.fixture
def printed(run: Run) -> Callable[..., Any]:
    """Run a command with --json and return what it printed."""

    def call(*words: object) -> Any:
        found = run(*words, "--json")
        assert found.exit_code == 0, found.output
        return json.loads(found.stdout)

    return call


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A refreshed Book of the shop, to be copied, and the folder of its key."""
    folder = tmp_path_factory.mktemp("once")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        for words in (
            ("init", folder / "book", "--name", "Acme"),
            ("add", *write_shop(folder), "--book", folder / "book", "--source", "shop", "--yes"),
            ("refresh", "--book", folder / "book"),
        ):
            told = call(*words)
            assert told.exit_code == 0, told.output
    return folder / "book", folder / "config"


@pytest.fixture
def refreshed(tmp_path: Path, once: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A refreshed Book of the shop, for one test alone."""
    made, keys = once
    monkeypatch.setenv("XDG_CONFIG_HOME", str(keys))
    return Path(shutil.copytree(made, tmp_path / "book"))


@pytest.fixture
def shop(tmp_path: Path) -> tuple[Path, Path]:
    """Tickets and orders of sixty customers; two ticket rows cannot be taken."""
    return write_shop(tmp_path)


def write_shop(folder: Path) -> tuple[Path, Path]:
    """Write the files of the shop."""
    rng = random.Random(5)
    start = datetime(2026, 1, 5, 9, tzinfo=UTC)
    problems = [
        "my parcel has not arrived and the tracking does not move",
        "where is my refund, you promised it weeks ago",
        "the invoice for my last order is missing",
    ]
    tickets, orders = folder / "tickets.csv", folder / "orders.csv"
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
