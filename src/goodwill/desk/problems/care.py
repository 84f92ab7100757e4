"""Agreeing who answers for a problem, and keeping it; texts are redacted before they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from goodwill.desk.accounts import audit
from goodwill.desk.accounts.models import people_of, reader_of
from goodwill.desk.errors import page
from goodwill.desk.problems.models import EASES, PARTS, Care
from goodwill.desk.reading import book, whole_book
from goodwill.desk.rights import READERS
from goodwill.errors import NotFound

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Cared:
    """What is agreed of a problem now, and what was agreed before."""

    now: Care | None
    before: list[Care]
    fields: list[tuple[str, str, str, str]]
    """Name, heading, what belongs there, and what stands there."""
    eases: list[tuple[str, str]]
    """How easily it can be fixed: what may be chosen."""


def cared_for(theme_id: int) -> Cared:
    """Return what is agreed of a problem."""
    rows = list(Care.objects.filter(theme_id=theme_id).select_related("owner", "by"))
    now = rows[-1] if rows else None
    return Cared(
        now,
        rows[-2::-1][:20],
        [(key, label, hint, getattr(now, key, "")) for key, (label, hint) in PARTS.items()],
        list(EASES.items()),
    )


def cared_by() -> dict[int, Care]:
    """Return what is agreed of each problem that somebody answers for, by its id."""
    rows = Care.objects.select_related("owner")
    return {each.theme_id: each for each in {row.theme_id: row for row in rows}.values()
            if each.owner is not None}  # fmt: skip


def eases() -> dict[int, str]:
    """Return how easily each problem can be fixed, of those that somebody judged, by its id."""
    newest = dict(Care.objects.values_list("theme_id", "ease"))
    return {theme_id: EASES[ease] for theme_id, ease in newest.items() if ease}


@require_POST
def keep(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Keep what was agreed of a problem, as a row of its own."""
    label = next((p.label for p in book().problems() if p.theme_id == theme_id), None)
    if label is None:
        raise NotFound(f"No problem has the id {theme_id}.")
    name = request.POST.get("owner", "")
    owner = next((each for each in people_of(READERS) if each.username == name), None)
    typed = {key: request.POST.get(key, "").strip() for key in PARTS}
    ease = request.POST.get("ease", "")
    known = ease in ("", *EASES) and (owner is not None or not name)
    if not known or any(len(text) > LONGEST for text in typed.values()):
        return page(request, 400, "This cannot be kept",
                    f"The owner is one who may sign in, a part has {LONGEST:,} characters, and "
                    f"ease is one of: {', '.join(EASES)}.",
                    "Go back and correct it.")  # fmt: skip
    kept: dict[str, Any] = {k: whole_book().redacted(v) if v else "" for k, v in typed.items()}
    kept["ease"] = ease
    last = Care.objects.filter(theme_id=theme_id).last()
    same = last is not None and last.owner == owner and all(
        getattr(last, key) == text for key, text in kept.items()
    )  # fmt: skip
    if not same and (last is not None or owner is not None or any(kept.values())):
        Care.objects.create(theme_id=theme_id, owner=owner, by=reader_of(request), **kept)
    audit.about(request, f"problem {theme_id}: agreed")
    return redirect(reverse("problem", args=[theme_id]) + "#care-title")
