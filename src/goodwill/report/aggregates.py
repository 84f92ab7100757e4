"""What those may see who see no single customer: figures of five people and more, and no text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from goodwill.figures import Figure
from goodwill.report.shapes import Link, RecordsPage

LEAST = 5
"""People behind a figure that is shown; the same as for published tables of official statistics."""
FEWER = "Fewer than five people stand behind it."
_OF_ONE = frozenset({"customer_id", "customer_ref", "contact_id", "text"})


def aggregates(value: Any, least: int = LEAST) -> Any:
    """Return a value of this room without single people, their words and figures of few of them.

    What tells of one customer or holds a text is left out of every list; so are parts that rest
    on one to ``least - 1`` people. A figure of so few has no value and says why; none names its
    records. Nobody at all (0) is shown.

    >>> few = Figure(3, "people", "people", people=3, events=9)
    >>> aggregates(few).value, aggregates(replace(few, value=30, people=30)).value
    (None, 30)
    """
    if isinstance(value, Figure):
        return _of_many(value, least)
    if isinstance(value, RecordsPage):
        return replace(value, rows=(), total=0)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
        kept = replace(value, **{name: aggregates(part, least) for name, part in parts.items()})
        return _without_bead(kept) if isinstance(kept, Link) else kept
    if isinstance(value, Mapping):
        return {
            key: aggregates(part, least) for key, part in value.items() if not _few(part, least)
        }
    if type(value) in (list, tuple):
        return type(value)(aggregates(part, least) for part in value if not _few(part, least))
    return value


def _of_many(figure: Figure, least: int) -> Figure:
    people = figure.people
    if people is None and figure.unit == "people" and figure.value is not None:
        people = round(figure.value)
    if not people:  # unknown: there are no more of them than of what they did
        people = figure.events
    if people is None or not 0 < people < least:
        return replace(figure, records={})
    return Figure(None, figure.unit, figure.definition, coverage=figure.coverage, reason=FEWER)


def _few(part: Any, least: int) -> bool:
    """Return whether a part of a list tells of one customer, or of too few."""
    if not is_dataclass(part) or isinstance(part, Figure):
        return False
    if any(each.name in _OF_ONE for each in fields(part)):
        return True
    counts = [getattr(part, name, None) for name in ("people", "events")]
    return any(isinstance(count, int) and 0 < count < least for count in counts)


def _without_bead(link: Link) -> Link:
    """Return a link without picture where its figure was taken away."""
    if link.people is not None and link.people.reason == FEWER:
        return replace(link, people=None, events=None, weight=None, reason=FEWER)
    return link
