"""What every answer of the desk goes through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from goodwill.desk import reading
from goodwill.desk.accounts import audit
from goodwill.desk.accounts.models import reader_of
from goodwill.desk.errors import page
from goodwill.desk.narrowed import is_narrow, narrow
from goodwill.desk.rights import OPEN, READERS, RIGHTS, may
from goodwill.errors import GoodwillError, InputError, NotEnoughData, NotFound

Answer = Callable[[HttpRequest], HttpResponse]


class SecureHeaders:
    """Set the headers that Django has no setting for; pages are never kept by a cache."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class Rights:
    """Let in whom the table of rights lets in, narrow the Book for viewers, and keep the log."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = reader_of(request)
        if user is None:
            return self.answer(request)
        with narrow(user.role not in READERS):
            response = self.answer(request)
            if is_narrow() and isinstance(response, StreamingHttpResponse):
                # Made here, while the Book is narrow, not when the server asks for the parts.
                response.streaming_content = iter(list(response))
        match = request.resolver_match
        right = RIGHTS.get(match.url_name or "") if match else None
        if right is not None and response.status_code < 400:
            if request.method == "POST":
                audit.write(request, "did", user)
            elif right.logged and request.method == "GET":
                audit.write(request, "saw", user)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Return the page that refuses, where the table does not let this role in."""
        user = reader_of(request)
        name = str(request.resolver_match.url_name if request.resolver_match else "")
        if user is None or name in OPEN or may(user.role, name, request.method or ""):
            return None
        audit.write(request, "refused", user)
        return page(
            request,
            403,
            "Not allowed",
            f"This page is not for {user.role}s.",
            "Whoever looks after this desk says who may see and do what.",
        )


class BookErrors:
    """Turn what a Book raises on purpose into a page with the next step."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page for a `GoodwillError`; other errors go on to the 500 page."""
        if isinstance(error, NotFound):
            return page(request, 404, "Not found", error.message, error.hint)
        if isinstance(error, InputError):
            return page(request, 400, "This cannot be done", error.message, error.hint)
        if isinstance(error, NotEnoughData):
            return page(request, 200, "Nothing to show yet", error.message, error.hint)
        if isinstance(error, GoodwillError):
            return page(request, 503, "The Book cannot be read", error.message, error.hint)
        return None


class BookTimeZone:
    """Show times in the Book's time zone to those who are signed in, and note the generation."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.answer(request)
        try:
            zone = ZoneInfo(reading.book().settings.time_zone)
            reading.note_generation(request)
        except GoodwillError:  # the view meets the same fault, and BookErrors then tells it
            return self.answer(request)
        with timezone.override(zone):
            return self.answer(request)
