"""Batched log-linear Poisson fits: many series over one design, all in matrix products."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goodwill.watch._inputs import Floats


class Design:
    """A design matrix (time, p) shared by all series, with its column products laid out once."""

    def __init__(self, x: Floats) -> None:
        self.x = np.ascontiguousarray(x)
        width = x.shape[1]
        self._left, self._right = np.triu_indices(width)
        self._products = np.ascontiguousarray(x[:, self._left] * x[:, self._right])
        self.width = width

    def information(self, weight: Floats, ridge: Floats | float = 0.0) -> Floats:
        """Return X'WX + diag(ridge) for each series as (series, p, p)."""
        packed = np.empty((len(weight), self._products.shape[1]))
        # Products this small stay on one thread: many small fits are not worth waking others.
        rows = max(1, 250_000 // self._products.size)
        for first in range(0, len(weight), rows):
            part = slice(first, first + rows)
            np.matmul(weight[part], self._products, out=packed[part])
        out = np.empty((len(weight), self.width, self.width))
        out[:, self._left, self._right] = packed
        out[:, self._right, self._left] = packed
        diagonal = np.arange(self.width)
        out[:, diagonal, diagonal] += ridge
        return out

    def fit(
        self,
        counts: Floats,
        start: Floats,
        *,
        weight: Floats | None = None,
        exposure: Floats | None = None,
        ridge: Floats | float = 1e-6,
        steps: int = 3,
    ) -> tuple[Floats, Floats]:
        """Return coefficients (series, p) and means (series, time) after Newton steps from start.

        Args:
            counts: (series, time); any number where the weight is zero.
            start: Coefficients to start from (series, p).
            weight: (series, time) or (1, time).
            exposure: Factor of the mean, broadcastable to counts.
            ridge: Penalty on each coefficient (scalar, (p,) or (series, p)), drawn to zero.
            steps: Newton steps; three from a fit of neighbouring weeks, more from cold.
        """
        coef = start
        for _ in range(steps):
            mean = self.mean(coef, exposure)
            gap, load = counts - mean, mean
            if weight is not None:
                gap, load = weight * gap, weight * mean
            score = gap @ self.x - ridge * coef
            # A jitter in proportion keeps series without events solvable.
            matrix = self.information(load, ridge + 1e-9)
            step = np.linalg.solve(matrix, score[:, :, None])[:, :, 0]
            # A cap on the move of the linear predictor tames first steps from far away.
            size = np.abs(step).sum(1, keepdims=True)
            coef = coef + step * np.minimum(1.0, 3.0 / np.maximum(size, 1e-300))
        return coef, self.mean(coef, exposure)

    def mean(self, coef: Floats, exposure: Floats | None = None) -> Floats:
        """Return exp(Xb) times exposure, (series, time)."""
        out = np.exp(np.clip(coef @ self.x.T, -25.0, 20.0))
        return out if exposure is None else out * exposure


def anscombe(counts: Floats, mean: Floats, dispersion: Floats) -> Floats:
    """Return Anscombe residuals of a quasi-Poisson fit, scaled to unit variance (series, time)."""
    root = np.cbrt(mean)
    scale = 1.5 / np.sqrt(dispersion)[:, None]
    residual: Floats = scale * (np.cbrt(counts) ** 2 - root**2) / np.sqrt(root)
    return residual


def noufaily_weight(residual: Floats, within: NDArray[np.bool_], bound: float) -> Floats:
    """Return weights that fall with the square of residuals above ``bound`` (Noufaily 2013).

    They sum to the number of observed times in each series.
    """
    weight = np.where(residual > bound, residual, 1.0) ** -2.0 * within
    out: Floats = weight * (within.sum(-1, keepdims=True) / weight.sum(-1, keepdims=True))
    return out
