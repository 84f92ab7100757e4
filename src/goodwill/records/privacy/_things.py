"""Brands and towns that bear the names of persons: known by lists, told by how they are written."""

from __future__ import annotations

from goodwill.records.privacy._gazetteer import NAME, fold, known_things
from goodwill.records.privacy._words import Words

FIRM, TOWN, ALIKE = 2, 1, 0
"""What a list knows: a firm no person is called like; a town; either, but persons are so called."""

_MOST = 4  # words of a name in the lists
_GAPS = frozenset((" ", "-", "!", "&", " & ", "+", " + ", "'s ", "’s ", ". ", "' ", "’ "))


def known_thing(words: Words, first: int, behind: int) -> int | None:
    """What the lists know about these words, or about those of them that are names; or None.

    Words beside them count too: "Merlin" of "Leroy Merlin" is no person's.
    """
    known = known_things()
    low = max(0, first - _MOST + 1)
    high = min(len(words.words), behind + _MOST - 1)
    folded = [fold(word).removesuffix("'s") for word in words.words[low:high]]
    best: int | None = None
    for begin in range(low, behind):
        for end in range(max(begin, first), min(begin + _MOST, high)):
            if end > begin and not _adjacent(words, begin, end):
                break
            phrase = " ".join(folded[begin - low : end + 1 - low])
            kind = known.get(phrase)
            if kind is None or (best is not None and kind <= best):
                continue
            others = (*words.flags[first:begin], *words.flags[end + 1 : behind])
            if not any(flag & NAME for flag in others):
                best = kind
    return best


def _adjacent(words: Words, begin: int, end: int) -> bool:
    """Whether the words from ``begin`` up to ``end`` stand side by side."""
    text, starts, ends = words.text, words.starts, words.ends
    return all(text[ends[at] : starts[at + 1]] in _GAPS for at in range(begin, end))
