"""The page of the records behind a figure."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goodwill.desk.pages import Steps, offset_of
from goodwill.desk.reading import book
from goodwill.desk.records.filters import address, decode, in_words

PAGE = 50
FIRST = ("at", "due_at", "customer_id", "text", "subject", "reason")
"""Columns that a reader looks for; they come first, the others as the table has them."""


def records(request: HttpRequest, table: str) -> HttpResponse:
    """Show the records that the address names, fifty at a time."""
    offset = offset_of(request)
    where = decode((key, str(text)) for key, text in request.GET.items() if key != "offset")
    page = book().records(table, where, offset=offset, limit=PAGE)
    order = sorted(range(len(page.columns)), key=lambda i: _place(page.columns[i]))
    filled = [i for i in order if any(row[i] is not None for row in page.rows)]
    ctx = {
        "page": page,
        "said": in_words(page.where),
        "columns": [page.columns[i] for i in filled],
        "rows": [[(page.columns[i], row[i]) for i in filled] for row in page.rows],
        "empty_columns": [name for i, name in enumerate(page.columns) if i not in filled],
        "steps": Steps(address(table, where), offset, PAGE, len(page.rows), page.total),
    }
    return render(request, "records/records.html", ctx)


def _place(column: str) -> int:
    return FIRST.index(column) if column in FIRST else len(FIRST)
