"""Text work leaves SQL through record batches and comes back as a table."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from goodwill.engine import DuckDBEngine, Engine

SCHEMA = pa.schema([("n", pa.int64()), ("word", pa.string())])


def shout(batch: pa.RecordBatch) -> pa.RecordBatch:
    return pa.record_batch({"n": batch["n"], "word": pc.utf8_upper(batch["word"])})


def odd(batch: pa.RecordBatch) -> pa.RecordBatch:
    return shout(batch.filter(pc.equal(pc.bit_wise_and(batch["n"], 1), 1)))


def fail(batch: pa.RecordBatch) -> pa.RecordBatch:
    raise RuntimeError("this batch is bad")


def _words(rows: int) -> pa.Table:
    return pa.table({"n": list(range(rows)), "word": [f"w{n}" for n in range(rows)]})


def test_it_works(engine: Engine, agree: Callable[..., None]) -> None:
    engine.load("words", _words(20_000))
    engine.map_arrow("loud", "SELECT n, word FROM words", shout, SCHEMA)
    assert engine.scalar("SELECT word FROM loud WHERE n = 19999") == "W19999"
    assert engine.scalar("SELECT count(*) FROM loud") == 20_000
    agree("loud")


def test_rows_may_be_left_out(engine: Engine, agree: Callable[..., None]) -> None:
    engine.load("words", _words(5_000))
    engine.map_arrow("odd", "SELECT n, word FROM words", odd, SCHEMA)
    assert engine.scalar("SELECT count(*) FROM odd") == 2_500
    agree("odd")


def test_an_error_of_the_function_reaches_the_caller(engine: Engine) -> None:
    engine.load("words", _words(10))
    with pytest.raises(Exception, match="this batch is bad"):
        engine.map_arrow("none", "SELECT n, word FROM words", fail, SCHEMA)
    assert engine.scalar("SELECT count(*) FROM words") == 10


def test_processes_give_the_same_table_as_none() -> None:
    engine = DuckDBEngine()
    engine.load("words", _words(50_000))
    engine.map_arrow("here", "SELECT n, word FROM words", shout, SCHEMA)
    engine.map_arrow("there", "SELECT n, word FROM words", shout, SCHEMA, processes=2)
    assert engine.table_hash("here") == engine.table_hash("there")
    with pytest.raises(Exception, match="this batch is bad"):
        engine.map_arrow("none", "SELECT n, word FROM words", fail, SCHEMA, processes=1)
    engine.close()
