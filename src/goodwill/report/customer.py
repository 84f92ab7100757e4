"""One customer: figures on top, and the whole time line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from goodwill.errors import NotFound
from goodwill.figures import Figure
from goodwill.generations import Reader
from goodwill.report.contracts import of_customer
from goodwill.report.customer_shapes import CustomerPage, CustomerRef, Entry
from goodwill.report.purchase_models import words_of
from goodwill.settings import Settings


def customer(
    reader: Reader, settings: Settings, refs: tuple[str, ...], offset: int = 0, limit: int = 200
) -> CustomerPage:
    """Return the page of one customer.

    Args:
        reader: The generation.
        settings: Of the Book.
        refs: The forms of one reference: a customer's id, or what a source calls him.
        offset: Entries of the time line to pass over, newest first.
        limit: Entries to return at most.

    Raises:
        NotFound: No customer has that reference, or customers of several sources have it.
    """
    row = _find(reader, refs)
    rows = reader.dicts(
        """
        SELECT t.*, h.label AS theme
        FROM timeline t LEFT JOIN themes h ON h.theme_id = t.theme_id
        WHERE t.customer_id = ?
        ORDER BY t.at DESC, t.kind, t.id LIMIT ? OFFSET ?
        """,
        [row["customer_id"], limit, offset],
    )
    total = reader.rows("SELECT count(*) FROM timeline WHERE customer_id = ?", [row["customer_id"]])
    figures = _figures(reader, settings, row["customer_id"])
    return CustomerPage(
        customer_id=row["customer_id"],
        source=row["source"],
        figures=figures,
        timeline=tuple(_entry(entry) for entry in rows),
        entries=total[0][0],
        refs=references(reader, row["customer_id"]),
        notes=words_of(reader, row["customer_id"], figures["p_alive"].value),
    )


def behind_harm(
    reader: Reader, customer_id: str, problem: str, until: datetime, limit: int = 3
) -> tuple[Entry, ...]:
    """Return what a harm rests on: entries of the customer's time line, the newest first.

    Of a theme what the customer wrote about it and what was promised in it and broken; of a promise
    those of the same that are broken or past their date; where no theme fits, what the customer
    wrote last.

    Args:
        reader: The generation.
        customer_id: The customer.
        problem: As in `goodwill.report.customer_shapes.Harm`.
        until: The last moment of the data when somebody took note of it.
        limit: Entries to return at most.
    """
    kind, _, name = problem.partition(":")
    which = {"theme": _OF_THEME, "promise": _PROMISED}
    asked: list[Any] = [customer_id, name] if kind == "promise" else []
    if kind == "theme":
        asked = [int(name)]
    rows = reader.dicts(
        f"""
        SELECT t.*, h.label AS theme
        FROM timeline t LEFT JOIN themes h ON h.theme_id = t.theme_id
        WHERE t.customer_id = ? AND t.at <= ? AND {which.get(kind, "t.kind = 'contact'")}
        ORDER BY t.at DESC, t.kind, t.id LIMIT ?
        """,
        [customer_id, until, *asked, limit],
    )
    return tuple(_entry(row) for row in rows)


_MISSED = "t.state IN ('broken', 'overdue')"
_PROMISED = f"""
    t.kind IN ('promise', 'commitment', 'published') AND {_MISSED} AND (t.source, t.id) IN (
        SELECT (p.source, p.promise_id) FROM promises p
        WHERE p.customer_id = ? AND p.status IN ('broken', 'overdue')
            AND coalesce(p.what, p.kind) = ?
    )
"""
_OF_THEME = (
    f"(t.kind = 'contact' OR t.kind IN ('promise', 'commitment', 'published') AND {_MISSED}) "
    "AND t.theme_id = ?"
)


def references(reader: Reader, customer_id: str) -> tuple[CustomerRef, ...]:
    """Return the references that were joined to a customer, with their evidence."""
    rows = reader.rows(
        """
        SELECT source, customer_ref, evidence FROM customer_refs
        WHERE customer_id = ? ORDER BY source, customer_ref
        """,
        [customer_id],
    )
    return tuple(CustomerRef(source, ref, evidence or "") for source, ref, evidence in rows)


def _find(reader: Reader, refs: tuple[str, ...]) -> dict[str, Any]:
    marks = ", ".join("?" for _ in refs)
    found = reader.dicts(
        f"SELECT * FROM customers WHERE customer_id IN ({marks})", list(refs)
    ) or reader.dicts(
        f"""
        SELECT * FROM customers
        WHERE customer_ref IN ({marks}) OR customer_id IN (
            SELECT customer_id FROM customer_refs
            WHERE customer_ref IN ({marks}) OR source || ':' || customer_ref IN ({marks})
        )
        ORDER BY customer_id
        """,
        [*refs, *refs, *refs],
    )
    if not found:
        raise NotFound(
            f"No customer has the reference {refs[0]!r}.",
            hint="Give the id that problems and tables print, such as shop:10023.",
        )
    if len(found) > 1:
        raise NotFound(
            f"{len(found)} sources have a customer {refs[0]!r}.",
            hint="Give one of: " + ", ".join(row["customer_id"] for row in found),
        )
    return found[0]


def _figures(reader: Reader, settings: Settings, customer_id: str) -> dict[str, Figure]:
    money = f"minor:{settings.currency}"
    value = reader.dicts(
        """
        SELECT orders, revenue, lifetime_value, lifetime_value_low, lifetime_value_high,
            expected_orders, expected_orders_low, expected_orders_high, p_alive, p_alive_low,
            p_alive_high
        FROM customer_value WHERE customer_id = ?
        """,
        [customer_id],
    )
    seen = reader.dicts(
        """
        SELECT count(*) FILTER (kind = 'contact') AS contacts,
            count(*) FILTER (kind = 'contact' AND state = 'repeat') AS repeats,
            count(*) FILTER (kind IN ('promise', 'commitment', 'published')
                AND state IN ('broken', 'overdue')) AS broken,
            count(*) FILTER (kind IN ('promise', 'commitment', 'published')
                AND state <> 'unknown') AS promises
        FROM timeline WHERE customer_id = ?
        """,
        [customer_id],
    )[0]
    mine = {"customer_id": customer_id}
    orders = {"table": "orders", "where": mine}
    row = value[0] if value else None
    no_orders = "" if row else "This customer has no orders in this Book."
    notes = "; ".join(reader.manifest.get("value", {}).get("notes", ()))

    def of_orders(column: str, unit: str, definition: str) -> Figure:
        found = row[column] if row else None
        low, high = (row.get(f"{column}_{end}") if row else None for end in ("low", "high"))
        return Figure(
            found,
            unit,
            definition,
            low=low,
            high=high,
            people=1,
            events=row["orders"] if row else 0,
            coverage=1.0 if row else None,
            records=orders,
            reason="" if found is not None else no_orders or notes or "Not enough orders.",
        )

    def counted(column: str, unit: str, definition: str, table: str, **where: Any) -> Figure:
        return Figure(
            seen[column],
            unit,
            definition,
            people=1,
            events=seen[column],
            coverage=1.0,
            records={"table": table, "where": {**mine, **where}},
        )

    return {
        "revenue": of_orders("revenue", money, "revenue"),
        "orders": of_orders("orders", "orders", "orders"),
        "lifetime_value": of_orders("lifetime_value", money, "lifetime_value"),
        "expected_orders": of_orders("expected_orders", "orders", "expected_orders"),
        "p_alive": of_orders("p_alive", "share", "p_alive"),
        **of_customer(reader, settings, customer_id),
        "contacts": counted("contacts", "contacts", "contacts", "messages", direction="in"),
        "repeats": counted("repeats", "contacts", "repeat_contacts", "messages", repeat=True),
        "broken_promises": counted(
            "broken", "promises", "promises_broken", "promises", status=["broken", "overdue"]
        )
        if seen["promises"]
        else Figure(
            None,
            "promises",
            "promises_broken",
            people=1,
            events=0,
            reason="No promise to this customer carries a date that can be judged.",
        ),
    }


def _entry(row: dict[str, Any]) -> Entry:
    table = {
        "contact": "messages", "reply": "messages", "note": "messages",
        "promise": "promises", "delivered": "promises", "commitment": "promises",
        "published": "promises", "voice": "same_event",
    }.get(row["kind"], "orders")  # fmt: skip
    key = {"messages": "contact_id", "promises": "promise_id"}.get(table, "order_number")
    where = {"source": row["source"], key: row["id"]}
    if table == "same_event":
        where = {"same_event_id": row["state"]}
    return Entry(
        at=row["at"],
        kind=row["kind"],
        title=row["title"] or "",
        text=row["text"] or "",
        channel=row["channel"] or "",
        public=bool(row["public"]),
        theme_id=row["theme_id"],
        theme=row["theme"] or "",
        amount=row["amount"],
        currency=row["currency"] or "",
        state=row["state"] or "",
        signals=tuple((row["signals"] or "").split(", ")) if row["signals"] else (),
        records={"table": table, "where": where},
    )
