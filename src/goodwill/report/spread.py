"""Medians and means with an interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


def people_sql(chosen: Mapping[str, str], table: str, where: str) -> str:
    """Return the query for how many customers each condition holds for at least once, by its key.

    Each customer is met once, with a bit a condition: counting them apart for each, as DISTINCT
    does, takes as many tables as there are conditions.
    """
    bits = {key: 1 << place for place, key in enumerate(chosen)}
    seen = " | ".join(f"CASE WHEN {chosen[key]} THEN {bit} ELSE 0 END" for key, bit in bits.items())
    counts = ", ".join(f"count(*) FILTER (seen & {bit} <> 0) AS {key}" for key, bit in bits.items())
    return (
        f"SELECT {counts} FROM (SELECT customer_no, bit_or({seen}) AS seen FROM {table} "
        f"WHERE customer_no IS NOT NULL AND {where} GROUP BY customer_no)"
    )


@dataclass(frozen=True, slots=True)
class Median:
    """The median of a column of seconds with its interval; of how many, and of how many people."""

    n: int
    people: int
    middle: float | None = None
    low: float | None = None
    high: float | None = None

    def figure(
        self,
        definition: str,
        *,
        out_of: int | None = None,
        records: Mapping[str, Any] | None = None,
        empty: str,
    ) -> Figure:
        """Return it as a figure in minutes.

        Args:
            definition: The figure's key in the glossary.
            out_of: How many there are with and without a value: what coverage is a share of.
            records: What returns the records.
            empty: Why there is no value, when there is none.
        """
        coverage = 1.0 if out_of is None and self.n else ratio(self.n, out_of or 0)
        if self.middle is None:
            return Figure(None, "minutes", definition, people=0, events=0, coverage=coverage,
                          records=records or {}, reason=empty)  # fmt: skip
        low, high = (None if end is None else end / 60 for end in (self.low, self.high))
        return Figure(self.middle / 60, "minutes", definition, low=low, high=high,
                      people=self.people, events=self.n, coverage=coverage,
                      records=records or {})  # fmt: skip


def medians_of(
    reader: Reader,
    table: str,
    counted: Mapping[str, str],
    where: tuple[str, list[Any]],
    n: Mapping[str, int],
    people: Mapping[str, int],
) -> dict[str, Median]:
    """Return the medians of columns of seconds, by their names.

    Args:
        reader: The generation.
        table: The table that they stand in.
        counted: Of each column the condition on the rows that count.
        where: A condition on all of them, and its values.
        n: Of each column how many rows count.
        people: Of each column how many people they are of.
    """
    asked = {name: rows for name, rows in counted.items() if n[name]}
    medians = {name: Median(0, 0) for name in counted}
    if not asked:
        return medians
    parts = []
    for name, rows in asked.items():
        parts.append(f"quantile_cont({name}, 0.5) FILTER ({rows}) AS {name}")
        if (found := ranks(n[name])) is not None:
            # The value at a rank is the discrete quantile in the middle of that rank's step.
            at = ", ".join(repr((rank - 0.5) / n[name]) for rank in found)
            parts.append(f"quantile_disc({name}, [{at}]) FILTER ({rows}) AS {name}_ends")
    row = reader.dicts(f"SELECT {', '.join(parts)} FROM {table} WHERE {where[0]}", where[1])[0]
    for name in asked:
        low, high = row.get(f"{name}_ends") or (None, None)
        medians[name] = Median(n[name], people[name], float(row[name]), low, high)
    return medians


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
