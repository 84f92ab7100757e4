"""What callers hand in (Arrow, pandas, polars, a mapping of columns) as Arrow or as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from goodwill.errors import InputError
from goodwill.given import arrow, need_columns

__all__ = ["Floats", "arrow", "columns", "dot", "floats", "need_columns"]

Floats = NDArray[np.float64]


def columns(data: Any, names: Sequence[str]) -> tuple[list[Floats], Floats]:
    """Return the named columns and the weights (1 where there are none), equal rows as one.

    Rows come in the order of their values, so that a fit does not depend on the order handed in.

    Raises:
        InputError: A column is absent, or holds a value that is no finite number, or a negative.
    """
    table = arrow(data)
    need_columns(table, names, "the cells")
    if "weight" not in table.column_names:
        table = table.append_column("weight", pa.array(np.ones(table.num_rows)))
    table = table.select([*names, "weight"])
    for name in table.column_names:
        column = np.asarray(table[name].to_numpy(zero_copy_only=False), dtype=np.float64)
        if not np.isfinite(column).all() or (column < 0).any():
            raise InputError(
                f"column {name} holds a missing, infinite or negative value",
                hint="leave such rows out, or build the cells with goodwill.value.rfm",
            )
    if not _in_order([np.asarray(table[name].to_numpy()) for name in names]):
        table = table.group_by(list(names), use_threads=False).aggregate([("weight", "sum")])
        table = table.rename_columns([*names, "weight"])
        table = table.sort_by([(name, "ascending") for name in names])
    found = [np.asarray(table[name].to_numpy(), dtype=np.float64) for name in (*names, "weight")]
    weight = found.pop()
    keep = weight > 0
    return [column[keep] for column in found], weight[keep]


def _in_order(keys: Sequence[Floats]) -> bool:
    """Return whether the rows are distinct and in order already."""
    rises = np.zeros(max(len(keys[0]) - 1, 0), dtype=np.bool_)
    same = ~rises
    for key in keys:
        step = np.diff(key)
        rises |= same & (step > 0)
        same &= step == 0
    return bool(rises.all())


def floats(*values: Any) -> tuple[Floats, ...]:
    """Return the values as float arrays of one shape."""
    arrays = [np.asarray(value, dtype=np.float64) for value in values]
    return tuple(np.broadcast_arrays(*arrays))


def dot(one: Floats, two: Floats) -> float:
    """Return the scalar product without BLAS, whose idle threads cost more than the sum itself."""
    return float(np.einsum("i,i->", one, two))
