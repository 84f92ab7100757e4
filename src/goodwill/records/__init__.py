"""Records: files become facts. Recognise, read, map, find faults, redact, account, store.

    file -> members -> rows -> typed cells -> mapped rows -> keys out, text redacted
         -> judged against the store -> staged -> Delta tables

Nothing readable of a person is stored: keys become keyed hashes, texts are redacted first, rows
that cannot be taken are encrypted.
"""

from __future__ import annotations

from ._add import add, preview
from ._quarantine import quarantined, readd
from ._report import ImportReport, MappedField, Preview
from ._store import Store, create_store
from .privacy import redact

__all__ = [
    "ImportReport",
    "MappedField",
    "Preview",
    "Store",
    "add",
    "create_store",
    "preview",
    "quarantined",
    "readd",
    "redact",
]
