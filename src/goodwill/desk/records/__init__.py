"""The records behind a figure, page by page."""

from __future__ import annotations
