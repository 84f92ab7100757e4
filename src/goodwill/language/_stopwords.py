"""Words that no theme is named by, in English, Spanish and Portuguese, as `_words` cuts them."""

from __future__ import annotations

from importlib.resources import files


def _lists() -> dict[str, frozenset[str]]:
    text = (files("goodwill.language") / "data" / "small_words.txt").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif not line.startswith("#"):
            found.setdefault(name, set()).update(line.split())
    return {name: frozenset(words) for name, words in found.items()}


LISTS = _lists()

NOT = "not"

NEGATIONS = LISTS["not"]
"""English words that a label writes as ``not``."""

LEADING = LISTS["leading"] | {NOT}
"""Negations: a phrase may begin with them and must not end with them."""

WEAK = LISTS["weak"]
"""Words that a phrase may hold; alone they say too little."""

SMALL = (LISTS["en"] | LISTS["es"] | LISTS["pt"]) - NEGATIONS - LEADING
"""Words that are left out of phrases: they join, greet, count, date or complain."""
