"""What all benchmarks share: the machine, CPU seconds of a call, a table, a result file."""

from __future__ import annotations

import json
import os
import platform
import resource
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"
PACKAGES = ("goodwill", "duckdb", "numpy", "pyarrow", "deltalake", "scipy", "scikit-network")


def data_folder() -> Path:
    """Return the folder of real data, or stop with the reason."""
    folder = os.environ.get("GOODWILL_TEST_DATA")
    path = Path(folder) if folder else RESULTS.parents[2] / "shared" / "data"
    if not path.is_dir():
        raise SystemExit(f"real data absent: {path} is no folder (set GOODWILL_TEST_DATA)")
    return path


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and its ended children."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF),
                      resource.getrusage(resource.RUSAGE_CHILDREN))
    )  # fmt: skip


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """Return what ``work`` gives, its wall seconds and its CPU seconds."""
    wall, cpu = time.perf_counter(), cpu_seconds()
    found = work()
    return found, time.perf_counter() - wall, cpu_seconds() - cpu


def peak_gb() -> float:
    """Return the largest resident size of this process so far, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def report(name: str, rows: list[dict[str, Any]], **extra: Any) -> None:
    """Print the rows as a table and write them to ``benchmarks/results/NAME.json``."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    cells = [[_cell(row.get(column)) for column in columns] for row in rows]
    widths = [max(len(column), *(len(row[i]) for row in cells)) for i, column in enumerate(columns)]
    for line in ([*columns], *cells):
        print("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)))
    RESULTS.mkdir(exist_ok=True)
    found = {
        "name": name,
        "machine": {
            "processor": platform.processor() or platform.machine(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
        },
        "versions": {package: _version(package) for package in PACKAGES},
        "rows": rows,
        **extra,
    }
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(found, indent=1, default=str) + "\n", encoding="utf-8")
    print(f"\nwritten: {path}")


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.3f}" if abs(value) < 10 else f"{value:,.1f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str("" if value is None else value)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
