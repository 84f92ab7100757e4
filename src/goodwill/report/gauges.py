"""The gauges of the overview, in four groups: course, correction, caution, context."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodwill.days import RECENT_DAYS
from goodwill.figures import Figure, count_figure, ratio, share_figure
from goodwill.generations import Reader
from goodwill.journeys import first_contact_sql, repeat_rate_sql
from goodwill.report.promises import commitments_kept
from goodwill.report.scope import surveys_alone
from goodwill.report.shapes import Gauge
from goodwill.report.value import last_return_on_customer
from goodwill.settings import Settings
from goodwill.tables import low_rating_sql

REPEAT_DAYS = 14
"""The window of the repeat contact rate; the field's common ones are 7, 14 and 45 days."""


def course(reader: Reader, settings: Settings) -> tuple[Gauge, ...]:
    """Return where the company is heading: equity, active customers, promises kept."""
    money = f"minor:{settings.currency}"
    known = reader.manifest.get("value", {})
    row = reader.dicts(
        """
        SELECT count(lifetime_value) AS people, sum(lifetime_value) AS value, sum(orders) AS orders,
            sum(p_alive) AS alive, count(p_alive) AS judged, count(*) AS buyers
        FROM customer_value
        """
    )[0]
    equity = known.get("equity", {})
    reason = "; ".join(known.get("notes", ())) or "No orders came in yet."
    has_value = bool(row["people"])
    has_orders = bool(row["buyers"])
    value = Figure(
        int(row["value"]) if has_value else None,
        money,
        "customer_equity",
        low=equity.get("low") if has_value else None,
        high=equity.get("high") if has_value else None,
        people=row["people"],
        events=int(row["orders"] or 0),
        coverage=known.get("coverage") if has_orders else None,
        records={"table": "customer_value", "where": {}},
        reason="" if has_value else reason,
    )
    active = Figure(
        float(row["alive"]) if row["judged"] else None,
        "people",
        "active_customers",
        low=known.get("active", {}).get("low") if row["judged"] else None,
        high=known.get("active", {}).get("high") if row["judged"] else None,
        people=row["judged"],
        events=int(row["orders"] or 0),
        coverage=ratio(row["judged"], row["buyers"]),
        records={"table": "customer_value", "where": {}},
        reason="" if row["judged"] else reason,
    )
    return (
        Gauge("customer_equity", "Customer equity", value, f"{settings.horizon_weeks} weeks ahead"),
        Gauge(
            "return_on_customer",
            "Return on Customer",
            last_return_on_customer(reader, settings),
            "twelve months",
        ),
        Gauge("active_customers", "Customers still buying, expected", active),
        Gauge("promise_kept_rate", "Delivery promises kept", promise_kept(reader)),
    )


def promise_kept(reader: Reader) -> Figure:
    """Return the share of promises due that were kept."""
    row = reader.dicts(
        """
        SELECT count(*) FILTER (status = 'kept') AS kept,
            count(*) FILTER (status IN ('broken', 'overdue')) AS broken,
            count(*) FILTER (status = 'unknown') AS unknown,
            count(DISTINCT customer_no) FILTER (status IN ('kept', 'broken', 'overdue')) AS people
        FROM promises WHERE kind = 'delivery'
        """
    )[0]
    due = row["kept"] + row["broken"]
    return share_figure(
        row["kept"],
        due,
        "promise_kept_rate",
        people=row["people"],
        coverage=ratio(due, due + row["unknown"]),
        records={
            "table": "promises",
            "where": {"kind": "delivery", "status": ["broken", "overdue"]},
        },
        empty="No promised dates came in: add orders with a promised date.",
    )


def correction(reader: Reader) -> tuple[Gauge, ...]:
    """Return how well problems are put right."""
    again = reader.dicts(repeat_rate_sql(REPEAT_DAYS))[0]
    first = reader.dicts(first_contact_sql())[0]
    answers = reader.dicts(
        """
        SELECT count(*) AS contacts, count(*) FILTER (answered) AS answered,
            count(answered) AS answerable,
            count(DISTINCT customer_no) FILTER (answered IS NOT NULL) AS people
        FROM messages WHERE direction = 'in'
        """
    )[0]
    nobody = "No contact has a known customer and a theme yet."
    if nothing_asked := surveys_alone(reader):
        nobody = nothing_asked
        first = first | {"first_contact": 0, "closed": 0}
        again = again | {"repeats": 0, "contacts": 0}
    return (
        Gauge(
            "first_contact_resolution",
            "Solved at first contact",
            share_figure(
                first["first_contact"],
                first["closed"],
                "first_contact_resolution",
                people=first["people"],
                coverage=ratio(first["known"], first["total"]),
                records={"table": "episodes", "where": {"status": "quiet"}},
                empty=nobody,
            ),
        ),
        Gauge(
            "repeat_contact_rate",
            "Contacts that repeat one",
            share_figure(
                again["repeats"],
                again["contacts"],
                "repeat_contact_rate",
                people=again["people"],
                coverage=ratio(again["known"], again["total"]),
                records={"table": "messages", "where": {"repeat": True}},
                empty=nobody,
            ),
            f"within {REPEAT_DAYS} days",
        ),
        Gauge(
            "answered_share",
            "Contacts answered",
            share_figure(
                answers["answered"],
                answers["answerable"],
                "answered_share",
                people=answers["people"],
                coverage=ratio(answers["answerable"], answers["contacts"]),
                records={"table": "messages", "where": {"answered": False}},
                empty="No file says which contacts were answered.",
            ),
        ),
        Gauge("commitments_kept_rate", "What agents promised, kept", commitments_kept(reader)),
    )


def caution(reader: Reader, as_of: datetime | None) -> tuple[Gauge, ...]:
    """Return what asks for care now."""
    late = reader.dicts(
        """
        SELECT count(*) AS events, count(DISTINCT customer_no) AS people,
            count(customer_id) AS known
        FROM promises WHERE status = 'overdue'
        """
    )[0]
    made = reader.rows("SELECT count(*) FROM promises")[0][0]
    since = _back(as_of, RECENT_DAYS)
    public = reader.dicts(
        """
        SELECT count(*) AS events, count(DISTINCT customer_no) AS people,
            count(customer_id) AS known
        FROM messages WHERE direction = 'in' AND public AND "at" > ?
        """,
        [since],
    )[0]
    ratings = reader.dicts(
        f"""
        SELECT count(*) AS rated, count(*) FILTER ({low_rating_sql()}) AS low,
            count(DISTINCT customer_no) AS people
        FROM messages WHERE direction = 'in' AND rating IS NOT NULL AND "at" > ?
        """,
        [since],
    )[0]
    contacts = reader.rows(
        """SELECT count(*) FROM messages WHERE direction = 'in' AND "at" > ?""", [since]
    )[0][0]
    window = {"at>": since.isoformat()} if since else {}
    return (
        Gauge(
            "overdue_promises",
            "Promises overdue now",
            count_figure(
                late["events"],
                "promises",
                "overdue_promises",
                people=late["people"],
                coverage=ratio(late["known"], late["events"]),
                records={"table": "promises", "where": {"status": "overdue"}},
                empty="" if made else "No promised dates came in.",
            ),
        ),
        Gauge(
            "public_contacts",
            "Public contacts",
            count_figure(
                public["events"],
                "contacts",
                "public_contacts",
                people=public["people"],
                coverage=ratio(public["known"], public["events"]),
                records={
                    "table": "messages",
                    "where": {"public": True, "direction": "in", **window},
                },
                empty="" if contacts else "No contacts in this period.",
            ),
            f"last {RECENT_DAYS} days",
        ),
        Gauge(
            "low_rating_share",
            "Low ratings",
            share_figure(
                ratings["low"],
                ratings["rated"],
                "low_rating_share",
                people=ratings["people"],
                coverage=ratio(ratings["rated"], contacts),
                records={
                    "table": "messages",
                    "where": {"direction": "in", "rating!": None, **window},
                },
                empty="No ratings in this period.",
            ),
            f"last {RECENT_DAYS} days",
        ),
    )


def context(reader: Reader, as_of: datetime | None) -> tuple[Gauge, ...]:
    """Return the volumes that the other gauges stand on."""
    since, before = _back(as_of, RECENT_DAYS), _back(as_of, 2 * RECENT_DAYS)
    row = reader.dicts(
        """
        SELECT count(*) FILTER ("at" > $1) AS now,
            count(*) FILTER ("at" <= $1 AND "at" > $2) AS before,
            count(DISTINCT customer_no) FILTER ("at" > $1) AS people,
            count(customer_id) FILTER ("at" > $1) AS known,
            count(*) AS all_contacts, count(customer_id) AS all_known, count(theme_id) AS themed,
            count(DISTINCT customer_no) AS all_people
        FROM messages WHERE direction = 'in'
        """,
        [since, before],
    )[0]
    orders = reader.dicts(
        """
        SELECT count(DISTINCT order_no) FILTER ("at" > $1) AS now,
            count(DISTINCT order_no) FILTER ("at" <= $1 AND "at" > $2) AS before,
            count(DISTINCT customer_no) FILTER ("at" > $1) AS people,
            count(customer_id) FILTER ("at" > $1) AS known, count(*) FILTER ("at" > $1) AS lines,
            count(*) AS all_lines
        FROM orders WHERE kind = 'order'
        """,
        [since, before],
    )[0]
    window = {"at>": since.isoformat()} if since else {}

    def share(key: str, label: str, part: int, column: str) -> Gauge:
        return Gauge(
            key,
            label,
            share_figure(
                part,
                row["all_contacts"],
                key,
                people=row["all_people"],
                coverage=1.0 if row["all_contacts"] else None,
                records={"table": "messages", "where": {column: None, "direction": "in"}},
                empty="No contacts came in yet.",
            ),
        )

    return (
        Gauge(
            "contacts",
            "Contacts from customers",
            count_figure(
                row["now"],
                "contacts",
                "contacts",
                people=row["people"],
                coverage=ratio(row["known"], row["now"]),
                records={"table": "messages", "where": {"direction": "in", **window}},
                empty="" if row["all_contacts"] else "No contacts came in yet.",
            ),
            _compared(row["now"], row["before"]),
        ),
        Gauge(
            "orders",
            "Orders",
            count_figure(
                orders["now"],
                "orders",
                "orders",
                people=orders["people"],
                coverage=ratio(orders["known"], orders["lines"]),
                records={"table": "orders", "where": {"kind": "order", **window}},
                empty="" if orders["all_lines"] else "No orders came in yet.",
            ),
            _compared(orders["now"], orders["before"]),
        ),
        share("theme_coverage", "Contacts with a theme", row["themed"], "theme_id"),
        share("known_customers", "Contacts of a known customer", row["all_known"], "customer_id"),
    )


def _back(as_of: datetime | None, days: int) -> datetime | None:
    return as_of - timedelta(days=days) if as_of else None


def _compared(now: int, before: int) -> str:
    window = f"last {RECENT_DAYS} days"
    if not before:
        return window
    return f"{window}; {now / before - 1:+.0%} on the {RECENT_DAYS} days before"
