"""Names for themes: short phrases from the messages' own words.

A phrase is one to three neighbouring words that carry meaning, with the small words between them
left out: "my card still has not arrived" gives "card not arrived". A theme takes the phrase that
many of its central messages hold and few of the others do.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from goodwill.language._stopwords import LEADING, NEGATIONS, NOT, SMALL, WEAK
from goodwill.language._words import Words, plain, words

_LENGTH_WORTH = (1.0, 1.7, 2.0)
_TERMS = 8
_FEWEST = 2
_SURFACE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Naming:
    """Label and terms of each group, in the order of the groups."""

    labels: list[str]
    terms: list[list[str]]


def name_groups(
    texts: list[str],
    groups: npt.NDArray[np.int32],
    centrality: npt.NDArray[np.float32],
    count: int,
    brands: frozenset[str] = frozenset(),
    taken: frozenset[str] = frozenset(),
) -> Naming:
    """Return names for groups of texts.

    Args:
        texts: The texts as they were written.
        groups: The group of each, 0 to ``count`` - 1; -1 for none.
        centrality: How near each lies to the middle of its group; the nearer half counts most.
        brands: Words that no name may hold.
        taken: Labels that are in use already.
    """
    phrases = _Phrases(words(texts), brands)
    weights = _weights(groups, centrality, count)
    scores = phrases.scores(groups, weights, count)
    forms = surfaces(texts)
    labels: list[str] = []
    terms: list[list[str]] = []
    used = {frozenset(label.split()) for label in taken}
    for group in range(count):
        ranked = [forms_of(phrase, forms) for phrase in scores[group]]
        label = next((p for p in ranked if frozenset(p.split()) not in used), "")
        if not label:
            label = _fallback(texts, groups, centrality, group)
        used.add(frozenset(label.split()))
        labels.append(label)
        terms.append(_distinct([label, *ranked]))
    return Naming(labels, terms)


def _weights(
    groups: npt.NDArray[np.int32], centrality: npt.NDArray[np.float32], count: int
) -> npt.NDArray[np.float64]:
    """Return 1 for the nearer half of each group's texts and .25 for the rest, 0 for none."""
    weights = np.where(groups >= 0, 0.25, 0.0)
    for group in range(count):
        members = np.flatnonzero(groups == group)
        if len(members):
            middle = np.median(centrality[members])
            weights[members[centrality[members] >= middle]] = 1.0
    return weights


def _distinct(phrases: list[str]) -> list[str]:
    """Return the first phrases that add a word to those before them."""
    kept: list[str] = []
    seen: set[str] = set()
    for phrase in phrases:
        parts = set(phrase.split())
        if phrase and not parts <= seen:
            kept.append(phrase)
            seen |= parts
        if len(kept) == _TERMS:
            break
    return kept


def _fallback(
    texts: list[str],
    groups: npt.NDArray[np.int32],
    centrality: npt.NDArray[np.float32],
    group: int,
) -> str:
    """Return the first words of the most central text: a group of small words has no phrase."""
    members = np.flatnonzero(groups == group)
    if not len(members):
        return f"theme {group}"
    central = texts[int(members[np.argmax(centrality[members])])]
    found = words([central])
    return " ".join(found.vocabulary[code] for code in found.ids[:4]) or f"theme {group}"


class _Phrases:
    """The phrases of each text, as numbers: key ``text * phrases + phrase`` once a text."""

    def __init__(self, found: Words, brands: frozenset[str]) -> None:
        self._names = found.vocabulary + [NOT]
        negation = len(found.vocabulary)
        small = SMALL | brands
        code = np.array(
            [
                negation
                if word in NEGATIONS
                else -1
                if word in small or not _meaningful(word)
                else number
                for number, word in enumerate(found.vocabulary)
            ],
            np.int64,
        )
        self._weak = np.array([word in WEAK or word in LEADING for word in self._names])
        self._leading = np.array([word in LEADING for word in self._names])
        ids = code[found.ids]
        text = np.repeat(np.arange(len(found)), np.diff(found.offsets))
        position = np.arange(len(ids)) - found.offsets[text]
        held = ids >= 0
        self._ids, self._text, self._position = ids[held], text[held], position[held]
        self._texts = len(found)

    def scores(
        self, groups: npt.NDArray[np.int32], weights: npt.NDArray[np.float64], count: int
    ) -> list[list[str]]:
        """Return the phrases of each group, best first."""
        rows: list[list[tuple[float, str]]] = [[] for _ in range(count)]
        size = np.bincount(groups[groups >= 0], weights[groups >= 0], count)
        whole = max(float(weights.sum()), 1.0)
        for length in (1, 2, 3):
            texts, parts = self._of_length(length)
            if not len(texts):
                continue
            phrase_of, phrases = _codes(parts, len(self._names))
            pairs = np.unique(phrase_of * np.int64(self._texts) + texts)
            phrase, text = pairs // self._texts, pairs % self._texts
            total = np.bincount(phrase, weights[text], len(phrases))
            keep = groups[text] >= 0
            cells, where = np.unique(
                phrase[keep] * np.int64(count) + groups[text[keep]], return_inverse=True
            )
            mass = np.bincount(where, weights[text[keep]])
            number = np.bincount(where)
            cell_phrase, cell_group = cells // count, cells % count
            inside = mass / np.maximum(size[cell_group], 1e-9)
            outside = (total[cell_phrase] - mass + 0.5) / np.maximum(
                whole - size[cell_group] + 1.0, 1.0
            )
            worth = inside * np.log(np.maximum(inside, 1e-12) / outside) * _LENGTH_WORTH[length - 1]
            # Rounded, so that the last bits of a logarithm cannot change an order.
            worth = np.round(worth, 9)
            good = (worth > 0) & ((number >= _FEWEST) | (size[cell_group] < 2 * _FEWEST))
            for cell in np.flatnonzero(good):
                name = " ".join(self._names[part] for part in phrases[cell_phrase[cell]])
                rows[cell_group[cell]].append((-float(worth[cell]), name))
        return [[name for _, name in sorted(row)[: 4 * _TERMS]] for row in rows]

    def _of_length(self, length: int) -> tuple[Numbers, Numbers]:
        """Return text and word codes of every phrase of a length, ends trimmed."""
        last = len(self._ids) - length + 1
        if last <= 0:
            return np.empty(0, np.int64), np.empty((0, length), np.int64)
        parts = np.stack([self._ids[step : step + last] for step in range(length)], axis=1)
        same = self._text[:last] == self._text[length - 1 :]
        # At most two small words may be left out between two words of a phrase.
        near = self._position[length - 1 :] - self._position[:last] <= length + 1
        whole = ~self._weak[parts].all(axis=1) & ~self._leading[parts[:, -1]]
        repeated = np.zeros(last, bool)
        for step in range(1, length):
            repeated |= (parts[:, :step] == parts[:, step : step + 1]).any(axis=1)
        kept = same & near & whole & ~repeated
        return self._text[:last][kept], parts[kept]


def _codes(parts: Numbers, base: int) -> tuple[Numbers, Numbers]:
    """Return the number of each row among the distinct rows, and those rows."""
    key = np.zeros(len(parts), np.int64)
    for column in parts.T:
        _, key = np.unique(key * np.int64(base) + column, return_inverse=True)
    _, first = np.unique(key, return_index=True)
    return key, parts[first]


def _meaningful(word: str) -> bool:
    return len(word) > 1 and len(word) < 25 and not any(letter.isdigit() for letter in word)


def surfaces(texts: list[str]) -> dict[str, str]:
    """Return how each word is mostly spelled, accents and apostrophes as people write them."""
    spelled = Counter(part for text in texts for part in _SURFACE.findall(text.lower()))
    odd = [part for part in spelled if not part.isascii() or not part.isalnum()]
    best: dict[str, tuple[int, str]] = {}
    for part, cut in zip(odd, plain(odd).to_pylist(), strict=True):
        form = part.replace("’", "'")
        best[cut] = max(best.get(cut, (spelled.get(cut, 0), cut)), (spelled[part], form))
    return {cut: form for cut, (_, form) in best.items()}


def forms_of(phrase: str, forms: dict[str, str]) -> str:
    """Return a phrase of plain words as people write it."""
    return " ".join(forms.get(word, word) for word in phrase.split(" "))


def brand_words(texts: list[str], share: float = 0.02) -> frozenset[str]:
    """Return the words of the handles that many texts name: ``@SpotifyCares`` is no theme."""
    handles: Counter[str] = Counter()
    for text in texts:
        if "@" in text:
            handles.update(set(_HANDLE.findall(text)))
    found: set[str] = set()
    for handle, count in handles.items():
        if count >= max(3, share * len(texts)):
            parts = [part.lower() for part in _HANDLE_PART.findall(handle)]
            found |= {handle.lower(), *parts, "".join(p for p in parts if p not in _COMMON_PARTS)}
    return frozenset(found - _COMMON_PARTS)


_HANDLE = re.compile(r"(?<!\w)@(\w{2,30})")
_HANDLE_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_COMMON_PARTS = frozenset(
    {"", "air", "airways", "ask", "bank", "care", "cares", "customer", "help", "helps", "mobile",
     "official", "online", "service", "shop", "status", "store", "support", "team", "the"}
)  # fmt: skip
