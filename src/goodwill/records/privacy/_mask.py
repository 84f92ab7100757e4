"""What may be shown of a value: masks for messages, and references safe to store."""

from __future__ import annotations

import re
from collections.abc import Iterable

from goodwill.records.privacy._checks import cnpj_holds, cpf_holds, luhn_holds
from goodwill.records.privacy._keyring import Keyring

MASK_CHARACTERS = 24

_OPAQUE = re.compile(
    r"""(?:
        \d{1,20}
      | [0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}
      | (?=[0-9a-f]*\d)[0-9a-f]{8,64} | (?=[0-9A-F]*\d)[0-9A-F]{8,64}
      | [A-Za-z]{1,6}[-_:.\#]?\d{1,20}
      | [a-z]{2,8}_(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{8,40}
      | h:[0-9a-f]{32}
    )\Z""",
    re.VERBOSE,
)
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+\Z")


def mask(value: object) -> str:
    """The shape of a value, for messages: letters as x, digits as 9, at most 24 characters."""
    text = "".join(
        ("X" if c.isupper() else "x") if c.isalpha() else "9" if c.isalnum() else c
        for c in (str(value)[:2000])
    )
    text = "".join(c if c.isprintable() else "·" for c in text)
    if len(text) <= MASK_CHARACTERS:
        return text
    return f"{text[:14]}…{text[-9:]}"


def is_opaque(ref: str) -> bool:
    """Whether a reference tells nothing about a person: digits, uuid, hex, prefix and digits."""
    if not _OPAQUE.match(ref):
        return False
    if ref.isdigit():
        if len(ref) == 11 and cpf_holds(ref):
            return False
        if len(ref) == 14 and cnpj_holds(ref):
            return False
        if len(ref) == 16 and ref[0] in "23456" and luhn_holds(ref):
            return False
    return True


def safe_ref(ref: str, keyring: Keyring) -> str:
    """The reference if it is opaque, else ``h:`` and its keyed hash.

    A mail is hashed as the identity of kind ``email`` (lower case) and a handle as ``handle``,
    so that the hash equals that of the same key found elsewhere in the source.
    """
    ref = ref.strip()
    if is_opaque(ref):
        return ref
    kind, value = "ref", ref
    if _MAIL.match(ref):
        kind, value = "email", ref.lower()
    elif ref.startswith("@") and len(ref) > 1:
        kind, value = "handle", ref[1:].lower()
    return "h:" + keyring.hash(kind, value)


def safe_refs(refs: Iterable[str | None], keyring: Keyring) -> list[str | None]:
    """:func:`safe_ref` of many references (a list or an Arrow array); empty and None are None."""
    values = refs.to_pylist() if hasattr(refs, "to_pylist") else refs
    seen: dict[str, str | None] = {}
    safe: list[str | None] = []
    for ref in values:
        if ref is None:
            safe.append(None)
            continue
        if ref not in seen:
            seen[ref] = safe_ref(ref, keyring) if ref.strip() else None
        safe.append(seen[ref])
    return safe
