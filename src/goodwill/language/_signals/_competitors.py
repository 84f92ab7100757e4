"""Which company a message names as a competitor, by the name that people know it by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from goodwill.language._signals._fold import folded_with_places
from goodwill.language._signals._written import (
    BRAND_SIGNALS,
    LANGUAGES,
    companies,
    name_pattern,
    named,
    written,
)

_SHOWS = 0.5
_GOES = "switched_to_competitor"
_REST = re.compile(r"\w*")


def spelled(competitors: Iterable[str]) -> dict[str, str]:
    """Return names of companies as they were given, by their form in `named` and in its order.

    >>> spelled(["Initech", "Águas & Co."])
    {'aguas co': 'Águas & Co.', 'initech': 'Initech'}
    """
    given = {name: each for each in competitors for name in named([each])}
    return {name: given[name] for name in named(given.values())}


def competitors_in(
    texts: Any, codes: Any, found: pa.RecordBatch, competitors: Mapping[str, str]
) -> pa.Array:
    """Return the first competitor that each text names; null where none is named by name.

    Args:
        texts: An Arrow array.
        codes: Their languages.
        found: Their signals.
        competitors: The names of the company's own list, as `spelled` gives them.
    """
    shows = [pc.fill_null(pc.greater_equal(found[name], _SHOWS), False) for name in BRAND_SIGNALS]
    names: list[str | None] = [None] * len(texts)
    for row in np.flatnonzero(pc.or_(*shows).to_numpy(zero_copy_only=False)).tolist():
        if (code := codes[row].as_py()) in LANGUAGES:
            names[row] = _first(texts[row].as_py(), code, competitors)
    return pa.array(names, pa.string())


def _first(text: str, language: str, competitors: Mapping[str, str]) -> str | None:
    """Return the competitor to whom a text goes, else the one it names; the first of several."""
    low, _ = folded_with_places(text)
    known = _patterns(language, tuple(competitors.items()))
    told = []
    for each in written(language, tuple(competitors)):
        if each.name in BRAND_SIGNALS:
            for start, end in each.words(low)[1]:
                # The pattern may end within a word: "deltas", "united airlines".
                said = _REST.match(low, end)
                told += [
                    (each.name != _GOES, match.start(), place, name)
                    for place, (name, pattern) in enumerate(known)
                    if said and (match := pattern.search(low, start, said.end()))
                ]
    return min(told)[-1] if told else None


@cache
def _patterns(
    language: str, competitors: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return names and how they are written, the company's own list first."""
    own = [(name, name_pattern(form)) for form, name in competitors]
    return tuple(
        (name, re.compile(rf"(?<![a-z0-9])(?:{said})(?![a-z0-9])", re.ASCII))
        for name, said in [*own, *companies(language).items()]
    )
