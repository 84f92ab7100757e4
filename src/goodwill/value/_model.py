"""What every fitted model has in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from goodwill.value._inputs import Floats
from goodwill.value._optimum import Optimum


class Model:
    """A fitted model. Names with a trailing underscore are results of the fit.

    Attributes:
        params_: The parameters by the paper's names.
        standard_errors_: Of each parameter, from the observed information; NaN when the data does
            not determine the parameters one by one (``flat_``).
        covariance_: Of the parameters, in the order of ``params_``.
        log_likelihood_: At the optimum.
        customers_: Sum of the weights.
        gradient_norm_: Norm of the gradient in the log-parameters, per customer.
        flat_: Some combination of the parameters is not determined by the data. Predictions
            still hold; single parameters mean nothing.
    """

    name = ""
    paper = ""
    parameters: tuple[str, ...] = ()

    def __init__(self, optimum: Optimum, customers: float) -> None:
        errors = np.sqrt(np.diag(optimum.covariance))
        if optimum.flat:
            errors = np.full_like(errors, np.nan)
        self._values = optimum.params
        self.params_ = dict(zip(self.parameters, map(float, optimum.params), strict=True))
        self.standard_errors_ = dict(zip(self.parameters, map(float, errors), strict=True))
        self.covariance_ = optimum.covariance
        self.log_likelihood_ = float(optimum.log_likelihood)
        self.customers_ = float(customers)
        self.gradient_norm_ = optimum.gradient_norm
        self.flat_ = optimum.flat

    @classmethod
    def known(cls, params: Mapping[str, float], covariance: Any = None) -> Model:
        """Return the model at parameters that a fit found before; it has no likelihood."""
        made = object.__new__(cls)
        made._values = np.array([params[name] for name in cls.parameters], dtype=np.float64)
        made.params_ = {name: float(params[name]) for name in cls.parameters}
        size = len(cls.parameters)
        made.covariance_ = (
            np.full((size, size), np.nan) if covariance is None else np.asarray(covariance)
        )
        return made

    def at(self, params: Floats) -> Model:
        """Return the same model at other parameters, for the delta method and for tests."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other._values = np.asarray(params, dtype=np.float64)
        other.params_ = dict(zip(self.parameters, map(float, other._values), strict=True))
        return other

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={value:.4g}" for name, value in self.params_.items())
        return f"{type(self).__name__}({inside}; log-likelihood {self.log_likelihood_:.3f})"


def plain(values: Floats) -> Floats | float:
    """Return a float for an array without dimensions, else the array."""
    return float(values) if np.ndim(values) == 0 else values


def delta_error(model: Model, total: Callable[[Any], float]) -> float:
    """Return the standard error of a function of the parameters, by the delta method."""
    params = np.array(list(model.params_.values()))
    gradient = np.empty(len(params))
    for i, value in enumerate(params):
        shift = np.zeros(len(params))
        shift[i] = 1e-4 * value
        gradient[i] = (total(model.at(params + shift)) - total(model.at(params - shift))) / (
            2e-4 * value
        )
    variance = float(gradient @ model.covariance_ @ gradient)
    return float(np.sqrt(max(variance, 0.0))) if np.isfinite(variance) else 0.0
