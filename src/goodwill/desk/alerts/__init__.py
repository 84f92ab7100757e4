"""What rises, and what people decided about it."""

from __future__ import annotations
