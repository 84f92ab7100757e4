"""The engine: where relational steps run. DuckDB here, Spark on a cluster, one SQL text for both.

Nothing in it knows what a contact or an order is. Every room above writes its steps as SELECTs in
DuckDB's dialect and hands them to an `Engine`.
"""

from __future__ import annotations

from goodwill.engine._duckdb import DuckDBEngine
from goodwill.engine._protocol import Batch, Engine
from goodwill.engine._spark import SparkEngine

__all__ = ["Batch", "DuckDBEngine", "Engine", "SparkEngine"]
