"""The process that works on a job: ``python -m goodwill.desk.imports.worker BOOK JOB LOCK``.

It may be killed at any moment. The Book's own imports are all or nothing and take no row twice, so
that a job that was cut off is simply done again from its last written state. No value of a file
gets into a log, a job's file or an error: messages of goodwill's own errors are masked, and of any
other error only its kind is told.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import goodwill
from goodwill.book import Book
from goodwill.desk.imports import jobs
from goodwill.desk.imports.jobs import Job
from goodwill.desk.settling import hand_over, settle
from goodwill.errors import BookLocked, GoodwillError, NotFound
from goodwill.records import ImportReport, Look

MOST_TRIES = 4
_BETWEEN_SECONDS = 0.4
_LONGEST = 800
_WAIT_SECONDS = 6 * 3600
Found = TypeVar("Found")


def main(book: str, job_id: str, lock: str) -> None:
    """Work on a job until people or nobody are next."""
    os.set_inheritable(int(lock), False)
    os.umask(0o077)
    with suppress(OSError):
        os.nice(5)  # pages come first
    folder = jobs.folder_of(Path(book), job_id)
    try:
        work(goodwill.open(book), folder)
    except GoodwillError as error:  # the Book itself cannot be opened
        _fail(folder, error.message, error.hint)
    except Exception as error:
        _fail(folder, *_unforeseen(error))


def work(book: Book, folder: Path) -> None:
    """Bring a job to its next state that is not for a worker."""
    with jobs.changing(folder) as job:
        if job["state"] not in jobs.RUNNING:
            return
        job["tries"] += 1
        job["interrupted"] = job["tries"] > 1
        if job["tries"] > MOST_TRIES:
            job |= {
                "state": "failed",
                "message": f"The work was cut off {MOST_TRIES} times, and was given up.",
                "hint": "No row was taken twice. Try with a part of the file.",
            }
    steps = {"looking": _look, "adding": _add, "trying": _try, "refreshing": _refresh}
    while (state := jobs.read(folder)["state"]) in steps:
        (folder / "progress.json").unlink(missing_ok=True)
        steps[state](book, folder)
        with jobs.changing(folder) as job:
            job["tries"] = 1
    (folder / "progress.json").unlink(missing_ok=True)


def _look(book: Book, folder: Path) -> None:
    """Look at the files that were not looked at yet, or anew with a corrected mapping."""
    for entry in jobs.read(folder)["files"]:
        if entry["state"] != "looking":
            continue
        place = folder / str(entry["n"])
        mapping = place / "mapping.toml"
        seen: list[Look] = []
        refused: dict[str, Any] = {}
        try:
            seen = book.look(
                place / entry["label"],
                mapping=mapping if mapping.exists() else None,
                source=entry.get("source") or jobs.read(folder).get("source") or None,
            )
        except GoodwillError as error:
            refused = {"message": _plain(error.message), "hint": _plain(error.hint)}
        except Exception as error:
            message, hint = _unforeseen(error)
            refused = {"message": message, "hint": hint}
        if not any(look.columns for look in seen):
            shutil.rmtree(place, ignore_errors=True)  # nothing can be done with it
            first = seen[0] if seen else Look("")
            refused = refused or {"message": _plain(first.reason), "hint": _plain(first.hint)}
            change = {"state": "refused", **refused}
        else:
            jobs.write(place / "look.json", [asdict(look) for look in seen])
            good = any(look.preview for look in seen)
            unknown = {"message": _plain(seen[0].reason), "hint": ""}
            change = {"state": "good"} if good else {"state": "unknown", **unknown}
        _change_file(folder, entry["n"], change)
    with jobs.changing(folder) as job:
        states = {entry["state"] for entry in job["files"]}
        if "looking" not in states:  # a correction may have come in meanwhile
            job["state"] = "waiting" if states & {"good", "unknown"} else "refused"


def _add(book: Book, folder: Path) -> None:
    """Add the files that were accepted, one after the other; each is deleted once it is in."""
    for entry in jobs.read(folder)["files"]:
        if entry["state"] != "taken":
            continue
        place = folder / str(entry["n"])
        if entry.get("begun"):
            begun = datetime.fromisoformat(entry["begun"])
        else:
            begun = datetime.now(UTC)
            _change_file(folder, entry["n"], {"begun": begun.isoformat()})
        change: dict[str, Any]
        try:
            reports = _when_free(folder, partial(_added, book, folder, entry))
            told = [_told(report) for report in reports]
            if entry.get("begun"):
                told = [_first_report(book, one, begun) for one in told]
            change = {"state": "added", "reports": told}
        except GoodwillError as error:
            done = [_told(report) for report in getattr(error, "reports", [])]
            change = {"state": "failed", "message": _plain(error.message), "hint": error.hint,
                      "reports": done}  # fmt: skip
        except Exception as error:
            message, hint = _unforeseen(error)
            change = {"state": "failed", "message": message, "hint": hint}
        _change_file(folder, entry["n"], change)
        shutil.rmtree(place, ignore_errors=True)
    _go_on(folder)


def _added(book: Book, folder: Path, entry: dict[str, Any]) -> list[ImportReport]:
    place = folder / str(entry["n"])
    mapping = place / "mapping.toml"
    return book.add(
        place / entry["label"],
        mapping=mapping if mapping.exists() else None,
        source=entry.get("source") or jobs.read(folder).get("source") or None,
        progress=_Progress(folder),
    )


def _first_report(book: Book, report: dict[str, Any], begun: datetime) -> dict[str, Any]:
    """Return the report of the try that took the rows, when this one found them all there.

    A worker that was killed after its rows were safe could not write the report down.
    """
    if report["new"] or report["updated"]:
        return report
    rows = book.table("imports").to_pylist()
    earlier = [
        row for row in rows
        if row["file"] == report["file"] and row["read"] == report["read"]
        and row["at"] >= begun and row["import_id"] != report["import_id"]
    ]  # fmt: skip
    if not earlier:
        return report
    first = min(earlier, key=lambda row: row["import_id"])
    same = {key: first[key] for key in report if key in first and key not in ("notes", "tables")}
    return report | same


def _try(book: Book, folder: Path) -> None:
    """Try quarantined rows again, with corrected cells or a corrected mapping."""
    job = jobs.read(folder)
    sealed, mapping = folder / "cells.sealed", folder / "mapping.toml"
    try:
        reports = _when_free(folder, partial(_tried, book, job, sealed, mapping))
        told = [_told(report) for report in reports]
        with jobs.changing(folder) as job:
            job["reports"] = job.get("reports", []) + told
    except GoodwillError as error:
        _fail(folder, error.message, error.hint)
    except Exception as error:
        _fail(folder, *_unforeseen(error))
    else:
        _go_on(folder)
    finally:
        if jobs.read(folder)["state"] != "trying":
            sealed.unlink(missing_ok=True)
            mapping.unlink(missing_ok=True)


def _tried(book: Book, job: Job, sealed: Path, mapping: Path) -> list[ImportReport]:
    store = book.store()
    with store.lock():
        store.recover()  # a try that was cut off may have taken rows already
    wanted = set(job["ids"] or ())
    ids = [
        row["quarantine_id"]
        for row in book.quarantine().select(["quarantine_id", "import_id", "file"]).to_pylist()
        if row["quarantine_id"] in wanted
        or (not wanted and (row["import_id"], row["file"]) == (job["import_id"], job["file"]))
    ]
    cells = json.loads(store.keyring.decrypt(sealed.read_bytes())) if sealed.exists() else None
    return book.readd(
        ids,
        mapping=mapping if mapping.exists() else None,
        cells=cells,
    )


def _refresh(book: Book, folder: Path) -> None:
    """Make the new generation."""
    try:
        with suppress(GoodwillError):  # it is handed over with the next refresh
            _when_free(folder, lambda: hand_over(book))
        made = _when_free(folder, lambda: book.refresh(progress=_Progress(folder)))
        with suppress(GoodwillError):  # the desk does it when it is opened next
            settle(book.folder)
    except GoodwillError as error:
        _fail(folder, error.message, error.hint)
    except Exception as error:
        _fail(folder, *_unforeseen(error))
    else:
        with jobs.changing(folder) as job:
            job |= {
                "state": "done",
                "refreshed": {
                    "generation": made.generation,
                    "rows": {k: made.rows[k] for k in ("messages", "customers", "themes")},
                    "seconds": round(sum(made.seconds.values()), 1),
                    "notes": list(made.notes),
                },
            }


def _go_on(folder: Path) -> None:
    """Go on to the refresh, if it was asked for and anything came in; else be done."""
    with jobs.changing(folder) as job:
        reports = [
            *job.get("reports", []),
            *(r for f in job["files"] for r in f.get("reports", [])),
        ]
        job["state"] = "refreshing" if job.get("refresh") and reports else "done"


def _told(report: ImportReport) -> dict[str, Any]:
    return report.as_dict() | {"import_id": report.import_id}


def _change_file(folder: Path, number: int, change: dict[str, Any]) -> None:
    with jobs.changing(folder) as job:
        for entry in job["files"]:
            if entry["n"] == number:
                for key in ("message", "hint"):
                    entry.pop(key, None)
                entry |= change


def _when_free(folder: Path, act: Callable[[], Found]) -> Found:
    """Return what ``act`` gives, waiting while another process writes to the Book."""
    end = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            return act()
        except BookLocked:
            if time.monotonic() > end:
                raise
            jobs.write(folder / "progress.json", {"label": "", "queued": True})
            time.sleep(_BETWEEN_SECONDS)


class _Progress:
    """Writes how far it is, at most some times a second."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "progress.json"
        self._since = time.time()
        self._label = ""
        self._next = 0.0

    def __call__(self, done: int, total: int, label: str) -> None:
        now = time.time()
        if label != self._label:
            self._label, self._since, self._next = label, now, 0.0
        if now < self._next:
            return
        self._next = now + _BETWEEN_SECONDS
        told = {"label": label, "done": done, "total": total, "since": self._since, "at": now}
        draft = self._path.with_suffix(".draft")
        with suppress(OSError):
            draft.write_text(json.dumps(told), encoding="utf-8")
            draft.replace(self._path)


def _fail(folder: Path, message: str, hint: str) -> None:
    with suppress(NotFound), jobs.changing(folder) as job:
        job |= {"state": "failed", "message": _plain(message), "hint": _plain(hint)}


def _plain(text: str) -> str:
    """Return a message as one line that can be shown: others' libraries put bytes into theirs."""
    line = "".join(c if c.isprintable() else " " for c in text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _unforeseen(error: Exception) -> tuple[str, str]:
    """Log where an error of ours came up, without what it says, and return words for people."""
    frames = "".join(
        f"\n  {frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    )
    print(f"import: {type(error).__name__}{frames}", file=sys.stderr, flush=True)
    return (
        f"goodwill has a fault of its own here ({type(error).__name__}); nothing of it was stored.",
        "The log of the desk says where. Try the file with: goodwill add FILE",
    )


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except NotFound:  # cleared away meanwhile
        sys.exit(0)
