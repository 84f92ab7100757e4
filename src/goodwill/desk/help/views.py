"""The docs on pages, and leaving or taking the tour."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from goodwill.desk.accounts.views import next_address
from goodwill.desk.help import docs
from goodwill.desk.help.context import COOKIE, FOLDED, LEFT

_YEAR_SECONDS = 365 * 24 * 3600


def index(request: HttpRequest) -> HttpResponse:
    """Show the docs' own list of what there is."""
    return doc(request, "index")


def doc(request: HttpRequest, name: str) -> HttpResponse:
    """Show one of the docs."""
    found = docs.read(name)
    if found is None:
        raise Http404("There is no such page of the docs.")
    # Markdown of this package, rendered with HTML switched off: nobody else's text is in it.
    ctx = {"doc": found, "html": mark_safe(found.html), "here": "help"}
    return render(request, "help/doc.html", ctx)


@require_POST
def tour(request: HttpRequest) -> HttpResponse:
    """Leave the tour of the demo, fold it, or take it again; a cookie keeps that."""
    response = redirect(next_address(request))
    if request.POST.get("do") == "again":
        response.delete_cookie(COOKIE)
    else:
        kept = FOLDED if request.POST.get("do") == "fold" else LEFT
        response.set_cookie(
            COOKIE, kept, max_age=_YEAR_SECONDS, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response
