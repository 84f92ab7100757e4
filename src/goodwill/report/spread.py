"""Medians and means with an interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import comb, floor, sqrt
from statistics import median
from typing import Any

from goodwill.figures import Z95, Figure, ratio
from goodwill.generations import Reader


def ranks(n: int) -> tuple[int, int] | None:
    """Return the ranks (from 1) of the 95 % interval of a median; None below six values.

    The distribution-free interval of order statistics (Thompson 1936); by the normal
    approximation above a thousand values.

    >>> ranks(6), ranks(10), ranks(5)
    ((1, 6), (2, 9), None)
    """
    if n > 1000:
        low = floor((n - Z95 * sqrt(n)) / 2)
        return low, n - low + 1
    tail, low = 0, 0
    while low < n and (tail + comb(n, low)) * 40 <= 2**n:
        tail += comb(n, low)
        low += 1
    return (low, n - low + 1) if low else None


def median_figure(
    reader: Reader,
    seconds: str,
    table: str,
    where: tuple[str, list[Any]],
    definition: str,
    *,
    out_of: int | None = None,
    records: Mapping[str, Any] | None = None,
    empty: str,
) -> Figure:
    """Return the median of a column of seconds, in minutes, with its interval.

    Args:
        reader: The generation.
        seconds: The column; NULL is no value.
        table: The table that it stands in, which also has ``customer_id``.
        where: A condition, and its values.
        definition: The figure's key in the glossary.
        out_of: How many there are with and without a value: what coverage is a share of.
        records: What returns the records.
        empty: Why there is no value, when there is none.
    """
    chosen = f"FROM {table} WHERE {seconds} IS NOT NULL AND {where[0]}"
    row = reader.dicts(
        f"SELECT count(*) AS n, count(DISTINCT customer_no) AS people, "
        f"quantile_cont({seconds}, 0.5) AS middle {chosen}",
        where[1],
    )[0]
    n = row["n"]
    coverage = 1.0 if out_of is None and n else ratio(n, out_of or 0)
    if not n:
        return Figure(None, "minutes", definition, people=0, events=0, coverage=coverage,
                      records=records or {}, reason=empty)  # fmt: skip
    low = high = None
    if (found := ranks(n)) is not None:
        # The value at a rank is the discrete quantile in the middle of that rank's step.
        at = ", ".join(repr((rank - 0.5) / n) for rank in found)
        ends = reader.rows(f"SELECT quantile_disc({seconds}, [{at}]) {chosen}", where[1])[0][0]
        low, high = (float(end) / 60 for end in ends)
    return Figure(
        float(row["middle"]) / 60,
        "minutes",
        definition,
        low=low,
        high=high,
        people=row["people"],
        events=n,
        coverage=coverage,
        records=records or {},
    )


def median_of(
    seconds: Sequence[int],
    definition: str,
    *,
    people: int,
    coverage: float | None,
    records: Mapping[str, Any],
) -> Figure:
    """Return the median of sorted seconds (one at least), in minutes, with its interval."""
    low = high = None
    if (found := ranks(len(seconds))) is not None:
        low, high = (seconds[rank - 1] / 60 for rank in found)
    return Figure(
        median(seconds) / 60,
        "minutes",
        definition,
        low=low,
        high=high,
        people=people,
        events=len(seconds),
        coverage=coverage,
        records=records,
    )


def mean_figure(
    row: Mapping[str, Any],
    name: str,
    unit: str,
    definition: str,
    *,
    people: int,
    coverage: float | None,
    records: Mapping[str, Any],
    empty: str,
) -> Figure:
    """Return a mean with its interval by the normal approximation, never below zero.

    ``row`` holds ``name_n``, ``name_mean`` and ``name_sd``.
    """
    n, mean, sd = row[f"{name}_n"], row[f"{name}_mean"], row[f"{name}_sd"]
    if not n:
        return Figure(None, unit, definition, people=people, events=0, coverage=coverage,
                      records=records, reason=empty)  # fmt: skip
    half = None if n < 2 or sd is None else Z95 * float(sd) / sqrt(n)
    return Figure(
        float(mean),
        unit,
        definition,
        low=None if half is None else max(0.0, float(mean) - half),
        high=None if half is None else float(mean) + half,
        people=people,
        events=n,
        coverage=coverage,
        records=records,
    )
