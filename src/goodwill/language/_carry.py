"""Themes that another encoder finds, with the ids of the known ones that they are.

Another encoder has another space: every theme is found anew there. A theme that holds mostly the
messages of a known one is that one, and keeps its id, name and area; of the rest the found ones
get new ids, and the known ones are gone. A gone one is merged into the theme that most of its
messages went to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from goodwill.errors import SettingsError
from goodwill.language._discover import named_groups, themes_of
from goodwill.language._encoder import (
    ENCODERS,
    AbsentEncoder,
    TextEncoder,
    encoder_called,
    encoder_version,
)
from goodwill.language._graph import Labels
from goodwill.language._labels import Naming
from goodwill.language._sample import Sample
from goodwill.language._space import Points, nearest
from goodwill.language._themes import Themes

Former = Callable[[str], TextEncoder | None]

LEAST_SHARED = 0.25
"""Messages of both over messages of either, from which on two themes are one."""


def carried(
    known: Themes,
    sample: Sample,
    taken: Iterable[str] = (),
    former: Former | None = None,
) -> Themes:
    """Return the themes of a sample under the ids of known ones that another encoder found.

    Where that encoder is not at hand, nothing is known of what they hold: all are found anew.

    Args:
        known: The themes.
        sample: Of the texts, with vectors of the other encoder.
        taken: Names that no new theme may have.
        former: Returns an encoder that the Book had before, by its name.
    """
    found = themes_of(sample)
    if isinstance(known.encoding, AbsentEncoder):
        encoding = _at_hand(known.encoder, former)
        if encoding is None:
            return found
        known.encoding = encoding
    if not len(found):
        return found
    points = found.space.points(sample.vectors)
    new = nearest(points, found.centres)[0][:, 0].astype(np.int32)
    before = known.assign(sample.texts)
    same = _matched(before, new, len(known), len(found))
    out, ids = _kept(known, found, sample, same, points, new, taken)
    out.gone = frozenset(range(len(known))) - set(same)
    out.merged_into = dict(known.merged_into)
    for old in sorted(set(known.ids) - set(same)):
        counts = np.bincount(new[before == old], minlength=len(found))
        if 2 * counts.max() > counts.sum():
            out.merged_into[old] = ids[int(counts.argmax())]
    return out


def _at_hand(name: str, former: Former | None) -> TextEncoder | None:
    """Return the encoder of this version, where it is kept or installed."""
    if former is not None and (found := former(name)) is not None:
        return found
    for each in ENCODERS:
        if encoder_version(each) == name:
            try:
                return encoder_called(each)
            except SettingsError:
                return None
    return None


def _matched(known: Labels, found: Labels, olds: int, news: int) -> dict[int, int]:
    """Return the found theme that each known one is, by what both hold, those alike most first."""
    held = known >= 0
    both = np.zeros((olds, news))
    np.add.at(both, (known[held], found[held]), 1)
    either = np.bincount(known[held], minlength=olds)[:, None] + np.bincount(found, minlength=news)
    shared = both / np.maximum(either - both, 1)
    same: dict[int, int] = {}
    for pair in np.argsort(-shared, axis=None, kind="stable").tolist():
        old, new = divmod(pair, news)
        if shared[old, new] < LEAST_SHARED:
            break
        if old not in same and new not in same.values():
            same[old] = new
    return dict(sorted(same.items()))


def _kept(
    known: Themes,
    found: Themes,
    sample: Sample,
    same: dict[int, int],
    points: Points,
    new: Labels,
    taken: Iterable[str],
) -> tuple[Themes, dict[int, int]]:
    """Return the themes, those that stay under their ids, and the id of each found one."""
    if not same:
        return _after(known, found)
    centres = np.zeros((len(known), found.centres.shape[1]), np.float32)
    muted = known.muted.copy()
    terms = [list(each) for each in known.terms]
    for old, now in same.items():
        centres[old], muted[old] = found.centres[now], found.muted[now]
        label = known.labels[old]
        terms[old] = [label, *(term for term in found.terms[now] if term != label)]
    out = Themes(
        found.space, centres, found.cut_off, found.strange_below,
        Naming(list(known.labels), terms), known.parents, known.area_labels,
        found.seen, muted, found.names, list(known.split_from), found.encoding,
    )  # fmt: skip
    rest = sorted(set(range(len(found))) - set(same.values()))
    if rest:
        number = np.full(len(found), -1, np.int32)
        number[rest] = np.arange(len(rest))
        held = [known.labels[old] for old in same]
        naming = named_groups(sample, number[new], points, found.centres[rest], [*held, *taken])
        live = np.array(sorted(same), np.int32)
        near = live[nearest(found.centres[rest], centres[live])[0][:, 0]]
        out.add(found.centres[rest], naming, near, found.muted[rest])
    ids = {now: old for old, now in same.items()}
    ids.update({now: len(known) + place for place, now in enumerate(rest)})
    return out, ids


def _after(known: Themes, found: Themes) -> tuple[Themes, dict[int, int]]:
    """Return the found themes with ids behind those of the known, of which none is left."""
    out = Themes(
        found.space,
        np.concatenate([np.zeros((len(known), found.centres.shape[1]), np.float32), found.centres]),
        found.cut_off,
        found.strange_below,
        Naming([*known.labels, *found.labels], [*known.terms, *found.terms]),
        np.concatenate([known.parents, found.parents + len(known.area_labels)]).astype(np.int32),
        [*known.area_labels, *found.area_labels],
        found.seen,
        np.concatenate([known.muted, found.muted]),
        found.names,
        [*known.split_from, *found.split_from],
        found.encoding,
    )
    return out, {now: len(known) + now for now in range(len(found))}
