"""Texts to the word pieces that MiniLM reads: BERT's tokeniser of texts in lower case.

It is the published one (Devlin et al. 2018): blanks and punctuation part words, accents go, and a
word that is not in the vocabulary is cut into its longest known pieces from the left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files

BEGIN, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_LONGEST_WORD = 100
_CACHED_WORDS = 400_000
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")
_CHINESE = re.compile("([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")


class WordPieces:
    """The vocabulary and what was cut with it so far."""

    def __init__(self, vocabulary: list[str]) -> None:
        self._id = {piece: number for number, piece in enumerate(vocabulary)}
        self._known: dict[str, tuple[int, ...]] = {}

    @classmethod
    def shipped(cls) -> WordPieces:
        """Return the vocabulary that all-MiniLM-L6-v2 was made with."""
        path = files("goodwill.language") / "data" / "minilm_words.txt"
        return cls(path.read_text(encoding="utf-8").split("\n"))

    def ids(self, text: str, longest: int) -> list[int]:
        """Return the ids of the pieces of a text between its two marks, ``longest`` at most."""
        found = [self._id[BEGIN]]
        for word in _BLANK.split(_CHINESE.sub(r" \1 ", text.lower())):
            found.extend(self._pieces(word))
            if len(found) >= longest:
                break
        return [*found[: longest - 1], self._id[END]]

    def _pieces(self, word: str) -> tuple[int, ...]:
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _CACHED_WORDS:
                self._known.clear()
            known = tuple(number for part in _parts(word) for number in self._cut(part))
            self._known[word] = known
        return known

    def _cut(self, word: str) -> list[int]:
        unknown = [self._id[UNKNOWN]]
        if len(word) > _LONGEST_WORD:
            return unknown
        found, start = [], 0
        while start < len(word):
            prefix = "##" if start else ""
            for end in range(len(word), start, -1):
                piece = self._id.get(prefix + word[start:end])
                if piece is not None:
                    found.append(piece)
                    start = end
                    break
            else:
                return unknown
        return found


def _parts(word: str) -> Iterator[str]:
    """Yield the runs of letters and digits of a word without accents, and each other sign."""
    part = ""
    for letter in unicodedata.normalize("NFD", word):
        kind = unicodedata.category(letter)
        if kind in ("Mn", "Cc", "Cf"):
            continue
        if kind[0] == "P" or letter in "$+<=>^`|~":
            if part:
                yield part
            yield letter
            part = ""
        else:
            part += letter
    if part:
        yield part
