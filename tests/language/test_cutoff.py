"""How far from its theme a text may be, and groups on which several orders agree."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from goodwill.language._cutoff import LEAST, MOST, centres_of, cut_off
from goodwill.language._graph import agreed_communities, communities
from goodwill.language._space import nearest, on_grid


def _groups_and_strays(strays: int) -> tuple[np.ndarray, np.ndarray]:
    """Return a thousand points in ten tight groups, and strays that belong to none of them."""
    random = np.random.default_rng(1)
    middles = random.normal(size=(10, 32))
    groups = np.repeat(np.arange(10), 100)
    points = np.vstack([
        middles[groups] + random.normal(size=(1000, 32)) * 0.2,
        random.normal(size=(strays, 32)),
    ])  # fmt: skip
    own = np.concatenate([groups, random.integers(0, 10, strays)]).astype(np.int32)
    return on_grid(points), own


def test_texts_whose_filing_is_not_shown_to_be_right_have_no_theme() -> None:
    points, groups = _groups_and_strays(40)
    cut = cut_off(points, groups, 10)
    alike = nearest(points, centres_of(points, groups, 10))[1][:, 0]
    assert (alike[:1000] >= cut).mean() > 0.99
    assert (alike[1000:] < cut).mean() > 0.9


def test_the_share_left_without_a_theme_has_a_least_and_a_most() -> None:
    points, groups = _groups_and_strays(0)
    sure = nearest(points, centres_of(points, groups, 10))[1][:, 0] < cut_off(points, groups, 10)
    assert abs(sure.mean() - LEAST) < 0.005
    points, groups = _groups_and_strays(600)
    alike = nearest(points, centres_of(points, groups, 10))[1][:, 0]
    assert abs((alike < cut_off(points, groups, 10)).mean() - MOST) < 0.02


def test_a_ring_of_cliques_falls_into_its_cliques() -> None:
    cliques, size = 8, 6
    edges = np.kron(np.eye(cliques), np.ones((size, size)) - np.eye(size))
    for number in range(cliques):
        here, there = number * size, (number + 1) % cliques * size + 1
        edges[here, there] = edges[there, here] = 1
    found = agreed_communities(sparse.csr_matrix(edges), 1.0)
    assert len(set(found.tolist())) == cliques
    assert all(len(set(found[at : at + size].tolist())) == 1 for at in range(0, 48, size))


def test_another_order_moves_fewer_than_without_agreement() -> None:
    random = np.random.default_rng(3)
    own = np.repeat(np.arange(12), 40)
    chance = np.where(own[:, None] == own[None, :], 0.16, 0.035)
    upper = np.triu(random.random(chance.shape) < chance, 1).astype(float)
    graph = sparse.csr_matrix(upper + upper.T)

    def moved(find: object) -> float:
        first, other = (find(graph, 1.0, seed) for seed in (0, 100))  # type: ignore[operator]
        pairs = (first[:, None] == first) != (other[:, None] == other)
        return float(pairs.mean())

    assert moved(agreed_communities) < moved(communities)


def test_a_graph_without_edges_is_one_group() -> None:
    assert agreed_communities(sparse.csr_matrix((5, 5)), 1.0).tolist() == [0] * 5
