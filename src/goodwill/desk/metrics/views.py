"""The metrics for the period, the theme and the channel that the address asks for."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goodwill.desk.reading import book
from goodwill.errors import InputError


def metrics(request: HttpRequest) -> HttpResponse:
    """Show every metric, and first-contact resolution as other products define it."""
    asked = {name: _text(request, name) for name in ("from", "to", "theme", "channel")}
    try:
        seen = book().metrics(
            since=date.fromisoformat(asked["from"]) if asked["from"] else None,
            until=date.fromisoformat(asked["to"]) if asked["to"] else None,
            theme_id=int(asked["theme"]) if asked["theme"] else None,
            channel=asked["channel"],
        )
    except ValueError as error:
        raise BadRequest("from and to must be days, theme a whole number") from error
    except InputError as error:
        raise BadRequest(error.message) from error
    ctx = {
        "seen": seen,
        "asked": asked,
        "themes": [(problem.theme_id, problem.label) for problem in book().problems()],
        "here": "metrics",
    }
    return render(request, "metrics/metrics.html", ctx)


def _text(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").strip()
