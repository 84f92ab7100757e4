"""BG/BB: a customer may buy once at each of n fixed occasions, and leaves after one for good.

Fader, Hardie and Shang, "Customer-Base Analysis in a Discrete-Time Noncontractual Setting",
Marketing Science 2010.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import betaln, hyp2f1, psi

from goodwill.errors import InputError, NotEnoughData
from goodwill.value._inputs import Floats, arguments, columns, first_where, need_rate
from goodwill.value._model import Model, plain
from goodwill.value._optimum import Likelihood, maximise

_FEWEST = 10


class BGBB(Model):
    """BG/BB, fitted. Time is counted in occasions."""

    name = "bg_bb"
    paper = "Fader, Hardie and Shang 2010"
    parameters = ("alpha", "beta", "gamma", "delta")

    @classmethod
    def fit(cls, cells: Any) -> BGBB:
        """Return the model at the highest likelihood of cells (frequency, recency, n_periods)."""
        (x, t_x, n), weight = columns(cells, ("frequency", "recency", "n_periods"))
        customers, buyers = float(weight.sum()), float(weight[x > 0].sum())
        if customers < _FEWEST or buyers < _FEWEST:
            raise NotEnoughData(
                f"bg_bb needs at least {_FEWEST} customers who bought; there are {buyers:.0f} "
                f"among {customers:.0f}",
                hint="add more customers or more occasions",
            )
        if (x > t_x).any() or (t_x > n).any() or ((x == 0) != (t_x == 0)).any():
            raise NotEnoughData(
                "bg_bb was given cells that cannot be: frequency <= recency <= n_periods must hold",
                hint="recency is the number of the occasion of the last purchase, 0 for none",
            )
        starts = [
            (a, b, c, d)
            for a, b in ((1.0, 1.0), (0.5, 1.5), (2.0, 1.0))
            for c, d in ((0.5, 2.0), (1.0, 5.0), (0.3, 1.0))
        ]
        return cls(
            maximise(cls.likelihood(x, t_x, n, weight), starts, customers, cls.name), customers
        )

    @staticmethod
    def likelihood(x: Floats, t_x: Floats, n: Floats, weight: Floats) -> Likelihood:
        """Return the log-likelihood and its gradient as a function of the four parameters."""

        def evaluate(params: Floats) -> tuple[float, Floats]:
            value, gradient, _ = _terms(params, x, t_x, n)
            return float(weight @ value), weight @ gradient

        return evaluate

    def p_alive(self, frequency: Any, recency: Any, n_periods: Any) -> Any:
        """Return the chance to be alive at the occasion after the last one observed.

        Raises:
            InputError: A history cannot be; the message names its row.
        """
        x, t_x, n = _history(frequency, recency, n_periods)
        _, _, gamma, delta = self._values
        return plain(self._alive(x, t_x, n) * (delta + n) / (gamma + delta + n))

    def expected_purchases(
        self, t: Any, frequency: Any = None, recency: Any = None, n_periods: Any = None
    ) -> Any:
        """Return the expected number of purchases in the next ``t`` (whole) occasions.

        Without a history: in the first ``t`` occasions of a customer of whom nothing is known.

        Raises:
            InputError: ``t`` is no whole number, or a history is in part absent or cannot be.
        """
        alpha, beta, gamma, delta = self._values
        t, x, t_x, n = _history(*_none_or_all(frequency, recency, n_periods), t=t)
        steps = np.arange(1, int(t.max(initial=0)) + 1)
        # Chance to be still there at each coming occasion, given alive at the last one observed.
        stays = np.exp(
            betaln(gamma, delta + n[..., None] + steps) - betaln(gamma, delta + n[..., None])
        )
        stays = np.where(steps <= t[..., None], stays, 0.0).sum(axis=-1)
        return plain(self._alive(x, t_x, n) * (alpha + x) / (alpha + beta + n) * stays)

    def discounted_expected_lifetime(
        self,
        discount_rate: float,
        frequency: Any = None,
        recency: Any = None,
        n_periods: Any = None,
    ) -> Any:
        """Return the expected purchases for ever, one k occasions ahead worth (1 + rate)^-k.

        Fader, Hardie and Shang (2010) call them DERT. Without a history: of a customer of whom
        nothing is known.

        Args:
            discount_rate: For one occasion, above 0.
            frequency, recency, n_periods: The history.

        Raises:
            InputError: The rate is not above 0, or a history is in part absent or cannot be.
        """
        near = 1 / (1 + need_rate(discount_rate))
        alpha, beta, gamma, delta = self._values
        x, t_x, n = _history(*_none_or_all(frequency, recency, n_periods))
        later = delta + n + 1
        ahead = near * (delta + n) / (gamma + delta + n) * hyp2f1(1.0, later, gamma + later, near)
        return plain(self._alive(x, t_x, n) * (alpha + x) / (alpha + beta + n) * ahead)

    def _alive(self, x: Floats, t_x: Floats, n: Floats) -> Floats:
        """Return the chance to be alive at the last occasion observed."""
        flat = (one.reshape(-1) for one in (x, t_x, n))
        return _terms(self._values, *flat)[2].reshape(x.shape)


def _none_or_all(*history: Any) -> tuple[Any, ...]:
    return (0, 0, 0) if all(one is None for one in history) else history


def _history(frequency: Any, recency: Any, n_periods: Any, **more: Any) -> list[Floats]:
    """Return ``more``, frequency, recency and n_periods as arrays of one shape.

    Raises:
        InputError: One is absent or no whole number from 0 on, or they contradict each other.
    """
    given = {**more, "frequency": frequency, "recency": recency, "n_periods": n_periods}
    found = arguments(**given)
    for name, array in zip(given, found, strict=True):
        bad = first_where(array != np.floor(array))
        if bad is not None:
            raise InputError(
                f"{name} is {array[bad.place]:g}{bad.row}, not a whole number",
                hint="BG/BB counts occasions",
            )
    x, t_x, n = found[-3:]
    bad = first_where((x > t_x) | (t_x > n) | ((x == 0) != (t_x == 0)))
    if bad is not None:
        raise InputError(
            f"frequency {x[bad.place]:g}, recency {t_x[bad.place]:g} and n_periods "
            f"{n[bad.place]:g} cannot be{bad.row}: frequency <= recency <= n_periods must hold",
            hint="recency is the number of the occasion of the last purchase, 0 for none",
        )
    return found


def _terms(params: Floats, x: Floats, t_x: Floats, n: Floats) -> tuple[Floats, Floats, Floats]:
    """Return ln L of each cell, its gradient, and the chance to be alive at occasion n."""
    alpha, beta, gamma, delta = params
    gaps = (n - t_x).astype(int)
    # One row for each occasion at which a cell's customer may have left, and one for "not at all".
    cell = np.repeat(np.arange(len(x)), gaps + 1)
    i = np.arange(len(cell)) - np.repeat(np.cumsum(gaps + 1) - gaps - 1, gaps + 1)
    stays = i == gaps[cell]
    seen = np.where(stays, n[cell], t_x[cell] + i)
    missed, bought = seen - x[cell], x[cell]
    gone = np.where(stays, 0.0, 1.0)
    terms = betaln(alpha + bought, beta + missed) + betaln(gamma + gone, delta + seen)
    start = np.cumsum(gaps + 1) - gaps - 1
    peak = np.maximum.reduceat(terms, start)
    share = np.exp(terms - peak[cell])
    total = np.add.reduceat(share, start)
    share /= total[cell]
    value = peak + np.log(total) - betaln(alpha, beta) - betaln(gamma, delta)
    both, ends = psi(alpha + beta + seen), psi(gamma + delta + gone + seen)
    pieces = (
        psi(alpha + bought) - both,
        psi(beta + missed) - both,
        psi(gamma + gone) - ends,
        psi(delta + seen) - ends,
    )
    ab, cd = psi(alpha + beta), psi(gamma + delta)
    base = (ab - psi(alpha), ab - psi(beta), cd - psi(gamma), cd - psi(delta))
    gradient = np.column_stack(
        [np.add.reduceat(share * one, start) + zero for one, zero in zip(pieces, base, strict=True)]
    )
    return value, gradient, share[stays]
