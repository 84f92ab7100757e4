"""What a customer spends per purchase day: Gamma-Gamma, or a shrunk mean where that cannot hold.

Both come to ``(base + net) * slope`` for a customer with ``paid`` purchase days and ``net`` money,
with base and slope depending on ``paid`` alone, so that SQL can join them back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import gammaincinv, ndtri

from goodwill.errors import NotEnoughData
from goodwill.value._gamma_gamma import DEPENDENT, GammaGamma, correlation
from goodwill.value._inputs import Floats
from goodwill.value._moved import directions, known_error

_BANDS = (1, 2, 3, 5, 9)
"""Purchase days at which a band of the shrunk mean begins."""


@dataclass(frozen=True, slots=True)
class Spend:
    """A model of spend per purchase day.

    Attributes:
        name: ``gamma_gamma`` or ``shrunk_mean``.
        correlation: Of the logarithms of purchase days and of spend per day, over customers with
            at least two; None when there are too few.
        params: Of the model.
        relative_error: Standard error of the mean spend, as a share of it.
        note: What a reader must know, in one sentence; empty when nothing.
    """

    name: str
    correlation: float | None
    params: dict[str, float]
    relative_error: float
    note: str
    _levels: Floats
    _pull: float
    _noise: float
    _covariance: Floats | None = None

    def state(self) -> dict[str, Any]:
        """Return plain values out of which `known_spend` makes it again."""
        return {
            "name": self.name, "params": self.params, "relative_error": self.relative_error,
            "levels": [float(one) for one in self._levels], "pull": self._pull,
            "noise": self._noise,
            "covariance": None if self._covariance is None else self._covariance.tolist(),
        }  # fmt: skip

    def base_and_slope(self, paid: Floats) -> tuple[Floats, Floats]:
        """Return base and slope for each number of purchase days with an amount."""
        if self.name == "gamma_gamma":
            p, q, v = self.params["p"], self.params["q"], self.params["v"]
            divisor = p * paid + q - 1
            slope = np.where(divisor > 0, p / np.where(divisor > 0, divisor, 1.0), np.nan)
            return np.full(paid.shape, v), slope
        level = self._levels[_band(paid)]
        return self._pull * level, 1 / (self._pull + paid)

    def moves(self, paid: Floats) -> tuple[Floats, Floats]:
        """Return how far the error of its parameters moves ``(base + net) * slope``.

        Of the shrunk mean only that of the mean is known; all customers have it in common.

        Returns:
            Two arrays (3, n): one standard error in each of three independent directions moves it
            by the first and ``net`` times the second.
        """
        if self._covariance is None:
            base, slope = self.base_and_slope(paid)
            first = np.array([[self.relative_error], [0.0], [0.0]])
            return first * (base * slope), first * slope
        p, q, v = self.params["p"], self.params["q"], self.params["v"]
        divisor = p * paid + q - 1
        slope = p / divisor
        tilt = directions(self._covariance).T @ np.stack(
            [(q - 1) / divisor**2, -p / divisor**2, np.zeros(len(paid))]
        )
        level = directions(self._covariance).T @ np.stack(
            [np.zeros(len(paid)), np.zeros(len(paid)), slope]
        )
        return level + v * tilt, tilt

    def purchase_draws(self, most: int, even: Floats) -> Floats:
        """Return draws of what 0..``most`` purchases sum to, before the customer's own level.

        Args:
            most: Purchases.
            even: Points of the unit interval, shape (m,), in any order.

        Returns:
            Shape (most + 1, m). Times `level_draws` it is money in units of ``base + net``.
        """
        n = np.arange(most + 1, dtype=np.float64)[:, None]
        shape = self.params["p"] if self.name == "gamma_gamma" else 1 / self._noise**2
        drawn = np.zeros((most + 1, len(even)))
        drawn[1:] = _gamma_points(shape * n[1:], even)
        return drawn if self.name == "gamma_gamma" else drawn / shape

    def level_draws(self, paid: Floats, even: Floats) -> Floats:
        """Return draws of a customer's level after ``paid`` purchase days; shape (paid, m)."""
        if self.name == "gamma_gamma":
            return np.asarray(
                1 / _gamma_points((self.params["p"] * paid + self.params["q"])[:, None], even)
            )
        slope = (1 / (self._pull + paid))[:, None]
        shape = 1 / (self._noise**2 * slope)
        return np.asarray(slope * _gamma_points(shape, even) / shape)


def known_spend(state: Mapping[str, Any]) -> Spend:
    """Return the model of spend that a fit found before."""
    return Spend(
        str(state["name"]), None, dict(state["params"]), float(state["relative_error"]), "",
        np.asarray(state["levels"], dtype=np.float64), float(state["pull"]), float(state["noise"]),
        None if state.get("covariance") is None else np.asarray(state["covariance"]),
    )  # fmt: skip


def fit_spend(money: Any) -> Spend:
    """Return the model of spend that the data allows.

    Args:
        money: Arrow (frequency, monetary_value, weight), one row per distinct customer.

    Raises:
        NotEnoughData: Nobody has spent anything.
    """
    days, mean, weight = (np.asarray(money[name]) for name in money.column_names)
    if weight.sum() < 2:
        raise NotEnoughData("fewer than two customers have orders with an amount above zero")
    found = correlation(days, mean, weight)
    if found is not None and abs(found) > DEPENDENT:
        how = "more" if found > 0 else "less"
        return _shrunk(
            days, mean, weight, found,
            f"Customers who buy more often spend {how} per purchase (correlation "
            f"{found:+.2f}), so Gamma-Gamma does not hold; each customer's own mean is used, "
            "shrunk to that of customers with as many purchases.",
        )  # fmt: skip
    try:
        model = GammaGamma.fit(money)
    except NotEnoughData as refusal:
        note = f"Spend per purchase is the customer's own mean, shrunk: {refusal.message}."
        return _shrunk(days, mean, weight, found, note)
    if model.params_["p"] + model.params_["q"] <= 1.05 or model.params_["q"] <= 1.0:
        note = (
            "Spend per purchase has so long a tail that Gamma-Gamma gives it no mean; each "
            "customer's own mean is used, shrunk to that of customers with as many purchases."
        )
        return _shrunk(days, mean, weight, found, note)
    error = _spend_error(model)
    known = model.covariance_ if known_error(model) else None
    return Spend(
        "gamma_gamma", found, model.params_, error, "", np.zeros(1), 0.0, 0.0, known
    )  # fmt: skip


def _gamma_points(shape: Any, even: Floats) -> Floats:
    """Return the points of Gamma(shape, 1) below which the given shares of it lie."""
    shape, even = np.broadcast_arrays(np.asarray(shape, dtype=np.float64), even)
    small = shape < 20
    points = np.empty(shape.shape)
    points[small] = gammaincinv(shape[small], even[small])
    # Wilson and Hilferty's cube (1931) is off by less than a thousandth here, and far faster.
    tenth = 1 / (9 * shape[~small])
    points[~small] = shape[~small] * (1 - tenth + ndtri(even[~small]) * np.sqrt(tenth)) ** 3
    return points


def _band(paid: Floats) -> Any:
    return np.clip(np.searchsorted(_BANDS, paid, side="right") - 1, 0, len(_BANDS) - 1)


def _shrunk(
    days: Floats, mean: Floats, weight: Floats, correlation: float | None, note: str
) -> Spend:
    """Return the shrunk mean: variance of customers' means = between + within / days."""
    overall = float(np.average(mean, weights=weight))
    band = _band(days)
    levels = np.full(len(_BANDS), overall)
    for i in range(len(_BANDS)):
        mine = band == i
        if weight[mine].sum() >= 20:
            levels[i] = np.average(mean[mine], weights=weight[mine])
    squares = (mean - levels[band]) ** 2
    slope, between = _line(1 / days, squares, weight)
    total = float(np.average(squares, weights=weight))
    if slope <= 0 or between <= 0:
        slope, between = total / 2, total / 2
    pull = float(np.clip(slope / between, 0.1, 50.0)) if between > 0 else 1.0
    noise = max(0.02, float(np.sqrt(max(slope, 0.0)) / overall))
    error = float(np.sqrt(total / weight.sum()) / overall)
    params = {"mean": overall, "shrinkage_days": pull}
    return Spend("shrunk_mean", correlation, params, error, note, levels, pull, noise)


def _line(x: Floats, y: Floats, weight: Floats) -> tuple[float, float]:
    x_mean, y_mean = np.average(x, weights=weight), np.average(y, weights=weight)
    spread = float(weight @ (x - x_mean) ** 2)
    slope = float(weight @ ((x - x_mean) * (y - y_mean))) / spread if spread > 0 else 0.0
    return slope, float(y_mean - slope * x_mean)


def _spend_error(model: GammaGamma) -> float:
    """Return the relative standard error of the mean spend, by the delta method."""
    p, q, v = (model.params_[name] for name in model.parameters)
    gradient = np.array([1 / p, -1 / (q - 1), 1 / v])
    variance = float(gradient @ model.covariance_ @ gradient)
    return float(np.sqrt(max(variance, 0.0))) if np.isfinite(variance) else 0.0
