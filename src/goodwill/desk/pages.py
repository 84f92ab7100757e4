"""Leafing through long lists: where a page begins, and the addresses of its neighbours."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import HttpRequest

_FARTHEST = 10_000_000


def offset_of(request: HttpRequest) -> int:
    """Return the offset that the address asks for.

    Raises:
        BadRequest: It is no whole number, or lies beyond any list.
    """
    text = request.GET.get("offset", "0")
    if not text.isascii() or not text.isdigit() or int(text[:9]) > _FARTHEST:
        raise BadRequest("offset must be a whole number")
    return int(text[:9])


@dataclass(frozen=True, slots=True)
class Steps:
    """One page of a list: what it shows of how many, and the addresses before and after."""

    address: str
    offset: int
    limit: int
    shown: int
    total: int

    @property
    def first(self) -> int:
        """Running number of the first line shown, from 1."""
        return self.offset + 1

    @property
    def last(self) -> int:
        """Running number of the last line shown."""
        return self.offset + self.shown

    @property
    def before(self) -> str:
        """Address of the page before; empty on the first."""
        return self._at(max(0, self.offset - self.limit)) if self.offset > 0 else ""

    @property
    def after(self) -> str:
        """Address of the page after; empty on the last."""
        return self._at(self.offset + self.limit) if self.last < self.total else ""

    def _at(self, offset: int) -> str:
        if not offset:
            return self.address
        return f"{self.address}{'&' if '?' in self.address else '?'}offset={offset}"
