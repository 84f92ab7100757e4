"""What BG/NBD, MBG/NBD and Pareto/NBD answer alike of customers who buy until they leave."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

import numpy as np

from goodwill.errors import InputError
from goodwill.value._inputs import Floats, arguments, first_where, need_rate
from goodwill.value._model import Model, plain

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(12)
_PANEL = 4.0
"""Length of a part of the logarithm of time that so many nodes integrate."""
_TAIL = 40.0
"""Money so far ahead that it is discounted by exp of this is left out."""


class PurchaseModel(Model, ABC):
    """A fitted model of repeat purchases. Times are in the unit of the cells."""

    def p_alive(self, frequency: Any, recency: Any, T: Any) -> Any:
        """Return the chance that a customer with this history still buys at all.

        Raises:
            InputError: A history cannot be; the message names its row.
        """
        return plain(self._alive(*history(frequency, recency, T)))

    def expected_purchases(
        self, t: Any, frequency: Any = None, recency: Any = None, T: Any = None
    ) -> Any:
        """Return the expected number of purchases (not a chance) in a time ``t``.

        With a history: in the ``t`` after ``T``. Without one: in the ``t`` after the first
        purchase of a customer of whom nothing else is known.

        Raises:
            InputError: A time is negative, or a history is in part absent or cannot be.
        """
        if frequency is None and recency is None and T is None:
            return plain(self._from_first(*arguments(t=t)))
        t, x, t_x, T = history(frequency, recency, T, t=t)
        return plain(np.asarray(self._alive(x, t_x, T) * self.expected_if_alive(t, x, T)))

    def discounted_expected_lifetime(
        self, discount_rate: float, frequency: Any = None, recency: Any = None, T: Any = None
    ) -> Any:
        """Return the expected purchases for ever, one at time t ahead worth (1 + rate)^-t.

        With a history: those after ``T``. Without one: those after the first purchase, which is
        not counted. Fader, Hardie and Lee, "RFM and CLV: Using Iso-Value Curves for Customer Base
        Analysis", Journal of Marketing Research 2005, call them DERT; their closed form for
        Pareto/NBD loses its digits where s is about 1, so the expected purchases are integrated.

        Args:
            discount_rate: For one unit of time, above 0.
            frequency, recency, T: The history.

        Raises:
            InputError: The rate is not above 0, or a history is in part absent or cannot be.
        """
        rate = need_rate(discount_rate)
        if frequency is None and recency is None and T is None:
            return plain(_for_ever(self._from_first, self._scale(np.zeros(())), rate))
        x, t_x, T = history(frequency, recency, T)
        return plain(np.asarray(self._alive(x, t_x, T) * self.for_ever_if_alive(rate, x, T)))

    def for_ever_if_alive(self, discount_rate: float, frequency: Floats, T: Floats) -> Floats:
        """Return the discounted purchases for ever after ``T`` of customers alive at ``T``."""
        return _for_ever(
            lambda t: self.expected_if_alive(t, frequency, T), self._scale(T), discount_rate
        )

    @abstractmethod
    def expected_if_alive(self, t: Any, frequency: Floats, T: Floats) -> Floats:
        """Return the expected purchases in the ``t`` after ``T`` of customers alive at ``T``.

        When they bought last no longer matters then.
        """

    @abstractmethod
    def _alive(self, x: Floats, t_x: Floats, T: Floats) -> Floats:
        """Return P(alive) of each history."""

    @abstractmethod
    def _from_first(self, t: Floats) -> Floats:
        """Return the expected purchases in the ``t`` after the first one of a new customer."""

    @abstractmethod
    def _scale(self, T: Floats) -> Floats:
        """Return the time over which what is expected of a customer of age ``T`` bends."""


def history(frequency: Any, recency: Any, T: Any, **more: Any) -> list[Floats]:
    """Return ``more``, frequency, recency and T as arrays of one shape.

    Raises:
        InputError: One is absent, no number or negative, or they contradict each other.
    """
    found = arguments(**more, frequency=frequency, recency=recency, T=T)
    x, t_x, T = found[-3:]
    bad = first_where(t_x > T * (1 + 1e-9) + 1e-9)
    if bad is not None:
        raise InputError(
            f"recency is beyond T{bad.row}: {t_x[bad.place]:g} > {T[bad.place]:g}",
            hint="recency is the time from the first purchase to the last, T that to today",
        )
    bad = first_where((x == 0) & (t_x > 0))
    if bad is not None:
        raise InputError(
            f"recency is {t_x[bad.place]:g} although frequency is 0{bad.row}",
            hint="frequency counts the days with a purchase after the first; "
            "without any, recency is 0",
        )
    return found


def _for_ever(expected: Callable[[Floats], Floats], scale: Floats, discount_rate: float) -> Floats:
    """Return the integral of exp(-delta t) dE(t) over all time, by parts; E: ``expected``.

    In w = log(1 + t / scale) what is integrated is smooth, so Gauss's rule on short parts of it is
    good to seven digits and more.
    """
    delta = np.log1p(discount_rate)
    end = np.log1p(_TAIL / (delta * scale))
    parts = max(int(np.ceil(float(end.max(initial=0.0)) / _PANEL)), 1)
    total = np.zeros(scale.shape)
    for part in range(parts):
        for node, weight in zip((_NODES + 1) / 2, _WEIGHTS / 2, strict=True):
            w = end * ((part + node) / parts)
            t = scale * np.expm1(w)
            total += weight / parts * end * np.exp(w - delta * t) * expected(t)
    return np.asarray(delta * scale * total)
