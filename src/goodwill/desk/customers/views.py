"""One customer's page, and the way to it by id."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goodwill.desk.accounts.audit import about
from goodwill.desk.customers.candidates import candidates_of
from goodwill.desk.followups.finding import problems_of
from goodwill.desk.pages import Steps, offset_of
from goodwill.desk.reading import book

PAGE = 100
LETTERS = ("contact", "reply", "note", "voice")
"""Entries whose text was written by someone; it stands in lines of its own."""
PROMISED = ("promise", "commitment", "published")
LABELS = {
    "revenue": "Revenue so far",
    "orders": "Orders",
    "lifetime_value": "Lifetime value, {weeks} weeks",
    "expected_orders": "Orders expected, {weeks} weeks",
    "p_alive": "Still buying, probability",
    "contracts": "Contracts running",
    "renews_next": "Renews next time, probability",
    "contract_value": "Worth of contracts, {weeks} weeks",
    "contacts": "Contacts",
    "repeats": "Contacts that repeat one",
    "broken_promises": "Promises broken",
}


def find(request: HttpRequest) -> HttpResponse:
    """Go to the customer whose id was typed, or ask for one."""
    wanted = request.GET.get("id", "").strip()
    if wanted:
        found = book().customer(wanted, limit=1)
        return redirect("customer", customer_id=found.customer_id)
    return render(request, "customers/find.html", {"here": "customers"})


@require_POST
def apart(request: HttpRequest) -> HttpResponse:
    """Take a reference apart from the others of its customer, or take that back."""
    source, ref = request.POST.get("source", ""), request.POST.get("ref", "")
    by = request.user.get_username()
    if request.POST.get("back"):
        book().put_back(source, ref, by=by)
    else:
        book().take_apart(source, ref, by=by)
    return redirect("customer", customer_id=request.POST.get("customer", f"{source}:{ref}"))


@require_POST
def undo_same(request: HttpRequest) -> HttpResponse:
    """Say that what two sources tell are two events, or take that back."""
    event = request.POST.get("event", "")
    if request.POST.get("back"):
        book().redo_same(event)
    else:
        book().undo_same(event)
    customer_id = request.POST.get("customer", "")[:300]
    about(request, customer_id=customer_id)
    if not customer_id:
        return redirect("find_customer")
    return redirect("customer", customer_id=customer_id)


def customer(request: HttpRequest, customer_id: str) -> HttpResponse:
    """Show one customer: figures on top, then the whole time line, newest first."""
    offset = offset_of(request)
    seen = book().customer(customer_id, offset=offset, limit=PAGE)
    own, weeks = reverse("customer", args=[seen.customer_id]), book().settings.horizon_weeks
    ctx = {
        "seen": seen,
        "figures": [
            (LABELS.get(key, key.replace("_", " ")).format(weeks=weeks), figure)
            for key, figure in seen.figures.items()
        ],
        "cases": problems_of(seen),
        "candidates": candidates_of(request, seen.customer_id),
        "steps": Steps(own, offset, PAGE, len(seen.timeline), seen.entries),
        "letters": LETTERS,
        "promised": PROMISED,
        "here": "customers",
    }
    return render(request, "customers/customer.html", ctx)
