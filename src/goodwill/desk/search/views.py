"""The page of the search: one box, what was found, and where it lies."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goodwill.desk.pages import Steps, offset_of
from goodwill.desk.reading import book
from goodwill.errors import InputError

PAGE = 20
FILTERS = ("theme", "channel", "month")
DIRECTIONS = (
    ("", "Everything"),
    ("in", "What customers wrote"),
    ("out", "What they were answered"),
)


def search(request: HttpRequest) -> HttpResponse:
    """Show what customers wrote, and were answered, that holds the words or means the same."""
    offset = offset_of(request)
    asked: dict[str, Any] = {
        name: request.GET.get(name, "").strip()[:400] for name in ("q", "direction", *FILTERS)
    }
    asked |= {"exact": "1" if request.GET.get("exact") else "", "out": _left_out(request)}
    if asked["theme"] and not (asked["theme"].isascii() and asked["theme"].isdigit()):
        raise BadRequest("theme must be a whole number")
    if asked["direction"] not in dict(DIRECTIONS):
        raise BadRequest("direction must be in or out")
    ctx: dict[str, Any] = {"asked": asked, "here": "search"}
    if asked["q"]:
        try:
            seen = book().search(
                asked["q"],
                theme_id=int(asked["theme"]) if asked["theme"] else None,
                channel=asked["channel"],
                month=asked["month"],
                direction=asked["direction"],
                exact=bool(asked["exact"]),
                leave_out=asked["out"],
                offset=offset,
                limit=PAGE,
            )
        except InputError as error:
            ctx["fault"] = error.message
            return render(request, "search/search.html", ctx, status=400)
        ctx |= {
            "seen": seen,
            "added": [
                (each, _address({**asked, "out": [*asked["out"], each.word]}))
                for each in seen.added
            ],
            "exactly": _address({**asked, "exact": "1", "out": []}),
            "widely": _address({**asked, "exact": "", "out": []}),
            "directions": [
                (key, title, _address({**asked, "direction": key})) for key, title in DIRECTIONS
            ],
            "answered": _address({**asked, "direction": "out"}),
            "steps": Steps(_address(asked), offset, PAGE, len(seen.rows), seen.total),
            "groups": [
                (name, title, [(part, _address({**asked, name: part.key})) for part in parts])
                for name, title, parts in (
                    ("theme", "Themes", seen.themes),
                    ("channel", "Channels", seen.channels),
                    ("month", "Months", seen.months),
                )
            ],
            "chosen": [
                (name, asked[name], _address({**asked, name: ""}))
                for name in FILTERS
                if asked[name]
            ],
        }
    return render(request, "search/search.html", ctx)


def _left_out(request: HttpRequest) -> list[str]:
    """Return the words that are not to be taken for words of the query, each once."""
    return list(dict.fromkeys(word[:40] for word in request.GET.getlist("out")[:50] if word))


def _address(asked: dict[str, Any]) -> str:
    query = urlencode({key: value for key, value in asked.items() if value}, doseq=True)
    return f"{reverse('search')}?{query}"
