"""What an update finds: themes that new texts hold and the known ones do not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from goodwill.language._arisen import CHANCE, arisen, rarity
from goodwill.language._cutoff import centres_of
from goodwill.language._discover import (
    LEAST_SHARE,
    LEAST_TEXTS,
    RESOLUTION,
    asides,
    named_groups,
    neighbours_for,
    themes_of,
)
from goodwill.language._few import FEW, groups_of_few, least_of
from goodwill.language._graph import agreed_communities, communities, graph_of
from goodwill.language._labels import brand_words
from goodwill.language._sample import SAMPLE, Sample
from goodwill.language._space import Points, Space, likeness, nearest, neighbours
from goodwill.language._themes import Themes

COARSER = (RESOLUTION, 1.0, 0.3)
"""Resolutions at which new themes are looked for in turn."""
LEAST_GAIN = 0.25
"""How much nearer its texts must be to a new theme's centre than to those of the known ones."""
LESSER_GAIN = 0.05
"""The same for a group of nearly all new texts."""
FINER = 6.0
"""Resolution at which those are looked for: they are few beside the known ones."""
LEAST_NEW = 1 / 3
MOSTLY_NEW = 2 / 3
"""Share of a new theme's texts that must be new: of those found coarser, twice as many."""


def extend(themes: Themes, sample: Sample, taken: Iterable[str] = ()) -> None:
    """Add to the themes what a sample holds and they do not; what they fit stays as it is.

    A new theme is a group of texts that fit badly (as badly as the worst tenth of those on which
    the themes were found), that are clearly nearer to each other than to any known theme, and of
    which at least a third were not there before; or texts of a region in which new ones are far
    more frequent than among all (`arisen`). Of fewer texts than a graph needs, it is one of the
    groups that `discover` would find among as few, of texts that are new or had no theme. It takes
    none of the names in ``taken``.
    """
    if not len(themes):
        themes.__dict__.update(themes_of(sample).__dict__)
        return
    points = themes.space.points(sample.vectors)
    live = np.array(themes.ids, np.int32)
    alike = nearest(points, themes.centres[live])[1][:, 0]
    new = _unseen(sample.hashes, themes.seen)
    themes.seen = np.union1d(themes.seen, sample.hashes)[:SAMPLE]
    if not new.any():
        return
    if len(points) < FEW:
        fresh_groups = _groups_of_few(sample, points, alike, new, themes)
    else:
        fresh_groups = _groups_of_many(sample, points, alike, new, themes)
    if not fresh_groups:
        return
    every = np.full(len(points), -1, np.int32)
    for number, members in enumerate(fresh_groups):
        every[members] = number
    centres = centres_of(points, every, len(fresh_groups))
    naming = named_groups(sample, every, points, centres, [*themes.labels, *taken])
    near = live[nearest(centres, themes.centres[live])[0][:, 0]]
    themes.add(centres, naming, near, asides(sample.matter, every, naming))


def _groups_of_few(
    sample: Sample, points: Points, alike: Points, new: npt.NDArray[np.bool_], themes: Themes
) -> list[npt.NDArray[np.intp]]:
    """Return the members of each new theme of a sample that is too small for a graph.

    Two thirds of its texts must be new or without a theme until now, and one third new: a matter
    that comes up a few texts at a time was there before it had enough of them.

    Args:
        sample: The texts.
        points: Of them, in the space of the known themes.
        alike: How alike each is to the nearest known theme.
        new: Which were not there before.
        themes: The known ones; what was seen includes the sample.
    """
    plain = Space.plain(sample.encoder.dimensions).points(sample.vectors)
    groups = groups_of_few(plain, sample.counts, LEAST_TEXTS)
    count = int(groups.max(initial=-1)) + 1
    if not count:
        return []
    inside = np.flatnonzero(groups >= 0)
    found = groups[inside]
    sizes = np.bincount(found)
    own = likeness(points[inside], centres_of(points, groups, count)[found])
    gain = np.bincount(found, own - alike[inside]) / sizes
    least = least_of(len(themes.seen), LEAST_TEXTS)
    open_ = new | (alike < themes.cut_off)
    fresh = np.bincount(found, open_[inside]).astype(np.int64)
    held = np.bincount(found, sample.counts[inside]) >= least
    held &= (gain >= LEAST_GAIN) & (fresh >= MOSTLY_NEW * sizes)
    held &= np.bincount(found, new[inside]) >= LEAST_NEW * sizes
    held &= _surely_new(sizes, fresh, held, float(open_.mean()))
    return [np.flatnonzero(groups == number) for number in np.flatnonzero(held)]


def _groups_of_many(
    sample: Sample,
    points: Points,
    alike: Points,
    new: npt.NDArray[np.bool_],
    themes: Themes,
) -> list[npt.NDArray[np.intp]]:
    """Return the members of each new theme, pieces of one put together."""
    graph = graph_of(*neighbours(points, neighbours_for(len(points))))
    strange = np.flatnonzero(alike < themes.strange_below)
    least = max(LEAST_TEXTS, int(LEAST_SHARE * len(points)))
    fresh_groups = _new_groups(points, strange, alike, new, least)
    left = np.ones(len(points), np.bool_)
    left[[member for members in fresh_groups for member in members]] = False
    grown = _grown_groups(graph, points, alike, new, left)
    left[[member for members in grown for member in members]] = False
    brands = brand_words(sample.texts)
    arose = arisen(points, sample.matter.words, alike, new, left, least, brands | sample.names)
    fresh_groups += grown + arose
    return _joined(fresh_groups, graph, len(themes.seen))


def _new_groups(
    points: Points,
    strange: npt.NDArray[np.intp],
    alike: Points,
    new: npt.NDArray[np.bool_],
    least: int,
) -> list[npt.NDArray[np.intp]]:
    """Return the members of each new theme among the strange texts, finest groups first.

    What is in none of them is grouped again, coarser: a small theme falls apart at the
    resolution that suits the whole.
    """
    out: list[npt.NDArray[np.intp]] = []
    left = strange
    for resolution in COARSER:
        if len(left) < least:
            break
        some = points[left]
        groups = communities(graph_of(*neighbours(some, neighbours_for(len(some)))), resolution)
        sizes = np.bincount(groups)
        own = likeness(some, centres_of(some, groups, len(sizes))[groups])
        gain = np.bincount(groups, own - alike[left]) / sizes
        fresh = np.bincount(groups, new[left]).astype(np.int64)
        wanted = LEAST_NEW if resolution == RESOLUTION else MOSTLY_NEW
        held = (sizes >= least) & (gain >= LEAST_GAIN)
        held &= _surely_new(sizes, fresh, held, float(new.mean())) & (fresh >= wanted * sizes)
        out += [left[groups == number] for number in np.flatnonzero(held)]
        left = left[~held[groups]]
    return out


def _surely_new(
    sizes: npt.NDArray[np.int64],
    fresh: npt.NDArray[np.int64],
    asked: npt.NDArray[np.bool_],
    share: float,
) -> npt.NDArray[np.bool_]:
    """Return of which groups so many would hardly be new by chance, among those that are asked.

    Where all texts are new there is nothing to compare with.
    """
    if share >= 1:
        return np.ones(len(sizes), np.bool_)
    if share <= 0 or not asked.any():
        return np.zeros(len(sizes), np.bool_)
    rare = rarity(np.maximum(sizes, 1), fresh, share)
    found: npt.NDArray[np.bool_] = rare <= np.log(CHANCE / asked.sum())
    return found


def _grown_groups(
    graph: Any,
    points: Points,
    alike: npt.NDArray[np.float32],
    new: npt.NDArray[np.bool_],
    left: npt.NDArray[np.bool_],
) -> list[npt.NDArray[np.intp]]:
    """Return the members of new themes that fit a known one, but were hardly there before.

    A new matter of a known field ("lost card" in a bank) is near to some theme, and no text of it
    is strange. So all texts are grouped anew, and a group of nearly all new texts is a new theme.
    """
    if new.sum() < LEAST_TEXTS or len(points) < 2 * LEAST_TEXTS:
        return []
    groups = communities(graph, FINER)
    groups = np.where(left, groups, groups.max() + 1).astype(np.int32)
    sizes = np.bincount(groups, minlength=int(groups.max()) + 1)
    sizes[-1] *= bool(left.all())
    own = likeness(points, centres_of(points, groups, len(sizes))[groups])
    weight = np.maximum(np.bincount(groups), 1)
    gain = np.bincount(groups, own - alike) / weight
    fresh = np.bincount(groups, new) / weight
    wanted = max(MOSTLY_NEW, (1 + float(new.mean())) / 2)
    held = (sizes >= LEAST_TEXTS) & (gain >= LESSER_GAIN) & (fresh >= wanted)
    return [np.flatnonzero(groups == number) for number in np.flatnonzero(held)]


def _joined(
    groups: list[npt.NDArray[np.intp]], graph: Any, whole: int
) -> list[npt.NDArray[np.intp]]:
    """Return the groups with those put together that `discover` would not tell apart.

    They are looked for at finer scales than its own, so that one matter may come in pieces; pieces
    are one where most of each is in one group of its scale. Modularity weighs an edge against all
    edges: of a part of the texts the resolution that groups as that of the whole does is less by
    the part's share.

    Args:
        groups: The texts of each.
        graph: Of all texts of the sample.
        whole: How many texts there are with those of former samples.
    """
    if len(groups) < 2:
        return groups
    home = agreed_communities(graph, RESOLUTION * min(1.0, graph.shape[0] / whole))
    joined: dict[int, list[npt.NDArray[np.intp]]] = {}
    for number, members in enumerate(groups):
        sizes = np.bincount(home[members])
        most = int(sizes.argmax())
        joined.setdefault(most if 2 * sizes[most] > len(members) else ~number, []).append(members)
    return [np.concatenate(parts) for parts in joined.values()]


def _unseen(hashes: npt.NDArray[np.uint64], seen: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Return which texts were not there before; a full sample knows hashes up to its greatest."""
    new: npt.NDArray[np.bool_] = ~np.isin(hashes, seen)
    return new & (hashes <= seen.max(initial=0)) if len(seen) >= SAMPLE else new
