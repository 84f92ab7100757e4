"""Every test here may ask for ``engine`` and ``agree``."""

from __future__ import annotations

from engines import agree, engine

__all__ = ["agree", "engine"]
