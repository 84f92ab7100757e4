"""The Import page, an upload from its arrival to the end, and the refresh."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from goodwill.desk.errors import page
from goodwill.desk.imports import jobs
from goodwill.desk.imports.state import folder, shown, writable
from goodwill.desk.imports.uploading import MOST_FILES, IntoBook
from goodwill.desk.pages import Steps, offset_of

PAGE = 20
UPLOADS_AN_HOUR = 60
"""By one person."""
_SLOTS = threading.BoundedSemaphore(2)
"""Uploads received at once: each holds one of the few threads that serve pages."""


@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """Show where to upload, what is under way, and what came in before."""
    book = writable()
    jobs.sweep(folder(), book.settings.upload_days)
    jobs.revive(folder())
    refreshed, stale = book.newest()
    offset = offset_of(request)
    history = book.table("imports").sort_by([("at", "descending"), ("import_id", "descending")])
    ctx = {
        "under_way": [shown(job) for job in jobs.every(folder())
                      if job["state"] in (*jobs.RUNNING, "waiting")],
        "history": history.slice(offset, PAGE).to_pylist(),
        "steps": Steps(request.path, offset, PAGE, min(PAGE, len(history) - offset), len(history)),
        "sources": sorted(set(history.column("source").to_pylist()) - {None}),
        "refreshed": refreshed,
        "stale": stale,
        "waiting_rows": book.waiting(limit=0).total,
        "most_megabytes": book.settings.upload_megabytes,
        "most_files": MOST_FILES,
        "days": book.settings.upload_days,
        "here": "imports",
    }  # fmt: skip
    return render(request, "imports/imports.html", ctx)


@csrf_exempt  # so that the handler stands before the form is read; _received checks the token
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Receive files into a new job, and have them looked at."""
    book = writable()
    jobs.sweep(folder(), book.settings.upload_days)
    since = datetime.now(UTC) - timedelta(hours=1)
    mine = [job for job in jobs.every(folder()) if job["kind"] == "upload"
            and job["by"] == request.user.get_username()
            and datetime.fromisoformat(job["at"]) > since]  # fmt: skip
    if len(mine) >= UPLOADS_AN_HOUR:
        return page(request, 429, "Too many uploads",
                    f"You sent {UPLOADS_AN_HOUR} uploads within an hour.",
                    f"Wait a while; one upload may hold {MOST_FILES} files.")  # fmt: skip
    if not _SLOTS.acquire(blocking=False):
        return page(request, 503, "Others are uploading",
                    "Two uploads are being received already.",
                    "Go back and send the form again in a moment.")  # fmt: skip
    handler = IntoBook(request, folder(), book.settings.upload_megabytes * 1024**2)
    answer: HttpResponse | None = None
    try:
        request.upload_handlers = [handler]
        answer = _received(request, handler)
        return answer
    finally:
        _SLOTS.release()
        if answer is None or answer.status_code >= 400:
            handler.discard()


@csrf_protect
def _received(request: HttpRequest, handler: IntoBook) -> HttpResponse:
    source = "".join(c for c in request.POST.get("source", "").strip() if c.isprintable())[:80]
    if handler.fault:
        return page(request, 413, "This upload was refused", handler.fault,
                    "Nothing of it was kept. Split the file, or run on the machine itself: "
                    "goodwill add FILE")  # fmt: skip
    if handler.folder is None:
        return page(request, 400, "No file came", "The form held no file.",
                    "Go back, choose one or several files, and send the form again.")  # fmt: skip
    jobs.create(handler.folder, "upload", "looking", request.user.get_username(),
                source=source, files=handler.files)  # fmt: skip
    jobs.start(folder(), handler.folder)
    return redirect("import_job", job_id=handler.folder.name)


@require_GET
def job(request: HttpRequest, job_id: str) -> HttpResponse:
    """Show one job: what was recognised, how far it is, or what became of it."""
    place = jobs.folder_of(folder(), job_id)
    jobs.start(folder(), place)
    seen = shown(jobs.read(place))
    ctx = {"job": seen, "here": "imports"}
    part = request.headers.get("X-Part") == "job"
    return render(request, "imports/job_part.html" if part else "imports/job.html", ctx)


@require_POST
def take(request: HttpRequest, job_id: str) -> HttpResponse:
    """Take the ticked files into the Book, and refresh after it where that is wanted."""
    place = jobs.folder_of(folder(), job_id)
    ticked = set(request.POST.getlist("take"))
    with jobs.changing(place) as now:
        good = [f for f in now["files"] if f["state"] == "good" and str(f["n"]) in ticked]
        if now["state"] != "waiting":
            return redirect("import_job", job_id=job_id)  # sent twice
        if not good:
            return page(request, 400, "No file was chosen", "None of the files was ticked.",
                        "Go back and tick at least one that was recognised.")  # fmt: skip
        for entry in now["files"]:
            if entry in good:
                entry["state"] = "taken"
            elif entry["state"] in ("good", "unknown"):
                entry["state"] = "left"
        now |= {"state": "adding", "refresh": request.POST.get("refresh") == "on", "tries": 0}
        left = [entry["n"] for entry in now["files"] if entry["state"] == "left"]
    for number in left:
        jobs.discard(place / str(number))
    jobs.start(folder(), place)
    return redirect("import_job", job_id=job_id)


@require_POST
def throw_away(request: HttpRequest, job_id: str) -> HttpResponse:
    """Delete an upload that was not taken."""
    place = jobs.folder_of(folder(), job_id)
    with jobs.changing(place) as now:
        if now["state"] in jobs.RUNNING:
            return page(request, 409, "It is being worked on",
                        "This upload cannot be thrown away while it is worked on.",
                        "Wait until it has finished.")  # fmt: skip
        now["state"] = "thrown away"
    jobs.remove(place)
    return redirect("imports")


@require_POST
def refresh(request: HttpRequest) -> HttpResponse:
    """Make the new generation; a refresh that waits or runs already is the one."""
    for each in jobs.every(folder()):
        if each["state"] == "refreshing":
            jobs.start(folder(), Path(folder(), jobs.FOLDER, each["id"]))
            return redirect("import_job", job_id=each["id"])
    place = jobs.new_folder(folder())
    jobs.create(place, "refresh", "refreshing", request.user.get_username())
    jobs.start(folder(), place)
    return redirect("import_job", job_id=place.name)
