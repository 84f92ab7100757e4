"""The processes behind the Import page: killed, twice at once, cut off, cleared away."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from importing import at_once, desk_over, send, tickets
from reader import said

import goodwill
from goodwill.desk.imports import jobs, worker
from goodwill.errors import NotFound

PATIENCE_SECONDS = 90


@pytest.fixture
def real(client: Client, tmp_path: Path) -> Iterator[goodwill.Book]:
    """An empty Book that the desk serves; its workers are processes."""
    with pytest.MonkeyPatch.context() as patch, desk_over(tmp_path, patch) as book:
        yield book


@pytest.fixture
def ada(client: Client, user: Any, real: goodwill.Book) -> Client:
    """Ada's browser; she may import."""
    return client


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.1)


def waiting_job(book: goodwill.Book, name: str, content: bytes) -> Path:
    """Return the folder of a job whose file is about to be added."""
    folder = jobs.new_folder(book.folder)
    (folder / "1").mkdir()
    (folder / "1" / name).write_bytes(content)
    entry = {"n": 1, "label": name, "bytes": len(content), "state": "taken"}
    jobs.create(folder, "upload", "adding", "ada", files=[entry], source="")
    return folder


def test_two_at_once_and_one_killed_take_every_row_once(
    ada: Client, real: goodwill.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def remember(*args: Any, **more: Any) -> Any:
        started.append(popen(*args, **more))
        return started[-1]

    monkeypatch.setattr(jobs.subprocess, "Popen", remember)
    folders = [waiting_job(real, f"{n}.csv", tickets(n * 40, 40)) for n in range(2)]
    queued = [folder / "progress.json" for folder in folders]
    with real.store().lock():  # a refresh of somebody else, say
        assert [jobs.start(real.folder, folder) for folder in folders] == [True, True]
        assert jobs.start(real.folder, folders[0]) is False
        until(lambda: all(path.exists() for path in queued))
        page = ada.get(f"/import/{folders[0].name}/")
        assert "Another import or a refresh is writing to the Book" in said(page)
        assert '<noscript><meta http-equiv="refresh"' in page.content.decode()
        os.kill(started[0].pid, signal.SIGKILL)
        started[0].wait()
        queued[0].unlink()
        assert ada.get("/import/").status_code == 200  # a look at the page starts it again
        until(queued[0].exists)
        text = said(ada.get(f"/import/{folders[0].name}/"))
        assert "The work was cut off and was started again; no row is taken twice." in text
    until(lambda: all(jobs.read(folder)["state"] == "done" for folder in folders))
    assert len(started) == 3
    assert real.table("contacts").num_rows == 80
    for folder in folders:
        assert "40 read = 40 new + 0 updated + 0 duplicate" in said(
            ada.get(f"/import/{folder.name}/")
        )


def test_a_worker_killed_after_its_rows_were_safe_tells_what_came_in(
    ada: Client, real: goodwill.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = waiting_job(real, "t.csv", tickets(0, 30))
    with jobs.changing(folder) as job:
        job["files"][0]["begun"] = datetime.now(UTC).isoformat()
    real.add(folder / "1" / "t.csv")  # and killed here
    worker.work(real, folder)
    assert jobs.read(folder)["files"][0]["reports"][0]["new"] == 30
    assert real.table("contacts").num_rows == 30
    assert not (folder / "1").exists()


def test_rows_tried_again_by_a_worker_that_was_killed_are_not_missed(
    ada: Client, real: goodwill.Book, tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_bytes(tickets(0, 40, {7: "31/02/2025", 9: ""}))
    real.add(tmp_path / "t.csv")
    rows = real.waiting().rows
    cells = {row["quarantine_id"]: {"Opened": "03/02/2025 10:00"} for row in rows}
    real.readd([rows[0]["quarantine_id"]], cells=cells)  # the killed one came so far
    folder = jobs.new_folder(real.folder)
    ids = [row["quarantine_id"] for row in rows]
    jobs.create(folder, "again", "trying", "ada", import_id="", file="quarantine", ids=ids)
    import json

    (folder / "cells.sealed").write_bytes(real.store().keyring.encrypt(json.dumps(cells).encode()))
    worker.work(real, folder)
    assert jobs.read(folder)["state"] == "done"
    assert real.waiting().total == 0
    assert real.table("contacts").num_rows == 40
    assert not (folder / "cells.sealed").exists()


def test_work_that_is_always_cut_off_is_given_up(real: goodwill.Book) -> None:
    folder = waiting_job(real, "t.csv", tickets(0, 30))
    with jobs.changing(folder) as job:
        job["tries"] = worker.MOST_TRIES
    worker.work(real, folder)
    assert jobs.read(folder)["state"] == "failed"
    assert real.table("contacts").num_rows == 0


def test_a_job_is_changed_whole_or_not_at_all(real: goodwill.Book) -> None:
    folder = waiting_job(real, "t.csv", b"")
    with pytest.raises(ZeroDivisionError), jobs.changing(folder) as job:
        job["state"] = "done"
        raise ZeroDivisionError
    assert jobs.read(folder)["state"] == "adding"
    assert [p.name for p in folder.glob("*.draft")] == []


def test_an_upload_that_broke_off_is_no_job_and_goes(real: goodwill.Book) -> None:
    folder = jobs.new_folder(real.folder)
    (folder / "1").mkdir()
    with pytest.raises(NotFound):
        jobs.folder_of(real.folder, folder.name)
    jobs.sweep(real.folder, 7)
    assert folder.exists()  # it may still be coming in
    os.utime(folder, (0, 0))
    jobs.sweep(real.folder, 7)
    assert not folder.exists()


def test_what_runs_is_never_cleared_away(real: goodwill.Book) -> None:
    folder = waiting_job(real, "t.csv", b"")
    with jobs.changing(folder) as job:
        job["at"] = "2020-01-01T00:00:00+00:00"
    jobs.sweep(real.folder, 1)
    assert folder.exists()


def test_a_form_sent_twice_takes_once(
    ada: Client, real: goodwill.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once(monkeypatch, real)
    seen = send(ada, ("t.csv", tickets(0, 30)))
    address = seen.request["PATH_INFO"] + "take/"
    for _ in range(2):
        assert ada.post(address, {"take": "1"}).status_code == 302
    assert real.table("imports").num_rows == 1
