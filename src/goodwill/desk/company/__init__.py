"""What the company tells goodwill about itself: the page of ``goodwill.toml``."""

from __future__ import annotations
