"""Redaction: personal data in texts replaced by placeholders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set

from goodwill.records.privacy._flags import (
    ACCOUNT,
    ADDRESS,
    BIRTH,
    FORMED_PHONE,
    HANDLE,
    ID,
    IP,
    LINK,
    MAIL,
    NAME,
    NUMBERS,
    ONLINE,
    PHONE,
    STRUCTURED,
)
from goodwill.records.privacy._known import find_known
from goodwill.records.privacy._mails import (
    URL,
    find_accounts_online,
    find_handles,
    find_mails,
    find_urls,
)
from goodwill.records.privacy._names import find_names
from goodwill.records.privacy._numbers import find_accounts, find_ids
from goodwill.records.privacy._phones import find_phones
from goodwill.records.privacy._places import find_addresses, find_births, find_ips
from goodwill.records.privacy._screen import Screen
from goodwill.records.privacy._spans import KINDS, Found, Span, carry_back, replace
from goodwill.records.privacy._words import Words

REDACTION_VERSION = 7
"""Stored beside each text; grows whenever the same text would be redacted otherwise."""

Keep = Callable[[str, str], bool]
"""``keep(kind, value)`` says whether a find is known and not personal: an order number of the
Book found as ``phone``, ``card`` or ``id``; the company's own name found as ``name``."""

_DIGIT = re.compile(r"\d")


def redact(
    texts: Iterable[str | None],
    *,
    names: Sequence[tuple[str, ...] | None] | None = None,
    keep: Keep | None = None,
    keep_handles: Set[str] = frozenset(),
    kinds: Set[str] = KINDS,
    screen: Screen | None = None,
) -> list[tuple[str | None, list[Span]]]:
    """Each text with its personal data replaced, and where that stood in the original.

    Redacting a redacted text changes nothing. None passes through as None.

    Args:
        names: by text, names of its persons (from the row's name columns), removed wherever
            they stand, in any case, each part of three letters or more also alone.
        keep: asked as ``keep(kind, value)`` about a find; true keeps it readable.
        keep_handles: handles that stay, without @, in lower case (the company's own).
        kinds: the kinds to look for; without ``name`` for columns such as a product.
        screen: of these texts, where one was made already.
    """
    listed = texts if isinstance(texts, Sequence) else list(texts)
    settled: list[tuple[str | None, list[Span]]] = [(text, []) for text in listed]
    for row, work in _worked(listed, names, keep, keep_handles, kinds, screen):
        settled[row] = (work.done, list(work.spans))
    return settled


def redact_batch(
    texts: Sequence[str | None],
    *,
    names: Sequence[tuple[str, ...] | None] | None = None,
    keep: Keep | None = None,
    keep_handles: Set[str] = frozenset(),
    kinds: Set[str] = KINDS,
    screen: Screen | None = None,
) -> list[str | None]:
    """:func:`redact` without the spans."""
    settled = list(texts)
    for row, work in _worked(texts, names, keep, keep_handles, kinds, screen):
        settled[row] = work.done
    return settled


def _worked(
    texts: Sequence[str | None],
    names: Sequence[tuple[str, ...] | None] | None,
    keep: Keep | None,
    keep_handles: Set[str],
    kinds: Set[str],
    screen: Screen | None,
) -> list[tuple[int, _Work]]:
    """Redact the texts in which something may be found; return those, by row."""
    keep = _only(kinds, keep)
    people = "name" in kinds
    wanted = STRUCTURED | NAME if people else STRUCTURED
    works: list[_Work] = []
    by_row: list[tuple[int, _Work]] = []
    same: dict[str, _Work] = {}  # a company says the same to many
    screen = screen or Screen(texts, keep_handles)
    bits, handles = screen.bits, screen.handles
    for row, (text, may) in enumerate(zip(texts, bits, strict=True)):
        known = (names[row] if names is not None and people else None) or ()
        if not text or not (may & wanted or known):
            continue
        work = None if known else same.get(text)
        if (
            work is None
            and not known
            and (plain := handles.get(row))
            and not (keep and any(keep(kind, text[start:end]) for start, end, kind in plain))
        ):
            work = same[text] = _Work(text, known, may, None)
            work.spans, work.done = plain, replace(text, plain)
        if work is None:
            work = _Work(text, known, may, screen.words_of(row))
            works.append(work)
            if not known:
                same[text] = work
        by_row.append((row, work))
    while True:
        works = [work for work in works if work.look(keep, keep_handles, people)]
        if not works:
            break
        screen = Screen([work.done for work in works], keep_handles, sieved=False)
        for row, (work, may) in enumerate(zip(works, screen.bits, strict=True)):
            work.bits, work.words = may, screen.words_of(row)
    return by_row


def _only(kinds: Set[str], keep: Keep | None) -> Keep | None:
    """``keep`` that keeps every other kind as well."""
    if kinds >= KINDS:
        return keep
    return lambda kind, value: kind not in kinds or (keep is not None and keep(kind, value))


class _Work:
    """One text while it is redacted: a placeholder may lay bare what stands beside it.

    Names are looked for once all else is replaced. It ends: each look but the last turns at least
    one character into a placeholder, and none is made of one. What is left holds no find of
    either kind, so that redacting it again changes nothing.
    """

    __slots__ = ("_known", "_open", "_settled", "_text", "bits", "done", "spans", "words")

    def __init__(self, text: str, known: tuple[str, ...], bits: int, words: Words | None) -> None:
        self._text = self.done = text
        self._known = known
        self.bits, self.words = bits, words
        self.spans: list[Span] = []
        self._settled = False
        self._open: bool | None = None

    def look(self, keep: Keep | None, keep_handles: Set[str], people: bool) -> bool:
        """Look once, where ``bits`` say that something may be; return whether to look again."""
        more: list[Span] = []
        if not self._settled:
            if self.bits & STRUCTURED:
                more = _structured(self.done, keep, keep_handles, self.bits)
            self._open = _is_open(self.done) if more else None
        if more and not self.spans:
            self._settled = not self._open and all(span.kind == "handle" for span in more)
            self.spans, self.done = more, replace(self._text, more)
            return True
        if people and not more and (self.bits & NAME or self._known):
            more = _named(self.done, self._known, keep, self.words)
            if self._open is None:
                self._open = _is_open(self.done)
            self._settled = not self._open  # names gone lay bare no other form, but see below
        if not more:
            return False
        self.spans = carry_back(self.spans, more) if self.spans else more
        self.done = replace(self._text, self.spans)
        # "Eva@home": behind a placeholder the rest is a handle.
        self._settled = self._settled and "]@" not in self.done and "]＠" not in self.done
        return True


def _structured(text: str, keep: Keep | None, keep_handles: Set[str], bits: int) -> list[Span]:
    """The finds with a form of their own."""
    found = Found(text, keep)
    if bits & LINK:
        find_urls(found)
    if bits & MAIL:
        find_mails(found)
    digits = _digits(text) if bits & NUMBERS else 0
    if digits:
        if digits >= 5 and bits & BIRTH:
            find_births(found)
        if digits >= 5 and bits & ACCOUNT:
            find_accounts(found)
        if digits >= 3 and bits & ID:
            find_ids(found)
        if digits >= 7 and bits & PHONE:
            find_phones(found, formed=bits & FORMED_PHONE != 0)
        if digits >= 5 and bits & IP:
            find_ips(found)
        if bits & ONLINE:
            find_accounts_online(found)
        if bits & ADDRESS:
            find_addresses(found)
    if bits & HANDLE:
        find_handles(found, keep_handles)
    return found.spans


def _digits(text: str) -> int:
    # numbers in links (t.co/x1Y2) are no reason to look closer
    if "://" in text:
        text = URL.sub("", text)
    return sum(map(text.count, "0123456789")) if text.isascii() else len(_DIGIT.findall(text))


def _is_open(text: str) -> bool:
    """Whether a find may hang on words some way before it, which a placeholder brings nearer."""
    return " at " in text or " at " in text.lower() or _digits(text) >= 5


def _named(text: str, known: tuple[str, ...], keep: Keep | None, words: Words | None) -> list[Span]:
    found = Found(text, keep)
    if known:
        find_known(found, known)
    find_names(found, words)
    return found.spans
