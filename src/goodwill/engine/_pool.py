"""Batches through a pool of spawned processes: results in order, memory bounded."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

import pyarrow as pa

from goodwill.engine._protocol import Batch


def map_batches(
    batches: Iterator[pa.RecordBatch], fn: Batch, schema: pa.Schema, processes: int
) -> Generator[pa.RecordBatch, None, None]:
    """Yield ``fn`` of every batch, in order, cast to the schema.

    At most two batches a process are under way, so that a fast reader does not fill the memory.
    Processes are spawned, not forked: DuckDB and Arrow hold threads that a fork would break.

    Raises:
        concurrent.futures.process.BrokenProcessPool: A process was killed.
    """
    if processes <= 0:
        for batch in batches:
            yield _fitted(fn(batch), schema)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        under_way: deque[Future[pa.RecordBatch]] = deque()
        try:
            for batch in batches:
                under_way.append(pool.submit(fn, batch))
                if len(under_way) >= 2 * processes:
                    yield _fitted(under_way.popleft().result(), schema)
            while under_way:
                yield _fitted(under_way.popleft().result(), schema)
        finally:
            for future in under_way:
                future.cancel()


def _fitted(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    return batch if batch.schema == schema else batch.select(schema.names).cast(schema)
