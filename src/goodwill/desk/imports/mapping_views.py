"""Correcting which column is which: of an upload before it is taken, and of rows in quarantine."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goodwill.desk.errors import page
from goodwill.desk.imports import jobs
from goodwill.desk.imports.forms import draft_from, sheet_of
from goodwill.desk.imports.state import folder, looks_of, writable
from goodwill.errors import MappingError
from goodwill.records import corrected, draft_of, mapping_name, mapping_text


@require_http_methods(["GET", "HEAD", "POST"])
def of_file(request: HttpRequest, job_id: str, number: int) -> HttpResponse:
    """Show how one file of an upload is read, or take another way and look at it again."""
    place = jobs.folder_of(folder(), job_id)
    looks = looks_of(place, number)
    if len(looks) != 1 or jobs.read(place)["state"] != "waiting":
        return page(request, 409, "It cannot be corrected now",
                    "This file is being worked on, was taken, or is an archive of several files.",
                    "Upload the files of an archive one by one to correct them.")  # fmt: skip
    look = looks[0]
    mapping = place / str(number) / "mapping.toml"
    if request.method == "POST" and request.POST.get("reset"):
        mapping.unlink(missing_ok=True)
        _look_again(place, number, "")
        return redirect("import_job", job_id=job_id)
    form = _Form(request, look)
    if form.text is None:
        ctx = form.ctx | {"job_id": job_id, "corrected": mapping.exists(), "here": "imports"}
        return render(request, "imports/mapping.html", ctx, status=400 if form.faults else 200)
    _write(mapping, form.text)
    _look_again(place, number, form.source)
    return redirect("import_job", job_id=job_id)


def _look_again(place: Path, number: int, source: str) -> None:
    with jobs.changing(place) as job:
        if job["state"] in ("waiting", "looking"):
            job |= {"state": "looking", "tries": 0}
            for entry in job["files"]:
                if entry["n"] == number:
                    entry |= {"state": "looking", "source": source}
    jobs.start(folder(), place)


@require_http_methods(["GET", "HEAD", "POST"])
def of_quarantine(request: HttpRequest) -> HttpResponse:
    """Show how the rows of a file in quarantine were read, or try them in another way."""
    import_id, file = request.GET.get("import", ""), request.GET.get("file", "")
    seen = writable().waiting_look(import_id, file)
    look = {"columns": seen.columns, "shapes": seen.shapes, "document": seen.document,
            "file": seen.file}  # fmt: skip
    form = _Form(request, look)
    if form.text is None:
        ctx = form.ctx | {"import_id": import_id, "here": "imports"}
        return render(request, "imports/mapping.html", ctx, status=400 if form.faults else 200)
    place = jobs.new_folder(folder())
    _write(place / "mapping.toml", form.text)
    jobs.create(place, "again", "trying", request.user.get_username(),
                import_id=import_id, file=file, ids=[])  # fmt: skip
    jobs.start(folder(), place)
    return redirect("import_job", job_id=place.name)


class _Form:
    """What a form shows, and once it was sent without fault, the text of the mapping."""

    def __init__(self, request: HttpRequest, look: Mapping[str, Any]) -> None:
        columns: Sequence[str] = list(look["columns"])
        document = dict(look["document"])
        draft = draft_of(document, columns)
        self.faults: list[str] = []
        self.text: str | None = None
        self.source = draft.source
        if request.method == "POST":
            draft, self.faults = draft_from(request.POST, draft, columns)
            if not self.faults:
                name = mapping_name(look["file"])
                try:
                    self.text = mapping_text(corrected(document, draft, columns, name))
                except MappingError as error:
                    self.faults = [error.message]
            self.source = draft.source
        self.ctx = {
            "file": look["file"],
            "sheet": sheet_of(draft, columns, look["shapes"]),
            "faults": self.faults,
        }


def _write(path: Path, text: str) -> None:
    draft = path.with_suffix(".draft")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
