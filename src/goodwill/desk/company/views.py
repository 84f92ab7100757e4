"""The page of settings: every one with its meaning, and a form that the file's own checks judge."""

from __future__ import annotations

from typing import Any

from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goodwill import settings as file
from goodwill.desk.accounts import audit
from goodwill.desk.company import forms
from goodwill.errors import SettingsError
from goodwill.settings import IRREVERSIBLE, REFRESH, About, Settings
from goodwill.tables import CHANNELS

WHEN = {
    "now": "Counts at once.",
    "add": "Counts from the next import on.",
    "refresh": "Counts from the next refresh on.",
}
_SAID_IN_THE_LOG = ("whole", "number", "yes_no")
"""Kinds whose values the log repeats; an address may hold a word that opens something."""


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show every setting, or change those that were sent."""
    folder = django_settings.BOOK_FOLDER
    now = file.read(folder)
    groups = file.about()
    ctx: dict[str, Any] = {"stamp": file.stamp(folder), "said": request.session.pop("said", "")}
    status, fields = 200, [forms.shown(each, now) for group in groups.values() for each in group]
    if request.method == "POST":
        known = [each for group in groups.values() for each in group]
        values = {each.name: forms.value_of(each, request.POST) for each in known}
        faults = file.faults_of({k: v for k, v in values.items() if v is not None})
        faults |= _missing(known, values) | _unsure(request, now, values)
        if not faults:
            try:
                changed = file.change(folder, values, seen=request.POST.get("stamp", ""))
            except SettingsError as error:
                ctx["fault"], status = f"{error.message} {error.hint}".strip(), 409
            else:
                audit.about(request, _told(now, file.read(folder), changed, known))
                request.session["said"] = _answer(changed, known)
                return redirect("settings")
        else:
            ctx["fault"] = "Nothing was changed: see what is marked below."
            ctx["stamp"], status = request.POST.get("stamp", ""), 400
            ctx["unsure"] = any(name in faults for name in IRREVERSIBLE)
            fields = [forms.again(each, request.POST, faults.get(each.name, "")) for each in known]
    by_name = {field.about.name: field for field in fields}
    ctx |= {
        "groups": [
            (heading, [(by_name[each.name], WHEN[each.when]) for each in group])
            for heading, group in groups.items()
        ],
        "own": [(name, getattr(now, name)) for name in sorted(file.OWN)],
        "channels": CHANNELS,
        "here": "settings",
    }
    return render(request, "company/settings.html", ctx, status=status)


def _missing(known: list[About], values: dict[str, Any]) -> dict[str, str]:
    """Return what must not be empty and is: what has a default may not be None."""
    return {
        each.name: "must not be empty"
        for each in known
        if (each.name == "name" and not values["name"])
        or (each.kind in ("whole", "number") and values[each.name] is None
            and each.default is not None)
    }  # fmt: skip


def _unsure(request: HttpRequest, now: Settings, values: dict[str, Any]) -> dict[str, str]:
    """Return what removes for good and was not said to be meant."""
    found = {}
    for name in IRREVERSIBLE:
        before, after = getattr(now, name), values[name]
        shorter = isinstance(after, int) and (before is None or after < before)
        if shorter and not request.POST.get("sure"):
            found[name] = "removes for good at the next refresh: tick below that it is meant"
    return found


def _told(before: Settings, after: Settings, changed: list[str], known: list[About]) -> str:
    """Return what the log keeps: names, and the values of numbers and switches."""
    kinds = {each.name: each.kind for each in known}
    parts = [
        f"{name} {forms.said(getattr(before, name))} to {forms.said(getattr(after, name))}"
        if kinds[name] in _SAID_IN_THE_LOG
        else name
        for name in changed
    ]
    return ("changed " + ", ".join(parts)) if parts else "changed nothing"


def _answer(changed: list[str], known: list[About]) -> str:
    if not changed:
        return "Nothing was different, and nothing was written."
    abouts = [each for each in known if each.name in changed]
    text = f"Kept: {', '.join(each.label for each in abouts)}."
    later = [each.label for each in abouts if each.when == REFRESH]
    return text + (f" A refresh is needed for: {', '.join(later)}." if later else "")
