"""Episodes of a plain table, without a Book."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from facts import at, random_world, rows

from goodwill.engine import DuckDBEngine
from goodwill.errors import GoodwillError, InputError
from goodwill.journeys import episodes
from goodwill.journeys._follow import SPOKEN, TOLD
from goodwill.journeys._messages_sql import spoken_sql, story_sql, told_sql
from goodwill.tables import DERIVED

ROWS: list[dict[str, Any]] = [
    {"customer_id": "ana", "theme_id": 1, "at": at(0), "direction": "in", "channel": "email"},
    {"customer_id": "ana", "theme_id": 1, "at": at(1), "direction": "out", "channel": "email"},
    {"customer_id": "ana", "theme_id": 1, "at": at(2), "direction": "in", "channel": "social"},
    {"customer_id": "ana", "theme_id": 1, "at": at(30), "direction": "in", "channel": "chat"},
    {"customer_id": "bob", "theme_id": None, "at": at(0), "direction": "in", "channel": "chat"},
]
TABLE = pa.Table.from_pylist([row | {"public": row["channel"] == "social"} for row in ROWS])


def test_it_works() -> None:
    found = episodes(TABLE)
    assert found.schema.names == DERIVED["episodes"].schema.names[:10]
    first, second = found.to_pylist()
    assert (first["contacts_in"], first["contacts_out"], first["channels"]) == (2, 1, 2)
    assert (first["public_at"], first["last_at"], first["status"]) == (at(2), at(2), "quiet")
    assert (second["opened_at"], second["status"]) == (at(30), "open")


@pytest.mark.parametrize("make", [lambda t: t.to_pandas(), pl.from_arrow, pa.Table.to_batches])
def test_any_table_gives_the_same(make: Any) -> None:
    handed = make(TABLE)
    if isinstance(handed, list):
        handed = handed[0]
    if isinstance(handed, pd.DataFrame):
        handed["theme_id"] = handed["theme_id"].astype("Int64")
    assert episodes(handed).equals(episodes(TABLE))


def test_order_of_rows_and_extra_columns_do_not_matter() -> None:
    rows = TABLE.append_column("extra", pa.array(range(TABLE.num_rows))).to_pylist()
    random.Random(1).shuffle(rows)
    assert episodes(pa.Table.from_pylist(rows)).equals(episodes(TABLE))


def test_themes_may_be_texts_and_times_without_a_zone_are_utc() -> None:
    plain = datetime(2024, 1, 1, 8)
    row = ROWS[0] | {"theme_id": "late parcel", "at": plain, "public": None, "customer_id": 7}
    (found,) = episodes(pa.Table.from_pylist([row])).to_pylist()
    assert (found["theme_id"], found["opened_at"]) == ("late parcel", at(0))
    assert found["customer_id"] == "7"


def test_quiet_days_may_be_chosen() -> None:
    assert episodes(TABLE, quiet_days=29).num_rows == 1


def test_no_rows_give_no_episodes() -> None:
    assert episodes(TABLE.slice(0, 0)).num_rows == 0


def test_what_cannot_be_read_is_named() -> None:
    with pytest.raises(InputError, match="lack the columns direction, public"):
        episodes(TABLE.drop_columns(["public", "direction"]))
    with pytest.raises(InputError, match="row 0, column at: .xxxxxxxxx. is not a time"):
        episodes(TABLE.set_column(2, "at", pa.array(["yesterday"] * 5)))
    with pytest.raises(GoodwillError, match="cannot read columns from a list"):
        episodes([1, 2])
    with pytest.raises(InputError, match="direction holds 'xxxxxxxx'"):
        episodes(TABLE.set_column(3, "direction", pa.array(["sideways"] * 5)))
    for days in (0, "14", 1.5, True):
        with pytest.raises(InputError, match="quiet_days is"):
            episodes(TABLE, quiet_days=days)


def test_odd_values_are_read_or_named() -> None:
    listed = TABLE.to_pylist()
    # A customer that is a number in one row and NaN, blank or a text in others; a column more.
    odd = [row | {"customer_id": each, "more": 1} for row, each in zip(
        listed, [7, 7.0, "7", float("nan"), " "], strict=True)]  # fmt: skip
    same = [row | {"customer_id": "7" if place < 3 else None} for place, row in enumerate(listed)]
    assert episodes(odd).equals(episodes(same)) and episodes(same).num_rows
    assert episodes(pd.DataFrame(odd)).equals(episodes(same))
    with pytest.raises(InputError, match="row 0, column at: '9999999999' is not a time"):
        episodes([row | {"at": 1709546400} for row in listed])
    for strange in ("\ud800", object()):
        with pytest.raises(InputError, match="column channel cannot be read: it holds"):
            episodes([listed[0] | {"channel": strange}])
    with pytest.raises(InputError, match="differ in length: at 1, public 2"):
        episodes({"at": [None], "public": [True, False]})


def test_times_may_be_texts_and_the_table_a_mapping() -> None:
    rows = TABLE.to_pydict()
    said = rows | {"at": [each.isoformat() for each in rows["at"]],
                   "direction": [f"{each}bound".upper() for each in rows["direction"]]}  # fmt: skip
    assert episodes(said).equals(episodes(TABLE))


@pytest.mark.parametrize("quiet_days", [3, 14])
def test_it_gives_what_a_book_gives(quiet_days: int) -> None:
    world = random_world(9)
    engine = DuckDBEngine()
    world.follow(engine, quiet_days=quiet_days)
    expected = rows(engine, "episodes", "customer_id, theme_id, opened_at")
    engine.save("_told", told_sql(), TOLD)
    engine.save("_spoken", spoken_sql(), SPOKEN)
    story = engine.arrow(
        "SELECT k.customer_id, s.theme_id, m.at, s.direction, s.channel, m.public "
        f"FROM ({story_sql()}) AS s JOIN _spoken AS k ON k.n = s.customer_n "
        "JOIN _spoken AS m ON m.n = s.n"
    )
    engine.close()
    found = episodes(story, quiet_days=quiet_days).to_pylist()
    # The Book's now is later, so only the status may differ.
    plain = [{name: row[name] for name in found[0]} for row in expected]
    assert [row | {"status": ""} for row in found] == [row | {"status": ""} for row in plain]
