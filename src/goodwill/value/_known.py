"""The models that `value_customers` fitted, made again out of the plain values that it returned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from goodwill.value._bg import BGNBD, MBGNBD
from goodwill.value._inputs import Floats
from goodwill.value._outlook import discounted_purchases
from goodwill.value._spend import Spend, known_spend

PURCHASE_MODELS = (BGNBD, MBGNBD)


def model_of(account: Mapping[str, Any]) -> Any | None:
    """Return a source's purchase model; None where none could be fitted."""
    name = account.get("model")
    if name is None:
        return None
    kind = next(one for one in PURCHASE_MODELS if one.name == name)
    return kind.known(account["params"], account.get("covariance"))


def spend_of(account: Mapping[str, Any]) -> Spend | None:
    """Return a source's model of spend; None where none could be fitted."""
    return known_spend(account["spend_state"]) if account.get("spend_state") else None


def last_day(account: Mapping[str, Any]) -> date:
    """Return the last day of a source's orders."""
    return date.fromisoformat(account["as_of"])


def outlook_now(
    model: Any, x: Floats, t_x: Floats, T: Floats, weeks: float, rate: float
) -> tuple[Floats, Floats]:
    """Return discounted purchases over ``weeks`` and P(alive) of each history; times in weeks.

    Histories are many and few differ in the number of purchases, so all is worked out once a
    distinct history.
    """
    if not len(x):
        return np.zeros(0), np.zeros(0)
    return (
        np.asarray(discounted_purchases(model, x, t_x, T, weeks, rate)),
        np.asarray(model.p_alive(x, t_x, T)),
    )
