"""Sentences with choices and slots, read from ``grammar/*.toml`` and compiled once.

A frame is one line: ``[a|b]`` chooses, ``{slot}`` is filled, a line break is written as
backslash n. Its first sign may give its tone: ``~`` calm, ``!`` angry, ``-`` terse. A line or a
choice that begins with ``<soft>`` is said of products of that kind only.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from random import Random
from typing import Any, Protocol


class Slots(Protocol):
    """Gives the words for a slot."""

    kinds: frozenset[str]
    """What the product is: ``hard`` or ``soft``, ``wear``, ``shoe``."""

    def __call__(self, name: str) -> str:
        """Return the words for the slot ``name``."""


# Spaces that an empty choice leaves behind: doubled, before a sign, or at the edge of a line.
_GAPS = re.compile(r" +(?=[ ,.!?;\n])|(?<=\n) +")

_KIND = re.compile(r"<(\w+)>")
TONES = {"~": "calm", "!": "angry", "-": "terse"}


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str


@dataclass(frozen=True, slots=True)
class _Choice:
    options: tuple[tuple[Any, ...], ...]
    kinds: tuple[str, ...]
    """For each option the kind of product that it fits; empty for any."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A compiled sentence."""

    name: str
    tone: str
    kind: str
    """The kind of product that it fits; empty for any."""
    source: str
    parts: tuple[Any, ...]

    def say(self, rng: Random, slots: Slots) -> str:
        """Return the sentence with its choices made and its slots filled."""
        out: list[str] = []
        _say(self.parts, rng, slots, out)
        return _GAPS.sub("", "".join(out)).strip(" ")


@dataclass(frozen=True, slots=True)
class PromiseFrame:
    """A promise in words, and when it falls due by them."""

    frame: Frame
    due: str


@dataclass(frozen=True)
class Topic:
    """All frames about one matter, by section."""

    name: str
    sections: Mapping[str, tuple[Frame, ...]]
    _toned: dict[tuple[str, frozenset[str]], tuple[Frame, ...]] = field(default_factory=dict)

    def frames(self, section: str) -> tuple[Frame, ...]:
        """Return the frames of a section; none when there is no such section."""
        return self.sections.get(section, ())

    def of_tones(self, section: str, tones: frozenset[str]) -> tuple[Frame, ...]:
        """Return the frames of a section that have one of the tones."""
        key = section, tones
        if key not in self._toned:
            self._toned[key] = tuple(f for f in self.frames(section) if f.tone in tones)
        return self._toned[key]


def _say(parts: tuple[Any, ...], rng: Random, slots: Slots, out: list[str]) -> None:
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, _Slot):
            out.append(slots(part.name))
        else:
            options = part.options
            if part.kinds:
                options = (
                    tuple(
                        option
                        for option, kind in zip(options, part.kinds, strict=True)
                        if not kind or kind in slots.kinds
                    )
                    or options
                )
            _say(options[int(rng.random() * len(options))], rng, slots, out)


def compile_frame(name: str, line: str) -> Frame:
    """Return the frame of a line.

    Raises:
        ValueError: A bracket is not closed.
    """
    tone = TONES.get(line[:1], "") if line[1:2] == " " else ""
    source = (line[2:] if tone else line).replace("\\n", "\n")
    only = _KIND.match(source)
    source = source[only.end() :] if only else source
    parts, end = _parse(source, 0, 0)
    if end != len(source):
        raise ValueError(f"{name}: a bracket too many at {end} in: {line}")
    return Frame(name, tone, only.group(1) if only else "", source, parts)


def _parse(text: str, start: int, depth: int) -> tuple[tuple[Any, ...], int]:
    parts: list[Any] = []
    word = start
    at = start
    while at < len(text):
        sign = text[at]
        if sign in "|]" and depth:
            break
        if sign in "[{":
            if at > word:
                parts.append(text[word:at])
            if sign == "{":
                close = text.index("}", at)
                parts.append(_Slot(text[at + 1 : close]))
                at = close + 1
            else:
                options, kinds = [], []
                at += 1
                while True:
                    kind = _KIND.match(text, at)
                    kinds.append(kind.group(1) if kind else "")
                    at = kind.end() if kind else at
                    option, at = _parse(text, at, depth + 1)
                    options.append(option)
                    if at >= len(text):
                        raise ValueError(f"a bracket is not closed in: {text}")
                    at += 1
                    if text[at - 1] == "]":
                        break
                parts.append(_Choice(tuple(options), tuple(kinds) if any(kinds) else ()))
            word = at
        else:
            at += 1
    if at > word:
        parts.append(text[word:at])
    return tuple(parts), at


def _frames(prefix: str, text: str) -> tuple[Frame, ...]:
    lines = text.split("\n")[:-1]
    return tuple(compile_frame(f"{prefix}.{n}", line) for n, line in enumerate(lines, 1))


def _read(name: str) -> dict[str, Any]:
    path = resources.files("goodwill.demo") / "grammar" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _topic(name: str, raw: Mapping[str, Any]) -> Topic:
    return Topic(
        name,
        {
            section: _frames(f"{name}.{section}", text)
            for section, text in raw.items()
            if isinstance(text, str) and "\n" in text
        },
    )


@cache
def topic(name: str) -> Topic:
    """Return the frames of a fault, or of one of the matters that are nobody's fault."""
    background = _read("background")
    return _topic(name, background[name] if name in background else _read(name))


@cache
def title(name: str) -> str:
    """Return what a fault is called for people."""
    return str(_read(name)["title"])


@cache
def spoken_by(who: str) -> Mapping[str, Topic]:
    """Return the shared frames of ``customers`` or ``agents``, by group and section."""
    return {
        group: _topic(f"{who}.{group}", raw)
        for group, raw in _read(who).items()
        if not group.startswith(("promise", "what"))
    }


@cache
def promises(language: str) -> Mapping[str, tuple[PromiseFrame, ...]]:
    """Return the promises that agents make, by kind."""
    raw = _read("agents")["promise" if language == "en" else f"promise_{language}"]
    return {
        kind: tuple(
            PromiseFrame(
                compile_frame(f"promise.{language}.{kind}.{n}", entry["text"]), entry["due"]
            )
            for n, entry in enumerate(entries, 1)
        )
        for kind, entries in raw.items()
    }


@cache
def promised_what(kind: str) -> Frame:
    """Return how a customer names a promise of this kind."""
    return compile_frame(f"what.{kind}", _read("agents")["what"][kind])


def pick(rng: Random, frames: Sequence[Frame], kinds: frozenset[str] | None = None) -> Frame:
    """Return one of the frames; with ``kinds``, one that fits such a product."""
    frame = frames[int(rng.random() * len(frames))]
    if kinds is not None and frame.kind and frame.kind not in kinds:
        return pick(rng, [f for f in frames if not f.kind or f.kind in kinds] or frames)
    return frame
