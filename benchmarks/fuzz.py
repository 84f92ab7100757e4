"""Damaged files: every character lies in a row, in a row put aside, or the file is refused whole.

Delimited text, JSON lines and lists, mailboxes, workbooks; see ``tests/records/damage.py``.
``GOODWILL_BENCH_FILES`` says how many (10,000). Every eleventh is added to a Book as well.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

import goodwill
from _bench import report, timed
from goodwill.errors import InputError

_TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path[:0] = [str(_TESTS / "records"), str(_TESTS)]
from damage import damaged, outcome  # noqa: E402

FILES = int(os.environ.get("GOODWILL_BENCH_FILES", "10000"))


def main() -> None:
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        book = goodwill.create(Path(folder) / "book")
        path = Path(folder) / "file.csv"

        def all_files() -> None:
            for seed in range(FILES):
                path.write_bytes(damaged(seed))
                try:
                    found[outcome(path)] += 1
                except Exception as error:  # a crash is what is looked for
                    found["crashed or lost"] += 1
                    print(f"seed {seed}: {type(error).__name__}: {error}")
                if seed % 11 == 0:
                    found[f"added: {_added(book, path)}"] += 1

        _, wall, cpu = timed(all_files)
    rows = [{"outcome": name, "files": count} for name, count in sorted(found.items())]
    report("fuzz", rows, files=FILES, wall_s=round(wall, 1), cpu_s=round(cpu, 1))


def _added(book: goodwill.Book, path: Path) -> str:
    try:
        [done] = book.add(path)
    except InputError:
        return "refused"
    whole = done.read == done.accepted + done.duplicate + done.quarantined
    return "identity holds" if whole else "identity broken"


if __name__ == "__main__":
    main()
