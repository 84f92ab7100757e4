"""How a `goodwill.figures.Figure` is shown: one tag, one template, in words read aloud easily."""

from __future__ import annotations
