"""The overview."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goodwill.desk.overview.chain import draw
from goodwill.desk.reading import book

GROUPS = {
    "course": ("Course", "where the company is heading"),
    "correction": ("Correction", "what is being put right"),
    "caution": ("Caution", "what may go wrong next"),
    "context": ("Context", "what all of it rests on"),
}
SHOWN = 8
"""Problems on the overview; the rest is one step away."""


def overview(request: HttpRequest) -> HttpResponse:
    """Show the first page."""
    seen = book().overview()
    ctx = {
        "seen": seen,
        "picture": draw(seen.chain),
        "groups": [(*GROUPS[key], gauges) for key, gauges in seen.groups.items()],
        "problems": seen.problems[:SHOWN],
        "links": {link.key: link for link in seen.chain},
        "here": "overview",
    }
    return render(request, "overview/overview.html", ctx)
