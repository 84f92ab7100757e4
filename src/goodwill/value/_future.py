"""Expected and exact numbers of future purchases when buying is Poisson and leaving geometric.

A customer who is alive buys at rate lambda ~ Gamma(R, A) and after each purchase leaves with
probability p ~ Beta(a, b). Both BG/NBD and MBG/NBD come to this once a customer's history has
moved the four numbers.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit, hyp2f1

from goodwill.value._inputs import Floats

_STEP = 0.1
_TAIL = 42.0
"""Quadrature ends where the density has fallen by exp of this."""


def expected_purchases(t: Floats, R: Floats, A: Floats, a: float, b: Floats) -> Floats:
    """Return E of purchases in the next ``t`` of a customer who is alive now.

    Closed form of Fader, Hardie and Lee (2005), eq. 10, after Euler's transformation, whose first
    argument does not grow with the number of purchases. Where parameters are so large that it
    loses its digits (nobody leaves, or all are alike), the same expectation by quadrature over p.
    """
    t, R, A, b = np.broadcast_arrays(t, R, A, b)
    # The closed form is 0/0 at a = 1.
    if a > 12 or abs(a - 1) < 1e-3 or (b.size and float(np.abs(a + b - 1 - R).max()) > 30):
        return _by_quadrature(t, R, A, a, b)
    return _closed(t, R, A, a, b)


def _closed(t: Floats, R: Floats, A: Floats, a: float, b: Floats) -> Floats:
    c = a + b - 1
    z = t / (A + t)
    tail = (A / (A + t)) ** (a - 1) * hyp2f1(c - R, a - 1, c, z)
    return np.asarray(np.where(t > 0, c / (a - 1) * (1 - tail), 0.0))


def _by_quadrature(t: Floats, R: Floats, A: Floats, a: float, b: Floats) -> Floats:
    """Return E of (1 - (1 + p t / A)^-R) / p over p ~ Beta(a, b), by the trapezoidal rule.

    In the log-odds of p the density is log-concave, and a sinh around its mode covers both the
    narrow peak of large parameters and the long tail of small ones.
    """
    out = np.zeros(b.shape)
    values, where = np.unique(b, return_inverse=True)
    where = where.reshape(b.shape)
    for i, one in enumerate(values):
        width = min(1.0, float(np.sqrt((a + one) / (a * one))))
        ends = [np.arcsinh((_TAIL / side + 8 * width) / width) for side in (a, one)]
        tau = np.arange(-ends[0], ends[1] + _STEP, _STEP)
        odds = np.log(a / one) + width * np.sinh(tau)
        log_p, log_q = -np.logaddexp(0, -odds), -np.logaddexp(0, odds)
        density = a * log_p + one * log_q + np.log(np.cosh(tau))
        weights = np.exp(density - density.max())
        p = np.maximum(expit(odds), 1e-300)
        mine = where == i
        grown = np.log1p(p * (t[mine] / A[mine])[:, None])
        out[mine] = (-np.expm1(-R[mine][:, None] * grown) / p) @ (weights / weights.sum())
    return out.T


def purchase_chances(t: float, R: Floats, A: Floats, a: float, b: Floats, most: int) -> Floats:
    """Return the chances of 0..``most`` purchases in the next ``t`` of customers alive now.

    Fader, Hardie and Lee (2005), eq. 8, by recurrence. Shape (customers, most + 1).
    """
    stay = A / (A + t)
    go = t / (A + t)
    # Negative binomial chance of n purchases had nobody ever left, and its running sum.
    here = stay**R
    below = np.zeros_like(here)
    alive = np.ones_like(here)
    # Written by column, so kept by column.
    out = np.empty((most + 1, len(here)))
    out[0] = here
    for n in range(1, most + 1):
        below = below + here
        # B(a+1, b+n-1)/B(a, b): left exactly at the n-th purchase.
        left = alive * a / (a + b + n - 1)
        alive = alive * (b + n - 1) / (a + b + n - 1)
        here = here * (R + n - 1) / n * go
        out[n] = alive * here + left * np.maximum(1 - below, 0.0)
    return out.T
