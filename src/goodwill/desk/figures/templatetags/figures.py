"""Tags and filters that turn values of `goodwill.report` into words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from goodwill.desk.figures import words
from goodwill.desk.figures.panel import drawn
from goodwill.desk.keeping import MARKUP, begun_in
from goodwill.desk.records.filters import address
from goodwill.figures import Figure
from goodwill.report.fixes import worked_words
from goodwill.report.promise_shapes import PromiseRow
from goodwill.report.trend import trend_word

register = template.Library()
register.filter("trend_word", trend_word)
register.filter("worked_words", worked_words)


@register.simple_tag(takes_context=True)
def figure(
    context: template.Context, value: Figure, label: str, size: str = "row", again: bool = False
) -> SafeString:
    """Show one figure with all that a reader needs to judge it.

    Args:
        context: The page's; holds the glossary.
        value: The figure.
        label: What it is called, for those who do not see where it stands.
        size: ``big``, ``row`` or ``small``.
        again: Whether the Book gives this very figure again, so that its markup is worth keeping;
            not for those inside of ``kept``, nor for those that each request makes anew.
    """
    may: dict[str, bool] = context.get("may") or {}
    key = ("figure", id(value), label, size, may_look := may.get("records", False))
    found = MARKUP.get(key) if again else None
    if found is None:
        table = value.records.get("table")
        records = address(table, value.records.get("where", {})) if table and may_look else ""
        found = drawn(value, label, size, context["glossary"].get(value.definition, ""), records)
        if again and may.get("texts"):  # else it was made for this reader alone
            MARKUP.keep(begun_in(context), key, (value,), found)
    return found


@register.filter
def grouped(value: float) -> str:
    """Return a count with its thousands set apart."""
    return words.count(value)


@register.filter
def ease_of(eases: dict[int, str], theme_id: int) -> str:
    """Return how easily a problem can be fixed; empty where nobody judged it."""
    return eases.get(theme_id, "")


@register.filter
def per_cent(value: float) -> str:
    """Return a share (0-1) as per cent."""
    return words.share(value)


@register.filter
def bar(value: float) -> str:
    """Return a share (0-1) as the width of a bar, in per cent."""
    return f"{max(0.0, min(1.0, value)) * 100:.1f}"


@register.filter
def cell(value: Any) -> str:
    """Return any value of a record as text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date | datetime):
        return moment(value)
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    if isinstance(value, list | tuple):
        return ", ".join(cell(part) for part in value)
    return str(value)


@register.filter
def amount(minor: int, currency: str) -> str:
    """Return an amount of a currency's minor unit, to the last digit."""
    return words.money(minor, currency, exact=True)


@register.filter
def in_unit(value: float, unit: str) -> str:
    """Return a number said aloud in a figure's unit."""
    return words.number(value, unit).text


@register.filter
def spaced(name: str) -> str:
    """Return a column's or a channel's name as words."""
    return name.replace("_", " ")


@register.filter
def moment(value: date | datetime | None) -> str:
    """Return a time in the Book's zone as 3 Mar 2025, 14:05; a date without the time."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if value.tzinfo else value
        return f"{local.day} {local:%b %Y, %H:%M}"
    return f"{value.day} {value:%b %Y}"


@register.filter
def day(value: date | datetime | None) -> str:
    """Return the day of a time in the Book's zone, as 3 Mar 2025."""
    if isinstance(value, datetime):
        value = (timezone.localtime(value) if value.tzinfo else value).date()
    return moment(value)


@register.filter
def clock(value: datetime) -> str:
    """Return the time of day in the Book's zone, as 14:05."""
    local = timezone.localtime(value) if value.tzinfo else value
    return f"{local:%H:%M}"


@register.filter
def customer_address(customer_id: str) -> str:
    """Return the address of a customer's page; an id may hold any sign."""
    return reverse("customer", args=[customer_id])


@register.filter
def time_left(hours: float | None) -> str:
    """Return hours to a date as words: in 5 hours, in 3 days, today.

    >>> time_left(5.2), time_left(73), time_left(0.3), time_left(None)
    ('in 5 hours', 'in 3 days', 'within the hour', '')
    """
    if hours is None:
        return ""
    if hours < 1:
        return "within the hour"
    if hours < 48:
        whole = int(hours)
        return f"in {whole} hour{'' if whole == 1 else 's'}"
    return f"in {int(hours // 24)} days"


@register.filter
def promise_name(row: PromiseRow) -> str:
    """Return what an order's date or a published promise says."""
    if row.order_number:
        return f"Delivery of order {row.order_number}"
    return row.what.capitalize()


@register.filter
def what_happened(row: PromiseRow) -> str:
    """Return what became of a promise, in one sentence; empty while it is open."""
    late = "" if not row.days_late else f"{words.count(abs(row.days_late))} day"
    late += "" if not row.days_late or abs(row.days_late) == 1 else "s"
    if row.status == "kept":
        early = f", {late} early" if row.days_late and row.days_late < 0 else ""
        return f"Kept on {day(row.kept_at)}{early}."
    if row.status == "broken" and row.kept_at:
        again = f" The customer wrote again on {day(row.again_at)}." if row.again_at else ""
        return f"Done on {day(row.kept_at)}{f', {late} late' if late else ', late'}.{again}"
    if row.status == "broken":
        return f"The customer wrote again about it on {day(row.again_at)}."
    if row.status == "overdue":
        return f"{late.capitalize() or 'Hours'} past its date; nothing shows that it was done."
    if row.status == "unknown":
        return f"Unknown: {row.reason}." if row.reason else "Unknown."
    return ""
