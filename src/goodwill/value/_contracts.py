"""sBG and BdW: how long contracts last that are renewed period by period.

sBG: Fader and Hardie, "How to Project Customer Retention", 2007. BdW: Fader, Hardie, Liu, Davin
and Steenburgh, "'How to Project Customer Retention' Revisited: The Role of Duration Dependence",
2018: the chance to renew may also change with time for one and the same customer.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import betaln, hyp2f1, psi

from goodwill.errors import InputError, NotEnoughData
from goodwill.value._inputs import Floats, arguments, arrow, columns, first_where, need_rate
from goodwill.value._model import Model, plain
from goodwill.value._optimum import Likelihood, maximise

_TERMS = 200_000


class SBG(Model):
    """Shifted beta-geometric, fitted to the customers of one intake who are still there."""

    name = "sbg"
    paper = "Fader and Hardie 2007"
    parameters: tuple[str, ...] = ("alpha", "beta")

    @classmethod
    def fit(cls, cells: Any) -> SBG:
        """Return the model at the highest likelihood of a survival table (period, active).

        ``active`` at period 0 is the size of the intake; at period t the number who renewed t
        times. Only its scale decides the standard errors: counts, not per cents, make them mean
        something. Of contracts that began at different times, most of them still running, give
        ``renewal``, ``due`` and ``left`` instead: how many came to their n-th renewal, and how many
        of them left at it (`fit_renewals`).
        """
        table = arrow(cells)
        if "renewal" in table.column_names:
            (renewal, due, left), _ = columns(table, ("renewal", "due", "left"))
            return cls.fit_renewals(renewal, due, left)
        (period, active), _ = columns(cells, ("period", "active"))
        order = np.argsort(period, kind="stable")
        period, active = period[order], active[order]
        if len(period) < 2 or (period != np.arange(len(period))).any():
            raise InputError(
                f"{cls.name} needs every period from 0 on, once; there are "
                f"{[float(one) for one in period[:8]]}",
                hint="period 0 holds the size of the intake",
            )
        if (np.diff(active) > 0).any():
            raise InputError(
                f"{cls.name} was given more active customers in a later period",
                hint="hand in one intake at a time, without customers who joined later",
            )
        if active[0] <= 0 or active[-1] == active[0] or len(period) < len(cls.parameters) + 1:
            raise NotEnoughData(
                f"{cls.name} needs at least {len(cls.parameters)} renewals observed and someone "
                "who left",
                hint="wait for another renewal",
            )
        n = float(active[0])
        return cls(maximise(cls.likelihood(period, active), cls._starts(), n, cls.name), n)

    @classmethod
    def _starts(cls) -> list[tuple[float, ...]]:
        return [
            (a, b, *cls._shapes(c)) for a, b in ((0.5, 1.5), (1.0, 5.0), (3.0, 10.0))
            for c in (1.0, 0.7, 1.4)[: 1 if len(cls.parameters) == 2 else 3]
        ]  # fmt: skip

    @classmethod
    def fit_renewals(cls, renewal: Floats, due: Floats, left: Floats) -> SBG:
        """Return the model of contracts of any age, those still running included.

        Each renewal that came due is a trial whose chance depends on its number, so a contract
        that still runs counts with the renewals that it has lived, and one that is known only
        from its k-th renewal on with those after it.

        Args:
            renewal: 1, 2, ...; each once.
            due: Contracts that came to it.
            left: Those of them that left at it.

        Raises:
            InputError: A renewal comes twice or is below 1, or more left than came to it.
            NotEnoughData: Nobody left, everybody did, or there are too few different renewals.
        """
        order = np.argsort(renewal, kind="stable")
        renewal, due, left = renewal[order], due[order], left[order]
        if (renewal < 1).any() or (np.diff(renewal) <= 0).any() or (left > due).any():
            raise InputError(
                f"{cls.name} needs each renewal from 1 on once, and no more who left than came",
                hint="add up equal renewals first",
            )
        if (due > 0).sum() < len(cls.parameters) or not 0 < left.sum() < due.sum():
            raise NotEnoughData(
                f"{cls.name} needs {len(cls.parameters)} different renewals, someone who left "
                "and someone who renewed",
                hint="wait for another renewal",
            )
        n = float(due.sum())
        found = maximise(cls.renewals_likelihood(renewal, due, left), cls._starts(), n, cls.name)
        return cls(found, n)

    @staticmethod
    def renewals_likelihood(renewal: Floats, due: Floats, left: Floats) -> Likelihood:
        """Return the log-likelihood of renewals and departures, and its gradient."""
        stayed = due - left

        def evaluate(params: Floats) -> tuple[float, Floats]:
            far, far_slopes = _log_survival(params, renewal)
            near, near_slopes = _log_survival(params, renewal - 1)
            log_renewed, slopes = far - near, far_slopes - near_slopes
            renewed = np.exp(log_renewed)
            gone = -np.expm1(log_renewed)
            if (gone[left > 0] <= 0).any() or not np.isfinite(log_renewed).all():
                return -np.inf, np.zeros(len(params))
            gone = np.maximum(gone, 1e-300)
            value = stayed @ log_renewed + left @ np.log(gone)
            gradient = (stayed - left * renewed / gone) @ slopes
            return float(value), gradient

        return evaluate

    @staticmethod
    def _shapes(c: float) -> tuple[float, ...]:
        return ()

    @staticmethod
    def likelihood(period: Floats, active: Floats) -> Likelihood:
        """Return the log-likelihood and its gradient as a function of the parameters."""
        lost = active[:-1] - active[1:]
        some = lost > 0

        def evaluate(params: Floats) -> tuple[float, Floats]:
            share, slopes = _survival(params, period)
            left = share[:-1] - share[1:]
            if (left[some] <= 0).any() or (active[-1] > 0 and share[-1] <= 0):
                return -np.inf, np.zeros(len(params))
            moved = share[:-1, None] * slopes[:-1] - share[1:, None] * slopes[1:]
            value = lost[some] @ np.log(left[some])
            gradient = (lost[some] / left[some]) @ moved[some]
            if active[-1] > 0:
                value += active[-1] * np.log(share[-1])
                gradient = gradient + active[-1] * slopes[-1]
            return float(value), gradient

        return evaluate

    def survival(self, t: Any) -> Any:
        """Return the share of an intake that is still there after ``t`` renewals.

        Raises:
            InputError: ``t`` is no finite number from 0 on.
        """
        return plain(_survival(self._values, *arguments(t=t))[0])

    def retention(self, t: Any) -> Any:
        """Return the share of those there after ``t - 1`` renewals who renew the ``t``-th time.

        Raises:
            InputError: ``t`` is no finite number from 1 on.
        """
        (t,) = arguments(t=t)
        bad = first_where(t < 1)
        if bad is not None:
            raise InputError(
                f"t is {t[bad.place]:g}{bad.row}", hint="the first renewal has the number 1"
            )
        return plain(np.asarray(self.survival(t) / self.survival(t - 1)))

    def discounted_expected_lifetime(self, discount_rate: float, renewals: Any = 0) -> Any:
        """Return the present value of one unit of money paid now and at each renewal to come.

        Args:
            discount_rate: For one period, above 0.
            renewals: How often the customer has renewed already, or an array of that; the payment
                for that renewal is the first one counted. With 0 this is the value of a customer
                about to join.

        Fader and Hardie, "Customer-Base Valuation in a Contractual Setting", 2010.

        Raises:
            InputError: The rate is not above 0, or a number of renewals is negative or no number.
        """
        rate = need_rate(discount_rate)
        (k,) = arguments(renewals=renewals)
        alpha, beta = self._values
        return plain(np.asarray(hyp2f1(1.0, beta + k, alpha + beta + k, 1 / (1 + rate))))


class BdW(SBG):
    """Beta-discrete-Weibull, fitted: sBG with duration dependence ``c`` (1 is sBG itself)."""

    name = "bdw"
    paper = "Fader, Hardie, Liu, Davin and Steenburgh 2018"
    parameters = ("gamma", "delta", "c")

    @staticmethod
    def _shapes(c: float) -> tuple[float, ...]:
        return (c,)

    def discounted_expected_lifetime(self, discount_rate: float, renewals: Any = 0) -> Any:
        """Return the present value of one unit of money paid now and at each renewal to come.

        As for sBG, by summation: the closed form holds for ``c`` = 1 alone.

        Raises:
            InputError: As for sBG, or the rate is so small that the sum does not end.
        """
        rate = need_rate(discount_rate)
        (lived,) = arguments(renewals=renewals)
        terms = int(np.ceil(37 / np.log1p(rate)))
        if terms > _TERMS:
            raise InputError(
                f"discount rate {discount_rate!r} a period is too small to sum up",
                hint=f"use at least {37 / _TERMS:.1e}",
            )
        ahead = np.arange(terms)
        near = (1 + rate) ** -ahead.astype(np.float64)
        sums = [
            float(np.asarray(self.survival(k + ahead)) @ near / self.survival(k))
            for k in lived.reshape(-1)
        ]
        return plain(np.reshape(sums, lived.shape))


def _survival(params: Floats, t: Floats) -> tuple[Floats, Floats]:
    """Return S(t) = B(a, b + t^c) / B(a, b) and the gradient of its logarithm."""
    log_share, slopes = _log_survival(params, t)
    return np.exp(log_share), slopes


def _log_survival(params: Floats, t: Floats) -> tuple[Floats, Floats]:
    a, b = params[:2]
    c = params[2] if len(params) > 2 else 1.0
    power = t**c
    share = betaln(a, b + power) - betaln(a, b)
    far, near = psi(a + b + power), psi(a + b)
    by_power = psi(b + power) - far
    columns = [near - far, by_power - psi(b) + near]
    if len(params) > 2:
        with np.errstate(divide="ignore", invalid="ignore"):
            columns.append(by_power * np.where(t > 0, power * np.log(t), 0.0))
    return share, np.stack(columns, axis=-1)
