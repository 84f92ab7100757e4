"""Groups in a graph of neighbours, found without chance.

scikit-network's Leiden draws from the C library's unseeded ``rand()``, so that two runs differ;
its Louvain draws nothing. On graphs of messages both reach the same modularity and agree with the
truth alike. Which group a message at the border of two comes to hangs on the order of visits, so
groups that matter are those on which several orders agree.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sknetwork.clustering import Louvain

from goodwill.language._space import Points

Labels = npt.NDArray[np.int32]

_LEAST_GAIN = 1e-5
_ORDERS = 6


def graph_of(near: npt.NDArray[np.int32], alike: Points) -> Any:
    """Return the symmetric weighted graph of nearest neighbours, as SciPy's sparse matrix."""
    total, count = near.shape
    weights = np.maximum(alike, 0).astype(np.float64).ravel()
    starts = np.arange(0, total * count + 1, count)
    one_way = sparse.csr_matrix((weights, near.ravel(), starts), (total, total))
    both = sparse.csr_matrix(one_way + one_way.T)
    both.eliminate_zeros()
    return both


def communities(graph: Any, resolution: float, seed: int = 0) -> Labels:
    """Return the group of each node by modularity (Blondel et al. 2008), largest group first.

    Args:
        graph: Symmetric sparse matrix of weights.
        resolution: Groups are smaller when it is greater; 1 is plain modularity.
        seed: Sets the order in which nodes are visited.
    """
    total = graph.shape[0]
    if not graph.nnz:
        return np.zeros(total, np.int32)
    order = np.random.default_rng(seed).permutation(total)
    louvain = Louvain(
        resolution=resolution,
        tol_optimization=_LEAST_GAIN,
        tol_aggregation=_LEAST_GAIN,
        return_probs=False,
        return_aggregate=False,
    )
    labels = np.empty(total, np.int32)
    labels[order] = louvain.fit_predict(sparse.csr_matrix(graph[order][:, order]))
    return labels


def agreed_communities(graph: Any, resolution: float, seed: int = 0) -> Labels:
    """Return the groups on which several orders of visits agree, largest first.

    The consensus of Lancichinetti and Fortunato (2012), on the edges that there are: each counts by
    the share of the orders that put its two ends into one group, and the groups are found again.

    Args:
        graph: Symmetric sparse matrix of weights.
        resolution: As for `communities`.
        seed: Sets the orders.
    """
    if not graph.nnz:
        return communities(graph, resolution, seed)
    edges = graph.tocoo()
    together = np.zeros(edges.nnz)
    for order in range(_ORDERS):
        groups = communities(graph, resolution, seed + order)
        together += groups[edges.row] == groups[edges.col]
    agreed = sparse.csr_matrix(
        (edges.data * together / _ORDERS, (edges.row, edges.col)), graph.shape
    )
    agreed.eliminate_zeros()
    return communities(agreed, resolution, seed)
