"""The pages that say what went wrong, and what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(
    request: HttpRequest, status: int, title: str, message: str, hint: str = ""
) -> HttpResponse:
    """Return the page of one fault."""
    ctx = {"title": title, "message": message, "hint": hint, "status": status}
    return render(request, "fault.html", ctx, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for an address that nothing answers to."""
    return page(request, 404, "Not found", "There is no page at this address.")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for a request that cannot be understood."""
    return page(request, 400, "Bad request", "This request cannot be understood.")


def forbidden(
    request: HttpRequest, exception: Exception | None = None, reason: str = ""
) -> HttpResponse:
    """Return the page for a request that is not allowed, say a form that was open too long."""
    return page(
        request,
        403,
        "Not allowed",
        "This form was open too long, or came from elsewhere.",
        "Go back, load the page again, and send the form once more.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the page for a fault of the desk itself; needs neither the Book nor a session."""
    return render(request, "500.html", status=500, using=None)
