"""Plain delimited text, cut into cells by numpy: the same cells as Python's reader, sooner.

Only what follows the rules to the letter is taken: a quote opens at the beginning of a cell, is
doubled within and closes at its end, and every record has as many cells as the header. Of all
else nothing is said, and the caller reads it as before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_QUOTE, _NEWLINE, _RETURN = b'"\n\r'
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Plain:
    """The records of a block.

    Attributes:
        columns: The cells, by column.
        lines: On which line of the block each record begins, 0 is the first.
        used: How many lines the records take.
        left: The text behind them: a record that the block does not end.
    """

    columns: list[pa.Array]
    lines: Places
    used: int
    left: str


def plain(text: str, delimiter: str, width: int, longest: int) -> Plain | None:
    """Return the records of some lines; None where they are not all plain.

    Args:
        text: Whole lines.
        delimiter: One ASCII character.
        width: Cells of a record, two at least.
        longest: A cell of more bytes is left to the caller.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return None
    if width < 2 or b"\0" in data or data.count(b"\r") != data.count(b"\r\n"):
        return None
    if not data.endswith(b"\n"):
        data += b"\n"
    codes = np.frombuffer(data, dtype=np.uint8)
    newlines = np.flatnonzero(codes == _NEWLINE)
    marks = np.flatnonzero((codes == _QUOTE) | (codes == ord(delimiter)) | (codes == _NEWLINE))
    quotes = codes[marks] == _QUOTE
    inside = np.cumsum(quotes) & 1
    ends = marks[~quotes & (inside == 0)]
    last = np.flatnonzero(codes[ends] == _NEWLINE)
    if not len(last) or not _quoted_right(codes, marks[quotes], inside[quotes] == 1, ends):
        return None
    ends = ends[: last[-1] + 1]
    stop = int(ends[-1]) + 1
    if len(ends) % width:
        return None
    by_row = codes[ends].reshape(-1, width) == _NEWLINE
    if by_row[:, :-1].any() or not by_row[:, -1].all():
        return None
    starts = np.append(0, ends[:-1] + 1)
    begins = starts.reshape(-1, width)[:, 0]
    closed = ends - ((codes[ends] == _NEWLINE) & (codes[ends - 1] == _RETURN) & (ends > starts))
    told = (codes[starts] == _QUOTE) & (closed - starts >= 2)
    starts, closed = starts + told, closed - told
    if int((closed - starts).max()) > longest:
        return None
    used = int(np.searchsorted(newlines, stop))
    left = data[stop:].decode() if stop < len(data) else ""
    return Plain(
        _columns(data, starts, closed, width, bool(told.any())),
        np.searchsorted(newlines, begins),
        used,
        left if text.endswith("\n") else left[:-1],
    )


def _quoted_right(codes: npt.NDArray[np.uint8], quotes: Places, opens: Any, ends: Places) -> bool:
    """Whether each quote opens a cell, closes one, or is half of a doubled one."""
    if not len(quotes):
        return True
    bounds = np.zeros(len(codes) + 1, dtype=np.bool_)
    bounds[0] = True
    bounds[ends + 1] = True
    # An opening one stands at the beginning of a cell, or behind the half it doubles.
    twins = np.diff(quotes) == 1
    doubled = np.append(False, twins & ~opens[:-1])
    if not (bounds[quotes[opens]] | doubled[opens]).all():
        return False
    # A closing one stands before the end of its cell, or before its other half.
    bounds[:] = False
    bounds[ends] = True
    bounds[ends[(codes[ends] == _NEWLINE) & (codes[ends - 1] == _RETURN)] - 1] = True
    closes = ~opens
    return bool((bounds[quotes[closes] + 1] | np.append(twins & opens[1:], False)[closes]).all())


def _columns(data: bytes, starts: Places, ends: Places, width: int, quoted: bool) -> list[pa.Array]:
    edges = np.empty(2 * len(starts) + 1, dtype=np.int64)
    edges[0], edges[1::2], edges[2::2] = 0, starts, ends
    cells = pa.StringArray.from_buffers(
        2 * len(starts), pa.py_buffer(edges.astype(np.int32)), pa.py_buffer(data)
    )
    out = []
    for column in range(width):
        taken = cells.take(pa.array(np.arange(2 * column + 1, 2 * len(starts), 2 * width)))
        # No cell without quotes around it holds one.
        out.append(pc.replace_substring(taken, '""', '"') if quoted else taken)
    return out
