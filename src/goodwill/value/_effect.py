"""What a failure costs: order-anchored, risk-set matched, ratio difference-in-differences.

An order with the failure is compared with orders of the same weeks without it, by customers whose
history was the same one window earlier (26 weeks). What they bought in that window then scales
the comparison, because customers who suffer failures are often those who buy more::

    effect = Y1 - Y0 * (P1 / P0)

Y: purchases in the horizon after the order, P: in the window before it, 1: failed orders, 0: the
matched others, weighted to the failed orders' strata. An order counts in either group only when
its customer suffered no failure in the window before it: then P is untouched by failures. The
effect is that of one failure more, later failures being as they are.

Customers who suffer failures often suffer more of them later, too, and what those take is not to
be laid at this one's door. With q the share that a failure takes of what comes after it, E0 the
others' purchases in the horizon that come after a later failure (once for each), and F / Y the
later failures for each purchase, the groups differ because of them by
``q * E0 * P1 / P0 * (F1 / Y1 / (F0 / Y0) - 1)``; as q is the effect's own share, both follow.

Standard errors: influence functions of the weighted means, summed within customer, with the
jackknife's correction for strata of few customers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodwill.errors import InputError, NotEnoughData
from goodwill.figures import Z80, Z95
from goodwill.value._anchors import Anchors, read_anchors
from goodwill.value._effect_figure import EffectFigure, Interval, grade
from goodwill.value._inputs import Floats

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_FEWEST_FAILURES = 10
_CONTROLS = (5, 2)
"""Customers that a fine, and failing that a coarse stratum must have among its controls."""
_SEASON = 4
"""Orders are compared within so many weeks; in coarse strata within a quarter of a year."""


def effect(
    orders: Any,
    failures: Any,
    *,
    outcome: str = "orders",
    window_weeks: int = 26,
    horizon_weeks: int = 26,
) -> EffectFigure:
    """Return what a failure at an order changes in the customer's purchases after it.

    Args:
        orders: Arrow, pandas or polars with ``customer_ref``, ``order_id``, ``at``, ``amount``.
            Rows of one order are one order; a row below zero is a refund and no purchase.
            ``kind`` is used where it is there, as `goodwill.value.rfm` does.
        failures: ``order_id`` of the orders with the failure, as a table or a sequence.
        outcome: ``orders`` (number of orders) or ``amount`` (what was spent, less refunds).
        window_weeks: How long before the order the two groups are compared.
        horizon_weeks: How long after it the effect is counted. This is the loss observed within
            the horizon, not a lifetime.

    Returns:
        The effect on one failed order, negative for a loss, with the checks that say how far it
        can be believed.

    Raises:
        InputError: A column is absent or cannot be read, the outcome is none of the two, a number
            of weeks is no whole one from 1 on, or none of the failures is one of the orders.
        NotEnoughData: Fewer than ten failed orders could be matched; the message says why.
    """
    if outcome not in ("orders", "amount"):
        raise InputError(f"unknown outcome {outcome!r}", hint="use 'orders' or 'amount'")
    for name, weeks in (("window_weeks", window_weeks), ("horizon_weeks", horizon_weeks)):
        if isinstance(weeks, bool) or not isinstance(weeks, int | np.integer) or weeks < 1:
            raise InputError(
                f"{name} is {weeks!r}, not a whole number of weeks from 1 on", hint="such as 26"
            )
    anchors = read_anchors(orders, failures, outcome, window_weeks, horizon_weeks)
    matched = match(anchors)
    if matched.events < _FEWEST_FAILURES:
        raise NotEnoughData(
            f"{matched.events} of {anchors.failures} failed orders could be matched; "
            f"{anchors.short_history} came too soon after the customer's first order, "
            f"{anchors.short_future} too close to the end of the data, "
            f"{anchors.washed_out} within {window_weeks} weeks of another failure",
            hint="shorten window_weeks or horizon_weeks, or wait for more orders",
        )
    found = make_figure(
        matched,
        outcome,
        failures=anchors.failures,
        at_orders=anchors.at_orders,
        mean_amount=anchors.mean_amount,
    )
    if not anchors.strangers:
        return found
    told = anchors.failures + anchors.strangers
    said = f"{anchors.strangers:,} of {told:,} failures are not among the orders' order_id"
    return replace(
        found,
        strangers=anchors.strangers,
        coverage=matched.events / told,
        reason="; ".join(part for part in (found.reason, said) if part),
    )


@dataclass(frozen=True, slots=True)
class Matched:
    """Weighted means of both groups, and the covariance of all of them.

    ``means`` and ``covariance`` hold Y, P, early P, late P of the failed orders, then the same
    four of their controls.
    """

    events: int
    eligible: int
    customers: int
    means: Floats
    covariance: Floats
    used: Bools | None = None
    """Which anchors are matched failed orders."""
    later: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Mean failures in the horizon, of both groups, and the others' purchases after such a one."""


def match(anchors: Anchors) -> Matched:
    """Return the matched means: fine strata where they have controls enough, else coarse ones.

    A failed order is never compared with its own customer's orders: those just before it are
    followed by the very failure.
    """
    values = np.column_stack([anchors.after, anchors.before, anchors.early, anchors.late])
    failed = anchors.failed
    used = np.zeros(len(failed), dtype=np.bool_)
    groups = []
    for strata, enough in zip(anchors.strata(_SEASON), _CONTROLS, strict=True):
        group = _Group(values, anchors, strata, failed & ~used, enough)
        used[group.events] = True
        groups.append(group)
    events = int(used.sum())
    eligible = int(failed.sum())
    means, influence = np.zeros(8), np.zeros((anchors.customers, 8))
    if not events:
        return Matched(0, eligible, 0, means, np.zeros((8, 8)), used)
    means[:4] = values[used].mean(axis=0)
    means[4:] = sum(group.expected.sum(axis=0) for group in groups) / events
    for group in groups:
        who = anchors.customer[group.events]
        for i in range(4):
            own = values[group.events, i] - means[i]
            drift = group.expected[:, i] - means[4 + i]
            influence[:, i] += np.bincount(who, own, anchors.customers)
            influence[:, 4 + i] += np.bincount(who, drift, anchors.customers)
            influence[:, 4 + i] += group.influence(i, anchors.customers)
    influence /= events
    customers = len(np.unique(anchors.customer[used]))
    covariance = np.einsum("ni,nj->ij", influence, influence)
    covariance *= customers / max(customers - 1, 1)
    others = sum(group.later.sum(axis=0) for group in groups) / events
    later = (float(anchors.failures_after[used].mean()), float(others[0]), float(others[1]))
    return Matched(events, eligible, customers, means, covariance, used, later)


class _Group:
    """Failed orders of one set of strata, with what their controls bought."""

    def __init__(
        self, values: Floats, anchors: Anchors, strata: Ints, waiting: Bools, enough: int
    ) -> None:
        # A stratum in which no failed order waits tells nothing.
        wanted = np.unique(strata[waiting])
        size, least = len(wanted), int(strata.min(initial=0))
        number = np.full(int(strata.max(initial=0)) - least + 1, -1, dtype=np.int32)
        number[wanted - least] = np.arange(size)
        stratum = number[strata - least].astype(np.int64)
        near = np.flatnonzero(stratum >= 0)
        stratum = stratum[near]
        customer, other, values = anchors.customer[near], ~anchors.failed[near], values[near]
        codes = stratum * np.int64(anchors.customers) + customer
        # Controls by (stratum, customer): how many, and what they sum to.
        pair, member = np.unique(codes[other], return_inverse=True)
        self._pair_stratum, self._pair_customer = np.divmod(pair, np.int64(anchors.customers))
        self._count = np.bincount(member, minlength=len(pair)).astype(np.float64)
        self._sums = np.column_stack(
            [np.bincount(member, column[other], len(pair)) for column in values.T]
        )
        count = np.bincount(self._pair_stratum, self._count, size)
        sums = np.column_stack(
            [np.bincount(self._pair_stratum, column, size) for column in self._sums.T]
        )
        people = np.bincount(self._pair_stratum, minlength=size)
        # A failed order's own customer among its controls: where, or nowhere.
        place = np.searchsorted(pair, codes).clip(max=max(len(pair) - 1, 0))
        own = np.zeros(len(codes), dtype=np.bool_) if not len(pair) else pair[place] == codes
        good = people[stratum] - own >= enough
        events = np.flatnonzero(waiting[near] & good)
        self.events = near[events]
        where, mine, here = place[events], own[events], stratum[events]
        left = count[here] - np.where(mine, self._count[where], 0.0)
        without = sums[here] - np.where(mine[:, None], self._sums[where], 0.0)
        self.expected = without / left[:, None]
        parts = []
        for column in (anchors.failures_after, anchors.again):
            column = column[near][other]
            # Of no controls numpy counts in whole numbers.
            found = np.bincount(stratum[other], column, size)[here].astype(np.float64)
            found -= np.where(mine, np.bincount(member, column, len(pair))[where], 0.0)
            parts.append(found / left)
        self.later = np.column_stack(parts)
        # Weight of one control of a pair: what all failed orders but the customer's own put on it.
        share = np.bincount(here, 1 / left, size)[self._pair_stratum]
        share -= np.bincount(where[mine], 1 / left[mine], len(pair))
        mean = sums / np.maximum(count, 1)[:, None]
        # Leaving a customer out moves a mean by more than his residual: the jackknife's factor.
        spare = np.maximum(1 - self._count / count[self._pair_stratum], 0.5 / enough)
        self._weight = np.maximum(share, 0.0) / spare
        self._residual = self._sums - self._count[:, None] * mean[self._pair_stratum]

    def influence(self, column: int, customers: int) -> Floats:
        """Return what each customer's control orders add to the influence on a mean."""
        moved = self._weight * self._residual[:, column]
        return np.asarray(np.bincount(self._pair_customer, moved, customers), dtype=np.float64)


def later_part(
    y1: float, y0: float, ratio: float, failed: float, like: float, after: float
) -> float:
    """Return which part of the groups' difference is the failure's own and not later ones'.

    Args:
        y1, y0: Purchases in the horizon, of both groups.
        ratio: Of their purchases in the window before.
        failed, like: Failures in the horizon, of both groups.
        after: The others' purchases after such a failure, as it left them.
    """
    expected = y0 * ratio
    if min(y1, y0, like, expected) <= 0:
        return 1.0
    more = after * ratio * (failed / y1 / (like / y0) - 1.0) / expected
    part = 1.0
    for _ in range(60):
        left = 1.0 - min(max((expected - y1) * part / expected, 0.0), 0.8)
        # Half way each time: the full step could swing about the answer.
        part = (part + 1.0 / (1.0 + min(max(more / left, -0.5), 1.0))) / 2
    return part


def make_figure(
    matched: Matched, outcome: str, *, failures: int, at_orders: bool, mean_amount: float
) -> EffectFigure:
    """Return the effect with its checks and grade.

    Args:
        matched: Both groups.
        outcome: ``orders`` or ``amount``.
        failures: Failed orders in all.
        at_orders: Every failure is that of a purchase.
        mean_amount: Of a purchase.

    Raises:
        NotEnoughData: The like customers bought nothing in the window before.
    """
    y1, p1, early1, late1, y0, p0, early0, late0 = matched.means
    covariance = matched.covariance
    if p0 <= 0:
        raise NotEnoughData(
            "the matched customers bought nothing in the window before, so there is no ratio",
            hint="widen window_weeks",
        )
    ratio = p1 / p0

    def spread(*gradient: float) -> float:
        g = np.asarray(gradient)
        return float(np.sqrt(max(g @ covariance @ g, 0.0)))

    part = later_part(y1, y0, ratio, *matched.later)
    value = Interval.around(
        (y1 - y0 * ratio) * part,
        spread(1, -y0 / p0, 0, 0, -ratio, y0 * p1 / p0**2, 0, 0) * part,
    )
    plain = Interval.around(y1 - y0, spread(1, 0, 0, 0, -1, 0, 0, 0))
    lead = Interval.around(p1 - p0, spread(0, 1, 0, 0, 0, -1, 0, 0))
    apart = Interval.around(
        y0 * (1 - ratio), spread(0, -y0 / p0, 0, 0, 1 - ratio, y0 * p1 / p0**2, 0, 0)
    )
    if min(early1, late1, early0, late0) > 0:
        trend = Interval.of_ratio(
            (early1 / early0) / (late1 / late0),
            spread(0, 0, 1 / early1, -1 / late1, 0, 0, -1 / early0, 1 / late0),
        )
    else:
        trend = Interval(float("nan"), float("nan"), float("nan"), float("nan"))
    share = matched.events / matched.eligible if matched.eligible else 0.0
    given, reason = grade(
        value, lead, apart, trend, share, matched.customers, matched.events,
        near_zero=0.1 if outcome == "orders" else 0.1 * mean_amount,
        at_orders=at_orders,
    )  # fmt: skip
    return EffectFigure(
        value=float(value),
        unit="orders" if outcome == "orders" else "amount",
        definition="effect_of_failure",
        low=value.low,
        high=value.high,
        grade=given,
        people=matched.customers,
        events=matched.events,
        coverage=matched.events / failures if failures else None,
        reason=reason,
        standard_error=value.standard_error,
        expected=float(y1) - float(value),
        observed=float(y1),
        lead_gap=lead,
        trend_gap=trend,
        plain_match=plain,
        matched_share=share,
        matched_customers=matched.customers,
        failures=failures,
        smallest_detectable=float((Z95 + Z80) * value.standard_error),
    )
