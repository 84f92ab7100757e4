"""What came in is joined to what was kept: the same customers as resolving all anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from people import Row, Town

from goodwill.engine import DuckDBEngine, Engine
from goodwill.journeys._identities import Pair, resolve_keys
from goodwill.journeys._kept_identities import KEPT_CUSTOMERS, KEPT_KEYS

WIDE = ("email", "phone", "order")
COLUMNS = ("source", "customer_ref", "account_ref", "kind", "value", "contact_id", "import_id")


def _table(parts: list[list[Row]]) -> pa.Table:
    """The rows of each import, one after the other."""
    rows = [
        {"source": source, "customer_ref": ref, "kind": kind, "value": value, "import_id": f"i{n}"}
        for n, part in enumerate(parts)
        for source, ref, kind, value in part
    ]
    return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in COLUMNS]))


def _resolved(
    engine: Engine, parts: list[list[Row]], folder: Path | None,
    undo: list[Pair] | None = None, same: list[Pair] | None = None,
) -> tuple[int, pa.Table]:  # fmt: skip
    engine.load("identities", _table(parts))
    anew = resolve_keys(engine, undo=undo or [], same=same or [], global_kinds=WIDE, folder=folder)
    return anew, engine.arrow("SELECT * FROM resolved ORDER BY source, customer_ref")


def _cut(rows: list[Row], few: int, times: int) -> list[list[Row]]:
    """One large part and ``times`` small ones, so that an increment touches few."""
    first = len(rows) - few * times
    cuts = [first + few * n for n in range(times + 1)]
    return [rows[:first], *(rows[a : a + few] for a in cuts[:-1])]


@pytest.mark.parametrize("seed", range(6))
def test_increments_give_what_resolving_all_gives(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    town = Town(100, dirty=0.25, hashed=seed % 2 == 0, seed=seed)
    rows = [*town.rows]
    # One phone is held back from the start, another goes beyond the limit with the last part.
    rows += [("shop", f"y{n}", "phone", "+34888") for n in range(12)]
    crowd = [("shop", f"x{n}", "phone", "+34999") for n in range(12)]
    rows += crowd[:8]
    draw.shuffle(rows)
    parts = _cut(rows, 4, 4)
    parts[-1] += crowd[8:]
    refs = sorted({row[:2] for row in rows})
    undo: list[Pair] = []
    same: list[Pair] = []
    engine, whole = DuckDBEngine(threads=1), DuckDBEngine(threads=1)
    fewer = 0
    for upto in range(1, len(parts) + 1):
        anew, found = _resolved(engine, parts[:upto], tmp_path, undo, same)
        every, expected = _resolved(whole, parts[:upto], None, undo, same)
        assert found.equals(expected)
        fewer += anew < every
        again, found = _resolved(engine, parts[:upto], tmp_path, undo, same)
        assert (again, found.equals(expected)) == (0, True), "nothing came in"
        known: dict[str, list[tuple[str, str]]] = {}
        for row in found.to_pylist():
            known.setdefault(row["customer_id"], []).append((row["source"], row["customer_ref"]))
        joined = [sorted(of) for of in known.values() if len(of) > 1]
        undo = [*undo, tuple(draw.sample(draw.choice(joined), 2))][-2:]
        same = [*same, tuple(draw.sample(refs, 2))]
    engine.close()
    whole.close()
    assert fewer >= 3, "some increments must touch a part alone"


def test_both_engines_join_an_increment_alike(
    engine: Engine, agree: Callable[..., None], tmp_path: Path
) -> None:
    rows = Town(40, dirty=0.3, hashed=False, seed=3).rows
    parts = [rows[:-6], rows[-6:]]
    _resolved(engine, parts[:1], tmp_path)
    anew, found = _resolved(engine, parts, tmp_path)
    assert 0 < anew < found.num_rows
    agree("resolved")


def test_all_is_resolved_anew_where_what_was_kept_does_not_hold(tmp_path: Path) -> None:
    rows = Town(30, dirty=0.1, hashed=True, seed=8).rows
    parts = [rows[:-3], rows[-3:]]
    engine = DuckDBEngine(threads=1)
    every, _ = _resolved(engine, parts, tmp_path)
    # A row of an import went away.
    fewer = [parts[0][1:], parts[1]]
    anew, found = _resolved(engine, fewer, tmp_path)
    assert anew == found.num_rows <= every
    # One of the two files is of another refresh.
    old = (tmp_path / KEPT_KEYS).read_bytes()
    _resolved(engine, parts, tmp_path)
    (tmp_path / KEPT_KEYS).write_bytes(old)
    assert _resolved(engine, fewer, tmp_path)[0] == found.num_rows
    (tmp_path / KEPT_CUSTOMERS).write_bytes(b"PAR1")
    assert _resolved(engine, fewer, tmp_path)[0] == found.num_rows
    # A pair that a person said is taken back.
    pair: list[Pair] = [(fewer[0][0][:2], fewer[0][-1][:2])]
    _resolved(engine, fewer, tmp_path, same=pair)
    anew, again = _resolved(engine, fewer, tmp_path)
    assert (anew, again.equals(found)) == (found.num_rows, True)
    engine.close()
