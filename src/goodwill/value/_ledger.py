"""The step of a refresh that keeps the calibration ledger: what was said, and what came of it.

A figure is published once for each day that the data reaches to; a second refresh of the same data
says nothing new. What was published is never written again: an outcome is a row of its own, added
once when the data has passed the due date.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil
from typing import Any

import pyarrow as pa

from goodwill.engine import Engine
from goodwill.tables import ACCOUNTS, DERIVED
from goodwill.value._forecasts import Row, expect_now, forecast_id, judged, settle
from goodwill.value._known import last_day

SMALLEST = "smallest_loss"
_LONGEST_WEEKS = 104
"""A date further ahead than this is no forecast."""
_NEAR = 1.1
"""The smallest loss that can be seen was foretold when it comes within a tenth."""


def keep_ledger(
    engine: Engine, account: Mapping[str, Any], replayed: list[Row], stored: pa.Table,
    outcomes: pa.Table,
) -> tuple[pa.Table, pa.Table]:  # fmt: skip
    """Make ``ledger``; return the forecasts and the outcomes that are new and must be stored.

    Args:
        engine: Holds what `value_customers` and `cost_problems` left.
        account: What `value_customers` returned.
        replayed: What `replay` returned.
        stored: The ``forecasts`` of refreshes before.
        outcomes: The ``outcomes`` of refreshes before.
    """
    known = {row["forecast_id"] for row in stored.to_pylist()}
    today = _today(account)
    said = [*expect_now(engine, account, replayed), *_smallest(engine, today)]
    fresh = [row for row in said if row["forecast_id"] not in known]
    all_said = [*stored.to_pylist(), *fresh]
    done = {row["forecast_id"]: row for row in outcomes.to_pylist()}
    settled = _settled(engine, [r for r in all_said if r["forecast_id"] not in done], account)
    done |= {row["forecast_id"]: row for row in settled}
    empty = {"outcome": None, "held": None, "known_on": None, "reason": ""}
    published = [row | empty | done.get(row["forecast_id"], {}) for row in all_said]
    schema = DERIVED["ledger"].schema
    rows = [
        {name: row.get(name) for name in schema.names}
        for row in [*(one | {"published": True} for one in published), *replayed]
    ]
    engine.load("ledger", pa.Table.from_pylist(rows, schema=schema))
    return _table("forecasts", fresh), _table("outcomes", settled)


def _table(name: str, rows: list[Row]) -> pa.Table:
    schema = ACCOUNTS[name].schema
    plain = [{column: row.get(column) for column in schema.names} for row in rows]
    return pa.Table.from_pylist(plain, schema=schema)


def _today(account: Mapping[str, Any]) -> date | None:
    return max((last_day(one) for one in account.get("sources", {}).values()), default=None)


def _smallest(engine: Engine, today: date | None) -> list[Row]:
    """Return by when each problem's loss of a tenth of the purchases should show."""
    found = engine.arrow(
        f"""
        SELECT problem, expected, matched_people, decidable_weeks FROM problem_effects
        WHERE decidable_weeks > 0 AND decidable_weeks <= {_LONGEST_WEEKS} AND expected > 0
        ORDER BY problem
        """
    ).to_pylist()
    rows: list[Row] = []
    for one in found if today else []:
        assert today is not None
        weeks = ceil(one["decidable_weeks"])
        tenth = 0.1 * one["expected"]
        made: Row = {
            "figure": SMALLEST, "source": "", "subject": one["problem"], "made_on": today,
            "due_on": today + timedelta(weeks=weeks), "weeks": weeks,
            "people": one["matched_people"], "value": float(f"{tenth:.6g}"), "low": 0.0,
            "high": float(f"{_NEAR * tenth:.6g}"), "chance": 0.0,
        }  # fmt: skip
        rows.append({"forecast_id": forecast_id(made)} | made)
    return rows


def _settled(engine: Engine, waiting: list[Row], account: Mapping[str, Any]) -> list[Row]:
    """Return the outcomes of the forecasts that have come due, each with its id."""
    reached = {source: last_day(one) for source, one in account.get("sources", {}).items()}
    due = [row for row in waiting if row["source"] in reached
           and row["due_on"] <= reached[row["source"]]]  # fmt: skip
    out = [row | {"known_on": reached[row["source"]]} for row in settle(engine, due)]
    today = _today(account)
    shown = {
        row["problem"]: row["smallest"]
        for row in engine.arrow("SELECT problem, smallest FROM problem_effects").to_pylist()
    }
    for row in waiting:
        if row["figure"] != SMALLEST or today is None or row["due_on"] > today:
            continue
        smallest = shown.get(row["subject"])
        if smallest is None:
            said = {"outcome": None, "held": None, "known_on": today,
                    "reason": "the problem is no longer found"}  # fmt: skip
        else:
            said = judged(row, float(smallest), row["people"], today)
        out.append(row | said)
    return out
