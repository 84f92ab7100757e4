"""What is to be expected of contracts: renewals, and the value of those to come.

Chance decides at each due date alone, so everything follows from S(k + i) / S(k): the share of
those who renewed k times that renews i times more (Fader and Hardie 2010).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit, logit

from goodwill.figures import Z95
from goodwill.tables import CONTRACT_PERIODS
from goodwill.value._inputs import Floats
from goodwill.value._moved import directions, known_error

DAYS_A_YEAR = 365.25
_Z = (0.975, 0.025)
SMALL = 1e-3
"""Part of a standard error by which parameters are moved for a slope."""


def period_days(period: str) -> float:
    """Return the mean length of a period in days."""
    months = CONTRACT_PERIODS[period]
    return months * DAYS_A_YEAR / 12 if months else 7.0


@dataclass(frozen=True, slots=True)
class Ahead:
    """Columns aligned with the cells; money for each unit of the amount.

    Attributes:
        renews_next: Chance to renew at the next due date.
        expected: Renewals expected within the horizon.
        factor: Discounted payments expected within it.
        low, high: Ends of the 95 % interval of those that will really be made.
        variance: Of these.
        ever: Discounted payments expected for ever; NaN without discounting.
    """

    renews_next: Floats
    expected: Floats
    factor: Floats
    low: Floats
    high: Floats
    variance: Floats
    ever: Floats


def look_ahead(
    model: Any, renewals: Floats, due_days: Floats, rest: Floats, period: str,
    *, horizon_weeks: float, discount_rate: float,
) -> Ahead:  # fmt: skip
    """Return the outlook of contracts that run.

    Args:
        model: sBG or BdW.
        renewals: How often each was renewed.
        due_days: Days to the next due date.
        rest: How often one that is known to end will still be renewed; -1 where no end is known.
        period: One of `CONTRACT_PERIODS`.
        horizon_weeks: How far payments count.
        discount_rate: A year.
    """
    n, days = len(renewals), period_days(period)
    delta = np.log1p(discount_rate) / DAYS_A_YEAR
    known = rest >= 0
    steps = int(np.ceil(7 * horizon_weeks / days)) + 1
    here = np.asarray(model.survival(renewals))
    expected, factor, squares = np.zeros(n), np.zeros(n), np.zeros(n)
    low, high, paid = np.zeros(n), np.zeros(n), np.zeros(n)
    next_one = np.zeros(n)
    for i in range(1, steps + 1):
        share = np.asarray(model.survival(renewals + i)) / here
        share = np.where(known, (i <= rest).astype(np.float64), share)
        at = due_days + (i - 1) * days
        worth = np.where(at <= 7 * horizon_weeks, np.exp(-delta * at), 0.0)
        if i == 1:
            next_one = share
        before, paid = paid, paid + worth
        expected += share * (worth > 0)
        factor += share * worth
        squares += share * (paid**2 - before**2)
        low = np.where(share >= _Z[0], paid, low)
        high = np.where(share > _Z[1], paid, high)
    variance = np.maximum(squares - factor**2, 0.0)
    high = np.maximum(high, factor)
    ever = _for_ever(model, renewals, due_days, days, discount_rate)
    ever = np.where(known, factor, ever)
    return Ahead(next_one, expected, factor, np.minimum(low, factor), high, variance, ever)


def renewal_ends(model: Any, renewals: Floats, rest: Floats) -> tuple[Floats, Floats]:
    """Return the 95 % interval that the parameters' error gives the chance to renew next.

    By the delta method on the log-odds. Where it is known whether a contract renews, both ends are
    that; NaN where nothing tells the error.
    """
    nothing = np.full(len(renewals), np.nan)
    low = high = nothing
    if known_error(model):
        lived, where = np.unique(np.asarray(renewals, dtype=np.float64), return_inverse=True)
        here = _odds(model, lived)
        squares = np.zeros(len(lived))
        params = np.array(list(model.params_.values()))
        for step in directions(model.covariance_).T * SMALL:
            ends = [_odds(model.at(params + way * step), lived) for way in (1, -1)]
            squares += ((ends[0] - ends[1]) / (2 * SMALL)) ** 2
        reach = Z95 * np.sqrt(squares)
        low, high = (expit(here + way * reach)[where.reshape(-1)] for way in (-1, 1))
    sure = (np.asarray(rest) > 0).astype(np.float64)
    known = np.asarray(rest) >= 0
    return np.where(known, sure, low), np.where(known, sure, high)


def _odds(model: Any, lived: Floats) -> Floats:
    """Return the log-odds to renew of who has renewed so often."""
    return np.asarray(logit(np.asarray(model.retention(lived + 1))))


def _for_ever(
    model: Any, renewals: Floats, due_days: Floats, days: float, discount_rate: float
) -> Floats:
    """Return discounted payments for ever: the next one's share times all from it on."""
    if discount_rate <= 0:
        return np.full(len(renewals), np.nan)
    rate = (1 + discount_rate) ** (days / DAYS_A_YEAR) - 1
    lived, where = np.unique(renewals, return_inverse=True)
    whole = np.array([model.discounted_expected_lifetime(rate, renewals=int(k) + 1) for k in lived])
    share = np.asarray(model.survival(lived + 1)) / np.asarray(model.survival(lived))
    early = np.exp(-np.log1p(discount_rate) / DAYS_A_YEAR * due_days)
    return np.asarray((share * whole)[where.reshape(-1)] * early)


def worth_at_renewal(
    model: Any, renewal: Floats, period: str, *, horizon_weeks: float, discount_rate: float
) -> Floats:
    """Return the discounted payments of who renews now, this one and those in the horizon."""
    days = period_days(period)
    more = look_ahead(
        model, renewal, np.full(len(renewal), days), np.full(len(renewal), -1.0), period,
        horizon_weeks=horizon_weeks, discount_rate=discount_rate,
    )  # fmt: skip
    return 1.0 + more.factor
