"""The whole room of language over many messages: themes, language and signals.

    .venv/bin/python benchmarks/language_room.py --messages 1000000

Real messages drawn anew, each with a word more, go as contacts into the engine, as a refresh has
them, and each step of a first refresh is timed: every message is read, none is known. CPU seconds
count other processes of the run; memory is the peak of this one and of its largest child.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from _bench import data_folder, report, timed
from goodwill.engine import DuckDBEngine
from goodwill.language import find_signals, find_themes
from goodwill.tables import FACTS
from themes import messages

PART = 50_000


def write(path: Path, texts: list[str], source: int) -> None:
    """Write contacts with these texts, in parts, so that making them costs little memory."""
    schema = FACTS["contacts"].schema
    with pq.ParquetWriter(path, schema) as file:
        for start in range(0, len(texts), PART):
            rows = [
                {"source": f"s{source}", "contact_id": f"m{start + number}", "text": text,
                 "direction": "in", "author_role": "customer", "channel": "social"}
                for number, text in enumerate(texts[start : start + PART])
            ]  # fmt: skip
            file.write_table(pa.Table.from_pylist(rows, schema=schema))


class Told:
    """Prints how far a step is: messages, messages a second, minutes left, memory so far."""

    def __init__(self, every: float = 30.0) -> None:
        self._begun = self._last = time.monotonic()
        self._every = every

    def __call__(self, done: int, total: int, what: str) -> None:
        now = time.monotonic()
        if now - self._last < self._every or not done:
            return
        self._last = now
        rate = done / (now - self._begun)
        print(f"{what}: {done:,} of {total:,}, {rate:,.0f} a second,"
              f" {(total - done) / rate / 60:.1f} min left, {peaks()}", flush=True)  # fmt: skip


def peaks() -> dict[str, float]:
    """Return the largest resident size so far of this process and of its children, in GB."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    return {"peak GB": round(own, 2), "peak GB of a child": round(child, 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    options = parser.parse_args()
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        parts = []
        for number, start in enumerate(range(0, options.messages, 500_000)):
            part = folder / f"contacts{number}.parquet"
            count = min(500_000, options.messages - start)
            write(part, messages(data_folder(), count, number), number)
            parts.append(str(part))
        rows.append({"step": "before", **peaks()})
        engine = DuckDBEngine(folder / "scratch")
        engine.load("contacts", parts)
        engine.load("orders", FACTS["orders"].schema.empty_table())
        steps = {
            "find themes": lambda: find_themes(engine, folder / "themes", progress=Told()),
            "language and signals": lambda: find_signals(engine, folder / "cache", progress=Told()),
        }
        total = 0.0
        for name, step in steps.items():
            _, wall, cpu = timed(step)
            total += cpu
            rows.append({"step": name, "CPU s": round(cpu, 1), "wall s": round(wall, 1), **peaks()})
            print(rows[-1], flush=True)
        rows.append({"step": "in all", "CPU s": round(total, 1), **peaks()})
        engine.close()
    report("language_room", rows, messages=options.messages)


if __name__ == "__main__":
    main()
