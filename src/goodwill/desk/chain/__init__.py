"""The chain of a period and a theme, and what went public."""

from __future__ import annotations
