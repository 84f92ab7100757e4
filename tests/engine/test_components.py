"""Connected components: the same labels from scipy, from SQL, and from a walk of the graph."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from engines import sail_address
from goodwill.engine import Engine, SparkEngine

Edges = list[tuple[str | None, str | None]]


def walked(edges: Edges) -> dict[str, str]:
    """The brute-force twin: walk from every node and take the least one met."""
    near: dict[str, set[str]] = defaultdict(set)
    for a, b in edges:
        if a is not None and b is not None:
            near[a].add(b)
            near[b].add(a)
    labels = {}
    for start in near:
        seen, todo = {start}, [start]
        while todo:
            for node in near[todo.pop()] - seen:
                seen.add(node)
                todo.append(node)
        labels[start] = min(seen)
    return labels


def _table(edges: Edges) -> pa.Table:
    return pa.table(
        {
            "a": pa.array([a for a, _ in edges], pa.string()),
            "b": pa.array([b for _, b in edges], pa.string()),
        }
    )


def _random_edges(seed: int) -> Edges:
    draw = random.Random(seed)
    nodes = [f"{draw.choice(['t', 'T', 'é'])}{draw.randrange(1000)}" for _ in range(150)]
    return [(draw.choice(nodes), draw.choice(nodes)) for _ in range(110)]


CASES: dict[str, Edges] = {
    "a chain, an island, a missing end": [
        *[(f"n{i:03}", f"n{i + 1:03}") for i in range(60)], ("z", "z"), (None, "q"), ("r", None),
    ],
    "nothing": [],
    "random 1": _random_edges(1),
    "random 2": _random_edges(2),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_every_node_gets_the_least_node_it_reaches(
    engine: Engine, agree: Callable[..., None], case: str
) -> None:
    engine.load("edges", _table(CASES[case]))
    engine.components("parts", "SELECT a, b FROM edges")
    found = engine.arrow("SELECT node, component FROM parts")
    assert found.num_rows == len(set(found["node"].to_pylist()))
    assert dict(zip(found["node"].to_pylist(), found["component"].to_pylist(), strict=True)) == (
        walked(CASES[case])
    )
    agree("parts")


@pytest.mark.parametrize("case", CASES)
def test_labels_propagated_in_sql_are_the_same(tmp_path: Path, case: str) -> None:
    engine = SparkEngine(sail_address(), folder=str(tmp_path), edges=-1)
    engine.load("edges", _table(CASES[case]))
    engine.components("parts", "SELECT a, b FROM edges")
    found = engine.arrow("SELECT node, component FROM parts")
    engine.close()
    assert dict(zip(found["node"].to_pylist(), found["component"].to_pylist(), strict=True)) == (
        walked(CASES[case])
    )
