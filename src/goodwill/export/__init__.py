"""Exports: one row a conversation, a customer, a problem, with every metric; CSV and Parquet.

Everything is read from one generation's page file, streamed, and written whole or not at all.
"""

from __future__ import annotations

from goodwill.export._cells import safe_sql
from goodwill.export._columns import Column, as_markdown, columns_of
from goodwill.export._write import FORMATS, WHAT, Export, ExportedFile, export

__all__ = [
    "Column",
    "Export",
    "ExportedFile",
    "FORMATS",
    "WHAT",
    "as_markdown",
    "columns_of",
    "export",
    "safe_sql",
]
