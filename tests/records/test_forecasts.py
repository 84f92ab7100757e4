"""What was forecast is stored once, and no later word replaces it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import goodwill
from goodwill.records import Store, keep_once
from goodwill.tables import ACCOUNTS

SCHEMA = ACCOUNTS["forecasts"].schema


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return goodwill.create(tmp_path / "acme").store()


def said(*ids: str, value: float = 10.0) -> pa.Table:
    rows: list[dict[str, Any]] = [
        {"forecast_id": one, "figure": "expected_orders", "source": "shop", "subject": "",
         "made_on": date(2026, 1, 1), "due_on": date(2026, 2, 1), "weeks": 4, "people": 9,
         "value": value, "low": value - 1, "high": value + 1, "chance": 0.1}
        for one in ids
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def test_a_forecast_stands_as_it_was_first_said(store: Store) -> None:
    assert keep_once(store, "forecasts", said("a", "b")) == 2
    assert keep_once(store, "forecasts", said("a", "b")) == 0
    # Settings changed, the same figure of the same day: the first word stands.
    assert keep_once(store, "forecasts", said("b", "c", value=99.0)) == 1
    kept = {row["forecast_id"]: row["value"] for row in store.arrow("forecasts").to_pylist()}
    assert kept == {"a": 10.0, "b": 10.0, "c": 99.0}


def test_a_writer_killed_after_the_commit_stores_nothing_twice(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: Any, **__: Any) -> None:
        append(store, *_, **__)
        raise KeyboardInterrupt

    append = Store.append
    monkeypatch.setattr(Store, "append", lambda self, *a, **b: dies(*a, **b))
    with pytest.raises(KeyboardInterrupt):
        keep_once(store, "forecasts", said("a", "b"))
    monkeypatch.undo()
    assert keep_once(store, "forecasts", said("a", "b")) == 0
    assert store.arrow("forecasts").num_rows == 2


def test_nothing_to_say_writes_nothing(store: Store) -> None:
    before = store.versions()
    assert keep_once(store, "outcomes", ACCOUNTS["outcomes"].schema.empty_table()) == 0
    assert store.versions() == before
