"""Signals that are written with care: classes of patterns, each with how often it is right.

The patterns of a language stand in one file, such as ``en.toml``. They are kept to what RE2 reads,
so that a column is searched in Arrow, in time linear in its length, and Python's ``re`` finds the
same words in one text. Of several classes that hit, the first counts: it is the surest.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from goodwill.language._signals._fold import folded_with_places
from goodwill.language._words import LONGEST

LANGUAGES = ("en", "es", "pt")
"""Languages with a file of patterns: English has all signals, the others a few."""

BRAND_SIGNALS = ("competitor_named", "switched_to_competitor")
"""A brand that the message is addressed to (its first handles) is no competitor."""

_COMPANIES = ("brands", "rivals")
"""The tables of a file that say how customers write the names of companies."""
_WORD = re.compile(r"<([a-z]+)>")
_ADDRESS = r"^\W*(?:@\w+[\W_]*)+"
_CUT = "."
"""What stands for words that are cut out: no pattern reads across it."""


@dataclass(frozen=True, slots=True)
class Class:
    """Patterns that are right as often as each other."""

    probability: float
    says: str
    unless: str


@dataclass(frozen=True, slots=True)
class Written:
    """A signal: its classes, and the share of messages without a hit that carry it.

    A text of more letters than ``longest`` is taken to have no hit. Words that say that it is not
    so (``denied``) are no hit either; what stands beside them may be one.
    """

    name: str
    otherwise: float
    longest: int
    classes: tuple[Class, ...]
    brand: str
    denied: str = ""

    def score(self, texts: Any, denied: Any) -> npt.NDArray[np.float32]:
        """Return the probability of each text.

        Args:
            texts: An Arrow array, folded.
            denied: What `denies` says of them.
        """
        found = np.full(len(texts), self.otherwise, np.float32)
        search = pc.replace_substring_regex(texts, _ADDRESS, "") if self.brand else texts
        if pc.any(denied).as_py():
            rest = pc.replace_substring_regex(search.filter(denied), self.denied, _CUT)
            search = pc.replace_with_mask(search, denied, rest)
        open_ = pa.array(np.arange(len(texts)))
        if self.longest < LONGEST:
            open_ = open_.filter(pc.less_equal(pc.utf8_length(texts), self.longest))
        for kind in self.classes:
            hit = pc.match_substring_regex(search.take(open_), kind.says)
            if not pc.any(hit).as_py():
                continue
            rows = open_.filter(hit)
            right = self._right(texts.take(rows), kind)
            found[rows.filter(right).to_numpy()] = kind.probability
            # What one class takes back, a weaker one does not bring in again.
            open_ = open_.filter(pc.invert(hit))
        return found

    def denies(self, texts: Any) -> Any:
        """Return which texts (an Arrow array, folded) say somewhere that it is not so."""
        if not self.denied:
            return pa.array(np.zeros(len(texts), bool))
        return pc.match_substring_regex(texts, self.denied)

    def _right(self, texts: Any, kind: Class) -> Any:
        right = pa.array(np.ones(len(texts), bool))
        if kind.unless:
            right = pc.invert(pc.match_substring_regex(texts, kind.unless))
        if self.name in BRAND_SIGNALS:
            kept = [self._other(text, kind) for text in texts.to_pylist()]
            right = pc.and_(right, pa.array(kept, pa.bool_()))
        return right

    def _other(self, text: str, kind: Class) -> bool:
        return next(self._spans(text, kind), None) is not None

    def _spans(self, text: str, kind: Class) -> Iterator[tuple[int, int]]:
        """Yield where the class hits, without brands that are only addressed."""
        address = re.match(_ADDRESS, text)
        said_to = re.sub(r"\W|_", "", address[0]) if address and self.brand else ""
        said = text
        if self.denied:
            said = _compiled(self.denied).sub(lambda match: _CUT * len(match[0]), text)
        for match in _compiled(kind.says).finditer(said):
            if self.name in BRAND_SIGNALS:
                brand = _compiled(self.brand).search(match[0])
                name = re.sub(r"\W", "", brand[0]) if brand else ""
                if name and (name in said_to or (address and match.end() <= address.end())):
                    continue
            if match.end() > match.start():
                yield match.span()

    def words(self, text: str) -> tuple[float, list[tuple[int, int]]]:
        """Return the probability of one folded text, and where the words stand that carry it."""
        if len(text) > self.longest:
            return self.otherwise, []
        for kind in self.classes:
            spans = list(self._spans(text, kind))
            if not spans:
                continue
            if kind.unless and _compiled(kind.unless).search(text):
                return self.otherwise, []
            return kind.probability, spans
        return self.otherwise, []


def named(competitors: Iterable[str]) -> tuple[str, ...]:
    """Return names of companies as the patterns look for them, longest first.

    >>> named(["Initech", "Águas & Co."])
    ('aguas co', 'initech')
    """
    plain = {" ".join(re.findall(r"[^\W_]+", folded_with_places(name)[0])) for name in competitors}
    return tuple(sorted(plain - {""}, key=lambda name: (-len(name), name)))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def name_pattern(name: str) -> str:
    """Return how customers write a name that `named` gives: with or without its blanks."""
    return " ?".join(map(re.escape, name.split(" ")))


def companies(language: str) -> dict[str, str]:
    """Return the companies that the file of a language knows, each with how customers write it."""
    told = _file(language)
    return {name: said for kind in _COMPANIES for name, said in told.get(kind, {}).items()}


def signals_in(language: str) -> tuple[str, ...]:
    """Return the names of the signals that the file of a language tells."""
    return tuple(name for name in _file(language) if name not in ("words", *_COMPANIES))


@cache
def _file(language: str) -> dict[str, Any]:
    path = files("goodwill.language._signals") / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def written(language: str, competitors: tuple[str, ...] = ()) -> tuple[Written, ...]:
    """Return the written signals of a language, in the order of its file.

    Args:
        language: Code of a language with a file.
        competitors: Names, as `named` gives them, that count as brands beside those of the file.
    """
    raw = dict(_file(language))
    brands, rivals = ("|".join(raw.pop(kind, {}).values()) for kind in _COMPANIES)
    lists = {"brand": f"(?:@?(?:{brands}))", "rival": f"(?:<brand>|{rivals})"} | raw.pop("words")
    if competitors:
        said = "|".join(map(name_pattern, competitors))
        lists["brand"] = f"(?:{lists['brand']}|@?(?:{said}))"

    def whole(patterns: list[str]) -> str:
        said = "|".join(f"(?:{pattern})" for pattern in patterns)
        while _WORD.search(said):
            said = _WORD.sub(lambda match: lists[match[1]], said)
        return said

    return tuple(
        Written(
            name,
            entry["else"],
            entry.get("longest", LONGEST),
            tuple(
                Class(kind["probability"], whole(kind["says"]), whole(kind.get("unless", [])))
                for kind in entry["class"]
            ),
            whole(["<brand>"]) if name in BRAND_SIGNALS else "",
            whole(entry.get("denied", [])),
        )
        for name, entry in raw.items()
    )
