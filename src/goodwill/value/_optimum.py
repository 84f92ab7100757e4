"""Maximum likelihood for every model here: analytic gradients, many starts, observed information.

Parameters are positive, so the search runs in their logarithms. The Hessian is the central
difference of the analytic gradient, which is good to about ten digits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from goodwill.errors import NotEnoughData
from goodwill.value._inputs import Floats

Likelihood = Callable[[Floats], tuple[float, Floats]]
"""Takes the parameters, returns the log-likelihood and its gradient in the parameters."""

BOUND = 9.2
"""Parameters are sought within a factor of 10,000 of the middle of the starts."""
_STARTS = (3, 12)
"""The best so many starts are followed to their end; where that ends nowhere, so many."""
TOLERANCE = 1e-6
"""Norm of the gradient in the logarithms, per customer, that counts as converged."""
_STEEP = 1e-5
"""Norm of the gradient in the parameters themselves, per customer, that none is left with."""

Loss = Callable[[Floats], tuple[float, Floats]]


@dataclass(frozen=True, slots=True)
class Optimum:
    """Where the likelihood is highest, and how sure that is.

    Attributes:
        params: The parameters, in the model's order.
        log_likelihood: There.
        covariance: Inverse of the observed information (of its determined directions if ``flat``).
        gradient_norm: Euclidean norm of the gradient in the log-parameters, per customer; without
            those at an edge.
        slope: Euclidean norm of the gradient in the parameters themselves, per customer; of all,
            those at an edge too.
        flat: The information is singular, or a parameter lies at an edge of where it is sought:
            some combination of parameters is not determined.
    """

    params: Floats
    log_likelihood: float
    covariance: Floats
    gradient_norm: float
    slope: float
    flat: bool

    @property
    def inner(self) -> bool:
        """The likelihood has a highest point: it does not go on rising at nought or infinity."""
        return self.slope <= _STEEP


def maximise(
    likelihood: Likelihood,
    starts: Sequence[Sequence[float]],
    customers: float,
    what: str,
    rough: tuple[Likelihood, float] | None = None,
) -> Optimum:
    """Return the best optimum over all starts.

    Args:
        likelihood: Of all customers.
        starts: Parameters to start from; their middle is also the middle of what is searched.
        customers: Sum of the weights.
        what: The model, for the message.
        rough: The likelihood of a sample of the customers and its sum of weights. The search runs
            on it, and only the last steps on all.

    Raises:
        NotEnoughData: No start converged.
    """
    logs = np.log(np.asarray(starts, dtype=np.float64))
    box = np.stack([logs.mean(axis=0) - BOUND, logs.mean(axis=0) + BOUND])
    loss = _per_customer(likelihood, customers)
    search = _per_customer(*rough) if rough else loss
    for many in _STARTS:
        point = _newton(loss, _search(search, logs, box, many), box)
        value, gradient = loss(point)
        free, norm, slope = _steepness(point, gradient, box)
        if norm > TOLERANCE or slope > _STEEP:
            point = _newton(loss, point, box, fine=True)
            value, gradient = loss(point)
            free, norm, slope = _steepness(point, gradient, box)
        if rough and norm > TOLERANCE:
            return maximise(likelihood, starts, customers, what)
        if value < 1e29 and norm <= TOLERANCE:
            break
    else:
        raise NotEnoughData(
            f"{what} did not converge: the gradient per customer is still {norm:.1e}",
            hint="more customers or a longer history usually cure this",
        )
    params = np.exp(point)
    covariance, firm = _covariance(curvature(loss, point) * customers, params, free)
    return Optimum(params, -value * customers, covariance, norm, slope, not firm)


def _steepness(point: Floats, gradient: Floats, box: Floats) -> tuple[Any, float, float]:
    """Return what may move, and the gradient's norm in the logarithms and in the parameters."""
    free = _free(point, gradient, box)
    norm, slope = np.linalg.norm(gradient[free]), np.linalg.norm(gradient / np.exp(point))
    return free, float(norm), float(slope)


def sample_of(cells: Sequence[Floats], most: int = 6000) -> list[Floats] | None:
    """Return every k-th cell, the weight last, or None when there are not more than ``most``."""
    every = len(cells[0]) // most
    return [column[::every] for column in cells] if every > 1 else None


def _per_customer(likelihood: Likelihood, customers: float) -> Loss:
    """Return the negative log-likelihood per customer as a function of the log-parameters."""

    def loss(logs: Floats) -> tuple[float, Floats]:
        # A step too far overflows; what is not finite is turned down below.
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            params = np.exp(logs)
            value, gradient = likelihood(params)
        if not np.isfinite(value) or not np.isfinite(gradient).all():
            return 1e30, np.zeros_like(logs)
        return -value / customers, -gradient * params / customers

    return loss


def _search(loss: Loss, logs: Floats, box: Floats, many: int) -> Floats:
    """Return where the best so many starts lead, within the box."""
    order = np.argsort([loss(start)[0] for start in logs], kind="stable")
    best: tuple[float, Floats] | None = None
    for start in logs[order[:many]]:
        # Not L-BFGS-B: its compiled code starts BLAS threads for matrices of four columns.
        found = minimize(loss, start, jac=True, method="BFGS", options={"gtol": 1e-5})
        reached = np.clip(np.asarray(found.x, dtype=np.float64), box[0], box[1])
        value = loss(reached)[0]
        if best is None or value < best[0] - 1e-9:
            best = (value, reached)
    assert best is not None
    return best[1]


def curvature(loss: Loss, point: Floats, here: Floats | None = None, step: float = 1e-5) -> Floats:
    """Return the Hessian by differences of the analytic gradient.

    Central ones; forward ones, at half the cost, when the gradient ``here`` is given.
    """
    step = step if here is None else 1e-6
    rows = []
    for i in range(len(point)):
        shift = np.zeros_like(point)
        shift[i] = step
        ahead = loss(point + shift)[1]
        if here is None:
            rows.append((ahead - loss(point - shift)[1]) / (2 * step))
        else:
            rows.append((ahead - here) / step)
    hessian = np.asarray(rows)
    return np.asarray((hessian + hessian.T) / 2)


def _free(point: Floats, gradient: Floats, box: Floats) -> Any:
    """Return which parameters may still move: not those pressed against an edge of the box."""
    near = 1e-9
    low, high = point <= box[0] + near, point >= box[1] - near
    return ~((low & (gradient > 0)) | (high & (gradient < 0)))


def _newton(loss: Loss, point: Floats, box: Floats, *, fine: bool = False) -> Floats:
    """Polish an optimum by Newton steps, damped where the likelihood is flat, while they help.

    ``fine`` follows ridges that are so flat that the curvature by small steps is only rounding.
    """
    rounding, least = (1e-12, 1e-11) if fine else (1e-9, 1e-9)
    value, gradient = loss(point)
    for _ in range(20 if fine else 40):
        free, size, slope = _steepness(point, gradient, box)
        if size < 1e-10 or (fine and size <= TOLERANCE and slope <= _STEEP / 2):
            break
        bends = curvature(loss, point, None if fine else gradient, step=1e-4)
        roots, vectors = np.linalg.eigh(bends[np.ix_(free, free)])
        roots = np.abs(roots)
        along = vectors.T @ gradient[free]
        for damping in (least, 1e-6, 1e-4, 1e-2, 1e-1, 1.0):
            step = np.zeros_like(point)
            step[free] = -vectors @ (along / np.maximum(roots, damping * max(roots.max(), 1e-8)))
            step *= min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-300))
            moved = np.clip(point + step, box[0], box[1])
            new_value, new_gradient = loss(moved)
            calmer = np.linalg.norm(new_gradient[_free(moved, new_gradient, box)]) < size
            # Below that the value itself is only rounding, and the gradient decides.
            if new_value < value - rounding or (calmer and new_value <= value + rounding):
                break
        else:
            break
        point, value, gradient = moved, new_value, new_gradient
    return point


def _covariance(hessian: Floats, params: Floats, free: Any) -> tuple[Floats, bool]:
    """Return the inverse information of the directions that the data determines; whether all."""
    roots, vectors = np.linalg.eigh(hessian[np.ix_(free, free)])
    firm = roots > 1e-8 * max(float(roots[-1]) if len(roots) else 0.0, 1e-300)
    inverse = np.zeros_like(hessian)
    inverse[np.ix_(free, free)] = (vectors[:, firm] / roots[firm]) @ vectors[:, firm].T
    # At an optimum the gradient is nil, so the chain rule has no further term.
    return inverse * np.outer(params, params), bool(free.all() and firm.all())
