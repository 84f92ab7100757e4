"""Language: what each message is about, what it shows, and in which language it is.

``encode`` turns texts into vectors, ``discover`` finds themes with no number given, and
``find_themes`` is the step of ``refresh`` that files the Book's contacts under them. ``signals``
says how likely each text is a complaint, a threat to leave and so on, ``signal_words`` by which
words, and ``detect`` tells the language.
"""

from __future__ import annotations

from goodwill.language._discover import discover
from goodwill.language._encoder import encode
from goodwill.language._forget import forget_texts
from goodwill.language._languages import detect
from goodwill.language._refresh import find_themes
from goodwill.language._signals import SIGNALS, signal_words, signals
from goodwill.language._themes import Themes

__all__ = [
    "SIGNALS",
    "Themes",
    "detect",
    "discover",
    "encode",
    "find_themes",
    "forget_texts",
    "signal_words",
    "signals",
]
