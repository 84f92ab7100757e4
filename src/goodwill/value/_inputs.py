"""What callers hand in (Arrow, pandas, polars, a mapping of columns) as Arrow or as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from goodwill.errors import InputError
from goodwill.given import arrow, need_columns, numbers

__all__ = [
    "Floats",
    "arguments",
    "arrow",
    "columns",
    "dot",
    "first_where",
    "need_columns",
    "need_rate",
]

Floats = NDArray[np.float64]


def columns(data: Any, names: Sequence[str]) -> tuple[list[Floats], Floats]:
    """Return the named columns and the weights (1 where there are none), equal rows as one.

    Rows come in the order of their values, so that a fit does not depend on the order handed in.

    Raises:
        InputError: A column is absent, or holds what is no finite number from 0 on; its row is
            named, from 0.
    """
    table = arrow(data)
    need_columns(table, names, "the cells")
    if "weight" not in table.column_names:
        table = table.append_column("weight", pa.array(np.ones(table.num_rows)))
    table = table.select([*names, "weight"])
    for place, name in enumerate(table.column_names):
        column = numbers(table[name], name)
        values = np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)
        bad = first_where(~(np.isfinite(values) & (values >= 0)))
        if bad is not None:
            held = "nothing" if np.isnan(values[bad.place]) else f"{values[bad.place]:g}"
            raise InputError(
                f"column {name} holds {held}{bad.row}, not a finite number from 0 on",
                hint="leave such rows out, or build the cells with goodwill.value.rfm",
            )
        table = table.set_column(place, name, column)
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


class Place(NamedTuple):
    """Where a value stands in an array, and how a message says so: not at all of a lone value."""

    place: Any
    row: str


def first_where(bad: Any) -> Place | None:
    """Return where the first true value stands; None where there is none."""
    if not bad.any():
        return None
    place = np.unravel_index(int(np.argmax(bad)), bad.shape)
    row = ", ".join(str(int(one)) for one in place)
    return Place(place, f" in row {row}" if row else "")


def arguments(**given: Any) -> list[Floats]:
    """Return the values as float arrays of one shape.

    Raises:
        InputError: One is absent, no number, not finite or negative, or the lengths differ; the
            message names the argument and the row, from 0.
    """
    arrays = [_argument(name, value) for name, value in given.items()]
    try:
        return list(np.broadcast_arrays(*arrays))
    except ValueError as error:
        told = ", ".join(f"{name} {array.size}" for name, array in zip(given, arrays, strict=True))
        raise InputError(
            f"the arguments differ in length: {told}", hint="give one value of each for a customer"
        ) from error


def _argument(name: str, value: Any) -> Floats:
    if value is None:
        raise InputError(
            f"{name} is absent", hint="give the whole history, or nothing of it for a new customer"
        )
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(
            f"{name} is {value!r:.60}, not a number or an array of numbers",
            hint="hand in the numbers themselves",
        ) from error
    bad = first_where(~(np.isfinite(array) & (array >= 0)))
    if bad is not None:
        raise InputError(
            f"{name} is {array[bad.place]:g}{bad.row}, not a finite number from 0 on",
            hint="leave such rows out",
        )
    return array


def need_rate(discount_rate: float) -> float:
    """Return the rate by which the time ahead is discounted.

    Raises:
        InputError: It is no finite number above 0.
    """
    (rate,) = arguments(discount_rate=discount_rate)
    if rate.ndim or not rate > 0:
        raise InputError(
            f"discount_rate is {discount_rate!r}, not one number above 0",
            hint="without discounting what is to come for ever may be without end",
        )
    return float(rate)


def dot(one: Floats, two: Floats) -> float:
    """Return the scalar product without BLAS, whose idle threads cost more than the sum itself."""
    return float(np.einsum("i,i->", one, two))
