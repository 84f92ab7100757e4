"""Redaction: personal data in texts replaced by placeholders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set

from goodwill.records.privacy._mails import (
    URL,
    find_accounts_online,
    find_handles,
    find_mails,
    find_urls,
)
from goodwill.records.privacy._names import find_known, find_names
from goodwill.records.privacy._numbers import find_accounts, find_ids
from goodwill.records.privacy._phones import find_phones
from goodwill.records.privacy._places import find_addresses, find_births, find_ips
from goodwill.records.privacy._screen import Screen
from goodwill.records.privacy._spans import KINDS, Found, Span, carry_back, replace

REDACTION_VERSION = 1
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
    keep = _only(kinds, keep)
    people = "name" in kinds
    listed = texts if isinstance(texts, Sequence) else list(texts)
    settled: list[tuple[str | None, list[Span]]] = []
    done: dict[str, tuple[str, list[Span]]] = {}
    maybe = (screen or Screen(listed)).structured.tolist()
    for row, (text, structured) in enumerate(zip(listed, maybe, strict=True)):
        if not text:
            settled.append((text, []))
            continue
        known = (names[row] if names is not None else None) or ()
        if not structured and not people:
            settled.append((text, []))
        elif known:
            settled.append(_settle(text, known, keep, keep_handles, people, structured))
        else:
            # A company says the same to many.
            if (same := done.get(text)) is None:
                same = done[text] = _settle(text, (), keep, keep_handles, people, structured)
            settled.append((same[0], list(same[1])))
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
    found = redact(
        texts, names=names, keep=keep, keep_handles=keep_handles, kinds=kinds, screen=screen
    )
    return [text for text, _ in found]


def _only(kinds: Set[str], keep: Keep | None) -> Keep | None:
    """``keep`` that keeps every other kind as well."""
    if kinds >= KINDS:
        return keep
    return lambda kind, value: kind not in kinds or (keep is not None and keep(kind, value))


def _settle(
    text: str,
    known: tuple[str, ...],
    keep: Keep | None,
    keep_handles: Set[str],
    people: bool,
    structured: bool,
) -> tuple[str, list[Span]]:
    """Redact until nothing more is found: a placeholder may lay bare what stands beside it.

    Names are looked for once all else is replaced. It ends: each round turns at least one
    character into a placeholder, and none is made of one. What is left holds no find of either
    kind, so that redacting it again changes nothing.
    """
    spans: list[Span] = []
    open_ = " at " in text.lower()
    if structured:
        spans, open_ = _structured(text, keep, keep_handles)
    done = replace(text, spans) if spans else text
    settled = not spans or (not open_ and all(span.kind == "handle" for span in spans))
    while True:
        more: list[Span] = []
        if not settled:
            more, open_ = _structured(done, keep, keep_handles)
        if people and not more:
            more = _named(done, known, keep)
            settled = not open_  # names gone lay bare no other form, but see below
        if not more:
            return done, spans
        spans = carry_back(spans, more) if spans else more
        done = replace(text, spans)
        # "Eva@home": behind a placeholder the rest is a handle.
        settled = settled and "]@" not in done and "]＠" not in done


def _structured(text: str, keep: Keep | None, keep_handles: Set[str]) -> tuple[list[Span], bool]:
    """The finds with a form of their own, and whether replacing a word may bring others.

    It may where a find hangs on words some way before it, which a placeholder brings nearer.
    """
    found = Found(text, keep)
    find_urls(found)
    find_mails(found)
    # numbers in links (t.co/x1Y2) are no reason to look closer
    digits = len(_DIGIT.findall(URL.sub("", text) if "://" in text else text))
    if digits:
        if digits >= 5:
            find_births(found)
            find_accounts(found)
            find_ids(found)
            if digits >= 7:
                find_phones(found)
            find_ips(found)
        find_accounts_online(found)
        find_addresses(found)
    if "@" in text or "＠" in text:
        find_handles(found, keep_handles)
    found.spans.sort()
    return found.spans, digits >= 5 or " at " in found.low


def _named(text: str, known: tuple[str, ...], keep: Keep | None) -> list[Span]:
    found = Found(text, keep)
    if known:
        find_known(found, known)
    find_names(found)
    found.spans.sort()
    return found.spans
