"""What could not be taken, why, and mending it there."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from goodwill.desk.errors import page
from goodwill.desk.imports import jobs
from goodwill.desk.imports.state import folder, writable
from goodwill.desk.pages import Steps, offset_of

PAGE = 50
_LONGEST = 10_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_COLUMNS = ("file", "line", "column", "reason", "masked_value", "source", "import_id",
            "quarantine_id")  # fmt: skip


@require_GET
def quarantine(request: HttpRequest) -> HttpResponse:
    """Show the rows that wait, by reason and one by one, each with a place for the right value."""
    offset = offset_of(request)
    import_id = request.GET.get("import") or None
    seen = writable().waiting(import_id, offset=offset, limit=PAGE)
    own = request.path + (f"?{urlencode({'import': import_id})}" if import_id else "")
    ctx = {
        "seen": seen,
        "import_id": import_id,
        "files": list(dict.fromkeys((r.import_id, r.file) for r in seen.reasons)),
        "steps": Steps(own, offset, PAGE, len(seen.rows), seen.total),
        "here": "imports",
    }
    return render(request, "imports/quarantine.html", ctx)


@require_GET
def row(request: HttpRequest, quarantine_id: str) -> HttpResponse:
    """Show the shape of each cell of one row, and take right values for them."""
    ctx = {"row": writable().waiting_row(quarantine_id), "here": "imports"}
    return render(request, "imports/row.html", ctx)


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Try rows again: those that a value was given for, or all of one file."""
    sent = request.POST
    job: dict[str, Any] = {"import_id": "", "file": "", "ids": []}
    cells: dict[str, dict[str, str]] = {}
    if sent.get("file"):
        job |= {"import_id": sent.get("import", ""), "file": sent["file"]}
    elif sent.get("row"):
        typed = {n: sent.get(f"cell.{place}", "") for place, n in enumerate(sent.getlist("name"))}
        cells[sent["row"]] = {name: value for name, value in typed.items() if value}
    else:
        for key in sent:
            name, _, quarantine_id = key.partition(".")
            if name == "value" and sent[key]:
                cells[quarantine_id] = {sent.get(f"column.{quarantine_id}", ""): sent[key]}
    cells = {quarantine_id: each for quarantine_id, each in cells.items() if each}
    if not job["file"] and not cells:
        return page(request, 400, "No value was given", "There is nothing to try again with.",
                    "Go back and type the right value beside at least one row.")  # fmt: skip
    if any(len(value) > _LONGEST for each in cells.values() for value in each.values()):
        return page(request, 400, "A value is too long",
                    f"A cell holds at most {_LONGEST:,} characters here.",
                    "Correct the file and upload it again.")  # fmt: skip
    book = writable()
    place = jobs.new_folder(folder())
    if cells:
        # What was typed is a customer's data: it lies here sealed, and only until it was tried.
        job |= {"ids": sorted(cells), "file": "quarantine"}
        sealed = book.store().keyring.encrypt(json.dumps(cells).encode())
        handle = os.open(place / "cells.sealed", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(sealed)
    jobs.create(place, "again", "trying", request.user.get_username(), **job)
    jobs.start(folder(), place)
    return redirect("import_job", job_id=place.name)


@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """Give what waits in quarantine as CSV: places and reasons, values masked."""
    rows = writable().quarantine().select(list(_COLUMNS)).to_pylist()
    answer = HttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="quarantine.csv"'
    return answer


def _lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    yield _line(_COLUMNS)
    for each in rows:
        yield _line([each[name] for name in _COLUMNS])


def _line(cells: Any) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def safe_cell(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula.

    >>> safe_cell("=1+1"), safe_cell(" @x"), safe_cell(-3), safe_cell("plain")
    ("'=1+1", "' @x", -3, 'plain')
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return "'" + value
    return value
