"""The words of one text: where they stand, what is known about them, how far a name reaches."""

from __future__ import annotations

import re

from goodwill.records.privacy._gazetteer import (
    BRAND,
    CAPITAL,
    DOUBT,
    GIVEN,
    GRAMMAR,
    NAME,
    SURNAME,
    UPPER,
    WORD,
    WORTH,
    fold,
)

Range = tuple[int, int]
"""The first word of a name, and the word behind it."""

TOKEN = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f'’\-][\u0300-\u036f]*[^\W\d_]+|[\u0300-\u036f]+)*")
_PARTICLES_WORDS = (
    "de da do dos das del della di du des van von der den ter ten zu la le el al bin bint ibn "
    "abu ben y e af av ni nic mac"
)
_PLAIN_TOKEN = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*")
_POSSESSIVES = ("'s", "’s", "'S", "’S")
PARTICLES = frozenset(_PARTICLES_WORDS.split())
_SHORT_NAMES = frozenset(("An", "Do", "To", "So", "Su", "La", "Li"))  # as in Nguyen Van An
_MOST = 6  # tokens of a name
_NEAR = 64  # characters before a word in which the end of a sentence mostly stands


def tokens(text: str) -> list[str]:
    """The words of a text: letters, with accents, apostrophes and hyphens inside."""
    return (_PLAIN_TOKEN if text.isascii() else TOKEN).findall(text)


class Words:
    """The words of one text with their places and bits; ``worth`` says which have bits of WORTH."""

    __slots__ = ("ends", "flags", "starts", "text", "upper", "words", "worth")

    def __init__(
        self,
        text: str,
        words: list[str],
        flags: list[int],
        starts: list[int] | None = None,
        ends: list[int] | None = None,
        worth: list[int] | None = None,
    ) -> None:
        self.text = text
        self.words = words
        self.flags = flags
        if starts is None or ends is None:
            starts, ends = _places(text, words)
        self.starts, self.ends = starts, ends
        if worth is None:
            worth = [at for at, flag in enumerate(flags) if flag & WORTH]
        self.worth = worth
        capitals = sum([flags[at] & UPPER for at in worth]) // UPPER
        self.upper = capitals > 2 and capitals * 2 > len(words)

    def at(self, place: int) -> int:
        """The index of the first word that begins at or behind a place."""
        low, high = 0, len(self.starts)
        while low < high:
            middle = (low + high) // 2
            if self.starts[middle] < place:
                low = middle + 1
            else:
                high = middle
        return low

    def begun(self, place: int) -> int | None:
        """The index of the word that begins right at a place; None where none does."""
        at = self.at(place)
        return at if at < len(self.starts) and self.starts[at] == place else None

    def joined(self, index: int) -> bool:
        """Whether the word stands right behind the one before it, on the same line."""
        if self.ends[index - 1] - self.starts[index - 1] != len(self.words[index - 1]):
            return False  # a possessive ends a name
        gap = self.text[self.ends[index - 1] : self.starts[index]]
        if gap in (" ", "  ", "\u00a0"):
            return True
        return gap in (". ", ".", ".-") and self.ends[index - 1] - self.starts[index - 1] == 1

    def capital(self, index: int) -> bool:
        """Whether a capital here says anything: not in a text that is all capitals."""
        return bool(self.flags[index] & CAPITAL) and not (self.upper and self.flags[index] & UPPER)

    def plain(self) -> bool:
        """Whether capitals say something: this is no title in which most words have one."""
        count = len(self.flags)
        return count < 6 or 3 * sum(1 for f in self.flags if f & CAPITAL) <= 2 * count

    def opens(self, index: int) -> bool:
        """Whether the word begins a sentence, where a capital says little."""
        start = self.starts[index]
        before = self.text[max(0, start - _NEAR) : start].rstrip(" \t\"'“‘(*_")
        if not before and start > _NEAR:
            before = self.text[:start].rstrip(" \t\"'“‘(*_")
        return not before or before[-1] in ".!?\n:;…]>" or ord(before[-1]) > 0x2190

    def lead(self, index: int) -> int:
        """The index of the word behind "de la", "von der" and the like, before a capital."""
        at = index
        while (
            at < min(index + 3, len(self.words) - 1)
            and fold(self.words[at]) in PARTICLES
            and not self.flags[at] & GIVEN
            and self.joined(at + 1)
        ):
            at += 1
        return at if at == index or self.flags[at] & (CAPITAL | NAME) else index

    def extent(self, index: int, *, lower: bool = False, unknown: bool = True) -> int:
        """The index behind a name that begins at ``index``; ``index`` itself where none does.

        Args:
            lower: take words in lower case also, where a list or nothing at all knows them.
            unknown: take capitalised words that no list knows.
        """
        last = at = index
        found = False  # a word and not initials only
        while at < len(self.words) and at - index < _MOST:
            if at > index and not self.joined(at):
                break
            word = self.words[at]
            if len(word) == 1:
                dotted = self.text[self.ends[at] :][:1] == "."
                if word in "ye" and found and not dotted:
                    if not self._goes_on(at + 1):
                        break
                elif word == "I" and not dotted:
                    break
                elif self.flags[at] & CAPITAL or (lower and dotted and found):
                    last = at + 1
                else:
                    break
            elif at == index or fold(word) not in PARTICLES:
                short = at > index and word in _SHORT_NAMES and strong(self.flags[index])
                short = short and self.text[self.ends[at] :][:1] != ":"  # "From: Tom To: Jerry"
                if not short and not self._fits(at, at == index, lower, unknown):
                    break
                last = at + 1
                found = True
            at += 1
        return last if found else index

    def turned(self, end: int) -> int:
        """The index behind the given name of "Doe, Jane", where the surname ends at ``end``."""
        if end >= len(self.words) or self.text[self.ends[end - 1] : self.starts[end]] != ", ":
            return end
        flag = self.flags[end]
        if not flag & GIVEN or (flag & DOUBT and not flag & CAPITAL):
            return end
        return self.extent(end, lower=True, unknown=False)

    def follows_name(self, at: int, flag: int) -> bool:
        """Whether the word is a surname, however common a word too, right behind a sure name."""
        behind = at
        while behind and self.joined(behind):
            behind -= 1
            if fold(self.words[behind]) not in PARTICLES:
                return bool(flag & SURNAME) and strong(self.flags[behind])
        return False

    def _goes_on(self, at: int) -> bool:
        """Whether a second surname stands behind "y" or "e", and no other person."""
        while at < len(self.words) and self.joined(at) and fold(self.words[at]) in PARTICLES:
            at += 1
        if at >= len(self.words) or not self.joined(at):
            return False
        flag = self.flags[at]
        return bool(flag & CAPITAL and flag & SURNAME) and not flag & (GIVEN | UPPER)

    def _fits(self, at: int, first: bool, lower: bool, unknown: bool) -> bool:
        flag = self.flags[at]
        if flag & UPPER and len(self.words[at]) <= 3 and not (first or self.upper):
            return False  # II, UI, DM
        if flag & NAME:
            if self.capital(at):
                return True
            return lower and (
                not flag & WORD or bool(flag & GIVEN if first else self.follows_name(at, flag))
            )
        if flag & DOUBT or not unknown:
            # "Kaitlyn Brewster": behind a given name a capital makes a surname of a plain word
            return (
                not first
                and not flag & (GRAMMAR | BRAND)
                and self.capital(at)
                and strong(self.flags[at - 1])
                and bool(self.flags[at - 1] & GIVEN)
                and bool(self.flags[at - 1] & CAPITAL)
                and self.plain()
            )
        if flag & UPPER and not self.upper and not first:
            return False
        return lower or self.capital(at)


def _places(text: str, words: list[str]) -> tuple[list[int], list[int]]:
    """Where each word begins and ends, the ``'s`` of a possessive left out."""
    starts: list[int] = []
    ends: list[int] = []
    end = 0
    for word in words:
        start = text.find(word, end)
        end = start + len(word)
        starts.append(start)
        ends.append(end - 2 if word[-2:] in _POSSESSIVES else end)
    return starts, ends


def strong(flag: int) -> bool:
    """Whether a word is a known name and nothing else."""
    return bool(flag & NAME) and not flag & DOUBT
