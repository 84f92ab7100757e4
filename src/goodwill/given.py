"""What callers hand in without a Book: tables of any library, times and numbers of any spelling."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from goodwill.errors import InputError
from goodwill.records.privacy import mask
from goodwill.tables import TIME

Column = Any
"""An Arrow array or chunked array."""


def arrow(data: Any) -> pa.Table:
    """Return ``data`` as an Arrow table.

    pandas and polars frames, mappings of columns and lists of mappings, one a row, are taken too.

    Raises:
        InputError: It is no table, or a column holds values that cannot stand in one.
    """
    if isinstance(data, pa.Table):
        return data
    if isinstance(data, pa.RecordBatch):
        return pa.Table.from_batches([data])
    if isinstance(data, list | tuple) and data and all(isinstance(row, Mapping) for row in data):
        names = dict.fromkeys(name for row in data for name in row)
        data = {name: [row.get(name) for row in data] for name in names}
    if isinstance(data, Mapping):
        columns = {str(name): column_of(values, str(name)) for name, values in data.items()}
        counts = {name: len(column) for name, column in columns.items()}
        if len(set(counts.values())) > 1:
            told = ", ".join(f"{name} {count}" for name, count in counts.items())
            raise InputError(f"the columns differ in length: {told}")
        return pa.table(columns)
    if hasattr(data, "to_arrow"):
        return _plain_text(data.to_arrow())
    if hasattr(data, "__arrow_c_stream__") and not hasattr(data, "iloc"):
        return _plain_text(pa.table(data))
    if hasattr(data, "to_dict") and hasattr(data, "columns"):
        try:
            return _plain_text(pa.Table.from_pandas(data, preserve_index=False))
        except (pa.ArrowException, UnicodeError):
            return arrow({str(name): data[name].to_numpy() for name in data.columns})
    raise InputError(
        f"cannot read columns from a {type(data).__name__}",
        hint="hand in an Arrow table, a pandas or polars frame, a mapping of columns, "
        "or a list of mappings",
    )


def column_of(values: Any, name: str) -> Any:
    """Return a column of Python or NumPy values as an Arrow array; NaN among texts is null.

    Raises:
        InputError: The values are of kinds that no column holds together.
    """
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return values
    try:
        if isinstance(values, np.ndarray) and values.dtype != object:
            return pa.array(values)
        listed = [None if _is_nan(value) else value for value in values]
        if any(isinstance(value, str) for value in listed):
            # A number among texts, as spreadsheets give them, is a text.
            listed = [_as_text(value) for value in listed]
        return pa.array(listed)
    except (pa.ArrowException, UnicodeError, OverflowError, TypeError, ValueError) as error:
        kinds = sorted({type(value).__name__ for value in values if value is not None})
        raise InputError(
            f"column {name} cannot be read: it holds {', '.join(kinds)}",
            hint="give values of one kind, and texts that can be written as UTF-8",
        ) from error


def _as_text(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, bool | int | float) else value


def _is_nan(value: Any) -> bool:
    """Return whether a value is one that says "none": NaN, or the NaT and NA of pandas."""
    if isinstance(value, str | bytes | list | tuple | dict | np.ndarray):
        return False
    try:
        return bool(value != value)
    except TypeError:  # NA is neither equal to itself nor not
        return True


def whole(column: Column) -> Column:
    """Return whole floats, as pandas makes of integers with a gap, as integers; NaN is null."""
    if not pa.types.is_floating(column.type):
        return column
    column = pc.if_else(pc.is_nan(column), None, column)
    try:
        return pc.cast(column, pa.int64())
    except pa.ArrowInvalid:
        return column


def texts(column: Column, name: str) -> Column:
    """Return a column as texts, whole floats as integers are.

    Raises:
        InputError: Its values are no texts, numbers or dates.
    """
    try:
        return pc.cast(whole(column), pa.string())
    except pa.ArrowException as error:
        held = column.type
        raise InputError(f"column {name} cannot be read as texts: it holds {held}") from error


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


def spelled(table: pa.Table, *, at: Sequence[str] = (), amounts: Sequence[str] = ()) -> pa.Table:
    """Return the table with times and numbers that are texts read; NaN among numbers is null.

    Raises:
        InputError: As `times` and `numbers` do, or an amount is infinite.
    """
    for names, read, taken in (
        (at, times, _is_moment), (amounts, numbers, _is_number)
    ):  # fmt: skip
        for name in names:
            column = table.column(name)
            if pa.types.is_dictionary(column.type):
                column = pc.cast(column, column.type.value_type)
            column = column if taken(column.type) else read(column, name)
            if pa.types.is_floating(column.type):
                column = _without_nan(column, name)
            if column is not table.column(name):
                table = table.set_column(table.column_names.index(name), name, column)
    return table


def _without_nan(column: Column, name: str) -> Column:
    if pc.any(pc.is_inf(column)).as_py():
        row = pc.index(pc.is_inf(column), True).as_py()
        raise InputError(f"row {row}, column {name}: infinite", hint="leave such rows out")
    return pc.if_else(pc.is_nan(column), None, column)


def _is_moment(kind: pa.DataType) -> bool:
    return bool(pa.types.is_timestamp(kind) or pa.types.is_date(kind))


def _is_number(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    )


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def times(column: Column, name: str) -> Column:
    """Return a column of times in UTC: ISO texts and dates are read; one without a zone is UTC.

    Raises:
        InputError: A value is no time; the message names its row, from 0.
    """
    return _read(
        column, name, "a time", "write it as 2026-03-31 or 2026-03-31T14:05:00+01:00", _time
    )


def numbers(column: Column, name: str) -> Column:
    """Return a column of floats; texts such as "12.5" are read.

    Raises:
        InputError: A value is no number; the message names its row, from 0.
    """
    hint = "write it with a decimal point and without a currency, as 1234.50"
    return _read(column, name, "a number", hint, _number)


def _read(
    column: Column, name: str, what: str, hint: str, cast: Callable[[Column], Column]
) -> Column:  # fmt: skip
    if pa.types.is_null(column.type) or not len(column):
        column = pa.nulls(len(column), pa.string())
    try:
        return cast(column)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
        row = _first_bad(column, cast)
        value = mask(column[row].as_py())
        message = f"row {row}, column {name}: {value!r} is not {what}"
        raise InputError(message, hint=hint) from error


def _first_bad(column: Column, cast: Callable[[Column], Column]) -> int:
    """Return the first row that cannot be read, by halving, of a column that cannot."""
    low, high = 0, len(column)
    while high - low > 1:
        half = (low + high) // 2
        try:
            cast(column.slice(low, half - low))
            low = half
        except pa.ArrowException:
            high = half
    return low


def _number(column: Column) -> Column:
    return pc.cast(column, pa.float64(), safe=False)


def _time(column: Column) -> Column:
    if pa.types.is_integer(column.type):
        raise pa.ArrowTypeError("a number: nobody says since when it counts, nor what")
    if not _is_text(column.type):
        # More digits than microseconds are cut off.
        finer = pa.types.is_timestamp(column.type) and column.type.unit == "ns"
        return pc.cast(column, TIME, safe=not finer)
    texts = pc.utf8_trim_whitespace(column)
    zoned = pc.match_substring_regex(texts, r"(Z|[+-]\d\d:?\d\d)$")
    clocked = pc.and_(zoned, pc.match_substring_regex(texts, r"\d[T ]\d\d:"))
    plain = pc.cast(pc.if_else(clocked, None, texts), pa.timestamp("us"))
    return pc.coalesce(pc.cast(pc.if_else(clocked, texts, None), TIME), pc.cast(plain, TIME))
