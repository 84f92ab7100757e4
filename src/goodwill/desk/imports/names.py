"""What a file is called here: the client's name, made safe to store and to show."""

from __future__ import annotations

import re
import unicodedata

from goodwill.records import parted, without_people

_LONGEST = 60


def safe_name(given: str) -> str:
    """Return letters, digits, dot, dash and underscore of a name, without persons in it.

    >>> safe_name("../../etc/Tickets of Maria Lopez (week 12).csv")
    'Tickets-of-name-week-12.csv'
    >>> safe_name("maria.lopez@example.com.csv")
    'email.csv'
    >>> safe_name("..")
    'file'
    """
    text = unicodedata.normalize("NFKC", given[:1000])
    text = text.replace("\\", "/").rsplit("/", 1)[-1]
    stem, end = parted(text)
    stem = without_people(stem)
    stem = "".join(c if c.isalnum() or c in ".-" else "-" for c in stem)
    stem = re.sub(r"-{2,}", "-", stem).strip(".-")[:_LONGEST].rstrip(".-")
    return (stem or "file") + end.lower()
