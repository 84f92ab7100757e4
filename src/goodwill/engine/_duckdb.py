"""The embedded engine: DuckDB in memory, on disk beyond its limit."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from goodwill.engine._components import least_nodes
from goodwill.engine._hash import hash_batches
from goodwill.engine._pool import map_batches
from goodwill.engine._protocol import Batch
from goodwill.engine._types import check_columns, duckdb_type, folder_columns, plain
from goodwill.literals import quoted, text_sql


class DuckDBEngine:
    """Runs every step in this process.

    Args:
        folder: Where what does not fit into memory lies while it lives; a temporary folder when
            not given. Nothing of it is left after `close`.
        memory: DuckDB's memory limit; what does not fit goes to files in ``folder``.
        threads: How many threads DuckDB uses; all cores when not given.
    """

    name = "duckdb"

    def __init__(
        self, folder: Path | None = None, *, memory: str = "3GB", threads: int | None = None
    ) -> None:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self._folder = tempfile.TemporaryDirectory(
            prefix="engine-", dir=folder, ignore_cleanup_errors=True
        )
        config: dict[str, Any] = {
            "memory_limit": memory,
            "temp_directory": self._folder.name,
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
        }
        if threads is not None:
            config["threads"] = threads
        # Not a file: compressing every step's table costs more than the step itself.
        self._connection = duckdb.connect(config=config)
        self._connection.execute("SET TimeZone = 'UTC'")
        self._views: set[str] = set()

    def load(self, name: str, data: pa.Table | Sequence[str]) -> None:
        """Take an Arrow table, or the Parquet files at these paths, as table ``name``.

        Folders ``column=value`` right above a file are columns of text.
        """
        self._drop(name)
        if isinstance(data, pa.Table):
            self._connection.register("_loaded", data)
            self._connection.execute(f"CREATE TABLE {quoted(name)} AS SELECT * FROM _loaded")
            self._connection.unregister("_loaded")
            return
        paths = ", ".join(map(text_sql, data))
        parted = "true" if any(map(folder_columns, data)) else "false"
        self._connection.execute(
            f"CREATE VIEW {quoted(name)} AS SELECT * FROM read_parquet([{paths}], "
            f"union_by_name = true, hive_partitioning = {parted}, hive_types_autocast = false)"
        )
        self._views.add(name)

    def save(self, name: str, sql: str, schema: pa.Schema) -> None:
        """Run a SELECT, cast its columns to the schema by name, keep the result as ``name``."""
        # A second name, because the SELECT may read what it replaces.
        self._connection.execute(
            f'CREATE OR REPLACE TABLE "_saved" AS {self._cast(name, sql, schema)}'
        )
        self._drop(name)
        self._connection.execute(f'ALTER TABLE "_saved" RENAME TO {quoted(name)}')

    def append(self, name: str, sql: str, schema: pa.Schema) -> None:
        """Run a SELECT, cast its columns to the schema by name, add the rows to table ``name``."""
        added = self._cast(name, sql, schema)
        columns = ", ".join(map(quoted, schema.names))
        if name in self._views:
            self.save(name, f"SELECT {columns} FROM {quoted(name)} UNION ALL {added}", schema)
            return
        self._connection.execute(f"INSERT INTO {quoted(name)} ({columns}) {added}")

    def scalar(self, sql: str) -> Any:
        """Return the first column of the first row, or None when there is no row."""
        table = self.arrow(f"SELECT * FROM ({sql}) AS result LIMIT 1")
        return table.column(0)[0].as_py() if table.num_rows else None

    def arrow(self, sql: str, schema: pa.Schema | None = None) -> pa.Table:
        """Return the result as an Arrow table, cast to ``schema`` when one is given."""
        table = self._connection.sql(sql).to_arrow_table()
        return plain(table) if schema is None else table.select(schema.names).cast(schema)

    def batches(self, sql: str, rows: int = 8192) -> Iterator[pa.RecordBatch]:
        """Yield the result in record batches of at most ``rows`` rows."""
        # An own cursor, because a second statement would end a stream that is under way.
        with self._connection.cursor() as cursor:
            yield from cursor.sql(sql).to_arrow_reader(rows)

    def map_arrow(
        self, name: str, sql: str, fn: Batch, schema: pa.Schema, *, processes: int = 0
    ) -> None:
        """Pass the result through ``fn`` batch by batch and keep what it returns as ``name``.

        With ``processes`` the program's entry must stand under ``if __name__ == "__main__"``, as
        for every spawned process of Python.
        """
        stream = map_batches(self.batches(sql), fn, schema, processes)
        reader = pa.RecordBatchReader.from_batches(schema, stream)
        self._connection.register("_mapped_stream", reader)
        try:
            self.save(name, "SELECT * FROM _mapped_stream", schema)
        finally:
            self._connection.unregister("_mapped_stream")
            stream.close()

    def components(self, name: str, edges_sql: str) -> None:
        """Keep as ``name`` the connected component of every node, found by scipy."""
        run = self._connection.execute
        run(
            f'CREATE OR REPLACE TABLE "_edges" AS SELECT a::VARCHAR AS a, b::VARCHAR AS b '
            f"FROM ({edges_sql}) AS edges WHERE a IS NOT NULL AND b IS NOT NULL"
        )
        # Numbers in the order of the texts, so that the least number is the least text.
        run(
            'CREATE OR REPLACE TABLE "_nodes" AS SELECT node, row_number() OVER (ORDER BY node) - 1'
            ' AS number FROM (SELECT a AS node FROM "_edges" UNION SELECT b FROM "_edges")'
        )
        ends = self.arrow(
            'SELECT x.number AS a, y.number AS b FROM "_edges" AS e'
            ' JOIN "_nodes" AS x ON x.node = e.a JOIN "_nodes" AS y ON y.node = e.b'
        )
        count = int(self.scalar('SELECT count(*) FROM "_nodes"'))
        least = least_nodes(ends["a"].to_numpy(), ends["b"].to_numpy(), count)
        labels = pa.table({"number": np.arange(count), "least": least})
        self._connection.register("_labels", labels)
        self.save(
            name,
            'SELECT x.node, y.node AS component FROM _labels AS l JOIN "_nodes" AS x '
            'ON x.number = l.number JOIN "_nodes" AS y ON y.number = l.least',
            pa.schema([("node", pa.string()), ("component", pa.string())]),
        )
        self._connection.unregister("_labels")
        self._drop("_edges")
        self._drop("_nodes")

    def write(self, name: str, path: Path, order_by: Sequence[str] = ()) -> None:
        """Write table ``name`` as one Parquet file, ordered by these columns."""
        order = f" ORDER BY {', '.join(map(quoted, order_by))}" if order_by else ""
        target = text_sql(str(path))
        self._connection.execute(
            f"COPY (SELECT * FROM {quoted(name)}{order}) TO {target} "
            "(FORMAT parquet, COMPRESSION zstd)"
        )

    def table_hash(self, name: str) -> str:
        """Return 32 hex digits that depend on every row and column, not on their order."""
        query = f"SELECT * FROM {quoted(name)}"
        empty = self._connection.sql(f"{query} LIMIT 0").to_arrow_table()
        return hash_batches(empty.schema, self.batches(query, 65536))

    def drop(self, *names: str) -> None:
        """Forget these tables, where they are there."""
        for name in names:
            self._drop(name)

    def close(self) -> None:
        """Drop every table and remove the working files."""
        self._connection.close()
        self._folder.cleanup()

    def _cast(self, name: str, sql: str, schema: pa.Schema) -> str:
        """Return the SELECT with its columns cast to the schema by name."""
        found = [row[:2] for row in self._connection.execute(f"DESCRIBE {sql}").fetchall()]
        check_columns(name, [column for column, _ in found], schema)
        kinds = dict(found)
        columns = ", ".join(_cast_sql(field, kinds[field.name]) for field in schema)
        return f"SELECT {columns} FROM ({sql}) AS result"

    def _drop(self, name: str) -> None:
        # Kept here, because asking the catalogue takes longer than dropping.
        kind = "VIEW" if name in self._views else "TABLE"
        self._connection.execute(f"DROP {kind} IF EXISTS {quoted(name)}")
        self._views.discard(name)


def _cast_sql(field: pa.Field, found: str) -> str:
    column = quoted(field.name)
    # DuckDB rounds halves to even and Spark cuts off, unless both are told to round.
    if pa.types.is_integer(field.type) and (found in {"FLOAT", "DOUBLE"} or "DECIMAL" in found):
        return f"CAST(round({column}) AS {duckdb_type(field.type)}) AS {column}"
    return f"CAST({column} AS {duckdb_type(field.type)}) AS {column}"
