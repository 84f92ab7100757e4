"""The main figures of a period and a part of the company, beside another period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any, Unpack, cast

from goodwill.errors import InputError
from goodwill.figures import Figure, count_figure, ratio, share_figure
from goodwill.generations import Reader
from goodwill.report.foreseen import foresee
from goodwill.report.scope import Narrow, Scope, scope_of
from goodwill.report.shapes import Gauge
from goodwill.settings import Settings
from goodwill.tables import low_rating_sql

AGAINST = ("", "before", "year")
"""What a period is compared with: nothing, the days just before it, the same days a year before."""


@dataclass(frozen=True, slots=True)
class WithinPage:
    """The figures of what was asked for, and what can be asked for."""

    since: date | None
    until: date | None
    theme: str
    compared: tuple[date, date] | None
    """First and last day of the other period."""
    gauges: tuple[Gauge, ...]


def within(
    reader: Reader, settings: Settings, *, against: str = "", **narrow: Unpack[Narrow]
) -> WithinPage:
    """Return the main figures of what is asked for; each note names the other period's figure.

    Args:
        reader: The generation.
        settings: Of the Book.
        against: ``before`` or ``year``; needs a first and a last day.
        **narrow: The period and the part. Orders have no theme, channel and team, and are not
            counted where one is asked for.

    Raises:
        InputError: The period ends before it begins, or there is nothing to compare it with.
        NotFound: No theme has that id, or no contact came by that channel.
    """
    return _within(reader, settings.time_zone, tuple(sorted(narrow.items())), against)


@lru_cache(maxsize=64)
def _within(
    reader: Reader, zone: str, asked: tuple[tuple[str, Any], ...], against: str
) -> WithinPage:
    if against not in AGAINST:
        raise InputError(f"There is nothing called {against!r} to compare with.")
    narrow = cast(Narrow, dict(asked))
    scope, theme = scope_of(reader, zone, narrow)
    since, until = narrow.get("since"), narrow.get("until")
    other: tuple[date, date] | None = None
    if against and since and until:
        back = (until - since) + timedelta(days=1) if against == "before" else timedelta(days=364)
        other = (since - back, until - back)
    scopes = [scope]
    if other is not None:
        scopes.append(scope_of(reader, zone, {**narrow, "since": other[0], "until": other[1]})[0])
    if scope.timed:
        foresee(reader, *(partial(ask, reader, each) for each in scopes
                          for ask in (_kept, _gauges)))  # fmt: skip
    gauges = _gauges(reader, scope)
    if other is not None:
        gauges = tuple(
            Gauge(now.key, now.label, now.figure, _beside(now.figure, before.figure))
            for now, before in zip(gauges, _gauges(reader, scopes[1]), strict=True)
        )
    return WithinPage(since, until, theme, other, gauges)


def _gauges(reader: Reader, scope: Scope) -> tuple[Gauge, ...]:
    where, values = scope.where("at")
    row = reader.dicts(
        f"""
        SELECT count(*) AS contacts, count(customer_id) AS known,
            count(DISTINCT customer_no) AS people, count(*) FILTER (repeat) AS repeats,
            count(*) FILTER (answered) AS answered, count(answered) AS answerable,
            count(*) FILTER (public) AS public,
            count(*) FILTER ({low_rating_sql()}) AS low, count(rating) AS rated
        FROM {scope.contacts} WHERE direction = 'in' AND {where}
        """,
        values,
    )[0]
    records = {
        "table": "messages",
        "where": scope.records("at", direction="in"),
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
        Gauge("promise_kept_rate", "Delivery promises kept", _kept(reader, scope)),
        Gauge("orders", "Orders", _orders(reader, scope)),
    )  # fmt: skip


def _kept(reader: Reader, scope: Scope) -> Figure:
    where, values = scope.where("due_at", theme=False, channel=False)
    records = {"table": "promises", "where": scope.records("due_at", kind="delivery")}
    if scope.has("theme_id", "channel", "product", "region", "team"):
        why = "A delivery date has no theme, channel, product, region or team."
        return Figure(None, "share", "promise_kept_rate", reason=why)
    people = "count(DISTINCT customer_no) FILTER (due)"
    given: list[Any] = []
    if scope.timed:
        people, given = scope.first_of_sql("due_before_at", "due AND customer_no IS NOT NULL")
    row = reader.dicts(
        f"""
        SELECT count(*) FILTER (status = 'kept') AS kept, count(*) FILTER (due) AS due,
            count(*) AS made, {people} AS people
        FROM (SELECT *, status IN ('kept', 'broken', 'overdue') AS due FROM promises
            WHERE kind = 'delivery' AND {where})
        """,
        [*given, *values],
    )[0]
    return share_figure(
        row["kept"], row["due"], "promise_kept_rate", people=row["people"],
        coverage=ratio(row["due"], row["made"]), records=records,
        empty="No delivery date fell due in this period.",
    )  # fmt: skip


def _orders(reader: Reader, scope: Scope) -> Figure:
    if scope.has("theme_id", "channel", "team"):
        why = "An order has no theme, no channel and no team."
        return Figure(None, "orders", "orders", reason=why)
    where, values = scope.where("at", theme=False, channel=False)
    numbers = ["count(DISTINCT order_no)", "count(DISTINCT customer_no)"]
    given: list[Any] = []
    if scope.timed and not scope.has("product", "region"):
        first = scope.first_of_sql("order_before_at")
        whose = scope.first_of_sql("customer_before_at", "customer_no IS NOT NULL")
        numbers, given = [first[0], whose[0]], [*first[1], *whose[1]]
    row = reader.dicts(
        f"""
        SELECT {numbers[0]} AS orders, {numbers[1]} AS people, count(customer_id) AS known,
            count(*) AS lines
        FROM {scope.orders} WHERE kind = 'order' AND {where}
        """,
        [*given, *values],
    )[0]
    return count_figure(
        row["orders"], "orders", "orders", people=row["people"],
        coverage=ratio(row["known"], row["lines"]),
        records={"table": "orders", "where": scope.records("at", kind="order")},
        empty="" if row["lines"] else "No order is among what was asked for.",
    )  # fmt: skip


def _beside(now: Figure, before: Figure) -> str:
    """Return the other period's figure in words: a count with the change, a share in points."""
    if before.value is None or now.value is None:
        return "in the other period: no value"
    if now.unit == "share":
        points = 100 * (now.value - before.value)
        return f"in the other period {before.value:.1%}: {points:+.1f} points"
    text = f"in the other period {int(before.value):,}"
    return f"{text}: {now.value / before.value - 1:+.0%}" if before.value else text
