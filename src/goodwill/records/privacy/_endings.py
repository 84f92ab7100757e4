"""Names that stand alone behind what was said: on one of the last lines, or as last words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goodwill.records.privacy._gazetteer import (
    BRAND,
    CAPITAL,
    CLOSES,
    DOUBT,
    GIVEN,
    GREETS,
    NAME,
    PLACE,
    UPPER,
    fold,
)
from goodwill.records.privacy._signatures import (
    ENDS,
    LEADS,
)
from goodwill.records.privacy._words import Range, Words, strong

# Lines that stand behind the end of what was said.
_LINE = re.compile(r"\n[ \t>*_-]*(?P<said>[^\W\d_][^\n]{0,38}[^\s]|)[ \t\r]*(?=\n|\Z)")
_SAID = frozenset(".!?…)]:")
_LAST_SENTENCE = re.compile(r"[.!?…][\"'”)]*[ \t\u00a0]+(?=[^\W\d_][^.!?…\n]*[.!]?\s*\Z)")
_LAST_LINES, _LONGEST_ENDING = 4, 40
_MOST_STANDING = 4  # words of a name that stands alone
_LEAST_LETTERS = 3  # of each of its words


def may_end_with_a_name(text: str, flags: list[int]) -> bool:
    """Whether a text has lines, or ends with a word that may be a name behind a sentence."""
    if "\n" in text:
        return True
    last = flags[-1] if flags else 0
    return bool(last & NAME) or bool(last & CAPITAL and not last & DOUBT)


def find_ending(words: Words) -> Iterator[Range]:
    """Names that stand alone behind what was said: on one of the last lines, or as last words."""
    text = words.text
    lines = [match for match in _LINE.finditer(text) if match["said"]][-_LAST_LINES:]
    for line in lines:
        before = text[: line.start()]
        said = before.rstrip()
        short = len(said) - said.rfind("\n") <= _LONGEST_ENDING  # "Bis bald" or the like
        ended = said[-1:] in _SAID or ord(said[-1:] or " ") > 0x2190
        if "\n" in before[len(said) :] or ended or short:
            yield from _standing(words, line.start("said"), line.end("said"))
    for match in _LAST_SENTENCE.finditer(text, max(0, len(text) - _LONGEST_ENDING)):
        yield from _standing(words, match.end(), len(text.rstrip()))


def _standing(words: Words, start: int, end: int) -> Iterator[Range]:
    """The words from a place up to another, where they are names and nothing else."""
    at = words.at(start)
    behind = at
    while behind < len(words.words) and words.ends[behind] <= end:
        behind += 1
    main = [i for i in range(at, behind) if fold(words.words[i]) not in LEADS]
    main = [i for i in main if len(words.words[i]) > 1]
    if not 1 <= len(main) <= _MOST_STANDING or words.starts[at] != start:
        return
    if not ENDS.match(words.text, words.ends[behind - 1]):
        return
    if any(not words.joined(i) for i in range(at + 1, behind)):
        return
    flags = [words.flags[i] for i in main]
    if any((flag & DOUBT and not flag & NAME) or flag & (CLOSES | GREETS) for flag in flags):
        return
    if any(flag & (BRAND | PLACE) and not flag & GIVEN for flag in flags):
        return
    if any(len(words.words[i]) < _LEAST_LETTERS for i in main):
        return
    # Capitals alone and small letters alone say nothing.
    silent = not all(flag & CAPITAL for flag in flags) or (
        not words.upper and any(flag & UPPER for flag in flags)
    )
    if len(main) == 1:
        sure = strong(flags[0]) and bool(flags[0] & GIVEN) and not silent
    else:
        sure = any(map(strong, flags)) or (silent and all(flag & NAME for flag in flags))
    if sure:
        yield at, behind
