"""Commitments: promises that the company makes in its own messages.

Rules are data, one TOML file a language; a small grammar reads them. ``find_promises`` takes
columns of texts, leaves those without a word that can open a commitment to a regular expression
over the whole column, splits the others into sentences, and asks of each: who would act, in what
tense, under whose condition, what, and by when.
"""

from __future__ import annotations

from goodwill.journeys.commitments._calendar import Calendar
from goodwill.journeys.commitments._find import KINDS, PROMISES, find_promises

__all__ = ["KINDS", "PROMISES", "Calendar", "find_promises"]
