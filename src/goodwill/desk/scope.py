"""What a page is narrowed to: period, comparison and filters, as they stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.text import capfirst

from goodwill.desk.narrowed import is_narrow
from goodwill.desk.reading import book

CARRIED = (
    "from", "to", "against", "theme", "channel", "product", "region", "team", "segment",
)  # fmt: skip
"""What goes from page to page; each page takes what it can narrow by."""
FILTERS = CARRIED[3:]
PAGES = {
    "overview": CARRIED,
    "chain": ("from", "to", "theme", "segment"),
    "metrics": ("from", "to", "theme", "channel"),
    "problems": tuple(name for name in CARRIED if name not in ("against", "theme")),
    "problem": tuple(name for name in CARRIED if name != "theme"),
    "alerts": FILTERS,
}
"""The pages that are narrowed, and what each takes."""
FOR_VIEWERS = ("theme", "channel")
"""What those who see aggregates alone may narrow by."""
AGAINST = (("", "Nothing"), ("before", "The days before"), ("year", "A year before"))
LABELS = {
    "from": "From", "to": "To", "against": "Compared with", "theme": "Theme",
    "channel": "Channel", "product": "Product", "region": "Region", "team": "Team",
    "segment": "Orders so far",
}  # fmt: skip
_NAMES = {"since": "from", "until": "to", "theme_id": "theme"}
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for."""

    since: date | None
    until: date | None
    theme_id: int | None
    texts: dict[str, str]
    """Everything as it was typed, for the form."""

    def of(self, page: str) -> dict[str, Any]:
        """Return the period and the part that a page is narrowed to; empty where to nothing."""
        taken = PAGES[page]
        days = {"since": self.since, "until": self.until, "theme_id": self.theme_id}
        given = {n: v for n, v in days.items() if v is not None and _NAMES[n] in taken}
        parts = {n: self.texts[n] for n in FILTERS[1:] if n in taken and self.texts[n]}
        return {**given, **parts}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to narrow by: a day, or one of some options."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...] = ()


def form_of(asked: Asked, page: str) -> dict[str, Any]:
    """Return what the template ``narrow.html`` shows: fields, what is carried on, and where to."""
    taken = [name for name in PAGES[page] if not is_narrow() or name in FOR_VIEWERS]
    fields = [Field(name, LABELS[name], asked.texts[name], _options(name)) for name in taken]
    shown = [each for each in fields if each.options or each.name in ("from", "to")]
    names = {each.name for each in shown}
    return {
        "asked": asked.texts,
        "narrow": {
            "page": page,
            "fields": shown,
            "carried": [
                (name, text)
                for name, text in asked.texts.items()
                if text and name not in names and not is_narrow()
            ],
            "given": any(asked.texts[name] for name in names),
        },
    }


def _options(name: str) -> tuple[tuple[str, str], ...]:
    if name in ("from", "to"):
        return ()
    if name == "against":
        return AGAINST
    if name == "theme":
        found = [(str(each.theme_id), capfirst(each.label)) for each in book().problems()]
    else:
        names = getattr(book().choices(), f"{name}s")
        spoken = name in ("channel", "segment")
        found = [(each, capfirst(each.replace("_", " ")) if spoken else each) for each in names]
    whole = "customers" if name == "segment" else f"{name}s"
    return (("", f"All {whole}"), *found) if found else ()


def asked_of(request: HttpRequest) -> Asked:
    """Return what the address asks for.

    Raises:
        BadRequest: A day is none, or the theme is no whole number.
    """
    texts = {name: request.GET.get(name, "").strip()[:_LONGEST] for name in CARRIED}
    try:
        return Asked(
            date.fromisoformat(texts["from"]) if texts["from"] else None,
            date.fromisoformat(texts["to"]) if texts["to"] else None,
            int(texts["theme"]) if texts["theme"] else None,
            texts,
        )
    except ValueError as error:
        raise BadRequest("from and to must be days, theme a whole number") from error


def carried(request: HttpRequest) -> dict[str, Any]:
    """Give every template what its links to narrowed pages carry on; empty elsewhere."""
    match = request.resolver_match
    if match is None or match.url_name not in PAGES:
        return {"carried": ""}
    given = {name: request.GET[name] for name in CARRIED if request.GET.get(name)}
    return {"carried": f"?{urlencode(given)}" if given else ""}
