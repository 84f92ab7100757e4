"""The metrics for the period, the theme and the channel that the address asks for."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goodwill.desk.reading import book
from goodwill.desk.scope import asked_of
from goodwill.errors import InputError


def metrics(request: HttpRequest) -> HttpResponse:
    """Show every metric, and first-contact resolution as other products define it."""
    asked = asked_of(request)
    try:
        seen = book().metrics(
            since=asked.since,
            until=asked.until,
            theme_id=asked.theme_id,
            channel=asked.texts["channel"],
        )
    except InputError as error:
        raise BadRequest(error.message) from error
    ctx = {
        "seen": seen,
        "asked": asked.texts,
        "themes": [(problem.theme_id, problem.label) for problem in book().problems()],
        "here": "metrics",
    }
    return render(request, "metrics/metrics.html", ctx)
