"""Tables go in, through SQL and out again, the same on every engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from goodwill.engine import Engine
from goodwill.errors import GoodwillError, SchemaMismatch

TIME = pa.timestamp("us", tz="UTC")
KINDS = pa.schema(
    [
        ("id", pa.string()),
        ("small", pa.int32()),
        ("big", pa.int64()),
        ("single", pa.float32()),
        ("real", pa.float64()),
        ("flag", pa.bool_()),
        ("day", pa.date32()),
        ("at", TIME),
        ("words", pa.list_(pa.string())),
    ]
)
ROWS = [
    {
        "id": "a", "small": -1, "big": 2**53 + 1, "single": 0.5, "real": 1 / 3, "flag": True,
        "day": date(2024, 2, 29), "at": datetime(2024, 2, 29, 23, 59, 59, 123456, UTC),
        "words": ["x", None, ""],
    },
    {
        "id": "", "small": 2**31 - 1, "big": -(2**63), "single": -0.0, "real": 1e-300,
        "flag": False, "day": date(1969, 12, 31), "at": datetime(1969, 12, 31, tzinfo=UTC),
        "words": [],
    },
    dict.fromkeys(KINDS.names),
]  # fmt: skip
TABLE = pa.Table.from_pylist(ROWS, schema=KINDS)


def test_it_works(engine: Engine, agree: Callable[..., None]) -> None:
    engine.load("numbers", pa.table({"n": [1, 2, 3]}))
    engine.save("doubled", "SELECT 2 * n AS n FROM numbers", pa.schema([("n", pa.int64())]))
    assert engine.scalar("SELECT sum(n) FROM doubled") == 12
    agree("doubled")


def test_every_type_comes_back_as_it_went_in(engine: Engine, agree: Callable[..., None]) -> None:
    engine.load("kinds", TABLE)
    engine.save("kept", "SELECT * FROM kinds", KINDS)
    found = engine.arrow("SELECT * FROM kept", KINDS)
    key = lambda row: (row["id"] is None, row["id"] or "")  # noqa: E731
    assert sorted(found.to_pylist(), key=key) == sorted(ROWS, key=key)
    agree("kinds", "kept")


def test_a_hash_does_not_depend_on_the_order_of_rows_or_columns(engine: Engine) -> None:
    engine.load("one", TABLE)
    engine.load("two", TABLE.take([2, 0, 1]).select(KINDS.names[::-1]))
    assert engine.table_hash("one") == engine.table_hash("two")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ([None], [""]),
        (["a"], ["b"]),
        (["a"], ["a", "a"]),
        ([1], [1.0]),
        ([1.0], [1.00000001]),
        ([datetime(2024, 1, 1, 0, 0, 0, 1, UTC)], [datetime(2024, 1, 1, tzinfo=UTC)]),
        ([["a"]], [["a", None]]),
        ([[None]], [[""]]),
        ([["a", "b"]], [["b", "a"]]),
        ([[]], [None]),
    ],
)
def test_a_hash_tells_values_apart(engine: Engine, left: list, right: list) -> None:
    kinds: list = [pa.list_(pa.string()) if isinstance(left[0], list) else None] * 2
    if left == [None]:
        kinds = [pa.string(), pa.string()]
    engine.load("one", pa.table({"x": pa.array(left, kinds[0])}))
    engine.load("two", pa.table({"x": pa.array(right, kinds[1])}))
    assert engine.table_hash("one") != engine.table_hash("two")


def test_a_hash_takes_floats_to_nine_digits_and_no_sign_of_zero(engine: Engine) -> None:
    engine.load("one", pa.table({"x": [0.1 + 0.2, 0.0, 1e20]}))
    engine.load("two", pa.table({"x": [0.3, -0.0, 1e20 * (1 + 1e-12)]}))
    assert engine.table_hash("one") == engine.table_hash("two")


def test_two_equal_rows_do_not_cancel_out(engine: Engine) -> None:
    engine.load("one", pa.table({"x": ["a", "a"]}))
    engine.load("two", pa.table({"x": ["b", "b"]}))
    assert engine.table_hash("one") != engine.table_hash("two")


def test_a_result_is_cast_to_the_declared_schema(
    engine: Engine, agree: Callable[..., None]
) -> None:
    schema = pa.schema(
        [("total", pa.int64()), ("half", pa.int64()), ("text", pa.string()), ("day", pa.date32())]
    )
    engine.load("n", pa.table({"n": pa.array([2**53, 1], pa.int64())}))
    engine.save(
        "fitted",
        "SELECT CAST('2024-01-31' AS DATE) AS day, sum(n) AS total, 2.5::DOUBLE AS half, "
        "CAST(NULL AS INTEGER) AS text FROM n",
        schema,
    )
    found = engine.arrow("SELECT * FROM fitted")
    assert found.schema.names == schema.names
    assert found.to_pylist() == [
        {"total": 2**53 + 1, "half": 3, "text": None, "day": date(2024, 1, 31)}
    ]
    agree("fitted")


def test_missing_and_extra_columns_are_named(engine: Engine) -> None:
    schema = pa.schema([("here", pa.int64()), ("lacking", pa.int64())])
    with pytest.raises(SchemaMismatch, match=r"missing: lacking; extra: surplus") as caught:
        engine.save("x", "SELECT 1 AS here, 2 AS surplus", schema)
    assert isinstance(caught.value, GoodwillError) and isinstance(caught.value, ValueError)


def test_a_step_may_replace_the_table_that_it_reads(engine: Engine) -> None:
    schema = pa.schema([("n", pa.int64())])
    engine.load("t", pa.table({"n": [1]}))
    engine.save("t", "SELECT n + 1 AS n FROM t", schema)
    engine.save("t", "SELECT n + 1 AS n FROM t UNION ALL SELECT n FROM t", schema)
    assert engine.arrow("SELECT n FROM t ORDER BY n")["n"].to_pylist() == [2, 3]


def test_rows_are_added_to_a_table_and_to_a_view_of_files(
    engine: Engine, tmp_path: Path, agree: Callable[..., None]
) -> None:
    schema = pa.schema([("n", pa.int64()), ("said", pa.string())])
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({"n": [1], "said": ["a"]}, schema=schema), path)
    engine.load("t", pa.table({"n": [1], "said": ["a"]}, schema=schema))
    engine.load("files", [str(path)])
    for name in ("t", "files"):
        engine.append(name, f"SELECT 'b' AS said, CAST(n + 0.6 AS DOUBLE) AS n FROM {name}", schema)
        engine.append(name, f"SELECT n, said FROM {name} WHERE n > 5", schema)
        assert engine.arrow(f"SELECT n, said FROM {name} ORDER BY n", schema).to_pylist() == [
            {"n": 1, "said": "a"}, {"n": 2, "said": "b"},
        ]  # fmt: skip
        with pytest.raises(SchemaMismatch, match="missing: said"):
            engine.append(name, "SELECT 1 AS n", schema)
    assert pq.read_table(path).num_rows == 1
    agree("t", "files")


def test_an_empty_result_keeps_its_schema(engine: Engine, agree: Callable[..., None]) -> None:
    engine.load("kinds", TABLE)
    engine.save("none", "SELECT * FROM kinds WHERE id = 'nobody'", KINDS)
    assert engine.arrow("SELECT * FROM none", KINDS).num_rows == 0
    engine.load("nothing", KINDS.empty_table())
    assert engine.scalar("SELECT count(*) FROM nothing") == 0
    agree("none", "nothing")


def test_parquet_files_are_a_table_and_parts_of_their_paths_are_text(
    engine: Engine, tmp_path: Path, agree: Callable[..., None]
) -> None:
    paths = []
    for month, column in (("2017-10", "old"), ("2017-11", "new")):
        folder = tmp_path / "facts" / f"month={month}"
        folder.mkdir(parents=True)
        path = folder / "it's a part.parquet"
        pq.write_table(pa.table({"id": [month], column: [1]}), path)
        paths.append(str(path))
    engine.load("facts", paths)
    schema = pa.schema(
        [("id", pa.string()), ("old", pa.int64()), ("new", pa.int64()), ("month", pa.string())]
    )
    engine.save("kept", "SELECT * FROM facts", schema)
    assert engine.arrow("SELECT * FROM kept ORDER BY id").to_pylist() == [
        {"id": "2017-10", "old": 1, "new": None, "month": "2017-10"},
        {"id": "2017-11", "old": None, "new": 1, "month": "2017-11"},
    ]
    agree("kept")


def test_folders_further_up_are_no_columns(
    engine: Engine, tmp_path: Path, agree: Callable[..., None]
) -> None:
    folder = tmp_path / "source=shop" / "book"
    folder.mkdir(parents=True)
    pq.write_table(pa.table({"source": ["desk"]}), folder / "kept.parquet")
    engine.load("files", [str(folder / "kept.parquet")])
    engine.save("kept", "SELECT * FROM files", pa.schema([("source", pa.string())]))
    assert engine.arrow("SELECT * FROM kept").to_pylist() == [{"source": "desk"}]
    agree("kept")


def test_a_view_of_files_gives_way_to_a_table_of_the_same_name(
    engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({"n": [1]}), path)
    engine.load("t", [str(path)])
    engine.save("t", "SELECT n + 1 AS n FROM t", pa.schema([("n", pa.int64())]))
    assert engine.scalar("SELECT n FROM t") == 2
    engine.load("t", [str(path)])
    assert engine.scalar("SELECT n FROM t") == 1


def test_dropped_tables_are_gone_and_may_be_missing(engine: Engine) -> None:
    engine.load("t", pa.table({"n": [1]}))
    engine.drop("t", "never_there")
    with pytest.raises(Exception, match=r"[Tt]able|view"):
        engine.scalar("SELECT n FROM t")
    engine.load("t", pa.table({"n": [2]}))
    assert engine.scalar("SELECT n FROM t") == 2


def test_write_makes_one_sorted_parquet_file(engine: Engine, tmp_path: Path) -> None:
    engine.load("t", pa.table({"n": list(range(50_000, 0, -1)), "s": ["x"] * 50_000}))
    engine.write("t", tmp_path / "t.parquet", ["n"])
    found = pq.read_table(tmp_path / "t.parquet")
    assert found["n"].to_pylist() == list(range(1, 50_001))


def test_batches_hold_at_most_the_asked_rows(engine: Engine) -> None:
    engine.load("t", pa.table({"n": list(range(10_000))}))
    sizes, seen = [], set()
    for batch in engine.batches("SELECT n FROM t", 1000):
        sizes.append(batch.num_rows)
        seen.update(batch["n"].to_pylist())
    assert max(sizes) <= 1000 and seen == set(range(10_000))


def test_scalar_of_no_row_is_none(engine: Engine) -> None:
    engine.load("t", pa.table({"n": [1]}))
    assert engine.scalar("SELECT n FROM t WHERE n > 1") is None
    assert engine.scalar("SELECT max(n) FROM t WHERE n > 1") is None
