"""Help in place: what each page is for, the docs on pages of their own, the tour of the demo."""

from __future__ import annotations
