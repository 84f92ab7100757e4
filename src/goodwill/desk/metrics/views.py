"""The metrics for the period, the theme and the channel that the address asks for."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goodwill.desk.reading import book
from goodwill.desk.scope import asked_of, form_of
from goodwill.errors import InputError


def metrics(request: HttpRequest) -> HttpResponse:
    """Show every metric, and first-contact resolution as other products define it."""
    asked = asked_of(request)
    try:
        seen = book().metrics(**asked.of("metrics"))
    except InputError as error:
        raise BadRequest(error.message) from error
    ctx = {
        "seen": seen,
        **form_of(asked, "metrics"),
        "here": "metrics",
    }
    return render(request, "metrics/metrics.html", ctx)
