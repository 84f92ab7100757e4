"""Maximum likelihood for every model here: analytic gradients, many starts, observed information.

Parameters are positive, so the search runs in their logarithms. The Hessian is the central
difference of the analytic gradient, which is good to about ten digits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from goodwill.errors import NotEnoughData
from goodwill.value._inputs import Floats

Likelihood = Callable[[Floats], tuple[float, Floats]]
"""Takes the parameters, returns the log-likelihood and its gradient in the parameters."""

BOUND = 14.0
"""Logarithms of parameters are sought within plus or minus this, around the start's scale."""
TOLERANCE = 1e-6
"""Norm of the gradient in the logarithms, per customer, that counts as converged."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """Where the likelihood is highest, and how sure that is.

    Attributes:
        params: The parameters, in the model's order.
        log_likelihood: There.
        covariance: Inverse of the observed information; NaN where that is singular.
        gradient_norm: Euclidean norm of the gradient in the log-parameters, per customer.
        flat: The information is singular: some combination of parameters is not determined.
    """

    params: Floats
    log_likelihood: float
    covariance: Floats
    gradient_norm: float
    flat: bool


def maximise(
    likelihood: Likelihood, starts: Sequence[Sequence[float]], customers: float, what: str
) -> Optimum:
    """Return the best optimum over all starts.

    Raises:
        NotEnoughData: No start converged.
    """

    def loss(logs: Floats) -> tuple[float, Floats]:
        params = np.exp(logs)
        value, gradient = likelihood(params)
        if not np.isfinite(value) or not np.isfinite(gradient).all():
            return 1e30, np.zeros_like(logs)
        return -value / customers, -gradient * params / customers

    logs = np.log(np.asarray(starts, dtype=np.float64))
    order = np.argsort([loss(start)[0] for start in logs], kind="stable")
    best: tuple[float, Floats] | None = None
    for start in logs[order[:3]]:
        box = [(x - BOUND, x + BOUND) for x in start]
        found = minimize(
            loss,
            start,
            jac=True,
            method="L-BFGS-B",
            bounds=box,
            options={"maxiter": 500, "maxcor": 20, "ftol": 1e-13, "gtol": 1e-8},
        )
        if best is None or found.fun < best[0] - 1e-9:
            best = (float(found.fun), np.asarray(found.x))
    assert best is not None
    point = _newton(loss, best[1])
    value, gradient = loss(point)
    norm = float(np.linalg.norm(gradient))
    if value >= 1e29 or norm > TOLERANCE:
        raise NotEnoughData(
            f"{what} did not converge: the gradient per customer is still {norm:.1e}",
            hint="more customers or a longer history usually cure this",
        )
    hessian = curvature(loss, point) * customers
    params = np.exp(point)
    covariance, flat = _covariance(hessian, params)
    return Optimum(params, -value * customers, covariance, norm, flat)


def curvature(loss: Callable[[Floats], tuple[float, Floats]], point: Floats) -> Floats:
    """Return the Hessian by central differences of the analytic gradient."""
    step = 1e-5
    rows = []
    for i in range(len(point)):
        shift = np.zeros_like(point)
        shift[i] = step
        rows.append((loss(point + shift)[1] - loss(point - shift)[1]) / (2 * step))
    hessian = np.asarray(rows)
    return (hessian + hessian.T) / 2


def _newton(loss: Callable[[Floats], tuple[float, Floats]], point: Floats) -> Floats:
    """Polish an optimum by Newton steps, damped by the curvature's own size, while they help."""
    value, gradient = loss(point)
    for _ in range(25):
        if np.linalg.norm(gradient) < 1e-10:
            break
        roots, vectors = np.linalg.eigh(curvature(loss, point))
        floor = max(1e-9, 1e-9 * float(np.abs(roots).max()))
        step = -vectors @ ((vectors.T @ gradient) / np.maximum(np.abs(roots), floor))
        step *= min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-300))
        for _ in range(12):
            new_value, new_gradient = loss(point + step)
            calmer = np.linalg.norm(new_gradient) < np.linalg.norm(gradient)
            if new_value < value - 1e-15 or (calmer and new_value <= value + 1e-12):
                break
            step /= 2
        else:
            break
        point, value, gradient = point + step, new_value, new_gradient
    return point


def _covariance(hessian: Floats, params: Floats) -> tuple[Floats, bool]:
    roots = np.linalg.eigvalsh(hessian)
    if roots[0] <= 1e-10 * max(float(roots[-1]), 1e-300):
        return np.full_like(hessian, np.nan), True
    # At an optimum the gradient is nil, so the chain rule has no further term.
    return np.linalg.inv(hessian) * np.outer(params, params), False
