"""The overview."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from goodwill.desk.followups.doing import overdue
from goodwill.desk.overview.chain import draw
from goodwill.desk.reading import book
from goodwill.desk.rights import rights
from goodwill.desk.scope import asked_of, form_of
from goodwill.report.overview_shapes import Overview
from goodwill.report.shapes import Gauge

GROUPS = {
    "course": ("Course", "where the company is heading"),
    "correction": ("Correction", "what is being put right"),
    "caution": ("Caution", "what may go wrong next"),
    "context": ("Context", "what all of it rests on"),
}
SHOWN = 6
"""Problems on the overview; the rest is one step away."""
WAYS = {
    "alerts": ("alerts", "", "See them"),
    "overdue_promises": ("promises", "?state=overdue", "See them"),
    "overdue_follow_ups": ("follow_ups", "?show=late", "See them"),
    "customers_at_risk": ("value", "", "See where"),
    "fixes_in_proof": ("fixes", "", "See all fixes"),
    "incidents": ("fixes", "", "See all that was told"),
}
"""Where a gauge leads to: the name of a page, its query, and the words of the link."""


def overview(request: HttpRequest) -> HttpResponse:
    """Show the first page; beside the whole, what a period and filters ask for."""
    asked, seen = asked_of(request), book().overview()
    chain, part = seen.chain, None
    if any(asked.texts.values()):
        part = book().within(**asked.of("overview"), against=asked.texts["against"])
        if followed := asked.of("chain"):
            chain = book().chain_links(**followed)
    ctx = {
        "seen": seen,
        **(form_of(asked, "overview") if seen.as_of else {}),
        "part": part,
        "chain": chain,
        "picture": SimpleLazyObject(partial(draw, chain)),
        "groups": [(*GROUPS[key], _ways(request, key, seen)) for key in seen.groups],
        "problems": seen.problems[:SHOWN],
        "links": {link.key: link for link in chain},
        "here": "overview",
    }
    return render(request, "overview/overview.html", ctx)


def _ways(request: HttpRequest, group: str, seen: Overview) -> list[tuple[Gauge, str, str, bool]]:
    """Return the gauges of a group, each with where it leads; the desk adds its own.

    Last stands whether the Book gives the same gauge again: the desk counts its own at each click.
    """
    may, gauges = rights(request)["may"], [(each, True) for each in seen.groups[group]]
    if group == "caution" and may["follow_ups"]:
        gauges.append((Gauge("overdue_follow_ups", "Follow-ups overdue now", overdue()), False))
    found = []
    for gauge, again in gauges:
        page, query, words = WAYS.get(gauge.key, ("", "", ""))
        there = page and may.get(page) and gauge.figure.value
        found.append((gauge, reverse(page) + query if there else "", words, again))
    return found
