"""Recovery: of customers who were hurt and followed up, how many more came back?

Where a share of those to be followed up was held back by chance, the two groups differ in nothing
else, and the difference is an effect (grade A). Otherwise people chose whom to follow up; then the
comparison is made among customers of the same value and history, and stays an association (C).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from goodwill.errors import InputError, NotEnoughData
from goodwill.figures import Z80, Z95, Figure, Grade, wilson
from goodwill.records.privacy import mask
from goodwill.value._inputs import Floats, arrow, need_columns

_FEWEST = 10
"""Customers in each group below which nothing is said."""
_FOR_A = 50
"""Customers in each group that grade A asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryFigure(Figure):
    """How much likelier a customer came back because he was followed up.

    ``value`` is a difference of shares; ``people`` are both groups, ``events`` those followed up,
    ``coverage`` the share of the customers told of that could be compared.

    Attributes:
        treated: Share that came back of those meant to be followed up, and its interval.
        held_back: The same of those held back, weighted to the others' strata where they were not
            held back by chance.
        randomised: They were held back by chance.
        followed_share: Of those meant to be followed up, those who were.
        smallest_detectable: The smallest difference that would show in four of five cases.
    """

    treated: tuple[float, float, float]
    held_back: tuple[float, float, float]
    randomised: bool
    followed_share: float
    smallest_detectable: float


def recovery(cases: Any, *, randomised: bool) -> RecoveryFigure:
    """Return how much likelier hurt customers came back because they were followed up.

    Of a customer with several cases the first counts. With ``randomised`` everybody stands in the
    group that chance put him in, followed up in the end or not (intention to treat): whom the desk
    never reached cannot be told from whom it would not have reached in the other group.

    Args:
        cases: Arrow, pandas, polars or a mapping: ``customer_ref``; ``at`` (anything sortable);
            ``held_back`` (boolean: not to be followed up); ``followed`` (boolean); ``came_back``
            (boolean; NULL while it is too early to tell: such cases are left out). Optionally
            ``stratum``, in which cases are alike (value and history before); without chance it is
            what the comparison rests on.
        randomised: Chance alone decided who was held back.

    Raises:
        InputError: A column is absent, or one of the three booleans holds something else.
        NotEnoughData: Fewer than ten customers in either group could be compared.
    """
    table = arrow(cases)
    need_columns(
        table, ("customer_ref", "at", "held_back", "followed", "came_back"), "the cases of recovery"
    )
    for name in ("held_back", "followed", "came_back"):
        _flags(table, name)
    told = int(pc.count_distinct(table["customer_ref"]).as_py()) if table.num_rows else 0
    table = _first(table)
    table = table.filter(pc.is_valid(table["came_back"]))
    back = _flags(table, "came_back")
    held = _flags(table, "held_back")
    followed = _flags(table, "followed")
    if not randomised:
        # Who was followed up decides, whatever was meant.
        held = ~followed
    stratum = (
        np.asarray(table["stratum"].to_numpy(zero_copy_only=False))
        if "stratum" in table.column_names
        else np.zeros(len(back))
    )
    if not randomised:
        both = _in_both(stratum, held)
        back, held, followed, stratum = (x[both] for x in (back, held, followed, stratum))
    n1, n0 = int((~held).sum()), int(held.sum())
    if min(n1, n0) < _FEWEST:
        raise NotEnoughData(
            f"{n1} customers followed up and {n0} not could be compared; "
            f"it takes {_FEWEST} of each",
            hint="wait until more cases are old enough, or hold back a larger share",
        )
    y1, y0, error = _difference(back.astype(float), held, stratum, randomised=randomised)
    grade, reason = _grade(randomised, n1, n0, float(followed[~held].mean()))
    return RecoveryFigure(
        value=y1 - y0, unit="share", definition="recovery", low=max(y1 - y0 - Z95 * error, -1.0),
        high=min(y1 - y0 + Z95 * error, 1.0), grade=grade, people=n1 + n0,
        events=int(followed.sum()), coverage=(n1 + n0) / told if told else None, reason=reason,
        treated=(y1, *wilson(int(back[~held].sum()), n1)),
        held_back=(y0, *wilson(round(y0 * n0), n0)),
        randomised=randomised, followed_share=float(followed[~held].mean()),
        smallest_detectable=(Z95 + Z80) * error,
    )  # fmt: skip


def _first(table: pa.Table) -> pa.Table:
    table = table.sort_by([("customer_ref", "ascending"), ("at", "ascending")])
    who = table["customer_ref"].combine_chunks().dictionary_encode()
    who = who.combine_chunks() if isinstance(who, pa.ChunkedArray) else who
    codes = who.indices.to_numpy(zero_copy_only=False)
    return table.filter(pa.array(np.diff(codes, prepend=-1) != 0)) if len(codes) else table


def _flags(table: pa.Table, name: str) -> Any:
    column = table[name]
    if pa.types.is_null(column.type):
        return np.zeros(len(column), dtype=bool)
    if not pa.types.is_boolean(column.type):
        row = pc.index(pc.is_valid(column), True).as_py()
        held = f", such as {mask(column[row].as_py())!r} in row {row}" if row >= 0 else ""
        raise InputError(
            f"column {name} holds {column.type}{held}, not true or false",
            hint="hand in True and False, and None where it is too early to tell",
        )
    return pc.fill_null(column, False).to_numpy(zero_copy_only=False).astype(bool)


def _in_both(stratum: Any, held: Any) -> Any:
    one, two = set(stratum[held].tolist()), set(stratum[~held].tolist())
    return np.array([each in one and each in two for each in stratum.tolist()], dtype=bool)


def _difference(
    back: Floats, held: Any, stratum: Any, *, randomised: bool
) -> tuple[float, float, float]:
    """Return both shares and the standard error of their difference.

    Without chance the shares of those not followed up are weighted to the strata of the others.
    """
    if randomised:
        stratum = np.zeros(len(back))
    treated = ~held
    total = float(treated.sum())
    y0 = variance = 0.0
    for one in np.unique(stratum):
        mine = stratum == one
        weight = float((treated & mine).sum()) / total
        others = back[held & mine]
        share = float(others.mean())
        y0 += weight * share
        # Agresti and Caffo's two extra in each cell keep a small one from being too sure.
        sure = (float(others.sum()) + 1) / (len(others) + 2)
        variance += weight**2 * sure * (1 - sure) / len(others)
    y1 = float(back[treated].mean())
    sure = (float(back[treated].sum()) + 1) / (total + 2)
    return y1, y0, sqrt(variance + sure * (1 - sure) / total)


def _grade(randomised: bool, n1: int, n0: int, followed: float) -> tuple[Grade, str]:
    if not randomised:
        return "C", "people chose whom to follow up, so the others may be another kind of customer"
    if min(n1, n0) < _FOR_A:
        return "B", f"held back by chance, but only {min(n1, n0)} customers are in a group"
    if followed < 0.5:
        return "B", f"held back by chance, but only {followed:.0%} of the others were reached"
    return "A", ""
