"""Connected components of a graph that fits in memory, by scipy (Pearce 2005)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def least_nodes(ends: NDArray[np.int64], others: NDArray[np.int64], nodes: int) -> NDArray[Any]:
    """Return for each node 0..nodes-1 the least node of its component, as int64 of shape (nodes,).

    >>> least_nodes(np.array([1, 3]), np.array([2, 3]), 4).tolist()
    [0, 1, 1, 3]
    """
    if nodes == 0:
        return np.empty(0, dtype=np.int64)
    # Imported here: scipy takes half a second, and most commands need no graph.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    weights = np.ones(len(ends), dtype=np.int8)
    graph = coo_array((weights, (ends, others)), shape=(nodes, nodes)).tocsr()
    _, labels = connected_components(graph, directed=False)
    # Nodes are numbered in their order, so a label's first position is its least node.
    _, first = np.unique(labels, return_index=True)
    return first.astype(np.int64)[labels]
