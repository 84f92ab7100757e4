"""Names of persons: by the words around them, and by lists of given names and surnames.

By list: two capitalised words of which one is a known name, or one unmistakable given name alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from goodwill.records.privacy._cue_patterns import TEXT_ENDS
from goodwill.records.privacy._cues import RULES
from goodwill.records.privacy._endings import find_ending, may_end_with_a_name
from goodwill.records.privacy._evidence import GREETED, LISTED, SURE, TOLD, is_thing, like_a_person
from goodwill.records.privacy._gazetteer import (
    BRAND,
    CAPITAL,
    CLOSES,
    CORE,
    CUE,
    DOUBT,
    GIVEN,
    GREETS,
    HALF,
    INITIAL,
    INTRODUCES,
    LABELS,
    NAME,
    NAMES,
    PLACE,
    SENDS,
    TALKS,
    UPPER,
    WORTH,
    bits_of,
    find_phrases,
    fold,
    may_hold_phrase,
)
from goodwill.records.privacy._mails import URL
from goodwill.records.privacy._mentioned import find_mentioned
from goodwill.records.privacy._signatures import (
    closes_lines,
    find_beside_mails,
    find_opening,
    find_signed,
    opens_with_a_line,
)
from goodwill.records.privacy._spans import Found
from goodwill.records.privacy._words import (
    Range,
    Words,
    strong,
    tokens,
)

TAIL = 60  # characters at the end of a text in which a dash announces its writer
_DASHED = re.compile(r"(?:^|[\s.!?,\])])(?:[-–—~^*/]{1,2}|xo+)[ \t\u00a0]?(?=[^\W\d_])")


def _signed(words: Words, dashed: bool) -> Iterator[Range]:
    """A name behind a dash (where one is near the end), or alone on the last line."""
    text = words.text
    begin = max(0, len(text) - TAIL)
    for match in _DASHED.finditer(text, begin) if dashed else ():
        at = words.begun(match.end())
        if at is None:
            continue
        flag, word = words.flags[at], words.words[at]
        if flag & UPPER and (len(word) <= 3 or not flag & NAME):
            continue  # the initials of an agent
        if flag & (BRAND | PLACE) and not flag & GIVEN:
            continue
        if not words.capital(at):
            if flag & CORE and not flag & DOUBT and TEXT_ENDS.match(text, words.ends[at]):
                yield at, at + 1
            continue
        if not flag & NAME and text[: match.start() + 1].rstrip(" ")[-1:] not in "\n.!?,":
            continue
        end = words.extent(at)
        if end > at and len(word) >= 3 and TEXT_ENDS.match(text, words.ends[end - 1]):
            yield at, end
    line = text.rstrip().rfind("\n")
    if line >= 0 and words.starts:
        at = words.at(line)
        if at < len(words.words) and text[line : words.starts[at]].strip(" \t\n*_-–—~") == "":
            flag = words.flags[at]
            if flag & GIVEN and not flag & (BRAND | PLACE):
                end = words.extent(at, lower=strong(flag))
                if end > at and TEXT_ENDS.match(text, words.ends[end - 1]):
                    yield at, end


NEAR = 7  # words behind a cue among which the name begins, and the cue itself
NEXT = 4  # the same where the cue is "I am", "this is"
BEFORE_ANY = GREETS | CLOSES | NAMES | LABELS  # before which "will" in lower case is a name
_COUNTED = re.compile(r"(?<![\d.,/-])\d{1,4} $")
_OF = frozenset(["de", "da", "do", "del", "von", "vom", "of", "at", "bei"])
_TEAMS = frozenset(["team", "equipo", "equipa", "equipe", "sac", "kundenservice", "kundendienst"])
_DEPARTMENTS = (
    "team",
    "service",
    "abteilung",
    "buchhaltung",
    "verwaltung",
    "betreuung",
    "zentrale",
)
_STREETS = frozenset(["rua", "avenida", "travessa", "alameda", "praca", "calle", "plaza", "paseo"])
_HALF_CAPITAL = HALF | CAPITAL
_STRENGTHS = {GREETS: GREETED, TALKS: TOLD, SENDS: TOLD}  # of rules; the others are sure


def _hints(text: str, flags: list[int], worth: list[int]) -> tuple[int, bool, bool]:
    """The rules by cue words, and whether the lists are worth a look; whether a word closes."""
    rules = until = ahead = before = 0
    behind = 0  # behind the last word that was looked at
    listed = closes = False
    asked = CUE
    if text.count(":") == text.count("://") and "=" not in text and " - " not in text:
        asked &= ~LABELS
    if "ent from" not in text:
        asked &= ~SENDS
    for at in worth:
        flag = flags[at]
        if at != behind:
            before = 0
        behind = at + 1
        if flag & CLOSES:
            closes = True
        known = flag & NAME
        name = known and not flag & DOUBT
        capital = flag & CAPITAL
        if at < until:
            if capital and (known or not flag & DOUBT):
                rules |= ahead
            elif known and not capital:
                rules |= ahead if name else ahead & BEFORE_ANY
        if cue := flag & asked:
            ahead = (ahead if at < until else 0) | cue
            until = max(until, at + (NEXT if cue == INTRODUCES else NEAR))
            rules |= cue & NAMES
        if name and (capital or flag & CORE):
            listed = True
        elif capital and before:
            if flag & _HALF_CAPITAL == _HALF_CAPITAL or before & INITIAL or before & NAME or known:
                listed = True
        elif flag & _HALF_CAPITAL == _HALF_CAPITAL:
            listed = True
        before = flag if capital and (flag & (NAME | INITIAL) or not flag & DOUBT) else 0
    return rules, listed, closes


def _may_be_signed(text: str) -> bool:
    tail = text[-TAIL:]
    if "-" in tail or "~" in tail or "^" in tail or "*" in tail or "/" in tail or "xo" in tail:
        return bool(_DASHED.search(tail))
    return not tail.isascii() and bool(_DASHED.search(tail))


def _in_code(text: str, start: int, end: int) -> bool:
    """Whether the words are part of a longer sign such as 4Eva, fred_92, ORD-648 or gac7a8e02."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    if behind == "-" and text[end + 1 : end + 2].isdigit():
        return True
    return before.isdigit() or before == "_" or behind.isdigit() or behind == "_"


def _of_a_street(words: Words, first: int, behind: int) -> bool:
    """Whether the words are a street's ("Fnac da Rua de Santa Ana"), not "Ana Calle de León"."""
    folded = [fold(word) for word in words.words[first:behind]]
    for at, (a, b) in enumerate(pairwise(folded)):
        if a in _STREETS and b in _OF:
            return not any(flag & GIVEN and strong(flag) for flag in words.flags[first:][:at])
    return False


def _not_of_a_person(words: Words, first: int, behind: int, strength: int) -> bool:
    """Whether the words are a company's ("team von Otto"), a street's or counted ("90 Min")."""
    if behind - first == 1:
        if fold(words.words[first]).endswith(_DEPARTMENTS):
            return True
        if words.flags[first] & GREETS and not words.starts[first]:  # "Che, ..."
            return True
    if strength < SURE and _of_a_street(words, first, behind):
        return True
    counted = _COUNTED.search(words.text, max(0, words.starts[first] - 6), words.starts[first])
    if counted and not (behind - first > 1 and all(map(strong, words.flags[first:behind]))):
        return True
    at = first - 1
    if at > 0 and fold(words.words[at]) in _OF:
        at -= 1
    between = words.text[words.ends[at] : words.starts[first]] if at >= 0 else ""
    return at >= 0 and fold(words.words[at]) in _TEAMS and not set(between) & set("\n.!?,;:")


def find_names(found: Found, words: Words | None = None) -> None:
    """Names of persons; ``words`` are those of the text, where they are known already."""
    text = found.text
    if words is None:
        listed_words = tokens(text)
        flags = bits_of(listed_words)
        worth = [at for at, flag in enumerate(flags) if flag & WORTH]
    else:
        flags, worth = words.flags, words.worth
    rules, listed, closes = _hints(text, flags, worth)
    lines = closes_lines(text)
    closed = closes and lines
    mailed = "[email]" in text
    opened = lines and opens_with_a_line(text)
    signed = _may_be_signed(text)
    ended = may_end_with_a_name(text, flags)
    if not (rules or listed or closed or mailed or opened or signed or ended):
        return
    if words is None:
        words = Words(text, listed_words, flags, worth=worth)
    ranges: list[tuple[int, int, int]] = []

    def note(found_here: Iterator[Range], strength: int) -> None:
        ranges.extend((first, behind, strength) for first, behind in found_here)

    if opened:
        note(find_opening(words), SURE)
    if rules:
        for at in worth:
            flag = flags[at]
            if flag & rules:
                for rule, find in RULES:
                    if flag & rule & rules:
                        note(find(words, at), _STRENGTHS.get(rule, SURE))
    if signed or lines:
        note(_signed(words, signed), SURE)
    if closed or rules & CLOSES or (listed and lines) or signed:
        note(find_signed(words), SURE)
    if ended:
        note(find_ending(words), SURE)
    if mailed:
        note(find_beside_mails(words), SURE)
    if listed:
        note(find_mentioned(words), LISTED)
    if not ranges:
        return
    firms = []
    if not text.isascii() or may_hold_phrase(found.words()):
        firms = find_phrases(text)
    if "://" in text or "www." in text:
        firms.extend(m.span() for m in URL.finditer(text))
    spans: list[Range] = []
    for first, behind, strength in sorted(ranges):
        start, end = words.starts[first], words.ends[behind - 1]
        if any(start < high and low < end for low, high in firms) and not (
            strength >= TOLD and like_a_person(words, first, behind)
        ):
            continue
        if _in_code(text, start, end) or _not_of_a_person(words, first, behind, strength):
            continue
        if is_thing(words, first, behind, strength):
            continue
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    for start, end in spans:
        found.add(start, end, "name")
