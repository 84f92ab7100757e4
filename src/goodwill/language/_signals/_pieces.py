"""Pieces of words: how a head reads a word that it never saw, or that is spelled as it is spoken.

"Furious" is near "infuriated" and "sooo" near "soooo", which no list of words says. A word is read
by its runs of three to five letters, its ends among them, as Bojanowski et al. (2017) do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
from scipy import sparse

from goodwill.language._words import Words

SIZES = (3, 4, 5)
"""Letters in a piece; a blank stands for each end of the word."""
_LONGEST_WORD = 40
_CACHED_WORDS = 100_000


@dataclass(frozen=True, slots=True)
class Held:
    """Pieces that texts hold, in two steps, so that each distinct word is looked at once.

    Attributes:
        words: Which distinct words each text holds; a row of ``words @ pieces`` is as long as if no
            two words shared a piece, which is nearly one.
        pieces: Weights of the pieces of each distinct word.
    """

    words: sparse.csr_array
    pieces: sparse.csr_array

    def table(self) -> sparse.csr_array:
        """Return the weights of the pieces of each text."""
        return sparse.csr_array(self.words @ self.pieces)


class Pieces:
    """A vocabulary of pieces of words, each with a weight."""

    def __init__(self, pieces: Sequence[str], weights: npt.NDArray[np.float32]) -> None:
        self.pieces = list(pieces)
        self.weights = weights
        self._id = {piece: number for number, piece in enumerate(self.pieces)}
        self._of_word: dict[str, tuple[int, ...]] = {}

    @classmethod
    def learned(cls, found: Words, least: int) -> Pieces:
        """Return the pieces that so many texts hold, weighted by how rare they are."""
        of = [pieces_of(word) for word in found.vocabulary]
        texts: Counter[str] = Counter()
        for row in range(len(found)):
            held = {*found.ids[found.offsets[row] : found.offsets[row + 1]].tolist()}
            texts.update({piece for word in held for piece in of[word]})
        kept = sorted(piece for piece, count in texts.items() if count >= least)
        weights = [np.log((1 + len(found)) / (1 + texts[piece])) + 1 for piece in kept]
        # As they are stored: what is learned from is what is read with.
        return cls(kept, np.array(weights, np.float16).astype(np.float32))

    def count(self, found: Words) -> Held:
        """Return which pieces the words of each text hold."""
        of = [self._known(word) for word in found.vocabulary]
        sizes = np.fromiter(map(len, of), np.int64, len(of))
        ids = np.fromiter(chain.from_iterable(of), np.int64, int(sizes.sum()))
        pieces = sparse.csr_array(
            (self.weights[ids], ids, np.concatenate(([0], np.cumsum(sizes)))),
            (len(of), len(self.pieces)),
        )
        squares = np.bincount(
            np.repeat(np.arange(len(of)), sizes), self.weights[ids].astype(float) ** 2, len(of)
        )
        rows = np.repeat(np.arange(len(found)), np.diff(found.offsets))
        lengths = np.sqrt(np.bincount(rows, squares[found.ids], len(found)))
        each = (1 / np.maximum(lengths, 1e-9)[rows]).astype(np.float32)
        return Held(
            sparse.csr_array((each, found.ids, found.offsets), (len(found), len(of))), pieces
        )

    def _known(self, word: str) -> tuple[int, ...]:
        known = self._of_word.get(word)
        if known is None:
            if len(self._of_word) >= _CACHED_WORDS:
                self._of_word.clear()
            ids = {self._id[piece] for piece in pieces_of(word) if piece in self._id}
            known = self._of_word[word] = tuple(sorted(ids))
        return known


def pieces_of(word: str) -> set[str]:
    """Return the pieces of one word; a number or a code has none.

    >>> sorted(pieces_of("mad"))
    [' ma', ' mad', ' mad ', 'ad ', 'mad', 'mad ']
    """
    if len(word) > _LONGEST_WORD or any(map(str.isdigit, word)):
        return set()
    ends = f" {word} "
    return {ends[at : at + size] for size in SIZES for at in range(len(ends) - size + 1)}
