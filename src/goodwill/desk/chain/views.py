"""The chain for the period and the theme that the address asks for."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goodwill.desk.overview.chain import draw
from goodwill.desk.pages import Steps, offset_of
from goodwill.desk.reading import book
from goodwill.errors import InputError

PAGE = 20


def chain(request: HttpRequest) -> HttpResponse:
    """Show the chain, the people whom a fault met again, and the public complaints."""
    offset = offset_of(request)
    since, until, theme = (_text(request, name) for name in ("from", "to", "theme"))
    try:
        seen = book().chain(
            since=date.fromisoformat(since) if since else None,
            until=date.fromisoformat(until) if until else None,
            theme_id=int(theme) if theme else None,
            offset=offset,
            limit=PAGE,
        )
    except ValueError as error:
        raise BadRequest("from and to must be days, theme a whole number") from error
    except InputError as error:
        raise BadRequest(error.message) from error
    asked = {"from": since, "to": until, "theme": theme}
    query = urlencode({key: value for key, value in asked.items() if value})
    own = f"{reverse('chain')}?{query}" if query else reverse("chain")
    ctx = {
        "seen": seen,
        "asked": asked,
        "picture": draw(seen.links),
        "links": {link.key: link for link in seen.links},
        "themes": [(problem.theme_id, problem.label) for problem in book().problems()],
        "steps": Steps(own, offset, PAGE, len(seen.complaints), seen.total),
        "here": "chain",
    }
    return render(request, "chain/chain.html", ctx)


def _text(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").strip()
