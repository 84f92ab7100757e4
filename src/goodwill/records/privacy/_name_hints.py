"""The first look for names at a whole batch: the texts that ``_names`` need not look at."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from goodwill.records.privacy._characters import (
    SPACE,
    WORD,
    Characters,
    Numbers,
    Tokens,
    one_of,
)
from goodwill.records.privacy._gazetteer import (
    CAPITAL,
    CLOSES,
    CORE,
    CUE,
    DOUBT,
    GREETS,
    HALF,
    INITIAL,
    INTRODUCES,
    LABELS,
    NAME,
    NAMES,
    SENDS,
    TALKS,
    WORTH,
)
from goodwill.records.privacy._names import BEFORE_ANY, NEAR, NEXT, TAIL
from goodwill.records.privacy._signatures import SHORT_LINE
from goodwill.records.privacy._token_flags import DEED, IS, LINK, LISTS, PARTICLE, SOLE, THIS, WILD
from goodwill.records.privacy._words import Words

_S, _APOSTROPHES = "sS", "'’"
_GAPS = " \t\u00a0"
_BEHIND_LABEL = ":=-–( \t\u00a0"
_OPEN = ".!?,])"
_BRACKETS = "<(["
Flags = npt.NDArray[np.bool_]


def may_hold_names(
    of: Characters, tokens: Tokens, bits: npt.NDArray[np.int64], together: npt.NDArray[np.int64]
) -> Flags:
    """One flag a text: whether a rule of ``_names`` may find a name in it.

    Args:
        of: The batch.
        tokens: Its words.
        bits: The gazetteer's bits of each word.
        together: The same by text.
    """
    out = _dashed(of)
    if not len(bits):
        return out
    capital, known = bits & CAPITAL != 0, bits & NAME != 0
    doubt = bits & DOUBT != 0
    name = known & ~doubt
    listed = _listed(of, tokens, bits)
    # by cues
    asked = np.full(len(tokens.first) - 1, CUE, dtype=np.int64)
    asked[~_labels(of)] &= ~LABELS
    asked[~of.flagged(of.places_as_written("ent from"))] &= ~SENDS
    cue = _cues(of, tokens, bits, bits & asked[tokens.text])
    place = np.arange(len(bits))
    # Of most cues nothing but words that their rules pass over stands between them and a name.
    linked = (cue & (GREETS | INTRODUCES | TALKS) == cue) & (cue != 0) & (bits & SOLE == 0)
    reach = np.where(cue == INTRODUCES, NEXT, NEAR)
    loose = (cue != 0) & ~linked
    until = np.where(loose, np.minimum(place + reach, tokens.first[tokens.text + 1]), 0)
    inside = place < np.append(0, np.maximum.accumulate(until)[:-1])
    passed = known | (bits & LINK != 0) | np.append(False, bits[:-1] & WILD != 0)
    last = _last_before(place, linked)
    inside |= (last >= _last_before(place, ~passed)) & (last >= tokens.first[tokens.text])
    any_before = together & BEFORE_ANY & asked != 0
    worth = bits & WORTH != 0
    named = (
        inside
        & worth
        & ((capital & (known | ~doubt)) | (known & ~capital & (name | any_before[tokens.text])))
    )
    out[tokens.text[listed | named | (cue & NAMES != 0)]] = True
    out[of.flagged(_bracketed(of, np.array(of.places_as_written("[email]"), np.int64)))] = True
    lines = np.flatnonzero(of.codes == 10)
    short = lines - of.starts[of.text_of(lines)] <= SHORT_LINE
    out[of.flagged(lines[short])] = True
    closing = together & CLOSES != 0
    out[closing & of.flagged(lines)] = True
    # what may stand alone: the first word of a line, the last word of a text
    single = (capital & ~doubt) | known
    first = np.searchsorted(tokens.starts, lines)
    within = first < len(bits)
    out[of.text_of(lines[within][single[first[within]]])] = True
    filled = np.flatnonzero(np.diff(tokens.first))
    out[filled[single[tokens.first[filled + 1] - 1]]] = True
    return out


def _last_before(place: Numbers, of: Flags) -> Numbers:
    """Of each place, the last one before it that is flagged; -1 where none is."""
    return np.append(-1, np.maximum.accumulate(np.where(of, place, -1))[:-1])


def _cues(
    of: Characters, tokens: Tokens, bits: npt.NDArray[np.int64], cue: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """The rules of each word, without those that what stands right behind it rules out."""
    at = np.flatnonzero(cue)
    few, ends = cue[at], tokens.ends[at]
    behind, second = of.code_at(ends, 0), of.code_at(ends, 1)
    whole = ~(one_of(of.code_at(ends, -1), _S) & one_of(of.code_at(ends, -2), _APOSTROPHES))
    # "[name]": no rule but one goes on behind the bracket.
    few = np.where(whole & (behind == ord("]")), few & SENDS, few)
    labels = one_of(behind, ":=(")
    labels |= one_of(behind, _GAPS) & (
        one_of(second, _BEHIND_LABEL) | (of.class_at(ends, 1) & WORD != 0)
    )
    few = np.where(whole & ~labels, few & ~LABELS, few)
    # Of "this" and "it" only "this is" introduces.
    said = np.append(bits[1:] & IS != 0, False)[at]
    few = np.where((bits[at] & THIS != 0) & ~said, few & ~INTRODUCES, few)
    out = np.zeros_like(cue)
    out[at] = few
    return out


def _listed(of: Characters, tokens: Tokens, bits: npt.NDArray[np.int64]) -> Any:
    """One flag a word: whether the lists may make a name of it.

    As ``_names._hints``, but that a name which is none alone needs one beside it. Where a text
    has several lines this is not asked: a name alone on the last is looked for together with them.
    """
    capital, known, core = bits & CAPITAL != 0, bits & NAME != 0, bits & CORE != 0
    doubt = bits & DOUBT != 0
    name = known & ~doubt
    half = (bits & HALF != 0) & capital
    # The word before, where a name may go on behind it.
    close = np.append(False, (tokens.starts[1:] - tokens.ends[:-1] <= 2)) & (
        np.append(-1, tokens.text[:-1]) == tokens.text
    )
    joins = capital | (bits & PARTICLE != 0)
    beside = (close & np.append(False, joins[:-1])) | np.append(close[1:] & joins[1:], False)
    leads = capital & ((bits & (NAME | INITIAL) != 0) | ~doubt)
    before = np.where(close, np.append(0, np.where(leads, bits, 0)[:-1]), 0)
    opening = tokens.starts == of.starts[tokens.text]
    pair = capital & ((before & (INITIAL | NAME) != 0) | (known & (before != 0)))
    named_behind = np.append(close[1:] & name[1:], False)
    loose = name & (capital | core) | half | pair
    tight = name & capital & (core | beside)
    tight |= name & core & named_behind
    acts = np.append(close[1:] & (bits[1:] & DEED != 0), False)
    tight |= half & (beside | (core & (acts | ~opening))) | pair
    lines = np.zeros(len(of.starts), dtype=np.bool_)
    lines[of.flagged(np.flatnonzero(of.codes == 10))] = True
    return tight | (loose & lines[tokens.text])


def _bracketed(of: Characters, mails: Numbers) -> Numbers:
    """The mail addresses that stand in brackets, as mail programs write them behind a name."""
    before = of.code_at(mails, -1)
    inside = one_of(before, _BRACKETS) | (before == ord(":"))  # "<mailto:[email]>"
    inside |= one_of(before, _GAPS) & one_of(of.code_at(mails, -2), _BRACKETS)
    found: Numbers = mails[inside]
    return found


def _labels(of: Characters) -> Flags:
    """The texts in which a label may stand before a name ("Name: Jane")."""
    colons = of.where(":")
    link = (of.code_at(colons, 1) == 47) & (of.code_at(colons, 2) == 47)
    out = of.flagged(colons[~link]) | of.flagged(of.where("="))
    dashes = of.where("-")
    apart = (of.code_at(dashes, -1) == 32) & (of.code_at(dashes, 1) == 32)
    return out | of.flagged(dashes[apart])


def _dashed(of: Characters) -> Flags:
    """The texts with a sign near their end that may stand before a signature."""
    ends = np.append(of.starts[1:], len(of.codes)) - 1
    places = dashes(of)
    text = of.text_of(places)
    tail = ends[text] - TAIL
    apart = of.class_at(places, -1) & SPACE != 0
    apart |= one_of(of.code_at(places, -1), _OPEN) | (places == of.starts[text])
    out = np.zeros(len(of.starts), dtype=np.bool_)
    out[text[(places == tail) | ((places > tail) & apart)]] = True
    return out


def dashes(of: Characters) -> Numbers:
    """The places of signs that may stand before a signature."""
    signs = of.where("-", "~", "^", "*", "/", "–", "—")
    return np.append(signs, np.array(of.places_as_written("xo"), dtype=np.int64))


class WordsOfBatch:
    """The words of the texts that may hold a name, with their places and bits."""

    def __init__(
        self, of: Characters, tokens: Tokens, bits: npt.NDArray[np.int64], texts: Flags
    ) -> None:
        wanted = texts[tokens.text]
        self._first = np.append(0, np.cumsum(np.where(texts, np.diff(tokens.first), 0))).tolist()
        distinct = tokens.distinct
        self._words = [distinct[word] for word in tokens.which[wanted].tolist()]
        flags = bits[wanted] & LISTS
        self._flags = flags.tolist()
        worth = np.flatnonzero(flags & WORTH)
        edges = np.searchsorted(worth, self._first)
        self._worth_first = edges.tolist()
        # each counted from the first word of its text
        self._worth = (worth - np.repeat(self._first[:-1], np.diff(edges))).tolist()
        starts, ends = tokens.starts[wanted], tokens.ends[wanted]
        own = one_of(of.code_at(ends, -1), _S) & one_of(of.code_at(ends, -2), _APOSTROPHES)
        begin = of.starts[tokens.text[wanted]]
        self._places = (starts - begin).tolist()
        self._ends = (ends - 2 * own - begin).tolist()

    def __len__(self) -> int:
        return len(self._first) - 1

    def of(self, row: int, text: str) -> Words:
        """The words of a text."""
        low, high = self._first[row], self._first[row + 1]
        return Words(
            text, self._words[low:high], self._flags[low:high],
            self._places[low:high], self._ends[low:high],
            self._worth[self._worth_first[row] : self._worth_first[row + 1]],
        )  # fmt: skip
