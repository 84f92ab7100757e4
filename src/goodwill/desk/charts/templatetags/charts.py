"""The tag that shows a chart: title, description, the picture, and the same numbers as a table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django import template

from goodwill.desk.charts.equity import PARTS as EQUITY_PARTS
from goodwill.desk.charts.equity import equity_rows, part_rows, with_money
from goodwill.desk.charts.marks import Mark
from goodwill.report.problem_shapes import Week
from goodwill.report.value_shapes import EquityMonth
from goodwill.report.watch_shapes import Fix

register = template.Library()
_WEEK = timedelta(days=7)
_SPECS = Path(__file__).parents[1] / "specs"


@cache
def specification(name: str) -> dict[str, Any]:
    """Return the Vega-Lite specification called ``name``, without data."""
    found: dict[str, Any] = json.loads((_SPECS / f"{name}.json").read_text(encoding="utf-8"))
    return found


@register.inclusion_tag("charts/weeks.html")
def weeks_chart(
    weeks: Sequence[Week], title: str, id: str, level: int = 2, marks: Sequence[Mark] = ()
) -> dict[str, Any]:
    """Show contacts and people a week.

    Args:
        weeks: The weeks, oldest first.
        title: What the chart shows.
        id: Names the chart on its page.
        level: Level of the heading, 2 or 3.
        marks: Days that are drawn in, with what they were.
    """
    rows = [
        {"week": week.week.isoformat(), "contacts": week.events, "people": week.people}
        for week in weeks
    ]
    inside = [m for m in marks if weeks and weeks[0].week <= m.on <= weeks[-1].week + _WEEK]
    inside.sort(key=lambda mark: (mark.on, mark.kind, mark.title))
    spec = {**specification("weeks"), "data": {"name": "rows", "values": rows}}
    if inside:
        told = [{"on": m.on.isoformat(), "what": f"{m.kind}: {m.title}"} for m in inside]
        layer = {**specification("marks"), "data": {"name": "marks", "values": told}}
        spec["layer"] = [*spec["layer"], layer]
    return {
        "id": id,
        "marks": list(reversed(inside)),
        "id_spec": f"{id}-spec",
        "title": title,
        "level": level,
        "description": (
            "The pale bars are contacts, the full ones the people known to have sent them. Where "
            "they part, people wrote more than once in that week, or nobody knows who wrote."
        ),
        "spec": spec if weeks else None,
        "weeks": list(reversed(weeks)),
    }


@register.inclusion_tag("charts/equity.html")
def equity_chart(months: Sequence[EquityMonth], what: str, title: str, id: str) -> dict[str, Any]:
    """Show customer equity by month.

    Args:
        months: The months, newest first.
        what: ``moves``, what each part of the customers changed; ``equity``, what there was.
        title: What the chart shows.
        id: Names the chart on its page.
    """
    currency = months[0].equity.unit.removeprefix("minor:") if months else ""
    rows = (part_rows if what == "moves" else equity_rows)(list(reversed(months)), currency)
    spec = with_money(specification(what), currency)
    return {
        "id": id,
        "id_spec": f"{id}-spec",
        "title": title,
        "what": what,
        "parts": EQUITY_PARTS,
        "description": _OF_EQUITY[what],
        "spec": {**spec, "data": {"name": "rows", "values": rows}} if rows else None,
        "table": [(one, [one.parts.get(part) for part in EQUITY_PARTS]) for one in months],
    }


_OF_EQUITY = {
    "moves": (
        "Above the line what came to the equity, below it what went: new customers, those kept as "
        "they were, those who grew, those who shrank, and those lost."
    ),
    "equity": "The line is the equity at the end of each month, the band its 95% interval.",
}

PARTS = {"baseline": "before", "guard": "left out", "after": "after"}


@register.inclusion_tag("charts/fix.html")
def fix_chart(fix: Fix, id: str) -> dict[str, Any]:
    """Show the weeks before and after an event beside what its controls expect."""
    rows = [
        {
            "week": week.week.isoformat(), "part": PARTS[week.phase], "contacts": week.count,
            "expected": week.expected, "low": week.low, "high": week.high,
        }
        for week in fix.weeks
    ]  # fmt: skip
    return {
        "id": id,
        "id_spec": f"{id}-spec",
        "title": "Contacts a week, and what was to be expected without it",
        "description": (
            "The bars are contacts; the dashed line is what the controls expect if nothing had "
            "changed, with the range that holds 95 of 100 such weeks. The weeks just before are "
            "left out of the baseline."
        ),
        "spec": {**specification("fix"), "data": {"name": "rows", "values": rows}},
        "weeks": [(week, PARTS[week.phase]) for week in reversed(fix.weeks)],
    }
