"""Promises: what is open today and what to do about it, and the ledger of all of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import sqrt
from typing import Any

from goodwill.errors import InputError
from goodwill.figures import Z95, Figure, count_figure, ratio, share_figure
from goodwill.generations import Reader
from goodwill.report.promise_shapes import PromiseRow, PromisesPage
from goodwill.report.shapes import Gauge
from goodwill.report.steps import next_step
from goodwill.settings import Settings
from goodwill.tables import PROMISE_KINDS, PROMISE_STATES

SOON = timedelta(days=2)
"""An open promise that falls due within this time is due soon."""

STATES_SHOWN = ("open", "overdue", "broken", "kept", "unknown", "all")
"""What the page offers to narrow the ledger to."""
_STATES = {"open": ("open",), "broken": ("broken", "overdue"), "all": PROMISE_STATES}
_LATEST = "p.due_at DESC NULLS LAST, p.promise_id"
_ORDERS = {
    "open": "p.due_at, v.lifetime_value DESC NULLS LAST, p.promise_id",
    "overdue": "p.due_at DESC, p.promise_id",
}


def open_promises(
    reader: Reader, settings: Settings, *, offset: int = 0, limit: int = 50
) -> PromisesPage:
    """Return every promise whose date is still ahead, soonest first, with the next step."""
    return promises(reader, settings, state="open", offset=offset, limit=limit)


def promises(
    reader: Reader,
    settings: Settings,
    *,
    state: str = "all",
    kind: str = "",
    what: str = "",
    customer_id: str = "",
    offset: int = 0,
    limit: int = 50,
) -> PromisesPage:
    """Return the ledger of promises: the words, the date, and what happened.

    Args:
        reader: The generation.
        settings: Of the Book.
        state: ``open`` (soonest first), ``broken`` (with the overdue ones), ``overdue``,
            ``kept``, ``unknown`` or ``all`` (the latest date first).
        kind: ``delivery``, ``commitment`` or ``published``; empty for all.
        what: ``refund``, ``call`` and so on; empty for all.
        customer_id: Only this customer's.
        offset: Rows to pass over.
        limit: Rows to return at most.

    Raises:
        InputError: There is no such state or kind.
    """
    states = _STATES.get(state, (state,))
    if not set(states) <= set(PROMISE_STATES):
        raise InputError(f"No promise is {state!r}.", hint="One of: all, " + _said(PROMISE_STATES))
    if kind and kind not in PROMISE_KINDS:
        raise InputError(f"No promise is a {kind!r}.", hint="One of: " + _said(PROMISE_KINDS))
    parts = [f"p.status IN ({', '.join('?' for _ in states)})"]
    values: list[Any] = list(states)
    for column, value in (("kind", kind), ("what", what), ("customer_id", customer_id)):
        if value:
            parts.append(f"p.{column} = ?")
            values.append(value)
    where = " AND ".join(parts)
    order, last = _ORDERS.get(state, _LATEST), "LIMIT ? OFFSET ?"
    chosen_values = [*values, limit, offset]
    if "v." in order:
        chosen = f"{where} ORDER BY {order} {last}"
    else:
        # The rows that are shown are chosen first: of millions, only these are read whole.
        part = where
        if order == _LATEST and offset:
            # Ordering by a day alone is cheap: only those of the last day shown or later remain.
            edge = reader.rows(
                f"SELECT p.due_at FROM promises p WHERE {where} "
                "ORDER BY p.due_at DESC NULLS LAST LIMIT 1 OFFSET ?",
                [*values, offset + limit - 1],
            )
            if edge and edge[0][0] is not None:
                part, chosen_values = f"{where} AND p.due_at >= ?", [
                    *values, edge[0][0], limit, offset]  # fmt: skip
        narrow = f"SELECT p.rowid FROM promises p WHERE {part} ORDER BY {order} {last}"
        chosen = f"p.rowid IN ({narrow}) ORDER BY {order}"
    rows = reader.dicts(
        f"""
        SELECT p.*, h.label AS theme, v.lifetime_value, v.lifetime_value_low,
            v.lifetime_value_high, v.orders
        FROM promises p
        LEFT JOIN themes h ON h.theme_id = p.theme_id
        LEFT JOIN customer_value v ON v.customer_no = p.customer_no
        WHERE {chosen}
        """,
        chosen_values,
    )
    total = reader.rows(f"SELECT count(*) FROM promises p WHERE {where}", values)[0][0]
    as_of = reader.as_of
    return PromisesPage(
        as_of=as_of,
        state=state,
        kind=kind,
        what=what,
        gauges=gauges(reader, settings),
        rows=tuple(_row(row, settings, as_of) for row in rows),
        total=total,
        offset=offset,
        kinds=_counted(reader, "kind"),
        whats=_counted(reader, "what"),
    )


def gauges(reader: Reader, settings: Settings) -> tuple[Gauge, ...]:
    """Return the figures above the list: open, due soon, their value, overdue, kept."""
    as_of = reader.as_of
    soon = as_of + SOON if as_of else None
    row = reader.dicts(
        """
        SELECT count(*) FILTER (status = 'open') AS open,
            count(DISTINCT customer_no) FILTER (status = 'open') AS open_people,
            count(customer_id) FILTER (status = 'open') AS open_known,
            count(*) FILTER (status = 'open' AND due_at <= ?) AS soon,
            count(DISTINCT customer_no) FILTER (status = 'open' AND due_at <= ?) AS soon_people,
            count(customer_id) FILTER (status = 'open' AND due_at <= ?) AS soon_known,
            count(*) FILTER (status = 'overdue') AS overdue,
            count(DISTINCT customer_no) FILTER (status = 'overdue') AS overdue_people,
            count(customer_id) FILTER (status = 'overdue') AS overdue_known,
            count(*) AS made
        FROM promises
        """,
        [soon, soon, soon],
    )[0]
    empty = "" if row["made"] else "No promise was found yet."

    def counted(key: str, name: str, label: str, where: dict[str, Any]) -> Gauge:
        figure = count_figure(
            row[key],
            "promises",
            name,
            people=row[f"{key}_people"],
            coverage=ratio(row[f"{key}_known"], row[key]),
            records={"table": "promises", "where": where},
            empty=empty,
        )
        return Gauge(name, label, figure)

    ends = {"status": "open", **({"due_at<=": soon.isoformat()} if soon else {})}
    return (
        counted("open", "promises_open", "Open promises", {"status": "open"}),
        counted("soon", "promises_due_soon", "Due within two days", ends),
        Gauge("value_at_risk", "Value of these customers", value_at_risk(reader, settings)),
        counted("overdue", "overdue_promises", "Past their date", {"status": "overdue"}),
    )


def commitments_kept(reader: Reader) -> Figure:
    """Return the share of commitments in messages that were kept, of those that can be judged."""
    row = reader.dicts(
        """
        SELECT count(*) FILTER (status = 'kept') AS kept,
            count(*) FILTER (status IN ('kept', 'broken', 'overdue')) AS due,
            count(*) FILTER (due_at IS NOT NULL AND status <> 'open') AS dated,
            count(DISTINCT customer_no) FILTER (status IN ('kept', 'broken', 'overdue')) AS people
        FROM promises WHERE kind = 'commitment'
        """
    )[0]
    return share_figure(
        row["kept"],
        row["due"],
        "commitments_kept_rate",
        people=row["people"],
        coverage=ratio(row["due"], row["dated"]),
        records={"table": "promises", "where": {"kind": "commitment",
                                                "status": ["broken", "overdue"]}},
        empty="No commitment with a date was found in the company's messages.",
    )  # fmt: skip


def value_at_risk(reader: Reader, settings: Settings) -> Figure:
    """Return the lifetime value of the customers who hold an open promise.

    The interval joins the customers' own widths with the part that all share, which comes from
    the parameters of the purchase model.
    """
    row = reader.dicts(
        """
        WITH holders AS (
            SELECT DISTINCT customer_no FROM promises
            WHERE status = 'open' AND customer_no IS NOT NULL
        )
        SELECT count(*) AS people, count(v.lifetime_value) AS valued,
            sum(v.lifetime_value) AS value, sum(v.orders) AS orders,
            sum(power(CAST(v.lifetime_value_high - v.lifetime_value_low AS DOUBLE), 2)) AS widths
        FROM holders h LEFT JOIN customer_value v ON v.customer_no = h.customer_no
        """
    )[0]
    money = f"minor:{settings.currency}"
    records = {"table": "promises", "where": {"status": "open"}}
    if not row["valued"]:
        reason = "No customer with an open promise has orders enough for a value."
        return Figure(None, money, "value_at_risk", people=row["people"], events=0,
                      records=records, reason=reason)  # fmt: skip
    value = int(row["value"])
    error = reader.manifest.get("value", {}).get("parameter_error") or 0.0
    half = sqrt(float(row["widths"] or 0.0) / 4 + (Z95 * error * value) ** 2)
    return Figure(
        value,
        money,
        "value_at_risk",
        low=max(0, round(value - half)),
        high=round(value + half),
        people=row["valued"],
        events=int(row["orders"] or 0),
        coverage=ratio(row["valued"], row["people"]),
        records=records,
    )


def _row(row: dict[str, Any], settings: Settings, as_of: datetime | None) -> PromiseRow:
    money = f"minor:{settings.currency}"
    value = row["lifetime_value"]
    if value is not None:
        risk = Figure(value, money, "lifetime_value", low=row["lifetime_value_low"],
                      high=row["lifetime_value_high"], people=1, events=row["orders"],
                      coverage=1.0, records=_orders(row))  # fmt: skip
    elif row["amount"] is not None:
        risk = Figure(row["amount"], money, "order_amount", people=1, events=1, coverage=1.0,
                      records=_orders(row))  # fmt: skip
    else:
        reason = "No order of this customer is known." if row["customer_id"] else (
            "Whose promise it is is not known.")  # fmt: skip
        risk = Figure(None, money, "lifetime_value", events=0, reason=reason)
    hours = None
    if as_of and row["due_at"]:
        hours = (row["due_at"] - as_of).total_seconds() / 3600
    return PromiseRow(
        promise_id=row["promise_id"],
        kind=row["kind"],
        what=row["what"],
        words=row["words"] or "",
        who=row["agent_id"] or "",
        source=row["source"],
        customer_id=row["customer_id"],
        order_number=row["order_number"] or "",
        contact_id=row["contact_id"] or "",
        theme_id=row["theme_id"],
        theme=row["theme"] or "",
        made_at=row["made_at"],
        due_at=row["due_at"],
        kept_at=row["kept_at"],
        again_at=row["again_at"],
        status=row["status"],
        reason=row["reason"] or "",
        days_late=row["days_late"],
        hours_left=round(hours, 1) if hours is not None else None,
        at_risk=risk,
        step=next_step(row["kind"], row["what"], row["status"], row["order_number"] or ""),
        records={"table": "promises", "where": {"promise_id": row["promise_id"]}},
    )


def _orders(row: dict[str, Any]) -> dict[str, Any]:
    return {"table": "orders", "where": {"customer_id": row["customer_id"]}}


def _counted(reader: Reader, column: str) -> tuple[tuple[str, int], ...]:
    found = reader.rows(
        f"SELECT {column}, count(*) AS n FROM promises GROUP BY {column} ORDER BY n DESC, {column}"
    )
    return tuple((name, count) for name, count in found if name)


def _said(words: tuple[str, ...]) -> str:
    return ", ".join(words)
