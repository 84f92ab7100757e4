"""What comes in: Delta tables, upserted by key."""

from __future__ import annotations

from goodwill.tables._spec import DAY, F64, I32, I64, TIME, B, S, TableSpec, columns

INTAKE = {"import_id": S, "row_hash": S}
"""Columns that intake adds to every upserted fact."""
FACTS: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        TableSpec(
            "contacts",
            "one message to or from a customer, one review, or one survey answer",
            ("source", "contact_id"),
            columns(
                source=S, contact_id=S, thread_id=S, reply_to_id=S, answer_ids=S,
                at=TIME, edited_at=TIME, channel=S, public=B, direction=S, author_role=S,
                customer_ref=S, agent_id=S, team=S, subject=S, text=S,
                redaction_version=I32, language=S, rating=F64, rating_scale=S, order_id=S,
                product=S, region=S, url=S, month=S, **INTAKE, rating_flag=S,
            ),
            ("subject", "text", "customer_ref", "agent_id", "url", "order_id"),
        ),
        TableSpec(
            "threads",
            "a ticket or conversation as the help desk saw it",
            ("source", "thread_id"),
            columns(
                source=S, thread_id=S, opened_at=TIME, first_reply_at=TIME, solved_at=TIME,
                closed_at=TIME, reopens=I32, transfers=I32, status=S, priority=S,
                assignee=S, team=S, due_at=TIME, sla_met=B, satisfaction=S, subject=S,
                channel=S, customer_ref=S, product=S, **INTAKE,
            ),
            ("subject", "customer_ref", "assignee"),
        ),
        TableSpec(
            "thread_events",
            "one change of a thread's state, as the help desk logged it",
            ("source", "event_id"),
            columns(
                source=S, event_id=S, thread_id=S, at=TIME, status=S, assignee=S, team=S,
                reopens=I32, transfers=I32, **INTAKE,
            ),
            ("assignee",),
        ),
        TableSpec(
            "orders",
            "one line of money moved or due",
            ("source", "order_id"),
            columns(
                source=S, order_id=S, order_number=S, line=I32, related_order_id=S,
                customer_ref=S, at=TIME, kind=S, quantity=F64, amount=I64, margin=I64,
                currency=S, product=S, promised_at=TIME, delivered_at=TIME, region=S,
                status=S, month=S, **INTAKE,
            ),
            ("customer_ref", "order_number", "order_id", "related_order_id"),
        ),
        TableSpec(
            "subscriptions",
            "a contract",
            ("source", "subscription_id"),
            columns(
                source=S, subscription_id=S, customer_ref=S, plan=S, started_at=TIME,
                ended_at=TIME, amount=I64, currency=S, period=S, **INTAKE,
            ),
            ("customer_ref",),
        ),
        TableSpec(
            "same_event_decisions",
            "two records that a person said are not one event",
            ("same_event_id",),
            columns(same_event_id=S, decision=S, decided_at=TIME),
        ),
        TableSpec(
            "exchange_rates",
            "what one unit of a currency is worth in the Book's own on a day",
            ("day", "currency"),
            columns(day=DAY, currency=S, base=S, rate=F64, import_id=S),
        ),
        TableSpec(
            "identities",
            "a key that a customer used, as a keyed hash",
            ("source", "customer_ref", "kind", "value"),
            columns(
                source=S, customer_ref=S, account_ref=S, kind=S, value=S, contact_id=S,
                import_id=S,
            ),
            ("customer_ref", "account_ref", "value"),
        ),
    )
}  # fmt: skip
