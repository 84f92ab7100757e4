"""Keeping the choice of light or dark."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from goodwill.desk.accounts.views import next_address
from goodwill.desk.look.context import COOKIE, LOOKS

_YEAR_SECONDS = 365 * 24 * 3600


@login_not_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the chosen look in a cookie and go back."""
    chosen = request.POST.get("look", "")
    if chosen not in LOOKS:
        return HttpResponseBadRequest("look must be one of: " + ", ".join(LOOKS))
    response = redirect(next_address(request))
    response.set_cookie(
        COOKIE,
        chosen,
        max_age=_YEAR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
