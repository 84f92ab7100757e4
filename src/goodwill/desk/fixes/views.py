"""The fixes with their verdicts, the page of one, and what people tell of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from goodwill.desk.reading import book
from goodwill.errors import InputError
from goodwill.report.fixes import fixes_worked
from goodwill.tables import EVENT_KINDS

LABELS = (
    ("fix_ratio", "Times what would have come"),
    ("contacts_avoided", "Contacts avoided"),
    ("contacts", "Contacts since"),
    ("expected_contacts", "Expected without it"),
)
PLACES = ("channel", "product", "region")


def fixes(request: HttpRequest) -> HttpResponse:
    """Show every fix, incident and change: first the problems that returned."""
    found = book().fixes()
    ctx = {
        "worked": fixes_worked(found),
        "fixes": [fix for fix in found if fix.state != "withdrawn"],
        "withdrawn": [fix for fix in found if fix.state == "withdrawn"],
        "here": "fixes",
    }
    return render(request, "fixes/fixes.html", ctx)


def fix(request: HttpRequest, event_id: str) -> HttpResponse:
    """Show one of them: the verdict, before and after with its control, and its history."""
    seen = book().fix(event_id)
    ctx = {
        "fix": seen,
        "figures": [(label, seen.figures[key]) for key, label in LABELS if key in seen.figures],
        "history": list(reversed(seen.history)),
        "here": "fixes",
    }
    return render(request, "fixes/fix.html", ctx)


@require_POST
def declare(request: HttpRequest) -> HttpResponse:
    """Keep what someone tells: what was done, since when, where, about which themes."""
    kind = request.POST.get("kind", "fix")
    if kind not in EVENT_KINDS:
        raise BadRequest("kind must be one of " + ", ".join(EVENT_KINDS))
    themes = request.POST.getlist("theme")
    if not themes or not all(number.isascii() and number.isdigit() for number in themes):
        raise BadRequest("theme must be the id of a theme")
    on = _day(request, "on")
    if on is None:
        raise BadRequest("on must be a day such as 2025-05-31")
    channel, product, region = (request.POST.get(name, "").strip() or None for name in PLACES)
    made = book().declare_fix(
        request.POST.get("title", ""),
        themes=[int(number) for number in themes],
        on=on,
        until=_day(request, "until"),
        kind=kind,
        channel=channel,
        product=product,
        region=region,
        by=request.user.get_username(),
        **_rollout(request),
    )
    return redirect("fix", event_id=made.event_id)


def rollouts(request: HttpRequest) -> HttpResponse:
    """Show what each way of rolling a fix out in steps would be able to show, with its form."""
    themes = request.GET.getlist("theme")
    if not themes or not all(number.isascii() and number.isdigit() for number in themes):
        raise BadRequest("theme must be the id of a theme")
    seen = book().problem(int(themes[0]))
    on, waves, weeks = request.GET.get("on", ""), request.GET.get("waves", ""), ""
    ways, fault = None, ""
    if on:
        day, steps = _date("on", on), _number("waves", waves or "2")
        weeks = request.GET.get("weeks", "").strip()
        try:
            ways = book().rollouts(
                themes=[int(number) for number in themes],
                on=day,
                waves=steps,
                weeks=_number("weeks", weeks) if weeks else None,
            )
        except InputError as error:
            fault = f"{error.message} {error.hint}".strip()
    ctx = {
        "problem": seen.problem, "themes": themes, "on": on, "waves": waves or "2", "weeks": weeks,
        "ways": ways, "fault": fault, "here": "fixes",
    }  # fmt: skip
    return render(request, "fixes/rollouts.html", ctx)


def _rollout(request: HttpRequest) -> dict[str, Any]:
    """Return how a fix is rolled out in steps; nothing when it is not."""
    by = request.POST.get("rollout_by", "").strip()
    if not by:
        return {}
    weeks = request.POST.get("weeks", "").strip()
    return {
        "rollout_by": by,
        "waves": _number("waves", request.POST.get("waves", "2")),
        "weeks": _number("weeks", weeks) if weeks else None,
    }


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise BadRequest(f"{name} must be a whole number")
    return int(text)


@require_POST
def change(request: HttpRequest, event_id: str) -> HttpResponse:
    """Take one back, or count it by the themes as they are now or with the one moved to."""
    by = request.user.get_username()
    what = request.POST.get("what", "")
    if what == "withdraw":
        book().withdraw_fix(event_id, by=by)
    elif what == "recount":
        book().recount_fix(event_id, by=by)
    elif what == "together":
        seen = book().fix(event_id)
        if seen.moved_to is None:
            raise BadRequest("its contacts did not move")
        themes = [number for number, _ in (*seen.themes, seen.moved_to)]
        book().recount_fix(event_id, themes=themes, by=by)
    else:
        raise BadRequest("what must be withdraw, recount or together")
    return redirect("fix", event_id=event_id)


def _day(request: HttpRequest, name: str) -> date | None:
    text = request.POST.get(name, "").strip()
    return _date(name, text) if text else None


def _date(name: str, text: str) -> date:
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise BadRequest(f"{name} must be a day such as 2025-05-31")
    return found
