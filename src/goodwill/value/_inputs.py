"""What callers hand in (Arrow, pandas, polars, a mapping of columns) as Arrow or as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from goodwill.errors import InputError

Floats = NDArray[np.float64]


def arrow(data: Any) -> pa.Table:
    """Return ``data`` as an Arrow table; pandas and polars frames and mappings are taken too."""
    if isinstance(data, pa.Table):
        return data
    if isinstance(data, pa.RecordBatch):
        return pa.Table.from_batches([data])
    if isinstance(data, Mapping):
        return pa.table({str(name): np.asarray(column) for name, column in data.items()})
    if hasattr(data, "to_arrow"):
        return _plain_text(data.to_arrow())
    if hasattr(data, "__arrow_c_stream__"):
        return _plain_text(pa.table(data))
    if hasattr(data, "to_dict") and hasattr(data, "columns"):
        return pa.Table.from_pandas(data, preserve_index=False)
    raise InputError(
        f"cannot read columns from a {type(data).__name__}",
        hint="hand in an Arrow table, a pandas or polars frame, or a mapping of columns",
    )


def _plain_text(table: pa.Table) -> pa.Table:
    """Return the table with text as Arrow's plain strings, which every kernel knows."""
    fields = [
        field.with_type(pa.string()) if pa.types.is_string_view(field.type) else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


def need_columns(table: pa.Table, names: Sequence[str], what: str) -> None:
    """Raise InputError naming every one of ``names`` that ``table`` lacks."""
    lacking = [name for name in names if name not in table.column_names]
    if lacking:
        raise InputError(
            f"{what} lack the column{'s' if len(lacking) > 1 else ''} {', '.join(lacking)} "
            f"(there are: {', '.join(table.column_names)})",
            hint=f"rename your columns; needed are {', '.join(names)}",
        )


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
