"""What a message is about, once thanks, greetings, references and known names are taken out.

"Hi Ann, my card has not arrived. Thanks!" is about "my card has not arrived"; "OK, thank you, bye"
is about nothing, nor is "order 12345, the rain cover". A clause says something when it holds a word
that is not small, courteous or a name that the caller knows; a text of which no clause does has no
theme. All of it is one pass over arrays: no text is looked at in Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from goodwill.language._encoder import Encoder, TextEncoder, Vectors, shipped
from goodwill.language._spoken import CLAUSES
from goodwill.language._stopwords import (
    ARTICLES,
    ASKING,
    BETWEEN_DENIED,
    COURTESY,
    DENIED_IN_SPANISH,
    GREETING,
    HARMLESS,
    LEADING,
    NEED,
    NEGATIONS,
    NOT,
    PARTING,
    PRAISE,
    RESOLVED,
    SERVICES,
    SMALL,
    THANKS,
    TROUBLE,
    WEAK,
    WHERE,
)
from goodwill.language._words import ASKS, ENDS, HIDDEN, Words, as_array, marked_words, plain, words

Flags = npt.NDArray[np.bool_]

NAMES_BEHIND = 2
"""Unknown words that a greeting or thanks may hold: "thanks so much Judith"."""
_LONGEST_COURTESY = 8
"""Words of a clause in which an unknown one beside thanks is taken for a name."""

_LONGEST_NAME = 3
_DEVICE = (
    r"(?i)\b(?:(?:sent|enviado) (?:from|via|with|desde|do|pelo|con|com) (?:my |mi |meu |o meu )?"
    r"|get )"
    r"(?:(?:samsung|apple|android|huawei|xiaomi|yahoo|mobile|smart) ?)*"
    r"(?:i?phone|ipad|galaxy|mobile|android|blackberry|smartphone|tel[eé]fono|telefone|m[oó]vil"
    r"|celular|mail|outlook)\b(?: (?:for|para|on|no) (?:ios|android|iphone|windows|mac))?"
)
"""What a telephone or a mail program writes under a message."""
_DENIED_WITHIN = 3
"""Words behind a denial in which a fault is denied: "not one single complaint"."""
_BITS = {
    name: 1 << place
    for place, name in enumerate(
        ("content", "weak", "known", "code", "courtesy", "thanks", "greeting", "resolved",
         "where", "not", "end", "asks", "trouble", "need", "praise",
         "asking", "harmless", "denies", "between", "again", "returns", "would",
         "subject", "no", "denied")
    )
}  # fmt: skip
_NEGATING = NEGATIONS | LEADING - {"no", "ni", "nem"}


@dataclass(frozen=True, slots=True)
class Matter:
    """What texts are about.

    Attributes:
        words: The words of the clauses that say something, without known names.
        places: Where each stands; a clause begins far behind the one before it.
        masked: Which of them a known name follows.
        says: Which texts say something.
        asks: Which texts hold a sign that somebody asks, needs or complains.
        praises: Which texts praise, and neither ask, need nor complain.
        thanks: Which texts thank or say good-bye, and neither ask nor complain.
        clauses: Number of the clause in which each word stands.
        wants: Which words stand in a clause that asks, needs or complains.
    """

    words: Words
    places: npt.NDArray[np.int64]
    masked: Flags
    says: Flags
    asks: Flags
    praises: Flags
    thanks: Flags
    clauses: npt.NDArray[np.int64]
    wants: Flags

    def of(self, held: Flags) -> Matter:
        """Return the matter of some of the texts."""
        sizes = np.diff(self.words.offsets)
        offsets = np.concatenate(([0], np.cumsum(sizes[held])))
        kept = np.repeat(held, sizes)
        ids = self.words.ids[kept]
        some = Words(self.words.vocabulary, ids, offsets.astype(np.int64))
        return Matter(
            some,
            self.places[kept],
            self.masked[kept],
            self.says[held],
            self.asks[held],
            self.praises[held],
            self.thanks[held],
            self.clauses[kept],
            self.wants[kept],
        )

    def vectors(self, encoder: Encoder | None = None) -> Vectors:
        """Return the vectors of the words; zeros for a text that says nothing."""
        found = (encoder or shipped()).encode_words(self.words)
        found[~self.says] = 0
        return found


def meaning_of(
    texts: Any, matter: Matter, encoder: TextEncoder, names: frozenset[str] = frozenset()
) -> Vectors:
    """Return the vectors of texts, zeros where one says nothing.

    A table of words is asked for the words that say something. MiniLM reads whole texts, without
    the words of products.
    """
    if isinstance(encoder, Encoder):
        return matter.vectors(encoder)
    found = encoder.encode(_without(as_array(texts), names) if names else texts)
    found[~matter.says] = 0
    return found


def _without(texts: Any, names: frozenset[str]) -> Any:
    """Return texts without these words, in whatever form they are written."""
    parts = pc.utf8_split_whitespace(texts)
    bare = pc.ascii_trim_whitespace(plain(parts.values))
    left = pc.invert(pc.is_in(bare, pa.array(sorted(names), pa.string())))
    said = pc.if_else(left, parts.values, "")
    lists = pa.ListArray.from_arrays(parts.offsets, said)
    return pc.binary_join(lists, " ")


def name_words(names: Iterable[str]) -> frozenset[str]:
    """Return the words of names (of products, brands) by which no message is told from another."""
    telling = SMALL | WEAK | SERVICES | TROUBLE | NEED | _NEGATING
    return frozenset(
        word
        for word in words(list(names)).vocabulary
        if len(word) > 2 and word.isalpha() and word not in telling
    )


def matter_of(texts: Any, names: frozenset[str] = frozenset()) -> Matter:
    """Return what texts are about.

    Args:
        texts: As `discover` takes them.
        names: Words that say what was bought, not what is the matter; see `name_words`.
    """
    texts = _unsigned(as_array(texts))
    found = marked_words(texts)
    bits = np.array([_bits(word, names) for word in found.vocabulary], np.int32)
    word = bits[found.ids] if len(found.ids) else np.empty(0, np.int32)
    count = len(found)
    text = np.repeat(np.arange(count), np.diff(found.offsets))
    # "no" denies in Spanish, is "in the" in Portuguese, and stands before nouns in English.
    denies = _has(word[:-1], "no") & _has(word[1:], "denied") & (text[1:] == text[:-1])
    word[:-1][denies] |= _BITS["not"]
    clauses = _Clauses(word, text, found.offsets, count)
    says = np.zeros(count, bool)
    says[clauses.text[clauses.speak]] = True
    # Small words beside a clause that says something stay: "I was told so" may matter to it.
    drop = clauses.courteous[clauses.of] | clauses.mark(word) | _has(word, "known")
    kept = ~drop & says[text] if len(word) else np.empty(0, bool)
    before = np.concatenate(([0], np.cumsum(kept)))
    kept_words = Words(found.vocabulary, found.ids[kept], before[found.offsets].astype(np.int64))
    wanting = _any(clauses.wants, clauses.text, count)
    praising = _any(_has(word, "praise"), text, count)
    clause = clauses.of[kept]
    places = np.flatnonzero(kept) + CLAUSES * clause
    # Behind the last word of a text stands nothing, and not the first word of the next.
    known = _has(word, "known")[1:] & (text[1:] == text[:-1])
    masked = np.append(known, False)[kept] if len(word) else kept
    asks, praises = wanting & says, praising & ~wanting & says
    thanks = _any(_has(word, "thanks"), text, count)
    thanks &= ~_any(_has(word, "trouble", "not", "where", "asks"), text, count)
    wants = clauses.wants[clause]
    return Matter(kept_words, places, masked, says, asks, praises, thanks, clause, wants)


def _unsigned(texts: Any) -> Any:
    """Return texts without the line that a telephone or a mail program signs with."""
    signed = pc.match_substring_regex(texts, _DEVICE)
    if not pc.any(signed).as_py():
        return texts
    rest = pc.replace_substring_regex(texts.filter(signed), _DEVICE, ".")
    return pc.replace_with_mask(texts, signed, rest)


class _Clauses:
    """The clauses of texts, cut at their marks, and what each of them is."""

    def __init__(
        self, word: npt.NDArray[np.int32], text: Any, offsets: npt.NDArray[np.int64], count: int
    ) -> None:
        starts = np.zeros(len(word), bool)
        starts[offsets[:-1][offsets[:-1] < len(word)]] = True
        starts[1:] |= _has(word, "end", "asks")[:-1]
        self.of = np.cumsum(starts) - 1
        first = np.flatnonzero(starts)
        self.text = text[first]
        total = len(first)
        content = np.bincount(self.of[_has(word, "content")], minlength=total)
        size = np.bincount(self.of[~self.mark(word)], minlength=total)
        weak, known = self._in(word, "weak", total), self._in(word, "known", total)
        code, where = self._in(word, "code", total), self._in(word, "where", total)
        courtesy, thanks = self._in(word, "courtesy", total), self._in(word, "thanks", total)
        negated, resolved = self._in(word, "not", total), self._in(word, "resolved", total)
        greets = _has(word[first], "greeting") if total else np.empty(0, bool)
        signs = self._in(word, "trouble", total) | negated
        asked = signs | where
        plain = (weak & ~code & ~courtesy) | (asked & (weak | known)) | (signs & resolved)
        speaks = (content > 0) | plain
        polite = (thanks | greets) & ~plain & ~negated & (size <= _LONGEST_COURTESY)
        named = polite & (content > 0) & (content <= NAMES_BEHIND) & ~known & ~weak
        # Behind a greeting a name looks like a matter: a name it is when more is said elsewhere.
        sure = _any(speaks & ~named, self.text, count)
        self.courteous = (~speaks & (courtesy | code)) | (named & sure[self.text])
        self.speak = speaks & ~self.courteous
        needs = where | self._in(word, "need", total)
        wants = signs | needs | self._asked(word, first, total)
        sound = self._without_denied(word)
        troubled = self._in(sound, "trouble", total) | self._in(sound, "not", total)
        self.wants = troubled | needs | self._asked(word, first, total, self._stated(word, first))
        alone = named & ~sure[self.text] & ~wants & (size <= 1 + 2 * NAMES_BEHIND)
        signed = self._signatures(size) & (content > 0) & ~wants & ~weak & ~known
        self.courteous |= signed
        self.speak &= ~alone & ~signed
        self.wants &= self.speak

    def _asked(
        self, word: npt.NDArray[np.int32], first: Any, total: int, stated: Flags | None = None
    ) -> Flags:
        """Return which clauses end with a question mark, or begin as a question does."""
        if not total:
            return np.empty(0, bool)
        ends = np.append(first[1:], len(word)) - 1
        begins = _has(word[first], "asking")
        return _has(word[ends], "asks") | (begins if stated is None else begins & ~stated)

    @staticmethod
    def _stated(word: npt.NDArray[np.int32], first: Any) -> Flags:
        """Return which clauses begin with "would" and no subject behind it: "would buy again"."""
        if not len(first):
            return np.empty(0, bool)
        behind = np.append(word, 0)[first + 1]
        stated: Flags = _has(word[first], "would") & ~_has(behind, "subject", "not", "need")
        return stated

    def _without_denied(self, word: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        """Return words that neither deny nor trouble in "no complaints" and "buy again"."""
        held, between = _has(word, "harmless"), _has(word, "between")
        denies = _has(word, "denies")
        denied = np.zeros(len(word), bool)
        near = np.ones(max(len(word) - 1, 0), bool)
        for far in range(1, min(_DENIED_WITHIN, len(word) - 1) + 1):
            if far > 1:  # what stands between the two says nothing
                near = near[:-1] & between[far - 1 : -1]
            pair = near & held[far:] & denies[:-far] & (self.of[far:] == self.of[:-far])
            denied[far:] |= pair
            denied[:-far] |= pair
        denied[1:] |= _has(word, "again")[1:] & _has(word, "returns")[:-1]
        signs = np.int32(_BITS["trouble"] | _BITS["not"])
        return np.where(denied, word & ~signs, word)

    def _signatures(self, size: npt.NDArray[np.int64]) -> Flags:
        """Return which clauses end a text behind a courteous one and are as short as a name."""
        filled = np.flatnonzero(size > 0)
        found = np.zeros(len(size), bool)
        if len(filled) > 1:
            text = self.text[filled]
            final = np.append(text[1:] != text[:-1], True)
            behind = np.append(False, ~final[:-1] & self.courteous[filled][:-1])
            found[filled] = final & behind & (size[filled] <= _LONGEST_NAME)
        return found

    def _in(self, word: npt.NDArray[np.int32], name: str, total: int) -> Flags:
        return _any(_has(word, name), self.of, total)

    @staticmethod
    def mark(word: npt.NDArray[np.int32]) -> Flags:
        """Return which words are the marks that end clauses, and what was hidden."""
        return _has(word, "end", "asks")


def _any(held: Flags, of: Any, count: int) -> Flags:
    """Return which of the groups hold one."""
    found = np.zeros(count, bool)
    found[of[held]] = True
    return found


def _has(word: npt.NDArray[np.int32], *names: str) -> Flags:
    mask = 0
    for name in names:
        mask |= _BITS[name]
    held: Flags = (word & mask) > 0
    return held


_LISTS = (
    ("courtesy", COURTESY), ("thanks", THANKS), ("greeting", GREETING), ("resolved", RESOLVED),
    ("where", WHERE), ("not", _NEGATING), ("trouble", TROUBLE), ("need", NEED), ("praise", PRAISE),
    ("asking", ASKING), ("harmless", HARMLESS), ("denies", _NEGATING | {"no", "without", "zero"}),
    ("between", BETWEEN_DENIED), ("again", frozenset({"again"})),
    ("returns", frozenset({"buy", "order", "shop", "purchase", "come", "return", "visit"})),
    ("would", frozenset({"would", "will", "can", "could"})),
    ("subject", PARTING | ARTICLES | {"like"}),
    ("no", frozenset({"no"})), ("denied", DENIED_IN_SPANISH),
)  # fmt: skip
_LISTED: dict[str, int] = {}
"""Of every word of the lists, the bits of those that hold it."""
for _name, _held in _LISTS:
    for _word in _held:
        _LISTED[_word] = _LISTED.get(_word, 0) | _BITS[_name]


def _bits(word: str, names: frozenset[str]) -> int:
    if word == ENDS:
        return _BITS["end"]
    if word == ASKS:
        return _BITS["asks"]
    if word == HIDDEN or any(map(str.isdigit, word)):
        return _BITS["code"]
    bits = _LISTED.get(word, 0)
    if word in names:
        bits |= _BITS["known"]
    elif word in WEAK:
        bits |= _BITS["weak"]
    elif not bits & _BITS["courtesy"] and word not in SMALL and word not in _NEGATING:
        bits |= _BITS["content"] if len(word) > 1 and word != NOT else 0
    return bits
