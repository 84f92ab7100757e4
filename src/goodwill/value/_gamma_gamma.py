"""Gamma-Gamma: what a customer spends per purchase, shrunk to what customers spend.

Fader and Hardie, "The Gamma-Gamma Model of Monetary Value", 2013. It assumes that spend per
purchase does not depend on how often one buys; a fit checks that.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import gammaln, psi

from goodwill.errors import NotEnoughData
from goodwill.value._inputs import Floats, arguments, columns, dot
from goodwill.value._model import Model, plain
from goodwill.value._optimum import Likelihood, maximise, sample_of

DEPENDENT = 0.3
"""A correlation of log spend and log purchases beyond this breaks the model's assumption."""
_FEWEST = 10


class GammaGamma(Model):
    """Gamma-Gamma, fitted on customers with a repeat purchase and a positive mean amount."""

    name = "gamma_gamma"
    paper = "Fader and Hardie 2013"
    parameters = ("p", "q", "v")

    @classmethod
    def fit(cls, cells: Any) -> GammaGamma:
        """Return the model at the highest likelihood of cells (frequency, monetary_value)."""
        money = getattr(cells, "money", cells)
        (x, mean), weight = columns(money, ("frequency", "monetary_value"))
        usable = (x > 0) & (mean > 0)
        x, mean, weight = x[usable], mean[usable], weight[usable]
        n = float(weight.sum())
        if n < _FEWEST:
            raise NotEnoughData(
                f"gamma_gamma needs at least {_FEWEST} customers with a repeat purchase and a "
                f"positive mean amount; there are {n:.0f}",
                hint="add a longer order history",
            )
        if np.ptp(mean) <= 1e-9 * mean.mean():
            raise NotEnoughData(
                "gamma_gamma was given one and the same amount for every customer",
                hint="use that amount as it is: there is nothing to estimate",
            )
        found = correlation(x, mean, weight)
        if found is not None and abs(found) > DEPENDENT:
            how = "more" if found > 0 else "less"
            raise NotEnoughData(
                f"gamma_gamma does not hold: customers who buy more often spend {how} a purchase "
                f"(correlation of the logarithms {found:+.2f}, beyond {DEPENDENT})",
                hint="use each customer's own mean, or fit customers who buy alike apart",
            )
        level = float(np.average(mean, weights=weight))
        starts = [
            (p, q, level * max(q - 1, 0.3) / p)
            for p in (0.5, 2.0, 6.0, 30.0)
            for q in (1.5, 4.0, 12.0)
        ]
        few = sample_of((x, mean, weight))
        rough = (cls.likelihood(*few), float(few[-1].sum())) if few else None
        return cls(maximise(cls.likelihood(x, mean, weight), starts, n, cls.name, rough), n)

    @staticmethod
    def likelihood(x: Floats, mean: Floats, weight: Floats) -> Likelihood:
        """Return the log-likelihood and its gradient as a function of (p, q, v)."""
        xs, ix = np.unique(x, return_inverse=True)
        wx = np.bincount(ix, weight)
        n = weight.sum()
        total = x * mean
        many = weight * x
        log_mean, wx_log_total = dot(weight, np.log(mean)), dot(many, np.log(total))

        def evaluate(params: Floats) -> tuple[float, Floats]:
            p, q, v = params
            log_sum = np.log(v + total)
            order = p * x + q
            value = wx @ (gammaln(p * xs + q) - gammaln(p * xs)) + n * (q * np.log(v) - gammaln(q))
            value += p * wx_log_total - log_mean - dot(weight, order * log_sum)
            psi_order = psi(p * xs + q)
            gradient = np.array(
                [
                    wx @ (xs * (psi_order - psi(p * xs))) + wx_log_total - dot(many, log_sum),
                    wx @ psi_order + n * (np.log(v) - psi(q)) - dot(weight, log_sum),
                    n * q / v - dot(weight, order / (v + total)),
                ]
            )
            return float(value), gradient

        return evaluate

    def expected_spend(self, frequency: Any = 0, monetary_value: Any = 0) -> Any:
        """Return the expected mean amount of a purchase to come, in the unit of the cells.

        NaN where q is so small that the mean of a customer without repeat purchases is infinite.

        Raises:
            InputError: A number is negative or none, or the lengths differ.
        """
        p, q, v = self._values
        x, mean = arguments(frequency=frequency, monetary_value=monetary_value)
        divisor = p * x + q - 1
        with np.errstate(divide="ignore", invalid="ignore"):
            return plain(np.where(divisor > 0, p * (v + x * mean) / divisor, np.nan))


def correlation(days: Floats, mean: Floats, weight: Floats) -> float | None:
    """Return the correlation of the logarithms, over customers of two days; None of too few."""
    many = days >= 2
    w = weight[many]
    if w.sum() < 10:
        return None
    x, y = np.log(days[many]), np.log(mean[many])
    x, y = x - np.average(x, weights=w), y - np.average(y, weights=w)
    spread = float(np.sqrt((w @ x**2) * (w @ y**2)))
    return float(w @ (x * y)) / spread if spread > 0 else None
