"""The chain for the period and the theme that the address asks for."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from goodwill.desk.overview.chain import draw
from goodwill.desk.pages import Steps, offset_of
from goodwill.desk.reading import book
from goodwill.desk.scope import CARRIED, asked_of, form_of

PAGE = 20


def chain(request: HttpRequest) -> HttpResponse:
    """Show the chain, the people whom a fault met again, and the public complaints."""
    offset = offset_of(request)
    asked = asked_of(request)
    seen = book().chain(**asked.of("chain"), offset=offset, limit=PAGE)
    query = urlencode({name: asked.texts[name] for name in CARRIED if asked.texts[name]})
    own = f"{reverse('chain')}?{query}" if query else reverse("chain")
    ctx = {
        "seen": seen,
        **form_of(asked, "chain"),
        "picture": SimpleLazyObject(partial(draw, seen.links)),
        "links": {link.key: link for link in seen.links},
        "own": own,
        "steps": Steps(own, offset, PAGE, len(seen.complaints), seen.total),
        "here": "chain",
    }
    return render(request, "chain/chain.html", ctx)
