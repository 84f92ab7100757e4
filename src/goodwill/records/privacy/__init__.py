"""Taking personal data out of texts before they are stored, and the keys that stay outside.

Order of use in ``records``: :func:`find_keys` (identities, to be hashed by a :class:`Keyring`),
then :func:`redact_batch`, then storing. Nothing here reads or writes a Book.
"""

from __future__ import annotations

from goodwill.records.privacy._keyring import Keyring, lies_inside
from goodwill.records.privacy._keys import Key, common_handles, find_keys
from goodwill.records.privacy._mask import is_opaque, mask, safe_ref, safe_refs
from goodwill.records.privacy._phones import e164, forget_texts
from goodwill.records.privacy._redact import REDACTION_VERSION, redact, redact_batch
from goodwill.records.privacy._screen import Screen
from goodwill.records.privacy._spans import KINDS, Span

__all__ = [
    "KINDS",
    "REDACTION_VERSION",
    "Key",
    "Keyring",
    "Screen",
    "Span",
    "common_handles",
    "e164",
    "find_keys",
    "forget_texts",
    "is_opaque",
    "lies_inside",
    "mask",
    "redact",
    "redact_batch",
    "safe_ref",
    "safe_refs",
]
