"""How themes are found: neighbours, groups, centres, names, areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from goodwill.errors import InputError
from goodwill.language._cutoff import centres_of, cut_off
from goodwill.language._encoder import Encoder, encoder_called
from goodwill.language._few import FEW, STRAY, groups_of_few
from goodwill.language._graph import Labels, agreed_communities, communities, graph_of
from goodwill.language._labels import Naming, brand_words, name_groups, surfaces
from goodwill.language._languages import detect, told_by_small_words
from goodwill.language._matter import Matter, name_words
from goodwill.language._sample import Sample, sample_of
from goodwill.language._space import Points, Space, likeness, nearest, neighbours
from goodwill.language._themes import Themes

DIMENSIONS = 128
NEIGHBOURS = 15
RESOLUTION = 3.0
AREA_NEIGHBOURS = 6
AREA_RESOLUTION = 1.0
LEAST_SHARE = 0.001
LEAST_TEXTS = 8
"""A theme holds this many distinct texts of the sample, and this share of them."""
STRANGE_SHARE = 0.1
LEAST_ASKING = 0.4
"""Share of a theme's texts that must ask, need or complain, or it is no matter to deal with."""
MOST_THANKS = 0.5
"""Share of a theme's texts that thank or say good-bye, twice as many as of all, or more: thanks."""
LEAST_TOLD = 0.2
"""Share of a theme's texts that must hold one word or phrase that tells it."""


def discover(
    texts: Any, *, seed: int = 0, names: Iterable[str] = (), encoder: str = "static"
) -> Themes:
    """Return the themes of the texts; how many there are is found, not given.

    The same texts give the same themes to the bit, in any order and with any number of threads.

    Args:
        texts: Strings (None and NaN are skipped), or an Arrow array of them.
        seed: Another one shows how far the themes hang on the order in which texts are visited.
        names: Of products: what was bought is not what is the matter, so texts are not told
            apart by the words of these.
        encoder: ``static``, or ``minilm`` where goodwill[minilm] is installed: finer themes for
            some hundred times the time.

    Raises:
        TypeError: ``texts`` is no list.
        InputError: An item is a list or a mapping, ``seed`` no whole number from 0 on, or there is
            no such encoder.
    """
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise InputError(f"seed is {seed!r}, not a whole number from 0 on", hint="such as 0")
    sample = sample_of(texts, name_words(names), encoder=encoder_called(encoder))
    return themes_of(sample, seed)


def themes_of(sample: Sample, seed: int = 0) -> Themes:
    """Return the themes of a sample."""
    if not sample.texts:
        return _no_themes(sample)
    space, points, groups, cut = _grouped(sample, seed)
    count = int(groups.max()) + 1
    if not count:
        return _no_themes(sample)
    centres = centres_of(points, groups, count)
    found, similar = nearest(points, centres)
    groups, alike = found[:, 0], similar[:, 0]
    if len(points) < FEW:
        groups = np.where(alike >= cut, groups, -1).astype(np.int32)
    areas = _areas(centres, seed)
    spelled = surfaces(sample.texts)
    naming = _naming(sample, groups, alike, count, spelled=spelled)
    areas_of = np.where(groups >= 0, areas[groups], -1)
    named = _naming(sample, areas_of, alike, int(areas.max()) + 1, spelled=spelled)
    return Themes(
        space,
        centres,
        cut,
        max(cut, _reached_by(alike, 1 - STRANGE_SHARE)),
        naming,
        areas,
        named.labels,
        sample.hashes,
        asides(sample.matter, groups, naming),
        sample.names,
        encoder=sample.encoder,
    )


def _grouped(sample: Sample, seed: int) -> tuple[Space, Points, Labels, float]:
    """Return the space of a sample, its points, their groups (-1 of none) and the cut-off."""
    if len(sample.texts) < FEW:
        space = Space.plain(sample.encoder.dimensions)
        points = space.points(sample.vectors)
        return space, points, groups_of_few(points, sample.counts, LEAST_TEXTS), STRAY
    space = Space.of(sample.vectors, DIMENSIONS)
    points = space.points(sample.vectors)
    groups = np.full(len(points), -1, np.int32)
    for part in language_parts(sample.texts):
        if len(part) == len(points):
            some = points
        else:
            vectors = sample.vectors[part]
            some = Space.of(vectors, DIMENSIONS).points(vectors)
        graph = graph_of(*neighbours(some, neighbours_for(len(some))))
        found = _without_small(agreed_communities(graph, RESOLUTION, seed), len(some))
        groups[part] = np.where(found >= 0, found + groups.max() + 1, -1)
    return space, points, groups, cut_off(points, groups, int(groups.max()) + 1)


def language_parts(texts: list[str]) -> list[npt.NDArray[np.intp]]:
    """Return the places of the texts of each language that has enough of them, most first.

    What tells texts apart is their language before what they are about. Texts of a rare language
    or of none that is told are with the most.
    """
    plainly = Counter(told_by_small_words(texts))
    likely = {code for code, count in plainly.items() if code and 2 * count >= FEW}
    if len(likely) < 2:
        return [np.arange(len(texts))]
    codes = np.array([code or "" for code in detect(texts).to_pylist()])
    counts = Counter(codes.tolist())
    often = sorted((-counts[code], code) for code in likely if counts[code] >= FEW)
    own = [np.flatnonzero(codes == code) for _, code in often[1:]]
    rest = np.ones(len(texts), np.bool_)
    for part in own:
        rest[part] = False
    return [np.flatnonzero(rest), *own]


def _naming(
    sample: Sample,
    groups: Labels,
    alike: Points,
    count: int,
    taken: frozenset[str] = frozenset(),
    spelled: dict[str, str] | None = None,
) -> Naming:
    """Return names for groups of a sample; texts of none (-1) are told from, too."""
    stray = groups < 0
    found = name_groups(
        sample.texts,
        np.where(stray, count, groups).astype(np.int32),
        alike,
        count + bool(stray.any()),
        brand_words(sample.texts),
        taken,
        sample.matter.words,
        sample.names,
        spelled,
        sample.matter.places,
        sample.matter.masked,
        sample.vectors if isinstance(sample.encoder, Encoder) else None,
    )
    return Naming(found.labels[:count], found.terms[:count], found.told[:count])


def asides(matter: Matter, groups: Labels, naming: Naming) -> npt.NDArray[np.bool_]:
    """Return which groups are no matter to deal with.

    Few of their texts ask, need or complain; or most thank, where others do not; or no word and no
    phrase that tells them from the others stands in many: what such texts have in common is how
    they are said.
    """
    held = groups >= 0
    count = len(naming.labels)
    sizes = np.bincount(groups[held], minlength=count)
    asking = np.bincount(groups[held], matter.asks[held], count)
    usual = matter.thanks.mean() if len(matter.thanks) else 0.0
    thanking = np.bincount(groups[held], matter.thanks[held], count)
    thanks = thanking >= max(MOST_THANKS, 2 * usual) * np.maximum(sizes, 1)
    nameless = np.array(naming.told) < LEAST_TOLD
    found: npt.NDArray[np.bool_] = (asking < LEAST_ASKING * sizes) | thanks | nameless
    return found


def _no_themes(sample: Sample) -> Themes:
    width = sample.encoder.dimensions
    space = Space(np.zeros(width), np.zeros((width, 1)))
    centres = np.empty((0, 1), np.float32)
    return Themes(
        space, centres, 0.0, 0.0, Naming([], []), np.empty(0, np.int32), [],
        np.empty(0, np.uint64), encoder=sample.encoder,
    )  # fmt: skip


def neighbours_for(count: int) -> int:
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


def _areas(centres: Points, seed: int) -> Labels:
    """Return the area of each theme: groups of themes whose centres are near each other."""
    if len(centres) < 4:
        return np.zeros(len(centres), np.int32)
    count = max(3, min(AREA_NEIGHBOURS, len(centres) // 4))
    return communities(graph_of(*neighbours(centres, count)), AREA_RESOLUTION, seed)


def _reached_by(alike: npt.NDArray[np.float32], share: float) -> float:
    """Return the similarity that this share of the sample reaches."""
    return float(np.sort(alike)[int((1 - share) * len(alike))])


def named_groups(
    sample: Sample, groups: Labels, points: Points, centres: Points, taken: Iterable[str]
) -> Naming:
    """Return names for groups of a sample (-1: of none), unlike those that are taken."""
    held = groups >= 0
    similarity = np.zeros(len(points), np.float32)
    similarity[held] = likeness(points[held], centres[groups[held]])
    return _naming(sample, groups, similarity, len(centres), frozenset(taken))
