"""Names by the words around them: "Dear", "Regards,", "my name is", "Mr" and the like.

Behind such a word even one that no list knows is taken for a name, unless it is a common word, a
brand or a place. Each rule gets the place of its cue word and gives ranges of words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from goodwill.records.privacy._cue_patterns import (
    AND,
    CLOSED,
    COMMA,
    ES_PT,
    GOOD,
    GREETED,
    HALF_GREETINGS,
    INTRODUCED,
    INTRODUCED_BEHIND,
    LINE_ENDS,
    LONGEST_UNKNOWN,
    MONTHS,
    NAMED,
    NOT_NAMES,
    OTHER_NAMES,
    STOPS,
    TALKED,
    TEXT_ENDS,
    TITLED,
    WHOSE,
)
from goodwill.records.privacy._fields import find_in_fields
from goodwill.records.privacy._gazetteer import (
    BRAND,
    CAPITAL,
    CLOSES,
    CORE,
    DOUBT,
    GIVEN,
    GREETS,
    HALF,
    INTRODUCES,
    LABELS,
    NAME,
    NAMES,
    PERSONS,
    PLACE,
    RARE,
    SENDS,
    SURNAME,
    TALKS,
    TITLES,
    UPPER,
    WORD,
    fold,
)
from goodwill.records.privacy._words import Range, Words, strong


def _initials(words: Words, at: int) -> bool:
    """Whether the word is the initials of an agent or of a firm (JP, SWA), which stay."""
    flag, word = words.flags[at], words.words[at]
    if not flag & UPPER or words.upper:
        return False
    return len(word) <= 3 or not flag & NAME


def _greeted(words: Words, cue: int) -> Iterator[Range]:
    half = fold(words.words[cue]) in HALF_GREETINGS and not (
        cue and words.joined(cue) and fold(words.words[cue - 1]) in GOOD
    )
    if half and not words.opens(cue):
        return
    match = GREETED.match(words.text, words.ends[cue])
    if not match:
        return
    at = words.begun(match.end())
    while at is not None:
        lead = words.lead(at)
        flag = words.flags[lead]
        capital = words.capital(lead)
        if flag & (BRAND | PLACE) and not flag & CORE:
            return
        if _initials(words, lead) or (half and not (flag & CORE and not flag & DOUBT)):
            return
        end = words.extent(lead, lower=not capital, unknown=capital)
        if end == lead:
            return
        stops = bool(STOPS.match(words.text, words.ends[end - 1]))
        if capital:
            if not stops and not (strong(flag) and flag & GIVEN):
                return
        elif not (flag & CORE and not flag & DOUBT) and not (flag & GIVEN and stops):
            return
        yield at, end
        match = AND.match(words.text, words.ends[end - 1])
        if not match:
            return
        at = words.begun(match.end())


_DOTTED = frozenset(("fr", "ing", "eng", "lic"))  # titles with a full stop, and otherwise words


def _titled(words: Words, cue: int) -> Iterator[Range]:
    match = TITLED.match(words.text, words.ends[cue])
    if not match:
        return
    at = words.begun(match.end())
    if at is None:
        return
    word = fold(words.words[cue])
    if word in _DOTTED and not (
        words.text[words.ends[cue] :][:1] == "." and words.flags[words.lead(at)] & NAME
    ):
        return
    if word == "seu" and not (words.opens(cue) and words.flags[at] & CAPITAL):
        return
    if word in ("miss", "sir", "don", "dona", "madame", "monsieur", "frau", "herr") and not (
        words.flags[cue] & CAPITAL and words.flags[words.lead(at)] & (CAPITAL | NAME)
    ):
        return
    lead = words.lead(at)
    capital = words.capital(lead)
    begins = words.opens(cue)  # in lower case, a greeting or a signature
    end = words.extent(lead, lower=not capital, unknown=capital or begins)
    if end > lead and (capital or words.flags[lead] & NAME or begins):
        yield at, end


def _closed(words: Words, cue: int) -> Iterator[Range]:
    match = CLOSED.match(words.text, words.ends[cue])
    if not match or match.end() == words.ends[cue]:
        return
    at = words.begun(match.end())
    if at is None:
        return
    if _initials(words, at) or words.flags[at] & CLOSES:
        return
    gap = match["gap"]
    flag = words.flags[at]
    capital = words.capital(at)
    if flag & (BRAND | PLACE) and not flag & GIVEN:
        return
    if "\n" in gap or "\r" in gap:
        end = words.extent(at, lower=True, unknown=capital)
        if end == at + 1 and not flag & NAME and len(words.words[at]) > LONGEST_UNKNOWN:
            return
        if end > at and LINE_ENDS.match(words.text, words.ends[end - 1]):
            yield at, end
        return
    end = words.extent(at, lower=not capital, unknown=capital)
    if end == at:
        return
    if capital and flag & GIVEN and strong(flag):
        yield at, end
        return
    if not TEXT_ENDS.match(words.text, words.ends[end - 1]):
        return
    if flag & NAME:
        if capital or (flag & CORE and not flag & DOUBT) or (flag & HALF and gap.strip()):
            yield at, end
    elif capital and ("," in gap or "-" in gap or "–" in gap or "—" in gap):
        yield at, end


def _named(words: Words, cue: int) -> Iterator[Range]:
    match = NAMED.match(words.text, words.ends[cue])
    if not match:
        return
    word = fold(words.words[cue]).removesuffix("'s")
    link = words.text[words.ends[cue] : match.end()].strip().lower()
    before = fold(words.words[cue - 1]).removesuffix("'s") if cue else ""
    if word in ("name", "names", "nombre", "nome", "nom"):
        first = re.match(r"[^\W_]+", link.lstrip("'’"))
        said = first.group() if first else ""
        if said in ("of", "de", "da", "do"):
            if before not in ("the", "my", "a", "em", "au", "en"):
                return
        elif said not in ("is", "was", "are", "s", "ist", "est", "es", "e", "é", "completo"):
            return
        if before in OTHER_NAMES:
            return
    elif word == "namen" and before not in ("den", "dem"):
        return
    elif word in ("llamo", "chama", "llama", "chamo"):
        if before not in ("me", "se") and not re.match(r"[- ]me\b", words.text[words.ends[cue] :]):
            return
    elif word in ("heisse",) and before not in ("ich", "und"):
        return
    at = words.begun(match.end())
    if at is None:
        return
    flag = words.flags[at]
    if flag & (BRAND | PLACE) and not flag & GIVEN:
        return
    capital = words.capital(at)
    if not capital and flag & WORD and not flag & CORE:
        return
    guessed = not capital and not flag & NAME and word in ("name", "nom", "nome", "nombre")
    if guessed and (before not in WHOSE or words.words[at].endswith(NOT_NAMES)):
        return
    end = words.extent(at, lower=True)
    if capital:
        end = words.extent(at, lower=False) or end
    if word == "named" and not capital and not strong(flag):
        return
    if end > at:
        yield at, min(end, at + 4)


def _joined(words: Words, at: int) -> bool:
    """Whether nothing but a space stands between the word and the one before it."""
    return words.text[words.ends[at - 1] : words.starts[at]] == " "


def _introduced(words: Words, cue: int) -> Iterator[Range]:
    match = INTRODUCED.match(words.text, words.ends[cue])
    if not match:
        return
    word = fold(words.words[cue])
    link = words.text[words.ends[cue] : match.end()].split()
    if word in ("this", "it") and [part.lower() for part in link[:1]] != ["is"]:
        return
    if word == "am" and (not cue or words.words[cue - 1].lower() != "i"):
        return
    at = words.begun(match.end())
    if at is None:
        return
    # German "im Mai", "im Ernst"; English "im Tom" begins what is said.
    if word == "im" and (
        fold(words.words[at]) in MONTHS
        or fold(words.words[at]) == "ernst"
        or (cue and not words.flags[cue - 1] & GREETS and _joined(words, cue))
    ):
        return
    flag = words.flags[at]
    if not words.capital(at):
        end = words.extent(at, lower=True, unknown=False)
        if flag & CORE and not flag & DOUBT:
            yield at, words.extent(at, lower=True)
        elif end - at >= 2 and flag & GIVEN and strong(words.flags[end - 1]):
            yield at, end
        elif (
            word in ES_PT
            and (not flag & (DOUBT | CAPITAL) or flag & HALF)
            and len(words.words[at]) >= 4
            and STOPS.match(words.text, words.ends[at])
        ):
            yield at, at + 1
        return
    end = words.extent(at)
    if end == at or (flag & (BRAND | PLACE) and end - at < 2) or _initials(words, at):
        return
    behind = words.ends[end - 1]
    if (
        end - at >= 2
        or INTRODUCED_BEHIND.match(words.text, behind)
        or (flag & GIVEN and STOPS.match(words.text, behind))
        or (not flag & DOUBT and word in ES_PT and COMMA.match(words.text, behind))
    ):
        yield at, end


def _talked(words: Words, cue: int) -> Iterator[Range]:
    match = TALKED.match(words.text, words.ends[cue])
    if not match:
        return
    at = words.begun(match.end())
    if at is None:
        return
    flag = words.flags[at]
    capital = words.capital(at)
    if flag & (BRAND | PLACE) and (not flag & CORE or "," in match.group()):
        return
    end = words.extent(at, lower=not capital, unknown=capital)
    if end == at or _initials(words, at):
        return
    two = capital and end - at >= 2  # two capitalised words that nothing else explains
    called = flag & SURNAME and not flag & RARE and strong(flag)
    called = bool(called) and fold(words.words[cue]) in PERSONS
    alone = (capital and (flag & GIVEN or called)) or (flag & CORE and not flag & DOUBT)
    if match["named"] or two or alone:
        yield at, end


def _sent(words: Words, cue: int) -> Iterator[Range]:
    at = cue + 1
    if cue and at < len(words.words) and words.words[cue - 1].lower() == "sent":
        whole = words.ends[at] - words.starts[at] == len(words.words[at])
        if not whole and not (words.flags[at] & DOUBT and not words.flags[at] & NAME):
            yield at, at + 1


RULES: tuple[tuple[int, Callable[[Words, int], Iterator[Range]]], ...] = (
    (GREETS, _greeted),
    (TITLES, _titled),
    (CLOSES, _closed),
    (NAMES, _named),
    (INTRODUCES, _introduced),
    (LABELS, find_in_fields),
    (TALKS, _talked),
    (SENDS, _sent),
)
