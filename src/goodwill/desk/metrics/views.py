"""The metrics for the period, the theme and the channel that the address asks for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goodwill.desk.reading import book
from goodwill.desk.scope import asked_of, form_of


def metrics(request: HttpRequest) -> HttpResponse:
    """Show every metric, and first-contact resolution as other products define it."""
    asked = asked_of(request)
    seen = book().metrics(**asked.of("metrics"))
    ctx = {
        "seen": seen,
        **form_of(asked, "metrics"),
        "here": "metrics",
    }
    return render(request, "metrics/metrics.html", ctx)
