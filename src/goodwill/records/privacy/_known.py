"""Names that the row itself gives, removed from its texts wherever they stand."""

from __future__ import annotations

import re

from goodwill.records.privacy._gazetteer import CAPITAL, WORD, bits_of, fold
from goodwill.records.privacy._spans import Found
from goodwill.records.privacy._words import PARTICLES, TOKEN, Words, tokens

_PART = re.compile(r"[^\s,;]+")


def find_known(found: Found, names: tuple[str, ...]) -> None:
    """The names of this row's persons, in any case and accent, each longer part also alone."""
    text = found.text
    parts: set[str] = set()
    for name in names:
        for part in _PART.findall(name or ""):
            if TOKEN.fullmatch(part) and (part[0].isupper() or part[0].islower()):
                parts.add(fold(part))
            elif len(part) >= 2 and any(c.isalpha() for c in part):
                at = text.find(part)
                while at >= 0:
                    found.add(at, at + len(part), "name")
                    at = text.find(part, at + len(part))
    if not parts:
        return
    tokens_of = tokens(text)
    words = Words(text, tokens_of, bits_of(tokens_of))
    hits = [fold(w).removesuffix("'s") in parts for w in words.words]
    at = 0
    while at < len(hits):
        if not hits[at]:
            at += 1
            continue
        end = at + 1
        while end < len(hits) and (
            hits[end]
            or (fold(words.words[end]) in PARTICLES and end + 1 < len(hits) and hits[end + 1])
        ):
            gap = text[words.ends[end - 1] : words.starts[end]]
            if gap.strip(" ,.\u00a0\n") or len(gap) > 3:
                break
            end += 1
        flag = words.flags[at]
        plain = fold(words.words[at]) in PARTICLES or len(words.words[at]) < 3
        word = bool(flag & WORD) and not flag & CAPITAL
        if end - at > 1 or not (plain or word):
            found.add(words.starts[at], words.ends[end - 1], "name")
        at = end
