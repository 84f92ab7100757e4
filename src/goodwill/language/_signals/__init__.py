"""Signals: what a message shows beside what it is about, each with a probability.

Two kinds. *Trained* heads (complaint, sentiment, emotions) are linear over words and vectors, made
by ``models/signals``. *Written* ones (threat to leave, effort, promise mentioned ...) are patterns
that stand in a file by language. Both abstain where they are not valid.
"""

from __future__ import annotations

from goodwill.language._signals._refresh import find_signals
from goodwill.language._signals._table import SIGNALS, signal_words, signals

__all__ = ["SIGNALS", "find_signals", "signal_words", "signals"]
