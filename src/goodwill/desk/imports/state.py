"""What the pages say of a job: its state in words, its sums, and how fast it goes."""

from __future__ import annotations

import json
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from goodwill.book import Book
from goodwill.desk import reading
from goodwill.desk.imports import jobs
from goodwill.desk.imports.jobs import Job

COUNTS = ("read", "new", "updated", "duplicate", "quarantined", "skipped")
TITLES = {
    "looking": "Looking at the files",
    "waiting": "Is this right?",
    "adding": "Taking the rows",
    "trying": "Trying the rows again",
    "refreshing": "Making the pages new",
    "refused": "Nothing could be read",
    "failed": "It did not work",
    "done": "Done",
}


def folder() -> Path:
    """Return the Book's folder."""
    path: Path = settings.BOOK_FOLDER
    return path


def writable() -> Book:
    """Return the Book that the pages read, for what only the imports ask of it."""
    book: Any = reading.book()
    found: Book = book
    return found


def shown(job: Job) -> dict[str, Any]:
    """Return a job as a page shows it."""
    place = folder() / jobs.FOLDER / job["id"]
    files = [_file(place, entry) for entry in job["files"]]
    reports = [*job.get("reports", []), *(r for f in job["files"] for r in f.get("reports", []))]
    running = job["state"] in jobs.RUNNING
    added = [f for f in files if f["state"] == "added"]
    return job | {
        "title": TITLES.get(job["state"], job["state"]),
        "files": files,
        "name": _name(job),
        "when": datetime.fromisoformat(job["at"]),
        "running": running,
        "progress": _progress(place) if running else None,
        "reports": reports,
        "sums": {key: sum(r[key] for r in reports) for key in COUNTS} if reports else None,
        "can_take": any(f["state"] == "good" for f in files),
        "added": added,
        "to_add": [f for f in files if f["state"] in ("taken", "added", "failed")],
    }


def _name(job: Job) -> str:
    if job["kind"] == "refresh":
        return "Refresh"
    labels = [entry["label"] for entry in job["files"]]
    if job["kind"] == "again":
        return f"Rows of {job['file']}"
    more = f" and {len(labels) - 1} more" if len(labels) > 1 else ""
    return (labels[0] if labels else "Upload") + more


def _file(place: Path, entry: dict[str, Any]) -> dict[str, Any]:
    """Return a file of a job with what was found in it."""
    looks: list[dict[str, Any]] = []
    if entry["state"] in ("good", "unknown"):
        looks = looks_of(place, entry["n"])
    return entry | {
        "looks": looks,
        "corrected": (place / str(entry["n"]) / "mapping.toml").exists(),
        "correctable": len(looks) == 1,
    }


def looks_of(place: Path, number: int) -> list[dict[str, Any]]:
    """Return what was found in a file; nothing when it is gone."""
    try:
        text = (place / str(number) / "look.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    found: list[dict[str, Any]] = json.loads(text)
    return found


def _progress(place: Path) -> dict[str, Any] | None:
    """Return how far a worker is: rows done of how many, how many a second, seconds left."""
    try:
        told: dict[str, Any] = json.loads((place / "progress.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    if told.get("queued"):
        return told
    done, total = int(told["done"]), max(int(told["total"]), int(told["done"]))
    seconds = max(0.001, float(told["at"]) - float(told["since"]))
    rate = done / seconds
    left = (total - done) / rate - (time.time() - told["at"]) if rate and seconds > 1 else None
    told |= {"done": done, "total": total, "rate": round(rate) if seconds > 1 else None}
    told["left_seconds"] = max(1, round(left)) if left is not None and total > done else None
    return told
