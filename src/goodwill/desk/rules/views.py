"""The rules and fees with what they cost and bring in, and what people tell of them."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from goodwill.desk.reading import book
from goodwill.tables import RULE_KINDS

LABELS = {
    "rule_cost": "Costs a year",
    "brings_in": "Brings in a year",
    "rule_net": "Left",
    "cost_to_serve": "Cost to serve a year",
    "value_lost": "Value lost a year",
    "people": "People",
    "contacts": "Contacts",
    "repeat_contact_rate": "Contacts that repeat one",
    "public_people": "Went public",
    "complaint_share": "Complain",
    "threats_to_leave": "Threaten to leave",
}


def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules and fees, the most resented first."""
    seen = book().rules()
    ctx = {
        "rows": [
            (rule, [(LABELS[key], each) for key, each in rule.figures.items() if key in LABELS])
            for rule in seen.rules
        ],
        "sentences": seen.sentences,
        "kinds": RULE_KINDS,
        "said": request.session.pop("said", ""),
        "here": "rules",
    }
    return render(request, "rules/rules.html", ctx)


@require_POST
def tell(request: HttpRequest) -> HttpResponse:
    """Keep a rule or fee that someone tells."""
    sent = request.POST
    book().tell_rule(
        sent.get("name", ""),
        kind=sent.get("kind", "rule"),
        wording=sent.get("wording", ""),
        patterns=sent.get("patterns", "").splitlines(),
        brings_year=_number(request, "brings_year"),
        brings_each=_number(request, "brings_each"),
        times_year=round(times) if (times := _number(request, "times_year")) else None,
        product=sent.get("product", "").strip() or None,
        by=request.user.get_username(),
    )
    request.session["said"] = "It is kept; the next refresh looks for it in the texts."
    return redirect("rules")


@require_POST
def withdraw(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Take a rule back."""
    book().withdraw_rule(rule_id, by=request.user.get_username())
    request.session["said"] = "It was taken back."
    return redirect("rules")


def _number(request: HttpRequest, name: str) -> float | None:
    text = request.POST.get(name, "").strip()
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 <= found < 1e12:
        raise BadRequest(f"{name} must be a number such as 1200 or 4.95")
    return found
