"""One test body over every engine: fixtures that a folder's conftest.py imports.

``engine`` runs a test on DuckDB. With ``agree``, which asserts that tables have the same hash on
both, it runs on Sail (Spark Connect without a JVM) as well; with GOODWILL_TEST_SAIL=1 every test
does.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from goodwill.engine import DuckDBEngine, Engine, SparkEngine

_HASHES: dict[tuple[str, str], tuple[str, str]] = {}


@lru_cache(maxsize=1)
def sail_address() -> str:
    """Start one Sail server for the whole session and return its address."""
    spark = pytest.importorskip("pysail.spark", reason="Sail is not installed (pip: pysail)")
    pytest.importorskip("pyspark.sql.connect", reason="pyspark[connect] is not installed")
    server = spark.SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    atexit.register(server.stop)
    return f"sc://127.0.0.1:{server.listening_address[1]}"


def make_engine(kind: str, folder: Path) -> Engine:
    """Return a fresh engine of this kind, ``duckdb`` or ``sail``."""
    if kind == "duckdb":
        return DuckDBEngine(folder, memory="1GB", threads=2)
    return SparkEngine(sail_address(), folder=str(folder))


@pytest.fixture
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty engine of the kind that `pytest_generate_tests` asks for."""
    made = make_engine(request.param, tmp_path / "engine")
    yield made
    made.close()


@pytest.fixture
def agree(request: pytest.FixtureRequest, engine: Engine) -> Callable[..., None]:
    """Assert that these tables have the hash that the other engine's run of this test gave."""
    test = request.node.nodeid.replace("[sail", "[duckdb")

    def check(*tables: str, key: str = "") -> None:
        for table in tables:
            found = engine.table_hash(table)
            first, expected = _HASHES.setdefault((test, key + table), (engine.name, found))
            assert found == expected, f"table {table!r} differs between {first} and {engine.name}"

    return check
