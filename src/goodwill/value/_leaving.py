"""Whether contracts that a failure hit leave more often than others of like history.

Every renewal that comes due is a trial. Those of contracts that were hit are compared, stratum by
stratum (plan, renewals lived, season: what they are is the caller's matter), with those of
contracts that were not hit until then::

    extra = left among the hit - sum over strata of (hit that came due x share that left otherwise)

As a contract can leave only once, and each trial is given what came before it, the trials'
deviations from their chances are uncorrelated, also those of one contract (Andersen and Gill 1982);
a customer's several contracts may go together, which `overlap` allows for.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from goodwill.errors import InputError, NotEnoughData
from goodwill.figures import Z80, Z95, Figure
from goodwill.given import numbers, whole
from goodwill.value._inputs import Floats, arrow, first_where, need_columns

_POWER = Z95 + Z80
FEWEST_LIKE = 5
"""Renewals that a stratum must have among those not hit."""
FEWEST_HIT = 20
FEWEST_EXPECTED = 2.0
ASSOCIATION = (
    "contracts that were hit differ from others in more than what they are compared by, and nobody "
    "drew by lot who was hit: association, no proof that the failure made them leave"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingFigure(Figure):
    """How many more contracts left than would have without the failure.

    ``value`` counts contracts, positive for a loss. ``events`` are the renewals of contracts hit
    that were compared, ``coverage`` their share.

    Attributes:
        standard_error: Of the value.
        left: Contracts that were hit and left.
        expected: How many of them would have left, by the comparison.
        ratio: ``left`` over ``expected``.
        plain: How many more left than among all others, without strata.
        matched_share: As ``coverage``.
        smallest_detectable: The smallest number of contracts lost that this data would show, in
            four of five cases (80 % power, 5 % two-sided).
        sentence: The finding in words.
    """

    standard_error: float
    left: float
    expected: float
    ratio: float
    plain: float
    matched_share: float
    smallest_detectable: float
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Trials:
    """Renewals of each stratum; arrays aligned.

    ``group`` numbers strata whose others are partly the same contracts: their errors add up.
    ``money`` is what a departure costs: its sum over those hit, over those of them who left, and
    the sum of its squares.
    """

    hit: Floats
    hit_left: Floats
    other: Floats
    other_left: Floats
    group: Any
    money: tuple[Floats, Floats, Floats] | None = None


@dataclass(frozen=True, slots=True)
class Excess:
    """Departures of those hit beyond the others', of strata with others enough."""

    events: float
    all_events: float
    left: float
    expected: float
    error: float
    null_error: float
    money: float
    money_error: float

    @property
    def extra(self) -> float:
        """How many more left."""
        return self.left - self.expected


def excess(trials: Trials, overlap: float = 1.0) -> Excess:
    """Return how many more of those hit left.

    Args:
        trials: By stratum.
        overlap: By how much variances grow because customers hold several contracts.

    Raises:
        NotEnoughData: Too few of those hit could be compared.
    """
    good = (trials.hit > 0) & (trials.other >= FEWEST_LIKE)
    events = float(trials.hit[good].sum())
    if events < FEWEST_HIT:
        raise NotEnoughData(
            f"{events:.0f} of {trials.hit.sum():.0f} renewals of contracts that this hit found "
            f"like contracts; it takes {FEWEST_HIT}"
        )
    hit, left = trials.hit[good], trials.hit_left[good]
    other = trials.other[good]
    share = trials.other_left[good] / other
    expected = float(hit @ share)
    if expected < FEWEST_EXPECTED:
        raise NotEnoughData(
            f"of contracts like those hit too few left: {expected:.1f} departures would have been "
            f"expected, and it takes {FEWEST_EXPECTED:.0f}"
        )
    ratio = (float(left.sum()) + 0.5) / (expected + 0.5)
    group = np.unique(np.asarray(trials.group)[good], return_inverse=True)[1].reshape(-1)
    # Half a departure more, so that a stratum where nobody left is not taken to be certain.
    known = np.minimum((trials.other_left[good] + 0.5) / (other + 1.0), 0.5)
    blur = np.sqrt(known * (1 - known) / other)

    def error(weight: Floats, squares: Floats, times: float) -> float:
        chance = np.minimum(share * times, 0.95)
        own = float(squares @ (chance * (1 - chance)))
        theirs = float((np.bincount(group, weight * blur) ** 2).sum())
        return sqrt(overlap * (own + theirs))

    money = money_error = 0.0
    if trials.money is not None:
        worth, worth_left, worth_squares = (one[good] for one in trials.money)
        money = float(worth_left.sum() - worth @ share)
        money_error = error(worth, worth_squares, ratio)
    return Excess(
        events, float(trials.hit.sum()), float(left.sum()), expected,
        error(hit, hit, ratio), error(hit, hit, 1.0), money, money_error,
    )  # fmt: skip


def plain_excess(trials: Trials) -> float:
    """Return how many more of those hit left than of all others, without strata."""
    others = float(trials.other.sum())
    share = float(trials.other_left.sum()) / others if others else 0.0
    return float(trials.hit_left.sum() - trials.hit.sum() * share)


def leaving(contracts: Any, *, strata: tuple[str, ...] = ()) -> LeavingFigure:
    """Return how many more of the contracts that a failure hit left, against like ones.

    Args:
        contracts: Arrow, pandas, polars or a mapping with ``hit`` and ``left`` (0 or 1) and the
            columns named in ``strata``; a row is a contract at a renewal, or ``weight`` of them.
        strata: Columns by which like is compared with like, such as plan and renewals lived.
            Numbers of more than ten values are compared by tenths of their distribution.

    Returns:
        The figure; never graded above C, for nothing here was drawn by lot.

    Raises:
        InputError: A column is absent or has a gap, or ``hit`` or ``left`` is neither 0 nor 1.
        NotEnoughData: Too few rows that were hit could be compared.
    """
    if isinstance(strata, str):
        raise InputError(
            f"strata is {strata!r}, one text", hint=f"write it as strata=({strata!r},)"
        )
    table = arrow(contracts)
    need_columns(table, ("hit", "left", *strata), "the contracts")
    hit, left = (_numbers(table, name) for name in ("hit", "left"))
    if not (np.isin(hit, (0, 1)).all() and np.isin(left, (0, 1)).all()):
        raise InputError("hit and left must be 0 or 1", hint="leave out rows without either")
    weight = _numbers(table, "weight") if "weight" in table.column_names else np.ones(len(hit))
    codes = np.zeros(len(hit), dtype=np.int64)
    for name in strata:
        mine = _coded(table, name)
        codes = codes * (int(mine.max(initial=0)) + 1) + mine
    group = np.unique(codes, return_inverse=True)[1].reshape(-1)
    size = int(group.max(initial=-1)) + 1

    def count(part: Floats) -> Floats:
        return np.asarray(np.bincount(group, part * weight, size), dtype=np.float64)

    trials = Trials(
        count(hit), count(hit * left), count(1 - hit), count((1 - hit) * left), np.arange(size)
    )
    return figure_of(excess(trials), plain_excess(trials))


def _numbers(table: pa.Table, name: str) -> Floats:
    values = np.asarray(numbers(table[name], name).to_numpy(zero_copy_only=False), np.float64)
    bad = first_where(~(np.isfinite(values) & (values >= 0)))
    if bad is not None:
        raise InputError(
            f"column {name} holds no finite number from 0 on{bad.row}", hint="leave such rows out"
        )
    return values


def _coded(table: pa.Table, name: str) -> Any:
    """Return a number for each value; of a wide number its tenth."""
    column = whole(table[name]).combine_chunks()
    if column.null_count:
        row = pc.index(pc.is_null(column), True).as_py()
        raise InputError(f"column {name} holds nothing in row {row}", hint="leave such rows out")
    values = np.asarray(column.to_numpy(zero_copy_only=False))
    found, codes = np.unique(values, return_inverse=True)
    if len(found) > 10 and np.issubdtype(found.dtype, np.number):
        edges = np.unique(np.quantile(values.astype(np.float64), np.linspace(0.1, 0.9, 9)))
        return np.searchsorted(edges, values, side="right")
    return codes.reshape(-1)


def figure_of(found: Excess, plain: float, people: int | None = None) -> LeavingFigure:
    """Return an excess as a figure, with the finding in words."""
    value, reach = found.extra, Z95 * found.error
    low, high = value - reach, value + reach
    share = found.events / found.all_events if found.all_events else 0.0
    return LeavingFigure(
        value=value, unit="contracts", definition="contracts_lost", low=low, high=high,
        grade="C", people=people, events=round(found.events), coverage=share,
        reason=ASSOCIATION, standard_error=found.error, left=found.left,
        expected=found.expected,
        ratio=found.left / found.expected if found.expected else float("nan"),
        plain=plain, matched_share=share, smallest_detectable=_POWER * found.null_error,
        sentence=words(found.left, found.expected, found.events, value, low, high,
                       _POWER * found.null_error),
    )  # fmt: skip


def words(
    left: float, expected: float, events: float, extra: float, low: float, high: float,
    smallest: float,
) -> str:  # fmt: skip
    """Return the finding in words."""
    said = (
        f"At {events:,.0f} renewals of contracts that were hit {left:,.0f} left; of as many like "
        f"them that were not, {expected:,.1f} would have: {extra:+,.1f} ({low:+,.1f} to "
        f"{high:+,.1f}). "
    )
    if low <= 0 <= high:
        return said + (
            "Not distinguishable from zero. The smallest loss that this data would have shown, in "
            f"four of five cases, is {smallest:,.1f} contracts."
        )
    kind = "leave more often" if extra > 0 else "leave less often"
    return said + (
        f"Being hit and leaving go together: those who were hit {kind}. This is an association "
        "(grade C): it does not show that the one made the other."
    )
