"""The chain for the period and the theme that the address asks for."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goodwill.desk.overview.chain import draw
from goodwill.desk.pages import Steps, offset_of
from goodwill.desk.reading import book
from goodwill.desk.scope import asked_of
from goodwill.errors import InputError

NARROWS = ("from", "to", "theme")
PAGE = 20


def chain(request: HttpRequest) -> HttpResponse:
    """Show the chain, the people whom a fault met again, and the public complaints."""
    offset = offset_of(request)
    asked = asked_of(request)
    try:
        seen = book().chain(
            since=asked.since, until=asked.until, theme_id=asked.theme_id, offset=offset, limit=PAGE
        )
    except InputError as error:
        raise BadRequest(error.message) from error
    query = urlencode({name: asked.texts[name] for name in NARROWS if asked.texts[name]})
    own = f"{reverse('chain')}?{query}" if query else reverse("chain")
    ctx = {
        "seen": seen,
        "asked": asked.texts,
        "picture": draw(seen.links),
        "links": {link.key: link for link in seen.links},
        "themes": [(problem.theme_id, problem.label) for problem in book().problems()],
        "steps": Steps(own, offset, PAGE, len(seen.complaints), seen.total),
        "here": "chain",
    }
    return render(request, "chain/chain.html", ctx)
