"""How the desk's table of accountability came to be."""

from __future__ import annotations
