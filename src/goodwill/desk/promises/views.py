"""The open promises and the ledger, and the same as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from goodwill.desk.pages import Steps, offset_of
from goodwill.desk.reading import book
from goodwill.report.broken_costs import KINDS
from goodwill.report.promise_shapes import PromisesPage

PAGE = 50
STATES = (
    ("open", "Open"),
    ("overdue", "Past their date"),
    ("broken", "Broken or past"),
    ("kept", "Kept"),
    ("unknown", "Unknown"),
    ("all", "All"),
)
COLUMNS = (
    "promise_id", "kind", "what", "words", "who", "source", "customer_id", "order_number",
    "made_at", "due_at", "kept_at", "again_at", "status", "reason", "days_late", "step",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def promises(request: HttpRequest) -> HttpResponse:
    """Show the promises that were asked for; the open ones when nothing was."""
    offset = offset_of(request)
    chosen = _chosen(request)
    seen = _read(chosen, offset, PAGE)
    query = urlencode({key: value for key, value in chosen.items() if value})
    ctx = {
        "seen": seen,
        "chosen": chosen,
        "states": STATES,
        "kinds": [(name, KINDS.get(name, name), count) for name, count in seen.kinds],
        "steps": Steps(f"{reverse('promises')}?{query}", offset, PAGE, len(seen.rows), seen.total),
        "file": f"{reverse('promises_csv')}?{query}",
        "here": "promises",
    }
    return render(request, "promises/promises.html", ctx)


def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Send all the promises that were asked for as a file."""
    chosen = _chosen(request)
    _read(chosen, 0, 1)
    response = StreamingHttpResponse(_lines(chosen), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="promises-{chosen["state"]}.csv"'
    return response


def _read(chosen: dict[str, str], offset: int, limit: int) -> PromisesPage:
    return book().promises(
        state=chosen["state"],
        kind=chosen["kind"],
        what=chosen["what"],
        customer_id=chosen["customer_id"],
        offset=offset,
        limit=limit,
    )


class _Echo:
    """Gives back what a writer of CSV writes."""

    def write(self, line: str) -> str:
        return line


def _lines(chosen: dict[str, str]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    offset, step = 0, 5_000
    while True:
        rows = _read(chosen, offset, step).rows
        for row in rows:
            yield writer.writerow([_cell(getattr(row, name)) for name in COLUMNS])
        if len(rows) < step:
            return
        offset += step


def _cell(value: Any) -> Any:
    """Return a value as a cell; a text that a spreadsheet would run stands behind an apostrophe."""
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _chosen(request: HttpRequest) -> dict[str, str]:
    """Return the filters that the address asks for."""
    return {
        "state": request.GET.get("state", "open"),
        "kind": request.GET.get("kind", ""),
        "what": request.GET.get("what", ""),
        "customer_id": request.GET.get("customer_id", ""),
    }
