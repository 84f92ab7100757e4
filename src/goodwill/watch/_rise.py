"""The arm that finds rises that stay: a Shiryaev-Roberts mixture e-detector, by day or by hour.

Shin, Ramdas & Rinaldo, "E-detectors". Its null is a rate of at most ``TOLERANCE`` times the
baseline, widened where a series' own level has wandered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from goodwill.watch._inputs import Floats
from goodwill.watch.baseline import Baseline

TOLERANCE = 1.15
"""A rate up to this times the baseline is no rise."""
CAUTION, CAUTION_DRIFT = 0.45, 1.6
"""Standard deviations of the baseline's own error, and of its level's wandering, that widen the
tolerance."""
STEPS = np.array([1.3, 1.7, 2.4, 4.0, 8.0])
"""Rates looked for, as multiples of the tolerated one."""
MARGIN, MEMORY = 1.2, 20.0
"""A raised rise must outgrow this times itself to be raised again; the events over which its end
shows."""


def wandering(base: Baseline) -> Floats:
    """Return the variance of the log of the level by which the tolerance is widened (series,)."""
    out: Floats = CAUTION**2 * base.error + CAUTION_DRIFT**2 * base.drift
    return out


@dataclass
class Rises:
    """What is carried from one time to the next, one entry a series (or a series and step)."""

    evidence: Floats
    climb: Floats
    began: Floats
    known: Floats
    """The rate of a rise that was already raised, over the baseline."""
    most: Floats
    top: Floats
    bottom: Floats
    sums: Floats
    sums_at: Floats

    @classmethod
    def of(cls, series: int) -> Rises:
        wide = (series, len(STEPS))
        return cls(
            np.zeros(wide), np.zeros(wide), np.zeros(wide), np.ones(series), np.ones(series),
            np.ones(series), np.ones(series), np.zeros((series, 2)),
            np.zeros((series, len(STEPS), 2)),
        )  # fmt: skip

    def take(
        self, count: Floats, expected: Floats, wandering: Floats, phi: Floats, at: int
    ) -> None:
        """Take in what one time brought to all series."""
        tolerated = np.exp(np.sqrt(np.log(TOLERANCE) ** 2 + wandering)) * self.known
        gain = _log_ratio(count, expected * tolerated, phi)
        with np.errstate(over="ignore"):
            self.evidence = np.minimum((self.evidence + 1.0) * np.exp(gain), 1e250)
        fresh = self.climb <= 0
        self.began = np.where(fresh, at, self.began)
        self.sums_at = np.where(fresh[:, :, None], self.sums[:, None, :], self.sums_at)
        self.climb = np.maximum(self.climb + gain, 0.0)
        self.sums = self.sums + np.stack([count, expected], axis=1)
        # A rise already raised is forgotten as fast as its series brings news of its end.
        keep = np.exp(-expected / (MEMORY * phi))
        self.top, self.bottom = keep * self.top + count, keep * self.bottom + expected
        still = MARGIN * self.top / np.maximum(self.bottom, 1e-12)
        self.known = np.clip(still, 1.0, self.most)

    @property
    def e_value(self) -> Floats:
        """The evidence of each series, over all steps."""
        out: Floats = self.evidence.mean(1)
        return out

    def since(self, hit: Any) -> tuple[Floats, Floats]:
        """Return when the rise of these series began, and count and expected since (hit, 2)."""
        best = self.evidence[hit].argmax(1)
        return self.began[hit, best], self.sums[hit] - self.sums_at[hit, best]

    def told(self, hit: Any, lasting: Any, ratio: Floats, phi: Floats) -> None:
        """Begin anew in these series; of a rise that lasts only what outgrows it is news."""
        self.evidence[hit] = 0.0
        # After a spike the climb goes on: a second such day makes it a rise since the first.
        self.climb[hit] = np.where(lasting[:, None], 0.0, self.climb[hit])
        again = np.maximum(ratio, 1.0)
        self.known[hit] = np.where(lasting, MARGIN * again, self.known[hit])
        self.most[hit] = np.where(lasting, MARGIN * again, self.most[hit])
        worth = MEMORY * phi
        self.bottom[hit] = np.where(lasting, worth, self.bottom[hit])
        self.top[hit] = np.where(lasting, worth * again, self.top[hit])


def _log_ratio(count: Floats, tolerated: Floats, phi: Floats) -> Floats:
    """Return the log likelihood ratio of each step against the tolerated rate (series, steps).

    Negative binomial of one size under both: the ratio grows with the count, so that its mean is
    at most one for every lower rate.
    """
    size = np.maximum(tolerated, 1e-12) / np.maximum(phi - 1.0, 1e-3)
    out = np.empty((len(count), len(STEPS)))
    for i, step in enumerate(STEPS):
        wider = np.log1p((step - 1.0) * tolerated / (size + tolerated))
        out[:, i] = count * np.log(step) - (count + size) * wider
    return out
