"""How people type: typing errors, missing capitals, shouting, smileys."""

from __future__ import annotations

import re
from random import Random

_NEAR = {
    "a": "s", "e": "r", "i": "o", "o": "p", "u": "i", "s": "d", "t": "y", "n": "m", "r": "t",
    "l": "k", "c": "v", "d": "f", "h": "j", "m": "n", "g": "h", "p": "o", "b": "v", "v": "b",
}  # fmt: skip
_ERRORS = {"sloppy": 0.07, "elderly": 0.012, "chatty": 0.01, "angry": 0.012, "terse": 0.008}
_SHORT = {
    "you": "u", "please": "pls", "because": "cause", "thanks": "thx", "order": "ordr",
    "received": "recieved", "delivered": "deliverd", "the": "teh", "would": "wuld",
    "don't": "dont", "doesn't": "doesnt", "I'm": "im", "can't": "cant", "haven't": "havent",
    "their": "there", "know": "kno", "address": "adress", "with": "wiht", "which": "wich",
}  # fmt: skip
_KEEP = re.compile(r"\d|@|\.\w")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]")
_SMILEYS = (" :)", " 🙂", " :-)", " 😊", " 😅")
_ANGRY_SIGNS = (" 😡", " 🤬", "!!", "!!!", " !!!")


def mistype(rng: Random, text: str, voice: str, *, chat: bool = False) -> str:
    """Return the text as this voice would have typed it."""
    if voice == "angry":
        text = _shout(rng, text)
    elif voice == "chatty" and rng.random() < 0.3:
        text = text.rstrip(".") + _SMILEYS[int(rng.random() * len(_SMILEYS))]
    elif voice == "sloppy":
        if rng.random() < 0.6:
            text = text.lower()
        if rng.random() < 0.5:
            text = text.replace("'", "")
    elif voice == "terse" and rng.random() < 0.3:
        text = text.rstrip(".")
    errors = _ERRORS.get(voice, 0.003) + (0.008 if chat else 0.0)
    return _mistype_words(rng, text, errors)


def _shout(rng: Random, text: str) -> str:
    if rng.random() < 0.25:
        spans = [m for m in _SENTENCE.finditer(text) if not _KEEP.search(m.group())]
        if spans:
            span = spans[int(rng.random() * len(spans))]
            text = text[: span.start()] + span.group().upper() + text[span.end() :]
    if rng.random() < 0.25 and text.endswith("."):
        text = text[:-1] + _ANGRY_SIGNS[int(rng.random() * len(_ANGRY_SIGNS))]
    return text


def _mistype_words(rng: Random, text: str, errors: float) -> str:
    """Return the text with some words mistyped; never one with a digit, an address or a name.

    >>> _mistype_words(Random(3), "please send it to me, Anna", 0.0)
    'please send it to me, Anna'
    """
    words = text.split(" ")
    at = 0
    while True:
        # The gap to the next error, drawn at once: most texts have none.
        at += int(rng.expovariate(errors)) if errors > 0 else len(words)
        if at >= len(words):
            return " ".join(words)
        words[at] = _wrong(rng, words[at])
        at += 1


def _wrong(rng: Random, word: str) -> str:
    if "\n" in word or _KEEP.search(word):
        return word
    if word in _SHORT:
        return _SHORT[word]
    if len(word) < 4 or not word.isalpha() or word[0].isupper():
        return word
    spot = 1 + int(rng.random() * (len(word) - 2))
    kind = rng.random()
    if kind < 0.4:
        return word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :]
    if kind < 0.65:
        return word[:spot] + word[spot + 1 :]
    if kind < 0.85:
        return word[:spot] + word[spot] + word[spot:]
    return word[:spot] + _NEAR.get(word[spot], word[spot]) + word[spot + 1 :]
