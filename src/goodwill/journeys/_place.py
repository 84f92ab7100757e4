"""Where a contact comes from: its own region, else that of its customer's last order before."""

from __future__ import annotations

from goodwill.engine import Engine
from goodwill.tables import DERIVED


def place(engine: Engine) -> None:
    """Give each inbound message that names no region the one of its customer's last order before.

    Args:
        engine: Holds messages, orders and order_customers.
    """
    if engine.scalar("SELECT max(region) FROM orders") is not None:
        engine.save("messages", placed_sql(), DERIVED["messages"].schema)


def placed_sql() -> str:
    """Return the SELECT of `messages` with the regions filled in."""
    columns = ", ".join(
        "coalesce(m.region, s.region) AS region" if name == "region" else f'm."{name}"'
        for name in DERIVED["messages"].schema.names
    )
    return f"""
    WITH told AS (
        SELECT k.customer_id, epoch_us(o."at") AS us, 0 AS turn, o.region,
            CAST(NULL AS VARCHAR) AS source, CAST(NULL AS VARCHAR) AS contact_id, o.order_id AS id
        FROM orders AS o
        JOIN order_customers AS k ON k.source = o.source AND k.order_id = o.order_id
        WHERE o.kind = 'order' AND o.region IS NOT NULL AND o."at" IS NOT NULL
        UNION ALL
        SELECT customer_id, epoch_us("at") AS us, 1 AS turn, CAST(NULL AS VARCHAR) AS region,
            source, contact_id, contact_id AS id
        FROM messages
        WHERE direction = 'in' AND region IS NULL AND customer_id IS NOT NULL AND "at" IS NOT NULL
    ),
    seen AS (
        SELECT source, contact_id, last_value(region IGNORE NULLS) OVER (
            PARTITION BY customer_id ORDER BY us, turn, region, source, id
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS region
        FROM told
    )
    SELECT {columns}
    FROM messages AS m
    LEFT JOIN seen AS s ON s.source = m.source AND s.contact_id = m.contact_id
    """
