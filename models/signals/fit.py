"""Fit linear heads: logistic and softmax regressions over words, pieces, vectors and style.

One L-BFGS over all heads of a set at once; the same data give the same weights.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize, sparse, special

from goodwill.language._encoder import shipped
from goodwill.language._signals._features import Features, Grams, style
from goodwill.language._signals._pieces import Pieces
from goodwill.language._words import Words, as_array, words

MEANING = 1.5
"""Weight of the encoder's vector beside words and pairs of length one."""
PIECES = 1.5
"""Weight of the pieces of words beside them."""


def vocabulary(found: Words, least: int) -> Grams:
    """Return the words and pairs that occur in so many texts, weighted by how rare they are."""
    texts: Counter[str] = Counter()
    for row in range(len(found)):
        ids = found.ids[found.offsets[row] : found.offsets[row + 1]]
        said = [found.vocabulary[n] for n in ids]
        texts.update({*said, *(" ".join(pair) for pair in zip(said, said[1:], strict=False))})
    kept = sorted(gram for gram, count in texts.items() if count >= least)
    weights = [np.log((1 + len(found)) / (1 + texts[gram])) + 1 for gram in kept]
    return Grams(kept, np.array(weights, np.float32))


def seen(texts: list[str], grams: Grams, pieces: Pieces | None = None) -> Features:
    """Return the features of texts."""
    array = as_array(texts)
    found = words(array)
    held = None if pieces is None else pieces.count(found)
    return Features(shipped().encode_words(found), style(array), grams.count(found), held)


def vocabulary_of(texts: list[str], least: int) -> Grams:
    """Return the vocabulary of texts."""
    return vocabulary(words(as_array(texts)), least)


def pieces_of(texts: list[str], least: int = 12) -> Pieces:
    """Return the pieces of words of texts."""
    return Pieces.learned(words(as_array(texts)), least)


@dataclass(frozen=True)
class Weights:
    """Weights of heads: a column a head."""

    grams: np.ndarray[Any, Any]
    meaning: np.ndarray[Any, Any]
    style: np.ndarray[Any, Any]
    bias: np.ndarray[Any, Any]
    pieces: np.ndarray[Any, Any]

    def logits(self, of: Features) -> np.ndarray[Any, Any]:
        """Return the logit of each head for each text."""
        sparse_ones = of.grams @ self.grams
        if of.pieces is not None:
            sparse_ones = sparse_ones + of.pieces.table() @ self.pieces
        return np.asarray(
            sparse_ones + of.meaning @ self.meaning + of.style @ self.style + self.bias
        )


def fit(
    of: Features,
    truth: np.ndarray[Any, Any],
    *,
    l2: float,
    weights: np.ndarray[Any, Any] | None = None,
    softmax: bool = False,
    start: Weights | None = None,
    rounds: int = 80,
) -> Weights:
    """Return the weights that explain the truth best, kept small (or near ``start``) by ``l2``.

    Args:
        of: The features.
        truth: 0 or 1 (or between), a column a head.
        l2: Strength of the penalty, over the sum of squares.
        weights: Weight of each text.
        softmax: The columns exclude each other.
        start: Weights to begin from and to stay near.
        rounds: Steps at most.
    """
    y = truth.astype(np.float32)
    count, heads = y.shape
    dense = np.hstack([of.meaning * MEANING, of.style, np.ones((count, 1), np.float32)])
    grams = of.grams.astype(np.float32)
    known = grams.shape[1]
    if of.pieces is not None:
        held = of.pieces.table() * np.float32(PIECES)
        grams = sparse.csr_array(sparse.hstack([grams, held]))
    back = sparse.csr_array(grams.T)
    cut = grams.shape[1]
    size = cut + dense.shape[1]
    w = np.ones(count, np.float32) if weights is None else weights.astype(np.float32)
    first = np.zeros((size, heads), np.float32)
    if start is not None:
        first[:cut] = np.vstack([start.grams, start.pieces / PIECES])
        first[cut:-1] = np.vstack([start.meaning / MEANING, start.style])
        first[-1] = start.bias

    def loss(flat: Any) -> tuple[float, Any]:
        at = flat.reshape(size, heads).astype(np.float32)
        z = grams @ at[:cut] + dense @ at[cut:]
        if softmax:
            p = special.softmax(z, axis=1)
            total = -(w[:, None] * y * np.log(np.maximum(p, 1e-9))).sum()
        else:
            p = special.expit(z)
            total = (w[:, None] * (np.logaddexp(0, z) - y * z)).sum()
        slope = (p - y) * w[:, None]
        down = np.vstack([back @ slope, dense.T @ slope])
        away = at - first
        away[-1] = 0
        down += 2 * l2 * away
        return float(total + l2 * (away**2).sum()), down.astype(np.float64).ravel()

    found = optimize.minimize(
        loss, first.astype(np.float64).ravel(), jac=True, method="L-BFGS-B",
        options={"maxiter": rounds, "maxcor": 8},
    ).x.reshape(size, heads)  # fmt: skip
    width = of.meaning.shape[1]
    return Weights(
        found[:known].astype(np.float32),
        (found[cut : cut + width] * MEANING).astype(np.float32),
        found[cut + width : -1].astype(np.float32),
        found[-1].astype(np.float32),
        (found[known:cut] * PIECES).astype(np.float32),
    )
