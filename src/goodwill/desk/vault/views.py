"""Mail and phone of one customer, for follow-up; and who looked at whose."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from goodwill.desk.accounts.audit import about
from goodwill.desk.errors import page
from goodwill.desk.pages import Steps, offset_of
from goodwill.desk.reading import book

PAGE = 100


@require_POST
def see_contact(request: HttpRequest) -> HttpResponse:
    """Show how a customer can be reached; the look is recorded with its reason first."""
    customer_id = request.POST.get("customer", "").strip()
    reason = request.POST.get("reason", "").strip()
    if not customer_id or not reason:
        return page(
            request,
            400,
            "Why?",
            "Mail and phone are shown to those who say why.",
            "Go back and write the reason, such as: call back about order 1001.",
        )
    about(request, customer_id=customer_id[:300])
    seen = book().contact_details(customer_id, actor=request.user.get_username(), reason=reason)
    ctx = {"seen": seen, "customer_id": customer_id, "here": "customers"}
    return render(request, "vault/contact.html", ctx)


@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """Show who looked into the vault: when, at whom, at what, and why; the newest first."""
    offset = offset_of(request)
    asked = {name: request.GET.get(name, "").strip()[:300] for name in ("who", "customer")}
    seen = book().looks(
        actor=asked["who"], customer_id=asked["customer"], offset=offset, limit=PAGE
    )
    filters = urlencode({name: value for name, value in asked.items() if value})
    address = reverse("vault_looks") + (f"?{filters}" if filters else "")
    steps = Steps(address, offset, PAGE, len(seen.looks), seen.total)
    ctx = {"seen": seen, "asked": asked, "steps": steps, "here": "looks"}
    return render(request, "vault/looks.html", ctx)
