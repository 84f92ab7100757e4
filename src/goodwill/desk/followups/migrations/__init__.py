"""How the desk's own tables came to be, step by step."""

from __future__ import annotations
