"""The page Value: customer equity at the end of a month, where it came from, and what it rests on.

Equity of past months is seen with the models of today; see ``goodwill.value.follow_equity``.
"""

from __future__ import annotations

from datetime import date
from math import inf
from typing import Any

from goodwill.currencies import exponent
from goodwill.errors import NotFound
from goodwill.figures import Z95, Figure, poisson, ratio, share_figure, wilson
from goodwill.generations import Reader
from goodwill.report.contracts import contracts
from goodwill.report.costs import planted_words
from goodwill.report.equity_parts import behind, new_half, year_parts
from goodwill.report.purchase_models import purchase_models
from goodwill.report.shapes import Gauge
from goodwill.report.value_shapes import EquityMonth, EquitySegment, ValuePage
from goodwill.settings import Settings
from goodwill.value import PARTS

_YEAR = 12


def value(reader: Reader, settings: Settings, *, month: date | None = None) -> ValuePage:
    """Return customer equity at the end of a month; of the last month by default.

    Args:
        reader: The generation.
        settings: Of the Book.
        month: Any day of the month.

    Raises:
        NotFound: No equity is known of that month.
    """
    known = reader.manifest.get("value", {})
    months = _months(reader, settings, known)
    if not months:
        reason = "; ".join(known.get("notes", ())) or "No orders came in yet."
        held = contracts(reader, settings)
        return ValuePage(None, (), (), (), (), (), (), (), reason, held)
    place = 0
    if month is not None:
        wanted = month.replace(day=1)
        places = [i for i, one in enumerate(months) if one.month == wanted]
        if not places:
            raise NotFound(
                f"No customer equity is known of {wanted:%Y-%m}.",
                hint=f"It is known from {months[-1].month:%Y-%m} to {months[0].month:%Y-%m}.",
            )
        place = places[0]
    return ValuePage(
        month=months[place].month,
        gauges=_gauges(reader, settings, months, place, known),
        parts=year_parts(reader, known, months[place : place + _YEAR], settings),
        months=tuple(months),
        segments=_segments(reader, settings, known),
        first_days=_first_days(reader, settings),
        winning=_winning(reader, settings, known, months),
        sentences=tuple(one for one in (planted_words(reader),) if one),
        reason="",
        contracts=contracts(reader, settings),
        models=purchase_models(reader),
        notes=tuple(known.get("notes", ())),
    )


def _months(reader: Reader, settings: Settings, known: dict[str, Any]) -> list[EquityMonth]:
    money = f"minor:{settings.currency}"
    rows = reader.dicts(
        """
        SELECT month, part, max(until) AS until, sum(customers) AS customers,
            sum(left_now) AS left_now, sum(equity_before) AS before, sum(equity) AS equity,
            sum(earned) AS earned,
            sqrt(sum(power(equity_high - equity, 2))) AS half,
            CASE WHEN count(change_low) = count(*)
                THEN sqrt(sum(power((change_high - change_low) / 2, 2))) END AS moved
        FROM equity_months GROUP BY month, part ORDER BY month DESC, part
        """
    )
    by: dict[date, dict[str, Any]] = {}
    for row in rows:
        by.setdefault(row["month"], {})[row["part"]] = row
    out = []
    for month, parts in by.items():
        whole = parts["all"]
        coverage = known.get("coverage")

        def figure(row: dict[str, Any], amount: int, key: str, coverage: Any = coverage,
                   month: date = month, half: float | None = None,
                   floor: float = -inf) -> Figure:  # fmt: skip
            where = {"month": month.isoformat(), "part": row["part"]}
            return Figure(
                amount, money, key, low=None if half is None else max(amount - half, floor),
                high=None if half is None else amount + half, people=int(row["customers"]),
                events=int(row["customers"]), coverage=coverage,
                records={"table": "equity_months", "where": where},
            )  # fmt: skip

        out.append(
            EquityMonth(
                month,
                whole["until"],
                figure(whole, int(whole["equity"]), "customer_equity", half=whole["half"],
                       floor=0.0),
                figure(whole, int(whole["equity"] - whole["before"]), "equity_change",
                       half=whole["moved"]),
                figure(whole, int(whole["earned"]), "earned"),
                {part: figure(parts[part], int(parts[part]["equity"] - parts[part]["before"]),
                              f"equity_from_{part}", half=parts[part]["moved"],
                              floor=0.0 if part == "new" else -inf) for part in PARTS},
            )
        )  # fmt: skip
    return out


def _gauges(
    reader: Reader, settings: Settings, months: list[EquityMonth], place: int,
    known: dict[str, Any],
) -> tuple[Gauge, ...]:  # fmt: skip
    money = f"minor:{settings.currency}"
    here = months[place]
    year = months[place : place + _YEAR]
    left = int(
        reader.rows(
            """SELECT coalesce(sum(left_now), 0) FROM equity_months
            WHERE part = 'lost' AND month >= ? AND month <= ?""",
            [year[-1].month, here.month],
        )[0][0]
    )
    fewest, most = poisson(left)
    risk = reader.dicts(
        """SELECT sum(troubled) AS value, sum(troubled_people) AS people,
            sqrt(sum(power(troubled_high - troubled, 2))) AS half, sum(customers) AS customers
        FROM equity_segments WHERE dimension = 'source'"""
    )[0]
    roc = return_on_customer(months, place, known)
    amount = int(risk["value"] or 0)
    return (
        Gauge("customer_equity", "Customer equity", here.equity,
              f"{settings.horizon_weeks} weeks ahead, on {here.until.day} {here.until:%b %Y}"),
        Gauge("orders_value_ever", "Orders to come, for ever", _for_ever(settings, known),
              f"today, discounted by {100 * known.get('discount_rate', 0):g}% a year"),
        Gauge("return_on_customer", "Return on Customer", roc, "twelve months"),
        Gauge("customers_left", "Customers lost in twelve months", Figure(
            left, "people", "customers_left", low=fewest, high=most, people=here.equity.people,
            events=left, coverage=known.get("coverage"), records=behind("lost", year))),
        Gauge("equity_at_risk", "Equity at risk", Figure(
            amount, money, "equity_at_risk", low=max(amount - (risk["half"] or 0), 0.0),
            high=amount + (risk["half"] or 0), people=int(risk["people"] or 0),
            events=int(risk["people"] or 0), coverage=known.get("coverage"),
            records={"table": "equity_segments", "where": {"dimension": "source"}}), "today"),
    )  # fmt: skip


def _for_ever(settings: Settings, known: dict[str, Any]) -> Figure:
    """Return what all orders to come are worth, without an end of the horizon."""
    sources = known.get("sources", {}).values()
    ever = known.get("orders_for_ever", {})
    people = sum(one["customers"] for one in sources if "value_ever" in one)
    reason = (
        "" if ever
        else "Without discounting, orders for ever may be worth without end: set discount_rate."
        if known.get("discount_rate") == 0
        else "; ".join(one["reason"] for one in sources if one.get("reason"))
        or ("The next refresh makes it." if sources else "No orders came in.")
    )  # fmt: skip
    return Figure(
        ever.get("value"), f"minor:{settings.currency}", "orders_value_ever", low=ever.get("low"),
        high=ever.get("high"), people=people, events=people,
        coverage=known.get("coverage") if ever else None,
        records={"table": "customer_value", "where": {}}, reason=reason,
    )  # fmt: skip


def last_return_on_customer(reader: Reader, settings: Settings) -> Figure:
    """Return the Return on Customer of the last twelve months of the data."""
    known = reader.manifest.get("value", {})
    months = _months(reader, settings, known)
    if not months:
        return Figure(
            None, "share", "return_on_customer",
            reason="; ".join(known.get("notes", ())) or "No orders came in yet.",
        )  # fmt: skip
    return return_on_customer(months, 0, known)


def return_on_customer(months: list[EquityMonth], place: int, known: dict[str, Any]) -> Figure:
    """Return what customers brought in over twelve months and grew by, over their worth before.

    Peppers and Rogers (2005). Both ends are valued with the same parameters, so of their error
    only what the earnings are set against remains.
    """
    records = behind("all", months[place : place + _YEAR + 1])
    if place + _YEAR >= len(months) or not months[place + _YEAR].equity.value:
        return Figure(
            None, "share", "return_on_customer", people=months[place].equity.people,
            coverage=known.get("coverage"), records=records,
            reason="It takes twelve months of equity before this one.",
        )  # fmt: skip
    before = float(months[place + _YEAR].equity.value or 0)
    after = float(months[place].equity.value or 0)
    earned = float(sum(one.earned.value or 0 for one in months[place : place + _YEAR]))
    share = (earned + after - before) / before
    half = Z95 * float(known.get("sum_error", 0.0)) * earned / before
    return Figure(
        share, "share", "return_on_customer", low=share - half, high=share + half,
        people=months[place].equity.people, events=_YEAR, coverage=known.get("coverage"),
        records=records,
    )  # fmt: skip


def _segments(
    reader: Reader, settings: Settings, known: dict[str, Any]
) -> tuple[EquitySegment, ...]:
    money = f"minor:{settings.currency}"
    out = []
    for row in reader.dicts(
        "SELECT * FROM equity_segments ORDER BY dimension, equity DESC, segment"
    ):
        where = {"dimension": row["dimension"], "segment": row["segment"]}
        records = {"table": "equity_segments", "where": where}

        def figure(name: str, key: str, who: str, row: Any = row, records: Any = records) -> Figure:
            return Figure(
                row[name], money, key, low=row[f"{name}_low"], high=row[f"{name}_high"],
                people=row[who], events=row[who], coverage=known.get("coverage"), records=records,
            )  # fmt: skip

        out.append(
            EquitySegment(
                row["dimension"], row["segment"],
                figure("equity", "customer_equity", "customers"),
                figure("troubled", "equity_at_risk", "troubled_people"),
            )
        )  # fmt: skip
    return tuple(out)


def _first_days(reader: Reader, settings: Settings) -> tuple[Gauge, ...]:
    """Return what new customers of the last twelve whole cohorts did in their first 90 days."""
    row = reader.dicts(
        """
        WITH last AS (SELECT max(month) AS month FROM first_days)
        SELECT sum(customers) AS customers, sum(again) AS again, sum(wrote) AS wrote,
            sum(spent) AS spent, sum(broken) AS broken, sum(broken_again) AS broken_again,
            sum(kept) AS kept, sum(kept_again) AS kept_again
        FROM first_days AS f, last AS l WHERE f.month > l.month - INTERVAL 12 MONTH
        """
    )[0]
    count = {name: int(number or 0) for name, number in row.items()}
    records = {"table": "first_days", "where": {}}
    none = "No customer is known for 90 days yet."

    def share(part: str, whole: str, key: str, empty: str = none) -> Figure:
        return share_figure(
            count[part], count[whole], key, people=count[whole],
            coverage=ratio(count[whole], count["customers"]), records=records, empty=empty,
        )  # fmt: skip

    dates = "No first order carries a promised date that can be judged."
    return (
        Gauge("new_bought_again", "New customers who bought again",
              share("again", "customers", "new_bought_again"), "within 90 days"),
        Gauge("new_spend", "Spent by a new customer", Figure(
            round(count["spent"] / count["customers"]) if count["customers"] else None,
            f"minor:{settings.currency}", "new_spend", people=count["customers"],
            events=count["customers"], coverage=1.0 if count["customers"] else None,
            records=records, reason="" if count["customers"] else none),
            "in 90 days, with the first order"),
        Gauge("new_wrote", "New customers who wrote",
              share("wrote", "customers", "new_wrote"), "within 90 days"),
        Gauge("new_kept_again", "Bought again, first promise kept",
              share("kept_again", "kept", "new_kept_again", dates), "within 90 days"),
        Gauge("new_broken_again", "Bought again, first promise broken",
              share("broken_again", "broken", "new_broken_again", dates), "within 90 days"),
        Gauge("new_promise_gap", "Difference", _gap(count, dates), "association only"),
    )  # fmt: skip


def _gap(count: dict[str, int], empty: str) -> Figure:
    """Return the difference of two shares with Newcombe's interval (1998, method 10)."""
    records = {"table": "first_days", "where": {}}
    if not count["kept"] or not count["broken"]:
        return Figure(None, "share", "new_promise_gap", people=0, reason=empty, records=records)
    one, two = count["broken_again"] / count["broken"], count["kept_again"] / count["kept"]
    low1, high1 = wilson(count["broken_again"], count["broken"])
    low2, high2 = wilson(count["kept_again"], count["kept"])
    gap = one - two
    return Figure(
        gap, "share", "new_promise_gap",
        low=gap - ((one - low1) ** 2 + (high2 - two) ** 2) ** 0.5,
        high=gap + ((high1 - one) ** 2 + (two - low2) ** 2) ** 0.5,
        grade="C", people=count["broken"] + count["kept"], events=count["broken"],
        coverage=ratio(count["broken"] + count["kept"], count["customers"]), records=records,
    )  # fmt: skip


def _winning(
    reader: Reader, settings: Settings, known: dict[str, Any], months: list[EquityMonth]
) -> tuple[Gauge, ...]:
    """Return what a new customer is worth, what he cost, and what it costs to keep one a year."""
    money = f"minor:{settings.currency}"
    year = months[:_YEAR]
    new = sum(int(one.parts["new"].people or 0) for one in year)
    worth = sum(int(one.parts["new"].value or 0) for one in year)
    half = new_half(reader, known, year)
    records = behind("new", year)
    given = settings.acquisition_cost
    unit = 10.0 ** exponent(settings.currency)
    active = known.get("active", {}).get("value")
    contacts = reader.rows(
        """SELECT coalesce(sum(contacts_year), 0), 
            coalesce(sum(refunds_year), 0) + coalesce(sum(gestures_year), 0)
        FROM problem_costs"""
    )[0]
    cost = settings.contact_cost
    keep = None
    if cost is not None and active:
        keep = round((int(contacts[0]) * cost + int(contacts[1])) / active)
    return (
        Gauge("new_customer_equity", "A new customer is worth", Figure(
            round(worth / new) if new else None, money, "new_customer_equity",
            low=None if half is None or not new else max(worth - half, 0.0) / new,
            high=None if half is None or not new else (worth + half) / new, people=new,
            events=new, coverage=known.get("coverage"), records=records,
            reason="" if new else "Nobody bought for the first time in twelve months."),
            f"{settings.horizon_weeks} weeks ahead, at the end of the first month"),
        Gauge("cost_to_win", "A customer costs to win", Figure(
            None if given is None else round(given * unit), money, "cost_to_win", people=new,
            coverage=1.0 if given is not None else None, records=records,
            reason="" if given is not None else
            "Set acquisition_cost in goodwill.toml to compare it with what it costs to keep one.")),
        Gauge("cost_to_keep", "A customer costs to keep", Figure(
            keep, money, "cost_to_keep", people=round(active or 0), events=int(contacts[0]),
            coverage=1.0 if keep is not None else None,
            records={"table": "messages", "where": {"direction": "in"}},
            reason="" if keep is not None else
            "Set contact_minutes and hourly_rate in goodwill.toml to know what service costs."),
            "a year, for each still buying"),
    )  # fmt: skip
