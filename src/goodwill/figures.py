"""A `Figure`: the one object that pages, command line and exports show instead of a bare number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from math import sqrt
from typing import Any, Literal

Grade = Literal["A", "B", "C", "none"]


Z80 = 0.8416212335729143
"""80 % of a normal distribution lie below so many standard deviations: what 80 % power asks for."""
Z95 = 1.959963984540054
"""Standard errors on each side of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with all that a reader needs to judge it.

    Attributes:
        value: The number, or None when the data does not allow one (``reason`` says why).
        unit: ``people``, ``contacts``, ``orders``, ``share`` (0-1), ``days``, ``minutes``, or
            ``minor:EUR`` for an amount in the minor unit of a currency.
        definition: Key of the definition in ``docs/glossary.md``.
        low: Lower end of the 95 % interval, in the unit of ``value``; None when there is none.
        high: Upper end of it.
        grade: A, B or C as the glossary defines them; ``none`` for plain counts.
        people: Distinct customers behind the figure; None when they are unknown.
        events: Contacts, orders or promises behind it.
        coverage: Share (0-1) of the records in question that the figure rests on; None only
            when there were no records at all.
        records: What returns the records behind it: a table's name and equality filters.
        reason: Why there is no value, in one sentence.
    """

    value: float | int | None
    unit: str
    definition: str
    low: float | None = None
    high: float | None = None
    grade: Grade = "none"
    people: int | None = None
    events: int | None = None
    coverage: float | None = None
    records: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the figure as plain values, as ``--json`` prints it."""
        out = asdict(self)
        out["records"] = dict(self.records)
        return out


def ratio(part: float, whole: float) -> float | None:
    """Return a share, or None when there is no whole."""
    return part / whole if whole else None


def wilson(successes: int, trials: int, z: float = Z95) -> tuple[float, float]:
    """Return the Wilson score interval of a share (Wilson 1927); (0, 1) when nothing was tried.

    >>> low, high = wilson(8, 10)
    >>> round(low, 4), round(high, 4)
    (0.4902, 0.9433)
    """
    if trials == 0:
        return 0.0, 1.0
    share = successes / trials
    scale = 1 + z * z / trials
    middle = (share + z * z / (2 * trials)) / scale
    half = z / scale * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return max(0.0, middle - half), min(1.0, middle + half)


def poisson(count: int, z: float = Z95) -> tuple[float, float]:
    """Return the interval of a count's mean: Byar's approximation to Garwood (1936).

    From a count of 3 on it is within 3 % of the exact limits, from 20 on within .1 %.

    >>> low, high = poisson(20)
    >>> round(low, 2), round(high, 2)
    (12.21, 30.89)
    """
    low = 0.0
    if count > 0:
        low = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3
    above = count + 1
    return max(0.0, low), above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3


def share_figure(
    successes: int,
    trials: int,
    definition: str,
    *,
    people: int | None = None,
    coverage: float | None = None,
    records: Mapping[str, Any] | None = None,
    empty: str = "There is nothing to count yet.",
) -> Figure:
    """Return a share with its Wilson interval, or a figure without value when the set is empty."""
    if trials == 0:
        return Figure(
            None,
            "share",
            definition,
            people=people,
            events=0,
            coverage=coverage,
            records=records or {},
            reason=empty,
        )
    low, high = wilson(successes, trials)
    return Figure(
        successes / trials,
        "share",
        definition,
        low=low,
        high=high,
        people=people,
        events=trials,
        coverage=coverage,
        records=records or {},
    )


def count_figure(
    value: int,
    unit: str,
    definition: str,
    *,
    people: int | None,
    coverage: float | None,
    records: Mapping[str, Any],
    events: int | None = None,
    empty: str = "",
) -> Figure:
    """Return a count, or a figure without value when ``empty`` says why there is nothing."""
    return Figure(
        None if empty else value,
        unit,
        definition,
        people=people,
        events=value if events is None else events,
        coverage=coverage,
        records=records,
        reason=empty,
    )
