"""How themes are found: neighbours, groups, centres, names, areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from goodwill.errors import InputError
from goodwill.language._arisen import CHANCE, arisen, rarity
from goodwill.language._cutoff import centres_of, cut_off
from goodwill.language._encoder import Encoder, encoder_called
from goodwill.language._few import FEW, STRAY, groups_of_few
from goodwill.language._graph import Labels, agreed_communities, communities, graph_of
from goodwill.language._labels import Naming, brand_words, name_groups, surfaces
from goodwill.language._languages import detect, told_by_small_words
from goodwill.language._matter import Matter, name_words
from goodwill.language._sample import SAMPLE, Sample, sample_of
from goodwill.language._space import RADIUS, Points, Space, nearest, neighbours
from goodwill.language._themes import Themes

DIMENSIONS = 128
NEIGHBOURS = 15
RESOLUTION = 3.0
COARSER = (RESOLUTION, 1.0, 0.3)
"""Resolutions at which new themes are looked for in turn."""
AREA_NEIGHBOURS = 6
AREA_RESOLUTION = 1.0
LEAST_SHARE = 0.001
LEAST_TEXTS = 8
"""A theme holds this many distinct texts of the sample, and this share of them."""
STRANGE_SHARE = 0.1
LEAST_GAIN = 0.25
"""How much nearer its texts must be to a new theme's centre than to those of the known ones."""
LESSER_GAIN = 0.05
"""The same for a group of nearly all new texts."""
FINER = 6.0
"""Resolution at which those are looked for: they are few beside the known ones."""
LEAST_NEW = 1 / 3
MOSTLY_NEW = 2 / 3
"""Share of a new theme's texts that must be new: of those found coarser, twice as many."""
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
        graph = graph_of(*neighbours(some, _neighbours_for(len(some))))
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


def _areas(centres: Points, seed: int) -> Labels:
    """Return the area of each theme: groups of themes whose centres are near each other."""
    if len(centres) < 4:
        return np.zeros(len(centres), np.int32)
    count = max(3, min(AREA_NEIGHBOURS, len(centres) // 4))
    return communities(graph_of(*neighbours(centres, count)), AREA_RESOLUTION, seed)


def _reached_by(alike: npt.NDArray[np.float32], share: float) -> float:
    """Return the similarity that this share of the sample reaches."""
    return float(np.sort(alike)[int((1 - share) * len(alike))])


def extend(themes: Themes, sample: Sample, taken: Iterable[str] = ()) -> None:
    """Add to the themes what a sample holds and they do not; what they fit stays as it is.

    A new theme is a group of texts that fit badly (as badly as the worst tenth of those on which
    the themes were found), that are clearly nearer to each other than to any known theme, and of
    which at least a third were not there before; or texts of a region in which new ones are far
    more frequent than among all (`arisen`). It takes none of the names in ``taken``.
    """
    if not len(themes):
        themes.__dict__.update(themes_of(sample).__dict__)
        return
    points = themes.space.points(sample.vectors)
    live = np.array(themes.ids, np.int32)
    alike = nearest(points, themes.centres[live])[1][:, 0]
    new = _unseen(sample.hashes, themes.seen)
    themes.seen = np.union1d(themes.seen, sample.hashes)[:SAMPLE]
    if len(points) < LEAST_TEXTS or not new.any():
        return
    graph = graph_of(*neighbours(points, _neighbours_for(len(points))))
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
    if not fresh_groups:
        return
    fresh_groups = _joined(fresh_groups, graph, len(themes.seen))
    every = np.full(len(points), -1, np.int32)
    for number, members in enumerate(fresh_groups):
        every[members] = number
    centres = centres_of(points, every, len(fresh_groups))
    naming = named_groups(sample, every, points, centres, [*themes.labels, *taken])
    near = live[nearest(centres, themes.centres[live])[0][:, 0]]
    themes.add(centres, naming, near, asides(sample.matter, every, naming))


def named_groups(
    sample: Sample, groups: Labels, points: Points, centres: Points, taken: Iterable[str]
) -> Naming:
    """Return names for groups of a sample (-1: of none), unlike those that are taken."""
    held = groups >= 0
    similarity = np.zeros(len(points), np.float32)
    similarity[held] = _likeness(points[held], centres[groups[held]])
    return _naming(sample, groups, similarity, len(centres), frozenset(taken))


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
        groups = communities(graph_of(*neighbours(some, _neighbours_for(len(some)))), resolution)
        sizes = np.bincount(groups)
        own = _likeness(some, centres_of(some, groups, len(sizes))[groups])
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
    own = _likeness(points, centres_of(points, groups, len(sizes))[groups])
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


def _likeness(some: Points, others: Points) -> npt.NDArray[np.float64]:
    """Return how alike each point is to the one beside it (-1 to 1)."""
    product = np.einsum("ij,ij->i", some.astype(np.float64), others.astype(np.float64))
    found: npt.NDArray[np.float64] = product / RADIUS**2
    return found


def _unseen(hashes: npt.NDArray[np.uint64], seen: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Return which texts were not there before; a sample knows hashes up to its greatest."""
    new: npt.NDArray[np.bool_] = ~np.isin(hashes, seen) & (hashes <= seen.max(initial=0))
    return new
