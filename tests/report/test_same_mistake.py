"""The same mistake again: a problem whose fix was proven and that returns is reopened by itself."""

from __future__ import annotations

import json
from datetime import date
from types import SimpleNamespace

import duckdb
import pyarrow as pa
import pytest
from typer.testing import CliRunner

import goodwill
from goodwill.cli import app
from goodwill.generations import Reader
from goodwill.report import fix, fixes
from goodwill.settings import Settings
from goodwill.tables import DERIVED

BOOK = Settings("b", "ACME")
TOLD = json.dumps([{"at": "2025-01-06T09:00:00+00:00", "what": "declared", "by": "ada"}])


@pytest.fixture
def reader() -> Reader:
    """A fix that holds, and one that was proven in March and whose problem came back in May."""
    worked = {
        "event_id": "held", "kind": "fix", "title": "New label", "theme_ids": [1],
        "started_on": date(2025, 2, 1), "history": TOLD, "verdict": "worked", "reason": "",
        "ratio": 0.5, "low": 0.4, "high": 0.6, "e_value": 900.0, "count": 100, "expected": 200.0,
        "people": 80, "coverage": 1.0, "days": 150, "weeks_to_proof": 6.0, "also": "",
        "proven_on": date(2025, 3, 20), "baseline_from": date(2024, 2, 1),
        "baseline_to": date(2024, 12, 31), "compared_with": "themes", "control_themes": [2],
        "control_contacts": 900, "exposure": "",
    }  # fmt: skip
    back = worked | {
        "event_id": "back", "title": "Second depot", "started_on": date(2025, 1, 6),
        "proven_on": date(2025, 3, 9), "returned_on": date(2025, 5, 2),
    }  # fmt: skip
    tables = {
        "fixes": [worked, back], "fix_weeks": [],
        "themes": [{"theme_id": 1, "area_id": 1, "label": "late parcels"},
                   {"theme_id": 2, "area_id": 2, "label": "sizes"}],
    }  # fmt: skip
    connection = duckdb.connect()
    for name, rows in tables.items():
        given = pa.Table.from_pylist(rows, schema=DERIVED[name].schema)
        connection.register("given", given)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
    return Reader("g1", {"as_of": "2025-06-30T00:00:00+00:00"}, connection)


def test_a_problem_that_returned_stands_first_with_its_whole_history(reader: Reader) -> None:
    first, second = fixes(reader, BOOK)
    assert (first.event_id, first.state, first.verdict) == ("back", "returned", "worked")
    assert first.said == "The problem has returned"
    assert first.why == (
        "Proven on 9 March 2025; since 2 May 2025 half of what was won is lost again."
    )
    assert [(done.day, done.what, done.by) for done in first.history] == [
        (date(2025, 1, 6), "declared", "ada"), (date(2025, 3, 9), "proven", ""),
        (date(2025, 5, 2), "returned", ""),
    ]  # fmt: skip
    assert (second.event_id, second.state) == ("held", "worked")
    assert fix(reader, BOOK, "back").history == first.history


def test_the_command_says_so_first(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    book = SimpleNamespace(fixes=lambda: fixes(reader, BOOK))
    monkeypatch.setattr(goodwill, "open", lambda folder: book)
    shown = CliRunner().invoke(app, ["fixes"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0, shown.output
    assert shown.output.index("Second depot") < shown.output.index("New label")
    assert "has returned" in shown.output
    assert "since 2 May 2025 half of what was won is lost again" in shown.output
    told = json.loads(CliRunner().invoke(app, ["fixes", "--json"]).output)
    assert [done["what"] for done in told[0]["history"]] == ["declared", "proven", "returned"]
