"""Names of persons, by the words around them and by lists of given names and surnames."""

from __future__ import annotations

import re

from goodwill.records.privacy._spans import Found

_GREETING = re.compile(
    r"^\s*(?:hi|hello|dear|hey|olá|hola|bonjour|liebe[r]?|caro|cara|estimad[oa]|prezad[oa])\s+"
    r"(?P<name>[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+){0,2})\s*[,!\n]",
    re.IGNORECASE,
)


def find_names(found: Found) -> None:
    """Names of persons."""
    for match in _GREETING.finditer(found.text):
        found.add(match.start("name"), match.end("name"), "name")


def find_known(found: Found, names: tuple[str, ...]) -> None:
    """The given names of this row, wherever they stand; the first name alone also."""
    text = found.text
    wanted = []
    for name in names:
        parts = [p for p in re.split(r"[\s,]+", name) if p]
        if not parts:
            continue
        wanted.append(r"[\s,]+".join(map(re.escape, parts)))
        wanted.extend(re.escape(p) for p in parts if len(p) >= 3)
    if not wanted:
        return
    for match in re.finditer(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w)", text, re.IGNORECASE):
        found.add(match.start(), match.end(), "name")
