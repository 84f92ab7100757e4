"""Print ``docs/tables.md``."""

from __future__ import annotations

from goodwill.tables import as_markdown

print(as_markdown(), end="")
