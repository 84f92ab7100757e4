"""Words that mean nearly the same: what a search takes beside the words that were typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from goodwill.language._encoder import shipped
from goodwill.language._wording import notion

LEAST_ALIKE = 0.5
"""Cosine from which two words are given as alike at all."""
_MOST = 8
_BLOCK = 2048
_STEPS = 127

Floats = npt.NDArray[np.float32]


def alike_words(held: Iterable[str]) -> Iterator[tuple[str, str, float]]:
    """Yield words that the shipped encoder knows, with those of ``held`` that are most alike.

    Yields:
        A word, one of ``held``, the cosine of their vectors (`LEAST_ALIKE` and more): at most
        eight for each word, the nearest first. The same bits on every machine: whole numbers are
        multiplied.
    """
    encoder = shipped()
    row = {word: place for place, word in enumerate(encoder.vocabulary) if notion(word)}
    words, others = sorted(row), sorted(row.keys() & set(held))
    if not others:
        return
    theirs, their_lengths = _whole(encoder.vectors[[row[word] for word in others]])
    for start in range(0, len(words), _BLOCK):
        some = words[start : start + _BLOCK]
        ours, our_lengths = _whole(encoder.vectors[[row[word] for word in some]])
        near = (ours @ theirs.T) / (our_lengths[:, None] * their_lengths)
        for place, other in zip(*_nearest(near), strict=True):
            if some[place] != others[other]:
                yield some[place], others[other], float(near[place, other])


def _nearest(near: Floats) -> tuple[Any, Any]:
    """Return rows and columns of what is near enough, the nearest of each row first."""
    rows, columns = np.nonzero(near >= LEAST_ALIKE)
    order = np.lexsort((columns, -near[rows, columns], rows))
    rows, columns = rows[order], columns[order]
    first = np.searchsorted(rows, rows)
    kept = np.arange(len(rows)) - first <= _MOST
    return rows[kept].tolist(), columns[kept].tolist()


def _whole(vectors: Floats) -> tuple[Floats, Floats]:
    """Return vectors in whole numbers up to 127, whose products float32 holds; their lengths."""
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), np.float32(1e-9))
    whole: Floats = np.rint(vectors / largest * _STEPS).astype(np.float32)
    return whole, np.maximum(np.sqrt(np.square(whole).sum(axis=1)), np.float32(1))
