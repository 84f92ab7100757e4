"""Customers who may be one: the queue in which a person says whether they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from goodwill.desk.accounts.audit import about
from goodwill.desk.accounts.models import reader_of
from goodwill.desk.errors import page
from goodwill.desk.pages import Steps, offset_of
from goodwill.desk.reading import book
from goodwill.desk.rights import may
from goodwill.errors import KeyMissing
from goodwill.report import Candidate

PAGE, BESIDE = 50, 5
STATES = {"open": "To decide", "accepted": "One customer", "declined": "Not one"}
DECISIONS = ("accept", "decline", "undo")


def candidates_of(request: HttpRequest, customer_id: str) -> tuple[Candidate, ...]:
    """Return whom a customer may be as well, for those who may decide about it."""
    reader = reader_of(request)
    if reader is None or not may(reader.role, "candidates"):
        return ()
    try:
        return book().candidates(customer_id=customer_id, limit=BESIDE).rows
    except KeyMissing:  # the rest of the page is read without it
        return ()


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Show the candidates of one state, the likeliest first."""
    state = request.GET.get("state", "open")
    if state not in STATES:
        return page(request, 400, "Bad request", "There is no such state of candidates.")
    offset = offset_of(request)
    seen = book().candidates(state=state, offset=offset, limit=PAGE)
    address = f"{request.path}?state={state}"
    ctx = {
        "seen": seen,
        "state": state,
        "states": [(name, words, seen.counts[name]) for name, words in STATES.items()],
        "steps": Steps(address, offset, PAGE, len(seen.rows), seen.total),
        "said": request.session.pop("said", ""),
        "here": "customers",
    }
    return render(request, "customers/candidates.html", ctx)


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Say whether two are one customer, or take that back."""
    decision = request.POST.get("decision", "")
    if decision not in DECISIONS:
        return page(request, 400, "Bad request", "Say accept, decline or undo.")
    customer_id = request.POST.get("customer", "")[:300]
    about(request, f"{decision} candidate", customer_id)
    book().decide_candidate(
        request.POST.get("candidate", ""), decision, by=request.user.get_username()
    )
    request.session["said"] = {
        "accept": "They are one customer from the next refresh on.",
        "decline": "It is kept: they are never proposed again.",
        "undo": "It was taken back; it shows after the next refresh.",
    }[decision]
    return redirect("customer", customer_id) if customer_id else redirect("candidates")


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Look for candidates; the look into the vault is recorded with its reason first."""
    reason = request.POST.get("reason", "").strip()
    if not reason:
        return page(
            request,
            400,
            "Why?",
            "Mails, phones and names are compared for those who say why.",
            "Go back and write the reason, such as: clean up before the yearly mailing.",
        )
    found = book().find_candidates(actor=request.user.get_username(), reason=reason)
    told = f"{found.candidates:,} pairs may be one customer. {found.note}"
    request.session["said"] = told.strip()
    return redirect("candidates")
