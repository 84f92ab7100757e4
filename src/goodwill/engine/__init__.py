"""The engine: where relational steps run. DuckDB here, Spark on a cluster, one SQL text for both."""

from __future__ import annotations
