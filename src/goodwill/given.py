"""What callers hand in without a Book: tables of any library, times and numbers of any spelling."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
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
    """Return ``data`` as an Arrow table; pandas and polars frames and mappings are taken too.

    Raises:
        InputError: It is no table.
    """
    if isinstance(data, pa.Table):
        return data
    if isinstance(data, pa.RecordBatch):
        return pa.Table.from_batches([data])
    if isinstance(data, Mapping):
        return pa.table({str(name): _plain_column(column) for name, column in data.items()})
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


def _plain_column(values: Any) -> Any:
    if isinstance(values, pa.Array | pa.ChunkedArray | np.ndarray):
        return values
    listed = list(values)
    moments = any(isinstance(value, date | datetime) for value in listed)
    return pa.array(listed) if moments or None in listed else np.asarray(listed)


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
    """Return the table with times and numbers that are texts read; other columns are as they are.

    Raises:
        InputError: As `times` and `numbers` do.
    """
    for names, read in ((at, times), (amounts, numbers)):
        for name in names:
            column = table.column(name)
            if _is_text(column.type) or pa.types.is_null(column.type):
                place = table.column_names.index(name)
                table = table.set_column(place, name, read(column, name))
    return table


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
    if not _is_text(column.type):
        return pc.cast(column, TIME)
    texts = pc.utf8_trim_whitespace(column)
    zoned = pc.match_substring_regex(texts, r"(Z|[+-]\d\d:?\d\d)$")
    clocked = pc.and_(zoned, pc.match_substring_regex(texts, r"\d[T ]\d\d:"))
    plain = pc.cast(pc.if_else(clocked, None, texts), pa.timestamp("us"))
    return pc.coalesce(pc.cast(pc.if_else(clocked, texts, None), TIME), pc.cast(plain, TIME))
