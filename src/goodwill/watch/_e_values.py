"""Which of many tests hold, by their e-values."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goodwill.watch._inputs import Floats


def e_bh(e_values: Floats, alpha: float, tests: int | None = None) -> NDArray[np.bool_]:
    """Return which hypotheses e-Benjamini-Hochberg rejects (Wang & Ramdas 2022).

    False discovery rate at most alpha under any dependence. ``tests`` is the number of hypotheses
    where those with an e-value below one were left out.

    >>> e_bh(np.array([100.0, 1.0, 30.0]), 0.1).tolist()
    [True, False, True]
    """
    flat = np.asarray(e_values, np.float64).ravel()
    total = len(flat) if tests is None else tests
    order = np.sort(flat)[::-1]
    enough = np.flatnonzero(order * np.arange(1, len(flat) + 1) >= total / alpha)
    if not len(enough):
        return np.zeros(np.shape(e_values), bool)
    out: NDArray[np.bool_] = np.asarray(e_values) >= order[enough[-1]]
    return out
