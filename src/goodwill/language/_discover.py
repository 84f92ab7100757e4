"""How themes are found: neighbours, groups, centres, names, areas."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from goodwill.language._encoder import shipped
from goodwill.language._graph import Labels, communities, graph_of
from goodwill.language._labels import Naming, brand_words, name_groups
from goodwill.language._sample import Sample, sample_of
from goodwill.language._space import RADIUS, Points, Space, nearest, neighbours, on_grid
from goodwill.language._themes import Themes

DIMENSIONS = 128
NEIGHBOURS = 15
RESOLUTION = 3.0
AREA_RESOLUTION = 1.0
LEAST_SHARE = 0.001
LEAST_TEXTS = 8
"""A theme holds this many distinct texts of the sample, and this share of them."""
UNFILED_SHARE = 0.02
"""Share of the sample that the cut-off leaves without a theme."""
STRANGE_SHARE = 0.25
LEAST_GAIN = 0.15
"""How much nearer its texts must be to a new theme's centre than to those of the known ones."""


def discover(texts: Any, *, seed: int = 0) -> Themes:
    """Return the themes of the texts; how many there are is found, not given.

    The same texts give the same themes to the bit, in any order and with any number of threads.

    Args:
        texts: Strings (None and NaN are skipped), or an Arrow array of them.
        seed: Another one shows how far the themes hang on the order in which texts are visited.
    """
    return themes_of(sample_of(texts), seed)


def themes_of(sample: Sample, seed: int = 0) -> Themes:
    """Return the themes of a sample."""
    if not sample.texts:
        return _no_themes()
    space = Space.of(sample.vectors, DIMENSIONS)
    points = space.points(sample.vectors)
    if len(points) < 2 * LEAST_TEXTS:
        groups = np.zeros(len(points), np.int32)
        graph: Any = sparse.csr_matrix((len(points), len(points)))
    else:
        graph = graph_of(*neighbours(points, _neighbours_for(len(points))))
        groups = _without_small(communities(graph, RESOLUTION, seed), len(points))
    count = int(groups.max()) + 1
    centres = centres_of(points, groups, count)
    groups, alike = nearest(points, centres)
    naming = name_groups(sample.texts, groups, alike, count, brand_words(sample.texts))
    areas = _areas(graph, groups, count, seed)
    named = name_groups(
        sample.texts, areas[groups], alike, int(areas.max()) + 1, brand_words(sample.texts)
    )
    return Themes(
        space,
        centres,
        _reached_by(alike, 1 - UNFILED_SHARE),
        _reached_by(alike, 1 - STRANGE_SHARE),
        naming,
        areas,
        named.labels,
    )


def _no_themes() -> Themes:
    width = shipped().dimensions
    space = Space(np.zeros(width), np.zeros((width, 1)))
    centres = np.empty((0, 1), np.float32)
    return Themes(space, centres, 0.0, 0.0, Naming([], []), np.empty(0, np.int32), [])


def _neighbours_for(count: int) -> int:
    return min(NEIGHBOURS, max(3, count // 20))


def _without_small(groups: Labels, total: int) -> Labels:
    """Return the groups with those below the least size put at -1, unless all are."""
    sizes = np.bincount(groups)
    least = max(LEAST_TEXTS, int(LEAST_SHARE * total))
    order = np.argsort(-sizes, kind="stable")
    held = order[sizes[order] >= least]
    if not len(held):
        return np.zeros(len(groups), np.int32)
    number = np.full(len(sizes), -1, np.int32)
    number[held] = np.arange(len(held))
    return number[groups]


def centres_of(points: Points, groups: Labels, count: int) -> Points:
    """Return the middle of each group, on the grid."""
    held = np.flatnonzero(groups >= 0)
    member = sparse.csr_matrix((np.ones(len(held)), (groups[held], held)), (count, len(points)))
    return on_grid(np.asarray(member @ points.astype(np.float64)))


def _areas(graph: Any, groups: Labels, count: int, seed: int) -> Labels:
    """Return the area of each theme: groups of the graph in which each theme is one node."""
    if count < 3 or not graph.nnz:
        return np.zeros(count, np.int32)
    member = sparse.csr_matrix(
        (np.ones(len(groups)), groups, np.arange(len(groups) + 1)), (len(groups), count)
    )
    between = sparse.csr_matrix(member.T @ graph @ member)
    return communities(between, AREA_RESOLUTION, seed)


def _reached_by(alike: npt.NDArray[np.float32], share: float) -> float:
    """Return the similarity that this share of the sample reaches."""
    return float(np.sort(alike)[int((1 - share) * len(alike))])


def extend(themes: Themes, sample: Sample) -> None:
    """Add to the themes what a sample holds and they do not; what they fit stays as it is.

    Only texts that fit badly are looked at: below the similarity that `STRANGE_SHARE` of the
    texts on which the themes were found fall under.
    """
    if not len(themes):
        themes.__dict__.update(themes_of(sample).__dict__)
        return
    points = themes.space.points(sample.vectors)
    _, alike = nearest(points, themes.centres)
    strange = np.flatnonzero(alike < themes.strange_below)
    least = max(LEAST_TEXTS, int(LEAST_SHARE * len(points)))
    if len(strange) < least:
        return
    some = points[strange]
    graph = graph_of(*neighbours(some, _neighbours_for(len(some))))
    groups = communities(graph, RESOLUTION)
    sizes = np.bincount(groups)
    centres = centres_of(some, groups, len(sizes))
    own = np.einsum("ij,ij->i", some.astype(np.float64), centres[groups].astype(np.float64))
    cohesion = np.bincount(groups, own) / sizes / RADIUS**2
    gain = cohesion - np.bincount(groups, alike[strange]) / sizes
    held = np.flatnonzero((sizes >= least) & (gain >= LEAST_GAIN))
    if not len(held):
        return
    number = np.full(len(sizes), -1, np.int32)
    number[held] = np.arange(len(held))
    groups = number[groups]
    every = np.full(len(points), -1, np.int32)
    every[strange] = groups
    similarity = np.zeros(len(points), np.float32)
    similarity[strange] = own / RADIUS**2
    naming = name_groups(
        sample.texts, every, similarity, len(held), brand_words(sample.texts),
        frozenset(themes.labels),
    )  # fmt: skip
    near, _ = nearest(centres[held], themes.centres)
    themes.add(centres[held], naming, themes.parents[near])
