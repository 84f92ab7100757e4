"""A sample of distinct texts that depends on what the texts are and on nothing else.

Texts that say the same in the same words (retweets, templates) count once; of the rest those with
the least hashes are taken, so that the order of rows and the size of batches change nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from goodwill.language._encoder import TextEncoder, Vectors, shipped
from goodwill.language._matter import Matter, matter_of, meaning_of
from goodwill.language._words import as_array, plain

SAMPLE = 20_000
CHUNK = 8192


@dataclass(frozen=True, slots=True)
class Sample:
    """Distinct texts that say something, in the order of their hashes.

    Attributes:
        texts: As they were written.
        hashes: Of their words, least first.
        matter: What they are about.
        vectors: Of that.
        counts: How many texts say each.
        names: Words that were taken for names of products.
        encoder: What made the vectors.
    """

    texts: list[str]
    hashes: npt.NDArray[np.uint64]
    matter: Matter
    vectors: Vectors
    counts: npt.NDArray[np.int64]
    names: frozenset[str]
    encoder: TextEncoder


def sample_of(
    texts: Any,
    names: frozenset[str] = frozenset(),
    size: int = SAMPLE,
    encoder: TextEncoder | None = None,
) -> Sample:
    """Return the ``size`` distinct texts with the least hashes, so that row order is nothing."""
    gathered = Gatherer(names, size, encoder)
    texts = as_array(texts)
    for start in range(0, len(texts), CHUNK):
        gathered.add(texts.slice(start, CHUNK))
    return gathered.sample()


class Gatherer:
    """Keeps the distinct texts with the least hashes of all that it is shown, in bounded memory."""

    def __init__(
        self,
        names: frozenset[str] = frozenset(),
        size: int = SAMPLE,
        encoder: TextEncoder | None = None,
    ) -> None:
        self.names = names
        self.size = size
        self.encoder = encoder or shipped()
        self._kept: dict[int, str] = {}
        self._counts: Counter[int] = Counter()
        self._vectors: dict[int, Vectors] = {}
        self._ceiling = 2**64

    def add(self, texts: Any, vectors: Vectors | None = None) -> None:
        """Take a batch of texts; of texts with the same words the least one is kept.

        Args:
            texts: The texts.
            vectors: What the encoder makes of them, where that is known.
        """
        texts = as_array(texts)
        says = matter_of(texts, self.names).says
        texts = texts.filter(pa.array(says))
        # Order numbers are no words: messages that differ in nothing else say the same.
        cut = pc.replace_substring_regex(plain(texts), r"\S*\d\S*", "")
        cut = pc.ascii_trim_whitespace(pc.replace_substring_regex(cut, " +", " "))
        held = pc.greater(pc.binary_length(cut), 0)
        pairs = zip(cut.filter(held).to_pylist(), texts.filter(held).to_pylist(), strict=True)
        rows = np.flatnonzero(says)[held.to_numpy(zero_copy_only=False)]
        for row, (words, text) in zip(rows, pairs, strict=True):
            number = int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big")
            if number < self._ceiling:
                self._counts[number] += 1
                known = self._kept.get(number)
                if known is None or text < known:
                    self._kept[number] = text
                    if vectors is not None:
                        self._vectors[number] = vectors[row].copy()
        if len(self._kept) > 2 * self.size:
            self._shrink()

    def _shrink(self) -> None:
        least = sorted(self._kept)[: self.size]
        self._kept = {number: self._kept[number] for number in least}
        self._counts = Counter({number: self._counts[number] for number in least})
        if self._vectors:
            self._vectors = {number: self._vectors[number] for number in least}
        self._ceiling = least[-1] + 1 if len(least) == self.size else self._ceiling

    @property
    def hashes(self) -> npt.NDArray[np.uint64]:
        """The hashes of what is kept."""
        self._shrink()
        return np.fromiter(self._kept, np.uint64, len(self._kept))

    @property
    def texts(self) -> list[str]:
        """The texts that are kept, in the order of their hashes."""
        self._shrink()
        return list(self._kept.values())

    def sample(self) -> Sample:
        """Return what is kept."""
        self._shrink()
        texts = list(self._kept.values())
        hashes = np.fromiter(self._kept, np.uint64, len(texts))
        matter = matter_of(texts, self.names)
        told = np.stack(list(self._vectors.values())) if self._vectors else None
        vectors = told
        if vectors is None:
            vectors = meaning_of(texts, matter, self.encoder, self.names)
        counts = np.fromiter(map(self._counts.__getitem__, self._kept), np.int64, len(texts))
        known = np.any(vectors, axis=1, keepdims=True).ravel()
        held = [text for text, kept in zip(texts, known, strict=True) if kept]
        return Sample(
            held, hashes[known], matter.of(known), vectors[known], counts[known],
            self.names, self.encoder,
        )  # fmt: skip
