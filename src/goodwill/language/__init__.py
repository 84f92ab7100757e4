"""Language: what each message is about, what it shows, and in which language it is.

``encode`` turns texts into vectors, ``discover`` finds themes with no number given, and
``find_themes`` is the step of ``refresh`` that files the Book's contacts under them, replaying
what people changed (``make_edit``, ``undo_edit``, ``edits_of``). ``precision`` and ``recall`` say
what an audit found. ``signals`` says how likely each text is a complaint, a threat to leave and so
on, ``signal_words`` by which words, and ``detect`` tells the language. ``alike_words`` and
``notion`` say which words a search takes for each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodwill.language._audit import (
    STRATA,
    Draw,
    Measured,
    draws_of,
    keep_answers,
    keep_draw,
    precision,
    recall,
)
from goodwill.language._edits import (
    HISTORIES,
    KINDS,
    Edit,
    edits_of,
    make_edit,
    standing,
    undo_edit,
)
from goodwill.later import named_later

if TYPE_CHECKING:
    from goodwill.language._alike import alike_words
    from goodwill.language._discover import discover
    from goodwill.language._encoder import ENCODERS, encode, encoder_called
    from goodwill.language._forget import forget_texts, theme_words
    from goodwill.language._languages import detect
    from goodwill.language._matching import matches
    from goodwill.language._own import (
        LanguageFit,
        book_encoder,
        fit_language,
        forget_words,
        former_encoder,
        language_fits,
        own_words,
        reset_language,
    )
    from goodwill.language._refresh import find_themes
    from goodwill.language._rules import RuleWords, find_rules
    from goodwill.language._signals import SIGNALS, find_signals, signal_words, signals
    from goodwill.language._themes import Themes
    from goodwill.language._vectors import drop_cache
    from goodwill.language._wording import notion

__all__ = [
    "Draw",
    "ENCODERS",
    "Edit",
    "HISTORIES",
    "KINDS",
    "LanguageFit",
    "Measured",
    "RuleWords",
    "SIGNALS",
    "STRATA",
    "Themes",
    "alike_words",
    "book_encoder",
    "detect",
    "discover",
    "draws_of",
    "drop_cache",
    "edits_of",
    "encode",
    "encoder_called",
    "find_rules",
    "find_signals",
    "find_themes",
    "fit_language",
    "forget_texts",
    "forget_words",
    "former_encoder",
    "keep_answers",
    "keep_draw",
    "language_fits",
    "make_edit",
    "matches",
    "notion",
    "own_words",
    "precision",
    "recall",
    "reset_language",
    "signal_words",
    "signals",
    "standing",
    "theme_words",
    "undo_edit",
]

_WHERE = {
    "ENCODERS": "_encoder",
    "LanguageFit": "_own",
    "RuleWords": "_rules",
    "SIGNALS": "_signals",
    "Themes": "_themes",
    "alike_words": "_alike",
    "book_encoder": "_own",
    "detect": "_languages",
    "discover": "_discover",
    "drop_cache": "_vectors",
    "encode": "_encoder",
    "encoder_called": "_encoder",
    "find_rules": "_rules",
    "find_signals": "_signals",
    "find_themes": "_refresh",
    "fit_language": "_own",
    "forget_texts": "_forget",
    "forget_words": "_own",
    "former_encoder": "_own",
    "language_fits": "_own",
    "matches": "_matching",
    "notion": "_wording",
    "own_words": "_own",
    "reset_language": "_own",
    "signal_words": "_signals",
    "signals": "_signals",
    "theme_words": "_forget",
}

__getattr__ = named_later(__name__, _WHERE)
