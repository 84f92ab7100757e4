"""What the trained heads see of a text: its vector, words, pairs and pieces of words, its style.

Words are cut once for all heads. A text's words and pairs are weighted by how rare they are and
set to length one together, so that a long text does not shout; its pieces of words likewise.
Style is what the words leave out: marks, smileys, capitals, length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc
from scipy import sparse

from goodwill.language._encoder import Vectors, shipped
from goodwill.language._signals._pieces import Held, Pieces
from goodwill.language._words import LONGEST, Words, words

_GLAD = "😀😃😄😁😆😊😍🥰😘🤩🙏👍❤♥💕🎉🤗😎👏✨💖💙💚💛💜☺🙌✌😉🥳💯"
_CROSS = "😡😠🤬😤😢😭😞😒🙄😩😫💔👎😔😕☹🤦😑😖😣🖕🤮"
STYLE: Sequence[tuple[str, str]] = (
    ("!", "!"),
    ("?", r"\?"),
    ("link", "(?i)https?://"),
    ("@", r"@\w"),
    ("#", r"#\w"),
    (":)", r"[:;=]-?[)D\]]|<3"),
    (":(", r":'?-?[(/\[|]"),
    ("glad emoji", f"[{_GLAD}]"),
    ("cross emoji", f"[{_CROSS}]"),
    ("...", r"\.\.|…"),
    ("number", r"\d+"),
    ("quotation", r'["“”]'),
    ("CAPITALS", r"\b[A-Z]{3,}\b"),
    ("!!", "!!|[?]{2}|[!][?]|[?][!]"),
)
"""What is counted in a text as it was written, up to four times."""
STYLES = (*(name for name, _ in STYLE), "length", "share of capitals")
_MOST = 4


@dataclass(frozen=True, slots=True)
class Features:
    """Numbers of some texts, a row a text.

    Attributes:
        meaning: Vectors of the encoder.
        style: One column for each of `STYLES`.
        grams: Which words and pairs of a vocabulary occur, weighted, of length one.
        pieces: Which pieces of words they hold; None for heads that see none.
    """

    meaning: Vectors
    style: npt.NDArray[np.float32]
    grams: sparse.csr_array
    pieces: Held | None = None


class Grams:
    """A vocabulary of words and pairs of neighbouring words, each with a weight."""

    def __init__(self, grams: Sequence[str], weights: npt.NDArray[np.float32]) -> None:
        self.grams = list(grams)
        self._weights = weights
        alone = [(gram, n) for n, gram in enumerate(grams) if " " not in gram]
        self._id = dict(alone)
        parts = sorted({part for gram in grams if " " in gram for part in gram.split(" ")})
        self._part = {part: n for n, part in enumerate(parts)}
        pairs = sorted(
            (self._part[left] * len(parts) + self._part[right], n)
            for n, (left, _, right) in enumerate(gram.partition(" ") for gram in grams)
            if right
        )
        self._keys = np.array([key for key, _ in pairs], np.int64)
        self._of_key = np.array([n for _, n in pairs], np.int64)

    def count(self, found: Words) -> sparse.csr_array:
        """Return which grams occur in each text, as weights of length one."""
        get, part = self._id.get, self._part.get
        vocabulary = found.vocabulary
        alone = np.fromiter((get(word, -1) for word in vocabulary), np.int64, len(vocabulary))
        parts = np.fromiter((part(word, -1) for word in vocabulary), np.int64, len(vocabulary))
        rows = np.repeat(np.arange(len(found)), np.diff(found.offsets))
        ids = alone[found.ids] if len(vocabulary) else np.zeros(0, np.int64)
        held = ids >= 0
        row, column = [rows[held]], [ids[held]]
        if len(self._keys) and len(rows) > 1:
            place = parts[found.ids]
            left, right = place[:-1], place[1:]
            paired = (left >= 0) & (right >= 0) & (rows[:-1] == rows[1:])
            keys = left[paired] * len(self._part) + right[paired]
            at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
            known = self._keys[at] == keys
            row.append(rows[:-1][paired][known])
            column.append(self._of_key[at[known]])
        shape = (len(found), len(self.grams))
        where = np.concatenate(row) * shape[1] + np.concatenate(column)
        where.sort()
        where = where[np.diff(where, prepend=-1) > 0]
        at_row, at_column = np.divmod(where, shape[1])
        weights = self._weights[at_column]
        lengths = np.sqrt(np.bincount(at_row, weights * weights, minlength=shape[0]))
        values = (weights / np.maximum(lengths, 1e-9)[at_row]).astype(np.float32)
        offsets = np.concatenate(([0], np.cumsum(np.bincount(at_row, minlength=shape[0]))))
        return sparse.csr_array((values, at_column, offsets), shape)


def style(texts: Any) -> npt.NDArray[np.float32]:
    """Return how texts (an Arrow array of strings) are written, a column for each of `STYLES`."""
    cut = pc.utf8_slice_codeunits(texts, 0, LONGEST)
    counts = [pc.count_substring_regex(cut, said).to_numpy(zero_copy_only=False)
              for _, said in STYLE]  # fmt: skip
    columns = [np.minimum(count, _MOST) / _MOST for count in counts]
    length = pc.utf8_length(cut).to_numpy(zero_copy_only=False)
    capitals = pc.count_substring_regex(cut, "[A-Z]").to_numpy(zero_copy_only=False)
    columns += [np.log1p(length) / 6, capitals / np.maximum(length, 8)]
    return np.stack(columns, axis=1).astype(np.float32)


def features(
    texts: Any,
    grams: Grams,
    pieces: Pieces | None = None,
    found: Words | None = None,
    meaning: Vectors | None = None,
) -> Features:
    """Return what the heads see of texts (an Arrow array of strings without nulls).

    Args:
        texts: The texts.
        grams: The words and pairs that the heads know.
        pieces: The pieces of words that they know, if any.
        found: The words of the texts, where they are known.
        meaning: Vectors of the texts, by another encoder than the shipped one.
    """
    cut = words(texts) if found is None else found
    meaning = shipped().encode_words(cut) if meaning is None else meaning
    held = None if pieces is None else pieces.count(cut)
    return Features(meaning, style(texts), grams.count(cut), held)
