"""The shipped table of words fitted to texts of one's own, with MiniLM as the teacher.

As ``models/encoder`` fits it, on numpy: a text's vector shall be what MiniLM says of the text, and
its neighbours those that MiniLM gives it (Hinton and Roweis 2002). Every fifth text is held out to
tell whether that made it better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from goodwill.language._encoder import Encoder, Vectors
from goodwill.language._words import Words, words

FEWEST = 20
"""How many texts hold a word before it gets a vector of its own: no word of a single person."""
LONGEST_WORD = 24
HELD_OUT = 5
"""One text in so many is held out."""
NEAREST = 10
NORMAL = 1.96
STEPS = 250
"""Batches that are learned from, in whole rounds over the texts."""
MOST_ROUNDS = 16
BATCH = 256
RATE = 0.03
"""First step of Adam (Kingma and Ba 2015), in means of the absolute numbers of the table."""
WARMTH = 0.1
"""Of the softmax over the other texts of a batch: low, so that near neighbours count most."""
_PAST, _PAST_SQUARES, _TINY = 0.9, 0.999, 1e-8


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted table, and how well it and the one before it know the held-out texts.

    Attributes:
        vocabulary: Words, pieces and pairs.
        vectors: Of each.
        before: Of the ten texts nearest to a held-out text by MiniLM, the share that was among the
            ten nearest.
        after: The share that is now.
        gain_low: What it gained, at least (95 % interval of the texts' gains).
        new_words: Words that the table did not hold.
    """

    vocabulary: list[str]
    vectors: Vectors
    before: float
    after: float
    gain_low: float
    new_words: int


def fit_table(texts: list[str], taught: Vectors, base: Encoder, *, seed: int = 0) -> Fitted:
    """Return a table fitted to texts.

    Args:
        texts: Distinct ones, at least some hundred.
        taught: MiniLM's vectors of them.
        base: The table to begin with.
        seed: Sets the order in which texts are visited.
    """
    cut = words(texts)
    added = new_words(cut, base)
    grown = Encoder(base.name, *_with(base, added))
    bags = _bags(grown, cut)
    table = grown.vectors.astype(np.float32).copy()
    held = np.arange(len(texts)) % HELD_OUT == 0
    aim = _turned(taught, _unit(bags @ table), ~held)
    fitted = _fitted(table, sparse.csr_array(bags[~held]), aim[~held], seed)
    old = shares(base.encode_words(cut)[held], taught[held])
    now = shares(_unit(bags[held] @ fitted), taught[held])
    gain = now - old
    error = float(gain.std(ddof=1)) / len(gain) ** 0.5
    low = float(gain.mean()) - NORMAL * error
    return Fitted(grown.vocabulary, fitted, float(old.mean()), float(now.mean()), low, len(added))


def new_words(cut: Words, base: Encoder) -> list[str]:
    """Return the words of letters that many texts hold and the table does not."""
    text = np.repeat(np.arange(len(cut)), np.diff(cut.offsets))
    pairs = np.unique(text * len(cut.vocabulary) + cut.ids)
    counts = np.bincount(pairs % max(len(cut.vocabulary), 1), minlength=len(cut.vocabulary))
    known = set(base.vocabulary)
    return sorted(
        word
        for word, count in zip(cut.vocabulary, counts.tolist(), strict=True)
        if count >= FEWEST and word not in known and word.isalpha() and len(word) <= LONGEST_WORD
    )


def shares(vectors: Vectors, taught: Vectors) -> npt.NDArray[np.float64]:
    """Return the share of each text's ten nearest by the teacher that are among its ten nearest."""
    mine, theirs = _nearest(vectors), _nearest(taught)
    both = [len(set(a) & set(b)) for a, b in zip(mine.tolist(), theirs.tolist(), strict=True)]
    found: npt.NDArray[np.float64] = np.array(both, np.float64) / mine.shape[1]
    return found


def _nearest(vectors: Vectors) -> npt.NDArray[np.int64]:
    alike = vectors.astype(np.float64) @ vectors.T.astype(np.float64)
    np.fill_diagonal(alike, -np.inf)
    return np.argsort(-alike, axis=1, kind="stable")[:, : min(NEAREST, len(vectors) - 1)]


def _with(base: Encoder, added: list[str]) -> tuple[list[str], Vectors]:
    """Return the table with more words, each the sum of the pieces that it was before."""
    if not added:
        return base.vocabulary, base.vectors
    ids, offsets = base.tokens(words(added))
    rows = sparse.csr_array(
        (np.ones(len(ids), np.float32), ids, offsets), (len(added), len(base.vectors))
    )
    return [*base.vocabulary, *added], np.concatenate([base.vectors, rows @ base.vectors])


def _bags(encoder: Encoder, cut: Words) -> Any:
    ids, offsets = encoder.tokens(cut)
    shape = (len(cut), len(encoder.vocabulary))
    return sparse.csr_array((np.ones(len(ids), np.float32), ids, offsets), shape)


def _unit(rows: Any) -> Vectors:
    lengths = np.sqrt(np.square(rows).sum(axis=1, keepdims=True))
    unit: Vectors = (rows / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit


def _turned(taught: Vectors, mine: Vectors, some: npt.NDArray[np.bool_]) -> Vectors:
    """Return the teacher's vectors turned into the space of the table (Schoenemann 1966)."""
    spread = taught - taught[some].mean(axis=0)
    left, _, right = np.linalg.svd(spread[some].T.astype(np.float64) @ mine[some])
    return _unit(spread @ (left[:, : right.shape[0]] @ right))


def _fitted(table: Vectors, bags: Any, aim: Vectors, seed: int) -> Vectors:
    """Return the table after the rounds over the texts; rows that no text uses stay."""
    used = np.unique(bags.indices)
    rows = table[used].astype(np.float64)
    bags = sparse.csr_array(bags[:, used])
    step = RATE * float(np.abs(rows).mean())
    past, squares = np.zeros_like(rows), np.zeros_like(rows)
    random = np.random.default_rng(seed)
    batches = max(len(aim) // BATCH, 1)
    rounds = min(-(-STEPS // batches), MOST_ROUNDS)
    for turn in range(rounds):
        order = random.permutation(len(aim))
        for number, some in enumerate(np.array_split(order, batches), turn * batches + 1):
            slope = _slope(rows, bags[some], aim[some].astype(np.float64))
            past += (1 - _PAST) * (slope - past)
            squares += (1 - _PAST_SQUARES) * (slope**2 - squares)
            share = max(0.5 * (1 + np.cos(np.pi * number / (rounds * batches))), 0.02)
            rate = step * share * np.sqrt(1 - _PAST_SQUARES**number) / (1 - _PAST**number)
            rows -= rate * past / (np.sqrt(squares) + _TINY)
    out = table.copy()
    out[used] = rows
    return out


def _slope(rows: Any, bags: Any, aim: Any) -> Any:
    """Return how the loss of some texts changes with each number of the table."""
    sums = bags @ rows
    lengths = np.maximum(np.sqrt(np.square(sums).sum(axis=1, keepdims=True)), 1e-9)
    mine = sums / lengths
    near, truth = _chances(mine), _chances(aim)
    pull = (near - truth) / len(aim)
    slope = (pull + pull.T) @ mine / WARMTH - aim / len(aim)
    slope = (slope - mine * (mine * slope).sum(axis=1, keepdims=True)) / lengths
    return np.asarray(bags.T @ slope)


def _chances(vectors: Any) -> Any:
    """Return how likely each other text of a batch is to be a text's neighbour."""
    alike = vectors @ vectors.T / WARMTH
    np.fill_diagonal(alike, -np.inf)
    alike -= alike.max(axis=1, keepdims=True)
    chances = np.exp(alike)
    return chances / chances.sum(axis=1, keepdims=True)
