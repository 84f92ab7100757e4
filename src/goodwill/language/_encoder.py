"""Words to vectors: the static encoder that the project makes and ships.

A text's vector is the sum of the vectors of its words, of the pieces of words that the encoder
does not hold, and of pairs of neighbouring words that it does; then it is set to length one. Each
text is summed on its own and in the order of its words, so a vector is the same to the bit
whatever stands beside the text and however many threads run. ``models/encoder`` makes the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from scipy import sparse

from goodwill.errors import BookFormat, InputError
from goodwill.language._words import Words, as_array, words

Vectors = npt.NDArray[np.float32]

CHUNK = 8192
_LONGEST_WORD = 40
_CACHED_WORDS = 400_000


class TextEncoder(Protocol):
    """What turns texts into vectors: the static encoder, one fitted from it, or MiniLM.

    Attributes:
        name: Name and version of the model, kept with everything that it made.
        dimensions: Numbers in a vector.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Any) -> Vectors:
        """Return one vector of length one by text, float32; zeros for a text without words."""


@dataclass(frozen=True, slots=True)
class AbsentEncoder:
    """Stands for an encoder that is not here: what was found with it can be kept, not assigned."""

    name: str
    dimensions: int = 0

    def encode(self, texts: Any) -> Vectors:
        """Say that it is not here."""
        raise BookFormat(
            f"the themes were found with {self.name}, which is not at hand",
            hint="Run: goodwill refresh",
        )


class Encoder:
    """A table of vectors for words, pieces of words (``##ing``) and pairs (``not arrived``).

    Attributes:
        name: Name and version of the model, kept with everything that it made.
        dimensions: Numbers in a vector.
        vocabulary: The words, pieces and pairs.
        vectors: Of each.
    """

    def __init__(self, name: str, vocabulary: list[str], vectors: Vectors) -> None:
        self.name = name
        self.dimensions = int(vectors.shape[1])
        self.vocabulary = vocabulary
        self.vectors = vectors
        self._id = {word: number for number, word in enumerate(vocabulary) if " " not in word}
        self._pieces_of: dict[str, tuple[int, ...]] = {}
        pairs = [
            (self._id[left] * len(vocabulary) + self._id[right], number)
            for number, (left, _, right) in enumerate(w.partition(" ") for w in vocabulary)
            if right
        ]
        pairs.sort()
        self._pair_keys = np.array([key for key, _ in pairs], np.int64)
        self._pair_ids = np.array([number for _, number in pairs], np.int32)

    def __reduce__(self) -> Any:
        # Another process has the shipped table already.
        return (shipped, ()) if self.name == shipped().name else super().__reduce__()

    @classmethod
    def read(cls, file: Any) -> Encoder:
        """Return the encoder of an ``.npz`` file: name, words, int8 table, scale by row."""
        with np.load(file, allow_pickle=False) as parts:
            vocabulary = parts["words"].tobytes().decode().split("\n")
            vectors = parts["table"].astype(np.float32) * parts["scale"].astype(np.float32)[:, None]
            return cls(str(parts["name"]), vocabulary, vectors)

    def encode(self, texts: Any) -> Vectors:
        """Return one vector of length one by text, float32 (n, dimensions); zeros for no words."""
        texts = as_array(texts)
        out = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), CHUNK):
            out[start : start + CHUNK] = self.encode_words(words(texts.slice(start, CHUNK)))
        return out

    def encode_words(self, found: Words) -> Vectors:
        """Return the vectors of texts that are cut into words already."""
        ids, offsets = self.tokens(found)
        weights = sparse.csr_array(
            (np.ones(len(ids), np.float32), ids, offsets), (len(found), len(self.vectors))
        )
        sums: Vectors = np.asarray(weights @ self.vectors)
        lengths = np.sqrt(np.square(sums).sum(axis=1, keepdims=True))
        unit: Vectors = sums / np.maximum(lengths, np.float32(1e-9))
        return unit

    def tokens(self, found: Words) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """Return ids of rows of the table, and where each text's ids begin."""
        pieces = [self._pieces(word) for word in found.vocabulary]
        counts = np.fromiter(map(len, pieces), np.int64, len(pieces))
        flat = np.fromiter(chain.from_iterable(pieces), np.int32, int(counts.sum()))
        first = np.concatenate(([0], np.cumsum(counts)))
        ids, offsets = _expand(flat, first[found.ids], counts[found.ids], found.offsets)
        return self._with_pairs(ids, offsets)

    def _with_pairs(
        self, ids: npt.NDArray[np.int32], offsets: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """Put after each token the pair that it ends, where the encoder holds that pair."""
        if not len(self._pair_keys) or len(ids) < 2:
            return ids, offsets
        keys = ids[:-1].astype(np.int64) * len(self.vectors) + ids[1:]
        place = np.minimum(np.searchsorted(self._pair_keys, keys), len(self._pair_keys) - 1)
        held = self._pair_keys[place] == keys
        inner = offsets[(offsets > 0) & (offsets < len(ids))]
        held[inner - 1] = False  # the last word of a text and the first of the next are no pair
        ends = np.flatnonzero(held) + 1
        joined = np.insert(ids, ends + 1, self._pair_ids[place[held]])
        before = np.concatenate(([0], np.cumsum(np.bincount(ends, minlength=len(ids)))))
        return joined, offsets + before[offsets]

    def _pieces(self, word: str) -> tuple[int, ...]:
        known = self._pieces_of.get(word)
        if known is None:
            if len(self._pieces_of) >= _CACHED_WORDS:
                self._pieces_of.clear()
            known = self._pieces_of[word] = tuple(self._cut(word))
        return known

    def _cut(self, word: str) -> Iterator[int]:
        """Yield the word's id, or of its longest known pieces from the left (WordPiece)."""
        if word.isdigit():
            return  # a number or a code says nothing of the theme
        if word in self._id:
            yield self._id[word]
            return
        if len(word) > _LONGEST_WORD or any(letter.isdigit() for letter in word):
            return
        start, prefix = 0, ""
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = self._id.get(prefix + word[start:end])
                if piece is not None:
                    yield piece
                    start, prefix = end, "##"
                    break
            else:
                return


def _expand(
    flat: npt.NDArray[np.int32],
    first: npt.NDArray[np.int64],
    counts: npt.NDArray[np.int64],
    offsets: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Return ``flat[first : first + count]`` of every position joined, and the new offsets."""
    ends = np.concatenate(([0], np.cumsum(counts)))
    steps = np.arange(ends[-1]) - np.repeat(ends[:-1] - first, counts)
    return flat[steps], ends[offsets]


@cache
def shipped() -> Encoder:
    """Return the encoder that lies in the package, read once."""
    with (files("goodwill.language") / "data" / "encoder.npz").open("rb") as file:
        return Encoder.read(file)


ENCODERS = ("static", "minilm")
"""What ``encoder`` can be: the shipped table of words, or MiniLM (``goodwill[minilm]``)."""


def encoder_called(name: str) -> TextEncoder:
    """Return the encoder of one of the names of `ENCODERS`.

    Raises:
        SettingsError: It is not installed.
        InputError: There is none of that name.
    """
    if name == "static":
        return shipped()
    if name == "minilm":
        from goodwill.language._minilm import minilm

        return minilm()
    raise InputError(f"there is no encoder {name!r}", hint=f"use one of {', '.join(ENCODERS)}")


def encoder_version(name: str) -> str:
    """Return name and version of the model that an encoder of `ENCODERS` is, here or not."""
    if name == "static":
        return shipped().name
    from goodwill.language._minilm import NAME

    return NAME


def encode(texts: Any, *, encoder: str = "static") -> Vectors:
    """Return the meaning of texts as vectors of length one, float32 (n, 256; MiniLM 384).

    A text without any word has a vector of zeros. The same text has the same bits in every batch.

    Args:
        texts: Strings (None and NaN are taken for blank ones), or an Arrow array of them.
        encoder: ``static``, or ``minilm`` where goodwill[minilm] is installed.

    >>> near, far = encode(["my parcel has not arrived", "where is my package?", "wrong password"])[
    ...     1:
    ... ] @ encode(["my parcel has not arrived"])[0]
    >>> bool(near > far)
    True
    """
    return encoder_called(encoder).encode(texts)
