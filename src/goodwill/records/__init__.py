"""Records: files become facts. Recognise, read, map, find faults, redact, account, store.

    file -> members -> rows -> typed cells -> mapped rows -> keys out, text redacted
         -> judged against the store -> staged -> Delta tables

Nothing readable of a person is stored: keys become keyed hashes, texts are redacted first, rows
that cannot be taken are encrypted.
"""

from __future__ import annotations

from ._add import add, preview
from ._person import Person, person
from ._quarantine import quarantined, readd
from ._report import ImportReport, MappedField, Preview
from ._store import Store, create_store
from ._vault import ContactDetails, opened, shown
from .privacy import redact

__all__ = [
    "ContactDetails",
    "ImportReport",
    "MappedField",
    "Person",
    "Preview",
    "Store",
    "add",
    "create_store",
    "opened",
    "person",
    "preview",
    "quarantined",
    "readd",
    "redact",
    "shown",
]
