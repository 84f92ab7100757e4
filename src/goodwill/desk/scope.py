"""What a page is narrowed to: period, comparison and filters, as they stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest

CARRIED = ("from", "to", "against", "theme", "channel", "product", "region")
"""What goes from page to page; each page takes what it can narrow by."""
PAGES = ("overview", "chain", "metrics")
"""The pages that are narrowed."""
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for."""

    since: date | None
    until: date | None
    theme_id: int | None
    texts: dict[str, str]
    """Everything as it was typed, for the form."""

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return any(self.texts.values())


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
