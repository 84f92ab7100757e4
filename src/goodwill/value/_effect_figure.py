"""The effect of a failure as a `Figure`, with the checks beside it and the grade they earn."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, isfinite
from typing import Any

from goodwill.figures import Z95, Figure, Grade

TREND = (0.8, 1.25)


class Interval(float):
    """A number that carries its 95 % interval: ``low``, ``high`` and ``standard_error``."""

    low: float
    high: float
    standard_error: float

    def __new__(cls, value: float, low: float, high: float, standard_error: float) -> Interval:
        made = super().__new__(cls, value)
        made.low, made.high, made.standard_error = float(low), float(high), float(standard_error)
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return Interval, (float(self), self.low, self.high, self.standard_error)

    @classmethod
    def around(cls, value: float, error: float) -> Interval:
        """Return the number with a symmetric interval."""
        return cls(value, value - Z95 * error, value + Z95 * error, error)

    @classmethod
    def of_ratio(cls, value: float, log_error: float) -> Interval:
        """Return a ratio with an interval that is symmetric in its logarithm."""
        reach = exp(Z95 * log_error)
        return cls(value, value / reach, value * reach, value * log_error)

    def lies_within(self, low: float, high: float) -> bool:
        """Return whether the whole interval lies within these ends."""
        return isfinite(self) and low <= self.low and self.high <= high

    def as_dict(self) -> dict[str, float]:
        """Return value, low and high as plain numbers."""
        return {"value": float(self), "low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectFigure(Figure):
    """The effect of one failure on what the customer buys in the horizon after the order.

    ``value`` is negative for a loss. ``people`` and ``events`` are the matched failed customers
    and orders, ``coverage`` the share of all failed orders that they are; ``reason`` says in words
    why the grade is not better.

    Attributes:
        standard_error: Of the value.
        expected: What these customers would have bought without the failure, by the comparison.
        observed: What they bought.
        lead_gap: Purchases in the window before, failed less matched. The value takes it out in
            proportion; a plain match leaves it in.
        trend_gap: The groups' ratio in the first half of that window over that in the second.
            The value rests on it being 1.
        plain_match: The effect without scaling by the window before.
        matched_share: Of the failed orders with history and future enough, those that found
            controls.
        matched_customers: Customers of the matched failed orders.
        failures: Failed orders in all.
        strangers: Failures handed in that are none of the orders; ``coverage`` counts them.
        smallest_detectable: The smallest effect that this data would show, in four of five cases
            (80 % power, 5 % two-sided).
    """

    standard_error: float
    expected: float
    observed: float
    lead_gap: Interval
    trend_gap: Interval
    plain_match: Interval
    matched_share: float
    matched_customers: int
    failures: int
    smallest_detectable: float
    strangers: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return the figure as plain values; the gaps as value, low and high."""
        out = Figure.as_dict(self)
        for name in ("lead_gap", "trend_gap", "plain_match"):
            out[name] = getattr(self, name).as_dict()
        return out


def grade(
    value: Interval,
    lead: Interval,
    apart: Interval,
    trend: Interval,
    share: float,
    customers: int,
    events: int,
    *,
    near_zero: float,
    at_orders: bool,
) -> tuple[Grade, str]:
    """Return the grade by equivalence, and why it is not better.

    Args:
        value: The effect.
        lead: The lead gap.
        apart: The effect less that of the plain match.
        trend: The trend gap.
        share: Of failed orders matched.
        customers: Matched.
        events: Matched failed orders.
        near_zero: What counts as nothing where the effect cannot be told from zero.
        at_orders: Every failure is that of a purchase.
    """
    if not at_orders:
        return "C", "some failures are no purchases, so nothing like them stands on the other side"
    if events < 50:
        return "C", f"only {events} failed orders could be matched; grades start at 50"
    if not trend.lies_within(*TREND):
        return "C", (
            "the two groups may have moved apart before the failure: trend gap "
            f"{trend:.2f} ({trend.low:.2f} to {trend.high:.2f}), to lie within .8 to 1.25"
        )
    if share < 0.9:
        return "C", f"{share:.0%} of the failed orders found like orders; grade B asks for 90 %"
    if customers < 200:
        return "C", f"{customers} failed customers could be matched; grade B asks for 200"
    covers_zero = value.low <= 0 <= value.high
    bound = near_zero if covers_zero else abs(value) / 4
    if not (lead.lies_within(-bound, bound) and apart.lies_within(-bound, bound)):
        return "B", (
            "customers with the failure bought differently before it: lead gap "
            f"{lead:+.3g} ({lead.low:+.3g} to {lead.high:+.3g}), to lie within {bound:.3g}"
        )
    return "A", ""
