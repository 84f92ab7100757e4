"""What orders to come are worth without an end of the horizon.

No held-back weeks reach so far: that customers go on as the model says stays an assumption. The
interval holds the parameters' error, what the model missed by when it was replayed, and chance,
taken to grow from the horizon to for ever in proportion to the value.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np

from goodwill.figures import Z95
from goodwill.value._inputs import Floats
from goodwill.value._intervals import pairs
from goodwill.value._outlook import WEEKS_A_YEAR


def purchases_for_ever(
    model: Any, x: Floats, t_x: Floats, T: Floats, discount_rate: float, step: float
) -> Floats:
    """Return discounted purchases for ever of each history; times in weeks.

    Args:
        model: A fitted model of repeat purchases.
        x, t_x, T: Frequency, recency and age.
        discount_rate: A year, above 0.
        step: Weeks. Ages that come to the same number of steps are taken for one in what is
            expected of who is alive: that spares most of the work, and evens out in a sum.
    """
    many, long, where = pairs(x, np.rint(T / step) * step)
    weekly = (1 + discount_rate) ** (1 / WEEKS_A_YEAR) - 1
    given = model.for_ever_if_alive(weekly, many, long)
    return np.asarray(np.asarray(model.p_alive(x, t_x, T)) * given[where])


def add_for_ever(account: dict[str, Any]) -> None:
    """Set ``orders_for_ever`` of an account of value: value, low, high; empty where not known."""
    value = variance = 0.0
    known = False
    for one in account["sources"].values():
        ever, here = one.get("value_ever"), one.get("value")
        if ever is None:
            continue
        known = True
        value += ever
        systematic = ever**2 * (one["ever_error"] ** 2 + one.get("missed_error", 0.0) ** 2)
        chance = (one["value_variance"] or 0.0) * (ever / here) ** 2 if here else 0.0
        variance += systematic + chance
    half = Z95 * sqrt(variance)
    account["orders_for_ever"] = (
        {"value": round(value), "low": round(max(value - half, 0.0)), "high": round(value + half)}
        if known
        else {}
    )
