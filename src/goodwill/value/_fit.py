"""The one way in to every model: `fit(cells, model=...)`."""

from __future__ import annotations

from typing import Any

from goodwill.errors import InputError
from goodwill.value._bg import BGNBD, MBGNBD
from goodwill.value._bg_bb import BGBB
from goodwill.value._contracts import SBG, BdW
from goodwill.value._gamma_gamma import GammaGamma
from goodwill.value._model import Model
from goodwill.value._pareto import ParetoNBD

MODELS: dict[str, Any] = {
    one.name: one for one in (BGNBD, MBGNBD, ParetoNBD, BGBB, GammaGamma, SBG, BdW)
}


def fit(cells: Any, model: str = "bg_nbd") -> Any:
    """Return the model of that name at the highest likelihood of the cells.

    Args:
        cells: What `goodwill.value.rfm` returns, or Arrow, pandas, polars or a mapping with the
            model's columns. ``weight`` (customers in the row) is 1 where absent.
            ``bg_nbd``, ``mbg_nbd``, ``pareto_nbd``: frequency, recency, T.
            ``gamma_gamma``: frequency, monetary_value.
            ``bg_bb``: frequency, recency, n_periods.
            ``sbg``, ``bdw``: period (0, 1, ...), active (customers still there).
        model: One of these names.

    Raises:
        InputError: No such model, or a column is absent or holds impossible values.
        NotEnoughData: The cells are too thin, no start converged, or the likelihood has no highest
            point; the message says which.
    """
    if model not in MODELS:
        raise InputError(f"unknown model {model!r}", hint=f"use one of {', '.join(MODELS)}")
    fitted: Model = MODELS[model].fit(cells)
    return fitted
