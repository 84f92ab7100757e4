"""Template filters of the imports."""

from __future__ import annotations
