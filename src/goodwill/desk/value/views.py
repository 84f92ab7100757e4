"""The pages Value and Ledger."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goodwill.desk.pages import Steps, offset_of
from goodwill.desk.reading import book
from goodwill.report.equity_parts import PARTS_SAID

PAGE = 50
SHOWN_MONTHS = 13
DRAWN_MONTHS = 36

SAID = {"first bought in": "year of the first order", "last product": "product bought last"}
"""Dimensions of customer equity whose own name needs words."""


def value(request: HttpRequest) -> HttpResponse:
    """Show what the customers are worth at the end of a month, and how it came about."""
    asked = request.GET.get("month", "").strip()
    try:
        month = datetime.strptime(asked, "%Y-%m").date() if asked else None
        seen = book().value(month=month)
    except ValueError as error:
        raise BadRequest("month must be such as 2026-03") from error
    ctx = {
        "seen": seen,
        "months": seen.months[:SHOWN_MONTHS],
        "drawn": seen.months[:DRAWN_MONTHS],
        "dimensions": [
            (SAID.get(name, name), list(rows))
            for name, rows in groupby(seen.segments, lambda one: one.dimension)
        ],
        "parts_said": PARTS_SAID,
        "here": "value",
    }
    return render(request, "value/value.html", ctx)


def ledger(request: HttpRequest) -> HttpResponse:
    """Show what was forecast, what came, and how often the interval held it."""
    offset = offset_of(request)
    state = request.GET.get("state", "all")
    seen = book().ledger(state=state, offset=offset, limit=PAGE)
    own = reverse("ledger") + (f"?state={state}" if state != "all" else "")
    ctx = {
        "seen": seen,
        "states": ("all", "settled", "missed", "waiting", "published", "replayed"),
        "steps": Steps(own, offset, PAGE, len(seen.rows), seen.total),
        "here": "value",
    }
    return render(request, "value/ledger.html", ctx)
