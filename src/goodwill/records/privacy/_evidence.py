"""Whether a name that nothing but the lists speaks for is a person's: evidence, weighed.

Firms, makes and towns bear the names of persons. What a list knows of them and what stands beside
the words is weighed, and one threshold decides. ``WEIGHTS`` were fitted (``models/mentioned``).
"""

from __future__ import annotations

import re

from goodwill.records.privacy._evidence_words import (
    ARTICLES,
    CARRIED,
    DEEDS,
    DOES,
    ENGLISH,
    HOUSES,
    LABELS_OF_WARES,
    MEETS,
    OF_OWNERS,
    OF_PLACES,
    OF_SHOPS,
    OF_THINGS,
    ORDERED,
    OWNED,
    PERSONS,
    PLACES_BEFORE,
    SHOPS,
    STREETS,
    TRADES,
    WARES_BEFORE,
    WARES_BEHIND,
)
from goodwill.records.privacy._gazetteer import (
    CAPITAL,
    CORE,
    DOUBT,
    GIVEN,
    GRAMMAR,
    INITIAL,
    NAME,
    SURNAME,
    TALKS,
    TITLES,
    fold,
)
from goodwill.records.privacy._things import ALIKE, FIRM, TOWN, known_thing
from goodwill.records.privacy._words import PARTICLES, Words, strong

SURE, TOLD, GREETED, LISTED = 4, 3, 2, 1
"""What speaks for a name: a form such as a signature, a word such as "spoke to", a greeting, which
firms get too, or the lists alone."""

_NUMBER = re.compile(r"[ -]\d")
_SIZE = re.compile(r" (?:X{1,3}[LS]|Pro|Plus|Mini|Lite|Ultra|[IVX]{2,})(?!\w)")
_LEGAL = re.compile(
    r",?\s(?:GmbH|mbH|AG|KG|OHG|UG|e\.\s?[VK]\.|Inc|Ltd|Limited|LLC|LLP|PLC|plc|Corp"
    r"|S\.?[AL]\.?(?:U\.?)?|Lda|Ltda|SARL|S\.?r\.?l\.?|SpA|B\.?V\.?|& Co)(?!\w)"
)
_LEGAL_WORDS = "gmbh mbh ohg ltd limited llc llp plc lda ltda sarl"
_LEGAL_LAST = frozenset(_LEGAL_WORDS.split())
_STOPS = re.compile(r"\s*(?:$|[,.!?:;)\n])")

EVIDENCE = (
    ("more than one word", 1.3),
    ("all words are names and nothing else", 0.6),
    ("a word that no list knows", -1.0),
    ("begins with a name that is a word, a place or a brand too", -0.0),
    ("another word of it is no name", -0.9),
    ("begins with a common given name", 1.0),
    ("borne by a brand or a town too", -1.4),
    ("begins a sentence", -0.1),
    ("behind a word for things", -1.8),
    ("behind a preposition of places", -3.6),
    ("behind a preposition of owners", -1.0),
    ("behind a word for persons", 2.8),
    ("behind a word for those one meets", 1.0),
    ("behind a shop or an account", 0.5),
    ("behind a ware", -4.2),
    ("behind another word in lower case", 0.4),
    ("behind a capitalised word", -0.2),
    ("before what persons do", 0.7),
    ("before a ware", -2.2),
    ("before a shop or an account", -2.2),
    ("before another word in lower case", -0.5),
    ("before a capitalised word", -2.1),
    ("before a number", -2.6),
    ("before a size", -3.7),
    ("before the end of a clause", -0.8),
    ("in quotation marks", 3.0),
    ("one word, borne by a brand or a town too", -1.0),
    ("behind a word of trade", -1.5),
    ("its own place is meant", -2.0),
)
(
    MANY, KNOWN, UNKNOWN, DOUBTED, NO_NAME, COMMON, BORNE, OPENS, AFTER_ARTICLE, AFTER_PLACE,
    AFTER_OWNER, AFTER_ROLE, AFTER_MEETING, AFTER_SHOP, AFTER_WARE, AFTER_LOWER, AFTER_CAPITAL,
    BEFORE_DEED, BEFORE_WARE, BEFORE_SHOP, BEFORE_LOWER, BEFORE_CAPITAL, BEFORE_NUMBER,
    BEFORE_SIZE, STOPPED, QUOTED, BORNE_ALONE, AFTER_TRADE, AT_HOME,
) = range(len(EVIDENCE))  # fmt: skip


def evidence(words: Words, first: int, behind: int, *, borne: bool) -> list[int]:
    """What there is of ``EVIDENCE`` about the words from ``first`` up to ``behind``."""
    text, flags = words.text, words.flags
    of_ware = behind - first > 1 and _ware_before(words, first)
    start = first + of_ware  # "Kleid Amelie": German writes wares with a capital
    found = _of_words(words, start, behind)
    if borne:
        found.append(BORNE)
        if MANY not in found:
            found.append(BORNE_ALONE)
    if of_ware or _labelled_ware(words, first):
        found.append(AFTER_WARE)
    elif words.opens(first):
        found.append(OPENS)
    elif first and words.joined(first):
        found.extend(_before(words, first - 1))
        if fold(words.words[first - 1]) in ("at", "bei") and _possessed(words, behind - 1):
            found.append(AT_HOME)
    end = words.ends[behind - 1]
    if _NUMBER.match(text, end):
        found.append(BEFORE_NUMBER)
    elif _SIZE.match(text, end):
        found.append(BEFORE_SIZE)
    elif _STOPS.match(text, end):
        found.append(STOPPED)
    elif behind < len(flags) and text[end : words.starts[behind]] in (" ", "'s ", "’s ", "-"):
        found.extend(_behind(words, behind))
    place = words.starts[first]
    if place and text[place - 1] in "\"'“„«" and text[end : end + 1] in ('"', "'", "”", "“", "»"):
        found.append(QUOTED)
    if AFTER_WARE in found and QUOTED in found:
        found.remove(QUOTED)  # 'sofa "Helena"'
    return found


def _of_words(words: Words, first: int, behind: int) -> list[int]:
    main = [
        flag
        for word, flag in zip(words.words[first:behind], words.flags[first:behind], strict=True)
        if len(word) > 1 and fold(word) not in PARTICLES
    ] or [words.flags[first]]
    told = (
        (MANY, len(main) > 1),
        (KNOWN, all(map(strong, main))),
        (UNKNOWN, any(not flag & (NAME | DOUBT) for flag in main)),
        (DOUBTED, main[0] & DOUBT),
        (NO_NAME, any(flag & DOUBT and not flag & NAME for flag in main[1:])),
        (COMMON, main[0] & CORE),
    )
    return [kind for kind, holds in told if holds]


def _ware_before(words: Words, at: int) -> bool:
    """Whether the word is a ware before its name, in a language that puts it there."""
    word = fold(words.words[at])
    if word not in WARES_BEFORE:
        return False
    return word not in WARES_BEHIND or not at or fold(words.words[at - 1]) not in ENGLISH


def _labelled_ware(words: Words, first: int) -> bool:
    """Whether "Product: " or the like stands before the word, or a ware before a quotation mark."""
    if not first or fold(words.words[first - 1]) not in LABELS_OF_WARES:
        return False
    between = words.text[words.ends[first - 1] : words.starts[first]]
    return between.strip(" \"'“„«") == ":" or between in (' "', " “", " „", " «", " '")


def _before(words: Words, at: int) -> list[int]:
    word, flag = fold(words.words[at]), words.flags[at]
    if flag & (TALKS | TITLES) and word not in SHOPS and word not in MEETS:
        return [AFTER_ROLE]
    if _ware_before(words, at):
        return [AFTER_WARE]
    for known, told in (
        (TRADES, AFTER_TRADE),
        (SHOPS, AFTER_SHOP),
        (MEETS, AFTER_MEETING),
        (OF_PLACES, AFTER_PLACE),
        (OF_OWNERS, AFTER_OWNER),
        (OF_THINGS, AFTER_ARTICLE),
    ):
        if word in known:
            return [told]
    if flag & CAPITAL:
        return [AFTER_CAPITAL]
    return [] if flag & GRAMMAR else [AFTER_LOWER]


def _behind(words: Words, at: int) -> list[int]:
    word, flag = fold(words.words[at]), words.flags[at]
    if word in WARES_BEHIND:
        return [BEFORE_WARE]
    if word in SHOPS:
        return [BEFORE_SHOP]
    if word in DOES:
        return [BEFORE_DEED]
    if flag & GRAMMAR:
        return []
    if flag & CAPITAL:
        return [BEFORE_CAPITAL] if words.plain() else []
    return [BEFORE_LOWER]


_LINKS = frozenset(("de", "del", "da", "do", "la", "das", "dos"))
_WEIGHTS = tuple(weight for _, weight in EVIDENCE)
LEAST = -1.9  # of the sum, for a person


def is_thing(words: Words, first: int, behind: int, strength: int) -> bool:
    """Whether words that may be a name are a firm, a make or a town, as far as this may be told."""
    if not words.upper and (
        _LEGAL.match(words.text, words.ends[behind - 1])
        or fold(words.words[behind - 1]) in _LEGAL_LAST
    ):
        return True
    if strength == SURE:
        return False
    if _owned_by_a_shop(words, first, behind, strength) or _is_ware(words, first, behind, strength):
        return True
    kind = known_thing(words, first, behind)
    if kind == FIRM or (kind == ALIKE and _is_of_a_shop(words, first, behind)):
        return True
    if strength > LISTED or words.flags[first] & INITIAL:
        return False  # "H. Ashworth" is how persons are written
    if kind == TOWN:
        return True
    if behind - first > 1 and _is_named_thing(words, first, behind):
        return True
    if kind is None and behind - first > 1 and _begins_as_a_person(words.flags[first]):
        return False  # whatever stands before "Sarah Whitfield"
    told = evidence(words, first, behind, borne=kind == ALIKE)
    return sum(_WEIGHTS[at] for at in told) < LEAST


def _owned_by_a_shop(words: Words, first: int, behind: int, strength: int) -> bool:
    """Whether "Hello Wendy's" is said, or "asked the Alexa skill": no person is called so."""
    if behind < len(words.words) and fold(words.words[behind]) in PERSONS:
        return False  # "Hello Wendy's mum here", "asked the Paul guy"
    if strength == GREETED:
        return _possessed(words, behind - 1)
    if strength != TOLD or behind == len(words.words) or not first or not words.joined(behind):
        return False
    before, flag = fold(words.words[first - 1]), words.flags[behind]
    return (
        before in ENGLISH
        and words.joined(first)
        and not flag & (CAPITAL | GRAMMAR)
        and fold(words.words[behind]) not in DOES
    )


def _possessed(words: Words, at: int) -> bool:
    """Whether the word ends with the ``'s`` of a possessive."""
    return words.ends[at] - words.starts[at] < len(words.words[at])


def _is_ware(words: Words, first: int, behind: int, strength: int) -> bool:
    """Whether a word for a ware or a place is among the words or right beside them."""
    low, high = fold(words.words[first]), fold(words.words[behind - 1])
    if behind - first > 1:
        if low in PLACES_BEFORE:
            # "Am Bahnhof Klaus Weber getroffen"
            return low in STREETS or not like_a_person(words, first + 1, behind)
        if strength == LISTED and low.endswith(HOUSES) and not words.flags[first] & NAME:
            return True
        if high in LABELS_OF_WARES and not words.flags[behind - 1] & NAME:
            return True
    person = like_a_person(words, first, behind)
    if strength == LISTED and _is_before_a_ware(words, first, behind, person):
        return True
    ware = behind - first > 1 and not words.opens(first) and words.joined(first)
    if ware and _ware_before(words, first - 1):
        german = bool(words.flags[first - 1] & CAPITAL)  # "Den Schrank Otto Carter hat er ..."
        return not (person or german)
    return _in_a_place(words, first, behind, person)


def _is_before_a_ware(words: Words, first: int, behind: int, person: bool) -> bool:
    """Whether "the Oliver sofa" is said, or "Gordon's Gin"; "I bought Maria shoes" is of her."""
    if behind == len(words.words):
        return False
    before = "" if words.opens(first) else fold(words.words[first - 1])
    if person and before not in ARTICLES:
        return False  # "gave Maria Lopez tickets"
    told = behind - first > 1 or not before or before in ENGLISH or before in ORDERED
    ware, capital = fold(words.words[behind]), words.flags[behind] & CAPITAL
    if not (told or words.flags[first - 1] & CAPITAL) or ware not in WARES_BEHIND:
        return False
    if words.joined(behind) and not capital:
        return ware not in OWNED
    if ware in CARRIED:
        return False
    return _possessed(words, behind - 1) and bool(capital) and words.plain()


def _in_a_place(words: Words, first: int, behind: int, person: bool) -> bool:
    """Whether "Rua", "estación de" or the like stands before the word.

    "Na agência Joana Martins disse" speaks of a person, as "en el hotel de Juan Pérez" does.
    """
    at = first - 1
    if at > 0 and words.joined(first) and _is_other(words.flags[at]) and words.joined(at):
        at -= 1  # "Hotel Reina Cristina"
    elif (
        behind < len(words.words)
        and words.joined(behind)
        and (person or not words.flags[first] & DOUBT)
        and fold(words.words[behind]) in DEEDS
    ):
        return False
    while at >= 0 and words.joined(at + 1) and fold(words.words[at]) in _LINKS:
        at -= 1
    if at < 0 or not words.joined(at + 1):
        return False
    return fold(words.words[at]) in (STREETS if person else PLACES_BEFORE)


def _is_other(flag: int) -> bool:
    """Whether a word is capitalised and no name alone."""
    return bool(flag & CAPITAL) and not strong(flag)


def _is_of_a_shop(words: Words, first: int, behind: int) -> bool:
    """Whether "bei" or "at" stands before a single word, or a ware or a shop and "of"."""
    if not first or not words.joined(first):
        return False
    before = fold(words.words[first - 1])
    if before in ("bei", "at"):
        return behind - first == 1
    if before not in OF_OWNERS or first < 2 or not words.joined(first - 1):
        return False
    return fold(words.words[first - 2]) in OF_SHOPS


def _is_named_thing(words: Words, first: int, behind: int) -> bool:
    """Whether an article stands before the words, and a word that is no name or a size ends them.

    "Die Heidi Decke", "the Tom Yum soup", "der Brita Marella XL"; persons are seldom called so.
    """
    if not first or not words.joined(first):
        return False
    if fold(words.words[first - 1]) not in ARTICLES:
        return False
    return not words.flags[behind - 1] & NAME or bool(
        _SIZE.match(words.text, words.ends[behind - 1])
    )


def _begins_as_a_person(flag: int) -> bool:
    return bool(flag & GIVEN and flag & CORE) and not flag & DOUBT


def like_a_person(words: Words, first: int, behind: int) -> bool:
    """Whether these are a given name and a surname and nothing else, as "Paul Smith" is."""
    flags = words.flags[first:behind]
    return (
        len(flags) > 1
        and bool(flags[0] & GIVEN and flags[-1] & SURNAME)
        and all(map(strong, flags))
    )
