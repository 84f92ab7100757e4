"""The trained heads: linear over words, their pairs and pieces, vectors and style,
with calibrated probabilities.

``models/signals/train.py`` makes the files. Each text is summed on its own and in the order of its
words, so a probability is the same whatever stands beside the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy import sparse, special

from goodwill.language._encoder import Vectors
from goodwill.language._signals._features import STYLES, Features, Grams, features
from goodwill.language._signals._pieces import Pieces
from goodwill.language._words import Words, as_array, plain

Floats = npt.NDArray[np.float32]

LANGUAGES = ("en", "pt")
"""Languages with a file of heads."""
MOODS = ("negative", "neutral", "positive")
"""Heads that exclude each other; the signals ``negative``, ``positive`` and ``sentiment``."""


@dataclass(frozen=True)
class Heads:
    """Heads of one language.

    Attributes:
        name: Name and version.
        names: Of the heads, in the order of the weights' columns.
        pieces: The pieces of words that they see, if any.
        scale: Factor of each head's logit, and what is added to it: its calibration.
    """

    name: str
    names: tuple[str, ...]
    grams: Grams
    pieces: Pieces | None
    of_grams: Floats
    of_pieces: Floats
    of_meaning: Floats
    of_style: Floats
    bias: Floats
    scale: Floats

    @classmethod
    def read(cls, file: Any) -> Heads:
        """Return the heads of an ``.npz`` file."""
        with np.load(file, allow_pickle=False) as parts:
            return cls(
                str(parts["name"]),
                tuple(str(parts["heads"]).split(" ")),
                Grams(_said(parts["grams"]), parts["rarity"].astype(np.float32)),
                Pieces(_said(parts["pieces"]), parts["piece_rarity"].astype(np.float32))
                if "pieces" in parts
                else None,
                parts["of_grams"].astype(np.float32) * parts["step"].astype(np.float32),
                parts["of_pieces"].astype(np.float32) * parts["piece_step"].astype(np.float32)
                if "pieces" in parts
                else np.zeros((0, parts["of_grams"].shape[1]), np.float32),
                parts["of_meaning"].astype(np.float32),
                parts["of_style"].astype(np.float32),
                parts["bias"].astype(np.float32),
                parts["scale"].astype(np.float32),
            )

    def signals(self) -> tuple[str, ...]:
        """Return the names of the signals that these heads give."""
        moods = ("sentiment", "negative", "positive") if MOODS[0] in self.names else ()
        return (*moods, *(name for name in self.names if name not in MOODS))

    def score(
        self, texts: Any, found: Words | None = None, meaning: Vectors | None = None
    ) -> dict[str, Floats]:
        """Return the probability of each signal for each text (an Arrow array without nulls)."""
        seen = features(texts, self.grams, self.pieces, found, meaning)
        scaled = self.logits(seen).astype(np.float64) * self.scale[0] + self.scale[1]
        column = {name: scaled[:, place] for place, name in enumerate(self.names)}
        out: dict[str, Any] = {}
        if MOODS[0] in column:
            three = special.softmax(np.stack([column.pop(name) for name in MOODS], axis=1), axis=1)
            out["sentiment"] = three[:, 2] + three[:, 1] / 2
            out["negative"], out["positive"] = three[:, 0], three[:, 2]
        out |= {name: special.expit(logit) for name, logit in column.items()}
        return {name: values.astype(np.float32) for name, values in out.items()}

    def logits(self, seen: Features) -> Floats:
        """Return the logit of each head for each text, before calibration."""
        count, width = seen.meaning.shape
        # As a sparse matrix: its product adds up each row by itself, a dense one in blocks.
        meaning = sparse.csr_array(
            (
                seen.meaning.ravel(),
                np.tile(np.arange(width, dtype=np.int32), count),
                np.arange(0, (count + 1) * width, width, dtype=np.int64),
            ),
            (count, width),
        )
        total: Floats = np.asarray(seen.grams @ self.of_grams) + np.asarray(
            meaning @ self.of_meaning
        )
        if seen.pieces is not None:
            total += seen.pieces.words @ np.asarray(seen.pieces.pieces @ self.of_pieces)
        for place in range(len(STYLES)):
            total += seen.style[:, place : place + 1] * self.of_style[place]
        return total + self.bias

    def words(self, text: str, most: int = 5) -> dict[str, list[tuple[str, float]]]:
        """Return the words and pairs of one text that speak most for each signal, by weight."""
        array = as_array([text])
        row = features(array, self.grams).grams
        said = plain(array)[0].as_py().split()
        told = {}
        for place, name in enumerate(self.names):
            signal = {"negative": "negative", "positive": "positive"}.get(name, name)
            if name == "neutral":
                continue
            pulls = row.data * self.of_grams[row.indices, place] * self.scale[0, place]
            order = np.argsort(-pulls, kind="stable")[:most]
            told[signal] = [
                (self.grams.grams[row.indices[n]], round(float(pulls[n]), 3))
                for n in order
                if pulls[n] > 0 and said
            ]
        return told


def _said(letters: Floats) -> list[str]:
    return letters.tobytes().decode().split("\n")


@cache
def heads(language: str) -> Heads:
    """Return the shipped heads of a language, read once; ``en-minilm`` see MiniLM's vectors."""
    path = files("goodwill.language") / "data" / f"signals-{language}.npz"
    with path.open("rb") as file:
        return Heads.read(file)


def empty(count: int) -> pa.Array:
    """Return a column of a signal that abstains everywhere."""
    return pa.nulls(count, pa.float32())
