"""Who the customers and agents are: names, voices, languages, keys. All of them are invented."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

VOICES = ("plain", "polite", "terse", "angry", "formal", "chatty", "sloppy", "elderly")
VOICE_SHARES = (0.24, 0.17, 0.14, 0.12, 0.09, 0.10, 0.08, 0.06)
LANGUAGES = ("en", "es", "pt")
LANGUAGE_SHARES = (0.95, 0.03, 0.02)

_NAMES = tomllib.loads(
    (resources.files("goodwill.demo") / "grammar" / "names.toml").read_text(encoding="utf-8")
)
FIRST = {language: _NAMES[language]["first"].split() for language in LANGUAGES}
LAST = {language: _NAMES[language]["last"].split() for language in LANGUAGES}
AGENTS: tuple[tuple[str, str], ...] = tuple(
    zip(_NAMES["agents"]["first"].split(), _NAMES["agents"]["last"].split(), strict=True)
)


@dataclass(frozen=True, slots=True)
class Person:
    """A customer as he presents himself."""

    first: str
    last: str
    voice: str
    language: str
    email: str
    phone: str
    handle: str
    channel: str
    """The channel that he likes best."""
    temper: float
    """Multiplies the probability that he writes; mean 1."""


class People:
    """Everybody's traits, drawn at once; persons are made when they are asked for."""

    CHANNELS = ("email", "web_form", "chat")

    def __init__(self, rng: np.random.Generator, customers: int) -> None:
        def draw(shares: tuple[float, ...]) -> NDArray[np.int64]:
            return rng.choice(len(shares), customers, p=shares)

        self._voice = draw(VOICE_SHARES)
        self._language = draw(LANGUAGE_SHARES)
        self._first = rng.random(customers)
        self._last = rng.random(customers)
        self._number = rng.integers(1, 9_000, customers)
        self._phone = rng.integers(0, 1_000, customers)
        self._channel = draw((0.48, 0.18, 0.34))
        self._temper = rng.beta(5.0, 5.0, customers) * 0.5 + 0.75
        self.get = lru_cache(maxsize=200_000)(self._make)

    def _make(self, number: int) -> Person:
        language = LANGUAGES[self._language[number]]
        firsts, lasts = FIRST[language], LAST[language]
        first = firsts[int(self._first[number] * len(firsts))]
        last = lasts[int(self._last[number] * len(lasts))]
        digits = int(self._number[number])
        plain = str.maketrans("áéíóúñçêÁ", "aeiouncea")
        low = (first.lower().translate(plain), last.lower().translate(plain))
        domain = ("example.com", "example.org", "example.net")[digits % 3]
        email = f"{low[0]}.{low[1]}{number}@{domain}"
        phone = f"{int(self._phone[number]):03d}"
        # Numbers that the United Kingdom's regulator keeps free for drama.
        phone = (
            f"+44 7700 900{phone}", f"07700 900{phone}", f"+447700900{phone}", f"07700-900-{phone}"
        )[digits % 4]  # fmt: skip
        channel = self.CHANNELS[self._channel[number]]
        if language != "en" and channel == "chat":
            channel = "email"
        return Person(
            first, last, VOICES[self._voice[number]], language, email, phone,
            f"{low[0]}_{low[1][:3]}{digits}", channel, float(self._temper[number]),
        )  # fmt: skip
