"""The step of refresh: contacts in, the table signals out, and only what is new is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from goodwill import tables
from goodwill.engine import Engine
from goodwill.language import SIGNALS, find_signals, signals
from goodwill.tables import DERIVED, FACTS

SCHEMA = FACTS["contacts"].schema
SPEC = DERIVED["signals"]


def contacts(rows: list[dict[str, Any]]) -> pa.Table:
    plain = {"source": "shop", "direction": "in", "author_role": "customer", "channel": "email"}
    full = [{"contact_id": str(number), **plain, **row} for number, row in enumerate(rows)]
    return pa.Table.from_pylist(full, schema=SCHEMA)


def found(engine: Engine) -> dict[str, dict[str, Any]]:
    table = engine.arrow("SELECT * FROM signals", SPEC.schema)
    return {row["contact_id"]: row for row in table.to_pylist()}


def test_the_table_names_the_signals_in_their_order() -> None:
    assert tuple(SIGNALS) == tables.SIGNALS


def test_messages_are_read_once_and_again_when_they_change(
    engine: Engine, tmp_path: Path, agree: Callable[..., None]
) -> None:
    rows = [
        {"text": "You lied to me, I am cancelling my account"},
        {"text": "", "subject": "Thank you so much!"},
        {"text": "Stop whining, you idiots, thank you", "direction": "out", "author_role": "agent"},
        {"text": "we have received your email", "direction": "out", "author_role": "system"},
        {"text": "a note", "direction": "internal"},
        {"text": None},
        {"text": "ok", "language": "en-GB"},
        {"text": "Wo ist mein Paket, bitte antworten Sie mir endlich"},
    ]
    engine.load("contacts", contacts(rows))
    assert find_signals(engine, tmp_path) == 5
    first = found(engine)
    assert sorted(first) == ["0", "1", "2", "6", "7"]
    alone = signals([rows[0]["text"], "Thank you so much!"]).to_pylist()
    assert {name: first["0"][name] for name in SIGNALS} == pytest.approx(alone[0])
    assert {name: first["1"][name] for name in SIGNALS} == pytest.approx(alone[1])
    assert first["2"]["hostile"] > 0.5  # from either side
    assert {name for name in SIGNALS if first["2"][name] is not None} == {"hostile"}
    assert [first[key]["language"] for key in "0167"] == ["en", "en", "en", "de"]
    assert {first["7"][name] for name in SIGNALS} == {None}

    assert find_signals(engine, tmp_path) == 0
    assert found(engine) == first

    engine.drop("contacts")
    rows[1] = {"text": "", "subject": "Where is my parcel?"}
    engine.load("contacts", contacts([*rows[:6], {"text": "Thanks, bye"}]))
    assert find_signals(engine, tmp_path) == 2
    second = found(engine)
    assert sorted(second) == ["0", "1", "2", "6"]
    assert second["0"] == first["0"]
    assert second["1"]["thanks"] < 0.5 < second["6"]["thanks"]
    agree("signals")


def test_a_competitor_is_told_by_the_name_that_people_know_it_by(
    engine: Engine, tmp_path: Path
) -> None:
    said = {
        "I'm switching to Delta after this": "Delta",
        "@united you are worse than @SouthwestAir": "Southwest",
        "Moving over to INITECH tomorrow": "Initech",
        "We are going back to sao joao cafe": "São João & Café",
        "Going to another airline": None,
        "I hate the attitude of your staff": None,
        "Unlike Att, you lie to your customers": "AT&T",
        "Thanks @delta": None,
        "You are worse than Delta, I'm switching to Tesco": "Tesco",
        "Unlike Delta you lie. I am moving to Vodafone tomorrow": "Vodafone",
        "I don't want to switch to Delta, I am switching to Tesco instead": "Tesco",
    }
    rows = [{"text": text} for text in said]
    rows.append({"text": "Switching to Delta", "direction": "out", "author_role": "agent"})
    engine.load("contacts", contacts(rows))
    find_signals(engine, tmp_path, competitors=["Initech", "São João & Café"])
    told = found(engine)
    named = {text: told[str(place)]["competitor"] for place, text in enumerate(said)}
    assert named == said
    assert told[str(len(said))]["competitor"] is None


def test_another_version_reads_everything_again(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from goodwill.language._signals import _refresh

    engine.load("contacts", contacts([{"text": "Thank you!"}]))
    assert find_signals(engine, tmp_path) == 1
    monkeypatch.setattr(_refresh, "version", lambda: "other")
    assert find_signals(engine, tmp_path) == 1
    assert [path.name for path in tmp_path.glob("signals-*")] == ["signals-other.parquet"]
    assert find_signals(engine, tmp_path) == 0


def test_no_contacts_leave_an_empty_table(engine: Engine, tmp_path: Path) -> None:
    engine.load("contacts", SCHEMA.empty_table())
    assert find_signals(engine, tmp_path) == 0
    assert engine.arrow("SELECT * FROM signals", SPEC.schema).num_rows == 0
    assert find_signals(engine, tmp_path) == 0
