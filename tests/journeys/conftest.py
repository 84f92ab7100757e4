"""Every test here may ask for ``engine``, ``duckdb_alone`` and ``agree``."""

from __future__ import annotations

from engines import agree, duckdb_alone, engine

__all__ = ["agree", "duckdb_alone", "engine"]
