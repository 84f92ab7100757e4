"""Names for themes: short phrases from the messages' own words.

A phrase is one to three neighbouring words that carry meaning, with the small words between them
left out: "my card still has not arrived" gives "card not arrived". A theme takes the phrase that
many of its central messages hold and few of the others do.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from goodwill.language._stopwords import JOINING, LEADING, NEGATIONS, NOT, SMALL, WEAK
from goodwill.language._words import NOISE, Words, plain, words

_LENGTH_WORTH = (1.0, 1.8, 2.2)
_BARE_WORTH = 0.6
_TERMS = 8
_FEWEST = 3
"""Texts of a group that must hold a phrase before it can be its name."""
_LEAST_RATIO = 0.7
"""Logarithm of how much more frequent a phrase must be in its group than elsewhere."""
_EXTENSION = 0.2
"""Share of the texts with the best word that must hold a longer phrase which takes its place."""
_SURFACE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

NOISE_PATTERN = re.compile(NOISE)

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
    found: Words | None = None,
    names: frozenset[str] = frozenset(),
) -> Naming:
    """Return names for groups of texts.

    Args:
        texts: The texts as they were written.
        groups: The group of each, 0 to ``count`` - 1; -1 for none.
        centrality: How near each lies to the middle of its group; the nearer half counts most.
        brands: Words that no name may hold.
        taken: Labels that are in use already.
        found: What the texts are about; all their words by default.
        names: Words of products: a name may hold them, and says more than they do.
    """
    phrases = Phrases(words(texts) if found is None else found, brands, names)
    scores = phrases.scores(groups, _weights(groups, centrality, count), count)
    forms = surfaces(texts)
    labels: list[str] = []
    terms: list[list[str]] = []
    used = {_parts(label) for label in taken}
    for group in range(count):
        ranked = [forms_of(phrase, forms) for phrase in scores[group]]
        free = [phrase for phrase in ranked if not _taken(_parts(phrase), used)]
        label = free[0] if free else _fallback(texts, groups, centrality, group)
        while _parts(label) in used:
            label = f"{label} {group}"
        used.add(_parts(label))
        labels.append(label)
        terms.append(_distinct([label, *ranked]))
    return Naming(labels, terms)


def _taken(parts: frozenset[str], used: set[frozenset[str]]) -> bool:
    """Whether a label says what another says, or the same with a word more or less."""
    return parts in used or any(
        min(len(parts), len(other)) > 1 and (parts < other or other < parts) for other in used
    )


def _parts(phrase: str) -> frozenset[str]:
    return frozenset(stem(part) for part in phrase.lower().split() if part not in JOINING)


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
        parts = _parts(phrase)
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
    """Return the first words of a short central text: a group of small words has no phrase."""
    members = np.flatnonzero(groups == group)
    if not len(members):
        return f"theme {group}"
    order = members[np.argsort(-centrality[members], kind="stable")]
    central = min((texts[int(member)] for member in order[:5]), key=lambda text: (len(text), text))
    said = _SURFACE.findall(NOISE_PATTERN.sub(" ", central.lower()))
    kept = [part for part in said if not any(map(str.isdigit, part))]
    return " ".join(kept[:4]) or f"theme {group}"


class Phrases:
    """The phrases of texts. ``lost bag`` and ``bags were lost`` are one, named as most write it."""

    def __init__(
        self, found: Words, brands: frozenset[str], names: frozenset[str] = frozenset()
    ) -> None:
        vocabulary = found.vocabulary
        small = SMALL | brands
        self._names = [*vocabulary, NOT]
        spelled = np.array(
            [
                len(vocabulary)
                if word in NEGATIONS
                else -1
                if word in small or not _meaningful(word)
                else number
                for number, word in enumerate(vocabulary)
            ],
            np.int64,
        )
        number_of: dict[str, int] = {}
        stems = [number_of.setdefault(stem(word), len(number_of)) for word in self._names]
        self._stems = np.array(stems, np.int64)
        self._weak = np.array([word in WEAK | LEADING | names for word in self._names])
        self._leading = np.array([word in LEADING for word in self._names])
        text = np.repeat(np.arange(len(found)), np.diff(found.offsets))
        position = np.arange(len(found.ids)) - found.offsets[text]
        ids = spelled[found.ids]
        held = ids >= 0
        self._ids, self._text, self._position = ids[held], text[held], position[held]
        joins = np.array([word in JOINING for word in self._names])
        joining = np.append(-1, found.ids[:-1])[held]
        self._joining = np.where(joins[joining], joining, -1)
        self._texts = len(found)

    def scores(
        self, groups: npt.NDArray[np.int32], weights: npt.NDArray[np.float64], count: int
    ) -> list[list[str]]:
        """Return the phrases of each group, best first.

        A phrase is worth the share of the group's texts that hold it, times the logarithm of how
        many times greater that share is than among the other texts, times more for a longer one.
        """
        rows: list[list[tuple[float, float, frozenset[int], str]]] = [[] for _ in range(count)]
        members = np.bincount(groups[groups >= 0], minlength=count)
        size = np.bincount(groups[groups >= 0], weights[groups >= 0], count)
        whole = max(float(weights.sum()), 1.0)
        for length in (1, 2, 3):
            texts, parts, joins = self._of_length(length)
            if not len(texts):
                continue
            phrase, keys = _codes(np.sort(self._stems[parts], axis=1), len(self._names))
            names = self._most_written(phrase, np.hstack([parts, joins]), length, len(keys))
            pairs = np.unique(phrase * np.int64(self._texts) + texts)
            phrase, text = pairs // self._texts, pairs % self._texts
            total = np.bincount(phrase, weights[text], len(keys))
            grouped = groups[text] >= 0
            cells, where = np.unique(
                phrase[grouped] * np.int64(count) + groups[text[grouped]], return_inverse=True
            )
            mass = np.bincount(where, weights[text[grouped]])
            number = np.bincount(where)
            of_phrase, of_group = cells // count, cells % count
            inside = mass / np.maximum(size[of_group], 1e-9)
            outside = (total[of_phrase] - mass + 0.5) / (whole - size[of_group] + 1.0)
            ratio = np.log(np.maximum(inside, 1e-12) / np.maximum(outside, 1e-12))
            # Rounded, so that the last bits of a logarithm cannot change an order.
            bare = (keys == self._stems[-1]).any(axis=1) & (length == 2)  # "not get" says little
            lengthy = _LENGTH_WORTH[length - 1] * np.where(bare, _BARE_WORTH, 1.0)[of_phrase]
            worth = np.round(inside * ratio * lengthy, 9)
            least = np.minimum(_FEWEST, np.maximum(members[of_group] // 3, 1))
            for cell in np.flatnonzero((ratio > _LEAST_RATIO) & (number >= least)):
                key = int(of_phrase[cell])
                rows[of_group[cell]].append(
                    (-float(worth[cell]), float(inside[cell]), frozenset(keys[key]), names[key])
                )
        return [_ranked(row) for row in rows]

    def _most_written(self, phrase: Numbers, parts: Numbers, length: int, count: int) -> list[str]:
        """Return the words of each phrase as most texts have them, with what joins them."""
        form, forms = _codes(parts + 1, len(self._names) + 1)
        cells, number = np.unique(phrase * np.int64(len(forms)) + form, return_counts=True)
        of_phrase, of_form = cells // len(forms), cells % len(forms)
        best: list[tuple[int, str]] = [(0, "")] * count
        for key, times, one in zip(
            of_phrase.tolist(), number.tolist(), forms[of_form] - 1, strict=True
        ):
            if -times <= best[key][0]:
                name = self._name(one[:length].tolist(), one[length:].tolist())
                best[key] = min(best[key], (-times, name))
        return [name for _, name in best]

    def _name(self, parts: list[int], joins: list[int]) -> str:
        said = [self._names[parts[0]]]
        for part, join in zip(parts[1:], joins, strict=True):
            said += [self._names[join]] * (join >= 0) + [self._names[part]]
        return " ".join(said)

    def _of_length(self, length: int) -> tuple[Numbers, Numbers, Numbers]:
        """Return text, words and joining words of every phrase of a length that may be a name."""
        last = len(self._ids) - length + 1
        if last <= 0:
            return (
                np.empty(0, np.int64),
                np.empty((0, length), np.int64),
                np.empty((0, 0), np.int64),
            )
        steps = range(length)
        parts = np.stack([self._ids[step : step + last] for step in steps], axis=1)
        places = np.stack([self._position[step : step + last] for step in steps], axis=1)
        joins = np.stack([self._joining[step : step + last] for step in steps], axis=1)[:, 1:]
        joins = np.where(np.diff(places) == 2, joins, -1)
        same = self._text[:last] == self._text[length - 1 :]
        # At most two small words may be left out between the words of a phrase.
        near = places[:, -1] - places[:, 0] <= length + 1
        whole = ~self._weak[parts].all(axis=1) & ~self._leading[parts[:, -1]]
        stems = self._stems[parts]
        for step in range(1, length):
            whole &= (stems[:, :step] != stems[:, step : step + 1]).all(axis=1)
        kept = same & near & whole
        return self._text[:last][kept], parts[kept], joins[kept]


def _ranked(rows: list[tuple[float, float, frozenset[int], str]]) -> list[str]:
    """Return names by worth; a single word gives way to a frequent phrase that holds it."""
    rows = sorted(rows, key=lambda row: (row[0], row[3]))[: 8 * _TERMS]
    if rows and len(rows[0][2]) == 1:
        _, share, word, _ = rows[0]
        longer = [row for row in rows if len(row[2]) > 1 and word < row[2]]
        first = next((row for row in longer if row[1] >= _EXTENSION * share), None)
        if first:
            rows.remove(first)
            rows.insert(0, first)
    return [name for _, _, _, name in rows]


def _codes(parts: Numbers, base: int) -> tuple[Numbers, Numbers]:
    """Return the number of each row among the distinct rows, and those rows."""
    key = np.zeros(len(parts), np.int64)
    for column in parts.T:
        _, key = np.unique(key * np.int64(base) + column, return_inverse=True)
    _, first = np.unique(key, return_index=True)
    return key, parts[first]


@cache
def stem(word: str) -> str:
    """Return the word without its commonest English, Spanish and Portuguese endings.

    >>> [stem(word) for word in ("cancelled", "bags", "changing", "policies", "produtos")]
    ['cancel', 'bag', 'chang', 'policy', 'produto']
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            word = word.removesuffix(ending)
            if word[-1] == word[-2] and word[-1] not in "sz":
                word = word[:-1]
            return word
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


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
