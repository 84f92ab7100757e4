"""Groups of a few texts, by how alike messages are that have nothing to do with each other.

Of a few texts the middle is what they are about, and a graph of neighbours joins what is not alike
at all. So they are compared by the encoder's own numbers, in which unrelated messages are known to
be hardly alike, and are one group while they are alike on average.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from goodwill.language._graph import Labels
from goodwill.language._space import RADIUS, Points, on_one_thread

FEW = 200
"""Distinct texts below which held-out ones do not show how far a theme reaches."""
APART = 0.3
"""Similarity of two groups on average, below which they are apart: of messages of customers to two
unlike services one pair in a hundred is as alike."""
STRAY = 0.35
"""Similarity to a group's middle below which a text has no theme: one such pair in two hundred."""
LEAST = 2
"""Messages of a group at least; of more texts more, up to ``most`` at `FULL` messages."""
FULL = 100


@on_one_thread
def groups_of_few(points: Points, counts: npt.NDArray[np.int64], most: int) -> Labels:
    """Return the group of each text, largest first; -1 of none.

    Args:
        points: In the encoder's own space (`Space.plain`).
        counts: How often each text was written.
        most: Messages that a group need not exceed, however many texts there are.
    """
    groups = np.zeros(len(points), np.int64)
    if len(points) > 1:
        alike = (points @ points.T).astype(np.float64) / RADIUS**2
        apart = np.maximum(1 - alike, 0)
        np.fill_diagonal(apart, 0)
        tree = linkage(squareform(apart, checks=False), "average")
        groups = fcluster(tree, 1 - APART, "distance").astype(np.int64) - 1
    sizes = np.bincount(groups, counts).astype(np.int64)
    least = least_of(int(counts.sum()), most)
    order = np.argsort(-sizes, kind="stable")
    held = order[sizes[order] >= least]
    number = np.full(len(sizes), -1, np.int32)
    number[held] = np.arange(len(held))
    return number[groups]


def least_of(total: int, most: int) -> int:
    """Return how many messages a group must have among so many; never more than ``most``."""
    return int(np.clip(most * total // FULL, LEAST, most))
