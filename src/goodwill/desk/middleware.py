"""What every answer of the desk goes through."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from goodwill.desk import reading
from goodwill.desk.errors import page
from goodwill.errors import GoodwillError, NotEnoughData, NotFound

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
        if isinstance(error, NotEnoughData):
            return page(request, 200, "Nothing to show yet", error.message, error.hint)
        if isinstance(error, GoodwillError):
            return page(request, 503, "The Book cannot be read", error.message, error.hint)
        return None


class BookTimeZone:
    """Show times in the Book's time zone to those who are signed in."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.answer(request)
        try:
            zone = ZoneInfo(reading.book().settings.time_zone)
        except GoodwillError:  # the view meets the same fault, and BookErrors then tells it
            return self.answer(request)
        with timezone.override(zone):
            return self.answer(request)
