"""Killed in the middle of any write of the desk, all of it is there or nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FEW = ("close", "promise", "joined")
"""What is killed in each run; all fifteen where GOODWILL_TEST_SOAK is set."""


def test_killed_before_any_statement_a_deed_is_done_or_not_done(tmp_path: Path) -> None:
    all_of_them = bool(os.environ.get("GOODWILL_TEST_SOAK"))
    ran = subprocess.run(
        [sys.executable, Path(__file__).with_name("killing.py"), tmp_path,
         *(() if all_of_them else FEW)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]
    told = dict(line.rsplit(" ", 1) for line in ran.stdout.splitlines())
    assert len(told) == (15 if all_of_them else len(FEW))
    assert int(told["close"]) >= 3  # before the row, before its step, before both are kept
    assert all(int(times) >= 1 for times in told.values())
