"""The settings of a Book: ``goodwill.toml``, read in one place and checked when it is read."""

from __future__ import annotations

from goodwill.settings._about import ADD, IRREVERSIBLE, NOW, REFRESH, About, about
from goodwill.settings._checks import check, faults_of
from goodwill.settings._file import FILE_NAME, OWN, change, read, stamp, write
from goodwill.settings._values import (
    FORMAT,
    HARMS,
    PUBLISHED,
    WEEKDAYS,
    PublishedPromise,
    Settings,
    spans_of,
)

__all__ = [
    "ADD",
    "About",
    "FILE_NAME",
    "FORMAT",
    "HARMS",
    "IRREVERSIBLE",
    "NOW",
    "OWN",
    "PUBLISHED",
    "PublishedPromise",
    "REFRESH",
    "Settings",
    "WEEKDAYS",
    "about",
    "change",
    "check",
    "faults_of",
    "read",
    "spans_of",
    "stamp",
    "write",
]
