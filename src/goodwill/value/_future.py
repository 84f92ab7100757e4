"""Expected and exact numbers of future purchases when buying is Poisson and leaving geometric.

A customer who is alive buys at rate lambda ~ Gamma(R, A) and after each purchase leaves with
probability p ~ Beta(a, b). Both BG/NBD and MBG/NBD come to this once a customer's history has
moved the four numbers.
"""

from __future__ import annotations

import numpy as np
from scipy.special import hyp2f1, roots_jacobi

from goodwill.value._inputs import Floats

_NODES = 48
_HOMOGENEOUS = 25.0
"""Above this a or b the hypergeometric form overflows, and quadrature over p is exact instead."""


def expected_purchases(t: Floats, R: Floats, A: Floats, a: float, b: Floats) -> Floats:
    """Return E of purchases in the next ``t`` of a customer who is alive now.

    Closed form of Fader, Hardie and Lee (2005), eq. 10, after Euler's transformation, whose first
    argument does not grow with the number of purchases; where that form loses its digits, the
    same expectation by Gauss-Jacobi quadrature over p.
    """
    t, R, A, b = np.broadcast_arrays(t, R, A, b)
    if a > _HOMOGENEOUS or (b.size and float((b - R).max()) > 4 * _HOMOGENEOUS):
        return _by_quadrature(t, R, A, a, b)
    if abs(a - 1) < 1e-5:
        # The form is 0/0 at a = 1, and smooth there.
        return (_closed(t, R, A, 1 + 1e-4, b) + _closed(t, R, A, 1 - 1e-4, b)) / 2
    return _closed(t, R, A, a, b)


def _closed(t: Floats, R: Floats, A: Floats, a: float, b: Floats) -> Floats:
    c = a + b - 1
    z = t / (A + t)
    tail = (A / (A + t)) ** (a - 1) * hyp2f1(c - R, a - 1, c, z)
    return np.asarray(np.where(t > 0, c / (a - 1) * (1 - tail), 0.0))


def _by_quadrature(t: Floats, R: Floats, A: Floats, a: float, b: Floats) -> Floats:
    out = np.zeros(b.shape)
    flat_b, where = np.unique(b, return_inverse=True)
    where = where.reshape(b.shape)
    for i, one in enumerate(flat_b):
        nodes, weights = roots_jacobi(_NODES, one - 1, a - 1)
        p = (1 + nodes) / 2
        weights = weights / weights.sum()
        mine = where == i
        grown = np.log1p(p * (t[mine] / A[mine])[:, None])
        out[mine] = (-np.expm1(-R[mine][:, None] * grown) / p) @ weights
    return out


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
    out = np.empty((len(here), most + 1))
    out[:, 0] = here
    for n in range(1, most + 1):
        below = below + here
        # B(a+1, b+n-1)/B(a, b): left exactly at the n-th purchase.
        left = alive * a / (a + b + n - 1)
        alive = alive * (b + n - 1) / (a + b + n - 1)
        here = here * (R + n - 1) / n * go
        out[:, n] = alive * here + left * np.maximum(1 - below, 0.0)
    return out
