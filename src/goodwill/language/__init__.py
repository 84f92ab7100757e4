"""Language: what each message is about.

``encode`` turns texts into vectors, ``discover`` finds themes with no number given, and
``find_themes`` is the step of ``refresh`` that files the Book's contacts under them.
"""

from __future__ import annotations

from goodwill.language._discover import discover
from goodwill.language._encoder import encode
from goodwill.language._forget import forget_texts
from goodwill.language._refresh import find_themes
from goodwill.language._themes import Themes

__all__ = ["Themes", "discover", "encode", "find_themes", "forget_texts"]
