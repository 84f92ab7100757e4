"""What the entry points of this room take: counts, dates, exposure, in any usual container."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from goodwill.errors import InputError

Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]


def plain(values: Any) -> Any:
    """Return Arrow, polars and pandas columns and tables as numpy; lists stay lists."""
    if isinstance(values, pa.Table | pa.RecordBatch):
        return np.stack([_column(values.column(i)) for i in range(values.num_columns)])
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return _column(values)
    if hasattr(values, "to_numpy"):  # pandas and polars
        out = values.to_numpy()
        # A frame has a column a series; an array has a row a series.
        return out.T if out.ndim == 2 else out
    return values


def _column(values: Any) -> NDArray[Any]:
    if pa.types.is_timestamp(values.type) or pa.types.is_date(values.type):
        values = values.cast(pa.timestamp("us", tz=getattr(values.type, "tz", None)))
        if values.type.tz is not None:
            values = pc.local_timestamp(values)
        return np.asarray(values.to_numpy(zero_copy_only=False), "datetime64[us]")
    return np.asarray(values.to_pylist() if pa.types.is_string(values.type) else values)


def count_matrix(values: Any, name: str = "counts") -> Floats:
    """Return counts as floats (series, time); NaN marks a time that was not observed.

    Raises:
        InputError: The values are no numbers, negative, infinite, or of more than two axes.
    """
    try:
        out = np.array(plain(values), np.float64)
    except (TypeError, ValueError) as fault:
        raise InputError(
            f"{name} cannot be read as numbers: {fault}",
            hint=f"give {name} as an array of shape (series, days)",
        ) from None
    if out.ndim == 1:
        out = out[None, :]
    if out.ndim != 2 or out.size == 0:
        raise InputError(
            f"{name} has the shape {out.shape}",
            hint=f"give {name} as an array of shape (series, days) with at least one of each",
        )
    if np.isinf(out).any() or (out < 0).any():
        row, column = np.argwhere(np.isinf(out) | (out < 0))[0]
        raise InputError(
            f"{name} holds {out[row, column]:g} in row {row}, position {column}",
            hint="a count is zero or more; leave NaN where nothing was observed",
        )
    return out


def day_axis(values: Any, length: int, *, step: int, name: str = "dates") -> Days:
    """Return the dates as numpy days, held to be ``step`` days apart and ``length`` of them.

    Raises:
        InputError: They cannot be read, differ in number from the counts, or leave a gap.
    """
    days = as_days(values, name)
    if len(days) != length:
        raise InputError(
            f"{len(days)} {name} for {length} columns of counts",
            hint="give one date for each column",
        )
    gaps = np.flatnonzero(np.diff(days) != np.timedelta64(step, "D"))
    if len(gaps):
        at = int(gaps[0])
        raise InputError(
            f"{name} go from {days[at]} to {days[at + 1]}; each must be {step} day"
            f"{'s' if step > 1 else ''} after the one before",
            hint="put in the missing dates, with NaN where nothing was observed, 0 where nothing "
            "happened",
        )
    return days


def as_days(values: Any, name: str = "dates") -> Days:
    """Return dates, times or ISO texts as numpy days; a time with a zone keeps its own day."""
    values = plain(values)
    if isinstance(values, np.ndarray) and values.dtype.kind == "M":
        out = values.astype("datetime64[D]")
    else:
        try:
            out = np.array([_day(value) for value in values], "datetime64[D]")
        except (TypeError, ValueError) as fault:
            raise InputError(
                f"{name} cannot be read: {fault}",
                hint="give dates, times, or texts such as 2015-02-21",
            ) from None
    if out.ndim != 1 or np.isnat(out).any():
        raise InputError(f"{name} has an empty entry", hint="give a date for each entry")
    return out


def one_day(value: Any, name: str) -> np.datetime64:
    """Return one date, time or ISO text as a numpy day."""
    return np.datetime64(as_days([value], name)[0], "D")


def _day(value: Any) -> np.datetime64:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return np.datetime64(value, "D")
    if isinstance(value, np.datetime64):
        day: np.datetime64 = value.astype("datetime64[D]")
        return day
    if isinstance(value, str):
        return np.datetime64(date.fromisoformat(value.strip()[:10]), "D")
    if hasattr(value, "as_py"):
        return _day(value.as_py())
    raise TypeError(f"{value!r} is no date")


def exposure_matrix(values: Any, shape: tuple[int, int]) -> Floats | None:
    """Return exposure (orders, active customers) as (1 or series, time), mean one a series.

    One row stands for all series. A time without exposure counts as not observed.
    """
    if values is None:
        return None
    out = count_matrix(values, "exposure")
    if out.shape[1] != shape[1] or out.shape[0] not in (1, shape[0]):
        raise InputError(
            f"exposure has the shape {out.shape}, counts {shape}",
            hint="give one row for all series, or one for each",
        )
    days = (out > 0).sum(axis=1, keepdims=True)
    if not days.all():
        raise InputError("exposure is zero throughout", hint="leave it out")
    mean = np.nansum(out, axis=1, keepdims=True) / days
    return np.where(out > 0, out / mean, np.nan)


def positive(value: float, name: str) -> float:
    """Return a finite number above zero, or raise InputError."""
    if not isinstance(value, int | float | np.number) or not 0 < float(value) < float("inf"):
        raise InputError(f"{name} is {value!r}", hint="give a number above zero")
    return float(value)


def texts_list(values: Any, name: str = "texts") -> list[str]:
    """Return texts as a list; an empty entry is an empty text."""
    values = plain(values)
    if isinstance(values, str) or not isinstance(values, Sequence | np.ndarray):
        raise InputError(f"{name} is {type(values).__name__}", hint="give a list of texts")
    out = ["" if v is None or v != v else v for v in values]
    for place, value in enumerate(out):
        if not isinstance(value, str):
            raise InputError(
                f"{name} holds {type(value).__name__} at position {place}", hint="give texts"
            )
    return out
