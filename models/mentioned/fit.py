"""Fit the weights by which redaction tells persons from things: ``_evidence.EVIDENCE``.

Run from the repository root: ``python models/mentioned/fit.py``. It prints how well held-out frames
and languages are told, and the table. How it was made and what it is worth: ``README.md``.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from goodwill.records.privacy import _evidence, _names
from goodwill.records.privacy._gazetteer import (
    CORE,
    DOUBT,
    GIVEN,
    HALF,
    INITIAL,
    SURNAME,
    WORD,
    _lists,
    known_things,
)  # fmt: skip
from goodwill.records.privacy._spans import Found
from goodwill.records.privacy._things import ALIKE, known_thing

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
from redaction_blind import SETS, _rows  # noqa: E402

SEED, EACH = 7, 8  # values put into each place
RIDGE = 0.1  # of 0.03, 0.1, 0.3 and 1 the one that told most things where 99 % of persons stay
STAY = 0.99  # of held-out persons, a quarter of whom a brand or a town is called like
FOLDS = 10
THINGS = {
    "brand": "brand",
    "product": "product",
    "prod": "product",
    "city": "city",
    "company": "brand",
}
SIGNS = (" 2", " 3000", " XL", " Pro", " 7", "!Box", "-Serie")
_SYLLABLES = "ma re lla vo ka ti zen dor mi pra sol lux ner ta bo ri fen xa lo que"
SYLLABLES = _SYLLABLES.split()


class Values:
    """Names of persons and of things, drawn from the lists that redaction ships."""

    def __init__(self) -> None:
        self.random = random.Random(SEED)
        flags = _lists()[0]

        def those(yes: int, no: int, most: int = 10) -> list[str]:
            return [
                w for w, f in flags.items() if f & yes == yes and not f & no and 3 <= len(w) <= most
            ]

        self.given, self.rare = those(GIVEN | CORE, DOUBT), those(GIVEN, DOUBT | CORE)
        self.half = [w for w, f in flags.items() if f & HALF]
        self.surnames = those(SURNAME, DOUBT, 11)
        self.doubted = [w for w in those(SURNAME, 0, 11) if flags[w] & DOUBT]
        self.words = [w for w, f in flags.items() if f == WORD and 4 <= len(w) <= 9]
        alike = [name for name, kind in known_things().items() if kind == ALIKE]
        self.alike = [n for n in alike if " " not in n and flags[n] & CORE and not flags[n] & DOUBT]
        self.alike_pairs = [name for name in alike if " " in name]

    def _one(self, *of: list[str]) -> str:
        return " ".join(self.random.choice(words) for words in of).title()

    def _made(self) -> str:
        count = self.random.choice((2, 2, 3))
        return "".join(self.random.choice(SYLLABLES) for _ in range(count)).title()

    def person(self) -> str:
        chance = self.random.random
        lists = self.given if chance() < 0.8 else self.rare if chance() < 0.8 else self.half
        given = self._one(self.alike if chance() < 0.12 else lists)
        at = chance()
        if at < 0.55:
            return given
        if at < 0.94:
            behind = self.surnames if at < 0.85 else self.doubted if at < 0.91 else self.words
            return f"{given} {self._one(behind)}"
        return f"{given} {self._made()}"

    def thing(self, kind: str) -> str:
        at, other = self.random.random(), self.random.random()
        if kind == "product":
            name = self._product(at)
            return name + self.random.choice(SIGNS) if other < 0.3 else name
        if other < 0.2:
            return self._one(self.given)
        if at < 0.5:
            return self._one(self.alike)
        if kind == "city" or at < 0.85:
            return self._one(self.alike_pairs)
        return f"{self._made()} {self._one(self.surnames)}"

    def _product(self, at: float) -> str:
        if at < 0.35:
            return self._one(self.given)
        if at < 0.45:
            return self._one(self.given, self.words)
        if at < 0.6:
            return f"{self._one(self.given)} {self._made()}"
        if at < 0.8:
            return f"{self._made()} {self._one(self.given)}"
        return f"{self._one(self.rare)} {self._made()}"


@dataclass
class Place:
    """Where a value goes: the text before and behind, and the frame it is of."""

    before: str
    behind: str
    kind: str  # "person", "brand", "product", "city"
    frame: str
    language: str


def places() -> Iterator[Place]:
    """Mentioned persons and things of both development sets, and the sentences of the leak test."""
    for name in SETS:
        for row in _rows(name):
            if row.get("changed") in ("upper", "lower"):
                continue
            persons = [item for item in row["items"] if item["kind"] == "name_mentioned"]
            for item in persons + [keep for keep in row["keep"] if keep["kind"] in THINGS]:
                kind = THINGS.get(item["kind"], "person")
                text, start, end = row["text"], item["start"], item["end"]
                if kind == "person" and not text[start].isupper():
                    continue
                near = text[max(0, start - 14) : start] + "#" + text[end : end + 14]
                frame = row.get("frame") or re.sub(r"\d", "0", near.lower())
                yield Place(text[:start], text[end:], kind, name + frame, row["language"])
    leaks = (ROOT / "tests/privacy/leaks.txt").read_text(encoding="utf-8").splitlines()
    for at, line in enumerate(line for line in leaks if not line.startswith("#")):
        language, text = line.replace("\\n", "\n").split("|", 1)
        match = re.search(r"\{([^}]*)\}", text)
        assert match, line
        if match[1][0].isupper() and not match[1].isupper():
            behind = re.sub("[{}]", "", text[match.end() :])
            yield Place(text[: match.start()], behind, "person", f"leak {at}", language)


def told(text: str, low: int, high: int) -> list[int] | None:
    """The evidence about what stands there, where nothing but the lists speaks for a name."""
    seen: list[Any] = []

    def asked(words: Any, first: int, behind: int, strength: int) -> bool:
        if strength > _evidence.LISTED or words.flags[first] & INITIAL:
            return False
        if words.starts[first] < high and words.ends[behind - 1] > low:
            seen.append((words, first, behind))
        return True

    _names.is_thing = asked  # type: ignore[assignment]
    found = Found(text, None)
    _names.find_names(found)
    if not seen or any(span.start < high and span.end > low for span in found.spans):
        return None
    kind = known_thing(*seen[0])
    if kind not in (None, ALIKE):
        return None
    return _evidence.evidence(*seen[0], borne=kind == ALIKE)


def examples() -> tuple[Any, Any, Any, Any]:
    """Evidence (examples, kinds of evidence), kind, frame and language of each."""
    values = Values()
    rows, kinds, frames, languages = [], [], [], []
    for place in places():
        for _ in range(EACH):
            person = place.kind == "person"
            value = values.person() if person else values.thing(place.kind)
            low = len(place.before)
            found = told(place.before + value + place.behind, low, low + len(value))
            if found is not None:
                rows.append(np.isin(np.arange(len(_evidence.EVIDENCE)), found).astype(float))
                kinds.append(place.kind)
                frames.append(place.frame)
                languages.append(place.language)
    return np.array(rows), np.array(kinds), np.array(frames), np.array(languages)


def fitted(rows: Any, person: Any, frames: Any) -> Any:
    """Weights and, last, the base, of a ridged logistic regression.

    Persons weigh as much as things, and within each a frame by the root of its examples.
    """
    weight = np.zeros(len(rows))
    for side in (person, ~person):
        _, which, counts = np.unique(frames[side], return_inverse=True, return_counts=True)
        share = 1 / np.sqrt(counts[which])
        weight[side] = 1000 * share / share.sum()
    wide = np.c_[rows, np.ones(len(rows))]
    ridge = np.full(wide.shape[1], 2 * RIDGE)
    ridge[-1] = 1e-6
    found = np.zeros(wide.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-wide @ found))
        slope = wide.T @ (weight * (chance - person)) + ridge * found
        curve = (wide * (weight * chance * (1 - chance))[:, None]).T @ wide + np.diag(ridge)
        found -= np.linalg.solve(curve, slope)
    return found


def held_out(rows: Any, person: Any, frames: Any, groups: Any, folds: int) -> Any:
    """The score of each example by weights that have not seen its group."""
    names = np.random.default_rng(0).permutation(np.unique(groups))
    fold = {name: at % folds for at, name in enumerate(names)}
    of = np.array([fold[group] for group in groups])
    scores = np.zeros(len(rows))
    for at in range(folds):
        weights = fitted(rows[of != at], person[of != at], frames[of != at])
        scores[of == at] = rows[of == at] @ weights[:-1] + weights[-1]
    return scores


def main() -> None:
    """Print how well what was held out is told, the threshold and the table."""
    rows, kinds, frames, languages = examples()
    person = kinds == "person"
    borne = rows[:, _evidence.BORNE] > 0
    least = 0.0
    for what, groups, folds in (("frames", frames, FOLDS), ("languages", languages, 4)):
        scores = held_out(rows, person, frames, groups, folds)
        if what == "frames":
            least = float(np.quantile(scores[person], 1 - STAY, method="lower"))
        shares = {
            "persons kept": (scores[person] >= least).mean(),
            "of them those no brand is called like": (scores[person & ~borne] >= least).mean(),
            **{f"{kind} told": (scores[kinds == kind] < least).mean() for kind in THINGS.values()},
        }
        print(
            f"{what} held out:",
            {name: round(100 * float(share), 1) for name, share in shares.items()},
        )
    weights = fitted(rows, person, frames)
    print(f"{len(rows)} examples, {person.sum()} of persons; LEAST = {least - weights[-1]:.1f}")
    for (name, _), weight in zip(_evidence.EVIDENCE, weights, strict=False):
        print(f'    ("{name}", {weight:.1f}),')


if __name__ == "__main__":
    main()
