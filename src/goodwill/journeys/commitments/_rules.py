"""The rules of a language, read from its TOML file, and what both grammars share."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from goodwill.journeys.commitments._due import Clock, Due

LANGUAGES = ("en", "es", "pt")
PREPARES = ("investigation", "escalation")
"""Acts that only lead up to another: "I'll check and call you" promises the call."""

FIRST = re.compile(r"[,;:!.](?=\s)|[()]|\s-\s|\.{2,}")
"""What ends a clause to the left of a subject."""


@dataclass(frozen=True, slots=True)
class Found:
    """A commitment in a sentence: what, the words by their place, and the time said with it."""

    kind: str
    start: int
    end: int
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """How one kind of act is said; each pattern by the place that it stands in."""

    kind: str
    forms: Mapping[str, re.Pattern[str]]

    def says(self, form: str, text: str, at: int) -> re.Match[str] | None:
        """Return the match of a form that starts at ``at``."""
        pattern = self.forms.get(form)
        return pattern.match(text, at) if pattern else None

    def names(self, form: str, text: str) -> bool:
        """Return whether a form occurs anywhere in a text."""
        pattern = self.forms.get(form)
        return bool(pattern and pattern.search(text))


@dataclass(frozen=True, slots=True)
class Rules:
    """The compiled rules of one language."""

    language: str
    clock: Clock
    heads: re.Pattern[str]
    words: Mapping[str, re.Pattern[str]]
    conditions: Mapping[str, re.Pattern[str]]
    acts: tuple[Act, ...]
    forms: Mapping[str, re.Pattern[str]]
    marks: frozenset[str]
    raw: Mapping[str, Any]

    def kind(self, form: str, text: str, at: int) -> str:
        """Return the kind of the first act whose form starts at ``at``, or nothing."""
        match = self.forms[form].match(text, at)
        return (match.lastgroup or "") if match else ""

    def named(self, form: str, text: str) -> str:
        """Return the kind of the first act whose form occurs in a text, or nothing."""
        return next((act.kind for act in self.acts if act.names(form, text)), "")


@cache
def rules(language: str) -> Rules:
    """Return the rules of ``en``, ``es`` or ``pt``."""
    text = (files("goodwill.journeys.commitments") / f"{language}.toml").read_text("utf-8")
    raw = tomllib.loads(text)
    heads = "|".join(f"(?P<{name}>{said})" for name, said in raw["heads"].items())
    return Rules(
        language,
        Clock(raw["due"]),
        re.compile(heads),
        {name: re.compile(said) for name, said in raw["words"].items()},
        {name: re.compile(said) for name, said in raw["conditions"].items() if name != "marks"},
        tuple(
            Act(
                entry["kind"],
                {form: _whole(said) for form, said in entry.items() if form != "kind"},
            )
            for entry in raw.get("acts", ())
        ),
        {form: _choice(raw, form) for form in ("does", "gets", "is")},
        frozenset(raw["conditions"]["marks"].split()),
        raw,
    )


def _choice(raw: Mapping[str, Any], form: str) -> re.Pattern[str]:
    """Return one pattern of a form of all acts, each a group with the name of its kind."""
    said = [
        f"(?P<{entry['kind']}>{_whole(entry[form]).pattern})"
        for entry in raw.get("acts", ()) if form in entry
    ]  # fmt: skip
    return re.compile("|".join(said) or r"(?!)")


def _whole(said: str) -> re.Pattern[str]:
    """Return the pattern of a form, which does not end within a word."""
    return re.compile(rf"(?:{expand(said)})(?:(?<![a-z])|(?![a-z]))")


def expand(pattern: str) -> str:
    """Return a pattern with its endings written out.

    ``<ing>`` lets a verb, or each of a group of verbs, also end in -ing; ``<e>`` is -e or -ing;
    ``<t?>`` is a letter that may be doubled.

    >>> expand("call<ing>"), expand("trac<e>"), expand("(?:give|pay)<ing> you")
    ('call(?:ing)?', 'trac(?:e|ing)', '(?:giv(?:e|ing)|pay(?:ing)?) you')
    """

    def grouped(match: re.Match[str]) -> str:
        doubled = match[2] or ""
        return "(?:" + "|".join(_ending(verb, doubled) for verb in match[1].split("|")) + ")"

    doubled = r"(<[a-z]\?>)?"
    pattern = re.sub(rf"\(\?:([a-z\-|?\[\] ]+)\){doubled}<ing>", grouped, pattern)
    pattern = re.sub(rf"([a-z]+){doubled}<ing>", lambda m: _ending(m[1], m[2] or ""), pattern)
    return pattern.replace("<e>", "(?:e|ing)")


def _ending(verb: str, doubled: str) -> str:
    if verb.endswith("e") and verb not in ("be", "see"):
        return f"{verb[:-1]}(?:e|ing)"
    return f"{verb}(?:{doubled[1:-1]}ing)?"
