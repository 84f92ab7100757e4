"""``python -m goodwill.export`` prints ``docs/export.md``."""

from __future__ import annotations

from goodwill.export import as_markdown

print(as_markdown(), end="")
