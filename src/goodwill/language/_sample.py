"""A sample of distinct texts that depends on what the texts are and on nothing else.

Texts that say the same in the same words (retweets, templates) count once; of the rest those with
the least hashes are taken, so that the order of rows and the size of batches change nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from goodwill.language._encoder import Vectors, encode
from goodwill.language._words import as_array, plain

SAMPLE = 20_000
CHUNK = 8192


@dataclass(frozen=True, slots=True)
class Sample:
    """Distinct texts in the order of their hashes, with the hash and the vector of each."""

    texts: list[str]
    hashes: npt.NDArray[np.uint64]
    vectors: Vectors


def sample_of(texts: Any, size: int = SAMPLE) -> Sample:
    """Return the ``size`` distinct texts with the least hashes, so that row order is nothing."""
    gathered = Gatherer(size)
    texts = as_array(texts)
    for start in range(0, len(texts), CHUNK):
        gathered.add(texts.slice(start, CHUNK))
    return gathered.sample()


class Gatherer:
    """Keeps the distinct texts with the least hashes of all that it is shown, in bounded memory."""

    def __init__(self, size: int = SAMPLE) -> None:
        self.size = size
        self._kept: dict[int, str] = {}
        self._ceiling = 2**64

    def add(self, texts: Any) -> None:
        """Take a batch of texts; of texts with the same words the least one is kept."""
        texts = as_array(texts)
        # Order numbers are no words: messages that differ in nothing else say the same.
        cut = pc.replace_substring_regex(plain(texts), r"\S*\d\S*", "")
        cut = pc.ascii_trim_whitespace(pc.replace_substring_regex(cut, " +", " "))
        held = pc.greater(pc.binary_length(cut), 0)
        pairs = zip(cut.filter(held).to_pylist(), texts.filter(held).to_pylist(), strict=True)
        for words, text in pairs:
            number = int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big")
            if number < self._ceiling:
                known = self._kept.get(number)
                if known is None or text < known:
                    self._kept[number] = text
        if len(self._kept) > 2 * self.size:
            self._shrink()

    def _shrink(self) -> None:
        least = sorted(self._kept)[: self.size]
        self._kept = {number: self._kept[number] for number in least}
        self._ceiling = least[-1] + 1 if len(least) == self.size else self._ceiling

    def sample(self) -> Sample:
        """Return what is kept."""
        self._shrink()
        texts = list(self._kept.values())
        hashes = np.fromiter(self._kept, np.uint64, len(texts))
        vectors = encode(texts)
        known = np.any(vectors, axis=1, keepdims=True).ravel()
        return Sample(
            [text for text, held in zip(texts, known, strict=True) if held],
            hashes[known],
            vectors[known],
        )
