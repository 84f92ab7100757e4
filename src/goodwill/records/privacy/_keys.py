"""Keys of a customer in a text, taken before redaction so that they can be hashed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from goodwill.records.privacy._flags import (
    EVERYTHING,
    FORMED_PHONE,
    KEY_PHONE,
    KEYS,
    MAIL,
    ORDER,
    TICKET,
)
from goodwill.records.privacy._mails import find_mails
from goodwill.records.privacy._phones import e164, phones_of
from goodwill.records.privacy._screen import Screen
from goodwill.records.privacy._spans import Found

_NUMBER_WORDS = r"(?:(?:numbers?|num|no|nr|n[º°o]|n[úu]mero|num[ée]ro|nummer)\b\.?|\#)"
_VALUE = r"(?P<value>(?=[A-Z0-9-]*\d{3})[A-Z]{0,4}-?\d[A-Z0-9]*(?:-[A-Z0-9]*\d[A-Z0-9]*){0,3})"

DEFAULT_PATTERNS: Mapping[str, str] = {
    "order": (
        r"\b(?:orders?|purchase|pedidos?|encomendas?|compra|commandes?|bestellung|bestellnummer"
        r"|bestellnr|auftrag|auftragsnummer|ordine)\b\.?"
        rf"(?:[\s:=,.-]|\b(?:is|es|ist|est|id|de)\b|[éè]\s|{_NUMBER_WORDS}){{0,6}}{_VALUE}(?!\w)"
        r"|\#(?<![\w&/#].)(?<!case.)(?<!case .)(?<!ticket.)(?<!ticket .)(?<!incident .)"
        r"(?<!request .)(?<!flight.)(?<!flight .)(?<!flt.)(?<!flt .)(?<!room .)(?<!gate .)"
        r"(?P<value_bare>\d{3,12}(?:-\d{2,8})?)(?![\w-])"
    ),
    "ticket": (
        r"\b(?:tickets?|case|incident|request|chamado|protocolo|dossier|vorgang|ticketnummer"
        r"|reclamaci[óo]n|reclama[çc][ãa]o|anfrage)\b\.?"
        rf"(?:[\s:=,.-]|\b(?:is|es|ist|est|id|de)\b|[éè]\s|{_NUMBER_WORDS}){{0,6}}{_VALUE}(?!\w)"
    ),
}
"""Patterns of order and ticket numbers by kind; the number is the group ``value``."""

_FLAGS = {"order": ORDER, "ticket": TICKET}
# How the matches of those begin, in lower case.
_BEGINNINGS: Mapping[str, tuple[str, ...]] = {
    "order": (
        "order", "purchase", "pedido", "encomenda", "compra", "commande", "bestell", "auftrag",
        "ordine", "#",
    ),
    "ticket": (
        "ticket", "case", "incident", "request", "chamado", "protocolo", "dossier", "vorgang",
        "reclama", "anfrage",
    ),
}  # fmt: skip
_BEGINS = {kind: re.compile("|".join(map(re.escape, words))) for kind, words in _BEGINNINGS.items()}
_UNLIKE_LOWER = re.compile("[\u0130\u0131\u017f\u212a]")  # also an i, s or k, whatever their case
_DIGIT = re.compile(r"\d")
_THREE = re.compile(r"\d{3}")
_AT_WORD = re.compile(r"\b(?:at|arroba|chez)\b", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@])@(\w{2,30})")


class Key(NamedTuple):
    """A key that a customer used: mail in lower case, phone in E.164, number in upper case."""

    kind: str
    value: str


def find_keys(
    texts: Iterable[str | None],
    *,
    patterns: Mapping[str, str | re.Pattern[str]] | None = None,
    region: str | None = None,
    screen: Screen | None = None,
) -> list[list[Key]]:
    """The distinct keys in each text, in order of kind and place.

    Args:
        texts: as written, before redaction; None has no keys.
        patterns: regular expressions by kind (``order``, ``ticket``, ...), the number in the
            group ``value``, else in the first group, else the whole; replaces the built-in ones.
        screen: of these texts, where one was made already.
        region: the country (ISO 3166, "GB") of phones without a country code; without it those
            are not keys, since nobody can say whose they are.
    """
    compiled = [
        (kind, re.compile(p, re.IGNORECASE) if isinstance(p, str) else p,
         EVERYTHING if patterns is not None else _FLAGS[kind])
        for kind, p in (DEFAULT_PATTERNS if patterns is None else patterns).items()
    ]  # fmt: skip
    always = patterns is not None
    listed = texts if isinstance(texts, Sequence) else list(texts)
    screened = not always and region is None
    bits = (screen or Screen(listed)).bits if screened else [EVERYTHING] * len(listed)
    return [
        _keys_of(text, compiled, region, may, always) if text and may & KEYS else []
        for text, may in zip(listed, bits, strict=True)
    ]


def _keys_of(
    text: str,
    compiled: Sequence[tuple[str, re.Pattern[str], int]],
    region: str | None,
    bits: int,
    always: bool,
) -> list[Key]:
    # An order's or a ticket's number has three digits in a row, and the first look has seen them.
    told = bits & (ORDER | TICKET) and bits != EVERYTHING
    if not always and not told and not _triggers(text):
        return []
    keys: dict[Key, None] = {}
    found = Found(text)
    if bits & MAIL:
        find_mails(found)
    for span in found.spans:
        if value := _mail_value(text[span.start : span.end]):
            keys[Key("email", value)] = None
    if bits & KEY_PHONE and len(_DIGIT.findall(text)) >= 7:
        for start, end in phones_of(text, bits & FORMED_PHONE != 0):
            if found.free(start, end) and (number := e164(text[start:end], region)):
                keys[Key("phone", number)] = None
    for kind, pattern, flag in compiled:
        if not bits & flag:
            continue
        begins = None if always else _BEGINS[kind]
        for match in _matches(pattern, text, found.low, begins):
            if found.free(*match.span()) and (value := _group(match).strip()):
                keys[Key(kind, value.upper())] = None
    return list(keys)


def _triggers(text: str) -> bool:
    """Whether a text has anything of a key at all."""
    return (
        "@" in text or _THREE.search(text) is not None or "＠" in text or "﹫" in text
        or _AT_WORD.search(text) is not None
    )  # fmt: skip


def _matches(
    pattern: re.Pattern[str], text: str, low: str, begins: re.Pattern[str] | None
) -> Iterator[re.Match[str]]:
    """The matches, as ``finditer`` gives them; tried only where one of the beginnings stands.

    None begins within another but behind a letter, where the patterns do not begin.
    """
    if begins is None or (not text.isascii() and _UNLIKE_LOWER.search(text)):
        yield from pattern.finditer(text)
        return
    behind = 0
    for begin in begins.finditer(low):
        place = begin.start()
        if place >= behind and (match := pattern.match(text, place)):
            behind = match.end()
            yield match


def _group(match: re.Match[str]) -> str:
    for name in match.re.groupindex:
        if name.startswith("value") and (value := match[name]):
            return str(value)
    return next((group for group in match.groups() if group), match.group())


_SPELLED_AT = re.compile(r"\s*[\[({<]\s?(?:at|arroba|@)\s?[\])}>]\s*|\s+(?:at|arroba|chez|ät)\s+")
_SPELLED_DOT = re.compile(
    r"\s*[\[({]\s?(?:dot|\.)\s?[\])}]\s*|\s+(?:dot|punto|ponto|point|punkt)\s+|\s*\.\s*"
)


def _mail_value(text: str) -> str:
    """The mail in its usual form, lower case; empty where none can be read from it."""
    value = text.lower().removeprefix("mailto:")
    for sign in ("＠", "﹫", "&#64;", "%40"):
        value = value.replace(sign, "@")
    if "@" not in value:
        value = _SPELLED_AT.sub("@", value, count=1)
    value = _SPELLED_DOT.sub(".", value).replace(" ", "")
    return value if value.count("@") == 1 and "." in value.rpartition("@")[2] else ""


def common_handles(
    texts: Iterable[str | None], *, least_share: float = 0.02, least: int = 20
) -> frozenset[str]:
    """Handles so common in a file that they are the company's own, lower case, without @."""
    counts: Counter[str] = Counter()
    rows = 0
    for text in texts:
        rows += 1
        if text and "@" in text:
            counts.update({handle.lower() for handle in _HANDLE.findall(text)})
    needed = max(least, least_share * rows)
    return frozenset(handle for handle, n in counts.items() if n >= needed)
