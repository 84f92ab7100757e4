"""How the words of a phrase are told apart and written: stems, denials, particles, what joins."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from goodwill.language._stopwords import (
    ARTICLES,
    JOINING,
    LEADING,
    NEGATIONS,
    NOT,
    PRAISE,
    SMALL,
    TROUBLE,
)
from goodwill.language._words import Words

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_LITTLE = (SMALL - TROUBLE - PRAISE) | JOINING | NEGATIONS | LEADING
_SHORTEST = 3
"""Letters of a word that says something."""

BETWEEN = " / "
"""What stands between the two phrases of a label."""
PARTICLES = ("up", "down", "out", "off", "in", "back", "over", "through")
_PREPOSITIONS = frozenset({"in", "over", "through"})
_PARTICLE_SHARE = 0.2
"""Share of a word's uses that a particle must follow to be written with it: top up, log in."""
_ENDING_SHARE = 0.25
"""Share of its uses in which no noun follows one that may be a preposition: "box in the room"."""

_DENIED = {
    "cannot": "cannot", "cant": "cannot", "cnt": "cannot", "couldnt": "couldn't",
    "didnt": "didn't", "dnt": "don't", "doesnt": "doesn't", "dont": "don't",
    "shouldnt": "shouldn't", "wont": "won't", "wouldnt": "wouldn't",
}  # fmt: skip
"""Denials before the plain form of a verb: "not" alone makes no phrase with it."""
_SPLIT = {
    "can": "cannot", "could": "couldn't", "did": "didn't", "do": "don't", "does": "doesn't",
    "should": "shouldn't", "will": "won't", "would": "wouldn't",
}  # fmt: skip
"""The same in two words: "does not work"."""
DENIALS = (NOT, *sorted(set(_DENIED.values())))
"""How a label writes a denial."""
_CACHED_PHRASES = 65_536
AMOUNTS = ("how long", "how many", "how much", "how often")
"""Questions that a label holds as one word."""


def distinct(numbers: Numbers) -> Numbers:
    """Return the different ones of some numbers, least first.

    NumPy's `unique` puts them through a hash table, which takes twenty times as long.
    """
    numbers = np.sort(numbers)
    first = np.ones(len(numbers), bool)
    first[1:] = numbers[1:] != numbers[:-1]
    return numbers[first]


@cache
def stem(word: str) -> str:
    """Return the word without its commonest English, Spanish and Portuguese endings.

    >>> [stem(word) for word in ("cancelled", "bags", "changing", "policies", "produtos")]
    ['cancel', 'bag', 'chang', 'policy', 'produto']
    """
    if word in AMOUNTS:
        return word.replace(" ", "-")
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


def notion(word: str) -> str:
    """Return what all forms of a word share; nothing for one that says little.

    >>> notion("refunds"), notion("refunded"), notion("where")
    ('refund', 'refund', '')
    """
    small = len(word) < _SHORTEST or not word.isalpha() or word in _LITTLE
    return "" if small else stem(word)


@lru_cache(_CACHED_PHRASES)
def stems_of(phrase: str) -> frozenset[str]:
    """Return the stems of a label's or a phrase's words, without those that join them.

    >>> sorted(stems_of("app doesn't work / cash on delivery"))
    ['app', 'cash', 'delivery', 'not', 'work']
    """
    phrase = phrase.lower().replace("/", " ").replace("'", "")
    for amount in AMOUNTS:
        phrase = phrase.replace(amount, stem(amount))
    said = phrase.split()
    return frozenset(
        NOT if word in NEGATIONS else stem(word) for word in said if word not in JOINING
    )


def among(vocabulary: Iterable[str], held: frozenset[str]) -> Flags:
    """Return which words of a vocabulary are among some."""
    return np.array([word in held for word in vocabulary], bool)


def denials(found: Words, places: Numbers, content: Flags) -> tuple[Numbers, Numbers]:
    """Return where denials stand, and which of `DENIALS` each is.

    "doesn't work" stays as it is; "hasn't arrived" is "not arrived", and so is a denial of
    which the verb does not follow at once.

    Args:
        found: The words of texts.
        places: Where each stands.
        content: Which of them say something.
    """
    number = {form: place for place, form in enumerate(DENIALS)}
    vocabulary = found.vocabulary
    negates = among(vocabulary, NEGATIONS)
    own = np.array([number[_DENIED.get(word, NOT)] for word in vocabulary], np.int64)
    helps = np.array([number[_SPLIT.get(word, NOT)] for word in vocabulary], np.int64)
    plainly = np.array([word == NOT for word in vocabulary])
    where = np.flatnonzero(negates[found.ids]) if len(found.ids) else np.empty(0, np.int64)
    form = own[found.ids[where]]
    before = np.maximum(where - 1, 0)
    split = plainly[found.ids[where]] & (places[where] - places[before] == 1)
    form = np.where(split, helps[found.ids[before]], form)
    after = np.minimum(where + 1, len(found.ids) - 1)
    follows = (places[after] - places[where] == 1) & content[after]
    return where, np.where(follows, form, 0)


def amounts(found: Words, places: Numbers) -> tuple[Numbers, Numbers]:
    """Return where the second words of `AMOUNTS` stand, behind the first, and which each is.

    Args:
        found: The words of texts.
        places: Where each stands.
    """
    number = {form.partition(" ")[2]: place for place, form in enumerate(AMOUNTS)}
    which = np.array([number.get(word, -1) for word in found.vocabulary], np.int64)
    how = np.array([word == "how" for word in found.vocabulary])
    if len(found.ids) < 2:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    behind = how[found.ids[:-1]] & (np.diff(places) == 1) & (which[found.ids[1:]] >= 0)
    where = np.flatnonzero(behind) + 1
    return where, which[found.ids[where]]


def joined(found: Words, places: Numbers) -> Numbers:
    """Return the word that joins each word to one before it, with or without an article; else -1.

    "sitting on the plane" is "sitting on plane".
    """
    out = np.full(len(found.ids), -1, np.int64)
    if len(found.ids) < 2:
        return out
    joins = among(found.vocabulary, JOINING)[found.ids]
    article = among(found.vocabulary, ARTICLES)[found.ids]
    near = np.diff(places) == 1
    out[1:] = np.where(joins[:-1] & near, found.ids[:-1], -1)
    behind = article[1:-1] & ~joins[1:-1] & joins[:-2] & near[1:] & near[:-1]
    out[2:] = np.where(behind, found.ids[:-2], out[2:])
    return out


def particles(found: Words, places: Numbers) -> Numbers:
    """Return, for each word, the particle that follows it where one often does; else -1.

    "top up" and "log in" are what people call it; "top" and "log" say nothing.
    """
    number = {word: place for place, word in enumerate(found.vocabulary)}
    out = np.full(len(found.ids), -1, np.int64)
    if len(found.ids) < 2:
        return out
    uses = np.bincount(found.ids, minlength=len(number))
    next_ = np.append(np.where(np.diff(places) == 1, found.ids[1:], -1), -1)
    joins = among(found.vocabulary, JOINING)
    # The word after the particle: none, or one that joins, where it ends what is said.
    further = np.append(next_[1:], -1)
    ends = (further < 0) | joins[further]
    for particle in PARTICLES:
        if particle in number:
            places_ = np.flatnonzero(next_ == number[particle])
            of = found.ids[places_]
            times = np.bincount(of, minlength=len(number))
            often = (times >= 5) & (times >= _PARTICLE_SHARE * uses)
            if particle in _PREPOSITIONS:
                ended = np.bincount(of, ends[places_], len(number))
                often &= ended >= _ENDING_SHARE * times
            places_ = places_[often[of]]
            out[places_] = number[particle]
    return out
