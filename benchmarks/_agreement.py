"""How far two ways of grouping the same things agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt


def _table(one: Sequence[Any], two: Sequence[Any]) -> npt.NDArray[np.float64]:
    _, rows = np.unique(np.asarray(one), return_inverse=True)
    _, columns = np.unique(np.asarray(two), return_inverse=True)
    table = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(table, (rows, columns), 1)
    return table


def mutual_information(one: Sequence[Any], two: Sequence[Any]) -> float:
    """Return the mutual information over the mean of the entropies (NMI), 0 to 1."""
    table = _table(one, two)
    table /= table.sum()
    rows, columns = table.sum(1), table.sum(0)
    held = table > 0
    expected = rows[:, None] * columns[None, :]
    shared = float((table[held] * np.log(table[held] / expected[held])).sum())
    entropies = [-float((part * np.log(part)).sum()) for part in (rows, columns)]
    return shared / (sum(entropies) / 2) if sum(entropies) else 1.0


def adjusted_rand(one: Sequence[Any], two: Sequence[Any]) -> float:
    """Return the adjusted Rand index (Hubert and Arabie 1985): 0 by chance, 1 for the same."""
    table = _table(one, two)
    pairs = float((table * (table - 1)).sum()) / 2
    rows, columns = (float((part * (part - 1)).sum()) / 2 for part in (table.sum(1), table.sum(0)))
    every = table.sum() * (table.sum() - 1) / 2
    chance, most = rows * columns / every, (rows + columns) / 2
    return float((pairs - chance) / (most - chance)) if most != chance else 1.0
