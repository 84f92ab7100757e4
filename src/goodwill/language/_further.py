"""The further themes of a text that speaks of several matters.

A text has the theme of all its words, or none. A clause of it that asks, needs or complains has
another one beside it when the clause is surely near to that theme and far from the text's own: "my
parcel has not arrived. And how do I change my password?"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from goodwill.language._encoder import Encoder
from goodwill.language._graph import Labels
from goodwill.language._matter import Matter
from goodwill.language._space import likeness, nearest
from goodwill.language._words import Words

if TYPE_CHECKING:
    from goodwill.language._themes import Themes

ALIKE = 0.55
"""Similarity of a clause to the centre of a further theme, at least."""
APART = 0.4
"""By how much it must be more alike to that centre than to the one of the text's theme."""
FEWEST = 4
"""Words of such a clause, at least."""


def further_of(
    themes: Themes, matter: Matter, first: Labels
) -> tuple[npt.NDArray[np.int64], Labels]:
    """Return number and theme id of each further matter of texts, in order, each once.

    Args:
        themes: With a table of words for an encoder; another reads whole texts only, and no text
            has further themes by it.
        matter: Of the texts.
        first: Id of the theme of all of each text; -1 for none.
    """
    nothing = np.empty(0, np.int64), np.empty(0, np.int32)
    found = matter.words
    text = np.repeat(np.arange(len(found)), np.diff(found.offsets))
    if not isinstance(themes.encoding, Encoder) or not themes.ids or not len(text):
        return nothing
    starts = np.flatnonzero(np.diff(matter.clauses, prepend=-1))
    sizes = np.diff(np.append(starts, len(text)))
    alone = np.bincount(text[starts], minlength=len(found)) < 2
    asked = matter.wants[starts] & (sizes >= FEWEST) & ~alone[text[starts]]
    if not asked.any():
        return nothing
    kept = np.repeat(asked, sizes)
    offsets = np.concatenate(([0], np.cumsum(sizes[asked])))
    clauses = Words(found.vocabulary, found.ids[kept], offsets.astype(np.int64))
    points = themes.space.points(themes.encoding.encode_words(clauses))
    live = np.array(themes.ids, np.int32)
    best, near = nearest(points, themes.centres[live], 1)
    of, other = text[starts[asked]], live[best[:, 0]]
    own = likeness(points, themes.centres[first[of]])
    apart = (near[:, 0] - own >= APART) | (first[of] < 0)
    sure = apart & (other != first[of]) & (near[:, 0] >= max(ALIKE, themes.cut_off))
    pairs = np.unique(np.stack([of[sure], other[sure]], axis=1), axis=0)
    return pairs[:, 0], pairs[:, 1].astype(np.int32)
