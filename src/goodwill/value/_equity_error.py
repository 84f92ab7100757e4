"""How far customer equity may be off; apart, so that pages need no library that fits models."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Any

MISSED = 0.15
"""Held-back orders missed by more than this share make a model doubtful, by twice it bad."""


def equity_error(one: Mapping[str, Any], equity: float) -> float:
    """Return the standard error of a source's equity at any month, or of that of some customers.

    Chance is taken to be in proportion: the variance of today's equity, scaled.

    Args:
        one: What `value_customers` says of the source.
        equity: In the currency's minor unit.
    """
    now = float(one.get("value") or 0.0)
    chance = float(one.get("value_variance") or 0.0) * equity / now if now > 0 else 0.0
    systematic = float(one.get("sum_error", one.get("parameter_error", 0.0)))
    return sqrt(max(chance, 0.0) + (systematic * equity) ** 2)
