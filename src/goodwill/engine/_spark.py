"""The engine on a cluster: Spark Connect. The tests run it against Sail, which needs no JVM."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from goodwill.engine._components import least_nodes
from goodwill.engine._hash import hash_batches
from goodwill.engine._protocol import Batch
from goodwill.engine._types import check_columns, folder_columns, plain, spark_schema, spark_type
from goodwill.literals import quoted

_GRAPH = pa.schema([("node", pa.string()), ("component", pa.string())])


class SparkEngine:
    """Runs every step on a Spark Connect server.

    Args:
        remote: Address of the server, ``sc://host:port``.
        folder: Where tables are kept as Parquet while the engine lives. The server must reach
            it: a shared folder on a cluster; a temporary folder of this machine when not given.
        edges: `components` collects up to so many edges and solves them here; beyond, labels
            are propagated in SQL on the cluster.
    """

    name = "spark"

    def __init__(self, remote: str, *, folder: str | None = None, edges: int = 2_000_000) -> None:
        with warnings.catch_warnings():
            # pyspark warns at import that it does not know pandas 3 yet; no pandas is used here.
            warnings.simplefilter("ignore", FutureWarning)
            from pyspark.sql.connect.session import SparkSession

            self._session: Any = SparkSession.builder.remote(remote).create()
        self._session.conf.set("spark.sql.session.timeZone", "UTC")
        self._session.conf.set("spark.sql.ansi.enabled", "true")
        self._own = tempfile.TemporaryDirectory(prefix="engine-") if folder is None else None
        self._folder = self._own.name if self._own is not None else str(folder).rstrip("/")
        self._edges = edges
        self._numbers = count()

    def load(self, name: str, data: pa.Table | Sequence[str]) -> None:
        """Take an Arrow table, or the Parquet files at these paths, as table ``name``.

        Folders ``column=value`` right above a file are columns of text.
        """
        if isinstance(data, pa.Table):
            frame = self._session.createDataFrame(data, schema=spark_schema(data.schema))
            self._keep(name, frame, data.schema)
            return
        frames: dict[tuple[tuple[str, str], ...], list[str]] = {}
        for path in data:
            frames.setdefault(folder_columns(path), []).append(path)
        whole: Any = None
        for parts, paths in frames.items():
            frame = self._session.read.option("mergeSchema", "true").parquet(*paths)
            for column, value in parts:
                frame = frame.selectExpr("*", f"'{value}' AS `{column}`")
            whole = frame if whole is None else whole.unionByName(frame, allowMissingColumns=True)
        whole.createOrReplaceTempView(name)

    def save(self, name: str, sql: str, schema: pa.Schema) -> None:
        """Run a SELECT, cast its columns to the schema by name, keep the result as ``name``."""
        frame = self._session.sql(_carried(sql))
        kinds = dict(frame.dtypes)
        check_columns(name, frame.columns, schema)
        columns = [_cast_sql(field, kinds[field.name]) for field in schema]
        self._keep(name, frame.selectExpr(*columns), schema)

    def append(self, name: str, sql: str, schema: pa.Schema) -> None:
        """Run a SELECT, cast its columns to the schema by name, add the rows to table ``name``."""
        self.save("_added", sql, schema)
        columns = ", ".join(map(quoted, schema.names))
        both = f"SELECT {columns} FROM {quoted(name)} UNION ALL SELECT {columns} FROM _added"
        self.save(name, both, schema)
        self.drop("_added")

    def scalar(self, sql: str) -> Any:
        """Return the first column of the first row, or None when there is no row."""
        table = self.arrow(f"SELECT * FROM ({sql}) AS result LIMIT 1")
        return table.column(0)[0].as_py() if table.num_rows else None

    def arrow(self, sql: str, schema: pa.Schema | None = None) -> pa.Table:
        """Return the result as an Arrow table, cast to ``schema`` when one is given."""
        table = self._session.sql(_carried(sql)).toArrow()
        return plain(table) if schema is None else table.select(schema.names).cast(schema)

    def batches(self, sql: str, rows: int = 8192) -> Iterator[pa.RecordBatch]:
        """Yield the result in record batches of at most ``rows`` rows; all of it is collected."""
        yield from self.arrow(sql).combine_chunks().to_batches(rows)

    def map_arrow(
        self, name: str, sql: str, fn: Batch, schema: pa.Schema, *, processes: int = 0
    ) -> None:
        """Pass the result through ``fn`` batch by batch and keep what it returns as ``name``."""

        def each(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                yield fn(batch).select(schema.names).cast(schema)

        frame = self._session.sql(_carried(sql)).mapInArrow(each, spark_schema(schema))
        self._keep(name, frame, schema)

    def components(self, name: str, edges_sql: str) -> None:
        """Keep as ``name`` the connected component of every node."""
        ends = pa.schema([("a", pa.string()), ("b", pa.string())])
        self.save(
            "_edges",
            f"SELECT a, b FROM ({edges_sql}) AS edges WHERE a IS NOT NULL AND b IS NOT NULL",
            ends,
        )
        if int(self.scalar("SELECT count(*) FROM _edges")) <= self._edges:
            self.load(name, _solved(self.arrow("SELECT a, b FROM _edges", ends)))
        else:
            self._propagate(name)
        self.drop("_edges")

    def write(self, name: str, path: Path, order_by: Sequence[str] = ()) -> None:
        """Write table ``name`` as one Parquet file, ordered by these columns."""
        order = f" ORDER BY {', '.join(map(quoted, order_by))}" if order_by else ""
        pq.write_table(self.arrow(f"SELECT * FROM {quoted(name)}{order}"), path, compression="zstd")

    def table_hash(self, name: str) -> str:
        """Return 32 hex digits that depend on every row and column, not on their order."""
        table = self.arrow(f"SELECT * FROM {quoted(name)}")
        return hash_batches(table.schema, table.to_batches(65536))

    def drop(self, *names: str) -> None:
        """Forget these tables, where they are there; their files go with the engine."""
        for name in names:
            self._session.sql(f"DROP VIEW IF EXISTS `{name}`")

    def close(self) -> None:
        """End the session and remove the working files."""
        self._session.stop()
        if self._own is not None:
            self._own.cleanup()

    def _keep(self, name: str, frame: Any, schema: pa.Schema) -> None:
        """Materialise a frame, so that no later step computes it again, and name it."""
        path = f"{self._folder}/{next(self._numbers)}-{name}"
        frame.write.mode("overwrite").parquet(path)
        kept = self._session.read.schema(spark_schema(schema)).parquet(path)
        kept.createOrReplaceTempView(name)

    def _propagate(self, name: str) -> None:
        """Give every node the least label around it, and that label's label, until none changes."""
        self.save(
            "_ends",
            "SELECT a, b FROM _edges UNION SELECT b AS a, a AS b FROM _edges "
            "UNION SELECT a, a AS b FROM _edges UNION SELECT b AS a, b FROM _edges",
            pa.schema([("a", pa.string()), ("b", pa.string())]),
        )
        self.save("_labels", "SELECT a AS node, min(b) AS component FROM _ends GROUP BY a", _GRAPH)
        changed = 1
        while changed:
            self.save(
                "_near",
                "SELECT e.a AS node, min(l.component) AS component FROM _ends AS e "
                "JOIN _labels AS l ON l.node = e.b GROUP BY e.a",
                _GRAPH,
            )
            self.save(
                "_next",
                "SELECT n.node, least(n.component, l.component) AS component FROM _near AS n "
                "JOIN _near AS l ON l.node = n.component",
                _GRAPH,
            )
            changed = self.scalar(
                "SELECT count(*) FROM _next AS n JOIN _labels AS l ON l.node = n.node "
                "WHERE n.component <> l.component"
            )
            self.save("_labels", "SELECT node, component FROM _next", _GRAPH)
        self.save(name, "SELECT node, component FROM _labels", _GRAPH)
        self.drop("_ends", "_labels", "_near", "_next")


def _carried(sql: str) -> str:
    # Imported here: sqlglot takes half a second, and only this engine needs it.
    from goodwill.engine._sql import carry_sql

    return carry_sql(sql)


def _solved(edges: pa.Table) -> pa.Table:
    """Return node and component of edges that fit in memory."""
    both = pa.chunked_array([*edges["a"].chunks, *edges["b"].chunks], pa.string())
    nodes = both.unique().sort()
    codes = pc.index_in(both, nodes).to_numpy().astype(np.int64)
    least = least_nodes(codes[: edges.num_rows], codes[edges.num_rows :], len(nodes))
    return pa.table({"node": nodes, "component": nodes.take(pa.array(least))}, schema=_GRAPH)


def _cast_sql(field: pa.Field, found: str) -> str:
    column = f"`{field.name}`"
    # DuckDB rounds halves to even and Spark cuts off, unless both are told to round.
    if pa.types.is_integer(field.type) and (found in {"float", "double"} or "decimal" in found):
        return f"CAST(round({column}) AS {spark_type(field.type)}) AS {column}"
    return f"CAST({column} AS {spark_type(field.type)}) AS {column}"
