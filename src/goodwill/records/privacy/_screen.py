"""A first look at many texts at once: which finders can find anything in which of them.

Most texts hold nothing personal, and the finders are dear. Each flag lets through every text in
which its finder could find something, and some more: without any look (small batches) all flags
are set, and what is found is the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence, Set
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from goodwill.records.privacy._characters import (
    DIGIT,
    ODD,
    SPACE,
    WORD,
    Characters,
    Numbers,
    Tokens,
    one_of,
)
from goodwill.records.privacy._flags import (
    ACCOUNT,
    ADDRESS,
    BIRTH,
    EVERYTHING,
    FORMED_PHONE,
    HANDLE,
    ID,
    IP,
    KEY_PHONE,
    LINK,
    MAIL,
    NAME,
    ONLINE,
    ORDER,
    PHONE,
    STRUCTURED,
    TICKET,
)
from goodwill.records.privacy._mails import handle_at, may_be_spaced, may_be_spelled
from goodwill.records.privacy._name_hints import WordsOfBatch, dashes, may_hold_names
from goodwill.records.privacy._sieve import sieve
from goodwill.records.privacy._spans import Span
from goodwill.records.privacy._token_flags import (
    ACCOUNTS_ONLINE,
    AT,
    BIRTHS,
    IDS,
    ORDER_WORDS,
    PHONE_WORDS,
    PLACES,
    SPELLED_AT,
    TICKET_WORDS,
    WEB,
    bits_of,
    of_another,
    together,
)
from goodwill.records.privacy._words import Words

_WORTH_FROM = 200  # texts from which a look at all of them pays
_MOST = 2_000_000  # characters looked at together, at some 50 bytes each
_LONGEST = 200_000  # characters of a text that is looked at with others
_WELL_BEFORE = 40  # characters before a number in which ``_phones`` looks for words about it
_ANSWERED = 30  # characters before a number in which the question on the line before may end
_CARD_BEGINS = "LMNPRTVWXY"
_NEAR_ID = "XYZxyzÑ&"


class Screen:
    """What each text of a batch can hold, as bits.

    Args:
        texts: The batch.
        keep_handles: Handles that are nobody's, lower case, without @.
        sieved: Whether to look twice, which pays for many texts that nobody has looked at.
    """

    def __init__(
        self,
        texts: Sequence[str | None],
        keep_handles: Set[str] = frozenset(),
        *,
        sieved: bool = True,
    ) -> None:
        self._texts = texts
        self._keep = keep_handles
        self._sieved = sieved
        self._left: list[npt.NDArray[np.bool_]] = []
        self._words: list[WordsOfBatch] = []
        self._edges: list[int] = []
        self._rows = 0  # of the parts looked at so far
        self.handles: dict[int, list[Span]] = {}
        """By row, the handles of texts that hold nothing else; of some, not all of these."""

    @cached_property
    def bits(self) -> list[int]:
        """By text, the finders that can find something."""
        if len(self._texts) < _WORTH_FROM:
            return [EVERYTHING] * len(self._texts)
        looked: list[npt.NDArray[np.int64]] = []
        part: list[str] = []
        odd: list[int] = []
        size = 0
        for text in self._texts:
            plain = text or ""
            if len(plain) > _LONGEST or not _encodes(plain):
                odd.append(len(part))
                plain = ""
            part.append(plain)
            size += len(plain)
            if size > _MOST:
                looked.append(self._looked(part, odd))
                part, odd, size = [], [], 0
        if part:
            looked.append(self._looked(part, odd))
        bits = np.concatenate(looked)
        if self._sieved:
            sieve(self._texts, bits, np.concatenate(self._left))
        found: list[int] = bits.tolist()
        only = STRUCTURED | NAME
        self.handles = {r: spans for r, spans in self.handles.items() if found[r] & only == HANDLE}
        return found

    def _looked(self, texts: list[str], odd: list[int]) -> npt.NDArray[np.int64]:
        """Look at a part of the batch; ``odd`` are left to the finders."""
        of = Characters(texts)
        tokens = Tokens(of)
        each = bits_of(tokens)
        words = together(tokens, each)
        bits = np.zeros(len(texts), dtype=np.int64)
        handles = self._by_signs(of, tokens, each, bits)
        self._by_digits(of, tokens, each, bits, words)
        names = may_hold_names(of, tokens, each, words)
        bits[names] |= NAME
        self._edges.append(self._edges[-1] + len(self._words[-1]) if self._words else 0)
        self._words.append(WordsOfBatch(of, tokens, each, names))
        # These are cut into words otherwise, or matched whatever their case.
        bits[of.flagged(of.of_class(ODD))] = EVERYTHING
        bits[odd] = EVERYTHING
        self._left.append(of.flagged(np.flatnonzero((of.classes & DIGIT != 0) & (of.codes > 57))))
        self._note_handles(of, tokens, each, bits, handles)
        self._rows += len(texts)
        return bits

    def _note_handles(
        self,
        of: Characters,
        tokens: Tokens,
        each: npt.NDArray[np.int64],
        bits: npt.NDArray[np.int64],
        handles: Numbers,
    ) -> None:
        """Note the handles of texts that hold nothing else, also once these are replaced.

        Beside a placeholder the rules for names see one word that says nothing, where they saw
        the handle. So none finds a name behind it that it did not find before, unless words come
        nearer each other or a sign nearer the end; and no other find hangs on a handle, unless
        the text is open, as ``_redact`` calls it.
        """
        if not len(handles):
            return
        text = of.text_of(handles[:, 0])
        wanted = bits & NAME == 0
        first = np.searchsorted(tokens.starts, handles[:, 0])
        behind = np.searchsorted(tokens.starts, handles[:, 1])
        whole = (behind - first == 1) & (np.append(tokens.ends, 0)[first] <= handles[:, 1])
        wanted[text[~whole]] = False
        last = np.zeros(len(of.starts), dtype=np.int64)
        last[text] = handles[:, 1]
        wanted[of.flagged(np.flatnonzero(of.codes == 10))] = False
        signs = dashes(of)
        wanted[of.flagged(signs[signs <= last[of.text_of(signs)]])] = False
        at = tokens.starts[each & AT != 0]
        wanted[of.flagged(at[(of.code_at(at, -1) == 32) & (of.code_at(at, 2) == 32)])] = False
        wanted &= of.counted(of.of_class(DIGIT)) < 5
        kept = wanted[text]
        for row, (start, end) in zip(
            text[kept].tolist(),
            (handles[kept] - of.starts[text[kept], None]).tolist(),
            strict=True,
        ):
            self.handles.setdefault(self._rows + row, []).append(Span(start, end, "handle"))

    def words_of(self, row: int) -> Words | None:
        """The words of a text that may hold a name; None where they must be looked for."""
        text = self._texts[row]
        if not text or not self._words:
            return None
        if self.bits[row] & NAME == 0 or self.bits[row] == EVERYTHING:
            return None
        part = bisect_right(self._edges, row) - 1
        return self._words[part].of(row - self._edges[part], text)

    def _by_signs(
        self,
        of: Characters,
        tokens: Tokens,
        each: npt.NDArray[np.int64],
        bits: npt.NDArray[np.int64],
    ) -> Numbers:
        """Flag by signs; return where handles begin and end."""
        colons, webs = of.where(":"), tokens.ends[each & WEB != 0]
        bits[of.flagged(colons[_followed(of, colons, "//")])] |= LINK
        bits[of.flagged(webs[of.code_at(webs, 0) == 46])] |= LINK
        ats = of.where("@", "＠")
        before, behind = of.class_at(ats, -1), of.code_at(ats, 1)
        sign, plain = of.code_at(ats, -1), of.codes[ats] == 64
        mails = (before & WORD != 0) | one_of(sign, '+-%"~$*=') | ~plain | one_of(behind, " )]")
        bits[of.flagged(ats[mails])] |= MAIL
        bits[of.flagged([at for at in ats.tolist() if may_be_spaced(of.joined, at)])] |= MAIL
        bits[of.flagged(_spelled(of, tokens, each))] |= MAIL
        plain = ((before & WORD) == 0) & ~one_of(sign, "/＠@&")
        plain &= (behind == 95) | ((of.class_at(ats, 1) & WORD != 0) & (behind < 128))
        handles = [
            (at, found[1])
            for at in ats[plain].tolist()
            if (found := handle_at(of.joined, at)) and found[0] not in self._keep
        ]
        places = np.array(handles, dtype=np.int64).reshape(-1, 2)
        bits[of.flagged(places[:, 0])] |= HANDLE
        return places

    def _by_digits(
        self,
        of: Characters,
        tokens: Tokens,
        each: npt.NDArray[np.int64],
        bits: npt.NDArray[np.int64],
        words: npt.NDArray[np.int64],
    ) -> None:
        digits = of.of_class(DIGIT)
        if not len(digits):
            return
        count = of.counted(digits)
        text = of.text_of(digits)
        one, five, seven = count >= 1, count >= 5, count >= 7
        bits[five & (words & BIRTHS != 0)] |= BIRTH
        bits[one & (words & ACCOUNTS_ONLINE != 0)] |= ONLINE
        post = digits[
            (of.class_at(digits, -1) & SPACE != 0)
            & _capital(of.code_at(digits, 1))
            & _capital(of.code_at(digits, 2))
        ]
        bits[one & ((words & PLACES != 0) | of.flagged(post))] |= ADDRESS
        before, behind = of.code_at(digits, -1), of.code_at(digits, 1)
        iban = digits[
            (of.class_at(digits, 1) & DIGIT != 0) & _latin(before) & _latin(of.code_at(digits, -2))
        ]
        bits[(five & of.flagged(iban)) | (count >= 13)] |= ACCOUNT
        form = _capital(before) | one_of(before, _NEAR_ID) | (behind == 45)
        apart = (before == 45) | (of.class_at(digits, -1) & SPACE != 0)
        second = of.code_at(digits, -2)
        form |= apart & (_capital(second) | one_of(second, _NEAR_ID))
        dotted = (behind == 46) & (of.class_at(digits, 2) & DIGIT != 0)
        ids = of.flagged(digits[:-5][_near(digits, text, 5, 20)])
        ids &= of.flagged(digits[form | dotted])
        eight = of.flagged(digits[:-7][_near(digits, text, 7, 28)])
        named = (words & IDS != 0) | of.flagged(digits[_ends_identity_card(of, digits)])
        bits[(five & (ids | eight)) | ((count >= 3) & named)] |= ID
        colons = of.where(":")
        twice = of.flagged(colons[of.code_at(colons, 1) == 58])
        bits[five & ((of.counted(digits[dotted]) >= 3) | twice | (of.counted(colons) >= 7))] |= IP
        plus = of.flagged(of.where("+", "＋"))
        seventh = digits[:-6][_near(digits, text, 6, 42)]
        dense = of.flagged(seventh) & seven
        # a word about telephones up to 45 characters before seven digits, or right behind them
        low, high = of.within(seventh, -80), of.within(seventh, 80)
        told = tokens.starts[each & PHONE_WORDS != 0]
        spoken = np.searchsorted(told, high) > np.searchsorted(told, low)
        eight = of.flagged(digits[:-7][_near(digits, text, 7, 49)])
        phone = eight | plus | of.flagged(of.where("[")) | of.flagged(seventh[spoken])
        # "my order 7053824": that word is the last before it that speaks of a number
        phone &= of.flagged(seventh[~_of_another(of, tokens, each, seventh)]) | of.flagged(
            of.where("+", "＋", "[", "/")
        )
        bits[dense & phone] |= PHONE | FORMED_PHONE
        dialled = (of.codes[digits] == 48) & ((behind == 48) | (behind == 49))
        bits[dense & (plus | of.flagged(digits[dialled]))] |= KEY_PHONE | FORMED_PHONE
        three = of.flagged(digits[:-2][_near(digits, text, 2, 2)])
        hashes = of.where("#")
        marked = of.flagged(hashes[of.class_at(hashes, 1) & DIGIT != 0])
        bits[three & (marked | (words & ORDER_WORDS != 0))] |= ORDER
        bits[three & (words & TICKET_WORDS != 0)] |= TICKET


def _spelled(of: Characters, tokens: Tokens, each: npt.NDArray[np.int64]) -> list[int]:
    """Places at which the @ of a mail may be spelled out, or written by its number."""
    closing = of.where("]", ")", "}", ">")
    # lower case by the bit that tells it in ASCII
    closing = closing[
        (of.code_at(closing, -1) | 32 == ord("t")) & (of.code_at(closing, -2) | 32 == ord("a"))
    ]
    percents, ands = of.where("%"), of.where("&")
    starts, ends = tokens.starts, tokens.ends
    at = starts[each & AT != 0]
    at = at[(of.code_at(at, -1) == 32) & (of.code_at(at, 2) == 32)] - 1
    return [
        *closing.tolist(),
        *percents[_followed(of, percents, "40")].tolist(),
        *ands[_followed(of, ands, "#64;")].tolist(),
        *of.where("﹫").tolist(),
        *(ends[each & SPELLED_AT != 0] - 1).tolist(),
        *(place for place in at.tolist() if may_be_spelled(of.joined, place)),
    ]


def _of_another(
    of: Characters, tokens: Tokens, each: npt.NDArray[np.int64], places: Numbers
) -> Any:
    """Of each place, whether the words shortly before speak of another number than a telephone's.

    Neither does one of them speak of telephones, nor does a sentence or a line end behind the last.
    """
    near = np.zeros(len(each) + 1, dtype=np.int64)
    np.add.at(near, np.searchsorted(tokens.starts, places - _WELL_BEFORE), 1)
    np.add.at(near, np.searchsorted(tokens.starts, places), -1)
    speak = np.flatnonzero(np.cumsum(near[:-1]))
    phones = each[speak] & PHONE_WORDS != 0
    others = of_another(tokens, speak) & ~phones
    speak, other = speak[phones | others], others[phones | others]
    if not len(speak):
        return np.zeros(len(places), dtype=np.bool_)
    starts, ends = tokens.starts[speak], tokens.ends[speak]
    other &= (of.class_at(starts, -1) & WORD == 0) & (of.class_at(ends, 0) & WORD == 0)
    last = np.searchsorted(starts, places) - 1
    told = np.append(0, np.cumsum(~other))
    first = np.searchsorted(starts, places - _WELL_BEFORE)
    stops = np.flatnonzero(one_of(of.codes, ".!?\n"))
    lines = stops[of.codes[stops] == 10]
    return (
        (last >= 0)
        & other[last]
        & (told[last + 1] == told[first])
        & (np.searchsorted(stops, places) == np.searchsorted(stops, starts[last]))
        # what the line before asks for goes before what its own line says
        & (np.searchsorted(lines, places) == np.searchsorted(lines, places - _ANSWERED))
        & (places - starts[last] <= _WELL_BEFORE)
        & (of.text_of(starts[last]) == of.text_of(places))
    )


def _followed(of: Characters, places: Numbers, signs: str) -> Any:
    """Whether these stand right behind each place."""
    out = np.ones(len(places), dtype=np.bool_)
    for step, sign in enumerate(signs, 1):
        out &= of.code_at(places, step) == ord(sign)
    return out


def _encodes(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _near(digits: Numbers, text: Numbers, further: int, most: int) -> Any:
    """Of each digit but the last, whether the one ``further`` on stands near it."""
    if len(digits) <= further:
        return np.zeros(len(digits[:-further]), dtype=np.bool_)
    near = digits[further:] - digits[:-further] <= most
    return near & (text[further:] == text[:-further])


def _ends_identity_card(of: Characters, digits: Numbers) -> Any:
    """Of each digit, whether it may be the last sign of a German identity card's ten."""
    apart = (of.class_at(digits, 1) & WORD == 0) & (of.class_at(digits, -10) & WORD == 0)
    return apart & one_of(of.code_at(digits, -9), _CARD_BEGINS)


def _capital(codes: npt.NDArray[np.uint32]) -> Any:
    return (codes >= 65) & (codes <= 90)


def _latin(codes: npt.NDArray[np.uint32]) -> Any:
    return _capital(codes & ~np.uint32(32))
