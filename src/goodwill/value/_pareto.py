"""Pareto/NBD: buying is Poisson while alive, leaving may happen at any moment.

Schmittlein, Morrison and Colombo, "Counting Your Customers", Management Science 1987. The
likelihood is written with its integral over the moment of leaving instead of with hypergeometric
functions: that keeps its digits for every parameter, and its gradient is the integral of the
integrand's gradient.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import expit, gammaln, psi

from goodwill.value._bg import (
    MEAN_TIME,
    fit_in_own_time,
    need_inner,
    need_repeats,
    time_for_one,
)
from goodwill.value._inputs import Floats, columns, dot
from goodwill.value._optimum import Likelihood
from goodwill.value._purchases import PurchaseModel

# Tanh-sinh rule on (0, 1): nodes crowd at 0, where the integrand falls steeply.
_STEP = 0.08
_TAU = np.arange(-2.8, 2.8 + _STEP / 2, _STEP)
_NODES = expit(np.pi * np.sinh(_TAU))
_LOG_WEIGHTS = np.log(_STEP * np.pi * np.cosh(_TAU) * _NODES * expit(-np.pi * np.sinh(_TAU)))
_SAMPLE = (500, 6000)
"""Cells that the search runs on at least and at most, else an eighth; its last steps run on all."""
_ROWS = 20_000
"""Cells worked on at a time, to bound memory."""


class ParetoNBD(PurchaseModel):
    """Pareto/NBD, fitted. Times are in the unit of the cells."""

    name = "pareto_nbd"
    paper = "Schmittlein, Morrison and Colombo 1987"
    parameters = ("r", "alpha", "s", "beta")

    @classmethod
    def fit(cls, cells: Any) -> ParetoNBD:
        """Return the model at the highest likelihood of the cells."""
        (x, t_x, T), weight = columns(cells, ("frequency", "recency", "T"))
        need_repeats(x, t_x, T, weight, cls.name)
        wait = time_for_one(x, weight)
        starts = [
            (r, r * wait * 0.7, s, s * MEAN_TIME * slow)
            for r in (0.3, 1.0, 3.0)
            for s in (0.3, 1.0)
            for slow in (0.5, 3.0)
        ]
        most = int(np.clip(len(x) // 8, *_SAMPLE))
        best = fit_in_own_time(cls, (x, t_x, T, weight), starts, (False, True, False, True), most)
        mean_time = float(np.average(T, weights=weight))
        need_inner(best, best.params[2] / best.params[3] * mean_time, cls)
        return cls(best, float(weight.sum()))

    @staticmethod
    def likelihood(x: Floats, t_x: Floats, T: Floats, weight: Floats) -> Likelihood:
        """Return the log-likelihood and its gradient as a function of (r, alpha, s, beta)."""
        n = weight.sum()

        def evaluate(params: Floats) -> tuple[float, Floats]:
            r, alpha, s, beta = params
            start = n * (r * np.log(alpha) + s * np.log(beta) - gammaln(r))
            value = float(start + dot(weight, gammaln(r + x)))
            gradient = np.array(
                [
                    n * (np.log(alpha) - psi(r)) + dot(weight, psi(r + x)),
                    n * r / alpha,
                    n * np.log(beta),
                    n * s / beta,
                ]
            )
            for begin in range(0, len(x), _ROWS):
                part = slice(begin, begin + _ROWS)
                ends = _ends(params, x[part], t_x[part], T[part])
                value += dot(weight[part], ends[0])
                gradient += np.einsum("i,ij->j", weight[part], ends[1])
            return value, gradient

        return evaluate

    def _alive(self, x: Floats, t_x: Floats, T: Floats) -> Floats:
        flat = (one.reshape(-1) for one in (x, t_x, T))
        return _ends(self._values, *flat)[2].reshape(x.shape)

    def _from_first(self, t: Floats) -> Floats:
        return _future(t, *self._values)

    def _scale(self, T: Floats) -> Floats:
        return np.asarray(self._values[3] + T)

    def expected_if_alive(self, t: Any, frequency: Floats, T: Floats) -> Floats:
        """Return the expected purchases in the ``t`` after ``T`` of customers alive at ``T``."""
        r, alpha, s, beta = self._values
        return _future(t, r + frequency, alpha + T, s, beta + T)


def _future(t: Floats, r: Any, alpha: Any, s: float, beta: Any) -> Floats:
    """Return r beta / (alpha (s - 1)) (1 - (beta / (beta + t))^(s - 1)), also at s = 1."""
    log_ratio = np.log(beta) - np.log(beta + t)
    if abs(s - 1) < 1e-9:
        return np.asarray(r * beta / alpha * -log_ratio)
    return np.asarray(r * beta / alpha * -np.expm1((s - 1) * log_ratio) / (s - 1))


def _ends(params: Floats, x: Floats, t_x: Floats, T: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the log of (alive at T or left before), its gradient, and P(alive)."""
    r, alpha, s, beta = params
    log_a, log_b = np.log(alpha + T), np.log(beta + T)
    alive = -(r + x) * log_a - s * log_b
    y = t_x[:, None] + (T - t_x)[:, None] * _NODES
    log_ay, log_by = np.log(alpha + y), np.log(beta + y)
    inside = -(r + x)[:, None] * log_ay - (s + 1) * log_by + _LOG_WEIGHTS
    peak = inside.max(axis=1)
    share = np.exp(inside - peak[:, None])
    total = share.sum(axis=1)
    share /= total[:, None]
    span = np.maximum(T - t_x, 1e-300)
    left = np.log(s) + np.log(span) + peak + np.log(total)
    value = np.logaddexp(alive, left)
    p_alive = np.exp(alive - value)
    gone = 1 - p_alive
    gradient = np.empty((len(x), 4))
    gradient[:, 0] = -p_alive * log_a - gone * (share * log_ay).sum(axis=1)
    gradient[:, 1] = -(r + x) * (p_alive / (alpha + T) + gone * (share / (alpha + y)).sum(axis=1))
    gradient[:, 2] = -p_alive * log_b + gone * (1 / s - (share * log_by).sum(axis=1))
    gradient[:, 3] = -p_alive * s / (beta + T) - gone * (s + 1) * (share / (beta + y)).sum(axis=1)
    return value, gradient, p_alive
