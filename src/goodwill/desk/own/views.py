"""The views of a process owner and of a coach."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goodwill.desk.accounts.models import reader_of
from goodwill.desk.alerts.views import waiting
from goodwill.desk.problems.care import cared_by, eases
from goodwill.desk.reading import book

UNOWNED, ALERTS = 5, 8
"""Lines of problems that nobody answers for, and of alerts."""
PROVEN = ("worked", "did_not", "worse", "returned")
"""Verdicts that have come; the other fixes are in proof, or cannot be judged."""


def owned(request: HttpRequest) -> HttpResponse:
    """Show the problems that the reader answers for, and what goes on about them."""
    reader = reader_of(request)
    cares = cared_by()
    mine = {number: care for number, care in cares.items() if care.owner == reader}
    problems = book().problems()
    fixes = [
        fix
        for fix in book().fixes()
        if fix.kind == "fix" and fix.state != "withdrawn" and mine.keys() & dict(fix.themes).keys()
    ]
    ctx = {
        "found": bool(problems),
        "problems": [each for each in problems if each.theme_id in mine],
        "eases": eases(),
        "agreed": [(each, mine[each.theme_id]) for each in problems if each.theme_id in mine],
        "alerts": [each for each in waiting() if each.alert.theme_id in mine][:ALERTS],
        "in_proof": [fix for fix in fixes if fix.state not in PROVEN],
        "proven": [fix for fix in fixes if fix.state in PROVEN],
        "broken": book().broken_lately(),
        "unowned": [each for each in problems if each.theme_id not in cares][:UNOWNED],
        "here": "owned",
    }
    return render(request, "own/owned.html", ctx)


def team(request: HttpRequest) -> HttpResponse:
    """Show conversations worth talking about, and what customers praise people for."""
    return render(request, "own/team.html", {"seen": book().coaching(), "here": "team"})
