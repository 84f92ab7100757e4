"""What every engine can do; the steps of all rooms know no more of it than this."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

Batch = Callable[[pa.RecordBatch], pa.RecordBatch]


class Engine(Protocol):
    """Runs steps written as SQL in DuckDB's dialect and keeps their results as named tables.

    The dialect is what `carry_sql` takes to Spark with the same answer: window orders end in a
    unique key; sums of integers are cast; as-of joins are a union and a window; ``AT TIME ZONE``
    stands over an explicit cast; floats are rounded before they become integers; a column that
    Sail or DuckDB takes for a keyword (``"at"``) stands in quotes; an alias in a grouped SELECT
    has no name of a column that HAVING uses. Rows come in no order without ORDER BY.
    """

    name: str
    """``duckdb`` or ``spark``."""

    def load(self, name: str, data: pa.Table | Sequence[str]) -> None:
        """Take an Arrow table, or the Parquet files at these paths, as table ``name``."""

    def save(self, name: str, sql: str, schema: pa.Schema) -> None:
        """Run a SELECT, cast its columns to the schema by name, keep the result as ``name``.

        The SELECT may read the table that it replaces.

        Raises:
            SchemaMismatch: The result lacks declared columns or has others.
        """

    def append(self, name: str, sql: str, schema: pa.Schema) -> None:
        """Run a SELECT, cast its columns to the schema by name, add the rows to table ``name``.

        The table has the schema already; the SELECT may read it.

        Raises:
            SchemaMismatch: The result lacks declared columns or has others.
        """

    def scalar(self, sql: str) -> Any:
        """Return the first column of the first row, or None when there is no row."""

    def arrow(self, sql: str, schema: pa.Schema | None = None) -> pa.Table:
        """Return the result as an Arrow table, cast to ``schema`` when one is given."""

    def batches(self, sql: str, rows: int = 8192) -> Iterator[pa.RecordBatch]:
        """Yield the result in record batches of at most ``rows`` rows."""

    def map_arrow(
        self, name: str, sql: str, fn: Batch, schema: pa.Schema, *, processes: int = 0
    ) -> None:
        """Pass the result through ``fn`` batch by batch and keep what it returns as ``name``.

        Args:
            fn: Takes and returns a record batch; the numbers of rows may differ. It must be
                picklable (a function of a module) when other processes run it.
            schema: What ``fn`` returns.
            processes: How many processes run ``fn``; 0 runs it here. A cluster decides itself.
        """

    def components(self, name: str, edges_sql: str) -> None:
        """Keep as ``name`` the connected component of every node of an undirected graph.

        Args:
            edges_sql: A SELECT of two text columns, the ends of an edge. An edge from a node to
                itself declares the node; an edge with a NULL end is no edge.

        The table has columns ``node`` and ``component``, the component's least node by code
        points.
        """

    def write(self, name: str, path: Path, order_by: Sequence[str] = ()) -> None:
        """Write table ``name`` as one Parquet file, ordered by these columns."""

    def table_hash(self, name: str) -> str:
        """Return 32 hex digits that depend on every row and column, not on their order.

        Equal tables have equal hashes on every engine. Floats count to 9 significant digits,
        times to the microsecond; NULL differs from the empty text.
        """

    def drop(self, *names: str) -> None:
        """Forget these tables, where they are there, and give back their memory."""

    def close(self) -> None:
        """Drop every table and give back memory, files and processes."""
