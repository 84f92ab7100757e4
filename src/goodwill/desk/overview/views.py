"""The overview."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goodwill.desk.overview.chain import draw
from goodwill.desk.reading import book
from goodwill.desk.scope import asked_of
from goodwill.errors import InputError

GROUPS = {
    "course": ("Course", "where the company is heading"),
    "correction": ("Correction", "what is being put right"),
    "caution": ("Caution", "what may go wrong next"),
    "context": ("Context", "what all of it rests on"),
}
SHOWN = 8
"""Problems on the overview; the rest is one step away."""
AGAINST = (("", "Nothing"), ("before", "The days before"), ("year", "A year before"))


def overview(request: HttpRequest) -> HttpResponse:
    """Show the first page; beside the whole, what a period and filters ask for."""
    asked, seen = asked_of(request), book().overview()
    chain, part = seen.chain, None
    if asked.narrows:
        period: dict[str, Any] = {"since": asked.since, "until": asked.until}
        period["theme_id"] = asked.theme_id
        others = ("channel", "product", "region", "against")
        narrowed: dict[str, Any] = period | {name: asked.texts[name] for name in others}
        try:
            part = book().within(**narrowed)
            if any(value is not None for value in period.values()):
                chain = book().chain(**period, limit=1).links
        except InputError as error:
            raise BadRequest(error.message) from error
    ctx = {
        "seen": seen,
        "asked": asked.texts,
        "part": part,
        "choices": part or (book().within() if seen.as_of else None),
        "themes": [(each.theme_id, each.label) for each in book().problems()],
        "against": AGAINST,
        "picture": draw(chain),
        "groups": [(*GROUPS[key], gauges) for key, gauges in seen.groups.items()],
        "problems": seen.problems[:SHOWN],
        "links": {link.key: link for link in chain},
        "here": "overview",
    }
    return render(request, "overview/overview.html", ctx)
