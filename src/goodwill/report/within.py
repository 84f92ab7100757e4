"""The main figures of a period and a part of the company, beside another period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from goodwill.errors import InputError
from goodwill.figures import Figure, count_figure, ratio, share_figure
from goodwill.generations import Reader
from goodwill.report.scope import Scope, asked_for, channels
from goodwill.report.shapes import Gauge
from goodwill.settings import Settings
from goodwill.tables import low_rating_sql

AGAINST = ("", "before", "year")
"""What a period is compared with: nothing, the days just before it, the same days a year before."""
MOST_CHOICES = 60


@dataclass(frozen=True, slots=True)
class WithinPage:
    """The figures of what was asked for, and what can be asked for."""

    since: date | None
    until: date | None
    theme: str
    compared: tuple[date, date] | None
    """First and last day of the other period."""
    gauges: tuple[Gauge, ...]
    channels: tuple[str, ...]
    products: tuple[str, ...]
    regions: tuple[str, ...]


def within(
    reader: Reader,
    settings: Settings,
    *,
    since: date | None = None,
    until: date | None = None,
    theme_id: int | None = None,
    channel: str = "",
    product: str = "",
    region: str = "",
    against: str = "",
) -> WithinPage:
    """Return the main figures of what is asked for; each note names the other period's figure.

    Args:
        reader: The generation.
        settings: Of the Book.
        since: First day, of the Book's time zone; None from the start.
        until: Last day; None to the end.
        theme_id: Only this theme. Orders carry none, and are then not counted.
        channel: Only what came by this channel.
        product: Only contacts and orders about this product.
        region: Only contacts and orders of this region.
        against: ``before`` or ``year``; needs a first and a last day.

    Raises:
        InputError: The period ends before it begins, or there is nothing to compare it with.
        NotFound: No theme has that id, or no contact came by that channel.
    """
    return _within(reader, settings, since, until, theme_id, channel, product, region, against)


@lru_cache(maxsize=64)
def _within(
    reader: Reader,
    settings: Settings,
    since: date | None,
    until: date | None,
    theme_id: int | None,
    channel: str,
    product: str,
    region: str,
    against: str,
) -> WithinPage:
    if against not in AGAINST:
        raise InputError(f"There is nothing called {against!r} to compare with.")
    zone = settings.time_zone
    scope, theme = asked_for(reader, zone, since, until, theme_id, channel)
    other: tuple[date, date] | None = None
    if against and since and until:
        back = (until - since) + timedelta(days=1) if against == "before" else timedelta(days=364)
        other = (since - back, until - back)
    more = {"product": product, "region": region}
    gauges = _gauges(reader, scope, more)
    if other is not None:
        then, _ = asked_for(reader, zone, *other, theme_id, channel)
        gauges = tuple(
            Gauge(now.key, now.label, now.figure, _beside(now.figure, before.figure))
            for now, before in zip(gauges, _gauges(reader, then, more), strict=True)
        )
    return WithinPage(
        since, until, theme, other, gauges, channels(reader), _names(reader, "product"),
        _names(reader, "region"),
    )  # fmt: skip


def _gauges(reader: Reader, scope: Scope, more: dict[str, str]) -> tuple[Gauge, ...]:
    where, values = scope.where("at")
    where, values = _and(where, values, more)
    row = reader.dicts(
        f"""
        SELECT count(*) AS contacts, count(customer_id) AS known,
            count(DISTINCT customer_no) AS people, count(*) FILTER (repeat) AS repeats,
            count(*) FILTER (answered) AS answered, count(answered) AS answerable,
            count(*) FILTER (public) AS public,
            count(*) FILTER ({low_rating_sql()}) AS low, count(rating) AS rated
        FROM messages WHERE direction = 'in' AND {where}
        """,
        values,
    )[0]
    records = {
        "table": "messages",
        "where": scope.records("at", direction="in", **{k: v for k, v in more.items() if v}),
    }
    known = ratio(row["known"], row["contacts"])
    none = "" if row["contacts"] else "No contact is among what was asked for."

    def share(key: str, part: int, whole: int, empty: str) -> Figure:
        return share_figure(
            part, whole, key, people=row["people"], records=records, empty=none or empty,
            coverage=ratio(whole, row["contacts"]),
        )  # fmt: skip

    def count(key: str, value: int, unit: str) -> Figure:
        return count_figure(value, unit, key, people=row["people"], records=records,
                            coverage=known, empty=none)  # fmt: skip

    return (
        Gauge("contacts", "Contacts from customers", count("contacts", row["contacts"],
                                                           "contacts")),
        Gauge("people", "People", count("people", row["people"], "people")),
        Gauge("repeat_contact_rate", "Contacts that repeat one",
              share("repeat_contact_rate", row["repeats"], row["known"], "Nobody is known.")),
        Gauge("answered_share", "Contacts answered",
              share("answered_share", row["answered"], row["answerable"],
                    "No file says which were answered.")),
        Gauge("public_contacts", "Public contacts",
              count("public_contacts", row["public"], "contacts")),
        Gauge("low_rating_share", "Low ratings",
              share("low_rating_share", row["low"], row["rated"], "None carries a rating.")),
        Gauge("promise_kept_rate", "Delivery promises kept", _kept(reader, scope, more)),
        Gauge("orders", "Orders", _orders(reader, scope, more)),
    )  # fmt: skip


def _kept(reader: Reader, scope: Scope, more: dict[str, str]) -> Figure:
    where, values = scope.where("due_at", theme=False, channel=False)
    records = {"table": "promises", "where": scope.records("due_at", kind="delivery")}
    if scope.theme_id is not None or scope.channel or any(more.values()):
        why = "A delivery date has no theme, channel, product or region."
        return Figure(None, "share", "promise_kept_rate", reason=why)
    row = reader.dicts(
        f"""
        SELECT count(*) FILTER (status = 'kept') AS kept,
            count(*) FILTER (status IN ('kept', 'broken', 'overdue')) AS due, count(*) AS made,
            count(DISTINCT customer_no) FILTER (status IN ('kept', 'broken', 'overdue')) AS people
        FROM promises WHERE kind = 'delivery' AND {where}
        """,
        values,
    )[0]
    return share_figure(
        row["kept"], row["due"], "promise_kept_rate", people=row["people"],
        coverage=ratio(row["due"], row["made"]), records=records,
        empty="No delivery date fell due in this period.",
    )  # fmt: skip


def _orders(reader: Reader, scope: Scope, more: dict[str, str]) -> Figure:
    if scope.theme_id is not None or scope.channel:
        return Figure(None, "orders", "orders", reason="An order has no theme and no channel.")
    where, values = scope.where("at", theme=False, channel=False)
    where, values = _and(where, values, more)
    row = reader.dicts(
        f"""
        SELECT count(DISTINCT order_no) AS orders,
            count(DISTINCT customer_no) AS people, count(customer_id) AS known, count(*) AS lines
        FROM orders WHERE kind = 'order' AND {where}
        """,
        values,
    )[0]
    return count_figure(
        row["orders"], "orders", "orders", people=row["people"],
        coverage=ratio(row["known"], row["lines"]),
        records={"table": "orders", "where": scope.records("at", kind="order", **{
            key: value for key, value in more.items() if value})},
        empty="" if row["lines"] else "No order is among what was asked for.",
    )  # fmt: skip


def _and(where: str, values: Sequence[Any], more: dict[str, str]) -> tuple[str, list[Any]]:
    given = [(name, value) for name, value in more.items() if value]
    text = where + "".join(f" AND {name} = ?" for name, _ in given)
    return text, [*values, *(value for _, value in given)]


def _names(reader: Reader, column: str) -> tuple[str, ...]:
    """Return the commonest products or regions of contacts, by name."""
    rows = reader.rows(
        f"SELECT {column} FROM messages WHERE direction = 'in' AND {column} IS NOT NULL "
        f"GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT {MOST_CHOICES}"
    )
    return tuple(sorted(str(row[0]) for row in rows))


def _beside(now: Figure, before: Figure) -> str:
    """Return the other period's figure in words: a count with the change, a share in points."""
    if before.value is None or now.value is None:
        return "in the other period: no value"
    if now.unit == "share":
        points = 100 * (now.value - before.value)
        return f"in the other period {before.value:.1%}: {points:+.1f} points"
    text = f"in the other period {int(before.value):,}"
    return f"{text}: {now.value / before.value - 1:+.0%}" if before.value else text
