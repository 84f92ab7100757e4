"""How unlike its theme's centre a text may be: as far as held-out texts are filed rightly.

A text is held out when it had no part in the centres; it is filed rightly when the nearest of them
is that of the group in which its neighbours put it. The less alike a text is to its centre, the
more often it is not. A text has a theme where texts as like as it are shown to be filed rightly
more often than not.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from goodwill.figures import wilson
from goodwill.language._graph import Labels
from goodwill.language._space import Points, nearest, on_grid

_FOLDS = 10
_STEPS, _FEWEST = 100, 50
"""Texts are judged in so many steps from the least alike to the most, of so many texts at least."""
LEAST, MOST = 0.01, 0.045
"""Share of the sample that is left without a theme, at least and at most: with messages that say
nothing, a twentieth of all stays unfiled."""


def centres_of(points: Points, groups: Labels, count: int) -> Points:
    """Return the middle of each group, on the grid; -1 is no group."""
    return on_grid(_sums(points, groups, count))


def _sums(
    points: Points, groups: npt.NDArray[np.signedinteger], count: int
) -> npt.NDArray[np.float64]:
    """Return the sum of each group's points: whole numbers, so that it is exact."""
    held = np.flatnonzero(groups >= 0)
    member = sparse.csr_matrix((np.ones(len(held)), (groups[held], held)), (count, len(points)))
    return np.asarray(member @ points.astype(np.float64))


def cut_off(points: Points, groups: Labels, count: int) -> float:
    """Return the similarity to the nearest centre below which a text has no theme.

    Args:
        points: The sample.
        groups: Of each text; -1 where its neighbours put it in none.
        count: Groups.
    """
    alike, right = _held_out(points, groups, count)
    order = np.argsort(alike, kind="stable")
    least, most = int(LEAST * len(order)), int(MOST * len(order))
    size = max(_FEWEST, len(order) // _STEPS)
    cut = 0
    while cut < most:
        step = right[order[cut : cut + size]]
        if wilson(int(step.sum()), len(step))[0] > 0.5:
            break
        cut += size
    return float(alike[order[min(max(cut, least), most)]])


def _held_out(
    points: Points, groups: Labels, count: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    """Return how alike each text is to the nearest centre made without it, and if that is right."""
    alike = np.zeros(len(points), np.float32)
    right = np.zeros(len(points), np.bool_)
    fold = np.arange(len(points)) % _FOLDS
    cells = np.where(groups >= 0, fold * count + groups, -1)
    parts = _sums(points, cells, _FOLDS * count).reshape(_FOLDS, count, -1)
    whole = parts.sum(axis=0)
    for number in range(_FOLDS):
        out = fold == number
        found, near = nearest(points[out], on_grid(whole - parts[number]))
        alike[out], right[out] = near[:, 0], found[:, 0] == groups[out]
    return alike, right
