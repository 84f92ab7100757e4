"""The jobs of the Import page: one folder each, whose ``job.json`` says what is wanted and done.

A job changes only under its own lock, by writing a draft that replaces the file. The process that
works on it holds ``worker`` locked from before it is started until it is gone: a job that should
run and whose lock is free was killed, and is started again.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from goodwill.errors import NotFound

Job = dict[str, Any]
FOLDER = "uploads"
RUNNING = ("looking", "adding", "trying", "refreshing")
"""States in which a worker is at it; ``waiting`` is for people, the others are ends."""
_ID = re.compile(r"\d{8}T\d{6}-[0-9a-f]{12}\Z")
_DAY_SECONDS = 86_400


def uploads(book: Path) -> Path:
    """Return the folder of all jobs, made when absent; its owner alone can read it."""
    folder = book / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def new_folder(book: Path) -> Path:
    """Make the folder of a new job; without ``job.json`` it is no job yet."""
    folder = uploads(book) / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(6)}"
    folder.mkdir(mode=0o700)
    return folder


def folder_of(book: Path, job_id: str) -> Path:
    """Return a job's folder.

    Raises:
        NotFound: there is no such job, or it was cleared away.
    """
    folder = book / FOLDER / job_id
    if not _ID.match(job_id) or not (folder / "job.json").is_file():
        raise NotFound(
            "There is no such upload.", hint="It may have been cleared away; see the imports."
        )
    return folder


def write(path: Path, value: Any) -> None:
    """Write JSON whole: readers see the old file or the new one."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.draft")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(value, out, ensure_ascii=False)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)


def read(folder: Path) -> Job:
    """Return a job as it stands.

    Raises:
        NotFound: it was cleared away.
    """
    try:
        job: Job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotFound("There is no such upload.", hint="It was cleared away.") from None
    return job


def create(folder: Path, kind: str, state: str, by: str, **more: Any) -> Job:
    """Write down a new job."""
    job: Job = {
        "id": folder.name, "kind": kind, "state": state, "by": by,
        "at": datetime.now(UTC).isoformat(timespec="seconds"), "tries": 0, "files": [], **more,
    }  # fmt: skip
    write(folder / "job.json", job)
    return job


@contextmanager
def changing(folder: Path) -> Iterator[Job]:
    """Give a job to change, alone; what was changed is written when the block ends well."""
    with _locked(folder):
        job = read(folder)
        yield job
        write(folder / "job.json", job)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    try:
        handle = os.open(folder / "change", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except FileNotFoundError:
        raise NotFound("There is no such upload.", hint="It was cleared away.") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def every(book: Path) -> list[Job]:
    """Return all jobs, the newest first."""
    found = []
    folder = book / FOLDER
    for place in sorted(folder.iterdir(), reverse=True) if folder.is_dir() else []:
        if _ID.match(place.name):
            with suppress(NotFound, ValueError):
                found.append(read(place))
    return found


def start(book: Path, folder: Path) -> bool:
    """Start a worker for a job that should run and that none works on; return whether it was.

    The worker inherits the lock it is known by, so that there is no moment without it.
    """
    with _locked(folder):
        if read(folder)["state"] not in RUNNING:
            return False
        handle = os.open(folder / "worker", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.set_inheritable(handle, True)
            process = subprocess.Popen(
                # -P: nothing is imported from the folder that the desk was started in.
                [sys.executable, "-P", "-m", "goodwill.desk.imports.worker", str(book),
                 folder.name, str(handle)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(handle,),
                start_new_session=True,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
            )  # fmt: skip
        except BlockingIOError:
            return False
        finally:
            os.close(handle)
    threading.Thread(target=process.wait, daemon=True).start()
    return True


def revive(book: Path) -> None:
    """Start again what was killed while it ran."""
    for job in every(book):
        if job["state"] in RUNNING:
            with suppress(NotFound):
                start(book, book / FOLDER / job["id"])


def remove(folder: Path) -> None:
    """Delete a job with all its files; first the name by which it is known."""
    (folder / "job.json").unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def sweep(book: Path, days: int) -> None:
    """Delete the jobs that are older than some days and do not run, and uploads cut off."""
    folder = book / FOLDER
    now = time.time()
    for place in list(folder.iterdir()) if folder.is_dir() else []:
        if not _ID.match(place.name):
            continue
        with suppress(NotFound, ValueError, OSError):
            cut_off = not (place / "job.json").exists()
            age = now - place.stat().st_mtime
            if cut_off and age > _DAY_SECONDS:
                shutil.rmtree(place, ignore_errors=True)
            elif not cut_off and read(place)["state"] not in RUNNING:
                begun = datetime.fromisoformat(read(place)["at"]).timestamp()
                if now - begun > days * _DAY_SECONDS:
                    remove(place)


def discard(place: Path) -> None:
    """Delete one file of a job with what was found in it."""
    shutil.rmtree(place, ignore_errors=True)
