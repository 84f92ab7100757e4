"""Names that nothing but the lists speaks for.

Two capitalised words of which one is a known name, or one unmistakable given name alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from goodwill.records.privacy._evidence_words import DEEDS
from goodwill.records.privacy._gazetteer import (
    BRAND,
    CAPITAL,
    CORE,
    DOUBT,
    GIVEN,
    HALF,
    NAME,
    PLACE,
    RARE,
    SURNAME,
    UPPER,
    fold,
)
from goodwill.records.privacy._words import PARTICLES, Range, Words, strong

_LEADS = CAPITAL | CORE  # what a name that only the lists know begins with
# Behind a known name these make it the name of a place or a firm
_OF_PLACES_WORDS = (
    "street st avenue ave road rd airport hotel bank inc ltd llc corp university hospital "
    "center centre international beach city county park island river bridge stadium club group "
    "school college church theatre theater museum boulevard blvd lane drive square station "
    "mall store airlines air lounge terminal arena canyon prairie ridge elementary hills addition "
    "place court gardens terrace crescent parade mews "
    "tower village valley heights harbour harbor cafe bar pub restaurant clinic"
)
_OF_PLACES = frozenset(_OF_PLACES_WORDS.split())


def find_mentioned(words: Words) -> Iterator[Range]:
    """Two words of which one is a known name; one unmistakable given name alone."""
    flags = words.flags
    count = len(flags)
    behind = 0
    for at in words.worth:
        flag = flags[at]
        if flag & _PLACED == _PLACED and at >= behind and fold(words.words[at]) in _SAINTS:
            behind = at + 2  # San José, Sankt Gallen
            continue
        if not flag & _LEADS or at < behind:
            continue
        long = len(words.words[at])
        if long == 1:
            if (end := _behind_initials(words, at)) > at:
                yield at, end
                behind = end
            continue
        if (flag & DOUBT and not flag & NAME) or (flag & UPPER and long <= 3 and not words.upper):
            continue
        if not words.capital(at):
            end = _lower_pair(words, at) if flag & CORE and not flag & DOUBT else at
        elif (
            flag & NAME
            or (at + 1 < count and flags[at + 1] & NAME)
            or (at + 2 < count and flags[at + 2] & NAME)
        ):
            end = words.extent(at)
            if end - at >= 2:
                end = end if _pairs(words, at, end) else at
            elif end == at or not _alone(words, at):
                end = at
        else:
            end = at
        if end > at:
            yield at, end
            behind = end


_NO_INITIALS = frozenset(("US", "USA", "UK", "EU", "UAE", "DC", "AM", "PM", "PO", "AI", "PS"))


_MOST_INITIALS = 4  # of a name


def _behind_initials(words: Words, at: int) -> int:
    """The end of "J. K. Rowling", where no list needs to know the surname; ``at`` if none."""
    end = at
    while end < min(len(words.words), at + _MOST_INITIALS) and len(words.words[end]) == 1:
        if words.text[words.ends[end] :][:1] != "." or not words.flags[end] & CAPITAL:
            return at
        end += 1
    if end == len(words.words) or not words.joined(end) or words.upper:
        return at
    first = at
    while (
        first > max(0, at - _MOST_INITIALS)
        and words.joined(first)
        and len(words.words[first - 1]) == 1
    ):
        first -= 1
    if not all(words.flags[index] & CAPITAL for index in range(first, end)):
        return at  # "i. O."
    if "".join(words.words[first:end]).upper() in _NO_INITIALS:
        return at
    flag = words.flags[end]
    sized = end - first == 1 and words.words[first] in _SIZES and not strong(flag)
    if sized and _of_size(words, first):
        return at
    if not flag & CAPITAL or flag & UPPER or (flag & DOUBT and not flag & NAME):
        return at
    return words.extent(at)


_SIZES = "SML"
_SIZE_WORDS = frozenset(("grosse", "grossen", "size", "sizes", "talla", "tallas", "tamanho"))
_BY = frozenset(("von", "by", "por"))


def _of_size(words: Words, at: int) -> bool:
    """Whether sizes are spoken of shortly before: "Größe M fällt aus wie S. Umtausch".

    "Größe L, bestellt von L. Zwick" is of a person.
    """
    if at and words.joined(at) and fold(words.words[at - 1]) in _BY:
        return False
    return not _SIZE_WORDS.isdisjoint(map(fold, words.words[max(0, at - _SIZE_NEAR) : at]))


_SIZE_NEAR = 8  # words before
_LONGEST_OF_TWO = 9  # letters of a given name that no list knows; longer are compounds


def _pairs(words: Words, at: int, end: int) -> bool:
    """Whether two or more capitalised words, none of them surely a word, are a name."""
    flag = words.flags[at]
    behind = [
        f
        for f, w in zip(words.flags[at + 1 : end], words.words[at + 1 : end], strict=True)
        if len(w) > 1 and fold(w) not in PARTICLES
    ]
    if not behind:
        return strong(flag) and bool(flag & GIVEN)
    if end < len(words.words) and words.joined(end) and fold(words.words[end]) in _OF_PLACES:
        return False
    if not words.flags[end - 1] & NAME and fold(words.words[end - 1]) in _OF_PLACES:
        return False
    known = any(strong(f) and (flag & CORE or not f & RARE) for f in behind)
    inside = not words.opens(at)
    of = fold(words.words[at + 1]) == "von"  # "Gutschein von Thalia"
    if flag & GIVEN:
        if not flag & DOUBT:
            return True
        if flag & (PLACE | BRAND):
            return strong(behind[0]) and bool(behind[0] & SURNAME)
        if flag & HALF:
            return known or (inside and bool(behind[0] & SURNAME or not behind[0] & DOUBT))
        return known and any(f & SURNAME for f in behind)
    if flag & SURNAME:
        if flag & (PLACE | BRAND):
            return False  # "in Madrid Sarah Whitfield"
        if flag & DOUBT:
            return inside and strong(behind[0]) and bool(behind[0] & GIVEN)
        return not of and any(strong(f) and f & GIVEN for f in behind)
    return known and not of and len(words.words[at]) <= _LONGEST_OF_TWO


# "the Billy bookcase", "in Florencia": what stands behind these is a thing or a place
_BEFORE_THINGS = frozenset(
    [
        "the",
        "in",
        "ins",
        "im",
        "am",
        "en",
        "em",
        "aus",
        "nach",
        "ab",
        "desde",
        "hacia",
        "near",
        "new",
        "nuevo",
        "nova",
    ]
)
_PLACED = PLACE | CAPITAL
_SAINTS = frozenset(["san", "santa", "santo", "sao", "sankt", "saint", "st"])


def _is_half(words: Words, at: int) -> bool:
    """Whether a capital says that the word is a name, or what stands behind it does."""
    if not words.opens(at):
        return True
    if at + 1 >= len(words.words) or not words.joined(at + 1):
        return False
    return fold(words.words[at + 1]) in DEEDS


def _alone(words: Words, at: int) -> bool:
    flag = words.flags[at]
    word = words.words[at]
    if not flag & CORE or len(word) < (5 if flag & UPPER else 3):
        return False
    if flag & BRAND:
        return False
    if flag & DOUBT and not (flag & HALF and words.plain() and _is_half(words, at)):
        return False
    if at and words.joined(at) and fold(words.words[at - 1]) in _BEFORE_THINGS:
        return False
    after = at + 1
    known = after < len(words.words) and words.joined(after)
    if known and fold(words.words[after]) in _OF_PLACES:
        return False
    if at and words.flags[at - 1] & CAPITAL:
        gap = words.text[words.ends[at - 1] : words.starts[at]]
        short = len(words.words[at - 1]) <= 3
        if gap == " " and flag & DOUBT and not words.opens(at - 1):
            return False  # "Areia Clara"
        if gap in (" ", "-") or (gap == ". " and short):  # San Marco, Winston-Salem, St. John
            return not words.flags[at - 1] & (PLACE | BRAND)
    return True


def _lower_pair(words: Words, at: int) -> int:
    """In lower case (or in a text of capitals) both words must be known, and be no words."""
    if at + 1 >= len(words.words) or not words.joined(at + 1):
        return at
    flag = words.flags[at + 1]
    if not strong(flag) or len(words.words[at]) < 3 or len(words.words[at + 1]) < 3:
        return at
    return words.extent(at, lower=True, unknown=False)
