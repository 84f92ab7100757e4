"""How near phrases are to what groups of texts mean, by the shipped table of words.

All numbers lie on the grid of `_space`, so that products are exact: the same for any order of the
texts and any number of threads.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from goodwill.language._encoder import Vectors, shipped
from goodwill.language._space import GRID, RADIUS, Points, on_grid
from goodwill.language._words import Words


class Meanings:
    """The middles of groups of texts, seen from the middle of all.

    Args:
        found: The words of the texts.
        groups: The group of each text; -1 for none.
        weights: What each text counts.
        count: Groups.
        vectors: Of the texts, by the shipped table, where they are known.
    """

    def __init__(
        self,
        found: Words,
        groups: npt.NDArray[np.int32],
        weights: npt.NDArray[np.float64],
        count: int,
        vectors: Vectors | None = None,
    ) -> None:
        if vectors is None:
            vectors = shipped().encode_words(found)
        self._some = np.flatnonzero(vectors.any(axis=1))
        self._rows = np.rint(vectors[self._some] * np.float32(GRID))
        total = self._rows.sum(axis=0, dtype=np.float64)
        self._middle = np.rint(total / max(len(self._some), 1))
        self._weights = weights[self._some]
        self._points: dict[str, Points] = {}
        held = np.flatnonzero(groups[self._some] >= 0)
        member = sparse.csr_array(
            (self._weights[held], (groups[self._some][held], held)), (count, len(self._some))
        )
        self._middles = self._seen(member @ self._rows.astype(np.float64), member.sum(axis=1))

    def alike(
        self, phrases: Sequence[str], groups: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.float64]:
        """Return how alike each phrase is to the group beside it, -1 to 1; 0 for no known word."""
        return _products(self._of(phrases), self._middles[groups])

    def alike_to(
        self, phrases: Sequence[str], texts: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.float64]:
        """Return how alike phrases are to the middle of some texts."""
        held = np.flatnonzero(texts[self._some])
        weights = self._weights[held]
        sums = weights @ self._rows[held].astype(np.float64)
        return _products(self._of(phrases), self._seen(sums[None], weights.sum(keepdims=True)))

    def between(self, one: str, other: str) -> float:
        """Return how alike two phrases are to each other."""
        points = self._of([one, other])
        return float(_products(points[:1], points[1:])[0])

    def _seen(self, sums: npt.NDArray[np.float64], sizes: npt.NDArray[np.float64]) -> Points:
        """Return sums of so many rows as they are seen from the middle of all."""
        return on_grid(sums - sizes[:, None] * self._middle)

    def _of(self, phrases: Sequence[str]) -> Points:
        """Return the points of phrases; zeros for one without any known word."""
        new = sorted({phrase for phrase in phrases if phrase not in self._points})
        if new:
            vectors = shipped().encode(new)
            points = on_grid(np.rint(vectors.astype(np.float64) * GRID) - self._middle)
            points[~np.any(vectors, axis=1)] = 0
            self._points.update(zip(new, points, strict=True))
        rows = [self._points[phrase] for phrase in phrases]
        return np.array(rows, np.float32).reshape(len(rows), len(self._middle))


def _products(some: Points, others: Points) -> npt.NDArray[np.float64]:
    """Return how alike each point is to the one beside it, -1 to 1."""
    product = np.einsum("ij,ij->i", some.astype(np.float64), np.broadcast_to(others, some.shape))
    found: npt.NDArray[np.float64] = product / RADIUS**2
    return found
