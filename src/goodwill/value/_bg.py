"""BG/NBD and MBG/NBD: buying is Poisson while alive, leaving happens right after a purchase.

BG/NBD: Fader, Hardie and Lee, "Counting Your Customers the Easy Way", Marketing Science 2005.
MBG/NBD: Batislam, Denizel and Filiztekin, "Empirical validation and comparison of models for
customer base analysis", 2007: one may also leave right after the first purchase, so that a
one-time buyer is not alive for certain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.special import expit, gammaln, psi

from goodwill.errors import NotEnoughData
from goodwill.value._future import expected_purchases, purchase_chances
from goodwill.value._inputs import Floats, arguments, columns, dot
from goodwill.value._model import Model, plain
from goodwill.value._optimum import Likelihood, Optimum, maximise, sample_of
from goodwill.value._order_intervals import alive_ends, order_ends
from goodwill.value._purchases import PurchaseModel, history

_FEWEST = 10
"""Customers, and repeat customers among them, below which a fit is refused."""
_NOBODY = 1e-6
"""A chance to leave after a purchase, or in the mean time observed, that is as good as none."""
MEAN_TIME = 40.0
"""What the mean time observed is taken to be in a fit, as were it told in weeks."""
_DIGITS = 9
"""Digits after the point that times are then rounded to."""


def need_repeats(frequency: Floats, recency: Floats, T: Floats, weight: Floats, what: str) -> None:
    """Raise NotEnoughData when the cells are too thin for a model of repeat purchases."""
    customers, repeaters = float(weight.sum()), float(weight[frequency > 0].sum())
    if customers < _FEWEST or repeaters < _FEWEST:
        raise NotEnoughData(
            f"{what} needs at least {_FEWEST} customers who bought on two or more days; "
            f"there are {repeaters:.0f} among {customers:.0f}",
            hint="add a longer order history, or value customers by what they have spent",
        )
    if (recency > T * (1 + 1e-9) + 1e-9).any() or ((frequency == 0) & (recency > 0)).any():
        raise NotEnoughData(
            f"{what} was given cells that cannot be: a recency beyond T, "
            "or a recency without repeat purchases",
            hint="build the cells with goodwill.value.rfm",
        )
    if not (frequency > 1).any():
        raise NotEnoughData(
            f"{what} needs customers who bought on three or more days; nobody did, so nothing "
            "says how long customers go on",
            hint="add a longer order history, or value customers by what they have spent",
        )


def need_inner(best: Optimum, leaving: float, model: type[Model]) -> None:
    """Raise NotEnoughData when the likelihood has no highest point.

    It is so where customers seem to leave at once or never: then the model takes those who are
    left for customers who never leave, and expects too much of them. That nobody leaves at all is
    a model like any other.

    Args:
        best: Where the search ended.
        leaving: How readily customers leave there: a chance, or a rate times the mean time.
        model: What was fitted.
    """
    if not best.inner and leaving > _NOBODY:
        names = " and ".join(
            name for name, value in zip(model.parameters, best.params, strict=True) if value < 0.1
        )
        raise NotEnoughData(
            f"{model.name} has no best parameters for these customers: it fits the better the "
            f"closer to nought ({names or 'all'}); some seem to leave at once and the others "
            "never, so nothing says when those will",
            hint="fit another model, or wait for a longer order history",
        )


def time_for_one(frequency: Floats, weight: Floats) -> float:
    """Return the time in which a customer buys once more, where `MEAN_TIME` is observed."""
    return MEAN_TIME / max(float(np.average(frequency, weights=weight)), 1e-3)


def fit_in_own_time(
    model: Any,
    cells: Sequence[Floats],
    starts: Sequence[Sequence[float]],
    times: Sequence[bool],
    sample: int,
) -> Optimum:
    """Return the optimum, found in a unit in which the mean time observed is `MEAN_TIME`.

    So neither the fit nor a refusal depends on the unit of the cells.

    Args:
        model: Its class, with ``likelihood``.
        cells: Repeat purchases, recency, T and weight.
        starts: Parameters to start from, in that unit.
        times: Which parameters are times.
        sample: Cells that the search runs on.
    """
    x, t_x, T, weight = cells
    scale = MEAN_TIME / float(np.average(T, weights=weight))
    # Without the last digits, which no unit has in common with another.
    own = (x, (t_x * scale).round(_DIGITS), (T * scale).round(_DIGITS), weight)
    units = np.where(times, scale, 1.0)
    few = sample_of(own, sample)
    rough = (model.likelihood(*few), float(few[-1].sum())) if few else None
    best = maximise(model.likelihood(*own), starts, float(weight.sum()), model.name, rough)
    return replace(
        best,
        params=best.params / units,
        covariance=best.covariance / np.outer(units, units),
        # Of the moments of purchases: a density, which is one for each unit of time.
        log_likelihood=best.log_likelihood + dot(weight, x) * float(np.log(scale)),
    )


class BGNBD(PurchaseModel):
    """BG/NBD, fitted. Times are in the unit of the cells (weeks unless said otherwise)."""

    name = "bg_nbd"
    paper = "Fader, Hardie and Lee 2005"
    parameters = ("r", "alpha", "a", "b")
    _first_leaves = 0
    """1 where a customer may leave after the first purchase too (MBG/NBD)."""

    @classmethod
    def fit(cls, cells: Any) -> BGNBD:
        """Return the model at the highest likelihood of the cells."""
        (x, t_x, T), weight = columns(cells, ("frequency", "recency", "T"))
        need_repeats(x, t_x, T, weight, cls.name)
        wait = time_for_one(x, weight)
        starts = [
            (r, r * wait * rise, a, b)
            for r in (0.25, 1.0, 4.0)
            for rise in (0.5, 1.0)
            for a, b in ((0.3, 2.0), (0.8, 2.5), (0.1, 5.0), (3.0, 6.0))
        ]
        best = fit_in_own_time(cls, (x, t_x, T, weight), starts, (False, True, False, False), 6000)
        a, b = best.params[2:]
        need_inner(best, a / (a + b), cls)
        return cls(best, float(weight.sum()))

    @classmethod
    def likelihood(cls, x: Floats, t_x: Floats, T: Floats, weight: Floats) -> Likelihood:
        """Return the log-likelihood and its gradient as a function of (r, alpha, a, b).

        What depends on the purchases or on a time alone is summed once per distinct value; only
        the chance to have left, which needs both, is worked out cell by cell.
        """
        xs, ix = np.unique(x, return_inverse=True)
        times, it = np.unique(np.concatenate([T, t_x]), return_inverse=True)
        iT, itx = it[: len(T)], it[len(T) :]
        wx = np.bincount(ix, weight)
        wT = np.bincount(iT, weight, len(times))
        wxT = np.bincount(iT, weight * x, len(times))
        n = weight.sum()
        extra = cls._first_leaves
        y = xs + extra
        can_leave = np.flatnonzero(y[ix] > 0)
        lx, lT, ltx, lw = ix[can_leave], iT[can_leave], itx[can_leave], weight[can_leave]

        def evaluate(params: Floats) -> tuple[float, Floats]:
            r, alpha, a, b = params
            log_time, per_time = np.log(alpha + times), 1 / (alpha + times)
            by_x = gammaln(r + xs) + _log_stayed(a, b, y)
            value = wx @ by_x + n * (r * np.log(alpha) - gammaln(r))
            value -= (r * wT + wxT) @ log_time
            last = np.maximum(b + y - 1, 1e-300)
            spread = log_time[lT] - log_time[ltx]
            bought = (r + xs)[lx]
            odds = (np.log(a) - np.log(last))[lx] + bought * spread
            # ln(1 + exp(odds)) and the chance to have left, from one exponential.
            small = np.exp(-np.abs(odds))
            left = lw * np.where(odds > 0, 1.0, small) / (1 + small)
            value += dot(lw, np.maximum(odds, 0) + np.log1p(small))
            psi_ab, psi_abx = psi(a + b), psi(a + b + y)
            gradient = np.array(
                [
                    wx @ psi(r + xs)
                    + n * (np.log(alpha) - psi(r))
                    - wT @ log_time
                    + dot(left, spread),
                    n * r / alpha
                    - (r * wT + wxT) @ per_time
                    + dot(left * bought, per_time[lT] - per_time[ltx]),
                    n * psi_ab - wx @ psi_abx + left.sum() / a,
                    n * (psi_ab - psi(b)) + wx @ (psi(b + y) - psi_abx) - dot(left, (1 / last)[lx]),
                ]
            )
            return float(value), gradient

        return evaluate

    def _alive(self, x: Floats, t_x: Floats, T: Floats) -> Floats:
        """Return P(alive).

        In BG/NBD a one-time buyer is alive for certain, because leaving is only thinkable after a
        repeat purchase; that is the model's assumption, not a finding. MBG/NBD has no such rule.
        """
        odds, _ = self._odds(x, t_x, T)
        return np.asarray(np.where(x + self._first_leaves > 0, expit(-odds), 1.0))

    def _odds(self, x: Floats, t_x: Floats, T: Floats) -> tuple[Floats, Floats]:
        """Return the log-odds to have left, and the logarithm by which waiting raises them."""
        r, alpha, a, b = self._values
        last = np.maximum(b + x + self._first_leaves - 1, 1e-300)
        waited = np.log(alpha + T) - np.log(alpha + t_x)
        return np.asarray(np.log(a) - np.log(last) + (r + x) * waited), np.asarray(waited)

    def leaving_odds(self, x: Floats, t_x: Floats, T: Floats) -> tuple[Floats, Floats]:
        """Return the log-odds to have left, and their slope in each parameter, (4, rows).

        Of who cannot have left they are minus infinity, whatever the parameters.
        """
        r, alpha, a, b = self._values
        odds, waited = self._odds(x, t_x, T)
        y = x + self._first_leaves
        slopes = np.stack(
            [
                waited,
                (r + x) * (1 / (alpha + T) - 1 / (alpha + t_x)),
                np.full(len(x), 1 / a),
                -1 / np.maximum(b + y - 1, 1e-300),
            ]
        )
        can_leave = y > 0
        return np.where(can_leave, odds, -np.inf), np.where(can_leave, slopes, 0.0)

    def _from_first(self, t: Floats) -> Floats:
        r, alpha, a, b = self._values
        extra = self._first_leaves
        stays = b / (a + b) if extra else 1.0
        none = np.zeros(())
        return np.asarray(
            stays * expected_purchases(t, none + r, none + alpha, a, none + b + extra)
        )

    def _scale(self, T: Floats) -> Floats:
        return np.asarray(self._values[1] + T)

    def p_alive_interval(self, frequency: Any, recency: Any, T: Any) -> tuple[Any, Any]:
        """Return both ends of the 95 % interval that the parameters' error gives P(alive).

        Of a chance itself nothing can come true, so chance is not in it. NaN where nothing tells
        the parameters' error.

        Raises:
            InputError: A history cannot be; the message names its row.
        """
        x, t_x, T = history(frequency, recency, T)
        low, high = alive_ends(self, *(np.ravel(one) for one in (x, t_x, T)))
        return plain(low.reshape(x.shape)), plain(high.reshape(x.shape))

    def purchases_interval(self, t: float, frequency: Any, recency: Any, T: Any) -> tuple[Any, Any]:
        """Return both ends of the 95 % interval of the purchases that a customer will make.

        In the ``t`` after ``T``. It holds what chance may do with this one customer and the error
        of the parameters; that of the mean of many customers is far narrower.

        Raises:
            InputError: A time is negative, or a history cannot be.
        """
        t_ahead, x, t_x, T = history(frequency, recency, T, t=t)
        shape = t_ahead.shape
        x, t_x, T = (np.ravel(one) for one in (x, t_x, T))
        alive = np.asarray(self._alive(x, t_x, T))
        expected = np.asarray(alive * self.expected_if_alive(np.float64(t), x, T))
        low, high = order_ends(self, float(t), x, t_x, T, alive, expected)
        return plain(low.reshape(shape)), plain(high.reshape(shape))

    def expected_if_alive(self, t: Any, frequency: Floats, T: Floats) -> Floats:
        """Return the expected purchases in the ``t`` after ``T`` of customers alive at ``T``."""
        r, alpha, a, b = self._values
        return expected_purchases(
            t, r + frequency, alpha + T, a, b + frequency + self._first_leaves
        )

    def purchase_chances(self, t: float, frequency: Any, recency: Any, T: Any, most: int) -> Floats:
        """Return the chances of 0..``most`` purchases in the ``t`` after ``T``, by row."""
        arguments(t=t)
        x, t_x, T = (np.atleast_1d(one) for one in history(frequency, recency, T))
        alive = np.atleast_1d(self._alive(x, t_x, T))
        out = self.chances_if_alive(t, x, T, most)
        out *= alive[:, None]
        out[:, 0] += 1 - alive
        return out

    def chances_if_alive(self, t: float, frequency: Floats, T: Floats, most: int) -> Floats:
        """Return the chances of 0..``most`` purchases in the ``t`` after ``T``, if alive then."""
        r, alpha, a, b = self._values
        left = self._first_leaves
        return purchase_chances(t, r + frequency, alpha + T, a, b + frequency + left, most)


class MBGNBD(BGNBD):
    """MBG/NBD, fitted: BG/NBD in which one may also leave right after the first purchase."""

    name = "mbg_nbd"
    paper = "Batislam, Denizel and Filiztekin 2007"
    _first_leaves = 1


def _log_stayed(a: float, b: float, y: Floats) -> Floats:
    """Return ln B(a, b + y)/B(a, b): y chances to leave, none taken."""
    return np.asarray(gammaln(a + b) - gammaln(b) + gammaln(b + y) - gammaln(a + b + y))
