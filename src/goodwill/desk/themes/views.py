"""The map of themes, one theme with its forms, the preview of an edit, and the audit."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from goodwill.desk.reading import book

GROUPS = (
    ("central", "Most like it", "What the theme is about."),
    ("newest", "Newest", "What came in last."),
    ("boundary", "At the edge", "Least like the rest: here the theme may be two."),
)
KINDS = ("rename", "merge", "split", "move", "pin", "unpin", "mute", "unmute")
MOST_EDITS = 30


def themes(request: HttpRequest) -> HttpResponse:
    """Show the map: areas, themes with counts, trend and precision, what people changed."""
    page = book().themes.page()
    ctx = {"page": page, "edits": page.edits[:MOST_EDITS], "here": "themes"}
    return render(request, "themes/themes.html", ctx)


def theme(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Show one theme: its sentences, and a form for each edit."""
    work = book().themes
    seen, page = work.theme(theme_id), work.page()
    ctx = {
        "seen": seen,
        "theme": seen.theme,
        "groups": [
            (title, note, seen.sentences[key]) for key, title, note in GROUPS if seen.sentences[key]
        ],
        "others": sorted(
            (t for t in page.themes if t.theme_id != theme_id), key=lambda t: t.label.casefold()
        ),
        "areas": sorted({(t.area_id, t.area) for t in page.themes}, key=lambda a: a[1].casefold()),
        "here": "themes",
    }
    return render(request, "themes/theme.html", ctx)


@require_GET
def preview(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Show what an edit would move, and ask whether to make it."""
    kind, values = _asked(request.GET)
    seen = book().themes.preview(kind, theme_id, **values)
    fields = [(name, value) for name, value in request.GET.lists() if name in _FIELDS]
    ctx = {
        "seen": seen,
        "theme_id": theme_id,
        "fields": [(name, value) for name, given in fields for value in given],
        "here": "themes",
    }
    return render(request, "themes/preview.html", ctx)


@require_POST
def edit(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Keep an edit; it shows after the next refresh."""
    kind, values = _asked(request.POST)
    book().themes.edit(kind, theme_id, by=request.user.get_username(), **values)
    return redirect("themes")


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take an edit back."""
    number = _number(request.POST.get("edit_id", ""), "edit_id")
    book().themes.undo(number, by=request.user.get_username())
    return redirect("themes")


def audit(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Show the next message of a theme's audit, or keep what was said of one."""
    work, by = book().themes, request.user.get_username()
    if request.method == "POST":
        draw_id = _number(request.POST.get("audit", ""), "audit")
        belongs = request.POST.get("belongs", "")
        if belongs not in ("yes", "no"):
            raise BadRequest("belongs must be yes or no")
        work.answer(draw_id, {request.POST.get("key", ""): belongs == "yes"}, by=by)
        last = request.POST.get("last") == "1"
        return redirect("theme", theme_id) if last else redirect("audit_theme", theme_id)
    sheet = work.audit(theme_id, by=by)
    ctx = {
        "sheet": sheet,
        "item": sheet.next,
        "last": len(sheet.items) - sheet.judged <= 1,
        "here": "themes",
    }
    return render(request, "themes/audit.html", ctx)


_FIELDS = ("kind", "label", "into", "area_id", "words", "history")


def _asked(given: QueryDict) -> tuple[str, dict[str, Any]]:
    """Return the kind of the edit that a form asks for, and what it needs."""
    kind = given.get("kind", "")
    if kind not in KINDS:
        raise BadRequest("kind must be one of " + ", ".join(KINDS))
    values: dict[str, Any] = {"history": given.get("history", "restated")}
    if kind in ("rename", "split", "move"):
        values["label"] = given.get("label", "")
    if kind == "merge":
        values["into"] = _number(given.get("into", ""), "into")
    if kind == "move" and given.get("area_id"):
        values["area_id"] = _number(given.get("area_id", ""), "area_id")
    if kind == "split":
        values["words"] = given.get("words", "").replace("\n", ",").split(",")
    return kind, values


def _number(text: str, name: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadRequest(f"{name} must be a whole number")
    return int(text)
