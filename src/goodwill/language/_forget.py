"""Themes without the words of somebody who asked to be forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from goodwill.language._sample import Gatherer
from goodwill.language._themes import kept_themes

_WORD = re.compile(r"\w+")


def theme_words(path: Path) -> set[str]:
    """Return the words of the labels and terms of the kept themes, in lower case."""
    themes = kept_themes(path)
    if themes is None:
        return set()
    terms = [term for terms in themes.terms for term in terms]
    said = [*terms, *themes.labels, *themes.area_labels]
    return {word for each in said for word in _WORD.findall(each.lower())}


def forget_texts(path: Path, texts: Iterable[list[str]], lost: set[str]) -> None:
    """Take what only these texts said out of the kept themes.

    A label or term with a word that nobody else has used goes; so do the hashes of the texts. The
    centres stay: each is the mean of many texts, and no text can be read out of it.

    Args:
        path: The kept themes; nothing is done when there are none.
        texts: What was erased, some at a time.
        lost: Words, in lower case, that stand in these texts and in no other.
    """
    themes = kept_themes(path)
    if themes is None:
        path.unlink(missing_ok=True)  # of another format: of no use any more
        return

    def said(term: str) -> bool:
        return not lost.intersection(_WORD.findall(term.lower()))

    themes.terms = [[term for term in terms if said(term)] for terms in themes.terms]
    themes.labels = [
        label if said(label) else terms[0] if terms else f"theme {number}"
        for number, (label, terms) in enumerate(zip(themes.labels, themes.terms, strict=True))
    ]
    themes.area_labels = [
        label if said(label) else f"area {number}"
        for number, label in enumerate(themes.area_labels)
    ]
    gathered = Gatherer(themes.names)
    for some in texts:
        gathered.add(some)
    themes.seen = np.setdiff1d(themes.seen, gathered.hashes)
    themes.save(path)
