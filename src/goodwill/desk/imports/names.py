"""What a file is called here: the client's name, made safe to store and to show."""

from __future__ import annotations

import re
import unicodedata

from goodwill.records import redact

_LONGEST = 60
_ENDING = re.compile(r"\.[a-z0-9]{1,7}(?:(?<!\.com)\.(?:gz|zip))?\Z", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\[(\w+)\]")


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
    ending = _ENDING.search(text)
    stem, end = (text[: ending.start()], ending[0].lower()) if ending else (text, "")
    stem = re.sub(r"[_+]+", " ", stem).strip()
    stem = redact([stem])[0][0] or ""
    stem = re.sub(r"\S*@\S*", "[email]", stem)  # one whose ending was cut off with the file's
    stem = _PLACEHOLDER.sub(r"\1", stem)
    stem = "".join(c if c.isalnum() or c in ".-" else "-" for c in stem)
    stem = re.sub(r"-{2,}", "-", stem).strip(".-")[:_LONGEST].rstrip(".-")
    return (stem or "file") + end
