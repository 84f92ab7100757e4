"""Who may import: those in the group ``import``, and superusers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from goodwill.desk.errors import page

GROUP = "import"


def may_import(user: Any) -> bool:
    """Return whether a user may import, refresh and mend."""
    if not user.is_authenticated or not user.is_active:
        return False
    return bool(user.is_superuser or user.groups.filter(name=GROUP).exists())


def importers_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let only those in who may import."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        if not may_import(request.user):
            return page(
                request,
                403,
                "Not allowed",
                "You may read this desk, and not import files.",
                "Ask whoever runs it: goodwill desk --user NAME --new-password makes one who may.",
            )
        return view(request, *args, **more)

    return guarded


def access(request: HttpRequest) -> dict[str, Any]:
    """Tell every page whether to show the way to the imports."""
    user = getattr(request, "user", None)
    return {"may_import": bool(user) and may_import(user)}
